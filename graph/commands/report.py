"""`article-graph report`: plots, answers and problems in one page."""

from __future__ import annotations

from pathlib import Path

import click

from graph.commands.opening import check_filled, graph_option, opened
from graph.displays import counted, printable


@click.command()
@click.argument("source", required=False)
@graph_option
@click.option("--format", "form", type=click.Choice(["html", "md"]), default="html", show_default=True)
@click.option("--out", metavar="FILE", help="File to write.  [default: report.html or report.md]")
def report(source: str | None, exports: str | None, form: str, out: str | None) -> None:
    """Write a report about a build, or about SOURCE.

    It shows the corpus in plots and tables, what is central, what is missing, and what to fix first. The page is one
    file that needs no network. With --format md, plots are SVG files beside it. Plots need matplotlib: pip install
    'article-graph[report]'.
    """
    from graph.reporting import check_drawing, make_report, write_report

    check_filled(out, what="file")
    check_drawing()
    path = Path(out or f"report.{form}")
    written = write_report(make_report(opened(exports, source)), path, form)
    plots = f" with {counted(len(written) - 1, 'plot')} beside it" if form == "md" else ""
    click.echo(f"Report written to {printable(path)}{plots}")
