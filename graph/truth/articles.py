"""Which statements are about the same article: those that share an address, however it is spelled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import itemgetter
from typing import Any

import msgspec

from graph.names import article_iri
from graph.reading.spool import Spooled
from graph.shelves import picked
from graph.statements import StatedArticle, Statement
from graph.truth.occurrences import Filed, Handle, Held, Occurrence, Occurrences, Same
from graph.truth.unions import root_of, unite


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


def gather_articles(
    statements: Sequence[Statement], base: str, *, published_only: bool
) -> tuple[Sequence[Same], Known]:
    """Find which statements are about the same article, and name each article; the articles are sorted by IRI.

    The name comes from the best statement: a document before a stub, then the fuller one, then the newer one, then the
    one whose path sorts first. Union-find over addresses, nearly linear.
    """
    parents: dict[str, str] = {}
    everything = _occurrences(statements)
    for one in everything.handles:
        unite(parents, everything.keys_of(one))
    documents = set(everything.documents())
    groups, nameless = _group(everything, parents)
    if published_only:
        hidden = {root for root, said in groups.items() if is_unpublished(map(everything.load, said))}
        shown = [number for number, one in enumerate(statements) if not is_hidden(one, parents, hidden)]
        everything = _occurrences(picked(statements, shown))
        groups, nameless = _group(everything, parents)
        groups = {root: said for root, said in groups.items() if root not in hidden}
    articles = [(named_by(everything.load(said[0]).stated, base), said) for said in groups.values()]
    iris = {root_of(parents, everything.keys_of(said[0])[0]): iri for iri, said in articles}
    by_key = {key: iris[root] for key in parents if (root := root_of(parents, key)) in iris}
    minted = mint(list(map(everything.place_of, nameless)), base, {iri for iri, _ in articles})
    articles += [(iri, (one,)) for iri, one in zip(minted, nameless, strict=True)]
    articles.sort(key=itemgetter(0))
    by_document: dict[str, str] = {}
    for iri, said in articles:
        for one in said:
            document = everything.document_of(one)
            if document is not None:
                by_document.setdefault(document, iri)
    hidden_keys = frozenset(parents.keys() - by_key.keys()) if published_only else frozenset()
    left_out = frozenset(documents.difference(by_document))
    known = Known(by_key, by_document, [iri for iri, _ in articles], left_out, hidden_keys)
    return everything.same(articles), known


def _occurrences(statements: Sequence[Statement]) -> Occurrences[Any]:
    return Filed(statements) if isinstance(statements, Spooled) else Held(statements)


def named_by(best: StatedArticle, base: str) -> str:
    """Return the IRI of an article with an address, given its best statement."""
    return apart_from_minted(best.url or best.keys[0], base)


def _group(
    everything: Occurrences[Handle], parents: dict[str, str]
) -> tuple[dict[str, Sequence[Handle]], list[Handle]]:
    """Return the occurrences of each article by its smallest key, best first, and those without an address."""
    groups: dict[str, list[Handle]] = {}
    nameless: list[Handle] = []
    for one in everything.handles:
        keys = everything.keys_of(one)
        if keys:
            groups.setdefault(root_of(parents, keys[0]), []).append(one)
        else:
            nameless.append(one)
    return {root: _ordered(everything, group) for root, group in groups.items()}, nameless


def _ordered(everything: Occurrences[Handle], group: Sequence[Handle]) -> Sequence[Handle]:
    if len(group) == 1:
        return group
    loaded = {id(said): (said, one) for one in group for said in [everything.load(one)]}
    return [loaded[id(said)][1] for said in best_first([said for said, _ in loaded.values()])]


def best_first(group: Sequence[Occurrence]) -> Sequence[Occurrence]:
    """Return everything said about one article, the best first, given the documents in the order of statements.

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


def is_hidden(statement: Statement, parents: dict[str, str], hidden: AbstractSet[str]) -> bool:
    """Return whether the article of a document is unpublished; `hidden` are the smallest keys of such articles."""
    subject = statement.subject
    if not isinstance(subject, StatedArticle):
        return False
    return root_of(parents, subject.keys[0]) in hidden if subject.keys else subject.published is False


def is_unpublished(said: Iterable[Occurrence]) -> bool:
    """Return whether an article is unpublished, given everything said about it, the best first."""
    return next((one.stated.published for one in said if one.stated.published is not None), None) is False


def apart_from_minted(iri: str, base: str) -> str:
    """Return the IRI of an article, with `#article` if it looks like the name of a topic, person or provider."""
    folder, _, name = iri.removeprefix(base).partition("/")
    minted = iri.startswith(base) and folder in {"topic", "person", "provider"} and "/" not in name
    return iri + "#article" if minted else iri
