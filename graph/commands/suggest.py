"""`article-graph suggest`: what could be added to the articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from graph.commands.accepting import accepting_options, edit_documents
from graph.commands.opening import graph_option, not_a_source, opened, with_options
from graph.commands.tables import fitting, form_option, iri_option, show_records, showed_in
from graph.suggestion_limits import LEAST_SCORE, LEAST_TOPIC_SCORE, MOST_SUGGESTED

if TYPE_CHECKING:
    from graph.analysis import RelatedSuggestion, TopicSuggestion
    from graph.editing import Accepted
    from graph.knowledge import KnowledgeGraph


@click.group()
def suggest() -> None:
    """Suggest what could be added to the articles, and add it."""


def _options(min_score: float) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that adds the options that all suggestions share."""
    return with_options(
        click.argument("words", nargs=-1, metavar="[ARTICLE | --all] [SOURCE]"),
        graph_option,
        click.option("--all", "of_all", is_flag=True, help="Suggest for every article."),
        click.option(
            "--limit",
            type=click.IntRange(min=1),
            default=MOST_SUGGESTED,
            show_default=True,
            help="At most this many for each article.",
        ),
        click.option(
            "--min-score",
            "min_score",
            type=click.FloatRange(min=0),
            default=min_score,
            show_default=True,
            help="Leave out suggestions with a lower score.",
        ),
        form_option,
        iri_option,
        accepting_options,
    )


@suggest.command()
@_options(LEAST_SCORE)
def related(**given: Any) -> None:  # noqa: ANN401 - the options of all suggestions
    """Suggest articles that an article could name as related.

    The best come first. ARTICLE is an IRI, an address or a title. Articles that are linked already are left out; copies
    of the same text are marked. Every suggestion has a score and reasons, and none has a score below --min-score.
    """
    from graph.analysis import RelatedSuggestion, suggest_related

    _show(suggest_related, RelatedSuggestion, **given)


@suggest.command()
@_options(LEAST_TOPIC_SCORE)
def topics(**given: Any) -> None:  # noqa: ANN401 - the options of all suggestions
    """Suggest topics that an article could state.

    The best come first. ARTICLE is an IRI, an address or a title. A topic is left out if the article states it, if
    nearly all articles have it, or if it is hardly likelier for this article than for any other. Every suggestion has a
    score and reasons, and none has a score below --min-score.
    """
    from graph.analysis import TopicSuggestion, suggest_topics

    _show(suggest_topics, TopicSuggestion, **given)


def _show(  # noqa: PLR0913 - one parameter for each option
    suggested: Callable[..., Sequence[RelatedSuggestion | TopicSuggestion]],
    row_type: type[RelatedSuggestion | TopicSuggestion],
    *,
    words: tuple[str, ...],
    exports: str | None,
    limit: int,
    min_score: float,
    form: str,
    of_all: bool,
    iris: bool,
    diff: bool,
    write: bool,
    accept: str | None,
    allow_uncommitted: bool,
) -> None:
    """Print the suggestions for one article or for all, or write them into the documents."""
    from graph.analysis import TopicSuggestion, to_objects, to_table

    names = 0 if of_all or accept is not None else 1
    if not names <= len(words) <= names + 1:
        raise click.UsageError("Name one article, or all with --all, and at most one source.")
    if (accept is not None or allow_uncommitted) and not (diff or write):
        raise click.UsageError("--accept and --allow-uncommitted change documents. Add --diff or --write.")
    source = words[names] if len(words) > names else None
    about = words[0] if names else None
    lone = about if source is None else None
    alone = not_a_source(lone, "the article", "Name one before it, or all with --all.")
    if diff or write:

        def accepted(knowledge: KnowledgeGraph) -> list[Accepted]:
            from graph.editing import accepted_of, accepted_rows

            if accept is not None:
                return accepted_rows(accept)
            return accepted_of(suggested(knowledge, about, limit=limit, min_score=min_score), knowledge)

        with alone:
            edit_documents(accepted, exports, source, write=write, allow_uncommitted=allow_uncommitted)
        return
    with alone:
        knowledge = opened(exports, source)
        rows = suggested(knowledge, about, limit=limit, min_score=min_score)
    shown, count = fitting(form, rows) if of_all else (rows, "")
    headers, cells = to_table(shown, row_type)
    if not showed_in(form, headers, cells, lambda: to_objects(rows), iris=iris):
        told = 0 if of_all else 2  # no need to repeat the named article in each row
        show_records(headers[told:], [row[told:] for row in cells], count, iris=iris)
        if not rows and row_type is TopicSuggestion and not knowledge.topics:
            click.echo("There are no topics to suggest.")
        elif not rows:
            more = "; a lower --min-score may show some" if min_score else ""
            click.echo(f"There are no suggestions with a score of {min_score:g} or more{more}.")
