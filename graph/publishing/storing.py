"""The store: triples in the embedded engine's own files, loaded once, so that a query over a build starts at once."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import io
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from graph.errors import DamagedBuildError, OutputError
from graph.locking import HOLD_FILE, hold, locked, make_held, remove_unheld
from graph.store import Disk
from graph.store.versions import VERSION_FILE, Version
from graph.writing import prepare_folder

__all__ = ["Placed", "place_store", "remove_stores"]

_CHUNK = 1 << 20
_PIECES, _SMALLEST_PIECE, _LARGEST_PIECE = 8, 1 << 22, 1 << 26
"""In how many pieces a file is loaded, and their bytes: the engine's loader holds five times as many."""
_LOCK_FILE = ".lock"
_NEW = ".new-"
_LINES_FILE = "graph.nt"


@dataclass(frozen=True, slots=True)
class Placed:
    """Triples in their place, which nobody removes until they are let go of."""

    folder: Path
    """Where they are; its name is a digest of them, so that the same triples have the same name."""
    held: int
    """The file descriptor that holds the folder."""

    def files(self) -> list[Path]:
        """Return the files that make up the store."""
        return [self.folder / VERSION_FILE, *(self.folder / name for name in Version.read(self.folder).files)]

    def let_go(self) -> None:
        """Let others remove the triples where no build names them."""
        os.close(self.held)


def place_store(folder: Path, ntriples: Path | Iterable[str]) -> Placed:
    """Load N-Triples, given as a file or as lines, into a folder of their own below `folder`, and hold it.

    Triples that are there already are not loaded again. The bytes of the files are the engine's own affair, and differ
    from one load of the same triples to the next.

    Raises:
        OutputError: The folder is read-only, the disk is full, or the like.
    """
    prepare_folder(folder)
    with _failing(folder):
        beside, held = _place_beside(folder)
        try:
            lines = ntriples if isinstance(ntriples, Path) else _written(beside / _LINES_FILE, ntriples)
            with lines.open("rb", buffering=_CHUNK) as stream:
                name, triples = _digest(stream)
                placed = _placed(folder / name)
                if placed is None:
                    _load(stream, beside, triples)
                    placed = _put(beside, folder / name)
        finally:
            os.close(held)
            shutil.rmtree(beside, ignore_errors=True)
    return placed


def remove_stores(folder: Path, *, but: str) -> None:
    """Remove all triples in a folder but those of a name, and those that somebody reads or is about to publish."""
    with contextlib.suppress(OSError), locked(folder / _LOCK_FILE, wait=True):
        for path in [path for path in folder.iterdir() if path.is_dir() and path.name != but]:
            remove_unheld(path)


def _place_beside(folder: Path) -> tuple[Path, int]:
    """Make a place for new triples, and hold it: no other build then takes it for left behind."""
    with locked(folder / _LOCK_FILE, wait=True):
        return make_held(folder, _NEW)


def _written(path: Path, lines: Iterable[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="\n", buffering=_CHUNK) as stream:
        stream.writelines(lines)
    return path


def _digest(stream: IO[bytes]) -> tuple[str, int]:
    """Return a name for the triples in a file, as this version of the engine keeps them, and how many they are."""
    engine = ".".join(importlib.metadata.version("pyoxigraph").split(".")[:2])
    digest, triples = hashlib.sha256(engine.encode()), 0
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        triples += chunk.count(b"\n")
    return digest.hexdigest()[:32], triples


def _load(stream: IO[bytes], folder: Path, triples: int) -> None:
    import pyoxigraph

    stream.seek(0)
    store = pyoxigraph.Store(os.fspath(folder))
    size = min(max(os.fstat(stream.fileno()).st_size // _PIECES, _SMALLEST_PIECE), _LARGEST_PIECE)
    while piece := stream.read(size):
        lines = io.BytesIO(piece + stream.readline())
        store.bulk_load(input=lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    store.optimize()
    store.flush()
    del store  # closes its files
    (folder / _LINES_FILE).unlink(missing_ok=True)
    for log in list(folder.glob("LOG*")):
        log.unlink()  # it tells where the folder was, and when; nobody reads it
    files = {path.name: path.stat().st_size for path in sorted(folder.iterdir()) if path.name != HOLD_FILE}
    (folder / VERSION_FILE).write_text(json.dumps({"triples": triples, "files": files}, indent=1) + "\n", "utf-8")


def _placed(folder: Path) -> Placed | None:
    """Hold the triples in a folder and return them, or `None` where there are none or they are damaged."""
    try:
        held = hold(folder)
    except OSError:
        return None
    try:
        Disk(folder)
    except (OSError, DamagedBuildError):
        os.close(held)
        return None
    return Placed(folder, held)


def _put(beside: Path, folder: Path) -> Placed:
    """Give new triples their name; of builds that load the same at once the first one's stay."""
    with locked(folder.parent / _LOCK_FILE, wait=True):
        placed = _placed(folder)
        if placed is None:
            if folder.exists():
                folder.rename(beside.with_name(f"{beside.name}-damaged"))
            beside.rename(folder)
            placed = Placed(folder, hold(folder))
    return placed


@contextlib.contextmanager
def _failing(folder: Path) -> Iterator[None]:
    """Say what stands in the way of writing."""
    try:
        yield
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"{folder}: cannot be written ({reason}). Name another folder with --out."
        raise OutputError(message) from error
