"""Articles that connect communities with few other connections."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.relations import Network, first_rows, of_network
from graph.pairs import by_key
from graph.structure import structure_of
from graph.structure.communities import find_communities
from graph.structure.crossings import find_crossings
from graph.structure.rounding import rounded

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class ReachedCommunity:
    """A community that an article of another one is tied to."""

    label: str
    """Its name."""
    ties: int
    """How many of its articles are tied to the article."""

    def __str__(self) -> str:
        return f"{self.label} ({self.ties})"


@dataclass(frozen=True, slots=True)
class Bridge:
    """An article that connects its community with others."""

    iri: str
    """The article."""
    label: str
    """Its title."""
    community: str
    """The name of its community."""
    reaches: tuple[ReachedCommunity, ...]
    """The other communities that it is tied to, up to three, those with most ties first."""
    communities: int
    """How many these are."""
    ties: int
    """Its ties to articles of other communities."""
    score: float
    """The sum of its shares of the ties between its community and each other one: 1 if it alone connects two."""


@of_network
def bridges(network: Network, limit: int | None = None, *, resolution: float = 1.0) -> tuple[Bridge, ...]:
    """Return the articles that connect communities, those with the highest score first; equals by IRI.

    For each other community, an article has a share of the ties between the two communities; the score is the sum of
    these shares. So an article that alone connects its community with three others has 3, and one of ten that connect
    the same two has 0.1. Ties and communities are those of `communities`, and so are `resolution` and the cost.
    """
    structure, nodes = structure_of(network)
    found = find_communities(structure, resolution=resolution)
    crossings = find_crossings(found.number, found.ties)
    others = zip(crossings.reached.tolist(), crossings.ties.tolist(), strict=True)
    reached = by_key(zip(crossings.articles.tolist(), others, strict=True))
    best, scores = crossings.best_first(np.arange(len(found.number)))
    rows = []
    for article, score in zip(best.tolist(), scores.tolist(), strict=True):
        ordered = sorted(reached[article], key=lambda one: (-one[1], one[0]))
        rows.append(
            Bridge(
                iri=nodes[article],
                label=structure.labels[article],
                community=found.names[int(found.number[article])].label,
                reaches=tuple(
                    ReachedCommunity(found.names[other].label, ties) for other, ties in ordered[:_MOST_NAMED]
                ),
                communities=len(ordered),
                ties=sum(ties for _, ties in ordered),
                score=rounded(score),
            )
        )
    return first_rows(rows, limit)
