"""What is missing: ties, links onward, documents that others point to, and articles about topics of interest."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.relations import (
    Network,
    between_articles,
    first_rows,
    is_stub,
    label_of,
    links,
    nodes_of_kind,
    of_network,
    publishers_of,
    sources_by_target,
    targets_by_source,
    text_of,
)
from graph.pairs import ranked_names
from graph.structure.rounding import rounded
from graph.structure.typicality import SIGNIFICANT
from graph.vocabulary import POINTING


@dataclass(frozen=True, slots=True)
class Orphan:
    """An article without ties to other articles."""

    iri: str
    """The article."""
    label: str
    """Its title."""
    type: str | None
    """The site's own type, such as `article` or `video`."""
    published_at: str | None
    """When it was published."""
    provider: str | None
    """The label of its publisher."""
    topics: int
    """The number of topics it states, which may lead to related articles."""
    stub: bool
    """Whether it has no document."""


@dataclass(frozen=True, slots=True)
class WantedStub:
    """An article without a document that others point to."""

    iri: str
    """The article."""
    label: str
    """Its title, as others state it."""
    wanted_by: int
    """How many nodes point to it: as related, by a link, or as an item of a collection."""
    published_at: str | None
    """When it was published."""
    provider: str | None
    """The label of its publisher."""


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """An article that others point to and that points to none."""

    iri: str
    """The article."""
    label: str
    """Its title."""
    pointed_to_by: int
    """Articles that name it as related or link to it."""
    type: str | None
    """The site's own type, such as `article` or `video`."""
    published_at: str | None
    """When it was published."""
    provider: str | None
    """The label of its publisher."""


@dataclass(frozen=True, slots=True)
class ThinTopic:
    """A topic with much interest and little coverage."""

    iri: str
    """The topic."""
    label: str
    """Its label."""
    articles: int
    """Articles about it, stubs excepted."""
    mentioned_in: int
    """Articles whose text mentions it without stating it as a topic."""
    wanted_stubs: int
    """Articles about it that others point to and that have no document."""
    times_expected: float
    """Mentions and wanted stubs, as a multiple of what a topic with so many articles has on average."""
    evidence: float
    """How certainly that is more than chance (log-likelihood ratio)."""


@of_network
def orphans(network: Network, limit: int | None = None) -> tuple[Orphan, ...]:
    """Return articles without ties to other articles, the newest first, undated ones last; equals by IRI.

    Ties are related articles, items of a collection, and links from or to any page of the site. Topics, providers and
    authors are not. Stubs and unpublished articles without ties are listed, too. Linear in articles and links.
    """
    tied = {node for pair in links(network, *POINTING, "part") for node in pair}
    alone = [article for article in nodes_of_kind(network, "article") if article not in tied]
    alone.sort(key=lambda article: text_of(network, article, "published_at") or "", reverse=True)
    topics = targets_by_source(network, "about")
    publishers = _provider_labels(network)
    return tuple(
        Orphan(
            iri=article,
            label=label_of(network, article),
            type=text_of(network, article, "type"),
            published_at=text_of(network, article, "published_at"),
            provider=publishers.get(article),
            topics=len(topics.get(article, ())),
            stub=is_stub(network, article),
        )
        for article in first_rows(alone, limit)
    )


@of_network
def wanted_stubs(network: Network, limit: int | None = None) -> tuple[WantedStub, ...]:
    """Return the stubs that the most nodes point to, the most wanted first; equals by IRI.

    A node that points to a stub twice counts once. Stubs to which nothing points are left out. Unpublished articles
    count like any other. Linear in articles and links.
    """
    wanted = Counter(target for _, target in links(network, *POINTING, "part") if is_stub(network, target))
    publishers = _provider_labels(network)
    return tuple(
        WantedStub(
            iri=article,
            label=label_of(network, article),
            wanted_by=wanted[article],
            published_at=text_of(network, article, "published_at"),
            provider=publishers.get(article),
        )
        for article in _most_first(wanted, limit)
    )


@of_network
def dead_ends(network: Network, limit: int | None = None) -> tuple[DeadEnd, ...]:
    """Return articles that others point to and that point to none, the most pointed to first; equals by IRI.

    Pointing is naming as related and linking; the parts of a collection lead on, too. Stubs are left out, because it is
    not known what they point to. Unpublished articles count like any other. Linear in articles and links.
    """
    leading = {source for source, _ in between_articles(network, *POINTING, "part")}
    pointed_to = Counter(
        target
        for _, target in between_articles(network, *POINTING)
        if target not in leading and not is_stub(network, target)
    )
    publishers = _provider_labels(network)
    return tuple(
        DeadEnd(
            iri=article,
            label=label_of(network, article),
            pointed_to_by=pointed_to[article],
            type=text_of(network, article, "type"),
            published_at=text_of(network, article, "published_at"),
            provider=publishers.get(article),
        )
        for article in _most_first(pointed_to, limit)
    )


@of_network
def thin_topics(network: Network, limit: int | None = None) -> tuple[ThinTopic, ...]:
    """Return topics that are talked about more than they are written about, the surest first; equals by IRI.

    Interest in a topic is the number of articles that only mention it, and of stubs about it that others point to. It
    is compared with what a topic with as many articles has on average; one article is added to each topic, so that
    those without an article have an expectation, too. `evidence` is the log-likelihood ratio of the two (Poisson);
    topics with less than 6.6, which chance alone exceeds once in a hundred times, are left out. Stubs do not count as
    articles about a topic; unpublished articles count like any other. Linear in articles and links.
    """
    stated = sources_by_target(network, "about")
    mentioned = sources_by_target(network, "mentions")
    wanted = {target for _, target in links(network, *POINTING, "part") if is_stub(network, target)}
    topics = nodes_of_kind(network, "topic")
    counts = {
        topic: (
            sum(not is_stub(network, article) for article in stated.get(topic, ())),
            len(set(mentioned.get(topic, ())).difference(stated.get(topic, ()))),
            len(wanted.intersection(stated.get(topic, ()))),
        )
        for topic in topics
    }
    interest = sum(mentions + stubs for _, mentions, stubs in counts.values())
    average = interest / (sum(articles + 1 for articles, _, _ in counts.values()) or 1)
    rows = []
    for topic, (articles, mentions, stubs) in counts.items():
        found, expected = mentions + stubs, average * (articles + 1)
        if found <= expected:
            continue
        evidence = rounded(2 * (found * math.log(found / expected) - found + expected))
        if evidence >= SIGNIFICANT:
            times = rounded(found / expected)
            rows.append(ThinTopic(topic, label_of(network, topic), articles, mentions, stubs, times, evidence))
    rows.sort(key=lambda row: (-row.evidence, row.iri))
    return first_rows(rows, limit)


def _provider_labels(network: Network) -> dict[str, str]:
    return {article: label_of(network, provider) for article, provider in publishers_of(network).items()}


def _most_first(counts: Mapping[str, int], limit: int | None) -> tuple[str, ...]:
    return first_rows(ranked_names(counts), limit)
