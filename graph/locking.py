"""Locks on folders: a folder is not removed while another process reads or writes it.

Windows has no such locks, but does not remove open files.
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

HOLD_FILE = ".held"
"""The empty file in a folder that is locked while the folder is in use."""


def make_held(folder: Path, prefix: str) -> tuple[Path, contextlib.ExitStack]:
    """Make a folder with a new name inside another and hold it; return it with a context that releases it when closed.

    Raises:
        OSError: It cannot be made.
    """
    path = folder / f"{prefix}{os.getpid()}-{secrets.token_hex(4)}"
    path.mkdir()
    (path / HOLD_FILE).touch()
    holding = contextlib.ExitStack()
    holding.callback(os.close, hold(path))
    return path, holding


def hold(folder: Path) -> int:
    """Keep a folder from being removed until the returned file descriptor is closed; several processes may hold it.

    A folder without the file `.held`, which some ways of copying lose, is not protected.

    Raises:
        OSError: The folder does not exist, or no longer does.
    """
    try:
        held = os.open(folder / HOLD_FILE, os.O_RDONLY)
    except FileNotFoundError:
        if not folder.is_dir():
            raise
        return os.open(os.devnull, os.O_RDONLY)
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # some network folders do not support locks
            fcntl.flock(held, fcntl.LOCK_SH)
    return held


@contextlib.contextmanager
def locked(path: Path, *, wait: bool) -> Iterator[bool]:
    """Lock a file exclusively, and yield whether that succeeded; without `wait` it fails if the file is locked."""
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
    """Remove a folder and its content, unless a process holds it."""
    with contextlib.suppress(OSError), locked(folder / HOLD_FILE, wait=False) as is_mine:
        if is_mine:
            if sys.platform == "win32":
                (folder / HOLD_FILE).unlink()  # fails while a process has it open
            shutil.rmtree(folder, ignore_errors=True)
