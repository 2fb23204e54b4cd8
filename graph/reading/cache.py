"""What earlier builds read: a file that has not changed is not parsed again.

One file holds everything: a body with the statements, in chunks, and behind it an index that tells whether anything
changed. It is written beside its place and renamed into it, so builds at once and builds cut short leave a whole file;
it is bound to the code that wrote it, checked by digests, and holds data only, nothing that runs. Where anything is
amiss with it, it is passed over.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import yaml

from graph.errors import Problem
from graph.statements import (
    NO_REFERENCES,
    References,
    StatedArticle,
    StatedPerson,
    StatedProvider,
    StatedTopic,
    Statement,
)

__all__ = ["Cache", "Outcome", "code_version", "digest_of"]

_MAGIC = b"article-graph cache 2\n"
_CHUNK = 1_000
"""Documents that are written and read at a time."""
_DIGEST_SIZE = 16
_LENGTH_SIZE = 8
_RACY = 2_000_000_000
"""Nanoseconds within which a file may change again without its time of change telling."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that reading one file gave."""

    statements: tuple[Statement, ...]
    """What it states."""
    problems: tuple[Problem, ...]
    """Its faults."""
    unmapped: Mapping[str, int]
    """Fields that no table row knows, with the number of records that hold them."""
    found: bool = True
    """Whether it could be read at all."""


class _Entry(msgspec.Struct, array_like=True):
    """A file in the index: its size, time of change (-1 where it cannot be trusted), digest, and place in the body."""

    size: int
    changed: int
    digest: bytes
    place: int


class _Index(msgspec.Struct):
    """What tells whether anything changed: files, the length and digest of each chunk of the body, and notes."""

    sources: dict[str, dict[str, _Entry]]
    chunks: list[tuple[int, bytes]]
    notes: dict[str, object]


class _Said(msgspec.Struct, array_like=True):
    """One statement; references to stubs are positions in the list of all stubs so far."""

    line: int
    text: str
    related: list[tuple[int, int | str]]
    parts: list[tuple[int, int | str]]
    article: StatedArticle | None = None
    provider: StatedProvider | None = None
    topic: StatedTopic | None = None
    person: StatedPerson | None = None


class _Document(msgspec.Struct, array_like=True):
    """One file in the body."""

    said: list[_Said]
    problems: list[Problem]
    unmapped: dict[str, int]


class _Chunk(msgspec.Struct, array_like=True):
    """What some files state; a stub that many of them share stands once, in the first chunk that needs it."""

    stubs: list[StatedArticle]
    documents: list[_Document]


class Cache:
    """What earlier builds read, looked up by source and path, and what this build reads, to be saved.

    A source's key is any text that changes with whatever changes the meaning of its files, such as its settings.
    """

    def __init__(self) -> None:
        """Begin without memories."""
        self._known: dict[str, dict[str, _Entry]] = {}
        self._chunks: list[tuple[int, bytes]] = []
        self._path: Path | None = None
        self._entries: dict[str, dict[str, _Entry]] = {}
        self._outcomes: list[Outcome] = []
        self.notes: dict[str, object] = {}
        """What the last build noted beside, as plain values."""

    @classmethod
    def open(cls, path: Path) -> Cache:
        """Return the cache at a path; an empty one where there is none, or where it is not ours, old or damaged."""
        cache = cls()
        with contextlib.suppress(OSError, ValueError, msgspec.MsgspecError), path.open("rb") as stream:
            if stream.read(len(_MAGIC) + _DIGEST_SIZE) != _MAGIC + code_version():
                return cache
            stream.seek(-_LENGTH_SIZE - _DIGEST_SIZE, os.SEEK_END)
            end = stream.tell()
            length = int.from_bytes(stream.read(_LENGTH_SIZE), "big")
            digest = stream.read(_DIGEST_SIZE)
            stream.seek(end - length)
            index = stream.read(length)
            if digest_of(index) == digest:
                found = msgspec.msgpack.decode(index, type=_Index)
                cache._known, cache._chunks, cache.notes = found.sources, found.chunks, found.notes
                cache._path = path
        return cache

    @functools.cached_property
    def _body(self) -> list[Outcome | None]:
        """What the known files gave, by their places; of a damaged body nothing."""
        if self._path is None:
            return []
        paths = {entry.place: path for files in self._known.values() for path, entry in files.items()}
        outcomes: list[Outcome | None] = []
        stubs: list[StatedArticle] = []
        try:
            with self._path.open("rb") as stream:
                stream.seek(len(_MAGIC) + _DIGEST_SIZE)
                for length, digest in self._chunks:
                    data = stream.read(length)
                    if digest_of(data) != digest:
                        return []
                    chunk = msgspec.msgpack.decode(data, type=_Chunk)
                    stubs.extend(chunk.stubs)
                    for document in chunk.documents:
                        path = paths.get(len(outcomes))
                        outcomes.append(None if path is None else _outcome(document, stubs, path))
        except (OSError, ValueError, IndexError, msgspec.MsgspecError):
            return []
        return outcomes

    def paths(self, source: str) -> frozenset[str]:
        """Return the paths of a source's files that are known."""
        return frozenset(self._known.get(source, ()))

    def is_same(self, source: str, path: str, stamp: tuple[int, int] | None) -> bool:
        """Tell whether a file is known with this very size and time of change."""
        entry = self._known.get(source, {}).get(path)
        return entry is not None and stamp == (entry.size, entry.changed)

    def has_content(self, source: str, path: str, digest: bytes) -> bool:
        """Tell whether a file is known with this very content."""
        entry = self._known.get(source, {}).get(path)
        return entry is not None and entry.digest == digest

    def recall(self, source: str, path: str, stamp: tuple[int, int] | None) -> Outcome | None:
        """Return what reading a known file gave, and keep it for the next build; `None` where the body is lost."""
        entry = self._known[source][path]
        outcome = self._body[entry.place] if entry.place < len(self._body) else None
        if outcome is not None:
            self.keep(source, path, stamp, entry.digest, outcome)
        return outcome

    def keep(self, source: str, path: str, stamp: tuple[int, int] | None, digest: bytes, outcome: Outcome) -> None:
        """Remember for the next build what reading a file gave.

        A file that changed a moment ago is remembered by its content alone, for it may change again unseen.
        """
        size, changed = stamp or (-1, -1)
        if changed > time.time_ns() - _RACY:
            changed = -1
        self._entries.setdefault(source, {})[path] = _Entry(size, changed, digest, len(self._outcomes))
        self._outcomes.append(outcome)

    def save(self, path: Path, notes: dict[str, object]) -> None:
        """Write what this build read, with notes of plain values; a cache that cannot be written is no fault."""
        beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        with contextlib.suppress(OSError):
            try:
                with beside.open("wb") as stream:
                    stream.write(_MAGIC + code_version())
                    chunks = []
                    for data in self._to_chunks():
                        stream.write(data)
                        chunks.append((len(data), digest_of(data)))
                    index = msgspec.msgpack.encode(_Index(self._entries, chunks, notes))
                    stream.write(index + len(index).to_bytes(_LENGTH_SIZE, "big") + digest_of(index))
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)

    def _to_chunks(self) -> Iterator[bytes]:
        positions: dict[int, int] = {}
        for start in range(0, len(self._outcomes), _CHUNK):
            stubs: list[StatedArticle] = []
            documents = [_document(outcome, positions, stubs) for outcome in self._outcomes[start : start + _CHUNK]]
            yield msgspec.msgpack.encode(_Chunk(stubs, documents), enc_hook=_plain)


