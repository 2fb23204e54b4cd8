"""Everything about one node, asked from the workers: its facts, and the nodes it is connected to."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from starlette.requests import Request

from graph.names import expand
from graph.serving.questions import Question
from graph.serving.sharing import client_of
from graph.serving.workers import Workers
from graph.urls import is_iri

_MOST_FACTS = 3_000
_MOST_OF_MANY = 300
_LISTED = 25
_MOST_RELATIONS = 40
"""The most relations to a node that one query asks for: more would be too much work for it."""

_NONE: Mapping[str, int] = MappingProxyType({})
_KINDS = {
    expand("schema:CreativeWork"): "article",
    expand("schema:Organization"): "provider",
    expand("skos:Concept"): "topic",
    expand("schema:Person"): "person",
    expand("schema:ImageObject"): "image",
}
_TYPE = expand("rdf:type")
_LABELS = tuple(map(expand, ("schema:headline", "skos:prefLabel", "schema:name")))
_ABOUT = """
    OPTIONAL { ?node schema:name ?label }
    OPTIONAL { ?node ag:stub ?stub }
    OPTIONAL {
        ?node a ?kind
        FILTER(?kind IN (schema:CreativeWork, schema:Organization, skos:Concept, schema:Person, schema:ImageObject))
    }
"""


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A subject or object, with what is needed to show it."""

    value: str
    """The IRI, or the text of the literal."""
    is_iri: bool
    """Whether it is an IRI."""
    datatype: str = ""
    """The datatype of a literal that is not plain text."""
    label: str = ""
    """The label of a node; empty for anything else."""
    kind: str = ""
    """The kind of a node; empty for anything else."""
    stub: bool = False
    """Whether it is an article that is only linked to."""
    both_ways: bool = False
    """Whether it also points to the node by the predicate with which the node points to it."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """The nodes that point to a node with one predicate, without those that `facts` has both ways."""

    predicate: str
    """The IRI of the predicate."""
    number: int
    """How many there are."""
    first: tuple[ShownTerm, ...]
    """The newest of them, at most 25."""
    one_way: bool = False
    """Whether others are left out because the node points to them, too."""


@dataclass(frozen=True, slots=True)
class Node:
    """Everything about one node."""

    iri: str
    """Its IRI."""
    kind: str
    """`article`, `provider`, `topic`, `person`, `image`, or empty."""
    label: str
    """Its label, or its IRI if it has none."""
    stub: bool
    """Whether it is an article that is only linked to."""
    facts: tuple[tuple[str, tuple[ShownTerm, ...]], ...]
    """Predicates with their objects, including classes."""
    incoming: tuple[Incoming, ...]
    """The nodes that point to it, sorted by predicate."""
    left_out: Mapping[str, int] = field(default_factory=lambda: _NONE)
    """For each predicate that `facts` holds only in part, the number of further objects."""

    def first(self, *predicates: str) -> str | None:
        """Return the first value of the first of these predicates that has one."""
        values = dict(self.facts)
        return next((values[name][0].value for name in predicates if name in values), None)


def describe_query(iri: str) -> str:
    """Return the query for all triples whose subject or object is a node."""
    return (
        f"CONSTRUCT {{ <{iri}> ?predicate ?object . ?subject ?relation <{iri}> }}\n"
        f"WHERE {{\n  {{ <{iri}> ?predicate ?object }}\n  UNION\n  {{ ?subject ?relation <{iri}> }}\n}}"
    )


def incoming_query(iri: str, predicate: str, *, one_way: bool = False) -> str:
    """Return the query for the nodes that point to a node with a predicate, newest first.

    With `one_way`, without those that the node points to with the same predicate.
    """
    unless = f"  {_unless_back(iri, predicate)}\n" if one_way else ""
    return (
        "SELECT ?node ?label ?published\nWHERE {\n"
        f"  ?node <{predicate}> <{iri}> .\n{unless}"
        "  OPTIONAL { ?node schema:name ?label }\n  OPTIONAL { ?node schema:datePublished ?published }\n"
        "}\nORDER BY DESC(?published) ?label"
    )


def outgoing_query(iri: str, predicate: str) -> str:
    """Return the query for the nodes that a node points to with a predicate."""
    return (
        "SELECT ?node ?label\nWHERE {\n"
        f"  <{iri}> <{predicate}> ?node .\n  OPTIONAL {{ ?node schema:name ?label }}\n"
        "}\nORDER BY ?label ?node"
    )


async def facts_of(request: Request, iri: str, joined: Collection[str] = ()) -> Node | None:
    """Return everything about a node, or `None` if it does not exist. Up to four queries, for large nodes six.

    For a node with thousands of facts, only the first of each predicate are returned. A node that is both led to and
    from by a predicate of `joined` is among the facts only.
    """
    back = f"BIND(EXISTS {{ ?node ?predicate <{iri}> }} AS ?back)"
    rows = await select(
        request,
        f"SELECT ?predicate ?node ?label ?kind ?stub ?back WHERE {{ <{iri}> ?predicate ?node . {_ABOUT} {back} }} "
        f"ORDER BY ?predicate ?label ?node LIMIT {_MOST_FACTS}",
    )
    numbers = await _numbers(request, f"?node ?predicate <{iri}>")
    if not rows and not numbers:
        return None
    stated: dict[str, int] = {}
    if len(rows) == _MOST_FACTS:
        rows, stated = await _first_facts(request, iri, back)
    facts: dict[str, dict[str, ShownTerm]] = {}
    for row in rows:
        facts.setdefault(row["predicate"].value, {}).setdefault(row["node"].value, _to_node(row))
    both: dict[str, int] = {}
    if numbers.keys() & facts.keys() & set(joined):
        both = await _numbers(request, f"<{iri}> ?predicate ?node . ?node ?predicate <{iri}>")
        both = {predicate: number for predicate, number in both.items() if predicate in joined}
    incoming = await _incoming(request, iri, numbers, both)
    kept = tuple((predicate, tuple(terms.values())) for predicate, terms in facts.items())
    kind = next((_KINDS[name] for name in facts.get(_TYPE, ()) if name in _KINDS), "")
    label = next((next(iter(facts[name])) for name in _LABELS if name in facts), "") or iri
    left_out = {name: stated[name] - len(terms) for name, terms in kept if stated.get(name, 0) > len(terms)}
    return Node(iri, kind, label, expand("ag:stub") in facts, kept, incoming, left_out)


async def select(request: Request, sparql: str) -> list[dict[str, ShownTerm]]:
    """Return the rows of a SELECT query, without unbound variables.

    Raises:
        QueryError: The query is refused; and whatever else `Workers.ask` raises.
    """
    workers: Workers = request.app.state.workers
    reply = await workers.ask(Question(sparql, "json"), client_of(request))
    return [
        {name: _to_term(found) for name, found in row.items()} for row in json.loads(reply.body)["results"]["bindings"]
    ]


def _unless_back(iri: str, predicate: str) -> str:
    return f"FILTER NOT EXISTS {{ <{iri}> <{predicate}> ?node }}"


async def _first_facts(request: Request, iri: str, back: str) -> tuple[list[dict[str, ShownTerm]], dict[str, int]]:
    """Return the first facts of each predicate, and the number of its facts."""
    numbers = await _numbers(request, f"<{iri}> ?predicate ?node")
    parts = [
        f"{{ {{ SELECT ?node WHERE {{ <{iri}> <{predicate}> ?node }} ORDER BY ?node LIMIT {_MOST_OF_MANY} }} "
        f"BIND(<{predicate}> AS ?predicate) }}"
        for predicate in _askable(numbers)
    ]
    rows = await select(
        request, f"SELECT * WHERE {{ {' UNION '.join(parts)} {_ABOUT} {back} }} ORDER BY ?predicate ?label ?node"
    )
    return rows, numbers


async def _numbers(request: Request, pattern: str) -> dict[str, int]:
    """Return how many triples of a pattern there are, by predicate."""
    counting = f"SELECT ?predicate (COUNT(*) AS ?number) WHERE {{ {pattern} }} GROUP BY ?predicate"
    return {row["predicate"].value: int(row["number"].value) for row in await select(request, counting)}


async def _incoming(request: Request, iri: str, stated: dict[str, int], both: dict[str, int]) -> tuple[Incoming, ...]:
    left = {predicate: number - both.get(predicate, 0) for predicate, number in stated.items()}
    numbers = {predicate: number for predicate, number in left.items() if number > 0}
    if not numbers:
        return ()
    parts = []
    for predicate in _askable(numbers):
        newest = f"?node <{predicate}> <{iri}> OPTIONAL {{ ?node schema:datePublished ?date }}"
        if predicate in both:
            newest += f" {_unless_back(iri, predicate)}"
        newest = f"SELECT ?node ?date WHERE {{ {newest} }} ORDER BY DESC(?date) ?node LIMIT {_LISTED}"
        parts.append(f"{{ {{ {newest} }} BIND(<{predicate}> AS ?predicate) }}")
    rows = await select(
        request, f"SELECT * WHERE {{ {' UNION '.join(parts)} {_ABOUT} }} ORDER BY ?predicate DESC(?date) ?label ?node"
    )
    found: dict[str, dict[str, ShownTerm]] = {predicate: {} for predicate in sorted(numbers)}
    for row in rows:
        found[row["predicate"].value].setdefault(row["node"].value, _to_node(row))
    return tuple(
        Incoming(predicate, numbers[predicate], tuple(terms.values()), predicate in both)
        for predicate, terms in found.items()
    )


def _askable(predicates: Iterable[str]) -> list[str]:
    return [predicate for predicate in sorted(predicates) if is_iri(predicate)][:_MOST_RELATIONS]


def _to_node(row: dict[str, ShownTerm]) -> ShownTerm:
    term = row["node"]
    kind = _KINDS.get(row["kind"].value, "") if "kind" in row else ""
    label = row["label"].value if "label" in row else ""
    back = "back" in row and row["back"].value == "true"
    return ShownTerm(term.value, term.is_iri, term.datatype, label, kind, "stub" in row, back)


def _to_term(found: dict[str, str]) -> ShownTerm:
    return ShownTerm(found["value"], found["type"] == "uri", found.get("datatype", ""))
