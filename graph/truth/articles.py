"""Which statements are about the same article: those that share an address, however it is spelled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import msgspec

from graph.names import article_iri
from graph.statements import StatedArticle, Statement
from graph.truth.unions import root_of, unite


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


class Same(msgspec.Struct, frozen=True):
    """One article and all its occurrences."""

    iri: str
    """The IRI of the article."""
    said: Sequence[Occurrence]
    """Best first."""


class Known(msgspec.Struct, frozen=True):
    """The keys by which references find articles."""

    by_key: Mapping[str, str]
    """The article's IRI for each `match_key`; absent for articles left out."""
    by_document: Mapping[str, str]
    """The article's IRI for each `Statement.document`."""
    iris: Collection[str]
    """The IRIs of all articles."""
    left_out: frozenset[str] = frozenset()
    """Documents left out because their articles are unpublished."""
    left_out_keys: frozenset[str] = frozenset()
    """`match_key` of each address of the articles left out."""


def gather_articles(statements: Sequence[Statement], base: str, *, published_only: bool) -> tuple[list[Same], Known]:
    """Find which statements are about the same article, and name each article; the articles are sorted by IRI.

    The name comes from the best statement: a document before a stub, then the fuller one, then the newer one, then the
    one whose path sorts first. Union-find over addresses, nearly linear.
    """
    parents: dict[str, str] = {}
    everything = occurrences_in(statements)
    for one in everything:
        unite(parents, one.stated.keys)
    groups, nameless = _group(everything, parents)
    if published_only:
        hidden = {root for root, said in groups.items() if is_unpublished(said)}
        kept = [statement for statement in statements if not is_hidden(statement, parents, hidden)]
        groups, nameless = _group(occurrences_in(kept), parents)
        groups = {root: said for root, said in groups.items() if root not in hidden}
    articles = [Same(named_by(said[0].stated, base), said) for said in groups.values()]
    iris = {root_of(parents, same.said[0].stated.keys[0]): same.iri for same in articles}
    by_key = {key: iris[root] for key in parents if (root := root_of(parents, key)) in iris}
    minted = mint([(one.place, one.document.row) for one in nameless], base, {same.iri for same in articles})
    articles += [Same(iri, (one,)) for iri, one in zip(minted, nameless, strict=True)]
    articles.sort(key=lambda same: same.iri)
    by_document: dict[str, str] = {}
    for same in articles:
        for one in same.said:
            if not one.is_stub:
                by_document.setdefault(one.document.document, same.iri)
    hidden_keys = frozenset(parents.keys() - by_key.keys()) if published_only else frozenset()
    documents = {s.document for s in statements if isinstance(s.subject, StatedArticle)}
    left_out = frozenset(documents.difference(by_document))
    return articles, Known(by_key, by_document, [same.iri for same in articles], left_out, hidden_keys)


def named_by(best: StatedArticle, base: str) -> str:
    """Return the IRI of an article with an address, given its best statement."""
    return apart_from_minted(best.url or best.keys[0], base)


def _group(
    everything: Iterable[Occurrence], parents: dict[str, str]
) -> tuple[dict[str, Sequence[Occurrence]], list[Occurrence]]:
    """Return the occurrences of each article by its smallest key, best first, and those without an address."""
    groups: dict[str, list[Occurrence]] = {}
    nameless: list[Occurrence] = []
    for one in everything:
        keys = one.stated.keys
        if keys:
            groups.setdefault(root_of(parents, keys[0]), []).append(one)
        else:
            nameless.append(one)
    return {root: best_first(group) for root, group in groups.items()}, nameless


def best_first(group: Sequence[Occurrence]) -> Sequence[Occurrence]:
    """Return all that is said of one article, the best first, given the documents in the order of statements.

    Equal stubs count once, at the place that sorts first, whatever their order.
    """
    if len(group) == 1:
        return group
    found = sorted((one for one in group if not one.is_stub), key=lambda one: one.place)
    # Whether stubs are one object depends on what came from the cache, so that values are compared.
    stubs = sorted(
        (
            (one.place, msgspec.msgpack.encode(one.stated, enc_hook=dict, order="deterministic"), one)
            for one in group
            if one.is_stub
        ),
        key=lambda item: item[:2],
    )
    first: dict[bytes, Occurrence] = {}
    for _, value, one in stubs:
        first.setdefault(value, one)
    found += first.values()
    found.sort(key=lambda one: one.place)
    found.sort(key=lambda one: one.stated.published_at or "", reverse=True)
    found.sort(key=lambda one: (one.is_stub, -one.stated.fullness))
    return found


def mint(nameless: Sequence[tuple[tuple[str, int], str]], base: str, taken: set[str]) -> Sequence[str]:
    """Name articles without an address by the place and the row of their documents; `taken` are IRIs in use.

    The first of several with one name keeps the plain name.
    """
    iris = [""] * len(nameless)
    for number in sorted(range(len(nameless)), key=nameless.__getitem__):
        (path, _), row = nameless[number]
        iri = article_iri(base, path, row)
        if iri in taken:
            iri = apart = article_iri(base, path, row, apart=True)
            count = 1
            while iri in taken:
                count += 1
                iri = f"{apart}-{count}"
        taken.add(iri)
        iris[number] = iri
    return iris


def occurrences_in(statements: Iterable[Statement]) -> list[Occurrence]:
    """Return all occurrences of articles; a stub object that documents share counts once, at its first place."""
    documents: list[Occurrence] = []
    # By identity: documents mostly share one object for one stub, and comparing by value takes longer than everything
    # else here. `best_first` compares the few that are left.
    stubs: dict[int, Occurrence] = {}
    for statement in statements:
        subject = statement.subject
        if not isinstance(subject, StatedArticle):
            continue
        path = statement.path
        documents.append(Occurrence(is_stub=False, place=(path, statement.line), stated=subject, document=statement))
        for references in (subject.related, subject.parts):
            for (line, target), known in zip(references, map(stubs.get, map(id, references.targets)), strict=True):
                if known is not None and path > known.place[0]:
                    continue
                place = (path, line)
                if not isinstance(target, str) and (known is None or place < known.place):
                    stubs[id(target)] = Occurrence(is_stub=True, place=place, stated=target, document=statement)
    return [*documents, *stubs.values()]


def is_hidden(statement: Statement, parents: dict[str, str], hidden: AbstractSet[str]) -> bool:
    """Return whether a document is of an unpublished article; `hidden` are the smallest keys of those."""
    subject = statement.subject
    if not isinstance(subject, StatedArticle):
        return False
    return root_of(parents, subject.keys[0]) in hidden if subject.keys else subject.published is False


def is_unpublished(said: Iterable[Occurrence]) -> bool:
    """Return whether an article is unpublished, given all that is said of it, the best first."""
    return next((one.stated.published for one in said if one.stated.published is not None), None) is False


def apart_from_minted(iri: str, base: str) -> str:
    """Return the IRI of an article, with `#article` if it looks like the name of a topic, person or provider."""
    folder, _, name = iri.removeprefix(base).partition("/")
    minted = iri.startswith(base) and folder in {"topic", "person", "provider"} and "/" not in name
    return iri + "#article" if minted else iri
