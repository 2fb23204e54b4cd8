"""A process that reads files for another, which gives it tasks."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import msgspec
from msgspec.structs import replace

from graph.reading.chunks import Packing
from graph.reading.outcomes import outcome_of
from graph.reading.settings import Settings
from graph.reading.sources import file_at
from graph.reading.stating import Stater


class Task(msgspec.Struct, frozen=True):
    """Files to read."""

    settings: Settings | None
    """How to read them; `None` to read them like those before."""
    files: tuple[tuple[Path, str, bool], ...]
    """The path of each on the disk and in its source, and whether the user named the file itself."""


class Done(msgspec.Struct, frozen=True):
    """What the files of a task say."""

    digests: tuple[bytes, ...]
    """A digest of the bytes of each file, empty for one that cannot be read."""
    chunk: bytes
    """Their outcomes; stubs of earlier tasks are named by their numbers."""


def serve() -> None:
    """Answer each pickled `Task` on standard input with a pickled `Done` on standard output, until the input ends.

    Only the process that started this one may write to its input: pickles can run code.
    """
    tasks, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints must not be taken for an answer
    stater, packing = None, Packing()
    while True:
        try:
            task: Task = pickle.load(tasks)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        if task.settings is not None:
            stater = Stater(task.settings)
        if stater is not None:
            files = [replace(file_at(place, path), is_named=is_named) for place, path, is_named in task.files]
            found = [outcome_of(file, stater) for file in files]
            digests = tuple(digest for digest, _ in found)
            pickle.dump(Done(digests, packing.pack(outcome for _, outcome in found)), answers)
            answers.flush()
