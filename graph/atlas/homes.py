"""The home topic of each article on the map: its rarest topic that is not too rare, or the home of its story.

A topic on nearly every article says nothing and is background; a topic of two articles among thousands is too rare. A
guessed home (of an article without topics) is marked as inferred on the map, and is never stated in RDF.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.atlas.ground import Ground
from graph.structure.arrays import Ints, plurality
from graph.structure.ties import Ties
from graph.structure.typicality import background_topics

NOWHERE = -1
"""The home of an article without topics and without a story that has any."""

OTHER = -2
"""The home of an article whose topics are all too rare."""

FIRST_GROUP = -3
"""The home of the first group without a topic; further groups have smaller numbers."""

_MOST_PLACES = 80
"""The most islands that can be distinguished on one picture."""
_ARTICLES_A_PLACE = 250
"""Articles per island, if there are so many articles that this gives more islands."""
_SHARE_OF_A_STORY = 0.3
"""The share of a story that must have a topic, if the others follow it there."""
_WORTH_OF_A_HINT = 0.5
"""How much a mentioned topic counts, compared with a stated one."""


class Homes(msgspec.Struct, frozen=True):
    """The homes of articles."""

    home: Ints
    """For each article the place of its topic among the topics, `NOWHERE`, `OTHER`, or that of a group."""
    inferred: NDArray[np.bool_]
    """Whether the home of each article is a guess."""
    background: tuple[int, ...]
    """The topics on nearly every article, by place."""
    counts: Ints
    """The number of articles about each topic."""
    groups: tuple[str, ...] = ()
    """The labels of the groups of articles without a topic."""

    @staticmethod
    def group(place: int) -> int:
        """Return the home of the group at a place among the groups."""
        return FIRST_GROUP - place

    def label(self, home: int) -> str:
        """Return the label of the group with this home."""
        return self.groups[FIRST_GROUP - home]


def find_homes(ground: Ground, ties: Ties, stories: Ints) -> Homes:
    """Return the homes of articles. About linear in relations."""
    articles, topics = ground.first_topic, ground.counts[1]
    about, topic = ground.topics_of_articles()
    counts = np.bincount(topic, minlength=topics)
    stated = np.bincount(about, minlength=articles) > 0
    is_background = background_topics(counts, int(stated.sum()))
    is_place = _places(np.where(is_background, 0, counts), articles)
    home = np.full(articles, NOWHERE)
    home[stated] = OTHER
    for chosen in (is_background, is_place):  # a topic that is not background comes last, and stays
        known = _rarest(about, topic, counts, chosen[topic])
        home[known[0]] = known[1]
    told = (home >= 0) & is_place[home] if topics else np.zeros(articles, bool)
    hint = np.full(articles, NOWHERE)
    hinted, mentioned = ground.topics_of_articles("mentions")
    known = _rarest(hinted, mentioned, counts, ~told[hinted] & is_place[mentioned])
    hint[known[0]] = known[1]
    guess = _follow_story(home, np.where(told, home, hint), told, stories)
    _follow_neighbours(guess, ties)
    return Homes(guess, (guess != home) & (guess >= 0), tuple(np.flatnonzero(is_background).tolist()), counts)


def _places(counts: Ints, articles: int) -> NDArray[np.bool_]:
    """Return which topics can be homes: all if there are few, otherwise those with most articles."""
    most = max(_MOST_PLACES, articles // _ARTICLES_A_PLACE)
    if int((counts > 0).sum()) <= most:
        return counts > 0
    least = np.sort(counts)[-most]
    return np.asarray(counts >= max(least, 2))


def _rarest(about: Ints, topic: Ints, counts: Ints, chosen: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return the articles with any of the chosen topics, and the rarest of these for each."""
    about, topic = about[chosen], topic[chosen]
    order = np.lexsort((topic, counts[topic], about))
    articles, begins = np.unique(about[order], return_index=True)
    return articles, topic[order][begins]


def _follow_story(home: Ints, hint: Ints, told: NDArray[np.bool_], stories: Ints) -> Ints:
    """Return homes in which articles without a telling topic have the commonest home of their story.

    Stated topics count twice as much as mentioned ones. If a story has none, the hint is used.
    """
    if not len(home):
        return home
    count = int(stories.max()) + 1
    weights = np.where(told, 1.0, _WORTH_OF_A_HINT)
    voters = hint >= 0
    best, votes = plurality(stories, hint, count, weights)
    speaking = np.bincount(stories, np.where((home != NOWHERE) | voters, weights, 0.0), minlength=count)
    enough = (votes > 0) & (votes >= _SHARE_OF_A_STORY * speaking)
    guess = np.where(told, home, np.where(enough[stories], best[stories], np.where(hint >= 0, hint, home)))
    # A story with only a background topic has its home there.
    best, votes = plurality(stories, np.where(home >= 0, home, -1), count)
    return np.where((guess == NOWHERE) & (votes > 0)[stories], best[stories], guess)


def _follow_neighbours(guess: Ints, ties: Ties) -> None:
    """Give articles that still have no home the commonest home of their neighbours."""
    ends, others, likeness = ties.both_ways()
    asking = (guess[ends] == NOWHERE) & (guess[others] >= 0)
    best, votes = plurality(ends[asking], guess[others[asking]], len(guess), likeness[asking])
    guess[votes > 0] = best[votes > 0]
