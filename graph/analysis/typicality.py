"""How much more often things occur together than chance would have it: the measure, and the topics it finds typical.

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

from graph.analysis.relations import Network, label_of, rounded

__all__ = [
    "Mix",
    "TopicCount",
    "TypicalTopic",
    "evidence",
    "lift",
    "mix_of",
    "top_topics",
    "typical",
    "typical_topics",
]

SIGNIFICANT = 6.635
"""The log-likelihood ratio that chance alone exceeds once in a hundred (chi-squared, one degree of freedom)."""

FEWEST = 2
"""Articles that must share a thing before it is called typical of them: one article is no habit."""

TIMES_THE_REST = 2
"""How many times more frequent than elsewhere a typical thing is: in a large group, a small surplus is no chance."""


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic, and how many articles of a group are about it."""

    iri: str
    """The topic."""
    label: str
    """What it is called."""
    articles: int
    """Articles of the group that are about it."""

    def __str__(self) -> str:
        """Return the label with the count."""
        return f"{self.label} ({self.articles})"


@dataclass(frozen=True, slots=True)
class TypicalTopic:
    """A topic that a group of articles has more often than chance explains."""

    iri: str
    """The topic."""
    label: str
    """What it is called."""
    articles: int
    """Articles of the group that are about it."""
    lift: float
    """How many times more frequent it is in the group than everywhere."""

    def __str__(self) -> str:
        """Return the label with the count and the lift."""
        return f"{self.label} ({self.articles}, ×{self.lift:.3g})"


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


def top_topics(mix: Mix, network: Network, limit: int | None) -> tuple[TopicCount, ...]:
    """Return the most frequent topics of a group; equals by IRI."""
    ranked = sorted(mix.counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(TopicCount(topic, label_of(network, topic), count) for topic, count in ranked[:limit])


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


def typical_topics(mix: Mix, everywhere: Mix, network: Network, limit: int | None) -> tuple[TypicalTopic, ...]:
    """Return the topics that are `typical` of a group."""
    return tuple(
        TypicalTopic(
            iri=topic,
            label=label_of(network, topic),
            articles=mix.counts[topic],
            lift=rounded(lift(mix.counts[topic], mix.articles, everywhere.counts[topic], everywhere.articles)),
        )
        for topic in typical(mix, everywhere, limit)
    )
