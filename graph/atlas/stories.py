"""Which articles tell one story, and which stories belong together.

A story is what strong ties hold together, and the few that hang on it by a single tie. Communities are found among
stories by the Louvain method, which is quick there: there are far fewer stories than articles, and fewer ties.

Source: V. D. Blondel, J.-L. Guillaume, R. Lambiotte and E. Lefebvre (2008), Fast Unfolding of Communities in Large
Networks, Journal of Statistical Mechanics P10008.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from graph.atlas.census import Ints
from graph.atlas.forests import components
from graph.atlas.ties import Ties

__all__ = ["find_communities", "find_stories"]

_STRONG = 0.3
_ROUNDS = 20
_MANY = 100_000
"""Of more nodes than this not all are asked again in each round."""


def find_stories(ties: Ties, *, strong_from: float = _STRONG) -> Ints:
    """Return each article's story, numbered in the order of their first articles.

    Ties hold a story together from a likeness on. About linear in the ties.
    """
    strong = ties.chosen(ties.likeness >= strong_from)
    stories = components(ties.articles, strong.first, strong.second)
    alone = np.bincount(stories, minlength=1)[stories] == 1 if len(stories) else np.zeros(0, bool)
    ends = np.concatenate([ties.first, ties.second])
    others = np.concatenate([ties.second, ties.first])
    likeness = np.concatenate([ties.likeness, ties.likeness])
    joining = alone[ends]
    order = np.lexsort((others[joining], -likeness[joining], ends[joining]))
    ends, others = ends[joining][order], others[joining][order]
    is_first = np.ones(len(ends), bool)
    is_first[1:] = ends[1:] != ends[:-1]
    ends, others = ends[is_first], others[is_first]
    # One that stands alone joins its closest neighbour's story, unless that one stands alone too and is not as close.
    settled = ~alone[others]
    closest = np.full(ties.articles, -1)
    closest[ends] = others
    mutual = alone[others] & (closest[others] == ends)
    joins = settled | mutual
    return components(
        ties.articles, np.concatenate([strong.first, ends[joins]]), np.concatenate([strong.second, others[joins]])
    )


def find_communities(ties: Ties, stories: Ints) -> Ints:
    """Return each article's community, the largest first, equals by their first article; -1 for one without ties.

    Every community hangs together. About linear in the ties.
    """
    count = int(stories.max()) + 1 if len(stories) else 0
    found = np.arange(count)
    first, second = stories[ties.first], stories[ties.second]
    weights = sparse.coo_matrix((np.ones(len(first)), (first, second)), shape=(count, count)).tocsr()
    weights = (weights + weights.T).tocsr()
    while True:
        moved = _moved(weights)
        groups, moved = np.unique(moved, return_inverse=True)
        found = moved[found]
        if len(groups) == weights.shape[0]:
            break
        onto = sparse.csr_matrix((np.ones(len(moved)), (np.arange(len(moved)), moved)))
        weights = (onto.T @ weights @ onto).tocsr()
    within = found[stories[ties.first]] == found[stories[ties.second]]
    pieces = components(ties.articles, ties.first[within], ties.second[within])
    sizes = np.bincount(pieces, minlength=1) if len(pieces) else np.zeros(0, np.int64)
    places = np.empty(len(sizes), np.int64)
    places[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    tied = ties.degrees() > 0
    return np.where(tied, places[pieces], -1) if len(pieces) else pieces


def _moved(weights: sparse.csr_matrix) -> Ints:
    """Return a group for each node: the local moves of the Louvain method, in the order of the nodes.

    Of very many nodes only those are asked again beside which one moved, which hardly changes the outcome (V. A. Traag,
    L. Waltman and N. J. van Eck, 2019, From Louvain to Leiden, Scientific Reports 9).
    """
    starts, ends, values = weights.indptr.tolist(), weights.indices.tolist(), weights.data.tolist()
    degrees = np.asarray(weights.sum(axis=1)).ravel().tolist()
    total = sum(degrees)
    group = list(range(len(degrees)))
    mass = list(degrees)
    asking = [node for node, degree in enumerate(degrees) if degree]
    is_large = len(asking) > _MANY
    for _ in range(_ROUNDS):
        is_moved = False
        restless = bytearray(len(degrees))
        for node in asking:
            degree = degrees[node]
            beside: dict[int, float] = {}
            low, high = starts[node], starts[node + 1]
            for end, value in zip(ends[low:high], values[low:high], strict=True):
                if end != node:
                    other = group[end]
                    beside[other] = beside.get(other, 0.0) + value
            own = group[node]
            mass[own] -= degree
            best, most = own, beside.get(own, 0.0) * total - mass[own] * degree
            for other, weight in beside.items():
                gain = weight * total - mass[other] * degree
                if gain > most or (gain == most and other < best):
                    best, most = other, gain
            mass[best] += degree
            if best != own:
                group[node] = best
                is_moved = True
                for end in ends[low:high] if is_large else ():
                    restless[end] |= group[end] != best
        if not is_moved:
            break
        if is_large:
            asking = [node for node in asking if restless[node]]
    return np.array(group, np.int64)
