"""`article-graph suggest`: what could be added to the articles."""

from __future__ import annotations

import click

from graph.commands.opening import graph_option, opened
from graph.commands.tables import form_option, iri_option, show_records, showed_in
from graph.commands.terminal import MOST_ROWS

__all__ = ["suggest"]


@click.group()
def suggest() -> None:
    """Suggest what could be added to the articles, with reasons."""


@suggest.command()
@click.argument("words", nargs=-1, metavar="[ARTICLE | --all] [SOURCE]")
@graph_option
@click.option("--all", "of_all", is_flag=True, help="Suggest for every article.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=10, show_default=True, help="At most this many for each article."
)
@click.option(
    "--min-score",
    "min_score",
    type=click.FloatRange(min=0),
    default=0.15,
    show_default=True,
    help="None with a lower score; 0 shows all.",
)
@form_option
@iri_option
def related(
    words: tuple[str, ...],
    exports: str | None,
    limit: int,
    min_score: float,
    form: str,
    *,
    of_all: bool,
    iris: bool,
) -> None:
    """Suggest articles that an article could name as related.

    The best come first. ARTICLE is an IRI, an address or a title. Articles that are linked already are left out; copies
    of the same text are marked. Every suggestion has a score and reasons, and none has a score below --min-score.
    """
    from graph.analysis import RelatedSuggestion, suggest_related, to_objects, to_table

    names = 0 if of_all else 1
    if not names <= len(words) <= names + 1:
        raise click.UsageError("Name one article, or all with --all, and at most one source.")
    source = words[names] if len(words) > names else None
    rows = suggest_related(opened(exports, source), None if of_all else words[0], limit=limit, min_score=min_score)
    is_cut = form == "table" and of_all and len(rows) > MOST_ROWS
    headers, cells = to_table(rows[:MOST_ROWS] if is_cut else rows, RelatedSuggestion)
    if showed_in(form, headers, cells, lambda: to_objects(rows), iris=iris):
        return
    count = f"the first {MOST_ROWS} of {len(rows):,} rows; --format csv gives all" if is_cut else ""
    told = 0 if of_all else 2  # the article that was named need not be shown in each row
    show_records(headers[told:], [row[told:] for row in cells], count, iris=iris)
    if not rows:
        click.echo(f"Nothing has a score of {min_score:g} or more; --min-score 0 shows all.")
