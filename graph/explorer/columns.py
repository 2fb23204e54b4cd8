"""Numbers as the page reads them: a header in JSON, followed by columns of little-endian numbers."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.mapped import COLUMN_TYPES
from graph.structure.rows import Rows

_STEP = 8


class Columns:
    """Columns by name."""

    def __init__(self) -> None:
        """Start with no columns."""
        self._places: dict[str, dict[str, object]] = {}
        self._parts: list[bytes] = []
        self._end = 0

    def add(self, name: str, kind: str, values: NDArray[np.generic], *, delta: bool = False) -> None:
        """Add a column of a type such as `u32`; with `delta` as differences from the value before."""
        row = np.asarray(values)
        if delta:
            row = np.diff(row, prepend=np.zeros(1, row.dtype))
        content = row.astype(COLUMN_TYPES[kind]).tobytes()
        place: dict[str, object] = {"type": kind, "offset": self._end, "length": len(row)}
        if delta:
            place["delta"] = True
        self._places[name] = place
        content += bytes(-len(content) % _STEP)
        self._parts.append(content)
        self._end += len(content)

    def add_rows(self, name: str, rows: Rows, kind: str = "u32") -> None:
        """Add rows as two columns: where each begins, and the values of all."""
        self.add(f"{name}_start", "u32", rows.start, delta=True)
        self.add(f"{name}_to", kind, rows.to)

    def to_bytes(self, header: Mapping[str, object]) -> bytes:
        """Return the length of the header (four bytes), the header with the places of the columns, and the columns."""
        text = to_json({**header, "columns": self._places})
        text += b" " * (-(len(text) + 4) % _STEP)
        return b"".join([len(text).to_bytes(4, "little"), text, *self._parts])

    def packed(self, header: Mapping[str, object], level: int = 6) -> bytes:
        """Return the same with gzip. Level 9 takes three times as long as 6, to save one per cent."""
        return gzip.compress(self.to_bytes(header), level, mtime=0)


to_json: Callable[[object], bytes] = msgspec.json.encode
"""Returns a value as compact JSON in UTF-8."""
