"""Which articles tell one story, which stories belong together, and what each community is called.

A story is what strong ties hold together, and the few that hang on it by a single tie. Communities are found among
stories by the Louvain method, which is quick there: there are far fewer stories than articles, and fewer ties. Where
too few articles are tied to others, likeness ties them: the topics, authors and publishers that they share.

Source: V. D. Blondel, J.-L. Guillaume, R. Lambiotte and E. Lefebvre (2008), Fast Unfolding of Communities in Large
Networks, Journal of Statistical Mechanics P10008. That the method can leave a community in pieces, and that it should
not: V. A. Traag, L. Waltman and N. J. van Eck (2019), From Louvain to Leiden, Scientific Reports 9.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse

from graph.structure.arrays import Floats, Ints, Structure
from graph.structure.community_names import CommunityName, name_communities
from graph.structure.likeness import find_likeness, is_sparse
from graph.structure.louvain import find_groups
from graph.structure.standing import most_central_first, page_rank
from graph.structure.ties import Ties, components, find_ties

__all__ = ["Communities", "find_communities", "find_stories"]

_STRONG = 0.3
"""The likeness of neighbourhoods from which two articles tell one story."""

_VERY_LIKE = 0.9
"""The same, where articles are tied only by what they share."""


@dataclass(frozen=True, slots=True)
class Communities:
    """The communities of all articles, the largest first."""

    number: Ints
    """For each article its community, from 0; -1 for one that is tied to none."""
    stories: Ints
    """For each article its story, which lies in one community."""
    members: tuple[Ints, ...]
    """The articles of each community, the most central first."""
    names: tuple[CommunityName, ...]
    """What each community is called."""
    ranks: Floats
    """For each article its PageRank, as `page_rank` returns it."""
    ties: Ties
    """What holds the communities together."""
    is_by_likeness: bool
    """Whether articles are tied by what they share, since too few name each other."""


def find_communities(structure: Structure, *, ties: Ties | None = None, resolution: float = 1.0) -> Communities:
    """Return the communities of articles; equals in size by their first article.

    All relations between articles count alike, in either direction. Every community is connected. `resolution` above 1
    gives smaller communities, below 1 larger ones. `ties` are those of `find_ties`, where they are known. The same
    structure gives the same answer. About linear in nodes and relations.
    """
    near = find_ties(structure) if ties is None else ties
    is_by_likeness = is_sparse(near)
    if is_by_likeness:
        near = find_likeness(structure, near)
    stories = find_stories(near, strong_from=_VERY_LIKE if is_by_likeness else _STRONG)
    number = _group(near, stories, resolution)
    ranks = page_rank(structure)
    members = _members(number, ranks)
    names = name_communities(structure, members)
    return Communities(number, stories, members, names, ranks, near, is_by_likeness)


def find_stories(ties: Ties, *, strong_from: float = _STRONG) -> Ints:
    """Return each article's story, numbered in the order of their first articles.

    Ties hold a story together from a likeness on. About linear in the ties.
    """
    strong = ties.chosen(ties.likeness >= strong_from)
    stories = components(ties.articles, strong.first, strong.second)
    alone = np.bincount(stories, minlength=1)[stories] == 1 if len(stories) else np.zeros(0, bool)
    ends = np.concatenate([ties.first, ties.second])
    others = np.concatenate([ties.second, ties.first])
    likeness = np.concatenate([ties.likeness, ties.likeness])
    joining = alone[ends]
    order = np.lexsort((others[joining], -likeness[joining], ends[joining]))
    ends, others = ends[joining][order], others[joining][order]
    is_first = np.ones(len(ends), bool)
    is_first[1:] = ends[1:] != ends[:-1]
    ends, others = ends[is_first], others[is_first]
    # One that stands alone joins its closest neighbour's story, unless that one stands alone too and is not as close.
    settled = ~alone[others]
    closest = np.full(ties.articles, -1)
    closest[ends] = others
    mutual = alone[others] & (closest[others] == ends)
    joins = settled | mutual
    return components(
        ties.articles, np.concatenate([strong.first, ends[joins]]), np.concatenate([strong.second, others[joins]])
    )


def _group(ties: Ties, stories: Ints, resolution: float) -> Ints:
    """Return each article's community, the largest first, equals by their first article; -1 for one without ties."""
    count = int(stories.max()) + 1 if len(stories) else 0
    first, second = stories[ties.first], stories[ties.second]
    weights = sparse.coo_matrix((np.ones(len(first)), (first, second)), shape=(count, count)).tocsr()
    found = find_groups((weights + weights.T).tocsr(), resolution=resolution)
    within = found[stories[ties.first]] == found[stories[ties.second]]
    pieces = components(ties.articles, ties.first[within], ties.second[within])
    sizes = np.bincount(pieces, minlength=1) if len(pieces) else np.zeros(0, np.int64)
    places = np.empty(len(sizes), np.int64)
    places[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    tied = ties.degrees() > 0
    return np.where(tied, places[pieces], -1) if len(pieces) else pieces


def _members(number: Ints, ranks: Floats) -> tuple[Ints, ...]:
    """Return the articles of each community, the most central first."""
    central = most_central_first(ranks)
    order = central[np.argsort(number[central], kind="stable")]
    edges = np.searchsorted(number[order], np.arange(int(number.max(initial=-1)) + 2)).tolist()  # -1 comes first
    return tuple(order[low:high] for low, high in pairwise(edges))
