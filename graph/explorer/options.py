"""Options of an explorer page besides its data: for frames, able to answer queries, with views to show."""

from __future__ import annotations

import msgspec

from graph.explorer.kept import Kept
from graph.explorer.query_engine import Engine


class PageOptions(msgspec.Struct, frozen=True):
    """How a page is made, whatever it shows."""

    embed: bool = False
    """Whether it is made for a frame of another page: without a toolbar, and transparent."""
    engine: Engine | None = None
    """The engine with which it answers queries in SPARQL by itself."""
    kept: Kept | None = None
    """The views and notes that are shown to all readers."""


PLAIN = PageOptions()
"""A page that is opened by itself."""
