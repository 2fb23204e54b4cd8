"""`article-graph info`: what a build or a source holds, in numbers."""

from __future__ import annotations

import click

from graph.commands.opening import graph_option, opened
from graph.commands.terminal import printable, show_json
from graph.publishing import info_lines

__all__ = ["info"]


@click.command()
@click.argument("source", required=False)
@graph_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def info(source: str | None, exports: str | None, *, as_json: bool) -> None:
    """Tell what a build, or SOURCE, holds: counts, dates, top topics and providers, what documents state, problems."""
    numbers = opened(exports, source).info().to_dict()
    if as_json:
        show_json(numbers)
    else:
        click.echo("\n".join(map(printable, info_lines(numbers))))
