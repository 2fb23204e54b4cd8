"""The network view: communities are separate circles, and tied articles are close to each other."""

from __future__ import annotations

import msgspec
import numpy as np

from graph.atlas.atlas import PlacedView, View
from graph.atlas.circles import anchors_of, enclose, pack_circles, room_for_names
from graph.atlas.ground import Ground
from graph.atlas.islands import WIDE, bounds_of, directions, ties_to_others
from graph.atlas.rims import place_around, place_beyond, reach_of
from graph.atlas.spirals import halo, rosettes
from graph.structure.arrays import Floats, Ints, plurality
from graph.structure.ties import Ties

_EDGE, _LEAST_EDGE, _RADII_AN_EDGE = 3.0, 1.0, 8
"""World units between the articles of a community and its circle: at most and at least, and a part of its radius."""
_STORY_GAP = 2.4
"""World units between stories, much more than between the articles of one."""
_PART_EDGE = 1.0
"""World units between the articles of a part of a community and its circle."""
_PART_GAP = 0.22
"""How much wider than a part its space is, so that its name fits beside it."""
_BETWEEN, _LEAST_BETWEEN, _RADII_BETWEEN = 10.0, 1.5, 5
"""World units between communities: at most and at least, and a share of their radius, because most are small."""
_PACKED = 4_000
"""How many of the largest communities are packed beside those they are tied to; the others are in spirals around."""
_HUB = 0.3
"""A topic, provider or person of a larger share of all articles is not placed beside a community."""


class Groups(msgspec.Struct, frozen=True):
    """The groups of each article."""

    community: Ints
    """Its community, from 0 without gaps."""
    part: Ints
    """The part of its community, from 0 without gaps; those of one community follow on those of the one before."""
    story: Ints
    """Its story; each story is in one community."""
    rank: Ints
    """Its rank among all articles; the best is in the middle of its story."""
    is_apart: bool
    """Whether the last community is that of the articles without ties."""


def draw_clusters(ground: Ground, groups: Groups, backbone: Ties, size: Floats) -> PlacedView:
    """Place everything; `size` is for all nodes."""
    articles = ground.first_topic
    community = groups.community
    count = int(community.max()) + 1 if articles else 0
    own, inside, radii = _insides(groups, backbone, size[:articles])
    others = np.arange(articles, ground.nodes)
    home, angle = _beside(ground, groups, own, count)
    order = np.lexsort((others, -size[others], home))
    ranked = others[order]
    cuts = np.searchsorted(home[order], np.arange(count + 1))
    around = {index: ranked[cuts[index] : cuts[index + 1]] for index in np.flatnonzero(np.diff(cuts)).tolist()}
    inner = radii + np.minimum(_EDGE, _LEAST_EDGE + radii / _RADII_AN_EDGE)
    reach = inner.copy()
    for index, some in around.items():
        reach[index] = reach_of(inner[index], size[some])
    wide = reach + np.minimum(_BETWEEN, _LEAST_BETWEEN + reach / _RADII_BETWEEN) / 2
    middles = _spots(wide, _between(community, backbone, count), is_apart=groups.is_apart)
    x, y = np.full(ground.nodes, np.nan), np.full(ground.nodes, np.nan)
    x[:articles], y[:articles] = (own + middles[community]).T
    for index, some in around.items():
        x[some], y[some] = (place_around(inner[index], size[some], angle[some - articles]) + middles[index]).T
    rest = ranked[: cuts[0]] if count else others
    x[rest], y[rest] = place_beyond(middles, reach, size[rest], wide=WIDE).T
    circles = tuple(zip(*middles.T.tolist(), inner.tolist(), strict=True))
    home = np.zeros(len(inside), np.int64)
    home[groups.part] = community
    inside[:, :2] += middles[home]
    return PlacedView(View(x, y, bounds_of(x, y, size, circles)), circles, tuple(map(tuple, inside.tolist())))


