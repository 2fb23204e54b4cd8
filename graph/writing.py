"""Outputs reach the disk whole or not at all: written beside their target, then renamed into its place."""

from __future__ import annotations

import contextlib
import filecmp
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from graph.errors import OutputError

__all__ = ["TEMPORARY", "prepare_folder", "remove", "write_side_by_side", "write_text", "write_with"]

TEMPORARY = ".*.tmp"
"""What files are called that were not finished when their process was ended."""

_CHUNK = 1 << 16


def prepare_folder(folder: Path) -> None:
    """Make sure that a folder exists and can be written to.

    Raises:
        OutputError: It cannot be made, or is a file.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _failed(folder, error) from error


def remove(path: Path) -> None:
    """Make sure that a file does not exist.

    Raises:
        OutputError: It cannot be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _failed(path, error) from error


def write_text(path: Path, pieces: Iterable[str]) -> bool:
    """Write pieces of text as UTF-8 with Unix line ends; whoever reads the path sees the old file or the new one.

    A file whose bytes would not change is left as it is. Returns whether it was replaced.

    Raises:
        OutputError: The folder is read-only, the disk is full, or the like; the old file is then untouched.
    """
    with _replacing(path) as beside:
        with _opened(beside) as stream:
            stream.writelines(pieces)
        return _put(beside, path)


def write_side_by_side(paths: Sequence[Path], rows: Iterable[Sequence[str]]) -> None:
    """Write several files at once, each from its piece of every row, under the same promises as `write_text`.

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
    """Let `write` make a file that it is given the path of, under the same promises as `write_text`.

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
    """Offer a place to write beside a path; nothing is left there."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield beside
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _put(beside: Path, path: Path) -> bool:
    if _is_same(path, beside):
        return False
    beside.replace(path)
    return True


def _is_same(path: Path, other: Path) -> bool:
    try:
        return filecmp.cmp(path, other, shallow=False)
    except FileNotFoundError:
        return False


def _failed(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path}: cannot be written ({error.strerror or error}). Name another folder with --out.")
