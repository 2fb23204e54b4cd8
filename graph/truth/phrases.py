"""Finds phrases in texts in one pass: whole words in any script, the longest phrase first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Generic, TypeVar

import msgspec

from graph.expressions import expression

__all__ = ["BETWEEN_WORDS", "Phrases", "is_unspaced", "split_words", "telling_words"]

T = TypeVar("T")

BETWEEN_WORDS = frozenset("-_\u2010")
"""Signs that join two words like a space."""

_WORD = expression(r"([^\W_]+[+#]{0,2})")
_ASCII_WORD = expression(r"([A-Za-z0-9]+[+#]{0,2})")
"""The same, faster."""
_UNSPACED = expression(
    r"[\u30a1-\u30fa\u30fc-\u30ff]+"
    r"|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3007\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U000323af]"
    r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u3099\u309a]*"
)
"""A word in a script without spaces: a character with its marks, or a run of Katakana."""
_DEMANDING = expression(
    r"[\u0300-\u036f\u0483-\u0487\u0591-\u17ff\u200c\u200d\u3005-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
)
"""A quick test whether a text may contain marks or words without spaces."""
_HANGUL = expression("[가-힣]")
_PARTICLE = expression(
    r"(?:은|는|이|가|을|를|의|에|와|과|도|만|로|으로|에서|에게|에는|에도|에서는|에서의|부터|까지|처럼|보다|마다|이나|나"
    r"|이라|라|이라는|라는|이란|란|이며|며|이고|이다|입니다|들|들은|들이|들을|들의|으로는|로는|으로의|로의|와의|과의|용|별)"
)
"""Particles that Korean writes after a noun without a space."""
_LONGEST_PARTICLE = 3
"""Syllables of the longest particle, such as `에서는`."""
_BLANK_LINE = expression(r"\n\s*\n")
_INNER_SIGNS = frozenset({".", "_", "&", "::"})
"""Signs within a longer name: `data.json`, `my_data`, `R&D`."""
_LONGEST_PHRASE = 16
"""Words of the longest phrase: a longer one is a sentence, which no other text repeats."""


class _TrieNode(msgspec.Struct, Generic[T]):
    """The state after the first words of a phrase."""

    following: dict[str, _TrieNode[T]] = msgspec.field(default_factory=dict)
    """The next state, by the next word."""
    meanings: dict[tuple[str, ...], T] = msgspec.field(default_factory=dict)
    """The meanings of phrases that end here, by the sign before the phrase and the signs between its words."""


class Phrases(Generic[T]):
    """Phrases and their meanings, as a trie of words.

    Case, the kind of apostrophe, and a space or a hyphen between two words make no difference. `C`, `C++` and `C#`
    differ, and so do `NET` and `.NET`.
    """

    def __init__(self) -> None:
        self._starts: dict[str, _TrieNode[T]] = {}
        self._korean: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._starts)

    def add(self, phrase: str, meaning: T) -> T | None:
        """Add a phrase unless it is already there, and return its meaning.

        Returns `None` for a phrase that cannot be found: one without words, with more than 16 words, or of one
        character in a script without spaces.
        """
        folded, gaps = _split_folded(phrase)
        if not folded or len(folded) > _LONGEST_PHRASE:
            return None
        if len(folded) == 1 and len(folded[0]) == 1 and _UNSPACED.match(folded[0]):
            return None
        node = self._starts.setdefault(folded[0], _TrieNode())
        for word in folded[1:]:
            node = node.following.setdefault(word, _TrieNode())
        self._korean.update(word for word in folded if _HANGUL.match(word))
        return node.meanings.setdefault((_lead(gaps[0]), *map(_joint, gaps[1:-1])), meaning)

    def find(self, text: str) -> Iterator[tuple[int, T]]:
        """Yield the place of the first word of each phrase in a text, and the meaning of the phrase.

        If phrases overlap, the first is found; if they begin at the same word, the longest. Linear in the text.
        """
        folded, gaps = _split_folded(text)
        if self._korean:
            folded = [self._without_particle(word) for word in folded]
        starts = self._starts
        end = 0
        for start in [position for position, word in enumerate(folded) if word in starts]:
            if start < end:
                continue
            node: _TrieNode[T] | None = starts[folded[start]]
            found: T | None = None
            position = start
            while node is not None:
                position += 1
                if node.meanings and not _is_part(gaps, start, position):
                    meaning = node.meanings.get((_lead(gaps[start]), *map(_joint, gaps[start + 1 : position])))
                    if meaning is not None:
                        found, end = meaning, position
                node = node.following.get(folded[position]) if position < len(folded) else None
            if found is not None:
                yield start, found

    def _without_particle(self, word: str) -> str:
        """Return a Korean word without its particle if the rest is a word of a phrase."""
        if word in self._korean or not _HANGUL.match(word):
            return word
        for end in range(len(word) - 1, max(1, len(word) - 1 - _LONGEST_PARTICLE), -1):
            if word[:end] in self._korean and _PARTICLE.fullmatch(word, end):
                return word[:end]
        return word


def split_words(text: str) -> tuple[list[str], list[str]]:
    """Return the words of a text, and the gaps before each word and after the last. Linear.

    The text is normalised by NFKC. Words are letters and digits, with the signs of `C++` and `C#`; in a script without
    spaces each character is a word.
    """
    pattern = _ASCII_WORD
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.replace("\xad", "").replace("™", " ").replace("♯", "#"))
        text = text.replace("İ", "I").replace("i\u0307", "i")
        pattern = _WORD
        if _DEMANDING.search(text):
            text = _UNSPACED.sub(r" \g<0> ", text)
            pattern = _marked_word()
    pieces = pattern.split(text)
    return pieces[1::2], pieces[::2]


def is_unspaced(word: str) -> bool:
    """Return whether a word, as `split_words` returns it, is of a script without spaces."""
    return not word.isascii() and _UNSPACED.match(word) is not None


@cache  # because it is slow to compile, and few texts need it
def _marked_word() -> re.Pattern[str]:
    """Return `_WORD` for scripts with marks, from Greek to Sinhala, and for the joiners of Persian and Hindi."""
    marks = "".join(sign for code in range(0x300, 0xE00) if unicodedata.category(sign := chr(code))[0] == "M")
    return re.compile(rf"([^\W_]+(?:[{marks}\u200c\u200d]+[^\W_]*)*[+#]{{0,2}})")


def telling_words(text: str) -> list[str]:
    """Return the case-folded words of a text for comparing it with others, in order. Linear.

    In a script without spaces a character alone says little, so neighbouring characters make pairs: "知識圖" gives
    "知識" and "識圖", and a character without a neighbour stays alone.
    """
    words, gaps = _split_folded(text)
    if text.isascii() or not _UNSPACED.search(text):
        return words
    found = []
    was_unspaced = False
    for place, word in enumerate(words):
        unspaced = _UNSPACED.fullmatch(word) is not None
        follows = place + 1 < len(words) and not gaps[place + 1].strip(" ")
        if unspaced and follows and _UNSPACED.fullmatch(words[place + 1]):
            found.append(word + words[place + 1])
        elif not (unspaced and was_unspaced):
            found.append(word)
        was_unspaced = unspaced and follows
    return found


def _split_folded(text: str) -> tuple[list[str], list[str]]:
    """Return the case-folded words of a text, and the gaps around them."""
    if text.isascii():
        return split_words(text.lower())
    words, gaps = split_words(text)
    return list(map(str.casefold, words)), gaps


def _lead(gap: str) -> str:
    """Return the sign that belongs to the word after a gap: the dot of `.NET`."""
    return "." if gap.endswith(".") and not gap.endswith("..") else ""


def _joint(gap: str) -> str:
    """Return the gap between two words in a normalised form."""
    if gap in BETWEEN_WORDS or gap.isspace():
        return "\n" if _BLANK_LINE.search(gap) else " "
    return "".join(gap.split()).replace("\u2019", "'").replace("\u2018", "'")


def _is_part(gaps: Sequence[str], start: int, end: int) -> bool:
    """Return whether the gaps around some words show that they are part of a longer name."""
    before, after = gaps[start], gaps[end]
    if before == " " == after:
        return False
    is_within = (start and before in _INNER_SIGNS) or (end < len(gaps) - 1 and after in _INNER_SIGNS)
    return bool(is_within) or before.endswith("@")
