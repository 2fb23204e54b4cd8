"""Reads what engines write: records as Parquet, one row each, and problems as lines of JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from graph.errors import DamagedBuildError, Problem, SourceError
from graph.publishing.record_file import KINDS_OF_RECORDS

NODES_FOLDER = "nodes"
"""The folder of all records as Parquet: the columns `iri`, `kind`, `label`, and `record`, which is JSON."""

EDGES_FOLDER = "edges"
"""The folder of all relations as Parquet: the columns `source`, `relation` and `target`."""

TRIPLES_FOLDER = "triples"
"""The folder of the triples as N-Triples, all of one subject together."""

PROBLEMS_FOLDER = "problems"
"""The folder of the problems as lines of JSON, sorted by place through all files in the order of their names."""


def read_nodes(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield the kind of each record, such as `articles`, and the record.

    Raises:
        DamagedBuildError: The file cannot be read.
        SourceError: pyarrow is not installed.
    """
    try:
        from pyarrow import parquet
    except ImportError as error:
        message = "What an engine wrote is read with pyarrow, which is not installed. Install 'article-graph[sail]'."
        raise SourceError(message) from error
    decoders: dict[str, msgspec.json.Decoder[Any]] = {
        name: msgspec.json.Decoder(kind) for name, kind in KINDS_OF_RECORDS.items()
    }
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(columns=["kind", "record"]):
                for kind, record in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    yield kind, decoders[kind].decode(record)
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise DamagedBuildError(f"{path}: is damaged. Build again.") from error


def read_problems(paths: Iterable[Path]) -> Iterator[Problem]:
    """Yield the problems in files, in the order of their names.

    Raises:
        ValueError: A file is damaged.
    """
    decode = msgspec.json.Decoder(Problem).decode
    for path in sorted(paths):
        with path.open("rb") as lines:
            yield from map(decode, lines)
