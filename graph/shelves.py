"""Records that stay in a file: each is decoded when it is asked for, so that a million need little memory."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from typing import Protocol, TypeVar, overload


class _HasIri(Protocol):
    @property
    def iri(self) -> str: ...


_Item = TypeVar("_Item")
_Record = TypeVar("_Record", bound=_HasIri)


class Shelved(Sequence[_Item]):
    """A row of items in a file."""

    def __init__(
        self, load: Callable[[int], _Item], places: Sequence[int], iri_of: Callable[[int], str] | None = None
    ) -> None:
        """Make a row of items at places in the file; `load` decodes an item, `iri_of` only the IRI of a record."""
        self._load, self._places, self._iri_of = load, places, iri_of

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[_Item]:
        return map(self._load, self._places)

    @overload
    def __getitem__(self, place: int) -> _Item: ...

    @overload
    def __getitem__(self, place: slice) -> list[_Item]: ...

    def __getitem__(self, place: int | slice) -> _Item | list[_Item]:
        found = self._places[place]
        return self._load(found) if isinstance(found, int) else list(map(self._load, found))

    def picked(self, places: Iterable[int]) -> Shelved[_Item]:
        """Return the items at some places of this row, in their order."""
        return Shelved(self._load, array("I", [self._places[place] for place in places]), self._iri_of)

    def iris(self) -> Iterator[str]:
        """Yield the IRIs of the records, without decoding the rest."""
        return iter(()) if self._iri_of is None else map(self._iri_of, self._places)


class Shelf(Mapping[str, _Record]):
    """Records of a file by IRI, sorted. Iterating takes as long as decoding them; one is found by bisection."""

    def __init__(self, load: Callable[[int], _Record], count: int, iri_of: Callable[[int], str]) -> None:
        """Make a shelf of `count` records, sorted by IRI; `load` decodes a record, `iri_of` only its IRI."""
        self.row = Shelved(load, range(count), iri_of)
        """The records in their order."""
        self._iri_of = iri_of

    def __len__(self) -> int:
        return len(self.row)

    def __iter__(self) -> Iterator[str]:
        return self.row.iris()

    def __getitem__(self, iri: str) -> _Record:
        place = bisect_left(range(len(self)), iri, key=self._iri_of)
        if place < len(self) and self._iri_of(place) == iri:
            return self.row[place]
        raise KeyError(iri)

    def values(self) -> ValuesView[_Record]:
        """Return the records in their order."""
        return _DecodedValues(self)

    def items(self) -> ItemsView[str, _Record]:
        """Return the records in their order, each after its IRI."""
        return _Items(self)


class _DecodedValues(ValuesView[_Record]):
    _mapping: Shelf[_Record]

    def __iter__(self) -> Iterator[_Record]:
        return iter(self._mapping.row)


class _Items(ItemsView[str, _Record]):
    _mapping: Shelf[_Record]

    def __iter__(self) -> Iterator[tuple[str, _Record]]:
        return ((record.iri, record) for record in self._mapping.row)


def by_iri(records: Iterable[_Record]) -> dict[str, _Record]:
    """Return records by IRI, in memory."""
    return {record.iri: record for record in records}


def in_row(records: Mapping[str, _Record]) -> Sequence[_Record]:
    """Return the records of a mapping in their order; those of a shelf stay in their file."""
    return records.row if isinstance(records, Shelf) else list(records.values())


def iris_in(row: Sequence[_Record]) -> Iterator[str]:
    """Yield the IRIs of records."""
    return row.iris() if isinstance(row, Shelved) else (record.iri for record in row)


def picked(row: Sequence[_Item], places: Iterable[int]) -> Sequence[_Item]:
    """Return the items at some places of a row, in their order; those of a file stay there."""
    return row.picked(places) if isinstance(row, Shelved) else tuple([row[place] for place in places])
