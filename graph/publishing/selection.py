"""Which nodes a picture shows when a network is too large to draw whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from graph.publishing.outline import Outline
from graph.views import Network

__all__ = ["LARGEST_WHOLE", "to_selection"]

LARGEST_WHOLE = 1000
"""Networks up to this many nodes are shown whole."""

_SHOWN = 600
_CROWD = 5
_ROOM = {"topic": 150, "provider": 130, "person": 40}


def to_selection(outline: Outline) -> list[str]:
    """Return the IRIs of the nodes to show, sorted: all of them, or about 600 of a network above 1,000.

    Of a large network these are the best-connected articles and beside them, within a room for each kind, the topics,
    providers and people with most relations to those articles, then most relations at all. Ties are broken by IRI.
    """
    network = outline.network
    if outline.nodes <= LARGEST_WHOLE:
        return sorted(network)
    kinds: dict[str, list[str]] = {"article": [], **{kind: [] for kind in _ROOM}}
    for iri, kind in network.nodes(data="kind"):
        kinds.get(str(kind), kinds["article"]).append(iri)
    room = {kind: min(len(kinds[kind]), most) for kind, most in _ROOM.items()}
    articles = _spread(kinds["article"], _SHOWN - sum(room.values()), outline)
    room["topic"] = min(len(kinds["topic"]), room["topic"] + _SHOWN - sum(room.values()) - len(articles))
    room["provider"] = min(len(kinds["provider"]), room["provider"] + _SHOWN - sum(room.values()) - len(articles))
    near = _relations_to(articles, network)
    return sorted([*articles, *(iri for kind, most in room.items() for iri in _best(kinds[kind], most, outline, near))])


def _spread(iris: list[str], most: int, outline: Outline) -> list[str]:
    """Return up to `most` articles, best-connected first, passing over those that many chosen ones already point to.

    A story that dozens of papers carry is dozens of articles that all point to each other: each is well connected, and
    a picture of them would show nothing else.
    """
    ranked = sorted(iris, key=lambda iri: (-outline.degrees[iri], iri))
    network = outline.network
    chosen: list[str] = []
    crowd: Counter[str] = Counter()
    passed = []
    for iri in ranked:
        if len(chosen) == most:
            break
        if crowd[iri] >= _CROWD:
            passed.append(iri)
            continue
        chosen.append(iri)
        crowd.update({*network.successors(iri), *network.predecessors(iri)})
    return [*chosen, *passed[: most - len(chosen)]]


def _best(iris: list[str], most: int, outline: Outline, near: Counter[str]) -> list[str]:
    """Return the `most` IRIs with most relations to the articles chosen, then most relations at all."""
    return sorted(iris, key=lambda iri: (-near[iri], -outline.degrees[iri], iri))[:most]


def _relations_to(articles: Iterable[str], network: Network) -> Counter[str]:
    """Count for every node its relations to and from `articles`."""
    counts: Counter[str] = Counter()
    for iri in articles:
        counts.update(network.successors(iri))
        counts.update(network.predecessors(iri))
    return counts
