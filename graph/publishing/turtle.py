"""Turtle: triples for people, with prefixes, grouped and sorted by subject."""

from __future__ import annotations

from graph.knowledge import KnowledgeGraph
from graph.names import PREFIXES
from graph.publishing.serialization import Serialization
from graph.views import Description, Term
from graph.views.triples import escape_literal

_BARE = frozenset({"xsd:integer", "xsd:boolean"})
_TINY = ("0.000000", "-0.000000")
"""The beginnings of decimals that rdflib, if they are not quoted, reads as `1E-7`, which is not a decimal."""


def write_turtle(knowledge: KnowledgeGraph) -> Serialization:
    """Return the graph as Turtle, one subject at a time."""
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    return Serialization(knowledge.truth, _to_turtle, "\n<", head=head)


def _to_turtle(description: Description) -> str:
    parts = [f"\n<{description.iri}>\n    a {', '.join(description.classes)}"]
    for predicate, terms in description.facts:
        if len(terms) == 1:
            parts.append(f"    {predicate} {_to_term(terms[0])}")
        else:
            objects = ",\n        ".join([_to_term(term) for term in terms])
            parts.append(f"    {predicate}\n        {objects}")
    return " ;\n".join(parts) + " .\n"


def _to_term(term: Term) -> str:
    kind, value = term
    if kind == "iri":
        return f"<{value}>"
    if kind == "xsd:string":
        return f'"{escape_literal(value)}"'
    if kind in _BARE or (kind == "xsd:decimal" and "." in value and not value.startswith(_TINY)):
        return value
    return f'"{escape_literal(value)}"^^{kind}'
