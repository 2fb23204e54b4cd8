"""`article-graph view`: a page of a few nodes, and where it goes."""

from __future__ import annotations

import click

from graph.opening import DEFAULT_OUT, opened

__all__ = ["view"]


@click.command()
@click.argument("node", required=False)
@click.option("--query", "sparql", metavar="SPARQL", help="Show the nodes that a query finds.")
@click.option("--depth", type=click.IntRange(min=0), help="Steps from NODE.  [default: 1]")
@click.option("--most", default=150, show_default=True, type=click.IntRange(min=1), help="Show at most so many nodes.")
@click.option("--out", default="view.html", show_default=True, metavar="FILE", help="File to write.")
@click.option(
    "--graph", "source", metavar="DIR", help=f"Folder that a build wrote, or a source.  [default: {DEFAULT_OUT}]"
)
def view(node: str | None, sparql: str | None, depth: int | None, most: int, out: str, source: str | None) -> None:
    """Write a page of NODE and its neighbours, or of topics and providers.

    NODE is an IRI, an address, or a label that only one node has. The page is one file that needs no network.
    """
    from graph.viewing import view_node, view_overview, view_query

    if node is not None and sparql is not None:
        raise click.UsageError("Name either a node or --query, not both.")
    if depth is not None and node is None:
        raise click.UsageError("Name the node to go --depth steps from.")
    if not out:
        raise click.UsageError("Name a file: a name is empty.")
    asked = opened(None, source)
    if node is not None:
        picture = view_node(asked, node, depth=1 if depth is None else depth, most=most)
    elif sparql is not None:
        picture = view_query(asked, sparql, most=most)
    else:
        picture = view_overview(asked, most=most)
    picture.write(out)
    count = len(picture.nodes)
    shown = f"{count:,} of {picture.found:,}" if count < picture.found else f"{count:,}"
    click.echo(f"{shown} {'node' if picture.found == 1 else 'nodes'} written to {out}")
