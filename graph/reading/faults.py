"""Collects what is wrong in one document, and finds the line it stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.errors import Problem

__all__ = ["Faults"]

_LONGEST_QUOTE = 60


class Faults:
    """The problems of one document, collected while it is read.

    A field is named by a path of keys and positions, such as `("related", 3, "webUrl")`; its line is that of the
    longest part of the path whose line is known.
    """

    def __init__(self, path: str) -> None:
        """Begin an empty collection for the document at `path`, relative to its source."""
        self.path = path
        self.problems: list[Problem] = []
        self._key_lines: Mapping[str, int] = {}
        self._item_lines: Mapping[str, Sequence[int]] = {}

    def locate(self, key_lines: Mapping[str, int], item_lines: Mapping[str, Sequence[int]]) -> None:
        """Take the lines, from 1, on which top-level keys stand, and the items of their lists."""
        self._key_lines, self._item_lines = key_lines, item_lines

    def line_of(self, where: tuple[str | int, ...]) -> int:
        """Return the line of a field, or 0."""
        if not where or not isinstance(where[0], str):
            return 0
        if len(where) > 1 and isinstance(where[1], int):
            lines = self._item_lines.get(where[0], ())
            if where[1] < len(lines):
                return lines[where[1]]
        return self._key_lines.get(where[0], 0)

    def add(self, kind: str, fact: str, remedy: str, *, where: tuple[str | int, ...] = (), line: int = 0) -> None:
        """Record a fault; `fact` and `remedy` are sentences without a full stop."""
        self.problems.append(Problem(self.path, line or self.line_of(where), kind, fact, remedy))

    @staticmethod
    def quote(value: object) -> str:
        """Return a value as a message shows it: one short line, printable."""
        text = value[: 2 * _LONGEST_QUOTE] if isinstance(value, str) else repr(value)[: 2 * _LONGEST_QUOTE]
        text = "".join(character if character.isprintable() else " " for character in text)
        return f'"{text[: _LONGEST_QUOTE - 1]}…"' if len(text) > _LONGEST_QUOTE else f'"{text}"'
