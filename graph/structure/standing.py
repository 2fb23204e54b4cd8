"""Which articles are central: PageRank over `related` and `links`.

The rank is how often a reader is at an article who follows related articles and links at random, and now and then
starts again somewhere. Stubs lead nowhere, as they have no document, so a link to a stub would lower the rank of the
other articles beside it. They are left out, like the dangling links of the paper (section 2.7).

Source: L. Page, S. Brin, R. Motwani and T. Winograd (1999), The PageRank Citation Ranking: Bringing Order to the Web,
Stanford InfoLab.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from graph.structure.arrays import Floats, Ints, Structure
from graph.vocabulary import POINTING

__all__ = ["DAMPING", "most_central_first", "page_rank"]

DAMPING = 0.85
"""The chance that the reader follows a link, as in the paper."""

_ROUNDS = 1_000
_SETTLED = 1e-12
"""The change of a round, summed over all articles, below which no shown digit changes."""

_DIGITS = 9
"""Articles whose ranks agree in this many digits are equals; further digits depend on the order of summing."""


def page_rank(structure: Structure, *, damping: float = DAMPING, stubs: bool = False) -> Floats:
    """Return the PageRank of each article as a multiple of the average; 0 for stubs, unless `stubs` is set.

    An article that points to another by both relations counts once. `damping` is the chance, from 0 to below 1, that
    the reader follows a link instead of starting again. Linear in articles and links, times the one or two hundred
    rounds until the ranks settle.
    """
    articles = structure.first_topic
    walks = np.ones(articles, bool) if stubs else ~structure.stub
    count = int(walks.sum())
    if not count:
        return np.zeros(articles)
    sources, targets = structure.between_articles(*POINTING)
    inside = walks[sources] & walks[targets]
    sources, targets = sources[inside], targets[inside]
    out = np.bincount(sources, minlength=articles)
    steps = sparse.csr_matrix((1 / out[sources], (targets, sources)), shape=(articles, articles))
    ends = walks & (out == 0)
    even = walks / count
    ranks = even.copy()
    for _ in range(_ROUNDS):
        following = damping * (steps @ ranks + even * ranks[ends].sum()) + (1 - damping) * even
        change = np.abs(following - ranks).sum()
        ranks = following
        if change < _SETTLED:
            break
    return np.asarray(ranks * count)


def most_central_first(ranks: Floats) -> Ints:
    """Return the numbers of articles by rank, the highest first; equals by number."""
    return np.lexsort((np.arange(len(ranks)), -np.round(ranks, _DIGITS)))
