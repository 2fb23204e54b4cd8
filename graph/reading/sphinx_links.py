"""How Sphinx names documents in its roles and tables of contents, in reStructuredText and in MyST, its Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LABEL_MARK = "#"
"""Begins the name of a section that links from other documents may use."""

_OPTION = re.compile(r":[\w-]+:")
_ENDINGS = (".rst", ".md", ".txt", ".ipynb")
_GENERATED = frozenset({"self", "genindex", "modindex", "search"})
"""Entries of tables of contents that name pages without documents."""


def split_title(text: str) -> tuple[str, str]:
    """Return the words and the target of `words <target>`; both are the whole text if it has no words of its own."""
    words, _, target = text.removesuffix(">").rpartition("<")
    has_words = text.endswith(">") and words and target and ">" not in target
    return (words.rstrip(), target) if has_words else (text, text)


def document_at(target: str, ending: str) -> str:
    """Return the file or address that a target means; a document without an ending gets this one."""
    is_whole = "://" in target or target.endswith(_ENDINGS)
    return target if is_whole else (target.rstrip("/") or target) + ending


def entries_of(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the number of each line of a table of contents that names a document, and what it names with its words.

    The others are options, in lines such as `:maxdepth: 2` or between two lines `---`, and patterns.
    """
    is_option = False
    for number, line in enumerate(lines):
        entry = line.strip()
        if entry == "---":
            is_option = not is_option
        elif entry and not is_option and not _OPTION.match(entry) and "*" not in entry and entry not in _GENERATED:
            yield number, entry
