"""Output for a terminal: problems, progress, and text without control sequences."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from graph.displays import printable
from graph.errors import Problem

if TYPE_CHECKING:
    from graph.reading import Progress

MOST_PRINTED = 20
"""Rows shown by default."""


def open_streams() -> None:
    """Make standard output and standard error UTF-8, whatever the locale; replace those that are closed."""
    for name in ("stdout", "stderr"):
        if (stream := getattr(sys, name)) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - open to the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def close_output() -> None:
    """Discard further standard output, after its reader has gone or its disk is full."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def show_json(value: object) -> None:
    """Print a value as JSON, for programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def show_problems(problems: Sequence[Problem], all_of_them: str = "") -> None:
    """Print the first problems to standard error, one line each, and the file that lists the rest, if any."""
    for problem in problems[:MOST_PRINTED]:
        click.echo(printable(problem), err=True)
    if len(problems) > MOST_PRINTED:
        where = f" in {all_of_them}" if all_of_them else ""
        click.echo(f"... and {len(problems) - MOST_PRINTED:,} more{where}", err=True)


@contextlib.contextmanager
def show_progress(*, shown: bool = True) -> Iterator[Progress | None]:
    """Show stage, count and rate, if standard error is a terminal."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rate="")
        stage_shown = ""

        def step(stage: str, done: int, total: int | None) -> None:
            nonlocal stage_shown
            if stage != stage_shown:
                stage_shown = stage
                bar.reset(task, description=stage, total=total, rate="")
            speed = bar.tasks[0].speed
            bar.update(task, completed=done, total=total, rate=f"{speed:,.0f}/s" if speed else "")

        yield step
