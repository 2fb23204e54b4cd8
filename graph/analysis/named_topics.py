"""Which topics the texts of articles name: in the title, in the excerpt, or somewhere in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graph.analysis.relations import Network, label_of, links, text_of
from graph.analysis.suggestion_signals import Signals
from graph.truth.mentions import Finder, Name
from graph.truth.phrases import Phrases

_IN_TITLE = 0.7
"""How likely an article is about a topic that its title names."""
_IN_EXCERPT = 0.5
"""How far a name in an excerpt is believed; an excerpt often mentions other things, too."""
_IN_TEXT = 0.1
"""A text names many things that it is not about."""

_JOB = re.compile(
    r"\b((?i:vice[ -]president|president|[ces]?vp|c[a-z]o|head|director|chief|officer"
    r"|(?:general|product|program) manager))(?:,| of(?: the)?| for) "
    r"(?:(?:[A-Z0-9][\w&#-]*|and|of|for|[&+])(?:\s+|(?=[^\w\s])|$))+"
)
"""A job and its field, such as `vice president, Cloud + AI`: the article is about the person."""


@dataclass(frozen=True, slots=True)
class _TopicName:
    """A name of topics."""

    name: str
    topics: set[str]


@dataclass(frozen=True, slots=True)
class NamedTopics:
    """The topics that articles name."""

    beliefs: sparse.csr_matrix
    """Articles by topics: how likely an article is about a topic that it names, by the place of the name."""
    _places: Mapping[str, tuple[Sequence[str], sparse.csr_matrix]]
    """Titles and excerpts, and which topics each names."""
    _iris: Sequence[str]
    _called: Phrases[_TopicName]

    def name(self, article: int, topic: int) -> tuple[str, str] | None:
        """Return where an article names a topic, `title`, `excerpt` or `text`, and the name if it is known.

        Returns `None` if it does not name the topic.
        """
        for place, (texts, named) in self._places.items():
            if named[article, topic]:
                names = (
                    found.name for _, found in self._called.find(texts[article]) if self._iris[topic] in found.topics
                )
                return place, next(names, "")
        return ("text", "") if self.beliefs[article, topic] else None


def find_named_topics(signals: Signals) -> NamedTopics:
    """Return the topics that articles name by any of their names and keywords.

    Names are found as mentions are, by `graph.truth.mentions`; the field of a job is ignored. Linear in the
    titles and excerpts.
    """
    called: Phrases[_TopicName] = Phrases()
    names = {topic: _names(signals.network, topic) for topic in signals.topic_iris}
    for topic, some in names.items():
        for name in some:
            if (meaning := called.add(name.text, _TopicName(name.text, set()))) is not None:
                meaning.topics.add(topic)
    finder = Finder(names)
    column = {topic: place for place, topic in enumerate(signals.topic_iris)}
    number = {article: place for place, article in enumerate(signals.articles)}
    shape = (len(number), len(column))
    mentions = [pair for pair in links(signals.network, "mentions") if pair[0] in number and pair[1] in column]
    beliefs = _matrix([(number[article], column[topic]) for article, topic in mentions], shape) * _IN_TEXT
    titles = [text_of(signals.network, article, "label") or "" for article in signals.articles]
    places = {}
    for place, texts, belief in (("title", titles, _IN_TITLE), ("excerpt", signals.excerpts, _IN_EXCERPT)):
        read = [_JOB.sub(r"\1", text) for text in texts]
        found = finder.find((article, text, ()) for article, text in zip(signals.articles, read, strict=True))
        named = _matrix([(number[article], column[topic]) for article, some in found.items() for topic in some], shape)
        places[place] = (read, named)
        beliefs = beliefs.maximum(named * belief)
    return NamedTopics(beliefs.tocsr(), places, signals.topic_iris, called)


def _names(network: Network, topic: str) -> list[Name]:
    is_described = text_of(network, topic, "source") is not None
    names = [label_of(network, topic), *(text_of(network, topic, "names") or "").split("; ")]
    keywords = (text_of(network, topic, "keywords") or "").split("; ")
    return [
        *(Name(name, is_described=is_described) for name in names if name),
        *(Name(keyword, is_keyword=True) for keyword in keywords if keyword),
    ]


def _matrix(pairs: Sequence[tuple[int, int]], shape: tuple[int, int]) -> sparse.csr_matrix:
    rows, columns = np.array(sorted(set(pairs)), np.int64).reshape(-1, 2).T
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
