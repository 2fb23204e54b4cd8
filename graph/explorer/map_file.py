"""The whole map in one file, for a server to answer from: every node's numbers, its relations, and what is read of it.

It is written once, with a build, and mapped into memory where it is asked, so that a map of a million articles is there
at once. What every page asks for first is in it ready to be sent.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.atlas import Atlas, to_atlas
from graph.atlas.census import Census
from graph.atlas.lanes import NO_DAY
from graph.errors import DamagedBuildError, unharmed
from graph.explorer.columns import Columns, to_json
from graph.explorer.facets import Facet, add_facets, facets_of
from graph.explorer.header import header_of
from graph.explorer.numbers import PLACES, backbone_of, names_of, numbers_of, rows_of
from graph.explorer.texts import iri_of, label_of, text_of
from graph.explorer.tiles import DEEPEST, MOST, Square, cut_tiles, square_around
from graph.mapped import Mapped, write_mapped
from graph.structure.arrays import RELATION_NAMES
from graph.structure.rows import Rows, beside_of
from graph.truth import Truth

__all__ = ["BACKWARD", "OF_ARTICLES", "OF_OTHERS", "VIEWS", "MapFile", "digest_of", "write_map_file"]

VIEWS = {"topics": "topics", "network": "network", "timeline": "time"}
"""The views, and what the columns of their places begin with."""

BACKWARD = ("related", "links", "part", "based_on", "mentions")
"""Relations that are also held the other way: `related_in` and so on. The page turns round those it holds whole."""

OF_ARTICLES = ("about", "publisher", "author")
"""Relations of which the page holds all of the articles', as it does of the site's own: filters go by them."""

OF_OTHERS = ("broader", "affiliation", "expertise", "parent")
"""Relations of which the page holds all, for they lead from what is no article to what is none."""

_MOST_COMMUNITIES = 4_000
_LEVEL = 6
_GZIP = b"\x1f\x8b"
_NUMBERS_OF_OTHERS = (*PLACES, "size", "island", "community", "flags")
_NUMBERS_OF_ARTICLES = ("type", "category", "flags", "day", "quality", "community", "island", "story", "size", "degree")

_Stored = tuple[str, str, NDArray[Any] | Iterable[bytes]]


def write_map_file(
    truth: Truth, path: Path, *, title: str = "article-graph", atlas: Atlas | None = None, most: int = MOST
) -> str:
    """Write the map of all articles into a new file, the same bytes for the same truth; return its version.

    `atlas` is the whole truth's, where it was made already: making it is most of the time that this takes. A tile holds
    at most `most` articles.

    Raises:
        OSError: The file cannot be written.
    """
    drawn = _with_large_first(atlas or to_atlas(truth, whole=True))
    census = drawn.census
    own = [row.name for row in census.vocabulary.relations]
    facts = {"articles": len(census.articles), "nodes": census.nodes, "own": own}
    return write_mapped(path, _columns(drawn, title, most), facts)


def _columns(atlas: Atlas, title: str, most: int) -> Iterator[_Stored]:
    """Yield all columns of the file."""
    census = atlas.census
    names = names_of(census)
    told: dict[str, tuple[str, NDArray[Any]]] = {}
    for column in numbers_of(atlas, names):
        told[column.name] = (column.kind, column.values)
    nothing = np.full(census.nodes - len(census.articles), NO_DAY)
    told["day"] = ("i32", np.concatenate([told["day"][1], nothing]))
    rows = {name: Rows(*rows_of(census, name)) for name in census.relation_names}
    beside = beside_of(rows, census.nodes)
    told["degree"] = ("u32", np.diff(beside.start))
    for name, (kind, values) in told.items():
        yield name, kind, values
    yield from _stored("beside", beside)
    for name, some in rows.items():
        yield from _stored(f"{name}_out", some)
    for name in (*BACKWARD, *(row.name for row in census.vocabulary.relations)):
        yield from _stored(f"{name}_in", rows[name].reversed())
    first, second = backbone_of(atlas)
    starts = np.searchsorted(first, np.arange(len(census.articles) + 1))
    yield from _stored("backbone", Rows(starts, second))
    squares: dict[str, Square] = {}
    size = told["size"][1][: len(census.articles)].astype(np.float32)
    for view, prefix in VIEWS.items():
        x, y = (told[f"{prefix}_{axis}"][1][: len(size)].astype(np.float32) for axis in "xy")
        squares[view] = square_around(x, y)
        tiles = cut_tiles(x, y, size, squares[view], most=most)
        yield f"{view}_tiles", "u32", tiles.codes
        yield f"{view}_deeper", "u8", tiles.deeper
        yield from _stored(f"{view}_nodes", Rows(tiles.starts, tiles.nodes))
    yield from _named(census)
    lengths = [0]
    yield "texts", "u8", _texts(census, lengths)
    yield "texts_start", "u64", np.cumsum(np.array(lengths, np.int64))
    yield "titles", "u8", [_titles(census)]
    own = facets_of(census)
    yield "facets", "u8", [_facets(told, rows, census, own)]
    header = header_of(atlas, title, names, own)
    fed = {
        "fed": True,
        "tiles": {"most": most, "deepest": DEEPEST, "squares": {k: list(v) for k, v in squares.items()}},
    }
    communities = atlas.clusters[:_MOST_COMMUNITIES]
    header["communities"] = header["communities"][: len(communities)]  # type: ignore[index] # it is a list
    if len(communities) < len(atlas.clusters):
        header["whole_network"] = _bounds([cluster.circle for cluster in atlas.clusters])
    yield "overview", "u8", [_overview(told, rows, {**header, **fed}, census)]


def _bounds(circles: Sequence[tuple[float, float, float]]) -> list[float]:
    """Return left, top, right and bottom of some circles."""
    x, y, r = np.array(circles).T
    return [round(float(end), 2) for end in ((x - r).min(), (y - r).min(), (x + r).max(), (y + r).max())]


def _stored(name: str, rows: Rows) -> Iterator[_Stored]:
    yield f"{name}_start", "u32", rows.start
    yield f"{name}_to", "u32", rows.to


def _with_large_first(atlas: Atlas) -> Atlas:
    """Return an atlas with its communities by size, where there are too many to be told."""
    if len(atlas.clusters) <= _MOST_COMMUNITIES:
        return atlas
    order = sorted(range(len(atlas.clusters)), key=lambda number: (-atlas.clusters[number].size, number))
    place = np.empty(len(order) + 1, np.int64)
    place[order] = np.arange(len(order))
    place[-1] = -1  # where -1 leads, which is none
    insights = tuple((int(place[number]), size) for number, size in atlas.insights.communities)
    return replace(
        atlas,
        community=place[atlas.community],
        clusters=tuple(atlas.clusters[number] for number in order),
        insights=replace(atlas.insights, communities=insights),
    )


def digest_of(iri: str) -> int:
    """Return the number, of 64 bits, that an IRI is looked up by."""
    return int.from_bytes(hashlib.blake2b(iri.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _named(census: Census) -> Iterator[_Stored]:
    """Yield the digests of all IRIs in order, and whose they are."""
    keys = np.array([digest_of(iri_of(record)) for record in census.records()], np.uint64)
    order = np.argsort(keys, kind="stable")
    yield "iri_key", "u64", keys[order]
    yield "iri_node", "u32", order


def _texts(census: Census, lengths: list[int]) -> Iterator[bytes]:
    """Yield what is read of each node, as JSON, and gather the lengths."""
    for record in census.records():
        text = to_json(text_of(record, census.vocabulary.literals))
        lengths.append(len(text))
        yield text


def _packed(columns: Columns, header: dict[str, object]) -> bytes:
    return gzip.compress(columns.to_bytes(header), _LEVEL, mtime=0)


def _titles(census: Census) -> bytes:
    """Return the place of each node's label among all labels."""
    labels = [label_of(record).casefold() for record in census.records()]
    rank = np.empty(len(labels), np.int64)
    rank[sorted(range(len(labels)), key=labels.__getitem__)] = np.arange(len(labels))
    columns = Columns()
    columns.add("rank", "u32", rank)
    return _packed(columns, {})


