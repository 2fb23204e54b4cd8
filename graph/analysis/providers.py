"""What each provider publishes: how much, when, about what, how specialised and how diverse it is.

Sources: J. Lin (1991), Divergence Measures Based on the Shannon Entropy, IEEE Transactions on Information Theory 37(1):
the Kullback-Leibler divergence, made symmetric and bounded; E. H. Simpson (1949), Measurement of Diversity, Nature 163;
P. S. Florence (1939), Report on the Location of Industry, for the location quotient.
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
    of_network,
    sources_by_target,
    targets_by_source,
)
from graph.analysis.topics import effective_number
from graph.structure.rounding import rounded
from graph.structure.typicality import FEWEST, Mix, evidence, lift, mix_of

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
    effective_topics: float | None
    """The number of equally frequent topics with the same diversity (Shannon); `None` if its articles state none."""
    simpson: float | None
    """How probably two topics of its articles, drawn at random, differ (Gini-Simpson index); `None` without topics."""


@dataclass(frozen=True, slots=True)
class ProviderTopic:
    """How much a provider writes about a topic, compared with all providers."""

    provider: str
    """The provider."""
    provider_label: str
    """Its label."""
    topic: str
    """The topic."""
    topic_label: str
    """Its label."""
    articles: int
    """Articles that the provider published about the topic."""
    share: float
    """These as a share of its articles that state any topic, from 0 to 1."""
    location_quotient: float
    """The share as a multiple of the topic's share in all articles; 1 is the same share."""
    evidence: float
    """How certainly that is not chance (log-likelihood ratio); negative if the share is lower."""


@of_network
def provider_profiles(
    network: Network, limit: int | None = None, *, top: int | None = 3
) -> tuple[ProviderProfile, ...]:
    """Return a profile of every provider, the one with most articles first; equals by IRI.

    Each row names up to `top` frequent and `top` typical topics (`None`: all). Stubs and unpublished articles count
    like any other. Specialisation is the Jensen-Shannon divergence, in bits, between the topics of the provider and
    those of all articles. Each article has the same weight, divided among its topics, and one average article is added
    to each provider. Of the same shares, but without this article, are `effective_topics`, the exponential of Shannon's
    entropy, and `simpson`, 1 - Σ share². Linear in the links of articles to topics and providers.
    """
    topics = targets_by_source(network, "about")
    everywhere = mix_of(topics, topics)
    common = _shares(topics, topics)
    published = sources_by_target(network, "publisher")
    rows = []
    for provider in nodes_of_kind(network, "provider"):
        articles = published.get(provider, [])
        mix = mix_of(articles, topics)
        shares = _shares(articles, topics)
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
                specialisation=_specialisation(mix, shares, common),
                effective_topics=rounded(effective_number([*shares.values()])) if shares else None,
                simpson=rounded(max(0.0, 1 - math.fsum(share**2 for share in shares.values()))) if shares else None,
            )
        )
    rows.sort(key=lambda row: (-row.articles, row.iri))
    return first_rows(rows, limit)


@of_network
def provider_topics(network: Network, limit: int | None = None) -> tuple[ProviderTopic, ...]:
    """Return what each provider writes about, and how much more than others, those of most evidence first.

    The location quotient is the topic's share of a provider's articles, divided by its share of all articles, among
    articles that state any topic. What only one article of a provider is about proves little and comes last. Equals are
    sorted by articles and IRIs. Stubs and unpublished articles count like any other. Linear in the links of articles to
    topics and providers.
    """
    topics = targets_by_source(network, "about")
    everywhere = mix_of(topics, topics)
    rows = []
    for provider, articles in sources_by_target(network, "publisher").items():
        mix = mix_of(articles, topics)
        for topic, count in mix.counts.items():
            table = (count, mix.articles, everywhere.counts[topic], everywhere.articles)
            rows.append(
                ProviderTopic(
                    provider=provider,
                    provider_label=label_of(network, provider),
                    topic=topic,
                    topic_label=label_of(network, topic),
                    articles=count,
                    share=rounded(count / mix.articles),
                    location_quotient=rounded(lift(*table)),
                    evidence=rounded(evidence(*table)),
                )
            )
    rows.sort(key=lambda row: (row.articles < FEWEST, -row.evidence, -row.articles, row.provider, row.topic))
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
