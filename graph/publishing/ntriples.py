"""N-Triples: one triple in each line, for programs that read a stream."""

from __future__ import annotations

from graph.knowledge import KnowledgeGraph
from graph.publishing.serialization import Serialization
from graph.views import describe_in_ntriples


def write_ntriples(knowledge: KnowledgeGraph) -> Serialization:
    """Return the graph as N-Triples, sorted by subject."""
    return Serialization(knowledge.truth, describe_in_ntriples, "<")
