"""Runs passes on Spark or Sail, with their DataFrame API alone, which is also that of Spark Connect."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.cluster.engine import run_pass
from graph.cluster.rows import PassRow
from graph.displays import reason_of
from graph.errors import GraphError, OutputError, SourceError
from graph.publishing.record_file import KINDS_OF_RECORDS
from graph.publishing.table_files import EDGES_FOLDER, NODES_FOLDER, PROBLEMS_FOLDER, TRIPLES_FOLDER
from graph.reading.cache import code_version

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

_SCHEMA = "tag string, key string, order string, payload binary"
_ROWS = 1_000
_BYTES = 8_000_000
"""Rows and bytes of a batch."""
_RAISED = re.compile(r"graph\.errors\.\w+: ([^\n]+)")
"""How engines quote an error of ours in theirs."""
_PART = re.compile(r"(?:part-|_)(\d+)")
"""The number of a file in its name."""


@contextlib.contextmanager
def _engine_errors() -> Iterator[None]:
    """Raise an error of ours that an engine quotes as a SourceError, and any of its own as an OutputError."""
    try:
        yield
    except GraphError:
        raise
    except Exception as error:
        if (raised := _RAISED.search(str(error))) is not None:
            raise SourceError(raised[1]) from error
        reason = reason_of(error) or type(error).__name__
        raise OutputError(f"The engine failed ({reason}). Look at its log, and build again.") from error


class Frames:
    """Tables are data frames, and results are kept as Parquet below `work`, a folder that all workers see."""

    def __init__(self, session: SparkSession, work: Path, parts: int) -> None:
        """Divide rows, and their keys, into a number of parts."""
        self._session, self._work, self._parts = session, work, parts
        with contextlib.suppress(Exception):  # Sail has no such setting
            session.conf.set("spark.sql.shuffle.partitions", str(parts))
        self._numbers = itertools.count()

    def table(self, rows: Iterable[PassRow]) -> DataFrame:
        """Return a new table."""
        from pyarrow import parquet

        path = self._next_path()
        path.mkdir()
        with parquet.ParquetWriter(path / "part-0.parquet", _arrow_schema()) as writer:
            for batch in _batches(rows):
                writer.write_batch(batch)
        return self._read(path)

    @_engine_errors()
    def run(self, name: str, table: DataFrame, facts: Path) -> DataFrame:
        """Run a pass over all rows; the result is kept, so that nothing is computed twice."""
        work = _work_of(name, str(facts), code_version())

        def run(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
            return work(row for batch in batches for row in _rows(batch))

        return self._kept(table.repartition(self._parts).mapInArrow(run, _SCHEMA))

    @_engine_errors()
    def run_grouped(self, name: str, table: DataFrame, facts: Path) -> DataFrame:
        """Run a pass over all rows, those of one key together and sorted by tag and order; the result is kept."""
        from pyspark.sql import functions

        work = _work_of(name, str(facts), code_version())

        def run(bucket: pyarrow.Table) -> pyarrow.Table:
            import pyarrow

            # Not every engine keeps the order of rows that it was asked for.
            return pyarrow.Table.from_batches(
                work(sorted(_rows(bucket), key=attrgetter("key", "tag", "order"))), _arrow_schema()
            )

        bucket = functions.pmod(functions.xxhash64("key"), functions.lit(self._parts))
        return self._kept(table.withColumn("bucket", bucket).groupBy("bucket").applyInArrow(run, _SCHEMA))

    @_engine_errors()
    def union(self, *tables: DataFrame) -> DataFrame:
        """Return the rows of all tables."""
        first, *others = tables
        for other in others:
            first = first.union(other)
        return first

    @_engine_errors()
    def select(self, table: DataFrame, *tags: str, key: str | None = None) -> DataFrame:
        """Return the rows with one of the tags, and with the key if one is given."""
        found = table.where(table["tag"].isin(*tags))
        return found if key is None else found.where(found["key"] == key)

    @_engine_errors()
    def collect(self, table: DataFrame, *tags: str) -> Iterator[PassRow]:
        """Return the rows with one of the tags, or all."""
        found = self.select(table, *tags) if tags else table
        return _rows(found.toArrow())

    @_engine_errors()
    def write(self, table: DataFrame, folder: Path) -> None:
        """Write the nodes, relations, triples and problems among the rows below a folder that exists.

        Problems are written once each, and sorted.
        """
        from pyspark.sql.functions import col

        text = col("payload").cast("string")
        nodes = self.select(table, *KINDS_OF_RECORDS)
        nodes = nodes.select(
            col("key").alias("iri"), col("tag").alias("kind"), col("order").alias("label"), text.alias("record")
        )
        self._done(nodes.write.parquet, folder / NODES_FOLDER, ".parquet")
        edges = self.select(table, "relation")
        edges = edges.select(col("key").alias("source"), col("order").alias("relation"), text.alias("target"))
        self._done(edges.write.parquet, folder / EDGES_FOLDER, ".parquet")
        self._done(self.select(table, "triples").select(text.alias("value")).write.text, folder / TRIPLES_FOLDER, ".nt")
        problems = self.select(table, "problem").select("key", "order", "payload").distinct().orderBy("key", "order")
        self._done(problems.select(text.alias("value")).write.text, folder / PROBLEMS_FOLDER, ".jsonl")

    def _kept(self, frame: DataFrame) -> DataFrame:
        path = self._next_path()
        frame.write.parquet(str(path))
        path.mkdir(exist_ok=True)  # of no rows some engines write no file
        return self._read(path)

    @_engine_errors()
    def _read(self, path: Path) -> DataFrame:
        return self._session.read.schema(_SCHEMA).parquet(str(path))

    def _next_path(self) -> Path:
        return self._work / f"pass-{next(self._numbers)}"

    def _done(self, write: Callable[[str], None], folder: Path, ending: str) -> None:
        """Write a folder, and give its files plain names, in their order."""
        write(str(folder))
        folder.mkdir(exist_ok=True)
        parts = [path for path in folder.iterdir() if _PART.search(path.name) and not path.name.startswith(".")]
        others = set(folder.iterdir()) - set(parts)
        for path in others:
            path.unlink()
        for number, path in enumerate(sorted(parts, key=_number_of)):
            path.rename(folder / f"part-{number:05}{ending}")


def _work_of(name: str, facts: str, version: bytes) -> Callable[[Iterable[PassRow]], Iterator[pyarrow.RecordBatch]]:
    return lambda rows: _batches(run_pass(name, facts, version, rows))


def _number_of(path: Path) -> int:
    found = _PART.search(path.name)
    return int(found[1]) if found else 0


def _arrow_schema() -> Any:  # noqa: ANN401 - of a library without types
    import pyarrow

    return pyarrow.schema(
        [(name, pyarrow.string()) for name in PassRow._fields[:-1]] + [(PassRow._fields[-1], pyarrow.binary())]
    )


def _rows(batch: pyarrow.RecordBatch | pyarrow.Table) -> Iterator[PassRow]:
    columns = (batch.column(batch.schema.get_field_index(name)).to_pylist() for name in PassRow._fields)
    return map(PassRow, *columns)


def _batches(rows: Iterable[PassRow]) -> Iterator[pyarrow.RecordBatch]:
    waiting, size = list[PassRow](), 0
    for row in rows:
        waiting.append(row)
        size += len(row.payload)
        if len(waiting) >= _ROWS or size >= _BYTES:
            yield _batch(waiting)
            waiting, size = [], 0
    if waiting:
        yield _batch(waiting)


def _batch(rows: Sequence[PassRow]) -> pyarrow.RecordBatch:
    import pyarrow

    schema = _arrow_schema()
    columns = zip(zip(*rows, strict=True), schema.types, strict=True)
    return pyarrow.RecordBatch.from_arrays([pyarrow.array(values, kind) for values, kind in columns], schema=schema)
