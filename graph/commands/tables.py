"""Tables for people: as wide as the terminal, labels first."""

from __future__ import annotations

import csv
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import click

from graph.commands.terminal import MOST_PRINTED, show_json
from graph.displays import counted, printable
from graph.markdown_tables import are_numbers, to_markdown_table

form_option = click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "md"]), default="table", show_default=True
)
"""The option that chooses how rows are printed."""

iri_option = click.option("--iri", "iris", is_flag=True, help="Show the IRIs too, in a table.")
"""The option that shows the IRIs."""

_Row = TypeVar("_Row")

_WIDTH = 80
"""Columns of a table that is not printed to a terminal."""
_GAP = 2
_LEAST = 8
"""The minimum width of a column of text; columns that do not fit are left out."""
_LEAST_FIRST = 24
"""The same for the first column, which says what a row is about."""
_LONG = 24
"""The minimum width of a text that is printed below its row if more than half of it would be cut off."""
_MOST_FIXED = 12
"""Columns up to this width, such as days, are never shortened."""
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?")
_ADDRESS = re.compile(r"https?://\S*")


@dataclass(frozen=True, slots=True)
class _TextColumn:
    """A column and its widths."""

    header: str
    cells: Sequence[str]
    is_numeric: bool
    body: int
    """The width of the widest cell."""
    is_first: bool = False
    """Whether it is the first column."""

    @property
    def natural(self) -> int:
        """The width at which nothing is cut off and the header fits on one line."""
        return max(self.body, _width(self.header))

    @property
    def least(self) -> int:
        """The minimum width, at which the header wraps between its words."""
        is_fixed = self.is_numeric or self.body <= _MOST_FIXED
        least = min(self.body, _LEAST_FIRST) if self.is_first else _LEAST
        return max(self.body if is_fixed else least, *map(_width, _words(self.header)))


def showed_in(
    form: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    to_json: Callable[[], object],
    *,
    iris: bool = False,
) -> bool:
    """Print rows in the chosen form, and return whether that is done: the command prints tables itself."""
    if form == "json":
        show_json(to_json())
    elif form == "csv":
        show_csv(headers, rows)
    elif form == "md":
        show_markdown(*_without_empty(headers, rows), iris=iris)
    return form != "table"


def fitting(form: str, rows: Sequence[_Row]) -> tuple[Sequence[_Row], str]:
    """Return the rows to print, only the first in a table, and a note that says how many were left out, if any."""
    if form != "table" or len(rows) <= MOST_PRINTED:
        return rows, ""
    return rows[:MOST_PRINTED], first_of(MOST_PRINTED, len(rows))


def first_of(shown: int, count: int, form: str = "csv") -> str:
    """Return a note on how many rows are shown and which form gives all; empty if all are shown."""
    return f"the first {shown:,} of {count:,} rows; --format {form} gives all" if shown < count else ""


def show_records(
    headers: Sequence[str], rows: Sequence[Sequence[object]], count: str = "", *, iris: bool = False
) -> None:
    """Print rows about nodes, as `show_table` does, with their labels first.

    IRIs are left out, or with `iris` printed last and in full, so that they can be copied. Columns without any value
    are left out. If a text other than a label would be cut short, the last such column is printed below each row. If
    there are no rows, only their number is printed.
    """
    shown, cells, addresses = _labels_first(*_without_empty(headers, rows), iris=iris)
    if rows:
        show_table(shown, cells, count, whole=addresses, has_below=True)
    else:
        click.echo(counted(0, "row"))


def show_markdown(headers: Sequence[str], rows: Sequence[Sequence[object]], *, iris: bool = False) -> None:
    """Print rows as a Markdown table (GitHub Flavored Markdown), to paste into an issue or a page.

    All columns but those of IRIs are shown, with labels first, and no cell is shortened. Markup is escaped. Linear in
    the text.
    """
    shown, cells, _ = _labels_first(headers, rows, iris=iris)
    click.echo("\n".join(to_markdown_table(shown, cells)))


