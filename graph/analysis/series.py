"""Series: articles whose titles differ only in numbers and months, such as "Monthly call – May 2023"."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.structure.arrays import Floats, Ints
from graph.structure.months import is_month

_FEWEST = 3
"""Different titles of a series."""


class Series(NamedTuple):
    """Which articles are of a series."""

    number: Ints
    """The number of the series of each article; -1 for none."""
    place: Ints
    """The place of each article in it, by date, or by number if a date is unknown; the same for equal titles."""

    def are_far(self, first: Ints, second: Ints) -> NDArray[np.bool_]:
        """Return which pairs are of one series, but do not follow each other."""
        found: NDArray[np.bool_] = (self.number[first] == self.number[second]) & (self.number[first] >= 0)
        found &= np.abs(self.place[first] - self.place[second]) > 1
        return found


def find_series(titles: Sequence[str], day: Floats) -> Series:
    """Return the series among articles, given the words of their titles, joined, and their days. Sorts each series."""
    of_words: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for article, title in enumerate(titles):
        if title:
            of_words[without_numbers(title)][title].append(article)
    number, place = np.full(len(titles), -1), np.zeros(len(titles), np.int64)
    known = ~np.isnan(day)
    for count, articles in enumerate(of_words.values()):
        if len(articles) >= _FEWEST:
            is_dated = all(known[some].all() for some in articles.values())
            first = {title: float(day[some].min()) if is_dated else 0.0 for title, some in articles.items()}
            for rank, title in enumerate(sorted(articles, key=lambda title: (first[title], *_numbers(title)))):
                number[articles[title]], place[articles[title]] = count, rank
    return Series(number, place)


def without_numbers(title: str) -> str:
    """Return the words of a title that are neither numbers nor months."""
    return " ".join(word for word in title.split() if not any(map(str.isdigit, word)) and not is_month(word))


def _numbers(title: str) -> Iterator[float]:
    """Yield the numbers of a title; those with other signs, such as `v2`, by their digits."""
    for word in title.split():
        if digits := "".join(filter(str.isdecimal, word))[:15]:
            yield float(digits)
    yield -math.inf
