"""Which articles tell one story, and which stories form a community.

A story is a group of articles with strong ties, and the single articles beside it. The Louvain method finds communities
of stories, which is fast because there are far fewer stories than articles. If too few articles are tied, they are tied
by the topics, authors and publishers that they share.

Source: V. D. Blondel, J.-L. Guillaume, R. Lambiotte and E. Lefebvre (2008), Fast Unfolding of Communities in Large
Networks, Journal of Statistical Mechanics P10008. Why a community of this method must be split if it is not connected:
V. A. Traag, L. Waltman and N. J. van Eck (2019), From Louvain to Leiden, Scientific Reports 9.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise

import msgspec
import numpy as np

from graph.structure.arrays import Floats, Ints, Structure, are_first, ranks_of
from graph.structure.community_names import CommunityName, name_groups
from graph.structure.group_facts import Corpus
from graph.structure.likeness import find_likeness, is_sparse
from graph.structure.louvain import find_groups
from graph.structure.standing import most_central_first, rank_articles
from graph.structure.ties import Ties, components, find_ties, without_index_pages

_STRONG = 0.3
"""The least likeness of neighbourhoods of two articles in one story."""

_VERY_LIKE = 0.9
"""The same, if articles are tied only by what they share."""


class Communities(msgspec.Struct, frozen=True, dict=True):
    """The communities of all articles, the largest first."""

    structure: Structure
    """The articles, and what they are about."""
    number: Ints
    """The community of each article, from 0; -1 for an article without ties."""
    stories: Ints
    """The story of each article; each story is in one community."""
    ranks: Floats
    """The rank of each article, as `rank_articles` returns it."""
    ties: Ties
    """The ties by which the communities were found."""
    is_by_likeness: bool
    """Whether articles are tied by what they share, because too few name each other."""

    @cached_property
    def members(self) -> tuple[Ints, ...]:
        """The articles of each community, the most central first."""
        central = most_central_first(self.ranks)
        order = central[np.argsort(self.number[central], kind="stable")]
        edges = np.searchsorted(self.number[order], np.arange(int(self.number.max(initial=-1)) + 2))  # -1 comes first
        return tuple(order[low:high] for low, high in pairwise(edges.tolist()))

    @cached_property
    def corpus(self) -> Corpus:
        """All articles, as far as names are about them."""
        return Corpus(self.structure)

    @cached_property
    def names(self) -> tuple[CommunityName, ...]:
        """The name of each community. Only names depend on the titles of articles."""
        return name_groups(self.corpus, self.members, TiedArticles(self.ties))


def find_communities(structure: Structure, *, ties: Ties | None = None, resolution: float = 1.0) -> Communities:
    """Return the communities of articles, the largest first; equals by their first article.

    All relations between articles count alike, in either direction. Every community is connected. `resolution` above 1
    gives smaller communities, below 1 larger ones. `ties` are the result of `find_ties`, if it is known. The same
    structure gives the same answer. About linear in nodes and relations.
    """
    near = find_ties(structure) if ties is None else ties
    is_by_likeness = is_sparse(near)
    if is_by_likeness:
        near = find_likeness(structure, near)
    stories = find_stories(near, strong_from=_VERY_LIKE if is_by_likeness else _STRONG)
    number = _group(near, stories, resolution)
    return Communities(structure, number, stories, rank_articles(structure), near, is_by_likeness)


class TiedArticles(Mapping[int, Ints]):
    """The articles that each article is tied to."""

    def __init__(self, ties: Ties) -> None:
        """Sort the ties by their ends."""
        ends, others, _ = ties.both_ways()
        order = np.argsort(ends, kind="stable")
        self._others = others[order]
        self._edges = np.searchsorted(ends[order], np.arange(ties.articles + 1))

    def __getitem__(self, article: int) -> Ints:
        """Return the articles that an article is tied to."""
        if not 0 <= article < len(self):
            raise KeyError(article)
        return self._others[self._edges[article] : self._edges[article + 1]]

    def __iter__(self) -> Iterator[int]:
        """Yield all articles."""
        return iter(range(len(self)))

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self._edges) - 1


def find_stories(ties: Ties, *, strong_from: float = _STRONG) -> Ints:
    """Return the story of each article, numbered in the order of their first articles.

    Ties with a likeness of at least `strong_from` connect a story. About linear in the ties.
    """
    strong = ties.chosen(ties.likeness >= strong_from)
    stories = components(ties.articles, strong.first, strong.second)
    alone = np.bincount(stories, minlength=1)[stories] == 1 if len(stories) else np.zeros(0, bool)
    ends, others, likeness = ties.both_ways()
    joining = alone[ends]
    order = np.lexsort((others[joining], -likeness[joining], ends[joining]))
    ends, others = ends[joining][order], others[joining][order]
    is_first = are_first(ends)
    ends, others = ends[is_first], others[is_first]
    # A single article joins the story of its closest neighbour, unless that is single, too, and has a closer one.
    settled = ~alone[others]
    closest = np.full(ties.articles, -1)
    closest[ends] = others
    mutual = alone[others] & (closest[others] == ends)
    joins = settled | mutual
    return components(
        ties.articles, np.concatenate([strong.first, ends[joins]]), np.concatenate([strong.second, others[joins]])
    )


def grouped_by_ties(articles: int, first: Ints, second: Ints, stories: Ints, *, resolution: float = 1.0) -> Ints:
    """Return the group of each article, numbered without gaps, given pairs of tied articles and whole stories.

    Every group is connected. About linear in the pairs.
    """
    count = int(stories.max()) + 1 if len(stories) else 0
    ends = stories[first], stories[second]
    found = find_groups(count, *ends, resolution=resolution)
    within = found[ends[0]] == found[ends[1]]
    return components(articles, first[within], second[within])


def _group(ties: Ties, stories: Ints, resolution: float) -> Ints:
    """Return the community of each article, the largest first, equals by their first article; -1 without ties."""
    chosen = without_index_pages(ties)
    pieces = grouped_by_ties(ties.articles, chosen.first, chosen.second, stories, resolution=resolution)
    if not len(pieces):
        return pieces
    tied = ties.degrees() > 0
    sizes = np.bincount(pieces[tied], minlength=int(pieces.max()) + 1)  # articles without ties come last
    return np.where(tied, ranks_of(sizes)[pieces], -1)
