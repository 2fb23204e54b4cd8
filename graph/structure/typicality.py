"""How much more often things occur together than chance would have it, and what is typical of a group.

A topic that nearly every article has is common in every group and typical of none; a topic of one article proves
little. Dunning's log-likelihood ratio answers both: it is near zero for the first and small for the second.

Source: T. Dunning (1993), Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics
19(1).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.structure.rounding import rounded

__all__ = ["SIGNIFICANT", "Mix", "evidence", "lift", "mix_of", "typical"]

SIGNIFICANT = 6.635
"""The log-likelihood ratio that chance alone exceeds once in a hundred (chi-squared, one degree of freedom)."""

FEWEST = 2
"""Articles that must share a thing before it is called typical of them: one article is no habit."""

TIMES_THE_REST = 2
"""How many times more frequent than elsewhere a typical thing is: in a large group, a small surplus is no chance."""


@dataclass(frozen=True, slots=True)
class Mix:
    """How many articles of a group have each of some things: topics, or words."""

    articles: int
    """Articles of the group that have any at all."""
    counts: Mapping[str, int]
    """Articles by thing."""


def mix_of(articles: Iterable[str], things: Mapping[str, Sequence[str]]) -> Mix:
    """Count the things of a group of articles, given what each article has; one that has none does not count."""
    found = [things[article] for article in articles if article in things]
    return Mix(len(found), Counter(thing for each in found for thing in each))


def lift(together: int, first: int, second: int, total: int) -> float:
    """Return how many times more often two things meet than if they were independent; 1 means chance.

    `first` and `second` count where each occurs, `together` where both do, among `total` places; none may be zero but
    `together`.
    """
    return together * total / (first * second)


def evidence(together: int, first: int, second: int, total: int) -> float:
    """Return Dunning's log-likelihood ratio for two things meeting: 0 at chance, negative where they avoid each other.

    `first` and `second` count where each occurs, `together` where both do, among `total` places.
    """
    # In whole numbers, so that exact independence is exactly zero.
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
    """Return what is typical of a group, compared with `everywhere`, which includes it; equals by name.

    Typical is what two articles of the group have at least, at least twice as often as all others do, and by a surplus
    that chance would produce less than once in a hundred groups; the strongest evidence comes first. A group that is
    like all others has nothing typical. Linear in the group's things.
    """
    strengths = {}
    for thing, count in mix.counts.items():
        outside = everywhere.articles - mix.articles
        frequent = count * outside >= TIMES_THE_REST * (everywhere.counts[thing] - count) * mix.articles
        if frequent and count >= FEWEST:
            strength = evidence(count, mix.articles, everywhere.counts[thing], everywhere.articles)
            strengths[thing] = rounded(strength)
    clear = [thing for thing, strength in strengths.items() if strength >= SIGNIFICANT]
    return sorted(clear, key=lambda thing: (-strengths[thing], thing))[:limit]
