"""Which nodes a view shows: those near a node, those that a query finds, or the best-connected, up to a limit."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.analysis.relations import label_of
from graph.displays import counted
from graph.errors import FormatError, NoSuchNodeError
from graph.views import Network

_CROWD = 5
"""How many articles beside one article are shown before others are preferred."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The nodes of a network that a view shows."""

    title: str
    """The title of the view, plain text."""
    nodes: tuple[str, ...]
    """Their IRIs, sorted."""
    found: int
    """How many nodes there are without the limit."""
    within: str = ""
    """Where they were found, such as `within 1 step`."""
    centre: str = ""
    """The IRI of the node that was asked for."""
    steps: int = 1
    """How many steps around it were looked at."""

    @property
    def count(self) -> str:
        """The number of nodes shown, such as `150 of 2,514 nodes`."""
        shown, found = len(self.nodes), self.found
        return f"{shown:,} of {counted(found, 'node')}" if shown < found else counted(found, "node")

    @property
    def summary(self) -> str:
        """The number of nodes shown, and where they were found."""
        return f"{self.count} {self.within}".rstrip()


def neighbourhood(network: Network, centre: str, *, depth: int = 1, most: int = 150) -> Choice:
    """Return a node and the nearest `most` nodes within `depth` relations in either direction.

    Nodes at the same distance are ranked by their ties to the nodes before them. A tie counts as the inverse of the
    number of neighbours, as in T. Zhou, L. Lü and Y.-C. Zhang (2009), Predicting Missing Links via Local Information,
    so a topic of every article brings no article near. Linear in the relations of all nodes within `depth`.

    Raises:
        FormatError: `depth` is below zero, or `most` below one.
    """
    _check(most)
    if depth < 0:
        raise FormatError(f"depth: {depth} is below zero. Give the number of steps from the node.")
    shown, seen, edge, is_full = [centre], {centre}, [centre], most == 1
    for _ in range(depth):
        ties = _ties(network, edge, seen)
        level = sorted(ties, key=lambda node: (-ties[node], _is_article(network, node), -network.degree(node), node))
        if not is_full:
            shown += _spread(network, level, most - len(shown))
            is_full = len(shown) == most
        seen.update(level)
        edge = level
    within = f"within {counted(depth, 'step')}"
    return Choice(label_of(network, centre), tuple(sorted(shown)), len(seen), within, centre, depth)


def selection(network: Network, nodes: Iterable[str], *, most: int = 150) -> Choice:
    """Return the first `most` of some nodes, each once; unknown nodes are ignored.

    Raises:
        FormatError: `most` is below one.
        NoSuchNodeError: The network has none of the nodes.
    """
    _check(most)
    found = [node for node in dict.fromkeys(nodes) if node in network]
    if not found:
        raise NoSuchNodeError(
            "There is nothing to show: the query names no node of the graph. Select the IRIs of nodes."
        )
    return Choice("What was found", tuple(sorted(found[:most])), len(found), "found")


def overview(network: Network, *, most: int = 150) -> Choice:
    """Return the topics and providers with most articles, and articles that connect them.

    Half of `most` are topics and providers, and half of these are of each kind; if there are fewer, more of the others
    are shown. The articles are the best-connected of each topic and provider in turn. A network without topics and
    providers is shown by its best-connected nodes. Linear apart from sorting.

    Raises:
        FormatError: `most` is below one.
    """
    _check(most)
    articles: dict[str, list[str]] = defaultdict(list)
    for article, group, relation in network.edges(keys=True):
        if relation in ("about", "publisher"):
            articles[group].append(article)
    of_kind: dict[str, list[str]] = {"topic": [], "provider": []}
    for node, kind in network.nodes(data="kind"):
        of_kind.get(str(kind), []).append(node)
    topics, providers = (sorted(nodes, key=lambda node: (-len(articles[node]), node)) for nodes in of_kind.values())
    joining = {article for group in articles.values() for article in group}
    groups = max(most - most // 2, most - len(joining))
    shown = topics[: max(groups - groups // 2, groups - len(providers))]
    shown += providers[: groups - len(shown)]
    rows = [
        sorted(articles[node], key=lambda article: (-network.degree(article), article))
        for node in sorted(shown, key=lambda node: (-len(articles[node]), node))
    ]
    turns = filter(None, itertools.chain.from_iterable(itertools.zip_longest(*rows)))
    ranked = dict.fromkeys([*shown, *turns, *topics, *providers, *sorted(joining)])
    if not ranked:
        return best_connected(network, most=most)
    return Choice("Topics and providers", tuple(sorted(itertools.islice(ranked, most))), len(ranked))


def best_connected(network: Network, *, most: int = 150) -> Choice:
    """Return the `most` nodes with most relations. Linear apart from sorting.

    Raises:
        FormatError: `most` is below one.
    """
    _check(most)
    ranked = sorted(network, key=lambda node: (-network.degree(node), node))
    return Choice("The best-connected nodes", tuple(sorted(ranked[:most])), len(ranked))


def _check(most: int) -> None:
    if most < 1:
        raise FormatError(f"most: {most} is below one. Give the largest number of nodes to show.")


def _ties(network: Network, edge: Iterable[str], seen: set[str]) -> dict[str, float]:
    """Return the neighbours of some nodes that were not seen before, each with the strength of its ties."""
    ties: dict[str, float] = {}
    for node in edge:
        near = {*network.successors(node), *network.predecessors(node)}
        share = 1 / len(near) if near else 0.0
        for other in sorted(near - seen):
            ties[other] = ties.get(other, 0.0) + share
    return ties


def _spread(network: Network, ranked: Sequence[str], room: int) -> Sequence[str]:
    """Return up to `room` nodes in order, skipping articles beside which five others are chosen already.

    Otherwise a story of dozens of articles that all point to each other would be all that is shown.
    """
    if len(ranked) <= room:
        return ranked
    crowd: Counter[str] = Counter()
    passed: list[str] = []

    def chosen() -> Iterator[str]:
        for node in ranked:
            if crowd[node] >= _CROWD and _is_article(network, node):
                passed.append(node)
                continue
            crowd.update({*network.successors(node), *network.predecessors(node)})
            yield node

    found = list(itertools.islice(chosen(), room))
    return [*found, *passed[: room - len(found)]]


def _is_article(network: Network, node: str) -> bool:
    return network.nodes[node].get("kind") == "article"
