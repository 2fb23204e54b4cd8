"""Labels that look like the same topic: other spellings, plurals, words in another order, initials.

Source of the distance of two spellings: F. J. Damerau (1964), A Technique for Computer Detection and Correction of
Spelling Errors, Communications of the ACM 7(3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from graph.analysis.relations import Network, first_rows, label_of, nodes_of_kind, of_network, sources_by_target
from graph.names import slug
from graph.search.words import folded
from graph.structure.rounding import rounded

__all__ = ["DuplicateTopics", "duplicate_topics"]

ALIKE = 0.88
"""The least likeness of two spellings: one wrong letter in nine."""

_MOST_COMPARED = 20_000
"""Of more topics, spellings are compared only if they begin with the same letter."""
_CHUNK = 1_000
_MOST_WORDS = 6
_SHORT = 3
"""A word with no more letters is no plural."""
_DIGITS = re.compile(r"\d+")
_PLURAL = "singular and plural"
_INITIALS = re.compile(r"[^\W\d_a-z]{2,6}")


@dataclass(frozen=True, slots=True)
class DuplicateTopics:
    """Two topics that may be one."""

    first: str
    """The topic with more articles; of equals the one with the smaller IRI."""
    first_label: str
    """Its label."""
    second: str
    """The other topic."""
    second_label: str
    """Its label."""
    score: float
    """How surely they are the same, up to 1."""
    reason: str
    """`same letters`, `same words`, `singular and plural`, `initials` or `similar spelling`."""
    first_articles: int
    """Articles about the first."""
    second_articles: int
    """Articles about the second."""
    both: int
    """Articles about both; many of them tell that the two are meant to be different."""


@of_network
def duplicate_topics(network: Network, limit: int | None = None) -> tuple[DuplicateTopics, ...]:
    """Return pairs of topics whose labels look like the same, the surest first; then by articles and IRIs.

    Case, accents and punctuation are ignored. The labels have the same letters, spaces aside (score 1), the same words
    in another order (0.95), words of which some have an English plural (0.95), one is the initials of the other (0.8),
    or they differ by few letters (their likeness, at least 0.88, by the Damerau-Levenshtein distance). Labels with
    different numbers never look alike. The score is lowered by the share of the rarer topic's articles that state the
    other one, too, as nobody states one topic by two names. It costs topics², in a compiled library; with more than
    20,000 topics only spellings with the same first letter are compared.
    """
    topics = nodes_of_kind(network, "topic")
    labels = {topic: label_of(network, topic) for topic in topics}
    stated = {topic: set(articles) for topic, articles in sources_by_target(network, "about").items()}
    reasons: dict[tuple[str, str], tuple[float, str]] = {}
    for pair, score, reason in _alike(topics, labels):
        if pair[0] != pair[1] and score > reasons.get(pair, (0.0, ""))[0]:
            reasons[pair] = score, reason
    rows = []
    for pair, (score, reason) in reasons.items():
        first, second = sorted(pair, key=lambda topic: (-len(stated.get(topic, ())), topic))
        one, other = stated.get(first, set()), stated.get(second, set())
        both = len(one & other)
        rows.append(
            DuplicateTopics(
                first=first,
                first_label=labels[first],
                second=second,
                second_label=labels[second],
                score=rounded(score * (1 - both / (len(other) or 1))),
                reason=reason,
                first_articles=len(one),
                second_articles=len(other),
                both=both,
            )
        )
    found = [row for row in rows if row.score > 0]
    found.sort(key=lambda row: (-row.score, -row.second_articles, -row.first_articles, row.first, row.second))
    return first_rows(found, limit)


def _alike(topics: Sequence[str], labels: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], float, str]]:
    """Yield pairs of topics, each in the order of the IRIs, with a score and a reason."""
    # A slug spells out the signs that make C, C# and C++ three topics.
    words = {topic: folded(slug(labels[topic])).split("-") for topic in topics}
    plain = {topic: " ".join(words[topic]) for topic in topics}
    for score, reason, texts in (
        (1.0, "same letters", {topic: "".join(words[topic]) for topic in topics}),
        (0.95, "same words", {topic: " ".join(sorted(words[topic])) for topic in topics}),
    ):
        for group in _by_text(texts).values():
            yield from ((pair, score, reason) for pair in combinations(group, 2))
    written = _by_text(plain)
    first_letters = {topic: "".join(word[0] for word in words[topic]) for topic in topics if len(words[topic]) > 1}
    initials = _by_text(first_letters)
    for topic in topics:
        for text in _singulars(words[topic]):
            yield from (((min(topic, other), max(topic, other)), 0.95, _PLURAL) for other in written.get(text, ()))
        if _INITIALS.fullmatch(labels[topic]):
            others = initials.get(plain[topic], ())
            yield from (((min(topic, other), max(topic, other)), 0.8, "initials") for other in others)
    is_large = len(topics) > _MOST_COMPARED
    for block in _by_text({topic: plain[topic][: int(is_large)] for topic in topics}).values():
        yield from _similar(block, plain)


def _by_text(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the topics of each text, in the given order."""
    found: dict[str, list[str]] = {}
    for topic, text in texts.items():
        found.setdefault(text, []).append(topic)
    return found


def _similar(topics: Sequence[str], plain: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], float, str]]:
    """Yield pairs of labels that differ by few letters and by no number."""
    import numpy as np
    from rapidfuzz.distance import OSA  # takes long to import
    from rapidfuzz.process import cdist

    texts = [plain[topic] for topic in topics]
    for start in range(0, len(texts), _CHUNK):
        likeness = cdist(texts[start : start + _CHUNK], texts, scorer=OSA.normalized_similarity, score_cutoff=ALIKE)
        for row, column in zip(*np.nonzero(likeness), strict=True):
            first, second = topics[start + row], topics[column]
            if first < second and _DIGITS.findall(plain[first]) == _DIGITS.findall(plain[second]):
                yield (first, second), min(float(likeness[row, column]), 0.99), "similar spelling"


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
