"""How two nodes are connected, and what lies around one: what `page/scripts/paths.js` answers, of a million nodes.

Each answer is the script's to the node: the shortest way through the least connected, and of equal ways the one that is
met first when relations are followed in their order, first outward.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.explorer.rows import Rows
from graph.relation_words import RELATION_WORDS
from graph.structure.arrays import distinct

__all__ = ["LONGEST_WAY", "MOST_TELLING", "find_path", "find_steps", "nodes_around"]

MOST_TELLING: tuple[str, ...] = tuple(RELATION_WORDS)
"""The relations, the one that says most about how two nodes are joined first."""

LONGEST_WAY = 10_000
"""Steps after which no further is looked: a corpus that is one long chain must not keep a server busy."""

_FEWEST_OF_A_HUB = 60
_SHARE_OF_A_HUB = 50
_MANY = 64

_Ints = NDArray[np.int64]


def find_path(beside: Rows, start: int, end: int, *, longest: int = LONGEST_WAY) -> list[int] | None:
    """Return the nodes of the shortest way, both ends included; `None` where there is none of at most `longest` steps.

    `beside` holds for each node all that it is related to, in either direction. Looked for from both ends at once,
    where there is less to look at; at most linear in the relations.
    """
    fore, back = _Front.at(beside, start), _Front.at(beside, end)
    steps = 0
    while not (back.away[fore.layer] >= 0).any():
        front = fore if fore.breadth() <= back.breadth() else back
        if steps == longest or not len(front.layer):
            return None
        front.advance()
        steps += 1
    # Both have met at half way. Beyond it, only what lies on shortest ways is as far from the start as it should be.
    layer = fore.layer[back.away[fore.layer] >= 0]
    for left in range(back.distance - 1, -1, -1):
        others = beside.of_many(layer).to
        layer = distinct(others[back.away[others] == left])
        fore.away[layer] = steps - left
    return _homeward(beside, fore.away, end)


@dataclass(slots=True)
class _Front:
    """What has been met from a node, layer by layer."""

    beside: Rows
    away: NDArray[np.int16]
    """How far each node is, where it was met; -1 where it was not."""
    layer: _Ints
    """The nodes met last."""
    distance: int = 0
    """How far these are."""

    @classmethod
    def at(cls, beside: Rows, node: int) -> _Front:
        """Return a front that has met one node."""
        away = np.full(len(beside.start) - 1, -1, np.int16)
        away[node] = 0
        return cls(beside, away, np.array([node], np.int64))

    def breadth(self) -> int:
        """Return how many relations the nodes met last have."""
        return int((self.beside.start[self.layer + 1].astype(np.int64) - self.beside.start[self.layer]).sum())

    def advance(self) -> None:
        """Go one step on from the nodes met last."""
        self.distance += 1
        others = self.beside.of_many(self.layer).to
        others = others[self.away[others] < 0]
        self.away[others] = self.distance
        is_wide = len(others) > len(self.away) // _MANY
        self.layer = np.flatnonzero(self.away == self.distance) if is_wide else distinct(others.astype(np.int64))


@dataclass(frozen=True, slots=True)
class _Stage:
    """The nodes that are equally far from the start, on shortest ways, in the order in which they were met."""

    nodes: _Ints
    crowd: _Ints
    """How many relations those between here and the end have."""
    onward: _Ints
    """The place in the stage before, which is one step nearer to the end, of the node to go to next."""


def _homeward(beside: Rows, away: NDArray[np.int16], end: int) -> list[int]:
    """Return the way from the start through the least connected, led back from the end."""
    nothing = np.zeros(1, np.int64)
    stages = [_Stage(np.array([end], np.int64), nothing, nothing)]
    for distance in range(int(away[end]) - 1, -1, -1):
        stages.append(_nearer(beside, stages[-1], away, distance, is_first=len(stages) == 1))
    way, place = [], 0
    for stage in reversed(stages):
        way.append(int(stage.nodes[place]))
        place = int(stage.onward[place])
    return way


def _nearer(beside: Rows, stage: _Stage, away: NDArray[np.int16], distance: int, *, is_first: bool) -> _Stage:
    """Return the stage one step nearer to the start: for each node there the cheapest way on, of equals the first."""
    rows = beside.of_many(stage.nodes)
    lengths = np.diff(rows.start)
    cost = stage.crowd if is_first else stage.crowd + lengths
    met = np.flatnonzero(away[rows.to] == distance)
    nodes = rows.to[met].astype(np.int64)
    onward = np.searchsorted(rows.start, met, "right") - 1
    order = np.lexsort((cost[onward], nodes))  # stable: of equals the first that was met
    is_new = np.ones(len(order), bool)
    is_new[1:] = nodes[order[1:]] != nodes[order[:-1]]
    cheapest = order[is_new]
    first_met = np.minimum.reduceat(order, np.flatnonzero(is_new))
    cheapest = cheapest[np.argsort(first_met)]
    return _Stage(nodes[cheapest], cost[onward[cheapest]], onward[cheapest])


def find_steps(outward: Mapping[str, Rows], path: Sequence[int]) -> list[tuple[str, bool]]:
    """Return for each step of a way the relation that says most, and whether it leads outward."""
    return [_step(outward, one, other) for one, other in itertools.pairwise(path)]


def _step(outward: Mapping[str, Rows], one: int, other: int) -> tuple[str, bool]:
    for relation in (*MOST_TELLING, *(name for name in outward if name not in MOST_TELLING)):
        if _leads(outward[relation], one, other):
            return relation, True
        if _leads(outward[relation], other, one):
            return relation, False
    return "related", True


def _leads(rows: Rows, one: int, other: int) -> bool:
    row: NDArray[Any] = rows.of(one)
    place = int(np.searchsorted(row, other))
    return place < len(row) and int(row[place]) == other


def nodes_around(beside: Rows, start: int, depth: int) -> _Ints:
    """Return the nodes at most so many steps away, ascending, the start among them.

    Hubs are among them, but are not gone through from the second step on.
    """
    hub = max(_FEWEST_OF_A_HUB, (len(beside.start) - 1) / _SHARE_OF_A_HUB)
    front = _Front.at(beside, start)
    for step in range(depth):
        if step > 0:
            layer = front.layer
            front.layer = layer[beside.start[layer + 1].astype(np.int64) - beside.start[layer] <= hub]
        front.advance()
    return np.flatnonzero(front.away >= 0)
