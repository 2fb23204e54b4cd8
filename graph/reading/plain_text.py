"""A text without front matter still says what it is: title, sections, excerpt and words, from its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.names import to_text

__all__ = ["PlainText", "count_words", "read_plain_text"]

_LONGEST_HEADING = 100
_LONGEST_TITLE = 300
_LONGEST_EXCERPT = 500
_LONGEST_LINE = 1_000
_MOST_SECTIONS = 200

_BLOCKS = re.compile(r"\n[ \t]*\n\s*")
_HASHES = re.compile(r"#{1,6}\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"(.+)\n[ \t]*(?:=+|-+)[ \t]*")
_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.DOTALL | re.MULTILINE)
_LIST_ITEM = re.compile(r"(?:[-*+•]|\d+[.)])\s")
_SENTENCE_END = (".", "!", ",", ";", "…", '"', "”")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class PlainText:
    """What a plain text says of itself."""

    title: str | None
    """Its first line."""
    is_headed: bool
    """Whether that line is marked as a heading."""
    excerpt: str | None
    """Its first paragraph, cut at a word."""
    sections: tuple[str, ...]
    """Its headings after the title, in order, without a closing colon."""
    word_count: int
    """Runs of letters and digits."""


def read_plain_text(text: str) -> PlainText:
    """Read a plain or Markdown text.

    A heading is a line with `#`, an underlined line, or a short line of its own that does not end like a sentence.
    """
    words = count_words(text)
    blocks = [block.strip("\n") for block in _BLOCKS.split(_FENCE.sub("", text).strip()) if block.strip()]
    if not blocks:
        return PlainText(title=None, is_headed=False, excerpt=None, sections=(), word_count=words)
    first, _, rest = blocks[0].partition("\n")
    heading = _heading_text(first)
    underlined = re.match(r"\s*(?:=+|-+)\s*(?:\n|$)", rest)
    opening = rest[underlined.end() :] if underlined else rest
    sections: list[str] = []
    excerpt: str | None = None
    for block in ([opening] if opening.strip() else []) + blocks[1:]:
        heading = _heading_of(block)
        paragraph = block
        if heading:
            sections.append(heading)
            paragraph = block.partition("\n")[2] if block.lstrip().startswith("#") else ""
        if excerpt is None and paragraph.strip():
            excerpt = to_text(paragraph)
    return PlainText(
        _cut(to_text(heading or first), _LONGEST_TITLE) or None,
        bool(heading or underlined),
        _cut(excerpt, _LONGEST_EXCERPT) if excerpt else None,
        tuple(sections[:_MOST_SECTIONS]),
        words,
    )


def count_words(text: str) -> int:
    """Count the runs of letters and digits of a text."""
    return sum(1 for _ in _WORD.finditer(text))


def _heading_of(block: str) -> str | None:
    line = block.partition("\n")[0].strip()
    hashed = _heading_text(line)
    if hashed is not None:
        return to_text(hashed).removesuffix(":") or None
    if underlined := _UNDERLINE.fullmatch(block):
        return to_text(underlined[1]).removesuffix(":")
    if "\n" in block or len(line) > _LONGEST_HEADING or line.endswith(_SENTENCE_END) or _LIST_ITEM.match(line):
        return None
    return to_text(line).removesuffix(":") if _WORD.search(line) else None


def _heading_text(line: str) -> str | None:
    found = _HASHES.fullmatch(line.strip()) if len(line) <= _LONGEST_LINE else None
    return found[1] if found else None


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    shorter = text[: longest - 1]
    return (shorter.rpartition(" ")[0] or shorter) + "…"
