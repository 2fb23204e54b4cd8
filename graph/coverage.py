"""How much of the documents made it into the truth: titles and dates found, links that lead somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from graph.pairs import ranked
from graph.records import Article, Record
from graph.truth import Truth
from graph.views import relations_of
from graph.vocabulary import Vocabulary

_MOST_NAMED = 10
_REFUSED = ("ambiguous-", "invalid-", "nameless-", "nested-", "not-", "too-deep", "too-long", "unclosed-")
"""How the kinds of problems begin that mean that a value was not understood."""

FIELDS = ("title", "date", "provider", "topics", "authors", "excerpt", "relations", "address")
"""What a document can have, in the order of display."""

LINKS = ("resolved", "outside", "broken")
"""Where a link can lead, in the order of display."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many documents have a title, a date and so on, how many links lead somewhere, and what was not understood."""

    documents: int
    """Articles with a document; stubs are not counted."""
    title: int
    """Of these, those with a stated title; the others are named after their address or file."""
    date: int
    """Those with a time or day of publication, or of an event."""
    provider: int
    """Those with a publisher."""
    topics: int
    """Those with a stated topic."""
    authors: int
    """Those with an author."""
    excerpt: int
    """Those with a summary."""
    relations: int
    """Those with a relation to or from another node: as related, as a part, or by a link."""
    address: int
    """Those with an address."""
    links: int
    """Links in texts and link fields."""
    resolved: int
    """Of these, those that lead to a node."""
    outside: int
    """Those that lead out of the graph."""
    broken: int
    """Those that lead nowhere; for the remaining links this is unknown."""
    not_understood: tuple[tuple[str, int], ...]
    """The ten commonest unknown fields (`field NAME`) and refused values (the kind of the problem), with numbers."""


class Covered(msgspec.Struct, frozen=True):
    """What the documents of some articles have."""

    documents: set[str]
    """IRIs of the articles with a document."""
    tied: set[str]
    """IRIs of the nodes that `tied_nodes` returns."""
    counts: Counter[str]
    """Documents that have a `date`, a `provider` and so on, by the name of the field of `Coverage`."""

    @classmethod
    def of(cls, truth: Truth) -> Covered:
        """Count what the articles of a truth have. Linear in articles and relations; each record is read once."""
        documents: set[str] = set()
        tied: set[str] = set()
        counts: Counter[str] = Counter()
        tying = _tying(truth.vocabulary)
        for record in truth.records():
            tied.update(_tied_by(record, tying))
            if isinstance(record, Article) and not record.stub:
                documents.add(record.iri)
                counts["date"] += bool(record.published_at or record.starts_at)
                counts["provider"] += record.provider is not None
                counts["topics"] += bool(record.topics)
                counts["authors"] += bool(record.authors)
                counts["excerpt"] += bool(record.excerpt)
                counts["address"] += record.url is not None
        return cls(documents, tied, counts)

    def merged(self, other: Covered) -> Covered:
        """Return what the articles of both have."""
        return Covered(self.documents | other.documents, self.tied | other.tied, self.counts + other.counts)

    def coverage(self, truth: Truth, problems: Mapping[str, int]) -> Coverage:
        """Return the coverage of a truth whose articles are these; `problems` counts its problems by kind."""
        not_understood = Counter({f"field {name}": count for name, count in truth.unmapped})
        not_understood.update({kind: count for kind, count in problems.items() if kind.startswith(_REFUSED)})
        counts = self.counts
        return Coverage(
            documents=len(self.documents),
            title=len(self.documents) - truth.untitled,
            date=counts["date"],
            provider=counts["provider"],
            topics=counts["topics"],
            authors=counts["authors"],
            excerpt=counts["excerpt"],
            relations=len(self.documents & self.tied),
            address=counts["address"],
            links=truth.link_counts.stated,
            resolved=truth.link_counts.resolved,
            outside=truth.link_counts.outside,
            broken=truth.link_counts.broken,
            not_understood=ranked(not_understood)[:_MOST_NAMED],
        )


def coverage_of(truth: Truth) -> Coverage:
    """Return the coverage of a truth. Linear in articles and relations."""
    return Covered.of(truth).coverage(truth, Counter(problem.kind for problem in truth.problems))


def tied_nodes(truth: Truth) -> set[str]:
    """Return the nodes that a relation such as a link, a part or a related article leads to or from."""
    tying = _tying(truth.vocabulary)
    return {iri for record in truth.records() for iri in _tied_by(record, tying)}


def _tying(vocabulary: Vocabulary) -> set[str]:
    return {"links", "part", "related", *(row.name for row in vocabulary.relations if row.target == "article")}


def _tied_by(record: Record, tying: Container[str]) -> Iterator[str]:
    """Yield both ends of the relations of a record that are among `tying`."""
    for name, targets in relations_of(record):
        if name in tying:
            yield record.iri
            yield from targets


def percent(part: int, whole: int) -> str:
    """Return a percentage such as `99.6`, rounded down, so that `100.0` means all; `-` if the whole is 0."""
    return f"{part * 1000 // whole / 10:.1f}" if whole else "-"
