"""Views of one truth: the network, the triples and every form they are written in say the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given, settings

import graph
from graph.names import expand
from graph.publishing.jsonld import write_jsonld
from graph.publishing.ntriples import write_ntriples
from graph.publishing.turtle import write_turtle
from graph.records import Article, Record, Scalar
from graph.terms import Field, Form
from graph.vocabulary import KINDS, RELATIONS, VOCABULARY, article_classes
from tests.worlds import BASE, HOSTILE_SITE, Site, built, linked_graphs, sites

QUIET = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD uses it


CITATION = rdflib.URIRef(expand("schema:citation"))


def records_of(knowledge: graph.KnowledgeGraph) -> Iterator[Record]:
    """Yield every node's record."""
    yield from knowledge.articles.values()
    yield from knowledge.providers.values()
    yield from knowledge.topics.values()
    yield from knowledge.people.values()


def rows_of(record: Record) -> tuple[Field, ...]:
    """Return what the vocabulary says of a record's fields."""
    return VOCABULARY[type(record)]


def assert_views_agree(knowledge: graph.KnowledgeGraph, triples: rdflib.Graph) -> None:
    """Check that the network and the triples have the same nodes, relations and attributes."""
    network = knowledge.network
    records = {record.iri: record for record in records_of(knowledge)}
    classes = {expand(name): kind for kind, (_, names) in KINDS.items() for name in names}
    typed = {
        str(subject): classes[str(target)]
        for subject, target in triples.subject_objects(rdflib.RDF.type)
        if str(target) in classes
    }
    described = {iri: KINDS[kind][0] for iri, kind in typed.items() if KINDS[kind][0] != "image"}
    kinds = {iri: attributes["kind"] for iri, attributes in network.nodes(data=True)}
    assert kinds == {**described, **{iri: KINDS[type(r)][0] for iri, r in records.items()}}
    assert described.keys() | knowledge.images.keys() >= records.keys()
    relations = {
        (str(source), str(target), row.network)
        for iri, record in records.items()
        for row in rows_of(record)
        if row.form is Form.RELATION
        for source, target in [(iri, target) for target in triples.objects(rdflib.URIRef(iri), node_of(row))]
    }
    edges = list(network.edges(keys=True))
    assert set(edges) == relations
    assert len(edges) == len(relations)
    for source, target, name, data in network.edges(keys=True, data=True):
        expected = {"relation": name}
        stated = next((row for row in knowledge.evidence(source, target) if row.relation == name), None)
        if stated is not None:
            expected["stated_in"] = f"{stated.path}:{stated.line}" if stated.line else stated.path
            if stated.sentence:
                expected["text"] = stated.sentence
        assert data == expected


def node_of(row: Field) -> rdflib.URIRef:
    """Return a row's first predicate."""
    return rdflib.URIRef(expand(row.predicates[0]))


def assert_attributes_agree(knowledge: graph.KnowledgeGraph, triples: rdflib.Graph, *, every: int = 1) -> None:
    """Check that each attribute of a node says what its triples say, and nothing is in only one of both."""
    for record in islice(records_of(knowledge), 0, None, every):
        attributes: dict[str, Scalar] = dict(knowledge.network.nodes[record.iri])
        subject = rdflib.URIRef(record.iri)
        for row in rows_of(record):
            if row.form is Form.RELATION or row.network is None:
                continue
            stated = [set(map(str, triples.objects(subject, rdflib.URIRef(expand(name))))) for name in row.predicates]
            value = attributes.pop(row.network, None)
            assert_same(row, value, stated[0])
            assert all(objects >= stated[0] for objects in stated)
        assert attributes.pop("kind") == KINDS[type(record)][0]
        extra = {name.removeprefix("extra_"): value for name, value in attributes.items()}
        assert extra == {name.removeprefix("extra_"): value for name, value in record.extra.items()}


