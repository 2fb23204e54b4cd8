"""Which nodes a view shows: those near a node, those that a query found, or the largest; never more than fit."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.analysis.relations import label_of
from graph.displays import counted
from graph.errors import FormatError, NoSuchNodeError
from graph.views import Network

__all__ = ["Choice", "best_connected", "neighbourhood", "overview", "selection"]

_CROWD = 5
"""So many articles that all point to each other are shown before others are preferred."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The nodes of a network that a view shows."""

    title: str
    """What they are called together: plain text."""
    nodes: tuple[str, ...]
    """Their IRIs, sorted."""
    found: int
    """How many nodes there would have been to show."""
    within: str = ""
    """Where they were found, such as `within 1 step`."""
    centre: str = ""
    """The IRI of the node that was asked for by name."""

    @property
    def count(self) -> str:
        """How many nodes are shown, of how many."""
        shown, found = len(self.nodes), self.found
        return f"{shown:,} of {counted(found, 'node')}" if shown < found else counted(found, "node")

    @property
    def summary(self) -> str:
        """How much is shown, of what."""
        return f"{self.count} {self.within}".rstrip()


def neighbourhood(network: Network, centre: str, *, depth: int = 1, most: int = 150) -> Choice:
    """Return a node and those at most `depth` relations from it, whichever way these lead; the nearest `most` of them.

    Of nodes equally far, those come first that are tied to the ones already shown by the least common of ties, as Zhou,
    Lü and Zhang compute it in "Predicting missing links via local information" (2009): each shared neighbour counts as
    the inverse of its own relations, so that a topic which every article carries brings none near. Linear in the
    relations of all nodes within `depth`.

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
    return Choice(label_of(network, centre), tuple(sorted(shown)), len(seen), within, centre)


def selection(network: Network, nodes: Iterable[str], *, most: int = 150) -> Choice:
    """Return the nodes given, each once, the first `most` of them; what the network does not know is passed over.

    Raises:
        FormatError: `most` is below one.
        NoSuchNodeError: The network knows none of the nodes.
    """
    _check(most)
    found = [node for node in dict.fromkeys(nodes) if node in network]
    if not found:
        raise NoSuchNodeError("There is nothing to show: no node of the network was found. Ask for IRIs of nodes.")
    return Choice("What was found", tuple(sorted(found[:most])), len(found), "found")


def overview(network: Network, *, most: int = 150) -> Choice:
    """Return the topics and providers with most articles, and articles that join them.

    Half of `most` are topics and providers, half of these of each kind; where there are fewer, the others get the room.
    Each of them in turn, the largest first, brings its best-connected article. Linear but for sorting.

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
    return Choice("Topics and providers", tuple(sorted(itertools.islice(ranked, most))), len(ranked))


def best_connected(network: Network, *, most: int = 150) -> Choice:
    """Return the nodes with most relations. Linear but for sorting.

    Raises:
        FormatError: `most` is below one.
    """
    _check(most)
    ranked = sorted(network, key=lambda node: (-network.degree(node), node))
    return Choice("The best-connected nodes", tuple(sorted(ranked[:most])), len(ranked))


def _check(most: int) -> None:
    """Raise FormatError if no node may be shown."""
    if most < 1:
        raise FormatError(f"most: {most} is below one. Give the largest number of nodes to show.")


def _ties(network: Network, edge: Iterable[str], seen: set[str]) -> dict[str, float]:
    """Return the nodes next to some others, none seen before, each with how strongly it is tied to them."""
    ties: dict[str, float] = {}
    for node in edge:
        near = {*network.successors(node), *network.predecessors(node)}
        share = 1 / len(near) if near else 0.0
        for other in sorted(near - seen):
            ties[other] = ties.get(other, 0.0) + share
    return ties


def _spread(network: Network, ranked: Sequence[str], room: int) -> Sequence[str]:
    """Return up to `room` nodes, the first first, passing over articles that many chosen ones are already related to.

    A story that dozens of papers carry is dozens of articles that all point to each other: nothing else would be shown.
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
