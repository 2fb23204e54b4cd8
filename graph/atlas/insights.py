"""What stands out: central articles, rising topics, large communities, bridges.

Sources: L. Page, S. Brin, R. Motwani and T. Winograd (1999), The PageRank Citation Ranking, Stanford InfoLab; U.
Brandes (2001), A Faster Algorithm for Betweenness Centrality, Journal of Mathematical Sociology 25(2), with sampled
sources as in U. Brandes and C. Pich (2007), Centrality Estimation in Large Networks.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from graph.atlas.atlas import FEWEST_LATELY, LATELY, MOST_LISTED, Insights
from graph.atlas.ground import Ground
from graph.structure.arrays import NO_DAY, Floats, Ints, comparable, distinct
from graph.structure.rounding import rounded
from graph.structure.rows import rows_from
from graph.structure.ties import Ties
from graph.structure.typicality import SIGNIFICANT, evidence

_MOST_CENTRAL = 20
_SAMPLES = 48
"""The most articles from which a build follows shortest paths; `analyze central-articles` follows more."""
_FEWEST_SAMPLES = 8
_FARTHEST = 40
"""The most steps of a path, which bounds the time in networks that are long chains."""
_WORK = 400_000_000
"""Samples times ties times steps that a build can afford."""


def find_insights(
    ground: Ground,
    ties: Ties,
    ranks: Floats,
    central: Ints,
    communities: Ints,
    background: tuple[int, ...],
) -> Insights:
    """Return what stands out; `central` are articles by rank, `communities` the sizes of communities."""
    articles = ground.first_topic
    between, is_approximate = _between(ties)
    crossing = np.lexsort((np.arange(articles), -comparable(between)))[:MOST_LISTED]
    largest = np.argsort(-communities, kind="stable")[:MOST_LISTED]
    return Insights(
        central=tuple(
            (int(node), _shown(ranks[node]))
            for node in central[:_MOST_CENTRAL]
            if ranks[node] > 1 and not ground.stub[node]
        ),
        rising=_rising(ground, background),
        communities=tuple((int(number), int(communities[number])) for number in largest if communities[number] > 1),
        bridges=tuple((int(node), _shown(between[node])) for node in crossing if between[node] > 0),
        approximate=is_approximate,
    )


def _between(ties: Ties) -> tuple[Floats, bool]:
    """Return the share of shortest paths between others on which each article is, and whether paths were sampled."""
    count = ties.articles
    if not len(ties.first):
        return np.zeros(count), False
    ends, others = np.concatenate([ties.first, ties.second]), np.concatenate([ties.second, ties.first])
    beside = rows_from(ends, others, count)
    tied = np.flatnonzero(ties.degrees())
    samples = max(_FEWEST_SAMPLES, min(_SAMPLES, _WORK // (len(ends) * _FARTHEST)))
    picked = tied if len(tied) <= samples else tied[np.linspace(0, len(tied) - 1, samples).astype(np.int64)]
    worth = np.zeros(count)
    for start in picked.tolist():
        worth += _dependencies(beside.start, beside.to, start)
    # Paths that start or end at an article do not count for it.
    ways = max(1.0, len(picked) * (len(tied) - 1) / len(tied) * (len(tied) - 2))
    return worth / ways, len(picked) < len(tied)


def _dependencies(edges: Ints, beside: Ints, start: int) -> Floats:
    """Return for each node the number of shortest paths from a start to others that lead through it.

    `edges` are the starts of the rows of neighbours in `beside`. Linear in the neighbours.
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


_shown = partial(rounded, digits=4)


def _rising(ground: Ground, background: tuple[int, ...]) -> tuple[tuple[int, float, float, int], ...]:
    """Return the topics that are clearly more frequent in the latest quarter of the dated articles than before."""
    day = ground.days
    about, topic = ground.pairs["about"]
    known = (about < len(day)) & (topic >= ground.first_topic)
    about, topic = about[known], topic[known] - ground.first_topic
    stated = np.zeros(len(day), bool)
    stated[about] = True
    stated &= day != NO_DAY
    days = np.sort(day[stated])
    if len(days) < 2 * FEWEST_LATELY:
        return ()
    line = days[int(len(days) * (1 - LATELY))]
    late = stated & (day >= line)
    lately, before = int(late.sum()), int((stated & ~late).sum())
    if not lately or not before:
        return ()
    topics = ground.counts[1]
    ours = np.bincount(topic[late[about]], minlength=topics)
    all_ = np.bincount(topic[stated[about]], minlength=topics)
    rows = []
    for number in np.flatnonzero(ours >= FEWEST_LATELY).tolist():
        strength = evidence(int(ours[number]), lately, int(all_[number]), lately + before)
        if strength >= SIGNIFICANT and number not in background:
            share, earlier = ours[number] / lately, (all_[number] - ours[number]) / before
            rows.append((-strength, number, _shown(share), _shown(earlier), int(ours[number])))
    rows.sort()
    return tuple(
        (ground.first_topic + number, share, earlier, count) for _, number, share, earlier, count in rows[:MOST_LISTED]
    )
