"""Dots in spirals, like the seeds of a sunflower: rosettes and rings without overlap.

Source: H. Vogel (1979), A Better Way to Construct the Sunflower Head, Mathematical Biosciences 44.
"""

from __future__ import annotations

import math

import numpy as np

from graph.atlas.circles import GAP, near_pairs
from graph.structure.arrays import Floats, Ints

_GOLDEN = math.pi * (3 - math.sqrt(5))
_DENSITY = 1.13
"""How much wider a spiral is than its dots would fill, which mostly keeps them apart."""
_LEAST_STRETCH, _MOST_STRETCH = 1.02, 1.2
"""By how much a spiral with an overlap grows at a time, so that it takes few turns and does not get too wide."""
_NEARLY_NOTHING = 1e-9
"""Stands for the distance of dots at one place, which is a divisor."""


def halo(inner: float, radii: Floats) -> Floats:
    """Return middles for many small circles, the largest first, in a spiral around a circle."""
    if not len(radii):
        return np.zeros((0, 2))
    sizes = radii + GAP / 2
    start = inner + sizes[0] if inner else 0.0
    stretch = _DENSITY
    angles = np.arange(len(sizes)) * _GOLDEN
    while True:
        distances = np.sqrt(start * start + stretch * stretch * _areas(sizes))
        middles = np.stack([distances * np.cos(angles), distances * np.sin(angles)], axis=1)
        short = _shortness(middles, radii)
        if short <= 1:
            return middles
        stretch *= max(_LEAST_STRETCH, min(short, _MOST_STRETCH))


def rosettes(groups: Ints, radii: Floats) -> tuple[Floats, Floats]:
    """Return the middles (n × 2) of dots around the middle of their group, and each group's radius.

    `groups` are numbers without gaps in ascending order; the first dot of a group is in its middle. The dots of a group
    do not touch.
    """
    count = int(groups[-1]) + 1 if len(groups) else 0
    begins = np.searchsorted(groups, np.arange(count))
    sizes = radii + GAP / 2
    areas = _areas(sizes)
    areas = areas - (areas - sizes * sizes / 2)[begins][groups] if count else areas
    distances = _DENSITY * np.sqrt(areas)
    angles = (np.arange(len(groups)) - begins[groups]) * _GOLDEN
    middles = np.stack([distances * np.cos(angles), distances * np.sin(angles)], axis=1)
    middles *= _stretches(groups, middles, radii, count)[groups][:, None]
    sums = np.stack([np.bincount(groups, middles[:, axis], count) for axis in (0, 1)], axis=1)
    middles -= (sums / np.bincount(groups, minlength=count)[:, None])[groups] if count else 0.0
    reach = np.zeros(count)
    np.maximum.at(reach, groups, np.hypot(middles[:, 0], middles[:, 1]) + radii)
    return middles, reach


def _areas(sizes: Floats) -> Floats:
    """Return the area of the dots before each dot and half of its own, in units of pi."""
    squares = sizes * sizes
    return np.cumsum(squares) - squares / 2


def _stretches(groups: Ints, middles: Floats, radii: Floats, count: int) -> Floats:
    """Return the factors by which groups must grow so that their dots do not touch."""
    factors = np.ones(count)
    if len(groups) < 2:  # noqa: PLR2004 - a pair is the least that can touch
        return factors
    widest = np.zeros(count)
    np.maximum.at(widest, groups, np.hypot(middles[:, 0], middles[:, 1]) + radii)
    apart = np.cumsum(2 * widest + 4 * radii.max() + GAP)
    pairs = near_pairs(np.stack([middles[:, 0] + apart[groups], middles[:, 1]], axis=1), 2 * radii.max() + GAP)
    first, second = pairs.T
    gaps = np.hypot(*(middles[first] - middles[second]).T)
    np.maximum.at(factors, groups[first], (radii[first] + radii[second] + GAP) / np.maximum(gaps, _NEARLY_NOTHING))
    return factors


def _shortness(middles: Floats, radii: Floats) -> float:
    """Return the largest ratio of needed to actual distance between circles; at most 1 if none overlap."""
    first, second = near_pairs(middles, 2 * float(radii.max()) + GAP).T
    if not len(first):
        return 1.0
    gaps = np.hypot(*(middles[first] - middles[second]).T)
    return float(((radii[first] + radii[second] + GAP) / np.maximum(gaps, _NEARLY_NOTHING)).max())