def _facets(
    told: dict[str, tuple[str, NDArray[Any]]], rows: dict[str, Rows], census: Census, own: tuple[Facet, ...]
) -> bytes:
    """Return what filters count and keep: values of each article, what it is about, who published and wrote it."""
    columns, articles = Columns(), len(census.articles)
    for name in _NUMBERS_OF_ARTICLES:
        kind, values = told[name]
        columns.add(name, kind, values[:articles], delta=name in {"island", "story"})
    for name in (*OF_ARTICLES, *(row.name for row in census.vocabulary.relations)):
        some = rows[name].between(0, articles)
        columns.add(f"{name}_start", "u32", some.start, delta=True)
        columns.add(f"{name}_to", "u32", some.to)
    add_facets(columns, own)
    return _packed(columns, {})


def _overview(
    told: dict[str, tuple[str, NDArray[Any]]], rows: dict[str, Rows], header: dict[str, object], census: Census
) -> bytes:
    """Return what the page draws first: the header, and everything of what is no article."""
    columns = Columns()
    articles = len(census.articles)
    for name in (*_NUMBERS_OF_OTHERS, "degree"):
        kind, values = told[name]
        columns.add(name, kind, values[articles:])
    for name in OF_OTHERS:
        some = rows[name].between(articles, census.nodes)
        columns.add(f"{name}_start", "u32", some.start, delta=True)
        columns.add(f"{name}_to", "u32", some.to)
    return _packed(columns, header)


