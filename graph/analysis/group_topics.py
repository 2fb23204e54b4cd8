"""The topics of a group of articles: the most frequent, and the typical ones."""

from __future__ import annotations

from dataclasses import dataclass

from graph.analysis.relations import Network, label_of
from graph.pairs import ranked
from graph.structure.rounding import rounded
from graph.structure.typicality import Mix, lift, typical


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic, and the number of articles in a group about it."""

    iri: str
    """The topic."""
    label: str
    """Its label."""
    articles: int
    """Articles of the group about it."""

    def __str__(self) -> str:
        return f"{self.label} ({self.articles})"


@dataclass(frozen=True, slots=True)
class TypicalTopic:
    """A topic that a group of articles has more often than chance explains."""

    iri: str
    """The topic."""
    label: str
    """Its label."""
    articles: int
    """Articles of the group about it."""
    lift: float
    """How many times more frequent it is in the group than everywhere."""

    def __str__(self) -> str:
        return f"{self.label} ({self.articles}, ×{self.lift:.3g})"


def top_topics(mix: Mix, network: Network, limit: int | None) -> tuple[TopicCount, ...]:
    """Return the most frequent topics of a group; equals by IRI."""
    return tuple(TopicCount(topic, label_of(network, topic), count) for topic, count in ranked(mix.counts)[:limit])


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
