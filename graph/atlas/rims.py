"""Places dots on rings around a circle, each as close to its direction as there is room."""

from __future__ import annotations

import math

import numpy as np

from graph.atlas.circles import GAP
from graph.structure.arrays import Floats

_ROOM = 3.0
"""World units between a circle and the dots around it."""

_FULL = 0.9
"""Dots that need a larger part of the rim are spread evenly, because they do not fit where they belong."""


def reach_of(radius: float, sizes: Floats) -> float:
    """Return the distance from the middle of a circle to the outer edge of the dots around it."""
    rings = _rings(radius, sizes)
    return rings[-1][2] + rings[-1][3] if rings else radius


def place_around(radius: float, sizes: Floats, angles: Floats) -> Floats:
    """Return middles (n × 2), from the middle of the circle, for dots with the largest first, each near its angle."""
    middles = np.zeros((len(sizes), 2))
    for first, end, distance, widest in _rings(radius, sizes):
        around = _spread(angles[first:end], _step(distance, widest))
        middles[first:end, 0] = distance * np.cos(around)
        middles[first:end, 1] = distance * np.sin(around)
    return middles


def place_beyond(middles: Floats, reach: Floats, sizes: Floats, *, wide: float) -> Floats:
    """Return middles (n × 2) for dots evenly around many circles, from the top, on ellipses wider than high."""
    if not len(sizes):
        return np.zeros((0, 2))
    center = (middles.min(axis=0) + middles.max(axis=0)) / 2 if len(middles) else np.zeros(2)
    shape = np.array([wide, 1.0])
    # What does not overlap after all is compressed horizontally does not overlap before.
    radius = float((np.hypot(*((middles - center) / shape).T) + reach).max(initial=0.0))
    angles = np.empty(len(sizes))
    for first, end, _, _ in _rings(radius, sizes):
        angles[first:end] = np.arange(end - first) * (2 * math.pi / (end - first)) - math.pi / 2
    return np.asarray(place_around(radius, sizes, angles) * shape + center)


def _rings(radius: float, sizes: Floats) -> list[tuple[int, int, float, float]]:
    """Return for each ring its first dot, the dot after its last, its distance from the middle, its largest radius."""
    rings: list[tuple[int, int, float, float]] = []
    first = 0
    edge = radius + _ROOM
    while first < len(sizes):
        widest = float(sizes[first:].max()) if first else float(sizes.max())
        distance = edge + widest
        end = min(len(sizes), first + max(1, math.floor(2 * math.pi / _step(distance, widest))))
        rings.append((first, end, distance, widest))
        first, edge = end, distance + widest + GAP
    return rings


def _step(distance: float, widest: float) -> float:
    half = min(1.0, (widest + GAP / 2) / distance)
    return 2 * math.asin(half)


def _spread(angles: Floats, step: float) -> Floats:
    """Return angles at least a step apart, in the same order, close to the given ones."""
    count = len(angles)
    if count * step > _FULL * 2 * math.pi:
        order = np.argsort(angles % (2 * math.pi), kind="stable")
        even = np.empty(count)
        even[order] = np.arange(count) * (2 * math.pi / count)
        return even
    wanted = angles % (2 * math.pi)
    order = np.argsort(wanted, kind="stable")
    along = wanted[order]
    # The row begins after the widest gap, so that no dot is pushed onto the first.
    gaps = np.diff(np.append(along, along[0] + 2 * math.pi)) if count else along
    begin = (int(np.argmax(gaps)) + 1) % count if count else 0
    order = np.roll(order, -begin)
    along = np.unwrap(wanted[order])
    steps = step * np.arange(count)
    pushed = np.maximum.accumulate(along - steps) + steps
    pushed -= (pushed - along).mean()
    if count and pushed[-1] - pushed[0] > 2 * math.pi - step:
        pushed = np.arange(count) * (2 * math.pi / count)
    found = np.empty(count)
    found[order] = pushed
    return found
