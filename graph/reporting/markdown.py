"""A report as Markdown, with its plots as SVG files beside it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from graph.markdown_tables import to_markdown_table, to_markdown_text
from graph.reporting.page import plot_style
from graph.reporting.parts import Plot, Report, ReportPart, Table, WebLink


def to_markdown(report: Report, stem: str) -> str:
    """Return a report as Markdown (GitHub Flavored Markdown), which shows the plots of `plot_files(report, stem)`.

    Markup in the content is escaped. Linear in the report.
    """
    blocks = [f"# {to_markdown_text(report.title)}", f"Report: {to_markdown_text(report.summary)}"]
    for section in report.sections:
        blocks.append(f"## {section.title}")
        for part in section.parts:
            blocks.extend(_blocks(part, stem))
    return "\n\n".join(blocks) + "\n"


def plot_files(report: Report, stem: str) -> dict[str, str]:
    """Return the plots of a report as whole SVG documents, by the names of their files, which begin with `stem`."""
    return {
        _file_name(stem, part): _document(part)
        for section in report.sections
        for part in section.parts
        if isinstance(part, Plot)
    }


def _file_name(stem: str, plot: Plot) -> str:
    return f"{stem}-{plot.name}.svg"


def _document(plot: Plot) -> str:
    label = html.escape(plot.alternative)
    opening = f'<svg width="{_WIDTH}" class="plot" role="img" aria-label="{label}" '
    start, end = plot.svg.replace("<svg ", opening, 1).split(">", 1)
    return f"{start}><style>{plot_style()}</style>{end}\n"


def _blocks(part: ReportPart, stem: str) -> Iterator[str]:
    if isinstance(part, Plot):
        yield f"![{to_markdown_text(part.alternative)}]({quote(Path(_file_name(stem, part)).name)})"
        yield to_markdown_text(part.caption)
    elif isinstance(part, Table):
        yield to_markdown_text(part.caption)
        yield "\n".join(to_markdown_table(part.headers, part.rows, to_text=_text))
    else:
        yield to_markdown_text(part)


def _text(cell: object) -> str:
    if isinstance(cell, WebLink):
        if cell.address is None:
            return to_markdown_text(cell.label)
        address = _ENTITY.sub("&amp;", quote(cell.address, safe=_SAFE))
        return f"[{to_markdown_text(cell.label, links=False)}](<{address}>)"
    if isinstance(cell, tuple | list):
        return "; ".join(map(_text, cell))
    return to_markdown_text(cell)


_WIDTH = 560
"""Pixels of a plot in a page that has room for it."""
_ENTITY = re.compile(r"&(?=[#\w]+;)")
_SAFE = "%:/?#[]@!$&'()*+,;=~"
"""Characters of an address that are kept unchanged; `<`, `>`, `|` and the backslash are not among them."""
