"""Names that look alike: other spellings, plurals, words in another order, initials.

Source of the distance of two spellings: F. J. Damerau (1964), A Technique for Computer Detection and Correction of
Spelling Errors, Communications of the ACM 7(3).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal, TypeAlias

from graph.names import slug
from graph.pairs import by_key
from graph.search.words import folded

Reason: TypeAlias = Literal["same letters", "same words", "singular and plural", "initials", "similar spelling"]
"""Why two names look alike."""

_LikePair: TypeAlias = tuple[tuple[str, str], float, Reason]

_SAME_WORDS = 0.95
"""The score of two names of the same words, or of a singular and a plural: hardly ever two things."""

_SAME_INITIALS = 0.8
"""The score of initials: other names may have the same."""

_ALIKE = 0.88
"""The least likeness of two spellings: one wrong letter in nine."""

_MOST_ALIKE = 0.99
"""The most that another spelling may score, less than the same letters."""

_MOST_COMPARED = 20_000
"""Of more topics, spellings are compared only if they begin with the same letter."""
_CHUNK = 1_000
"""Names that are compared with others at once, which bounds the memory."""
_MOST_WORDS = 6
"""Words of a name whose singulars are tried; their number doubles with each word."""
_SHORT = 3
"""A word with no more letters is not a plural."""
_DIGITS = re.compile(r"\d+")
_INITIALS = re.compile(r"[^\W\d_a-z]{2,6}")


@dataclass(frozen=True, slots=True)
class LikeNames:
    """Two nodes whose names look alike."""

    first: str
    """The node that is used more often; of equals that with the smaller IRI."""
    second: str
    """The other node."""
    score: float
    """How surely they are the same, above 0 and up to 1."""
    reason: Reason
    """Why."""


def like_names(labels: Mapping[str, str], uses: Mapping[str, Collection[str]]) -> list[LikeNames]:
    """Return pairs of nodes whose names look alike; `labels` are the names by IRI, and `uses` what has each node.

    Case, accents and punctuation are ignored. The names have the same letters, spaces aside (score 1), the same words
    in another order (0.95), words of which some have an English plural (0.95), one is the initials of the other (0.8),
    or they differ by few letters (their likeness, at least 0.88, by the Damerau-Levenshtein distance). Names with
    different numbers never look alike. The score is lowered by the share of the rarer node's uses that have the other
    one, too, as nobody says one thing by two names. It costs names², in a compiled library; with more than 20,000
    names only spellings with the same first letter are compared.
    """
    reasons: dict[tuple[str, str], tuple[float, Reason]] = {}
    for pair, score, reason in _alike(labels):
        if pair[0] != pair[1] and score > reasons.get(pair, (0.0, ""))[0]:
            reasons[pair] = score, reason
    found = []
    for pair, (score, reason) in reasons.items():
        first, second = sorted(pair, key=lambda node: (-len(uses.get(node, ())), node))
        rarer = uses.get(second, ())
        apart = 1 - len({*uses.get(first, ())} & {*rarer}) / (len(rarer) or 1)
        if apart > 0:
            found.append(LikeNames(first, second, score * apart, reason))
    return found


def _alike(labels: Mapping[str, str]) -> Iterator[_LikePair]:
    """Yield pairs of nodes, each in the order of the IRIs, with a score and a reason."""
    topics = sorted(labels)
    # A slug spells out the signs that make C, C# and C++ three topics.
    words = {topic: folded(slug(labels[topic])).split("-") for topic in topics}
    plain = {topic: " ".join(words[topic]) for topic in topics}
    for group in by_key(("".join(words[topic]), topic) for topic in topics).values():
        yield from ((pair, 1.0, "same letters") for pair in combinations(group, 2))
    for group in by_key((" ".join(sorted(words[topic])), topic) for topic in topics).values():
        yield from ((pair, _SAME_WORDS, "same words") for pair in combinations(group, 2))
    written = by_key((plain[topic], topic) for topic in topics)
    initials = by_key(("".join(word[:1] for word in words[topic]), topic) for topic in topics if len(words[topic]) > 1)
    for topic in topics:
        for text in _singulars(words[topic]):
            yield from (
                ((min(topic, other), max(topic, other)), _SAME_WORDS, "singular and plural")
                for other in written.get(text, ())
            )
        if _INITIALS.fullmatch(labels[topic]):
            others = initials.get(plain[topic], ())
            yield from (((min(topic, other), max(topic, other)), _SAME_INITIALS, "initials") for other in others)
    is_large = len(topics) > _MOST_COMPARED
    for block in by_key((plain[topic][: int(is_large)], topic) for topic in topics).values():
        yield from _similar(block, plain)


def _similar(topics: Sequence[str], plain: Mapping[str, str]) -> Iterator[_LikePair]:
    """Yield pairs of labels that differ by few letters and by no number."""
    import numpy as np
    from rapidfuzz.distance import OSA  # takes long to import
    from rapidfuzz.process import cdist

    by_length = sorted(topics, key=lambda topic: len(plain[topic]))
    texts = [plain[topic] for topic in by_length]
    lengths = [*map(len, texts)]
    for start in range(0, len(texts), _CHUNK):
        end = min(start + _CHUNK, len(texts))
        # A text with more letters differs by too many.
        longest = bisect_right(lengths, lengths[end - 1] / _ALIKE)
        others = texts[start:longest]
        likeness = cdist(texts[start:end], others, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE)
        for row, column in zip(*np.nonzero(np.triu(likeness, 1)), strict=True):
            one, other = by_length[start + row], by_length[start + column]
            if _DIGITS.findall(plain[one]) == _DIGITS.findall(plain[other]):
                score = min(float(likeness[row, column]), _MOST_ALIKE)
                yield (min(one, other), max(one, other)), score, "similar spelling"


def _singulars(words: Sequence[str]) -> Iterator[str]:
    """Yield texts of which these words may be an English plural, with the words as they are."""
    if len(words) <= _MOST_WORDS:
        yield from map(" ".join, product(*map(_forms, words)))


def _forms(word: str) -> Iterator[str]:
    yield word
    if len(word) > _SHORT and word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
        if word.endswith("ies"):
            yield f"{word[:-3]}y"
        elif word.endswith("es"):
            yield word[:-2]
