"""`article-graph build`: read sources, write the graph, and say what to do next."""

from __future__ import annotations

import contextlib
import os
import shlex
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from graph.commands.engines import ENGINES, build_as_chosen
from graph.commands.opening import DEFAULT_OUT, check_filled
from graph.commands.terminal import show_problems, show_progress
from graph.displays import counted, printable
from graph.errors import GraphError, NoDocumentsError, OutputError
from graph.publishing import FORMATS, is_build, next_steps, notes, summary_line, watch
from graph.publishing.exports import EXPLORER_FILE, PROBLEMS_FILE
from graph.publishing.table_files import PROBLEMS_FOLDER


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", default=DEFAULT_OUT, show_default=True, metavar="DIR", help="Folder to write to.")
@click.option(
    "--base",
    metavar="IRI",
    help="How the IRIs of topics, people and the like begin.  [default: the site's own address]",
)
@click.option("--title", metavar="TEXT", help="Name of the site.  [default: from its own configuration]")
@click.option("--published-only", is_flag=True, help="Leave out articles marked as unpublished.")
@click.option("--git-dates", is_flag=True, help="Take missing dates from the first and last commit of a document.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if the content has any problem.")
@click.option(
    "--format",
    "formats",
    default="all",
    show_default=True,
    metavar="NAMES",
    help=f"Formats to write, separated by commas: {', '.join(FORMATS)}.",
)
@click.option(
    "--views", metavar="FILE", help="Show all readers the views and notes in FILE, as saved by Share in the explorer."
)
@click.option("--evidence", is_flag=True, help="Also write evidence.ttl: where each relation is stated, as RDF 1.2.")
@click.option("--embed", is_flag=True, help="Make the explorer for a frame on another page, without a toolbar.")
@click.option(
    "--sparql-in-page", metavar="FOLDER", help="Let the explorer answer SPARQL: FOLDER is the npm package oxigraph."
)
@click.option("--cache/--no-cache", default=True, help="Reuse what earlier builds read.  [default: cache]")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Use up to N processes, each for at least 750 documents.  [default: one per core, each for at least 5,000]",
)
@click.option("--engine", type=click.Choice(ENGINES), help="Build with Spark or Sail, on many machines.")
@click.option("--master", metavar="URL", help="Address of the engine.  [default: this machine]")
@click.option(
    "--partitions", type=click.IntRange(min=1), metavar="N", help="How many parts an engine divides the work into."
)
@click.option("--watch", "watching", is_flag=True, help="Keep running, and build again whenever a document changes.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def build(
    sources: tuple[str, ...],
    out: str,
    *,
    strict: bool,
    watching: bool,
    quiet: bool,
    **options: Any,  # noqa: ANN401 - the options of `update` by their names
) -> None:
    """Read SOURCE (folders, files, archives) and write the graph.

    Writes graph.ttl, graph.nt, graph.graphml, graph.jsonld, explorer.html, search.sqlite, evidence.data and store/,
    and always records.data, problems.json and info.json; for more than 20,000 articles also explorer.data. Unchanged
    documents are not read again.

    With --engine, writes nodes/*.parquet, edges/*.parquet, triples/*.nt, problems/*.jsonl and info.json instead.
    """
    check_filled(out, *sources)
    is_local = options["engine"] is None
    make = build_as_chosen(options)
    if watching:
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl+C is how it ends, whatever it is doing
            _watch(sources, out, options, quiet=quiet)
        return
    started = time.monotonic()
    listed = str(Path(out) / (PROBLEMS_FILE if is_local else PROBLEMS_FOLDER))
    try:
        with show_progress(shown=not quiet) as progress:
            built = make(sources, out, progress=progress, **options)
    except NoDocumentsError as error:
        _explain(error, sources, out, quiet=quiet)
        raise
    if not quiet:
        show_problems(built.problems, listed)
        click.echo(summary_line(built.info, time.monotonic() - started))
        click.echo(f"written to {out}" if built.is_new else f"nothing has changed since {out} was written")
        if options.get("sparql_in_page") is not None:
            _tell_added(Path(out) / EXPLORER_FILE)
        for line in notes(built.info, base_is_chosen=options["base"] is not None):
            click.echo(printable(line))
        for source in filter(Path(out).resolve().is_relative_to, map(Path.resolve, map(Path, sources))):
            beside = source.parent / Path(out).name
            elsewhere = shlex.quote(str(beside) if Path(out).is_absolute() else os.path.relpath(beside))
            line = f"{out} is inside the source, where the site's generator may publish it. "
            click.echo(printable(f"{line}Write elsewhere with --out {elsewhere}"))
        click.echo()
        for line in next_steps(out, default=DEFAULT_OUT):
            click.echo(printable(line))
    if strict and built.problems:
        if quiet:
            click.echo(f"{counted(len(built.problems), 'problem')}, listed in {listed}", err=True)
        raise SystemExit(1)


def _explain(error: NoDocumentsError, sources: Sequence[str], out: str, *, quiet: bool) -> None:
    """Print the problems of sources without documents, unless the folder to write to, which is not read, holds them.

    Raises:
        OutputError: It is inside a source, and holds something other than a build.
    """
    folder = Path(out).resolve()
    is_inside = any(Path(source).resolve() in folder.parents for source in sources)
    if is_inside and not is_build(out) and folder.is_dir() and any(folder.iterdir()):
        told = f"{out} is not read as a source, because the exports are written there. "
        raise OutputError(told + "Name another folder with --out.")
    if not quiet:
        show_problems(error.problems)


def _tell_added(page: Path) -> None:
    from graph.explorer import added_bytes

    added = added_bytes(page.read_bytes()) if page.exists() else {}
    if added:
        parts = f"the engine {added['engine']:,}, the triples {added['triples']:,}"
        click.echo(printable(f"{page} answers SPARQL, which makes it {sum(added.values()):,} bytes larger: {parts}"))


def _watch(sources: Sequence[str], out: str, options: dict[str, Any], *, quiet: bool) -> None:
    """Build now and after every change; show all problems of the first build, and later only those that are new."""
    known: frozenset[tuple[str, str, str]] | None = None
    began: list[float] = []

    def begin(*_: object) -> None:
        if not began:
            began.append(time.monotonic())

    for built in watch(sources, out, progress=begin, **options):
        seconds = time.monotonic() - began[0] if began else 0.0
        began.clear()
        if isinstance(built, GraphError):
            click.echo(f"article-graph: {printable(built)}", err=True)
        elif not quiet:
            found = {(problem.path, problem.kind, problem.fact): problem for problem in built.problems}
            new = [problem for key, problem in found.items() if key not in (known or ())]
            show_problems(new, str(Path(out) / PROBLEMS_FILE))
            click.echo(summary_line(built.info, seconds))
            if known is None:
                click.echo(f"written to {out}\nNow waiting for changes; Ctrl+C ends.")
            known = frozenset(found)
