"""Documents as Parquet files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write_parquet(documents: Mapping[str, bytes], path: Path, parts: int = 0) -> Path:
    """Write documents, by path, as one file; with `parts`, as a folder of so many."""
    import pyarrow as pa
    from pyarrow import parquet

    rows = sorted(documents.items())
    if parts:
        path.mkdir()
        (path / "_SUCCESS").touch()
    for part in range(max(parts, 1)):
        chosen = rows[part :: max(parts, 1)]
        columns = {"path": [name for name, _ in chosen], "content": pa.array([data for _, data in chosen], pa.binary())}
        parquet.write_table(pa.table(columns), path / f"part-{part}.parquet" if parts else path, row_group_size=2)
    return path
