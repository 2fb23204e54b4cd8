"""The topics and providers of a group of articles: the most frequent, and the typical ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.relations import Network, label_of
from graph.structure.rounding import rounded
from graph.structure.typicality import Mix, lift, typical


@dataclass(frozen=True, slots=True)
class NodeCount:
    """A topic or a provider, and the number of articles in a group that are about it or that it published."""

    iri: str
    """The node."""
    label: str
    """Its label."""
    articles: int
    """The articles of the group."""

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


def most_frequent(counts: Mapping[str, int], network: Network, limit: int | None) -> tuple[NodeCount, ...]:
    """Return the topics or providers that most articles of a group have; equals by IRI."""
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(NodeCount(node, label_of(network, node), count) for node, count in ranked[:limit])


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
