"""Which providers are alike, point to each other and tell the same stories, and who tells them first.

Sources: G. Salton and C. Buckley (1988), Term-weighting Approaches in Automatic Text Retrieval, Information Processing
and Management 24(5), for the weights of topics; `graph.structure.communities` for stories.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from statistics import median

import numpy as np
from scipy import sparse

from graph.analysis.relations import (
    Network,
    date_of,
    first_rows,
    label_of,
    nodes_of_kind,
    of_network,
    publishers_of,
    targets_by_source,
    text_of,
)
from graph.errors import FormatError
from graph.pairs import by_key
from graph.structure import structure_of
from graph.structure.arrays import Structure, comparable, unit_rows
from graph.structure.communities import find_stories
from graph.structure.rounding import rounded
from graph.structure.standing import article_links
from graph.structure.text_matrix import shared_columns
from graph.structure.ties import find_ties
from graph.structure.typicality import CHANCE, background_topics

ORDERS = ("stories", "links", "similarity")
"""What related providers can be ordered by."""

_STORY_DAYS = 14
"""Articles that are further apart do not report one event."""

_FEWEST = 5
"""Articles with topics below which the topics of a provider say little."""
_FEWEST_STORIES = 3
"""Of fewer stories, being first proves nothing."""
_MOST_ALIKE = 10
"""The most similar providers that are named for each, unless more relates them."""
_CHUNK = 500
_TOLD = 3


@dataclass(frozen=True, slots=True)
class RelatedProviders:
    """Two providers, and what relates them."""

    first: str
    """The provider of the pair with the smaller IRI."""
    first_label: str
    """Its label."""
    second: str
    """The other provider."""
    second_label: str
    """Its label."""
    stories: int
    """Stories that both tell."""
    first_leads: int
    """How many of these the first told before the second."""
    second_leads: int
    """How many of these the second told before the first; the rest came at the same time."""
    hours_apart: float | None
    """The median time between the two, in hours, in stories that one of them told before the other."""
    links: float
    """Links between their articles, in both directions, each counted by its weight as in `central_articles`."""
    similarity: float | None
    """The cosine of their topics, from 0 to 1; `None` if one has fewer than five articles with telling topics."""
    shared_topics: tuple[str, ...]
    """The labels of up to three topics that make them alike."""


@dataclass(frozen=True, slots=True)
class FirstTeller:
    """A provider, and how often it is the first to tell a story."""

    iri: str
    """The provider."""
    label: str
    """Its label."""
    stories: int
    """Stories that it tells and others tell too."""
    first: int
    """How many of these it told before all others."""
    expected: float
    """How many it would have told first if chance decided: one of n for a story that n providers tell."""
    hours_behind: float | None
    """The median time between it and the first, in hours, in stories that it did not tell first."""
    verdict: str
    """`early` or `late` if it is first more often, or less often, than chance explains; otherwise `as expected`."""
    p_value: float
    """How probable such a number is by chance, corrected for the number of providers."""


@of_network
def related_providers(
    network: Network, limit: int | None = None, *, by: str = "stories"
) -> tuple[RelatedProviders, ...]:
    """Return pairs of providers that tell the same stories, point to each other or write about the same topics.

    They are in the order of `by`, which is `stories`, `links` or `similarity`, then of the other two; equals by IRI.

    - A story is a group of articles with strong ties (`related`, `links` and `part`; see `graph.structure.communities`)
      whose dates are at most 14 days apart. It counts from the first article of each provider. Dates without a time of
      day are compared as days. Stubs count, if their date is known.
    - Similarity is the cosine of two providers' shares of topics. Each topic is weighted by ln(N / n), where n of N
      articles state it, and topics of nearly all articles are left out: what everyone writes about makes nobody alike.
      For each provider the ten most similar are named, beside those with common stories or links.

    Unpublished articles count like any other. The cost is that of finding ties, and for each topic the square of the
    number of providers that have it.

    Raises:
        FormatError: There is no such order, or `limit` is negative.
    """
    if by not in ORDERS:
        raise FormatError(f"by: there is no order '{by}'. Choose one of {', '.join(ORDERS)}.")
    structure, nodes = structure_of(network)
    publishers = publishers_of(network)
    leads = by_key(
        ((one, other), _hours(told[one], told[other]))
        for told in _stories(network, structure, nodes, publishers)
        for one, other in combinations(sorted(told), 2)
    )
    weights = _links(structure, nodes, publishers)
    alike = _similarities(network, publishers)
    rows = []
    for pair in sorted(leads.keys() | weights.keys() | alike.pairs):
        hours = leads.get(pair, [])
        apart = [abs(each) for each in hours if each]
        similarity = alike.cosine(*pair)
        rows.append(
            RelatedProviders(
                first=pair[0],
                first_label=label_of(network, pair[0]),
                second=pair[1],
                second_label=label_of(network, pair[1]),
                stories=len(hours),
                first_leads=sum(each > 0 for each in hours),
                second_leads=sum(each < 0 for each in hours),
                hours_apart=rounded(median(apart)) if apart else None,
                links=rounded(weights.get(pair, 0.0)),
                similarity=None if similarity is None else rounded(similarity),
                shared_topics=alike.shared(*pair) if similarity else (),
            )
        )
    order = (by, *(other for other in ORDERS if other != by))
    rows.sort(key=lambda row: ([-(getattr(row, name) or 0.0) for name in order], row.first, row.second))
    return first_rows(rows, limit)


@of_network
def first_tellers(network: Network, limit: int | None = None) -> tuple[FirstTeller, ...]:
    """Return the providers that tell stories which others tell too, those that are surely early first.

    Then come those that tell most stories, and last those that are surely late; equals by IRI. Providers that tell
    fewer than three are left out. Stories are those of `related_providers`. The first is who told it before all others,
    so a story that two told at the same time has none. The test is the exact binomial test, two-sided, of the number of
    stories told first; p-values are corrected by Benjamini and Hochberg (1995), so one in twenty of those called early
    or late may be so by chance. The cost is that of finding ties.
    """
    from scipy import stats  # takes long to import

    structure, nodes = structure_of(network)
    publishers = publishers_of(network)
    stories: Counter[str] = Counter()
    firsts: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    behind: dict[str, list[float]] = {}
    for told in _stories(network, structure, nodes, publishers):
        earliest = min(told, key=lambda provider: told[provider])
        hours = {provider: _hours(told[earliest], time) for provider, time in told.items() if provider != earliest}
        firsts[earliest] += all(each > 0 for each in hours.values())
        for provider in told:
            stories[provider] += 1
            expected[provider] += 1 / len(told)  # type: ignore[assignment] # counters add fractions as well
        for provider, each in hours.items():
            behind.setdefault(provider, []).append(each)
    providers = sorted(provider for provider, count in stories.items() if count >= _FEWEST_STORIES)
    tests = [stats.binomtest(firsts[one], stories[one], expected[one] / stories[one]).pvalue for one in providers]
    corrected = stats.false_discovery_control(tests) if tests else []
    rows = [
        FirstTeller(
            iri=provider,
            label=label_of(network, provider),
            stories=stories[provider],
            first=firsts[provider],
            expected=rounded(expected[provider]),
            hours_behind=rounded(median(behind[provider])) if provider in behind else None,
            verdict=_verdict(firsts[provider] - expected[provider], float(p_value)),
            p_value=rounded(float(p_value)),
        )
        for provider, p_value in zip(providers, corrected, strict=True)
    ]
    order = ("early", "as expected", "late")
    rows.sort(key=lambda row: (order.index(row.verdict), -row.stories, -row.first, row.iri))
    return first_rows(rows, limit)


def _verdict(surplus: float, p_value: float) -> str:
    if p_value > CHANCE:
        return "as expected"
    return "early" if surplus > 0 else "late"


def _stories(
    network: Network, structure: Structure, nodes: Sequence[str], publishers: Mapping[str, str]
) -> Iterator[dict[str, datetime]]:
    """Yield for each story that several providers tell when each of them told it first."""
    stories = find_stories(find_ties(structure)).tolist()
    told_by = ((story, nodes[number]) for number, story in enumerate(stories) if nodes[number] in publishers)
    for articles in by_key(told_by).values():
        times = {article: time for article in articles if (time := _time_of(network, article))}
        told: dict[str, datetime] = {}
        for article in sorted(times, key=lambda article: (times[article], article), reverse=True):
            told[publishers[article]] = times[article]
        if len(told) > 1 and max(times.values()) - min(times.values()) <= timedelta(days=_STORY_DAYS):
            yield told


def _time_of(network: Network, article: str) -> datetime | None:
    if (day := date_of(network, article)) is None:
        return None
    try:
        time = datetime.fromisoformat((text_of(network, article, "published_at") or "").replace("Z", ""))
    except ValueError:
        time = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - all times are in UTC
    return time.replace(tzinfo=None)


def _hours(one: datetime, other: datetime) -> float:
    """Return how many hours later the other is; whole days if one of the two is a day without a time."""
    if datetime.min.time() in {one.time(), other.time()}:
        return (other.date() - one.date()).days * 24.0
    return (other - one).total_seconds() / 3600


def _links(
    structure: Structure, nodes: Sequence[str], publishers: Mapping[str, str]
) -> Mapping[tuple[str, str], float]:
    """Return the weight of the links between the articles of each pair of providers."""
    links = article_links(structure, stubs=True)
    found: dict[tuple[str, str], float] = {}
    for source, target, weight in zip(
        links.sources.tolist(), links.targets.tolist(), links.weights.tolist(), strict=True
    ):
        one, other = publishers.get(nodes[source]), publishers.get(nodes[target])
        if one is not None and other is not None and one != other:
            pair = (min(one, other), max(one, other))
            found[pair] = found.get(pair, 0.0) + weight
    return found


@dataclass(frozen=True, slots=True)
class _Similarities:
    """How alike providers are."""

    pairs: frozenset[tuple[str, str]]
    """Each provider and the providers most similar to it, with the smaller IRI first."""
    number: Mapping[str, int]
    """The row of each provider with enough topics."""
    weights: sparse.csr_matrix
    """Providers by topics, rows of length 1."""
    labels: Sequence[str]
    """The labels of topics."""

    def cosine(self, first: str, second: str) -> float | None:
        """Return how alike two providers are; `None` if one has too few topics."""
        if first not in self.number or second not in self.number:
            return None
        _, weights = shared_columns(self.weights, self.number[first], self.number[second])
        return min(float(weights.sum()), 1.0)

    def shared(self, first: str, second: str) -> tuple[str, ...]:
        """Return the labels of the topics that make two providers alike."""
        topics, weights = shared_columns(self.weights, self.number[first], self.number[second])
        order = np.lexsort((topics, -comparable(weights)))[:_TOLD]
        return tuple(self.labels[topic] for topic in topics[order[weights[order] > 0]].tolist())


def _similarities(network: Network, publishers: Mapping[str, str]) -> _Similarities:
    stated = targets_by_source(network, "about")
    everywhere = Counter(topic for found in stated.values() for topic in found)
    named = sorted(everywhere)
    is_common = background_topics(np.array([everywhere[topic] for topic in named], np.int64), len(stated))
    telling = [topic for topic, common in zip(named, is_common.tolist(), strict=True) if not common]
    column = {topic: place for place, topic in enumerate(telling)}
    topics = {article: own for article, found in stated.items() if (own := [one for one in found if one in column])}
    rarity = {topic: math.log(len(stated) / everywhere[topic]) for topic in telling}
    described = Counter(publishers[article] for article in topics if article in publishers)
    providers = [one for one in nodes_of_kind(network, "provider") if described[one] >= _FEWEST]
    number = {provider: place for place, provider in enumerate(providers)}
    cells: dict[tuple[int, int], float] = {}
    for article, found in sorted(topics.items()):
        row = number.get(publishers.get(article, ""), -1)
        for topic in found if row >= 0 else ():
            cells[row, column[topic]] = cells.get((row, column[topic]), 0.0) + rarity[topic]
    ends = np.array(sorted(cells), np.int64).reshape(-1, 2)
    values = np.array([cells[row, topic] for row, topic in ends.tolist()])
    weights = unit_rows(sparse.csr_matrix((values, (ends[:, 0], ends[:, 1])), shape=(len(providers), len(telling))))
    weights.sort_indices()
    pairs = set()
    for start in range(0, len(providers), _CHUNK):
        found = (weights[start : start + _CHUNK] @ weights.T).tocsr()
        for row in range(found.shape[0]):
            some = slice(found.indptr[row], found.indptr[row + 1])
            order = np.lexsort((found.indices[some], -comparable(found.data[some])))
            others = [other for other in found.indices[some][order].tolist() if other != start + row]
            pairs |= {(min(ends), max(ends)) for ends in ((start + row, other) for other in others[:_MOST_ALIKE])}
    named_pairs = frozenset((providers[first], providers[second]) for first, second in pairs)
    return _Similarities(named_pairs, number, weights, [label_of(network, topic) for topic in telling])
