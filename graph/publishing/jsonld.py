"""JSON-LD 1.1: the graph for programs that read JSON or RDF."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import msgspec

from graph.knowledge import KnowledgeGraph
from graph.names import PREFIXES, expand
from graph.publishing.serialization import Serialization
from graph.terms import Form
from graph.views import Description
from graph.vocabulary import VOCABULARY

_TYPES: Mapping[Form, str] = MappingProxyType(
    {
        **dict.fromkeys((Form.IRI, Form.RELATION, Form.SOURCE), "@id"),
        **{form: form.value for form in (Form.TIME, Form.DAY, Form.DURATION, Form.DECIMAL)},
    }
)
"""The types that the context states; JSON itself has strings, integers and booleans."""

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
    """Return the graph as JSON-LD, with one node object in each line of `@graph`."""
    context: dict[str, object] = dict(PREFIXES)
    own = knowledge.truth.vocabulary
    types = {
        **_TYPE_OF,
        **{row.term: "@id" for row in own.relations},
        **{row.term: _TYPES[row.form] for row in own.literals if row.form in _TYPES},
    }
    terms = [*(row.term for row in own.relations), *(row.term for row in own.literals)]
    keys = {term: expand(term) for term in terms if term.startswith("<")}
    context.update({keys.get(name, name): {"@type": types[name]} for name in sorted(types)})
    head = '{"@context": ' + json.dumps(context, ensure_ascii=False) + ',\n "@graph": [\n'
    describe = partial(_describe, keys=keys)
    begin = '  {"@id":"'
    return Serialization(knowledge.truth, describe, begin, '"', head, between=",\n", tail="\n]}\n")


_encode = msgspec.json.Encoder().encode


def _describe(description: Description, *, keys: Mapping[str, str]) -> str:
    """Return a node object; `keys` are the IRIs of predicates that have no prefixed name."""
    node: dict[str, object] = {"@id": description.iri, "@type": description.classes}
    for predicate, terms in description.facts:
        values = [read(value) if (read := _READ.get(kind)) else value for kind, value in terms]
        node[predicate] = values[0] if len(values) == 1 else values
    if keys:
        node = {keys.get(name, name): value for name, value in node.items()}
    return "  " + _encode(node).decode()


_READ: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {"xsd:integer": int, "xsd:boolean": lambda value: value == "true"}
)
"""The datatypes of literals that become numbers and booleans of JSON."""
