"""How triples lie on disk: one folder for each version of them, and a small file that names the current one.

Whoever replaces the triples makes a new folder beside the old one and then replaces the small file, so that a reader
opens either the old version or the new one, whole. A reader holds a version while it is open, and nobody removes what
is held. Where the system has no such locks, removing what is open fails by itself (Windows), or does no harm to those
who have opened it already.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import fcntl

__all__ = ["CURRENT_FILE", "HOLD_FILE", "Version", "current_version", "hold", "is_whole", "locked"]

CURRENT_FILE = "current.json"
"""The file that names the current version."""

HOLD_FILE = "readers"
"""The empty file of a version by which its readers hold it."""


@dataclass(frozen=True, slots=True)
class Version:
    """One state of the triples."""

    name: str
    """Its folder, named by a digest of the triples: the same triples have the same name."""
    triples: int
    """How many they are."""
    files: Mapping[str, int]
    """The size of each of its files, in bytes: what tells a whole version from a damaged one."""


def current_version(folder: Path) -> Version | None:
    """Return the current version of the triples in a folder, or `None` where there is none to be read."""
    try:
        told = json.loads((folder / CURRENT_FILE).read_bytes())
        name, files = str(told["version"]), {str(file): int(size) for file, size in told["files"].items()}
        return Version(name, int(told["triples"]), files) if name.isalnum() else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def is_whole(folder: Path, version: Version) -> bool:
    """Tell whether all files of a version stand as they were written."""
    try:
        return all((folder / version.name / name).stat().st_size == size for name, size in version.files.items())
    except OSError:
        return False


def hold(folder: Path) -> int:
    """Hold a version's folder until the file descriptor returned is closed.

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
