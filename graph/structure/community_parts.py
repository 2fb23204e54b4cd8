"""The parts of large communities: groups that are tied more closely, or articles of the same years or months."""

from __future__ import annotations

import msgspec
import numpy as np

from graph.structure.arrays import NO_DAY, Ints, Structure
from graph.structure.communities import Communities, grouped_by_ties, neighbours
from graph.structure.community_names import CommunityName, name_groups
from graph.structure.ties import Ties, without_index_pages

_LARGE = 30
"""Articles of a community that is divided."""
_SMALLEST = 5
"""Articles of a part."""
_WHOLE = 0.8
"""A community is not divided if one part would hold a larger share of it."""
_DATED = 0.6
_MOST_PARTS = 12
"""A community is divided by the shortest periods that make at most this many parts."""


class Part(msgspec.Struct, frozen=True):
    """A part of a community."""

    members: Ints
    """Its articles, the most central first."""
    name: CommunityName
    """Its name, different from that of its community and of the other parts."""


def find_parts(structure: Structure, communities: Communities) -> tuple[tuple[Part, ...], ...]:
    """Return the parts of each community, the largest first; none if it has under 30 articles or one subject.

    A community is divided by its ties if that makes parts, otherwise by years, quarters or months. Every article of a
    divided community is in one part. Names compare the titles of a part with those of its community. About linear.
    """
    beside = neighbours(communities.ties)
    ties = without_index_pages(communities.ties)
    found = []
    for some, name in zip(communities.members, communities.names, strict=True):
        groups = _divided(structure, ties, some) if len(some) >= _LARGE else []
        names = name_groups(communities.corpus, groups, beside, parent=some, taken=[name.label])
        found.append(tuple(map(Part, groups, names)))
    return tuple(found)


def _divided(structure: Structure, ties: Ties, some: Ints) -> list[Ints]:
    """Return the members of each part, the largest first; an empty list if there are no two."""
    for numbers in (_by_ties(ties, some), _by_time(structure.days[some])):
        sizes = np.bincount(numbers, minlength=1)
        if len(sizes) > 1 and sizes.max() <= _WHOLE * len(some):
            groups = [some[numbers == number] for number in range(len(sizes))]
            return sorted(groups, key=lambda group: (-len(group), int(group.min())))
    return []


def _by_ties(ties: Ties, some: Ints) -> Ints:
    """Return the part of each member by their ties; parts that are too small join the one they are tied to most."""
    place = np.full(ties.articles, -1)
    place[some] = np.arange(len(some))
    first, second = place[ties.first], place[ties.second]
    inside = (first >= 0) & (second >= 0)
    first, second = first[inside], second[inside]
    numbers = grouped_by_ties(len(some), first, second, np.arange(len(some)))
    while True:
        sizes = np.bincount(numbers)
        small = int(np.argmin(sizes))
        if sizes[small] >= _SMALLEST or len(sizes) == 1:
            return numbers
        leading = (numbers[first] == small) != (numbers[second] == small)
        others = np.where(numbers[first[leading]] == small, numbers[second[leading]], numbers[first[leading]])
        if not len(others):
            return numbers
        numbers[numbers == small] = np.bincount(others).argmax()
        numbers = np.unique(numbers, return_inverse=True)[1]


def _by_time(days: Ints) -> Ints:
    """Return the part of each member by months, quarters or years; undated and rare ones are in the next part."""
    dated = days != NO_DAY
    if dated.sum() < max(_DATED * len(days), 1):
        return np.zeros(len(days), np.int64)
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    months[~dated] = np.median(months[dated])
    numbers = np.zeros(len(days), np.int64)
    for width in (1, 3, 12):
        periods, numbers = np.unique(months // width, return_inverse=True)
        if len(periods) <= _MOST_PARTS:
            break
    sizes = np.bincount(numbers)
    joined, count = np.zeros(len(sizes), np.int64), 0
    held = 0
    for period, size in enumerate(sizes.tolist()):
        joined[period] = count
        held += size
        if held >= _SMALLEST and sizes[period + 1 :].sum() >= _SMALLEST:
            count, held = count + 1, 0
    return joined[numbers]