def _without_empty(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> tuple[list[str], list[list[object]]]:
    """Return headers and rows without the columns that have no value in any row, if there are rows."""
    kept = [place for place in range(len(headers)) if not rows or any(printable(row[place]) for row in rows)]
    return [headers[place] for place in kept], [[row[place] for place in kept] for row in rows]


def _labels_first(
    headers: Sequence[str], rows: Sequence[Sequence[object]], *, iris: bool
) -> tuple[list[str], list[list[object]], int]:
    """Return headers and rows with labels first, and how many columns of IRIs are at their end."""
    hidden = [name for name in headers if name == "iri" or f"{name}_label" in headers]
    labels = list(filter(_is_label, headers))
    others = [name for name in headers if name not in hidden and name not in labels]
    shown = [*labels, *others, *(hidden if iris else ())]
    places = [list(headers).index(name) for name in shown]
    return shown, [[row[place] for place in places] for row in rows], len(hidden) if iris else 0


def show_csv(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as CSV, for programs."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(rows)


def show_table(
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    count: str = "",
    *,
    whole: int = 0,
    has_below: bool = False,
) -> None:
    """Print rows under their headers, one line each, and their number, or `count` instead.

    The table is as wide as the terminal, or 80 columns if there is none. Longer texts end in an ellipsis, addresses
    have it in the middle, and times are shown as days. The last `whole` columns are never shortened. With `has_below`,
    a text that would be cut short is printed on a second line below its row. Linear in the text.
    """
    columns = []
    for place, header in enumerate(headers):
        values = [row[place] for row in rows]
        cells = [_shown(value) for value in values]
        is_numeric = are_numbers(values)
        body = max(map(_width, cells), default=0)
        columns.append(_TextColumn(printable(header), cells, is_numeric, body, is_first=not place))
    width = shutil.get_terminal_size((_WIDTH, 0)).columns if sys.stdout.isatty() else _WIDTH
    ending = columns[len(columns) - whole :]
    columns = columns[: len(columns) - whole]
    widths = _fitted(columns, width)
    below = None
    if has_below and (places := [place for place in range(1, len(columns)) if _is_cut_short(columns, widths, place)]):
        below = columns.pop(places[-1])
        widths = _fitted(columns, width)
    left_out = len(columns) - len(widths)
    columns = [*columns[: len(widths)], *ending]
    widths += [column.natural for column in ending]
    sys.stdout.writelines(_lines(columns, widths, below, width))
    if left_out:
        click.echo(f"{counted(left_out, 'more column')}; --format csv gives all")
    click.echo(count or counted(len(rows), "row"))


def _width(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _shown(value: object) -> str:
    text = printable(value)
    return time[1] if (time := _TIME.fullmatch(text)) else text


def _is_label(header: str) -> bool:
    return header == "label" or header.endswith("_label")


def _words(header: str) -> list[str]:
    return re.split(r"[_ ]+", header)


def _fitted(columns: Sequence[_TextColumn], width: int) -> list[int]:
    """Return the widths of the columns, without those at the end that do not fit."""
    kept = list(columns)
    while len(kept) > 1 and sum(column.least + _GAP for column in kept) - _GAP > width:
        kept.pop()
    if len(kept) == 1:
        return [min(kept[0].natural, width)]
    free = width - _GAP * (len(kept) - 1)
    if sum(column.natural for column in kept) <= free:
        return [column.natural for column in kept]
    widths = [column.least for column in kept]
    for _ in range(free - sum(widths)):  # the narrowest grows until its content fits
        if growing := [place for place, column in enumerate(kept) if column.body > widths[place]]:
            widths[min(growing, key=widths.__getitem__)] += 1
    return widths


def _is_cut_short(columns: Sequence[_TextColumn], widths: Sequence[int], place: int) -> bool:
    """Return whether a text other than a label is left out or more than half cut off."""
    column, width = columns[place], widths[place] if place < len(widths) else 0
    return column.body > _LONG and width < min(column.body, _WIDTH) / 2 and not _is_label(column.header)


def _lines(
    columns: Sequence[_TextColumn], widths: Sequence[int], below: _TextColumn | None, width: int
) -> Iterator[str]:
    """Yield the lines of a table; the cells of `below` are on lines of their own, up to a width."""
    heads = [_broken(column.header, width) for column, width in zip(columns, widths, strict=True)]
    height = max(map(len, heads), default=0)
    heads = [[*[""] * (height - len(head)), *head] for head in heads]
    gap, numeric = " " * _GAP, [column.is_numeric for column in columns]

    def line(row: Sequence[str]) -> str:
        return gap.join(map(_padded, row, widths, numeric)).rstrip() + "\n"

    yield from map(line, zip(*heads, strict=True))
    if below is not None:
        yield f"{gap}{below.header}\n"
    yield line(["─" * wide for wide in widths])
    rows = map(line, zip(*(column.cells for column in columns), strict=True))
    if below is None:
        yield from rows
        return
    for row, cell in zip(rows, below.cells, strict=True):
        yield row
        if cell:
            yield f"{gap}{_padded(cell, width - _GAP, to_the_right=False)}".rstrip() + "\n"


def _broken(header: str, width: int) -> list[str]:
    lines = [header]
    if _width(header) > width:
        lines = []
        for word in _words(header):
            if lines and _width(f"{lines[-1]} {word}") <= width:
                lines[-1] += f" {word}"
            elif word:
                lines.append(word)
    return lines


def _padded(cell: str, width: int, to_the_right: bool) -> str:  # noqa: FBT001 - mapped over columns
    from rich.cells import set_cell_size

    if _width(cell) > width:
        tail = ""
        if _ADDRESS.fullmatch(cell):  # addresses mostly differ at their ends
            tail = cell[-(width // 2) :]
            tail = tail if _width(tail) == len(tail) else ""
        cell = set_cell_size(cell, max(width - len(tail) - 1, 0)).rstrip() + "…" + tail
    blank = " " * (width - _width(cell))
    return blank + cell if to_the_right else cell + blank
