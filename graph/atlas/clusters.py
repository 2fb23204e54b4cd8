"""The network view: communities stand apart, and in each what is tied stands close."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.atlas.atlas import View
from graph.atlas.census import Census, Floats, Ints
from graph.atlas.islands import bounds_of, main_place
from graph.atlas.packing import Circle, enclose, halo, pack, rosettes
from graph.atlas.rims import place_around, reach_of
from graph.atlas.ties import Ties

__all__ = ["ClusterView", "draw_clusters"]

_EDGE = 3.0
_BETWEEN = 10.0
_PACKED = 4_000
_HUB = 0.3
"""What belongs to more than this share of all articles belongs to no community."""


@dataclass(frozen=True, slots=True)
class ClusterView:
    """Where the communities are, and everything in them."""

    view: View
    """Where nodes stand."""
    circles: tuple[Circle, ...]
    """The circle of each community."""


def draw_clusters(census: Census, community: Ints, backbone: Ties, size: Floats) -> ClusterView:
    """Place everything; `community` is for articles and never negative, `size` for all nodes."""
    articles = len(census.articles)
    count = int(community.max()) + 1 if articles else 0
    own, radii = _insides(community, backbone, size[:articles])
    others = np.arange(articles, census.nodes)
    home, angle = _beside(census, community, own, count)
    order = np.lexsort((others, -size[others], home))
    ranked = others[order]
    cuts = np.searchsorted(home[order], np.arange(count + 1))
    around = [ranked[cuts[index] : cuts[index + 1]] for index in range(count)]
    inner = radii + _EDGE
    reach = np.array([reach_of(inner[index], size[around[index]]) for index in range(count)])
    middles = _spots(reach + _BETWEEN / 2)
    x, y = np.full(census.nodes, np.nan), np.full(census.nodes, np.nan)
    x[:articles], y[:articles] = (own + middles[community]).T
    for index in range(count):
        spots = place_around(inner[index], size[around[index]], angle[around[index] - articles])
        x[around[index]], y[around[index]] = (spots + middles[index]).T
    rest = ranked[: cuts[0]] if count else others
    if len(rest):
        world = enclose(middles, reach)
        spots = place_around(
            world[2] + _BETWEEN if count else 0.0, size[rest], -np.pi / 2 + np.arange(len(rest)) * 1e-6
        )
        x[rest], y[rest] = (spots + np.array(world[:2])).T
    circles = tuple((float(mx), float(my), float(r)) for (mx, my), r in zip(middles, inner, strict=True))
    return ClusterView(View(x, y, bounds_of(x, y, size)), circles)


def _insides(community: Ints, backbone: Ties, size: Floats) -> tuple[Floats, Floats]:
    """Return where articles stand from the middle of their community, and the communities' radii."""
    del backbone
    order = np.lexsort((np.arange(len(size)), -size, community))
    spots, radii = rosettes(community[order], size[order])
    own = np.empty_like(spots)
    own[order] = spots
    return own, radii


def _spots(reach: Floats) -> Floats:
    """Return the middles of the communities, the largest packed, the rest around them."""
    order = np.argsort(-reach, kind="stable")
    spots = pack(reach[order[:_PACKED]])
    if len(reach) > _PACKED:
        disc = enclose(spots, reach[order[:_PACKED]])
        spots = np.concatenate([spots, halo(disc[2], reach[order[_PACKED:]]) + np.array(disc[:2])])
    middles = np.empty_like(spots)
    middles[order] = spots
    return middles


def _beside(census: Census, community: Ints, own: Floats, count: int) -> tuple[Ints, Floats]:
    """Return for each topic, provider and person the community where most of their articles are, and the direction."""
    articles = len(census.articles)
    others = census.nodes - articles
    pairs = [census.pairs[name] for name in ("about", "publisher", "author")]
    sources = np.concatenate([some for some, _ in pairs])
    targets = np.concatenate([some for _, some in pairs]) - articles
    known = (sources < articles) & (targets >= 0)
    sources, targets = sources[known], targets[known]
    home, _ = main_place(targets, community[sources], others, max(count, 1))
    degrees = np.bincount(targets, minlength=others)
    home[(degrees > _HUB * articles) & (degrees > 1) & (count > 1)] = -1
    there = community[sources] == home[targets]
    sums = [np.bincount(targets[there], own[sources[there], axis], others) for axis in (0, 1)]
    return home, np.arctan2(sums[1], sums[0])
