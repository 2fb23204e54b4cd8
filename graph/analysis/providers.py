"""Who publishes: how much, when, about what, and how special that is.

Source of the measure: J. Lin (1991), Divergence Measures Based on the Shannon Entropy, IEEE Transactions on Information
Theory 37(1). It is the Kullback-Leibler divergence made symmetric and bounded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.group_topics import TopicCount, TypicalTopic, top_topics, typical_topics
from graph.analysis.relations import (
    Network,
    date_range,
    first_rows,
    is_stub,
    label_of,
    links,
    nodes_of_kind,
    topics_by_article,
)
from graph.structure.rounding import rounded
from graph.structure.typicality import Mix, mix_of

__all__ = ["ProviderProfile", "provider_profiles"]

CAUTION = 1.0
"""Articles of the common mix that each provider is lent, so that a single article proves little."""


@dataclass(frozen=True, slots=True)
class ProviderProfile:
    """A provider and its work."""

    iri: str
    """The provider."""
    label: str
    """What it is called."""
    articles: int
    """Articles it published."""
    stubs: int
    """How many of these no document backs."""
    first: str | None
    """When the earliest was published."""
    last: str | None
    """When the latest was published."""
    topics: int
    """Different topics its articles state."""
    top_topics: tuple[TopicCount, ...]
    """Its most frequent topics."""
    typical_topics: tuple[TypicalTopic, ...]
    """Topics it has clearly more often than all providers together."""
    specialisation: float | None
    """From 0, where its topics mirror those of all articles, towards 1; `None` where its articles state no topic."""


def provider_profiles(
    network: Network, limit: int | None = None, *, top: int | None = 3
) -> tuple[ProviderProfile, ...]:
    """Return a profile of every provider, the busiest first; equals by IRI.

    Each row names up to `top` frequent and `top` typical topics (`None`: all). Stubs count as articles and are told
    apart; they seldom state topics. Unpublished articles count like any other. Specialisation is the Jensen-Shannon
    divergence, in bits, of the provider's topic mix from that of all articles; each article weighs the same, shared
    among its topics, and each provider is lent one article of the common mix. Linear in the links of articles to topics
    and providers.
    """
    topics = topics_by_article(network)
    everywhere = mix_of(topics, topics)
    common = _shares(topics, topics)
    published: dict[str, list[str]] = {}
    for article, provider in links(network, "publisher"):
        published.setdefault(provider, []).append(article)
    rows = []
    for provider in nodes_of_kind(network, "provider"):
        articles = published.get(provider, [])
        mix = mix_of(articles, topics)
        first, last = date_range(network, articles)
        rows.append(
            ProviderProfile(
                iri=provider,
                label=label_of(network, provider),
                articles=len(articles),
                stubs=sum(is_stub(network, article) for article in articles),
                first=first,
                last=last,
                topics=len(mix.counts),
                top_topics=top_topics(mix, network, top),
                typical_topics=typical_topics(mix, everywhere, network, top),
                specialisation=_specialisation(mix, _shares(articles, topics), common),
            )
        )
    rows.sort(key=lambda row: (-row.articles, row.iri))
    return first_rows(rows, limit)


def _shares(articles: Iterable[str], topics: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Return each topic's share of a group's attention, which sums to 1; empty where no article states a topic."""
    attention: dict[str, float] = {}
    described = 0
    for article in articles:
        found = topics.get(article, ())
        described += bool(found)
        for topic in found:
            attention[topic] = attention.get(topic, 0.0) + 1 / len(found)
    return {topic: weight / described for topic, weight in attention.items()}


def _specialisation(mix: Mix, own: Mapping[str, float], common: Mapping[str, float]) -> float | None:
    """Return the divergence of a provider's shares from the common ones, or `None` where it has none."""
    if not mix.articles:
        return None
    trust = mix.articles / (mix.articles + CAUTION)
    blended = {topic: trust * share + (1 - trust) * common[topic] for topic, share in own.items()}
    # Topics the provider never states all diverge by the same factor: one term stands for them, however many there are.
    rest = max(0.0, 1 - math.fsum(common[topic] for topic in own))
    terms = [*((blended[topic], common[topic]) for topic in own), ((1 - trust) * rest, rest)]
    return rounded(max(0.0, math.fsum(_divergence(mine, theirs) for mine, theirs in terms)))


def _divergence(mine: float, theirs: float) -> float:
    """Return one topic's part in the Jensen-Shannon divergence, in bits."""
    middle = (mine + theirs) / 2
    return sum(share / 2 * math.log2(share / middle) for share in (mine, theirs) if share > 0)
