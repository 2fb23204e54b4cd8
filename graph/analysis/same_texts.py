"""Which articles are the same text at several addresses, and which report the same event."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.analysis.relations import label_of, text_of
from graph.analysis.suggestion_signals import Signals
from graph.analysis.title_differences import TitleDifferences
from graph.pairs import by_key
from graph.structure.arrays import Floats, Ints, distinct

_COPY_DAYS = 14
"""Days within which a text is copied; later, the same title belongs to another text, such as a yearly one."""
_COPY_COSINE = 0.9
"""The least cosine of copies with different titles, and of copies without dates."""
_TITLE_COSINE = 0.5
"""The least cosine of copies with the same title; below it, the title is one such as "Index" or "News"."""
_STORY_DAYS = 5
_STORY_COSINE = 0.5
_STORY_COSINE_A_DAY = 0.04
"""What is added for each day: with .5 on the same day and .7 after five days, nearly all pairs are of one event."""
_REGULAR_DAYS = 3
_LONGEST_GAP = 100
"""A title that a publisher uses on at least three days, over more than two weeks, with no longer gap, is a series'."""
_MOST_OF_ONE = 20
"""Pairs of each article: those with the most similar texts."""
_NEXT = 3
"""Articles of the same title, by date, with which each is compared, however common its words are."""


class SameTexts:
    """Finds copies and articles about one event, given what is known about all articles."""

    def __init__(self, signals: Signals) -> None:
        self._signals = signals

    def pairs(self, among: NDArray[np.bool_] | None = None) -> tuple[Ints, Ints, Floats]:
        """Return pairs of articles that are similar enough to be copies or of one event, sorted, and their cosines.

        The first of a pair has the smaller number. Only the articles that `among` marks are paired (`None`: all), each
        with at most 20. Cost as of `TextMatrix.alike`.
        """
        count = len(self._signals.articles)
        wanted = np.ones(count, bool) if among is None else among
        codes = [self._same_titles(wanted)]
        for alike in self._signals.texts.alike(np.flatnonzero(wanted), min(_TITLE_COSINE, _STORY_COSINE)):
            near = alike.closest(wanted[alike.columns], _MOST_OF_ONE)
            codes.append(self._codes(near.rows, near.columns))
        found = distinct(np.concatenate(codes))
        first, second = (found // count, found % count) if count else (found, found)
        return first, second, self._signals.texts.cosine(first, second)

    def are_copies(self, first: Ints, second: Ints, cosine: Floats) -> NDArray[np.bool_]:
        """Return which pairs are the same text twice.

        Copies have the same title within 14 days and a cosine of at least .5, or a cosine of at least .9 and titles
        that do not tell different things. Without a date, both must have a text, and the cosine must be at least .9.
        Events that begin at different times are not copies, nor are articles of a series under one title.
        """
        days = self._signals.days_apart(first, second)
        undated = np.isnan(days)
        same_title = np.array(list(map(self._signals.has_same_title, first.tolist(), second.tolist())), bool)
        has_text = self._has_text
        likely = np.where(undated, has_text[first] & has_text[second] & (cosine >= _COPY_COSINE), days <= _COPY_DAYS)
        likely &= cosine >= np.where(same_title, _TITLE_COSINE, _COPY_COSINE)
        for place in np.flatnonzero(likely).tolist():
            one, other = int(first[place]), int(second[place])
            if same_title[place]:
                likely[place] = not self._recurs(one, other, float(days[place]))
            else:
                likely[place] = not self._are_apart(one, other)
        return likely

    def are_of_one_event(
        self, first: Ints, second: Ints, cosine: Floats, *, least: float = _STORY_COSINE
    ) -> NDArray[np.bool_]:
        """Return which pairs are of different publishers, at most five days apart, and say much the same.

        The cosine must be at least `least`, and .04 more for each day between them. Titles that tell different things
        are of different events.
        """
        days = self._signals.days_apart(first, second)
        publisher = self._signals.publisher
        known = (publisher[first] >= 0) & (publisher[second] >= 0) & (publisher[first] != publisher[second])
        likely: NDArray[np.bool_] = known & (days <= _STORY_DAYS)
        likely[likely] = cosine[likely] >= least + _STORY_COSINE_A_DAY * days[likely]
        for place in np.flatnonzero(likely).tolist():
            likely[place] = not self._are_apart(int(first[place]), int(second[place]))
        return likely

    def _same_titles(self, wanted: NDArray[np.bool_]) -> Ints:
        """Return pairs of wanted articles of one title that follow each other, as codes."""
        day = np.nan_to_num(self._signals.day, nan=np.inf).tolist()
        by_title = ([one for one in some if wanted[one]] for some in self._by_title.values())
        by_time = (sorted(some, key=lambda one: (day[one], one)) for some in by_title)
        pairs = [
            pair for some in by_time for ahead in range(1, _NEXT + 1) for pair in zip(some, some[ahead:], strict=False)
        ]
        first, second = np.array(pairs, np.int64).reshape(-1, 2).T
        return self._codes(first, second)

    def _codes(self, first: Ints, second: Ints) -> Ints:
        return np.minimum(first, second) * len(self._signals.articles) + np.maximum(first, second)

    def _recurs(self, first: int, second: int, days: float) -> bool:
        """Return whether two articles of one title are of a series, or of two events."""
        network = self._signals.network
        begins = {text_of(network, self._signals.articles[one], "starts_at") for one in (first, second)} - {None}
        if len(begins) > 1:
            return True
        if math.isnan(days) or days <= 1:
            return False
        return (self._signals.titles[first], int(self._signals.publisher[first])) in self._series

    def _are_apart(self, first: int, second: int) -> bool:
        one, other = (label_of(self._signals.network, self._signals.articles[each]) for each in (first, second))
        return self._differences.are_apart(one, other)

    @cached_property
    def _has_text(self) -> NDArray[np.bool_]:
        return np.array(list(map(bool, self._signals.excerpts)), bool)

    @cached_property
    def _by_title(self) -> dict[str, list[int]]:
        return by_key((title, number) for number, title in enumerate(self._signals.titles) if title)

    @cached_property
    def _series(self) -> set[tuple[str, int]]:
        """The titles, and their publishers, of series."""
        on: defaultdict[tuple[str, int], set[float]] = defaultdict(set)
        day, publisher = self._signals.day.tolist(), self._signals.publisher.tolist()
        for title, some in self._by_title.items():
            for one in some:
                if not math.isnan(day[one]):
                    on[title, publisher[one]].add(day[one])
        return {series for series, days in on.items() if _is_regular(sorted(days))}

    @cached_property
    def _differences(self) -> TitleDifferences:
        titles = (label_of(self._signals.network, article) for article in self._signals.articles)
        return TitleDifferences.among((*titles, *self._signals.excerpts))


def _is_regular(days: list[float]) -> bool:
    gaps = np.diff(days)
    return len(days) >= _REGULAR_DAYS and days[-1] - days[0] > _COPY_DAYS and float(gaps.max()) <= _LONGEST_GAP
