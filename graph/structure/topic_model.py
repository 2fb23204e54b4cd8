"""Which topics a text is likely to have, learnt from texts whose topics are known.

Two methods are combined. A linear model of the words of a text, ridge regression, learns which words are typical of a
topic (Hoerl and Kennard 1970, "Ridge Regression", Technometrics 12(1)). It starts from what is believed before anything
is learnt, so that it also works if little is known. And the most similar texts vote, each with its cosine (Cover and
Hart 1967, "Nearest Neighbor Pattern Classification", IEEE Transactions on Information Theory 13(1)).

No text helps to judge itself: the texts are divided into four parts, and each part is judged by a model of the others.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.structure.arrays import Floats, Ints, comparable
from graph.structure.text_matrix import TextMatrix
from graph.structure.typicality import SIGNIFICANT, TIMES_THE_REST, evidence, lift

MOST_LEARNT = 200
"""The commonest topics, whose words are learnt; the others depend on beliefs and votes."""

_PARTS = 4
"""Parts of the texts, each judged by a model of the others: more would take longer, and hardly learn more."""
_RIDGE = 0.6
"""How much large weights cost, so that no word of a few texts decides."""
_STEPS = 12
"""Steps of the solver, which leave less than the third digit of a score to be found."""
_FEWEST = 3
"""The fewest texts of a topic from which something can be learnt."""
_MOST_WEIGHTS = 8_000_000
"""Weights of a model, which bounds the memory."""
_MOST_TEXTS = 20_000
"""Texts to learn from; of more, every second, third and so on."""
_VOTERS = 15
"""The most similar texts that vote."""
_FAINT = 0.03
"""A lower cosine is no vote."""
_SILENT = 0.3
"""A cosine that votes for nothing, so that a few distant texts decide little."""
_CELLS = 4_000_000
"""Scores of a portion, which bounds the memory."""
_SHARE_OF_WORDS = 2 / 3
"""The part of a score that words and beliefs make up; votes are the rest."""
_STRONG = 0.03
"""What a word adds to a score at least, if it is typical."""
_CHOSEN = 0.8
"""What is left of a score if a text has other topics: whoever chose them may have chosen against this one."""


class Votes(msgspec.Struct, frozen=True):
    """The scores of some texts, and who voted."""

    texts: Ints
    """The texts, in ascending order."""
    scores: Floats
    """Texts by topics: about the probability that a text has a topic; mostly from 0 to 1."""
    voters: sparse.csr_matrix
    """These texts by all texts: the cosine of the most similar ones with topics."""


class TopicModel(msgspec.Struct, frozen=True):
    """What is known of the topics of texts."""

    texts: TextMatrix
    """The words of all texts."""
    stated: sparse.csr_matrix
    """Texts by topics: 1 where a topic is known."""
    beliefs: sparse.csr_matrix
    """Texts by topics: what is believed before learning, from 0 to 1."""
    _known: Ints
    """The texts with topics."""
    _learnt: Ints
    """The topics whose words are learnt."""
    _has_examples: NDArray[np.bool_]
    """Whether something could be learnt about each topic."""
    _features: sparse.csr_matrix
    """Texts by what is learnt from: words, then beliefs."""
    _columns: Ints
    """The words among these."""
    _parts: Ints
    """The part of each text that is learnt from; -1 of others."""
    _weights: tuple[Floats, ...]
    """For each part, features by learnt topics, learnt from the other parts."""
    _means: tuple[Floats, ...]
    """For each part, the shares of the learnt topics in the other parts."""
    _having: Ints
    """How many texts that are learnt from have each of the words."""
    _about: Ints
    """How many of these have each learnt topic."""
    _together: NDArray[np.int32]
    """How many have both, words by topics."""

    def votes(self, texts: Ints | None = None) -> Iterator[Votes]:
        """Yield the scores of some distinct texts (`None`: all), in portions. Cost as of `TextMatrix.alike`."""
        wanted = np.arange(self.stated.shape[0]) if texts is None else np.sort(texts)
        has_topics = np.zeros(self.stated.shape[0], bool)
        has_topics[self._known] = True
        size = max(_CELLS // max(self.stated.shape[1], 1), 1)
        for start in range(0, len(wanted), size):
            for alike in self.texts.alike(wanted[start : start + size], _FAINT):
                near = alike.closest(has_topics[alike.columns], _VOTERS)
                places = np.searchsorted(alike.texts, near.rows)
                shape = (len(alike.texts), self.stated.shape[0])
                voters = sparse.csr_matrix((near.cosine, (places, near.columns)), shape=shape)
                yield Votes(alike.texts, self._scores(alike.texts, voters), voters)

    def _scores(self, texts: Ints, voters: sparse.csr_matrix) -> Floats:
        scores: Floats = self.beliefs[texts].toarray()
        if not len(self._known):
            return scores
        votes = (voters @ self.stated).toarray()
        votes /= np.asarray(voters.sum(axis=1)).reshape(-1, 1) + _SILENT
        told = np.where(self._has_examples, votes, 0)  # votes replace words if no words are learnt
        if self._weights:
            told[:, self._learnt] = self._by_words(texts)
        scores = _SHARE_OF_WORDS * (scores + told) + (1 - _SHARE_OF_WORDS) * votes
        scores[np.diff(self.stated.indptr)[texts] > 0] *= _CHOSEN
        return scores

    def _by_words(self, texts: Ints) -> Floats:
        parts = self._parts[texts]
        found = np.zeros((len(texts), len(self._learnt)))
        for part, (weights, mean) in enumerate(zip(self._weights, self._means, strict=True)):
            judged = (parts == part) | (parts < 0)
            found[judged] += self._features[texts[judged]] @ weights + mean
        found[parts < 0] /= len(self._weights)
        return found

    def typical_words(self, text: int, topic: int, limit: int) -> tuple[str, ...]:
        """Return the words of a text that speak most for a topic, the strongest first.

        They are typical of it as `graph.structure.typicality` defines it. Words that are short for the text are left
        out among few texts, as `TextMatrix.shared_words` does.
        """
        place = int(np.searchsorted(self._learnt, topic))
        if not self._weights or place == len(self._learnt) or self._learnt[place] != topic:
            return ()
        row = self._features[[text]]
        is_word = row.indices < len(self._columns)
        columns = row.indices[is_word]
        some = self._weights if self._parts[text] < 0 else (self._weights[self._parts[text]],)
        strength = np.mean([weights[columns, place] for weights in some], axis=0) * row.data[is_word]
        strong = (strength >= _STRONG) & self.texts.are_long_enough(self._columns[columns], [text])
        columns, strength = columns[strong], comparable(strength[strong])
        best = [
            column for column in columns[np.lexsort((columns, -strength))].tolist() if self._is_typical(column, place)
        ]
        return tuple(self.texts.words[self._columns[column]] for column in best[:limit])

    def _is_typical(self, column: int, place: int) -> bool:
        having, about = int(self._having[column]), int(self._about[place])
        counts = int(self._together[column, place]), having, about, int((self._parts >= 0).sum())
        return evidence(*counts) >= SIGNIFICANT and lift(*counts) >= TIMES_THE_REST


def learn_topics(texts: TextMatrix, stated: sparse.csr_matrix, beliefs: sparse.csr_matrix) -> TopicModel:
    """Return a model of topics; `stated` and `beliefs` are matrices of texts by topics.

    A text without any topic is one whose topics are not known. Words are learnt for topics of at least three texts, at
    most 200 of them, from at most 20,000 texts; linear in the words of these for each topic.
    """
    known = np.flatnonzero(np.diff(stated.indptr))
    taught = known[:: max(-(-len(known) // _MOST_TEXTS), 1)]
    said = np.bincount(texts.weights[taught].indices, minlength=len(texts.words))
    columns = np.flatnonzero(said > 1)
    features = sparse.hstack([texts.weights[:, columns], beliefs]).tocsr()
    counts = np.bincount(stated[taught].indices, minlength=stated.shape[1])
    common = np.lexsort((np.arange(len(counts)), -counts))[: min(MOST_LEARNT, _MOST_WEIGHTS // features.shape[1])]
    learnt = np.sort(common[counts[common] >= _FEWEST])
    parts = np.full(stated.shape[0], -1)
    weights, means = [], []
    if len(learnt):
        parts[taught] = np.arange(len(taught)) % _PARTS
        for part in range(_PARTS):
            some = taught[parts[taught] != part]
            wanted = stated[some][:, learnt].toarray()
            mean = wanted.mean(axis=0)
            wanted -= mean + beliefs[some][:, learnt].toarray()
            weights.append(_ridge(features[some], wanted))
            means.append(mean)
    words = texts.weights[taught][:, columns].astype(bool).astype(np.int32)
    return TopicModel(
        texts=texts,
        stated=stated,
        beliefs=beliefs,
        _known=known,
        _learnt=learnt,
        _has_examples=counts >= _FEWEST,
        _features=features,
        _columns=columns,
        _parts=parts,
        _weights=tuple(weights),
        _means=tuple(means),
        _having=said[columns],
        _about=counts[learnt],
        _together=(words.T @ stated[taught][:, learnt].astype(np.int32)).toarray(),
    )


def _ridge(features: sparse.csr_matrix, wanted: Floats) -> Floats:
    """Return the weights of features that predict what is wanted, by conjugate gradients, all columns at once."""
    across = features.T.tocsr()
    rest: Floats = across @ wanted
    weights: Floats = np.zeros_like(rest)
    direction = rest.copy()
    size = (rest**2).sum(axis=0)
    for _ in range(_STEPS):
        image = across @ (features @ direction) + _RIDGE * direction
        step = size / np.maximum((direction * image).sum(axis=0), 1e-12)
        weights += step * direction
        rest -= step * image
        before, size = size, (rest**2).sum(axis=0)
        direction = rest + size / np.maximum(before, 1e-12) * direction
    return weights
