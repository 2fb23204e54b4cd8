"""`article-graph widget`: local graph, backlinks and related articles on the pages of a static site."""

from __future__ import annotations

import click

from graph.commands.opening import check_filled, graph_option, opened
from graph.displays import counted, printable


@click.command()
@click.argument("source", required=False)
@graph_option
@click.option("--out", required=True, metavar="DIR", help="Folder to write to; the site must publish it.")
@click.option("--base", metavar="IRI", help="Address of the site, if SOURCE does not state it.")
@click.option("--most", type=click.IntRange(min=1), help="At most this many nodes in a local graph.  [default: 25]")
@click.option("--unpublished", is_flag=True, help="Also show articles marked as unpublished.")
def widget(
    source: str | None, exports: str | None, *, out: str, base: str | None, most: int | None, unpublished: bool
) -> None:
    """Write a widget for the pages of a static site.

    It is made from a build, or from SOURCE. A page that loads its script, widget.js, shows a map of the article's
    neighbours, the sentences that link to it, and related articles. See docs/widget.md.
    """
    from graph.widget import MOST_NODES, SCRIPT_FILE, write_widget

    check_filled(out)
    knowledge = opened(exports, source, base)
    written = write_widget(knowledge, out, unpublished=unpublished, most=most or MOST_NODES)
    click.echo(
        f"{SCRIPT_FILE}: {written.script_bytes:,} bytes, {written.sent_bytes:,} compressed. "
        f"Data of {counted(written.articles, 'article')}: {written.data_bytes:,} bytes; "
        f"a page loads at most {written.page_bytes:,} of them."
    )
    removed = f", {counted(written.removed, 'old file')} removed" if written.removed else ""
    click.echo(printable(f"{counted(written.changed, 'file')} written to {out}{removed}"))
    if written.unpublished:
        click.echo(f"{counted(written.unpublished, 'unpublished article')} left out; --unpublished shows them.")
    if written.placeless:
        named = "" if written.is_sited else "name the site's address with --base, or "
        remedy = f'{named}let the script name the document, data-page="PATH"'
        click.echo(f"The address of {counted(written.placeless, 'article')} is unknown: {remedy}.")