def _insides(groups: Groups, backbone: Ties, size: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the positions of articles and the circles of parts from the middle of their community, and its radius.

    Each story, or its share in a part, is a rosette with its best article in the middle. Tied ones are neighbours,
    and so are tied parts.
    """
    order = np.lexsort((groups.rank, groups.story, groups.part))
    is_first = np.ones(len(order), bool)
    is_first[1:] = (np.diff(groups.story[order]) != 0) | (np.diff(groups.part[order]) != 0)
    begins = np.flatnonzero(is_first)
    pieces = np.cumsum(is_first) - 1
    spots, radii = rosettes(pieces, size[order])
    piece_of = np.empty(len(order), np.int64)
    piece_of[order] = pieces
    part = groups.part[order][begins]
    first, second = piece_of[backbone.first], piece_of[backbone.second]
    field = int(part[-1]) if groups.is_apart else -1
    middles, reach = _packed_in(part, radii, (first, second, backbone.likeness), _STORY_GAP / 2, field)
    home = np.zeros(len(reach), np.int64)
    home[part] = groups.community[order][begins]
    is_alone = np.bincount(home)[home] == 1
    reach += np.where(is_alone, 0.0, _PART_EDGE)
    shift, radii = _packed_in(home, reach, _between(groups.part, backbone, len(reach)), _PART_GAP * reach, -1)
    own = np.empty_like(spots)
    own[order] = spots + (middles + shift[part])[pieces]
    return own, np.column_stack([shift, reach]), radii


def _packed_in(
    home: Ints, radii: Floats, ties: tuple[Ints, Ints, Floats], gap: Floats | float, field: int
) -> tuple[Floats, Floats]:
    """Return the middles of circles from the middle of what each is in (`home`, ascending), and the radii of these.

    Tied circles become neighbours. What is in the `field` is placed in a spiral.
    """
    rings = radii + gap
    count = int(home[-1]) + 1 if len(home) else 0
    edges = np.searchsorted(home, np.arange(count + 1))
    first, second, weight = ties
    inside = np.flatnonzero((home[first] == home[second]) & (first != second))
    inside = inside[np.argsort(home[first[inside]], kind="stable")]
    first, second, weight = first[inside], second[inside], weight[inside]
    tie_edges = np.searchsorted(home[first], np.arange(count + 1))
    middles, reach = np.zeros((len(radii), 2)), np.zeros(count)
    for index in range(count):
        low, high = edges[index], edges[index + 1]
        if high - low == 1:
            reach[index] = radii[low]
            continue
        some = slice(tie_edges[index], tie_edges[index + 1])
        own = radii[low:high] if index == field else rings[low:high]
        by_size = np.argsort(-own, kind="stable")
        if index == field:
            found = halo(0.0, own[by_size])
        else:
            found = pack_circles(own[by_size], anchors_of(by_size, first[some] - low, second[some] - low, weight[some]))
        x, y, reach[index] = enclose(found, own[by_size])
        middles[low + by_size] = found - np.array([x, y])
    return middles, reach


def _between(group: Ints, backbone: Ties, count: int) -> tuple[Ints, Ints, Floats]:
    """Return pairs of communities, or of parts, each with the number of backbone ties between them."""
    one, other = group[backbone.first], group[backbone.second]
    apart = one != other
    low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
    codes, counts = np.unique(low * count + high, return_counts=True)
    return codes // max(count, 1), codes % max(count, 1), counts.astype(np.float64)


def _spots(reach: Floats, ties: tuple[Ints, Ints, Floats], *, is_apart: bool) -> Floats:
    """Return the middles of the communities: the largest packed with tied ones as neighbours, the rest around them.

    If the last is apart and larger than the others, it is beside them, so that it does not push them to the edge.
    """
    if is_apart and len(reach) > 1 and reach[-1] > reach[:-1].max():
        middles = _packed(reach[:-1], ties)
        x, y, radius = enclose(middles, reach[:-1])
        return np.concatenate([middles, [[x + radius + reach[-1] + _BETWEEN, y]]])
    return _packed(reach, ties)


def _packed(reach: Floats, ties: tuple[Ints, Ints, Floats]) -> Floats:
    reach = reach + room_for_names(reach)
    order = np.argsort(-reach, kind="stable")
    anchors = anchors_of(order, *ties)
    spots = pack_circles(reach[order[:_PACKED]], anchors[:_PACKED], wide=WIDE)
    if len(reach) > _PACKED:
        shape = np.array([WIDE, 1.0])
        inner = float((np.hypot(*(spots / shape).T) + reach[order[:_PACKED]]).max())
        spots = np.concatenate([spots, halo(inner, reach[order[_PACKED:]]) * shape])
    middles = np.empty_like(spots)
    middles[order] = spots
    return middles


def _beside(ground: Ground, groups: Groups, own: Floats, count: int) -> tuple[Ints, Floats]:
    """Return for each topic, provider and person the community of most of their articles, and the direction there."""
    articles = ground.first_topic
    others = ground.nodes - articles
    sources, targets = ties_to_others(ground)
    community = np.where(groups.community == count - 1, -1, groups.community) if groups.is_apart else groups.community
    home, _ = plurality(targets, community[sources], others)
    if groups.is_apart:  # nodes beside no community are beside the articles in none
        rest, _ = plurality(targets, groups.community[sources], others)
        home = np.where(home < 0, rest, home)
    degrees = np.bincount(targets, minlength=others)
    home[(degrees > _HUB * articles) & (degrees > 1) & (count > 1)] = -1
    there = groups.community[sources] == home[targets]
    return home, directions(own, sources[there], targets[there], others)
