"""The timeline: time across, main topics as lanes, dots stacked where they would touch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.atlas.atlas import Bounds, Lane, View
from graph.atlas.census import Census, Floats, Ints
from graph.atlas.packing import GAP
from graph.atlas.places import Place

__all__ = ["NO_DAY", "Timeline", "draw_timeline"]

NO_DAY = -(2**31)
"""What stands for an unknown day: the smallest 32-bit number."""

_MOST_LANES = 12
_BETWEEN = 12.0
_LEAST_HEIGHT = 10.0
_WIDE = 2.4
_MOST_COLUMNS = 40_000


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where dated articles stand."""

    view: View
    """Where nodes stand."""
    lanes: tuple[Lane, ...]
    """The bands, from above."""
    scale: float
    """World units a day."""
    first: int | None
    """The day of the oldest article, or none."""
    last: int | None
    """The day of the newest."""


def draw_timeline(census: Census, places: Sequence[Place], island: Ints, day: Ints, size: Floats) -> Timeline:
    """Place the dated articles."""
    x, y = np.full(census.nodes, np.nan), np.full(census.nodes, np.nan)
    dated = np.flatnonzero(day != NO_DAY)
    if not len(dated):
        return Timeline(View(x, y, (0.0, 0.0, 0.0, 0.0)), (), 1.0, None, None)
    first, last = int(day[dated].min()), int(day[dated].max())
    lane_of, names = _lanes(places, island[dated])
    width = 2 * float(size[dated].max()) + GAP
    lane = lane_of[island[dated]]
    dated = dated[np.lexsort((dated, -size[dated], day[dated], lane))]
    lane = lane_of[island[dated]]
    columns = _columns(day[dated] - first, lane, size[dated], last - first + 1, width)
    slots = _slots(day[dated] - first, lane, columns, last - first + 1)
    heights, offsets = _stacks(lane, slots, size[dated])
    extents = np.maximum(_LEAST_HEIGHT, np.array([heights[lane == number].max() for number in range(len(names))]))
    middles = np.cumsum(extents + _BETWEEN) - (extents + _BETWEEN) / 2
    x[dated] = slots * width + width / 2
    y[dated] = middles[lane] + offsets
    scale = columns * width / (last - first + 1)
    lanes = tuple(
        Lane(label, node, float(middles[number]), float(extents[number]), int((lane == number).sum()))
        for number, (label, node) in enumerate((label, _node(census, home)) for label, home in names)
    )
    bounds: Bounds = (
        0.0,
        0.0,
        max(columns * width, float(np.nanmax(x)) + width / 2),
        float((extents + _BETWEEN).sum()),
    )
    return Timeline(View(x, y, bounds), lanes, scale, first, last)


def _node(census: Census, home: int) -> int:
    return census.first_topic + home if home >= 0 else -1


def _lanes(places: Sequence[Place], island: Ints) -> tuple[Ints, list[tuple[str, int]]]:
    """Return the lane of each place, and for each lane its label and topic: the fullest, and one for all others."""
    root = list(range(len(places)))
    for index, place in enumerate(places):
        if place.parent >= 0:
            root[index] = root[place.parent]
    roots = np.array(root, np.int64)
    counts = np.bincount(roots[island], minlength=len(places))
    ranked = [index for index in np.argsort(-counts, kind="stable").tolist() if counts[index]]
    named = [index for index in ranked if places[index].home >= 0][: _MOST_LANES - 1]
    others = [index for index in ranked if index not in named]
    names = [(places[index].label, places[index].home) for index in named]
    if others:
        names.append(
            (
                places[others[0]].label if len(others) == 1 else "Other",
                places[others[0]].home if len(others) == 1 else -1,
            )
        )
    lane = np.full(len(places), len(named))
    lane[named] = np.arange(len(named))
    return lane[roots], names


def _columns(days: Ints, lane: Ints, size: Floats, span: int, width: float) -> int:
    """Return into how many columns time is cut, so that the picture is about two and a half times as wide as high."""
    best, off = 1, math.inf
    count = 16
    while count <= min(_MOST_COLUMNS, 4 * span + 64):
        taken = np.bincount(lane * count + days * count // span, 2 * size + GAP)
        heights = [
            taken[number * count : (number + 1) * count].max(initial=0.0) for number in range(int(lane.max()) + 1)
        ]
        ratio = count * width / (sum(max(_LEAST_HEIGHT, height) + _BETWEEN for height in heights))
        if abs(math.log(ratio / _WIDE)) < off:
            best, off = count, abs(math.log(ratio / _WIDE))
        count = count * 5 // 4
    return best


def _slots(days: Ints, lane: Ints, columns: int, span: int) -> Ints:
    """Return each dot's column."""
    return days * columns // span


def _stacks(lane: Ints, slots: Ints, size: Floats) -> tuple[Floats, Floats]:
    """Return the height of each dot's stack, and how far it stands from the lane's middle; dots come lane by lane."""
    order = np.lexsort((-size, slots, lane))
    key = lane[order] * (int(slots.max()) + 1) + slots[order]
    begins = np.searchsorted(key, key)
    rank = np.arange(len(key)) - begins
    up = rank % 2 == 1
    room = 2 * size[order] + GAP
    sums = np.zeros(len(key))
    for side in (up, ~up):
        # The dot in the middle reaches to both sides.
        along = np.where(side, room, np.where(rank == 0, room, 0.0) / 1.0)
        total = np.cumsum(along)
        base = np.where(begins > 0, total[begins - 1], 0.0)
        sums[side] = (total - base)[side] - room[side] / 2 - room[begins][side] / 2
    offsets = np.zeros(len(key))
    offsets[order] = np.where(up, -sums, sums)
    heights = np.zeros(len(key))
    most = np.zeros(len(key))
    np.maximum.at(most, begins, sums + room / 2)
    heights[order] = 2 * most[begins]
    return heights, offsets
