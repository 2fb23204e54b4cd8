"""Whether `article-graph build` works in this process or on an engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click
from click.core import ParameterSource

from graph.publishing import Update, open_exports, update

ENGINES = ("spark", "sail")
"""Names of engines; those of `graph.cluster`, which is not loaded for a name."""

_OF_ENGINES = ("base", "title", "published_only")


def build_as_chosen(options: dict[str, Any]) -> Callable[..., Update]:
    """Return the function that builds as the options of the command say, and remove the options that it does not take.

    Raises:
        click.UsageError: Options contradict each other.
    """
    engine, master, partitions = (options.pop(name) for name in ("engine", "master", "partitions"))
    if engine is None:
        if master is not None or partitions is not None:
            option = "--partitions" if master is None else "--master"
            raise click.UsageError(f"{option} needs an engine. Name one with --engine.")
        return update
    context = click.get_current_context()
    for name in options.keys() - set(_OF_ENGINES):
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            option = next(one.opts[0] for one in context.command.params if one.name == name)
            raise click.UsageError(f"{option} cannot be used with --engine. Leave one of them out.")
        del options[name]
    if context.get_parameter_source("watching") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--watch cannot be used with --engine. Leave one of them out.")

    def build(sources: Sequence[str], out: str, **chosen: Any) -> Update:  # noqa: ANN401 - the options of the command
        from graph.cluster import build_with_engine

        info = build_with_engine(sources, out, engine, master, partitions=partitions, **chosen)
        return Update(info.to_dict(), open_exports(out).problems, is_new=True)

    return build
