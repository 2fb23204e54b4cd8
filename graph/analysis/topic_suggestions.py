"""Which topics an article could state but does not: suggestions with a score and reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graph.analysis.best_first import best_of_each, check_bounds, wanted_of
from graph.analysis.named_topics import NamedTopics, find_named_topics
from graph.analysis.relations import Network, label_of, links
from graph.analysis.suggestion_signals import Signals, signals_of
from graph.knowledge import KnowledgeGraph
from graph.structure.arrays import Floats
from graph.structure.rounding import rounded
from graph.structure.topic_model import TopicModel, learn_topics
from graph.suggestion_limits import LEAST_TOPIC_SCORE, MOST_SUGGESTED
from graph.truth.phrases import telling_words

_TOLD = 3
"""The most words that a reason names."""
_FEWEST_VOTES = 2
"""Similar articles with a topic that are a reason for it; one alone may be an accident."""
_LIKELIER, _WHERE_MOST, _WHERE_NONE = 0.25, 0.1, 0.5
"""The part of the way from a topic's share to certainty that a score must be above the share; the same in a folder in
which most articles state topics, and in one in which none does, as what is said of some may not suit the others."""
_MOST = 0.5
_FEWEST_IN_FOLDER = 3
"""The fewest articles of a folder for it to mean something."""
_HEADINGS = 0.5
"""What the headings of a text count beside title and excerpt."""


@dataclass(frozen=True, slots=True)
class TopicSuggestion:
    """A topic that an article could state."""

    article: str
    """The article for which it is suggested."""
    article_label: str
    """Its title."""
    topic: str
    """The topic that is suggested."""
    topic_label: str
    """Its label, in the words of the site's taxonomy if it is in there."""
    score: float
    """How likely the article is about it, roughly as a probability, up to 1; most with at least 0.45 are right."""
    reasons: tuple[str, ...]
    """Why, such as `title says “AKS”`, `typical words: cluster, pods`, `7 of the 15 most similar articles`."""


def suggest_topics(
    network: Network | KnowledgeGraph,
    article: str | None = None,
    *,
    limit: int | None = MOST_SUGGESTED,
    min_score: float = LEAST_TOPIC_SCORE,
) -> tuple[TopicSuggestion, ...]:
    """Return topics that an article should state, or each (`None`), but does not.

    The rows of an article come together, the best first and equals by IRI; articles are in the order of their IRIs. At
    most `limit` are suggested for each (`None`: all), and none with a score below `min_score`. It leaves out topics
    that the article states, topics above these, topics of nearly all articles, such as the subject of the site, and
    topics that are hardly likelier for the article than for any other: if s is a topic's share of the articles that
    state any but those, the score must be at least s + (1 - s) / 4. It is (1 - s) / 10 in a folder in which most of at
    least three articles state any, and (1 - s) / 2 in one in which none does: what is said of a blog may not suit the
    documentation.

    The score is made of three things: names and keywords of the topic in title and excerpt, found as mentions are;
    words that are typical of the topic, learnt from the articles that state topics by ridge regression; and the topics
    of the 15 most similar of these (source and cost: `graph.structure.topic_model`). Words are those of title, excerpt
    and headings, which are known only if a `KnowledgeGraph` is given instead of its network. Articles that state no
    topic, or only topics that nearly all have, are treated as articles whose topics are not known. What a text names
    outside title and excerpt counts little.

    Raises:
        NoSuchNodeError: No article, or several, are called `article`; the message says what may be meant. It is found
            as by `find_node`.
        FormatError: `limit` is negative, or `min_score` is not a number.
    """
    check_bounds(limit, min_score)
    signals = signals_of(network)
    wanted = wanted_of(signals, article)
    if not len(signals.topic_iris):
        return ()
    named = find_named_topics(signals)
    texts = signals.counts.weighed(headings=_HEADINGS)
    model = learn_topics(texts, signals.topics, named.beliefs)
    stated = _stated(signals)
    share, likelier = _share(signals.topics), _likelier(signals)
    rows = []
    for votes in model.votes(wanted):
        scores = votes.scores
        least = share + (1 - share) * likelier[votes.texts].reshape(-1, 1)
        kept = (scores > 0) & (scores >= np.maximum(least, min_score)) & ~signals.is_background
        kept &= stated[votes.texts].toarray() == 0
        places, topics = np.nonzero(kept)
        for place, topic, score in best_of_each((places, topics, scores[places, topics]), limit):
            reasons = tuple(_reasons(signals, model, named, int(votes.texts[place]), topic, votes.voters[[place]]))
            rows.append(_row(signals, int(votes.texts[place]), topic, score, reasons or ("similar words",)))
    return tuple(rows)


def _share(topics: sparse.csr_matrix) -> Floats:
    """Return the share of each topic among the articles that state some."""
    stating = int((topics.getnnz(axis=1) > 0).sum())
    shares: Floats = topics.getnnz(axis=0) / max(stating, 1)
    return shares


def _likelier(signals: Signals) -> Floats:
    """Return the part of the way from a topic's share to certainty that it must be likelier for each article."""
    folder = signals.folder + 1  # 0 if it is not known
    sizes = np.bincount(folder, minlength=1)
    sizes[0] = 0
    stating = np.bincount(folder[signals.topics.getnnz(axis=1) > 0], minlength=len(sizes))
    found = np.full(len(sizes), _LIKELIER)
    telling = sizes >= _FEWEST_IN_FOLDER
    found[telling & (stating > _MOST * sizes)] = _WHERE_MOST
    found[telling & (stating == 0)] = _WHERE_NONE
    return found[folder]


def _stated(signals: Signals) -> sparse.csr_matrix:
    """Return articles by topics: those that an article states, and those above them."""
    column = {topic: place for place, topic in enumerate(signals.topic_iris)}
    pairs = [(column[low], column[high]) for low, high in links(signals.network, "broader") if {low, high} <= {*column}]
    lower, higher = np.array(pairs, np.int64).reshape(-1, 2).T
    above = sparse.csr_matrix((np.ones(len(lower)), (lower, higher)), shape=(len(column), len(column)))
    found = signals.topics.astype(bool).astype(np.int8)
    while (more := (found + found @ above).astype(bool).astype(np.int8)).nnz > found.nnz:
        found = more
    return found.tocsr()


def _row(signals: Signals, article: int, topic: int, score: float, reasons: tuple[str, ...]) -> TopicSuggestion:
    return TopicSuggestion(
        article=signals.articles[article],
        article_label=label_of(signals.network, signals.articles[article]),
        topic=signals.topic_iris[topic],
        topic_label=signals.topic_labels[topic],
        score=rounded(min(score, 1.0)),
        reasons=reasons,
    )


def _reasons(
    signals: Signals, model: TopicModel, named: NamedTopics, article: int, topic: int, voters: sparse.csr_matrix
) -> Iterator[str]:
    told: list[str] = []
    if (found := named.name(article, topic)) is not None:
        place, name = found
        told = telling_words(name)
        yield f"{place} says “{name}”" if name else f"{place} mentions it"
    words = [word for word in model.typical_words(article, topic, _TOLD + len(told)) if word not in told]
    if words:
        yield f"typical words: {', '.join(words[:_TOLD])}"
    votes = int((signals.topics[voters.indices][:, [topic]] > 0).sum())
    if votes >= _FEWEST_VOTES:
        yield f"{votes} of the {len(voters.indices)} most similar articles"
