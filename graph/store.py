"""SPARQL answers over triples: the embedded engine, pyoxigraph, behind guards.

The engine runs in this process and cannot be interrupted, so queries that would crash it by nesting, or reach for the
network, are refused before it sees them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Literal

import pyoxigraph
import rdflib

from graph.errors import FormatError, QueryError
from graph.guard import check_query
from graph.names import PREFIXES

__all__ = ["Answer", "Store", "Value"]

Value = str | int | float | bool | Decimal | None
"""A term as plain Python: IRIs and texts as `str`, numbers and booleans as such, times as ISO 8601 `str`."""

_SOLUTION_FORMATS = {
    "csv": pyoxigraph.QueryResultsFormat.CSV,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "xml": pyoxigraph.QueryResultsFormat.XML,
}
_TRIPLE_FORMATS = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
_XSD = PREFIXES["xsd"]
_READERS: dict[str, Callable[[str], Value]] = {
    **{_XSD + name: int for name in ("integer", "int", "long", "nonNegativeInteger")},
    **{_XSD + name: float for name in ("double", "float")},
    _XSD + "decimal": Decimal,
    _XSD + "boolean": lambda text: text in {"true", "1"},
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query returned. It is read once, as a file is: iterate over it, or write it.

    Iterating over a table yields a `dict` from variable to `Value` for each solution; over triples, `(subject,
    predicate, object)` as plain values; over a boolean, that one boolean.
    """

    kind: Literal["table", "boolean", "triples"]
    """What sort of query it was: SELECT, ASK, or CONSTRUCT and DESCRIBE."""
    variables: tuple[str, ...]
    """Column names of a table."""
    _results: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples

    def __iter__(self) -> Iterator[dict[str, Value] | tuple[Value, Value, Value] | bool]:
        """Yield the rows as plain Python values."""
        try:
            if isinstance(self._results, pyoxigraph.QuerySolutions):
                for row in self._results:
                    yield {name: _to_value(row[name]) for name in self.variables}
            elif isinstance(self._results, pyoxigraph.QueryTriples):
                for subject, predicate, target in self._results:
                    yield _to_value(subject), _to_value(predicate), _to_value(target)
            else:
                yield bool(self._results)
        except (RuntimeError, OSError, ValueError) as error:
            raise _failed(error) from error

    def __bool__(self) -> bool:
        """Return an ASK query's answer.

        Raises:
            FormatError: The query was of another sort.
        """
        if isinstance(self._results, pyoxigraph.QueryBoolean):
            return bool(self._results)
        message = f"A {self.kind} is not true or false. Iterate over it, or ask with ASK."
        raise FormatError(message)

    def terms(self) -> Iterator[tuple[rdflib.term.Node | None, ...]]:
        """Yield the rows of a table or of triples as rdflib terms, `None` where a variable is unbound."""
        if isinstance(self._results, pyoxigraph.QuerySolutions):
            for row in self._results:
                yield tuple(_to_rdflib(row[name]) for name in self.variables)
        elif isinstance(self._results, pyoxigraph.QueryTriples):
            for triple in self._results:
                yield tuple(_to_rdflib(term) for term in triple)

    def write(self, format: str, stream: IO[bytes]) -> None:  # noqa: A002 - the word users know it by
        """Write the answer: a table or boolean as `csv`, `tsv`, `json` or `xml`, triples as `ttl`, `nt` or `jsonld`.

        Forms are those of the W3C recommendations, in UTF-8.

        Raises:
            FormatError: The format does not fit this sort of answer.
            QueryError: The engine failed while computing the answer.
        """
        try:
            if isinstance(self._results, pyoxigraph.QueryTriples):
                if format not in _TRIPLE_FORMATS:
                    raise FormatError(_unfit(format, self.kind, _TRIPLE_FORMATS))
                pyoxigraph.serialize(self._results, stream, format=_TRIPLE_FORMATS[format], prefixes=dict(PREFIXES))
            elif isinstance(self._results, pyoxigraph.QueryBoolean) and format in {"csv", "tsv"}:
                stream.write(b"true\n" if self._results else b"false\n")
            else:
                if format not in _SOLUTION_FORMATS:
                    raise FormatError(_unfit(format, self.kind, _SOLUTION_FORMATS))
                self._results.serialize(stream, format=_SOLUTION_FORMATS[format])
        except BrokenPipeError:
            raise
        except (RuntimeError, OSError, ValueError) as error:
            raise _failed(error) from error


class Store:
    """Triples in memory, ready to be asked; complete once made, and never written to again."""

    def __init__(self, ntriples: Iterable[str] | bytes) -> None:
        """Load lines of N-Triples, or a whole file's bytes. About two microseconds a triple.

        Raises:
            FormatError: The bytes are not N-Triples.
        """
        self._store = pyoxigraph.Store()
        data = ntriples if isinstance(ntriples, bytes) else "".join(ntriples).encode()
        try:
            self._store.bulk_load(input=data, format=pyoxigraph.RdfFormat.N_TRIPLES)
        except (SyntaxError, ValueError) as error:
            message = f"The triples cannot be loaded ({error}). Build them again."
            raise FormatError(message) from error

    @classmethod
    def of_rdflib(cls, triples: rdflib.Graph) -> Store:
        """Return a store that holds the same triples as an rdflib graph."""
        return cls(triples.serialize(format="nt", encoding="utf-8"))

    def __len__(self) -> int:
        """Return the number of triples."""
        return len(self._store)

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query; the prefixes of `graph.names.PREFIXES` are declared already.

        Raises:
            QueryError: The query is malformed, longer than 64 KB, nested more than 100 deep, or asks another server.
        """
        check_query(sparql)
        try:
            results = self._store.query(sparql, prefixes=dict(PREFIXES))
        except SyntaxError as error:
            message = f"The query is malformed: {error}. Correct it at that line and column."
            raise QueryError(message) from error
        except (RuntimeError, OSError, ValueError) as error:
            raise _failed(error) from error
        if isinstance(results, pyoxigraph.QuerySolutions):
            return Answer("table", tuple(variable.value for variable in results.variables), results)
        return Answer("boolean" if isinstance(results, pyoxigraph.QueryBoolean) else "triples", (), results)


def _failed(error: Exception) -> QueryError:
    return QueryError(f"The query failed: {error}. Change it and try again.")


def _unfit(format: str, kind: str, formats: Iterable[str]) -> str:  # noqa: A002 - as in `write`
    return f"The answer is a {kind}, which cannot be written as {format!r}. Use one of {', '.join(formats)}."


def _to_value(term: object) -> Value:
    if term is None:
        return None
    if isinstance(term, pyoxigraph.BlankNode):
        return f"_:{term.value}"
    if not isinstance(term, pyoxigraph.Literal):
        return str(getattr(term, "value", term))
    read = _READERS.get(term.datatype.value, str)
    try:
        return read(term.value)
    except (ValueError, ArithmeticError):
        return term.value


def _to_rdflib(term: object) -> rdflib.term.Node | None:
    if term is None:
        return None
    if isinstance(term, pyoxigraph.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        plain = term.datatype.value == _XSD + "string"
        return rdflib.Literal(
            term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value), normalize=False
        )
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    return rdflib.URIRef(str(getattr(term, "value", term)))
