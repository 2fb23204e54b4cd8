"""`article-graph view`: a page of a few nodes."""

from __future__ import annotations

from pathlib import Path

import click

from graph.commands.opening import DEFAULT_OUT, check_filled, not_a_source, opened
from graph.writing import prepare_folder, write_text


@click.command()
@click.argument("node", required=False)
@click.option("--query", "sparql", metavar="SPARQL", help="Show the nodes that a query finds.")
@click.option("--depth", type=click.IntRange(min=0), help="Steps from NODE.  [default: 1]")
@click.option(
    "--most", default=150, show_default=True, type=click.IntRange(min=1), help="Show at most this many nodes."
)
@click.option("--pyvis", "as_pyvis", is_flag=True, help="Draw the nodes with pyvis.")
@click.option("--out", default="view.html", show_default=True, metavar="FILE", help="File to write.")
@click.option("--graph", "source", metavar="DIR", help=f"Folder of a build, or a source.  [default: {DEFAULT_OUT}]")
def view(
    node: str | None, sparql: str | None, depth: int | None, most: int, *, as_pyvis: bool, out: str, source: str | None
) -> None:
    """Write a page of NODE and its neighbours, or of an overview.

    NODE is an IRI, an address, or a label that only one node has. The page is one file that needs no network.
    """
    from graph import viewing

    if node is not None and sparql is not None:
        raise click.UsageError("Name either a node or --query, not both.")
    if depth is not None and node is None:
        raise click.UsageError("--depth needs a node. Name one.")
    check_filled(out, what="file")
    asked = opened(None, source)
    network = asked.network
    if node is not None:
        with not_a_source(node, "the node", "Name the source with --graph, after a node or alone."):
            choice = viewing.choose_node(asked, node, depth=1 if depth is None else depth, most=most)
    elif sparql is not None:
        choice = viewing.choose_query(asked, sparql, most=most)
    else:
        choice = viewing.best_connected(network, most=most) if as_pyvis else viewing.overview(network, most=most)
    if as_pyvis:
        page = viewing.to_pyvis_page(viewing.to_pyvis(network, choice), choice)
    else:
        page = viewing.to_small_view(network, choice, base=asked.base, vocabulary=asked.vocabulary).html
    prepare_folder(Path(out).parent)
    write_text(Path(out), [page])
    click.echo(f"{choice.count} written to {out}")
