"""What a helper does that reads files."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from graph.reading.chunks import Packing
from graph.reading.files import File
from graph.reading.outcomes import outcome_of
from graph.reading.settings import Settings
from graph.reading.stating import Stater


class Task(msgspec.Struct, frozen=True):
    """Files to read."""

    settings: Settings | None
    """How to read them; `None` to read them like those before."""
    files: tuple[File, ...]
    """Files on the disk, or that hold their contents."""


class Done(msgspec.Struct, frozen=True):
    """What the files of a task say."""

    digests: tuple[bytes, ...]
    """A digest of the bytes of each file, empty for one that cannot be read."""
    chunk: bytes
    """Their outcomes; stubs of earlier tasks are named by their numbers."""
    begins_anew: bool
    """Whether no stub of earlier tasks is named any more, and those of this one are numbered from 0."""


def answering() -> Callable[[Task], Done | None]:
    """Return a function that reads the files of a task, the first of which brings the settings."""
    stater: Stater | None = None
    packing = Packing()

    def answer(task: Task) -> Done | None:
        nonlocal stater, packing
        if task.settings is not None:
            stater = Stater(task.settings)
        if stater is None:
            return None
        found = [outcome_of(file, stater) for file in task.files]
        if begins_anew := packing.is_full:
            packing = Packing()
        return Done(tuple(digest for digest, _ in found), packing.pack(outcome for _, outcome in found), begins_anew)

    return answer
