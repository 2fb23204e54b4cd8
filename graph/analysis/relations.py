"""What every analysis reads from the network: nodes of one kind, links of one relation, labels; always in sorted order.

Sorting here, once, is what makes each analysis independent of the order in which nodes and edges were added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from graph.errors import FormatError

if TYPE_CHECKING:
    import networkx

__all__ = [
    "Network",
    "articles_by_topic",
    "between_articles",
    "date_range",
    "first_rows",
    "is_stub",
    "label_of",
    "links",
    "nodes_of_kind",
    "text_of",
    "topics_by_article",
]

Network: TypeAlias = "networkx.MultiDiGraph[str]"
"""What an analysis is asked about: nodes are IRIs, edge keys are names of relations."""

_Row = TypeVar("_Row")


def nodes_of_kind(network: Network, kind: str) -> list[str]:
    """Return the IRIs of all nodes of a kind (`article`, `provider`, `topic`, `person`), sorted."""
    return sorted(node for node, known in network.nodes(data=True) if known.get("kind") == kind)


def links(network: Network, *relations: str) -> list[tuple[str, str]]:
    """Return the (source, target) pairs of the named relations, sorted, each once, without links to oneself."""
    wanted = frozenset(relations)
    edges = network.edges(keys=True)
    return sorted({(source, target) for source, target, relation in edges if relation in wanted and source != target})


def between_articles(network: Network, *relations: str) -> list[tuple[str, str]]:
    """Return those of the links that lead from an article to an article."""
    articles = set(nodes_of_kind(network, "article"))
    return [pair for pair in links(network, *relations) if articles.issuperset(pair)]


def topics_by_article(network: Network, relation: str = "about") -> dict[str, list[str]]:
    """Return the topics of each article that has any, both in sorted order."""
    found: dict[str, list[str]] = {}
    for article, topic in links(network, relation):
        found.setdefault(article, []).append(topic)
    return found


def articles_by_topic(network: Network, relation: str = "about") -> dict[str, list[str]]:
    """Return the articles of each topic that has any; articles in sorted order."""
    found: dict[str, list[str]] = {}
    for article, topic in links(network, relation):
        found.setdefault(topic, []).append(article)
    return found


def label_of(network: Network, node: str) -> str:
    """Return what people call a node, or its IRI where it has no label."""
    return text_of(network, node, "label") or node


def text_of(network: Network, node: str, attribute: str) -> str | None:
    """Return an attribute of a node as text, or `None` where it is unknown."""
    value = network.nodes[node].get(attribute)
    return None if value is None else str(value)


def is_stub(network: Network, node: str) -> bool:
    """Return whether no document backs a node."""
    return bool(network.nodes[node].get("stub", False))


def date_range(network: Network, articles: Iterable[str]) -> tuple[str | None, str | None]:
    """Return the earliest and the latest `published_at` among articles; `None` twice where none is known."""
    dates = [date for article in articles if (date := text_of(network, article, "published_at"))]
    return (min(dates), max(dates)) if dates else (None, None)


def first_rows(rows: Sequence[_Row], limit: int | None) -> tuple[_Row, ...]:
    """Return the first `limit` rows (`None`: all of them); raise FormatError for a negative limit."""
    if limit is not None and limit < 0:
        raise FormatError(f"limit: {limit} is below zero. Give the number of rows wanted, or no limit for all of them.")
    return tuple(rows[:limit])
