"""The pages of the server: query, search, and a page and data for each node. Facts come only from the workers."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from graph.serving.pages.assets import send_asset
from graph.serving.pages.frame import with_error_page
from graph.serving.pages.node import show_at_itself, show_node
from graph.serving.pages.query import show_query
from graph.serving.pages.search import show_search

__all__ = ["routes"]


def routes() -> list[BaseRoute]:
    """Return the routes of the pages. The last one takes every other path, so they come after all others."""
    return [
        Route("/query", with_error_page(show_query)),
        Route("/search", with_error_page(show_search)),
        Route("/node", with_error_page(show_node)),
        Route("/assets/{name}", send_asset),
        Route("/{path:path}", with_error_page(show_at_itself)),
    ]
