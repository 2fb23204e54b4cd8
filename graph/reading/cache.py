"""What earlier builds read: a file that has not changed is not parsed again.

One file holds everything: a body with the statements, in chunks, and after it an index that shows whether anything
changed. It is written beside its place and renamed into it, so simultaneous and interrupted builds leave a whole file.
It is bound to the code that wrote it, checked by digests, and holds only data, nothing that runs. A damaged cache is
ignored.

After a few changes the chunks of the old body are copied, and a chunk with what was read again is appended. Outcomes
that are no longer needed stay in the body until they make up a quarter of it; then everything is packed again.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import importlib.metadata
import os
import sys
import time
import weakref
from pathlib import Path
from typing import IO

import msgspec

from graph.reading.chunks import CHUNK, COPIED_AT_A_TIME, DIGEST_SIZE, Outcome, Packer, digest_of, unpack
from graph.statements import StatedArticle

_MAGIC = b"article-graph cache 3\n"
_LENGTH_SIZE = 8
_PARSERS = ("charset-normalizer", "msgspec", "pyromark", "python-frontmatter", "pyyaml", "selectolax")
"""Libraries that decide what a file says, and how that is kept."""
_OPTIONAL_PARSERS = ("docutils", "feedparser")
"""The same, of extras."""
_MOST_UNUSED = 0.25
"""The share of a body that may be outcomes of files that have changed or gone."""
_MOST_EXTRA_CHUNKS = 100
"""Chunks of a body that may be small, because a build added them."""
_RACY = 2_000_000_000
"""Nanoseconds within which a file may change again with the same time of change."""


class _CachedFile(msgspec.Struct, array_like=True):
    """A file in the index: its size, time of change (-1 if it cannot be trusted), digest, and place in the body."""

    size: int
    changed: int
    digest: bytes
    place: int


class _Index(msgspec.Struct):
    """The files, the length and digest of each chunk of the body, and notes."""

    sources: dict[str, dict[str, _CachedFile]]
    chunks: list[tuple[int, bytes]]
    notes: dict[str, object]


class Cache:
    """What earlier builds read, looked up by source and path, and what this build reads, to be saved.

    A source's key is any text that changes with whatever changes the meaning of its files, such as its settings.
    """

    def __init__(self, *, keeps: bool = True) -> None:
        """Make an empty cache; unless it `keeps` what is read, there will be nothing to save."""
        self._keeps = keeps
        self._known: dict[str, dict[str, _CachedFile]] = {}
        self._chunks: list[tuple[int, bytes]] = []
        self._path: Path | None = None
        self._entries: dict[str, dict[str, _CachedFile]] = {}
        self._copied: IO[bytes] | None = None
        self._new = Packer()
        self.notes: dict[str, object] = {}
        """Notes of the last build, as plain values."""

    @classmethod
    def open(cls, path: Path) -> Cache:
        """Return the cache at a path; an empty one if the file is missing, damaged, or of another version."""
        cache = cls()
        with contextlib.suppress(OSError, ValueError, msgspec.MsgspecError), path.open("rb") as stream:
            if stream.read(len(_MAGIC) + DIGEST_SIZE) != _MAGIC + code_version():
                return cache
            stream.seek(-_LENGTH_SIZE - DIGEST_SIZE, os.SEEK_END)
            end = stream.tell()
            length = int.from_bytes(stream.read(_LENGTH_SIZE), "big")
            digest = stream.read(DIGEST_SIZE)
            stream.seek(end - length)
            index = stream.read(length)
            if digest_of(index) == digest:
                found = msgspec.msgpack.decode(index, type=_Index)
                cache._known, cache._chunks, cache.notes = found.sources, found.chunks, found.notes
                cache._path = path
        return cache

    @functools.cached_property
    def _body(self) -> list[Outcome | None]:
        if self._path is None:
            return []
        paths = {entry.place: path for files in self._known.values() for path, entry in files.items()}
        outcomes: list[Outcome | None] = []
        stubs: list[StatedArticle] = []
        with contextlib.ExitStack() as until_read:
            try:
                stream = until_read.enter_context(self._path.open("rb"))
                stream.seek(len(_MAGIC) + DIGEST_SIZE)
                for length, digest in self._chunks:
                    data = stream.read(length)
                    if digest_of(data) != digest:
                        return []
                    outcomes.extend(unpack(data, stubs, paths, len(outcomes)))
            except (OSError, ValueError, IndexError, msgspec.MsgspecError):
                return []
            is_full = len(paths) >= len(outcomes) * (1 - _MOST_UNUSED)
            if self._keeps and is_full and len(self._chunks) <= len(outcomes) // CHUNK + _MOST_EXTRA_CHUNKS:
                until_read.pop_all()  # it stays open, so that it can be copied when another build has replaced it
                self._copied, self._new = stream, Packer(len(outcomes), len(stubs))
                weakref.finalize(self, stream.close)
        return outcomes

    def places(self) -> list[str]:
        """Return the real paths of the sources that are known, as `Listed.place` gives them."""
        return list(dict.fromkeys(source.partition("\0")[0] for source in self._known))

    def digests(self, place: str) -> dict[str, bytes]:
        """Return the digest of each file of the source at a real path, by its path in the source."""
        return {
            path: entry.digest
            for known in (self._known, self._entries)
            for source, files in known.items()
            if source.partition("\0")[0] == place
            for path, entry in files.items()
        }

    def paths(self, source: str) -> frozenset[str]:
        """Return the paths of a source's files that are known."""
        return frozenset(self._known.get(source, ()))

    def has(self, source: str, path: str) -> bool:
        """Return whether a file of a source is known."""
        return path in self._known.get(source, ())

    def is_same(self, source: str, path: str, stamp: tuple[int, int] | None) -> bool:
        """Return whether a file is known with this very size and time of change."""
        entry = self._known.get(source, {}).get(path)
        return entry is not None and stamp == (entry.size, entry.changed)

    def has_content(self, source: str, path: str, digest: bytes) -> bool:
        """Return whether a file is known with this very content."""
        entry = self._known.get(source, {}).get(path)
        return entry is not None and entry.digest == digest

    def recall(self, source: str, path: str, stamp: tuple[int, int] | None) -> Outcome | None:
        """Return what reading a known file gave, and keep it for the next build; `None` if the body is lost."""
        entry = self._known[source][path]
        outcome = self._body[entry.place] if entry.place < len(self._body) else None
        if outcome is not None and self._copied is not None:
            self._note(source, path, stamp, entry.digest, entry.place)
        elif outcome is not None:
            self.keep(source, path, stamp, entry.digest, outcome)
        return outcome

    def keep(self, source: str, path: str, stamp: tuple[int, int] | None, digest: bytes, outcome: Outcome) -> None:
        """Remember for the next build what reading a file gave.

        A file that changed a moment ago is remembered by its content alone, because it may change again unnoticed.
        """
        if self._keeps:
            _ = self._body  # what follows on it depends on it
            self._note(source, path, stamp, digest, self._new.add(outcome))

    def _note(self, source: str, path: str, stamp: tuple[int, int] | None, digest: bytes, place: int) -> None:
        size, changed = stamp or (-1, -1)
        if changed > time.time_ns() - _RACY:
            changed = -1
        self._entries.setdefault(source, {})[path] = _CachedFile(size, changed, digest, place)

    def release(self) -> None:
        """Free the memory of everything but the packed form that `save` writes; call it after the last `keep`."""
        self._body = []
        self._new.release()

    def save(self, path: Path, notes: dict[str, object]) -> None:
        """Write what this build read, with notes of plain values; failing to write is not an error."""
        beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        with contextlib.suppress(OSError):
            try:
                with beside.open("wb") as stream:
                    stream.write(_MAGIC + code_version())
                    chunks = [*self._copy_to(stream), *self._new.write(stream)]
                    index = msgspec.msgpack.encode(_Index(self._entries, chunks, notes))
                    stream.write(index + len(index).to_bytes(_LENGTH_SIZE, "big") + digest_of(index))
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)

    def _copy_to(self, stream: IO[bytes]) -> list[tuple[int, bytes]]:
        """Copy the chunks that are kept, and return the length and digest of each.

        Raises:
            OSError: They cannot be copied.
        """
        if self._copied is None:
            return []
        with self._copied:  # some systems cannot replace an open file
            self._copied.seek(len(_MAGIC) + DIGEST_SIZE)
            rest = sum(length for length, _ in self._chunks)
            while rest and (data := self._copied.read(min(rest, COPIED_AT_A_TIME))):
                stream.write(data)
                rest -= len(data)
        if rest:
            raise OSError(errno.EIO, "the cache was cut short")
        return self._chunks


def _version_if_any(library: str) -> str:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return ""


@functools.cache
def code_version() -> bytes:
    """Return a digest of the code that reads and writes: this package, the interpreter and the parsers."""
    versions = [sys.version, *map(importlib.metadata.version, _PARSERS), *map(_version_if_any, _OPTIONAL_PARSERS)]
    state = hashlib.sha256("\0".join(versions).encode())
    root = str(Path(__file__).parent.parent)
    paths = [os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names]  # noqa: PTH118 - faster
    for path in sorted(path for path in paths if path.endswith((".py", ".js", ".css", ".html"))):
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - faster
            state.update(b"\0%b\0" % path.removeprefix(root).replace(os.sep, "/").encode())
            state.update(file.read())
    return state.digest()[:DIGEST_SIZE]
