"""Collects the faults of one document, and finds their lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from graph.errors import Problem

LONGEST_PLACE = 120
"""Characters that a message quotes of an address, a path or a title, which often differ only at their ends."""
LONGEST_REASON = 200
"""Characters that a message quotes of what a parser says, which may repeat its whole input."""

_LONGEST_QUOTE = 60
_LARGEST_NUMBER = 10**_LONGEST_QUOTE
_MOST_KEYS = 5
_MOST_PROBLEMS = 1_000


class Faults:
    """The problems of one document, collected while it is read.

    A field is named by a path of keys and positions, such as `("related", 3, "webUrl")`; its line is that of the
    longest part of the path whose line is known. After the first thousand problems of a document the rest are one.
    """

    def __init__(self, path: str) -> None:
        """Begin an empty collection for the document at `path`, relative to its source."""
        self.path = path
        self.problems: list[Problem] = []
        self.passed_over = ""
        """Why the document is not an article; empty for an article."""
        self._key_lines: Mapping[str, int] = {}
        self._item_lines: Mapping[str, Sequence[int]] = {}

    def locate(self, key_lines: Mapping[str, int], item_lines: Mapping[str, Sequence[int]]) -> None:
        """Take the lines, from 1, of top-level keys and of the items of their lists."""
        self._key_lines, self._item_lines = key_lines, item_lines

    def use_line_of(self, field: str, holder: str) -> None:
        """Use the line of the outer field `holder` for a field inside it, unless its own is known."""
        if field not in self._key_lines and holder in self._key_lines:
            self._key_lines = {**self._key_lines, field: self._key_lines[holder]}

    def line_of(self, where: tuple[str | int, ...]) -> int:
        """Return the line of a field, or 0."""
        if not where or not isinstance(where[0], str):
            return 0
        if len(where) > 1 and isinstance(where[1], int):
            lines = self._item_lines.get(where[0], ())
            if where[1] < len(lines):
                return lines[where[1]]
        return self._key_lines.get(where[0], 0)

    @property
    def is_full(self) -> bool:
        """Whether further faults are no longer recorded."""
        return len(self.problems) >= _MOST_PROBLEMS

    def lines_of(self, field: str, count: int) -> Sequence[int]:
        """Return the lines of a list's first `count` items; where they are not known, that of the list each time."""
        lines = self._item_lines.get(field, ())
        return lines if len(lines) >= count else [self._key_lines.get(field, 0)] * count

    def add(self, kind: str, fact: str, remedy: str, *, where: tuple[str | int, ...] = (), line: int = 0) -> None:
        """Record a fault; `fact` and `remedy` are sentences without a full stop."""
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(Problem(self.path, line or self.line_of(where), kind, fact, remedy))
        elif len(self.problems) == _MOST_PROBLEMS:
            fact = f"the file has more than {_MOST_PROBLEMS:,} faults"
            self.problems.append(
                Problem(self.path, 0, "too-many-faults", fact, "Correct those listed, and build again")
            )

    def pass_over(self, reason: str) -> None:
        """Record that the document is not an article; `reason` is the same short text for all of its kind."""
        self.passed_over = reason

    @staticmethod
    def quote(value: object, longest: int = _LONGEST_QUOTE) -> str:
        """Return a value as a message shows it: one line of at most `longest` characters, printable.

        Of a list or mapping only its size or keys: its content may be secret, or nested too deeply.
        """
        if isinstance(value, Mapping):
            keys = [_written(key) for key in list(value)[:_MOST_KEYS]]
            more = ", ..." if len(value) > _MOST_KEYS else ""
            return f"fields ({_cut(', '.join(keys), longest)}{more})" if keys else "no fields"
        if isinstance(value, bytes):
            return f"{len(value):,} bytes"
        if isinstance(value, Collection) and not isinstance(value, str):
            return f"a list of {len(value):,}"
        if isinstance(value, int) and abs(value) >= _LARGEST_NUMBER:
            return "a number too long to show"
        return f'"{_cut(_written(value), longest)}"'


def name_of(where: Sequence[str | int]) -> str:
    """Return a field as a message names it: its keys and its positions, from 1, in quotes."""
    return "'" + ".".join(str(part + 1) if isinstance(part, int) else part for part in where) + "'"


def _written(value: object) -> str:
    match value:
        case str():
            return value
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() if abs(value) < _LARGEST_NUMBER:
            return str(value)
        case float() | dt.date() | dt.time():
            return str(value)
        case _:
            return type(value).__name__


def _cut(text: str, longest: int) -> str:
    text = "".join(character if character.isprintable() else " " for character in text[: longest + 1])
    return text if len(text) <= longest else text[: longest - 1] + "…"
