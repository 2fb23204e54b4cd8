"""The records of a graph in one file, one kind after the other, each read when it is first needed.

A record is a row of values. Lists, mostly of IRIs, are stored as numbers of texts, and each text is stored once for
each kind. Rows and texts are MessagePack and are checked against the types of the records when they are read.
"""

from __future__ import annotations

import hashlib
import mmap
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache, cached_property
from itertools import accumulate, chain, count
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, get_origin, get_type_hints

import msgspec

from graph.errors import DamagedBuildError, unharmed
from graph.evidence import EvidenceTable
from graph.records import NOTHING, Article, Collection, Derivation, Image, Person, Provider, Topic
from graph.shelves import Shelf, by_iri
from graph.sizes import MOST_HELD
from graph.terms import Form
from graph.truth import Truth
from graph.vocabulary import VOCABULARY
from graph.writing import unwritable

if TYPE_CHECKING:
    from graph.mapped import Mapped

KINDS_OF_RECORDS: Mapping[str, type] = {
    "articles": Article,
    "providers": Provider,
    "topics": Topic,
    "people": Person,
    "images": Image,
    "derivations": Derivation,
    "collections": Collection,
}
"""The kinds of records by the name of their attribute of `Truth`."""

_FIELDS = {name: [field.name for field in fields(kind)] for name, kind in KINDS_OF_RECORDS.items()}
_SHARED = {
    kind: {"iri", "type", "category", *(row.name for row in rows if row.form in {Form.IRI, Form.RELATION})}
    for kind, rows in VOCABULARY.items()
}
"""The fields of each kind of record whose texts many records have in common."""

_MANY = b"\xdd"
"""The first byte of a MessagePack list of up to 2³² items; the number of items follows."""

Texts: TypeAlias = Callable[[int], str]
"""Returns a text by its number."""

_AnyRecord = TypeVar("_AnyRecord")


def write_records(truth: Truth, path: Path) -> None:
    """Write all records of a truth. The same records give the same bytes. Linear in the number of records.

    Raises:
        OSError: The file cannot be written.
    """
    from graph.mapped import write_mapped  # loads numpy

    counts = {name: len(getattr(truth, name)) for name in KINDS_OF_RECORDS}
    write_mapped(path, _columns(truth), {"fields": _FIELDS, "counts": counts})


def _columns(truth: Truth) -> Iterator[tuple[str, str, Iterable[bytes]]]:
    encode = msgspec.msgpack.Encoder(enc_hook=dict).encode  # for read-only mappings
    for name in KINDS_OF_RECORDS:
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        records = getattr(truth, name)
        rows = map(encode, _rows(name, records.values(), numbers))
        yield name, "u8", chain([_head(len(records))], rows)
        yield f"{name}_texts", "u8", [encode(list(numbers))]


class Shelving:
    """Keeps records and evidence in memory, or those of a large graph in files, which disappear after use."""

    def __init__(self, folder: Path) -> None:
        """Write files in the file system of a folder."""
        self._folder = folder

    def keep(self, name: str, records: Iterable[Any], many: int) -> Mapping[str, Any]:
        """Return `many` records of a kind, such as `articles`, by IRI; they come sorted by IRI.

        Raises:
            OutputError: The file cannot be written.
        """
        if many <= MOST_HELD:
            return by_iri(records)
        encode, values_of = msgspec.msgpack.Encoder(enc_hook=dict).encode, attrgetter(*_FIELDS[name])
        ends = array("Q", [0])
        try:
            with tempfile.TemporaryFile(dir=self._folder) as stream:
                for row in map(encode, map(values_of, records)):
                    stream.write(row)
                    ends.append(ends[-1] + len(row))
                stream.flush()
                content = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)  # has a descriptor of its own
        except OSError as error:
            raise unwritable(self._folder, error) from error
        return _shelf(name, memoryview(content), ends, None)

    def keep_evidence(self, evidence: EvidenceTable) -> EvidenceTable:
        """Return evidence in the same way.

        Raises:
            OutputError: The file cannot be written.
        """
        if len(evidence) <= MOST_HELD:
            return evidence
        try:
            with tempfile.TemporaryFile(dir=self._folder) as stream:
                return evidence.moved_to(stream)
        except OSError as error:
            raise unwritable(self._folder, error) from error


