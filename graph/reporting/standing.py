"""Standing: who and what has the central articles, and which articles lead by other measures."""

from __future__ import annotations

from collections.abc import Iterator

from graph.analysis import central_articles, central_groups
from graph.analysis.relations import between_articles
from graph.displays import counted
from graph.explorer import to_line
from graph.knowledge import KnowledgeGraph
from graph.reporting.common_topics import common_topics
from graph.reporting.parts import MOST_ROWS, ReportPart, Section, Table, article_link
from graph.vocabulary import POINTING

_MEASURES = {
    "in-degree": "many articles point to it",
    "betweenness": "the shortest paths between others lead through it",
    "authority": "articles that point to much point to it",
    "hub": "it points to what many point to",
    "core": "it is in the largest group in which each is tied to many",
}
_LEADERS = 3
_GROUPS = {"provider": "providers", "topic": "topics", "person": "people"}


def standing(knowledge: KnowledgeGraph) -> Section:
    """Return the providers, topics and people with the most central articles, and the leaders by each measure."""
    name, title = "standing", "Standing"
    if not between_articles(knowledge.network, *POINTING):
        return Section(name, title, ["Nothing stands out, because no article points to another."])
    leaders = Table(
        f"The first {counted(_LEADERS, 'article')} by other measures than PageRank.",
        ("measure", "an article leads if", "articles"),
        [
            (
                measure,
                meaning,
                [article_link(knowledge, row.iri) for row in central_articles(knowledge.network, _LEADERS, by=measure)],
            )
            for measure, meaning in _MEASURES.items()
        ],
    )
    return Section(name, title, [*(part for kind in _GROUPS for part in _groups(knowledge, kind)), leaders])


def _groups(knowledge: KnowledgeGraph, kind: str) -> Iterator[ReportPart]:
    """Yield a table of the nodes of a kind with the most central articles, if there are any."""
    rows = central_groups(knowledge.network, of=kind)
    left_out = ""
    if kind == "topic":
        telling, left_out = common_topics(knowledge)
        shown = frozenset(telling)
        rows = tuple(row for row in rows if row.iri in shown)
    if rows:
        yield Table(
            f"The {_GROUPS[kind]} whose articles together have the highest PageRank. The sum grows with the number of "
            f"articles; how central the average of them is does not.{left_out}",
            (kind, "sum", "articles", "times the average", "most central article"),
            [
                (to_line(row.label), row.score, row.articles, row.times_average, to_line(row.central_article))
                for row in rows[:MOST_ROWS]
            ],
        )
