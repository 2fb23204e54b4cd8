"""Folders that are held while somebody reads or writes them, so that nobody removes them meanwhile.

Where the system has no such locks (Windows), removing what is open fails by itself.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl

__all__ = ["HOLD_FILE", "hold", "locked", "make_held", "remove_unheld"]

HOLD_FILE = ".held"
"""The empty file of a folder by which it is held."""


def make_held(folder: Path, prefix: str) -> tuple[Path, int]:
    """Make a folder of a new name in another, and return it with the file descriptor that holds it.

    Raises:
        OSError: It cannot be made.
    """
    path = folder / f"{prefix}{os.getpid()}-{secrets.token_hex(4)}"
    path.mkdir()
    (path / HOLD_FILE).touch()
    return path, hold(path)


def hold(folder: Path) -> int:
    """Hold a folder, together with others who do, until the file descriptor returned is closed.

    Raises:
        OSError: There is no such folder any more.
    """
    held = os.open(folder / HOLD_FILE, os.O_RDONLY)
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # some network folders cannot be locked
            fcntl.flock(held, fcntl.LOCK_SH)
    return held


@contextlib.contextmanager
def locked(path: Path, *, wait: bool) -> Iterator[bool]:
    """Hold a file for oneself alone, and yield whether that succeeded; without `wait` others may be in the way."""
    if sys.platform == "win32":
        yield True
        return
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            yield wait
        else:
            yield True


def remove_unheld(folder: Path) -> None:
    """Remove a folder with all that is in it, unless somebody holds it."""
    with contextlib.suppress(OSError), locked(folder / HOLD_FILE, wait=False) as is_mine:
        if is_mine:
            shutil.rmtree(folder, ignore_errors=True)
