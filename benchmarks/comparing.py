"""Compares what a build has with what its documents say, field by field: stated, read, agreeing."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from graph import KnowledgeGraph
from graph.records import Record

__all__ = ["FIELDS", "Expected", "Score", "compare", "exact", "page_of", "words_of"]

FIELDS = (
    "documents",
    "title",
    "date",
    "authors",
    "topics",
    "provider",
    "address",
    "related",
    "links",
    "outside links",
    "broken links",
)
"""What is compared, in order."""

_NO_WORD = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a careful reader finds in one document; links are sets, without links to the document itself."""

    path: str
    """Relative to the source."""
    title: str | None = None
    """Plain text; `None` where it is not compared."""
    day: str | None = None
    """The day of publication, ISO 8601."""
    authors: tuple[str, ...] = ()
    """Names of its authors."""
    topics: tuple[str, ...] = ()
    """Labels of its topics."""
    provider: str | None = None
    """What its publisher is called."""
    address: str | None = None
    """Where its site publishes it."""
    related: tuple[str, ...] = ()
    """Paths of the documents that it is stated to be related to, or to consist of."""
    links: tuple[str, ...] = ()
    """Paths of the documents that its text and link fields lead to."""
    outside: tuple[str, ...] | None = ()
    """Addresses elsewhere that they lead to; `None` where these are not compared."""
    broken: tuple[int, ...] | None = ()
    """Lines with a link that leads nowhere; `None` where these are not compared."""
    is_article: bool = True
    """Whether it is an article; of anything else only relations are compared."""


@dataclass(frozen=True, slots=True)
class Score:
    """How what was read agrees with what is stated."""

    stated: int
    """How many the documents say."""
    read: int
    """How many the build has."""
    agree: int
    """How many are in both."""


def compare(
    knowledge: KnowledgeGraph, expected: Sequence[Expected], spelling: Callable[[str], str]
) -> Mapping[str, Score]:
    """Return for each of `FIELDS` how a build agrees with what is expected of its documents.

    Names and titles agree where `spelling` makes them equal, addresses where `page_of` does. Relations are compared
    between records, as two documents may be one article. Linear in documents and relations.
    """
    records = _by_path(knowledge)
    wanted: dict[str, set[tuple[str, object]]] = {field: set() for field in FIELDS}
    found: dict[str, set[tuple[str, object]]] = {field: set() for field in FIELDS}
    wanted["documents"] = {(item.path, "") for item in expected if item.is_article}
    found["documents"] = {(path, "") for article in knowledge.articles.values() for path in article.sources}
    for item in (item for item in expected if item.is_article):
        for field, values in _stated_values(item, spelling).items():
            wanted[field].update((item.path, value) for value in values)
        for field, values in _read_values(knowledge, records.get(item.path), item, spelling).items():
            found[field].update((item.path, value) for value in values)
    for item in expected:
        start = _iri(records, item.path)
        for field, paths in (("related", item.related), ("links", item.links)):
            ends = {_iri(records, path) for path in paths}
            wanted[field].update((start, end) for end in ends - {start})
    for record in {record.iri: record for record in records.values()}.values():
        for name, field in (("related", "related"), ("parts", "related"), ("links", "links")):
            ends = {iri for iri in getattr(record, name, ()) if _sources(knowledge, iri)}
            found[field].update((record.iri, end) for end in ends)
    lines = {item.path: item.broken for item in expected if item.broken is not None}
    wanted["broken links"] = {(path, line) for path, broken in lines.items() for line in broken}
    for problem in knowledge.problems:
        if problem.kind == "broken-link" and problem.path in lines:
            # A link in HTML may be reported without its line.
            line = problem.line or next(iter(lines[problem.path]), 0)
            found["broken links"].add((problem.path, line))
    return {field: Score(len(wanted[field]), len(found[field]), len(wanted[field] & found[field])) for field in FIELDS}


def exact(text: str) -> str:
    """Return a text as it is."""
    return text


def words_of(text: str) -> str:
    """Return the words of a text in lower case: a title in anyone's typography, or with entities, is the same."""
    return _NO_WORD.sub(" ", html.unescape(text).casefold()).strip()


def page_of(url: str) -> str:
    """Return a form of an address that is equal for all spellings of one page, with the query, without the fragment."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path).removesuffix("index.html").rstrip("/").lower()
    return f"{host}{path}?{parts.query}" if parts.query else f"{host}{path}"


def _stated_values(item: Expected, spelling: Callable[[str], str]) -> Mapping[str, Iterable[object]]:
    return {
        "title": [spelling(item.title)] if item.title else [],
        "date": [item.day] if item.day else [],
        "authors": map(spelling, item.authors),
        "topics": map(spelling, item.topics),
        "provider": [spelling(item.provider)] if item.provider else [],
        "address": [page_of(item.address)] if item.address else [],
        "outside links": map(page_of, item.outside or ()),
    }


def _read_values(
    knowledge: KnowledgeGraph, record: Record | None, item: Expected, spelling: Callable[[str], str]
) -> Mapping[str, Iterable[object]]:
    article = knowledge.articles.get(record.iri) if record else None
    if article is None:
        return {}
    provider = knowledge.providers[article.provider].label if article.provider else ""
    day = (article.published_at or article.starts_at or "")[:10]
    # A page elsewhere that another document describes as related is a node, and linked to rather than cited.
    linked = (knowledge.articles[iri] for iri in article.links if iri in knowledge.articles)
    outside = [*article.cites, *(other.url for other in linked if other.url and not other.sources)]
    return {
        "title": [spelling(article.label)] if item.title is not None else [],
        "date": [day] if day else [],
        "authors": [spelling(knowledge.people[iri].label) for iri in article.authors],
        "topics": [spelling(knowledge.topics[iri].label) for iri in article.topics],
        "provider": [spelling(provider)] if provider else [],
        "address": [page_of(article.url)] if article.url else [],
        "outside links": map(page_of, outside) if item.outside is not None else [],
    }


def _by_path(knowledge: KnowledgeGraph) -> dict[str, Record]:
    """Return the record that each document became; of several, the article."""
    kinds: tuple[Mapping[str, Record], ...] = (
        knowledge.articles,
        knowledge.people,
        knowledge.topics,
        knowledge.providers,
    )
    found: dict[str, Record] = {}
    for records in kinds:
        for record in records.values():
            for path in record.sources:
                found.setdefault(path, record)
    return found


def _iri(records: Mapping[str, Record], path: str) -> str:
    return records[path].iri if path in records else path


def _sources(knowledge: KnowledgeGraph, iri: str) -> tuple[str, ...]:
    for records in (knowledge.articles, knowledge.people, knowledge.topics, knowledge.providers):
        if iri in records:
            return records[iri].sources
    return ()
