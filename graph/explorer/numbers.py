"""The numbers of every node as columns: positions, sizes, groups, flags; and relations as rows."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.atlas import Atlas
from graph.atlas.census import Census
from graph.explorer.safe_text import to_line, to_web_address
from graph.records import Article, Topic
from graph.structure.arrays import NO_DAY, Floats, Ints
from graph.structure.rows import Rows, rows_from
from graph.vocabulary import POINTING

STUB = 1
"""The flag of a stub, an article without a document."""

UNPUBLISHED = 2
"""The flag of an article that the site does not show."""

INFERRED = 4
"""The flag of an article whose island is inferred."""

NO_PAGE = 16
"""The flag of a node without a web page: its IRI is only a name."""

UNNAMED = 32
"""The flag of an article that no other article points to."""

ALONE = 64
"""The flag of an article that no other article points to, and that points to none."""

PLACES = ("topics_x", "topics_y", "network_x", "network_y", "time_x", "time_y")
"""The columns of the position of a node."""

_SHORTEST_STEP = 32
"""Positions are rounded to this fraction of a world unit: finer steps are invisible and compress badly."""

_MOST_NAMES = 255
_LONGEST_NAME = 60


class Column(msgspec.Struct, frozen=True):
    """A value for each node, or for each article."""

    name: str
    """Its name."""
    kind: str
    """Its type, such as `u32`."""
    values: NDArray[np.generic]
    """By the number of the node."""
    delta: bool = False
    """Whether it is written as differences."""


class RecordNumbers(msgspec.Struct, frozen=True):
    """What the page says of each record in numbers."""

    types: tuple[str, ...]
    """The types of articles, the most frequent first."""
    categories: tuple[str, ...]
    """The categories of articles, the most frequent first."""
    type_of: Ints
    """For each article the place of its type from 1, or 0."""
    category_of: Ints
    """For each article the place of its category from 1, or 0."""
    stated: Mapping[str, Ints]
    """The quality, heat and words of each article; `NO_DAY` if unknown."""
    flags: Ints
    """For each node those of `STUB`, `UNPUBLISHED` and `NO_PAGE` that it has."""


def record_numbers(census: Census) -> RecordNumbers:
    """Return the numbers of all records. Linear: each is read only once, because articles may be read from a file."""
    types, categories, flags = _RankedNames(), _RankedNames(), bytearray()
    stated = {"quality": array("i"), "heat": array("i"), "words": array("i")}
    for record in census.records():
        flag = NO_PAGE * (isinstance(record, Topic) or to_web_address(record.url) is None)
        if isinstance(record, Article):
            types.add(record.type)
            categories.add(record.category)
            for column, value in zip(stated.values(), (record.quality, record.heat, record.word_count), strict=True):
                column.append(NO_DAY if value is None or not -(2**31) < value < 2**31 else int(value))
            flag |= STUB * record.stub | UNPUBLISHED * (record.published is False)
        flags.append(flag)
    return RecordNumbers(
        *(types.names(), categories.names()),
        *(types.places(), categories.places()),
        {name: np.asarray(column, np.int64) for name, column in stated.items()},
        np.frombuffer(flags, np.uint8).astype(np.int64),
    )


def numbers_of(atlas: Atlas, of_records: RecordNumbers) -> Iterator[Column]:
    """Yield the columns of an atlas, in the order of the page. Linear."""
    for name, view in (("topics", atlas.topics), ("network", atlas.network), ("time", atlas.timeline)):
        yield Column(f"{name}_x", "f32", _to_steps(view.x))
        yield Column(f"{name}_y", "f32", _to_steps(view.y))
    yield Column("size", "f32", atlas.size)
    yield Column("story", "i32", atlas.story, delta=True)
    yield Column("community", "i32", atlas.community)
    yield Column("part", "u16", atlas.part)
    yield Column("named", "u16", atlas.named)
    yield Column("island", "i32", atlas.island)
    yield Column("type", "u8", of_records.type_of)
    yield Column("category", "u8", of_records.category_of)
    yield Column("day", "i32", atlas.census.days)
    for name, values in of_records.stated.items():
        yield Column(name, "i32", values)
    yield Column("flags", "u8", of_records.flags | _flags(atlas))


def relation_rows(census: Census, relation: str) -> Rows:
    """Return the targets of each node, ascending."""
    return rows_from(*census.pairs[relation], census.nodes)


def backbone_ends(atlas: Atlas) -> tuple[Ints, Ints]:
    """Return the two nodes of each edge that is drawn, the smaller first, sorted."""
    order = np.lexsort((atlas.backbone.second, atlas.backbone.first))
    return atlas.backbone.first[order], atlas.backbone.second[order]


def _to_steps(values: Floats) -> Floats:
    return np.asarray(np.round(values * _SHORTEST_STEP) / _SHORTEST_STEP)


class _RankedNames:
    """Counts names as they come."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}
        self._found = array("I")

    def add(self, name: str | None) -> None:
        """Add the name of the next article, if it has one."""
        self._found.append(self._numbers.setdefault(name or "", len(self._numbers)))

    def names(self) -> tuple[str, ...]:
        """Return the names, the most frequent first."""
        return tuple(to_line(name, _LONGEST_NAME) for name in self._ranked())

    def places(self) -> Ints:
        """Return for each article the rank of its name, from 1; 0 without a name."""
        place = np.zeros(len(self._numbers), np.int64)
        ranked = self._ranked()
        place[[self._numbers[name] for name in ranked]] = np.arange(1, len(ranked) + 1)
        return np.asarray(place[np.asarray(self._found, np.int64)])

    def _ranked(self) -> list[str]:
        counts = np.bincount(np.asarray(self._found, np.int64), minlength=len(self._numbers)).tolist()
        known = (name for name in self._numbers if name)
        return sorted(known, key=lambda name: (-counts[self._numbers[name]], name))[:_MOST_NAMES]


def _flags(atlas: Atlas) -> Ints:
    """Return for each node the flags that depend on where it is and what points to it."""
    census = atlas.census
    flags = np.zeros(census.nodes, np.int64)
    articles = len(census.articles)
    flags[:articles] |= INFERRED * atlas.inferred
    sources, targets = census.between_articles(*POINTING)
    apart = sources != targets
    points, named = (np.bincount(ends[apart], minlength=articles) > 0 for ends in (sources, targets))
    flags[:articles] |= UNNAMED * ~named | ALONE * ~(named | points)
    return flags
