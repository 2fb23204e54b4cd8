"""What an engine does: it runs passes over tables of rows, on as many workers as it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from graph.cluster.passes import PASSES
from graph.cluster.rows import PassRow
from graph.cluster.worker_facts import load_facts
from graph.errors import SourceError
from graph.reading.cache import code_version

Table = TypeVar("Table")


class PassEngine(Protocol[Table]):
    """Runs passes over tables of rows. Nothing depends on the order of rows or on how tables are divided."""

    def table(self, rows: Iterable[PassRow]) -> Table:
        """Return a new table."""

    def run(self, name: str, table: Table, facts: Path) -> Table:
        """Run a pass over all rows; the result is kept, so that nothing is computed twice."""

    def run_grouped(self, name: str, table: Table, facts: Path) -> Table:
        """Run a pass over all rows, those of one key together and sorted by tag and order; the result is kept."""

    def union(self, *tables: Table) -> Table:
        """Return the rows of all tables."""

    def select(self, table: Table, *tags: str, key: str | None = None) -> Table:
        """Return the rows with one of the tags, and with the key if one is given."""

    def collect(self, table: Table, *tags: str) -> Iterator[PassRow]:
        """Yield the rows with one of the tags."""

    def write(self, table: Table, folder: Path) -> None:
        """Write the nodes, relations, triples and problems among the rows below a folder that exists.

        Problems are written once each, and sorted.
        """


def run_pass(name: str, facts: str, version: bytes, rows: Iterable[PassRow]) -> Iterator[PassRow]:
    """Run a pass in a worker.

    Raises:
        SourceError: The worker has another version of the code than the driver, which has `version`; or it does not see
            a source.
    """
    if code_version() != version:
        message = (
            "A worker has another version of article-graph, of Python or of a parser. Install the same everywhere."
        )
        raise SourceError(message)
    yield from PASSES[name](load_facts(facts), rows)
