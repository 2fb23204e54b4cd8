"""The command line: each command parses, makes one library call, and prints."""

from __future__ import annotations

import csv
import itertools
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

import graph as library
from graph.build_command import build
from graph.errors import FormatError, GraphError, SourceError
from graph.fields_command import fields
from graph.open_command import open_explorer
from graph.opening import DEFAULT_OUT, opened
from graph.publishing import info_lines
from graph.push_command import push
from graph.search import to_object
from graph.serve_command import serve
from graph.suggesting import Commands
from graph.tables import show_records, show_table
from graph.terminal import (
    MOST_ROWS,
    close_output,
    open_streams,
    printable,
)
from graph.view_command import view

if TYPE_CHECKING:
    from graph.store import Answer

__all__ = ["main"]

_GRAPH_OPTION = click.option(
    "--graph", "exports", metavar="DIR", help=f"Folder that a build wrote.  [default: {DEFAULT_OUT}]"
)


_IRI_OPTION = click.option("--iri", "iris", is_flag=True, help="Show the IRIs too, in a table.")
_MOST_ANSWERS = 100
"""How many rows of an answer a table shows."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(library.__version__, prog_name="article-graph")
def _commands() -> None:
    """Turn a folder of articles into a knowledge graph of articles, topics and providers."""


@_commands.command()
@click.argument("words", nargs=-1, metavar="[SOURCE] [QUERY | -]")
@_GRAPH_OPTION
@click.option("--endpoint", metavar="URL", help="Ask a SPARQL endpoint instead.")
@click.option("-f", "--file", "file", metavar="FILE", help="Read the query from a file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "ttl", "nt"]),
    help="[default: table, or ttl for CONSTRUCT and DESCRIBE]",
)
def query(
    words: tuple[str, ...], exports: str | None, endpoint: str | None, file: str | None, form: str | None
) -> None:
    """Ask a SPARQL query of a build, or straight of SOURCE.

    QUERY is the text of the query, or - to read it from standard input. The prefixes schema:, skos:, dcterms:, prov:,
    rdf:, rdfs:, xsd: and ag: are declared already. What an endpoint wants to know of who asks is taken from the
    environment: ARTICLE_GRAPH_ENDPOINT_USER and ARTICLE_GRAPH_ENDPOINT_PASSWORD, or ARTICLE_GRAPH_ENDPOINT_TOKEN.
    A table shows the first 100 rows and the days of times; the other formats give everything.
    """
    most = 1 if file else 2
    if len(words) > most or (not words and not file):
        raise click.UsageError("Give one query: as text, as -f FILE, or as - for standard input.")
    text = _query_text(file, None if file else words[-1])
    source = words[0] if len(words) == most else None
    if endpoint is None:
        _print_answer(opened(exports, source).query(text), form)
        return
    if source is not None or exports is not None:
        raise click.UsageError("Name either a source, --graph or --endpoint.")
    from graph.store import Remote

    _print_answer(Remote(endpoint).query(text), form)


@_commands.command()
@click.argument("source", required=False)
@_GRAPH_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def info(source: str | None, exports: str | None, *, as_json: bool) -> None:
    """Tell what a build, or SOURCE, holds: counts, dates, top topics and providers, what documents state, problems."""
    numbers = opened(exports, source).info().to_dict()
    if as_json:
        click.echo(json.dumps(numbers, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(map(printable, info_lines(numbers))))


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
@_IRI_OPTION
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
    iris: bool,
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
    is_cut = limit is None and form == "table"
    most = MOST_ROWS + 1 if is_cut else limit  # one more tells whether there are more
    network = opened(exports, source).network
    rows = analysis.run(network, limit=most, source=start, target=end)
    if note := analysis.lacks(network):
        click.echo(note, err=True)
    if form == "json":
        click.echo(json.dumps(to_objects(rows), ensure_ascii=False, indent=1))
        return
    is_cut = is_cut and len(rows) > MOST_ROWS
    headers, cells = to_table(rows[:MOST_ROWS] if is_cut else rows, analysis.row_type)
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(headers)
        writer.writerows(cells)
    else:
        count = f"the first {MOST_ROWS} rows; --limit shows more" if is_cut else ""
        show_records(headers, cells, count, iris=iris)


@_commands.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS... [SOURCE]")
@_GRAPH_OPTION
@click.option("--kind", type=click.Choice(["article", "provider", "topic", "person"]), help="Find only these.")
@click.option("--limit", type=click.IntRange(min=1), default=MOST_ROWS, show_default=True, help="Show at most so many.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@_IRI_OPTION
def search(words: tuple[str, ...], exports: str | None, kind: str | None, limit: int, form: str, *, iris: bool) -> None:
    """Find articles, topics, providers and people by WORDS, the best first.

    All words, or words that begin so, must occur in a node's names, its summary or the names of what it is linked to;
    accents and case do not matter, and in a word that occurs nowhere a typo or two is tolerated. Of several words the
    last may name a SOURCE to search instead of a build.
    """
    source = words[-1] if len(words) > 1 and exports is None and os.path.exists(words[-1]) else None  # noqa: PTH110 - a word may be too long for a Path
    wanted = " ".join(words[:-1] if source else words)
    found = opened(exports, source).search_index.find(wanted, kind=kind, limit=limit)
    if form == "json":
        click.echo(json.dumps(to_object(found), ensure_ascii=False, indent=1))
        return
    headers = ("kind", "label", "provider", "published_at", "iri")
    rows = [[getattr(match, name) for name in headers] for match in found.matches]
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(headers)
        writer.writerows(rows)
        return
    show_records(headers, rows, iris=iris)
    if found.guessed and found.total:
        click.echo("No exact match; these names are similar.")
    elif not found.every_word and found.total:
        click.echo("Nothing holds every word; these hold some of them.")
    if found.total > len(found.matches):
        click.echo(f"of {found.total:,} found; --limit shows more")


_commands.add_command(build)
_commands.add_command(fields)
_commands.add_command(open_explorer)
_commands.add_command(push)
_commands.add_command(serve)
_commands.add_command(view)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 problems under `--strict`, 2 misuse."""
    open_streams()
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


def _query_text(file: str | None, text: str | None) -> str:
    """Return a query as it was typed, or as a file or standard input holds it: UTF-8, whatever the locale says."""
    place = file or "the command line"
    try:
        if file not in {None, "-"}:
            data = Path(file or "").read_bytes()
        elif file == "-" or text == "-":
            place = "standard input"
            data = sys.stdin.buffer.read() if sys.stdin else b""
        else:
            data = os.fsencode(text or "")
        return data.decode("utf-8-sig")
    except OSError as error:
        message = f"{place}: cannot be read ({error.strerror}). Name a file that holds a query."
        raise SourceError(message) from error
    except UnicodeError as error:
        message = f"{place}: is not UTF-8 text. Save the query as UTF-8."
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
    else:
        headers = answer.variables if answer.kind == "table" else ("subject", "predicate", "object")
        found = (list(row.values()) if isinstance(row, dict) else row for row in answer)
        rows = [row for row in itertools.islice(found, _MOST_ANSWERS) if not isinstance(row, bool)]
        more = sum(1 for _ in found)
        form = "csv" if answer.kind == "table" else "nt"
        count = f"the first {len(rows):,} of {len(rows) + more:,} rows; --format {form} gives all" if more else ""
        show_table(headers, rows, count)
