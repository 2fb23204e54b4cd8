"""The truth as a NetworkX network: a node for each record, an edge for each relation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from graph.evidence import FirstPlace
from graph.records import Article, Record, Scalar
from graph.terms import Field, Form
from graph.truth import Truth
from graph.vocabulary import KINDS, RELATION_FIELDS, VOCABULARY, OwnLiteral

if TYPE_CHECKING:
    import networkx

Network: TypeAlias = "networkx.MultiDiGraph[str]"
"""Nodes are IRIs; edge keys are names of relations, which each edge's `relation` repeats."""

StatedEdge: TypeAlias = tuple[str, str, str, FirstPlace | None, str]
"""Source, target and name of a relation, the first place that states it, and the sentence around a link in a text."""

_ROWS: dict[type, tuple[Field, ...]] = {
    kind: tuple(row for row in rows if row.network and row.form is not Form.RELATION)
    for kind, rows in VOCABULARY.items()
}
_VALUES: dict[type, Callable[[Record], tuple[Any, ...]]] = {
    kind: attrgetter(*(row.name for row in rows)) for kind, rows in _ROWS.items() if rows
}
_WRITTEN: dict[type, tuple[tuple[str, bool], ...]] = {
    kind: tuple((row.network or row.name, row.form is Form.TEXT) for row in rows) for kind, rows in _ROWS.items()
}
"""The names of attributes, and whether they are texts, several of which are joined."""

_RESERVED = {kind: frozenset({"id", "kind", *(row.network or "" for row in rows)}) for kind, rows in _ROWS.items()}
"""Names of attributes that are taken; other programs use `id` for the node itself."""


def to_network(truth: Truth, only: Collection[str] | None = None) -> Network:
    """Return the truth as a network, with some relations, by name, or with all (`None`).

    Nodes are IRIs with scalar attributes (`kind` = `article`, `provider`, `topic` or `person`, `label`, ...); an edge's
    key is its relation's name, and so is its attribute `relation`, as many tools drop keys. `stated_in` is where an
    edge is stated first, `path:line`, or only the path if the line is unknown; `text` is the sentence around a link in
    a text. With only some relations, edges have neither, which is cheaper. Linear in nodes and edges.
    """
    import networkx

    network: Network = networkx.MultiDiGraph()
    network.add_nodes_from(nodes_of(truth))
    if only is not None:
        for source, target, name in edges_of(truth):
            if name in only:
                network.add_edge(source, target, key=name, relation=name)
        return network
    for source, target, name, place, text in stated_edges_of(truth):
        attributes = {"relation": name}
        if place:
            path, line, _ = place
            attributes["stated_in"] = f"{path}:{line}" if line else path
        if text:
            attributes["text"] = text
        network.add_edge(source, target, name, **attributes)
    return network


def nodes_of(truth: Truth) -> Iterator[tuple[str, dict[str, Scalar]]]:
    """Yield every node with its attributes: articles, providers, topics, people, each sorted by IRI."""
    for record in truth.records():
        yield record.iri, attributes_of(record, truth.vocabulary.literals)


def edges_of(truth: Truth) -> Iterator[tuple[str, str, str]]:
    """Yield every relation once as source, target and name, in the order of the nodes."""
    for source, name, targets in targets_of(truth):
        for target in targets:
            yield source, target, name


def targets_of(truth: Truth) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the source, the name and all targets of the relations that `edges_of` yields one by one."""
    for record in truth.records():
        for name, targets in relations_of(record):
            yield record.iri, name, targets


def stated_edges_of(truth: Truth) -> Iterator[StatedEdge]:
    """Yield every relation as `edges_of` does, with the first place that states it and the sentence of a link."""
    places = truth.evidence.first_places()
    for record in truth.records():
        stated = places.of(record.iri)
        for name, targets in relations_of(record):
            found = stated.get(name, _NONE)
            for target in targets:
                place = found.get(target)
                yield record.iri, target, name, place, places.said(place)[1] if place and place[2] else ""


_NONE: Mapping[str, FirstPlace] = MappingProxyType({})


def relations_of(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name and the targets of each relation of a record: ours, then the site's own."""
    for field, name in RELATION_FIELDS[type(record)]:
        if targets := getattr(record, field):
            yield name, (targets,) if isinstance(targets, str) else targets
    if isinstance(record, Article):
        yield from record.relations.items()


def attributes_of(record: Record, literals: Sequence[OwnLiteral] = ()) -> dict[str, Scalar]:
    """Return the known attributes of a record as scalars; `literals` are those of the site's own.

    Several texts are joined by `; `; of several other values the first is used. A field of the document with the name
    of one of our attributes becomes `extra_NAME`.
    """
    kind = type(record)
    attributes: dict[str, Scalar] = {"kind": KINDS[kind][0]}
    for (name, is_text), value in zip(_WRITTEN[kind], _VALUES[kind](record), strict=True):
        if not value and (value is None or value == ()):
            continue
        if isinstance(value, tuple):
            value = "; ".join(value) if is_text else value[0]  # noqa: PLW2901 - as one value
        attributes[name] = value
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
