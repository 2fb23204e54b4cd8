"""Turtle: triples as a person reads them, with prefixes, grouped and sorted by subject."""

from __future__ import annotations

from collections.abc import Iterator

from graph.knowledge import KnowledgeGraph
from graph.names import PREFIXES
from graph.views import Description, Term, descriptions_of
from graph.views.triples import escape_literal

__all__ = ["write_turtle"]

_BARE = frozenset({"xsd:integer", "xsd:boolean"})
_TINY = "0.000000"
"""What a decimal number may hold that is tiny: rdflib would read it, written bare, as `1E-7`, which is none."""


def write_turtle(knowledge: KnowledgeGraph) -> Iterator[str]:
    """Yield the graph as Turtle, one subject at a time."""
    for prefix, iri in PREFIXES.items():
        yield f"@prefix {prefix}: <{iri}> .\n"
    for description in descriptions_of(knowledge.truth):
        yield _to_turtle(description)


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
    if kind in _BARE or (kind == "xsd:decimal" and "." in value and _TINY not in value):
        return value
    return f'"{escape_literal(value)}"^^{kind}'
