"""Lays out the map: what belongs together, and the position of everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from graph.atlas.atlas import Cluster, ClusterPart, Island, Layout, PlacedView, StoryOnMap, View
from graph.atlas.circles import Circle
from graph.atlas.clusters import Groups, draw_clusters
from graph.atlas.empty_islands import EmptyIsland, find_empty_islands, islands_of
from graph.atlas.ground import Ground, digest_of_value
from graph.atlas.homes import FIRST_GROUP, Homes, find_homes
from graph.atlas.insights import find_insights
from graph.atlas.islands import draw_islands
from graph.atlas.lanes import draw_timeline
from graph.atlas.leftovers import place_leftovers
from graph.memory import give_back
from graph.structure.arrays import Floats, Ints, inverse_of
from graph.structure.communities import Communities, find_communities, find_stories
from graph.structure.community_parts import divide, name_parts
from graph.structure.crossings import find_crossings
from graph.structure.standing import most_central_first
from graph.structure.story_names import NamedStory, name_stories
from graph.structure.ties import Ties, backbone_of, find_ties
from graph.vocabulary import POINTING

_TOP = 12
"""Central articles of an island or community that the page lists."""
_LARGEST_STUB = 1.4
"""The radius of a stub, however many point to it: nobody can read it."""
_WORTH_OF_POINTING = 0.1
"""How much pointing to others counts beside being pointed to; it decides among articles that nothing points to."""
_HARDLY = 1e-6
"""How much worth counts beside the rank: it only orders articles of equal rank."""
_RADII = {"article": (1.0, 2.0), "topic": (1.8, 3.6), "provider": (1.2, 3.4), "person": (1.0, 2.4)}
"""The least and the largest radius of a node of each kind, in world units; topics are seen from afar."""
_MANY, _MANY_QUANTILE = 20.0, 0.995
"""The relations of a node with the largest radius: at least 20, so that a few do not make it large, and among many
nodes those of one in two hundred."""
_STEPS_A_UNIT = 32
"""Radii are rounded to parts of a world unit, so that they take few bytes in the page."""
_Made = TypeVar("_Made")


class Step(Protocol):
    """Makes the result for a key, or recalls it."""

    def __call__(self, key: bytes, kind: type[_Made], make: Callable[[], _Made], /) -> _Made:
        """Return what `make` returns, or returned earlier for the same kind and key."""
        ...


class Grouped(msgspec.Struct, frozen=True):
    """Which articles belong together, without names."""

    number: Ints
    """The community of each article."""
    stories: Ints
    """The story of each article."""
    ranks: Floats
    """The rank of each article."""
    near: Ties | None
    """The ties by which the communities were found, if they are not those of `find_ties`."""
    divided: tuple[tuple[Ints, ...], ...]
    """The articles of the parts of each community."""

    @classmethod
    def of(cls, ground: Ground, ties: Ties) -> Grouped:
        """Find what belongs together."""
        found = find_communities(ground, ties=ties)
        near = found.ties if found.is_by_likeness else None
        return cls(found.number, found.stories, found.ranks, near, divide(found))

    def communities(self, ground: Ground, ties: Ties) -> Communities:
        """Return the communities; for a ground without titles they have no names."""
        return Communities(
            ground,
            self.number,
            self.stories,
            self.ranks,
            ties if self.near is None else self.near,
            is_by_likeness=self.near is not None,
        )


class Sketch(msgspec.Struct, frozen=True):
    """What is drawn in addition to the ground without titles: names, and the islands of articles."""

    communities: tuple[str, ...]
    """The name of each community."""
    parts: tuple[tuple[str, ...], ...]
    """The names of the parts of each community."""
    stories: tuple[NamedStory, ...]
    """The stories with names."""
    homes: Homes
    """The homes of articles."""
    places: tuple[EmptyIsland, ...]
    """The islands."""


def _make(_key: bytes, _kind: type[_Made], make: Callable[[], _Made], /) -> _Made:
    return make()


def lay_out(ground: Ground, step: Step = _make) -> Layout:
    """Return the position of everything, always the same for the same ground.

    Only names depend on titles. So `step` may recall the groups if only titles changed, and the positions, too, if
    names stayed the same. About linear in nodes and relations: some seconds for 10,000 articles.
    """
    bare = ground.without_titles()
    key = bare.digest()
    ties = find_ties(bare)
    grouped = step(key, Grouped, lambda: Grouped.of(bare, ties))
    sketch = _sketch(ground, bare, ties, grouped)  # separately: naming takes much memory, which drawing does not need
    give_back(ground.nodes)
    layout = step(key + digest_of_value(sketch), Layout, lambda: _draw(bare, ties, grouped, sketch))
    give_back(ground.nodes)
    return layout


def _sketch(ground: Ground, bare: Ground, ties: Ties, grouped: Grouped) -> Sketch:
    """Return names, and the islands of articles, given a ground with and without titles."""
    communities = grouped.communities(ground, ties)
    parts = name_parts(communities, grouped.divided)
    stories = find_stories(ties) if communities.is_by_likeness else communities.stories
    homes = place_leftovers(ground, find_homes(bare, ties, stories), communities)
    return Sketch(
        tuple(name.label for name in communities.names),
        tuple(tuple(part.name.label for part in some) for some in parts),
        name_stories(communities, parts),
        homes,
        find_empty_islands(bare, homes),
    )


def _draw(ground: Ground, ties: Ties, grouped: Grouped, sketch: Sketch) -> Layout:
    """Return the positions, given a ground without titles."""
    communities = grouped.communities(ground, ties)
    stories = find_stories(ties) if communities.is_by_likeness else communities.stories
    homes, places = sketch.homes, sketch.places
    worth = _worth(ground)
    rank = inverse_of(np.lexsort((-worth, ground.stub)))  # stubs last, and equals by IRI
    order, story = _order(islands_of(ground, homes, places), stories, rank)
    number = inverse_of(order)
    ground, ties = ground.ordered(order), _renumbered(ties, number)
    homes = replace(homes, home=homes.home[order], inferred=homes.inferred[order])
    is_by_likeness = communities.is_by_likeness
    near = _renumbered(communities.ties, number) if is_by_likeness else ties
    community, ranks = communities.number[order], communities.ranks[order]
    central = number[most_central_first(communities.ranks)]
    size = _sizes(ground)
    backbone = backbone_of(ties)
    island = islands_of(ground, homes, places)
    topics = draw_islands(ground, places, island, story, backbone, size)
    count = len(communities.members)
    is_apart = bool((community < 0).any())
    drawn = np.where(community < 0, count, community)
    first_part = np.cumsum([0, *(max(1, len(some)) for some in grouped.divided)])
    part = first_part[drawn]
    within = np.zeros(len(order), np.int64)
    for some in grouped.divided:
        for nth, one in enumerate(some):
            part[number[one]] += nth
            within[number[one]] = nth + 1
    network = draw_clusters(
        ground,
        Groups(drawn, part, communities.stories[order], rank[order], is_apart=is_apart),
        backbone_of(near) if is_by_likeness else backbone,
        size,
    )
    timeline = draw_timeline(ground, places, island, size)
    told = [
        (
            one,
            None if is_by_likeness else _circle_around(number[one.members], island, topics.view, size),
            None if one.is_group else _circle_around(number[one.members], part, network.view, size),
        )
        for one in sketch.stories
    ]
    shown_stories = [one for one in told if one[1] or one[2]]
    shown_story = np.zeros(len(order), np.int64)
    for nth, (named, _, _) in enumerate(shown_stories, start=1):
        shown_story[number[named.members]] = nth
    members = [number[some] for some in communities.members] + [central[community[central] < 0]] * is_apart
    node_island = np.full(ground.nodes, -1)
    node_island[: len(island)] = island
    for index, place in enumerate(places):
        if place.home >= 0:
            node_island[ground.first_topic + place.home] = index
    all_communities = np.full(ground.nodes, -1)
    all_communities[: len(drawn)] = drawn
    return Layout(
        order=order,
        topics=topics.view,
        network=network.view,
        timeline=timeline.view,
        size=size,
        story=story,
        community=all_communities,
        part=within,
        named=shown_story,
        island=node_island,
        inferred=homes.inferred,
        islands=tuple(_islands(ground, places, island, topics.circles, homes.inferred, ranks + worth[order] * _HARDLY)),
        clusters=tuple(_clusters(sketch, grouped.divided, first_part, network, members)),
        stories=tuple(StoryOnMap(one.label, len(one.members), *where) for one, *where in shown_stories),
        lanes=timeline.lanes,
        scale=timeline.scale,
        background=tuple(ground.first_topic + place for place in homes.background),
        backbone=backbone,
        insights=find_insights(
            ground,
            ranks,
            central,
            np.bincount(community[community >= 0], minlength=count),
            find_crossings(community, near).best_first(order),
            homes.background,
        ),
        is_by_likeness=is_by_likeness,
        days={"first": timeline.first, "last": timeline.last},
    )


def _islands(
    ground: Ground,
    places: Sequence[EmptyIsland],
    island: Ints,
    circles: Sequence[Circle],
    inferred: NDArray[np.bool_],
    worth: Floats,
) -> Iterator[Island]:
    """Yield the islands, given the island of each article, and what is known about the articles."""
    edges = np.searchsorted(island, np.arange(len(places) + 1)).tolist()
    for place, circle, (first, end) in zip(places, circles, pairwise(edges), strict=True):
        yield Island(
            place.label,
            ground.topic_node(place.home),
            place.home <= FIRST_GROUP,
            circle,
            first,
            end,
            place.depth,
            place.parent,
            int(inferred[first:end].sum()),
            tuple((first + np.argsort(-worth[first:end], kind="stable")[:_TOP]).tolist()),
        )


def _clusters(
    sketch: Sketch,
    divided: Sequence[Sequence[Ints]],
    first_part: Ints,
    network: PlacedView,
    members: Sequence[Ints],
) -> Iterator[Cluster]:
    """Yield the communities, given where the circles of their parts begin; the articles in none are the last one."""
    labels = (*sketch.communities, "Not linked to others")
    for index, (circle, some) in enumerate(zip(network.circles, members, strict=True)):
        parts = (
            ClusterPart(sketch.parts[index][nth], network.parts[first_part[index] + nth], len(one))
            for nth, one in enumerate(divided[index] if index < len(divided) else ())
        )
        yield Cluster(labels[index], circle, len(some), tuple(some[:_TOP].tolist()), tuple(parts))


def _circle_around(some: Ints, place: Ints, view: View, size: Floats) -> Circle | None:
    """Return the circle around the articles of a story that are in one place, if most are."""
    places, counts = np.unique(place[some], return_counts=True)
    if 2 * counts.max() < len(some):
        return None
    some = some[place[some] == places[counts.argmax()]]
    x, y = view.x[some], view.y[some]
    middle = float(x.min() + x.max()) / 2, float(y.min() + y.max()) / 2
    return *middle, float((np.hypot(x - middle[0], y - middle[1]) + size[some]).max())


def _worth(ground: Ground) -> Floats:
    """Return the number of articles that point to each article, and a little more for pointing to others."""
    articles = ground.first_topic
    sources, targets = ground.between_articles(*POINTING)
    named = np.bincount(targets, minlength=articles)
    return named + _WORTH_OF_POINTING * np.log1p(np.bincount(sources, minlength=articles))


def _order(island: Ints, stories: Ints, rank: Ints) -> tuple[Ints, Ints]:
    """Return the articles sorted by island, then by story (the largest first), then by rank.

    Also returns for each the number of the part of its story on its island, ascending from 0.
    """
    if not len(island):
        return island, island
    width = int(stories.max()) + 1
    codes, part, counts = np.unique(island * width + stories, return_inverse=True, return_counts=True)
    place = inverse_of(np.lexsort((codes, -counts, codes // width)))
    order = np.lexsort((rank, place[part]))
    return order, place[part][order]


def _renumbered(ties: Ties, number: Ints) -> Ties:
    """Return the ties after articles are renumbered."""
    first, second = number[ties.first], number[ties.second]
    first, second = np.minimum(first, second), np.maximum(first, second)
    order = np.lexsort((second, first))
    return Ties(ties.articles, first[order], second[order], ties.likeness[order])


def _sizes(ground: Ground) -> Floats:
    """Return the radius of each node; its area grows with the number of nodes that name it."""
    named = np.zeros(ground.nodes)
    for relations in (POINTING, ("publisher",), ("about",), ("author",), ("part",)):
        named += np.bincount(ground.joined(*relations)[1], minlength=ground.nodes)
    size = np.empty(ground.nodes)
    firsts = (0, ground.first_topic, ground.first_provider, ground.first_person, ground.nodes)
    for (first, end), (least, most) in zip(pairwise(firsts), _RADII.values(), strict=True):
        some = named[first:end]
        if len(some):
            many = max(_MANY, float(np.quantile(some, _MANY_QUANTILE)))
            size[first:end] = least + (most - least) * np.sqrt(np.minimum(1.0, some / many))
    articles = size[: ground.first_topic]
    articles[ground.stub] = np.minimum(articles[ground.stub], _LARGEST_STUB)
    return np.asarray(np.round(size * _STEPS_A_UNIT) / _STEPS_A_UNIT)
