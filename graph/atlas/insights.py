"""What stands out: central articles, rising topics, large communities, bridges.

Source: L. Page, S. Brin, R. Motwani and T. Winograd (1999), The PageRank Citation Ranking, Stanford InfoLab.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from graph.atlas.atlas import FEWEST_LATELY, LATELY, MOST_LISTED, Insights
from graph.atlas.ground import Ground
from graph.structure.arrays import NO_DAY, Floats, Ints
from graph.structure.rounding import rounded
from graph.structure.typicality import SIGNIFICANT, evidence

_MOST_CENTRAL = 20


def find_insights(
    ground: Ground,
    ranks: Floats,
    central: Ints,
    communities: Ints,
    bridges: tuple[Ints, Floats],
    background: tuple[int, ...],
) -> Insights:
    """Return what stands out.

    `central` are articles by rank, `communities` the sizes of communities, `bridges` articles that connect these, the
    best first, with their scores.
    """
    largest = np.argsort(-communities, kind="stable")[:MOST_LISTED]
    return Insights(
        central=tuple(
            (int(node), _shown(ranks[node]))
            for node in central[:_MOST_CENTRAL]
            if ranks[node] > 1 and not ground.stub[node]
        ),
        rising=_rising(ground, background),
        communities=tuple((int(number), int(communities[number])) for number in largest if communities[number] > 1),
        bridges=tuple((int(node), _shown(score)) for node, score in zip(*bridges, strict=True))[:MOST_LISTED],
    )


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
