"""What the notes of a vault are called: by their files, as the programs show them; and how values name them."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from urllib.parse import unquote

from graph.month_names import MONTH_NAMES
from graph.statements import StatedArticle

NOTE = re.compile(r"!?\[\[([^\[\]|]+)(?:\|([^\[\]]*))?\]\]")
"""A link to a note: its target, and its words after a bar."""

_MARKDOWN = (".md", ".markdown")


def with_note_name(article: StatedArticle, path: str, generator: str) -> StatedArticle:
    """Return an article without a title with the name that Obsidian or Logseq gives to its note.

    Days in Logseq's journals have none, because each user sets how they are written. Drawings have it everywhere.
    """
    is_note = generator in {"logseq", "obsidian"} and path.lower().endswith(_MARKDOWN)
    if article.title is not None or not (is_note or is_drawing(path)):
        return article
    name = note_name_of(path)
    if is_drawing(path):
        name = note_name_of(name)
    if generator == "logseq":
        if posixpath.basename(posixpath.dirname(path)) != "pages":
            return article
        name = unquote(name.replace("___", "/"))
    return replace(article, title=name) if name.strip() else article


def is_drawing(path: str) -> bool:
    """Return whether a note is an Excalidraw drawing, whose headings only separate its data."""
    return path.lower().endswith(".excalidraw.md")


def names_of_day(path: str, generator: str) -> tuple[str, ...]:
    """Return the names that links may use for a day of Logseq's journal: its date in the most popular forms."""
    found = _JOURNAL.search(path) if generator == "logseq" else None
    if found is None:
        return ()
    year, month, day = map(int, found.groups())
    if not 1 <= month <= len(_MONTHS):
        return ()
    ending = "th" if day in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    name = _MONTHS[month - 1]
    return (
        f"{name[:3]} {day}{ending}, {year}",
        f"{name} {day}{ending}, {year}",
        f"{year}-{month:02}-{day:02}",
        f"{year}/{month:02}/{day:02}",
    )


_JOURNAL = re.compile(r"(?:^|/)journals/(\d{4})_(\d{2})_(\d{2})\.md$", re.ASCII)
_MONTHS = MONTH_NAMES["en"]
_TEENS = range(11, 14)


def note_name_of(path: str) -> str:
    """Return the name of a note's file without its ending."""
    return posixpath.basename(path).rpartition(".")[0]


def unquoted_note(value: object) -> str | None:
    """Return the inside of an unquoted `[[Note]]`, which YAML reads as a list in a list."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], list) and len(value[0]) == 1:
        return value[0][0] if isinstance(value[0][0], str) else None
    return None
