"""A change of a text at one place, and errors about texts that cannot be changed."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["EditError", "Splice"]


class EditError(Exception):
    """A text that cannot be changed; its message is the reason, such as `'topics' is not a list`."""


@dataclass(frozen=True, slots=True)
class Splice:
    """Text that replaces a part of another; of equal `start` and `end` it is inserted."""

    start: int
    """Where the part begins, in characters."""
    end: int
    """Where it ends."""
    text: str
    """What replaces it."""

    def of(self, whole: str) -> str:
        """Return the whole text after the change."""
        return whole[: self.start] + self.text + whole[self.end :]
