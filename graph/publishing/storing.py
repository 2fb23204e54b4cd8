"""Writes the store: the triples in files of the embedded engine, so that a query on a build need not load them."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import io
import os
import shutil
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from graph.errors import OutputError, SourceError
from graph.generations import Generation, Written
from graph.locking import HOLD_FILE, hold, locked, make_held, remove_unheld
from graph.publishing.exports import STORE_FOLDER
from graph.publishing.revising import Revised
from graph.store_files import VERSION_FILE, Version
from graph.writing import prepare_folder

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 1 << 20
_PIECE = 16 << 20
"""The number of bytes loaded at once; larger pieces take less time to merge, but four times their size of memory."""
_MOST_CHANGED = 0.05
"""The share of triples up to which a store is changed; of more, loading takes less time."""
_MOST_BYTES = 300
"""The bytes per triple up to which a store is changed; about 140 are usual, and what is removed leaves some behind."""
_LOCK_FILE = ".lock"
_NEW = ".new-"
_LINES_FILE = "graph.nt"


class PlacedStore(msgspec.Struct, frozen=True):
    """A store in its final folder, which is held until `let_go` is called."""

    folder: Path
    """The folder, named by a digest of the triples."""
    held: int
    """The file descriptor that holds the folder."""

    def files(self) -> list[Path]:
        """Return the files that make up the store."""
        return [self.folder / VERSION_FILE, *(self.folder / name for name in Version.read(self.folder).files)]

    def let_go(self) -> None:
        """Allow other builds to remove the store."""
        os.close(self.held)


def place_store(
    folder: Path,
    ntriples: Path | Iterable[str],
    before: Generation | None = None,
    revised: Revised | None = None,
    *,
    digest: str | None = None,
) -> PlacedStore:
    """Load N-Triples, given as a file or as lines, into a new folder below `folder`, and hold it.

    `digest` is the SHA-256 of the file, in hexadecimal, if it is known. Triples that were loaded before are not loaded
    again. If the triples of the build `before` were `revised`, its store is copied and the copy is changed, unless
    loading takes less time. The bytes of the files differ each time the same triples are loaded.

    Raises:
        OutputError: The folder is read-only, the disk is full, or the like.
    """
    prepare_folder(folder)
    with _failing(folder):
        with locked(folder / _LOCK_FILE, wait=True):
            beside, holding = make_held(folder, _NEW)
        try:
            lines = ntriples if isinstance(ntriples, Path) else _written(beside / _LINES_FILE, ntriples)
            name = _name(digest or Written.of(lines).digest)
            placed = _placed(folder / name)
            if placed is None:
                with lines.open("rb", buffering=_CHUNK) as stream:
                    triples = sum(chunk.count(b"\n") for chunk in iter(partial(stream.read, _CHUNK), b""))
                    if before is None or revised is None or not _change(before, revised, beside, triples):
                        _load(stream, beside)
                        _describe(beside, triples)
                placed = _put(beside, holding, folder / name)
        finally:
            holding.close()
            shutil.rmtree(beside, ignore_errors=True)
    return placed


def remove_stores(folder: Path, *, but: str) -> None:
    """Remove all stores in a folder but the one named `but` and those that are held."""
    with contextlib.suppress(OSError), locked(folder / _LOCK_FILE, wait=True):
        for path in [path for path in folder.iterdir() if path.is_dir() and path.name != but]:
            remove_unheld(path)


def _written(path: Path, lines: Iterable[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="\n", buffering=_CHUNK) as stream:
        stream.writelines(lines)
    return path


def _name(digest: str) -> str:
    """Return the name of the store of triples with this digest, which depends on the engine's version, too."""
    engine = ".".join(importlib.metadata.version("pyoxigraph").split(".")[:2])
    return hashlib.sha256(f"{engine} {digest}".encode()).hexdigest()[:32]


def _load(stream: IO[bytes], folder: Path) -> None:
    """Load all triples into a folder."""
    import pyoxigraph

    stream.seek(0)
    store = pyoxigraph.Store(os.fspath(folder))
    size = os.fstat(stream.fileno()).st_size
    while stream.tell() < size:
        # The terms were checked when they were made, so they are not checked once more.
        store.bulk_load(input=io.BufferedReader(_Piece(stream)), format=pyoxigraph.RdfFormat.N_TRIPLES, lenient=True)
    store.optimize()
    store.flush()


