"""`article-graph serve`: serve a build or a source over HTTP, within limits."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from graph.commands.opening import DEFAULT_OUT, check_names, graph_option
from graph.commands.terminal import show_progress
from graph.errors import GraphError, SourceError
from graph.publishing import is_build, summary_line, update

_SERVED = "nt,html,search,evidence"
_MEGABYTE = 1 << 20


@click.command()
@click.argument("source", required=False)
@graph_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all networks.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--watch", "watching", is_flag=True, help="Build SOURCE again whenever a document changes.")
@click.option("--no-cors", is_flag=True, help="Do not let scripts of other sites read the data.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="With --no-cors, also answer to this name.")
@click.option(
    "--deadline", default=10.0, show_default=True, type=click.FloatRange(min=0.1), help="Seconds for a query."
)
@click.option("--memory", default=256, show_default=True, type=click.IntRange(min=16), help="Megabytes for a query.")
@click.option("--answer", default=32, show_default=True, type=click.IntRange(min=1), help="Megabytes for an answer.")
@click.option("--workers", default=16, show_default=True, type=click.IntRange(min=1), help="Queries at once.")
@click.option(
    "--share", default=8, show_default=True, type=click.IntRange(min=1), help="Queries of one client at once."
)
@click.option("--queue", default=64, show_default=True, type=click.IntRange(min=0), help="Queries that may wait.")
@click.option(
    "--client",
    default=20.0,
    show_default=True,
    type=click.FloatRange(min=0.1),
    help="Seconds for a client to send a request, or to read part of an answer.",
)
@click.option("--connections", default=1000, show_default=True, type=click.IntRange(min=1), help="Connections at once.")
def serve(
    source: str | None,
    exports: str | None,
    *,
    host: str,
    port: int,
    watching: bool,
    no_cors: bool,
    names: tuple[str, ...],
    **limits: Any,  # noqa: ANN401 - fields of `Limits` by their names
) -> None:
    """Serve a build, or SOURCE, over HTTP.

    It offers a SPARQL endpoint, the explorer, and pages. When the build is replaced, the new one is served as soon as
    it is loaded. Queries are read-only; each runs in its own process, which is killed when it exceeds a limit.
    """
    check_names(exports, source)
    if watching and (source is None or is_build(source)):
        raise click.UsageError("Name the source to watch. A build is always reloaded when it is replaced.")
    if not hasattr(os, "fork"):
        raise GraphError(f"Serving needs to fork processes, which {sys.platform} cannot. Use Linux, macOS or WSL.")
    try:
        from graph.serving.app import create_app
        from graph.serving.limits import Limits
        from graph.serving.server import run
    except ModuleNotFoundError as error:
        message = f"Serving needs {error.name}, which is not installed. Run: pip install 'article-graph[serve]'"
        raise GraphError(message) from error
    chosen = Limits(**{**limits, **{name: limits[name] * _MEGABYTE for name in ("memory", "answer")}})
    with _folder(exports, source, watching=watching) as folder:
        app = create_app(folder, chosen, cross_origin=not no_cors, names=names)
        try:
            run(app, host=host, port=port, limits=chosen, on_ready=lambda at: click.echo(f"serving at {at}"))
        except KeyboardInterrupt:
            click.echo("stopped")


@contextmanager
def _folder(exports: str | None, source: str | None, *, watching: bool) -> Iterator[str]:
    """Yield the folder of a build: the one named, or a temporary one built from the source."""
    if source is None or is_build(source):
        yield source or exports or DEFAULT_OUT
        return
    with tempfile.TemporaryDirectory(prefix="article-graph-") as folder:
        started = time.monotonic()
        with show_progress() as progress:
            built = update([source], folder, formats=_SERVED, progress=progress)
        click.echo(summary_line(built.info, time.monotonic() - started))
        builder = _start_building(source, folder) if watching else None
        try:
            yield folder
        finally:
            if builder is not None:
                builder.terminate()
                builder.wait()


def _start_building(source: str, folder: str) -> subprocess.Popen[bytes]:
    """Rebuild on every change in another process, so that answers do not wait for it."""
    options = ["--out", folder, "--format", _SERVED, "--watch", "--quiet"]
    try:
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "graph", "build", source, *options], start_new_session=True
        )
    except OSError as error:
        raise SourceError(f"{source}: cannot be watched ({error.strerror}). Serve it without --watch.") from error
