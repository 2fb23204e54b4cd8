"""The group of all commands, which imports them when they are needed, and suggests one for an unknown name."""

from __future__ import annotations

import difflib
import importlib
from typing import Any

import click

from graph.commands import COMMANDS
from graph.commands.terminal import close_output

_COMMANDS = {
    "--help": "help",
    "--version": "version",
    "analyze --list": "list questions",
    "analyze articles-per-topic": "topics",
    "analyze duplicates": "copies dedupe",
    "analyze stories": "events",
    "analyze wanted-stubs": "missing stubs wanted",
    "build": "publish update",
    "build --format NAMES": "export",
    "build --format graphml": "gephi",
    "build --watch": "watch",
    "check": "broken lint validate verify",
    "info": "stats status summary",
    "open": "browse explore explorer",
    "push": "load upload",
    "query": "ask sparql",
    "report": "dashboard overview statistics",
    "search": "find",
    "serve": "endpoint server",
    "suggest related": "recommend related",
    "suggest topics": "classify tag",
    "view": "show",
    "view NODE": "neighbours",
    "widget": "backlinks embed",
}
"""Commands, and the names that users may try instead."""


class Commands(click.Group):
    """All commands. A closed pipe is not an error: the reader has seen enough."""

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:  # noqa: ANN401 - as click says
        """Read the command line, which is where help is printed."""
        try:
            return super().make_context(*arguments, **options)
        except BrokenPipeError:
            close_output()
            raise click.exceptions.Exit(0) from None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click says
        """Run a command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            close_output()
            return None

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click says
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as click says
        """Import a command, the only one of its module."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"graph.commands.{cmd_name}")
        return next(value for value in vars(module).values() if isinstance(value, click.Command))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command by name, or suggest the one that was probably meant."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            meant = _command_for(name, self.list_commands(ctx))
            hint = f" Did you mean: article-graph {meant}" if meant else " --help lists the commands."
            ctx.fail(f"No such command {name!r}.{hint}")
        return super().resolve_command(ctx, args)


def _command_for(name: str, commands: list[str]) -> str | None:
    """Return the command, as typed after `article-graph`, that is closest to a name."""
    from graph.analysis import ANALYSES

    meant = {name: command for command, names in _COMMANDS.items() for name in names.split()}
    known = {
        **{analysis: f"analyze {analysis}" for analysis in ANALYSES},
        **meant,
        **dict(zip(commands, commands, strict=True)),
    }
    nearest = difflib.get_close_matches(name.lower().replace("_", "-"), known, n=1, cutoff=0.7)
    return known[nearest[0]] if nearest else None
