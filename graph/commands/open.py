"""`article-graph open`: the explorer of a build, in the browser."""

from __future__ import annotations

import webbrowser

import click

from graph.commands.opening import DEFAULT_OUT, check_names, graph_option
from graph.displays import printable
from graph.publishing import open_exports


@click.command("open")
@click.argument("folder", required=False)
@graph_option
def open_explorer(folder: str | None, exports: str | None) -> None:
    """Open the explorer of a build in the browser.

    FOLDER is the folder of the build, the same as --graph. If there is no browser, the path of the page is printed.
    """
    check_names(exports, folder)
    page = open_exports(folder or exports or DEFAULT_OUT).explorer.resolve()
    try:
        is_open = webbrowser.open(page.as_uri())
    except (webbrowser.Error, OSError):
        is_open = False
    click.echo(printable(f"opened {page}" if is_open else f"No browser was found. Open this page: {page}"))
