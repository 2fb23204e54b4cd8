"""A report as one HTML page without scripts that needs no network."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from graph.explorer import to_policy_hash
from graph.markdown_tables import are_numbers
from graph.markup import Content, Markup, tag
from graph.reporting.parts import Cell, Plot, Report, ReportPart, Section, Table, WebLink

_FOLDER = Path(__file__).parent
_FEW_COLUMNS = 3
"""Columns for which a phone has room."""
_POLICY = "default-src 'none'; style-src '{style}'; img-src data:; base-uri 'none'; form-action 'none'"


def to_page(report: Report) -> str:
    """Return a report as a whole HTML document. The same report gives the same text. Linear in the report."""
    style = plot_style() + _page_style()
    links = [tag("li", tag("a", section.title, href=f"#{section.name}")) for section in report.sections]
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY.format(style=to_policy_hash(style))),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"Report: {report.title}"),
        tag("link", rel="icon", href="data:,"),
        tag("style", Markup(style)),
    )
    body = tag(
        "body",
        tag("header", tag("h1", report.title, dir="auto"), tag("p", f"Report: {report.summary}")),
        tag("nav", tag("ul", links), aria_label="Sections"),
        tag("main", map(_section, report.sections)),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


@lru_cache(maxsize=1)
def plot_style() -> str:
    """Return the style sheet that colours plots, in light and in dark."""
    return (_FOLDER / "plots.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _page_style() -> str:
    return (_FOLDER / "page.css").read_text(encoding="utf-8")


def _section(section: Section) -> Markup:
    heading = f"{section.name}-heading"
    return tag(
        "section",
        tag("h2", section.title, id=heading),
        map(_part, section.parts),
        id=section.name,
        aria_labelledby=heading,
    )


def _part(part: ReportPart) -> Markup:
    if isinstance(part, Plot):
        label = html.escape(part.alternative)
        svg = part.svg.replace("<svg ", f'<svg class="plot" role="img" aria-label="{label}" ', 1)
        return tag("figure", Markup(svg), tag("figcaption", part.caption))
    return _table(part) if isinstance(part, Table) else tag("p", part)


def _table(table: Table) -> Markup:
    numeric = [are_numbers([row[place] for row in table.rows]) for place in range(len(table.headers))]
    kinds = ["number" if one else None for one in numeric]
    heads = [tag("th", name, scope="col", class_=kind) for name, kind in zip(table.headers, kinds, strict=True)]
    whole = tag(
        "table",
        tag("caption", table.caption),
        tag("thead", tag("tr", heads)),
        tag("tbody", [_row(row, table.headers, kinds) for row in table.rows]),
    )
    return tag("div", whole, class_="wide many" if len(table.headers) > _FEW_COLUMNS else "wide")


def _row(row: Sequence[Cell], headers: Sequence[str], kinds: Sequence[str | None]) -> Markup:
    first, *others = row
    return tag(
        "tr",
        tag("th", _content(first), scope="row", dir="auto"),
        [
            tag("td", _content(cell), class_=kind, dir="auto", data_label=name)
            for cell, name, kind in zip(others, headers[1:], kinds[1:], strict=True)
        ],
    )


def _content(cell: Cell) -> Content:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, WebLink):
        return tag("a", cell.label, href=cell.address, rel="noopener noreferrer") if cell.address else cell.label
    if isinstance(cell, date):
        return tag("time", cell.isoformat())
    if isinstance(cell, int):
        return f"{cell:,}"
    if isinstance(cell, float):
        return f"{cell:.3g}"
    return tag("ul", [tag("li", _content(item), dir="auto") for item in cell]) if cell else None
