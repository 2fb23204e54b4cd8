"""The graph as arrays of numbers, and the measures that analyses, the map, the page and the server share."""

from __future__ import annotations

from graph.structure.arrays import RELATION_NAMES, Floats, Ints, Structure, distinct, structure_of
from graph.structure.communities import Communities, find_communities
from graph.structure.standing import page_rank

__all__ = [
    "RELATION_NAMES",
    "Communities",
    "Floats",
    "Ints",
    "Structure",
    "distinct",
    "find_communities",
    "page_rank",
    "structure_of",
]
