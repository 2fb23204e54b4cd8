"""Answers to SPARQL: in every form, as plain values and as rdflib terms, and clear words where there is none."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from decimal import Decimal

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

import graph
from graph.errors import DamagedBuildError, FormatError, QueryError
from graph.names import PREFIXES
from graph.store import Answer, Store, Value

XSD = PREFIXES["xsd"]
TRIPLES = f"""
<urn:1> <https://schema.org/headline> "One, \\"quoted\\"\\t\\u00e9" .
<urn:1> <https://w3id.org/article-graph/quality> "89"^^<{XSD}integer> .
<urn:1> <https://w3id.org/article-graph/ratingAverage> "4.5"^^<{XSD}decimal> .
<urn:1> <https://w3id.org/article-graph/stub> "true"^^<{XSD}boolean> .
<urn:1> <https://schema.org/datePublished> "2020-01-01T00:00:00Z"^^<{XSD}dateTime> .
<urn:1> <http://purl.org/dc/terms/relation> <urn:2> .
<urn:2> <https://schema.org/headline> "Deux"@fr .
"""
ROWS = "SELECT ?title ?to { ?a schema:headline ?title OPTIONAL { ?a dcterms:relation ?to } } ORDER BY ?a"
ONE = 'One, "quoted"\té'


@pytest.fixture(scope="module")
def store() -> Store:
    """Return a small store with a value of every type."""
    return Store(TRIPLES.encode())


def written(answer: Answer, form: str) -> str:
    """Return an answer as a form of text."""
    stream = io.BytesIO()
    answer.write(form, stream)
    return stream.getvalue().decode("utf-8")


def value_of(store: Store, expression: str) -> Value:
    """Return what an expression is, as plain Python."""
    (row,) = store.query(f"SELECT ({expression} AS ?value) {{}}")
    assert isinstance(row, dict)
    return row["value"]


def test_a_table_is_rows_of_plain_values(store: Store) -> None:
    """SELECT yields a row for each solution; what is unbound is `None`."""
    answer = store.query(ROWS)
    assert (answer.kind, answer.variables) == ("table", ("title", "to"))
    assert list(answer) == [{"title": ONE, "to": "urn:2"}, {"title": "Deux", "to": None}]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 + 1", 2),
        ("1.50", Decimal("1.50")),
        ("1.5e0", 1.5),
        ("1 = 1", True),
        ("'text'", "text"),
        ("'text'@en", "text"),
        ("<https://a.example/>", "https://a.example/"),
        ("'2020-01-01'^^xsd:date", "2020-01-01"),
        ("'many'^^xsd:integer", "many"),
        ("'9'^^<urn:type>", "9"),
        ("1 / 0", None),
    ],
)
def test_values_are_plain_python(store: Store, expression: str, value: Value) -> None:
    """Numbers and booleans are numbers and booleans; everything else, and what is no number after all, is text."""
    found = value_of(store, expression)
    assert (type(found), found) == (type(value), value)


def test_blank_nodes_are_told_apart_from_texts(store: Store) -> None:
    """A blank node begins with `_:`."""
    assert str(value_of(store, "BNODE()")).startswith("_:")


def test_a_question_is_answered_by_yes_or_no(store: Store) -> None:
    """ASK gives one boolean, as a truth value and as an item."""
    assert store.query("ASK { ?article ag:quality 89 }")
    assert not store.query("ASK { ?article ag:quality 1 }")
    assert list(store.query("ASK {}")) == [True]
    with pytest.raises(FormatError, match="a table, not yes or no"):
        bool(store.query(ROWS))


def test_constructed_triples_are_plain_or_rdflib(store: Store) -> None:
    """CONSTRUCT yields triples, as plain values or as rdflib terms."""
    query = "CONSTRUCT { ?b ag:of ?a ; ag:title ?title } { ?a dcterms:relation ?b ; schema:headline ?title }"
    answer = store.query(query)
    assert (answer.kind, answer.variables) == ("triples", ())
    found = ("urn:2", PREFIXES["ag"] + "of", "urn:1")
    assert found in list(answer)
    terms = set(store.query(query).terms())
    assert (rdflib.URIRef(found[0]), rdflib.URIRef(PREFIXES["ag"] + "title"), rdflib.Literal(ONE)) in terms


def test_rows_as_rdflib_terms_keep_language_and_type(store: Store) -> None:
    """Terms for rdflib are what stands in the graph, spelled as there."""
    assert [row[0] for row in store.query(ROWS).terms()] == [rdflib.Literal(ONE), rdflib.Literal("Deux", lang="fr")]
    ((average, unbound),) = store.query("SELECT ?average ?unbound { ?a ag:ratingAverage ?average }").terms()
    assert isinstance(average, rdflib.Literal)
    assert (str(average), average.datatype, unbound) == ("4.5", rdflib.XSD.decimal, None)
    ((node,),) = store.query("SELECT (BNODE() AS ?node) {}").terms()
    assert isinstance(node, rdflib.BNode)


def test_a_table_is_written_as_csv_tsv_json_and_xml(store: Store) -> None:
    """Each form holds the same rows, quoted by its own rules."""
    rows = [["title", "to"], [ONE, "urn:2"], ["Deux", ""]]
    assert list(csv.reader(io.StringIO(written(store.query(ROWS), "csv"), newline=""))) == rows
    lines = written(store.query(ROWS), "tsv").splitlines()
    assert lines[0] == "?title\t?to"
    assert lines[1].endswith("\t<urn:2>")
    read = json.loads(written(store.query(ROWS), "json"))
    assert read["head"]["vars"] == ["title", "to"]
    assert read["results"]["bindings"][1] == {"title": {"type": "literal", "value": "Deux", "xml:lang": "fr"}}
    assert 'xmlns="http://www.w3.org/2005/sparql-results#"' in written(store.query(ROWS), "xml")


def test_a_boolean_is_written_as_csv_tsv_json_and_xml(store: Store) -> None:
    """An answer to ASK has a form in each format of tables."""
    assert written(store.query("ASK {}"), "csv") == written(store.query("ASK {}"), "tsv") == "true\n"
    assert written(store.query("ASK { <urn:a> ?p ?o }"), "csv") == "false\n"
    assert json.loads(written(store.query("ASK {}"), "json"))["boolean"] is True
    assert "<boolean>true</boolean>" in written(store.query("ASK {}"), "xml")


@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("nt", "nt"), ("rdfxml", "xml")])
def test_triples_are_written_in_every_form(store: Store, form: str, name: str) -> None:
    """What is constructed is written so that rdflib reads the same triples."""
    text = written(store.query("CONSTRUCT WHERE { ?s ?p ?o }"), form)
    assert isomorphic(rdflib.Graph().parse(data=text, format=name), rdflib.Graph().parse(data=TRIPLES, format="nt"))


def test_turtle_is_written_with_prefixes(store: Store) -> None:
    """Constructed Turtle uses the prefixes that queries may use."""
    assert "schema:headline" in written(store.query("CONSTRUCT WHERE { ?s schema:headline ?o }"), "ttl")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["ttl", "nt", "rdfxml", "jsonld"])
def test_constructed_triples_are_written_alike_every_time(form: str) -> None:
    """The same triples, loaded in another order and asked in another process, are the same bytes, each triple once."""
    script = f"""
