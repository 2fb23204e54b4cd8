"""A part of a network as a truth, for everything that shows a truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.evidence import EvidenceTable, EvidenceWriter
from graph.pairs import by_key
from graph.records import Article, Person, Provider, Record, Scalar, Topic
from graph.terms import Form
from graph.truth import Truth
from graph.views import Network
from graph.vocabulary import KINDS, NO_VOCABULARY, VOCABULARY, Vocabulary

_KINDS: Mapping[str, type[Record]] = {KINDS[kind][0]: kind for kind in (Article, Provider, Topic, Person)}
_ATTRIBUTES, _RELATIONS = (
    {
        kind: {row.network: row for row in VOCABULARY[kind] if (row.form is Form.RELATION) == is_relation}
        for kind in _KINDS.values()
    }
    for is_relation in (False, True)
)
"""For each kind of record the rows of its attributes and of its relations, by their names in the network."""

_MOST_DIGITS = 9
"""The most digits of a line: evidence has 32 bits for it, and a network may come from anywhere."""


def cut(
    network: Network, nodes: Iterable[str], *, base: str, title: str, vocabulary: Vocabulary = NO_VOCABULARY
) -> Truth:
    """Return some nodes of a network, and the relations among them, as a truth.

    It contains what the network contains: only the first of several addresses, and only the first place where each
    relation is stated. Nodes of unknown kinds are left out. `vocabulary` is what the site adds. Linear in the relations
    of the nodes.
    """
    kinds = {node: _KINDS.get(str(network.nodes[node].get("kind"))) for node in sorted(set(nodes))}
    records: dict[type[Record], dict[str, Any]] = {kind: {} for kind in _KINDS.values()}
    for node, kind in kinds.items():
        if kind:
            edges = network.out_edges(node, keys=True)
            related = by_key((relation, target) for _, target, relation in edges if kinds.get(target))
            records[kind][node] = _to_record(kind, node, network.nodes[node], related, vocabulary)
    return Truth(
        base=base,
        title=title,
        articles=records[Article],
        providers=records[Provider],
        topics=records[Topic],
        people=records[Person],
        images={},
        problems=(),
        files=0,
        vocabulary=vocabulary,
        evidence=_to_evidence(network, [node for node, kind in kinds.items() if kind]),
    )


def _to_record(
    kind: type[Record],
    iri: str,
    attributes: Mapping[str, Any],
    related: Mapping[str, list[str]],
    vocabulary: Vocabulary,
) -> Record:
    """Return a record from its relations and the attributes that `graph.views.attributes_of` made."""
    values: dict[str, Any] = {"iri": iri, "label": iri}
    extra: dict[str, Scalar] = {}
    literals: dict[str, tuple[Scalar, ...]] = {}
    own = {literal.name: literal.form for literal in vocabulary.literals} if kind is Article else {}
    for name, value in attributes.items():
        row = _ATTRIBUTES[kind].get(name)
        if name in own:
            literals[name] = tuple(value.split("; ")) if own[name] is Form.TEXT else (value,)
        elif row is None:
            extra[name] = value
        elif not row.is_list:
            values[row.name] = value
        else:
            values[row.name] = tuple(str(value).split("; ")) if row.form is Form.TEXT else (value,)
    for name, targets in related.items():
        if row := _RELATIONS[kind].get(name):
            values[row.name] = tuple(targets) if row.is_list else targets[0]
    extra.pop("kind", None)
    if kind is Article:
        names = [relation.name for relation in vocabulary.relations]
        values["relations"] = {name: tuple(related[name]) for name in names if name in related}
        values["literals"] = literals
    return kind(**values, extra=extra)


def _to_evidence(network: Network, nodes: Iterable[str]) -> EvidenceTable:
    """Return where relations are stated, as far as the edges of the network say."""
    evidence = EvidenceWriter()
    for node in nodes:
        for _, target, relation, known in network.out_edges(node, keys=True, data=True):
            path, _, line = str(known.get("stated_in", "")).rpartition(":")
            if path and line.isdecimal() and len(line) <= _MOST_DIGITS:
                texts = [("", known["text"])] if "text" in known else []
                evidence.add(node, relation, path, [(int(line), target)], texts)
    return evidence.table()
