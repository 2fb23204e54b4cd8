"""N-Triples: one triple a line, for programs that stream."""

from __future__ import annotations

from collections.abc import Iterator

from graph.knowledge import KnowledgeGraph
from graph.views import to_ntriples

__all__ = ["write_ntriples"]


def write_ntriples(knowledge: KnowledgeGraph) -> Iterator[str]:
    """Yield the graph as N-Triples, sorted by subject."""
    return to_ntriples(knowledge.truth)
