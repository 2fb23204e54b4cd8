"""Writes files atomically: to a temporary file beside the target, which is then renamed."""

from __future__ import annotations

import contextlib
import filecmp
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from graph.errors import OutputError

TEMPORARY = ".*.[0-9]*.tmp"
"""The pattern of the names of unfinished files."""

_CHUNK = 1 << 16


def prepare_folder(folder: Path) -> None:
    """Create a folder unless it exists.

    Raises:
        OutputError: It cannot be created, or is a file.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error


def remove(path: Path) -> None:
    """Delete a file if it exists.

    Raises:
        OutputError: It cannot be deleted.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error


def write_text(path: Path, pieces: Iterable[str]) -> bool:
    """Write pieces of text as UTF-8 with Unix line ends; readers see the whole old file or the whole new one.

    A file whose bytes would not change is not touched. Returns whether it was replaced.

    Raises:
        OutputError: The folder is read-only, the disk is full, or the like; the old file is then untouched.
    """
    with _replacing(path) as beside:
        with _opened(beside) as stream:
            stream.writelines(pieces)
        return _put(beside, path)


def write_side_by_side(paths: Sequence[Path], rows: Iterable[Sequence[str]]) -> None:
    """Write several files at once, each from its column of the rows, otherwise like `write_text`.

    Raises:
        OutputError: The folder is read-only, the disk is full, or the like; the old files are then untouched.
    """
    with contextlib.ExitStack() as replacing:
        besides = [replacing.enter_context(_replacing(path)) for path in paths]
        with contextlib.ExitStack() as streams:
            writers = [streams.enter_context(_opened(beside)).write for beside in besides]
            for row in rows:
                for write, piece in zip(writers, row, strict=True):
                    write(piece)
        for beside, path in zip(besides, paths, strict=True):
            _put(beside, path)


def write_with(path: Path, write: Callable[[Path], object]) -> bool:
    """Let `write` create a file at the path that it is given, otherwise like `write_text`.

    Raises:
        OutputError: The folder is read-only, the disk is full, or the like; the old file is then untouched.
    """
    with _replacing(path) as beside:
        beside.unlink(missing_ok=True)
        write(beside)
        return _put(beside, path)


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="\n", buffering=_CHUNK)


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside a path; the file is deleted afterwards."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield beside
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _put(beside: Path, path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        if filecmp.cmp(path, beside, shallow=False):
            return False
    beside.replace(path)
    return True


def unwritable(path: Path, error: OSError) -> OutputError:
    """Return the error that says why a file or folder cannot be written."""
    return OutputError(f"{path}: cannot be written ({error.strerror or error}). Name another folder.")
