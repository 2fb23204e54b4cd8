"""The truth: statements about the same thing are found, merged and named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import merge
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias, TypeVar

from msgspec import structs

from graph.errors import Problem
from graph.evidence import EvidenceTable, EvidenceWriter
from graph.names import DEFAULT_BASE
from graph.reading import Reading
from graph.reading.spool import rewritten
from graph.records import Article, Collection, Derivation, Image, Person, Provider, Record, Topic
from graph.shelves import by_iri, picked
from graph.statements import StatedArticle, StatedCollection, Statement
from graph.truth.articles import gather_articles
from graph.truth.concepts import collections_of
from graph.truth.links import LinkCounts, Links
from graph.truth.mention_memory import MentionMemory
from graph.truth.merging import merge_articles, prose_of, topics_stated_by
from graph.truth.name_uses import count_names, settle_names
from graph.truth.pages import PlacedPage, names_pages, pages_of
from graph.truth.patterns import Followed, learnt_places, movable_pages
from graph.truth.people import People
from graph.truth.pictures import Pictures
from graph.truth.places import settle_places, with_place
from graph.truth.providers import NamedProviders
from graph.truth.topics import Topics
from graph.vocabulary import NO_VOCABULARY, Vocabulary

__all__ = ["Keep", "Truth", "establish", "held"]

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Truth:
    """All records, each once; they name each other by IRI. Nothing changes them afterwards."""

    base: str
    """What minted IRIs begin with; ends in `/`."""
    title: str
    """What the site is called."""
    articles: Mapping[str, Article]
    """By IRI, sorted; so are all that follow."""
    providers: Mapping[str, Provider]
    """Organisations that publish."""
    topics: Mapping[str, Topic]
    """Concepts that articles are about."""
    people: Mapping[str, Person]
    """Authors and people described."""
    images: Mapping[str, Image]
    """Pictures of all of them."""
    problems: tuple[Problem, ...]
    """Faults of the content, sorted by place."""
    files: int
    """Documents read."""
    unmapped: tuple[tuple[str, int], ...] = ()
    """Fields that are not in the vocabulary, with the number of records that have them."""
    passed_over: tuple[tuple[str, int], ...] = ()
    """Files that were not read, by ending if their kind is not read, otherwise by reason."""
    untitled: int = 0
    """Articles with a document but without a stated title."""
    link_counts: LinkCounts = field(default_factory=LinkCounts)
    """How many links there are, and where they lead."""
    derivations: Mapping[str, Derivation] = field(default_factory=dict)
    """What is said about the sources that articles are based on, by IRI, sorted; not nodes."""
    collections: Mapping[str, Collection] = field(default_factory=dict)
    """Folders with an index that lists their contents, by IRI, sorted; not nodes."""
    evidence: EvidenceTable = field(default_factory=lambda: EvidenceWriter().table())
    """Where each relation is stated."""
    vocabulary: Vocabulary = NO_VOCABULARY
    """The relations and literals that the site adds."""

    def records(self) -> Iterator[Record]:
        """Yield all records: articles, providers, topics and people, each sorted by IRI."""
        return chain.from_iterable(kind.values() for kind in (self.articles, self.providers, self.topics, self.people))


Keep: TypeAlias = Callable[[str, Iterable[Any], int], Mapping[str, Any]]
"""Returns records by IRI, given the name of their attribute of `Truth`, the records, sorted, and their number."""


def held(_: str, records: Iterable[Any], _many: int) -> dict[str, Any]:
    """Return records by IRI, in memory."""
    return by_iri(records)


def establish(
    reading: Reading, *, published_only: bool = False, mention_memory: MentionMemory | None = None, keep: Keep = held
) -> Truth:
    """Merge what was read into one truth, which does not depend on the order of reading.

    `published_only` leaves out unpublished articles, and whatever only they name. `mention_memory` may know what was
    found in texts before. `keep` keeps articles and pictures, of which there may be very many. Statements that nothing
    else holds are freed as they are merged. Linear in the number of statements, apart from sorting.
    """
    base = reading.base if reading.base != DEFAULT_BASE else ""
    pages = sorted(pages_of(enumerate(reading.statements)), key=itemgetter(0, 1, 2))
    movable = movable_pages(pages, base, reading.hosts)
    if movable is not None:
        patterns = Followed.by(reading.statements, movable, base).patterns()
        pages = [page.at(learnt_places(page, patterns, base)) for page in pages] if patterns else pages
    statements, taken, is_linking = _with_places(reading.statements, pages)
    if not is_linking:
        pages = []  # which nothing will look up
    reading = structs.replace(reading, statements=())
    topics, people, named = records_in(statements, reading)
    gathered, known = gather_articles(statements, reading.base, published_only=published_only)
    count_names(gathered, topics, people, named)
    providers = settle_names(topics, people, named, nests=reading.nests)
    finder = topics.finder()
    mentions = finder.find(
        ((same.iri, prose_of(same), topics_stated_by(same, topics).values()) for same in gathered), mention_memory
    )
    pictures = Pictures()
    evidence = EvidenceWriter()
    links = Links(reading, known, pages, evidence)
    linking_at = [
        number for number, one in enumerate(statements) if one.links or isinstance(one.subject, StatedCollection)
    ]
    statements = picked(statements, linking_at)
    many = len(gathered)
    merged = merge_articles(
        *(_emptied(gathered), mentions, links, topics, people, providers, pictures),
        keep=lambda articles: keep("articles", articles, many),
    )
    del gathered, mentions, finder  # keys and occurrences take much memory
    found_people = people.records(topics, providers, pictures)
    found_providers, found_topics = providers.records(pictures), topics.records(pictures)
    sources = {
        record.iri: record.sources
        for records in (found_topics, found_providers, found_people)
        for record in records.values()
    }
    links.prepare(statements, sources)
    from_each: dict[str, list[int]] = {}
    for number, statement in enumerate(statements):
        iri = links.leading_from(statement) if statement.links else None
        if iri is not None:
            from_each.setdefault(iri, []).append(number)

    def linking(iri: str) -> Sequence[Statement]:
        numbers = from_each.get(iri)
        return picked(statements, numbers) if numbers else ()

    articles, missing = merged.articles, links.wanted()
    if from_each or missing:
        linked = (_linked(record, links, linking) for iri, record in articles.items() if iri not in missing)
        stubs = sorted(missing.values(), key=attrgetter("iri"))
        articles = keep("articles", merge(linked, stubs, key=attrgetter("iri")), len(articles) + len(stubs))
    found_providers = with_links(found_providers, links, linking)
    found_topics = with_links(found_topics, links, linking)
    found_people = with_links(found_people, links, linking)
    images = pictures.records()
    folders = collections_of(statements, links, reading.base, reading.title)
    return Truth(
        base=reading.base,
        title=reading.title,
        articles=articles,
        providers=found_providers,
        topics=found_topics,
        people=found_people,
        derivations=merged.derivations,
        collections=folders,
        images=keep("images", images.values(), len(images)),
        problems=tuple(sorted({*reading.problems, *taken, *merged.problems, *links.problems, *providers.problems()})),
        files=reading.files,
        link_counts=links.counts,
        evidence=evidence.table(),
        unmapped=reading.unmapped,
        passed_over=reading.passed_over,
        untitled=merged.untitled,
        vocabulary=reading.vocabulary,
    )


def _with_places(
    statements: Sequence[Statement], pages: Sequence[PlacedPage]
) -> tuple[Sequence[Statement], Sequence[Problem], bool]:
    """Return statements with the addresses of their pages, the problems of these, and whether any may name a page."""
    owners, taken = settle_places(pages)
    placed = {page.token: page.page.places for page in pages}
    is_linking = False

    def placing() -> Iterator[Statement]:
        nonlocal is_linking
        for number, statement in enumerate(statements):
            is_linking = is_linking or names_pages(statement)
            yield with_place(statement, number, placed.get(number, ()), owners)

    return rewritten(statements, placing()), taken, is_linking


def _emptied(items: Sequence[_Item]) -> Iterator[_Item]:
    """Yield the items of a list, removing each; those of a file stay there."""
    if not isinstance(items, list):
        yield from items
        return
    items.reverse()
    while items:
        yield items.pop()


def records_in(statements: Iterable[Statement], reading: Reading) -> tuple[Topics, People, NamedProviders]:
    """Return topics, people and providers with the records of each; no name is counted yet."""
    topics, people = Topics(reading.base), People(reading.base)
    named = NamedProviders(reading.base, reading.platforms)
    for statement in statements:
        if not isinstance(statement.subject, StatedArticle):
            topics.describe(statement)
            people.describe(statement)
            named.describe(statement)
    topics.settle()
    people.settle()
    return topics, people, named


_AnyRecord = TypeVar("_AnyRecord", Article, Provider, Topic, Person)


def with_links(
    records: Mapping[str, _AnyRecord], links: Links, linking: Callable[[str], Sequence[Statement] | None]
) -> Mapping[str, _AnyRecord]:
    """Return the records with the links of the documents that they were read from, which `linking` returns."""
    return {iri: _linked(record, links, linking) for iri, record in records.items()}


def _linked(record: _AnyRecord, links: Links, linking: Callable[[str], Sequence[Statement] | None]) -> _AnyRecord:
    statements = linking(record.iri)
    if not statements:
        return record
    found = links.of(record.iri, statements)
    linked = replace(record, links=found.links, cites=found.cites) if found.links or found.cites else record
    if found.relations and isinstance(record, Article):
        linked = replace(linked, relations=dict(sorted({**record.relations, **found.relations}.items())))
    return linked
