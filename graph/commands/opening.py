"""The graph that a command works on: a build, or a source that is read for this one command."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

import graph as library
from graph.commands.terminal import show_progress
from graph.errors import GraphError
from graph.knowledge import KnowledgeGraph
from graph.publishing import is_build, open_exports

DEFAULT_OUT = "exports"
"""The folder of a build unless another is named."""

graph_option = click.option("--graph", "exports", metavar="DIR", help=f"Folder of a build.  [default: {DEFAULT_OUT}]")
"""The option that names a build."""


_Function = TypeVar("_Function", bound=Callable[..., Any])


def with_options(*options: Callable[[Any], Any]) -> Callable[[_Function], _Function]:
    """Return a decorator that adds options and arguments to a command, in the order in which the help lists them."""

    def add(function: _Function) -> _Function:
        for option in reversed(options):
            function = option(function)
        return function

    return add


def check_filled(*names: str | None, what: str = "folder") -> None:
    """Raise UsageError if the name of a folder, or of something else, is empty."""
    if "" in names:
        raise click.UsageError(f"The {what} name is empty. Name a {what}.")


def check_names(exports: str | None, source: str | None) -> None:
    """Check that at most one of a source and a build is named.

    Raises:
        UsageError: Both are named, or a name is empty.
    """
    if source is not None and exports is not None:
        raise click.UsageError("Name either a source or --graph, not both.")
    check_filled(source, exports)


@contextmanager
def not_a_source(word: str | None, missing: str, remedy: str) -> Iterator[None]:
    """Let an error about a word say that it is the path of a source, before or after which something is missing."""
    try:
        yield
    except GraphError as error:
        if word and os.path.exists(word):  # noqa: PTH110 - false for what cannot be a path
            raise GraphError(f"{word!r} is a source, and {missing} is missing. {remedy}") from error
        raise


def opened(exports: str | None, source: str | None, base: str | None = None) -> KnowledgeGraph:
    """Return the graph of a source, whose base is `base` or its own, or of the build in a folder.

    Raises:
        UsageError: Both are named, or a name is empty; or a build is named with a base.
        SourceError: There is no such source, or no such build.
    """
    check_names(exports, source)
    if base is not None and (source is None or is_build(source)):
        raise click.UsageError("--base is for a SOURCE. A build has the address that it was built with.")
    if source is None:
        return open_exports(exports or DEFAULT_OUT)
    if is_build(source):
        return open_exports(source)
    with show_progress() as progress:
        return library.build(source, base=base, progress=progress)