class _Piece(io.RawIOBase):
    """The next piece of a file, up to the end of a line."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Begin where the file is read next."""
        start = stream.tell()
        stream.seek(start + _PIECE)
        stream.readline()
        self._stream, self._left = stream, stream.tell() - start
        stream.seek(start)

    def readable(self) -> bool:
        """Return `True`."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer as far as the piece goes, and return the number of bytes."""
        chunk = self._stream.read(min(len(memoryview(buffer)), self._left))
        self._left -= len(chunk)
        memoryview(buffer)[: len(chunk)] = chunk
        return len(chunk)


def _change(before: Generation, revised: Revised, folder: Path, triples: int) -> bool:
    """Copy the store of a build into a folder and change it; return `False` if it is better to load all triples."""
    import pyoxigraph

    removed, added = set(revised.before.splitlines(keepends=True)), set(revised.now.splitlines(keepends=True))
    names = [name for name in before.files if name.startswith(f"{STORE_FOLDER}/")]
    size = sum(before.files[name].size for name in names)
    if not names or len(removed ^ added) > triples * _MOST_CHANGED or size > triples * _MOST_BYTES:
        return False
    try:
        for name in names:
            before.open(name, partial(shutil.copyfile, dst=folder / name.rpartition("/")[2]), is_whole=True)
        store = pyoxigraph.Store(os.fspath(folder))
        for quad in pyoxigraph.parse(b"".join(removed - added), format=pyoxigraph.RdfFormat.N_TRIPLES):
            store.remove(quad)
        store.extend(pyoxigraph.parse(b"".join(added - removed), format=pyoxigraph.RdfFormat.N_TRIPLES))
        store.flush()
        is_whole = len(store) == triples
        del store  # closes its files
        if is_whole:
            _describe(folder, triples)
            return True
    except (SourceError, ValueError):
        pass
    for path in [path for path in folder.iterdir() if path.name != HOLD_FILE]:
        path.unlink()
    return False


def _describe(folder: Path, triples: int) -> None:
    """Leave in a folder only the files of a store that is closed, and a description of them."""
    for path in [folder / VERSION_FILE, folder / _LINES_FILE, *folder.glob("LOG*")]:
        path.unlink(missing_ok=True)  # a log contains the folder and the time, and is not needed
    files = {path.name: path.stat().st_size for path in sorted(folder.iterdir()) if path.name != HOLD_FILE}
    described = msgspec.json.format(msgspec.json.encode(Version(triples, files)), indent=1)
    (folder / VERSION_FILE).write_bytes(described + b"\n")


def _placed(folder: Path) -> PlacedStore | None:
    """Hold and return the store in a folder, or return `None` if there is none or it is damaged."""
    import pyoxigraph

    try:
        (folder / HOLD_FILE).touch()  # it may have been lost in a copy
        held = hold(folder)
    except OSError:
        return None
    try:
        Version.read(folder)
        pyoxigraph.Store.read_only(os.fspath(folder))
    except (OSError, ValueError, RuntimeError):
        os.close(held)
        return None
    return PlacedStore(folder, held)


def _put(beside: Path, holding: contextlib.ExitStack, folder: Path) -> PlacedStore:
    """Rename a new store to its final name, unless another build has put the same triples there meanwhile."""
    with locked(folder.parent / _LOCK_FILE, wait=True):
        placed = _placed(folder)
        if placed is None:
            if folder.exists():
                folder.rename(beside.with_name(f"{beside.name}-damaged"))
            holding.close()  # Windows does not rename a folder with an open file
            beside.rename(folder)
            placed = PlacedStore(folder, hold(folder))
    return placed


@contextlib.contextmanager
def _failing(folder: Path) -> Iterator[None]:
    """Turn the errors of the system and of the engine into `OutputError`."""
    try:
        yield
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"{folder}: cannot be written ({reason}). Name another folder with --out."
        raise OutputError(message) from error
