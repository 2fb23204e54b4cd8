"""The SPARQL service description of the endpoint, and the VoID description of the data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

import pyoxigraph

from graph.errors import GraphError
from graph.names import PREFIXES
from graph.serving.data import ServedData
from graph.serving.questions import Question
from graph.serving.workers import Workers
from graph.store.answers import TRIPLE_FORMATS

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_FOAF = "http://xmlns.com/foaf/0.1/"
_TYPE = PREFIXES["rdf"] + "type"
_WRITTEN_AS = (
    "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV Turtle N-Triples RDF_XML JSON-LD"
).split()
_LOCAL = re.compile(r"[A-Za-z0-9_-]+\Z")

PARTS = {
    "class": "SELECT ?part (COUNT(?one) AS ?number) { ?one a ?part } GROUP BY ?part ORDER BY ?part LIMIT 1000",
    "property": "SELECT ?part (COUNT(*) AS ?number) { ?one ?part ?other } GROUP BY ?part ORDER BY ?part LIMIT 1000",
}
"""The queries that count the members of each class, and the triples of each property."""

Parts = dict[str, list[tuple[str, int]]]
"""For each kind of part the IRIs in use, each with how many members or triples it has."""


def describe_service(endpoint: str, site: ServedData) -> Iterator[pyoxigraph.Triple]:
    """Yield the SPARQL 1.1 Service Description of the endpoint at this address."""
    service, dataset, triples = endpoint, f"{endpoint}#dataset", f"{endpoint}#default-graph"
    yield _link(service, _TYPE, _SD + "Service")
    yield _link(service, _SD + "endpoint", endpoint)
    yield _link(service, _SD + "supportedLanguage", _SD + "SPARQL11Query")
    yield _link(service, _SD + "defaultDataset", dataset)
    for name in _WRITTEN_AS:
        yield _link(service, _SD + "resultFormat", _FORMATS + name)
    yield _link(dataset, _TYPE, _SD + "Dataset")
    yield _link(dataset, _SD + "defaultGraph", triples)
    yield _link(triples, _TYPE, _SD + "Graph")
    yield _link(triples, _TYPE, _VOID + "Dataset")
    yield _number(triples, _VOID + "triples", site.triples)


def describe_data(page: str, endpoint: str, site: ServedData, parts: Parts) -> Iterator[pyoxigraph.Triple]:
    """Yield the VoID description of the data, as the document at the address `page`."""
    data = f"{page}#data"
    yield _link(page, _TYPE, _VOID + "DatasetDescription")
    yield _link(page, _FOAF + "primaryTopic", data)
    yield _link(data, _TYPE, _VOID + "Dataset")
    yield _text(data, PREFIXES["dcterms"] + "title", site.title)
    yield _text(data, PREFIXES["dcterms"] + "identifier", site.version)
    moment = datetime.fromtimestamp(int(site.modified), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    yield _typed(data, PREFIXES["dcterms"] + "modified", moment, "dateTime")
    yield _link(data, _VOID + "sparqlEndpoint", endpoint)
    yield _text(data, _VOID + "uriSpace", site.base)
    yield _number(data, _VOID + "triples", site.triples)
    for name in ("schema", "skos", "dcterms", "prov", "ag"):
        yield _link(data, _VOID + "vocabulary", PREFIXES[name])
    named = [
        (kind, f"{page}#{_part_name(kind, iri, place)}", iri, size)
        for kind, counted in sorted(parts.items())
        for place, (iri, size) in enumerate(counted)
    ]
    for kind, counted in sorted(parts.items()):
        yield _number(data, _VOID + ("classes" if kind == "class" else "properties"), len(counted))
    for kind, part, _, _ in named:
        yield _link(data, f"{_VOID}{kind}Partition", part)
    for kind, part, iri, size in named:
        yield _link(part, _VOID + kind, iri)
        yield _number(part, _VOID + ("entities" if kind == "class" else "triples"), size)


async def count_parts(workers: Workers) -> Parts:
    """Count the members of each class and the triples of each property; a count that takes too long is left out."""
    counted: Parts = {}
    for kind, query in PARTS.items():
        try:
            reply = await workers.ask(Question(query, "json"))
        except GraphError:
            continue
        rows = json.loads(reply.body)["results"]["bindings"]
        counted[kind] = [(row["part"]["value"], int(row["number"]["value"])) for row in rows]
    return counted


def written(triples: Iterator[pyoxigraph.Triple], form: str) -> bytes:
    """Return triples in one of the formats `ttl`, `nt`, `rdfxml` and `jsonld`."""
    prefixes = {**PREFIXES, "sd": _SD, "void": _VOID, "foaf": _FOAF, "formats": _FORMATS}
    stream = BytesIO()
    pyoxigraph.serialize(triples, stream, format=TRIPLE_FORMATS[form], prefixes=prefixes)
    return stream.getvalue()


def _link(subject: str, predicate: str, target: str) -> pyoxigraph.Triple:
    return pyoxigraph.Triple(*(pyoxigraph.NamedNode(iri) for iri in (subject, predicate, target)))


def _text(subject: str, predicate: str, text: str) -> pyoxigraph.Triple:
    return _typed(subject, predicate, text, "string")


def _number(subject: str, predicate: str, number: int) -> pyoxigraph.Triple:
    return _typed(subject, predicate, str(number), "integer")


def _typed(subject: str, predicate: str, text: str, datatype: str) -> pyoxigraph.Triple:
    literal = pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode(PREFIXES["xsd"] + datatype))
    return pyoxigraph.Triple(pyoxigraph.NamedNode(subject), pyoxigraph.NamedNode(predicate), literal)


def _part_name(kind: str, iri: str, place: int) -> str:
    """Return the fragment of a part: its place, and the local name of its class or property."""
    name = re.split(r"[/#]", iri)[-1]
    return f"{kind}-{place}-{name}" if _LOCAL.match(name) else f"{kind}-{place}"
