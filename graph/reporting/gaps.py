"""What is missing: articles without ties, articles without a document, and relations that could be added."""

from __future__ import annotations

from graph.analysis import ANALYSES, RelatedSuggestion, orphans, suggest_related, wanted_stubs
from graph.displays import counted
from graph.explorer import to_line
from graph.knowledge import KnowledgeGraph
from graph.reporting.parts import MOST_ROWS, Section, Table, article_link, day_of
from graph.suggestion_limits import LEAST_SCORE


def unconnected(knowledge: KnowledgeGraph) -> Section:
    """Return articles that are tied to no other."""
    found = orphans(knowledge.network)
    name, title = "orphans", "Orphans"
    if not found:
        return Section(name, title, ["Every article is tied to another." if knowledge.articles else _EMPTY])
    table = Table(
        f"{_first('newest' if found[0].published_at else 'first', len(found))} without ties to others: not related, "
        "not linked, not part of a collection.",
        ("article", "type", "published", "provider", "topics", "stub"),
        [
            (
                article_link(knowledge, row.iri),
                row.type and to_line(row.type),
                day_of(row.published_at),
                row.provider and to_line(row.provider),
                row.topics,
                "yes" if row.stub else "no",
            )
            for row in found[:MOST_ROWS]
        ],
    )
    return Section(name, title, [table])


def wanted(knowledge: KnowledgeGraph) -> Section:
    """Return stubs that other nodes point to."""
    found = wanted_stubs(knowledge.network)
    name, title = "wanted-stubs", "Wanted articles"
    if not found:
        return Section(
            name, title, ["Every article that others point to has a document." if knowledge.articles else _EMPTY]
        )
    equals = ANALYSES["wanted-stubs"].equals(found[:MOST_ROWS])
    table = Table(
        f"{_first('most wanted', len(found))} that others point to, though there is no document."
        + (f" {equals}" if equals else ""),
        ("article", "wanted by", "published", "provider"),
        [
            (
                article_link(knowledge, row.iri),
                row.wanted_by,
                day_of(row.published_at),
                row.provider and to_line(row.provider),
            )
            for row in found[:MOST_ROWS]
        ],
    )
    return Section(name, title, [table])


def related_suggestions(knowledge: KnowledgeGraph) -> Section:
    """Return pairs of articles that should be related but are not; copies are listed elsewhere."""
    name, title = "suggestions", "Suggestions"
    pairs: dict[frozenset[str], RelatedSuggestion] = {}
    for row in suggest_related(knowledge):
        if not row.is_copy:
            pairs.setdefault(frozenset((row.article, row.suggestion)), row)
    found = sorted(pairs.values(), key=lambda row: (-row.score, row.article, row.suggestion))
    least = f"{LEAST_SCORE:g}"
    if not found:
        why = f"no pair of articles that is not linked has a score of {least} or more"
        return Section(name, title, [f"There are no suggestions for related articles, because {why}."])
    table = Table(
        f"The best of {counted(len(found), 'pair')} that could be related, with scores of {least} or more.",
        ("article", "suggestion", "score", "reasons"),
        [
            (
                article_link(knowledge, row.article),
                article_link(knowledge, row.suggestion),
                row.score,
                to_line("; ".join(row.reasons)),
            )
            for row in found[:MOST_ROWS]
        ],
    )
    return Section(name, title, [table])


def _first(which: str, count: int) -> str:
    """Return what a table of the first of some articles shows, such as `The newest of 12 articles`."""
    if count > MOST_ROWS:
        return f"The {which} of {counted(count, 'article')}"
    return "The only article" if count == 1 else f"The {counted(count, 'article')}"


_EMPTY = "There are no articles."
