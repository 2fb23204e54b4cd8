"""Topics that titles and summaries point to, by their names and keywords: a hint for articles that state none."""

from __future__ import annotations

import re
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.atlas.census import Census
from graph.structure.arrays import Ints

__all__ = ["find_hints"]

_Phrases: TypeAlias = tuple[dict[str, set[int]], dict[tuple[str, ...], set[int]]]
"""For each first word how many words phrases with it have; and for each phrase its topics."""

_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
_SHORT = 3
_SEARCHED = 160
"""Characters of a summary that are searched: what it is about, it says at once."""


def find_hints(census: Census, asking: NDArray[np.bool_], usable: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return the articles that ask and the usable topics their words point to, as places, one pair for each.

    What an article mentions counts as well. Linear in the words of titles.
    """
    phrases = _phrases(census, usable)
    articles, topics = [], []
    for number in np.flatnonzero(asking).tolist() if usable.any() else ():
        article = census.articles[number]
        for place in sorted(_find(f"{article.label}\n{(article.excerpt or '')[:_SEARCHED]}", phrases)):
            articles.append(number)
            topics.append(place)
    sources, targets = census.pairs["mentions"]
    places = targets - census.first_topic
    known = (sources < len(census.articles)) & (places >= 0)
    known[known] = asking[sources[known]] & usable[places[known]]
    return np.array([*articles, *sources[known]], np.int64), np.array([*topics, *places[known]], np.int64)


def _phrases(census: Census, usable: NDArray[np.bool_]) -> tuple[_Phrases, _Phrases]:
    """Return phrases whose case counts, and those whose case does not.

    It counts only for names of up to three letters (`AI`, `Go`), which are common words otherwise.
    """
    exact: _Phrases = ({}, {})
    folded: _Phrases = ({}, {})
    for place in np.flatnonzero(usable).tolist():
        topic = census.topics[place]
        for name in {topic.label, *topic.names, *topic.keywords, *topic.hashtags}:
            words = tuple(_WORD.findall(name))
            is_exact = len(words) == 1 and len(words[0]) <= _SHORT
            words = words if is_exact else tuple(word.casefold() for word in words)
            if words:
                lengths, topics = exact if is_exact else folded
                lengths.setdefault(words[0], set()).add(len(words))
                topics.setdefault(words, set()).add(place)
    return exact, folded


def _find(text: str, phrases: tuple[_Phrases, _Phrases]) -> set[int]:
    """Return the topics whose phrases stand in a text."""
    words = _WORD.findall(text)
    found: set[int] = set()
    # No letter folds to a space, so all words are folded at once.
    for row, (lengths, topics) in zip((words, " ".join(words).casefold().split(" ")), phrases, strict=True):
        if lengths.keys().isdisjoint(row):
            continue
        for start, word in enumerate(row):
            for length in lengths.get(word, ()):
                found.update(topics.get(tuple(row[start : start + length]), ()))
    return found
