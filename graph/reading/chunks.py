"""Converts statements to bytes and back, in chunks, so that few are in memory at a time.

A stub that many documents share is stored once, in the first chunk that needs it, and is loaded as one object.
"""

from __future__ import annotations

import functools
import hashlib
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import IO

import msgspec

from graph.errors import Problem
from graph.statements import (
    NO_LINES,
    NO_REFERENCES,
    Link,
    References,
    StatedArticle,
    StatedCollection,
    StatedPerson,
    StatedProvider,
    StatedTopic,
    Statement,
    Stub,
)

DIGEST_SIZE = 16
"""Bytes of a digest."""

CHUNK = 1_000
"""Documents that are written and read at a time."""
_MOST_HELD = 50_000
"""Stubs that are known by their numbers, and in memory, at a time."""
_MOST_IN_MEMORY = 16_000_000
COPIED_AT_A_TIME = 1 << 20
"""Bytes of packed statements that are copied at once."""


class Outcome(msgspec.Struct, frozen=True):
    """Everything that reading one file gave."""

    statements: tuple[Statement, ...]
    """What it states."""
    problems: tuple[Problem, ...]
    """Its faults."""
    unmapped: Mapping[str, int]
    """Fields that no table row knows, with the number of records that hold them."""
    found: bool = True
    """Whether it could be read, and contains what articles are made from."""
    passed_over: Mapping[str, int] = msgspec.field(default_factory=dict)
    """How much of it was passed over, by ending or by reason."""


class _PackedReferences(msgspec.Struct, array_like=True, frozen=True):
    """References; those to stubs are positions in the list of all stubs so far."""

    packed_lines: bytes
    targets: list[int | str]


_NO_REFERENCES = _PackedReferences(NO_REFERENCES.packed_lines, [])


class _Alone(msgspec.Struct, array_like=True):
    """One statement."""

    line: int
    text: str
    related: _PackedReferences
    parts: _PackedReferences
    links: tuple[Link, ...] = ()
    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    lines: dict[str, int] = {}
    row: str = ""
    tags: tuple[str, ...] = ()
    article: StatedArticle | None = None
    provider: StatedProvider | None = None
    topic: StatedTopic | None = None
    person: StatedPerson | None = None
    collection: StatedCollection | None = None


class _PackedDocument(msgspec.Struct, array_like=True):
    said: list[_Alone]
    problems: list[Problem]
    unmapped: dict[str, int]
    found: bool = True
    passed_over: dict[str, int] = {}


class _Chunk(msgspec.Struct, array_like=True):
    """What some files state; a stub that many files share is only in the first chunk that needs it."""

    stubs: list[StatedArticle]
    documents: list[_PackedDocument]


class Packing:
    """Packs outcomes into chunks; a stub that an earlier chunk contains is named by its number.

    Stubs are held until there are more than `most`; later chunks contain theirs again.
    """

    def __init__(self, most: int = _MOST_HELD, *, first: int = 0) -> None:
        """Pack chunks that follow others with `first` stubs, of which none is held."""
        self._most = most
        self._numbers: dict[int, int] = {}  # by identity, because statements hold mappings, which cannot be hashed
        self._held: list[StatedArticle] = []
        self._stubs = first

    def pack(self, outcomes: Iterable[Outcome]) -> bytes:
        """Return a chunk."""
        if self.is_full:
            self.release()
        stubs: list[StatedArticle] = []
        documents = [self._document(outcome, stubs) for outcome in outcomes]
        return encode_plain(_Chunk(stubs, documents))

    def release(self) -> None:
        """Hold no statement any more; later chunks contain all their stubs."""
        self._numbers.clear()
        self._held.clear()

    @property
    def is_full(self) -> bool:
        """Whether it holds more stubs than it may."""
        return len(self._held) > self._most

    def alone(self, statement: Statement, stubs: list[StatedArticle]) -> _Alone:
        """Return a statement in its packed form; stubs that are new are added to `stubs`."""
        one, subject = statement, statement.subject
        none = _NO_REFERENCES
        alone = _Alone(
            *(one.line, one.text, none, none, one.links, one.places, one.names, dict(one.lines), one.row, one.tags)
        )
        if isinstance(subject, StatedArticle):
            alone.article = subject
            if subject.related or subject.parts:
                alone.related, alone.parts = (
                    self._references(subject.related, stubs),
                    self._references(subject.parts, stubs),
                )
                alone.article = _without_references(subject)
        elif isinstance(subject, StatedProvider):
            alone.provider = subject
        elif isinstance(subject, StatedTopic):
            alone.topic = subject
        elif isinstance(subject, StatedPerson):
            alone.person = subject
        else:
            alone.collection = subject
        return alone

    def _document(self, outcome: Outcome, stubs: list[StatedArticle]) -> _PackedDocument:
        said = [self.alone(one, stubs) for one in outcome.statements]
        return _PackedDocument(
            said, list(outcome.problems), dict(outcome.unmapped), outcome.found, dict(outcome.passed_over)
        )

    def _references(self, references: References, stubs: list[StatedArticle]) -> _PackedReferences:
        found: list[int | str] = []
        for target, number in zip(references.targets, map(self._numbers.get, map(id, references.targets)), strict=True):
            if number is not None:
                found.append(number)
            elif isinstance(target, str):
                found.append(target)
            elif isinstance(target, Stub):
                found.append(target.number)
            else:
                self._numbers[id(target)] = self._stubs
                found.append(self._stubs)
                self._stubs += 1
                self._held.append(target)  # its identity must not be used again
                stubs.append(target)
        return _PackedReferences(references.packed_lines, found)


