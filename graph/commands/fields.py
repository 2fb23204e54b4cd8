"""`article-graph fields`: which fields documents have, what each is read as, and settings to begin with."""

from __future__ import annotations

from dataclasses import asdict

import click

from graph.commands.tables import show_csv, show_table
from graph.commands.terminal import printable, show_json

__all__ = ["fields"]

_COLUMNS = ("field", "documents", "of", "types", "read as", "examples")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "toml"]),
    default="table",
    show_default=True,
    help="toml is an article-graph.toml to begin with.",
)
def fields(sources: tuple[str, ...], form: str) -> None:
    """Show every field that documents of SOURCE have.

    Of each: how many documents have it, of what types its values are, what it is read as, and examples. What means
    nothing can be given a meaning in article-graph.toml; one that suggests what it may mean is printed below the table,
    and alone by --format toml.
    """
    from graph.reading.field_uses import fields_of, to_settings

    if not all(sources):
        raise click.UsageError("The folder name is empty. Name a folder.")
    uses = fields_of(sources)
    if form == "json":
        rows = [{**asdict(use), "types": dict(use.types)} for use in uses]
        show_json(rows)
        return
    if form == "toml":
        click.echo("\n".join(map(printable, to_settings(uses))))
        return
    cells = []
    for use in uses:
        types = ", ".join(name for name, _ in use.types)
        cells.append(
            (use.name, use.documents, ", ".join(use.kinds), types, ", ".join(use.meanings), "; ".join(use.examples))
        )
    if form == "csv":
        show_csv(_COLUMNS, cells)
    else:
        show_table(_COLUMNS, cells)
        click.echo("\nAn article-graph.toml to begin with:\n")
        click.echo("\n".join(map(printable, to_settings(uses))))
