"""What analyses read from a network: nodes of a kind, pairs of a relation, labels; always in sorted order.

As everything is sorted here, no analysis depends on the order in which nodes and edges were added.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Concatenate, ParamSpec, TypeVar

from graph.errors import FormatError
from graph.knowledge import KnowledgeGraph
from graph.pairs import by_key
from graph.views import Network

__all__ = [
    "Network",
    "between_articles",
    "date_of",
    "date_range",
    "first_rows",
    "is_stub",
    "label_of",
    "links",
    "nodes_of_kind",
    "of_network",
    "publishers_of",
    "sources_by_target",
    "targets_by_source",
    "text_of",
]
_Row = TypeVar("_Row")
_Rest = ParamSpec("_Rest")
_Answer = TypeVar("_Answer")


def of_network(
    question: Callable[Concatenate[Network, _Rest], _Answer],
) -> Callable[Concatenate[Network | KnowledgeGraph, _Rest], _Answer]:
    """Return a function of a network that also takes a graph, and then uses its network."""

    @functools.wraps(question)
    def ask(asked: Network | KnowledgeGraph, /, *args: _Rest.args, **kwargs: _Rest.kwargs) -> _Answer:
        return question(asked.network if isinstance(asked, KnowledgeGraph) else asked, *args, **kwargs)

    return ask


def nodes_of_kind(network: Network, kind: str) -> list[str]:
    """Return the IRIs of all nodes of a kind (`article`, `provider`, `topic`, `person`), sorted."""
    return sorted(node for node, known in network.nodes(data=True) if known.get("kind") == kind)


def links(network: Network, *relations: str) -> list[tuple[str, str]]:
    """Return the (source, target) pairs of some relations, sorted, each once, without links of a node to itself."""
    wanted = frozenset(relations)
    edges = network.edges(keys=True)
    return sorted({(source, target) for source, target, relation in edges if relation in wanted and source != target})


def between_articles(network: Network, *relations: str) -> list[tuple[str, str]]:
    """Return the `links` from an article to an article."""
    articles = set(nodes_of_kind(network, "article"))
    return [pair for pair in links(network, *relations) if articles.issuperset(pair)]


def targets_by_source(network: Network, relation: str) -> dict[str, list[str]]:
    """Return the targets of each node that a relation leads from, both in sorted order."""
    return by_key(links(network, relation))


def sources_by_target(network: Network, relation: str) -> dict[str, list[str]]:
    """Return the sources, in sorted order, of each node that a relation leads to."""
    return by_key((target, source) for source, target in links(network, relation))


def publishers_of(network: Network) -> dict[str, str]:
    """Return the publisher of each article that has one: of several the first by IRI."""
    return dict(reversed(links(network, "publisher")))


def label_of(network: Network, node: str) -> str:
    """Return the label of a node, or its IRI if it has none."""
    return text_of(network, node, "label") or node


def text_of(network: Network, node: str, attribute: str) -> str | None:
    """Return an attribute of a node as text; `None` if it has no such attribute."""
    value = network.nodes[node].get(attribute)
    return None if value is None else str(value)


def is_stub(network: Network, node: str) -> bool:
    """Return whether a node has no document."""
    return bool(network.nodes[node].get("stub", False))


def date_of(network: Network, node: str) -> date | None:
    """Return the day of `published_at`, in UTC; `None` if there is none, or none that can be read."""
    try:
        return date.fromisoformat((text_of(network, node, "published_at") or "")[:10])
    except ValueError:
        return None


def date_range(network: Network, articles: Iterable[str]) -> tuple[str | None, str | None]:
    """Return the earliest and the latest `published_at` of articles, or `None` twice."""
    dates = [date for article in articles if (date := text_of(network, article, "published_at"))]
    return (min(dates), max(dates)) if dates else (None, None)


def first_rows(rows: Sequence[_Row], limit: int | None) -> tuple[_Row, ...]:
    """Return the first `limit` rows (`None`: all); raise FormatError for a negative limit."""
    if limit is not None and limit < 0:
        raise FormatError(f"limit: {limit} is below zero. Give the number of rows, or no limit for all.")
    return tuple(rows[:limit])
