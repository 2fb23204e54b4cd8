"""The replies of a server about some nodes of a map: their numbers, relations and texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import numpy as np

from graph.errors import DamagedBuildError, unharmed
from graph.evidence import EvidenceTable
from graph.explorer.columns import Columns, to_json
from graph.explorer.map_file import BACKWARD, MapFile
from graph.explorer.numbers import PLACES
from graph.explorer.quotes import MOST_QUOTED, Quote, quote_of
from graph.explorer.tiles import tile_code
from graph.structure.arrays import NO_DAY, Ints, distinct
from graph.structure.ways import LONGEST_COMPARED, LONGEST_WAY, find_path, find_paths, find_steps, nodes_around

MOST_NEAR = 2_000
"""The most nodes of one reply that are drawn on the map, the best-connected first."""

MOST_STATED_AMONG = 2_000
"""The most relations among some nodes for which one reply says where they are stated."""

_MOST_LINES = 60
"""The most statements of a relation other than links whose lines are sent, in each direction."""

_LEVEL = 1
"""The level of gzip: 4 takes twice as long as 1, to save three per cent."""


@unharmed
def to_tile(map_file: MapFile, view: str, z: int, x: int, y: int) -> bytes:
    """Return the columns of the articles that first appear in a tile, with gzip."""
    codes = map_file.column(f"{view}_tiles")
    code = tile_code(z, x, y)
    place = int(np.searchsorted(codes, code))
    is_there = place < len(codes) and int(codes[place]) == code
    if len(codes) and (int(codes[0]) != 0 or (place > 0 and not int(codes[place - 1]) < code)):
        raise ValueError("tiles are not in order")
    nodes = (map_file.rows(f"{view}_nodes").of(place) if is_there else np.zeros(0)).astype(np.int64)
    columns = _drawn(map_file, nodes)
    columns.add_rows("backbone", map_file.rows("backbone").of_many(nodes))
    deeper = is_there and bool(map_file.column(f"{view}_deeper")[place])
    return columns.packed({"deeper": deeper}, _LEVEL)


@unharmed
def to_nodes(map_file: MapFile, wanted: Iterable[int], facts: Mapping[str, object] | None = None) -> bytes:
    """Return the columns and texts of some nodes, ascending, with gzip, and with facts in the header."""
    nodes = np.array(sorted(set(wanted)), np.int64)
    columns = _drawn(map_file, nodes)
    for name in ("type", "category", "quality", "heat", "words"):
        kind, nothing = ("u8", 0) if name in {"type", "category"} else ("i32", NO_DAY)
        values = np.full(len(nodes), nothing)
        articles = int(np.searchsorted(nodes, map_file.articles))
        values[:articles] = map_file.column(name)[nodes[:articles]]
        columns.add(name, kind, values)
    for name in map_file.relations:
        columns.add_rows(name, map_file.rows(f"{name}_out").of_many(nodes))
    texts = [json.loads(map_file.text(node)) for node in nodes.tolist()]
    return columns.packed({"texts": texts, **(facts or {})}, _LEVEL)


@unharmed
def to_near(map_file: MapFile, node: int, evidence: EvidenceTable | None = None) -> bytes:
    """Return all neighbours of a node, outward and inward, and the columns of the largest of them, with gzip.

    With `evidence` the header quotes the sentences of the largest links; if it is damaged, the header says so.
    """
    beside = distinct(map_file.rows("beside").of(node).astype(np.int64))
    columns = _drawn(map_file, _largest(map_file, beside[beside != node], MOST_NEAR))
    held = (*(f"{name}_out" for name in map_file.relations), *(f"{name}_in" for name in (*BACKWARD, *map_file.own)))
    for name in held:
        columns.add(name, "u32", map_file.rows(name).of(node), delta=True)
    return columns.packed({"node": node, **_quotes(map_file, node, evidence)}, _LEVEL)


@unharmed
def to_stated(map_file: MapFile, wanted: Iterable[int], evidence: EvidenceTable | None = None) -> bytes:
    """Return where the relations among some nodes are stated first, of at most 2,000 of them, as JSON.

    Each is a relation, the nodes at its ends, and a quote. If `evidence` is damaged, the reply says so.
    """
    stated: list[tuple[str | int, ...]] = []
    if evidence is None:
        return to_json({"stated": stated})
    try:
        for name, node, other in islice(_among(map_file, wanted), MOST_STATED_AMONG):
            found = evidence.first(map_file.iri(node), name, map_file.iri(other))
            if quote := found and quote_of(found.line, found.words, found.sentence):
                stated.append((name, node, other, *quote))
    except DamagedBuildError as error:
        return to_json({"stated": [], "trouble": _trouble(error)})
    return to_json({"stated": stated})


def _among(map_file: MapFile, wanted: Iterable[int]) -> Iterator[tuple[str, int, int]]:
    """Yield the relations among some nodes: the name, and the nodes at its ends."""
    nodes = sorted(set(wanted))
    is_wanted = np.zeros(map_file.nodes, np.bool_)
    is_wanted[nodes] = True
    for name in map_file.relations:
        rows = map_file.rows(f"{name}_out")
        for node in nodes:
            row = rows.of(node)
            for other in row[is_wanted[row]].tolist():
                yield name, node, other


def _trouble(error: DamagedBuildError) -> str:
    return f"Where links are stated cannot be shown. {error}"


@unharmed
def to_around(map_file: MapFile, node: int, depth: int) -> bytes:
    """Return all nodes within some steps, and the columns of the largest of them, with gzip."""
    found = nodes_around(map_file.rows("beside"), node, depth)
    columns = _drawn(map_file, _largest(map_file, found, MOST_NEAR))
    columns.add("all", "u32", found, delta=True)
    return columns.packed({"node": node, "depth": depth}, _LEVEL)


@unharmed
def to_path(map_file: MapFile, start: int, end: int) -> bytes:
    """Return the shortest path between two nodes, and the relation of each step, as JSON."""
    path = find_path(map_file.rows("beside"), start, end, map_file.iri, longest=LONGEST_WAY)
    return to_json(_told(map_file, path))


@unharmed
def to_paths(map_file: MapFile, start: int, end: int, most: int) -> bytes:
    """Return up to `most` shortest paths between two nodes, as a list of what `to_path` returns."""
    found = find_paths(map_file.rows("beside"), start, end, map_file.iri, most, longest=LONGEST_COMPARED)
    return to_json([_told(map_file, path) for path in found])


def _told(map_file: MapFile, path: list[int] | None) -> dict[str, object]:
    outward = {name: map_file.rows(f"{name}_out") for name in map_file.relations}
    steps = [{"relation": name, "outgoing": is_out} for name, is_out in find_steps(outward, path or ())]
    return {"path": path, "steps": steps}


@unharmed
def to_found(nodes: Ints, facts: Mapping[str, object]) -> bytes:
    """Return many nodes as a column with gzip, with facts in the header."""
    columns = Columns()
    columns.add("node", "u32", distinct(nodes), delta=True)
    return columns.packed(facts, _LEVEL)


def _largest(map_file: MapFile, nodes: Ints, most: int) -> Ints:
    """Return the largest of some nodes, given and returned ascending; equals by number."""
    if len(nodes) <= most:
        return nodes
    return np.sort(nodes[np.argsort(-map_file.column("size")[nodes], kind="stable")[:most]])


def _quotes(map_file: MapFile, node: int, evidence: EvidenceTable | None) -> dict[str, object]:
    """Return the sentences of the largest links of a node, outward and inward, by the number of the other node."""
    if evidence is None:
        return {}
    iri = map_file.iri(node)
    quotes: dict[str, dict[str, Quote]] = {}
    lines: dict[str, dict[str, dict[str, int]]] = {"out": {}, "in": {}}
    try:
        for way in ("out", "in"):
            row = map_file.rows(f"links_{way}").of(node).astype(np.int64)
            found = quotes[way] = {}
            for other in _largest(map_file, row, MOST_QUOTED).tolist():
                name = map_file.iri(other)
                stated = evidence.first(*((iri, "links", name) if way == "out" else (name, "links", iri)))
                if quote := stated and quote_of(stated.line, stated.words, stated.sentence):
                    found[str(other)] = quote
            for relation in map_file.relations:
                if relation == "links" or (way == "in" and relation not in {*BACKWARD, *map_file.own}):
                    continue
                row = map_file.rows(f"{relation}_{way}").of(node).astype(np.int64)
                for other in _largest(map_file, row, _MOST_LINES).tolist():
                    name = map_file.iri(other)
                    stated = evidence.first(*((iri, relation, name) if way == "out" else (name, relation, iri)))
                    if stated and stated.line:
                        lines[way].setdefault(relation, {})[str(other)] = stated.line
    except DamagedBuildError as error:
        return {"trouble": _trouble(error)}
    return {"quotes": quotes, "lines": lines}


def _drawn(map_file: MapFile, nodes: Ints) -> Columns:
    """Return the columns that draw some nodes, given ascending."""
    columns = Columns()
    columns.add("node", "u32", nodes, delta=True)
    for name in PLACES:
        columns.add(name, "f32", map_file.column(name)[nodes])
    for name, kind in (("size", "f32"), ("flags", "u8"), ("island", "i32"), ("community", "i32"), ("day", "i32")):
        columns.add(name, kind, map_file.column(name)[nodes])
    return columns
