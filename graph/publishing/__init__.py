"""Publishing: the graph as files that other programs and people open."""

from __future__ import annotations

from graph.publishing.exports import Exports, is_build, open_exports
from graph.publishing.formats import FORMATS, check_formats, publish
from graph.publishing.guiding import next_steps, notes
from graph.publishing.report import info_lines, passed_over_line, summary_line
from graph.publishing.updating import Update, update
from graph.publishing.watching import watch

__all__ = [
    "FORMATS",
    "Exports",
    "Update",
    "check_formats",
    "info_lines",
    "is_build",
    "next_steps",
    "notes",
    "open_exports",
    "passed_over_line",
    "publish",
    "summary_line",
    "update",
    "watch",
]
