"""Who stands on the map: the truth's nodes in a row, numbered, and its relations as pairs of numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain, repeat
from operator import attrgetter
from typing import Any

import numpy as np

from graph.records import Article, Person, Provider, Record, Topic
from graph.structure.arrays import RELATION_NAMES, Ints, Structure
from graph.terms import Form
from graph.truth import Truth
from graph.vocabulary import NO_VOCABULARY, VOCABULARY, Vocabulary

__all__ = ["MOST_ARTICLES", "MOST_OTHERS", "MOST_SHOWN", "Census", "take_census"]

MOST_ARTICLES = 150_000
"""Up to this many articles all are shown; of more, the best-connected `MOST_SHOWN`, unless all are wanted."""

MOST_SHOWN = 100_000
"""Articles that are shown of a larger corpus."""
MOST_OTHERS = 20_000
"""So many of each other kind are shown of a large corpus, and of any where the whole is wanted."""
_AT_ONCE = 2_000

_FIELDS: Mapping[type, tuple[tuple[str, str], ...]] = {
    kind: tuple((row.name, row.network) for row in rows if row.network and row.form is Form.RELATION)
    for kind, rows in VOCABULARY.items()
}


@dataclass(frozen=True, slots=True)
class Census(Structure):
    """The nodes shown, as arrays and as records."""

    base: str
    """What minted IRIs begin with."""
    articles: tuple[Article, ...]
    """Articles in the order of their numbers."""
    topics: tuple[Topic, ...]
    """Topics, by IRI."""
    providers: tuple[Provider, ...]
    """Providers, by IRI."""
    people: tuple[Person, ...]
    """People, by IRI."""
    totals: Mapping[str, int]
    """Numbers of articles, topics, providers, people, relations, stubs, unpublished in the whole truth."""
    vocabulary: Vocabulary = NO_VOCABULARY
    """The relations and literals of the site's own."""

    @property
    def relation_names(self) -> tuple[str, ...]:
        """All relations, in the order in which the page holds them."""
        return (*RELATION_NAMES, *(row.name for row in self.vocabulary.relations))

    def records(self) -> Iterator[Record]:
        """Yield all records in the order of their numbers."""
        yield from self.articles
        yield from self.topics
        yield from self.providers
        yield from self.people

    def ordered(self, order: Ints) -> Census:
        """Return the same census with its articles in another order, given as their present numbers."""
        number = np.arange(self.nodes)
        number[order] = np.arange(len(order))
        articles = tuple(self.articles[place] for place in order.tolist())
        return Census(
            counts=self.counts,
            labels=[*(article.label for article in articles), *self.labels[self.first_topic :]],
            stub=self.stub[order],
            base=self.base,
            articles=articles,
            topics=self.topics,
            providers=self.providers,
            people=self.people,
            pairs={name: (number[sources], number[targets]) for name, (sources, targets) in self.pairs.items()},
            totals=self.totals,
            vocabulary=self.vocabulary,
        )


def take_census(truth: Truth, *, whole: bool = False) -> Census:
    """Return the nodes of a truth, numbered, articles by IRI. Linear in nodes and relations.

    Of more than `MOST_ARTICLES` articles the 100,000 with most relations are taken, or all where the `whole` is wanted;
    of other nodes in both cases at most 20,000 of each kind, the best connected. `totals` tell of everything.
    """
    kinds: tuple[Mapping[str, Record], ...] = (truth.articles, truth.topics, truth.providers, truth.people)
    rows = [list(some.values()) for some in kinds]
    if len(truth.articles) > MOST_ARTICLES and not whole:
        degrees, relations = _count(rows, truth.vocabulary)
        kept = _best_connected(rows, degrees, MOST_SHOWN)
        rows = _chosen(rows, kept)
        pairs = _to_pairs(rows, _numbers(rows), truth.vocabulary)
    else:
        pairs = _to_pairs(rows, _numbers(rows), truth.vocabulary)
        relations = sum(len(sources) for sources, _ in pairs.values())
        if whole and max(map(len, rows[1:])) > MOST_OTHERS:
            degrees = np.zeros(sum(map(len, rows)), np.int64)
            for ends in chain.from_iterable(pairs.values()):
                degrees += np.bincount(ends, minlength=len(degrees))
            kept = _best_connected(rows, degrees, len(truth.articles))
            rows, pairs = _chosen(rows, kept), _between(pairs, kept, len(degrees))
    totals = {
        "articles": len(truth.articles),
        "topics": len(truth.topics),
        "providers": len(truth.providers),
        "people": len(truth.people),
        "relations": relations,
        "stubs": sum(article.stub for article in truth.articles.values()),
        "unpublished": sum(article.published is False for article in truth.articles.values()),
    }
    articles, topics, providers, people = rows
    return Census(
        counts=(len(articles), len(topics), len(providers), len(people)),
        labels=[record.label for record in chain(*rows)],
        stub=np.fromiter((bool(getattr(one, "stub", False)) for one in articles), np.bool_, len(articles)),
        base=truth.base,
        articles=tuple(articles),  # type: ignore[arg-type] # each row holds records of its kind
        topics=tuple(topics),  # type: ignore[arg-type]
        providers=tuple(providers),  # type: ignore[arg-type]
        people=tuple(people),  # type: ignore[arg-type]
        pairs=pairs,
        totals=totals,
        vocabulary=truth.vocabulary,
    )


