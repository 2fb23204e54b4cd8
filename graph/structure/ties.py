"""Ties between articles that name each other, the likeness of their neighbourhoods, and the backbone.

Two articles of one story share most of their neighbours; two articles on one index page share none. The Jaccard index
of the neighbourhoods distinguishes the two. Its maximum spanning forest, with the two strongest ties of each article,
shows the structure of a corpus with few of its links.

Sources: P. Jaccard (1912), The Distribution of the Flora in the Alpine Zone, New Phytologist 11(2); V. Satuluri, S.
Parthasarathy and Y. Ruan (2011), Local Graph Sparsification for Scalable Clustering, SIGMOD (why a local likeness keeps
communities); Y. Shiloach and U. Vishkin (1982), An O(log n) Parallel Connectivity Algorithm, Journal of Algorithms
3(1); O. Borůvka (1926), as told by J. Nešetřil, E. Milková and H. Nešetřilová (2001), Discrete Mathematics 233.
"""

from __future__ import annotations

import math

import msgspec
import numpy as np

from graph.structure.arrays import (
    Floats,
    Ints,
    Structure,
    are_first,
    distinct,
    inverse_of,
    pairs_of_equals,
    places_among_equals,
    places_in,
)
from graph.vocabulary import POINTING

_FEWEST_OF_A_HUB, _ROOTS_OF_A_HUB = 64, 4
"""The ties that an article has without being a hub: at least, and as a multiple of the square root of the articles."""
_LIKE = 0.2
"""The least likeness of a tie of a hub that belongs to a story."""

_STRONGEST = 2
"""Ties of an article that are drawn besides those that connect the picture."""
_MOST_COMMON = 400
"""A neighbour with more ties does not count as shared."""

_FEWEST_OF_AN_INDEX = 20
"""Ties of an index page; a page with fewer may well be tied to little that is alike."""
_UNLIKE = 0.15
"""The mean likeness of the ties of an index page, at most."""


class Ties(msgspec.Struct, frozen=True):
    """Pairs of articles, one of which names the other: sorted, each once, with the smaller number first."""

    articles: int
    """How many articles there are."""
    first: Ints
    """The smaller number of each pair."""
    second: Ints
    """The larger number of each pair."""
    likeness: Floats
    """The Jaccard index of the two closed neighbourhoods, from above 0 to 1."""

    def degrees(self) -> Ints:
        """Return the number of ties of each article."""
        return np.bincount(np.concatenate([self.first, self.second]), minlength=self.articles)

    def both_ways(self) -> tuple[Ints, Ints, Floats]:
        """Return every tie from its first article to its second, then from its second to its first."""
        first, second, likeness = self.first, self.second, self.likeness
        return np.concatenate([first, second]), np.concatenate([second, first]), np.concatenate([likeness, likeness])

    def chosen(self, which: np.typing.NDArray[np.bool_] | Ints) -> Ties:
        """Return some of the pairs."""
        return Ties(self.articles, self.first[which], self.second[which], self.likeness[which])


