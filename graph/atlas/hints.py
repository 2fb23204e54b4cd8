"""Topics that titles and summaries point to, by their names and keywords: a hint for articles that state none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graph.atlas.census import Census, Ints
from graph.truth.mentions import Finder

__all__ = ["find_hints"]


def find_hints(census: Census, asking: NDArray[np.bool_], usable: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return the articles that ask and the usable topics their words point to, as places, one pair for each.

    What an article mentions counts as well. Linear in the words of titles and summaries.
    """
    phrases = {
        str(place): {topic.label, *topic.names, *topic.keywords, *(tag.lstrip("#") for tag in topic.hashtags)}
        for place, topic in enumerate(census.topics)
        if usable[place]
    }
    finder = Finder(phrases)
    articles, topics = [], []
    for number in np.flatnonzero(asking).tolist() if phrases else ():
        article = census.articles[number]
        for place in finder.find(f"{article.label}\n{article.excerpt or ''}"):
            articles.append(number)
            topics.append(int(place))
    sources, targets = census.pairs["mentions"]
    places = targets - census.first_topic
    known = (sources < len(census.articles)) & (places >= 0)
    known[known] = asking[sources[known]] & usable[places[known]]
    return np.array([*articles, *sources[known]], np.int64), np.array([*topics, *places[known]], np.int64)
