"""What earlier builds read: a file that has not changed is not parsed again.

One file holds everything: a head that tells whether anything changed, and a body with the statements. It is written
beside its place and renamed into it, so builds at once and builds cut short leave a whole file; it is bound to the code
that wrote it, checked by digests, and holds data only, nothing that runs. Whatever is amiss with it, it is passed over.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import yaml

from graph.errors import Problem
from graph.statements import Reference, StatedArticle, StatedPerson, StatedProvider, StatedTopic, Statement

__all__ = ["Cache", "Outcome", "code_version", "digest_of"]

_MAGIC = b"article-graph cache 1\n"
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
    """A file in the head: its size, time of change (-1 where it cannot be trusted), digest, and place in the body."""

    size: int
    changed: int
    digest: bytes
    place: int


class _Head(msgspec.Struct):
    """What tells whether anything changed."""

    sources: dict[str, dict[str, _Entry]]
    body: bytes
    notes: dict[str, object]


class _Said(msgspec.Struct, array_like=True):
    """One statement; references to stubs are positions in the body's list of stubs."""

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


class _Body(msgspec.Struct, array_like=True):
    """What files state; a stub that many of them share stands once."""

    stubs: list[StatedArticle]
    documents: list[_Document]


class Cache:
    """What earlier builds read, looked up by source and path, and what this build reads, to be saved.

    A source's key is any text that changes with whatever changes the meaning of its files, such as its settings.
    """

    def __init__(self) -> None:
        """Begin without memories."""
        self._known: dict[str, dict[str, _Entry]] = {}
        self._data = b""
        self._body_digest = b""
        self._entries: dict[str, dict[str, _Entry]] = {}
        self._outcomes: list[Outcome] = []
        self.notes: dict[str, object] = {}
        """What the last build noted beside, as plain values."""

    @classmethod
    def open(cls, path: Path) -> Cache:
        """Return the cache at a path; an empty one where there is none, or where it is not ours, old or damaged."""
        cache = cls()
        try:
            data = path.read_bytes()
        except OSError:
            return cache
        start = len(_MAGIC) + _DIGEST_SIZE
        if data[:start] != _MAGIC + code_version():
            return cache
        length = int.from_bytes(data[start : start + _LENGTH_SIZE], "big")
        start += _LENGTH_SIZE
        head, digest = data[start + _DIGEST_SIZE : start + _DIGEST_SIZE + length], data[start : start + _DIGEST_SIZE]
        if digest_of(head) != digest:
            return cache
        with contextlib.suppress(msgspec.MsgspecError, ValueError):
            found = msgspec.msgpack.decode(head, type=_Head)
            cache._known, cache._body_digest, cache.notes = found.sources, found.body, found.notes
            cache._data = data[start + _DIGEST_SIZE + length :]
        return cache

    @functools.cached_property
    def _body(self) -> list[Outcome | None]:
        if not self._data or digest_of(self._data) != self._body_digest:
            return []
        try:
            body = msgspec.msgpack.decode(self._data, type=_Body)
        except (msgspec.MsgspecError, ValueError):
            return []
        self._data = b""
        paths = {entry.place: path for files in self._known.values() for path, entry in files.items()}
        return [
            _outcome(document, body.stubs, paths[place]) if place in paths else None
            for place, document in enumerate(body.documents)
        ]

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
        stubs: dict[int, int] = {}
        objects: list[StatedArticle] = []
        documents = [_document(outcome, stubs, objects) for outcome in self._outcomes]
        body = msgspec.msgpack.encode(_Body(objects, documents), enc_hook=_plain)
        head = msgspec.msgpack.encode(_Head(self._entries, digest_of(body), notes))
        beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        with contextlib.suppress(OSError):
            try:
                with beside.open("wb") as stream:
                    stream.write(_MAGIC + code_version() + len(head).to_bytes(_LENGTH_SIZE, "big") + digest_of(head))
                    stream.write(head)
                    stream.write(body)
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)


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


def _document(outcome: Outcome, stubs: dict[int, int], objects: list[StatedArticle]) -> _Document:
    said = []
    for statement in outcome.statements:
        subject = statement.subject
        if isinstance(subject, StatedArticle):
            related = [(line, _position(target, stubs, objects)) for line, target in subject.related]
            parts = [(line, _position(target, stubs, objects)) for line, target in subject.parts]
            alone = replace(subject, related=(), parts=()) if related or parts else subject
            said.append(_Said(statement.line, statement.text, related, parts, article=alone))
        elif isinstance(subject, StatedProvider):
            said.append(_Said(statement.line, statement.text, [], [], provider=subject))
        elif isinstance(subject, StatedTopic):
            said.append(_Said(statement.line, statement.text, [], [], topic=subject))
        else:
            said.append(_Said(statement.line, statement.text, [], [], person=subject))
    return _Document(said, list(outcome.problems), dict(outcome.unmapped))


def _position(target: StatedArticle | str, stubs: dict[int, int], objects: list[StatedArticle]) -> int | str:
    if isinstance(target, str):
        return target
    position = stubs.setdefault(id(target), len(objects))
    if position == len(objects):
        objects.append(target)
    return position


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


def _references(found: list[tuple[int, int | str]], stubs: Sequence[StatedArticle]) -> tuple[Reference, ...]:
    return tuple((line, target if isinstance(target, str) else stubs[target]) for line, target in found)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError
