"""Why two articles go together, in a few words each."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from graph.analysis.series import without_numbers
from graph.analysis.suggestion_signals import Signals
from graph.structure.text_matrix import TextMatrix

_TOLD_DAYS = 30
_TOLD = 3
"""The most words, and the most shared pages, that a reason names."""


def pair_reasons(signals: Signals, texts: TextMatrix, first: int, second: int) -> tuple[str, ...]:
    """Return what two articles have in common, such as `both say terra, verily` and `one day apart`; never nothing.

    `texts` are those by which they were compared.
    """
    return tuple(_reasons(signals, texts, first, second)) or ("similar words",)


def _reasons(signals: Signals, texts: TextMatrix, first: int, second: int) -> Iterator[str]:
    one, other = np.array([first]), np.array([second])
    if signals.has_same_title(first, second):
        yield "same title"
    elif (name := without_numbers(signals.titles[first])) and name == without_numbers(signals.titles[second]):
        yield "same title but for numbers"
    elif words := texts.shared_words(first, second, _TOLD):
        yield f"both say {', '.join(words)}"
    if pages := [*dict.fromkeys(signals.shared_pages(first, second))]:
        more = f" and {len(pages) - _TOLD} more" if len(pages) > _TOLD else ""
        yield f"both are linked with {', '.join(pages[:_TOLD])}{more}"
    days = float(signals.days_apart(one, other)[0])
    if days <= _TOLD_DAYS:
        yield "same day" if days == 0 else "one day apart" if days == 1 else f"{days:.0f} days apart"
    if signals.same_publisher(one, other)[0]:
        yield "same publisher"
    is_undated = math.isnan(days)
    topics = signals.shared_topics(first, second, rare=not is_undated)
    if topics and (is_undated or signals.crowd < 1):
        yield f"both about {', '.join(topics[:_TOLD])}"
    if is_undated and signals.same_folder(one, other)[0]:
        yield "same folder"
