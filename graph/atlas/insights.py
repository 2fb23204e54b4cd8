"""What stands out: central articles, rising topics, large communities, bridges.

Sources: L. Page, S. Brin, R. Motwani and T. Winograd (1999), The PageRank Citation Ranking, Stanford InfoLab; U.
Brandes (2001), A Faster Algorithm for Betweenness Centrality, Journal of Mathematical Sociology 25(2), with sampled
sources as in U. Brandes and C. Pich (2007), Centrality Estimation in Large Networks.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from graph.analysis.typicality import SIGNIFICANT, evidence
from graph.atlas.atlas import Insights
from graph.atlas.census import Census, Floats, Ints, distinct
from graph.atlas.lanes import NO_DAY
from graph.atlas.ties import Ties
from graph.vocabulary import POINTING

__all__ = ["find_insights", "page_rank"]

_MOST_CENTRAL = 20
_MOST = 12
_DAMPING = 0.85
_ROUNDS = 200
_SAMPLES = 48
_FARTHEST = 40
_WORK = 400_000_000
_LATELY = 0.25
_FEWEST = 3


def find_insights(
    census: Census, ties: Ties, ranks: Floats, day: Ints, communities: Ints, background: tuple[int, ...]
) -> Insights:
    """Return what stands out; `communities` holds the sizes of those that count."""
    articles = len(census.articles)
    stub = np.array([article.stub for article in census.articles], bool)
    best = np.lexsort((np.arange(articles), -np.round(ranks, 9)))[:_MOST_CENTRAL]
    between, is_approximate = _between(ties)
    crossing = np.lexsort((np.arange(articles), -np.round(between, 9)))[:_MOST]
    largest = np.argsort(-communities, kind="stable")[:_MOST]
    return Insights(
        central=tuple((int(node), _rounded(ranks[node])) for node in best if ranks[node] > 1 and not stub[node]),
        rising=_rising(census, day, background),
        communities=tuple((int(number), int(communities[number])) for number in largest if communities[number] > 1),
        bridges=tuple((int(node), _rounded(between[node])) for node in crossing if between[node] > 0),
        approximate=is_approximate,
    )


def page_rank(census: Census) -> Floats:
    """Return each article's PageRank as a multiple of the average; 0 for stubs, which point nowhere.

    It is over `related` and `links`; who points to an article by both points to it once.
    """
    articles = len(census.articles)
    walks = np.array([not article.stub for article in census.articles], bool)
    count = int(walks.sum())
    if not count:
        return np.zeros(articles)
    sources, targets = census.between_articles(*POINTING)
    inside = walks[sources] & walks[targets]
    sources, targets = sources[inside], targets[inside]
    out = np.bincount(sources, minlength=articles)
    steps = sparse.csr_matrix((1 / out[sources], (targets, sources)), shape=(articles, articles))
    ends = walks & (out == 0)
    even = walks / count
    ranks = even.copy()
    for _ in range(_ROUNDS):
        following = _DAMPING * (steps @ ranks + even * ranks[ends].sum()) + (1 - _DAMPING) * even
        if np.abs(following - ranks).sum() < 1e-10:  # noqa: PLR2004 - far below what is shown
            ranks = following
            break
        ranks = following
    return np.asarray(ranks * count)


def _between(ties: Ties) -> tuple[Floats, bool]:
    """Return the share of shortest ways between others on which each article lies, and whether it was sampled."""
    count = ties.articles
    if not len(ties.first):
        return np.zeros(count), False
    ones = np.ones(len(ties.first), np.int8)
    half = sparse.coo_matrix((ones, (ties.first, ties.second)), shape=(count, count)).tocsr()
    beside = (half + half.T).tocsr()
    tied = np.flatnonzero(ties.degrees())
    samples = max(8, min(_SAMPLES, _WORK // (len(ones) * 2 * _FARTHEST)))
    picked = tied if len(tied) <= samples else tied[np.linspace(0, len(tied) - 1, samples).astype(np.int64)]
    worth = np.zeros(count)
    for start in picked.tolist():
        worth += _dependencies(beside.indptr, beside.indices, start)
    # Nobody is on a way that begins or ends with them.
    ways = max(1.0, len(picked) * (len(tied) - 1) / len(tied) * (len(tied) - 2))
    return worth / ways, len(picked) < len(tied)


def _dependencies(edges: Ints, beside: Ints, start: int) -> Floats:
    """Return for each node how many shortest ways from a start to others lead through it.

    Those beside a node stand in a row, from the edge of its number to the next. Linear in them.
    """
    count = len(edges) - 1
    paths, is_new = np.zeros(count), np.ones(count, bool)
    paths[start], is_new[start] = 1.0, False
    front = np.array([start])
    steps: list[tuple[Ints, Ints]] = []
    while len(front) and len(steps) < _FARTHEST:
        sizes = edges[front + 1] - edges[front]
        sources = np.repeat(front, sizes)
        targets = beside[np.repeat(edges[front] - np.cumsum(sizes) + sizes, sizes) + np.arange(len(sources))]
        fresh = is_new[targets]
        sources, targets = sources[fresh], targets[fresh]
        np.add.at(paths, targets, paths[sources])
        is_new[targets] = False
        front = distinct(targets)
        steps.append((sources, targets))
    worth = np.zeros(count)
    for sources, targets in reversed(steps):
        np.add.at(worth, sources, paths[sources] / paths[targets] * (1 + worth[targets]))
    worth[start] = 0.0
    return worth


def _rising(census: Census, day: Ints, background: tuple[int, ...]) -> tuple[tuple[int, float, float, int], ...]:
    """Return the topics clearly more frequent in the last quarter of the dated articles than before."""
    about, topic = census.pairs["about"]
    known = (about < len(day)) & (topic >= census.first_topic)
    about, topic = about[known], topic[known] - census.first_topic
    stated = np.zeros(len(day), bool)
    stated[about] = True
    stated &= day != NO_DAY
    days = np.sort(day[stated])
    if len(days) < 2 * _FEWEST:
        return ()
    line = days[int(len(days) * (1 - _LATELY))]
    late = stated & (day >= line)
    lately, before = int(late.sum()), int((stated & ~late).sum())
    if not lately or not before:
        return ()
    topics = len(census.topics)
    ours = np.bincount(topic[late[about]], minlength=topics)
    all_ = np.bincount(topic[stated[about]], minlength=topics)
    rows = []
    for number in np.flatnonzero(ours >= _FEWEST).tolist():
        strength = evidence(int(ours[number]), lately, int(all_[number]), lately + before)
        if strength >= SIGNIFICANT and number not in background:
            share, earlier = ours[number] / lately, (all_[number] - ours[number]) / before
            rows.append((-strength, number, _rounded(share), _rounded(earlier), int(ours[number])))
    rows.sort()
    return tuple(
        (census.first_topic + number, share, earlier, count) for _, number, share, earlier, count in rows[:_MOST]
    )


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
