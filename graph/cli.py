"""The command line: each command parses, makes one library call, and prints."""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

import graph as library
from graph.errors import FormatError, GraphError, SourceError
from graph.publishing import FORMATS, Exports, check_formats, info_lines, open_exports, summary_line
from graph.publishing.exports import is_build

if TYPE_CHECKING:
    from graph.knowledge import KnowledgeGraph
    from graph.reading import Progress
    from graph.store import Answer

__all__ = ["main"]

_DEFAULT_OUT = "exports"
_UNBOUNDED = 1_000_000
_ROWS_SHOWN = 20
_GRAPH_OPTION = click.option(
    "--graph", "exports", metavar="DIR", help=f"Folder that a build wrote.  [default: {_DEFAULT_OUT}]"
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(library.__version__, prog_name="article-graph")
def _commands() -> None:
    """Turn a folder of articles into a knowledge graph of articles, topics and providers."""


@_commands.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", default=_DEFAULT_OUT, show_default=True, metavar="DIR", help="Folder to write to.")
@click.option("--base", metavar="IRI", help="What minted IRIs begin with.  [default: the site's own address]")
@click.option("--published-only", is_flag=True, help="Leave out articles that say they are unpublished.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if the content has any problem.")
@click.option(
    "--format", "formats", default="all", show_default=True, metavar="NAMES", help=f"Of {', '.join(FORMATS)}; or all."
)
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def build(
    sources: tuple[str, ...],
    out: str,
    base: str | None,
    formats: str,
    *,
    published_only: bool,
    strict: bool,
    quiet: bool,
) -> None:
    """Read SOURCE (folders, files, archives) and write the graph.

    Writes graph.ttl, graph.nt, graph.graphml, graph.jsonld and explorer.html, and always problems.json and info.json.
    """
    check_formats(formats)
    started = time.monotonic()
    with _progress(shown=not quiet) as progress:
        knowledge = library.build(sources, base=base, published_only=published_only, progress=progress)
        library.publish(knowledge, out, formats=formats, progress=progress)
    problems = len(knowledge.problems)
    if not quiet:
        _print_problems(knowledge, Path(out))
        click.echo(summary_line(knowledge.info(), time.monotonic() - started))
        click.echo(f"written to {out}")
    if strict and problems:
        if quiet:
            click.echo(f"{problems:,} problems, listed in {Path(out) / 'problems.json'}", err=True)
        raise SystemExit(1)


@_commands.command()
@click.argument("words", nargs=-1, metavar="[SOURCE] [QUERY | -]")
@_GRAPH_OPTION
@click.option("-f", "--file", "file", metavar="FILE", help="Read the query from a file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "ttl", "nt"]),
    help="[default: table, or ttl for CONSTRUCT and DESCRIBE]",
)
def query(words: tuple[str, ...], exports: str | None, file: str | None, form: str | None) -> None:
    """Ask a SPARQL query of a build, or straight of SOURCE.

    QUERY is the text of the query, or - to read it from standard input. The prefixes schema:, skos:, dcterms:, prov:,
    rdf:, xsd: and ag: are declared already.
    """
    most = 1 if file else 2
    if len(words) > most or (not words and not file):
        raise click.UsageError("Give one query: as text, as -f FILE, or as - for standard input.")
    text = _query_text(file, None if file else words[-1])
    source = words[0] if len(words) == most else None
    _print_answer(_opened(exports, source).query(text), form)


@_commands.command()
@click.argument("source", required=False)
@_GRAPH_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def info(source: str | None, exports: str | None, *, as_json: bool) -> None:
    """Tell what a build, or SOURCE, holds: counts, dates, top topics and providers, problems."""
    opened = _opened(exports, source)
    numbers = dict(opened.numbers) if isinstance(opened, Exports) else opened.info().to_dict()
    numbers.pop("exports", None)
    if as_json:
        click.echo(json.dumps(numbers, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(info_lines(numbers)))


@_commands.command()
@click.argument("name", required=False)
@click.argument("source", required=False)
@_GRAPH_OPTION
@click.option(
    "--limit", type=click.IntRange(min=1), help="Show at most so many rows.  [default: 20 in a table, else all]"
)
@click.option("--from", "start", metavar="NODE", help="Where a path begins: an IRI or a label.")
@click.option("--to", "end", metavar="NODE", help="Where a path ends: an IRI or a label.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--list", "listed", is_flag=True, help="List the analyses and exit.")
def analyze(  # noqa: PLR0913 - one parameter for each option
    name: str | None,
    source: str | None,
    exports: str | None,
    limit: int | None,
    start: str | None,
    end: str | None,
    form: str,
    *,
    listed: bool,
) -> None:
    """Answer the question NAME about a build, or about SOURCE."""
    from graph.analysis import ANALYSES, find_analysis, to_objects, to_table

    if listed:
        width = max(map(len, ANALYSES))
        click.echo("\n".join(f"{known:<{width}}  {analysis.summary}" for known, analysis in ANALYSES.items()))
        return
    if name is None:
        raise click.UsageError("Name an analysis; --list names them.")
    analysis = find_analysis(name)
    if limit is None and form == "table":
        limit = _ROWS_SHOWN
    rows = analysis.run(_opened(exports, source).network, limit=limit, source=start, target=end)
    if form == "json":
        click.echo(json.dumps(to_objects(rows), ensure_ascii=False, indent=1))
        return
    headers, cells = to_table(rows, analysis.row_type)
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(headers)
        writer.writerows(cells)
    else:
        _print_table(headers, cells)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 problems under `--strict`, 2 misuse."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        _commands.main(args=arguments, prog_name="article-graph", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except GraphError as error:
        click.echo(f"article-graph: {error}", err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("article-graph: interrupted", err=True)
        return 130
    except SystemExit as ending:
        return int(ending.code or 0)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _opened(exports: str | None, source: str | None) -> KnowledgeGraph | Exports:
    """Return what to ask: the source named, or the build in a folder."""
    if source is not None and exports is not None:
        raise click.UsageError("Name either a source or --graph, not both.")
    if source is None:
        return open_exports(exports or _DEFAULT_OUT)
    if is_build(source):
        return open_exports(source)
    with _progress(shown=True) as progress:
        return library.build(source, progress=progress)


def _query_text(file: str | None, text: str | None) -> str:
    if file is None and text != "-":
        return text or ""
    try:
        if file is None or file == "-":
            return sys.stdin.read()
        return Path(file).read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"{file}: cannot be read ({error.strerror}). Name a file that holds a query."
        raise SourceError(message) from error
    except UnicodeDecodeError as error:
        message = f"{file or 'standard input'}: is not UTF-8 text. Save the query as UTF-8."
        raise FormatError(message) from error


def _print_answer(answer: Answer, form: str | None) -> None:
    if form is None:
        form = "ttl" if answer.kind == "triples" else "table"
    stream: IO[bytes] = sys.stdout.buffer
    if form != "table":
        answer.write(form, stream)
        if form == "json":
            stream.write(b"\n")
        stream.flush()
    elif answer.kind == "boolean":
        click.echo("yes" if answer else "no")
    elif answer.kind == "table":
        rows = [["" if value is None else value for value in row.values()] for row in answer if isinstance(row, dict)]
        _print_table(answer.variables, rows)
    else:
        _print_table(("subject", "predicate", "object"), [row for row in answer if isinstance(row, tuple)])


def _print_table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
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
        table.add_row(*(Text(_printable(cell)) for cell in row))
    console.print(table)
    click.echo(f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}")


def _printable(cell: object) -> str:
    """Return a cell as text that cannot steer a terminal."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.4g}"
    return "".join(character if character.isprintable() else " " for character in str(cell))


def _print_problems(knowledge: KnowledgeGraph, out: Path) -> None:
    """Print the first problems, one line each, to standard error."""
    shown = knowledge.problems[:_ROWS_SHOWN]
    for problem in shown:
        click.echo(_printable(problem), err=True)
    if len(knowledge.problems) > len(shown):
        click.echo(f"... and {len(knowledge.problems) - len(shown):,} more in {out / 'problems.json'}", err=True)


@contextmanager
def _progress(*, shown: bool) -> Iterator[Progress | None]:
    """Show a progress bar on a terminal, and nothing anywhere else."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield _updating(lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total))


def _updating(update: Callable[[str, int, int | None], None]) -> Progress:
    return update
