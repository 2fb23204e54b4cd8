"""How two nodes are connected: the shortest paths over any relation in either direction, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from graph.analysis.lookup import find_node
from graph.analysis.relations import Network, label_of, of_network, text_of
from graph.errors import FormatError
from graph.relation_words import by_preference, clause, opening
from graph.structure.arrays import Ints
from graph.structure.rows import Rows
from graph.structure.ways import find_path, find_paths, most_without_a_hub


@dataclass(frozen=True, slots=True)
class PathStep:
    """A node on a path, and how it is reached from the one before."""

    step: int
    """Its place on the path, from 0."""
    iri: str
    """The node."""
    label: str
    """Its label."""
    kind: str | None
    """`article`, `provider`, `topic` or `person`."""
    relation: str | None
    """The relation that leads here; `None` at the start."""
    direction: str | None
    """`forward` if the relation leads to this node, `backward` if it leads from it; `None` at the start."""
    words: str
    """The part of this step in the sentences that describe the path."""
    hub: bool
    """Whether it is a hub: a node with so many relations that a path through it says little."""
    path: int
    """The number of the path, from 1."""


@of_network
def shortest_path(network: Network, source: str, target: str, *, hubs: bool = False) -> tuple[PathStep, ...]:
    """Return the shortest path between two nodes over all relations in either direction; empty if there is none.

    Nodes are named as in `find_node`, which raises NoSuchNodeError for a name of none or several. A hub has more than
    60 relations, and more than a fiftieth of the number of nodes. The path leads through one only if every path does,
    or with `hubs` if that is shorter. Of equally short paths it is the one whose nodes have the fewest relations in
    sum, then the first by IRI. Stubs and unpublished articles are nodes like any other. `path_in_words` joins the words
    of the steps. Linear in nodes and edges.
    """
    numbered = _Numbered(network)
    start, end = (numbered.number(find_node(network, name)) for name in (source, target))
    path = find_path(numbered, start, end, numbered.nodes.__getitem__, hubs=hubs)
    return _to_steps(network, [numbered.nodes[node] for node in path or ()], 1)


@of_network
def shortest_paths(
    network: Network, source: str, target: str, paths: int = 3, *, hubs: bool = False
) -> tuple[PathStep, ...]:
    """Return up to `paths` shortest paths between two nodes that visit no node twice, one after the other.

    The first is `shortest_path`, and the others follow in the same order of preference (Yen 1971). Paths through hubs
    are among them only if every path leads through one, or with `hubs`. Linear in nodes and edges, for each node of
    each path.

    Raises:
        NoSuchNodeError: No node, or several, have a name.
        FormatError: `paths` is below 1.
    """
    if paths < 1:
        raise FormatError(f"paths: {paths} is below 1. Give the number of paths.")
    numbered = _Numbered(network)
    start, end = (numbered.number(find_node(network, name)) for name in (source, target))
    found = find_paths(numbered, start, end, numbered.nodes.__getitem__, paths, hubs=hubs)
    return tuple(
        step
        for number, path in enumerate(found, start=1)
        for step in _to_steps(network, [numbered.nodes[node] for node in path], number)
    )


def path_in_words(steps: Iterable[PathStep]) -> str:
    """Return a path as sentences, such as `“A” is about “T”, which “B” is also about.`."""
    return " ".join(step.words for step in steps) or "The two are not connected."


class _Numbered:
    """Numbers the nodes of a network when they are first met, so that most of a large network is never touched."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._numbers: dict[str, int] = {}
        self.nodes: list[str] = []
        """The nodes met, by number."""

    def __len__(self) -> int:
        return len(self._network)

    def number(self, node: str) -> int:
        """Return a node's number."""
        number = self._numbers.setdefault(node, len(self.nodes))
        if number == len(self.nodes):
            self.nodes.append(node)
        return number

    def counts(self, nodes: Ints) -> Ints:
        """Return the number of relations of each node."""
        return np.array([self._network.degree(self.nodes[node]) for node in nodes.tolist()], np.int64)

    def of_many(self, nodes: Ints) -> Rows:
        """Return the neighbours of each node, once for each relation."""
        starts, ends = [0], []
        for node in nodes.tolist():
            name = self.nodes[node]
            for beside in (self._network.succ[name], self._network.pred[name]):
                for other, relations in beside.items():
                    ends.extend([self.number(other)] * len(relations))
            starts.append(len(ends))
        return Rows(np.array(starts), np.array(ends, np.int64))


def _joining(network: Network, before: str, after: str) -> tuple[str, bool]:
    """Return the most informative relation between two neighbours, and whether it leads forward."""
    forward = {str(relation) for relation in network.succ[before].get(after, ())}
    backward = {str(relation) for relation in network.pred[before].get(after, ())}
    relation = by_preference(forward | backward)[0]
    return relation, relation in forward


def _to_steps(network: Network, nodes: list[str], number: int) -> tuple[PathStep, ...]:
    """Return the steps along a path, with their words."""
    labels = [f"“{label_of(network, node)}”" for node in nodes]
    kinds = [text_of(network, node, "kind") for node in nodes]
    joins = [_joining(network, before, after) for before, after in pairwise(nodes)]
    phrases = labels[:1]
    for place, (relation, forward) in enumerate(joins):
        other = labels[place + 1]
        if place == 0:
            phrases.append(opening(relation, other, forward=forward))
        elif phrases[place].endswith(labels[place]):
            phrases[place] += ","
            pronoun = "who" if kinds[place] == "person" else "which"
            also = joins[place - 1] == (relation, not forward)
            phrases.append(clause(relation, other, forward=forward, pronoun=pronoun, also=also))
        else:
            # A pronoun after "which B is about" would mean the wrong node, so a new main clause names the right one.
            phrases[place] += ";"
            phrases.append(f"{labels[place]} {opening(relation, other, forward=forward)}")
    if phrases:
        phrases[-1] += "."
    return tuple(
        PathStep(
            path=number,
            step=place,
            iri=node,
            label=label_of(network, node),
            kind=kinds[place],
            relation=joins[place - 1][0] if place else None,
            direction=("forward" if joins[place - 1][1] else "backward") if place else None,
            hub=network.degree(node) > most_without_a_hub(len(network)),
            words=phrases[place],
        )
        for place, node in enumerate(nodes)
    )
