"""What differs between two graphs: records that were added, removed, changed, or got another IRI."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from graph.knowledge import KnowledgeGraph
from graph.pairs import by_key
from graph.records import Article, Record
from graph.urls import match_key
from graph.views import to_ntriples
from graph.vocabulary import KINDS, VOCABULARY

_LABELS = {kind: {row.name: row.label for row in rows} for kind, rows in VOCABULARY.items()}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between an old graph and a new one."""

    change: str
    """`added`, `removed`, `renamed` (it has another IRI) or `changed`."""
    kind: str
    """`article`, `provider`, `topic` or `person`."""
    iri: str
    """Its IRI in the new graph, or in the old one if it was removed."""
    label: str
    """Its label there."""
    field: str | None
    """The field that differs, as readers see it, such as `Topics`; `None` for the whole record."""
    before: str | None
    """The old value; for a list what was removed from it; for a renamed record the old IRI."""
    after: str | None
    """The new value; for a list what was added to it."""


def differences(old: KnowledgeGraph, new: KnowledgeGraph) -> tuple[Difference, ...]:
    """Return what differs between two graphs, by kind, IRI and field.

    An article that has another IRI but was read from the same document, or has an address in common, or else the same
    title, date and excerpt, was renamed, if no other one was; it is compared with what it was, and so are relations to
    it. Values of relations are given by label.
    Linear in the records.
    """
    renamed = _renamed(old.articles, new.articles)
    found: list[Difference] = []
    for kind in ("articles", "providers", "topics", "people"):
        before: Mapping[str, Record] = getattr(old, kind)
        after: Mapping[str, Record] = getattr(new, kind)
        found += _of_kind(before, after, renamed, _ValueNames(old, new, renamed))
    return tuple(found)


def rdf_patch(old: KnowledgeGraph, new: KnowledgeGraph) -> Iterator[str]:
    """Yield the difference between two graphs as the lines of an RDF Patch: triples deleted (`D`) and added (`A`).

    Source: "RDF Patch", Seaborne, as read by Apache Jena. Memory is linear in the triples.
    """
    before, after = (
        {line for lines in to_ntriples(knowledge.truth) for line in lines.rstrip("\n").split("\n")}
        for knowledge in (old, new)
    )
    yield "TX .\n"
    for letter, lines in (("D", before - after), ("A", after - before)):
        yield from (f"{letter} {line}\n" for line in sorted(lines))
    yield "TC .\n"


def _of_kind(
    before: Mapping[str, Record], after: Mapping[str, Record], renamed: Mapping[str, str], labels: _ValueNames
) -> Iterator[Difference]:
    earlier = {new: old for old, new in renamed.items() if new in after}
    for iri in sorted({*after, *(iri for iri in before if iri not in renamed)}):
        old, new = before.get(earlier.get(iri, iri)), after.get(iri)
        if (one := new or old) is None:
            continue
        kind = KINDS[type(one)][0]
        if old is None or new is None:
            yield Difference("removed" if new is None else "added", kind, iri, one.label, None, None, None)
            continue
        if old.iri != new.iri:
            yield Difference("renamed", kind, iri, new.label, None, old.iri, new.iri)
        for field, was, now in _changes(old, new, labels):
            yield Difference("changed", kind, iri, new.label, field, was, now)


def _changes(old: Record, new: Record, labels: _ValueNames) -> Iterator[tuple[str, str | None, str | None]]:
    names = _LABELS.get(type(new), {})
    for field in fields(new):
        was, now = getattr(old, field.name), getattr(new, field.name)
        if field.name == "iri" or was == now:
            continue
        if isinstance(now, Mapping):
            for name in sorted({*was, *now}):
                if (pair := labels.pair(was.get(name), now.get(name))) is not None:
                    yield name, *pair
            continue
        if (pair := labels.pair(was, now)) is not None:
            yield names.get(field.name, field.name.replace("_", " ").capitalize()), *pair


class _ValueNames:
    """What readers call the values of fields."""

    def __init__(self, old: KnowledgeGraph, new: KnowledgeGraph, renamed: Mapping[str, str]) -> None:
        self._old, self._new, self._renamed = old, new, renamed

    def pair(self, was: Any, now: Any) -> tuple[str | None, str | None] | None:  # noqa: ANN401 - any field's value
        """Return the old and the new value as text; `None` if they differ only by IRIs that were renamed."""
        if isinstance(was, tuple | None) and isinstance(now, tuple | None) and (was or now):
            before = {self._renamed.get(item, item): item for item in was or ()}
            after = dict.fromkeys(now or ())
            gone = [self._of(self._old, item) for key, item in before.items() if key not in after]
            come = [self._of(self._new, item) for item in after if item not in before]
            is_moved = not gone and not come
            if is_moved and list(before) == list(after):
                return None
            return ("in another order", "") if is_moved else ("; ".join(gone) or None, "; ".join(come) or None)
        if self._renamed.get(was, was) == now if isinstance(was, str) else was == now:
            return None
        return (None if was is None else self._of(self._old, was), None if now is None else self._of(self._new, now))

    @staticmethod
    def _of(knowledge: KnowledgeGraph, value: object) -> str:
        if isinstance(value, str):
            for records in (knowledge.articles, knowledge.topics, knowledge.people, knowledge.providers):
                if value in records:
                    return records[value].label
        return str(value)


def _renamed(old: Mapping[str, Article], new: Mapping[str, Article]) -> Mapping[str, str]:
    """Return the new IRI of each article that has another one, if it is clear which."""
    removed = {iri: article for iri, article in old.items() if iri not in new}
    added = {iri: article for iri, article in new.items() if iri not in old}
    renamed: dict[str, str] = {}
    for names in (_names_of, _words_of):
        renamed |= _matched(removed, added, names)
        removed = {iri: article for iri, article in removed.items() if iri not in renamed}
        added = {iri: added[iri] for iri in added.keys() - renamed.values()}
    return renamed


def _matched(
    removed: Mapping[str, Article], added: Mapping[str, Article], names_of: Callable[[Article], Iterator[str]]
) -> dict[str, str]:
    """Return the added article of each removed one, if they have names in common with each other alone. Linear."""
    named = {iri: frozenset(names_of(article)) for iri, article in (*removed.items(), *added.items())}
    before, after = (by_key((name, iri) for iri in some for name in named[iri]) for some in (removed, added))

    def only(iri: str, others: Mapping[str, Sequence[str]]) -> str | None:
        found: set[str] = set()
        for name in named[iri]:
            if len(some := others.get(name, ())) > 1:
                return None
            found.update(some)
        return found.pop() if len(found) == 1 else None

    meant = ((iri, only(iri, after)) for iri in removed)
    return {iri: new for iri, new in meant if new is not None and only(new, before) == iri}


def _names_of(article: Article) -> Iterator[str]:
    """Yield what an article may be recognised by: keys of its addresses, and its documents if it is their only one."""
    for address in (article.iri, article.url, *article.aliases, *article.amp_urls):
        if address:
            yield match_key(address)
    if not article.stub:
        yield from (f"\0{path}" for path in article.sources)


def _words_of(article: Article) -> Iterator[str]:
    """Yield the title, day and excerpt of an article, by which it may be recognised if its document was moved."""
    if article.excerpt and not article.stub:
        yield "\0".join((article.label, article.published_at or "", article.excerpt))
