"""Articles that connect communities which little else connects."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from graph.analysis.relations import Network, first_rows, of_network
from graph.structure import structure_of
from graph.structure.communities import find_communities
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
    """Its part of the ties between its community and each other one, summed up: 1 if it alone connects two."""


@of_network
def bridges(network: Network, limit: int | None = None, *, resolution: float = 1.0) -> tuple[Bridge, ...]:
    """Return the articles that connect communities, those first without which most would be apart; equals by IRI.

    For each other community, an article has a part of the ties between the two communities; the score is the sum of
    these parts. So an article that alone connects its community with three others has 3, and one of ten that connect
    the same two has 0.1. Ties and communities are those of `communities`, and so are `resolution` and the cost.
    """
    structure, nodes = structure_of(network)
    found = find_communities(structure, resolution=resolution)
    first, second = found.ties.first, found.ties.second
    across = found.number[first] != found.number[second]
    ends = np.concatenate([first[across], second[across]])
    others = found.number[np.concatenate([second[across], first[across]])]
    reached: dict[int, Counter[int]] = {}
    between: Counter[tuple[int, int]] = Counter()
    for article, other in zip(ends.tolist(), others.tolist(), strict=True):
        reached.setdefault(article, Counter())[other] += 1
        between[int(found.number[article]), other] += 1
    rows = []
    for article, counts in reached.items():
        own = int(found.number[article])
        ordered = sorted(counts, key=lambda other: (-counts[other], other))
        rows.append(
            Bridge(
                iri=nodes[article],
                label=structure.labels[article],
                community=found.names[own].label,
                reaches=tuple(
                    ReachedCommunity(found.names[other].label, counts[other]) for other in ordered[:_MOST_NAMED]
                ),
                communities=len(counts),
                ties=counts.total(),
                score=rounded(sum(count / between[own, other] for other, count in counts.items())),
            )
        )
    rows.sort(key=lambda row: (-row.score, -row.ties, row.iri))
    return first_rows(rows, limit)
