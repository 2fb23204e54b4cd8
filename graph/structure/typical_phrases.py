"""Phrases that are typical of the titles of a group, compared with all other titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain

import msgspec
import numpy as np

from graph.structure.arrays import Ints
from graph.structure.months import is_month
from graph.structure.title_phrases import Phrase, Words
from graph.structure.titles import Title, fold
from graph.structure.typicality import SIGNIFICANT, evidence
from graph.truth.phrases import is_unspaced

LONGEST_NAME = 40
"""The most letters of a name."""

LEAST_LETTERS = 3
"""Letters of a name, unless it is an abbreviation or of a script without spaces."""

COMMON = 0.05
"""Anything that a larger share of all others has cannot name a group alone."""

TIMES_ELSEWHERE = 3
"""How many times more frequent than elsewhere something must be to name a group."""

HALF = 0.5
"""The share of members that shows by itself what they have in common."""

THIRD = 0.3
"""The share that shows it if it is rare elsewhere, too."""

FIFTH = 0.2
"""The share that is enough beside another name."""

FEW = 4
"""With fewer members, nearly all must have something in common."""

SEVERAL = 5
"""With at least this many members, shares are counted."""

MANY = 10
"""With at least this many members, less evidence is enough."""

_FEWEST = 3
"""The fewest titles with a phrase that are no accident."""
_A_WORD, _MOST_WORDS = 0.25, 3
"""How much better a phrase with one more word names a group, up to three words: it says more exactly what it means."""
_NO_NAME, _A_NAME = 0.8, 0.3
"""How well common words name a group, and how much better what is written as a name does."""
_GENERAL, _GENERAL_WORDS = 0.2, 0.6
"""The share of titles with a phrase that is named with their months, even if others have it, too; of common words."""


class Typical(msgspec.Struct, frozen=True):
    """A phrase that is typical of a group."""

    phrase: Phrase
    """The phrase."""
    elsewhere: float
    """The share of other titles with it, never quite 0."""
    score: float
    """How well it names the group."""

    @property
    def lift(self) -> float:
        """How many times more frequent it is than elsewhere."""
        return self.phrase.share / self.elsewhere

    @property
    def text(self) -> str:
        """The phrase as it is written."""
        return self.phrase.text

    @property
    def share(self) -> float:
        """The share of the group's titles with it."""
        return self.phrase.share

    def words_beside(self, name: str) -> bool:
        """Return whether it can stand beside a name: neither says a word of the other."""
        one, other = self.text.casefold(), name.casefold()
        # In a script without spaces there are no words to compare.
        return (
            one not in other
            and other not in one
            and set(self.phrase.words).isdisjoint(fold(word.strip(",:")) for word in name.split())
        )

    @property
    def is_name(self) -> bool:
        """Whether it is written as a name."""
        return self.phrase.name_likeness == 1

    @property
    def is_marked(self) -> bool:
        """Whether it is written as no common word is: with capitals within, digits or several words."""
        return self.is_long or self.text[1:] != self.text[1:].lower() or any(map(str.isdigit, self.text))

    @property
    def is_long(self) -> bool:
        """Whether it has several words."""
        return len(self.phrase.words) > 1


class Backdrop(msgspec.Struct, frozen=True, dict=True):
    """The articles that groups are compared with: all, or those of a community that they are parts of."""

    titles: Sequence[Title]
    """Their different titles that can be read."""
    scale: float = 1.0
    """How many articles one of these titles stands for, if not all are counted."""
    articles: Ints | None = None
    """Their numbers; `None` for all."""

    @cached_property
    def counts(self) -> Counter[str]:
        """Titles with each word."""
        return Counter(chain.from_iterable(title.words for title in self.titles))

    @cached_property
    def common(self) -> frozenset[str]:
        """Words of so many titles that they do not distinguish groups."""
        most = (COMMON if self.articles is None else HALF) * len(self.titles)
        return frozenset(word for word, count in self.counts.items() if count > max(most, FEW))

    @cached_property
    def segments(self) -> Counter[str]:
        """Titles with each segment, without case."""
        return Counter(segment for title in self.titles for segment in {part.casefold() for part in title.segments})

    def share(self, count: int, total: int, titles: int) -> float:
        """Return the share of all other titles that have what `count` of a group's titles have, never quite 0."""
        total = max(round(total * self.scale), count)
        return (total - count + 0.5) / (max(round(len(self.titles) * self.scale), titles) - titles + 1)


def typical_phrases(
    phrases: Iterable[Phrase], titles: int, counts: Mapping[Words, int], others: Backdrop
) -> tuple[list[Typical], list[Phrase]]:
    """Return the phrases that are typical of a group, the best first, and those that many of its titles share."""
    found, general = [], []
    every = max(round(len(others.titles) * others.scale), titles)
    for phrase in phrases:
        total = max(round(counts[phrase.words] * others.scale), phrase.count)
        elsewhere = others.share(phrase.count, counts[phrase.words], titles)
        lift = phrase.share / elsewhere
        is_name = phrase.name_likeness >= (1.0 if len(phrase.words) == 1 else HALF)
        is_general = phrase.share >= (_GENERAL if is_name else _GENERAL_WORDS) and (is_name or len(phrase.words) > 1)
        if is_general and (len(phrase.words) > 1 or is_no_accident(phrase, titles)) and _names_something(phrase.text):
            general.append(phrase)
        if (
            lift < TIMES_ELSEWHERE
            or total - phrase.count > COMMON * (every - titles)
            or evidence(phrase.count, titles, total, every) < SIGNIFICANT
            or not _names_something(phrase.text)
        ):
            continue
        length = 1 + _A_WORD * (min(len(phrase.words), _MOST_WORDS) - 1)
        is_like_a_name = _NO_NAME + _A_NAME * phrase.name_likeness
        score = phrase.share * min(1.0, float(np.log10(lift))) * length * is_like_a_name
        found.append(Typical(phrase, elsewhere, score))
    found.sort(key=lambda row: (-row.score, row.text))
    general.sort(key=lambda row: (len(row.words) == 1, -row.share, row.text))
    return found, general


def is_no_accident(phrase: Phrase, titles: int) -> bool:
    """Return whether enough of a group's titles have a phrase: all but one of few, three of more."""
    return phrase.count >= min(_FEWEST, titles - 1)


def _names_something(text: str) -> bool:
    if len(text) > LONGEST_NAME or not any(map(str.isalpha, text)) or is_month(text):
        return False
    return len(text) >= LEAST_LETTERS or text.isupper() or is_unspaced(text[0])
