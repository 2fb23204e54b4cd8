"""Records that stay in a file: each is decoded whenever it is asked for, so that a million need little memory."""

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

    def __init__(self, load: Callable[[int], _Item], places: Sequence[int]) -> None:
        """Get the items at some places in the file from `load`."""
        self._load, self._places = load, places

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
        return Shelved(self._load, array("I", [self._places[place] for place in places]))


class Shelf(Mapping[str, _Record]):
    """Records of a file by IRI, sorted. Going through all is as fast as decoding them; one is found by bisection."""

    def __init__(self, load: Callable[[int], _Record], count: int) -> None:
        """Get each of `count` records, which are sorted by IRI, from `load`."""
        self.row = Shelved(load, range(count))
        """The records in their order."""

    def __len__(self) -> int:
        return len(self.row)

    def __iter__(self) -> Iterator[str]:
        return (record.iri for record in self.row)

    def __getitem__(self, iri: str) -> _Record:
        place = bisect_left(self.row, iri, key=lambda record: record.iri)
        if place < len(self.row) and (record := self.row[place]).iri == iri:
            return record
        raise KeyError(iri)

    def values(self) -> ValuesView[_Record]:
        """Return the records in their order."""
        return _Values(self)

    def items(self) -> ItemsView[str, _Record]:
        """Return the records in their order, each after its IRI."""
        return _Items(self)


class _Values(ValuesView[_Record]):
    _mapping: Shelf[_Record]

    def __iter__(self) -> Iterator[_Record]:
        return iter(self._mapping.row)


class _Items(ItemsView[str, _Record]):
    _mapping: Shelf[_Record]

    def __iter__(self) -> Iterator[tuple[str, _Record]]:
        return ((record.iri, record) for record in self._mapping.row)


def in_row(records: Mapping[str, _Record]) -> Sequence[_Record]:
    """Return the records of a mapping in their order; those of a shelf stay in their file."""
    return records.row if isinstance(records, Shelf) else list(records.values())


def picked(row: Sequence[_Item], places: Iterable[int]) -> Sequence[_Item]:
    """Return the items at some places of a row, in their order; those of a file stay there."""
    return row.picked(places) if isinstance(row, Shelved) else tuple([row[place] for place in places])
