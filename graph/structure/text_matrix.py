"""Texts as rows of weighted words, which show how much two texts say the same.

Weights are TF-IDF (Salton and Buckley 1988, "Term-weighting approaches in automatic text retrieval"): a word counts
more the more often a text says it and the fewer texts say it. Words are whole words of any language, as written; no
list of languages, model or download is needed.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.structure.arrays import Floats, Ints, comparable, distinct, places_among_equals, unit_rows
from graph.truth.phrases import telling_words

MOST_COMPARED = 20_000
"""Up to this many texts, all that share a word are compared; of more, those that share a rare word."""

_RAREST = 100
"""A rare word occurs in at most this many texts."""
_CANDIDATES = 60
"""Texts that are compared with each one, if there are too many to compare all."""
_TELLING = 0.05
_FEW = 4
"""A word explains why two texts are alike if at most this share of texts, or this many of few texts, have it."""
_MANY = 1_000
"""In fewer texts even the words that a language uses everywhere may be rare."""
_TITLE = 3
"""How often a word of a title counts, unless a caller says otherwise."""
_CHUNK = 500
_PAIRS = 4_000_000
"""Pairs of a portion, which bounds the memory."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_SENTENCE_END = re.compile("(?<=[.!?…।])\\s+|\\s*[\n|•·]\\s*|(?<=[\u3002\uff01\uff1f])")
_REPEATED = 4
"""A sentence is boilerplate if it occurs under at least this many different titles of one channel."""


class LikeTexts(msgspec.Struct, frozen=True):
    """Texts that share words with some others, row after row."""

    texts: Ints
    """The texts that are compared in this portion, in ascending order."""
    rows: Ints
    """For each pair the text that is compared, in ascending order."""
    columns: Ints
    """A text that shares a word with it; never itself."""
    cosine: Floats
    """How much the two say the same: above 0, and 1 if they have the same words."""

    def closest(self, which: NDArray[np.bool_], most: int) -> LikeTexts:
        """Return some of the pairs: at most `most` of each text, those with the highest cosine first."""
        rows, columns, cosine = self.rows[which], self.columns[which], self.cosine[which]
        order = np.lexsort((columns, -comparable(cosine), rows))
        order = order[places_among_equals(rows) < most]
        return LikeTexts(self.texts, rows[order], columns[order], cosine[order])


class TextMatrix(msgspec.Struct, frozen=True):
    """The words of texts."""

    words: tuple[str, ...]
    """All words, sorted."""
    counts: Ints
    """The number of texts with each word."""
    weights: sparse.csr_matrix
    """Texts by words, with sorted indices; each row has length 1, or more with headings, or is empty without words."""

    def alike(self, texts: Ints | None = None, least: float = 0) -> Iterator[LikeTexts]:
        """Yield, for some distinct texts (`None`: all) in portions, the others that share words with each.

        Pairs whose cosine is not above `least` are left out. Up to 20,000 texts the cost is the number of pairs that
        share a word, for each such word. Of more texts only those are compared that share a word of at most 100 texts,
        and only the 60 that share the most of these: linear in the words of the texts.
        """
        wanted = np.arange(self.weights.shape[0]) if texts is None else np.sort(texts)
        is_large = self.weights.shape[0] > MOST_COMPARED
        weights = self._rare() if is_large else self.weights
        across = weights.T.tocsr()
        size = _CHUNK if is_large else min(_CHUNK, _PAIRS // max(self.weights.shape[0], 1))
        for start in range(0, len(wanted), size):
            portion = wanted[start : start + size]
            found = (weights[portion] @ across).tocsr()
            rows = np.repeat(np.arange(len(portion)), np.diff(found.indptr))
            columns, cosine = found.indices.astype(np.int64), found.data.astype(np.float64)
            kept = (portion[rows] != columns) & (cosine > (0 if is_large else least))
            rows, columns, cosine = rows[kept], columns[kept], cosine[kept]
            if is_large:
                order = np.lexsort((columns, -cosine, rows))
                order = order[places_among_equals(rows) < _CANDIDATES]
                rows, columns = rows[order], columns[order]
                cosine = self.cosine(portion[rows], columns)
                kept = cosine > least
                rows, columns, cosine = rows[kept], columns[kept], cosine[kept]
            yield LikeTexts(portion, portion[rows], columns, np.minimum(cosine, 1))

    def cosine(self, first: Ints, second: Ints) -> Floats:
        """Return how much each text of `first` says the same as the one of `second` at its place, from 0 to 1."""
        shared = self.weights[first].multiply(self.weights[second])
        return np.minimum(np.asarray(shared.sum(axis=1), np.float64).ravel(), 1)

    def shared_words(self, first: int, second: int, limit: int) -> tuple[str, ...]:
        """Return the words of two texts that make them alike, the weightiest first; equals in sorted order.

        Words of more than a twentieth of all texts, and of more than four texts, mean nothing and are left out. Among
        fewer than 1,000 texts, so are words shorter than the median word of the two, because the commonest words of a
        language are short (Zipf 1935, "The Psycho-Biology of Language").
        """
        shared, weights = shared_columns(self.weights, first, second)
        telling = self.counts[shared] <= max(_TELLING * self.weights.shape[0], _FEW)
        telling &= self.are_long_enough(shared, [first, second])
        shared, weights = shared[telling], weights[telling]
        return tuple(self.words[place] for place in shared[np.lexsort((shared, -weights))][:limit].tolist())

    def are_long_enough(self, columns: Ints, texts: Sequence[int]) -> NDArray[np.bool_]:
        """Return which words, given by column, are not short for some texts; among 1,000 texts all are not."""
        if self.weights.shape[0] >= _MANY:
            return np.ones(len(columns), bool)
        said = distinct(self.weights[texts].indices)
        return np.asarray(self._lengths(columns) >= np.median(self._lengths(said)))

    def _lengths(self, columns: Ints) -> Ints:
        return np.array([len(self.words[column]) for column in columns.tolist()], np.int64)

    def _rare(self) -> sparse.csr_matrix:
        return (self.weights @ sparse.diags_array((self.counts <= _RAREST).astype(np.float64))).tocsr()


class WordCounts(msgspec.Struct, frozen=True):
    """How often titles, their texts and the headings in these say each word."""

    words: tuple[str, ...]
    """All words, sorted."""
    in_titles: sparse.csr_matrix
    """Titles by words, with sorted indices."""
    in_texts: sparse.csr_matrix
    """Texts by words, in the same form."""
    in_headings: sparse.csr_matrix
    """The headings of each text by words, in the same form."""

    def weighed(self, title: int = _TITLE, rarity: float = 1, headings: float = 0) -> TextMatrix:
        """Return the words as a matrix of one row for each title and its text.

        A word of a title counts `title` times. The weight of a word is (1 + ln of how often it is said) × (1 + ln of
        all texts by the texts with it) to the power of `rarity`, and rows are scaled to length 1. To these are added
        `headings` times the rows that are made of headings in the same way. Linear in the texts.
        """
        counts = (self.in_titles * title + self.in_texts).tocsr()
        said = (counts + self.in_headings).tocsr() if headings else counts
        everywhere = np.bincount(said.indices, minlength=len(self.words)).astype(np.int64)
        rarities = (1 + np.log((1 + counts.shape[0]) / (1 + everywhere))) ** rarity
        weights = _weighed(counts, rarities)
        if headings:
            weights = (weights + _weighed(self.in_headings, rarities) * headings).tocsr()
        weights.sort_indices()
        return TextMatrix(self.words, everywhere, weights)


def _weighed(counts: sparse.csr_matrix, rarities: Floats) -> sparse.csr_matrix:
    data = (1 + np.log(counts.data)) * rarities[counts.indices]
    return unit_rows(sparse.csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape))


