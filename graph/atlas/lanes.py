"""The timeline: time runs to the right, main topics are lanes, and dots of the same days are stacked."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec
import numpy as np

from graph.atlas.atlas import Bounds, Lane, View
from graph.atlas.circles import GAP
from graph.atlas.empty_islands import EmptyIsland, outermost_of
from graph.atlas.ground import Ground
from graph.atlas.homes import NOWHERE, OTHER
from graph.structure.arrays import NO_DAY, Floats, Ints, distinct

MOST_LANES = 12
"""The most lanes, including that of all other articles."""
OTHER_LANE = "Other"
"""The lane of all other articles, if they are of several islands."""
WIDTH = 1.9
"""The ratio of the width of a timeline to its height."""
FULL = 24
"""How many dots fit into every column."""
STEEP = 3.0
"""A column of more holds at most this times the square root of the number of dots in its lane."""

FEWEST_COLUMNS, MOST_COLUMNS = 16, 40_000
"""The fewest and most columns of a timeline, however many days it has."""
COLUMNS_A_DAY, MORE_COLUMNS = 4, 64
"""The most columns per day, so that dots of one day stay near each other, and some more for a few days."""

_BETWEEN = 12.0
"""World units between lanes."""
_LEAST_HEIGHT = 14.0
"""World units that the name of a lane needs."""
_MOST_SLOTS = 1 << 32
"""More than any column's number, so that lane and column fit into one number."""
_SMALL = 0.7
"""The share of dots that fit into a narrow column."""
_USUAL = 0.98
"""The quantile of column heights that is the usual height of a lane."""
_TIMES_USUAL = 1.6
"""How many times the usual number of dots a column may hold; the others are moved to the right."""


class Timeline(msgspec.Struct, frozen=True):
    """The positions of dated articles."""

    view: View
    """The positions of nodes."""
    lanes: tuple[Lane, ...]
    """The bands, from above."""
    scale: float
    """World units a day."""
    first: int | None
    """The day of the oldest article, if any has a date."""
    last: int | None
    """The day of the newest."""


