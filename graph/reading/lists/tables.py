"""Tables of articles: comma-separated values and similar files, whose first row names the fields."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

import msgspec

from graph.reading.faults import Faults
from graph.reading.fields import Dialect
from graph.reading.lists.rows import ArticleRow, RowMaker

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*(?:"|$)')
_STATED_DELIMITER = re.compile(r"sep=(.)$", re.IGNORECASE)
_MOST_COLUMNS = 1_000
_LONGEST_HEADER = 100_000
_MOST_CELLS_IN_A_LINE = 100_000
_LARGEST_CELL = 2**26
_MOST_OPEN = 20
"""Quotes that never close, after which no quote counts any more: each costs another pass over what follows."""


class _TextTable(msgspec.Struct, frozen=True):
    names: Sequence[str]
    """Its columns."""
    delimiter: str
    """The sign between cells."""
    first: int
    """The number of lines before the first row."""


def read_table(text: str, dialect: Dialect, faults: Faults, *, is_named: bool) -> Iterator[ArticleRow] | None:
    """Return the rows of a table; `None` where no column is that of an article."""
    lines = text.split("\n")
    if (table := _table_of(lines)) is None:
        return None
    maker = RowMaker(dialect, is_named=is_named)
    if not maker.fits(dict(zip(table.names, cells, strict=False)) for _, cells in _cells(lines, table, Faults(""))):
        return None
    return _rows(lines, table, maker, faults)


def _rows(lines: Sequence[str], table: _TextTable, maker: RowMaker, faults: Faults) -> Iterator[ArticleRow]:
    for line, cells in _cells(lines, table, faults):
        if len(cells) > len(table.names) and any(cells[len(table.names) :]):
            fact = f"the row has {len(cells):,} cells, and the table {len(table.names):,} columns"
            faults.add("extra-cells", fact, "Put cells that contain the delimiter in quotes", line=line)
        raw = {name: _with_lines(cell.strip()) for name, cell in zip(table.names, cells, strict=False) if name}
        yield maker.row(line, raw)


def _with_lines(cell: str) -> str:
    """Return a cell with its line ends, if some program has written each as a backslash and an `n`."""
    return cell.replace("\\n", "\n") if "\\n\\n" in cell and "\n" not in cell else cell


def _table_of(lines: Sequence[str]) -> _TextTable | None:
    """Find the header, and the delimiter: the commonest in it outside of quotes."""
    for number, line in enumerate(lines[:10]):
        stated = _STATED_DELIMITER.match(line.strip("\r"))
        if stated or not line.strip():
            continue
        header = line.strip("\r")
        bare = _QUOTED.sub("", header)
        delimiter = max(_DELIMITERS, key=bare.count)
        before = _STATED_DELIMITER.match(lines[number - 1].strip("\r")) if number else None
        if before:
            delimiter = before[1]
        if bare.count(delimiter) >= _MOST_COLUMNS or len(header) > _LONGEST_HEADER:
            return None
        names = next(csv.reader([header], delimiter=delimiter), [])
        return _TextTable([name.strip() for name in names], delimiter, number + 1)
    return None


def _cells(lines: Sequence[str], table: _TextTable, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells and first line of each row; the text after an unclosed quote is read without quoting."""
    start, unclosed = table.first, 0
    while start < len(lines):
        again = None
        for line, end, cells in _read(lines, start, table.delimiter, faults, quotes=unclosed < _MOST_OPEN):
            if end >= len(lines) and end > line and unclosed < _MOST_OPEN and _is_open(lines, line, table.delimiter):
                fact = "a quote that opens in this row never closes"
                faults.add("unclosed-quote", fact, 'Close it, or write "" for a quote', line=line)
                yield line, lines[line - 1].split(table.delimiter)
                again = line
                break
            if any(cells):
                yield line, cells
        if again is None:
            return
        start, unclosed = again, unclosed + 1


def _read(
    lines: Sequence[str], start: int, delimiter: str, faults: Faults, *, quotes: bool
) -> Iterator[tuple[int, int, list[str]]]:
    """Yield each row with its first and last line, from 1; a line with too many cells is reported and left empty."""

    def fitting() -> Iterator[str]:
        for number in range(start, len(lines)):
            line = lines[number]
            if line.count(delimiter) > _MOST_CELLS_IN_A_LINE:
                fact = f"the line has more than {_MOST_CELLS_IN_A_LINE:,} cells"
                faults.add("too-long", fact, "Shorten it; it was left out", line=number + 1)
                line = ""
            yield line + "\n"

    reader = csv.reader(fitting(), delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE)
    while True:
        before = start + reader.line_num
        # The limit is one for the whole process, so it is raised only while a row is read.
        limit = csv.field_size_limit(_LARGEST_CELL)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            faults.add(
                "invalid-row", f"the row cannot be read ({error})", "Correct it; it was left out", line=before + 1
            )
            continue
        finally:
            csv.field_size_limit(limit)
        yield before + 1, start + reader.line_num, cells


def _is_open(lines: Sequence[str], line: int, delimiter: str) -> bool:
    """Return whether the row that begins on a line has a quote that is still open at the end of the text."""
    reader = csv.reader((text + "\n" for text in lines[line - 1 :]), delimiter=delimiter, strict=True)
    limit = csv.field_size_limit(_LARGEST_CELL)
    try:
        next(reader, None)
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    finally:
        csv.field_size_limit(limit)
    return False
