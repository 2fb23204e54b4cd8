"""How well two articles go together, compared with how well each goes with those closest to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np

from graph.analysis.best_first import Scored
from graph.analysis.series import Series, find_series
from graph.analysis.suggestion_signals import DAYS_APART, Signals
from graph.structure.arrays import Floats, Ints, distinct, places_among_equals, places_in
from graph.structure.text_matrix import LikeTexts, TextMatrix

_FAR_IN_TIME, _FAR_AMONG_FEW = 0.45, 0.65
"""What is left of a likeness if the dates are far apart, or unknown although most are known; and the same if hardly
anything is published at one time, so that nearly all dates are far apart."""
_SAME_TOPICS = 0.7
"""What common topics add in the latter case."""
_OTHER_KIND = 0.5
"""What is left of a likeness of an article and, say, a video."""
_FAR_IN_SERIES = 0.1
"""What is left of a likeness of two parts of a series that do not follow each other."""
_SAME_PUBLISHER = 1.2
_SAME_SUBJECT = 1.2
"""What a folder or a topic of both is multiplied with without dates; topics of documentation are often named after
folders."""

_CLOSEST = 20
"""How many of the closest articles show how close others are to an article."""
_LEAST_ALIKE = 0.1
"""A lower likeness is not counted for this."""
_MOST_CLOSE = 0.4
"""Its bound, so that equal texts are a suggestion in any crowd."""
_SHARE_OF_CLOSENESS = 0.4
"""The power of each closeness: with 0 a likeness would be the score, with ½ it would count only beside others."""


_ROUNDED = 0.999
"""A bound is lowered by this, so that no pair is lost by rounding."""

_STRICT = 0.85
"""The least score that says how well two articles go together. Most pairs below it do not, and those that a site
relates all the same often share common words, so these count more there."""


class _WeighedWords(NamedTuple):
    """Which words count how much."""

    title: int
    """How often a word of a title counts."""
    rarity: float = 0.8
    """The power of a word's rarity."""
    headings: float = 0
    """What the headings of a text count beside title and excerpt."""


class _Weights(NamedTuple):
    """What counts how much, by whether most dates are known."""

    words: _WeighedWords
    """In scores of at least `_STRICT`."""
    low: _WeighedWords | None
    """In lower scores, if it is different."""
    half_linked: float
    """Shared links, weighted by rarity, that count as much as half of equal texts."""
    own_links: float
    """How much of the weight of all links of the one with less is added to this, as some of many are always shared."""
    least_close: float
    """The least that closeness counts as, so that little in common is not enough for a suggestion among strangers."""


_DATED = _Weights(words=_WeighedWords(4), low=_WeighedWords(12, 0.4), half_linked=6, own_links=0, least_close=0.1)
_UNDATED = _Weights(words=_WeighedWords(3, headings=0.5), low=None, half_linked=3, own_links=1, least_close=0.2)
"""Notes and documentation have short titles, and many headings and links."""


