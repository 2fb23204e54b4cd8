"""How closely articles are tied: pairs that name each other, how alike their neighbourhoods are, and the backbone.

Two articles of one story share most of their neighbours; two that meet at an index page share none. Jaccard's measure
of their neighbourhoods tells these apart, and its maximum spanning forest with the two strongest ties of each article
keeps the structure of a corpus in a small part of its links.

Sources: P. Jaccard (1912), The Distribution of the Flora in the Alpine Zone, New Phytologist 11(2); that a local
measure of likeness keeps communities in sparse form: V. Satuluri, S. Parthasarathy and Y. Ruan (2011), Local Graph
Sparsification for Scalable Clustering, SIGMOD.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graph.structure.arrays import Floats, Ints, Structure, distinct
from graph.vocabulary import POINTING

__all__ = ["Ties", "backbone_of", "components", "find_ties"]

_FEWEST_OF_A_HUB = 64
_LIKE = 0.2
"""Alikeness above which even a busy article's tie is one of a story, not of a hub."""

_STRONGEST = 2
_MOST_COMMON = 400
"""An article with more ties says nothing about what two of its neighbours share."""

_CHUNK = 4_000


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs of articles of which one names the other, each once, the smaller number first, sorted."""

    articles: int
    """How many articles there are."""
    first: Ints
    """The smaller number of each pair."""
    second: Ints
    """The larger."""
    likeness: Floats
    """Jaccard's measure of the two closed neighbourhoods, above 0 to 1."""

    def degrees(self) -> Ints:
        """Return how many articles each is tied to."""
        ends = np.concatenate([self.first, self.second])
        return np.bincount(ends, minlength=self.articles)

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
    """Return Jaccard's measure for each pair; neighbours that are tied to very many are not counted as shared."""
    if not len(first):
        return np.zeros(0)
    ones = np.ones(len(first), np.int32)
    half = sparse.coo_matrix((ones, (first, second)), shape=(articles, articles))
    beside = (half + half.T).tocsr()
    degrees = np.diff(beside.indptr)
    beside.data *= degrees[beside.indices] <= _MOST_COMMON
    beside.eliminate_zeros()
    shared = np.zeros(len(first))
    across = beside.T.tocsr()
    for start in range(0, articles, _CHUNK):
        some = slice(*np.searchsorted(first, [start, start + _CHUNK]))
        if some.start < some.stop:
            # Only what is tied is wanted, but the product of a chunk is small: neighbours share their neighbours.
            product = beside[start : start + _CHUNK] @ across
            shared[some] = np.asarray(product[first[some] - start, second[some]]).ravel()
    shared += 2
    return np.asarray(shared / (degrees[first] + degrees[second] + 2 - shared))


def backbone_of(ties: Ties) -> Ties:
    """Return the maximum spanning forest by likeness and each article's two strongest ties, without those of hubs."""
    if not len(ties.first):
        return ties
    degrees = ties.degrees()
    busy = np.maximum(degrees[ties.first], degrees[ties.second])
    many = max(_FEWEST_OF_A_HUB, 4 * math.isqrt(ties.articles))
    rest = ties.chosen((busy <= many) | (ties.likeness >= _LIKE))
    by_likeness = np.argsort(-rest.likeness, kind="stable")
    kept = distinct(np.concatenate([_spanning_forest(rest, by_likeness), _strongest(rest)]))
    return rest.chosen(kept)


def components(count: int, first: Ints, second: Ints) -> Ints:
    """Return each node's connected component, numbered in the order of their first nodes. Linear in the pairs."""
    if not len(first):
        return np.arange(count)
    from scipy.sparse.csgraph import connected_components  # loaded only where something is tied

    tied = sparse.coo_matrix((np.ones(len(first), np.int8), (first, second)), shape=(count, count))
    return np.asarray(connected_components(tied, directed=False)[1], np.int64)


def _spanning_forest(ties: Ties, order: Ints) -> Ints:
    """Return the places of the pairs in the spanning forest that prefers what comes first in an order of all places."""
    from scipy.sparse.csgraph import minimum_spanning_tree

    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(1, len(order) + 1)  # a weight of 0 would mean that there is no tie
    shape = (ties.articles, ties.articles)
    forest = minimum_spanning_tree(sparse.coo_matrix((rank, (ties.first, ties.second)), shape=shape).tocsr())
    return order[np.asarray(forest.data, np.int64) - 1]


def _strongest(ties: Ties) -> Ints:
    """Return the places of each article's strongest ties, of equals those to smaller numbers."""
    # Sorted ties name what is beside an article in order: first the smaller numbers, then the larger.
    ends = np.concatenate([ties.second, ties.first])
    order = np.lexsort((-np.concatenate([ties.likeness, ties.likeness]), ends))
    ends = ends[order]
    return order[np.arange(len(ends)) - np.searchsorted(ends, ends) < _STRONGEST] % len(ties.first)
