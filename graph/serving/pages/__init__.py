"""The pages of the server: asking, searching, and a page and data for each node. Facts come from the workers only."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from graph.serving.pages.assets import send_asset
from graph.serving.pages.frame import told
from graph.serving.pages.node import show_at_itself, show_node
from graph.serving.pages.query import show_query
from graph.serving.pages.search import Searching

__all__ = ["routes"]


def routes() -> list[BaseRoute]:
    """Return where the pages are. The last one takes every other path, so these routes come after all others."""
    return [
        Route("/query", told(show_query)),
        Route("/search", told(Searching().show)),
        Route("/node", told(show_node)),
        Route("/assets/{name}", send_asset),
        Route("/{path:path}", told(show_at_itself)),
    ]
