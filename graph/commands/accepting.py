"""Options with which suggestions are written into the documents, and what they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from graph.commands.edits import carry_out, uncommitted_option
from graph.commands.opening import DEFAULT_OUT, check_names, with_options
from graph.commands.terminal import show_progress
from graph.displays import counted
from graph.errors import SourceError
from graph.knowledge import KnowledgeGraph
from graph.publishing import is_build, open_exports
from graph.publishing.updating import CACHE_FILE
from graph.reading import Cache, Listing, list_documents, read
from graph.truth import establish

if TYPE_CHECKING:
    from graph.editing import Accepted

accepting_options = with_options(
    click.option("--diff", is_flag=True, help="Show how --write would change the documents, as a patch."),
    click.option("--write", is_flag=True, help="Write the suggestions into the documents."),
    click.option("--accept", metavar="FILE", help="Take the suggestions from a CSV or JSON file."),
    uncommitted_option,
)
"""The options with which suggestions are written into the documents."""


def edit_documents(
    rows_of: Callable[[KnowledgeGraph], Iterable[Accepted]],
    exports: str | None,
    source: str | None,
    *,
    write: bool,
    allow_uncommitted: bool,
) -> None:
    """Write suggestions into the documents of their articles, or print how that would change them, as a patch.

    Raises:
        SourceError: The documents of a build are not known.
        OutputError: A document cannot be written.
        SystemExit: With status 1, if a document is refused.
    """
    from graph.editing import edits_for

    knowledge, listing, cache = _opened(exports, source)
    edits, refused = edits_for(rows_of(knowledge), knowledge, listing, cache)
    changed, unchanged = carry_out(edits, refused, write=write, allow_uncommitted=allow_uncommitted)
    if write:
        click.echo(f"{counted(changed, 'document')} changed")
    if unchanged:
        raise SystemExit(1)


def _opened(exports: str | None, source: str | None) -> tuple[KnowledgeGraph, Listing, Cache]:
    """Return a graph, its documents, and the cache that knows their state when they were read."""
    check_names(exports, source)
    if source is not None and not is_build(source):
        listing, cache = list_documents(source), Cache()
        with show_progress() as progress:
            reading = read(listing, cache=cache, progress=progress)
        return KnowledgeGraph(establish(reading)), listing, cache
    build = open_exports(exports or source or DEFAULT_OUT)
    cache = Cache.open(build.folder / CACHE_FILE)
    if not cache.places():
        raise SourceError(f"{build.folder}: does not say where its documents are. Name the source instead.")
    return build, list_documents(cache.places(), without=build.folder), cache
