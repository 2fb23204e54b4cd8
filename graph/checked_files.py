"""Files in which damage is noticed: bytes, and before them their digest."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from graph.errors import OutputError
from graph.writing import write_with

_SIZE = hashlib.sha256().digest_size


def read_checked(path: Path) -> bytes | None:
    """Return what `write_checked` wrote; `None` if the file is missing, damaged or something else."""
    with contextlib.suppress(OSError):
        found = path.read_bytes()
        if found[:_SIZE] == hashlib.sha256(memoryview(found)[_SIZE:]).digest():
            return found[_SIZE:]
    return None


def write_checked(path: Path, content: bytes) -> None:
    """Write bytes into a file; failing to write is not an error."""
    with contextlib.suppress(OutputError):
        write_with(path, lambda beside: beside.write_bytes(hashlib.sha256(content).digest() + content))
