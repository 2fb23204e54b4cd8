"""Lines in Markdown that are instructions to a program, and no prose."""

from __future__ import annotations

import re

from graph.expressions import expression
from graph.reading.templates import IS_MODULE_LINE

_MARKER = expression(
    rf"^(?:⚠\s+Switch to EXCALIDRAW VIEW|\[TOC\]|\[\[?_?TOC_?\]?\]|\\\w+|@\w+\[|{IS_MODULE_LINE.pattern})",
    re.IGNORECASE | re.MULTILINE,
)
"""What begins a line that is an instruction and no prose."""

_INSTRUCTION = expression(
    r"^[ \t]*+(?::::[^\n]*(?:\n[ \t]*+:[\w-]+:[^\n]*)*|\{:[^{}\n]*\}[ \t]*|///[^\n]*|--8<--[^\n]*"
    r"|\*\[[^\[\]\n]{1,100}\]:[^\n]*|\{\*[^\n]*\*\})$",
    re.MULTILINE,
)
"""The line of a container, of attributes, of a file to include or of an abbreviation, inside a paragraph."""

_ATTRIBUTES = expression(r"\{:?[ \t]*(?:[.#][\w-]|[\w:-]+[ \t]*=)[^{}\n]{0,300}\}")
"""Attributes behind a link, a picture or emphasis, such as `{:target="_blank"}` and `{ .button }`."""

_ENDS = frozenset(b")]`*_>")
"""What a link, a picture, code or emphasis ends in."""

_CALLOUT = expression(r"^\s*\[!\w+\][+-]?[ \t]*")


def is_instruction(text: str) -> bool:
    """Return whether a block begins with an instruction."""
    return _MARKER.match(text) is not None


def has_instructions(text: str) -> bool:
    """Return whether a text may contain a line of instructions or the mark of a callout."""
    return any(sign in text for sign in _SIGNS)


_SIGNS = ("*[", ":::", "[!", "{:", "{*", "///", "8<")


def without_instructions(text: str) -> str:
    """Return the text of a block without lines of instructions and the mark of a callout."""
    return _CALLOUT.sub("", _INSTRUCTION.sub("", text)) if has_instructions(text) else text


def with_blanks(text: str) -> str:
    """Return the text of a block with blanks instead of what `without_instructions` removes."""
    if not has_instructions(text):
        return text
    return _CALLOUT.sub(_blanks, _INSTRUCTION.sub(_blanks, text))


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])


def without_attributes(text: str, before: int) -> str:
    """Return a text without the attributes that it begins with, given the byte before it."""
    return _ATTRIBUTES.sub("", text, count=1) if before in _ENDS and _ATTRIBUTES.match(text) else text
