"""The islands of the map and their nesting: topics with articles, inside broader topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np

from graph.atlas.ground import Ground
from graph.atlas.homes import FIRST_GROUP, NOWHERE, OTHER, Homes
from graph.pairs import by_key
from graph.structure.arrays import Ints

_FEWEST_CHILDREN = 2
_TOP = -(2**62)
"""The parent of an island in no other."""


class EmptyIsland(msgspec.Struct, frozen=True):
    """An island before its articles are placed."""

    home: int
    """The place of its topic among the topics, `NOWHERE`, `OTHER`, or that of a group."""
    label: str
    """Its label."""
    parent: int
    """The number of the island around it, or -1; parents come before their children."""
    depth: int
    """The number of islands around it."""


def find_empty_islands(ground: Ground, homes: Homes) -> tuple[EmptyIsland, ...]:
    """Return the islands, those with most articles first, each followed by its children; those without a topic last."""
    lived, counts = np.unique(homes.home, return_counts=True)
    articles = dict(zip(lived.tolist(), counts.tolist(), strict=True))
    parents = _parents(ground, homes, {home for home in articles if home >= 0})
    children = by_key((parents.get(home, _TOP), home) for home in sorted({*articles, *parents}))
    totals = _totals(articles, parents)
    found: list[EmptyIsland] = []
    waiting = [(home, -1, 0) for home in _ranked(children[_TOP], totals)] if children else []
    while waiting:
        home, parent, depth = waiting.pop()
        waiting += [(child, len(found), depth + 1) for child in _ranked(children.get(home, ()), totals)]
        found.append(EmptyIsland(home, _label(ground, homes, home, alone=len(articles) == 1), parent, depth))
    return tuple(found)


def _ranked(some: Iterable[int], totals: Mapping[int, int]) -> list[int]:
    """Return islands in reverse order: without a topic first, and with most articles last."""
    return sorted(some, key=lambda home: (home in (NOWHERE, OTHER), -totals.get(home, 0), home), reverse=True)


def _totals(articles: Mapping[int, int], parents: Mapping[int, int]) -> dict[int, int]:
    """Return the number of articles of each island and all islands in it."""
    totals: dict[int, int] = {}
    for home, count in articles.items():
        step = home
        while step != _TOP:
            totals[step] = totals.get(step, 0) + count
            step = parents.get(step, _TOP)
    return totals


def _label(ground: Ground, homes: Homes, home: int, *, alone: bool) -> str:
    if home == NOWHERE:
        return "Articles" if alone else "Without topic"
    if home == OTHER:
        return "Other topics"
    if home <= FIRST_GROUP:
        return homes.label(home)
    label = ground.labels[ground.first_topic + home]
    return f"Only {label}" if home in homes.background else label


def _parents(ground: Ground, homes: Homes, lived: set[int]) -> dict[int, int]:
    """Return the island around each island; a broader topic of at least two islands is an island, too."""
    broader = _broader(ground)
    islands = set(lived)
    while True:
        above = {home: _above(home, broader, islands, set(homes.background)) for home in sorted(islands)}
        joined: dict[int, int] = {}
        for home in sorted(islands):
            if above[home] < 0:
                step = broader.get(home, NOWHERE)
                if step >= 0 and step not in homes.background:
                    joined[step] = joined.get(step, 0) + 1
        more = {home for home, children in joined.items() if children >= _FEWEST_CHILDREN} - islands
        if not more:
            return {home: parent for home, parent in above.items() if parent >= 0} | {
                home: _TOP for home in islands - lived if above[home] < 0
            }
        islands |= more


def _broader(ground: Ground) -> dict[int, int]:
    """Return the first broader topic of each topic, without circles."""
    sources, targets = ground.pairs["broader"]
    found: dict[int, int] = {}
    for source, target in zip(
        (sources - ground.first_topic).tolist(), (targets - ground.first_topic).tolist(), strict=True
    ):
        if source not in found and not _leads(target, source, found):
            found[source] = target
    return found


def _leads(start: int, end: int, broader: dict[int, int]) -> bool:
    """Return whether `end` is the topic `start` or broader than it."""
    while start != end and start in broader:
        start = broader[start]
    return start == end


def _above(home: int, broader: dict[int, int], islands: set[int], background: set[int]) -> int:
    """Return the closest broader topic that is an island and not background, or -1."""
    step = broader.get(home, NOWHERE)
    while step >= 0 and (step not in islands or step in background):
        step = broader.get(step, NOWHERE)
    return step


def outermost_of(places: Sequence[EmptyIsland]) -> list[int]:
    """Return the island of the first level that each island is in, or that it is."""
    found: list[int] = []
    for index, place in enumerate(places):
        found.append(index if place.parent < 0 else found[place.parent])
    return found


def islands_of(ground: Ground, homes: Homes, places: tuple[EmptyIsland, ...]) -> Ints:
    """Return the number of the island of each article."""
    number = {place.home: index for index, place in enumerate(places)}
    least = min(OTHER, homes.group(len(homes.groups) - 1))
    known = np.array([number.get(home, -1) for home in range(least, ground.counts[1])], np.int64)
    return known[homes.home - least]
