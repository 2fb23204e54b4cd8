"""The topics view: islands of packed stories, with topics, providers and people around them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from graph.atlas.atlas import Bounds, PlacedView, View
from graph.atlas.circles import Circle, anchors_of, enclose, pack_circles, room_for_names
from graph.atlas.empty_islands import EmptyIsland, outermost_of
from graph.atlas.ground import Ground
from graph.atlas.rims import place_around, place_beyond, reach_of
from graph.atlas.spirals import halo, rosettes
from graph.structure.arrays import Floats, Ints, distinct, pairs_of_equals, plurality
from graph.structure.ties import Ties

_STORY_GAP = 1.2
"""World units between stories, more than between the articles of one."""
_EDGE = 3.0
"""World units between the articles of an island and its shore."""
_BETWEEN = 6.0
"""World units between islands, besides the room for their names."""
_BETWEEN_CHILDREN = 5.0
"""World units between islands within an island."""
WIDE = 1.3
"""The ratio of the width of a view to its height, like that of a window."""

_RIM = 1.5
"""How much wider than its share of the area an island is, because dots do not end at its edge."""
_USUAL = 0.8
"""The quantile of density that sets the area of an article."""

_PACKED = 3_000
"""Stories of an island that are packed; the others, which are the smallest, are placed around them in a spiral."""


def draw_islands(
    ground: Ground, places: Sequence[EmptyIsland], island: Ints, story: Ints, backbone: Ties, size: Floats
) -> PlacedView:
    """Place everything. `island` and `story` are of articles, ascending; `size` is of all nodes."""
    articles = ground.first_topic
    own, discs = _discs(ground, places, island, (story, backbone), size)
    others = np.arange(articles, ground.nodes)
    home, angle = _beside(ground, island, own)
    for index, place in enumerate(places):
        if place.home >= 0:  # the mark of its own topic, which is seen only sometimes, is above an island
            home[place.home], angle[place.home] = index, -np.pi / 2
    beside = home[others - articles]
    around = _groups(others[np.lexsort((others, -size[others], beside))], np.sort(beside), len(places))
    inner, reach, offset = _nest(places, discs, [size[some] for some in around])
    middles = _settle(places, reach, offset, _kin(ground, places))
    x, y = np.full(ground.nodes, np.nan), np.full(ground.nodes, np.nan)
    shift = middles + inner[:, 1:]
    x[:articles], y[:articles] = (own + shift[island]).T
    for index, some in enumerate(around[: len(places)]):
        spots = place_around(inner[index, 0], size[some], angle[some - articles])
        x[some], y[some] = (spots + middles[index]).T
    circles = [(float(mx), float(my), float(r)) for (mx, my), r in zip(middles, inner[:, 0], strict=True)]
    rest = np.flatnonzero(np.isnan(x))
    rest = rest[np.lexsort((rest, -size[rest]))]
    x[rest], y[rest] = place_beyond(middles, reach, size[rest], wide=WIDE).T
    return PlacedView(View(x, y, bounds_of(x, y, size, circles)), tuple(circles))


def ties_to_others(ground: Ground) -> tuple[Ints, Ints]:
    """Return pairs of an article and a topic, provider or person of it, numbered from 0."""
    pairs = [ground.pairs[name] for name in ("about", "publisher", "author")]
    sources = np.concatenate([some for some, _ in pairs])
    targets = np.concatenate([some for _, some in pairs]) - ground.first_topic
    known = (sources < ground.first_topic) & (targets >= 0)
    return sources[known], targets[known]


def directions(own: Floats, sources: Ints, targets: Ints, others: int) -> Floats:
    """Return the direction from each topic, provider and person to its articles, by their positions in their group."""
    across, down = (np.bincount(targets, own[sources, axis], others) for axis in (0, 1))
    return np.asarray(np.arctan2(down, across))


def bounds_of(x: Floats, y: Floats, size: Floats, circles: Sequence[Circle]) -> Bounds:
    """Return the bounds of all nodes with a position, and of all circles."""
    there = ~np.isnan(x)
    if not there.any() and not circles:
        return 0.0, 0.0, 0.0, 0.0
    around = np.array(circles).reshape(-1, 3)
    x, y = np.concatenate([x[there], around[:, 0]]), np.concatenate([y[there], around[:, 1]])
    size = np.concatenate([size[there], around[:, 2]])
    return float((x - size).min()), float((y - size).min()), float((x + size).max()), float((y + size).max())


def _discs(
    ground: Ground, places: Sequence[EmptyIsland], island: Ints, stories: tuple[Ints, Ties], size: Floats
) -> tuple[Floats, list[Circle]]:
    """Return the positions of articles from the middle of the disc of their island, and the discs."""
    articles = ground.first_topic
    story, backbone = stories
    own, radii = rosettes(story, size[:articles])
    first, second = story[backbone.first], story[backbone.second]
    begins = np.searchsorted(story, np.arange(len(radii)))
    home = island[begins] if len(begins) else begins
    middles = np.zeros((len(radii), 2))
    inside = np.flatnonzero(home[first] == home[second])
    inside = inside[np.argsort(home[first[inside]], kind="stable")]
    ties_at = _groups(inside, home[first[inside]], len(places))
    discs: list[Circle] = []
    for some, ties in zip(_groups(np.arange(len(home)), home, len(places)), ties_at, strict=True):
        low = int(some[0]) if len(some) else 0
        by_size = np.argsort(-radii[some], kind="stable")
        anchors = anchors_of(by_size, first[ties] - low, second[ties] - low, backbone.likeness[ties])
        ranked = some[by_size]
        rings = radii[ranked] + _STORY_GAP / 2
        spots = pack_circles(rings[:_PACKED], anchors[:_PACKED])
        disc = enclose(spots, rings[:_PACKED])
        if len(rings) > _PACKED:
            spots = np.concatenate([spots, halo(disc[2], rings[_PACKED:]) + np.array(disc[:2])])
            disc = enclose(spots, rings)
        discs.append(disc)
        middles[ranked] = spots
    return own + middles[story], _comparable(discs, np.bincount(island, minlength=len(places)))


def _comparable(discs: Sequence[Circle], counts: Ints) -> list[Circle]:
    """Return discs whose area shows the number of articles: those that are packed densely get wider."""
    radii, roots = np.array([radius for *_, radius in discs]), np.sqrt(counts)
    full = counts > 0
    if not full.any():
        return list(discs)
    factor = float(np.quantile((radii[full] - _RIM) / roots[full], _USUAL))
    return [(x, y, max(radius, factor * root + _RIM)) for (x, y, radius), root in zip(discs, roots, strict=True)]


def _groups(things: Ints, home: Ints, places: int) -> list[Ints]:
    """Return the items of each place, given sorted places and the items in their order."""
    edges = np.searchsorted(home, np.arange(places + 1)).tolist()
    return [things[low:high] for low, high in pairwise(edges)]


def _beside(ground: Ground, island: Ints, own: Floats) -> tuple[Ints, Floats]:
    """Return for each topic, provider and person the island of most of their articles, and the direction there."""
    count = ground.nodes - ground.first_topic
    sources, targets = ties_to_others(ground)
    home, _ = plurality(targets, island[sources], count)
    there = island[sources] == home[targets]
    return home, directions(own, sources[there], targets[there], count)


def _nest(
    places: Sequence[EmptyIsland], discs: Sequence[Circle], around: Sequence[Floats]
) -> tuple[Floats, Floats, Floats]:
    """Return for each island its radius and the middle of its own disc, its reach, and its position in its parent.

    Children come after their parents, so this goes backwards.
    """
    inner, reach, offset = np.zeros((len(places), 3)), np.zeros(len(places)), np.zeros((len(places), 2))
    within: list[list[int]] = [[] for _ in places]
    for child, place in enumerate(places):
        if place.parent >= 0:
            within[place.parent].append(child)
    for index in range(len(places) - 1, -1, -1):
        children = within[index]
        disc = np.array(discs[index])
        rings = np.array([disc[2], *reach[children]]) + _BETWEEN_CHILDREN / 2
        by_size = np.argsort(-rings, kind="stable")
        spots = np.empty((len(rings), 2))
        spots[by_size] = pack_circles(rings[by_size])
        x, y, radius = enclose(spots, rings)
        middle = np.array([x, y])
        offset[children] = spots[1:] - middle
        edge = _EDGE - (_BETWEEN_CHILDREN / 2 if not children else 0.0)
        inner[index] = radius + edge, *(spots[0] - middle - disc[:2])
        reach[index] = reach_of(inner[index, 0], around[index])
    return inner, reach, offset


def _settle(places: Sequence[EmptyIsland], reach: Floats, offset: Floats, kin: tuple[Ints, Ints, Floats]) -> Floats:
    """Return the middles of all islands: the first level is packed, the others are placed in their parents."""
    middles = np.zeros((len(places), 2))
    roots = np.array([index for index, place in enumerate(places) if place.parent < 0], np.int64)
    number = np.full(len(places), -1)
    number[roots] = np.arange(len(roots))
    first, second, weight = kin
    by_size = np.argsort(-reach[roots], kind="stable")
    anchors = anchors_of(by_size, number[first], number[second], weight)
    roots = roots[by_size]
    middles[roots] = pack_circles(reach[roots] + _BETWEEN / 2 + room_for_names(reach[roots]), anchors, wide=WIDE)
    for index, place in enumerate(places):
        if place.parent >= 0:
            middles[index] = middles[place.parent] + offset[index]
    return middles


def _kin(ground: Ground, places: Sequence[EmptyIsland]) -> tuple[Ints, Ints, Floats]:
    """Return pairs of islands of the first level with the cosine similarity of their topics over articles."""
    root = np.full(ground.counts[1] + 1, -1)
    for place, outermost in zip(places, outermost_of(places), strict=True):
        if place.home >= 0:
            root[place.home] = outermost
    about, topic = ground.pairs["about"]
    where = root[topic - ground.first_topic]
    width = max(len(places), 1)
    about, where = np.divmod(distinct(about[where >= 0] * width + where[where >= 0]), width)
    counts = np.bincount(where, minlength=width)
    meeting = [(where[:0], where[:0])]
    for one, other in pairs_of_equals(about):
        meeting.append(np.unique(where[one] * width + where[other], return_counts=True))
    met, times = (np.concatenate(parts) for parts in zip(*meeting, strict=True))
    codes, number = np.unique(met, return_inverse=True)
    first, second = np.divmod(codes, width)
    return first, second, np.bincount(number, times, len(codes)) / np.sqrt(counts[first] * counts[second])
