"""`article-graph diff`: what differs between two graphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

import graph as library
from graph.commands.opening import opened
from graph.commands.tables import fitting, iri_option, show_records, showed_in
from graph.displays import counted
from graph.knowledge import KnowledgeGraph
from graph.reading import list_documents, read
from graph.truth import establish

if TYPE_CHECKING:
    from graph.analysis import Difference


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option("--source", metavar="DIR", help="Compare revisions of this folder, which is in a Git repository.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "md", "patch"]), default="table", show_default=True
)
@iri_option
def diff(old: str, new: str | None, source: str | None, form: str, *, iris: bool) -> None:
    """Show what differs between two graphs.

    Each row says what was added, removed, changed or got another IRI. OLD and NEW are builds or sources. With --source
    they are Git revisions of that folder, such as HEAD~1 or main; without NEW, OLD is compared with the files as they
    are. The format patch is an RDF Patch. The exit status is 0 if nothing differs, and 1 if something does.
    """
    from graph.analysis import Difference, differences, rdf_patch, to_objects, to_table

    if source is None and new is None:
        raise click.UsageError("Name two builds or sources, or a revision and --source.")
    before, after = (opened(None, one) if source is None else _revision(source, one) for one in (old, new))
    rows = differences(before, after)
    if form == "patch":
        lines = list(rdf_patch(before, after))
        click.echo("".join(lines), nl=False)
        raise SystemExit(1 if len(lines) > len(("TX .", "TC .")) else 0)
    shown, count = fitting(form, rows)
    headers, cells = to_table(shown, Difference)
    if not showed_in(form, headers, cells, lambda: to_objects(rows), iris=iris):
        if rows:
            show_records(headers, cells, count, iris=iris)
        click.echo(_summary(rows) or "Nothing differs.")
    raise SystemExit(1 if rows else 0)


def _summary(rows: Sequence[Difference]) -> str:
    """Return how many records of each kind were added, removed, renamed and changed."""
    counts = Counter((change, kind) for change, kind, _ in {(row.change, row.kind, row.iri) for row in rows})
    return ", ".join(f"{counted(counts[change, kind], kind)} {change}" for change, kind in sorted(counts))


def _revision(folder: str, revision: str | None) -> KnowledgeGraph:
    """Return the graph of a folder at a revision, or as it is now."""
    if revision is None:
        return library.build(folder)
    from graph.reading.revisions import revision_source

    return KnowledgeGraph(establish(read(list_documents(revision_source(folder, revision)))))
