"""A block of a text, such as a paragraph, a heading or a cell, while it is read; and the spans in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from graph.expressions import expression
from graph.names import to_text
from graph.reading.prose import bare_addresses, is_picture, link_to, sentence_around
from graph.statements import Link

_FIELD = re.compile(r"(?:^|[(\[])\s*(?:[-*+]\s+)?\**([^\W\d_][\w -]{0,40}?)\**::\s*[^\n]*$", re.MULTILINE)

_LOGO = expression(r"\b(?:logo|banner)\b", re.IGNORECASE)

_LONGEST_FIELD = 2_000
"""Characters between the name of a field and a link in its value."""


class LinkSpan(NamedTuple):
    """A link of a block."""

    target: str
    """Its address."""
    line: int
    """Where it is in the file."""
    start: int
    """Where its words begin in the block."""
    end: int
    """Where they end."""


class Block:
    """A paragraph, heading or cell, while it is read."""

    __slots__ = ("addresses", "code", "links", "notes", "open_code", "open_links", "picture", "pieces", "size")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.size = 0
        self.code: list[tuple[int, int]] = []
        self.links: list[LinkSpan] = []
        self.addresses: list[tuple[int, int]] = []
        """Where a piece that may hold a bare address begins, here and in the file."""
        self.notes: list[tuple[str, int, int]] = []
        """Name of each footnote, and where it is attached, in the file and here."""
        self.open_links: list[tuple[str, int, int] | None] = []
        self.open_code: list[int] = []
        self.picture = ""
        """The alternative text of its first picture that has one."""

    def end_link(self) -> None:
        """Close the link that was opened last."""
        opened = self.open_links.pop() if self.open_links else None
        if opened is not None:
            self.links.append(LinkSpan(*opened, self.size))


def add_bare_links(block: Block, shown: str, line_of: Callable[[int], int]) -> None:
    """Add bare addresses outside of links and code; `line_of` returns the line of a place in the file."""
    taken = sorted([*((start, end) for _, _, start, end in block.links), *block.code])
    number, piece, last = 0, 0, len(block.addresses) - 1
    for start, end in bare_addresses(shown):
        while number < len(taken) and taken[number][1] <= start:
            number += 1
        if number < len(taken) and taken[number][0] < end:
            continue
        while piece < last and block.addresses[piece + 1][0] <= start:
            piece += 1
        block.links.append(LinkSpan(shown[start:end], line_of(block.addresses[piece][1]), start, end))


def links_in_block(block: Block, shown: str, told: str, *, has_fields: bool) -> Iterator[Link]:
    """Yield the links of a block in the order of the text, each with its words and sentence.

    `shown` is the text of the block, and `told` the same with blanks in place of anything readers do not see.
    """
    block.links.sort(key=attrgetter("start"))
    for target, line, start, end in block.links:
        words = to_text(shown[start:end])
        field = _field_before(shown, start) if has_fields else ""
        text = shown if told is shown or not told[start:end].strip() else told
        sentence = sentence_around(text, start, end)
        link = link_to(target, line, words, sentence, field)
        if link is not None and not (link.is_note and is_picture(link.target)):
            yield link


def _field_before(shown: str, start: int) -> str:
    """Return the name of the field before a link: `field:: [[Note]]`."""
    line = shown[max(shown.rfind("\n", 0, start) + 1, start - _LONGEST_FIELD) : start]
    found = _FIELD.search(line) if "::" in line else None
    return to_text(found[1]).lower() if found else ""


def name_in_picture(words: str) -> str:
    """Return the name in a picture's alternative text; empty if it only says `logo`."""
    return to_text(_LOGO.sub("", words))


def without(spans: Iterable[tuple[int, int]], shown: str) -> str:
    """Return a text without some of its spans, with spaces in their places."""
    parts: list[str] = []
    end = 0
    for start, stop in sorted(spans):
        parts.append(shown[end:start])
        end = max(end, stop)
    return " ".join([*parts, shown[end:]])
