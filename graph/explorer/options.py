"""What a page of the explorer is besides its data: whether it is made for frames, and whether it answers queries."""

from __future__ import annotations

from dataclasses import dataclass

from graph.explorer.engine import Engine

__all__ = ["PLAIN", "PageOptions"]


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How a page is made, whatever it shows."""

    embed: bool = False
    """Whether it is made for a frame of another page: without a toolbar, and transparent."""
    engine: Engine | None = None
    """The engine with which it answers queries in SPARQL by itself."""


PLAIN = PageOptions()
"""A page that is opened by itself."""
