"""The nodes of a graph in a row, and its relations as pairs of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import networkx

__all__ = ["RELATION_NAMES", "Floats", "Ints", "Structure", "distinct", "structure_of"]

Ints: TypeAlias = NDArray[np.int64]
"""Whole numbers in a row, mostly numbers of nodes."""

Floats: TypeAlias = NDArray[np.float64]
"""Measures in a row."""

_KINDS = ("article", "topic", "provider", "person")
"""The kinds of nodes, in the order of their numbers."""

RELATION_NAMES = (
    "publisher",
    "about",
    "related",
    "links",
    "part",
    "based_on",
    "author",
    "mentions",
    "broader",
    "affiliation",
    "expertise",
    "parent",
)
"""The relations of the table, in the order in which the explorer's page holds them; others come after."""


@dataclass(frozen=True, slots=True)
class Structure:
    """Nodes, all articles first, then topics, providers and people; a node's number is its place."""

    counts: tuple[int, int, int, int]
    """How many articles, topics, providers and people there are."""
    labels: Sequence[str]
    """What each node is called."""
    stub: NDArray[np.bool_]
    """For each article whether no document backs it."""
    pairs: Mapping[str, tuple[Ints, Ints]]
    """For each relation the numbers of its sources and of its targets."""

    @property
    def first_topic(self) -> int:
        """The number of the first topic, which is the number of articles."""
        return self.counts[0]

    @property
    def first_provider(self) -> int:
        """The number of the first provider."""
        return self.first_topic + self.counts[1]

    @property
    def first_person(self) -> int:
        """The number of the first person."""
        return self.first_provider + self.counts[2]

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return self.first_person + self.counts[3]

    def joined(self, *relations: str) -> tuple[Ints, Ints]:
        """Return sources and targets of several relations, sorted, each pair once, none to itself."""
        ends = [self.pairs[name] for name in relations]
        sources, targets = (np.concatenate([both[side] for both in ends]) for side in (0, 1))
        apart = sources != targets
        codes = distinct(sources[apart] * self.nodes + targets[apart])
        return (codes // self.nodes, codes % self.nodes) if self.nodes else (codes, codes)

    def between_articles(self, *relations: str) -> tuple[Ints, Ints]:
        """Return those of `joined` that lead from an article to an article."""
        sources, targets = self.joined(*relations)
        inside = (sources < self.first_topic) & (targets < self.first_topic)
        return sources[inside], targets[inside]

    def topics_of_articles(self, relation: str = "about") -> tuple[Ints, Ints]:
        """Return the articles that a relation leads to topics from, and for each the topic's place among the topics."""
        articles, topics = self.pairs[relation]
        inside = (articles < self.first_topic) & (topics >= self.first_topic) & (topics < self.first_provider)
        return articles[inside], topics[inside] - self.first_topic


def structure_of(network: networkx.MultiDiGraph[str]) -> tuple[Structure, tuple[str, ...]]:
    """Return a network as arrays, each kind of nodes sorted by IRI, and the IRIs of its nodes by number.

    Nodes of other kinds and relations of other names are left out. Linear in nodes and edges, but for sorting.
    """
    rows: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for node, known in network.nodes(data=True):
        if (kind := known.get("kind")) in rows:
            rows[kind].append(node)
    nodes = tuple(chain.from_iterable(map(sorted, rows.values())))
    number = {node: place for place, node in enumerate(nodes)}
    found: dict[str, tuple[list[int], list[int]]] = {name: ([], []) for name in RELATION_NAMES}
    for source, target, relation in network.edges(keys=True):
        if relation in found and source in number and target in number:
            sources, targets = found[relation]
            sources.append(number[source])
            targets.append(number[target])
    articles = len(rows["article"])
    structure = Structure(
        counts=(articles, len(rows["topic"]), len(rows["provider"]), len(rows["person"])),
        labels=[str(network.nodes[node].get("label") or node) for node in nodes],
        stub=np.fromiter((bool(network.nodes[node].get("stub")) for node in nodes[:articles]), np.bool_, articles),
        pairs={name: _sorted(np.array(ends, np.int64)) for name, ends in found.items()},
    )
    return structure, nodes


def _sorted(ends: Ints) -> tuple[Ints, Ints]:
    order = np.lexsort(ends[::-1])
    return ends[0][order], ends[1][order]


def distinct(codes: Ints) -> Ints:
    """Return numbers sorted, each once."""
    row = np.sort(codes)
    is_new = np.ones(len(row), bool)
    is_new[1:] = row[1:] != row[:-1]
    return row[is_new]