def _shelf(name: str, content: memoryview, ends: Sequence[int], texts: Texts | None) -> Shelf[Any]:
    """Return the records of a kind; `content` has the encoded rows, each up to the next of `ends`."""
    to_record = _maker(name, texts)
    decode = msgspec.msgpack.Decoder(str).decode

    def iri_of(place: int) -> str:
        start = _head_end(content, ends[place])
        return decode(content[start : _text_end(content, start)])

    return Shelf(lambda place: to_record(content[ends[place] : ends[place + 1]]), len(ends) - 1, iri_of)


def _digest(row: bytes | msgspec.Raw) -> bytes:
    return hashlib.blake2b(row, digest_size=16).digest()


def _head(rows: int) -> bytes:
    """Return what precedes a number of rows."""
    return _MANY + rows.to_bytes(4, "big")


def _rows(name: str, records: Iterable[object], numbers: Mapping[str, int]) -> Iterator[list[Any]]:
    values_of, lists = attrgetter(*_FIELDS[name]), _lists(name)
    for record in records:
        row = list(values_of(record))
        for place in lists:
            if row[place]:
                row[place] = [numbers[text] for text in row[place]]
        yield row


@cache  # it takes a millisecond, as long as writing a hundred records
def _types(name: str) -> Mapping[str, Any]:
    """Return the types of the fields of a kind of record."""
    return get_type_hints(KINDS_OF_RECORDS[name])


def _lists(name: str) -> list[int]:
    """Return the positions of the fields that are lists of texts."""
    types = _types(name)
    return [place for place, field in enumerate(_FIELDS[name]) if types[field] == tuple[str, ...]]


class RecordFile:
    """The records that a build wrote."""

    def __init__(self, path: Path) -> None:
        """Open a file that `write_records` wrote; takes the same time for any size.

        Raises:
            DamagedBuildError: It cannot be read, is damaged, or was written by another version.
        """
        from graph.mapped import Mapped  # loads numpy

        self._file = Mapped(path)
        counts = self._file.facts.get("counts")
        if (
            self._file.facts.get("fields") != _FIELDS
            or not isinstance(counts, dict)
            or set(counts) != set(KINDS_OF_RECORDS)
        ):
            raise DamagedBuildError(f"{path}: was written by another version. Build again.")

    def all_of(self, name: str) -> Mapping[str, Any]:
        """Return the records of a kind, such as `articles`, by IRI, sorted; they are read when first needed.

        The mapping raises DamagedBuildError if the file is damaged.
        """
        return _Records(self._file, name)

    @unharmed
    def shelf(self, name: str) -> Mapping[str, Any]:
        """Return the records of a kind like `all_of`; those of a large graph are decoded each time they are needed.

        Raises:
            DamagedBuildError: The file is damaged.
        """
        if self._file.facts["counts"][name] <= MOST_HELD:
            return self.all_of(name)
        column, decode = self._file.column, msgspec.msgpack.decode
        rows = column(name).data
        sizes = [len(memoryview(row)) for row in decode(rows, type=list[msgspec.Raw])]
        ends = array("Q", accumulate(sizes, initial=len(_head(0))))
        return _shelf(name, rows, ends, _texts(column(f"{name}_texts").data))

    @unharmed
    def changed(
        self, name: str, records: Mapping[str, _AnyRecord]
    ) -> tuple[dict[str, _AnyRecord], dict[str, _AnyRecord]]:
        """Return the records of a kind that differ between the file and `records`: those here, and those there.

        A record that was added is only in the second mapping, one that was removed only in the first. Both are sorted
        by IRI. Linear in the records; only those that differ are decoded.

        Raises:
            DamagedBuildError: The file is damaged.
        """
        decode, column = msgspec.msgpack.decode, self._file.column
        texts = decode(column(f"{name}_texts").data, type=list[str])
        rows = decode(column(name).data, type=list[msgspec.Raw])
        if len(rows) != self._file.facts["counts"][name]:
            raise ValueError("records are missing")
        before = {_digest(row): row for row in rows}  # digests, as the rows themselves take much memory
        numbers = defaultdict(count(len(texts)).__next__, {text: number for number, text in enumerate(texts)})
        encoded = map(msgspec.msgpack.Encoder(enc_hook=dict).encode, _rows(name, records.values(), numbers))
        now = {
            iri: records[iri]
            for iri, row in zip(records, encoded, strict=True)
            if before.pop(_digest(row), None) is None
        }
        return _to_records(name, b"".join([_head(len(before)), *map(bytes, before.values())]), texts), now


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
        column = self._file.column
        texts = msgspec.msgpack.decode(column(f"{self._name}_texts").data, type=list[str])
        held: dict[str, _AnyRecord] = _to_records(self._name, column(self._name).data, texts)
        if len(held) != len(self):
            raise ValueError("records are missing")
        return held


