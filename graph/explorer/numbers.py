"""What is counted and measured of every node, as columns: places, sizes, groups, flags, and relations as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.atlas import Atlas
from graph.atlas.census import Census
from graph.atlas.lanes import NO_DAY
from graph.explorer.safe_text import to_line, to_web_address
from graph.records import Article, Topic
from graph.structure.arrays import Floats, Ints

__all__ = [
    "INFERRED",
    "NO_PAGE",
    "PLACES",
    "STUB",
    "UNPUBLISHED",
    "Column",
    "Names",
    "backbone_of",
    "names_of",
    "numbers_of",
    "rows_of",
]

STUB = 1
"""The flag of a node that no document backs."""

UNPUBLISHED = 2
"""The flag of a node that the site does not show."""

INFERRED = 4
"""The flag of a node whose island is a guess."""

NO_PAGE = 16
"""The flag of a node that has no page in the web: its IRI is a name only."""

PLACES = ("topics_x", "topics_y", "network_x", "network_y", "time_x", "time_y")
"""The columns that tell where a node stands."""

_SHORTEST_STEP = 32
"""Parts of a world unit that places are rounded to: finer steps cannot be seen, and pack badly."""

_MOST_NAMES = 255
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Column:
    """A value for each node, or for each article."""

    name: str
    """What it tells."""
    kind: str
    """Its type, such as `u32`."""
    values: NDArray[np.generic]
    """By number of the node."""
    delta: bool = False
    """Whether it is written as differences."""


@dataclass(frozen=True, slots=True)
class Names:
    """The types and categories of articles."""

    types: tuple[str, ...]
    """The commonest first."""
    categories: tuple[str, ...]
    """The commonest first."""
    type_of: Ints
    """For each article its type's place from 1, or 0."""
    category_of: Ints
    """For each article its category's place from 1, or 0."""


def names_of(census: Census) -> Names:
    """Return the types and categories that occur."""
    types, type_of = _named(article.type for article in census.articles)
    categories, category_of = _named(article.category for article in census.articles)
    return Names(types, categories, type_of, category_of)


def numbers_of(atlas: Atlas, names: Names) -> Iterator[Column]:
    """Yield the columns of an atlas, in the order in which the page holds them. Linear."""
    census = atlas.census
    for name, view in (("topics", atlas.topics), ("network", atlas.network), ("time", atlas.timeline)):
        yield Column(f"{name}_x", "f32", _to_steps(view.x))
        yield Column(f"{name}_y", "f32", _to_steps(view.y))
    yield Column("size", "f32", atlas.size)
    yield Column("story", "i32", atlas.story, delta=True)
    yield Column("community", "i32", atlas.community)
    yield Column("island", "i32", atlas.island)
    yield Column("type", "u8", names.type_of)
    yield Column("category", "u8", names.category_of)
    yield Column("day", "i32", atlas.day)
    for name, field in (("quality", "quality"), ("heat", "heat"), ("words", "word_count")):
        yield Column(name, "i32", _numbers(getattr(article, field) for article in census.articles))
    yield Column("flags", "u8", _flags(atlas))


def rows_of(census: Census, relation: str) -> tuple[Ints, Ints]:
    """Return where each node's targets begin, and the targets, ascending for each node."""
    sources, targets = census.pairs[relation]
    order = np.lexsort((targets, sources))
    starts = np.zeros(census.nodes + 1, np.int64)
    starts[1:] = np.cumsum(np.bincount(sources, minlength=census.nodes))
    return starts, targets[order]


def backbone_of(atlas: Atlas) -> tuple[Ints, Ints]:
    """Return the smaller and the larger number of each tie that is drawn, sorted."""
    order = np.lexsort((atlas.backbone.second, atlas.backbone.first))
    return atlas.backbone.first[order], atlas.backbone.second[order]


def _to_steps(values: Floats) -> Floats:
    return np.asarray(np.round(values * _SHORTEST_STEP) / _SHORTEST_STEP)


def _named(values: Iterable[str | None]) -> tuple[tuple[str, ...], Ints]:
    """Return the names found, the commonest first, and for each value its name's place from 1, or 0."""
    row = list(values)
    counts = Counter(value for value in row if value)
    names = sorted(counts, key=lambda name: (-counts[name], name))[:_MOST_NAMES]
    number = {name: place for place, name in enumerate(names, start=1)}
    places = np.array([number.get(value or "", 0) for value in row], np.int64)
    return tuple(to_line(name, _LONGEST_NAME) for name in names), places


def _numbers(values: Iterable[int | None]) -> Ints:
    """Return numbers that fit in 32 bits; what is unknown, or does not fit, as the smallest."""
    row = [NO_DAY if value is None or not -(2**31) < value < 2**31 else int(value) for value in values]
    return np.array(row, np.int64)


def _flags(atlas: Atlas) -> Ints:
    """Return the flags of all nodes."""
    census = atlas.census
    flags = np.zeros(census.nodes, np.int64)
    for node, record in enumerate(census.records()):
        if isinstance(record, Article):
            flags[node] |= STUB * record.stub | UNPUBLISHED * (record.published is False)
        if isinstance(record, Topic) or to_web_address(record.url) is None:
            flags[node] |= NO_PAGE
    flags[: len(census.articles)] |= INFERRED * atlas.inferred
    return flags