def _numbers(rows: Sequence[Sequence[Record]]) -> dict[str, int]:
    """Return each record's number by its IRI."""
    number: dict[str, int] = {}
    for row in rows:
        for record in row:
            number.setdefault(record.iri, len(number))
    return number


def _readers(kind: type, vocabulary: Vocabulary) -> list[tuple[str, Callable[[Record], object]]]:
    """Return each relation of a kind of record, and what tells the IRIs that it leads to."""
    found: list[tuple[str, Callable[[Record], object]]] = [(name, attrgetter(field)) for field, name in _FIELDS[kind]]
    if kind is Article:
        found += [(row.name, partial(_own_targets, name=row.name)) for row in vocabulary.relations]
    return found


def _own_targets(record: Record, *, name: str) -> tuple[str, ...]:
    """Return the IRIs that a relation of the site's own leads to."""
    return record.relations.get(name, ()) if isinstance(record, Article) else ()


def _to_pairs(
    rows: Sequence[Sequence[Record]], number: Mapping[str, int], vocabulary: Vocabulary
) -> dict[str, tuple[Ints, Ints]]:
    """Return each relation's sources and targets by number; targets that have none are left out."""
    own = (row.name for row in vocabulary.relations)
    found: dict[str, list[tuple[Ints, Ints]]] = {name: [] for name in (*RELATION_NAMES, *own)}
    first = 0
    for row in rows:
        readers = _readers(type(row[0]), vocabulary) if row else []
        for start in range(0, len(row), _AT_ONCE):  # records that were just looked at are quickly found again
            some = row[start : start + _AT_ONCE]
            for name, read in readers:
                found[name].append(_pairs_of(some, read, first + start, number))
        first += len(row)
    empty = np.zeros(0, np.int64)
    return {
        name: (
            np.concatenate([sources for sources, _ in parts] or [empty]),
            np.concatenate([targets for _, targets in parts] or [empty]),
        )
        for name, parts in found.items()
    }


def _count(rows: Sequence[Sequence[Record]], vocabulary: Vocabulary) -> tuple[Ints, int]:
    """Return how many relations each record has, and all together, without holding them all at once."""
    number = _numbers(rows)
    degrees, relations = np.zeros(len(number), np.int64), 0
    first = 0
    for row in rows:
        readers = _readers(type(row[0]), vocabulary) if row else []
        for start in range(0, len(row), _AT_ONCE):
            some = row[start : start + _AT_ONCE]
            for _, read in readers:
                for ends in _pairs_of(some, read, first + start, number):
                    degrees += np.bincount(ends, minlength=len(degrees))
                relations += len(ends)
        first += len(row)
    return degrees, relations


def _pairs_of(
    row: Sequence[Record], read: Callable[[Record], object], first: int, number: Mapping[str, int]
) -> tuple[Ints, Ints]:
    """Return one relation's pairs; the first record of the row has the number `first`."""
    found: Iterator[Any] = map(read, row)
    values = [(value,) if isinstance(value, str) else value or () for value in found]
    counts = np.fromiter(map(len, values), np.int64, len(row))
    named = map(number.get, chain.from_iterable(values), repeat(-1))
    targets = np.fromiter(named, np.int64, int(counts.sum()))
    known = targets >= 0
    return np.repeat(np.arange(first, first + len(row)), counts)[known], targets[known]


def _best_connected(rows: Sequence[Sequence[Record]], degrees: Ints, articles: int) -> list[Ints]:
    """Return the numbers of so many articles and 20,000 of each other kind, with most relations; equals by IRI."""
    kept: list[Ints] = []
    first = 0
    for row, most in zip(rows, (articles, *[MOST_OTHERS] * 3), strict=True):
        own = degrees[first : first + len(row)]
        kept.append(first + np.sort(np.argsort(-own, kind="stable")[:most]))
        first += len(row)
    return kept


def _chosen(rows: Sequence[Sequence[Record]], kept: Sequence[Ints]) -> list[list[Record]]:
    """Return the records of some numbers."""
    starts = accumulate(map(len, rows), initial=0)
    return [
        [row[number - start] for number in some.tolist()] for row, some, start in zip(rows, kept, starts, strict=False)
    ]


def _between(pairs: Mapping[str, tuple[Ints, Ints]], kept: Sequence[Ints], count: int) -> dict[str, tuple[Ints, Ints]]:
    """Return the pairs whose both ends are kept, by their new numbers."""
    number = np.full(count, -1)
    number[np.concatenate(kept)] = np.arange(sum(map(len, kept)))
    found = {name: (number[sources], number[targets]) for name, (sources, targets) in pairs.items()}
    return {
        name: (sources[there], targets[there])
        for name, (sources, targets) in found.items()
        for there in [(sources >= 0) & (targets >= 0)]
    }
