"""What communities are called: by the topics and words that are typical of them, otherwise by their central article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from graph.analysis.typicality import Mix, typical
from graph.atlas.census import Census, Ints

__all__ = ["communities_of", "name_communities"]

_WORD = re.compile(r"[^\W\d_][\w.+#&'’-]*[\w+#]")
_LONGEST = 60
_MOST_NAMED = 2_000
"""So many communities, the largest, are named by what is typical; smaller ones by their central article."""


def name_communities(census: Census, members: Sequence[Sequence[int]], background: Iterable[int]) -> list[str]:
    """Return a label for each community, given its articles with the most central first."""
    unfit = {census.first_topic + place for place in background}
    topics: dict[int, list[str]] = {}
    sources, targets = census.pairs["about"]
    for article, topic in zip(sources.tolist(), targets.tolist(), strict=True):
        if topic not in unfit:
            topics.setdefault(article, []).append(str(topic))
    words = [sorted(set(_WORD.findall(article.label.casefold()))) for article in census.articles]
    all_topics = _mix(topics.get(article, ()) for article in range(len(words)))
    all_words = _mix(words)
    labels = []
    for place, some in enumerate(members):
        label = ""
        if len(some) > 2 and place < _MOST_NAMED:  # noqa: PLR2004 - of two, neither says what is typical
            typical_topics = typical(_mix(topics.get(article, ()) for article in some), all_topics, 2)
            typical_words = typical(_mix(words[article] for article in some), all_words, 3)
            names = [census.topics[int(topic) - census.first_topic].label for topic in typical_topics]
            known = {word for name in names for word in _WORD.findall(name.casefold())}
            label = " · ".join([*names, ", ".join(word for word in typical_words if word not in known)]).strip(" ·")
        labels.append(label or _shortened(census.articles[some[0]].label))
    return labels


def communities_of(community: Ints, count: int, worth: Sequence[float]) -> list[list[int]]:
    """Return the articles of each community, the most worthy first; equals by number."""
    members: list[list[int]] = [[] for _ in range(count)]
    for article in sorted(range(len(worth)), key=lambda article: (-worth[article], article)):
        members[int(community[article])].append(article)
    return members


def _mix(things: Iterable[Sequence[str]]) -> Mix:
    """Count things over articles; one that has none does not count."""
    found = [some for some in things if some]
    return Mix(len(found), Counter(thing for some in found for thing in some))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
