"""Which articles tell one story, and which stories belong together.

A story is what strong ties hold together, and the few that hang on it by a single tie. Communities are found among
stories by the Louvain method, which is quick there: there are far fewer stories than articles, and fewer ties.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from graph.analysis.louvain import find_groups
from graph.atlas.census import Ints
from graph.atlas.forests import components
from graph.atlas.ties import Ties

__all__ = ["find_communities", "find_stories"]

_STRONG = 0.3


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


def find_communities(ties: Ties, stories: Ints) -> Ints:
    """Return each article's community, the largest first, equals by their first article; -1 for one without ties.

    Every community hangs together. About linear in the ties.
    """
    count = int(stories.max()) + 1 if len(stories) else 0
    first, second = stories[ties.first], stories[ties.second]
    weights = sparse.coo_matrix((np.ones(len(first)), (first, second)), shape=(count, count)).tocsr()
    found = find_groups((weights + weights.T).tocsr())
    within = found[stories[ties.first]] == found[stories[ties.second]]
    pieces = components(ties.articles, ties.first[within], ties.second[within])
    sizes = np.bincount(pieces, minlength=1) if len(pieces) else np.zeros(0, np.int64)
    places = np.empty(len(sizes), np.int64)
    places[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    tied = ties.degrees() > 0
    return np.where(tied, places[pieces], -1) if len(pieces) else pieces
