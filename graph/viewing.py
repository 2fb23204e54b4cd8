"""What a person wants to look at, a node by any of its names or what a query finds, as a picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

from graph.analysis.lookup import find_node
from graph.errors import FormatError
from graph.picture import Picture, draw, neighbourhood, overview, selection
from graph.views import Network

if TYPE_CHECKING:
    from graph.store import Answer

__all__ = ["Asked", "is_query", "view", "view_node", "view_overview", "view_query"]

_QUERY = re.compile(r"(?:\s|#[^\n]*\n)*(?:PREFIX|BASE|SELECT|CONSTRUCT|DESCRIBE|ASK)\b", re.IGNORECASE)


class Asked(Protocol):
    """A knowledge graph in memory, or a build."""

    @property
    def network(self) -> Network:
        """The network."""

    def query(self, sparql: str) -> Answer:
        """Answer a query."""


def view(asked: Asked, what: str | None = None, *, depth: int = 1, most: int = 150) -> Picture:
    """Return a picture of a node and its neighbours, of what a query finds, or of topics and providers.

    Raises:
        FormatError, QueryError: As `view_node` and `view_query` do.
    """
    if what is None:
        return view_overview(asked, most=most)
    if what not in asked.network and is_query(what):
        return view_query(asked, what, most=most)
    return view_node(asked, what, depth=depth, most=most)


def is_query(text: str) -> bool:
    """Tell whether a text is meant as a SPARQL query rather than as a name."""
    return bool(_QUERY.match(text)) and any(sign in text for sign in "{<:")


def view_node(asked: Asked, name: str, *, depth: int = 1, most: int = 150) -> Picture:
    """Return a picture of the node that a name means, as `find_node` says, and of what is within `depth` steps of it.

    Raises:
        FormatError: No node or several have this name, or `depth` or `most` is too small.
    """
    network = asked.network
    return draw(network, neighbourhood(network, find_node(network, name), depth=depth, most=most))


def view_query(asked: Asked, sparql: str, *, most: int = 150) -> Picture:
    """Return a picture of the nodes that a SELECT, CONSTRUCT or DESCRIBE query names, in the order of its answer.

    Raises:
        QueryError: The query is malformed or refused.
        FormatError: It names no node, or `most` is below one.
    """
    network = asked.network
    answer = asked.query(sparql)
    if answer.kind == "boolean":
        raise FormatError("The answer is yes or no, which names no nodes. Ask with SELECT, CONSTRUCT or DESCRIBE.")
    return draw(network, selection(network, _texts(answer), most=most))


def view_overview(asked: Asked, *, most: int = 150) -> Picture:
    """Return a picture of topics and providers, joined by the articles they share.

    Raises:
        FormatError: `most` is below one.
    """
    return draw(asked.network, overview(asked.network, most=most))


def _texts(answer: Iterable[object]) -> Iterator[str]:
    """Yield the values of an answer that may be names of nodes: of triples the subjects and objects."""
    for row in answer:
        values = row.values() if isinstance(row, dict) else row[::2] if isinstance(row, tuple) else ()
        yield from (value for value in values if isinstance(value, str))
