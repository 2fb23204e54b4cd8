"""`article-graph analyze`: questions about the graph, by name."""

from __future__ import annotations

import click

from graph.commands.opening import graph_option, opened
from graph.commands.tables import form_option, iri_option, show_records, showed_in
from graph.commands.terminal import MOST_ROWS, printable

__all__ = ["analyze"]


@click.command()
@click.argument("name", required=False)
@click.argument("source", required=False)
@graph_option
@click.option(
    "--limit", type=click.IntRange(min=1), help="Show at most this many rows.  [default: 20 in a table, else all]"
)
@click.option("--from", "start", metavar="NODE", help="Start of a path: an IRI or a label.")
@click.option("--to", "end", metavar="NODE", help="End of a path: an IRI or a label.")
@form_option
@iri_option
@click.option("--list", "listed", is_flag=True, help="List the analyses and exit.")
def analyze(  # noqa: PLR0913 - one parameter for each option
    name: str | None,
    source: str | None,
    exports: str | None,
    limit: int | None,
    start: str | None,
    end: str | None,
    form: str,
    *,
    iris: bool,
    listed: bool,
) -> None:
    """Answer the question NAME about a build, or about SOURCE."""
    from graph.analysis import ANALYSES, PathStep, find_analysis, to_objects, to_table

    if listed:
        width = max(map(len, ANALYSES))
        click.echo("\n".join(f"{known:<{width}}  {analysis.summary}" for known, analysis in ANALYSES.items()))
        return
    if name is None:
        raise click.UsageError("Name an analysis; --list names them.")
    analysis = find_analysis(name)
    is_path = analysis.row_type is PathStep
    is_cut = limit is None and form == "table" and not is_path
    most = MOST_ROWS + 1 if is_cut else limit  # one more tells whether there are more
    network = opened(exports, source).network
    rows = analysis.run(network, limit=most, source=start, target=end)
    if note := analysis.lacks(network):
        click.echo(note, err=True)
    is_cut = is_cut and len(rows) > MOST_ROWS
    headers, cells = to_table(rows[:MOST_ROWS] if is_cut else rows, analysis.row_type)
    if showed_in(form, headers, cells, lambda: to_objects(rows), iris=iris):
        return
    if is_path:  # its answer is sentences, which a column would cut off
        for step in to_objects(rows):
            click.echo(printable(step["words"]) + (f"\n  {printable(step['iri'])}" if iris else ""))
        if not rows:
            click.echo("The two are not connected.")
    else:
        count = f"the first {MOST_ROWS} rows; --limit shows more" if is_cut else ""
        show_records(headers, cells, count, iris=iris)
