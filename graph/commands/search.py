"""`article-graph search`: full-text search."""

from __future__ import annotations

import os

import click

from graph.commands.opening import graph_option, opened
from graph.commands.tables import form_option, iri_option, show_records, showed_in
from graph.commands.terminal import MOST_PRINTED


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS... [SOURCE]")
@graph_option
@click.option("--kind", type=click.Choice(["article", "provider", "topic", "person"]), help="Find only this kind.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=MOST_PRINTED, show_default=True, help="Show at most this many."
)
@form_option
@iri_option
def search(words: tuple[str, ...], exports: str | None, kind: str | None, limit: int, form: str, *, iris: bool) -> None:
    """Find articles, topics, providers and people that match WORDS.

    The best matches come first. Each word, or a longer one that begins with it, must occur in a node's names, its
    summary or the names of linked nodes. Accents and case are ignored, and a word that occurs nowhere may have one or
    two typos. The last of several words may name a SOURCE to search instead of a build.
    """
    from graph.search import to_object

    source = words[-1] if len(words) > 1 and exports is None and os.path.exists(words[-1]) else None  # noqa: PTH110 - a word may be too long for a Path
    wanted = " ".join(words[:-1] if source else words)
    found = opened(exports, source).search(wanted, kind=kind, limit=limit)
    headers = ("kind", "label", "provider", "published_at", "iri")
    rows = [[getattr(match, name) for name in headers] for match in found.matches]
    if showed_in(form, headers, rows, lambda: to_object(found), iris=iris):
        return
    show_records(headers, rows, iris=iris)
    if found.guessed and found.total:
        click.echo("No exact match; these names are similar.")
    elif not found.every_word and found.total:
        click.echo("No match for all words; these match some of them.")
    if found.total > len(found.matches):
        click.echo(f"of {found.total:,} found; --limit shows more")
