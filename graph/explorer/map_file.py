"""The whole map in one file, for a server: the numbers, relations and texts of every node.

It is written with a build and mapped into memory by the server, so that a map of a million articles opens at once. The
first replies that every page asks for are stored ready to send.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from graph.atlas import Atlas, to_atlas
from graph.atlas.census import Census
from graph.errors import DamagedBuildError, unharmed
from graph.explorer.columns import Columns, to_json
from graph.explorer.facets import Facet, add_facets, facets_of
from graph.explorer.header import header_of
from graph.explorer.kept import Kept
from graph.explorer.numbers import PLACES, backbone_ends, numbers_of, record_numbers, relation_rows
from graph.explorer.safe_text import to_line
from graph.explorer.texts import LONGEST_IRI, LONGEST_LABEL, texts_of_record
from graph.explorer.tiles import DEEPEST, MOST, Square, cut_tiles, square_around
from graph.mapped import Mapped, write_mapped
from graph.shelves import iris_in
from graph.structure.arrays import NO_DAY, RELATION_NAMES
from graph.structure.rows import Rows, beside_of
from graph.truth import Truth

VIEWS = {"topics": "topics", "network": "network", "timeline": "time"}
"""The views, with the prefixes of their columns of positions."""

BACKWARD = ("related", "links", "part", "based_on", "mentions")
"""Relations that are also stored inward, as `related_in` and so on. The page inverts those it has completely."""

OF_ARTICLES = ("about", "publisher", "author")
"""Relations that the page has for all articles, like those of the site itself, because filters use them."""

OF_OTHERS = ("broader", "affiliation", "expertise", "parent")
"""Relations that the page has completely, because they connect nodes other than articles."""

MOST_COMMUNITIES = 4_000
"""Communities that the page gets, the largest first."""
_GZIP = b"\x1f\x8b"
_NUMBERS_OF_OTHERS = (*PLACES, "size", "island", "community", "flags")
_NUMBERS_OF_ARTICLES = (
    *("type", "category", "flags", "day", "quality", "heat", "words"),
    *("community", "part", "named", "island", "story", "size", "degree"),
)

_Told = dict[str, tuple[str, NDArray[Any]]]
_Stored = tuple[str, str, NDArray[Any] | Iterable[bytes]]


def write_map_file(
    truth: Truth,
    path: Path,
    *,
    title: str = "article-graph",
    atlas: Atlas | None = None,
    most: int = MOST,
    kept: Kept | None = None,
) -> str:
    """Write the map of all articles into a new file, and return its version. The same truth gives the same bytes.

    `atlas` is that of the whole truth, if it was made before; making it takes most of the time. A tile has at most
    `most` articles. The views and notes in `kept` are shown to all readers.

    Raises:
        OSError: The file cannot be written.
    """
    drawn = _with_large_first(atlas or to_atlas(truth, whole=True))
    census = drawn.census
    own = [row.name for row in census.vocabulary.relations]
    facts = {"articles": len(census.articles), "nodes": census.nodes, "own": own}
    return write_mapped(path, _columns(drawn, title, most, kept), facts)


def _columns(atlas: Atlas, title: str, most: int, kept: Kept | None) -> Iterator[_Stored]:
    census = atlas.census
    numbers = record_numbers(census)
    told: _Told = {column.name: (column.kind, column.values) for column in numbers_of(atlas, numbers)}
    nothing = np.full(census.nodes - len(census.articles), NO_DAY)
    told["day"] = ("i32", np.concatenate([told["day"][1], nothing]))
    rows = {name: relation_rows(census, name) for name in census.relation_names}
    beside = beside_of(rows, census.nodes)
    told["degree"] = ("u32", np.diff(beside.start))
    for name, (kind, values) in told.items():
        yield name, kind, values
    yield from _stored("beside", beside)
    for name, some in rows.items():
        yield from _stored(f"{name}_out", some)
    for name in (*BACKWARD, *(row.name for row in census.vocabulary.relations)):
        yield from _stored(f"{name}_in", rows[name].reversed())
    first, second = backbone_ends(atlas)
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
    header = header_of(atlas, title, numbers, own, kept=kept)
    fed = {
        "fed": True,
        "tiles": {"most": most, "deepest": DEEPEST, "squares": {k: list(v) for k, v in squares.items()}},
    }
    communities = atlas.clusters[:MOST_COMMUNITIES]
    header["communities"] = header["communities"][: len(communities)]  # type: ignore[index] # it is a list
    if len(communities) < len(atlas.clusters):
        header["whole_network"] = _bounds([cluster.circle for cluster in atlas.clusters])
    yield "overview", "u8", [_overview(told, rows, {**header, **fed}, census)]


def _bounds(circles: Sequence[tuple[float, float, float]]) -> list[float]:
    """Return the bounds of some circles: left, top, right, bottom."""
    x, y, r = np.array(circles).T
    return [round(float(end), 2) for end in ((x - r).min(), (y - r).min(), (x + r).max(), (y + r).max())]


def _stored(name: str, rows: Rows) -> Iterator[_Stored]:
    yield f"{name}_start", "u32", rows.start
    yield f"{name}_to", "u32", rows.to


def _with_large_first(atlas: Atlas) -> Atlas:
    """Return an atlas with its communities sorted by size, if there are too many for the page."""
    if len(atlas.clusters) <= MOST_COMMUNITIES:
        return atlas
    order = sorted(range(len(atlas.clusters)), key=lambda number: (-atlas.clusters[number].size, number))
    place = np.empty(len(order) + 1, np.int64)
    place[order] = np.arange(len(order))
    place[-1] = -1  # for -1, no community
    insights = tuple((int(place[number]), size) for number, size in atlas.insights.communities)
    return replace(
        atlas,
        community=place[atlas.community],
        clusters=tuple(atlas.clusters[number] for number in order),
        insights=replace(atlas.insights, communities=insights),
    )


def key_of(iri: str) -> int:
    """Return the 64-bit number by which an IRI is looked up."""
    return int.from_bytes(hashlib.blake2b(iri.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _named(census: Census) -> Iterator[_Stored]:
    """Yield the sorted digests of all IRIs, and their nodes."""
    others = (record.iri for record in chain(census.topics, census.providers, census.people))
    iris = chain(iris_in(census.articles), others)
    keys = np.fromiter((key_of(to_line(iri, LONGEST_IRI)) for iri in iris), np.uint64, census.nodes)
    order = np.argsort(keys, kind="stable")
    yield "iri_key", "u64", keys[order]
    yield "iri_node", "u32", order


def _texts(census: Census, lengths: list[int]) -> Iterator[bytes]:
    """Yield the texts of each node as JSON, and collect the lengths."""
    for record in census.records():
        text = to_json(texts_of_record(record, census.vocabulary.literals))
        lengths.append(len(text))
        yield text


def _titles(census: Census) -> bytes:
    """Return the alphabetical rank of each node by its label."""
    labels = [to_line(label, LONGEST_LABEL).casefold() for label in census.labels]
    rank = np.empty(len(labels), np.int64)
    rank[sorted(range(len(labels)), key=labels.__getitem__)] = np.arange(len(labels))
    columns = Columns()
    columns.add("rank", "u32", rank)
    return columns.packed({})


def _facets(told: _Told, rows: dict[str, Rows], census: Census, own: tuple[Facet, ...]) -> bytes:
    """Return the columns of the filters: values, topics, publisher and authors of each article."""
    columns, articles = Columns(), len(census.articles)
    for name in _NUMBERS_OF_ARTICLES:
        kind, values = told[name]
        columns.add(name, kind, values[:articles], delta=name in {"island", "story"})
    for name in (*OF_ARTICLES, *(row.name for row in census.vocabulary.relations)):
        columns.add_rows(name, rows[name].between(0, articles))
    add_facets(columns, own)
    return columns.packed({})


def _overview(told: _Told, rows: dict[str, Rows], header: dict[str, object], census: Census) -> bytes:
    """Return what the page draws first: the header, and all nodes other than articles."""
    columns = Columns()
    articles = len(census.articles)
    for name in (*_NUMBERS_OF_OTHERS, "degree"):
        kind, values = told[name]
        columns.add(name, kind, values[articles:])
    for name in OF_OTHERS:
        columns.add_rows(name, rows[name].between(articles, census.nodes))
    return columns.packed(header)


class MapFile:
    """An open map. Read-only; may be used from several threads."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open a file that `write_map_file` wrote, in milliseconds.

        Raises:
            DamagedBuildError: The file cannot be read, is damaged, or is of another version.
        """
        self._file = Mapped(path)
        self.version = self._file.version
        """A digest of the content."""
        self.articles, self.nodes = (_count(self._file, name) for name in ("articles", "nodes"))
        """The number of articles, and of all nodes; articles come first."""
        own = self._file.facts.get("own")
        self.own: tuple[str, ...] = tuple(map(str, own)) if isinstance(own, list) else ()
        """The relations that the site adds."""
        if not 0 <= self.articles <= self.nodes == len(self.column("size")):
            raise DamagedBuildError(f"{path}: is damaged. Build again.")

    def column(self, name: str) -> NDArray[Any]:
        """Return a column, with a value for each node or each article."""
        return self._file.column(name)

    def rows(self, name: str) -> Rows:
        """Return a relation with its direction, such as `about_out`; or `beside`, all relations in both directions."""
        return Rows(self.column(f"{name}_start"), self.column(f"{name}_to"))

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations in their order; `BACKWARD` and those that the site adds are also stored inward."""
        return (*RELATION_NAMES, *self.own)

    @unharmed
    def fixed(self, name: str) -> memoryview:
        """Return one of the stored replies, with gzip: `overview`, `facets` or `titles`."""
        found: memoryview[int] = self.column(name).data
        if found[:2] != _GZIP:
            raise ValueError(f"{name} is not a gzip stream")
        return found

    def text(self, node: int) -> bytes:
        """Return the texts of a node as JSON."""
        return Rows(self.column("texts_start"), self.column("texts")).of(node).tobytes()

    @unharmed
    def iri(self, node: int) -> str:
        """Return the IRI of a node."""
        return str(json.loads(self.text(node)).get("iri", ""))

    @unharmed
    def find(self, iri: str) -> int | None:
        """Return the number of a node by its IRI."""
        keys, named = self.column("iri_key"), self.column("iri_node")
        key = np.uint64(key_of(iri))
        place = int(np.searchsorted(keys, key))
        while place < len(keys) and keys[place] == key:
            node = int(named[place])
            if self.iri(node) == iri:
                return node
            place += 1
        return None

    @unharmed
    def find_all(self, iris: Iterable[str]) -> NDArray[np.int64]:
        """Return the numbers of nodes by their IRIs, in order, and -1 for unknown IRIs.

        An IRI is compared as a whole only if several nodes have its digest: there are 2^64 digests.
        """
        known, named = self.column("iri_key"), self.column("iri_node")
        wanted = list(iris)
        keys = np.array([key_of(iri) for iri in wanted], np.uint64)
        places = np.searchsorted(known, keys)
        counts = np.searchsorted(known, keys, "right") - places
        nodes = np.full(len(wanted), -1, np.int64)
        nodes[counts > 0] = named[places[counts > 0]]
        for place in np.flatnonzero(counts > 1).tolist():
            node = self.find(wanted[place])
            nodes[place] = -1 if node is None else node
        return nodes


def _count(file: Mapped, name: str) -> int:
    found = file.facts.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        raise DamagedBuildError(f"The explorer's data does not say how many {name} it has. Build again.")
    return found
