"""Which articles are copies of one text, and which report the same event."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from graph.analysis.pair_reasons import pair_reasons
from graph.analysis.relations import Network, first_rows, label_of
from graph.analysis.same_texts import SameTexts
from graph.analysis.suggestion_signals import TELLING_RELATIONS, Signals, citations_of, signals_of
from graph.knowledge import KnowledgeGraph
from graph.structure.arrays import Ints, comparable, ranks_of
from graph.structure.rounding import rounded
from graph.structure.ties import components
from graph.truth import Truth
from graph.views import to_network


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two articles that are one text, or report one event."""

    group: int
    """The number of the group of articles that are joined by such pairs, from 1; the largest group comes first."""
    kind: str
    """`copy` or `same story`."""
    article: str
    """The article that was published first; if both on one day, that with the smaller IRI."""
    article_label: str
    """Its title."""
    other: str
    """The other article."""
    other_label: str
    """Its title."""
    score: float
    """How much the two say the same, up to 1: the cosine of their words."""
    reasons: tuple[str, ...]
    """Why, such as `same title`, `both say terra, verily`, `one day apart`, `other publisher`; never empty."""


def duplicates(network: Network | KnowledgeGraph, limit: int | None = None) -> tuple[Duplicate, ...]:
    """Return pairs of articles that are copies of one text, or tell the same story, group by group.

    The largest group comes first, and equals by their first IRI; in a group copies come first, then the highest score.

    - A copy has the same title within 14 days and a cosine of at least .5, or a cosine of at least .9. Without dates,
      both must have a text and a cosine of at least .9. Articles that a publisher repeats under one title for more
      than two weeks are a series, not copies; so are events that begin at different times.
    - Articles of different publishers tell the same story if they are at most five days apart and have a cosine of at
    least .5, and .04 more for each day.

    Titles that differ only in a number, a name or the stage of a product are about different things: part 1 and part 2,
    Austria and Denmark, a preview and its release. Names are words that hardly any text writes in lower case.

    Cosines are those of `graph.structure.text_matrix`, which names sources and cost. Each article is paired with at
    most 20 others. Raises FormatError for a negative limit.
    """
    return _pairs(signals_of(network), None, limit)


def copies_among(articles: Collection[str], truth: Truth) -> tuple[Duplicate, ...]:
    """Return the pairs of some articles that `duplicates` calls copies, in its order, with its reasons.

    It costs comparing these articles, and the network of the relations that reasons are made of.
    """
    signals = signals_of(to_network(truth, only=TELLING_RELATIONS), citations_of(truth.articles))
    return tuple(row for row in _pairs(signals, articles, None) if row.kind == "copy")


def _pairs(signals: Signals, articles: Collection[str] | None, limit: int | None) -> tuple[Duplicate, ...]:
    same = SameTexts(signals)
    chosen = None if articles is None else np.array([one in articles for one in signals.articles], bool)
    first, second, cosine = same.pairs(chosen)
    is_copy = same.are_copies(first, second, cosine)
    kept = is_copy | same.are_of_one_event(first, second, cosine)
    first, second, cosine, is_copy = first[kept], second[kept], comparable(cosine[kept]), is_copy[kept]
    group = _groups(len(signals.articles), first, second)
    order = np.lexsort((second, first, -cosine, ~is_copy, group))
    order = order[: None if limit is None or limit < 0 else limit]
    rows = [
        _row(
            signals,
            int(group[place]) + 1,
            _in_time(signals, int(first[place]), int(second[place])),
            float(cosine[place]),
            copy=bool(is_copy[place]),
        )
        for place in order.tolist()
    ]
    return first_rows(rows, limit)


def _groups(count: int, first: Ints, second: Ints) -> Ints:
    """Return the number of the group of each pair, from 0, the largest group first."""
    if not len(first):
        return first
    parts = components(count, first, second)
    return ranks_of(np.bincount(parts))[parts[first]]


def _in_time(signals: Signals, one: int, other: int) -> tuple[int, int]:
    return (other, one) if signals.day[other] < signals.day[one] else (one, other)


def _row(signals: Signals, group: int, pair: tuple[int, int], cosine: float, *, copy: bool) -> Duplicate:
    article, other = (signals.articles[each] for each in pair)
    return Duplicate(
        group=group,
        kind="copy" if copy else "same story",
        article=article,
        article_label=label_of(signals.network, article),
        other=other,
        other_label=label_of(signals.network, other),
        score=rounded(cosine),
        reasons=pair_reasons(signals, signals.texts, *pair),
    )
