"""The explorer: one page that shows the whole corpus, offline."""

from __future__ import annotations

from graph.explorer.chunks import Chunks, number_nodes, to_chunks
from graph.explorer.page import read_payload, to_explorer, to_fed_explorer
from graph.explorer.payload import Payload, to_payload

__all__ = [
    "Chunks",
    "Payload",
    "number_nodes",
    "read_payload",
    "to_chunks",
    "to_explorer",
    "to_fed_explorer",
    "to_payload",
]
