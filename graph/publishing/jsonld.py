"""JSON-LD 1.1: the graph as JSON, for programs that know JSON and for those that know RDF."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec

from graph.knowledge import KnowledgeGraph
from graph.names import PREFIXES
from graph.publishing.serialization import Serialization
from graph.views import Description
from graph.vocabulary import VOCABULARY, Form

__all__ = ["write_jsonld"]

_TYPES: Mapping[Form, str] = MappingProxyType(
    {
        **dict.fromkeys((Form.IRI, Form.RELATION, Form.SOURCE), "@id"),
        **{form: form.value for form in (Form.TIME, Form.DAY, Form.DURATION, Form.DECIMAL)},
    }
)
"""What is said of a form's values once, in the context; JSON itself has texts, whole numbers and truth values."""

_TYPE_OF: Mapping[str, str] = MappingProxyType(
    {
        "skos:inScheme": "@id",
        **{
            predicate: _TYPES[row.form]
            for rows in VOCABULARY.values()
            for row in rows
            if row.form in _TYPES
            for predicate in row.predicates
        },
    }
)


def write_jsonld(knowledge: KnowledgeGraph) -> Serialization:
    """Return the graph as JSON-LD, one node object a line inside `@graph`."""
    context: dict[str, object] = dict(PREFIXES)
    context.update({name: {"@type": _TYPE_OF[name]} for name in sorted(_TYPE_OF)})
    head = '{"@context": ' + json.dumps(context, ensure_ascii=False) + ',\n "@graph": [\n'
    return Serialization(knowledge.truth, _describe, head, between=",\n", tail="\n]}\n")


_encode = msgspec.json.Encoder().encode


def _describe(description: Description) -> str:
    node: dict[str, object] = {"@id": description.iri, "@type": description.classes}
    for predicate, terms in description.facts:
        values = [read(value) if (read := _READ.get(kind)) else value for kind, value in terms]
        node[predicate] = values[0] if len(values) == 1 else values
    return "  " + _encode(node).decode()


_READ: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {"xsd:integer": int, "xsd:boolean": lambda value: value == "true"}
)
"""The literals that JSON has values for, by their datatype."""
