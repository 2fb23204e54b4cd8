"""What communities are called: by the topics and words that are typical of them, otherwise by their central article."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse

from graph.analysis.typicality import Mix, typical
from graph.atlas.census import Census, Floats, Ints, distinct
from graph.records import Article

__all__ = ["communities_of", "name_communities"]

_WORD = re.compile(r"[^\W\d_][\w.+#&-]*[\w+#]")
_LONGEST = 60
_LEAST_SHARE = 0.08
_FEW = 0.025
_MOST_COMMON = 0.08
"""A word in more of all titles than this names no community."""
_MOST_NAMED = 1_000
"""So many communities, the largest, are named by what is typical; smaller ones by their central article."""

_PLAIN = frozenset(
    "about after all also an and another any are as at based be been before best better but by can do does first for "
    "from get gets has have how if in into is it its just like make makes many may more most much my new no not now of "
    "off on one or other our out over own part per see set should so some than that the their them there these they "
    "this those through to top two up us use using via was way we what when where which who why will with you your "
    "aan als auf aus bei das de del der des die du een ein eine el en es et für het im la las le les los mit op par "
    "per por pour que sur un una und une van von zu zum zur".split()
)
"""Words that say nothing about a story, however often they stand in its titles."""


@dataclass(frozen=True, slots=True)
class _Things:
    """What articles have: topics, or words of their titles."""

    number: Mapping[str, int]
    """Each thing's number by its name, in their order."""
    on: sparse.csr_matrix
    """Articles by things."""

    def everywhere(self) -> Mix:
        """Return how many articles have each thing."""
        counts = np.bincount(self.on.indices, minlength=len(self.number)).tolist()
        return Mix(int((np.diff(self.on.indptr) > 0).sum()), dict(zip(self.number, counts, strict=True)))

    def frequent(self, names: Sequence[str], articles: Ints, least: float) -> Mix:
        """Return how many of some articles have each thing, without what fewer than the `least` have."""
        on = self.on[articles]
        found, counts = np.unique(on.indices, return_counts=True)
        found, counts = found[counts >= least].tolist(), counts[counts >= least].tolist()
        return Mix(
            int((np.diff(on.indptr) > 0).sum()),
            {names[thing]: count for thing, count in zip(found, counts, strict=True)},
        )

    def having(self, articles: Ints, wanted: Iterable[str]) -> Ints:
        """Return those of some articles that have any of the things."""
        on = self.on[articles]
        is_wanted = np.isin(on.indices, [self.number[name] for name in wanted])
        return articles[distinct(np.repeat(np.arange(len(articles)), np.diff(on.indptr))[is_wanted])]


def name_communities(census: Census, members: Sequence[Ints], background: Iterable[int]) -> list[str]:
    """Return a label for each community, given its articles with the most central first.

    A label names up to two typical topics and three typical words of titles, spelled as they mostly are. Linear in the
    words of the titles.
    """
    topics, words = _topics_of(census, background), _words_of(census)
    all_topics, all_words = topics.everywhere(), words.everywhere()
    topic_names, word_names = list(topics.number), list(words.number)
    labels = []
    for place, some in enumerate(members):
        names: list[str] = []
        if len(some) > 2 and place < _MOST_NAMED:  # noqa: PLR2004 - of two, neither says what is typical
            mix = topics.frequent(topic_names, some, len(some) * _LEAST_SHARE)
            names += [census.topics[int(topic)].label for topic in typical(mix, all_topics, 2)]
            known = {word for name in names for word in _WORD.findall(name.casefold())}
            mix = words.frequent(word_names, some, len(some) * _FEW)
            telling = _telling(mix, all_words, len(some) * _LEAST_SHARE) or _telling(mix, all_words, len(some) * _FEW)
            telling = [word for word in telling if word not in known]
            if telling:
                names.append(_spelled(telling, [census.articles[one] for one in words.having(some, telling).tolist()]))
        label = " · ".join(name for name in names if name)
        label = label[:1].upper() + label[1:]
        labels.append(label or _shortened(census.articles[int(some[0])].label))
    return labels


def communities_of(community: Ints, count: int, worth: Floats) -> list[Ints]:
    """Return the articles of each community, the most worthy first; equals by number."""
    order = np.lexsort((np.arange(len(worth)), -worth, community))
    edges = np.searchsorted(community[order], np.arange(count + 1)).tolist()
    return [order[low:high] for low, high in pairwise(edges)]


def _topics_of(census: Census, background: Iterable[int]) -> _Things:
    """Return the topics of articles, called by their places, without those on nearly every article."""
    sources, targets = census.pairs["about"]
    places = targets - census.first_topic
    told = ~np.isin(places, list(background))
    shape = (len(census.articles), len(census.topics))
    on = sparse.coo_matrix((np.ones(int(told.sum()), np.int8), (sources[told], places[told])), shape=shape)
    return _Things({str(place): place for place in range(len(census.topics))}, on.tocsr())


def _words_of(census: Census) -> _Things:
    """Return the words of titles that may say something, without regard to case."""
    number: defaultdict[str, int] = defaultdict()
    number.default_factory = number.__len__
    row, edges = array("i"), [0]
    for article in census.articles:
        # No letter folds to a space, so all words are folded at once.
        words = set(" ".join(_words(article)).casefold().split(" ")) - _PLAIN
        row.extend([number[word] for word in words if word])
        edges.append(len(row))
    indices = np.array(row, np.int32)
    shape = (len(census.articles), len(number))
    return _Things(number, sparse.csr_matrix((np.ones(len(row), np.int8), indices, edges), shape=shape))


def _telling(mix: Mix, everywhere: Mix, least: float) -> list[str]:
    """Return up to three words that are typical of titles, on so many of them at least, and rare elsewhere."""
    most = _MOST_COMMON * everywhere.articles
    frequent = Mix(mix.articles, {word: count for word, count in mix.counts.items() if count >= least})
    found = typical(frequent, everywhere, 12)
    return [word for word in found if everywhere.counts[word] - mix.counts[word] <= most][:3]


def _words(article: Article) -> list[str]:
    return _WORD.findall(article.label)


def _spelled(words: Sequence[str], articles: Iterable[Article]) -> str:
    """Return words as titles mostly spell them, joined by commas."""
    counts: dict[str, Counter[str]] = {word: Counter() for word in words}
    for article in articles:
        for word in _words(article):
            if word.casefold() in counts:
                counts[word.casefold()][word] += 1
    return ", ".join(min(found, key=lambda spelling: (-found[spelling], spelling)) for found in counts.values())


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
