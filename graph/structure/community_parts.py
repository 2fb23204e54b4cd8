"""The parts of large communities: groups that are tied more closely, or articles of the same years or months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import numpy as np

from graph.structure.arrays import NO_DAY, Ints, Structure
from graph.structure.communities import Communities, TiedArticles, grouped_by_ties
from graph.structure.community_names import CommunityName, name_groups
from graph.structure.ties import without_index_pages

_LARGE = 30
"""Articles of a community that is divided."""
_SMALLEST = 5
"""Articles of a part."""
_WHOLE = 0.8
"""A community is not divided if one part would hold a larger share of it."""
_DATED = 0.6
_MOST_PARTS = 12
"""A community is divided by the shortest periods that make at most this many parts."""


class NamedPart(msgspec.Struct, frozen=True):
    """A part of a community."""

    members: Ints
    """Its articles, the most central first."""
    name: CommunityName
    """Its name, different from that of its community and of the other parts."""


def find_parts(communities: Communities) -> tuple[tuple[NamedPart, ...], ...]:
    """Return the parts of each community, as `divide` returns them, with their names.

    Names compare the titles of a part with those of its community. About linear.
    """
    return name_parts(communities, divide(communities))


def name_parts(communities: Communities, divided: Sequence[Sequence[Ints]]) -> tuple[tuple[NamedPart, ...], ...]:
    """Return the parts that `divide` returned with their names."""
    corpus, beside = communities.corpus, TiedArticles(communities.ties)
    rows = zip(communities.members, communities.names, divided, strict=True)
    return tuple(
        tuple(map(NamedPart, groups, name_groups(corpus, groups, beside, parent=some, taken=[name.label])))
        if groups
        else ()
        for some, name, groups in rows
    )


def divide(communities: Communities) -> tuple[tuple[Ints, ...], ...]:
    """Return the articles of the parts of each community, the largest first, and in a part the most central first.

    A community of under 30 articles, or of one subject, has none. Others are divided by their ties if that makes
    parts, otherwise by years, quarters or months. Every article of a divided community is in one part. About linear.
    """
    structure = communities.structure
    large = sum(len(some) >= _LARGE for some in communities.members)  # the largest come first
    place = np.empty(structure.first_topic, np.int64)
    found: list[tuple[Ints, ...]] = [()] * len(communities.members)
    for number, (first, second) in enumerate(_within(communities, large)):
        some = communities.members[number]
        place[some] = np.arange(len(some))
        found[number] = tuple(_divided(structure, (place[first], place[second]), some))
    return tuple(found)


def _within(communities: Communities, count: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield the ties within each of the largest communities."""
    ties = without_index_pages(communities.ties)
    home = communities.number[ties.first]
    inside = np.flatnonzero((home == communities.number[ties.second]) & (home >= 0) & (home < count))
    inside = inside[np.argsort(home[inside], kind="stable")]
    edges = np.searchsorted(home[inside], np.arange(count + 1))
    for low, high in pairwise(edges.tolist()):
        yield ties.first[inside[low:high]], ties.second[inside[low:high]]


def _divided(structure: Structure, ties: tuple[Ints, Ints], some: Ints) -> list[Ints]:
    """Return the members of each part, the largest first; an empty list if there are no two."""
    for numbers in (_by_ties(*ties, len(some)), _by_time(structure.days[some])):
        sizes = np.bincount(numbers, minlength=1)
        if len(sizes) > 1 and sizes.max() <= _WHOLE * len(some):
            groups = [some[numbers == number] for number in range(len(sizes))]
            return sorted(groups, key=lambda group: (-len(group), int(group.min())))
    return []


def _by_ties(first: Ints, second: Ints, count: int) -> Ints:
    """Return the part of each member by their ties; parts that are too small join the one they are tied to most."""
    numbers = grouped_by_ties(count, first, second, np.arange(count))
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
