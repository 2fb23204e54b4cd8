"""Which articles report one event, who was first, and how long it was reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.analysis.communities import Member
from graph.analysis.relations import Network, date_range, first_rows, label_of, text_of
from graph.analysis.same_texts import SameTexts
from graph.analysis.suggestion_signals import Signals, signals_of
from graph.knowledge import KnowledgeGraph
from graph.pairs import by_key
from graph.structure import structure_of
from graph.structure.communities import TiedArticles
from graph.structure.community_names import name_groups
from graph.structure.group_facts import Corpus
from graph.structure.ties import components, find_ties

_LINKED_COSINE = 0.4
"""The least cosine of articles on one day that are linked besides."""


@dataclass(frozen=True, slots=True)
class Story:
    """Articles of several publishers about one event."""

    number: int
    """Its place by the number of articles, from 1."""
    label: str
    """Its name, given as communities are named: what is typical of its titles, or the title of the first article."""
    articles: int
    """How many articles tell it."""
    publishers: int
    """How many publishers tell it."""
    first: str | None
    """When the first article was published."""
    last: str | None
    """When the last article was published."""
    days: int | None
    """The days between these two dates."""
    told_first: str
    """The article that was published first; of one time, that with the smallest IRI."""
    told_first_label: str
    """Its title."""
    told_first_by: str | None
    """The label of its publisher; `None` if it is unknown."""
    publisher_labels: tuple[str, ...]
    """The labels of the publishers, in the order in which they told it."""
    members: tuple[Member, ...]
    """The articles, in order of time."""


def stories(network: Network | KnowledgeGraph, limit: int | None = None) -> tuple[Story, ...]:
    """Return the events that several publishers report, those with the most articles first; equals by first IRI.

    Articles are of one event if they are copies or tell the same story, as `duplicates` finds them, or if a relation
    joins them, they are of different publishers, and their cosine is at least .4, and .04 more for each day between
    them. A story is what such pairs connect. A single publisher's articles are not a story.

    These stories rest on texts and dates, and most articles are in none. The stories of the map and of communities
    (`graph.structure.communities.find_stories`) rest on relations alone, and divide all articles: they also hold what a
    site joins for other reasons, such as all articles of one list.

    Cost as of `duplicates`. Raises FormatError for a negative limit.
    """
    signals = signals_of(network)
    groups = _groups(signals)
    names = _names(signals.network, groups)
    chosen = first_rows(
        sorted(zip(groups, names, strict=True), key=lambda group: (-len(group[0]), min(group[0]))), limit
    )
    return tuple(_story(signals, number, *group) for number, group in enumerate(chosen, start=1))


def _groups(signals: Signals) -> list[list[int]]:
    """Return the articles of each story, in order of time."""
    same = SameTexts(signals)
    first, second, cosine = same.pairs()
    kept = same.are_copies(first, second, cosine) | same.are_of_one_event(first, second, cosine)
    linked, to = np.divmod(signals.linked, max(len(signals.articles), 1))
    cosine = signals.texts.cosine(linked, to)
    joined = same.are_of_one_event(linked, to, cosine, least=_LINKED_COSINE)
    part = components(
        len(signals.articles), np.concatenate([first[kept], linked[joined]]), np.concatenate([second[kept], to[joined]])
    )
    found = by_key((number, article) for article, number in enumerate(part.tolist()))
    told = [sorted(some, key=lambda one: (_time(signals, one), one)) for some in found.values() if len(some) > 1]
    return [some for some in told if len(_publishers(signals, some)) > 1]


def _names(network: Network, groups: Sequence[Sequence[int]]) -> list[str]:
    """Return the names of stories, as of communities."""
    structure, _ = structure_of(network)
    beside = TiedArticles(find_ties(structure))
    members = [np.array(some, np.int64) for some in groups]
    return [name.label for name in name_groups(Corpus(structure), members, beside)]


def _time(signals: Signals, article: int) -> str:
    """Return when an article was published; without a time, what sorts after all times."""
    return text_of(signals.network, signals.articles[article], "published_at") or "~"


def _publishers(signals: Signals, articles: Sequence[int]) -> list[int]:
    """Return the publishers of articles, each once, in their order."""
    return list(dict.fromkeys(one for one in signals.publisher[list(articles)].tolist() if one >= 0))


def _story(signals: Signals, number: int, articles: Sequence[int], name: str) -> Story:
    iris = [signals.articles[article] for article in articles]
    first, last = date_range(signals.network, iris)
    days = signals.day[list(articles)]
    span = np.nanmax(days) - np.nanmin(days)
    by = int(signals.publisher[articles[0]])
    publishers = _publishers(signals, articles)
    return Story(
        number=number,
        label=name,
        articles=len(articles),
        publishers=len(publishers),
        first=first,
        last=last,
        days=int(span),
        told_first=iris[0],
        told_first_label=label_of(signals.network, iris[0]),
        told_first_by=signals.publisher_labels[by] if by >= 0 else None,
        publisher_labels=tuple(signals.publisher_labels[one] for one in publishers),
        members=tuple(Member(iri, label_of(signals.network, iri)) for iri in iris),
    )
