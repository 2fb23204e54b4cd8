"""Packs circles tightly around a middle, the same at every run.

Source: W. Wang, H. Wang, G. Dai and H. Wang (2006), Visualization of Large Hierarchical Data by Circle Packing, CHI
(the front chain).
"""

from __future__ import annotations

import heapq
import math
from typing import TypeAlias

import numpy as np

from graph.structure.arrays import Floats, Ints, inverse_of

GAP = 0.4
"""The gap between neighbouring dots, in world units."""

_SLACK = 1e-7
"""Circles may overlap by this, because touching circles are computed inexactly."""
_NEARBY = 16.0
"""How far along the chain, in its own radii, a new circle first looks for overlaps; nearly always enough."""
_FIRST = 3
"""The circles that are placed directly, because the chain needs so many."""
_FEW = 60
"""Up to this many circles, overlaps are looked for along the whole chain."""
_HOMEWARD = 0.8
"""How much the distance to the middle of the picture counts, compared with that to the circle a new one belongs to."""
_TIMES_MEDIAN = 4
"""How many times larger than the median a circle must be to be compared with all others."""
_TOUCHING = 1 - 1e-6
"""Circles at this part of the distance at which they would touch do not overlap yet."""
_ROUNDS = 48
"""Steps to the middle of the smallest circle around others; further steps are invisible."""
_FIRST_STEP = 0.25
"""The part of the way to the farthest circle, divided by the number of the step."""
_NAME = 0.03
"""The space for the name of the largest circle, as a share of the width of all."""
_NAMES = 40
"""The rank of the circle whose name has half as much."""

Point: TypeAlias = tuple[float, float]
"""Across and down."""

Circle: TypeAlias = tuple[float, float, float]
"""Middle and radius."""


def pack_circles(radii: Floats, anchors: Ints | None = None, *, wide: float = 1.0) -> Floats:
    """Return the middles (n × 2) of circles packed around the origin without overlap, in the order given.

    The first is in the middle. Each other one is placed where the front is closest to the middle, or to the circle in
    `anchors` (one before it; -1 for none). With `wide` above 1 the result is wider than high. About n log n steps if
    circles are sorted by size, the largest first; n√n with anchors.
    """
    wanted = [-1] * len(radii) if anchors is None else anchors.tolist()
    for reach in (_NEARBY, math.inf):
        front = _Front(radii.tolist(), wide)
        front.grow(wanted, reach)
        middles = np.array([front.xs, front.ys]).T.reshape(len(radii), 2)
        if len(radii) <= _FEW or not _overlaps(middles, radii):
            break
    return middles


class _Front:
    """The circles placed so far, and the chain of those on the rim, counterclockwise."""

    __slots__ = ("after", "before", "narrow", "sizes", "xs", "ys")

    def __init__(self, sizes: list[float], wide: float) -> None:
        """Place the first three circles, or as many as there are."""
        count = len(sizes)
        self.sizes, self.xs, self.ys = sizes, [0.0] * count, [0.0] * count
        self.after, self.before = {0: 1, 1: 2, 2: 0}, {1: 0, 2: 1, 0: 2}
        self.narrow = 1 / wide
        if count > 1:
            self.xs[1] = sizes[0] + sizes[1]
        if count > 2:  # noqa: PLR2004 - from the third on there is a chain
            self.xs[2], self.ys[2] = self.beside(0, 1, sizes[2])
        if count > 2 and self.ys[2] < 0:  # noqa: PLR2004
            self.after, self.before = self.before, self.after

    def grow(self, anchors: list[int], reach: float) -> None:
        """Place all circles from the fourth on; overlaps are looked for along the chain within `reach` sizes."""
        spots = [self.spot(left, right) for left, right in self.after.items()] if len(self.sizes) > _FIRST else []
        heapq.heapify(spots)
        for new in range(_FIRST, len(self.sizes)):
            size = self.sizes[new]
            _, left, right = spots[0]
            while self.after.get(left) != right:
                heapq.heappop(spots)
                _, left, right = spots[0]
            if anchors[new] > 0:
                left, right = self.closest(anchors[new])
            while True:
                x, y = self.beside(left, right, size)
                hit = self.first_hit((x, y, size), left, right, reach * size if new > _FEW else math.inf)
                if hit is None:
                    break
                left, right = (left, hit[0]) if hit[1] else (hit[0], right)
                self.cut(left, right)
            self.xs[new], self.ys[new] = x, y
            self.after[left], self.after[new], self.before[new], self.before[right] = new, right, left, new
            heapq.heappush(spots, self.spot(left, new))
            heapq.heappush(spots, self.spot(new, right))

    def cut(self, left: int, right: int) -> None:
        """Remove the circles between two circles from the chain."""
        node = self.after[left]
        while node != right:
            following = self.after.pop(node)
            self.before.pop(node)
            node = following
        self.after[left], self.before[right] = right, left

    def first_hit(self, circle: Circle, left: int, right: int, reach: float) -> tuple[int, bool] | None:
        """Return the closest circle along the chain that a new one would overlap, and whether it is to the right.

        The chain is followed both ways from the pair that the new one touches, up to `reach`.
        """
        xs, ys, sizes, after, before = self.xs, self.ys, self.sizes, self.after, self.before
        x, y, size = circle
        forward, backward = after[right], before[left]
        way_forward, way_backward = sizes[right], sizes[left]
        while min(way_forward, way_backward) <= reach:
            is_right = way_forward <= way_backward
            other = forward if is_right else backward
            gap = size + sizes[other]
            if (xs[other] - x) ** 2 + (ys[other] - y) ** 2 < gap * gap - _SLACK * gap:
                return other, is_right
            if is_right:
                way_forward += 2 * sizes[other]
                forward = after[other]
            else:
                way_backward += 2 * sizes[other]
                backward = before[other]
            if forward == after[backward]:
                break
        return None

    def beside(self, left: int, right: int, size: float) -> Point:
        """Return the middle of a circle that touches two others, to the right of the way from one to the other."""
        xs, ys = self.xs, self.ys
        along_x, along_y = xs[right] - xs[left], ys[right] - ys[left]
        apart = math.hypot(along_x, along_y)
        along_x, along_y = along_x / apart, along_y / apart
        to_left, to_right = self.sizes[left] + size, self.sizes[right] + size
        step = (to_left * to_left - to_right * to_right + apart * apart) / (2 * apart)
        aside = math.sqrt(max(0.0, to_left * to_left - step * step))
        return xs[left] + step * along_x + aside * along_y, ys[left] + step * along_y - aside * along_x

    def spot(self, left: int, right: int) -> tuple[float, int, int]:
        """Return how far from the origin two neighbours of the chain touch, and the two."""
        xs, ys, sizes = self.xs, self.ys, self.sizes
        both = sizes[left] + sizes[right]
        x = (xs[left] * sizes[right] + xs[right] * sizes[left]) / both * self.narrow
        y = (ys[left] * sizes[right] + ys[right] * sizes[left]) / both
        return x * x + y * y, left, right

    def closest(self, anchor: int) -> tuple[int, int]:
        """Return the neighbours of the chain that are closest to a circle, and somewhat to the origin."""
        xs, ys = self.xs, self.ys
        narrow, x, y = self.narrow, xs[anchor], ys[anchor]
        best, least = (-1, -1), math.inf
        for left, right in self.after.items():
            half_x, half_y = (xs[left] + xs[right]) / 2, (ys[left] + ys[right]) / 2
            home = half_x * half_x * narrow * narrow + half_y * half_y
            far = (half_x - x) ** 2 + (half_y - y) ** 2 + _HOMEWARD * home
            if far < least:
                best, least = (left, right), far
        return best


