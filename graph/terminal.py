"""What a person sees in a terminal: tables, problems and progress, never the terminal's own control sequences."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from graph.errors import Problem
from graph.reading import Progress

__all__ = ["MOST_ROWS", "printable", "show_problems", "show_progress", "show_table"]

MOST_ROWS = 20
"""How many rows are shown where nobody says how many."""

_UNBOUNDED = 1_000_000


def printable(cell: object) -> str:
    """Return a value as text that cannot steer a terminal: nothing for `None`, `yes` and `no` for booleans."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.4g}"
    return "".join(character if character.isprintable() else " " for character in str(cell))


def show_table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their headers, folded to the width of a terminal, and whole into a pipe or file."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=False, width=None if sys.stdout.isatty() else _UNBOUNDED)
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for position, header in enumerate(headers):
        numbers = bool(rows) and all(isinstance(row[position], int | float) for row in rows)
        table.add_column(Text(header), justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console.print(table)
    click.echo(f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}")


def show_problems(problems: Sequence[Problem], all_of_them: str) -> None:
    """Print the first problems to standard error, one line each, and where the rest are listed."""
    for problem in problems[:MOST_ROWS]:
        click.echo(printable(problem), err=True)
    if len(problems) > MOST_ROWS:
        click.echo(f"... and {len(problems) - MOST_ROWS:,} more in {all_of_them}", err=True)


@contextmanager
def show_progress(*, shown: bool = True) -> Iterator[Progress | None]:
    """Show stage, count and rate on a terminal, and nothing anywhere else."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
    )
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
