"""What a page of the explorer is besides its data: whether it is made for frames, and what it keeps for readers."""

from __future__ import annotations

from dataclasses import dataclass

from graph.explorer.kept import Kept

__all__ = ["PLAIN", "PageOptions"]


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How a page is made, whatever it shows."""

    embed: bool = False
    """Whether it is made for a frame of another page: without a toolbar, and transparent."""
    kept: Kept | None = None
    """The views and notes that are shown to all readers."""


PLAIN = PageOptions()
"""A page that is opened by itself."""
