"""What all suggestions share: for whom they are, which are shown, and in which order."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TypeAlias

import numpy as np

from graph.analysis.lookup import find_node
from graph.analysis.suggestion_signals import Signals
from graph.errors import FormatError
from graph.structure.arrays import Floats, Ints, comparable, places_among_equals

Scored: TypeAlias = tuple[Ints, Ints, Floats]
"""Articles, what is suggested for each, and the scores."""


def check_bounds(limit: int | None, min_score: float) -> None:
    """Raise FormatError if a limit is negative or a score is not a number."""
    if limit is not None and limit < 0:
        raise FormatError(f"limit: {limit} is below zero. Give the number of suggestions, or no limit for all.")
    if math.isnan(min_score):
        raise FormatError("min_score: not a number. Give a score, such as 0.5.")


def wanted_of(signals: Signals, article: str | None) -> Ints | None:
    """Return the number of the article that a name means, or `None` for all articles.

    Raises NoSuchNodeError as `find_node` does.
    """
    if article is None:
        return None
    found = find_node(signals.network.subgraph(signals.articles), article)
    return np.array([signals.articles.index(found)], np.int64)


def best_of_each(scored: Scored, limit: int | None) -> Iterator[tuple[int, int, float]]:
    """Yield the best of each article in order, equals by number; at most `limit` for each."""
    rows, columns, scores = scored
    # Rounded first, so that pairs which differ in the last digits of a machine are in the same order on all.
    scores = comparable(scores)
    order = np.lexsort((columns, -scores, rows))
    if limit is not None:
        order = order[places_among_equals(rows[order]) < limit]
    yield from zip(rows[order].tolist(), columns[order].tolist(), scores[order].tolist(), strict=True)
