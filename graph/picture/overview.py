"""The overview: topics and providers, joined by the articles they share."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Mapping

from graph.picture.scene import Link, Network, Scene, check_most

__all__ = ["overview"]

_STRONGEST = 3


def overview(network: Network, *, most: int = 150) -> Scene:
    """Return the topics and providers with most articles, half of `most` each, or more of one where the other is few.

    A line joins two topics, or a provider and a topic, that share articles. Lines that tell little are left out: a node
    keeps its three strongest, by the cosine of the articles at its ends, and those that are among the three of another.
    Linear in the edges and in the pairs of topics of each article.

    Raises:
        FormatError: `most` is below one.
    """
    check_most(most)
    topics: dict[str, set[str]] = defaultdict(set)
    publishers: dict[str, set[str]] = defaultdict(set)
    for start, end, relation in network.edges(keys=True):
        if relation == "about":
            topics[start].add(end)
        elif relation == "publisher":
            publishers[start].add(end)
    articles = Counter(itertools.chain.from_iterable([*topics.values(), *publishers.values()]))
    kinds = {kind: _ranked(network, kind, articles) for kind in ("topic", "provider")}
    room = max(most - most // 2, most - len(kinds["provider"]))
    shown = kinds["topic"][:room]
    shown += kinds["provider"][: most - len(shown)]
    nodes = frozenset(shown)
    shared: Counter[tuple[str, str, str]] = Counter()
    for article, subjects in topics.items():
        about = sorted(subjects & nodes)
        shared.update((one, "together", other) for one, other in itertools.combinations(about, 2))
        carriers = sorted(publishers[article] & nodes)
        shared.update((provider, "covers", topic) for provider in carriers for topic in about)
    return Scene(
        title="Topics and providers",
        nodes=tuple(sorted(nodes)),
        links=tuple(sorted([*_telling(shared, articles), *_wider(network, nodes)])),
        degrees={node: articles[node] for node in sorted(nodes)},
        centres=(),
        found=sum(map(len, kinds.values())),
        within="",
        is_overview=True,
    )


def _ranked(network: Network, kind: str, articles: Mapping[str, int]) -> list[str]:
    """Return the nodes of a kind, those with most articles first."""
    nodes = (node for node, known in network.nodes(data="kind") if str(known) == kind)
    return sorted(nodes, key=lambda node: (-articles[node], node))


def _telling(shared: Mapping[tuple[str, str, str], int], articles: Mapping[str, int]) -> list[Link]:
    """Return the links that are among the strongest of one of their ends."""
    strength = {
        (start, relation, end): count / math.sqrt(articles[start] * articles[end])
        for (start, relation, end), count in shared.items()
    }
    of_node: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for pair in strength:
        of_node[pair[0]].append(pair)
        of_node[pair[2]].append(pair)
    kept = {
        pair
        for pairs in of_node.values()
        for pair in sorted(pairs, key=lambda pair: (-strength[pair], pair))[:_STRONGEST]
    }
    return [Link(*pair, weight=shared[pair]) for pair in kept]


def _wider(network: Network, nodes: frozenset[str]) -> list[Link]:
    """Return what the hierarchies of topics and of providers say about the ones shown."""
    edges = network.out_edges(nodes, keys=True)
    above = ("broader", "parent")
    return [Link(start, str(relation), end) for start, end, relation in edges if relation in above and end in nodes]