def _to_records(name: str, rows: bytes | memoryview, texts: Sequence[str]) -> dict[str, Any]:
    """Return the records of a kind by IRI, from their encoded rows; those with the same IRI in a field share it."""
    to_record = _maker(name, texts.__getitem__, {text: text for text in texts}.setdefault)
    # One by one, because all rows together take much memory.
    records = map(to_record, msgspec.msgpack.decode(rows, type=list[msgspec.Raw]))
    return by_iri(records)


def _head_end(content: memoryview, start: int) -> int:
    """Return where the first item of an encoded list begins."""
    return start + {0xDC: 3, 0xDD: 5}.get(content[start], 1)


_LENGTHS = {0xD9: 1, 0xDA: 2, 0xDB: 4}
"""The bytes of the length of an encoded text, by its first byte, which contains the length of a shorter one."""


def _text_end(content: memoryview, start: int) -> int:
    """Return where an encoded text ends."""
    size = _LENGTHS.get(content[start], 0)
    length = int.from_bytes(content[start + 1 : start + 1 + size], "big") if size else content[start] - 0xA0
    return start + 1 + size + length


def _texts(content: memoryview) -> Texts:
    """Return a function that decodes a text of an encoded list."""
    end = _head_end(content, 0)
    ends = array("Q", [end])
    while end < len(content):
        end = _text_end(content, end)
        ends.append(end)
    decode = msgspec.msgpack.Decoder(str).decode
    return lambda place: decode(content[ends[place] : ends[place + 1]])


def _maker(
    name: str, text_of: Texts | None, first_like: Callable[[str, str], str] | None = None
) -> Callable[[Any], Any]:
    """Return a function that returns the record of an encoded row; `first_like` returns an equal text.

    Without `text_of`, rows hold the texts of lists themselves.
    """
    kind, types = KINDS_OF_RECORDS[name], _types(name)
    lists = [] if text_of is None else _lists(name)
    row_type: Any = tuple[  # type: ignore[misc]
        tuple(tuple[int, ...] if place in lists else types[field] for place, field in enumerate(_FIELDS[name]))
    ]
    decode = msgspec.msgpack.Decoder(row_type).decode
    shared = [place for place, field in enumerate(_FIELDS[name]) if first_like and field in _SHARED[kind]]
    # A frozen dataclass takes twice as long to set its fields.
    new, setters = object.__new__, [getattr(kind, field).__set__ for field in _FIELDS[name]]
    mappings = [place for place, field in enumerate(_FIELDS[name]) if get_origin(types[field]) is Mapping]

    def to_record(encoded: bytes | memoryview | msgspec.Raw) -> object:
        row = list(decode(encoded))
        if text_of is not None:
            for place in lists:
                if row[place]:
                    row[place] = tuple(map(text_of, row[place]))
        if first_like is not None:
            for place in shared:
                if row[place]:
                    row[place] = first_like(row[place], row[place])
        for place in mappings:
            row[place] = row[place] or NOTHING
        record: Any = new(kind)
        for put, value in zip(setters, row, strict=True):
            put(record, value)
        return record

    return to_record