def anchors_of(order: Ints, first: Ints, second: Ints, weight: Floats) -> Ints:
    """Return for each place in an order the place before it with the strongest tie to it; -1 if there is none."""
    place = inverse_of(order)
    early, late = np.minimum(place[first], place[second]), np.maximum(place[first], place[second])
    ranked = np.lexsort((early, -weight, late))
    ranked = ranked[early[ranked] != late[ranked]]
    anchors = np.full(len(order), -1)
    anchors[late[ranked][::-1]] = early[ranked][::-1]  # of several, the last written stays, which is the strongest
    return anchors


def room_for_names(radii: Floats) -> Floats:
    """Return how much wider circles must be packed so that names fit between them: most between the largest.

    A name is about as large for a small circle as for a large one, so this is a share of the whole picture.
    """
    extent = 2 * math.sqrt(float((radii * radii).sum()))
    rank = np.empty(len(radii))
    rank[np.argsort(-radii, kind="stable")] = np.arange(len(radii))
    return np.minimum(radii, extent * _NAME / (1 + (rank / _NAMES) ** 2))


def _overlaps(middles: Floats, radii: Floats) -> bool:
    large = radii > _TIMES_MEDIAN * np.median(radii)
    small = float(radii[~large].max())
    first, second = near_pairs(middles[~large], 2 * small).T
    near, sizes = middles[~large], radii[~large]
    if (np.hypot(*(near[first] - near[second]).T) < (sizes[first] + sizes[second]) * _TOUCHING).any():
        return True
    for place in np.flatnonzero(large):
        room = np.hypot(*(middles - middles[place]).T) - (radii + radii[place]) * _TOUCHING
        room[place] = 0
        if room.min() < 0:
            return True
    return False


def enclose(middles: Floats, radii: Floats) -> Circle:
    """Return nearly the smallest circle around some circles; a point if there are none."""
    if not len(radii):
        return 0.0, 0.0, 0.0
    across, down = np.ascontiguousarray(middles.T)
    x = float((across - radii).min() + (across + radii).max()) / 2
    y = float((down - radii).min() + (down + radii).max()) / 2
    best, least = (x, y), math.inf
    for turn in range(_ROUNDS):  # each step goes toward the farthest, by less and less (Badoiu and Clarkson, 2003)
        reach = np.hypot(across - x, down - y)
        reach += radii
        far = int(reach.argmax())
        if reach.item(far) < least:
            best, least = (x, y), reach.item(far)
        step = _FIRST_STEP / (turn + 2)
        x += (across.item(far) - x) * step
        y += (down.item(far) - y) * step
    return *best, least


def near_pairs(middles: Floats, distance: float) -> Ints:
    """Return the pairs (n × 2) of points closer than a distance. Linear unless many points are close together."""
    if len(middles) < 2:  # noqa: PLR2004 - a pair is the least
        return np.zeros((0, 2), np.int64)
    column, row = np.floor((middles - middles.min(axis=0)) / distance).astype(np.int64).T
    wide = int(row.max()) + 3
    cell = column * wide + row + 1
    order = np.argsort(cell, kind="stable")
    cell = cell[order]
    found = []
    for step in (0, 1, wide - 1, wide, wide + 1):  # its own cell, and those beside it on one side
        low = np.searchsorted(cell, cell + step) if step else np.arange(1, len(cell) + 1)
        counts = np.searchsorted(cell, cell + step, "right") - low
        first = np.repeat(np.arange(len(cell)), counts)
        second = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts - low, counts)
        pairs = np.stack([order[first], order[second]], axis=1)
        near = np.hypot(*(middles[pairs[:, 0]] - middles[pairs[:, 1]]).T) < distance
        found.append(pairs[near])
    return np.concatenate(found)
