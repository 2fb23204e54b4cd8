"""Triples on disk, opened read-only: ready in milliseconds, whatever their size."""

from __future__ import annotations

import os
import weakref
from pathlib import Path

import pyoxigraph

from graph.errors import SourceError
from graph.store.embedded import Embedded
from graph.store.versions import Version, current_version, hold

__all__ = ["Disk"]

_ATTEMPTS = 20


class Disk(Embedded):
    """The triples that a build wrote into `exports/store/`, ready to be asked.

    A later build puts a new version beside this one and never touches what is open.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        """Open the current version in a folder, without loading it.

        Raises:
            SourceError: There is none, or it is damaged or of another version of the engine.
        """
        self.folder = Path(folder)
        """Where the versions lie."""
        version, store, held = _open(self.folder)
        weakref.finalize(self, os.close, held)
        self.version = version.name
        """The name of the version that was opened; another one is current once a later build has ended."""
        super().__init__(store, version.triples)


def _open(folder: Path) -> tuple[Version, pyoxigraph.Store, int]:
    """Open the current version, which may be replaced and removed between one step and the next."""
    attempts = _ATTEMPTS
    while (version := current_version(folder)) is not None:
        place = folder / version.name
        held = None
        try:
            held = hold(place)
            return version, pyoxigraph.Store.read_only(os.fspath(place)), held
        except (OSError, ValueError, RuntimeError) as error:
            if held is not None:
                os.close(held)
            attempts -= 1
            if not attempts or current_version(folder) == version:
                message = f"{folder}: cannot be opened ({error}). Build it again."
                raise SourceError(message) from error
    message = f"{folder}: holds no triples. Build them: article-graph build SOURCE --format store"
    raise SourceError(message)
