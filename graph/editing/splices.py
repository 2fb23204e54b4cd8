"""A change of a text at one place, and errors about texts that cannot be changed."""

from __future__ import annotations

from dataclasses import dataclass


class EditError(Exception):
    """A text that cannot be changed; its message is the reason, such as `'topics' is not a list`."""


@dataclass(frozen=True, slots=True)
class Splice:
    """Text that replaces a part of another; if `start` and `end` are equal, it is inserted."""

    start: int
    """Where the part begins, in characters."""
    end: int
    """Where it ends."""
    text: str
    """What replaces it."""

    def of(self, whole: str) -> str:
        """Return the whole text after the change."""
        return whole[: self.start] + self.text + whole[self.end :]


def difference(before: str, after: str) -> Splice:
    """Return the smallest change at one place that turns one text into the other."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return Splice(start, len(before) - end, after[start : len(after) - end])
