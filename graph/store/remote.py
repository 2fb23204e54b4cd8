"""Queries to any SPARQL 1.1 endpoint."""

from __future__ import annotations

import re
import urllib.parse

import pyoxigraph

from graph.errors import QueryError, SourceError
from graph.guard import query_form
from graph.names import PREFIXES
from graph.store.answers import Answer, failed, to_answer
from graph.store.connection import Connection, Credentials, EndpointReply

_TABLES = "application/sparql-results+json, application/sparql-results+xml;q=0.9, text/tab-separated-values;q=0.5"
_TRIPLES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
_YES, _NO = (b'{"head":{},"boolean":%s}' % word for word in (b"true", b"false"))


class Remote:
    """A SPARQL 1.1 endpoint, to which queries are sent over HTTP."""

    def __init__(self, endpoint: str, *, credentials: Credentials | None = None, timeout: float = 60.0) -> None:
        """Take the address of an endpoint; nothing is sent yet.

        `credentials` are those of the environment unless given; `timeout` is in seconds without a byte.

        Raises:
            SourceError: This is not an HTTP address, or it holds a password.
            GraphError: The extra `remote` is not installed.
        """
        self._connection = Connection(endpoint, credentials, timeout=timeout, attempts=3)

    def query(self, sparql: str) -> Answer:
        """Send a query, and return its answer, which is read as it arrives.

        The prefixes of `graph.names.PREFIXES` are declared already. Otherwise the query is sent unchanged, and the
        endpoint decides what it allows. Updates are not sent.

        Raises:
            QueryError: The endpoint refuses the query, or this is not a query.
            SourceError: The endpoint does not answer, refuses access, or is not an endpoint.
        """
        form = query_form(sparql)
        if form not in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}:
            message = "Only SELECT, ASK, CONSTRUCT and DESCRIBE are sent to an endpoint. "
            raise QueryError(message + "Load data with the push command.")
        reply = self._connection.send(
            "POST",
            self._connection.endpoint,
            body=urllib.parse.urlencode({"query": _with_prefixes(sparql)}).encode(),
            headers={
                "Accept": _TABLES if form in {"SELECT", "ASK"} else _TRIPLES,
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )
        if reply.status == 400:  # noqa: PLR2004 - what SPARQL's protocol means by a malformed query
            raise QueryError(f"The endpoint refuses the query: {reply.words() or 'it does not say why'}. Correct it.")
        if not reply.is_good:
            raise SourceError(self._connection.refusal(reply, "Name the address of a SPARQL endpoint"))
        try:
            answer = self._read(reply, form)
        except (SyntaxError, ValueError, OSError) as error:
            reply.body.close()
            raise failed(error) from error
        if answer.kind == "boolean":
            reply.body.close()
        return answer

    def _read(self, reply: EndpointReply, form: str) -> Answer:
        results_format = pyoxigraph.QueryResultsFormat.from_media_type(reply.media_type)
        triples_format = pyoxigraph.RdfFormat.from_media_type(reply.media_type)
        if form in {"SELECT", "ASK"} and results_format is not None:
            results = pyoxigraph.parse_query_results(reply.body, results_format)
            if form == "ASK" and isinstance(results, pyoxigraph.QuerySolutions):
                results = _boolean(results)
            return to_answer(results, reply)
        if form in {"CONSTRUCT", "DESCRIBE"} and triples_format is not None:
            quads = pyoxigraph.parse(reply.body, triples_format, base_iri=self._connection.endpoint)
            return to_answer((quad.triple for quad in quads), reply)
        raise SourceError(self._connection.refusal(reply, "Name the address of a SPARQL endpoint"))


def _with_prefixes(sparql: str) -> str:
    """Declare the prefixes that a query uses on its first line, so that line numbers in errors stay right."""
    used = [name for name in PREFIXES if re.search(rf"(?<![\w-]){name}:", sparql)]
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in used) + sparql


def _boolean(table: pyoxigraph.QuerySolutions) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean:
    """Return the one cell of a table as a boolean: Virtuoso answers ASK with 0 or 1."""
    cells = [row[0].value for row in table]
    data = _YES if cells and cells[0] in {"1", "true"} else _NO
    return pyoxigraph.parse_query_results(data, pyoxigraph.QueryResultsFormat.JSON)
