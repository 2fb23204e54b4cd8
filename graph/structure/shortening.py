"""Shortens titles for names: to the clause, or the words between function words, that say most about a group."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from graph.structure.title_words import TitleWords
from graph.structure.titles import fold
from graph.truth.phrases import is_unspaced

_CLAUSE = re.compile(r"\s+[|–—·•-]\s+|\s*[|—]\s*|[:;?!]\s+|\s+\(|\)\s*|[。、，：；！？]\s*")  # noqa: RUF001 - the marks are Chinese
_WORD = re.compile(r"\S+")
_MARKS = ' ,.;:–-…("“”'
_FEWEST_LETTERS = 6
"""Letters of a part that says enough."""
_FIRST_CLAUSE = 1.4
"""How much better the first clause says what a title is about than a later one."""
_FROM_START = 1.3
"""How much better a part from the beginning of a clause reads than one from its middle."""
_BROKEN_OFF = 0.96
"""The same of a beginning that ends in an ellipsis."""
_WITHIN, _WITH_COMMA = 0.7, 0.8
"""How well a part without the beginning of its clause reads, and one with a comma in it."""


def shorten_title(text: str, most: int, words: TitleWords, weights: Mapping[str, float]) -> str:
    """Return a title in at most so many letters, without cut words.

    It is the title, a clause of it, or the words between two that say nothing alone; otherwise it ends in an ellipsis
    after a whole word. `weights` say how much its words say about a group. Quadratic in the words of the title.
    """
    text = text.strip(" .…")
    if len(text) <= most:
        return text
    best, found = 0.0, ""
    for factor, piece in _pieces(text, most, words):
        keys = {fold(word.strip(_MARKS)) for word in piece.split()}
        weight = factor * sum(weights.get(key, 0.0) for key in keys) * (len(piece) / most) ** 0.5
        if weight > best:
            best, found = weight, piece
    found = found or _begun(text, most, words)
    return found if text.startswith(found[:-1]) else capitalised(found)


def capitalised(text: str) -> str:
    """Return a text with a capital letter at its beginning, unless its first word has one elsewhere, as iPhone."""
    first = text.split(" ", 1)[0]
    return text if any(map(str.isupper, first)) else text[:1].upper() + text[1:]


def _pieces(text: str, most: int, words: TitleWords) -> Iterator[tuple[float, str]]:
    """Yield parts of a title that can stand alone, with how well they do."""
    begun = _begun(text, most, words)
    yield _FROM_START * (1 if begun[-1:] != "…" else _BROKEN_OFF), begun
    for place, clause in enumerate(_CLAUSE.split(text)):
        clause = clause.strip(_MARKS)  # noqa: PLW2901 - the same, without marks
        first = _FIRST_CLAUSE if not place else 1.0
        if _says_enough(clause, most, words):
            yield first * _FROM_START, clause
        marks = list(_WORD.finditer(clause))
        dull = [words.is_plain(fold(mark.group().strip(_MARKS))) for mark in marks]
        comma = [mark.group().endswith(",") for mark in marks]
        for start in range(len(marks)):
            if dull[start] or (start and not dull[start - 1] and not comma[start - 1]):
                continue
            for end in range(start + 1, len(marks)):
                is_break = end + 1 == len(marks) or dull[end + 1] or comma[end]
                piece = clause[marks[start].start() : marks[end].end()].strip(_MARKS)
                if is_break and not dull[end] and _says_enough(piece, most, words):
                    yield first * (1.0 if not start else _WITHIN) * (_WITH_COMMA if "," in piece else 1), piece


def _says_enough(piece: str, most: int, words: TitleWords) -> bool:
    """Return whether a piece is short enough, and says enough."""
    if not _FEWEST_LETTERS <= len(piece) <= most:
        return len(piece) <= most and any(map(is_unspaced, piece)) and len(piece) > 1
    keys = [fold(word.strip(_MARKS)) for word in piece.split()]
    return sum(bool(key) and not words.is_plain(key) for key in keys) > 1 or any(map(is_unspaced, piece))


def _begun(text: str, most: int, words: TitleWords) -> str:
    """Return the beginning of a title, with an ellipsis after a whole word, or after a character if it has to be."""
    end = most - 1
    while end > 1 and _goes_on(text[end]):
        end -= 1
    cut = text[:end]
    if not text[end].isspace() and " " in cut:
        cut = cut.rsplit(" ", 1)[0]
    said = cut.split()
    while len(said) > 1 and (not said[-1].strip(_MARKS) or words.is_plain(fold(said[-1].strip(_MARKS)))):
        said.pop()
    return " ".join(said).rstrip(_MARKS) + "…"


def _goes_on(sign: str) -> bool:
    """Return whether a sign belongs to the letter or picture before it."""
    return unicodedata.category(sign)[0] == "M" or sign == "\u200d"
