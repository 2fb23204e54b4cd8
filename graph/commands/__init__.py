"""The commands of the command line, a module each, and what they share."""

from __future__ import annotations

from graph.commands.analyze import analyze
from graph.commands.build import build
from graph.commands.fields import fields
from graph.commands.info import info
from graph.commands.open import open_explorer
from graph.commands.push import push
from graph.commands.query import query
from graph.commands.search import search
from graph.commands.serve import serve
from graph.commands.suggest import suggest
from graph.commands.view import view

__all__ = ["COMMANDS"]

COMMANDS = (analyze, build, fields, info, open_explorer, push, query, search, serve, suggest, view)
"""All commands."""
