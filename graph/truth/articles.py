"""Which statements are about the same article: equal addresses, whatever their spelling, make one article."""

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
    """Whether it is only a stub."""
    place: tuple[str, int]
    """The document's path, and the line."""
    stated: StatedArticle
    """What is said there."""
    document: Statement
    """The document that says it."""


@dataclass(frozen=True, slots=True)
class Same:
    """One article, and all that is said of it."""

    iri: str
    """Its name from now on."""
    said: Sequence[Occurrence]
    """Best first."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every article, and how references lead to them."""

    articles: Sequence[Same]
    """Sorted by IRI."""
    by_key: Mapping[str, str]
    """The article's IRI for each `match_key`; absent for articles left out."""
    by_document: Mapping[str, str]
    """The article's IRI for each `Statement.document`."""
    left_out: frozenset[str]
    """Documents left out because their articles are unpublished."""
    problems: Sequence[Problem]
    """Addresses that two documents claim."""
    left_out_keys: frozenset[str] = frozenset()
    """`match_key` of each address of the articles left out."""


def gather_articles(statements: Sequence[Statement], base: str, *, published_only: bool) -> Gathered:
    """Find which statements are about the same article, and name each article.

    A document beats a stub; among equals the fuller statement, then the newer, then the smaller path gives the name.
    Union-find over addresses: practically linear.
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
    articles = [Same(apart_from_minted(_address_of(said[0].stated), base), said) for said in groups.values()]
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
    """Return what is said of each article, best first, by its smallest key; and apart what has no address.

    Equal stubs count once, at the smallest place.
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
    """Yield of stubs that say the same only the first: whether they are one object depends on what was recalled."""
    met: set[bytes] = set()
    for one in group:
        if one.is_stub:
            value = msgspec.msgpack.encode(one.stated, enc_hook=dict, order="deterministic")
            if value in met:
                continue
            met.add(value)
        yield one


def _mint(nameless: Iterable[Occurrence], base: str, taken: set[str]) -> Iterable[Same]:
    """Name articles without an address by their documents; of equals the first keeps the plain name."""
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
    """Return all that is said of articles; a stub that many documents share counts once, at its smallest place."""
    documents: list[Occurrence] = []
    # By identity: documents mostly share one object for one stub, and comparing all by value takes longer than all else
    # here. `_without_equal_stubs` compares the few that are left.
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
    """Tell whether a document is about an unpublished article, so that nothing it says counts."""
    subject = statement.subject
    if not isinstance(subject, StatedArticle):
        return False
    return root_of(parents, subject.keys[0]) in hidden if subject.keys else subject.published is False


def _is_unpublished(said: Iterable[Occurrence]) -> bool:
    return next((one.stated.published for one in said if one.stated.published is not None), None) is False


def _address_of(stated: StatedArticle) -> str:
    return stated.url or stated.keys[0]


def apart_from_minted(iri: str, base: str) -> str:
    """Keep an article whose address could be the minted name of a topic, person or provider apart from it."""
    folder, _, name = iri.removeprefix(base).partition("/")
    minted = iri.startswith(base) and folder in {"topic", "person", "provider"} and "/" not in name
    return iri + "#article" if minted else iri
