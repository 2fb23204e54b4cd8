"""`article-graph serve`: what it may cost the machine, and where it is to be found."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from graph.commands.opening import DEFAULT_OUT, graph_option
from graph.commands.terminal import show_progress
from graph.errors import GraphError, SourceError
from graph.publishing import is_build, summary_line, update

__all__ = ["serve"]

_SERVED = "nt,html,search,evidence"
_MEGABYTE = 1 << 20


@click.command()
@click.argument("source", required=False)
@graph_option
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 is the whole world."
)
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--watch", "watching", is_flag=True, help="Build SOURCE again whenever a document changes.")
@click.option("--no-cors", is_flag=True, help="Do not let the scripts of other sites read.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="With --no-cors: answer to this name too.")
@click.option(
    "--deadline", default=10.0, show_default=True, type=click.FloatRange(min=0.1), help="Seconds for a query."
)
@click.option("--memory", default=256, show_default=True, type=click.IntRange(min=16), help="Megabytes for a query.")
@click.option("--answer", default=32, show_default=True, type=click.IntRange(min=1), help="Megabytes for an answer.")
@click.option("--workers", default=16, show_default=True, type=click.IntRange(min=1), help="Queries at once.")
@click.option(
    "--share", default=8, show_default=True, type=click.IntRange(min=1), help="Of these, at most for one client."
)
@click.option("--queue", default=64, show_default=True, type=click.IntRange(min=0), help="Queries that wait.")
@click.option(
    "--client",
    default=20.0,
    show_default=True,
    type=click.FloatRange(min=0.1),
    help="Seconds for a client to send a request, or to take some of an answer.",
)
@click.option("--connections", default=1000, show_default=True, type=click.IntRange(min=1), help="Connections at once.")
def serve(  # noqa: PLR0913 - one parameter for each option
    source: str | None,
    exports: str | None,
    *,
    host: str,
    port: int,
    deadline: float,
    memory: int,
    answer: int,
    workers: int,
    share: int,
    queue: int,
    client: float,
    connections: int,
    watching: bool,
    no_cors: bool,
    names: tuple[str, ...],
) -> None:
    """Serve a build, or SOURCE, over HTTP: a SPARQL endpoint, the explorer, and pages.

    A build that replaces the one served is served as soon as it is loaded. Queries only read; each has a process of its
    own, which is killed when it takes too much.
    """
    if source is not None and exports is not None:
        raise click.UsageError("Name either a source or --graph, not both.")
    if watching and (source is None or is_build(source)):
        raise click.UsageError("Name the source to watch. A build that is replaced is always served anew.")
    if not hasattr(os, "fork"):
        message = f"Serving needs to fork processes, which {sys.platform} cannot. Use Linux, macOS or WSL."
        raise GraphError(message)
    try:
        from graph.serving.app import create_app
        from graph.serving.limits import Limits
        from graph.serving.server import run
    except ModuleNotFoundError as error:
        message = f"Serving needs {error.name}, which is not installed. Run: pip install 'article-graph[serve]'"
        raise GraphError(message) from error
    limits = Limits(
        deadline=deadline,
        memory=memory * _MEGABYTE,
        answer=answer * _MEGABYTE,
        workers=workers,
        share=share,
        queue=queue,
        client=client,
        connections=connections,
    )
    with _folder(exports, source, watching=watching) as folder:
        app = create_app(folder, limits, cross_origin=not no_cors, names=names)
        try:
            run(app, host=host, port=port, limits=limits, on_ready=lambda at: click.echo(f"serving at {at}"))
        except KeyboardInterrupt:
            click.echo("stopped")


@contextmanager
def _folder(exports: str | None, source: str | None, *, watching: bool) -> Iterator[str]:
    """Give the folder of a build: the one named, or one made of the source and kept up to date if that is wanted."""
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
    """Build whenever the source changes, in a process of its own, so that answers need not wait for it."""
    command = [
        sys.executable,
        "-m",
        "graph",
        "build",
        source,
        "--out",
        folder,
        "--format",
        _SERVED,
        "--watch",
        "--quiet",
    ]
    try:
        return subprocess.Popen(command, env=os.environ, start_new_session=True)  # noqa: S603 - our own program
    except OSError as error:
        message = f"{source}: cannot be watched ({error.strerror}). Serve it without --watch."
        raise SourceError(message) from error
