"""Ties between communities, and the articles that connect two with few other ties."""

from __future__ import annotations

import msgspec
import numpy as np

from graph.structure.arrays import Floats, Ints, comparable
from graph.structure.ties import Ties


class Crossings(msgspec.Struct, frozen=True):
    """The articles that are tied to other communities, once for each of these, sorted by article and community."""

    articles: Ints
    """Their numbers."""
    reached: Ints
    """The number of a community that is not its own."""
    ties: Ints
    """How many articles of that community it is tied to."""
    parts: Floats
    """Its part of all ties between the two communities, from 0 to 1."""

    def best_first(self, order: Ints) -> tuple[Ints, Floats]:
        """Return the articles, each once, and their scores, the sums of their parts: 1 if one alone connects two.

        The best come first, of equals those with more ties, then by `order`, which has a number for each article.
        """
        articles, place = np.unique(self.articles, return_inverse=True)
        scores = comparable(np.bincount(place, self.parts, minlength=len(articles)).astype(np.float64))
        ties = np.bincount(place, self.ties, minlength=len(articles))
        best = np.lexsort((order[articles], -ties, -scores))
        return articles[best], scores[best]


def find_crossings(community: Ints, ties: Ties) -> Crossings:
    """Return which articles are tied to other communities than their own, whose numbers `community` has.

    Linear in the ties, apart from sorting.
    """
    across = community[ties.first] != community[ties.second]
    first, second = ties.first[across], ties.second[across]
    ends, beyond = np.concatenate([first, second]), community[np.concatenate([second, first])]
    count = int(community.max(initial=0)) + 1
    pairs, tied = np.unique(ends * count + beyond, return_counts=True)
    articles, reached = pairs // count, pairs % count
    _, between = np.unique(community[articles] * count + reached, return_inverse=True)
    return Crossings(articles, reached, tied, tied / np.bincount(between, tied)[between])
