"""Sizes from which on things are done in another way."""

from __future__ import annotations

__all__ = ["MOST_WHOLE"]

MOST_WHOLE = 20_000
"""Up to this many articles the explorer is one page with everything in it. Of more, the page carries no excerpts, a
build also writes `explorer.data`, and a server hands out from it what the page needs."""
