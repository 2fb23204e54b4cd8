"""What the page draws: where every node stands in each of three views, and what there is to say about the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.atlas.census import Census
from graph.structure.arrays import Floats, Ints
from graph.structure.ties import Ties

__all__ = ["Atlas", "Bounds", "Cluster", "Insights", "Island", "Lane", "View"]

Bounds: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom of a view, in world units."""


@dataclass(frozen=True, slots=True)
class Island:
    """A topic as a place: a circle with the articles that live there."""

    label: str
    """What it is called."""
    topic: int
    """The topic's node, or -1 where it stands for no topic."""
    circle: tuple[float, float, float]
    """Middle and radius, in world units."""
    first: int
    """The first article that lives here."""
    end: int
    """The article after the last that lives here; those of child islands are not among them."""
    depth: int
    """How many islands it lies in."""
    parent: int
    """The island it lies in, or -1."""
    inferred: int
    """Articles here by a guess."""
    top: tuple[int, ...]
    """The most central articles here, at most 12."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A community of related articles."""

    label: str
    """What is typical of it."""
    circle: tuple[float, float, float]
    """Middle and radius, in world units."""
    size: int
    """Articles in it."""
    top: tuple[int, ...]
    """The most central articles in it, at most 12."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A band of the timeline."""

    label: str
    """What it is called."""
    topic: int
    """The topic's node, or -1 where it stands for no topic."""
    y: float
    """Its middle, in world units."""
    height: float
    """In world units."""
    count: int
    """Dated articles in it."""


@dataclass(frozen=True, slots=True)
class View:
    """Where nodes stand in a view."""

    x: Floats
    """For each node, in world units; NaN where it does not stand here."""
    y: Floats
    """For each node, in world units, downwards."""
    bounds: Bounds
    """What holds them all."""


@dataclass(frozen=True, slots=True)
class Insights:
    """What stands out."""

    central: tuple[tuple[int, float], ...]
    """Articles by PageRank, as multiples of the average."""
    rising: tuple[tuple[int, float, float, int], ...]
    """Topics that are more frequent lately: node, share lately, share before, articles lately."""
    communities: tuple[tuple[int, int], ...]
    """The largest communities: number, articles."""
    bridges: tuple[tuple[int, float], ...]
    """Articles on most shortest ways between others, as shares of all those ways."""
    approximate: bool
    """Whether the ways were sampled."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """Everything about where things stand; numbers are those of the census."""

    census: Census
    """The nodes in the order of the page: articles island by island, and in an island story by story."""
    topics: View
    """Topics as islands."""
    network: View
    """Communities, each apart."""
    timeline: View
    """Time across, topics as lanes."""
    size: Floats
    """Each node's radius in world units."""
    story: Ints
    """For each article the number of its story's part on its island, ascending."""
    community: Ints
    """For each node its community, -1 for none."""
    island: Ints
    """For each article and topic its island, -1 for none; -1 for all others."""
    inferred: NDArray[np.bool_]
    """For each article whether its island is a guess."""
    day: Ints
    """For each article the days from 1970-01-01 to its publication; the smallest 32-bit number where unknown."""
    islands: tuple[Island, ...]
    """The circles of the topics view."""
    clusters: tuple[Cluster, ...]
    """The circles of the network view."""
    lanes: tuple[Lane, ...]
    """The bands of the timeline."""
    scale: float
    """World units a day in the timeline."""
    background: tuple[int, ...]
    """Topics on nearly every article."""
    backbone: Ties
    """The ties that are drawn."""
    insights: Insights
    """What stands out."""
    is_by_likeness: bool
    """Whether communities are by what articles share, because hardly any are linked."""
    days: Mapping[str, int | None]
    """The `first` and `last` day of the timeline."""
