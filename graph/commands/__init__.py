"""The commands of the command line, one module each, and what they share."""

from __future__ import annotations

__all__ = ["COMMANDS"]

COMMANDS = (
    "analyze",
    "build",
    "check",
    "diff",
    "fields",
    "info",
    "open",
    "push",
    "query",
    "report",
    "search",
    "serve",
    "suggest",
    "view",
    "widget",
)
"""The names of all commands; the module of each is imported when it is needed."""
