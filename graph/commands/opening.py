"""What a command is asked about: a build, or a source that is read for this one question."""

from __future__ import annotations

import click

import graph as library
from graph.commands.terminal import show_progress
from graph.knowledge import KnowledgeGraph
from graph.publishing import is_build, open_exports

__all__ = ["DEFAULT_OUT", "graph_option", "opened"]

DEFAULT_OUT = "exports"
"""Where a build is written, and found."""

graph_option = click.option(
    "--graph", "exports", metavar="DIR", help=f"Folder that a build wrote.  [default: {DEFAULT_OUT}]"
)
"""The option by which a command is told which build to ask."""


def opened(exports: str | None, source: str | None) -> KnowledgeGraph:
    """Return what to ask: the source named, or the build in a folder.

    Raises:
        UsageError: Both are named, or a name is empty.
        SourceError: There is no such source, or no such build.
    """
    if source is not None and exports is not None:
        raise click.UsageError("Name either a source or --graph, not both.")
    if "" in {source, exports}:
        raise click.UsageError("The folder name is empty. Name a folder.")
    if source is None:
        return open_exports(exports or DEFAULT_OUT)
    if is_build(source):
        return open_exports(source)
    with show_progress() as progress:
        return library.build(source, progress=progress)
