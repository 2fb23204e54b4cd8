"""Words in the syntax of FTS5, SQLite's full-text search."""

from __future__ import annotations

import unicodedata

from graph.search.words import folded, words_of


def has_word(part: str) -> bool:
    """Return whether a text has letters or digits of any script, which are words for the index."""
    return any(
        unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "Co" for character in part
    )


def as_term(part: str) -> str:
    """Return a word in the syntax of FTS5, quoted: the whole word, or words that begin with it."""
    quoted = '"' + part.replace('"', " ") + '"'
    letters = sum(character.isalnum() for character in part)
    return f"({quoted} OR {quoted} *)" if letters > 1 else quoted


def spelled_or_folded(part: str) -> str:
    """Return a word in the syntax of FTS5, as it is and folded."""
    plain = " ".join(words_of(folded(part)))
    return as_term(part) if part.isascii() or not plain else f"({as_term(part)} OR {as_term(plain)})"
