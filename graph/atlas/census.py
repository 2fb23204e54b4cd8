"""The nodes on the map, numbered, and their relations as pairs of numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, chain, repeat
from operator import attrgetter
from typing import Any

import msgspec
import numpy as np

from graph.atlas.ground import Ground
from graph.records import Article, Person, Provider, Record, Topic
from graph.shelves import in_row, iris_in, picked
from graph.structure.arrays import RELATION_NAMES, Ints, day_numbers, main_language
from graph.truth import Truth
from graph.vocabulary import NO_VOCABULARY, RELATION_FIELDS, Vocabulary

MOST_ARTICLES = 150_000
"""Up to this many articles, all are shown; of more, only the `MOST_SHOWN` best-connected, unless all are wanted."""

MOST_SHOWN = 100_000
"""How many articles of a larger corpus are shown."""
MOST_OTHERS = 20_000
"""The most nodes of each other kind that are shown for a large corpus, or for any if the whole is wanted."""
_AT_ONCE = 2_000


class Census(Ground, frozen=True):
    """The nodes shown, as arrays and as records."""

    base: str
    """What minted IRIs begin with."""
    articles: Sequence[Article]
    """Articles in the order of their numbers."""
    topics: Sequence[Topic]
    """Topics, by IRI."""
    providers: Sequence[Provider]
    """Providers, by IRI."""
    people: Sequence[Person]
    """People, by IRI."""
    totals: Mapping[str, int]
    """Numbers of articles, topics, providers, people, relations, stubs and unpublished articles in the whole truth."""
    vocabulary: Vocabulary = NO_VOCABULARY
    """The relations and literals of the site's own."""

    @property
    def relation_names(self) -> tuple[str, ...]:
        """All relations, in the order of the page."""
        return (*RELATION_NAMES, *(row.name for row in self.vocabulary.relations))

    def records(self) -> Iterator[Record]:
        """Return all records in the order of their numbers."""
        return chain(self.articles, self.topics, self.providers, self.people)

    def ordered(self, order: Ints) -> Census:
        """Return the census with its articles in another order, given by their present numbers."""
        articles = picked(self.articles, order.tolist())
        return msgspec.structs.replace(super().ordered(order), articles=articles)


def take_census(truth: Truth, *, whole: bool = False) -> Census:
    """Return the nodes of a truth, numbered, articles by IRI. Linear in nodes and relations.

    Of more than `MOST_ARTICLES` articles only the 100,000 with most relations are taken, unless `whole` is set. In both
    cases at most 20,000 nodes of each other kind are taken, the best-connected. `totals` are of the whole truth.
    """
    kinds: tuple[Mapping[str, Record], ...] = (truth.articles, truth.topics, truth.providers, truth.people)
    rows = [in_row(some) for some in kinds]
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
    found: list[Sequence[Any]] = rows
    articles, topics, providers, people = found
    labels, days, sources, languages, stub = list[str](), list[str](), list[str](), list[str](), bytearray()
    unpublished = 0
    for article in articles:  # only once, because articles may be read from a file
        labels.append(article.label)
        days.append(article.published_at or "")
        sources.append(article.sources[0] if article.sources else "")
        languages.append(article.language or "")
        stub.append(article.stub)
        unpublished += article.published is False
    stubs = sum(stub)
    if len(articles) < len(truth.articles):
        counts = Counter((article.stub, article.published is False) for article in truth.articles.values())
        stubs, unpublished = (sum(count for key, count in counts.items() if key[place]) for place in (0, 1))
    totals = {
        **{name: len(getattr(truth, name)) for name in ("articles", "topics", "providers", "people")},
        "relations": relations,
        "stubs": stubs,
        "unpublished": unpublished,
    }
    return Census(
        counts=(len(articles), len(topics), len(providers), len(people)),
        labels=[*labels, *(record.label for record in chain(*rows[1:]))],
        stub=np.frombuffer(stub, np.bool_),
        days=day_numbers(days),
        sources=sources,
        language=main_language(languages),
        base=truth.base,
        articles=articles,
        topics=topics,
        providers=providers,
        people=people,
        pairs=pairs,
        totals=totals,
        vocabulary=truth.vocabulary,
    )


def _numbers(rows: Sequence[Sequence[Record]]) -> dict[str, int]:
    """Return the number of each record by its IRI."""
    number: dict[str, int] = {}
    for row in rows:
        for iri in iris_in(row):
            number.setdefault(iri, len(number))
    return number


