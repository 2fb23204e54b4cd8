"""Which articles are central: PageRank over `related` and `links`.

Imagine a reader who follows related articles and links at random, and now and then starts again anywhere. The rank of
an article is how often this reader is there. Stubs lead nowhere, because they have no document, so a link to a stub
would lower the rank of the other articles beside it. They are left out, like the dangling links of the paper (section
2.7).

If a machine has related everything in a group to everything else, each link repeats what the others say, and large
groups would lead the list. So a link counts less, the more articles both its source and its target name
(`link_weights`); the reader starts again that much more often instead of following it.

Source: L. Page, S. Brin, R. Motwani and T. Winograd (1999), The PageRank Citation Ranking: Bringing Order to the Web,
Stanford InfoLab. That articles which name the same articles say the same: M. M. Kessler (1963), Bibliographic Coupling
between Scientific Papers, American Documentation 14(1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.structure.arrays import Floats, Ints, Structure, are_in
from graph.vocabulary import POINTING

if TYPE_CHECKING:
    from scipy import sparse

DAMPING = 0.85
"""The chance that the reader follows a link, as in the paper."""

_ROUNDS = 1_000
_SETTLED = 1e-12
"""The change of a round, summed over all articles, below which no shown digit changes."""

_DIGITS = 9
"""Articles whose ranks agree in this many digits are equals; further digits depend on the order of summing."""


_PROBED = 64
"""A longer list of links is sampled at this many evenly spaced places, enough to tell the size of a complete group."""

_CHUNK = 20_000
"""Links that are weighted at a time, which bounds the memory."""


class ArticleLinks(msgspec.Struct, frozen=True):
    """The links between ranked articles, sorted, each once."""

    articles: int
    """How many articles there are."""
    ranked: NDArray[np.bool_]
    """Which of them are ranked."""
    sources: Ints
    """The article that each leads from."""
    targets: Ints
    """The article that each leads to."""
    weights: Floats
    """How much each counts, from above 0 to 1."""

    def matrix(self) -> sparse.csr_matrix:
        """Return the weights of links as a matrix of sources by targets."""
        from scipy import sparse  # takes long to import

        return sparse.csr_matrix((self.weights, (self.sources, self.targets)), shape=(self.articles, self.articles))


class _Lists(msgspec.Struct, frozen=True):
    """A list of articles for each article."""

    codes: Ints
    """The articles of all lists, each as its place in a table of lists by articles, ascending."""
    articles: Ints
    """The article of each place."""
    start: Ints
    """The start of each list, and the end of the last."""

    def lengths(self, lists: Ints) -> Ints:
        """Return the lengths of some lists."""
        return self.start[lists + 1] - self.start[lists]


def article_links(structure: Structure, *, stubs: bool = False, weighted: bool = True) -> ArticleLinks:
    """Return the links between articles by `related` and `links`, without those of stubs unless `stubs` is set.

    An article that points to another by both relations counts once. Without `weighted`, each link counts as 1.
    """
    ranked = np.ones(structure.first_topic, bool) if stubs else ~structure.stub
    sources, targets = structure.between_articles(*POINTING)
    inside = ranked[sources] & ranked[targets]
    sources, targets = sources[inside], targets[inside]
    weights = link_weights(structure.first_topic, sources, targets) if weighted else np.ones(len(sources))
    return ArticleLinks(structure.first_topic, ranked, sources, targets, weights)


def link_weights(articles: int, sources: Ints, targets: Ints) -> Floats:
    """Return how much each link counts: 1 / the articles that its source names, itself included, and that repeat it.

    These are the articles that name its target, too, or else those that its target names, itself included; whichever
    are more. So a link counts 1 if nothing around it repeats it, and 1/n in a group of n articles that all name each
    other; and n such articles that all name another one count as one. Lists of more than 64 articles are
    sampled at 64 places. Linear in the links, times 64 at most.
    """
    named, naming = (_lists(articles, whose, others) for whose, others in ((sources, targets), (targets, sources)))
    weights = np.ones(len(sources))
    for first in range(0, len(sources), _CHUNK):
        some = slice(first, first + _CHUNK)
        alike = _common(named, sources[some], named, targets[some])
        together = _common(named, sources[some], naming, targets[some]) - 1  # the target itself is in both
        weights[some] = 1 / np.maximum(np.maximum(alike, together), 1)
    return weights


def _lists(articles: int, whose: Ints, others: Ints) -> _Lists:
    """Return pairs as lists, each of which includes the article that it belongs to."""
    codes = np.sort(np.concatenate([whose * articles + others, np.arange(articles) * (articles + 1)]))
    return _Lists(codes, codes % max(articles, 1), np.searchsorted(codes, np.arange(articles + 1) * articles))


def _common(lists: _Lists, rows: Ints, others: _Lists, columns: Ints) -> Floats:
    """Return how many articles of each of some `lists` are in the one of `others` at its place."""
    articles = len(lists.start) - 1
    common = np.zeros(len(rows))
    is_shorter = lists.lengths(rows) <= others.lengths(columns)
    for which, short, one, long, other in (
        (is_shorter, lists, rows, others, columns),
        (~is_shorter, others, columns, lists, rows),
    ):
        if not which.any():
            continue
        start, length = short.start[one[which]], short.lengths(one[which])
        probes = np.minimum(length, _PROBED)
        pair = np.repeat(np.arange(len(probes)), probes)
        place = np.arange(len(pair)) - np.repeat(np.cumsum(probes) - probes, probes)
        sampled = np.flatnonzero((length > probes)[pair])
        place[sampled] = place[sampled] * length[pair[sampled]] // _PROBED
        found = short.articles[start[pair] + place]
        hits = are_in(long.codes, other[which][pair] * articles + found)
        common[which] = np.bincount(pair, hits, minlength=len(probes)) * length / probes
    return common


def rank_articles(
    structure: Structure, *, damping: float = DAMPING, stubs: bool = False, weighted: bool = True
) -> Floats:
    """Return the PageRank of each article as a multiple of the average; 0 for stubs, unless `stubs` is set.

    `damping` is the chance, from 0 to below 1, that the reader follows a full link instead of starting again. Without
    `weighted`, all links are full. Linear in articles and links, times the rounds until the ranks settle, which are at
    most one or two hundred.
    """
    return rank_links(article_links(structure, stubs=stubs, weighted=weighted), damping)


def rank_links(links: ArticleLinks, damping: float = DAMPING) -> Floats:
    """Return the PageRank of `rank_articles` for links that are known already."""
    count = int(links.ranked.sum())
    if not count:
        return np.zeros(links.articles)
    out = np.bincount(links.sources, minlength=links.articles)
    order = np.lexsort((links.sources, links.targets))  # so that ranks are always summed in the same order
    sources, targets = links.sources[order], links.targets[order]
    weights = links.weights[order] / out[sources]
    even = links.ranked / count
    ranks = even.copy()
    for _ in range(_ROUNDS):
        followed = damping * np.bincount(targets, weights * ranks[sources], links.articles)
        following = followed + (1 - followed.sum()) * even
        change = np.abs(following - ranks).sum()
        ranks = following
        if change < _SETTLED:
            break
    return np.asarray(ranks * count)


def most_central_first(ranks: Floats) -> Ints:
    """Return the numbers of articles by rank, the highest first; equals by number."""
    return np.lexsort((np.arange(len(ranks)), -np.round(ranks, _DIGITS)))
