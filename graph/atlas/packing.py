"""Circles packed tightly around a middle, and dots in rosettes: pure geometry, the same at every run.

Sources: W. Wang, H. Wang, G. Dai and H. Wang (2006), Visualization of Large Hierarchical Data by Circle Packing, CHI
(the front chain); H. Vogel (1979), A Better Way to Construct the Sunflower Head, Mathematical Biosciences 44.
"""

from __future__ import annotations

import heapq
import math

import numpy as np
from scipy.spatial import cKDTree

from graph.atlas.census import Floats, Ints

__all__ = ["GAP", "Circle", "anchors_of", "enclose", "halo", "pack", "rosettes", "wreath"]

GAP = 0.4
"""What is left free between neighbouring dots, in world units."""

_GOLDEN = math.pi * (3 - math.sqrt(5))
_DENSITY = 1.13
_SLACK = 1e-7
_NEARBY = 16.0
_FEW = 60
_HOMEWARD = 0.8

Circle = tuple[float, float, float]
"""Middle and radius."""


def pack(radii: Floats, anchors: Ints | None = None) -> Floats:
    """Return the middles (n × 2) of circles packed around the origin without overlap, in the order given.

    The first lies in the middle; each next one is put on the spot of the front that is closest to it, or to the circle
    that `anchors` names (one before it; -1 for none). About n log n steps where circles come by size, the largest
    first; n√n with anchors.
    """
    sizes = radii.tolist()
    count = len(sizes)
    wanted = [-1] * count if anchors is None else anchors.tolist()
    for reach in (_NEARBY, math.inf):
        xs, ys = [0.0] * count, [0.0] * count
        if count > 1:
            xs[1] = sizes[0] + sizes[1]
        if count > 2:  # noqa: PLR2004 - from the third on there is a chain
            xs[2], ys[2] = _beside(xs, ys, sizes, (0, 1), sizes[2])
            _chain(xs, ys, sizes, wanted, reach)
        middles = np.array([xs, ys]).T.reshape(count, 2)
        if count <= _FEW or reach == math.inf or not _overlaps(middles, radii):
            break
    return middles


def _chain(xs: list[float], ys: list[float], sizes: list[float], anchors: list[int], reach: float) -> None:
    """Place all circles from the fourth on along the front of those before."""
    after, before = {0: 1, 1: 2, 2: 0}, {1: 0, 2: 1, 0: 2}
    if ys[2] < 0:  # the chain runs counterclockwise
        after, before = before, after
    open_spots = [_spot(xs, ys, sizes, left, right) for left, right in after.items()]
    heapq.heapify(open_spots)
    for new in range(3, len(sizes)):
        size = sizes[new]
        _, left, right = open_spots[0]
        while after.get(left) != right:
            heapq.heappop(open_spots)
            _, left, right = open_spots[0]
        if anchors[new] > 0:
            left, right = _closest(xs, ys, after, anchors[new])
        while True:
            x, y = _beside(xs, ys, sizes, (left, right), size)
            way = reach * size if new > _FEW else math.inf
            hit = _first_hit(xs, ys, sizes, (x, y, size), (left, right), after, before, way)
            if hit is None:
                break
            other, is_right = hit
            left, right = (left, other) if is_right else (other, right)
            _cut(after, before, left, right)
        xs[new], ys[new] = x, y
        after[left], after[new], before[new], before[right] = new, right, left, new
        heapq.heappush(open_spots, _spot(xs, ys, sizes, left, new))
        heapq.heappush(open_spots, _spot(xs, ys, sizes, new, right))


def _cut(after: dict[int, int], before: dict[int, int], left: int, right: int) -> None:
    """Take what lies between two circles out of the chain."""
    node = after[left]
    while node != right:
        following = after.pop(node)
        before.pop(node)
        node = following
    after[left], before[right] = right, left


