"""ORDER BY: an order for whatever terms stand together, the one that SPARQL asks for, however the query is written."""

from __future__ import annotations

import io
import subprocess
import sys

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryError
from graph.names import PREFIXES
from graph.store import Store
from graph.store.malformed import malformed
from graph.store.ordering import sort_key, with_order

XSD = PREFIXES["xsd"]
_ENGINE = pyoxigraph.Store()


def literal(value: str, name: str) -> pyoxigraph.Literal:
    """Return a literal of a datatype of XML Schema."""
    return pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(XSD + name))


NUMBERS = st.one_of(
    st.integers(-(2**63), 2**63 - 1).map(lambda number: literal(str(number), "integer")),
    st.integers(-20, 20).map(lambda number: literal(str(number), "integer")),
    st.decimals(-1000, 1000, places=3).map(lambda number: literal(str(number), "decimal")),
    st.floats().map(lambda number: literal({"inf": "INF", "-inf": "-INF"}.get(str(number), str(number)), "double")),
)
TIMES = st.one_of(
    st.datetimes().map(lambda time: literal(f"{time.isoformat()}Z", "dateTime")),
    st.datetimes().map(lambda time: literal(f"{time.isoformat()}+05:30", "dateTime")),
    st.dates().map(lambda day: literal(day.isoformat(), "date")),
)
DURATIONS = st.one_of(
    st.tuples(st.integers(0, 30), st.integers(0, 500)).map(lambda some: literal(f"P{some[0]}M{some[1]}D", "duration")),
    st.integers(-100, 100_000).map(lambda number: literal(f"{'-' * (number < 0)}PT{abs(number)}M", "duration")),
)
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=5).map(lambda text: literal(text, "string")),
    st.integers(0, 99).map(lambda number: literal(str(number), "string")),
    st.sampled_from(["true", "false"]).map(lambda text: literal(text, "boolean")),
    st.sampled_from(["a", "10"]).map(lambda text: pyoxigraph.Literal(text, language="en")),
)
NONSENSE = st.tuples(
    st.sampled_from(["", "many", "P", "2020-13-01", "NaN", "9" * 400, "-99999999999999999999-01-01", "1_0"]),
    st.sampled_from(["integer", "double", "dateTime", "date", "duration", "boolean", "gYear"]),
).map(lambda both: literal(*both))
OTHERS = st.sampled_from([pyoxigraph.NamedNode("urn:9"), pyoxigraph.NamedNode("urn:10"), pyoxigraph.BlankNode("b")])
LITERALS = st.one_of(NUMBERS, TIMES, DURATIONS, TEXTS)


def is_less(one: pyoxigraph.Literal, other: pyoxigraph.Literal) -> bool:
    """Ask the engine whether one literal is less than another."""
    return bool(_ENGINE.query(f"ASK {{ FILTER ({one} < {other}) }}"))


@given(st.tuples(LITERALS, LITERALS) | st.tuples(NUMBERS, NUMBERS) | st.tuples(TIMES, TIMES))
def test_what_is_less_comes_first(pair: tuple[pyoxigraph.Literal, pyoxigraph.Literal]) -> None:
    """Of two literals of which SPARQL knows the lesser one, that one is first."""
    one, other = pair
    if is_less(one, other):
        assert sort_key(one) <= sort_key(other)


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-5, 5))
def test_large_integers_that_doubles_cannot_tell_apart_are_in_order(number: int, step: int) -> None:
    """Integers of the engine's whole range are sorted exactly."""
    one, other = (sort_key(literal(str(value), "integer")) for value in (number, number + step))
    assert (one < other, one == other) == (step > 0, step == 0)


@pytest.mark.slow
@given(st.lists(st.one_of(LITERALS, NONSENSE, OTHERS), min_size=30, max_size=90))
def test_any_terms_can_be_sorted_together(terms: list[pyoxigraph.Literal]) -> None:
    """Whatever stands together is sorted, in the order of the keys, and ends no process."""
    store = Store(
        (f"<urn:{number}> <urn:p> {term} .\n" for number, term in enumerate(terms)),
    )
    stream = io.BytesIO()
    store.query("SELECT ?o { ?s <urn:p> ?o } ORDER BY ?o").write("json", stream)
    rows = pyoxigraph.parse_query_results(stream.getvalue(), pyoxigraph.QueryResultsFormat.JSON)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    keys = [sort_key(row["o"]) for row in rows]
    assert keys == sorted(keys)
    assert len(keys) == len(terms)


@pytest.mark.slow
def test_a_circle_of_comparisons_does_not_end_the_process() -> None:
    """Numbers, texts of digits and days together, which the engine alone orders in a circle, are sorted."""
    triples = "".join(
        f'<urn:{number}> <urn:p> "{number * 37 % 101}" , "{number * 53 % 97}"^^<{XSD}integer> , '
        f'"20{number % 90 + 10}-01-01"^^<{XSD}date> , "20{number % 89 + 10}-01-01" .\n'
        for number in range(2_000)
    )
    script = f"""
from graph.store import Store
import pyoxigraph
turtle = pyoxigraph.parse({triples!r}, pyoxigraph.RdfFormat.TURTLE)
store = Store(pyoxigraph.serialize((quad.triple for quad in turtle), format=pyoxigraph.RdfFormat.N_TRIPLES))
for order in ("?o", "DESC(?o) ?s", "ASC(?s) (?o)", "COALESCE(?o, 1)"):
    print(len(list(store.query("SELECT * {{ ?s ?p ?o }} ORDER BY " + order))))
"""
    done = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["8000"] * 4, done.stderr


