"""`article-graph fields`: the fields of documents, what each is read as, and settings to start from."""

from __future__ import annotations

from dataclasses import asdict

import click

from graph.commands.opening import check_filled
from graph.commands.tables import show_table, showed_in
from graph.displays import printable

_COLUMNS = ("field", "documents", "of", "types", "read as", "examples")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "toml"]),
    default="table",
    show_default=True,
    help="toml is an article-graph.toml to start from.",
)
def fields(sources: tuple[str, ...], form: str) -> None:
    """Show all fields of the documents in SOURCE.

    For each field: how many documents have it, the types of its values, what it is read as, and examples. Fields that
    are not recognised can be mapped in article-graph.toml; a suggestion for this file follows the table, and --format
    toml prints only that.
    """
    from graph.reading.field_uses import fields_of, to_settings

    check_filled(*sources)
    uses = fields_of(sources)
    if form == "toml":
        click.echo("\n".join(map(printable, to_settings(uses))))
        return
    cells = [
        (use.name, use.documents, *map(", ".join, (use.kinds, dict(use.types), use.meanings)), "; ".join(use.examples))
        for use in uses
    ]
    if not showed_in(form, _COLUMNS, cells, lambda: [{**asdict(use), "types": dict(use.types)} for use in uses]):
        show_table(_COLUMNS, cells)
        click.echo("\nAn article-graph.toml to start from:\n")
        click.echo("\n".join(map(printable, to_settings(uses))))