def _first_hit(
    xs: list[float],
    ys: list[float],
    sizes: list[float],
    circle: Circle,
    pair: tuple[int, int],
    after: dict[int, int],
    before: dict[int, int],
    reach: float,
) -> tuple[int, bool] | None:
    """Return the circle of the chain that the new one would overlap and is closest along it, and on which side.

    The chain is followed both ways from the pair up to `reach`.
    """
    x, y, size = circle
    left, right = pair
    forward, backward = after[right], before[left]
    way_forward, way_backward = sizes[right], sizes[left]
    while min(way_forward, way_backward) <= reach:
        if way_forward <= way_backward:
            gap = size + sizes[forward]
            if (xs[forward] - x) ** 2 + (ys[forward] - y) ** 2 < gap * gap - _SLACK * gap:
                return forward, True
            way_forward += 2 * sizes[forward]
            forward = after[forward]
        else:
            gap = size + sizes[backward]
            if (xs[backward] - x) ** 2 + (ys[backward] - y) ** 2 < gap * gap - _SLACK * gap:
                return backward, False
            way_backward += 2 * sizes[backward]
            backward = before[backward]
        if forward == after[backward]:
            break
    return None


def _beside(
    xs: list[float], ys: list[float], sizes: list[float], pair: tuple[int, int], size: float
) -> tuple[float, float]:
    """Return the middle of a circle that touches two others, to the right of the way from the first to the second."""
    left, right = pair
    along_x, along_y = xs[right] - xs[left], ys[right] - ys[left]
    apart = math.hypot(along_x, along_y)
    along_x, along_y = along_x / apart, along_y / apart
    to_left, to_right = sizes[left] + size, sizes[right] + size
    step = (to_left * to_left - to_right * to_right + apart * apart) / (2 * apart)
    aside = math.sqrt(max(0.0, to_left * to_left - step * step))
    return xs[left] + step * along_x + aside * along_y, ys[left] + step * along_y - aside * along_x


def _spot(xs: list[float], ys: list[float], sizes: list[float], left: int, right: int) -> tuple[float, int, int]:
    """Return how far from the origin two neighbours of the chain touch, and the two."""
    both = sizes[left] + sizes[right]
    x = (xs[left] * sizes[right] + xs[right] * sizes[left]) / both
    y = (ys[left] * sizes[right] + ys[right] * sizes[left]) / both
    return x * x + y * y, left, right


def _closest(xs: list[float], ys: list[float], after: dict[int, int], anchor: int) -> tuple[int, int]:
    """Return the neighbours of the chain that are closest to a circle, and somewhat to the origin; of equals the first.

    Distances are those of the middles, so that a large circle does not seem far from its own rim.
    """
    x, y = xs[anchor], ys[anchor]
    best, least = (-1, -1), math.inf
    for left, right in after.items():
        half_x, half_y = (xs[left] + xs[right]) / 2, (ys[left] + ys[right]) / 2
        far = (half_x - x) ** 2 + (half_y - y) ** 2 + _HOMEWARD * (half_x * half_x + half_y * half_y)
        if far < least:
            best, least = (left, right), far
    return best


def anchors_of(order: Ints, first: Ints, second: Ints, weight: Floats) -> Ints:
    """Return for each thing in an order the place of the one before it that it is tied to most; -1 for none."""
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    early, late = np.minimum(place[first], place[second]), np.maximum(place[first], place[second])
    ranked = np.lexsort((early, -weight, late))
    ranked = ranked[early[ranked] != late[ranked]]
    anchors = np.full(len(order), -1)
    anchors[late[ranked][::-1]] = early[ranked][::-1]  # of several the last written, which is the strongest, stays
    return anchors


def _overlaps(middles: Floats, radii: Floats) -> bool:
    """Tell whether any two circles overlap."""
    widest = float(radii.max())
    large = radii > 4 * np.median(radii)
    small = float(radii[~large].max())
    first, second = _near(middles[~large], 2 * small).T
    near, sizes = middles[~large], radii[~large]
    if (np.hypot(*(near[first] - near[second]).T) < (sizes[first] + sizes[second]) * (1 - 1e-6)).any():
        return True
    tree = cKDTree(middles)
    for place in np.flatnonzero(large):
        others = np.array(tree.query_ball_point(middles[place], radii[place] + widest))
        others = others[others != place]
        if (np.hypot(*(middles[others] - middles[place]).T) < (radii[others] + radii[place]) * (1 - 1e-6)).any():
            return True
    return False


