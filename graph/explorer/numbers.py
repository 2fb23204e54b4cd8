"""The numbers of every node as columns: positions, sizes, groups, flags; and relations as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

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


class TypesAndCategories(msgspec.Struct, frozen=True):
    """The types and categories of articles."""

    types: tuple[str, ...]
    """The most frequent first."""
    categories: tuple[str, ...]
    """The most frequent first."""
    type_of: Ints
    """For each article the place of its type from 1, or 0."""
    category_of: Ints
    """For each article the place of its category from 1, or 0."""


def types_and_categories(census: Census) -> TypesAndCategories:
    """Return the types and categories that occur."""
    said = [(article.type, article.category) for article in census.articles]
    types, type_of = _named(name for name, _ in said)
    categories, category_of = _named(name for _, name in said)
    return TypesAndCategories(types, categories, type_of, category_of)


def numbers_of(atlas: Atlas, names: TypesAndCategories) -> Iterator[Column]:
    """Yield the columns of an atlas, in the order of the page. Linear."""
    census = atlas.census
    for name, view in (("topics", atlas.topics), ("network", atlas.network), ("time", atlas.timeline)):
        yield Column(f"{name}_x", "f32", _to_steps(view.x))
        yield Column(f"{name}_y", "f32", _to_steps(view.y))
    yield Column("size", "f32", atlas.size)
    yield Column("story", "i32", atlas.story, delta=True)
    yield Column("community", "i32", atlas.community)
    yield Column("part", "u16", atlas.part)
    yield Column("named", "u16", atlas.named)
    yield Column("island", "i32", atlas.island)
    yield Column("type", "u8", names.type_of)
    yield Column("category", "u8", names.category_of)
    yield Column("day", "i32", atlas.census.days)
    told = [(article.quality, article.heat, article.word_count) for article in census.articles]
    for place, name in enumerate(("quality", "heat", "words")):
        yield Column(name, "i32", _numbers(values[place] for values in told))
    yield Column("flags", "u8", _flags(atlas))


def relation_rows(census: Census, relation: str) -> Rows:
    """Return the targets of each node, ascending."""
    return rows_from(*census.pairs[relation], census.nodes)


def backbone_of(atlas: Atlas) -> tuple[Ints, Ints]:
    """Return the two nodes of each edge that is drawn, the smaller first, sorted."""
    order = np.lexsort((atlas.backbone.second, atlas.backbone.first))
    return atlas.backbone.first[order], atlas.backbone.second[order]


def _to_steps(values: Floats) -> Floats:
    return np.asarray(np.round(values * _SHORTEST_STEP) / _SHORTEST_STEP)


def _named(values: Iterable[str | None]) -> tuple[tuple[str, ...], Ints]:
    """Return the names, the most frequent first, and for each value the place of its name from 1, or 0."""
    row = list(values)
    counts = Counter(value for value in row if value)
    names = sorted(counts, key=lambda name: (-counts[name], name))[:_MOST_NAMES]
    number = {name: place for place, name in enumerate(names, start=1)}
    places = np.array([number.get(value or "", 0) for value in row], np.int64)
    return tuple(to_line(name, _LONGEST_NAME) for name in names), places


def _numbers(values: Iterable[int | None]) -> Ints:
    """Return numbers of 32 bits; `NO_DAY` for those that are unknown or do not fit."""
    row = [NO_DAY if value is None or not -(2**31) < value < 2**31 else int(value) for value in values]
    return np.array(row, np.int64)


def _flags(atlas: Atlas) -> Ints:
    census = atlas.census
    flags = np.zeros(census.nodes, np.int64)
    for node, record in enumerate(census.records()):
        if isinstance(record, Article):
            flags[node] |= STUB * record.stub | UNPUBLISHED * (record.published is False)
        if isinstance(record, Topic) or to_web_address(record.url) is None:
            flags[node] |= NO_PAGE
    articles = len(census.articles)
    flags[:articles] |= INFERRED * atlas.inferred
    sources, targets = census.between_articles(*POINTING)
    apart = sources != targets
    points, named = (np.bincount(ends[apart], minlength=articles) > 0 for ends in (sources, targets))
    flags[:articles] |= UNNAMED * ~named | ALONE * ~(named | points)
    return flags
