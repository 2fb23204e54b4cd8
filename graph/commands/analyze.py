"""`article-graph analyze`: questions about the graph, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import click

from graph.commands.opening import graph_option, not_a_source, opened
from graph.commands.tables import form_option, iri_option, show_records, showed_in
from graph.commands.terminal import MOST_PRINTED
from graph.displays import printable


@click.command()
@click.argument("name", required=False)
@click.argument("source", required=False)
@graph_option
@click.option(
    "--limit", type=click.IntRange(min=1), help="Show at most this many rows.  [default: 20 in a table, else all]"
)
@click.option("--from", "start", metavar="NODE", help="Start of a path: an IRI, an address or a name.")
@click.option("--to", "end", metavar="NODE", help="End of a path: an IRI, an address or a name.")
@click.option("--paths", type=click.IntRange(min=1), help="How many paths, the shortest first.  [default: 1]")
@click.option("--hubs", is_flag=True, default=None, help="Let a path lead through hubs.")
@click.option(
    "--by",
    metavar="MEASURE",
    help="How to measure centrality: pagerank, in-degree, betweenness, authority, hub or core; or how to order "
    "related-providers: stories, links or similarity.  [default: the first]",
)
@click.option(
    "--of",
    type=click.Choice(["provider", "topic", "person"]),
    help="Which groups central-groups ranks.  [default: provider]",
)
@click.option(
    "--period",
    type=click.Choice(["year", "quarter", "month"]),
    help="How topic-trends divides time.  [default: depends on the dates]",
)
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
    of: str | None,
    **options: str | int | None,
) -> None:
    """Answer the question NAME about a build, or about SOURCE."""
    from graph.analysis import ANALYSES, PathStep, find_analysis, to_objects, to_table

    if listed:
        width = max(map(len, ANALYSES))
        click.echo("\n".join(f"{known:<{width}}  {analysis.summary}" for known, analysis in ANALYSES.items()))
        return
    if name is None:
        raise click.UsageError("Name an analysis; --list shows them all.")
    with not_a_source(name, "the analysis", "Name one before it; --list shows them all."):
        analysis = find_analysis(name)
    is_path = analysis.row_type is PathStep
    if (start is not None, end is not None) != (is_path, is_path):
        raise click.UsageError("--from and --to name the ends of a path: `analyze path` needs both, others need none.")
    is_cut = limit is None and form == "table" and not is_path
    most = MOST_PRINTED + 1 if is_cut else limit  # one more shows whether there are more
    knowledge = opened(exports, source)
    rows = analysis.run(knowledge, limit=most, source=start, target=end, of=of, **options)
    for note in (analysis.lacks(knowledge.network, of), analysis.equals(rows[:MOST_PRINTED])):
        if note:
            click.echo(note, err=True)
    is_cut = is_cut and len(rows) > MOST_PRINTED
    headers, cells = to_table(rows[:MOST_PRINTED] if is_cut else rows, analysis.row_type)
    if showed_in(form, headers, cells, lambda: to_objects(rows), iris=iris):
        return
    if is_path:  # its answer is sentences, which a column would cut off
        _show_paths(to_objects(rows), iris=iris)
    else:
        count = f"the first {MOST_PRINTED} rows; --limit shows more" if is_cut else ""
        show_records(headers, cells, count, iris=iris)


def _show_paths(steps: Sequence[Mapping[str, Any]], *, iris: bool) -> None:
    for before, step in zip([None, *steps], steps, strict=False):
        if before is not None and before["path"] != step["path"]:
            click.echo()
        click.echo(printable(step["words"]) + (f"\n  {printable(step['iri'])}" if iris else ""))
    hubs = sorted(
        {
            printable(step["label"])
            for step, after in pairwise(steps)
            if step["hub"] and 0 < step["step"] < after["step"]
        }
    )
    if hubs:
        click.echo(f"This leads through {', '.join(hubs)}, which very many nodes are connected to.", err=True)
    if not steps:
        click.echo("The two are not connected.")
