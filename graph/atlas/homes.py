"""Where each article lives: the rarest topic that still tells something, or where its story mostly lives.

A topic on nearly every article tells nothing and is background; one on two articles of thousands is no place to live.
What is guessed (an article without topics put beside its story) is marked as inferred and leaves this room only as a
mark on the map: it is never stated in RDF.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.atlas.census import Census
from graph.structure.arrays import Floats, Ints
from graph.structure.community_names import background_topics
from graph.structure.ties import Ties

__all__ = ["NOWHERE", "OTHER", "Homes", "find_homes"]

NOWHERE = -1
"""The home of an article that no topic and no story places."""

OTHER = -2
"""The home of an article whose topics are all too rare to be places."""

_MOST_PLACES = 80
_ARTICLES_A_PLACE = 250
_SHARE_OF_A_STORY = 0.3
_WORTH_OF_A_HINT = 0.5


@dataclass(frozen=True, slots=True)
class Homes:
    """Where the articles of a census live."""

    home: Ints
    """For each article its topic's place among the topics, `NOWHERE` or `OTHER`."""
    inferred: NDArray[np.bool_]
    """For each article whether its home is a guess."""
    background: tuple[int, ...]
    """Places of the topics that are on nearly every article."""
    counts: Ints
    """For each topic the articles about it."""


def find_homes(census: Census, ties: Ties, stories: Ints) -> Homes:
    """Return where articles live. About linear in relations."""
    articles, topics = len(census.articles), len(census.topics)
    about, topic = census.topics_of_articles()
    counts = np.bincount(topic, minlength=topics)
    stated = np.bincount(about, minlength=articles) > 0
    is_background = background_topics(counts, int(stated.sum()))
    is_place = _places(np.where(is_background, 0, counts), articles)
    home = np.full(articles, NOWHERE)
    home[stated] = OTHER
    for chosen in (is_background, is_place):  # what tells something comes last, and stays
        known = _rarest(about, topic, counts, chosen[topic])
        home[known[0]] = known[1]
    told = (home >= 0) & is_place[home] if topics else np.zeros(articles, bool)
    hint = np.full(articles, NOWHERE)
    hinted, mentioned = census.topics_of_articles("mentions")
    known = _rarest(hinted, mentioned, counts, ~told[hinted] & is_place[mentioned])
    hint[known[0]] = known[1]
    guess = _follow_story(home, np.where(told, home, hint), told, stories)
    _follow_neighbours(guess, ties)
    return Homes(guess, (guess != home) & (guess >= 0), tuple(np.flatnonzero(is_background).tolist()), counts)


def _places(counts: Ints, articles: int) -> NDArray[np.bool_]:
    """Return which topics are places to live: all of few, and of many those with most articles."""
    most = max(_MOST_PLACES, articles // _ARTICLES_A_PLACE)
    if int((counts > 0).sum()) <= most:
        return counts > 0
    least = np.sort(counts)[-most]
    return np.asarray(counts >= max(least, 2))


def _rarest(about: Ints, topic: Ints, counts: Ints, chosen: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return the articles that have any of the chosen topics, each with the rarest of these."""
    about, topic = about[chosen], topic[chosen]
    order = np.lexsort((topic, counts[topic], about))
    articles, begins = np.unique(about[order], return_index=True)
    return articles, topic[order][begins]


def _follow_story(home: Ints, hint: Ints, told: NDArray[np.bool_], stories: Ints) -> Ints:
    """Return homes in which those whose own topics say nothing live where their story mostly lives.

    What articles state counts twice as much as what they mention. Where a story says nothing, the hint does.
    """
    if not len(home):
        return home
    count = int(stories.max()) + 1
    weights = np.where(told, 1.0, _WORTH_OF_A_HINT)
    voters = hint >= 0
    best, votes = _plurality(stories[voters], hint[voters], weights[voters], count)
    speaking = np.bincount(stories, np.where((home != NOWHERE) | voters, weights, 0.0), minlength=count)
    enough = (votes > 0) & (votes >= _SHARE_OF_A_STORY * speaking)
    guess = np.where(told, home, np.where(enough[stories], best[stories], np.where(hint >= 0, hint, home)))
    # A story that states a background topic only lives there as a whole.
    voters = home >= 0
    best, votes = _plurality(stories[voters], home[voters], np.ones(int(voters.sum())), count)
    return np.where((guess == NOWHERE) & (votes > 0)[stories], best[stories], guess)


def _follow_neighbours(guess: Ints, ties: Ties) -> None:
    """Put those who are still nowhere where most of their neighbours are."""
    ends = np.concatenate([ties.first, ties.second])
    others = np.concatenate([ties.second, ties.first])
    asking = (guess[ends] == NOWHERE) & (guess[others] >= 0)
    ends, others, likeness = ends[asking], others[asking], np.concatenate([ties.likeness, ties.likeness])[asking]
    best, votes = _plurality(ends, guess[others], likeness, len(guess))
    guess[votes > 0] = best[votes > 0]


def _plurality(group: Ints, choice: Ints, weights: Floats, count: int) -> tuple[Ints, Floats]:
    """Return each group's most voted choice, the smallest of equals, and its votes; 0 votes where none voted."""
    best, votes = np.full(count, -1), np.zeros(count)
    if not len(group):
        return best, votes
    width = int(choice.max()) + 1
    codes, inverse = np.unique(group * width + choice, return_inverse=True)
    sums = np.bincount(inverse, weights)
    groups, choices = codes // width, codes % width
    order = np.lexsort((choices, -sums, groups))
    found, begins = np.unique(groups[order], return_index=True)
    best[found], votes[found] = choices[order][begins], sums[order][begins]
    return best, votes
