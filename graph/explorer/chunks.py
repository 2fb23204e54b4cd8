"""The payload in pieces, for a page that asks for them as they come into view.

The overview holds what the first drawing and all filters need: the header, everything about topics, providers and
people, and of articles what takes little room. Each part holds the rest, places and relations, of a run of articles,
whole islands where they are small enough, in the same form: a header, and columns that begin at its first article. The
texts go by the same runs; the last of them is that of all other nodes.
"""

from __future__ import annotations

import gzip
import itertools
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import FormatError
from graph.explorer.columns import Columns, to_json
from graph.explorer.payload import FORMAT, Payload

__all__ = ["MOST_ARTICLES", "Chunks", "number_nodes", "to_chunks"]

MOST_ARTICLES = 4_096
"""Articles in a part."""

_TYPES = {"f32": "<f4", "i32": "<i4", "u32": "<u4", "u16": "<u2", "u8": "u1"}
_LISTS = ("label", "iri", "url", "excerpt", "image")
_TABLES = ("names", "keywords", "facts")
_PLACES = ("topics_x", "topics_y", "network_x", "network_y", "time_x", "time_y")
_RELATIONS = ("related", "part", "mentions")
_BACKBONE = ("backbone_from", "backbone_to", "backbone_weight")
_HEAVY = frozenset([*_PLACES, *_BACKBONE, *(f"{name}_{end}" for name in _RELATIONS for end in ("start", "to"))])
_LEVEL = 6

_Header = dict[str, Any]
_Row = NDArray[np.generic]
_Shapes = Mapping[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Chunks:
    """A payload in pieces, each a gzip stream."""

    overview: bytes
    """The header, with `parts`, the articles of each, and `shapes`, the type and length of each column that the parts
    complete; of these, what is no article; all other columns whole."""
    parts: tuple[bytes, ...]
    """The columns that take room, of a run of articles each, and the backbone edges that begin there."""
    texts: tuple[bytes, ...]
    """The texts of each run, as JSON with its `first` node, and last those of all other nodes."""
    bounds: tuple[int, ...]
    """The first article of each part, and the number of articles."""
    nodes: Mapping[str, int]
    """Each node's number by its IRI."""

    def part_of(self, node: int) -> int:
        """Return the number of the part that holds a node; what is no article counts as one part more."""
        return int(np.searchsorted(self.bounds, node, "right")) - 1


def to_chunks(payload: Payload, *, most: int = MOST_ARTICLES) -> Chunks:
    """Return a payload in pieces of at most `most` articles. Linear in its size: seconds for 100,000 articles.

    Raises:
        FormatError: The payload is damaged, or of another version.
    """
    header, columns, text = _unpacked(payload)
    articles, end = header["kinds"]["article"][1], header["kinds"]["person"][1]
    bounds = _bounds([island["first"] for island in header["islands"]], articles, most)
    runs = list(itertools.pairwise(bounds))
    shapes = {name: [place["type"], place["length"]] for name, place in header.pop("columns").items()}
    heavy = {name: shape for name, shape in shapes.items() if name in _HEAVY}
    whole = {name: row for name, row in columns.items() if name not in _HEAVY}
    texts = [_text(text, first, last) for first, last in [*runs, (articles, end)]]
    told = {**header, "parts": runs, "shapes": heavy}
    return Chunks(
        overview=_packed(_overview(whole, _part(columns, shapes, (articles, end)), shapes).to_bytes(told)),
        parts=tuple(_packed(_part(columns, shapes, run).to_bytes({"first": run[0], "end": run[1]})) for run in runs),
        texts=tuple(_packed(to_json(one)) for one in texts),
        bounds=bounds,
        nodes=_nodes(header, text),
    )


def number_nodes(payload: Payload) -> Mapping[str, int]:
    """Return the number of each node by its IRI.

    Raises:
        FormatError: As `to_chunks`.
    """
    header, _, text = _unpacked(payload)
    return _nodes(header, text)


def _nodes(header: _Header, text: Mapping[str, Any]) -> dict[str, int]:
    return {iri: node for node, iri in reversed(list(enumerate([*text["iri"], *header["iris"]])))}


def _unpacked(payload: Payload) -> tuple[_Header, dict[str, _Row], dict[str, Any]]:
    """Return header, columns and texts."""
    try:
        header, columns = _read(gzip.decompress(payload.map))
        text = json.loads(gzip.decompress(payload.text))
    except (OSError, EOFError, ValueError, KeyError, zlib.error) as error:
        message = f"The explorer's data cannot be read ({error}). Build again."
        raise FormatError(message) from error
    if header["format"] != FORMAT:
        message = f"The explorer's data is of format {header['format']}, and {FORMAT} is wanted. Build again."
        raise FormatError(message)
    return header, columns, text


def _read(content: bytes) -> tuple[_Header, dict[str, _Row]]:
    """Return header and columns of a map."""
    start = 4 + int.from_bytes(content[:4], "little")
    header = json.loads(content[4:start])
    columns = {}
    for name, place in header["columns"].items():
        row = np.frombuffer(content, _TYPES[place["type"]], place["length"], start + place["offset"])
        columns[name] = np.cumsum(row, dtype=row.dtype) if place.get("delta") else row
    return header, columns


def _bounds(firsts: Sequence[int], articles: int, most: int) -> tuple[int, ...]:
    """Return where parts begin, and the number of articles: where islands begin, and in large ones anywhere."""
    places = sorted({0, articles, *(first for first in firsts if 0 <= first < articles)})
    bounds = [0]
    for first, end in itertools.pairwise(places):
        if end - bounds[-1] <= most:
            continue
        if first > bounds[-1]:
            bounds.append(first)
        count = -(-(end - first) // most)
        bounds += [first + (end - first) * piece // count for piece in range(1, count)]
    return tuple(bounds) if bounds[-1] == articles else (*bounds, articles)


def _overview(whole: Mapping[str, _Row], columns: Columns, shapes: _Shapes) -> Columns:
    """Add the columns that are whole to those of the nodes that are no articles."""
    for name, row in whole.items():
        columns.add(name, shapes[name][0], row, delta=name.endswith("_start") or name == "story")
    return columns


def _part(columns: Mapping[str, _Row], shapes: _Shapes, run: tuple[int, int]) -> Columns:
    """Return the columns that take room, of the nodes of a run."""
    part = Columns()
    for name in _PLACES:
        part.add(name, shapes[name][0], columns[name][slice(*run)])
    for relation in _RELATIONS:
        name, target = f"{relation}_start", f"{relation}_to"
        starts = columns[name][run[0] : run[1] + 1].astype(np.int64)
        part.add(name, shapes[name][0], starts - starts[0], delta=True)
        part.add(target, shapes[target][0], columns[target][starts[0] : starts[-1]])
    edges = slice(*np.searchsorted(columns["backbone_from"], run))
    for name in _BACKBONE:
        part.add(name, shapes[name][0], columns[name][edges])
    return part


def _text(text: Mapping[str, Any], first: int, end: int) -> dict[str, object]:
    """Return the texts of the nodes from `first` up to `end`."""
    lists = {name: text[name][first:end] for name in _LISTS if text.get(name)}
    tables = {name: dict(_between(text.get(name, {}), first, end)) for name in _TABLES}
    return {"first": first, **lists, **tables}


def _between(table: Mapping[str, object], first: int, end: int) -> Iterator[tuple[str, object]]:
    """Yield what a table says of the nodes from `first` up to `end`."""
    for node in range(first, end):
        if (key := str(node)) in table:
            yield key, table[key]


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, _LEVEL, mtime=0)
