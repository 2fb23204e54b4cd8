"""Where front matter between fences begins and ends, whatever characters and language the fences use."""

from __future__ import annotations

import re

import msgspec

from graph.expressions import expression

_BLANKS = expression(r"[\s\ufeff]*+")
_OPENING = expression(r"(?:(-{3,}+|\+{3,}+|;{3,}+)[ \t]*+([A-Za-z]*+)|(\{))[ \t]*+$", re.MULTILINE)
_KEY_LINE = expression(r"[\w\"'][^\n:]{0,80}:(?:\s|$)")
_CLOSINGS = {
    "-": expression(r"\n(----*)[ \t]*$", re.MULTILINE),
    "+": expression(r"\n(\+\+\+\+*)[ \t]*$", re.MULTILINE),
    ";": expression(r"\n(;;;;*)[ \t]*$", re.MULTILINE),
    "{": expression(r"\n(\})[ \t]*$", re.MULTILINE),
}
"""What closes each fence; a literal beginning is found fastest."""
_CLOSING_OR_DOTS = expression(r"\n(---+|\.\.\.)[ \t]*$", re.MULTILINE)
_LANGUAGES = {
    "yaml": "yaml",
    "yml": "yaml",
    "toml": "toml",
    "json": "json",
    "js": "a program",
    "javascript": "a program",
    "coffee": "a program",
}
_USUAL = {"-": "yaml", "+": "toml", ";": "json", "{": "json"}
_COMMENTS = (("<!--", "-->"), ("{/*", "*/}"))


class Fence(msgspec.Struct, frozen=True):
    """Front matter between two fences, by positions in its text."""

    begin: int
    """Where the opening fence begins."""
    start: int
    """Where what it holds begins, at the end of the opening fence's line."""
    end: int
    """Where the closing fence begins; -1 if it never closes."""
    after: int
    """Where the closing fence ends."""
    language: str
    """`yaml`, `toml`, `json`, or `a program`."""
    mark: str
    """What closes it."""


def first_sign(text: str, position: int = 0) -> int:
    """Return the position of the first character that is neither blank nor a byte order mark."""
    found = _BLANKS.match(text, position)
    return found.end() if found else position


def find_fence(text: str, begin: int) -> Fence | None:
    """Return the front matter whose fence is the first thing from `begin` on, comments aside; `None` without one.

    Below a comment a line of dashes is a fence only where a field follows it.
    """
    position = _after_comments(text, begin)
    if (opened := _OPENING.match(text, position)) is None:
        return None
    sign = (opened[1] or opened[3])[0]
    language = _LANGUAGES.get(opened[2].lower()) if opened[2] else _USUAL[sign]
    if language is None:
        return None
    holds_fields = is_key_line(text, opened.end() + 1)
    if position != begin and language == "yaml" and not holds_fields:
        return None
    start = opened.end()
    closed = (_CLOSING_OR_DOTS if sign == "-" and holds_fields else _CLOSINGS[sign]).search(text, start)
    mark = "}" if sign == "{" else sign * 3
    if closed is None:
        return Fence(position, start, -1, -1, language, mark)
    return Fence(position, start, closed.start(1), closed.end(), language, mark)


def is_key_line(text: str, position: int) -> bool:
    """Return whether a line such as `title: A walk` begins at a position."""
    return _KEY_LINE.match(text, position) is not None


def _after_comments(text: str, position: int) -> int:
    """Return the position after leading comments; an unclosed comment counts as text."""
    start = position
    while opened := next((pair for pair in _COMMENTS if text.startswith(pair[0], start)), None):
        end = text.find(opened[1], start + len(opened[0]))
        if end == -1:
            break
        start = first_sign(text, end + len(opened[1]))
    return start
