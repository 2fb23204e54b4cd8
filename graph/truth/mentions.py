"""Finds topics in running text: whole words only, and never as loud as what an author stated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

__all__ = ["Finder"]

_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
_SHORT = 3
_LONGEST_PHRASE = 6
_LONGEST_TEXT = 200_000


class Finder:
    """Finds phrases in texts in one pass over their words.

    Case counts only for names of up to three letters (`AI`, `Go`), which are common words otherwise.
    """

    def __init__(self, phrases: Mapping[str, AbstractSet[str]]) -> None:
        """Take for each IRI the phrases that mean it."""
        self._exact: dict[tuple[str, ...], set[str]] = {}
        self._folded: dict[tuple[str, ...], set[str]] = {}
        for iri, names in phrases.items():
            for name in names:
                words = tuple(_WORD.findall(name))
                if not words or len(words) > _LONGEST_PHRASE:
                    continue
                if len(words) == 1 and len(words[0]) <= _SHORT:
                    self._exact.setdefault(words, set()).add(iri)
                else:
                    self._folded.setdefault(tuple(word.casefold() for word in words), set()).add(iri)
        self._lengths = sorted({len(words) for words in self._folded})

    def find(self, text: str) -> set[str]:
        """Return the IRIs whose phrases stand in a text; only its first 200,000 characters are searched."""
        words = _WORD.findall(text[:_LONGEST_TEXT])
        folded = [word.casefold() for word in words]
        found: set[str] = set()
        if self._exact:
            for word in set(words):
                found |= self._exact.get((word,), set())
        for length in self._lengths:
            for start in range(len(folded) - length + 1):
                hit = self._folded.get(tuple(folded[start : start + length]))
                if hit:
                    found |= hit
        return found
