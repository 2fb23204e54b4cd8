"""Where each node of a picture stands: a force-directed layout in which a crowded hub does not pull all into one knot.

The forces are those of Jacomy, Venturini, Heymann and Bastian, "ForceAtlas2, a Continuous Graph Layout Algorithm"
(2014): nodes repel each other with the inverse of their distance, relations pull in proportion to it. Two things
differ. A relation pulls the less the more relations its ends have, so that a topic which nearly every article carries
leaves the finer pattern visible; and repulsion ends at a few node spacings, so that loose parts stay close to the rest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["Link", "to_positions", "to_spacing"]

Link = tuple[int, int, float]
"""Two node numbers, from 0, and how strongly their relation pulls."""

_Array = npt.NDArray[np.float32]

_STEPS = 300
_SETTLING_STEPS = 120
_PULL = 10.0
_GRAVITY = 0.1
_HUB = 0.3
_REACH = 3.5
_WIDEST_REACH = 80.0
_STRETCH = (1.45, 0.85)
_AREA = 1_000_000.0
_SPACING = (44.0, 150.0)
_APART = (0.35, 0.6)
_GOLDEN_ANGLE = math.pi * (3.0 - math.sqrt(5.0))


def to_spacing(count: int) -> float:
    """Return the distance between neighbours that suits a picture of `count` nodes, in pixels at full size."""
    narrowest, widest = _SPACING
    return min(widest, max(narrowest, math.sqrt(_AREA / max(count, 1))))


def to_positions(radii: Sequence[float], links: Sequence[Link]) -> list[tuple[int, int]]:
    """Place a node for each radius so that linked nodes are near and none touch; wider than high, around (0, 0).

    Radii and positions are pixels at full size. The same numbers give the same positions in every process: nothing is
    left to chance. Time grows with the square of the number of nodes, some three seconds for a thousand.
    """
    if not radii:
        return []
    sizes = np.asarray(radii, dtype=np.float32)
    spacing = to_spacing(len(radii))
    free = _push_and_pull(_sunflower(len(radii), spacing), links, sizes, spacing)
    positions = _settle(free * np.array(_STRETCH, dtype=np.float32), sizes, spacing)
    positions -= (positions.max(axis=0) + positions.min(axis=0)) / 2
    return [(round(x), round(y)) for x, y in positions.tolist()]


def _sunflower(count: int, spacing: float) -> _Array:
    """Return a start without chance: the seeds of a sunflower, evenly spread over a disc."""
    number = np.arange(count, dtype=np.float64)
    distance = 0.6 * spacing * np.sqrt(number + 0.5)
    angle = number * _GOLDEN_ANGLE
    return np.column_stack((distance * np.cos(angle), distance * np.sin(angle))).astype(np.float32)


def _push_and_pull(positions: _Array, links: Sequence[Link], sizes: _Array, spacing: float) -> _Array:
    """Let relations pull and nodes repel while the picture cools."""
    near, far, strength = _strengths(len(positions), links)
    mass = (1 + sizes / sizes.mean(dtype=np.float64)).astype(np.float32)
    masses: _Array = np.multiply.outer(mass, mass) * np.float32(spacing * spacing / 4)
    gravity: _Array = mass[:, None] * np.float32(_GRAVITY)
    reach = min(spacing, _WIDEST_REACH) * _REACH
    pairs = _Pairs(len(positions))
    for step in range(_STEPS):
        force = pairs.repulsion(positions, masses, reach) - positions * gravity
        pull = (positions[far] - positions[near]) * strength[:, None]
        np.add.at(force, near, pull)
        np.add.at(force, far, -pull)
        length = np.sqrt(force[:, 0] * force[:, 0] + force[:, 1] * force[:, 1] + np.float32(1e-9))
        heat = np.float32(1.2 * spacing * (1 - step / _STEPS) ** 1.5 + 0.5)
        share = (np.minimum(length, heat) / length).astype(np.float32)
        positions = positions + force * share[:, None]
    return positions


class _Pairs:
    """Forces between all pairs of nodes: one square per quantity, allocated once and filled again at each step.

    Quantities are summed down columns, one row after the other, because sums along a row depend on the processor, which
    may add in any order. As all other steps are exact to the last bit, every machine draws the same picture.
    """

    __slots__ = ("_across", "_down", "_squared", "_weight")

    def __init__(self, count: int) -> None:
        self._across, self._down, self._squared, self._weight = np.empty((4, count, count), dtype=np.float32)

    def repulsion(self, positions: _Array, masses: _Array, reach: float) -> _Array:
        """Return the push that each node feels from all others within `reach`: the product of masses by distance."""
        self._measure(positions)
        self._squared += 1
        np.divide(masses, self._squared, out=self._weight)
        self._weight *= self._squared < reach * reach
        return self._total()

    def separation(self, positions: _Array, least: _Array) -> tuple[_Array, float]:
        """Return how far each node should move to be `least` away from all others, and the worst lack of room."""
        self._measure(positions)
        distance = np.sqrt(self._squared, out=self._squared)
        distance += np.float32(1e-3)
        np.subtract(least, distance, out=self._weight)
        lack = np.maximum(self._weight, 0, out=self._weight)
        worst = float(lack.max())
        lack /= distance
        return self._total(), worst

    def _measure(self, positions: _Array) -> None:
        """Find how far each node, by column, stands from each other, by row."""
        for direction, offset in ((0, self._across), (1, self._down)):
            np.subtract(positions[None, :, direction], positions[:, None, direction], out=offset)
        np.multiply(self._across, self._across, out=self._squared)
        np.multiply(self._down, self._down, out=self._weight)
        self._squared += self._weight

    def _total(self) -> _Array:
        """Return the sums of the offsets, each times its weight."""
        self._across *= self._weight
        self._down *= self._weight
        return np.column_stack((self._across.sum(axis=0), self._down.sum(axis=0)))


def _strengths(count: int, links: Sequence[Link]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], _Array]:
    """Return both ends of every link and its pull, weakened by the relations that its ends have."""
    near = np.array([link[0] for link in links], dtype=np.intp)
    far = np.array([link[1] for link in links], dtype=np.intp)
    weight = np.array([link[2] for link in links], dtype=np.float64)
    degree = np.bincount(near, minlength=count) + np.bincount(far, minlength=count)
    share = np.maximum(degree[near], degree[far]) / (count + 1)
    rarity = np.clip((1 - share) / (1 - _HUB), 0.1, 1.0) ** 3
    strength = _PULL * weight * rarity / np.sqrt(np.maximum(degree[near] * degree[far], 1))
    return near, far, strength.astype(np.float32)


def _settle(positions: _Array, sizes: _Array, spacing: float) -> _Array:
    """Push nodes that stand too close apart, little by little, so that the pattern stays."""
    apart = float(np.interp(spacing, _SPACING, _APART))
    least: _Array = np.add.outer(sizes, sizes) + np.float32(spacing * apart)
    np.fill_diagonal(least, 0)
    pairs = _Pairs(len(positions))
    for _ in range(_SETTLING_STEPS):
        move, worst = pairs.separation(positions, least)
        if worst < 1:
            break
        positions = positions + move * np.float32(0.22)
    return positions