import random, sys
from graph.store import Store
lines = [f"<urn:{{n}}> <https://schema.org/name> \\"{{n}}\\" .\\n" for n in range(200)]
random.shuffle(lines)
answer = Store(lines).query("CONSTRUCT {{ ?s schema:name ?o ; a ag:Thing }} {{ ?s ?p ?o, ?any }}")
answer.write("{form}", sys.stdout.buffer)
"""
    command = [sys.executable, "-c", script]
    one, other = (subprocess.run(command, capture_output=True, check=True, timeout=60).stdout for _ in range(2))
    assert one == other
    assert form != "nt" or (len(one.splitlines()), one.splitlines()) == (400, sorted(one.splitlines()))


def test_more_triples_than_can_be_held_are_still_all_there(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    """A large answer is not sorted, and is whole."""
    monkeypatch.setattr("graph.store.answers.MOST_SORTED", 3)
    assert len(written(store.query("CONSTRUCT WHERE { ?s ?p ?o }"), "nt").splitlines()) == 7
    assert len(list(store.query("CONSTRUCT WHERE { ?s ?p ?o }"))) == 7


@pytest.mark.parametrize(
    ("query", "form", "told"),
    [
        (ROWS, "ttl", "The answer is a table, and cannot be written as 'ttl'. Use one of csv, tsv, json, xml"),
        (ROWS, "pdf", "'pdf'"),
        ("ASK {}", "nt", "The answer is yes or no, and cannot be written as 'nt'"),
        (
            "CONSTRUCT WHERE { ?s ?p ?o }",
            "csv",
            "The answer is triples, and cannot be written as 'csv'. Use one of ttl, nt",
        ),
    ],
)
def test_a_form_that_does_not_fit_is_told(store: Store, query: str, form: str, told: str) -> None:
    """A form that the answer does not have is refused, and the message names those it has."""
    with pytest.raises(FormatError) as caught:
        written(store.query(query), form)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?s ?p ?o }", "s p o"),
        ("select distinct*{ ?s ?p ?o . ?o ?q $b }order by ?b", "s p o q b"),
        ("PREFIX z: <urn:z> # ?c\nSELECT REDUCED * { ?s z:a ?o OPTIONAL { ?o ?b ?a } FILTER (?never > 1) }", "s o b a"),
        ("SELECT * { { SELECT ?z (COUNT(*) AS ?n) { ?z ?y ?x } GROUP BY ?z } ?z ?p ?o }", "z n p o"),
        ("SELECT * { ?s ?p [] } VALUES ?a { 1 }", "s p a"),
        ("SELECT * { VALUES ?b { 1 2 } { VALUES ?a { 3 4 } } BIND (?a + ?b AS ?sum) } ORDER BY ?sum", "b a sum"),
        ("SELECT ?o ?s { ?s ?p ?o FILTER (2 * 2 = 4) }", "o s"),
        ("SELECT * { <urn:a> <urn:b> <urn:c> }", ""),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "n"),
    ],
)
def test_columns_stand_in_the_order_of_the_query(store: Store, query: str, columns: str) -> None:
    """Where a query names no columns, they are those it has, in the order in which a reader meets them."""
    assert store.query(query).variables == tuple(columns.split())


@pytest.mark.parametrize("prefix", PREFIXES)
def test_prefixes_are_declared_already(store: Store, prefix: str) -> None:
    """A query may use every prefix of the project, and declare it otherwise."""
    assert value_of(store, f"STR({prefix}:x)") == PREFIXES[prefix] + "x"
    (row,) = store.query(f"PREFIX {prefix}: <urn:own:> SELECT (STR({prefix}:x) AS ?value) {{}}")
    assert row == {"value": "urn:own:x"}


def test_the_engine_still_does_not_name_the_wrong_word() -> None:
    """Of a misspelled word the engine alone says nothing; once it does, `graph/store/malformed.py` can shrink."""
    with pytest.raises(SyntaxError) as caught:
        pyoxigraph.Store().query("SELCT ?a { ?a ?b ?c }")
    assert "SELCT" not in str(caught.value)
    assert "SELECT" not in str(caught.value)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * WHERE {\n  ?article schema:headline\n}", "is malformed at 3:1, near '}'"),
        ("SELECT * { ?a ?b", "is malformed at 1:17, near '?b'"),
        ("SELECT ?x { ?a ?b ?c } GROUP BY ?a", "the SELECT contains a variable that is unbound"),
        ("SELECT * {\n ?a ?b ?c", "expected , or . or ; or { or }"),
        ("SELECT ?a { ?a foaf:name ?b }", "at 1:25, uses the prefix 'foaf:', which is not declared"),
        ("PREFIX foaf: <urn:f> SELECT ?a { ?a foaf:name }", "is malformed at 1:47, near '}'"),
        ("SELEKT", "at 1:1, near 'SELEKT': SPARQL has no such word. Did you mean SELECT?"),
        ("SELCT ?a { ?a ?b ?c }", "at 1:1, near 'SELCT': SPARQL has no such word. Did you mean SELECT?"),
        ("SELECT ?a WERE { ?a ?b ?c }", "at 1:11, near 'WERE': SPARQL has no such word. Did you mean WHERE?"),
        ("SELECT ?a {\n  ?a ?b ?c .\n  FLTER(?a > 1)\n}", "at 3:3, near 'FLTER'"),
        (
            "SELECT ?a { ?a ?b ?c } GROUP BY ?a LIMT 3",
            "at 1:36, near 'LIMT': SPARQL has no such word. Did you mean LIMIT?",
        ),
        ("SELECT (CONUT(?a) AS ?n) { ?a ?b ?c }", "at 1:9, near 'CONUT': SPARQL has no such word. Did you mean COUNT?"),
        ("SELECT ?a { ?a ?b ?c FILTER(strlne(?a) = 1) }", "Did you mean STRLEN?"),
        ("# SELCT\nSELECT ?a { ?a ?b 'WERE' } ORDR BY ?a", "at 2:28, near 'ORDR'"),
        ("SELECT ?a { ?a A ?b }", "at 1:16, near 'A': SPARQL has no such word."),
        ("SELECT ?a { ?a title ?b }", "at 1:16, near 'title': SPARQL has no such word. Variables begin with ?"),
        ("SELECT * { ?a ?b 'not closed }", "expected '"),
        ("", "is malformed at 1:1, at the end of the line"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "This is an update, and the data is read-only"),
        ("# Away\nprefix a: <urn:a>\nBASE <urn:b> delete where { ?a ?b ?c }", "This is an update"),
        ("INSERTED", "near 'INSERTED'"),
        ("SELECT * { 'é\x07👩' ?p\x1b[31m ?o }", "is malformed at 1:"),
        ("SELECT * { '\ud800' ?p ?o }", "surrogates not allowed"),
        ("SELECT * { SERVICE <urn:a> {} }", "at 1:12, uses SERVICE"),
    ],
)
def test_a_malformed_query_is_told_with_its_place(store: Store, query: str, told: str) -> None:
    """A query that cannot be read is one printable line with the line, the column and what stands there."""
    with pytest.raises(QueryError) as caught:
        store.query(query)
    assert told in str(caught.value)
    assert str(caught.value).isprintable()


def test_what_is_loaded_must_be_ntriples() -> None:
    """Text that is not N-Triples is one clear error."""
    with pytest.raises(DamagedBuildError, match="cannot be loaded"):
        Store(b"<urn:a> <urn:b> .\n")


def test_an_rdflib_graph_can_be_asked(store: Store) -> None:
    """A store holds the triples of an rdflib graph, or of lines of text, alike."""
    triples = rdflib.Graph().parse(data=TRIPLES, format="nt")
    assert len(Store.of_rdflib(triples)) == len(store) == len(Store(TRIPLES.splitlines(keepends=True))) == 7
    assert list(Store.of_rdflib(triples).query(ROWS)) == list(store.query(ROWS))


def test_a_graph_is_asked_directly(seeds: graph.KnowledgeGraph) -> None:
    """A knowledge graph answers what its rdflib view answers."""
    query = "SELECT ?article { ?article a schema:NewsArticle ; schema:publisher ?p } ORDER BY ?article"
    asked = [row["article"] for row in seeds.query(query) if isinstance(row, dict)]
    prefixed = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items()) + query
    assert asked == [str(row[0]) for row in seeds.triples.query(prefixed)]  # type: ignore[index] # rows of a table
    assert len(asked) == 2
