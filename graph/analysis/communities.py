"""Which articles belong together: communities by the Louvain method over `related` and `links`, and what each is about.

Source: V. D. Blondel, J.-L. Guillaume, R. Lambiotte and E. Lefebvre (2008), Fast Unfolding of Communities in Large
Networks, Journal of Statistical Mechanics P10008. That the method can leave a community in pieces, and that it should
not: V. A. Traag, L. Waltman and N. J. van Eck (2019), From Louvain to Leiden, Scientific Reports 9.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from scipy import sparse

from graph.analysis.louvain import find_groups
from graph.analysis.relations import (
    Network,
    between_articles,
    first_rows,
    is_stub,
    label_of,
    nodes_of_kind,
    rounded,
    topics_by_article,
)
from graph.analysis.typicality import TypicalTopic, mix_of, typical, typical_topics
from graph.analysis.words import words_by_article
from graph.vocabulary import POINTING

__all__ = ["Community", "Member", "communities", "community_members"]

SEED = 2008
"""Which order articles are asked in when the caller does not say."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a community."""

    iri: str
    """The article."""
    label: str
    """Its title."""

    def __str__(self) -> str:
        """Return the title."""
        return self.label


@dataclass(frozen=True, slots=True)
class Community:
    """Articles that are related among themselves more than to others."""

    number: int
    """Its place by size, from 1."""
    members: int
    """Articles in it."""
    stubs: int
    """How many of these no document backs."""
    cohesion: float
    """The share of its members' links that stay inside, from above 0 to 1."""
    typical_topics: tuple[TypicalTopic, ...]
    """Topics its members have clearly more often than all articles; none where it is like all others."""
    typical_words: tuple[str, ...]
    """Words that are clearly more frequent in its members' titles than in all titles."""
    central_articles: tuple[Member, ...]
    """The members with the most links inside, the most first."""


def community_members(network: Network, *, resolution: float = 1.0, seed: int = SEED) -> tuple[tuple[str, ...], ...]:
    """Return the communities as sorted tuples of article IRIs, the largest first; equals by their first IRI.

    Both relations count alike, in either direction, and twice where both articles name each other. Articles that no
    such relation ties to another are in no community. `resolution` above 1 gives smaller communities, below 1 larger
    ones. Every community hangs together. The same network and seed give the same answer. About linear in the links.
    """
    articles, ties = _ties(network)
    return _members(articles, ties, resolution, seed)


def communities(
    network: Network,
    limit: int | None = None,
    *,
    top: int | None = 3,
    resolution: float = 1.0,
    seed: int = SEED,
) -> tuple[Community, ...]:
    """Return the communities of related articles, the largest first; equals by their first IRI.

    Each row names up to `top` typical topics, typical words of titles and central articles (`None`: all). Typical means
    more frequent than among all articles, beyond chance, so that a topic on nearly every article describes no
    community. Stubs and unpublished articles are members like any other; stubs are counted. Parameters and cost as
    `community_members`.
    """
    articles, ties = _ties(network)
    found = _members(articles, ties, resolution, seed)
    home = {article: place for place, members in enumerate(found) for article in members}
    inside: Counter[str] = Counter()
    degree: Counter[str] = Counter()
    for (first, second), weight in ties.items():
        for article in (articles[first], articles[second]):
            degree[article] += weight
            inside[article] += weight if home[articles[first]] == home[articles[second]] else 0
    topics = topics_by_article(network)
    all_topics = mix_of(topics, topics)
    words = words_by_article(network)
    all_words = mix_of(words, words)
    return tuple(
        Community(
            number=number,
            members=len(members),
            stubs=sum(is_stub(network, article) for article in members),
            cohesion=rounded(sum(inside[article] for article in members) / sum(degree[article] for article in members)),
            typical_topics=typical_topics(mix_of(members, topics), all_topics, network, top),
            typical_words=tuple(typical(mix_of(members, words), all_words, top)),
            central_articles=tuple(
                Member(article, label_of(network, article)) for article in _leading(members, inside, top)
            ),
        )
        for number, members in enumerate(first_rows(found, limit), start=1)
    )


def _ties(network: Network) -> tuple[list[str], dict[tuple[int, int], int]]:
    """Return all articles, and how many links tie each pair of them, both as places in the sorted list."""
    articles = nodes_of_kind(network, "article")
    numbers = {article: number for number, article in enumerate(articles)}
    ties: Counter[tuple[int, int]] = Counter()
    for source, target in between_articles(network, *POINTING):
        first, second = sorted((numbers[source], numbers[target]))
        ties[first, second] += 1
    return articles, ties


def _members(
    articles: Sequence[str], ties: Mapping[tuple[int, int], int], resolution: float, seed: int
) -> tuple[tuple[str, ...], ...]:
    """Return the communities, given the ties between articles; `seed` shuffles the order in which these are asked."""
    from scipy.sparse.csgraph import connected_components  # costs every build a fifteenth of a second otherwise

    order = sorted({number for pair in ties for number in pair})
    Random(seed).shuffle(order)  # noqa: S311 - an order, no secret
    place = {number: at for at, number in enumerate(order)}
    ends = np.array([(place[first], place[second]) for first, second in ties], np.int64).reshape(-1, 2).T
    shape = (len(order), len(order))
    half = sparse.coo_matrix((np.array(list(ties.values()), np.float64), ends), shape=shape).tocsr()
    found = find_groups((half + half.T).tocsr(), resolution=resolution)
    inside = found[ends[0]] == found[ends[1]]
    hanging = sparse.coo_matrix((np.ones(int(inside.sum()), bool), ends[:, inside]), shape=shape)
    _, pieces = connected_components(hanging, directed=False)
    whole: dict[int, list[int]] = {}
    for number, piece in zip(order, pieces.tolist(), strict=True):
        whole.setdefault(piece, []).append(number)
    named = [tuple(articles[number] for number in sorted(group)) for group in whole.values()]
    return tuple(sorted(named, key=lambda members: (-len(members), members)))


def _leading(members: Sequence[str], inside: Mapping[str, int], top: int | None) -> list[str]:
    """Return the members with the most links inside their community; equals by IRI."""
    return sorted(members, key=lambda article: (-inside[article], article))[:top]
