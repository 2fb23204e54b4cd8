"""What the page draws: the position of every node in three views, and what stands out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.atlas.census import Census
from graph.atlas.circles import Circle
from graph.structure.arrays import Floats, Ints
from graph.structure.ties import Ties

Bounds: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom of a view, in world units."""

MOST_LISTED = 12
"""The most topics, communities and bridges that stand out."""
LATELY = 0.25
"""The share of the dated articles that are recent."""
FEWEST_LATELY = 3
"""The fewest recent articles of a rising topic."""


class Island(msgspec.Struct, frozen=True):
    """A topic as a circle with articles."""

    label: str
    """Its label."""
    topic: int
    """The node of the topic, or -1 if it is not a topic."""
    is_group: bool
    """Whether it is a folder or a community instead."""
    circle: Circle
    """Its circle, in world units."""
    first: int
    """Its first article."""
    end: int
    """The article after its last; the articles of child islands are not included."""
    depth: int
    """The number of islands around it."""
    parent: int
    """The island around it, or -1."""
    inferred: int
    """The number of its articles that are placed by a guess."""
    top: tuple[int, ...]
    """Its most central articles, at most 12."""


class ClusterPart(msgspec.Struct, frozen=True):
    """A part of a community."""

    label: str
    """Its name."""
    circle: Circle
    """Its circle, in world units."""
    size: int
    """Articles in it."""


class Cluster(msgspec.Struct, frozen=True):
    """A community of related articles."""

    label: str
    """Its name."""
    circle: Circle
    """Its circle, in world units."""
    size: int
    """Articles in it."""
    top: tuple[int, ...]
    """Its most central articles, at most 12."""
    parts: tuple[ClusterPart, ...]
    """Its parts, the largest first."""


class StoryOnMap(msgspec.Struct, frozen=True):
    """A story with a name, and where most of its articles are together, in at least one of the views."""

    label: str
    """Its name."""
    size: int
    """Articles in it."""
    on_island: Circle | None
    """Its circle in the topics view."""
    in_community: Circle | None
    """Its circle in the network view, unless it is nearly the whole community or part."""


class Lane(msgspec.Struct, frozen=True):
    """A band of the timeline."""

    label: str
    """Its label."""
    topic: int
    """The node of the topic, or -1 if it is not a topic."""
    y: float
    """Its middle, in world units."""
    height: float
    """In world units."""
    count: int
    """Dated articles in it."""


class View(msgspec.Struct, frozen=True):
    """The positions of nodes in a view."""

    x: Floats
    """For each node, in world units; NaN if it is not in this view."""
    y: Floats
    """For each node, in world units, downwards."""
    bounds: Bounds
    """The bounds of all nodes and circles."""


class PlacedView(msgspec.Struct, frozen=True):
    """A view, and the circles of its islands or communities."""

    view: View
    """The positions of nodes."""
    circles: tuple[Circle, ...]
    """The circle of each island or community."""
    parts: tuple[Circle, ...] = ()
    """The circle of each part of a community."""


class Insights(msgspec.Struct, frozen=True):
    """What stands out."""

    central: tuple[tuple[int, float], ...]
    """Central articles: number, PageRank as a multiple of the average."""
    rising: tuple[tuple[int, float, float, int], ...]
    """Topics that are more frequent recently: node, recent share, earlier share, recent articles."""
    communities: tuple[tuple[int, int], ...]
    """The largest communities: number, size."""
    bridges: tuple[tuple[int, float], ...]
    """Articles that connect communities: number, and the sum of its shares of the ties between them."""


class Layout(msgspec.Struct, frozen=True):
    """The positions of everything; articles are numbered island by island, and in an island story by story."""

    order: Ints
    """The articles in the order of the page, by their numbers in the order of IRIs."""
    topics: View
    """Topics as islands."""
    network: View
    """Communities as separate circles."""
    timeline: View
    """Time across, topics as lanes."""
    size: Floats
    """Each node's radius in world units."""
    story: Ints
    """For each article the number of its story's part on its island, ascending."""
    community: Ints
    """The community of each node, or -1."""
    part: Ints
    """For each article the place of its part among those of its community from 1, or 0."""
    named: Ints
    """For each article the place of its story among `stories` from 1, or 0."""
    island: Ints
    """The island of each article and topic; -1 for all other nodes."""
    inferred: NDArray[np.bool_]
    """Whether the island of each article is a guess."""
    islands: tuple[Island, ...]
    """The circles of the topics view."""
    clusters: tuple[Cluster, ...]
    """The circles of the network view."""
    stories: tuple[StoryOnMap, ...]
    """The stories with names whose articles are together in one of the views, the largest first."""
    lanes: tuple[Lane, ...]
    """The bands of the timeline."""
    scale: float
    """World units a day in the timeline."""
    background: tuple[int, ...]
    """Topics on nearly every article."""
    backbone: Ties
    """The ties that are drawn as lines."""
    insights: Insights
    """What stands out."""
    is_by_likeness: bool
    """Whether communities are formed by what articles share, because hardly any are linked."""
    days: Mapping[str, int | None]
    """The `first` and `last` day of the timeline."""


class Atlas(Layout, frozen=True):
    """Everything that the page draws; nodes are numbered as in the census."""

    census: Census
    """The nodes in the order of the page."""
