"""Groups of nodes by the Louvain method, in whole numbers, which are not rounded.

With rounded gains, each of two equally good groups can seem better than the other by the last digit, and a node moves
back and forth between them for ever.

Source: V. D. Blondel, J.-L. Guillaume, R. Lambiotte and E. Lefebvre (2008), Fast Unfolding of Communities in Large
Networks, Journal of Statistical Mechanics P10008.
"""

from __future__ import annotations

import numpy as np

from graph.structure.arrays import Floats, Ints

_ROUNDS = 20
"""The most rounds of a level; later moves gain almost nothing."""

MANY_NODES = 100_000
"""With more nodes than this, a round only looks at nodes beside those that moved."""


def find_groups(count: int, first: Ints, second: Ints, *, resolution: float = 1.0) -> Ints:
    """Return the group of each of `count` nodes, numbered without gaps, given pairs, each of which counts as 1.

    Nodes move in their order, so the same pairs give the same groups. A `resolution` above 1 gives smaller groups,
    below 1 larger ones. About linear in the pairs.
    """
    found = np.arange(count)
    ends, others = np.concatenate([first, second]), np.concatenate([second, first])
    weights: Floats = np.ones(len(ends))
    while True:
        codes, places = np.unique(ends * count + others, return_inverse=True)
        ends, others = np.divmod(codes, max(count, 1))
        weights = np.asarray(np.bincount(places, weights, len(codes)))
        groups, moved = np.unique(_moved(count, ends, others, weights, resolution), return_inverse=True)
        found = moved[found]
        if len(groups) == count:
            return found
        count, ends, others = len(groups), moved[ends], moved[others]


def _moved(count: int, first: Ints, second: Ints, weights: Floats, resolution: float) -> Ints:
    """Return a group for each node by the local moves of the Louvain method, in the order of the nodes.

    With very many nodes only those beside a node that moved are looked at again, which hardly changes the result (V. A.
    Traag, L. Waltman and N. J. van Eck, 2019, From Louvain to Leiden, Scientific Reports 9).
    """
    starts = np.searchsorted(first, np.arange(count + 1)).tolist()
    ends, values = second.tolist(), weights.tolist()
    degrees = np.bincount(first, weights, count).tolist()
    total = sum(degrees)
    group = list(range(len(degrees)))
    mass = list(degrees)
    asking = [node for node, degree in enumerate(degrees) if degree]
    is_large = len(asking) > MANY_NODES
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
            best, most = own, beside.get(own, 0.0) * total - resolution * mass[own] * degree
            for other, weight in beside.items():
                gain = weight * total - resolution * mass[other] * degree
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
