"""What the explorer needs to know of a network, however large: its best-connected part, and counts of all the rest."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx

from graph.records import Record
from graph.truth import Truth
from graph.views import Network, attributes_of, edges_of

__all__ = ["NAMED_RELATIONS", "Outline", "outline_of", "to_outline"]

NAMED_RELATIONS = frozenset({"publisher", "about", "author", "affiliation"})
"""Relations whose ends are told by name even where the picture does not show them."""

_MOST_ARTICLES = 5_000
_MOST_OTHERS = 1_500


@dataclass(frozen=True, slots=True)
class Outline:
    """The part of a network that may be shown, and what it is a part of."""

    network: Network
    """The nodes that may be shown, with their attributes and the relations among them."""
    degrees: Mapping[str, int]
    """For each of these nodes, its relations in the whole."""
    counts: Mapping[str, Mapping[str, int]]
    """The same by relation and direction: `about to`, `related from` ..."""
    named: Mapping[str, Sequence[tuple[str, str, str]]]
    """For each of these nodes, the ends of its named relations: relation, IRI, label."""
    nodes: int
    """Nodes in the whole."""
    relations: int
    """Relations in the whole."""
    kinds: Mapping[str, int]
    """Nodes in the whole by kind."""


def to_outline(network: Network) -> Outline:
    """Return the outline of a whole network, every node included. Linear in its edges."""
    counts: dict[str, Counter[str]] = {iri: Counter() for iri in network}
    named: dict[str, list[tuple[str, str, str]]] = {}
    for start, end, relation in network.edges(keys=True):
        counts[start][f"{relation} to"] += 1
        counts[end][f"{relation} from"] += 1
        if relation in NAMED_RELATIONS:
            named.setdefault(start, []).append((str(relation), end, str(network.nodes[end].get("label", end))))
    return Outline(
        network=network,
        degrees=dict(network.degree()),
        counts=counts,
        named=named,
        nodes=len(network),
        relations=network.number_of_edges(),
        kinds=Counter(str(kind) for _, kind in network.nodes(data="kind")),
    )


def outline_of(truth: Truth) -> Outline:
    """Return the outline of a truth without building its network: of each kind only the best-connected nodes.

    Two passes over the relations, and memory for one number a node.
    """
    degrees: Counter[str] = Counter()
    relations = 0
    for start, end, _ in edges_of(truth):
        degrees[start] += 1
        degrees[end] += 1
        relations += 1
    records: dict[str, Mapping[str, Record]] = {
        "article": truth.articles,
        "provider": truth.providers,
        "topic": truth.topics,
        "person": truth.people,
    }
    network: Network = networkx.MultiDiGraph()
    for kind, some in records.items():
        most = _MOST_ARTICLES if kind == "article" else _MOST_OTHERS
        best = heapq.nsmallest(most, some, key=lambda iri: (-degrees[iri], iri))
        network.add_nodes_from((iri, attributes_of(some[iri])) for iri in sorted(best))
    labels: dict[str, Record] = {**truth.providers, **truth.topics, **truth.people}
    counts: dict[str, Counter[str]] = {iri: Counter() for iri in network}
    named: dict[str, list[tuple[str, str, str]]] = {}
    for start, end, relation in edges_of(truth):
        if start in counts:
            counts[start][f"{relation} to"] += 1
            if end in counts:
                network.add_edge(start, end, relation)
            if relation in NAMED_RELATIONS:
                named.setdefault(start, []).append((relation, end, labels[end].label))
        if end in counts:
            counts[end][f"{relation} from"] += 1
    return Outline(
        network=network,
        degrees={iri: degrees[iri] for iri in network},
        counts=counts,
        named=named,
        nodes=sum(map(len, records.values())),
        relations=relations,
        kinds={kind: len(some) for kind, some in records.items()},
    )
