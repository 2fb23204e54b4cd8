"""Figures of coverage, as a page that people and programs read, and that tests compare with the code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from benchmarks.comparing import FIELDS
from benchmarks.report import to_table
from graph.coverage import percent

__all__ = ["Figures", "Table", "fallen", "read_page", "to_page"]

Table = Mapping[str, tuple[int, ...]]
"""Rows by their names: stated, read and agreeing; or all and those of them that have something."""

Figures = Mapping[str, Table]
"""Tables by their headings, such as `Specimen site: jekyll`."""

_HEAD = """\
# Coverage

How much of what people write is read. Written by `python -m benchmarks.coverage --write`; `tests/test_coverage.py`
fails if a figure differs from this page, so no drop goes unnoticed.

- A *specimen site* is written by `benchmarks/dialects/`, one for each dialect, with all that a careful reader finds.
- A *corpus* is a real site: of all documents, how many have a title, a date and so on; of all links, what became of
  them.
- An *oracle* is an independent reading of a corpus.

*Stated* is what the documents say, *read* what the build has, and *agree* what is in both; *recall* is the share of
what is stated that was read, *precision* the share of what was read that is stated. Shares are in per cent, rounded
down. Corpora are archives `NAME.tar.xz` in the folder `ARTICLE_GRAPH_CORPUS`, oracles files in the folder
`ARTICLE_GRAPH_ORACLES`; what is missing keeps its figures.
"""
_SHARE = len(("all", "those that have something"))
_NOT_HELD = frozenset({"outside", "broken"})
"""Shares that may fall: links that are understood better lead to a node instead."""


def to_page(figures: Figures) -> str:
    """Return all figures as a page of Markdown tables, first the recall of everything that is compared."""
    compared = {
        heading: table for heading, table in figures.items() if "title" in table and len(table["title"]) > _SHARE
    }
    rows = [
        (heading.partition(": ")[2], *(percent(table[field][2], table[field][0]) for field in FIELDS))
        for heading, table in compared.items()
    ]
    parts = [_HEAD, "## Recall\n\n" + to_table(("site", *FIELDS), rows), "## Figures\n"]
    for heading, table in figures.items():
        columns = ("stated", "read", "agree", "recall", "precision") if heading in compared else ("of", "have", "share")
        cells = [(name, *_cells(numbers)) for name, numbers in table.items()]
        parts.append(f"### {heading}\n\n" + to_table(("what", *columns), cells))
    return "\n".join(parts)


def read_page(page: str) -> dict[str, dict[str, tuple[int, ...]]]:
    """Return the figures in a page of `to_page`."""
    figures: dict[str, dict[str, tuple[int, ...]]] = {}
    rows: dict[str, tuple[int, ...]] = {}
    for line in page.splitlines():
        if line.startswith("#"):
            rows = {}
            if line.startswith("### "):
                figures[line.removeprefix("### ")] = rows
        elif line.startswith("|"):
            name, *cells = (cell.strip().replace(",", "") for cell in line.strip("|").split("|"))
            numbers = tuple(int(cell) for cell in cells if cell.isdigit())
            if numbers:
                rows[name] = numbers
    return figures


def fallen(before: Table, now: Table) -> Iterator[str]:
    """Yield what fell from one table to another: recall, precision, a number or a share, or a row that is gone."""
    for name, numbers in before.items():
        found = now.get(name)
        if found is None:
            yield f"{name}: is gone"
        elif len(numbers) == _SHARE:
            is_less = found[1] < numbers[1] or _share(found[1], found[0]) < _share(numbers[1], numbers[0])
            if is_less and name not in _NOT_HELD:
                yield f"{name}: {found[1]:,} of {found[0]:,}, was {numbers[1]:,} of {numbers[0]:,}"
        else:
            if _share(found[2], found[0]) < _share(numbers[2], numbers[0]):
                yield f"{name}: recall {found[2]:,} of {found[0]:,}, was {numbers[2]:,} of {numbers[0]:,}"
            # Reading nothing is faultless only where there is nothing to read.
            if _share(found[2], found[1], not found[0]) < _share(numbers[2], numbers[1], not numbers[0]):
                yield f"{name}: precision {found[2]:,} of {found[1]:,}, was {numbers[2]:,} of {numbers[1]:,}"


def _share(part: int, whole: int, of_nothing: int = 1) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(of_nothing)


def _cells(numbers: Sequence[int]) -> tuple[str, ...]:
    counts = tuple(f"{number:,}" for number in numbers)
    if len(numbers) == _SHARE:
        return (*counts, percent(numbers[1], numbers[0]))
    return (*counts, percent(numbers[2], numbers[0]), percent(numbers[2], numbers[1]))
