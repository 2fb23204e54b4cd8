"""Full-text search in the names, summaries and neighbours of nodes."""

from __future__ import annotations

from graph.search.asking import Found, Highlighted, Match, SearchIndex, to_object
from graph.search.indexing import to_index, write_index
from graph.search.name_search import Meant
from graph.search.ranking import RANKING
from graph.search.revising import revise_index

__all__ = [
    "RANKING",
    "Found",
    "Highlighted",
    "Match",
    "Meant",
    "SearchIndex",
    "revise_index",
    "to_index",
    "to_object",
    "write_index",
]