ENGINE_ALONE = f"""
import random
import pyoxigraph
FORMS = (
    ("string", "{{0}}"), ("integer", "{{0}}"), ("gYear", "20{{0:02}}"), ("duration", "P{{0}}M{{1}}D"),
    ("date", "20{{0:02}}-01-01"), ("dateTime", "20{{0:02}}-01-01T00:00:00"),
)
draw = random.Random(1).random
for _ in range(40):
    triples = ""
    for number in range(300):
        name, form = FORMS[int(6 * draw())]
        value = form.format(int(1 + 40 * draw()), int(400 * draw()))
        triples += f'<urn:{{number}}> <urn:p> "{{value}}"^^<{XSD}{{name}}> .\\n'
    store = pyoxigraph.Store()
    store.load(triples.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    list(store.query("SELECT * {{ ?s ?p ?o }} ORDER BY ?o"))
"""


def test_the_engine_still_needs_an_order() -> None:
    """The engine alone ends its process over mixed types; once it sorts them, `graph/store/ordering.py` can go."""
    done = subprocess.run([sys.executable, "-c", ENGINE_ALONE], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "total order" in done.stderr


MIXED = f"""
<urn:a> <urn:p> "10"^^<{XSD}integer> .
<urn:b> <urn:p> "9"^^<{XSD}integer> .
<urn:c> <urn:p> "10" .
<urn:d> <urn:p> "9" .
<urn:e> <urn:p> <urn:z> .
<urn:f> <urn:p> "2020-01-02"^^<{XSD}date> .
<urn:g> <urn:p> "2020-01-01T12:00:00Z"^^<{XSD}dateTime> .
<urn:h> <urn:q> "nothing" .
"""


@pytest.mark.parametrize(
    ("end", "order"),
    [
        ("ORDER BY ?o", "hebacdgf"),
        ("order by asc(?o)", "hebacdgf"),
        ("ORDERBYDESC(?o)LIMIT3", "fgd"),
        ("ORDER BY DESC(?o) OFFSET 1 LIMIT 2", "gd"),
        ("ORDER#BY ?s\nBY # DESC(?s)\n$o", "hebacdgf"),
        ("ORDER BY isIRI(?o) (?o)", "hbacdgfe"),
        ("ORDER BY (BOUND(?o)) DESC(?o)", "hfgdcabe"),
        ("ORDER BY xsd:string(?o) ?s", "hacgfbde"),
        ("ORDER BY <http://www.w3.org/2001/XMLSchema#string>(?o) ?s", "hacgfbde"),
        ("ORDER BY NOT EXISTS { SELECT ?s { ?s <urn:p> 10 } ORDER BY ?o } ?o", "ahebcdgf"),
        ('ORDER BY (CONCAT(")", "ORDER BY ?x")) ?o', "hebacdgf"),
        ("ORDER BY (?o)(?s)", "hebacdgf"),
        ("ORDER BY ?o VALUES ?s { <urn:a> <urn:b> }", "ba"),
    ],
)
def test_every_way_of_writing_an_order_is_understood(end: str, order: str) -> None:
    """Brackets, functions, glued words, comments: the rows come in the same order of values."""
    rows = Store(MIXED.encode()).query(f"SELECT ?s {{ ?s ?p ?any OPTIONAL {{ ?s <urn:p> ?o }} }} {end}")
    assert "".join(str(row["s"])[-1] for row in rows if isinstance(row, dict)) == order


def test_groups_and_queries_within_are_sorted_too() -> None:
    """What is counted can be sorted by, and a query within has its own order."""
    sparql = """
        SELECT ?length (COUNT(*) AS ?number) {
          { SELECT (STRLEN(STR(?o)) AS ?length) { ?s ?p ?o } ORDER BY DESC(?o) LIMIT 7 }
        } GROUP BY ?length ORDER BY DESC(COUNT(*)) ?length
    """
    rows = Store(MIXED.encode()).query(sparql)
    assert [tuple(row.values()) for row in rows if isinstance(row, dict)] == [(1, 2), (2, 2), (7, 1), (10, 1), (20, 1)]


def test_a_query_that_sorts_nothing_stays_as_it_is() -> None:
    """Only conditions of ORDER BY are touched."""
    for sparql in ('SELECT * { ?order ?by "ORDER BY ?x" } # ORDER BY ?x', "SELECT * { ?s <urn:ORDER> ?o }"):
        assert with_order(sparql) == sparql


@pytest.mark.parametrize("end", ["ORDER BY ?o LIMT 1", "ORDER BY (?o))", "ORDER BY DESC ?o", "ORDER BY ?o, ?s"])
def test_what_is_wrong_beside_an_order_is_told_where_it_was_written(end: str) -> None:
    """The place in a message is the place in the query as its author wrote it."""
    sparql = f"SELECT * {{ ?s ?p ?o . }} {end}"
    with pytest.raises(SyntaxError) as plain:
        _ENGINE.query(sparql)
    with pytest.raises(QueryError) as told:
        Store(b"").query(sparql)
    assert str(told.value) == str(malformed(sparql, plain.value))
