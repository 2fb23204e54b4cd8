"""The explorer: one page that shows the whole corpus, offline."""

from __future__ import annotations

from graph.explorer.page import to_explorer
from graph.explorer.payload import Payload, to_payload

__all__ = ["Payload", "to_explorer", "to_payload"]
