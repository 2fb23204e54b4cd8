"""What a person wants to see, a node by any of its names or what a query finds, as an explorer page of that part."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from graph.analysis.lookup import find_node
from graph.errors import FormatError
from graph.explorer import Part, to_explorer
from graph.viewing.choosing import Choice, neighbourhood, overview, selection
from graph.viewing.part import cut
from graph.views import Network
from graph.vocabulary import NO_VOCABULARY, Vocabulary
from graph.writing import write_text

if TYPE_CHECKING:
    from graph.knowledge import KnowledgeGraph

_QUERY = re.compile(r"(?:\s|#[^\n]*\n)*(?:PREFIX|BASE|SELECT|CONSTRUCT|DESCRIBE|ASK)\b", re.IGNORECASE)
_HEIGHT = 640
"""Pixels of a view in a notebook."""


@dataclass(frozen=True, slots=True)
class SmallView:
    """A part of a knowledge graph as a page, which notebooks display."""

    html: str = field(repr=False)
    """The page, which loads nothing."""
    nodes: tuple[str, ...]
    """The IRIs shown, sorted."""
    found: int
    """How many nodes there are without the limit."""

    def _repr_html_(self) -> str:
        """Return the page in a frame, so that its scripts cannot reach the notebook."""
        page = html.escape(self.html, quote=True)
        return (
            f'<iframe title="Part of a knowledge graph" width="100%" height="{_HEIGHT}" frameborder="0" '
            f'sandbox="allow-scripts allow-popups allow-downloads" srcdoc="{page}"></iframe>'
        )

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the page as UTF-8; readers of the path see the whole old file or the whole new one.

        Raises:
            OutputError: The file cannot be written.
        """
        write_text(Path(path), [self.html])


def view(knowledge: KnowledgeGraph, what: str | None = None, *, depth: int = 1, most: int = 150) -> SmallView:
    """Return a view of a node and its neighbours, of the nodes that a query finds, or of topics and providers.

    Raises:
        FormatError, NoSuchNodeError, QueryError: As for `choose`.
    """
    choice = overview(knowledge.network, most=most) if what is None else choose(knowledge, what, depth=depth, most=most)
    return to_small_view(knowledge.network, choice, base=knowledge.base, vocabulary=knowledge.vocabulary)


def choose(knowledge: KnowledgeGraph, what: str, *, depth: int = 1, most: int = 150) -> Choice:
    """Return a named node and the nodes within `depth` steps of it, or the nodes that a query finds.

    Raises:
        NoSuchNodeError: No node or several have this name, or the query finds none.
        FormatError: `depth` or `most` is too small, or the answer is yes or no.
        QueryError: The query is malformed or refused.
    """
    if what in knowledge.network or not _is_query(what):
        return choose_node(knowledge, what, depth=depth, most=most)
    return choose_query(knowledge, what, most=most)


def choose_node(knowledge: KnowledgeGraph, name: str, *, depth: int = 1, most: int = 150) -> Choice:
    """Return a node, named as in `find_node`, and the nodes within `depth` steps of it.

    Raises:
        NoSuchNodeError: No node or several have this name.
        FormatError: `depth` or `most` is too small.
    """
    return neighbourhood(knowledge.network, find_node(knowledge.network, name), depth=depth, most=most)


def choose_query(knowledge: KnowledgeGraph, sparql: str, *, most: int = 150) -> Choice:
    """Return the nodes that a SELECT, CONSTRUCT or DESCRIBE query finds, in the order of its answer.

    Raises:
        QueryError: The query is malformed or refused.
        NoSuchNodeError: It finds no node.
        FormatError: `most` is below one, or the answer is yes or no.
    """
    answer = knowledge.query(sparql)
    if answer.kind == "boolean":
        raise FormatError("The answer is yes or no, and not nodes. Use SELECT, CONSTRUCT or DESCRIBE.")
    return selection(knowledge.network, _texts(answer), most=most)


def to_small_view(network: Network, choice: Choice, *, base: str, vocabulary: Vocabulary = NO_VOCABULARY) -> SmallView:
    """Return some nodes of a network as a page. The same nodes give the same page."""
    part = cut(network, choice.nodes, base=base, title=choice.title, vocabulary=vocabulary)
    shown = network.subgraph(choice.nodes)
    beyond = {node: int(network.degree(node)) - int(shown.degree(node)) for node in choice.nodes}
    said = Part(choice.summary, selected=choice.centre, steps=choice.steps, beyond=beyond)
    page = to_explorer(part, title=choice.title, part=said)
    return SmallView(html=page, nodes=choice.nodes, found=choice.found)


def _is_query(text: str) -> bool:
    """Return whether a text is a SPARQL query rather than a name."""
    return bool(_QUERY.match(text)) and any(sign in text for sign in "{<:")


def _texts(answer: Iterable[object]) -> Iterator[str]:
    """Yield the values of an answer that may be IRIs of nodes; of triples, the subjects and objects."""
    for row in answer:
        values = row.values() if isinstance(row, dict) else row[::2] if isinstance(row, tuple) else ()
        yield from (value for value in values if isinstance(value, str))