def count_text_words(titles: Sequence[str], texts: Sequence[str], headings: Sequence[str] | None = None) -> WordCounts:
    """Return the words of titles and, at the same places, of texts and of their headings.

    Addresses are ignored. Linear.
    """
    number: defaultdict[str, int] = defaultdict()
    number.default_factory = number.__len__
    found = [_counted(some, number) for some in (titles, texts, headings or [""] * len(titles))]
    words = sorted(number)
    place = np.empty(len(words), np.int32)
    place[[number[word] for word in words]] = np.arange(len(words), dtype=np.int32)
    matrices = [
        sparse.csr_matrix((counts, place[columns], edges), shape=(len(titles), len(words)))
        for columns, counts, edges in found
    ]
    for matrix in matrices:
        matrix.sort_indices()
    return WordCounts(tuple(words), *matrices)


def _counted(texts: Sequence[str], number: Mapping[str, int]) -> tuple[Ints, Floats, list[int]]:
    """Return the numbers of the words of each text, how often it says them, and where each text begins."""
    columns, counts, edges = array("i"), array("i"), [0]
    for text in texts:
        found = Counter(telling_words(_ADDRESS.sub(" ", text)))
        columns.extend([number[word] for word in found])
        counts.extend(found.values())
        edges.append(len(columns))
    return np.array(columns, np.int64), np.array(counts, np.float64), edges


def without_boilerplate(titles: Sequence[str], texts: Sequence[str], channels: Sequence[str]) -> list[str]:
    """Return texts without the sentences that their channel repeats under at least four different titles.

    A channel is whoever publishes the text; the empty channel is one like any other. Linear in the texts.
    """
    under: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    split = [_SENTENCE_END.split(text) for text in texts]
    for title, parts, channel in zip(titles, split, channels, strict=True):
        for part in parts:
            titles_of = under[channel, part.casefold()]
            if len(titles_of) < _REPEATED:
                titles_of.add(title)
    return [
        " ".join(part for part in parts if len(under[channel, part.casefold()]) < _REPEATED)
        for parts, channel in zip(split, channels, strict=True)
    ]


def shared_columns(matrix: sparse.csr_matrix, first: int, second: int) -> tuple[Ints, Floats]:
    """Return the columns in which two rows of a matrix with sorted indices are not zero, and their products."""
    one, other = (slice(matrix.indptr[row], matrix.indptr[row + 1]) for row in (first, second))
    shared, at, beside = np.intersect1d(
        matrix.indices[one], matrix.indices[other], assume_unique=True, return_indices=True
    )
    return shared, matrix.data[one][at] * matrix.data[other][beside]
