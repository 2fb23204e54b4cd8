"""Whether two similar titles are about different things: Austria and Denmark, part 1 and part 2.

Comparing texts does not show this, because such titles have nearly all words in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from graph.truth.phrases import split_words, telling_words

_NEARLY_EQUAL = 0.5
"""Titles with a larger share of common words tell different things if their other words are of different things."""
_EQUAL_BUT_FOR_A_WORD = 0.7
"""The same in scripts without capitals, where names cannot be told from other words."""
_RARELY = 0.1
"""A name is written in lower case less often than this."""
_STAGES = {
    "preview": "alpha beta preview previews previewed previewing",
    "released": "ga general generally",
    "retired": "deprecated deprecation retire retired retirement retiring",
}
_STAGE_OF = {word: stage for stage, words in _STAGES.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class TitleDifferences:
    """Distinguishes titles, knowing how words are written everywhere."""

    _written: Counter[str]
    """How often each word occurs."""
    _small: Counter[str]
    """How often in lower case."""

    @classmethod
    def among(cls, texts: Iterable[str]) -> TitleDifferences:
        """Return what tells titles apart, given all titles and texts. Linear in them."""
        words = Counter(chain.from_iterable(split_words(text)[0] for text in texts))
        written: Counter[str] = Counter()
        small: Counter[str] = Counter()
        for word, count in words.items():
            written[word.casefold()] += count
            if word == word.lower():
                small[word.casefold()] += count
        return cls(written, small)

    def are_apart(self, one: str, other: str) -> bool:
        """Return whether two titles of many common words differ in numbers, names or the stage of a product."""
        first, second = telling_words(one), telling_words(other)
        common = {*first} & {*second}
        share = len(common) / max(min(len({*first}), len({*second})), 1)
        if share <= _NEARLY_EQUAL:
            return False
        stages = [{_STAGE_OF[word] for word in words if word in _STAGE_OF} for words in (first, second)]
        if stages[0] != stages[1]:
            return True
        ours = [word for word in first if not any(_are_forms(word, other) for other in second)]
        theirs = [word for word in second if not any(_are_forms(word, other) for other in first)]
        if not ours or not theirs:
            # "Title" and "Title, part 2"
            rest = ours or theirs
            return len(rest) <= 2 and any(map(_is_number, rest))  # noqa: PLR2004 - a number, and what it counts
        if any(map(_is_number, ours)) and any(map(_is_number, theirs)):
            return True
        if _initials(ours, theirs) or _initials(theirs, ours):
            return False
        return self._has_name(ours, share) and self._has_name(theirs, share)

    def _has_name(self, words: Sequence[str], share: float) -> bool:
        return any(self._is_name(word, share) for word in words)

    def _is_name(self, word: str, share: float) -> bool:
        if word.upper() == word.lower():
            return not _is_number(word) and share > _EQUAL_BUT_FOR_A_WORD
        return self._small[word] < _RARELY * self._written[word]


def _is_number(word: str) -> bool:
    return any(map(str.isdigit, word))


def _are_forms(one: str, other: str) -> bool:
    """Return whether two words are one, or one with an ending: `india` and `indian`, `10` and `10bn`."""
    short, long = sorted((one, other), key=len)
    ending = long.removeprefix(short)
    return not ending or (len(ending) < len(long) and ending.isalpha() and (len(short) > 2 or short.isdigit()))  # noqa: PLR2004 - short words begin many


def _initials(short: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether one of some words is the initials of others: `aws` of `amazon web services`."""
    initials = "".join(word[0] for word in words)
    return any(len(word) > 1 and word in initials for word in short)
