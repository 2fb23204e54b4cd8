"""Ties between articles that share topics, authors and providers, for a corpus without links between articles.

They place the dots of the network view, and are never drawn or stated.
"""

from __future__ import annotations

import numpy as np

from graph.structure.arrays import Structure, places_among_equals, unit_rows
from graph.structure.ties import Ties

_SPARSE = 0.1
"""With links at a smaller share of articles, communities are found by likeness."""
_CLOSEST = 4
"""How many of the most similar articles each article is tied to."""
_MOST_SHARED = 200
"""A feature of more articles than this says little about two of them."""

_DIGITS = 1_000_000
"""Steps to which a likeness is rounded."""
_CHUNK = 4_000


def is_sparse(ties: Ties) -> bool:
    """Return whether too few articles are tied to others to show a network."""
    return int((ties.degrees() > 0).sum()) < _SPARSE * ties.articles


def find_likeness(structure: Structure, ties: Ties) -> Ties:
    """Return ties between each article and the four most similar, by cosine; rare features weigh more.

    Existing ties are kept. Linear in articles, as features of more than 200 articles are ignored.
    """
    from scipy import sparse  # takes long to import

    articles = structure.first_topic
    pairs = [structure.pairs[name] for name in ("about", "author", "mentions", "publisher")]
    sources = np.concatenate([some for some, _ in pairs])
    targets = np.concatenate([some for _, some in pairs])
    known = sources < articles
    sources, targets = sources[known], targets[known]
    degrees = np.bincount(targets, minlength=structure.nodes)
    usable = (degrees[targets] > 1) & (degrees[targets] <= min(_MOST_SHARED, max(2, articles // 3)))
    sources, targets = sources[usable], targets[usable]
    weights = np.log((1 + articles) / degrees[targets])
    on = unit_rows(sparse.csr_matrix((weights, (sources, targets)), shape=(articles, structure.nodes)))
    across = on.T.tocsr()
    found = [(ties.first, ties.second, ties.likeness)]
    for start in range(0, articles, _CHUNK):
        close = (on[start : start + _CHUNK] @ across).tocoo()
        other = close.row + start != close.col
        rows, columns = close.row[other].astype(np.int64), close.col[other].astype(np.int64)
        # One number holds row, distance and column, in this order: numbers are sorted quickly.
        distance = _DIGITS - np.rint(close.data[other] * _DIGITS).astype(np.int64)
        codes = np.sort((rows * (_DIGITS + 1) + distance) * articles + columns)
        best = places_among_equals(rows) < _CLOSEST  # rows ascend before and after
        rows, codes = rows[best] + start, codes[best]
        columns, likeness = codes % articles, (_DIGITS - codes // articles % (_DIGITS + 1)) / _DIGITS
        found.append((np.minimum(rows, columns), np.maximum(rows, columns), likeness))
    first, second, likeness = (np.concatenate(parts) for parts in zip(*found, strict=True))
    _, begins = np.unique(first * max(articles, 1) + second, return_index=True)
    return Ties(articles, first[begins], second[begins], likeness[begins])
