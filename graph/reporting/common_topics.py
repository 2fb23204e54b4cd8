"""The topics that are worth a plot: the most frequent, without those on nearly every article."""

from __future__ import annotations

from collections import Counter

import numpy as np

from graph.knowledge import KnowledgeGraph
from graph.structure.community_names import background_topics

__all__ = ["common_topics"]


def common_topics(knowledge: KnowledgeGraph) -> list[tuple[str, int]]:
    """Return topics and their numbers of articles, the most frequent first, without those on nearly every article.

    Topics without articles are left out; equals are sorted by IRI. Linear in the topics of articles.
    """
    counts = Counter(topic for article in knowledge.articles.values() for topic in set(article.topics))
    topics = sorted(counts, key=lambda topic: (-counts[topic], topic))
    stated = sum(bool(article.topics) for article in knowledge.articles.values())
    says_nothing = background_topics(np.array([counts[topic] for topic in topics], np.int64), stated)
    return [(topic, counts[topic]) for topic, common in zip(topics, says_nothing.tolist(), strict=True) if not common]