def draw_timeline(ground: Ground, places: Sequence[EmptyIsland], island: Ints, size: Floats) -> Timeline:
    """Place the dated articles: dots of the same days in stacks, the large ones in the middle of their lane."""
    x, y = np.full(ground.nodes, np.nan), np.full(ground.nodes, np.nan)
    day = ground.days
    dated = np.flatnonzero(day != NO_DAY)
    if not len(dated):
        return Timeline(View(x, y, (0.0, 0.0, 0.0, 0.0)), (), 1.0, None, None)
    first, last = int(day[dated].min()), int(day[dated].max())
    lane_of, names = _lanes(places, island[dated])
    dated = dated[np.lexsort((dated, -size[dated], day[dated], lane_of[island[dated]]))]
    lane, days, radii = lane_of[island[dated]], day[dated] - first, size[dated]
    width = max(float(radii.max()) + GAP / 2, 2 * float(np.quantile(radii, _SMALL)) + GAP)
    span = last - first + 1
    columns = _columns(days, lane, radii, span, width)
    found_x, offsets, above, below = _stacks(lane, days * columns // span, radii, width, len(names))
    extents = np.maximum(_LEAST_HEIGHT, 2 * np.maximum(above, below))
    middles = np.cumsum(extents + _BETWEEN) - (extents + _BETWEEN) / 2
    x[dated] = found_x
    y[dated] = middles[lane] + offsets
    lanes = tuple(
        Lane(label, node, float(middles[number]), float(extents[number]), int((lane == number).sum()))
        for number, (label, node) in enumerate((label, ground.topic_node(home)) for label, home in names)
    )
    right = max(columns * width, float(found_x.max()) + width)
    bounds: Bounds = (0.0, 0.0, right, float((extents + _BETWEEN).sum()))
    return Timeline(View(x, y, bounds), lanes, columns * width / span, first, last)


def _lanes(places: Sequence[EmptyIsland], island: Ints) -> tuple[Ints, list[tuple[str, int]]]:
    """Return the lane of each island, and the label and topic of each lane; the last lane is for all other islands."""
    roots = np.array(outermost_of(places), np.int64)
    counts = np.bincount(roots[island], minlength=len(places))
    ranked = [index for index in np.argsort(-counts, kind="stable").tolist() if counts[index]]
    named = [index for index in ranked if places[index].home not in (NOWHERE, OTHER)][: MOST_LANES - 1]
    others = [index for index in ranked if index not in named]
    names = [(places[index].label, places[index].home) for index in named]
    if others:
        only = places[others[0]]
        names.append((only.label, only.home) if len(others) == 1 else (OTHER_LANE, -1))
    lane = np.full(len(places), len(named))
    lane[named] = np.arange(len(named))
    return lane[roots], names


def _columns(days: Ints, lane: Ints, size: Floats, span: int, width: float) -> int:
    """Return the number of columns of time that makes the picture about twice as wide as high.

    The number is even, because large dots take two columns.
    """
    best, off = 2, math.inf
    count = FEWEST_COLUMNS
    lanes = int(lane.max()) + 1
    while count <= min(MOST_COLUMNS, COLUMNS_A_DAY * span + MORE_COLUMNS):
        taken = np.bincount(lane * count + days * count // span, 2 * size + GAP, lanes * count).astype(np.float64)
        heights = np.maximum(_LEAST_HEIGHT, _usual_height(taken.reshape(lanes, count))) + _BETWEEN
        ratio = abs(math.log(count * width / float(heights.sum()) / WIDTH))
        if ratio < off:
            best, off = count, ratio
        count = count * 5 // 4 // 2 * 2  # a quarter more, and even
    return best


def _usual_height(taken: Floats) -> Floats:
    """Return the height of the columns of each row, without the few highest."""
    # `np.quantile` of the columns that are not empty, for all rows at once: it takes long for each.
    ascending = np.sort(taken, axis=1)
    rows, columns = np.arange(len(taken)), taken.shape[1]
    filled = np.count_nonzero(taken, axis=1)
    place = (filled - 1) * _USUAL
    before = np.floor(place).astype(np.int64)
    part = place - before
    before += columns - filled
    low, high = ascending[rows, before], ascending[rows, np.minimum(before + 1, columns - 1)]
    usual = np.where(part < 0.5, low + (high - low) * part, high - (high - low) * (1 - part))  # noqa: PLR2004 - half
    return np.asarray(np.minimum(usual, STEEP * np.sqrt(2 * taken.sum(axis=1))))


def _stacks(lane: Ints, column: Ints, size: Floats, width: float, lanes: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the positions of dots along time and from the middle of their lane, and the reach of each lane.

    Dots are sorted by lane and column. Large ones are in the middle, in columns twice as wide, the others around them.
    """
    is_large = 2 * size + GAP > width
    x, y = np.empty(len(size)), np.empty(len(size))
    reach: tuple[dict[int, float], dict[int, float]] = ({}, {})
    top, bottom = np.zeros(lanes), np.zeros(lanes)
    for kind, wide in ((is_large, 2), (~is_large, 1)):
        if not kind.any():
            continue
        some = np.flatnonzero(kind)
        slot = _flow(lane[some], column[some] // wide)
        many = int(slot.max()) + 1
        order = np.lexsort((-size[some], slot, lane[some]))
        some, slot = some[order], slot[order]
        key = lane[some] * many + slot
        below = lane[some] * _MOST_SLOTS + slot // (2 // wide)
        room = 2 * size[some] + GAP
        taken = [np.array([side.get(code, -1.0) for code in below.tolist()]) for side in reach]
        offsets = _stacked(key, room, taken[0], taken[1])
        x[some], y[some] = (slot + 0.5) * width * wide, offsets
        np.maximum.at(top, lane[some], room / 2 - offsets)
        np.maximum.at(bottom, lane[some], room / 2 + offsets)
        if wide == 2:  # noqa: PLR2004 - the other dots need to know the space of large ones
            for code, up, down in zip(
                below.tolist(), (room / 2 - offsets).tolist(), (room / 2 + offsets).tolist(), strict=True
            ):
                reach[0][code] = max(up, reach[0].get(code, 0.0))
                reach[1][code] = max(down, reach[1].get(code, 0.0))
    return x, y, top, bottom


def _flow(lane: Ints, column: Ints) -> Ints:
    """Return columns in which dots of an overfull column are moved to the right."""
    many = int(column.max()) + len(column) + 1
    codes, counts = np.unique(lane * many + column, return_counts=True)
    found = column.copy()
    for number in distinct(lane).tolist():
        own = lane == number
        usual = _TIMES_USUAL * float(np.quantile(counts[codes // many == number], _USUAL))
        most = max(FULL, math.ceil(min(usual, STEEP * math.sqrt(own.sum()))))
        steps = np.arange(int(own.sum()))
        found[own] = (np.maximum.accumulate(column[own] * most - steps) + steps) // most
    return found


def _stacked(key: Ints, room: Floats, above: Floats, below: Floats) -> Floats:
    """Return the distances from the middle of dots with one key, alternately below and above the taken space.

    Keys ascend. If nothing is taken (-1), the first dot is in the middle.
    """
    begins = np.searchsorted(key, key)
    rank = np.arange(len(key)) - begins
    is_up = rank % 2 == 1
    half = room[begins] / 2
    offsets = np.zeros(len(key))
    for side, taken, start in ((is_up, above, half), (~is_up, below, -half)):
        along = np.where(side, room, 0.0)
        total = np.cumsum(along)
        before = total - along - np.where(begins > 0, total[begins - 1], 0.0)
        middle = np.where(taken >= 0, taken, start) + before + room / 2
        offsets[side] = middle[side]
    offsets[is_up] *= -1
    return offsets
