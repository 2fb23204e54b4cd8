"""The truth as a NetworkX network: a node for each record, an edge for each relation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from graph.records import Article, Record, Scalar
from graph.truth import Truth
from graph.vocabulary import KINDS, VOCABULARY, Field, Form, OwnLiteral

if TYPE_CHECKING:
    import networkx

__all__ = ["Network", "attributes_of", "edges_of", "nodes_of", "own_attributes", "to_network"]

Network: TypeAlias = "networkx.MultiDiGraph[str]"
"""Nodes are IRIs; edge keys are names of relations, which each edge's `relation` repeats."""

_ROWS: dict[type, tuple[Field, ...]] = {
    kind: tuple(row for row in rows if row.network and row.form is not Form.RELATION)
    for kind, rows in VOCABULARY.items()
}
_RELATIONS: dict[type, tuple[tuple[str, str], ...]] = {
    kind: tuple((row.name, row.network) for row in rows if row.network and row.form is Form.RELATION)
    for kind, rows in VOCABULARY.items()
}
_RESERVED = {kind: frozenset({"id", "kind", *(row.network or "" for row in rows)}) for kind, rows in _ROWS.items()}
"""`id` is what other programs call the node itself."""


def to_network(truth: Truth) -> Network:
    """Return the truth as a network.

    Nodes are IRIs with scalar attributes (`kind` = `article`, `provider`, `topic` or `person`, `label`, ...); an edge's
    key is its relation's name, and so is its attribute `relation`, as many tools drop keys. Linear in nodes and edges.
    """
    import networkx

    network: Network = networkx.MultiDiGraph()
    network.add_nodes_from(nodes_of(truth))
    for source, target, name in edges_of(truth):
        network.add_edge(source, target, name, relation=name)
    return network


def nodes_of(truth: Truth) -> Iterator[tuple[str, dict[str, Scalar]]]:
    """Yield every node with its attributes: articles, providers, topics, people, each sorted by IRI."""
    for record in _records(truth):
        yield record.iri, attributes_of(record, truth.vocabulary.literals)


def edges_of(truth: Truth) -> Iterator[tuple[str, str, str]]:
    """Yield every relation as source, target and name, in the order of the nodes; no two are equal."""
    for record in _records(truth):
        for field, name in _RELATIONS[type(record)]:
            targets = getattr(record, field)
            if not targets:
                continue
            if isinstance(targets, str):
                yield record.iri, targets, name
            else:
                for target in targets:
                    yield record.iri, target, name
        if isinstance(record, Article) and record.relations:
            for name, targets in record.relations.items():
                for target in targets:
                    yield record.iri, target, name


def attributes_of(record: Record, literals: Sequence[OwnLiteral] = ()) -> dict[str, Scalar]:
    """Return a record's attributes: scalars only, absent where unknown; `literals` are those of the site's own.

    Several texts are one, joined by `; `; of several other values the first stands. A field of the file that has the
    name of one of ours is called `extra_NAME`.
    """
    kind = type(record)
    attributes: dict[str, Scalar] = {"kind": KINDS[kind][0]}
    for row in _ROWS[kind]:
        value = getattr(record, row.name)
        if value is None or value == ():
            continue
        if isinstance(value, tuple):
            value = "; ".join(value) if row.form is Form.TEXT else value[0]
        attributes[row.network or row.name] = value
    taken = _RESERVED[kind]
    if literals and isinstance(record, Article):
        taken = taken.union(literal.name for literal in literals)
        attributes |= own_attributes(record, literals)
    for name, value in record.extra.items():
        while name in taken or name in attributes:
            name = f"extra_{name}"  # noqa: PLW2901 - the same field, under a name that is free
        attributes[name] = value
    return attributes


def own_attributes(article: Article, literals: Sequence[OwnLiteral]) -> dict[str, Scalar]:
    """Return an article's literals of the site's own as attributes, in the order of `literals`."""
    attributes: dict[str, Scalar] = {}
    for literal in literals:
        if values := article.literals.get(literal.name):
            attributes[literal.name] = "; ".join(map(str, values)) if literal.form is Form.TEXT else values[0]
    return attributes


def _records(truth: Truth) -> Iterator[Record]:
    yield from truth.articles.values()
    yield from truth.providers.values()
    yield from truth.topics.values()
    yield from truth.people.values()
