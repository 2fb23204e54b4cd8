"""The widget for the pages of a static site: one script, and a small file of data for each article."""

from __future__ import annotations

from graph.widget.addresses import page_key
from graph.widget.contents import MOST_NODES
from graph.widget.files import SCRIPT_FILE, Widget, write_widget

__all__ = ["MOST_NODES", "SCRIPT_FILE", "Widget", "page_key", "write_widget"]
