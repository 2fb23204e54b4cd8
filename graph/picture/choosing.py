"""Which nodes a picture shows: those near a node, or those that were found, and never more than fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from graph.errors import FormatError
from graph.picture.scene import Network, Scene, check_most, degrees_of, label_of, links_among

__all__ = ["neighbourhood", "selection"]

_CROWD = 5


def neighbourhood(network: Network, centre: str, *, depth: int = 1, most: int = 150) -> Scene:
    """Return a node and those at most `depth` relations from it, whichever way these lead; the nearest `most` of them.

    Of nodes equally far, those come first that are tied to the ones already shown by the least common of ties, as Zhou,
    Lü and Zhang reckon it in "Predicting missing links via local information" (2009): each shared neighbour counts as
    the inverse of its own relations, so that a topic which every article carries brings none near. Linear in the
    relations of all nodes within `depth`.

    Raises:
        FormatError: `depth` is below zero, or `most` below one.
    """
    check_most(most)
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
    steps = f"within {depth} {'step' if depth == 1 else 'steps'}"
    return _scene(network, label_of(network, centre), shown, (centre,), len(seen), steps)


def selection(network: Network, nodes: Iterable[str], *, most: int = 150, title: str = "What was found") -> Scene:
    """Return the nodes given, each once, the first `most` of them; what the network does not know is passed over.

    Raises:
        FormatError: `most` is below one, or the network knows none of the nodes.
    """
    check_most(most)
    found = [node for node in dict.fromkeys(nodes) if node in network]
    if not found:
        raise FormatError("There is nothing to show: no node of the network was found. Ask for IRIs of nodes.")
    return _scene(network, title, found[:most], (), len(found), "found")


def _scene(
    network: Network, title: str, shown: Sequence[str], centres: tuple[str, ...], found: int, within: str
) -> Scene:
    nodes = frozenset(shown)
    return Scene(
        title=title,
        nodes=tuple(sorted(nodes)),
        links=links_among(network, nodes),
        degrees=degrees_of(network, nodes),
        centres=centres,
        found=found,
        within=within,
    )


def _ties(network: Network, edge: Iterable[str], seen: set[str]) -> dict[str, float]:
    """Return the nodes next to some others, none seen before, each with how strongly it is tied to them."""
    ties: dict[str, float] = {}
    for node in edge:
        near = {*network.successors(node), *network.predecessors(node)}
        share = 1 / len(near) if near else 0.0
        for other in sorted(near - seen):
            ties[other] = ties.get(other, 0.0) + share
    return ties


def _spread(network: Network, ranked: list[str], room: int) -> list[str]:
    """Return up to `room` nodes, the first first, passing over articles that many chosen ones are already related to.

    A story that dozens of papers carry is dozens of articles that all point to each other: a picture would show nothing
    else.
    """
    if len(ranked) <= room:
        return ranked
    chosen: list[str] = []
    passed: list[str] = []
    crowd: Counter[str] = Counter()
    for node in ranked:
        if len(chosen) == room:
            break
        if crowd[node] >= _CROWD and _is_article(network, node):
            passed.append(node)
            continue
        chosen.append(node)
        crowd.update({*network.successors(node), *network.predecessors(node)})
    return [*chosen, *passed[: room - len(chosen)]]


def _is_article(network: Network, node: str) -> bool:
    return network.nodes[node].get("kind") == "article"
