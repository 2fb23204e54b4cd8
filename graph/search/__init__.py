"""Full-text search: nodes found by words in their names, summaries and what they are linked to, best first."""

from __future__ import annotations

from graph.search.asking import Found, Highlighted, Match, SearchIndex, to_object
from graph.search.indexing import to_index, write_index
from graph.search.names import Meant, Named
from graph.search.ranking import RANKING

__all__ = [
    "RANKING",
    "Found",
    "Highlighted",
    "Match",
    "Meant",
    "Named",
    "SearchIndex",
    "to_index",
    "to_object",
    "write_index",
]
