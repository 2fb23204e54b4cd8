"""Rows of analyses as plain cells for tables and CSV, and as objects for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import Field, asdict, fields
from typing import Any, ClassVar, Protocol

from graph.records import Scalar


class Row(Protocol):
    """A row of any analysis: a frozen dataclass whose fields are the columns."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def to_table(rows: Iterable[Row], row_type: type[Row]) -> tuple[list[str], list[list[Scalar | None]]]:
    """Return the headers, which are the names of the fields, and a list of cells for each row.

    A cell is a string, a number, a boolean or `None`; the items of a tuple are joined by `; `.
    """
    headers = [field.name for field in fields(row_type)]
    return headers, [[_cell(getattr(row, header)) for header in headers] for row in rows]


def to_objects(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return rows as objects for JSON: tuples become lists, and rows within rows objects."""
    return [
        {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(row).items()}
        for row in rows
    ]


def _cell(value: Any) -> Scalar | None:  # noqa: ANN401 - a field may be anything
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value)
    return value if value is None or isinstance(value, Scalar) else str(value)
