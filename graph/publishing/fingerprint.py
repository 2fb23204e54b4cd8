"""A key that is equal when equal records would give equal exports."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import sqlite3

import msgspec

from graph.reading.cache import code_version
from graph.truth import Truth

_LIBRARIES = ("numpy", "pyoxigraph", "scipy")
"""The libraries whose versions may change the exports."""


def frame_of(truth: Truth) -> bytes:
    """Return a digest of what the exports depend on besides the records.

    It covers the base, the title, the vocabulary, the code of this package and the libraries it computes with.
    """
    frame = (code_version(), _versions(), truth.base, truth.title, repr(truth.vocabulary))
    return hashlib.blake2b(msgspec.msgpack.encode(frame), digest_size=16).digest()


@functools.cache
def _versions() -> tuple[str, ...]:
    return *map(importlib.metadata.version, _LIBRARIES), sqlite3.sqlite_version
