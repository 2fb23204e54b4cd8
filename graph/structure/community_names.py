"""The names of communities: their typical topics and words, otherwise the title of their most central article."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.structure.arrays import Ints, Structure, distinct
from graph.structure.rows import Rows
from graph.structure.typicality import Mix, typical

__all__ = ["CommunityName", "background_topics", "name_communities"]

_WORD = re.compile(r"[^\W\d_][\w.+#&-]*[\w+#]")
_LONGEST = 60
_LEAST_SHARE = 0.08
_FEW = 0.025
_MOST_COMMON = 0.08
"""A word in a larger share of all titles is not part of a name."""
_MOST_NAMED = 1_000
"""The largest communities, which are named by what is typical; smaller ones by their most central article."""

_BACKGROUND = 0.6
"""A topic on a larger share of all articles with topics says nothing."""
_FEWEST_FOR_BACKGROUND = 20
"""Among fewer articles with topics, no topic is too common."""

_PLAIN = frozenset(
    "about after all also an and another any are as at based be been before best better but by can do does first for "
    "from get gets has have how if in into is it its just like make makes many may more most much my new no not now of "
    "off on one or other our out over own part per see set should so some than that the their them there these they "
    "this those through to top two up us use using via was way we what when where which who why will with you your "
    "aan als auf aus bei das de del der des die du een ein eine el en es et für het im la las le les los mit op par "
    "per por pour que sur un una und une van von zu zum zur".split()
)
"""Words that say nothing about a story."""


@dataclass(frozen=True, slots=True)
class _Features:
    """Features of articles: topics, or words of their titles."""

    number: Mapping[str, int]
    """The number of each feature by its name, in order."""
    on: Rows
    """The features of each article."""

    def everywhere(self) -> Mix:
        """Return how many articles have each feature."""
        counts = np.bincount(self.on.to, minlength=len(self.number)).tolist()
        return Mix(int((np.diff(self.on.start) > 0).sum()), dict(zip(self.number, counts, strict=True)))

    def frequent(self, names: Sequence[str], articles: Ints, least: float) -> Mix:
        """Return how many of some articles have each feature, without features of fewer than `least` articles."""
        on = self.on.of_many(articles)
        found, counts = np.unique(on.to, return_counts=True)
        found, counts = found[counts >= least].tolist(), counts[counts >= least].tolist()
        return Mix(
            int((np.diff(on.start) > 0).sum()),
            {names[feature]: count for feature, count in zip(found, counts, strict=True)},
        )

    def having(self, articles: Ints, wanted: Iterable[str]) -> Ints:
        """Return those of some articles that have any of the wanted features."""
        on = self.on.of_many(articles)
        is_wanted = np.isin(on.to, [self.number[name] for name in wanted])
        return articles[distinct(np.repeat(np.arange(len(articles)), np.diff(on.start))[is_wanted])]


@dataclass(frozen=True, slots=True)
class CommunityName:
    """The name of a community."""

    label: str
    """Up to two typical topics and three typical words, otherwise the title of the most central article."""
    words: tuple[str, ...]
    """The typical words of its titles, in their commonest spelling."""


def name_communities(structure: Structure, members: Sequence[Ints]) -> tuple[CommunityName, ...]:
    """Return the name of each community, given its articles, the most central first. Linear in words of titles."""
    topics, words = _topics_of(structure), _words_of(structure)
    all_topics, all_words = topics.everywhere(), words.everywhere()
    topic_names, word_names = list(topics.number), list(words.number)
    found = []
    for place, some in enumerate(members):
        names: list[str] = []
        telling: list[str] = []
        if len(some) > 2 and place < _MOST_NAMED:  # noqa: PLR2004 - two articles have nothing typical
            mix = topics.frequent(topic_names, some, len(some) * _LEAST_SHARE)
            names = [structure.labels[structure.first_topic + int(topic)] for topic in typical(mix, all_topics, 2)]
            known = {word for name in names for word in _WORD.findall(name.casefold())}
            mix = words.frequent(word_names, some, len(some) * _FEW)
            telling = _telling(mix, all_words, len(some) * _LEAST_SHARE) or _telling(mix, all_words, len(some) * _FEW)
            telling = [word for word in telling if word not in known]
            if telling:
                telling = _spelled(telling, [structure.labels[one] for one in words.having(some, telling).tolist()])
                names.append(", ".join(telling))
        label = " · ".join(name for name in names if name)
        label = label[:1].upper() + label[1:]
        label = label or _shortened(structure.labels[int(some[0])])
        found.append(CommunityName(label, tuple(telling)))
    return tuple(found)


def background_topics(counts: Ints, stated: int) -> NDArray[np.bool_]:
    """Return which topics are on nearly every article with topics, and so say nothing; none if no others are left.

    `counts` are the numbers of articles of each topic, `stated` is the number of articles with topics.
    """
    found = (counts > _BACKGROUND * stated) & (stated >= _FEWEST_FOR_BACKGROUND)
    return found if (counts[~found] > 0).any() else np.zeros(len(counts), bool)


def _topics_of(structure: Structure) -> _Features:
    """Return the topics of articles, named by their places, without background topics."""
    articles, places = structure.topics_of_articles()
    topics = structure.counts[1]
    counts = np.bincount(places, minlength=topics)
    told = ~background_topics(counts, len(distinct(articles)))[places]
    shape = (structure.first_topic, topics)
    on = sparse.coo_matrix((np.ones(int(told.sum()), np.int8), (articles[told], places[told])), shape=shape).tocsr()
    return _Features({str(place): place for place in range(topics)}, Rows(on.indptr, on.indices))


def _words_of(structure: Structure) -> _Features:
    """Return the case-folded words of titles, without those that say nothing."""
    number: defaultdict[str, int] = defaultdict()
    number.default_factory = number.__len__
    row, edges = array("i"), [0]
    for title in structure.labels[: structure.first_topic]:
        # No letter folds to a space, so all words are folded at once.
        words = set(" ".join(_WORD.findall(title)).casefold().split(" ")) - _PLAIN
        row.extend([number[word] for word in words if word])
        edges.append(len(row))
    return _Features(number, Rows(np.array(edges), np.array(row, np.int32)))


def _telling(mix: Mix, everywhere: Mix, least: float) -> list[str]:
    """Return up to three typical words that at least `least` titles have, and that are rare elsewhere."""
    most = _MOST_COMMON * everywhere.articles
    frequent = Mix(mix.articles, {word: count for word, count in mix.counts.items() if count >= least})
    found = typical(frequent, everywhere, 12)
    return [word for word in found if everywhere.counts[word] - mix.counts[word] <= most][:3]


def _spelled(words: Sequence[str], titles: Iterable[str]) -> list[str]:
    """Return words in their commonest spelling."""
    counts: dict[str, Counter[str]] = {word: Counter() for word in words}
    for title in titles:
        for word in _WORD.findall(title):
            if word.casefold() in counts:
                counts[word.casefold()][word] += 1
    return [min(found, key=lambda spelling: (-found[spelling], spelling)) for found in counts.values()]


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
