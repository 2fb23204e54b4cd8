"""Which statements are about the same article: equal addresses, whatever their spelling, make one article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.names import article_iri
from graph.statements import StatedArticle, Statement

__all__ = ["Gathered", "Place", "Same", "gather_articles"]

Place = tuple[str, int]
"""A document's path and a line in it."""


@dataclass(frozen=True, slots=True)
class Same:
    """One article, and all that is said of it."""

    iri: str
    """Its name from now on."""
    said: Sequence[tuple[bool, Place, StatedArticle, str]]
    """Best first: whether it is only a stub, where it stands, what it says, and the document's text."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every article, and how references lead to them."""

    articles: Sequence[Same]
    """Sorted by IRI."""
    by_key: Mapping[str, str]
    """The article's IRI for each `match_key`; absent for articles left out."""
    by_path: Mapping[str, str]
    """The article's IRI for each document's path."""
    left_out: frozenset[str]
    """Keys and paths of articles left out because they are unpublished."""


def gather_articles(statements: Sequence[Statement], base: str, *, published_only: bool) -> Gathered:
    """Find which statements are about the same article, and name each article.

    A document beats a stub; among equals the fuller statement, then the newer, then the smaller path gives the name.
    Union-find over addresses: practically linear.
    """
    parents: dict[str, str] = {}
    for _, _, stated, _ in _all_said(statements):
        _unite(parents, stated.keys)
    groups: dict[str, list[tuple[bool, Place, StatedArticle, str]]] = {}
    nameless: list[tuple[bool, Place, StatedArticle, str]] = []
    smallest: dict[tuple[str, int], int] = {}
    for said in _all_said(statements):
        stub, place, stated, _ = said
        if not stated.keys:
            nameless.append(said)
            continue
        root = _root(parents, stated.keys[0])
        group = groups.setdefault(root, [])
        if stub:
            known = smallest.get((root, id(stated)))
            if known is not None:
                if place < group[known][1]:
                    group[known] = said
                continue
            smallest[root, id(stated)] = len(group)
        group.append(said)
    ranked = {root: _ranked(group) for root, group in groups.items()}
    left_out_roots = {
        root for root, said in ranked.items() if published_only and _first_published(said) is False
    }
    articles = []
    by_key: dict[str, str] = {}
    by_path: dict[str, str] = {}
    iris: dict[str, str] = {}
    taken: set[str] = set()
    for root in sorted(ranked):
        if root not in left_out_roots:
            iri = _apart_from_minted(ranked[root][0][2].url or root, base)
            iris[root] = iri
            taken.add(iri)
            articles.append(Same(iri, ranked[root]))
    left_out: set[str] = set()
    for key in parents:
        root = _root(parents, key)
        if root in left_out_roots:
            left_out.add(key)
        else:
            by_key[key] = iris[root]
    for root, said in ranked.items():
        for stub, (path, _), _, _ in said:
            if not stub:
                if root in left_out_roots:
                    left_out.add(path)
                else:
                    by_path[path] = iris[root]
    for said in sorted(nameless, key=lambda item: item[1]):
        path = said[1][0]
        if published_only and said[2].published is False:
            left_out.add(path)
            continue
        iri = article_iri(base, path)
        if iri in taken:
            iri = article_iri(base, path, apart=True)
        count = 1
        while iri in taken:
            count += 1
            iri = f"{article_iri(base, path, apart=True)}-{count}"
        taken.add(iri)
        by_path.setdefault(path, iri)
        articles.append(Same(iri, (said,)))
    articles.sort(key=lambda same: same.iri)
    return Gathered(articles, by_key, by_path, frozenset(left_out))


def _all_said(statements: Iterable[Statement]) -> Iterable[tuple[bool, Place, StatedArticle, str]]:
    for statement in statements:
        subject = statement.subject
        if isinstance(subject, StatedArticle):
            yield False, (statement.path, statement.line), subject, statement.text
            for references in (subject.related, subject.parts):
                for line, target in references:
                    if isinstance(target, StatedArticle):
                        yield True, (statement.path, line), target, ""


def _ranked(
    group: list[tuple[bool, Place, StatedArticle, str]],
) -> Sequence[tuple[bool, Place, StatedArticle, str]]:
    if len(group) > 1:
        group.sort(key=lambda said: said[1])
        group.sort(key=lambda said: said[2].published_at or "", reverse=True)
        group.sort(key=lambda said: (said[0], said[2].url is None, -said[2].fullness))
    return group


def _first_published(said: Iterable[tuple[bool, Place, StatedArticle, str]]) -> bool | None:
    return next((stated.published for _, _, stated, _ in said if stated.published is not None), None)


def _apart_from_minted(iri: str, base: str) -> str:
    """Keep an article whose address could be the minted name of a topic, person or provider apart from it."""
    folder, _, name = iri.removeprefix(base).partition("/")
    minted = iri.startswith(base) and folder in {"topic", "person", "provider"} and "/" not in name
    return iri + "#article" if minted else iri


def _root(parents: dict[str, str], key: str) -> str:
    while (parent := parents[key]) != key:
        parents[key] = key = parents[parent]
    return key


def _unite(parents: dict[str, str], keys: Sequence[str]) -> None:
    """Put keys into one set, whose root is its smallest key."""
    if not keys:
        return
    first = keys[0]
    parents.setdefault(first, first)
    for other in keys[1:]:
        parents.setdefault(other, other)
        one, two = _root(parents, first), _root(parents, other)
        if one != two:
            parents[max(one, two)] = min(one, two)