def enclose(middles: Floats, radii: Floats) -> Circle:
    """Return a circle that holds all the circles, close to the smallest; none at all are held by a point."""
    if not len(radii):
        return 0.0, 0.0, 0.0
    edges = radii[:, None]
    middle = ((middles - edges).min(axis=0) + (middles + edges).max(axis=0)) / 2
    best, least = middle, float((np.hypot(*(middles - middle).T) + radii).max())
    for turn in range(48):  # each step goes toward the farthest, by less and less (Badoiu and Clarkson, 2003)
        reach = np.hypot(*(middles - middle).T) + radii
        far = int(reach.argmax())
        if reach[far] < least:
            best, least = middle, float(reach[far])
        middle = middle + (middles[far] - middle) * (0.25 / (turn + 2))
    return float(best[0]), float(best[1]), least


def wreath(radii: Floats) -> Floats | None:
    """Return middles (n × 2) for circles evenly around the first of them, or nothing where one ring does not hold them.

    A few circles look better so than packed to one side.
    """
    if len(radii) < 2:  # noqa: PLR2004 - nothing to lay around
        return np.zeros((len(radii), 2))
    distance = float(radii[0] + radii[1:].max())
    shares = 2 * np.arcsin(np.minimum(1.0, radii[1:] / distance))
    if shares.sum() > 2 * math.pi:
        return None
    shares += (2 * math.pi - shares.sum()) / len(shares)
    angles = np.cumsum(shares) - shares / 2 - math.pi / 2
    return np.concatenate([np.zeros((1, 2)), np.stack([np.cos(angles), np.sin(angles)], axis=1) * distance])


def halo(inner: float, radii: Floats) -> Floats:
    """Return middles for many small circles, the largest first, in a ring of sunflower seeds around a circle."""
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
        stretch *= max(1.02, min(short, 1.2))


def rosettes(groups: Ints, radii: Floats) -> tuple[Floats, Floats]:
    """Return the middles (n × 2) of dots around the middle of their group, and each group's radius.

    `groups` are numbers without gaps in ascending order; the first dot of a group stands in its middle. No two dots of
    a group touch.
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
    """Return the area that all dots before take, with half of the dot's own, in units of pi."""
    squares = sizes * sizes
    return np.cumsum(squares) - squares / 2


def _stretches(groups: Ints, middles: Floats, radii: Floats, count: int) -> Floats:
    """Return by how much each group must grow so that its dots do not touch."""
    factors = np.ones(count)
    if len(groups) < 2:  # noqa: PLR2004 - a pair is the least that can touch
        return factors
    widest = np.zeros(count)
    np.maximum.at(widest, groups, np.hypot(middles[:, 0], middles[:, 1]) + radii)
    apart = np.cumsum(2 * widest + 4 * radii.max() + GAP)
    pairs = _near(np.stack([middles[:, 0] + apart[groups], middles[:, 1]], axis=1), 2 * radii.max() + GAP)
    first, second = pairs.T
    gaps = np.hypot(*(middles[first] - middles[second]).T)
    np.maximum.at(factors, groups[first], (radii[first] + radii[second] + GAP) / np.maximum(gaps, 1e-9))
    return factors


def _shortness(middles: Floats, radii: Floats) -> float:
    """Return by how much distances fall short of what the circles need, at the tightest place; at most 1 where none."""
    first, second = _near(middles, 2 * float(radii.max()) + GAP).T
    if not len(first):
        return 1.0
    gaps = np.hypot(*(middles[first] - middles[second]).T)
    return float(((radii[first] + radii[second] + GAP) / np.maximum(gaps, 1e-9)).max())


def _near(middles: Floats, distance: float) -> Ints:
    """Return the pairs (n × 2) of points that are closer than a distance."""
    return np.asarray(cKDTree(middles).query_pairs(distance, output_type="ndarray"), np.int64).reshape(-1, 2)
