"""Rows as plain cells, for writers of tables, CSV and JSON that know nothing of analyses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import Field, asdict, fields
from typing import Any, ClassVar, Protocol

from graph.records import Scalar

__all__ = ["Row", "to_objects", "to_table"]


class Row(Protocol):
    """An answer of any analysis: a frozen dataclass, whose fields are the columns."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def to_table(
    rows: Iterable[Row],
    row_type: type[Row],
) -> tuple[list[str], list[list[Scalar | None]]]:
    """Return the headers, which are the row type's field names, and one list of cells for each row.

    A cell is a string, a number, a boolean or `None`; a tuple becomes its items in words, joined by `; `. The headers
    are there even if no row is.
    """
    headers = [field.name for field in fields(row_type)]
    return headers, [[_cell(getattr(row, header)) for header in headers] for row in rows]


def to_objects(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return each row as an object that JSON can hold: tuples become lists, rows within rows objects."""
    return [{name: _json_value(value) for name, value in asdict(row).items()} for row in rows]


def _cell(value: Any) -> Scalar | None:  # noqa: ANN401 - a field may be anything
    """Return a field's value as one cell."""
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value)
    return value if value is None or isinstance(value, Scalar) else str(value)


def _json_value(value: Any) -> Any:  # noqa: ANN401 - JSON is anything
    """Return a field's value with lists where it has tuples."""
    return list(value) if isinstance(value, tuple) else value
