"""The articles and the providers of each topic.

Source of `effective_providers`: M. O. Hill (1973), Diversity and Evenness: A Unifying Notation and Its Consequences,
Ecology 54(2); the number of order 1, which is the exponential of Shannon's entropy.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.relations import (
    Network,
    date_range,
    first_rows,
    label_of,
    nodes_of_kind,
    of_network,
    sources_by_target,
    targets_by_source,
)
from graph.pairs import ranked
from graph.structure.rounding import rounded


@dataclass(frozen=True, slots=True)
class TopicArticles:
    """A topic and the articles about it."""

    iri: str
    """The topic."""
    label: str
    """Its label."""
    articles: int
    """Articles that state it as a topic."""
    share: float
    """These as a share of all articles that state any topic, from 0 to 1."""
    with_narrower: int
    """Articles about it or about a topic below it, each counted once."""
    mentioned_in: int
    """Articles whose text mentions it without stating it as a topic."""
    first: str | None
    """The publication date of the earliest article about it."""
    last: str | None
    """The publication date of the latest."""


@dataclass(frozen=True, slots=True)
class ProviderCount:
    """A provider, and the number of articles in a group that it published."""

    iri: str
    """The provider."""
    label: str
    """Its label."""
    articles: int
    """Articles of the group that it published."""

    def __str__(self) -> str:
        return f"{self.label} ({self.articles})"


@dataclass(frozen=True, slots=True)
class TopicProviders:
    """A topic and the providers of articles about it."""

    iri: str
    """The topic."""
    label: str
    """Its label."""
    providers: int
    """Providers with an article about it."""
    articles: int
    """Articles about it with a known provider."""
    effective_providers: float | None
    """The number of equally busy providers with the same diversity; `None` if no provider is known."""
    top_providers: tuple[ProviderCount, ...]
    """The providers with most articles."""


@of_network
def articles_per_topic(network: Network, limit: int | None = None) -> tuple[TopicArticles, ...]:
    """Return every topic with the number of articles about it, the highest number first; equals by IRI.

    Topics without articles are listed, with 0. Stubs and unpublished articles count like any other. Linear in the
    articles of each topic and of the topics below it.
    """
    stated = sources_by_target(network, "about")
    mentioned = sources_by_target(network, "mentions")
    topics = nodes_of_kind(network, "topic")
    below = articles_below(topics, sources_by_target(network, "broader"), stated)
    described = len({article for articles in stated.values() for article in articles})
    rows = [
        TopicArticles(
            iri=topic,
            label=label_of(network, topic),
            articles=len(articles := stated.get(topic, [])),
            share=rounded(len(articles) / described) if described else 0.0,
            with_narrower=below[topic],
            mentioned_in=len(set(mentioned.get(topic, ())).difference(articles)),
            first=(dates := date_range(network, articles))[0],
            last=dates[1],
        )
        for topic in topics
    ]
    rows.sort(key=lambda row: (-row.articles, row.iri))
    return first_rows(rows, limit)


@of_network
def providers_per_topic(
    network: Network, limit: int | None = None, *, top: int | None = 5
) -> tuple[TopicProviders, ...]:
    """Return every topic with the number of its providers, the highest first; equals by articles, then by IRI.

    Each row names the `top` busiest providers (`None`: all). Topics without providers are listed, with 0. Stubs
    and unpublished articles count like any other. Linear in the links of articles to topics and providers.
    """
    publishers = targets_by_source(network, "publisher")
    stated = sources_by_target(network, "about")
    rows = [
        _topic_providers(
            network, topic, [publishers[article] for article in stated.get(topic, ()) if article in publishers], top
        )
        for topic in nodes_of_kind(network, "topic")
    ]
    rows.sort(key=lambda row: (-row.providers, -row.articles, row.iri))
    return first_rows(rows, limit)


def _topic_providers(
    network: Network, topic: str, publishers: Sequence[Sequence[str]], top: int | None
) -> TopicProviders:
    """Return the row of a topic, given the providers of each of its articles that has any."""
    counts = Counter(provider for providers in publishers for provider in providers)
    found = ranked(counts)
    return TopicProviders(
        iri=topic,
        label=label_of(network, topic),
        providers=len(counts),
        articles=len(publishers),
        effective_providers=rounded(effective_number([count for _, count in found])) if found else None,
        top_providers=tuple(ProviderCount(iri, label_of(network, iri), count) for iri, count in found[:top]),
    )


def effective_number(counts: Sequence[float]) -> float:
    """Return the Hill number of order 1 of counts or shares above zero: the exponential of Shannon's entropy."""
    total = sum(counts)
    return math.exp(-math.fsum(count / total * math.log(count / total) for count in counts))


def articles_below(
    topics: Sequence[str], narrower: Mapping[str, Sequence[str]], stated: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """Return for each topic the number of articles about it or about a topic below it, each counted once."""
    return {
        topic: len({article for lower in _below(topic, narrower) for article in stated.get(lower, ())})
        for topic in topics
    }


def _below(topic: str, narrower: Mapping[str, Sequence[str]]) -> set[str]:
    """Return a topic and all topics below it; the hierarchy may have circles."""
    seen = {topic}
    waiting = [topic]
    while waiting:
        for lower in narrower.get(waiting.pop(), ()):
            if lower not in seen:
                seen.add(lower)
                waiting.append(lower)
    return seen
