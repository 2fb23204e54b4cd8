"""What communities are called: by the topics and words that are typical of them, otherwise by their central article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from graph.analysis.typicality import Mix, typical
from graph.atlas.census import Census, Ints
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


def name_communities(census: Census, members: Sequence[Sequence[int]], background: Iterable[int]) -> list[str]:
    """Return a label for each community, given its articles with the most central first.

    A label names up to two typical topics and three typical words of titles, spelled as they mostly are. Linear in the
    words of the titles.
    """
    topics = _topics_by_article(census, background)
    words = [sorted({word.casefold() for word in _words(article)} - _PLAIN) for article in census.articles]
    all_topics = _mix(topics.get(article, ()) for article in range(len(words)))
    all_words = _mix(words)
    labels = []
    for place, some in enumerate(members):
        names: list[str] = []
        if len(some) > 2 and place < _MOST_NAMED:  # noqa: PLR2004 - of two, neither says what is typical
            mix = _mix(topics.get(article, ()) for article in some)
            names += [
                census.topics[int(topic)].label for topic in _frequent(mix, all_topics, len(some) * _LEAST_SHARE, 2)
            ]
            known = {word for name in names for word in _WORD.findall(name.casefold())}
            mix = _mix(words[article] for article in some)
            telling = _telling(mix, all_words, len(some), _LEAST_SHARE) or _telling(mix, all_words, len(some), _FEW)
            names += [_spelled([word for word in telling if word not in known], [census.articles[one] for one in some])]
        label = " · ".join(name for name in names if name)
        label = label[:1].upper() + label[1:]
        labels.append(label or _shortened(census.articles[some[0]].label))
    return labels


def communities_of(community: Ints, count: int, worth: Sequence[float]) -> list[list[int]]:
    """Return the articles of each community, the most worthy first; equals by number."""
    members: list[list[int]] = [[] for _ in range(count)]
    for article in sorted(range(len(worth)), key=lambda article: (-worth[article], article)):
        members[int(community[article])].append(article)
    return members


def _topics_by_article(census: Census, background: Iterable[int]) -> dict[int, list[str]]:
    """Return the places of each article's topics as texts, without those on nearly every article."""
    unfit = set(background)
    found: dict[int, list[str]] = {}
    sources, targets = census.pairs["about"]
    for article, topic in zip(sources.tolist(), (targets - census.first_topic).tolist(), strict=True):
        if topic not in unfit:
            found.setdefault(article, []).append(str(topic))
    return found


def _telling(mix: Mix, everywhere: Mix, size: int, share: float) -> list[str]:
    """Return up to three words that are typical of titles, on a share of them at least, and rare elsewhere."""
    most = _MOST_COMMON * everywhere.articles
    found = _frequent(mix, everywhere, share * size, 12)
    return [word for word in found if everywhere.counts[word] - mix.counts[word] <= most][:3]


def _frequent(mix: Mix, everywhere: Mix, least: float, limit: int) -> list[str]:
    """Return what is typical of a group and found on so many of its articles at least."""
    some = Mix(mix.articles, {thing: count for thing, count in mix.counts.items() if count >= least})
    return typical(some, everywhere, limit)


def _words(article: Article) -> list[str]:
    return _WORD.findall(article.label)


def _spelled(words: Sequence[str], articles: Iterable[Article]) -> str:
    """Return words as titles mostly spell them, joined by commas."""
    counts: dict[str, Counter[str]] = {word: Counter() for word in words}
    for article in articles if words else ():
        for word in _words(article):
            if word.casefold() in counts:
                counts[word.casefold()][word] += 1
    return ", ".join(min(found, key=lambda spelling: (-found[spelling], spelling)) for found in counts.values())


def _mix(things: Iterable[Sequence[str]]) -> Mix:
    """Count things over articles; one that has none does not count."""
    found = [some for some in things if some]
    return Mix(len(found), Counter(thing for some in found for thing in some))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
