"""YAML scalars that keep their spelling, so that labels are read as the file writes them.

YAML 1.1 turns many words into something else: `3.10` into the number 3.1, `007` into 7, `12:30` into 750, and `no` into
a boolean. Numbers and times stay what they are, and know their text; `no` and `12:30` are texts, as in YAML 1.2.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import yaml


class WrittenInt(int):
    """A whole number that is written in another way than Python writes it."""

    text: str


class WrittenFloat(float):
    """A number that is written in another way than Python writes it."""

    text: str


class WrittenTime(dt.datetime):
    """A time, which is written in one of many ways."""

    text: str

    def __repr__(self) -> str:
        """Return what the plain time returns."""
        return repr(dt.datetime.combine(self.date(), self.timetz()))


_LONGEST = 100
"""Characters; longer texts of scalars are not kept, because they are not labels."""
_LARGEST = 10**_LONGEST


def with_text(value: object, text: str) -> object:
    """Return a scalar that keeps its text; itself where Python would write it in the same way."""
    written: WrittenInt | WrittenFloat | WrittenTime
    if isinstance(value, dt.datetime):
        day, clock = (value.year, value.month, value.day), (value.hour, value.minute, value.second, value.microsecond)
        written = WrittenTime(*day, *clock, value.tzinfo)
    elif len(text) > _LONGEST or str(value) == text:
        return value
    elif isinstance(value, float):
        written = WrittenFloat(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        written = WrittenInt(value)
    else:
        return value
    written.text = text
    return written


def text_of(value: object) -> str | None:
    """Return the text of a scalar, if it was kept."""
    return getattr(value, "text", None) if isinstance(value, WrittenInt | WrittenFloat | WrittenTime) else None


def as_text(value: object) -> str | None:
    """Return a number, a day or a time as the file writes it, or as Python does; `None` for others, or too long."""
    if isinstance(value, bool) or not isinstance(value, int | float | dt.date | dt.time):
        return None
    if isinstance(value, int) and abs(value) >= _LARGEST:
        return None
    return text_of(value) or str(value)


_FLOAT = (
    r"[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_PATTERNS: Mapping[str, tuple[str, str]] = {
    "tag:yaml.org,2002:bool": ("true|True|TRUE|false|False|FALSE", "tTfF"),
    "tag:yaml.org,2002:int": ("[-+]?(?:0b[0-1_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+)", "-+0123456789"),
    "tag:yaml.org,2002:float": (_FLOAT, "-+0123456789."),
}
"""What becomes a truth value or a number, and how it may begin: PyYAML's patterns without words and without clocks."""


def _resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    known: Mapping[str, list[tuple[str, re.Pattern[str]]]] = yaml.SafeLoader.yaml_implicit_resolvers
    kept = {sign: [pair for pair in pairs if pair[0] not in _PATTERNS] for sign, pairs in known.items()}
    for tag, (pattern, signs) in _PATTERNS.items():
        for sign in signs:
            kept.setdefault(sign, []).append((tag, re.compile(f"(?:{pattern})$")))
    return kept


AS_WRITTEN = _resolvers()
"""What an unquoted scalar may be, by its first character, as PyYAML's resolvers have it."""
