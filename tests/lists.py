"""An engine of lists: it divides rows and puts them in order as it likes, as engines may."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from pathlib import Path

from graph.cluster.engine import run_pass
from graph.cluster.rows import PassRow
from graph.reading.cache import code_version

__all__ = ["Lists"]


class Lists:
    """Runs passes in this process, on parts that chance makes."""

    def __init__(self, chance: random.Random, parts: int) -> None:
        self._chance, self._parts = chance, parts

    def table(self, rows: Iterable[PassRow]) -> list[PassRow]:
        """Return a new table."""
        return list(rows)

    def run(self, name: str, table: list[PassRow], facts: Path) -> list[PassRow]:
        """Run a pass over each part."""
        parts = self._divided(table, lambda _row: self._chance.randrange(self._parts))
        return [row for part in parts for row in run_pass(name, str(facts), code_version(), part)]

    def run_grouped(self, name: str, table: list[PassRow], facts: Path) -> list[PassRow]:
        """Run a pass over each part, which holds all rows of some keys, sorted."""
        places = {row.key: self._chance.randrange(self._parts) for row in table}
        parts = [
            sorted(part, key=attrgetter("key", "tag", "order"))
            for part in self._divided(table, lambda row: places[row.key])
        ]
        return [row for part in parts if part for row in run_pass(name, str(facts), code_version(), part)]

    def union(self, *tables: list[PassRow]) -> list[PassRow]:
        """Return the rows of all tables."""
        return [row for table in tables for row in table]

    def select(self, table: list[PassRow], *tags: str, key: str | None = None) -> list[PassRow]:
        """Return the rows with one of the tags."""
        return [row for row in table if row.tag in tags and key in {None, row.key}]

    def collect(self, table: list[PassRow], *tags: str) -> Iterator[PassRow]:
        """Yield the rows with one of the tags, or all, in any order."""
        found = [row for row in table if not tags or row.tag in tags]
        self._chance.shuffle(found)
        return iter(found)

    def write(self, table: list[PassRow], folder: Path) -> None:
        """Write nothing."""

    def _divided(self, table: list[PassRow], place: Callable[[PassRow], int]) -> list[list[PassRow]]:
        parts: list[list[PassRow]] = [[] for _ in range(self._parts)]
        for row in self._chance.sample(table, len(table)):
            parts[place(row)].append(row)
        return parts
