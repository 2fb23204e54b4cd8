"""Write docs/cli.md from what the program itself says: `python docs/make_cli.py`."""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from graph.cli import main

HERE = Path(__file__).resolve().parent
BEGINNING = """\
# The command line

The help of every command. This page is written by `make docs`, and a test checks that it is up to date.

Exit status: 0 for success, 1 for problems in the content under `build --strict` and `check`, 2 for a command that
cannot be carried out.
"""
COMMANDS = re.compile(r"^Commands:\n((?: .*\n?)+)", re.MULTILINE)


def help_of(*words: str) -> str:
    """Return the help of `article-graph WORDS...`, 80 columns wide."""
    shown = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with patch.dict(os.environ, COLUMNS="80", NO_COLOR="1"), contextlib.redirect_stdout(shown):
        status = main([*words, "--help"])
    if status:
        message = f"article-graph {' '.join(words)} --help: exit status {status}"
        raise SystemExit(message)
    shown.seek(0)
    return shown.read()


def page() -> str:
    """Return the whole page: the program's help, then that of each command in the program's own order."""
    return "\n".join([BEGINNING, *parts_of()])


def parts_of(*words: str) -> Iterator[str]:
    """Yield the part of a command, and then those of its own commands."""
    title = " ".join(["article-graph", *words])
    shown = help_of(*words)
    yield f"## {title}\n\n```console\n$ {title} --help\n{shown.rstrip()}\n```\n"
    if listed := COMMANDS.search(shown):
        for name in re.findall(r"^  (\S+)", listed[1], re.MULTILINE):
            yield from parts_of(*words, name)


if __name__ == "__main__":
    (HERE / "cli.md").write_text(page(), encoding="utf-8")
