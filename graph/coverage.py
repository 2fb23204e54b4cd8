"""How much of what people wrote is in the truth: documents with a title or a date, links that lead somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from graph.records import Person, Provider, Topic
from graph.truth import Truth

__all__ = ["FIELDS", "LINKS", "Coverage", "coverage_of", "percent"]

_MOST_NAMED = 10
_REFUSED = ("ambiguous-", "invalid-", "nameless-", "nested-", "not-", "too-deep", "too-long", "unclosed-")
"""How the kinds of those problems begin that say that a value was not understood."""

FIELDS = ("title", "date", "provider", "topics", "authors", "excerpt", "relations", "address")
"""What a document can have, in the order in which it is shown."""

LINKS = ("resolved", "outside", "broken")
"""What becomes of a link, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many documents have what a reader looks for, how many links lead somewhere, and what was not understood."""

    documents: int
    """Articles that a document backs; stubs are not counted."""
    title: int
    """Of these, those with a title of their own; the rest are called by their address or file name."""
    date: int
    """Those with a time or day of publication, or of the event they announce."""
    provider: int
    """Those whose publisher is known."""
    topics: int
    """Those with a topic stated."""
    authors: int
    """Those with an author."""
    excerpt: int
    """Those with a summary."""
    relations: int
    """Those that lead to another node or that another leads to: as related, as a part, or by a link."""
    address: int
    """Those with an address of their own."""
    links: int
    """Links in texts and link fields."""
    resolved: int
    """Of these, those that lead to a node."""
    outside: int
    """Those that lead out of the graph."""
    broken: int
    """Those that lead nowhere; the rest may lead somewhere, which cannot be told."""
    not_understood: tuple[tuple[str, int], ...]
    """The ten commonest of fields that mean nothing to the vocabulary and values that were refused: what, and number.

    A field is `field NAME`, a refused value the kind of the problem.
    """


def coverage_of(truth: Truth) -> Coverage:
    """Return how much of what documents say is in a truth. Linear in articles and relations."""
    documents = [article for article in truth.articles.values() if not article.stub]
    own = frozenset(row.name for row in truth.vocabulary.relations if row.target == "article")
    led_to = set(_led_to(truth, own))
    not_understood = Counter({f"field {name}": count for name, count in truth.unmapped})
    not_understood.update(problem.kind for problem in truth.problems if problem.kind.startswith(_REFUSED))
    return Coverage(
        documents=len(documents),
        title=len(documents) - truth.untitled,
        date=sum(bool(article.published_at or article.starts_at) for article in documents),
        provider=sum(article.provider is not None for article in documents),
        topics=sum(bool(article.topics) for article in documents),
        authors=sum(bool(article.authors) for article in documents),
        excerpt=sum(bool(article.excerpt) for article in documents),
        relations=sum(
            bool(article.related or article.parts or article.links)
            or not own.isdisjoint(article.relations)
            or article.iri in led_to
            for article in documents
        ),
        address=sum(article.url is not None for article in documents),
        links=truth.link_counts.stated,
        resolved=truth.link_counts.resolved,
        outside=truth.link_counts.outside,
        broken=truth.link_counts.broken,
        not_understood=tuple(sorted(not_understood.items(), key=lambda item: (-item[1], item[0]))[:_MOST_NAMED]),
    )


def percent(part: int, whole: int) -> str:
    """Return a share such as `99.6`, rounded down, so that only all of them are `100.0`; `-` of nothing."""
    return f"{part * 1000 // whole / 10:.1f}" if whole else "-"


def _led_to(truth: Truth, own: frozenset[str]) -> Iterator[str]:
    """Yield the IRI of every node that a relation between works or a link leads to, as often as one does."""
    for article in truth.articles.values():
        yield from article.related
        yield from article.parts
        yield from article.links
        for name in own.intersection(article.relations):
            yield from article.relations[name]
    records: Iterator[Provider | Topic | Person] = chain(
        truth.providers.values(), truth.topics.values(), truth.people.values()
    )
    for record in records:
        yield from record.links
