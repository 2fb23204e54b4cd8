"""What hangs together, and by which ties at the least: components and spanning forests of large networks, in numpy.

Sources: Y. Shiloach and U. Vishkin (1982), An O(log n) Parallel Connectivity Algorithm, Journal of Algorithms 3; O.
Borůvka (1926), as told by J. Nešetřil, E. Milková and H. Nešetřilová (2001), Discrete Mathematics 233.
"""

from __future__ import annotations

import numpy as np

from graph.atlas.census import Ints

__all__ = ["components", "spanning_forest"]


def components(count: int, first: Ints, second: Ints) -> Ints:
    """Return each node's component, numbered in the order of their first nodes. About linear in the pairs."""
    labels = np.arange(count)
    while len(first):
        one, other = labels[first], labels[second]
        apart = one != other
        first, second, one, other = first[apart], second[apart], one[apart], other[apart]
        np.minimum.at(labels, np.maximum(one, other), np.minimum(one, other))
        labels = _followed(labels)
    # A component is called by its smallest node, so these are already in order.
    return np.asarray(np.cumsum(labels == np.arange(count)) - 1, np.int64)[labels]


def spanning_forest(count: int, first: Ints, second: Ints, order: Ints) -> Ints:
    """Return the places of the pairs in a spanning forest that prefers what comes first in an order of all places.

    About linear in the pairs, times the logarithm of the nodes.
    """
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    labels = np.arange(count)
    places = np.arange(len(first))
    kept = [places[:0]]
    while len(places):
        one, other = labels[first[places]], labels[second[places]]
        apart = one != other
        places, one, other = places[apart], one[apart], other[apart]
        best = np.full(count, len(order))
        np.minimum.at(best, one, rank[places])
        np.minimum.at(best, other, rank[places])
        groups = np.flatnonzero(best < len(order))
        chosen = order[best[groups]]
        kept.append(chosen)
        ends = labels[first[chosen]] + labels[second[chosen]] - groups
        # Of two that chose each other the smaller stays.
        parent = np.arange(count)
        parent[groups] = ends
        mutual = (parent[parent] == np.arange(count)) & (parent > np.arange(count))
        parent[mutual] = np.flatnonzero(mutual)
        labels = _followed(parent)[labels]
    return np.unique(np.concatenate(kept))


def _followed(parent: Ints) -> Ints:
    """Return where each node's way up ends."""
    while True:
        further = parent[parent]
        if (further == parent).all():
            return parent
        parent = further