class MapFile:
    """A map that can be asked. Complete once made, and never written to; may be asked from several threads."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open a file that `write_map_file` wrote, in milliseconds.

        Raises:
            DamagedBuildError: The file cannot be read, is damaged, or is of another version.
        """
        self._file = Mapped(path)
        self.version = self._file.version
        """A name for exactly these contents."""
        self.articles, self.nodes = (_count(self._file, name) for name in ("articles", "nodes"))
        """How many articles, and how many nodes there are; articles come first."""
        own = self._file.facts.get("own")
        self.own: tuple[str, ...] = tuple(map(str, own)) if isinstance(own, list) else ()
        """The relations of the site's own."""
        if not 0 <= self.articles <= self.nodes == len(self.column("size")):
            message = f"{path}: is damaged. Build again."
            raise DamagedBuildError(message)

    def column(self, name: str) -> NDArray[Any]:
        """Return a column: a value for each node, or for each article."""
        return self._file.column(name)

    def rows(self, name: str) -> Rows:
        """Return a relation: a name and whither, such as `about_out`; or `beside`, all relations in both directions."""
        return Rows(self.column(f"{name}_start"), self.column(f"{name}_to"))

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations, in their order; those that are also held the other way are `BACKWARD` and the site's own."""
        return (*RELATION_NAMES, *self.own)

    @unharmed
    def fixed(self, name: str) -> memoryview:
        """Return one of the replies that never change, compressed and in the file: `overview`, `facets` or `titles`."""
        found: memoryview[int] = self.column(name).data
        if found[:2] != _GZIP:
            raise ValueError(f"{name} is no gzip stream")
        return found

    def text(self, node: int) -> bytes:
        """Return what is read of a node, as JSON."""
        return Rows(self.column("texts_start"), self.column("texts")).of(node).tobytes()

    @unharmed
    def iri(self, node: int) -> str:
        """Return a node's IRI."""
        return str(json.loads(self.text(node)).get("iri", ""))

    @unharmed
    def find(self, iri: str) -> int | None:
        """Return the number of the node that has an IRI."""
        keys, named = self.column("iri_key"), self.column("iri_node")
        key = np.uint64(digest_of(iri))
        place = int(np.searchsorted(keys, key))
        while place < len(keys) and keys[place] == key:
            node = int(named[place])
            if self.iri(node) == iri:
                return node
            place += 1
        return None

    @unharmed
    def find_all(self, iris: Iterable[str]) -> NDArray[np.int64]:
        """Return the numbers of the nodes that have these IRIs, in their order, and -1 where none has.

        Whose digest stands in the file once is not compared to the letter: there are 2^64 digests.
        """
        known, named = self.column("iri_key"), self.column("iri_node")
        wanted = list(iris)
        keys = np.array([digest_of(iri) for iri in wanted], np.uint64)
        places = np.searchsorted(known, keys)
        is_there, is_double = (_are_at(places + more, keys, known) for more in (0, 1))
        nodes = np.full(len(wanted), -1, np.int64)
        nodes[is_there] = named[places[is_there]]
        for place in np.flatnonzero(is_double).tolist():
            node = self.find(wanted[place])
            nodes[place] = -1 if node is None else node
        return nodes


def _are_at(places: NDArray[np.int64], keys: NDArray[np.uint64], known: NDArray[Any]) -> NDArray[np.bool_]:
    """Tell for each digest whether it stands at its place."""
    inside = places < len(known)
    found = np.zeros(len(keys), bool)
    found[inside] = known[places[inside]] == keys[inside]
    return found


def _count(file: Mapped, name: str) -> int:
    found = file.facts.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        message = f"The explorer's data does not say how many {name} it has. Build again."
        raise DamagedBuildError(message)
    return found
