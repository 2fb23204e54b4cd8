"""Turtle: triples as a person reads them, with prefixes, grouped and sorted by subject."""

from __future__ import annotations

from graph.knowledge import KnowledgeGraph
from graph.names import PREFIXES
from graph.publishing.serialization import Serialization
from graph.views import Description, Term
from graph.views.triples import escape_literal

__all__ = ["write_turtle"]

_BARE = frozenset({"xsd:integer", "xsd:boolean"})


def write_turtle(knowledge: KnowledgeGraph) -> Serialization:
    """Return the graph as Turtle, one subject at a time."""
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    return Serialization(knowledge.truth, _to_turtle, head)


def _to_turtle(description: Description) -> str:
    lines = [f"\n<{description.iri}>"]
    lines.append(f"    a {', '.join(description.classes)}")
    for predicate, terms in description.facts:
        if len(terms) == 1:
            lines[-1] += " ;"
            lines.append(f"    {predicate} {_to_term(terms[0])}")
        else:
            lines[-1] += " ;"
            objects = ",\n        ".join(_to_term(term) for term in terms)
            lines.append(f"    {predicate}\n        {objects}")
    return "\n".join(lines) + " .\n"


def _to_term(term: Term) -> str:
    kind, value = term
    if kind == "iri":
        return f"<{value}>"
    if kind == "xsd:string":
        return f'"{escape_literal(value)}"'
    if kind in _BARE or (kind == "xsd:decimal" and "." in value):
        return value
    return f'"{escape_literal(value)}"^^{kind}'
