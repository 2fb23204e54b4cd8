"""What a report is made of: sections of sentences, tables and plots, before they become HTML or Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from graph.explorer import to_line
from graph.explorer.safe_text import to_web_address
from graph.knowledge import KnowledgeGraph

MOST_ROWS = 10
"""Rows of a table."""
_LONGEST_LABEL = 120


@dataclass(frozen=True, slots=True)
class WebLink:
    """A label that leads to an address on the web, if there is one."""

    label: str
    """Plain text on one line."""
    address: str | None = None
    """An address of http or https."""


Cell: TypeAlias = "str | int | float | date | WebLink | Sequence[str | WebLink] | None"
"""What is in a cell of a table: text, a number, a day, a link, a list, or nothing."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption. Rows without cells are not allowed, a table without rows is."""

    caption: str
    """What it shows, in one sentence."""
    headers: Sequence[str]
    """The names of the columns; the cells of the first are the headers of the rows."""
    rows: Sequence[Sequence[Cell]]
    """As many cells in each row as there are headers."""

    def without_empty(self) -> Table:
        """Return the table without columns that are empty in all rows, if it has rows."""
        kept = [
            place for place in range(len(self.headers)) if not self.rows or any(_has(row[place]) for row in self.rows)
        ]
        rows = [tuple(row[place] for place in kept) for row in self.rows]
        return Table(self.caption, tuple(self.headers[place] for place in kept), rows)


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot."""

    name: str
    """A word in lower case, unique in a report, such as `growth`."""
    caption: str
    """What it shows, in a sentence or two."""
    alternative: str
    """What it shows, for those who cannot see it: what kind of plot, of what, and the main numbers."""
    svg: str
    """An SVG element without styles, whose classes `plots.css` colours."""


ReportPart: TypeAlias = "str | Table | Plot"
"""A part of a section; a string is a paragraph."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a report."""

    name: str
    """A word in lower case, unique in a report: the anchor of the section."""
    title: str
    """Its heading."""
    parts: Sequence[ReportPart]
    """What it consists of. If the data do not allow a part, a sentence says why."""


MakeSection: TypeAlias = Callable[[KnowledgeGraph], Section]
"""A function that makes a section of a graph."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report."""

    title: str
    """The title of the site, as plain text."""
    summary: str
    """The graph in one line."""
    sections: Sequence[Section]
    """The sections, in reading order."""


def _has(cell: Cell) -> bool:
    return isinstance(cell, int | float | date | WebLink) or bool(cell)


def article_link(knowledge: KnowledgeGraph, iri: str, *, by_address: bool = False) -> WebLink:
    """Return an article as a link to its own address, if it has one; `by_address` shows the address, not the title."""
    article = knowledge.articles[iri]
    address = to_web_address(article.url)
    return WebLink(to_line(address if by_address and address else article.label, _LONGEST_LABEL), address)


def day_of(moment: str | None) -> date | None:
    """Return the day of a time in ISO 8601, in UTC; `None` if there is none."""
    return date.fromisoformat(moment[:10]) if moment else None
