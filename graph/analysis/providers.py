"""What each provider publishes: how much, when, about what, and how specialised it is.

Source: J. Lin (1991), Divergence Measures Based on the Shannon Entropy, IEEE Transactions on Information
Theory 37(1): the Kullback-Leibler divergence, made symmetric and bounded.
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
    nodes_of_kind,
    sources_by_target,
    targets_by_source,
)
from graph.structure.rounding import rounded
from graph.structure.typicality import Mix, mix_of

__all__ = ["ProviderProfile", "provider_profiles"]

CAUTION = 1.0
"""Articles with the topics of all articles that are added to each provider, so that one article proves little."""


@dataclass(frozen=True, slots=True)
class ProviderProfile:
    """A provider and what it publishes."""

    iri: str
    """The provider."""
    label: str
    """Its label."""
    articles: int
    """Articles it published."""
    stubs: int
    """How many of these have no document."""
    first: str | None
    """The publication date of the earliest."""
    last: str | None
    """The publication date of the latest."""
    topics: int
    """The number of topics that its articles state."""
    top_topics: tuple[TopicCount, ...]
    """Its most frequent topics."""
    typical_topics: tuple[TypicalTopic, ...]
    """Topics that are clearly more frequent in its articles than in all articles."""
    specialisation: float | None
    """From 0 (the topics of all articles) towards 1; `None` if its articles state no topic."""


def provider_profiles(
    network: Network, limit: int | None = None, *, top: int | None = 3
) -> tuple[ProviderProfile, ...]:
    """Return a profile of every provider, the one with most articles first; equals by IRI.

    Each row names up to `top` frequent and `top` typical topics (`None`: all). Stubs and unpublished articles count
    like any other. Specialisation is the Jensen-Shannon divergence, in bits, between the topics of the provider and
    those of all articles. Each article has the same weight, divided among its topics, and one average article is added
    to each provider. Linear in the links of articles to topics and providers.
    """
    topics = targets_by_source(network, "about")
    everywhere = mix_of(topics, topics)
    common = _shares(topics, topics)
    published = sources_by_target(network, "publisher")
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
    """Return the share of each topic in a group, which sum to 1; empty if no article states a topic."""
    attention: dict[str, float] = {}
    described = 0
    for article in articles:
        found = topics.get(article, ())
        described += bool(found)
        for topic in found:
            attention[topic] = attention.get(topic, 0.0) + 1 / len(found)
    return {topic: weight / described for topic, weight in attention.items()}


def _specialisation(mix: Mix, own: Mapping[str, float], common: Mapping[str, float]) -> float | None:
    """Return the divergence of the shares of a provider from the common ones; `None` if it has no shares."""
    if not mix.articles:
        return None
    trust = mix.articles / (mix.articles + CAUTION)
    blended = {topic: trust * share + (1 - trust) * common[topic] for topic, share in own.items()}
    # All topics that the provider never states diverge by the same factor, so one term covers them.
    rest = max(0.0, 1 - math.fsum(common[topic] for topic in own))
    terms = [*((blended[topic], common[topic]) for topic in own), ((1 - trust) * rest, rest)]
    return rounded(max(0.0, math.fsum(_divergence(mine, theirs) for mine, theirs in terms)))


def _divergence(mine: float, theirs: float) -> float:
    """Return the term of one topic in the Jensen-Shannon divergence, in bits."""
    middle = (mine + theirs) / 2
    return sum(share / 2 * math.log2(share / middle) for share in (mine, theirs) if share > 0)
