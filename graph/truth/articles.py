"""Which statements are about the same article: those that share an address, however it is spelled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from graph.errors import Problem
from graph.names import article_iri
from graph.statements import StatedArticle, Statement
from graph.truth.places import with_places
from graph.truth.unions import root_of, unite

__all__ = ["Gathered", "Occurrence", "Same", "apart_from_minted", "gather_articles"]


class Occurrence(NamedTuple):
    """One place where an article is described: its own document, or a stub in another."""

    is_stub: bool
    """Whether it is a stub in the document of another article."""
    place: tuple[str, int]
    """Path and line of the document."""
    stated: StatedArticle
    """The description."""
    document: Statement
    """The document that contains it."""


@dataclass(frozen=True, slots=True)
class Same:
    """One article and all its occurrences."""

    iri: str
    """The IRI of the article."""
    said: Sequence[Occurrence]
    """Best first."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """All articles, and the keys by which references find them."""

    articles: Sequence[Same]
    """Sorted by IRI."""
    by_key: Mapping[str, str]
    """The article's IRI for each `match_key`; absent for articles left out."""
    by_document: Mapping[str, str]
    """The article's IRI for each `Statement.document`."""
    left_out: frozenset[str]
    """Documents left out because their articles are unpublished."""
    problems: Sequence[Problem]
    """Addresses that two documents state as their own."""
    left_out_keys: frozenset[str] = frozenset()
    """`match_key` of each address of the articles left out."""


def gather_articles(statements: Sequence[Statement], base: str, *, published_only: bool) -> Gathered:
    """Find which statements are about the same article, and name each article.

    The name comes from the best statement: a document before a stub, then the fuller one, then the newer one, then the
    one whose path sorts first. Union-find over addresses, nearly linear.
    """
    statements, problems = with_places(statements)
    parents: dict[str, str] = {}
    everything = _all_said(statements)
    for one in everything:
        unite(parents, one.stated.keys)
    groups, nameless = _group(everything, parents)
    if published_only:
        hidden = {root for root, said in groups.items() if _is_unpublished(said)}
        kept = [statement for statement in statements if not _is_hidden(statement, parents, hidden)]
        groups, nameless = _group(_all_said(kept), parents)
        groups = {root: said for root, said in groups.items() if root not in hidden}
    best = ((said[0].stated, said) for said in groups.values())
    articles = [Same(apart_from_minted(stated.url or stated.keys[0], base), said) for stated, said in best]
    iris = {root_of(parents, same.said[0].stated.keys[0]): same.iri for same in articles}
    by_key = {key: iris[root] for key in parents if (root := root_of(parents, key)) in iris}
    articles += _mint(nameless, base, {same.iri for same in articles})
    articles.sort(key=lambda same: same.iri)
    by_document: dict[str, str] = {}
    for same in articles:
        for one in same.said:
            if not one.is_stub:
                by_document.setdefault(one.document.document, same.iri)
    hidden_keys = frozenset(parents.keys() - by_key.keys()) if published_only else frozenset()
    documents = {s.document for s in statements if isinstance(s.subject, StatedArticle)}
    left_out = frozenset(documents.difference(by_document))
    return Gathered(articles, by_key, by_document, left_out, problems, hidden_keys)


def _group(
    everything: Iterable[Occurrence], parents: dict[str, str]
) -> tuple[dict[str, list[Occurrence]], list[Occurrence]]:
    """Return the occurrences of each article by its smallest key, best first, and those without an address.

    Equal stubs count once, at the place that sorts first.
    """
    groups: dict[str, list[Occurrence]] = {}
    nameless: list[Occurrence] = []
    for one in everything:
        keys = one.stated.keys
        if keys:
            groups.setdefault(root_of(parents, keys[0]), []).append(one)
        else:
            nameless.append(one)
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda one: one.place)
            group[:] = _without_equal_stubs(group)
            group.sort(key=lambda one: one.stated.published_at or "", reverse=True)
            group.sort(key=lambda one: (one.is_stub, -one.stated.fullness))
    return groups, nameless


def _without_equal_stubs(group: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """Yield equal stubs once: whether they are one object depends on what came from the cache."""
    met: set[bytes] = set()
    for one in group:
        if one.is_stub:
            value = msgspec.msgpack.encode(one.stated, enc_hook=dict, order="deterministic")
            if value in met:
                continue
            met.add(value)
        yield one


def _mint(nameless: Iterable[Occurrence], base: str, taken: set[str]) -> Iterable[Same]:
    """Name articles without an address by their documents; the first of several with one name keeps the plain name."""
    for one in sorted(nameless, key=lambda one: (one.place, one.document.row)):
        path, row = one.document.path, one.document.row
        iri = article_iri(base, path, row)
        if iri in taken:
            iri = apart = article_iri(base, path, row, apart=True)
            count = 1
            while iri in taken:
                count += 1
                iri = f"{apart}-{count}"
        taken.add(iri)
        yield Same(iri, (one,))


def _all_said(statements: Iterable[Statement]) -> list[Occurrence]:
    """Return all occurrences of articles; a stub object that documents share counts once, at its first place."""
    documents: list[Occurrence] = []
    # By identity: documents mostly share one object for one stub, and comparing by value takes longer than everything
    # else here. `_without_equal_stubs` compares the few that are left.
    stubs: dict[int, Occurrence] = {}
    for statement in statements:
        subject = statement.subject
        if not isinstance(subject, StatedArticle):
            continue
        path = statement.path
        documents.append(Occurrence(is_stub=False, place=(path, statement.line), stated=subject, document=statement))
        for references in (subject.related, subject.parts):
            for line, target in references:
                if isinstance(target, str):
                    continue
                known = stubs.get(id(target))
                if known is None or (path, line) < known.place:
                    stubs[id(target)] = Occurrence(is_stub=True, place=(path, line), stated=target, document=statement)
    return [*documents, *stubs.values()]


def _is_hidden(statement: Statement, parents: dict[str, str], hidden: AbstractSet[str]) -> bool:
    subject = statement.subject
    if not isinstance(subject, StatedArticle):
        return False
    return root_of(parents, subject.keys[0]) in hidden if subject.keys else subject.published is False


def _is_unpublished(said: Iterable[Occurrence]) -> bool:
    return next((one.stated.published for one in said if one.stated.published is not None), None) is False


def apart_from_minted(iri: str, base: str) -> str:
    """Return the IRI of an article, with `#article` if it looks like the name of a topic, person or provider."""
    folder, _, name = iri.removeprefix(base).partition("/")
    minted = iri.startswith(base) and folder in {"topic", "person", "provider"} and "/" not in name
    return iri + "#article" if minted else iri
