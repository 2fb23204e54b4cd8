"""Where each relation is stated, as RDF 1.2: every statement of a relation is a named reifier.

Turtle 1.2 writes it after the triple, `~ <NAME> {| ... |}`; see https://www.w3.org/TR/rdf12-turtle/#reifying-triples.
It has a separate file because rdflib does not read this syntax.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from itertools import groupby
from pathlib import Path

from graph.knowledge import KnowledgeGraph
from graph.names import PREFIXES, evidence_iri, source_iri
from graph.records import Evidence
from graph.views.triples import escape_literal


def write_evidence(knowledge: KnowledgeGraph, path: Path) -> None:
    """Write where each relation is stated, in a file that is read on demand.

    Raises:
        OSError: The file cannot be written.
    """
    knowledge.truth.evidence.write(path)


def write_evidence_turtle(knowledge: KnowledgeGraph) -> Iterator[str]:
    """Yield where each relation is stated as Turtle 1.2, one relation at a time, sorted by source, target and name.

    A reifier has `prov:wasDerivedFrom` (the document), `ag:line`, and for a link in a text `ag:linkText` and
    `ag:sentence`.
    """
    base, predicates = knowledge.base, knowledge.truth.vocabulary.predicates
    yield 'VERSION "1.2"\n'
    for prefix, iri in PREFIXES.items():
        yield f"PREFIX {prefix}: <{iri}>\n"

    def relation_of(row: Evidence) -> tuple[str, str, str]:
        return row.source, predicates[row.relation], row.target

    for (source, predicate, target), rows in groupby(knowledge.truth.evidence, relation_of):
        reifiers = dict.fromkeys(_reifier(row, base) for row in rows)
        yield f"\n<{source}> {predicate} <{target}>" + "".join(reifiers) + " .\n"


def _reifier(row: Evidence, base: str) -> str:
    facts = [f"prov:wasDerivedFrom <{source_iri(base, row.path)}>"]
    if row.line:
        facts.append(f"ag:line {row.line}")
    if row.words:
        facts.append(f'ag:linkText "{escape_literal(row.words)}"')
    if row.sentence:
        facts.append(f'ag:sentence "{escape_literal(row.sentence)}"')
    return f"\n  ~ <{evidence_iri(base, astuple(row))}> {{| {' ; '.join(facts)} |}}"
