"""The graph as arrays of numbers, and the measures that analyses, the map, the page and the server share."""

from __future__ import annotations

from graph.structure.arrays import RELATION_NAMES, Floats, Ints, Structure, distinct, structure_of

__all__ = ["RELATION_NAMES", "Floats", "Ints", "Structure", "distinct", "structure_of"]
