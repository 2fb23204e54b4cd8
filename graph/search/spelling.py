"""All words of an index, sorted, and those that a typed word may mean."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.search.ranking import RANKING

_WordNumbers = NDArray[np.int64]
Fits = NDArray[np.float32]
"""How well something fits what was typed, for each of many words or nodes."""

_COLUMNS = 14  # leading letters of a word that are held as numbers


class Spelling:
    """All words, held as one text; about 35 bytes a word."""

    def __init__(self, text: bytes) -> None:
        """Take all words in the order of their code points, one a line, in UTF-8."""
        self._text = text.decode()
        signs = np.frombuffer(self._text.encode("utf-32-le"), np.uint32)
        ends = np.append(np.flatnonzero(signs == ord("\n")), len(signs)) if text else np.zeros(0, np.int64)
        self._ends = ends.astype(np.uint32)
        starts = np.append(0, ends[:-1] + 1) if text else ends
        self._starts = starts.astype(np.uint32)
        self.lengths = (ends - starts).astype(np.uint16)
        """The number of letters of each word."""
        self._letters = np.zeros((_COLUMNS, len(ends)), np.uint8)
        for column in range(_COLUMNS):
            held = self.lengths > column
            self._letters[column, held] = signs[starts[held] + column] & 0xFF

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, place: int) -> str:
        return self._text[self._starts[place] : self._ends[place]]

    def beginning(self, typed: str) -> tuple[int, int]:
        """Return the place of the first word that begins with `typed`, and the place after the last."""
        return bisect_left(self, typed), bisect_right(self, typed, key=lambda word: word[: len(typed)])

    def near(self, typed: str) -> tuple[_WordNumbers, Fits, Fits]:
        """Return the words within the tolerated typos: their places, how well each fits, and its distance in typos.

        A typo is a letter more, less or other, or two swapped: the optimal string alignment distance (Damerau 1964, "A
        technique for computer detection and correction of spelling errors", restricted), to the whole word or to its
        beginning; a match of the beginning only adds half a typo. Linear in the number of words, most of which are
        ruled out because they lack letters.
        """
        most = RANKING.forgiven(len(typed))
        places = self._sharing(typed, most) if most else np.zeros(0, np.int64)
        words = [self[place] for place in places.tolist()]
        whole = _slips(typed, words, most)
        begun = whole
        for length in range(len(typed) - most, len(typed) + most + 1):
            begun = np.minimum(begun, _slips(typed, [word[:length] for word in words], most))
        kept = begun <= most
        places, whole, begun = places[kept], whole[kept], begun[kept]
        is_whole = whole <= most
        fits = np.where(is_whole, RANKING.guessed, RANKING.guessed_beginning) - RANKING.slip * begun
        away = np.minimum(np.where(is_whole, whole, np.inf), begun + 0.5)
        return places, fits.astype(np.float32), away.astype(np.float32)

    def nearest(self, typed: str) -> list[str]:
        """Return the words with the fewest typos, of those within the tolerated typos."""
        places, _, away = self.near(typed)
        return [self[place] for place in places[away == away.min(initial=np.inf)].tolist()]

    def _sharing(self, typed: str, most: int) -> _WordNumbers:
        """Return the words that have all letters of `typed` but `most` near their places; no other can be near enough.

        Each typo elsewhere moves a letter by at most one place.
        """
        lacking = np.zeros(len(self), np.uint8)
        for place, letter in enumerate(typed[: _COLUMNS - most]):
            near = self._letters[max(place - most, 0) : place + most + 1]
            lacking += ~np.logical_or.reduce([column == ord(letter) & 0xFF for column in near])
        return np.flatnonzero((lacking <= most) & (self.lengths >= max(RANKING.shortest, len(typed) - most)))


def _slips(typed: str, words: list[str], most: int) -> NDArray[Any]:
    """Return the distance of each word in typos, at most `most + 1`."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist

    if not words:
        return np.zeros(0, np.int64)
    away = cdist([typed], words, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)
    return np.asarray(away[0], np.int64)
