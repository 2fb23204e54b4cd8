"""Writes a report to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph.errors import FormatError
from graph.reporting.markdown import plot_files, to_markdown
from graph.reporting.page import to_page
from graph.reporting.parts import Report
from graph.writing import prepare_folder, write_text

FORMS: Sequence[str] = ("html", "md")
"""The forms of a report; also the endings of its files."""


def write_report(report: Report, path: Path, form: str = "html") -> tuple[Path, ...]:
    """Write a report as one HTML page, or as Markdown with its plots beside it, and return the files.

    The plots of `report.md` are `report-growth.svg` and so on. They are written first, so that the text never shows
    plots that are not there.

    Raises:
        FormatError: The form is unknown.
        OutputError: The folder is read-only, the disk is full, or the like.
    """
    if form not in FORMS:
        raise FormatError(f"There is no report as '{form}'. Choose one of {', '.join(FORMS)}.")
    prepare_folder(path.parent)
    plots = plot_files(report, path.stem) if form == "md" else {}
    for name, document in plots.items():
        write_text(path.with_name(name), [document])
    write_text(path, [to_markdown(report, path.stem) if form == "md" else to_page(report)])
    return (path, *(path.with_name(name) for name in plots))
