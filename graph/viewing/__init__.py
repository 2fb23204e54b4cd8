"""Views of a part of a graph: nodes are chosen, cut out, and shown as an explorer page or with pyvis."""

from __future__ import annotations

from graph.viewing.choosing import Choice, best_connected, neighbourhood, overview, selection
from graph.viewing.part import cut
from graph.viewing.pyvis_network import to_pyvis, to_pyvis_page
from graph.viewing.small_view import SmallView, choose, choose_node, choose_query, to_small_view, view

__all__ = [
    "Choice",
    "SmallView",
    "best_connected",
    "choose",
    "choose_node",
    "choose_query",
    "cut",
    "neighbourhood",
    "overview",
    "selection",
    "to_pyvis",
    "to_pyvis_page",
    "to_small_view",
    "view",
]
