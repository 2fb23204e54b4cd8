"""Which articles should be related but are not: suggestions with a score and reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph.analysis.best_first import MOST_SUGGESTED, Scored, best_first, check_bounds, wanted_of
from graph.analysis.pair_reasons import pair_reasons
from graph.analysis.relations import Network, label_of
from graph.analysis.same_texts import SameTexts
from graph.analysis.suggestion_signals import Signals, signals_of
from graph.knowledge import KnowledgeGraph
from graph.structure.arrays import Floats, Ints
from graph.structure.rounding import rounded
from graph.structure.text_matrix import LikeTexts

LEAST_SCORE = 0.15
"""Most suggestions with at least this score are good; few below it are."""

_UNRELATED_TIME = 0.3
"""What is left of a score if the dates are far apart, or unknown where most are known."""
_NO_TIME = 0.6
"""The factor where most dates are unknown, so that as many of the suggestions above the line are good."""
_DAYS = 10
"""Days in which two articles drift apart by a factor of e."""
_OTHER_KIND = 0.5
_SAME_PUBLISHER = 1.2
_SAME_FOLDER = 1.2
_SHARED_TOPIC = 1.2
_HALF_LINKED = 6
"""Shared links, weighted by rarity, that count as much as half of equal texts."""


@dataclass(frozen=True, slots=True)
class RelatedSuggestion:
    """An article that another one could name as related."""

    article: str
    """The article for which it is suggested."""
    article_label: str
    """Its title."""
    suggestion: str
    """The article that is suggested."""
    suggestion_label: str
    """Its title."""
    score: float
    """How well they go together; most suggestions with at least 0.15 are good."""
    reasons: tuple[str, ...]
    """Why, such as `both say terra, verily`, `one day apart`, `same publisher`; never empty."""
    is_copy: bool
    """Whether it is the same text at another address, rather than a related one."""


def suggest_related(
    network: Network | KnowledgeGraph,
    article: str | None = None,
    *,
    limit: int | None = MOST_SUGGESTED,
    min_score: float = LEAST_SCORE,
) -> tuple[RelatedSuggestion, ...]:
    """Return articles that should be related to an article, or to each (`None`), but are not yet.

    The rows of an article come together, the best first and equals by IRI; articles are in the order of their IRIs. At
    most `limit` are suggested for each (`None`: all), none with a score below `min_score`, and none that is linked with
    the article already, by any relation in either direction. Copies are suggested too, and marked.

    Texts, which are the title three times and the excerpt, are compared by the cosine of their TF-IDF vectors (source:
    `graph.structure.text_matrix`). To it is added s / (s + 6), where s sums 1 / ln(1 + n) over each page that both link
    to, are linked from or cite, and n is how many do (Adamic and Adar 2003, "Friends and neighbors on the Web"). The
    sum is multiplied

    - by 0.3 + 0.7·exp(-days / 10), by 0.3 if a date is unknown, or by 0.6 if most articles have no date, as in vaults
      and documentation, where time is ignored;
    - by ½ if their types are known and differ, and by 1.2 if their publisher is the same;
    - without dates by 1.2 each if they are in one folder or share a topic, unless most articles do.

    Citations are known only if a `KnowledgeGraph` is given instead of its network. Up to 20,000 articles the cost is
    the number of pairs that share a word, for each such word; above, only those are compared that share a rare word or
    a link, which is linear in the words.

    Raises:
        NoSuchNodeError: No article, or several, are called `article`; the message says what may be meant. It is found
            as by `find_node`.
        FormatError: `limit` is negative, or `min_score` is not a number.
    """
    check_bounds(limit, min_score)
    signals = signals_of(network)
    best = [
        found
        for portion in _scored(signals, wanted_of(signals, article), min_score)
        for found in best_first(portion, limit)
    ]
    first, second = np.array([pair for *pair, _ in best], np.int64).reshape(-1, 2).T
    copies = SameTexts(signals).are_copies(first, second, signals.texts.cosine(first, second)).tolist()
    return tuple(_row(signals, *found, is_copy=is_copy) for found, is_copy in zip(best, copies, strict=True))


def _scored(signals: Signals, wanted: Ints | None, least: float) -> Iterator[Scored]:
    """Yield the pairs of some articles that reach a score, in portions: article, suggestion, score."""
    # No cosine below this reaches the least score without links.
    reach = least / (_SAME_PUBLISHER * _SAME_FOLDER * _SHARED_TOPIC)
    for found in signals.texts.alike(wanted, max(reach * 0.999, 0)):
        rows, columns, cosine, shared = _with_links(signals, found)
        new = ~signals.are_linked(rows, columns)
        rows, columns, cosine, shared = rows[new], columns[new], cosine[new], shared[new]
        scores = (cosine + shared / (shared + _HALF_LINKED)) * _factors(signals, rows, columns)
        kept = (scores > 0) & (scores >= least)
        yield rows[kept], columns[kept], scores[kept]


def _with_links(signals: Signals, found: LikeTexts) -> tuple[Ints, Ints, Floats, Floats]:
    """Return pairs that share words or links, as articles, suggestions, cosines, and weights of shared links."""
    count = len(signals.articles)
    rows, columns, weights = signals.shared_links(found.texts)
    shared = np.zeros(len(found.rows))
    if not len(rows):
        return found.rows, found.columns, found.cosine, shared
    by_links, by_words = rows * count + columns, found.rows * count + found.columns
    place = np.minimum(np.searchsorted(by_links, by_words), len(by_links) - 1)
    shared = np.where(by_links[place] == by_words, weights[place], 0)
    others = ~np.isin(by_links, by_words)
    rows, columns, weights = rows[others], columns[others], weights[others]
    return (
        np.concatenate([found.rows, rows]),
        np.concatenate([found.columns, columns]),
        np.concatenate([found.cosine, signals.texts.cosine(rows, columns)]),
        np.concatenate([shared, weights]),
    )


def _factors(signals: Signals, first: Ints, second: Ints) -> Floats:
    days = signals.days_apart(first, second)
    undated = np.isnan(days)
    factors: Floats = _UNRELATED_TIME + (1 - _UNRELATED_TIME) * np.exp(-np.nan_to_num(days) / _DAYS)
    factors[undated] = _UNRELATED_TIME if signals.is_dated else _NO_TIME
    factors *= np.where(signals.same_kind(first, second), 1, _OTHER_KIND)
    factors *= np.where(signals.same_publisher(first, second), _SAME_PUBLISHER, 1)
    factors *= np.where(undated & signals.same_folder(first, second), _SAME_FOLDER, 1)
    factors[undated] *= np.where(signals.share_topic(first[undated], second[undated]), _SHARED_TOPIC, 1)
    return factors


def _row(signals: Signals, first: int, second: int, score: float, *, is_copy: bool) -> RelatedSuggestion:
    article, suggestion = signals.articles[first], signals.articles[second]
    return RelatedSuggestion(
        article=article,
        article_label=label_of(signals.network, article),
        suggestion=suggestion,
        suggestion_label=label_of(signals.network, suggestion),
        score=rounded(score),
        reasons=pair_reasons(signals, first, second),
        is_copy=is_copy,
    )
