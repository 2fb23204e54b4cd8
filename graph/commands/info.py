"""`article-graph info`: a build or a source in numbers."""

from __future__ import annotations

import click

from graph.commands.opening import graph_option, opened
from graph.commands.terminal import show_json
from graph.displays import printable
from graph.publishing import info_lines


@click.command()
@click.argument("source", required=False)
@graph_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def info(source: str | None, exports: str | None, *, as_json: bool) -> None:
    """Show a build, or SOURCE, in numbers.

    Counts, dates, top topics and providers, fields of documents, and problems by kind.
    """
    numbers = opened(exports, source).info().to_dict()
    if as_json:
        show_json(numbers)
    else:
        click.echo("\n".join(map(printable, info_lines(numbers))))
