"""The command line."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Sequence

import click

import graph as library
from graph.commands.suggesting import Commands
from graph.commands.terminal import close_output, open_streams
from graph.displays import printable
from graph.errors import GraphError

_BETWEEN_COLLECTIONS = 500_000
"""How many new objects start the garbage collector: there are many records, and they hold no cycles."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(library.__version__, prog_name="article-graph")
def _commands() -> None:
    """Turn a folder of articles into a knowledge graph of articles, topics and providers."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 for success, 1 for problems (`--strict`, `check`), 2 for misuse."""
    open_streams()
    gc.set_threshold(_BETWEEN_COLLECTIONS, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)  # the exit frees all memory, so a search for cycles would be wasted
    try:
        _commands.main(args=arguments, prog_name="article-graph", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return 2
    except GraphError as error:
        click.echo(f"article-graph: {printable(error)}", err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("article-graph: interrupted", err=True)
        return 130
    except SystemExit as ending:
        return int(ending.code or 0)
    except BrokenPipeError:
        close_output()
    except OSError as error:
        close_output()
        click.echo(f"article-graph: standard output cannot be written ({error.strerror or error}).", err=True)
        return 2
    return 0
