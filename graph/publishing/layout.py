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
    left to chance. Time grows with the square of the number of nodes, some four seconds for a thousand.
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
    mass = 1 + sizes / sizes.mean()
    masses = np.multiply.outer(mass, mass) * np.float32(spacing * spacing / 4)
    for step in range(_STEPS):
        force = _repulsion(positions, masses, min(spacing, _WIDEST_REACH) * _REACH) - positions * mass[
            :, None
        ] * np.float32(_GRAVITY)
        pull = (positions[far] - positions[near]) * strength[:, None]
        np.add.at(force, near, pull)
        np.add.at(force, far, -pull)
        length = np.hypot(force[:, 0], force[:, 1]) + np.float32(1e-6)
        heat = np.float32(1.2 * spacing * (1 - step / _STEPS) ** 1.5 + 0.5)
        positions = positions + force * (np.minimum(length, heat) / length)[:, None]
    return positions


def _repulsion(positions: _Array, masses: _Array, reach: float) -> _Array:
    """Return the push that each node feels from all others within `reach`."""
    across = np.subtract.outer(positions[:, 0], positions[:, 0])
    down = np.subtract.outer(positions[:, 1], positions[:, 1])
    squared = across * across + down * down + 1
    push = masses / squared
    push *= squared < reach * reach
    return np.column_stack((np.einsum("ij,ij->i", across, push), np.einsum("ij,ij->i", down, push)))


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
    for _ in range(_SETTLING_STEPS):
        across = np.subtract.outer(positions[:, 0], positions[:, 0])
        down = np.subtract.outer(positions[:, 1], positions[:, 1])
        distance = np.sqrt(across * across + down * down) + np.float32(1e-3)
        lack = np.maximum(least - distance, 0)
        if float(lack.max()) < 1:
            break
        lack /= distance
        move: _Array = np.column_stack((np.einsum("ij,ij->i", across, lack), np.einsum("ij,ij->i", down, lack)))
        positions = positions + move * np.float32(0.22)
    return positions
