"""Measures of centrality other than PageRank: between others, hubs and authorities, cores.

Sources: U. Brandes (2001), A Faster Algorithm for Betweenness Centrality, Journal of Mathematical Sociology 25(2); U.
Brandes and C. Pich (2007), Centrality Estimation in Large Networks, International Journal of Bifurcation and Chaos
17(7), for the sample; J. M. Kleinberg (1999), Authoritative Sources in a Hyperlinked Environment, Journal of the ACM
46(5); S. B. Seidman (1983), Network Structure and Minimum Degree, Social Networks 5(3).
"""

from __future__ import annotations

import msgspec
import numpy as np
from scipy import sparse

from graph.structure.arrays import Floats, Ints
from graph.structure.standing import ArticleLinks
from graph.structure.ties import Ties

EXACT_UP_TO = 200_000_000
"""Up to this product of articles with ties and their ties, betweenness is exact."""

PIVOTS = 256
"""In larger networks, the number of articles from which shortest paths are followed."""

_FEWEST_PIVOTS = 32
_STEPS = 3_000_000_000
"""Ties times pivots that are affordable; the largest networks are sampled from fewer pivots."""

_CELLS = 2_000_000
"""Articles times pivots that are followed together, which bounds the memory."""

_ERRORS = 4
"""Standard errors within which the true share lies. Two would do if the paths of a pivot were not so unevenly shared:
in trials, four contain the true shares of 19 of 20 leading articles."""

_ROUNDS = 1_000
_SETTLED = 1e-12


class Betweenness(msgspec.Struct, frozen=True):
    """How much each article is between others."""

    share: Floats
    """The share of all other pairs of articles whose shortest paths lead through it, from 0 to 1."""
    error: Floats
    """How far the share may be off, four standard errors of the sample; 0 if the shares are exact."""
    pivots: int
    """The number of articles from which shortest paths were followed."""


def betweenness(ties: Ties, *, exact_up_to: int = EXACT_UP_TO, pivots: int = PIVOTS) -> Betweenness:
    """Return how much articles are between others, by ties in either direction.

    It is exact if articles with ties × ties are at most `exact_up_to`. Otherwise shortest paths are followed only from
    `pivots` articles, or fewer if there are very many ties; they are chosen pseudo-randomly, the same for the same
    ties. It costs pivots × ties × the steps of the longest of the shortest paths.
    """
    tied = np.flatnonzero(ties.degrees())
    chosen = tied
    if len(tied) * len(ties.first) > exact_up_to:
        fewer = min(pivots, max(_FEWEST_PIVOTS, _STEPS // len(ties.first)), len(tied))
        chosen = np.sort(np.random.default_rng(0).choice(tied, fewer, replace=False))
    total, squares = np.zeros(ties.articles), np.zeros(ties.articles)
    first, second, _ = ties.both_ways()
    beside = sparse.csr_matrix((np.ones(len(first)), (first, second)), shape=(ties.articles, ties.articles))
    width = max(1, _CELLS // max(ties.articles, 1))
    for start in range(0, len(chosen), width):
        passing = _passing(beside, chosen[start : start + width])
        total += passing.sum(axis=1)
        squares += np.square(passing).sum(axis=1)
    count, others = len(chosen), max((ties.articles - 1) * (ties.articles - 2), 1)
    if count == len(tied):
        return Betweenness(total / others, np.zeros(ties.articles), count)
    spread = np.sqrt(np.maximum(squares - total**2 / count, 0) / max(count - 1, 1))
    scale = len(tied) / others
    without_replacement = np.sqrt((len(tied) - count) / (len(tied) - 1))
    error = _ERRORS * spread / np.sqrt(count) * without_replacement * scale
    return Betweenness(total / count * scale, error, count)


def _passing(beside: sparse.csr_matrix, pivots: Ints) -> Floats:
    """Return for each article and pivot the number of others whose shortest paths from the pivot pass the article.

    Where several paths are equally short, each counts in part. This is the recursion of Brandes for many pivots.
    """
    shape = (beside.shape[0], len(pivots))
    paths = np.zeros(shape)
    paths[pivots, np.arange(len(pivots))] = 1
    layers = [paths > 0]
    reached = layers[0].copy()
    while layers[-1].any():
        onward = beside @ np.where(layers[-1], paths, 0)
        layers.append((onward > 0) & ~reached)
        paths[layers[-1]] = onward[layers[-1]]
        reached |= layers[-1]
    passing = np.zeros(shape)
    for nearer, layer in zip(layers[-3::-1], layers[-2::-1], strict=False):
        owed = np.divide(1 + passing, paths, out=np.zeros(shape), where=layer)
        passing += np.where(nearer, paths * (beside @ owed), 0)
    passing[pivots, np.arange(len(pivots))] = 0
    return passing


def hubs_and_authorities(links: ArticleLinks) -> tuple[Floats, Floats]:
    """Return how good a hub and how good an authority each article is; both sum to 1, or are 0 without links.

    A hub names good authorities, and an authority is named by good hubs (HITS). Links count by their weights. Linear in
    the links, times the rounds until nothing changes, at most a thousand.
    """
    forward = links.matrix()
    backward = forward.T.tocsr()
    authorities = np.ones(links.articles)
    for _ in range(_ROUNDS if len(links.sources) else 0):
        following = backward @ (forward @ authorities)
        following /= following.sum()
        change = np.abs(following - authorities).sum()
        authorities = following
        if change < _SETTLED:
            break
    hubs = forward @ authorities
    return hubs / max(hubs.sum(), 1e-300), authorities * bool(len(links.sources))


def core_numbers(ties: Ties) -> Ints:
    """Return for each article the largest k such that it is in a group whose members have k ties to each other.

    Linear in the ties.
    """
    import networkx  # takes long to import

    joined: networkx.Graph[int] = networkx.Graph(zip(ties.first.tolist(), ties.second.tolist(), strict=True))
    cores = np.zeros(ties.articles, np.int64)
    found = networkx.core_number(joined)
    cores[list(found)] = list(found.values())
    return cores
