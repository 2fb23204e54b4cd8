"""How Sphinx names documents in its roles and tables of contents, in reStructuredText and in MyST, its Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_TITLED = re.compile(r"(.+?)\s*<([^<>]+)>", re.DOTALL)
_OPTION = re.compile(r":[\w-]+:")
_ENDINGS = (".rst", ".md", ".txt")


def split_title(text: str) -> tuple[str, str]:
    """Return the words and the target of `words <target>`; both are the whole text if it has no words of its own."""
    found = _TITLED.fullmatch(text)
    return (found[1], found[2]) if found else (text, text)


def document_at(target: str, ending: str) -> str:
    """Return the file or address that a target means; a document without an ending gets this one."""
    return target if "://" in target or target.endswith(_ENDINGS) else target + ending


def entry_of(line: str) -> str | None:
    """Return the document that a line of a table of contents names, with its words; `None` for any other line."""
    entry = line.strip()
    is_entry = entry and not _OPTION.match(entry) and "*" not in entry and entry not in {"self", "---"}
    return entry if is_entry else None


def entries_of(lines: Iterable[str]) -> Iterator[str]:
    """Yield the documents that a table of contents names."""
    return filter(None, map(entry_of, lines))
