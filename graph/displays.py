"""Counted nouns, printable text, and small HTML tables for notebooks."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence

from graph.urls import is_web_address

_LONGEST = 200
"""The most characters in a cell."""
_MOST = 5
"""The most values in a cell."""
_LONGEST_REASON = 300
"""The most characters of another program's error message, which may be pages long."""
_PLURALS = {"person": "people"}


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 node`, `2,514 nodes`; `many` is needed for a plural that does not end in s."""
    return f"{number:,} {one if number == 1 else many or _PLURALS.get(one, f'{one}s')}"


def counted_nouns(counts: Mapping[str, int]) -> str:
    """Return numbers by their nouns in the singular as a list: `1 topic, 2 people`."""
    return ", ".join(counted(number, noun) for noun, number in counts.items())


def printable(cell: object) -> str:
    """Return a value as text without control characters: empty for `None`, `yes` and `no` for booleans."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.4g}"
    text = str(cell)
    return text if text.isprintable() else "".join(sign if sign.isprintable() else " " for sign in text)


def reason_of(error: object) -> str:
    """Return another program's error message on one line, shortened."""
    return " ".join(str(error).split())[:_LONGEST_REASON]


def to_html(title: str, rows: Iterable[Sequence[object]], headers: Sequence[str] = ()) -> str:
    """Return an HTML table with a caption. Everything is escaped, and long texts and lists are shortened.

    Without `headers` the first cell of each row is the header of the row.
    """
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in headers)
    body = "".join(f"<tr>{''.join(_cells(row, is_named=not headers))}</tr>" for row in rows)
    return f"<table><caption>{html.escape(title)}</caption>{head and f'<tr>{head}</tr>'}{body}</table>"


def _cells(row: Sequence[object], *, is_named: bool) -> Iterable[str]:
    for number, value in enumerate(row):
        is_name = is_named and not number
        yield f'<th scope="row">{_cell(value)}</th>' if is_name else f'<td style="text-align: left">{_cell(value)}</td>'


def _cell(value: object) -> str:
    """Return a value as HTML; an address on the web is a link."""
    if isinstance(value, Mapping):
        value = tuple(f"{name}: {held}" for name, held in value.items())
    if isinstance(value, tuple | list):
        more = f", and {len(value) - _MOST:,} more" if len(value) > _MOST else ""
        return ", ".join(map(_cell, value[:_MOST])) + more
    text = "" if value is None else f"{value:,}" if type(value) is int else str(value)
    shown = html.escape(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")
    if is_web_address(text):
        return f'<a href="{html.escape(text)}" target="_blank" rel="noopener noreferrer">{shown}</a>'
    return shown