def _readers(kind: type, vocabulary: Vocabulary) -> list[tuple[str, Callable[[Any], object]]]:
    """Return each relation of a kind of record, and the function that returns its targets."""
    found: list[tuple[str, Callable[[Any], object]]] = [
        (name, attrgetter(field)) for field, name in RELATION_FIELDS[kind]
    ]
    if kind is Article:
        found += [(row.name, partial(_own_targets, name=row.name)) for row in vocabulary.relations]
    return found


def _own_targets(article: Article, *, name: str) -> tuple[str, ...]:
    return article.relations.get(name, ())


def _runs(
    rows: Sequence[Sequence[Record]], number: Mapping[str, int], vocabulary: Vocabulary
) -> Iterator[tuple[str, Ints, Ints]]:
    """Yield a relation, its sources and its targets by number, for a few records at a time."""
    first = 0
    for row in rows:
        readers = _readers(type(row[0]), vocabulary) if row else []
        for start in range(0, len(row), _AT_ONCE):  # all relations of a few records at a time, while these are in cache
            some = row[start : start + _AT_ONCE]
            for name, read in readers:
                yield name, *_pairs_of(some, read, first + start, number)
        first += len(row)


def _to_pairs(
    rows: Sequence[Sequence[Record]], number: Mapping[str, int], vocabulary: Vocabulary
) -> dict[str, tuple[Ints, Ints]]:
    """Return the sources and targets of each relation by number; unknown targets are left out."""
    own = (row.name for row in vocabulary.relations)
    found: dict[str, list[tuple[Ints, Ints]]] = {name: [] for name in (*RELATION_NAMES, *own)}
    for name, sources, targets in _runs(rows, number, vocabulary):
        found[name].append((sources, targets))
    empty = np.zeros(0, np.int64)
    return {
        name: (
            np.concatenate([sources for sources, _ in parts] or [empty]),
            np.concatenate([targets for _, targets in parts] or [empty]),
        )
        for name, parts in found.items()
    }


def _count(rows: Sequence[Sequence[Record]], vocabulary: Vocabulary) -> tuple[Ints, int]:
    """Return how many relations each record has, and how many there are, without keeping them all in memory."""
    number = _numbers(rows)
    degrees, relations = np.zeros(len(number), np.int64), 0
    for _, *pair in _runs(rows, number, vocabulary):
        for ends in pair:
            degrees += np.bincount(ends, minlength=len(degrees))
        relations += len(pair[0])
    return degrees, relations


def _pairs_of(
    row: Sequence[Record], read: Callable[[Record], object], first: int, number: Mapping[str, int]
) -> tuple[Ints, Ints]:
    """Return the pairs of one relation; the first record has the number `first`."""
    found: Iterator[Any] = map(read, row)
    values = [(value,) if isinstance(value, str) else value or () for value in found]
    counts = np.fromiter(map(len, values), np.int64, len(row))
    named = map(number.get, chain.from_iterable(values), repeat(-1))
    targets = np.fromiter(named, np.int64, int(counts.sum()))
    known = targets >= 0
    return np.repeat(np.arange(first, first + len(row)), counts)[known], targets[known]


def _best_connected(rows: Sequence[Sequence[Record]], degrees: Ints, articles: int) -> list[Ints]:
    """Return the numbers of the nodes with most relations, equals by IRI: `articles`, and 20,000 of each other kind."""
    kept: list[Ints] = []
    first = 0
    for row, most in zip(rows, (articles, *[MOST_OTHERS] * 3), strict=True):
        own = degrees[first : first + len(row)]
        kept.append(first + np.sort(np.argsort(-own, kind="stable")[:most]))
        first += len(row)
    return kept


def _chosen(rows: Sequence[Sequence[Record]], kept: Sequence[Ints]) -> list[Sequence[Record]]:
    starts = accumulate(map(len, rows), initial=0)
    return [picked(row, (some - start).tolist()) for row, some, start in zip(rows, kept, starts, strict=False)]


def _between(pairs: Mapping[str, tuple[Ints, Ints]], kept: Sequence[Ints], count: int) -> dict[str, tuple[Ints, Ints]]:
    """Return the pairs with both ends kept, by their new numbers."""
    number = np.full(count, -1)
    number[np.concatenate(kept)] = np.arange(sum(map(len, kept)))
    found = {name: (number[sources], number[targets]) for name, (sources, targets) in pairs.items()}
    return {
        name: (sources[there], targets[there])
        for name, (sources, targets) in found.items()
        for there in [(sources >= 0) & (targets >= 0)]
    }