def assert_same(row: Field, value: Scalar | None, stated: set[str]) -> None:
    """Check that an attribute's value is what triples state."""
    match row.form:
        case Form.FLAG:
            assert (value is True) == (stated == {"true"})
        case Form.STATUS:
            assert stated == (set() if value is None else {"published" if value else "unpublished"})
        case Form.INTEGER:
            assert stated == (set() if value is None else {str(value)})
        case Form.DECIMAL:
            assert [float(number) for number in stated] == ([] if value is None else [value])
        case Form.TIME:
            assert stated == (set() if value is None else {str(value) if "T" in str(value) else f"{value}T00:00:00Z"})
        case Form.SOURCE:
            assert len(stated) >= (value is not None)
        case Form.TEXT:
            assert all(text in str(value) for text in stated)
            assert len("; ".join(stated)) == len(str(value or ""))
        case _:
            assert str(value) in stated if stated else value is None


def assert_forms_agree(knowledge: graph.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check that N-Triples, Turtle and JSON-LD, read by two engines, are the rdflib view; there are no blank nodes."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)  # rdflib would write `Z` as `+00:00`
    texts = {
        pyoxigraph.RdfFormat.N_TRIPLES: "".join(write_ntriples(knowledge)),
        pyoxigraph.RdfFormat.TURTLE: "".join(write_turtle(knowledge)),
        pyoxigraph.RdfFormat.JSON_LD: "".join(write_jsonld(knowledge)),
    }
    lines = texts[pyoxigraph.RdfFormat.N_TRIPLES].splitlines()
    read = [{str(quad.triple) for quad in pyoxigraph.parse(text, form)} for form, text in texts.items()]
    assert read[0] == read[1] == read[2]
    assert len(read[0]) == len(knowledge.triples) == len(set(lines))
    triples = set(knowledge.triples)
    for form, text in zip(("nt", "turtle", "json-ld"), texts.values(), strict=True):
        assert set(rdflib.Graph().parse(data=text, format=form)) == triples


@pytest.mark.slow
@settings(max_examples=40)
@given(sites())
@example(HOSTILE_SITE)
def test_network_and_triples_hold_the_same(site: Site) -> None:
    """The network and the triples hold the same nodes, the same relations, and the same attributes."""
    knowledge = built(site)
    assert_views_agree(knowledge, knowledge.triples)
    assert_attributes_agree(knowledge, knowledge.triples)


@pytest.mark.slow
@QUIET
@settings(max_examples=40)
@given(sites())
@example(HOSTILE_SITE)
def test_all_forms_of_the_triples_hold_the_same(site: Site) -> None:
    """Rdflib's view, N-Triples, Turtle and JSON-LD are one graph, whatever the texts and whoever reads them."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert_forms_agree(built(site), monkeypatch)


@pytest.mark.slow
@QUIET
@settings(max_examples=40)
@given(linked_graphs())
def test_links_and_parents_are_in_every_view(knowledge: graph.KnowledgeGraph) -> None:
    """What any node links to or cites, and what a provider is part of, is the same in the network and all triples."""
    assert_views_agree(knowledge, knowledge.triples)
    assert_attributes_agree(knowledge, knowledge.triples)
    cited = {(record.iri, address) for record in records_of(knowledge) for address in record.cites}
    assert {tuple(map(str, pair)) for pair in knowledge.triples.subject_objects(CITATION)} == cited
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert_forms_agree(knowledge, monkeypatch)


@QUIET
def test_the_seeds_look_the_same_in_every_view(seeds: graph.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The three seed documents are the same graph in the network and in every form of triples."""
    assert_views_agree(seeds, seeds.triples)
    assert_attributes_agree(seeds, seeds.triples)
    assert_forms_agree(seeds, monkeypatch)


@pytest.mark.slow
def test_a_real_site_looks_the_same_in_every_view(azure: graph.KnowledgeGraph) -> None:
    """Thousands of real articles are the same graph in the network, in rdflib, and in what is written."""
    assert_views_agree(azure, azure.triples)
    assert_attributes_agree(azure, azure.triples, every=10)
    stated = set(pyoxigraph.parse("".join(write_ntriples(azure)), pyoxigraph.RdfFormat.N_TRIPLES))
    assert stated == set(pyoxigraph.parse("".join(write_turtle(azure)), pyoxigraph.RdfFormat.TURTLE))
    assert stated == set(pyoxigraph.parse("".join(write_jsonld(azure)), pyoxigraph.RdfFormat.JSON_LD))
    assert len(stated) == len(azure.triples)


def test_every_literal_has_a_type_and_nothing_is_blank(seeds: graph.KnowledgeGraph) -> None:
    """There are no blank nodes, and each literal is a text or has one of the types of XML Schema."""
    for _, _, target in seeds.triples:
        assert not isinstance(target, rdflib.BNode)
        if isinstance(target, rdflib.Literal):
            assert not target.language
            assert target.datatype is None or target.datatype in rdflib.XSD
            assert not target.ill_typed


def test_relations_are_named_once() -> None:
    """Within a kind of record each relation and each attribute has a name of its own."""
    for rows in VOCABULARY.values():
        names = [row.network for row in rows if row.network]
        assert len(names) == len(set(names))
    assert list(RELATIONS) == sorted(RELATIONS)


def test_fields_of_the_site_never_hide_ours() -> None:
    """A field that has the name of one of ours is kept beside it, under another name."""
    said = {
        "title": "Ours",
        "kind": "theirs",
        "label": "theirs",
        "extra_label": "too",
        "stub": "theirs",
        "id": "theirs",
    }
    network = built({"a.md": said}).network
    (attributes,) = (network.nodes[iri] for iri in network)
    assert [attributes[name] for name in ("kind", "label", "stub")] == ["article", "Ours", False]
    assert sorted(value for value in attributes.values() if value in {"theirs", "too"}) == ["theirs"] * 3 + ["too"]
    assert "id" not in attributes  # what other programs call the node, and here what links may call the document


def test_minted_names_begin_with_the_base() -> None:
    """The base, where given, begins every minted IRI in every view."""
    knowledge = built({"a.md": {"title": "A", "topics": ["AI"], "authors": ["Ann"]}})
    assert all(iri.startswith(BASE) for iri in knowledge.network)


DATED = {
    "day.md": {"title": "A day", "date": "2023-05-23"},
    "time.md": {"title": "A time", "date": "2023-05-23T06:51:00Z", "lastmod": "2023-06-01"},
    "night.md": {"title": "A night elsewhere", "date": "2023-05-24T01:30:00+02:00"},
    "event.md": {
        "title": "An event",
        "type": "event",
        "startDateTime": "2023-05-22",
        "endDateTime": "2023-05-23T12:00:00Z",
    },
    "undated.md": {"title": "Undated"},
}


def asked(knowledge: graph.KnowledgeGraph, sparql: str) -> list[tuple[str, ...]]:
    """Return a query's rows as texts."""
    return [tuple(map(str, row.values())) for row in knowledge.query(sparql) if isinstance(row, dict)]


def test_a_filter_on_times_loses_no_row() -> None:
    """Days and times are compared by one filter: a day alone stands at the midnight, in UTC, that begins it."""
    knowledge = built(DATED)
    sparql = "SELECT ?title WHERE { ?article schema:datePublished ?date ; rdfs:label ?title . FILTER (?date %s) }"
    moment = '"2023-05-23T00:00:00Z"^^xsd:dateTime'
    found = sorted(asked(knowledge, sparql % f">= {moment}"))
    assert found == [("A day",), ("A night elsewhere",), ("A time",)]
    assert asked(knowledge, sparql % f"= {moment}") == [("A day",)]
    assert knowledge.articles[f"{BASE}article/day"].published_at == "2023-05-23"
    assert knowledge.network.nodes[f"{BASE}article/day"]["published_at"] == "2023-05-23"


def test_every_dated_article_has_a_day() -> None:
    """`ag:publishedOn` is the day of publication in UTC, of every article that has a date and of no other."""
    rows = asked(
        built(DATED), "SELECT ?title ?day WHERE { ?a ag:publishedOn ?day ; rdfs:label ?title } ORDER BY ?title"
    )
    assert rows == [("A day", "2023-05-23"), ("A night elsewhere", "2023-05-23"), ("A time", "2023-05-23")]


@settings(max_examples=40)
@given(sites())
@example(DATED)
def test_each_predicate_has_values_of_one_type(site: Site) -> None:
    """All values of a predicate have one datatype, whatever was written in the documents, so that they compare."""
    types: dict[str, set[str]] = {}
    for _, predicate, target in built(site).triples:
        types.setdefault(str(predicate), set()).add(
            str(target.datatype or "text") if isinstance(target, rdflib.Literal) else "node"
        )
    assert all(len(found) == 1 for found in types.values())


def test_each_predicate_has_one_form() -> None:
    """No two rows of the vocabulary write the values of one predicate in different forms; a node's IRI is an IRI."""
    forms: dict[str, set[Form]] = {}
    for rows in VOCABULARY.values():
        for row in rows:
            for name in row.predicates:
                forms.setdefault(name, set()).add(Form.IRI if row.form is Form.RELATION else row.form)
    assert all(len(found) == 1 for found in forms.values())


@settings(max_examples=40)
@given(sites())
def test_every_node_has_a_label(site: Site) -> None:
    """`rdfs:label` says of every node what the network's `label` says."""
    knowledge = built(site)
    labels = {str(node): str(label) for node, label in knowledge.triples.subject_objects(rdflib.RDFS.label)}
    assert labels == {node: data["label"] for node, data in knowledge.network.nodes(data=True)}


def test_heat_that_is_not_measured_is_not_stated() -> None:
    """A negative heat is nowhere, so that averages are those of what was measured; other numbers may be negative."""
    site: Site = {
        "a.md": {"title": "A", "heat": -1, "quality": -5},
        "b.md": {"title": "B", "heat": 0},
        "c.md": {"title": "C", "heat": 76},
        "d.md": {
            "title": "D",
            "webUrl": "https://news.example/d",
            "heat": -1,
            "related": [{"webUrl": "https://news.example/e"}],
        },
        "e.md": {"title": "E", "related": [{"webUrl": "https://news.example/d", "title": "D", "heat": 8}]},
        "_people/ada.md": {"name": "Ada", "type": "profile", "heat": "-1"},
    }
    knowledge = built(site)
    assert asked(knowledge, "SELECT (AVG(?heat) AS ?mean) WHERE { ?node ag:heat ?heat }") == [("28",)]
    heats = {data["label"]: data["heat"] for _, data in knowledge.network.nodes(data=True) if "heat" in data}
    assert heats == {"B": 0, "C": 76, "D": 8}
    assert knowledge.network.nodes[f"{BASE}article/a"]["quality"] == -5


@pytest.mark.parametrize(
    ("stated", "classes"),
    [
        ({}, "Article"),
        ({"category": "News"}, "Article NewsArticle"),
        ({"type": "article", "category": "news"}, "Article NewsArticle"),
        ({"type": "video", "category": "news"}, "VideoObject"),
        ({"type": "Course"}, "Course"),
        ({"type": "collection"}, "Collection"),
        ({"type": "event"}, "Event"),
        ({"type": "webinar"}, "Event"),
        ({"type": "download"}, "SoftwareSourceCode"),
        ({"type": "sample"}, "SoftwareSourceCode"),
        ({"type": "podcast"}, "Article"),
    ],
)
def test_an_article_has_every_class_that_fits(stated: dict[str, str], classes: str) -> None:
    """An article is a creative work and what its type says; news are articles too, for engines that do not reason."""
    found = article_classes(Article("https://news.example/a", "A", **stated))  # type: ignore[arg-type] # texts
    assert found == ("schema:CreativeWork", *(f"schema:{name}" for name in classes.split()))
