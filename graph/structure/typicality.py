"""How much more often things occur together than by chance, and what is typical of a group.

A topic of nearly every article is typical of no group, and a topic of one article proves little. Dunning's
log-likelihood ratio is near zero for the first and small for the second.

Source: T. Dunning (1993), Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics
19(1).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.pairs import ranked
from graph.structure.arrays import Ints
from graph.structure.rounding import rounded

SIGNIFICANT = 6.635
"""The log-likelihood ratio that chance alone exceeds once in a hundred (chi-squared, one degree of freedom)."""

CHANCE = 0.05
"""If many things are tested, the share of those found, such as rising topics, that chance may explain."""

FEWEST = 2
"""Articles of a group that must have a thing before it is typical."""

TIMES_THE_REST = 2
"""How many times more frequent than elsewhere a typical thing is; in large groups a small surplus is significant."""


BACKGROUND = 0.6
"""A topic on a larger share of all articles with topics says nothing."""
FEWEST_FOR_BACKGROUND = 20
"""Among fewer articles with topics, no topic is too common."""


class Mix(msgspec.Struct, frozen=True):
    """How many articles of a group have each thing, such as a topic or a word."""

    articles: int
    """Articles of the group with any of the things."""
    counts: Mapping[str, int]
    """Articles by thing."""


def mix_of(articles: Iterable[str], things: Mapping[str, Sequence[str]]) -> Mix:
    """Count the things of a group of articles; `things` are those of each article that has any."""
    found = [things[article] for article in articles if article in things]
    return Mix(len(found), Counter(thing for each in found for thing in each))


def lift(together: int, first: int, second: int, total: int) -> float:
    """Return how many times more often two things occur together than if they were independent; 1 is chance.

    `first` and `second` are the occurrences of each, `together` those of both, among `total` articles; only `together`
    may be zero.
    """
    return together * total / (first * second)


def evidence(together: int, first: int, second: int, total: int) -> float:
    """Return Dunning's log-likelihood ratio of two things: 0 at chance, negative if they occur together less often.

    The arguments are those of `lift`.
    """
    # In whole numbers, so that independence is exactly zero.
    surplus = together * total - first * second
    if surplus == 0:
        return 0.0
    observed = (
        (together, first, second),
        (first - together, first, total - second),
        (second - together, total - first, second),
        (total - first - second + together, total - first, total - second),
    )
    ratio = 2 * math.fsum(count * math.log(count * total / (row * column)) for count, row, column in observed if count)
    return math.copysign(ratio, surplus)


def typical(mix: Mix, everywhere: Mix, limit: int | None) -> list[str]:
    """Return what is typical of a group, compared with `everywhere`, which includes it.

    A typical thing occurs in at least two articles of the group, is at least twice as frequent there as elsewhere, and
    chance would explain this in less than one of a hundred groups. Sorted by evidence, then by name. Linear in the
    things of the group.
    """
    strengths = {}
    for thing, count in mix.counts.items():
        outside = everywhere.articles - mix.articles
        frequent = count * outside >= TIMES_THE_REST * (everywhere.counts[thing] - count) * mix.articles
        if frequent and count >= FEWEST:
            strength = evidence(count, mix.articles, everywhere.counts[thing], everywhere.articles)
            strengths[thing] = rounded(strength)
    return [thing for thing, strength in ranked(strengths) if strength >= SIGNIFICANT][:limit]


def background_topics(counts: Ints, stated: int) -> NDArray[np.bool_]:
    """Return which topics are on nearly every article with topics, and so say nothing; none if no others are left.

    `counts` are the numbers of articles of each topic, `stated` is the number of articles with topics.
    """
    found = (counts > BACKGROUND * stated) & (stated >= FEWEST_FOR_BACKGROUND)
    return found if (counts[~found] > 0).any() else np.zeros(len(counts), bool)
