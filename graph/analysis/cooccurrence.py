"""Which topics occur together: how often an article states both, and whether that is more than chance.

Source of `pmi`: K. W. Church and P. Hanks (1990), Word Association Norms, Mutual Information, and Lexicography,
Computational Linguistics 16(1).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from graph.analysis.relations import Network, first_rows, label_of, of_network, targets_by_source
from graph.structure.rounding import rounded
from graph.structure.typicality import evidence, lift, mix_of


@dataclass(frozen=True, slots=True)
class CooccurringTopics:
    """Two topics that the same articles are about."""

    first: str
    """The topic of the pair with the smaller IRI."""
    first_label: str
    """Its label."""
    second: str
    """The other topic."""
    second_label: str
    """Its label."""
    articles: int
    """Articles about both."""
    jaccard: float
    """These as a share of the articles about either topic, from above 0 to 1 (Jaccard index)."""
    lift: float
    """How many times more often they occur together than independent topics would; 1 is chance."""
    evidence: float
    """How certainly that is not chance (log-likelihood ratio); negative if they occur together less often."""
    pmi: float
    """Pointwise mutual information in bits, which is log2 of the lift; 0 is chance."""


@of_network
def cooccurring_topics(network: Network, limit: int | None = None) -> tuple[CooccurringTopics, ...]:
    """Return the pairs of topics that share an article, sorted by `evidence`, then by articles and IRIs.

    A topic on every article has no evidence with any other, and one shared article is little evidence. Chance is
    computed among articles that state any topic. Stubs and unpublished articles count like any other. The cost grows
    with the square of the number of topics on one article.
    """
    topics = targets_by_source(network, "about")
    everywhere = mix_of(topics, topics)
    together = Counter(pair for found in topics.values() for pair in combinations(found, 2))
    rows = []
    for (first, second), articles in together.items():
        table = (articles, everywhere.counts[first], everywhere.counts[second], everywhere.articles)
        rows.append(
            CooccurringTopics(
                first=first,
                first_label=label_of(network, first),
                second=second,
                second_label=label_of(network, second),
                articles=articles,
                jaccard=rounded(articles / (everywhere.counts[first] + everywhere.counts[second] - articles)),
                lift=rounded(lift(*table)),
                evidence=rounded(evidence(*table)),
                pmi=rounded(math.log2(lift(*table))),
            )
        )
    rows.sort(key=lambda row: (-row.evidence, -row.articles, row.first, row.second))
    return first_rows(rows, limit)
