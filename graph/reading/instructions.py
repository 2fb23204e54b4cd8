"""Lines in Markdown that are instructions to a program, and not prose."""

from __future__ import annotations

import re
from collections.abc import Callable

from graph.expressions import expression
from graph.reading.templates import IS_MODULE_LINE

_MARKER = expression(
    rf"^(?:⚠\s+Switch to EXCALIDRAW VIEW|\[TOC\]|\[\[?_?TOC_?\]?\]|\\\w+|@\w+\[|{IS_MODULE_LINE.pattern})",
    re.IGNORECASE | re.MULTILINE,
)
"""What begins a line that is an instruction and not prose."""

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

BLOCK_ID = r"(?<=\s)\^[A-Za-z0-9-]{1,60}"
"""The pattern of the name that Obsidian writes behind a block."""
_BLOCK_ID = expression(BLOCK_ID + r"[ \t]*$", re.MULTILINE)
_CALLOUT = expression(r"^\s*\[!\w+\][+-]?[ \t]*")


def is_instruction(text: str) -> bool:
    """Return whether a block begins with an instruction."""
    return _MARKER.match(text) is not None


def has_instructions(text: str) -> bool:
    """Return whether a text may contain a line of instructions, the mark of a callout or what a block is called.

    Some texts need it for every paragraph, so it is written without a loop.
    """
    return (
        ("[" in text and ("*[" in text or "[!" in text))
        or ("{" in text and ("{:" in text or "{*" in text))
        or ("^" in text and (" ^" in text or "\n^" in text))
        or ":::" in text
        or "///" in text
        or "8<" in text
    )


def without_instructions(text: str) -> str:
    """Return the text of a block without lines of instructions, the mark of a callout and what the block is called."""
    return _replaced("", text) if has_instructions(text) else text


def with_blanks(text: str) -> str:
    """Return the text of a block with blanks instead of what `without_instructions` removes."""
    return _replaced(lambda found: " " * len(found[0]), text) if has_instructions(text) else text


def _replaced(other: str | Callable[[re.Match[str]], str], text: str) -> str:
    return _BLOCK_ID.sub(other, _CALLOUT.sub(other, _INSTRUCTION.sub(other, text)))


def without_attributes(text: str, before: int) -> str:
    """Return a text without the attributes that it begins with, given the byte before it."""
    return _ATTRIBUTES.sub("", text, count=1) if before in _ENDS and _ATTRIBUTES.match(text) else text
