"""The records of a graph in one file, one kind after the other, each read when it is first needed.

A record is a row of values. Lists, mostly of IRIs, are stored as numbers of texts, and each text is stored once for
each kind. Rows and texts are MessagePack and are checked against the types of the records when they are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from itertools import chain, count
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import msgspec

from graph.errors import DamagedBuildError, unharmed
from graph.mapped import Mapped, write_mapped
from graph.records import Article, Collection, Derivation, Image, Person, Provider, Topic
from graph.truth import Truth

__all__ = ["RecordFile", "write_records"]

_KINDS: Mapping[str, type] = {
    "articles": Article,
    "providers": Provider,
    "topics": Topic,
    "people": Person,
    "images": Image,
    "derivations": Derivation,
    "collections": Collection,
}
"""The kinds of records by the name of their attribute of `Truth`."""

_FIELDS = {name: [field.name for field in fields(kind)] for name, kind in _KINDS.items()}
_MANY = b"\xdd"
"""The first byte of a MessagePack list of up to 2³² items; the number of items follows."""

_AnyRecord = TypeVar("_AnyRecord")


def write_records(truth: Truth, path: Path) -> None:
    """Write all records of a truth. The same records give the same bytes. Linear in the number of records.

    Raises:
        OSError: The file cannot be written.
    """
    counts = {name: len(getattr(truth, name)) for name in _KINDS}
    write_mapped(path, _columns(truth), {"fields": _FIELDS, "counts": counts})


def _columns(truth: Truth) -> Iterator[tuple[str, str, Iterable[bytes]]]:
    encode = msgspec.msgpack.Encoder(enc_hook=dict).encode  # for read-only mappings
    for name in _KINDS:
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        records = getattr(truth, name)
        rows = map(encode, _rows(name, records.values(), numbers))
        yield name, "u8", chain([_MANY + len(records).to_bytes(4, "big")], rows)
        yield f"{name}_texts", "u8", [encode(list(numbers))]


def _rows(name: str, records: Iterable[object], numbers: Mapping[str, int]) -> Iterator[list[Any]]:
    values_of, lists = attrgetter(*_FIELDS[name]), _lists(name)
    for record in records:
        row = list(values_of(record))
        for place in lists:
            if row[place]:
                row[place] = [numbers[text] for text in row[place]]
        yield row


def _lists(name: str) -> list[int]:
    """Return the positions of the fields that are lists of texts."""
    hints = get_type_hints(_KINDS[name])
    return [place for place, field in enumerate(_FIELDS[name]) if hints[field] == tuple[str, ...]]


class RecordFile:
    """The records that a build wrote."""

    def __init__(self, path: Path) -> None:
        """Open a file that `write_records` wrote; takes the same time for any size.

        Raises:
            DamagedBuildError: It cannot be read, is damaged, or was written by another version.
        """
        self._file = Mapped(path)
        counts = self._file.facts.get("counts")
        if self._file.facts.get("fields") != _FIELDS or not isinstance(counts, dict) or set(counts) != set(_KINDS):
            raise DamagedBuildError(f"{path}: was written by another version. Build again.")

    def all_of(self, name: str) -> Mapping[str, Any]:
        """Return the records of a kind, such as `articles`, by IRI, sorted; they are read when first needed.

        The mapping raises DamagedBuildError if the file is damaged.
        """
        return _Records(self._file, name)


class _Records(Mapping[str, _AnyRecord]):
    """Records of one kind by IRI."""

    def __init__(self, file: Mapped, name: str) -> None:
        self._file, self._name = file, name

    def __getitem__(self, iri: str) -> _AnyRecord:
        return self._held[iri]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return int(self._file.facts["counts"][self._name])

    @cached_property
    @unharmed
    def _held(self) -> Mapping[str, _AnyRecord]:
        kind, hints = _KINDS[self._name], get_type_hints(_KINDS[self._name])
        lists = frozenset(_lists(self._name))
        named = enumerate(_FIELDS[self._name])
        row_type: Any = tuple[tuple(tuple[int, ...] if place in lists else hints[name] for place, name in named)]  # type: ignore[misc]
        decode, column = msgspec.msgpack.decode, self._file.column
        texts = decode(column(f"{self._name}_texts").data, type=list[str])
        held = {}
        for row in decode(column(self._name).data, type=list[row_type]):
            values = [
                tuple([texts[number] for number in value]) if place in lists and value else value
                for place, value in enumerate(row)
            ]
            held[row[0]] = kind(*values)
        if len(held) != len(self):
            raise ValueError("records are missing")
        return held
