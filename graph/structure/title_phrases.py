"""Phrases that the titles of a group share, and how many titles have them elsewhere.

A phrase is a run of words within a title, neither beginning nor ending with a word that says nothing. A part of a
longer phrase that hardly occurs without it is left out (J. F. da Silva and G. P. Lopes, 1999, A Local Maxima Method for
the Extraction of Multiword Units; K. Frantzi, S. Ananiadou and H. Mima, 2000, the C-value method).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

import msgspec

from graph.structure.title_words import TitleWords
from graph.structure.titles import Title, join_words
from graph.truth.phrases import is_unspaced

Words: TypeAlias = tuple[str, ...]
"""The keys of the words of a phrase."""

_LONGEST = 5
_LONGEST_UNSPACED = 8
"""Characters of a phrase in a script without spaces."""
_LEAST_SHARE = 0.06
"""The share of titles that a phrase must be in."""
_CONTAINED = 0.75
"""A phrase is left out if this share of its titles has one longer phrase with it, or goes on with a capital where the
longest phrases end: "Now Available in the Northern | Star"."""


class Phrase(msgspec.Struct, frozen=True):
    """A phrase that titles of a group share."""

    words: Words
    """The keys of its words."""
    text: str
    """The phrase, in its commonest spelling."""
    count: int
    """Titles of the group with it."""
    share: float
    """The same as a share of the group's different titles."""
    name_likeness: float
    """From 0 if it consists of common words to 1 if it is written as a name."""


def distinct_titles(words: TitleWords, articles: Iterable[int]) -> list[Title]:
    """Return the titles of some articles that can be read, each once, in their order."""
    found: dict[str, Title] = {}
    for article in articles:
        title = words.title(article)
        if title.is_sound:
            found.setdefault(title.key, title)
    return list(found.values())


def shared_phrases(words: TitleWords, titles: Sequence[Title]) -> list[Phrase]:
    """Return the phrases that at least two of some distinct titles share, and 6 % of them. Linear in their words."""
    if len(titles) < 2:  # noqa: PLR2004 - a phrase is shared by two
        return []
    least = max(2, math.ceil(_LEAST_SHARE * len(titles)))
    uses = Counter(chain.from_iterable(title.words for title in titles))
    frequent = frozenset(key for key, count in uses.items() if count >= least)
    found: defaultdict[Words, list[tuple[Words, str]]] = defaultdict(list)
    for title in titles:
        if frequent.isdisjoint(title.words):
            continue
        for phrase, told in _phrases_of(title, words, frequent).items():
            found[phrase].append(told)
    shared = {
        phrase: len(told) for phrase, told in found.items() if len(told) >= least and not _is_unfinished(phrase, told)
    }
    contained = {
        part
        for phrase, count in shared.items()
        for length in range(1, len(phrase))
        for start in range(len(phrase) - length + 1)
        if count >= _CONTAINED * shared.get(part := phrase[start : start + length], math.inf)
    }
    return [
        _phrase(words, phrase, Counter(spelled for spelled, _ in found[phrase]), count, len(titles))
        for phrase, count in shared.items()
        if phrase not in contained and not _is_cut(phrase, found[phrase])
    ]


def _is_unfinished(phrase: Words, told: Sequence[tuple[Words, str]]) -> bool:
    """Return whether most titles with a phrase of several words go on after its last, which is not a name."""
    goes_on = sum(behind != "" and spelled[-1].islower() for spelled, behind in told)
    return len(phrase) > 1 and goes_on >= _CONTAINED * len(told)


def _is_cut(phrase: Words, told: Sequence[tuple[Words, str]]) -> bool:
    """Return whether most titles with one of the longest phrases go on with a capital."""
    return len(phrase) == _LONGEST and sum(behind[:1].isupper() for _, behind in told) >= _CONTAINED * len(told)


def count_phrases(titles: Iterable[Title], words: Mapping[str, int], wanted: Iterable[Words]) -> Mapping[Words, int]:
    """Return how many titles have each wanted phrase, given how many have each word.

    Linear in the words of the titles.
    """
    beginning: defaultdict[str, set[int]] = defaultdict(set)
    alone: dict[Words, int] = {}
    counts: dict[Words, int] = {}
    for phrase in wanted:
        if len(phrase) == 1:
            alone[phrase] = words[phrase[0]]
        else:
            counts[phrase] = 0
            beginning[phrase[0]].add(len(phrase))
    for title in titles:
        if title.words.isdisjoint(beginning):
            continue
        found: set[Words] = set()
        for keys, _ in title.runs:
            for start, key in enumerate(keys):
                if key in beginning:
                    found.update([keys[start : start + length] for length in beginning[key]])
        for phrase in found & counts.keys():
            counts[phrase] += 1
    return alone | counts


def _phrases_of(title: Title, words: TitleWords, frequent: frozenset[str]) -> dict[Words, tuple[Words, str]]:
    """Return the phrases of a title whose words are frequent, with their spelling and the telling word behind."""
    found: dict[Words, tuple[Words, str]] = {}
    for keys, spelled in title.runs:
        for start, end in _spans(keys, words, frequent):
            behind = spelled[end] if end < len(keys) and keys[end] not in words.plain else ""
            found.setdefault(keys[start:end], (spelled[start:end], behind))
    return found


def _spans(keys: Words, words: TitleWords, frequent: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where phrases of frequent words begin and end; words that say nothing may occur within."""
    plain, loose = words.plain, words.loose
    for start, first in enumerate(keys):
        if first not in frequent or first in plain:
            continue
        unspaced = is_unspaced(first)
        longest = _LONGEST_UNSPACED if unspaced else _LONGEST
        for end in range(start, min(len(keys), start + longest)):
            last = keys[end]
            if last in plain:
                continue
            if last not in frequent:
                break
            if last not in loose and (end > start or not unspaced or len(first) > 1):
                yield start, end + 1


def _phrase(words: TitleWords, phrase: Words, spellings: Counter[Words], count: int, titles: int) -> Phrase:
    def rank(spelled: Words) -> tuple[float, str]:
        text = join_words(spelled)
        is_shouted = text.isupper() and len(spelled) > 1
        return (-spellings[spelled] * (0.5 if is_shouted else 1), text)

    spelled = min(spellings, key=rank) if len(spellings) > 1 else next(iter(spellings))
    telling = [pair for pair in zip(phrase, spelled, strict=True) if pair[0] not in words.plain]
    names = sum(words.likeness_to_name(*pair) for pair in telling) / max(len(telling), 1)
    if len(phrase) == 1 and names < 1:  # "Files" is a better name for files than "File"
        spelled = min((one for one in spellings if one[0].casefold() != phrase[0]), key=rank, default=spelled)
    return Phrase(phrase, join_words(spelled), count, count / titles, names)
