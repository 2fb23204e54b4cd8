"""What the explorer's page and its server send, read as the page's own script reads it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Columns", "row", "unpacked"]

_TYPES = {"f32": "<f4", "i32": "<i4", "u32": "<u4", "u16": "<u2", "u8": "u1"}

Columns = Mapping[str, NDArray[Any]]
"""Columns by name."""


def unpacked(packed: bytes | memoryview) -> tuple[dict[str, Any], Columns]:
    """Return header and columns of what came compressed; the header without the columns' places."""
    content = gzip.decompress(packed)
    start = 4 + int.from_bytes(content[:4], "little")
    header = json.loads(content[4:start])
    columns = {}
    for name, place in header.pop("columns").items():
        assert (start + place["offset"]) % 8 == 0
        values = np.frombuffer(content, _TYPES[place["type"]], place["length"], start + place["offset"])
        columns[name] = np.cumsum(values, dtype=values.dtype) if place.get("delta") else values
    return header, columns


def row(columns: Columns, relation: str, place: int) -> list[int]:
    """Return a row of a relation."""
    starts = columns[f"{relation}_start"]
    found: list[int] = columns[f"{relation}_to"][starts[place] : starts[place + 1]].tolist()
    return found
