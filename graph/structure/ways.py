"""Shortest paths between two nodes, and the nodes around one.

The explorer's page finds the same paths in JavaScript (`paths.js`): around hubs, unless every path leads through one;
of equally short paths the one through the least connected nodes, then the first by IRI.

Source of the several shortest paths: J. Y. Yen (1971), Finding the K Shortest Loopless Paths in a Network, Management
Science 17(11).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.relation_words import by_preference
from graph.structure.arrays import Ints, distinct
from graph.structure.rows import Rows

LONGEST_WAY = 10_000
"""The most steps that a server follows, so that a corpus that is one long chain does not keep it busy."""

LONGEST_COMPARED = 100
"""The most steps of paths that the explorer compares, as each of their nodes needs a search of its own."""

FEWEST_OF_A_HUB = 60
"""A node with no more relations than this is not a hub."""

SHARE_OF_A_HUB = 50
"""A hub has more relations than the number of nodes divided by this."""

_MANY = 64
"""A layer with more than one node in this many is found by scanning all nodes instead of sorting."""


class Neighbours(Protocol):
    """The neighbours of each node in either direction, once for each relation."""

    def __len__(self) -> int:
        """Return the number of nodes."""

    def counts(self, nodes: Ints) -> Ints:
        """Return the number of relations of some nodes."""

    def of_many(self, nodes: Ints) -> Rows:
        """Return the neighbours of some distinct nodes."""


def most_without_a_hub(nodes: int) -> float:
    """Return the most relations that a node may have without being a hub, among so many nodes."""
    return max(FEWEST_OF_A_HUB, nodes / SHARE_OF_A_HUB)


def find_path(
    beside: Neighbours,
    start: int,
    end: int,
    name_of: Callable[[int], str],
    *,
    longest: int | None = None,
    hubs: bool = False,
) -> list[int] | None:
    """Return the nodes of the shortest path, both ends included; `None` if there is none of at most `longest` steps.

    It leads through a hub only if every path does, or with `hubs` if that is shorter. Of equally short paths it is the
    one whose nodes have the fewest relations in sum, as a path through a hub says little, then the first by the names
    of its nodes. The search starts at both ends; at most linear in the relations.
    """
    if not hubs and (path := _shortest(_without_hubs(beside, start, end), start, end, name_of, longest)):
        return path
    return _shortest(beside, start, end, name_of, longest)


def find_paths(
    beside: Neighbours,
    start: int,
    end: int,
    name_of: Callable[[int], str],
    count: int,
    *,
    longest: int | None = None,
    hubs: bool = False,
) -> list[list[int]]:
    """Return up to `count` shortest paths that visit no node twice, in the order in which `find_path` prefers them.

    None has more than `longest` steps. Paths through hubs are among them only if every such path leads through one, or
    with `hubs`. At most linear in the relations, for each node of each path.
    """
    web = beside if hubs else _without_hubs(beside, start, end)
    if (first := _shortest(web, start, end, name_of, longest)) is None:
        web = beside
        first = None if hubs else _shortest(web, start, end, name_of, longest)
    found = [] if first is None else [first]
    waiting: dict[tuple[int, ...], tuple[int, int, list[str]]] = {}
    while found and len(found) < count:
        for place, node in enumerate(found[-1][:-1]):
            root = found[-1][: place + 1]
            taken = [path[place + 1] for path in found if path[: place + 1] == root]
            left = _Left(web, gone=np.array(root[:-1]), apart=(node, np.array(taken)))
            rest = _shortest(left, node, end, name_of, None if longest is None else longest - place)
            if rest:
                path = root[:-1] + rest
                waiting[tuple(path)] = len(path), int(beside.counts(np.array(path)).sum()), [*map(name_of, path)]
        if not waiting:
            break
        best = min(waiting, key=waiting.__getitem__)
        del waiting[best]
        found.append(list(best))
    return found[:count]


class _Left(msgspec.Struct, frozen=True):
    """What is left of a graph without some nodes, or without the relations of a node to some others."""

    whole: Neighbours
    gone: Ints
    apart: tuple[int, Ints] = (-1, np.zeros(0, np.int64))
    fewest_of_a_hub: float | None = None
    """Nodes with more relations are left out, too, except the ends."""
    ends: tuple[int, int] = (-1, -1)

    def __len__(self) -> int:
        return len(self.whole)

    def counts(self, nodes: Ints) -> Ints:
        """Return the number of relations of some nodes in the whole graph."""
        return self.whole.counts(nodes)

    def of_many(self, nodes: Ints) -> Rows:
        """Return the neighbours of some distinct nodes that are left."""
        rows = self.whole.of_many(nodes)
        others = rows.to.astype(np.int64)
        left = ~np.isin(others, self.gone)
        if self.fewest_of_a_hub is not None:
            left &= (self.whole.counts(others) <= self.fewest_of_a_hub) | np.isin(others, self.ends)
        node, taken = self.apart
        if len(taken):
            ones = np.repeat(nodes, np.diff(rows.start))
            left &= ~((ones == node) & np.isin(others, taken)) & ~((others == node) & np.isin(ones, taken))
        return Rows(np.concatenate([[0], np.cumsum(left)])[rows.start], rows.to[left])


def _without_hubs(beside: Neighbours, start: int, end: int) -> Neighbours:
    most = most_without_a_hub(len(beside))
    return _Left(beside, np.zeros(0, np.int64), fewest_of_a_hub=most, ends=(start, end))


def _shortest(
    beside: Neighbours, start: int, end: int, name_of: Callable[[int], str], longest: int | None = None
) -> list[int] | None:
    fore, back = _BreadthFirst.at(beside, start), _BreadthFirst.at(beside, end)
    steps = 0
    while not (back.away[fore.layer] >= 0).any():
        front = fore if fore.breadth() <= back.breadth() else back
        if steps == longest or not len(front.layer):
            return None
        front.advance()
        steps += 1
    # The fronts have met. Beyond the meeting, only nodes on shortest paths get their distance from the start.
    layer = fore.layer[back.away[fore.layer] >= 0]
    for left in range(back.distance - 1, -1, -1):
        others = beside.of_many(layer).to
        layer = distinct(others[back.away[others] == left])
        fore.away[layer] = steps - left
    return _cheapest(beside, _stages(beside, fore.away, end), name_of)


class _BreadthFirst(msgspec.Struct):
    """A breadth-first search from a node."""

    beside: Neighbours
    away: NDArray[np.int32]
    """The distance of each node, or -1 if it was not reached yet."""
    layer: Ints
    """The nodes reached last."""
    distance: int = 0
    """The distance of these."""

    @classmethod
    def at(cls, beside: Neighbours, node: int) -> _BreadthFirst:
        """Return a front at one node."""
        away = np.full(len(beside), -1, np.int32)
        away[node] = 0
        return cls(beside, away, np.array([node], np.int64))

    def breadth(self) -> int:
        """Return the number of relations of the nodes reached last."""
        return int(self.beside.counts(self.layer).sum())

    def advance(self) -> None:
        """Go one step on from the nodes reached last."""
        self.distance += 1
        others = self.beside.of_many(self.layer).to
        others = others[self.away[others] < 0]
        self.away[others] = self.distance
        is_wide = len(others) > len(self.away) // _MANY
        self.layer = np.flatnonzero(self.away == self.distance) if is_wide else distinct(others.astype(np.int64))


class _Stage(msgspec.Struct, frozen=True):
    """The nodes on shortest paths at one distance from the start, ascending."""

    nodes: Ints
    cost: Ints
    """For each node, the relations of the nodes from it to the end."""


def _stages(beside: Neighbours, away: NDArray[np.int32], end: int) -> list[_Stage]:
    stages = [_Stage(np.array([end], np.int64), np.zeros(1, np.int64))]
    for distance in range(int(away[end]) - 1, -1, -1):
        rows = beside.of_many(stages[-1].nodes)
        is_nearer = away[rows.to] == distance
        nodes = rows.to[is_nearer].astype(np.int64)
        cost = np.repeat(stages[-1].cost, np.diff(rows.start))[is_nearer]
        order = np.lexsort((cost, nodes))
        nodes, first = np.unique(nodes[order], return_index=True)
        stages.append(_Stage(nodes, cost[order][first] + beside.counts(nodes)))
    return stages[::-1]


def _cheapest(beside: Neighbours, stages: Sequence[_Stage], name_of: Callable[[int], str]) -> list[int]:
    """Return the path through the least connected nodes; among equals the first by name."""
    way = [int(stages[0].nodes[0])]
    for stage in stages[1:]:
        others = beside.of_many(np.array(way[-1:])).to
        places = np.minimum(np.searchsorted(stage.nodes, others), len(stage.nodes) - 1)
        places = places[stage.nodes[places] == others]
        cost = stage.cost[places]
        nodes = set(stage.nodes[places[cost == cost.min()]].tolist())
        way.append(min(nodes, key=name_of) if len(nodes) > 1 else nodes.pop())
    return way


def find_steps(outward: Mapping[str, Rows], path: Sequence[int]) -> list[tuple[str, bool]]:
    """Return for each step of a path the most telling relation, and whether it leads outward."""
    relations = by_preference(outward)
    return [_step(outward, relations, one, other) for one, other in itertools.pairwise(path)]


def _step(outward: Mapping[str, Rows], relations: Sequence[str], one: int, other: int) -> tuple[str, bool]:
    for relation in relations:
        if _leads(outward[relation], one, other):
            return relation, True
        if _leads(outward[relation], other, one):
            return relation, False
    return "related", True


def _leads(rows: Rows, one: int, other: int) -> bool:
    row = rows.of(one)
    place = int(np.searchsorted(row, other))
    return place < len(row) and int(row[place]) == other


def nodes_around(beside: Neighbours, start: int, depth: int) -> Ints:
    """Return the nodes at most `depth` steps away, ascending, including the start.

    From the second step on, paths do not lead through hubs.
    """
    hub = most_without_a_hub(len(beside))
    front = _BreadthFirst.at(beside, start)
    for step in range(depth):
        if step > 0:
            front.layer = front.layer[beside.counts(front.layer) <= hub]
        front.advance()
    return np.flatnonzero(front.away >= 0)
