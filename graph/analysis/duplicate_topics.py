"""Labels that look like the same topic."""

from __future__ import annotations

from dataclasses import dataclass

from graph.analysis.like_names import like_names
from graph.analysis.relations import Network, first_rows, label_of, nodes_of_kind, of_network, sources_by_target
from graph.structure.rounding import rounded


@dataclass(frozen=True, slots=True)
class DuplicateTopics:
    """Two topics that may be one."""

    first: str
    """The topic with more articles; of equals the one with the smaller IRI."""
    first_label: str
    """Its label."""
    second: str
    """The other topic."""
    second_label: str
    """Its label."""
    score: float
    """How surely they are the same, up to 1."""
    reason: str
    """`same letters`, `same words`, `singular and plural`, `initials` or `similar spelling`."""
    first_articles: int
    """Articles about the first."""
    second_articles: int
    """Articles about the second."""
    both: int
    """Articles about both; if there are many, the two are meant to be different."""


@of_network
def duplicate_topics(network: Network, limit: int | None = None) -> tuple[DuplicateTopics, ...]:
    """Return pairs of topics whose labels look like the same, the surest first; then by articles and IRIs.

    What looks alike, and its score, is as of `like_names`: other spellings, plurals, words in another order, initials.
    It costs topics², in a compiled library.
    """
    labels = {topic: label_of(network, topic) for topic in nodes_of_kind(network, "topic")}
    stated = {topic: frozenset(articles) for topic, articles in sources_by_target(network, "about").items()}
    rows = []
    for pair in like_names(labels, stated):
        one, other = (stated.get(topic, frozenset()) for topic in (pair.first, pair.second))
        rows.append(
            DuplicateTopics(
                first=pair.first,
                first_label=labels[pair.first],
                second=pair.second,
                second_label=labels[pair.second],
                score=rounded(pair.score),
                reason=pair.reason,
                first_articles=len(one),
                second_articles=len(other),
                both=len(one & other),
            )
        )
    rows.sort(key=lambda row: (-row.score, -row.second_articles, -row.first_articles, row.first, row.second))
    return first_rows(rows, limit)
