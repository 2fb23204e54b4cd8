"""How two nodes are connected: the shortest way between them, over any relation in either direction, told in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from graph.analysis.lookup import find_node
from graph.analysis.relations import Network, label_of, text_of
from graph.relation_words import RELATION_WORDS, clause, opening

__all__ = ["PathStep", "path_in_words", "shortest_path"]

_PREFERENCE = {relation: place for place, relation in enumerate(RELATION_WORDS)}


@dataclass(frozen=True, slots=True)
class PathStep:
    """A node on the way, and how it is reached from the one before."""

    step: int
    """Its place on the way; the start is 0."""
    iri: str
    """The node."""
    label: str
    """What it is called."""
    kind: str | None
    """`article`, `provider`, `topic` or `person`."""
    relation: str | None
    """The relation by which it is reached; `None` at the start."""
    direction: str | None
    """`forward` where the relation leads to this node, `backward` where it leads away; `None` at the start."""
    words: str
    """This step's part of the sentence that tells the whole way."""


def shortest_path(network: Network, source: str, target: str) -> tuple[PathStep, ...]:
    """Return the shortest way between two nodes over all relations in either direction; empty where there is none.

    Nodes are named by IRI, address or label, as `find_node` reads them; raises NoSuchNodeError for a name that means
    none or several. Among equally short ways the one whose nodes have the fewest neighbours in sum is taken, as a way
    through a hub that touches everything says little; among equals of these, the first by IRI. Stubs and unpublished
    articles are nodes like any other. The words of all steps together read as sentences (`path_in_words`). Linear in
    nodes and edges.
    """
    nodes = _way(network, find_node(network, source), find_node(network, target))
    return _told(network, nodes)


def path_in_words(steps: Iterable[PathStep]) -> str:
    """Return a way as sentences, such as `“A” is about “T”, which “B” is also about.`."""
    return " ".join(step.words for step in steps) or "Nothing joins the two."


def _way(network: Network, source: str, target: str) -> list[str]:
    """Return the nodes of the shortest way from source to target, both included; empty where there is none."""
    distances = {source: 0}
    layer = [source]
    while layer and target not in distances:
        reached = {
            node: distances[known] + 1 for known in layer for node in _neighbours(network, known) - distances.keys()
        }
        distances.update(reached)
        layer = list(reached)
    if target not in distances:
        return []
    onward = _onward(network, target, distances)
    nodes = [source]
    while nodes[-1] != target:
        nodes.append(onward[nodes[-1]])
    return nodes


def _onward(network: Network, target: str, distances: dict[str, int]) -> dict[str, str]:
    """Return, for each node on a shortest way to the target, the node to go to next."""
    onward: dict[str, str] = {}
    crowd = {target: 0}
    layer = [target]
    for distance in range(distances[target] - 1, -1, -1):
        chosen: dict[str, tuple[int, str]] = {}
        for later in layer:
            neighbours = _neighbours(network, later)
            cost = (crowd[later] + len(neighbours), later)
            for node in neighbours:
                if distances.get(node) == distance and (node not in chosen or cost < chosen[node]):
                    chosen[node] = cost
        crowd = {node: cost for node, (cost, _) in chosen.items()}
        onward.update({node: later for node, (_, later) in chosen.items()})
        layer = list(chosen)
    return onward


def _neighbours(network: Network, node: str) -> set[str]:
    """Return the other nodes that any relation joins to a node."""
    return {*network.succ[node], *network.pred[node]} - {node}


def _joining(network: Network, before: str, after: str) -> tuple[str, bool]:
    """Return the relation by which to tell the step between two neighbours, and whether it leads forward."""
    forward = [(str(relation), True) for relation in network.succ[before].get(after, ())]
    backward = [(str(relation), False) for relation in network.pred[before].get(after, ())]
    return min(
        forward + backward,
        key=lambda found: (_PREFERENCE.get(found[0], len(_PREFERENCE)), found[0], not found[1]),
    )


def _told(network: Network, nodes: list[str]) -> tuple[PathStep, ...]:
    """Return the steps along some nodes, with their words."""
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
            # A pronoun right after "which B is about" would point to the wrong node, so a new main clause names it.
            phrases[place] += ";"
            phrases.append(f"{labels[place]} {opening(relation, other, forward=forward)}")
    if phrases:
        phrases[-1] += "."
    return tuple(
        PathStep(
            step=place,
            iri=node,
            label=label_of(network, node),
            kind=kinds[place],
            relation=joins[place - 1][0] if place else None,
            direction=("forward" if joins[place - 1][1] else "backward") if place else None,
            words=phrases[place],
        )
        for place, node in enumerate(nodes)
    )
