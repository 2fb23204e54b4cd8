"""What is missing: articles that stand alone, and articles everyone points to that no document backs."""

from __future__ import annotations

from dataclasses import dataclass

from graph.analysis.relations import (
    Network,
    first_rows,
    is_stub,
    label_of,
    links,
    nodes_of_kind,
    text_of,
    topics_by_article,
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
    """What its publisher is called."""
    topics: int
    """Topics it states: where to look for articles it could be related to."""
    stub: bool
    """Whether no document backs it."""


@dataclass(frozen=True, slots=True)
class WantedStub:
    """An article that others point to and no document backs."""

    iri: str
    """The article."""
    label: str
    """Its title, as those who point to it state it."""
    wanted_by: int
    """How many point to it: as related, by a link, or as an item of a collection."""
    published_at: str | None
    """When it was published."""
    provider: str | None
    """What its publisher is called."""


def orphans(network: Network, limit: int | None = None) -> tuple[Orphan, ...]:
    """Return articles that relate to none and that none relates to, the newest first, undated ones last; equals by IRI.

    An item of a collection is no orphan, nor is the collection, nor an article that links to any page of the site or
    that any page links to. Topics, provider and authors do not count as ties. Stubs and unpublished articles are listed
    if alone; stubs are marked. Linear in articles and links.
    """
    tied = {node for pair in links(network, *POINTING, "part") for node in pair}
    alone = [article for article in nodes_of_kind(network, "article") if article not in tied]
    alone.sort(key=lambda article: text_of(network, article, "published_at") or "", reverse=True)
    topics = topics_by_article(network)
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

    One that points to a stub twice counts once. Stubs nobody points to are left out; unpublished articles that point to
    one count like any other. Linear in articles and links.
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
    """Return what each article's publisher is called."""
    return {article: label_of(network, provider) for article, provider in reversed(links(network, "publisher"))}