class RelatedScores:
    """Scores pairs of articles, as `suggest_related` describes."""

    def __init__(self, signals: Signals) -> None:
        self._signals = signals
        self._weights = _DATED if signals.is_dated else _UNDATED
        self._closeness = np.full(len(signals.articles), np.nan)

    def portions(self, wanted: Ints | None, least: float) -> Iterator[Scored]:
        """Yield pairs of some articles (`None`: all) and others that reach a score, in portions. None are linked."""
        if wanted is None:
            self._close(np.arange(len(self._signals.articles)))  # at once, as every call prepares the whole matrix
        low = self._weights.low
        if low is None or least >= _STRICT:
            yield from self._scored(self.texts, wanted, least)
            return
        texts = self._signals.counts.weighed(*low)
        strict = self._scored(self.texts, wanted, _STRICT)
        for portion, lower in zip(strict, self._scored(texts, wanted, least / (_STRICT - least)), strict=True):
            kept = ~np.isin(self._codes(lower), self._codes(portion))
            rows = np.concatenate([portion[0], lower[0][kept]])
            columns = np.concatenate([portion[1], lower[1][kept]])
            below = lower[2][kept]
            yield rows, columns, np.concatenate([portion[2], _STRICT * below / (1 + below)])

    def _codes(self, scored: Scored) -> Ints:
        rows, columns, _ = scored
        return rows * len(self._signals.articles) + columns

    def _scored(self, texts: TextMatrix, wanted: Ints | None, least: float) -> Iterator[Scored]:
        """Yield the same by one way of weighing words; the portions of all ways are of the same articles."""
        reach = least * self._weights.least_close ** (2 * _SHARE_OF_CLOSENESS)
        for rows, columns, likeness in self._alike(texts, wanted, reach):
            crowd: Floats = self._close(rows) * self._close(columns)
            scores: Floats = likeness / crowd**_SHARE_OF_CLOSENESS
            kept = (scores >= least) & ~self._signals.are_linked(rows, columns)
            yield rows[kept], columns[kept], scores[kept]

    def _alike(self, texts: TextMatrix, wanted: Ints | None, reach: float) -> Iterator[Scored]:
        """Yield pairs of articles in portions, with a likeness above 0 of at least `reach`."""
        # No cosine below this reaches it without links.
        least = reach / (_SAME_PUBLISHER * max(_SAME_SUBJECT, 1 + self._same_topics))
        for found in texts.alike(wanted, max(least * _ROUNDED, 0)):
            rows, columns, cosine, shared = self._with_links(texts, found)
            half = self._weights.half_linked + np.minimum(self._own_links[rows], self._own_links[columns])
            likeness = (cosine + shared / (shared + half)) * self._factors(rows, columns)
            kept = (likeness > 0) & (likeness >= reach)
            yield rows[kept], columns[kept], likeness[kept]

    def _close(self, articles: Ints) -> Floats:
        """Return how well articles go with the 20 closest to each: the mean, within bounds."""
        some = distinct(articles)
        some = some[np.isnan(self._closeness[some])]
        if len(some):
            self._closeness[some] = 0
            for rows, columns, likeness in self._alike(self.texts, some, _LEAST_ALIKE):
                order = np.lexsort((columns, -likeness, rows))
                order = order[places_among_equals(rows[order]) < _CLOSEST]
                np.add.at(self._closeness, rows[order], likeness[order] / _CLOSEST)
            self._closeness[some] = np.clip(self._closeness[some], self._weights.least_close, _MOST_CLOSE)
        return self._closeness[articles]

    @cached_property
    def texts(self) -> TextMatrix:
        """What articles say, used to compare pairs with at least `_STRICT`."""
        return self._signals.counts.weighed(*self._weights.words)

    @cached_property
    def _own_links(self) -> Floats:
        pages = self._signals.pages
        return np.asarray(pages.multiply(pages).sum(axis=1), np.float64).ravel() * self._weights.own_links

    @cached_property
    def _series(self) -> Series:
        return find_series(self._signals.titles, self._signals.day)

    @cached_property
    def _same_topics(self) -> float:
        """What common topics add if dates say little."""
        return _SAME_TOPICS * (1 - self._signals.crowd) if self._signals.is_dated else 0

    def _with_links(self, texts: TextMatrix, found: LikeTexts) -> tuple[Ints, Ints, Floats, Floats]:
        """Return pairs that share words or links, as articles, others, cosines, and weights of shared links."""
        count = len(self._signals.articles)
        rows, columns, weights = self._signals.shared_links(found.texts)
        shared = np.zeros(len(found.rows))
        if not len(rows):
            return found.rows, found.columns, found.cosine, shared
        by_links, by_words = rows * count + columns, found.rows * count + found.columns
        place = places_in(by_links, by_words)
        is_both = place >= 0
        shared = np.where(is_both, weights[place], 0)
        others = np.ones(len(by_links), bool)
        others[place[is_both]] = False
        rows, columns, weights = rows[others], columns[others], weights[others]
        return (
            np.concatenate([found.rows, rows]),
            np.concatenate([found.columns, columns]),
            np.concatenate([found.cosine, texts.cosine(rows, columns)]),
            np.concatenate([shared, weights]),
        )

    def _factors(self, first: Ints, second: Ints) -> Floats:
        signals = self._signals
        days = signals.days_apart(first, second)
        undated = np.isnan(days)
        far = _FAR_AMONG_FEW + (_FAR_IN_TIME - _FAR_AMONG_FEW) * signals.crowd
        factors: Floats = far + (1 - far) * np.exp(-np.nan_to_num(days) / DAYS_APART)
        factors[undated] = far if signals.is_dated else 1
        if self._same_topics:
            factors[~undated] *= 1 + self._same_topics * signals.topic_likeness(first[~undated], second[~undated])
        factors *= np.where(signals.same_kind(first, second), 1, _OTHER_KIND)
        factors *= np.where(signals.same_publisher(first, second), _SAME_PUBLISHER, 1)
        factors *= np.where(self._series.are_far(first, second), _FAR_IN_SERIES, 1)
        first, second = first[undated], second[undated]
        is_same = signals.same_folder(first, second) | signals.share_topic(first, second)
        factors[undated] *= np.where(is_same, _SAME_SUBJECT, 1)
        return factors
