"""Writes edits of documents, or shows them as a patch, and reports those that are refused."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from graph.displays import printable

if TYPE_CHECKING:
    from graph.editing import Edit, Refused

uncommitted_option = click.option(
    "--allow-uncommitted",
    is_flag=True,
    help="Also change documents that differ from the last commit of their Git repository.",
)
"""The option that lets documents with uncommitted changes be changed."""


def carry_out(
    edits: Iterable[Edit], refused: Iterable[Refused] = (), *, write: bool, allow_uncommitted: bool
) -> tuple[int, int]:
    """Write changed documents, or print a patch; report those refused, and return how many are changed and refused.

    Raises:
        OutputError: A document cannot be written.
    """
    from graph.editing import apply, changes_of, patch_of

    changes, more = changes_of(edits, allow_uncommitted=allow_uncommitted)
    unchanged = [*refused, *more]
    late = list(apply(changes)) if write else []
    if not write:
        is_shown = sys.stdout.isatty()
        for change in changes:
            patch = patch_of(change)
            click.echo("\n".join(map(printable, patch.split("\n"))) if is_shown else patch, nl=False)
    unchanged += late
    for one in unchanged:
        click.echo(f"{printable(one.path)}: not changed: {printable(one.reason)}", err=True)
    return len(changes) - len(late), len(unchanged)
