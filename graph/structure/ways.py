"""Shortest paths between two nodes, and the nodes around one.

The explorer's page finds the same paths in JavaScript (`paths.js`): of equally short paths the one through the least
connected nodes, then the first by IRI.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from graph.relation_words import by_preference
from graph.structure.arrays import Ints, distinct
from graph.structure.rows import Rows

__all__ = ["FEWEST_OF_A_HUB", "LONGEST_WAY", "SHARE_OF_A_HUB", "Neighbours", "find_path", "find_steps", "nodes_around"]

LONGEST_WAY = 10_000
"""The most steps that a server follows, so that a corpus that is one long chain does not keep it busy."""

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


def find_path(
    beside: Neighbours, start: int, end: int, name_of: Callable[[int], str], *, longest: int | None = None
) -> list[int] | None:
    """Return the nodes of the shortest path, both ends included; `None` if there is none of at most `longest` steps.

    Of equally short paths it is the one whose nodes have the fewest relations in sum, as a path through a hub says
    little, then the first by the names of its nodes. The search starts at both ends; at most linear in the relations.
    """
    fore, back = _Front.at(beside, start), _Front.at(beside, end)
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


@dataclass(slots=True)
class _Front:
    """A breadth-first search from a node."""

    beside: Neighbours
    away: NDArray[np.int32]
    """The distance of each node, or -1 if it was not reached yet."""
    layer: Ints
    """The nodes reached last."""
    distance: int = 0
    """The distance of these."""

    @classmethod
    def at(cls, beside: Neighbours, node: int) -> _Front:
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


@dataclass(frozen=True, slots=True)
class _Stage:
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
    hub = max(FEWEST_OF_A_HUB, len(beside) / SHARE_OF_A_HUB)
    front = _Front.at(beside, start)
    for step in range(depth):
        if step > 0:
            front.layer = front.layer[beside.counts(front.layer) <= hub]
        front.advance()
    return np.flatnonzero(front.away >= 0)
