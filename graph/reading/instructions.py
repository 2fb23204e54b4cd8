"""Lines in Markdown that are instructions to a program, and no prose."""

from __future__ import annotations

import re

from graph.reading.templates import IS_MODULE_LINE

_MARKER = re.compile(
    rf"^(?:\[TOC\]|\[\[?_?TOC_?\]?\]|\\\w+|@\w+\[|{IS_MODULE_LINE.pattern})", re.IGNORECASE | re.MULTILINE
)
"""What begins a line that is an instruction and no prose."""

_INSTRUCTION = re.compile(r"^[ \t]*+(?::::[^\n]*(?:\n[ \t]*+:[\w-]+:[^\n]*)*|\{:[^{}\n]*\}[ \t]*)$", re.MULTILINE)
"""The line of a container, or of attributes, inside a paragraph."""

_CALLOUT = re.compile(r"^\s*\[!\w+\][+-]?[ \t]*")


def is_instruction(text: str) -> bool:
    """Return whether a block begins with an instruction."""
    return _MARKER.match(text) is not None


def without_instructions(text: str) -> str:
    """Return the text of a block without lines of instructions and the mark of a callout."""
    if ":::" in text or "[!" in text or "{:" in text:
        return _CALLOUT.sub("", _INSTRUCTION.sub("", text))
    return text
