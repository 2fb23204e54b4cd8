"""Numbers as the page reads them: a header in JSON, and behind it columns of plain little-endian numbers."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.mapped import TYPES

__all__ = ["Columns", "to_json"]

_STEP = 8


class Columns:
    """Columns by name, gathered one after the other."""

    def __init__(self) -> None:
        """Begin with none."""
        self._places: dict[str, dict[str, object]] = {}
        self._parts: list[bytes] = []
        self._end = 0

    def add(self, name: str, kind: str, values: NDArray[np.generic], *, delta: bool = False) -> None:
        """Add a column of a kind such as `u32`; with `delta` each value is written as what it exceeds the last by."""
        row = np.asarray(values)
        if delta:
            row = np.diff(row, prepend=np.zeros(1, row.dtype))
        content = row.astype(TYPES[kind]).tobytes()
        place: dict[str, object] = {"type": kind, "offset": self._end, "length": len(row)}
        if delta:
            place["delta"] = True
        self._places[name] = place
        content += bytes(-len(content) % _STEP)
        self._parts.append(content)
        self._end += len(content)

    def to_bytes(self, header: Mapping[str, object]) -> bytes:
        """Return the header's length (four bytes), the header with the columns' places in it, and the columns."""
        text = to_json({**header, "columns": self._places})
        text += b" " * (-(len(text) + 4) % _STEP)
        return b"".join([len(text).to_bytes(4, "little"), text, *self._parts])


def to_json(value: object) -> bytes:
    """Return a value as compact JSON in UTF-8."""
    return msgspec.json.encode(value)
