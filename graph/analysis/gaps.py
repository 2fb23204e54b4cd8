"""What is missing: articles without ties to others, and articles without a document that others point to."""

from __future__ import annotations

from dataclasses import dataclass

from graph.analysis.relations import (
    Network,
    first_rows,
    is_stub,
    label_of,
    links,
    nodes_of_kind,
    targets_by_source,
    text_of,
)
from graph.vocabulary import POINTING

__all__ = ["Orphan", "WantedStub", "orphans", "wanted_stubs"]


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


def wanted_stubs(network: Network, limit: int | None = None) -> tuple[WantedStub, ...]:
    """Return the stubs that the most nodes point to, the most wanted first; equals by IRI.

    A node that points to a stub twice counts once. Stubs to which nothing points are left out. Unpublished articles
    count like any other. Linear in articles and links.
    """
    wanted: dict[str, int] = {}
    for _, target in links(network, *POINTING, "part"):
        if is_stub(network, target):
            wanted[target] = wanted.get(target, 0) + 1
    publishers = _provider_labels(network)
    return tuple(
        WantedStub(
            iri=article,
            label=label_of(network, article),
            wanted_by=wanted[article],
            published_at=text_of(network, article, "published_at"),
            provider=publishers.get(article),
        )
        for article in first_rows(sorted(wanted, key=lambda article: (-wanted[article], article)), limit)
    )


def _provider_labels(network: Network) -> dict[str, str]:
    return {article: label_of(network, provider) for article, provider in reversed(links(network, "publisher"))}
