"""Rows: what passes hand on to each other, and how statements and states travel in them."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

import msgspec

from graph.reading.chunks import Outcome, Packing, chunk_decoder, unpack
from graph.statements import References, StatedArticle, Statement
from graph.truth.occurrences import Occurrence
from graph.truth.pages import Token

chunk_decoder()  # now, because Sail calls passes in several threads

Tokened: TypeAlias = tuple[Token, Statement]
"""A statement and its token."""


class PassRow(NamedTuple):
    """A row of any pass."""

    tag: str
    """What it is."""
    key: str
    """Rows of one key are grouped together."""
    order: str
    """Rows of one key and tag are in this order."""
    payload: bytes
    """The rest."""


def _read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


class _Pickler(pickle.Pickler):
    """Pickles plain data with read-only mappings, which `pickle` refuses."""

    def reducer_override(self, value: Any) -> Any:  # noqa: ANN401 - as the base class declares it
        return (_read_only, (dict(value),)) if type(value) is MappingProxyType else NotImplemented


def pack(value: object) -> bytes:
    """Return plain data, such as states, as bytes."""
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    return stream.getvalue()


def unpacked(data: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """Return what `pack` was given. Only for bytes that a process of the same build has packed."""
    return pickle.loads(data)  # noqa: S301 - our own passes wrote it


def pack_statements(statements: Sequence[Tokened]) -> bytes:
    """Return statements with their tokens as bytes; stubs that they share are written once."""
    outcomes = [Outcome((statement,), (), {}) for _, statement in statements]
    heads = [(token, statement.path) for token, statement in statements]
    return pack((heads, Packing().pack(outcomes)))


def unpack_statements(data: bytes) -> list[Tokened]:
    """Return what `pack_statements` was given."""
    heads, chunk = unpacked(data)
    paths = {number: path for number, (_, path) in enumerate(heads)}
    outcomes = unpack(chunk, [], paths, 0)
    return [(token, outcome.statements[0]) for (token, _), outcome in zip(heads, outcomes, strict=True) if outcome]


def pack_same(said: Iterable[tuple[Token, Occurrence]]) -> bytes:
    """Return what is said about one article, and the tokens of documents, as bytes.

    Of the stubs that documents name only their first key is kept, by which they are found.
    """
    flags, statements = [], []
    for token, one in said:
        flags.append(one.is_stub)
        statement = Statement(*one.place, one.stated) if one.is_stub else one.document
        statements.append((token, msgspec.structs.replace(statement, subject=_with_keys_only(one.stated))))
    return pack((flags, pack_statements(statements)))


def unpack_same(data: Iterable[bytes]) -> list[tuple[Token, Occurrence]]:
    """Return what was packed in one or several pieces, in their order, with the tokens of documents."""
    said = []
    for piece in data:
        flags, statements = unpacked(piece)
        for is_stub, (token, statement) in zip(flags, unpack_statements(statements), strict=True):
            stated = statement.subject
            assert isinstance(stated, StatedArticle)  # noqa: S101 - only these were packed
            said.append((token, Occurrence(is_stub, (statement.path, statement.line), stated, statement)))
    return said


def _with_keys_only(stated: StatedArticle) -> StatedArticle:
    if not stated.related and not stated.parts:
        return stated
    return replace(stated, related=_keys_only(stated.related), parts=_keys_only(stated.parts))


def _keys_only(references: References) -> References:
    return References.of(
        (line, target if isinstance(target, str) else StatedArticle(keys=target.keys[:1]))
        for line, target in references
    )
