"""What is written about: articles and providers of each topic.

Source of `effective_providers`: M. O. Hill (1973), Diversity and Evenness: A Unifying Notation and Its Consequences,
Ecology 54(2); the number of order 1, which is the exponential of Shannon's entropy.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.relations import (
    Network,
    articles_by_topic,
    date_range,
    first_rows,
    label_of,
    links,
    nodes_of_kind,
)
from graph.structure.rounding import rounded

__all__ = ["ProviderCount", "TopicArticles", "TopicProviders", "articles_per_topic", "providers_per_topic"]


@dataclass(frozen=True, slots=True)
class TopicArticles:
    """A topic and what is written about it."""

    iri: str
    """The topic."""
    label: str
    """What it is called."""
    articles: int
    """Articles that state it as a topic."""
    share: float
    """These as a share of all articles that state any topic, from 0 to 1."""
    with_narrower: int
    """Articles about it or about a topic below it, each counted once."""
    mentioned_in: int
    """Articles whose text mentions it without stating it as a topic."""
    first: str | None
    """When the earliest of the articles about it was published."""
    last: str | None
    """When the latest of them was published."""


@dataclass(frozen=True, slots=True)
class ProviderCount:
    """A provider, and how many articles of a group it published."""

    iri: str
    """The provider."""
    label: str
    """What it is called."""
    articles: int
    """Articles of the group that it published."""

    def __str__(self) -> str:
        """Return the label with the count."""
        return f"{self.label} ({self.articles})"


@dataclass(frozen=True, slots=True)
class TopicProviders:
    """A topic and who publishes about it."""

    iri: str
    """The topic."""
    label: str
    """What it is called."""
    providers: int
    """Providers with an article about it."""
    articles: int
    """Articles about it whose provider is known."""
    effective_providers: float | None
    """How many equally busy providers would be as varied, 1 where one does it all; `None` where none is known."""
    top_providers: tuple[ProviderCount, ...]
    """The busiest providers, most articles first."""


def articles_per_topic(network: Network, limit: int | None = None) -> tuple[TopicArticles, ...]:
    """Return every topic with the number of articles about it, the most written about first; equals by IRI.

    Topics without articles are listed, with 0. Stubs and unpublished articles count like any other. Linear in the
    articles of each topic and of the topics below it.
    """
    stated = articles_by_topic(network)
    mentioned = articles_by_topic(network, "mentions")
    narrower = _narrower(network)
    described = len({article for articles in stated.values() for article in articles})
    rows = [
        TopicArticles(
            iri=topic,
            label=label_of(network, topic),
            articles=len(articles := stated.get(topic, [])),
            share=rounded(len(articles) / described) if described else 0.0,
            with_narrower=len(_union(stated, _below(topic, narrower))),
            mentioned_in=len(set(mentioned.get(topic, ())).difference(articles)),
            first=(dates := date_range(network, articles))[0],
            last=dates[1],
        )
        for topic in nodes_of_kind(network, "topic")
    ]
    rows.sort(key=lambda row: (-row.articles, row.iri))
    return first_rows(rows, limit)


def providers_per_topic(
    network: Network, limit: int | None = None, *, top: int | None = 5
) -> tuple[TopicProviders, ...]:
    """Return every topic with the number of providers that publish about it, the most first; equals by articles, IRI.

    Each row names the `top` busiest providers (`None`: all of them). Topics without providers are listed, with 0. Stubs
    and unpublished articles count like any other. Linear in the links of articles to topics and providers.
    """
    publishers: dict[str, list[str]] = {}
    for article, provider in links(network, "publisher"):
        publishers.setdefault(article, []).append(provider)
    stated = articles_by_topic(network)
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
    """Return a topic's row, given the providers of each of its articles that has any."""
    counts = Counter(provider for providers in publishers for provider in providers)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return TopicProviders(
        iri=topic,
        label=label_of(network, topic),
        providers=len(counts),
        articles=len(publishers),
        effective_providers=rounded(_effective_number([count for _, count in ranked])) if ranked else None,
        top_providers=tuple(ProviderCount(iri, label_of(network, iri), count) for iri, count in ranked[:top]),
    )


def _effective_number(counts: Sequence[int]) -> float:
    """Return Hill's number of order 1 of some counts above zero."""
    total = sum(counts)
    return math.exp(-math.fsum(count / total * math.log(count / total) for count in counts))


def _narrower(network: Network) -> dict[str, list[str]]:
    """Return the topics right below each topic that has any."""
    found: dict[str, list[str]] = {}
    for topic, above in links(network, "broader"):
        found.setdefault(above, []).append(topic)
    return found


def _below(topic: str, narrower: Mapping[str, Sequence[str]]) -> set[str]:
    """Return a topic with all topics below it; a circle in the hierarchy is walked once."""
    seen = {topic}
    waiting = [topic]
    while waiting:
        for lower in narrower.get(waiting.pop(), ()):
            if lower not in seen:
                seen.add(lower)
                waiting.append(lower)
    return seen


def _union(articles: Mapping[str, Sequence[str]], topics: Iterable[str]) -> set[str]:
    """Return the articles of any of the topics."""
    return {article for topic in topics for article in articles.get(topic, ())}
