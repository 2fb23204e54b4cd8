"""Triples on disk, opened read-only in milliseconds, whatever their number."""

from __future__ import annotations

import os
import weakref
from pathlib import Path

import pyoxigraph

from graph.errors import DamagedBuildError
from graph.locking import hold
from graph.store.embedded import Embedded
from graph.store_files import Version


class Disk(Embedded):
    """The triples that a build wrote into a folder of `exports/store/`, ready for queries.

    A later build writes its triples into another folder, and removes this one only when no process has it open.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        """Open the triples in a folder, without loading them.

        Raises:
            FileNotFoundError: The folder does not exist.
            DamagedBuildError: It holds no triples, is damaged, or was written by another version of the engine.
        """
        self.folder = Path(folder)
        """The folder of the triples, named by their digest."""
        held = hold(self.folder)
        try:
            version = Version.read(self.folder)
            store = pyoxigraph.Store.read_only(os.fspath(self.folder))
        except (OSError, ValueError, RuntimeError) as error:
            os.close(held)
            raise DamagedBuildError(f"{folder}: cannot be opened ({error}). Build again.") from error
        weakref.finalize(self, os.close, held)
        super().__init__(store, version.triples)