class Packer:
    """Packs outcomes as they come; what is packed waits in memory while it is little, and then on disk."""

    def __init__(self, first: int = 0, stubs: int = 0) -> None:
        """Pack what follows on chunks with `first` outcomes and so many `stubs`."""
        self._count = first
        self._waiting: list[Outcome] = []
        self._packing = Packing(first=stubs)
        self._chunks: list[tuple[int, bytes]] = []
        self._packed: IO[bytes] | None = None
        self._failed: OSError | None = None

    def add(self, outcome: Outcome) -> int:
        """Take an outcome; return its place."""
        self._waiting.append(outcome)
        if len(self._waiting) >= CHUNK:
            self._pack()
        self._count += 1
        return self._count - 1

    def release(self) -> None:
        """Pack what still waits, and hold no statement any more."""
        self._pack()
        self._packing.release()

    def write(self, stream: IO[bytes]) -> list[tuple[int, bytes]]:
        """Write all chunks; return the length and digest of each.

        Raises:
            OSError: They cannot be written, or there was no room for them before.
        """
        self._pack()
        if self._failed is not None:
            raise self._failed
        if self._packed is not None:
            self._packed.seek(0)
            shutil.copyfileobj(self._packed, stream, COPIED_AT_A_TIME)
        return self._chunks

    def _pack(self) -> None:
        waiting, self._waiting = self._waiting, []
        if not waiting or self._failed is not None:
            return
        data = self._packing.pack(waiting)
        try:
            if self._packed is None:
                self._packed = tempfile.SpooledTemporaryFile(max_size=_MOST_IN_MEMORY)  # noqa: SIM115 - it lives on
                weakref.finalize(self, self._packed.close)
            self._packed.write(data)
        except OSError as error:
            self._failed = error
        self._chunks.append((len(data), digest_of(data)))


def unpack(data: bytes, stubs: list[StatedArticle], paths: Mapping[int, str], first: int) -> Iterator[Outcome | None]:
    """Yield the outcomes of a chunk, whose places begin with `first`; `None` for one whose place has no path.

    `stubs` are those of all chunks before, and grows by those of this one.

    Raises:
        msgspec.MsgspecError: The chunk is damaged.
        IndexError: A chunk before this one is missing.
    """
    chunk = chunk_decoder().decode(data)
    stubs.extend(chunk.stubs)
    for place, document in enumerate(chunk.documents, first):
        path = paths.get(place)
        yield None if path is None else _outcome(document, stubs, path)


@functools.cache
def chunk_decoder() -> msgspec.msgpack.Decoder[_Chunk]:
    """Return the decoder of chunks; the first call, which takes a millisecond, must not be made by several threads."""
    return msgspec.msgpack.Decoder(_Chunk)


def digest_of(data: bytes) -> bytes:
    """Return a digest of bytes, equal for equal content (the first half of SHA-256, which processors compute fast)."""
    return hashlib.sha256(data).digest()[:DIGEST_SIZE]


@functools.cache
def alone_decoder() -> msgspec.msgpack.Decoder[_Alone]:
    """Return the decoder of one statement."""
    return msgspec.msgpack.Decoder(_Alone)


def _outcome(document: _PackedDocument, stubs: Sequence[StatedArticle], path: str) -> Outcome:
    statements = tuple([statement_of(said, stubs, path) for said in document.said])
    return Outcome(statements, tuple(document.problems), document.unmapped, document.found, document.passed_over)


def statement_of(said: _Alone, stubs: Sequence[StatedArticle | Stub], path: str) -> Statement:
    """Return the statement at a path from its packed form.

    Raises:
        ValueError: It has no subject.
    """
    article = said.article
    if article is not None:
        for name, references in (("related", said.related), ("parts", said.parts)):
            if references.targets:  # nothing else has the article yet, and a copy would take longer than all of this
                object.__setattr__(article, name, _found(references, stubs))
    subject = article or said.provider or said.topic or said.person or said.collection
    if subject is None:
        raise ValueError("a statement has no subject")
    lines = said.lines or NO_LINES
    return Statement(
        path, said.line, subject, said.text, said.links, said.places, said.names, lines, said.row, said.tags
    )


def _found(references: _PackedReferences, stubs: Sequence[StatedArticle | Stub]) -> References:
    targets = tuple([target if isinstance(target, str) else stubs[target] for target in references.targets])
    return References(references.packed_lines, targets)


_VALUES_OF = attrgetter(*(field.name for field in fields(StatedArticle)))
_AT = [number for number, field in enumerate(fields(StatedArticle)) if field.name in {"related", "parts"}]


def _without_references(article: StatedArticle) -> StatedArticle:
    """Return it without what it refers to, which takes half of the time of `replace`."""
    values = list(_VALUES_OF(article))
    for number in _AT:
        values[number] = NO_REFERENCES
    return StatedArticle(*values)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError


encode_plain = msgspec.msgpack.Encoder(enc_hook=_plain).encode
"""Returns the MessagePack of statements, or of parts of them."""
