"""JSON-LD 1.1: the graph as JSON, for programs that know JSON and for those that know RDF."""

from __future__ import annotations

import json
from collections.abc import Iterator

from graph.knowledge import KnowledgeGraph
from graph.names import PREFIXES
from graph.views import Description, Term, descriptions_of
from graph.vocabulary import VOCABULARY, Form

__all__ = ["write_jsonld"]

_IRI_FORMS = frozenset({Form.IRI, Form.RELATION, Form.SOURCE})
_IRI_PREDICATES = frozenset(
    predicate for rows in VOCABULARY.values() for row in rows if row.form in _IRI_FORMS for predicate in row.predicates
) | {"skos:inScheme"}


def write_jsonld(knowledge: KnowledgeGraph) -> Iterator[str]:
    """Yield the graph as JSON-LD, one node object a line inside `@graph`."""
    context: dict[str, object] = dict(PREFIXES)
    context.update({name: {"@type": "@id"} for name in sorted(_IRI_PREDICATES)})
    yield '{"@context": ' + json.dumps(context, ensure_ascii=False) + ',\n "@graph": ['
    separator = "\n"
    for description in descriptions_of(knowledge.truth):
        yield separator + "  " + json.dumps(_to_object(description), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _to_object(description: Description) -> dict[str, object]:
    node: dict[str, object] = {"@id": description.iri, "@type": list(description.classes)}
    for predicate, terms in description.facts:
        values = [_to_json(predicate, term) for term in terms]
        node[predicate] = values[0] if len(values) == 1 else values
    return node


def _to_json(predicate: str, term: Term) -> object:
    kind, value = term
    if kind == "iri":
        return value if predicate in _IRI_PREDICATES else {"@id": value}
    if kind == "xsd:string":
        return value
    if kind == "xsd:integer":
        return int(value)
    if kind == "xsd:boolean":
        return value == "true"
    return {"@type": kind, "@value": value}
