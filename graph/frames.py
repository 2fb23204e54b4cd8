"""Rows as data frames of pandas and Polars, which are imported when needed."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

from graph.errors import GraphError

if TYPE_CHECKING:
    import pandas
    import polars


def to_pandas(rows: Iterable[object], columns: Sequence[str] | None = None) -> pandas.DataFrame:
    """Return rows as a pandas data frame: rows of an analysis, records, dictionaries, or tuples with `columns`.

    Raises:
        GraphError: pandas is not installed.
    """
    frame: pandas.DataFrame = _library("pandas").DataFrame(to_columns(rows, columns))
    return frame


def to_polars(rows: Iterable[object], columns: Sequence[str] | None = None) -> polars.DataFrame:
    """Return rows as a Polars data frame; `rows` and `columns` are as for `to_pandas`.

    Raises:
        GraphError: Polars is not installed.
    """
    frame: polars.DataFrame = _library("polars").DataFrame(to_columns(rows, columns))
    return frame


def to_columns(rows: Iterable[object], columns: Sequence[str] | None = None) -> dict[str, list[Any]]:
    """Return rows as columns of one type each: text if the types in a column differ, lists for tuples.

    `columns` are the names of the columns, which tuples need, and rows that may be empty. A dictionary within a row
    becomes several columns, such as `extra.colour`. Linear in the cells.
    """
    found = [_cells(row, columns) for row in rows]
    names = dict.fromkeys([*(columns or ()), *(name for cells in found for name in cells)])
    return {name: _alike([cells.get(name) for cells in found]) for name in names}


def _library(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise GraphError(f"{error.name} is not installed. Run: pip install 'article-graph[{name}]'") from error


def _cells(row: object, columns: Sequence[str] | None) -> dict[str, Any]:
    if isinstance(row, Mapping):
        cells = dict(row)
    elif is_dataclass(row):
        cells = {field.name: getattr(row, field.name) for field in fields(row)}
    elif isinstance(row, tuple) and columns is not None and len(row) == len(columns):
        return {name: _cell(value) for name, value in zip(columns, row, strict=True)}
    else:
        raise TypeError(f"{type(row).__name__} is not a row. Pass records, dictionaries, or tuples with their columns.")
    flat: dict[str, Any] = {}
    for name, value in cells.items():
        if isinstance(value, Mapping):
            flat.update({f"{name}.{inner}": _cell(held) for inner, held in value.items()})
        else:
            flat[name] = _cell(value)
    return flat


def _cell(value: object) -> object:
    """Return a value for a data frame: tuples become lists, and records text."""
    if isinstance(value, tuple | list):
        return [held if isinstance(held, str | int | float | bool) else str(held) for held in value]
    return str(value) if is_dataclass(value) else value


def _alike(cells: list[Any]) -> list[Any]:
    """Return cells of one type, which is text if they are of several."""
    types = {type(cell) for cell in cells if cell is not None}
    if len(types) <= 1:
        return cells
    if types == {int, float}:
        return [cell if cell is None else float(cell) for cell in cells]
    return [cell if cell is None else str(cell) for cell in cells]
