"""The store: triples in the embedded engine's own files, loaded once, so that a query over a build starts at once."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import io
import json
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from graph.errors import OutputError, SourceError
from graph.store import Disk
from graph.store.versions import CURRENT_FILE, HOLD_FILE, Version, current_version, hold, is_whole, locked
from graph.writing import prepare_folder, write_text

__all__ = ["write_store"]

_CHUNK = 1 << 20
_PIECES, _SMALLEST_PIECE, _LARGEST_PIECE = 8, 1 << 22, 1 << 26
"""In how many pieces a file is loaded, and their bytes: the engine's loader holds five times as many."""
_LOCK_FILE = ".lock"
_NEW, _OLD = ".new-", ".old-"
_LINES_FILE = "graph.nt"


def write_store(folder: Path, ntriples: Path | Iterable[str]) -> tuple[Path, ...]:
    """Make a store of N-Triples, given as a file or as lines, the current version in a folder.

    The version is loaded beside the current one and put in its place at once; the current one stays where it holds
    the same triples already. Versions that nobody reads any more are removed. Returns the files that make up the
    store; their bytes are the engine's own affair, and differ from one load of the same triples to the next.

    Raises:
        OutputError: The folder is read-only, the disk is full, or the like; the current version then stays.
    """
    prepare_folder(folder)
    with _failing(folder):
        beside, held = _place_beside(folder)
        try:
            lines = ntriples if isinstance(ntriples, Path) else _written(beside / _LINES_FILE, ntriples)
            with lines.open("rb", buffering=_CHUNK) as stream:  # once: another build may replace the file meanwhile
                name, triples = _digest(stream)
                version = _current(folder, name)
                if version is None:
                    _load(stream, beside)
            if version is None:
                version = _put(beside, folder, name, triples)
        finally:
            os.close(held)
            shutil.rmtree(beside, ignore_errors=True)
    return (folder / CURRENT_FILE, *(folder / name / file for file in version.files))


def _place_beside(folder: Path) -> tuple[Path, int]:
    """Make a place for a new version, and hold it: no other build then takes it for left behind."""
    with locked(folder / _LOCK_FILE, wait=True):
        _remove_left_behind(folder)
        beside = folder / f"{_NEW}{os.getpid()}-{threading.get_ident()}"
        beside.mkdir()
        (beside / HOLD_FILE).touch()
        return beside, hold(beside)


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


def _current(folder: Path, name: str) -> Version | None:
    """Return the current version if it is the one of that name, and whole."""
    version = current_version(folder)
    if version is None or version.name != name or not is_whole(folder, version):
        return None
    with contextlib.suppress(SourceError):
        Disk(folder)
        return version
    return None


def _load(stream: IO[bytes], folder: Path) -> None:
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


def _put(beside: Path, folder: Path, name: str, triples: int) -> Version:
    """Give a version its name and make it the current one; builds that end at the same time wait for each other."""
    with locked(folder / _LOCK_FILE, wait=True):
        version = _current(folder, name)
        if version is None:
            version = Version(name, triples, {path.name: path.stat().st_size for path in sorted(beside.iterdir())})
            if (folder / name).exists():  # damaged, or never made the current one
                (folder / name).rename(folder / f"{_OLD}{beside.name}")
            beside.rename(folder / name)
            told = {"version": name, "triples": triples, "files": dict(version.files)}
            write_text(folder / CURRENT_FILE, [json.dumps(told, indent=1) + "\n"])
        _remove_left_behind(folder)
    return version


def _remove_left_behind(folder: Path) -> None:
    """Remove every version but the current one and those that someone holds. Called under the folder's lock."""
    current = current_version(folder)
    kept = {current.name} if current else set()
    for path in [path for path in folder.iterdir() if path.is_dir() and path.name not in kept]:
        with contextlib.suppress(OSError), locked(path / HOLD_FILE, wait=False) as is_mine:
            if is_mine:
                gone = path if path.name.startswith(_OLD) else path.rename(folder / f"{_OLD}{path.name}")
                shutil.rmtree(gone, ignore_errors=True)


@contextlib.contextmanager
def _failing(folder: Path) -> Iterator[None]:
    """Say what stands in the way of writing."""
    try:
        yield
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"{folder}: cannot be written ({reason}). Name another folder with --out."
        raise OutputError(message) from error
