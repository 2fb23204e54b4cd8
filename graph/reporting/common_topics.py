"""The topics that are worth a plot: the most frequent, without those on nearly every article."""

from __future__ import annotations

from collections import Counter

import numpy as np

from graph.explorer import to_line
from graph.knowledge import KnowledgeGraph
from graph.pairs import ranked_names
from graph.structure.typicality import background_topics


def common_topics(knowledge: KnowledgeGraph) -> tuple[list[str], str]:
    """Return topics, the most frequent first, and a sentence that names those left out, if any.

    Topics on nearly every article are left out, and topics without articles; equals are sorted by IRI. Linear in the
    topics of articles.
    """
    counts = Counter(topic for article in knowledge.articles.values() for topic in set(article.topics))
    topics = ranked_names(counts)
    stated = sum(bool(article.topics) for article in knowledge.articles.values())
    is_common = background_topics(np.array([counts[topic] for topic in topics], np.int64), stated)
    common = {topics[place] for place in np.flatnonzero(is_common).tolist()}
    labels = [to_line(knowledge.topics[topic].label) for topic in topics if topic in common]
    left_out = f" Left out, because nearly every article states it: {', '.join(labels)}." if labels else ""
    return [topic for topic in topics if topic not in common], left_out