def find_ties(structure: Structure) -> Ties:
    """Return the ties between articles: `related`, `links` and `part`, in either direction. About linear in them."""
    articles = structure.first_topic
    sources, targets = structure.between_articles(*POINTING, "part")
    codes = distinct(np.minimum(sources, targets) * articles + np.maximum(sources, targets))
    first, second = (codes // articles, codes % articles) if articles else (codes, codes)
    return Ties(articles, first, second, _likeness(articles, first, second))


def _likeness(articles: int, first: Ints, second: Ints) -> Floats:
    """Return the Jaccard index of each pair; neighbours with very many ties do not count as shared."""
    degrees = np.bincount(np.concatenate([first, second]), minlength=articles)
    is_common = degrees > _MOST_COMMON
    # Three articles that are tied to each other are found from one with few ties. Powers of two are enough to tell, and
    # keep what is close together.
    rank = inverse_of(np.lexsort((np.frexp(degrees)[1], is_common)))
    low, high = np.minimum(rank[first], rank[second]), np.maximum(rank[first], rank[second])
    order = np.lexsort((high, low))
    low, high = low[order], high[order]
    codes = low * articles + high
    counting = articles - int(is_common.sum())
    shared = np.zeros(len(codes))
    for pairs in pairs_of_equals(low[: np.searchsorted(low, counting)]):
        third = places_in(codes, high[pairs[0]] * articles + high[pairs[1]])
        one, other, across = (some[third >= 0] for some in (*pairs, third))
        np.add.at(shared, across, 1.0)
        shared[one[high[other] < counting]] += 1
        shared[other[high[one] < counting]] += 1
    common = np.empty(len(codes))
    common[order] = shared + 2
    return np.asarray(common / (degrees[first] + degrees[second] + 2 - common))


def backbone_of(ties: Ties) -> Ties:
    """Return the maximum spanning forest by likeness and the two strongest ties of each article, without hubs."""
    if not len(ties.first):
        return ties
    degrees = ties.degrees()
    busy = np.maximum(degrees[ties.first], degrees[ties.second])
    many = max(_FEWEST_OF_A_HUB, _ROOTS_OF_A_HUB * math.isqrt(ties.articles))
    rest = ties.chosen((busy <= many) | (ties.likeness >= _LIKE))
    by_likeness = np.argsort(-rest.likeness, kind="stable")
    kept = distinct(np.concatenate([_spanning_forest(rest, by_likeness), _strongest(rest)]))
    return rest.chosen(kept)


def without_index_pages(ties: Ties) -> Ties:
    """Return the ties without those of index pages: pages with many ties to articles that have little in common.

    Of an index page, and of an article that has no other ties, the strongest stays. Linear in the ties.
    """
    degrees = ties.degrees()
    ends, _, likeness = ties.both_ways()
    total = np.bincount(ends, likeness, minlength=ties.articles)
    is_index = (degrees >= _FEWEST_OF_AN_INDEX) & (total < _UNLIKE * degrees)
    if not is_index.any():
        return ties
    kept = ~(is_index[ties.first] | is_index[ties.second])
    rest = np.bincount(ends[np.concatenate([kept, kept])], minlength=ties.articles)
    alone = rest == 0
    order = np.lexsort((-likeness, ends))
    order = order[alone[ends[order]]]
    kept[order[are_first(ends[order])] % len(ties.first)] = True
    return ties.chosen(kept)


def components(count: int, first: Ints, second: Ints) -> Ints:
    """Return the connected component of each node, numbered in the order of their first nodes.

    Linear in the pairs, times the logarithm of the nodes at most.
    """
    smallest = np.arange(count)
    while len(first):
        np.minimum.at(smallest, np.maximum(first, second), np.minimum(first, second))
        while not np.array_equal(further := smallest[smallest], smallest):
            smallest = further
        first, second = smallest[first], smallest[second]
        first, second = first[first != second], second[first != second]
    return np.asarray(np.cumsum(smallest == np.arange(count))[smallest] - 1, np.int64)


def _spanning_forest(ties: Ties, order: Ints) -> Ints:
    """Return the places of the pairs in the spanning forest that prefers the first pairs of an order."""
    count, places = ties.articles, order
    first, second = ties.first[order], ties.second[order]
    kept = [places[:0]]
    while len(places):
        ranks = np.arange(len(places))
        best = np.full(count, len(places))
        np.minimum.at(best, first, ranks)
        np.minimum.at(best, second, ranks)
        chosen = distinct(best[best < len(places)])
        kept.append(places[chosen])
        tree = components(count, first[chosen], second[chosen])
        count = int(tree.max()) + 1
        first, second = tree[first], tree[second]
        apart = first != second
        places, first, second = places[apart], first[apart], second[apart]
    return np.concatenate(kept)


def _strongest(ties: Ties) -> Ints:
    """Return the places of the strongest ties of each article; among equals those to smaller numbers."""
    # Sorted ties list the neighbours of an article in order: first the smaller numbers, then the larger.
    ends = np.concatenate([ties.second, ties.first])
    order = np.lexsort((-np.concatenate([ties.likeness, ties.likeness]), ends))
    ends = ends[order]
    return order[places_among_equals(ends) < _STRONGEST] % len(ties.first)
