"""`article-graph push`: load a build into a SPARQL endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graph.commands.opening import DEFAULT_OUT
from graph.commands.terminal import show_progress
from graph.publishing import open_exports

if TYPE_CHECKING:
    from graph.publishing.pushing import Protocol


@click.command()
@click.argument("exports", default=DEFAULT_OUT, metavar="[DIR]")
@click.option("--endpoint", required=True, metavar="URL", help="Address of a graph store, or for updates.")
@click.option("--graph", "into", metavar="IRI", help="Graph to load into.  [default: the endpoint's default graph]")
@click.option("--replace", is_flag=True, help="Remove the content of the graph first.")
@click.option(
    "--protocol",
    type=click.Choice(["auto", "store", "update"]),
    default="auto",
    show_default=True,
    help="Graph Store Protocol, or updates in batches.",
)
@click.option(
    "--batch", type=click.IntRange(min=1), help="Triples in a request.  [default: 20000, or 1000 in an update]"
)
def push(
    exports: str, endpoint: str, into: str | None, *, replace: bool, protocol: Protocol, batch: int | None
) -> None:
    """Load the build in DIR into a SPARQL endpoint.

    If a push is interrupted, the same command continues it. User and password, or a token, are read from the
    environment, as for query. Needs pip install 'article-graph[remote]'.
    """
    from graph.publishing.pushing import push as push_triples

    opened = open_exports(exports)
    with show_progress() as progress:
        pushed = push_triples(
            opened, endpoint, into=into, replace=replace, protocol=protocol, batch=batch, progress=progress
        )
    before = f", {pushed.resumed:,} of them earlier" if pushed.resumed else ""
    click.echo(f"{pushed.triples:,} triples sent{before}")
