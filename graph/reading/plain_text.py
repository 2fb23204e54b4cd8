"""Plain text without front matter: title, sections, excerpt and links, from its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.expressions import expression
from graph.names import to_text
from graph.reading.prose import (
    LONGEST_EXCERPT,
    LONGEST_TITLE,
    MOST_SECTIONS,
    Prose,
    bare_addresses,
    count_words,
    cut_at_word,
    sentence_around,
    without_addresses,
)
from graph.statements import Link

_LONGEST_HEADING = 100
_LONGEST_LINE = 1_000

_BLOCKS = expression(r"\n[ \t]*\n\s*")
_HASHES = expression(r"#{1,6}\s+(.*)")
_EQUALS = expression(r"={2,6}(?!=)(.*?)={2,6}")
"""A heading of a wiki, such as `===== A walk =====`."""
_UNDERLINE = expression(r"(.+)\n[ \t]*(?:=+|-+)[ \t]*")
_FENCE = expression(r"^(```|~~~).*?^\1[^\n]*$", re.DOTALL | re.MULTILINE)
_LIST_ITEM = expression(r"(?:[-*+•]|\d+[.)])\s")
_MARKS = ("#", "==")
"""What begins the line of a heading."""
_SENTENCE_END = (".", "!", ",", ";", "…", '"', "”")
_WORD = expression(r"[^\W_]")


def read_plain_text(text: str) -> Prose:
    """Read a plain text: its first line is its title.

    A heading is a line with `#`, an underlined line, or a short line of its own that does not end like a sentence.
    """
    words = count_words(text)
    links = tuple(_links(text))
    prose = without_addresses(text)
    blocks = [block.strip("\n") for block in _BLOCKS.split(_FENCE.sub("", text).strip()) if block.strip()]
    if not blocks:
        return Prose(word_count=words, text=prose, links=links)
    first, _, rest = blocks[0].partition("\n")
    title = _heading_text(first)
    underlined = re.match(r"\s*(?:=+|-+)\s*(?:\n|$)", rest)
    opening = rest[underlined.end() :] if underlined else rest
    sections: list[str] = []
    excerpt: str | None = None
    for block in ([opening] if opening.strip() else []) + blocks[1:]:
        heading = _heading_of(block)
        paragraph = block
        if heading:
            sections.append(heading)
            paragraph = block.partition("\n")[2] if block.lstrip().startswith(_MARKS) else ""
        if excerpt is None and paragraph.strip():
            excerpt = to_text(paragraph)
    return Prose(
        title=cut_at_word(to_text(title or first), LONGEST_TITLE) or None,
        excerpt=cut_at_word(excerpt, LONGEST_EXCERPT) if excerpt else None,
        sections=tuple(sections[:MOST_SECTIONS]),
        text=prose,
        word_count=words,
        links=links,
    )


def _links(text: str) -> Iterator[Link]:
    line, counted = 1, 0
    for start, end in bare_addresses(text):
        line += text.count("\n", counted, start)
        counted = start
        address = text[start:end]
        yield Link(address, line=line, words=address, sentence=sentence_around(text, start, end))


def _heading_of(block: str) -> str | None:
    line = block.partition("\n")[0].strip()
    if (hashed := _heading_text(line)) is not None:
        return to_text(hashed).removesuffix(":") or None
    if underlined := _UNDERLINE.fullmatch(block):
        return to_text(underlined[1]).removesuffix(":")
    if "\n" in block or len(line) > _LONGEST_HEADING or line.endswith(_SENTENCE_END) or _LIST_ITEM.match(line):
        return None
    return to_text(line).removesuffix(":") if _WORD.search(line) else None


def _heading_text(line: str) -> str | None:
    if len(line) > _LONGEST_LINE or not line.strip().startswith(_MARKS):
        return None
    line = line.strip()
    if found := _HASHES.fullmatch(line):
        return found[1].rstrip("#").rstrip()
    found = _EQUALS.fullmatch(line)
    return found[1].strip(" \t") if found else None
