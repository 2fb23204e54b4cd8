"""Answers to queries, the same from every engine: plain Python values, rdflib terms, or bytes in a W3C format."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, Literal, TypeVar

import pyoxigraph

from graph.displays import counted, to_html
from graph.errors import FormatError, QueryError
from graph.frames import to_pandas, to_polars
from graph.names import PREFIXES

if TYPE_CHECKING:
    import pandas
    import polars
    import rdflib

Value = str | int | float | bool | Decimal | None
"""A term as plain Python: IRIs and texts as `str`, numbers and booleans as such, times as ISO 8601 `str`."""

_SOLUTION_FORMATS = {
    "csv": pyoxigraph.QueryResultsFormat.CSV,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "xml": pyoxigraph.QueryResultsFormat.XML,
}
TRIPLE_FORMATS = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
}
"""The formats of triples by their short names."""
_KINDS = {"table": "a table", "boolean": "yes or no", "triples": "triples"}
_XSD = PREFIXES["xsd"]
_READERS: dict[str, Callable[[str], Value]] = {
    **{_XSD + name: int for name in ("integer", "int", "long", "nonNegativeInteger")},
    **{_XSD + name: float for name in ("double", "float")},
    _XSD + "decimal": Decimal,
    _XSD + "boolean": lambda text: text in {"true", "1"},
}
_TIMES = frozenset({_XSD + "dateTime", _XSD + "date"})
MOST_SORTED = 100_000
"""The largest number of triples that is sorted; more are left in the order of the engine."""
_MOST_SHOWN = 20
"""Rows shown in a notebook."""
_FAULTS = (RuntimeError, OSError, ValueError, SyntaxError)
"""The errors of the engine while it computes, or reads from a server."""

_Converted = TypeVar("_Converted")
_Results = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | Iterator[pyoxigraph.Triple]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query. Like a file, it can be read once: iterate over it, or write it.

    Iterating over a table yields a `dict` from variable to `Value` for each solution; over triples, `(subject,
    predicate, object)` as plain values; over a boolean, that one boolean. Triples are sorted by their text and unique;
    if there are more than a hundred thousand, they are in the order of the engine.
    """

    kind: Literal["table", "boolean", "triples"]
    """The form of the query: SELECT, ASK, or CONSTRUCT and DESCRIBE."""
    variables: tuple[str, ...]
    """The columns of a table."""
    _results: _Results
    _source: object  # keeps alive what the results are read from
    _again: Callable[[], Answer] | None = None  # runs the query again, so that displaying an answer does not consume it

    def __iter__(self) -> Iterator[dict[str, Value] | tuple[Value, ...] | bool]:
        """Yield the rows as plain Python values.

        Raises:
            QueryError: The engine failed while computing the answer, or the answer of a server is incomplete.
        """
        if isinstance(self._results, pyoxigraph.QueryBoolean):
            yield bool(self._results)
            return
        for row in self._rows_as(_to_value):
            yield dict(zip(self.variables, row, strict=True)) if self.kind == "table" else row

    def __repr__(self) -> str:
        if self.kind == "boolean":
            return f"<Answer: {'yes' if self else 'no'}>"
        return f"<Answer: a table of {', '.join(self.variables)}>" if self.kind == "table" else "<Answer: triples>"

    def _repr_html_(self) -> str:
        """Return the first rows for a notebook; the query runs once more if that is cheap."""
        if self.kind == "boolean" or self._again is None:
            return to_html(repr(self), ())
        rows = list(itertools.islice(self._again().rows(), _MOST_SHOWN + 1))
        title = f"The first {_MOST_SHOWN} rows" if len(rows) > _MOST_SHOWN else counted(len(rows), "row")
        return to_html(title, rows[:_MOST_SHOWN], self.columns)

    def to_pandas(self) -> pandas.DataFrame:
        """Read the rows into a pandas data frame; a column of times or days is `datetime64` in UTC.

        Raises:
            FormatError: The answer is yes or no.
            GraphError: pandas is not installed.
            QueryError: As for iterating.
        """
        return to_pandas(self._cells(), self.columns)

    def to_polars(self) -> polars.DataFrame:
        """Read the rows into a Polars data frame; a column of times or days is `Datetime` in UTC.

        Raises:
            FormatError: The answer is yes or no.
            GraphError: Polars is not installed.
            QueryError: As for iterating.
        """
        return to_polars(self._cells(), self.columns)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of what `rows` yields: the variables of a table, or the three parts of a triple."""
        return ("subject", "predicate", "object") if self.kind == "triples" else self.variables

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """Yield the rows of a table, or triples, as tuples.

        Raises:
            FormatError: The answer is yes or no.
            QueryError: As for iterating.
        """
        yield from self._table_as(_to_value)

    def _cells(self) -> Iterator[tuple[Value | datetime, ...]]:
        """Yield the rows; in a column of times or days they are such, and a day is the time at which it begins."""
        rows = list(self._table_as(lambda term: term))
        columns = ([row[number] for row in rows] for number in range(len(self.columns)))
        return zip(*(_times_of(column) or map(_to_value, column) for column in columns), strict=True)

    def _table_as(self, convert: Callable[[object], _Converted]) -> Iterator[tuple[_Converted, ...]]:
        if self.kind == "boolean":
            raise FormatError("The answer is yes or no, which is not a table. Ask with SELECT.")
        return self._rows_as(convert)

    def __bool__(self) -> bool:
        """Return the answer to an ASK query.

        Raises:
            FormatError: The query has another form.
        """
        if isinstance(self._results, pyoxigraph.QueryBoolean):
            return bool(self._results)
        raise FormatError(f"The answer is {_KINDS[self.kind]}, not yes or no. Iterate over it, or ask with ASK.")

    def terms(self) -> Iterator[tuple[rdflib.term.Node | None, ...]]:
        """Yield the rows of a table or of triples as rdflib terms, with `None` for unbound variables.

        Raises:
            QueryError: As for iterating.
        """
        return self._rows_as(_to_rdflib)

    def _rows_as(self, convert: Callable[[object], _Converted]) -> Iterator[tuple[_Converted, ...]]:
        try:
            if isinstance(self._results, pyoxigraph.QuerySolutions):
                for row in self._results:
                    yield tuple(convert(row[name]) for name in self.variables)
            elif not isinstance(self._results, pyoxigraph.QueryBoolean):
                for triple in _in_order(self._results):
                    yield tuple(convert(term) for term in triple)
        except _FAULTS as error:
            raise failed(error) from error

    def write(self, format: str, stream: IO[bytes]) -> None:  # noqa: A002 - the usual word
        """Write the answer in UTF-8, in a W3C format.

        A table or a boolean as `csv`, `tsv`, `json` or `xml`; triples as `ttl`, `nt`, `jsonld` or `rdfxml`.

        Raises:
            FormatError: The format is not for this kind of answer.
            QueryError: As for iterating.
        """
        formats: Iterable[str] = TRIPLE_FORMATS if self.kind == "triples" else _SOLUTION_FORMATS
        if format not in formats:
            what = _KINDS[self.kind]
            raise FormatError(
                f"The answer is {what}, and cannot be written as {format!r}. Use one of {', '.join(formats)}."
            )
        try:
            if isinstance(self._results, pyoxigraph.QueryBoolean) and format in {"csv", "tsv"}:
                stream.write(b"true\n" if self._results else b"false\n")
            elif isinstance(self._results, pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean):
                self._results.serialize(stream, format=_SOLUTION_FORMATS[format])
            else:
                triples = _in_order(self._results)
                pyoxigraph.serialize(triples, stream, format=TRIPLE_FORMATS[format], prefixes=dict(PREFIXES))
        except _FAULTS as error:
            if isinstance(error, OSError) and error.errno is not None:  # an error of the stream, not of the engine
                raise
            raise failed(error) from error


def to_answer(results: _Results, source: object, again: Callable[[], Answer] | None = None) -> Answer:
    """Return results of the engine, or those parsed from a reply, as an answer.

    `source` is kept alive with them; `again` runs the query again, if that is cheap.
    """
    if isinstance(results, pyoxigraph.QuerySolutions):
        return Answer("table", tuple(variable.value for variable in results.variables), results, source, again)
    return Answer("boolean" if isinstance(results, pyoxigraph.QueryBoolean) else "triples", (), results, source, again)


def failed(error: Exception) -> QueryError:
    """Return the error for a query that the engine accepted and then failed on."""
    return QueryError(f"The query failed: {error}. Change it and try again.")


def _in_order(triples: Iterator[pyoxigraph.Triple]) -> Iterator[pyoxigraph.Triple]:
    """Return unique triples sorted by their text, unless there are too many."""
    held = list(itertools.islice(triples, MOST_SORTED + 1))
    if len(held) > MOST_SORTED:
        return itertools.chain(held, triples)
    return iter(sorted(set(held), key=str))


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


def _times_of(terms: Sequence[object]) -> list[datetime | None] | None:
    """Return terms as times in UTC; `None` unless all that are bound are times or days of the years 1 to 9999."""
    bound = [term for term in terms if term is not None]
    if not bound or not all(isinstance(term, pyoxigraph.Literal) and term.datatype.value in _TIMES for term in bound):
        return None
    try:
        return [None if term is None else _to_time(term) for term in terms]
    except (ValueError, OverflowError):
        return None


def _to_time(term: Any) -> datetime:  # noqa: ANN401 - a literal
    time = datetime.fromisoformat(term.value)
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def _to_rdflib(term: object) -> rdflib.term.Node | None:
    import rdflib

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
