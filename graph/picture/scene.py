"""What a picture shows, before anyone draws it: nodes, what joins them, and what they are a part of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from graph.errors import FormatError

if TYPE_CHECKING:
    import networkx

__all__ = ["Link", "Network", "Scene", "check_most", "degrees_of", "label_of", "links_among"]

Network: TypeAlias = "networkx.MultiDiGraph[str]"
"""Nodes are IRIs, edge keys are names of relations."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A line of a picture."""

    start: str
    """The IRI of the node it leads from."""
    relation: str
    """The relation's name; in an overview `together`, of topics, or `covers`, from a provider to a topic."""
    end: str
    """The IRI of the node it leads to."""
    weight: int = 1
    """In an overview, the number of articles that both ends share."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Some nodes of a network, chosen to be looked at."""

    title: str
    """What the picture is called: plain text."""
    nodes: tuple[str, ...]
    """The IRIs shown, sorted."""
    links: tuple[Link, ...]
    """What joins them, sorted."""
    degrees: Mapping[str, int]
    """For each node shown, its relations in the whole network; in an overview, its articles."""
    centres: tuple[str, ...]
    """The nodes that were asked for by name."""
    found: int
    """How many nodes there would have been to show."""
    within: str
    """Where they were found, as the page says it: `within 1 step`."""
    is_overview: bool = False
    """Whether these are topics and providers, joined by what they share."""


def links_among(network: Network, nodes: frozenset[str]) -> tuple[Link, ...]:
    """Return the relations among some nodes, sorted. Linear in their relations."""
    edges = network.out_edges(nodes, keys=True)
    return tuple(sorted(Link(start, str(relation), end) for start, end, relation in edges if end in nodes))


def degrees_of(network: Network, nodes: frozenset[str]) -> dict[str, int]:
    """Return how many relations each of some nodes has in the whole network."""
    return {node: int(network.degree(node)) for node in sorted(nodes)}


def label_of(network: Network, node: str) -> str:
    """Return what people call a node, or its IRI where it has no label."""
    return str(network.nodes[node].get("label") or node)


def check_most(most: int) -> None:
    """Raise FormatError if no node may be shown."""
    if most < 1:
        raise FormatError(f"most: {most} is below one. Give the largest number of nodes to show.")
