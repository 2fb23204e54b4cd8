"""`article-graph query`: a SPARQL query on a build, a source or an endpoint."""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from graph.commands.opening import graph_option, not_a_source, opened
from graph.commands.tables import first_of, show_markdown, show_table
from graph.displays import printable
from graph.errors import SourceError

if TYPE_CHECKING:
    from graph.store import Answer

_MOST_ANSWERS = 100
"""Rows of an answer that a table shows."""
_WITHOUT_LAST_LINE_END = {"json", "xml", "jsonld", "rdfxml"}


@click.command()
@click.argument("words", nargs=-1, metavar="[SOURCE] [QUERY | -]")
@graph_option
@click.option("--endpoint", metavar="URL", help="Ask a SPARQL endpoint instead.")
@click.option("-f", "--file", "file", metavar="FILE", help="Read the query from a file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "md", "ttl", "nt", "jsonld", "rdfxml"]),
    help="[default: table, or ttl for CONSTRUCT and DESCRIBE]",
)
def query(
    words: tuple[str, ...], exports: str | None, endpoint: str | None, file: str | None, form: str | None
) -> None:
    """Run a SPARQL query on a build, on SOURCE, or on an endpoint.

    QUERY is the text of the query, or - to read it from standard input. The prefixes schema:, skos:, dcterms:, prov:,
    rdf:, rdfs:, xsd: and ag: are already declared. Credentials for an endpoint are read from the environment:
    ARTICLE_GRAPH_ENDPOINT_USER and ARTICLE_GRAPH_ENDPOINT_PASSWORD, or ARTICLE_GRAPH_ENDPOINT_TOKEN. A table shows the
    first 100 rows, with days instead of times; the other formats show everything. --endpoint needs pip install
    'article-graph[remote]'.
    """
    most = 1 if file else 2
    if len(words) > most or (not words and not file):
        raise click.UsageError("Give one query: as text, as -f FILE, or as - for standard input.")
    text = _query_text(file, None if file else words[-1])
    source = words[0] if len(words) == most else None
    if endpoint is None:
        with not_a_source(words[0] if len(words) == 1 else None, "the query", "Write it after the source."):
            knowledge = opened(exports, source)
            answer = knowledge.query(text)
        if _print_answer(answer, form) == 0:
            from graph.store.unused_names import unused_names

            for reason in unused_names(text, lambda asked: bool(knowledge.query(asked))):
                click.echo(printable(reason), err=True)
        return
    if source is not None or exports is not None:
        raise click.UsageError("Name either a source, --graph or --endpoint.")
    from graph.store import Remote

    _print_answer(Remote(endpoint).query(text), form)


def _query_text(file: str | None, text: str | None) -> str:
    """Return the query from the command line, a file or standard input: UTF-8, whatever the locale."""
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
        raise SourceError(f"{place}: cannot be read ({error.strerror}). Name a file that contains a query.") from error
    except UnicodeError as error:
        raise SourceError(f"{place}: is not UTF-8 text. Save the query as UTF-8.") from error


def _print_answer(answer: Answer, form: str | None) -> int | None:
    """Print an answer, and return the number of its rows if they were shown as a table."""
    if form is None:
        form = "ttl" if answer.kind == "triples" else "table"
    stream: IO[bytes] = sys.stdout.buffer
    if form not in {"table", "md"}:
        answer.write(form, stream)
        if form in _WITHOUT_LAST_LINE_END:
            stream.write(b"\n")
        stream.flush()
    elif answer.kind == "boolean":
        click.echo("yes" if answer else "no")
    elif form == "md":
        show_markdown(answer.columns, list(answer.rows()))
    else:
        found = answer.rows()
        rows = list(itertools.islice(found, _MOST_ANSWERS))
        more = sum(1 for _ in found)
        form = "csv" if answer.kind == "table" else "nt"
        count = first_of(len(rows), len(rows) + more, form)
        show_table(answer.columns, rows, count)
        return len(rows)
    return None