def digest_of(data: bytes) -> bytes:
    """Return a digest of bytes, equal for equal content (BLAKE2b, 128 bits)."""
    return hashlib.blake2b(data, digest_size=_DIGEST_SIZE).digest()


@functools.cache
def code_version() -> bytes:
    """Return a digest of the code that reads and writes: this package, the interpreter and the YAML library."""
    root = Path(__file__).parent.parent
    state = hashlib.blake2b(
        f"{sys.version}\0{yaml.__version__}\0{msgspec.__version__}".encode(), digest_size=_DIGEST_SIZE
    )
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".js", ".css", ".html"}:
            state.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return state.digest()


def _document(outcome: Outcome, positions: dict[int, int], stubs: list[StatedArticle]) -> _Document:
    said = []
    for statement in outcome.statements:
        subject = statement.subject
        if isinstance(subject, StatedArticle):
            related, parts = (_positions(some, positions, stubs) for some in (subject.related, subject.parts))
            alone = replace(subject, related=NO_REFERENCES, parts=NO_REFERENCES) if related or parts else subject
            said.append(_Said(statement.line, statement.text, related, parts, article=alone))
        elif isinstance(subject, StatedProvider):
            said.append(_Said(statement.line, statement.text, [], [], provider=subject))
        elif isinstance(subject, StatedTopic):
            said.append(_Said(statement.line, statement.text, [], [], topic=subject))
        else:
            said.append(_Said(statement.line, statement.text, [], [], person=subject))
    return _Document(said, list(outcome.problems), dict(outcome.unmapped))


def _positions(
    references: References, positions: dict[int, int], stubs: list[StatedArticle]
) -> list[tuple[int, int | str]]:
    found: list[tuple[int, int | str]] = []
    for line, target in references:
        if isinstance(target, str):
            found.append((line, target))
            continue
        position = positions.get(id(target))
        if position is None:
            position = positions[id(target)] = len(positions)
            stubs.append(target)
        found.append((line, position))
    return found


def _outcome(document: _Document, stubs: Sequence[StatedArticle], path: str) -> Outcome:
    statements = []
    for said in document.said:
        article = said.article
        if article is not None and (said.related or said.parts):
            article = replace(article, related=_references(said.related, stubs), parts=_references(said.parts, stubs))
        subject = article or said.provider or said.topic or said.person
        if subject is not None:
            statements.append(Statement(path, said.line, subject, said.text))
    return Outcome(tuple(statements), tuple(document.problems), document.unmapped)


def _references(found: list[tuple[int, int | str]], stubs: Sequence[StatedArticle]) -> References:
    return References.of((line, target if isinstance(target, str) else stubs[target]) for line, target in found)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError
