"""What can be said about a group of articles: its typical phrases, topics, folders, months, hub and headlines.

A group is compared with all articles, or with the larger group that it is a part of.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain

import msgspec
import numpy as np

from graph.structure.arrays import Ints, Structure
from graph.structure.months import months_of, spread_of
from graph.structure.shared_things import Folders, SharedThing, Things, authors_of, folders_of, providers_of, topics_of
from graph.structure.shortening import capitalised, shorten_title
from graph.structure.title_phrases import Phrase
from graph.structure.title_words import TitleWords, count_title_words
from graph.structure.titles import Title, fold
from graph.structure.typical_phrases import (
    COMMON,
    FEW,
    LONGEST_NAME,
    MANY,
    SEVERAL,
    THIRD,
    Backdrop,
    Typical,
    is_no_accident,
)
from graph.structure.typicality import Mix, typical

MOST_MEMBERS = 0.6
"""The share of a group that must have a topic, a folder or an author that names it."""

_HUB = 0.4
"""The share of a group that is tied to its hub."""
_TIMES_MIDDLE = 2.5
"""How many times more ties than the median a hub has."""
_MOSTLY_NAMES = 0.75
"""At this likeness or more, a word is written as a name in most titles."""
_MOST_RARITY = 4.0
"""The most that the rarity of a word counts: anything rarer than one in fifty says the same."""
_LEAST_WEIGHT = 0.02
"""The weight of a common word, with which a longer title is still better than a shorter one that says as much."""
_SHORTENED = 4
"""Titles of a group that are shortened to choose the best."""
_BROKEN_OFF = 0.6
"""How well a title that ends in an ellipsis names a group, beside a whole one."""
_DEEPER = 0.15
"""How much of its share a folder within another may lose and still be preferred."""
_TYPICAL_WORDS = 3
"""Words that distinguish a group from others."""
_LEAST_SHARE = 0.08
"""The share of titles that must have such a word."""
_LEAST_IN_FOLDER = 0.15
"""Folders divide the articles, so that those of a group without one subject hold small shares of it."""
_NONE: frozenset[str] = frozenset()


class Corpus(msgspec.Struct, frozen=True, dict=True):
    """All articles of a structure, as far as names are about them; measured when first needed."""

    structure: Structure
    """The articles, and what they are about."""

    @cached_property
    def words(self) -> TitleWords:
        """The words of their titles."""
        return count_title_words(self.structure.labels[: self.structure.first_topic])

    @cached_property
    def topics(self) -> Things:
        """Their topics."""
        return topics_of(self.structure)

    @cached_property
    def authors(self) -> Things:
        """Who wrote them."""
        return authors_of(self.structure)

    @cached_property
    def providers(self) -> Things:
        """Who published them."""
        return providers_of(self.structure)

    @cached_property
    def folders(self) -> Folders:
        """The folders of their documents."""
        return folders_of(self.structure)

    @cached_property
    def spread(self) -> int:
        """The days over which they were published."""
        return spread_of(self.structure.days)

    @cached_property
    def parts(self) -> Mapping[int, frozenset[int]]:
        """The items of each collection."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for source, target in zip(*(ends.tolist() for ends in self.structure.between_articles("part")), strict=True):
            found[source].add(target)
        return {source: frozenset(targets) for source, targets in found.items()}

    @cached_property
    def step(self) -> float:
        """How many articles each counted one stands for."""
        return max(1.0, self.structure.first_topic / max(1, self.words.counted))

    @cached_property
    def backdrop(self) -> Backdrop:
        """What groups are compared with: all articles."""
        return Backdrop(list(self.words.distinct.values()), self.step)

    def folder_names(self, articles: Ints, among: Ints | None) -> list[tuple[str, SharedThing]]:
        """Return the names of the typical folders of a group, with their figures."""
        rows = self.folders.things.shared(articles, among, least=_LEAST_IN_FOLDER)
        rows.sort(key=lambda row: (-row.share - _DEEPER * self.folders.paths[row.number].count("/"), row.number))
        return [(name, row) for row in rows if (name := self.folder_name(self.folders.paths[row.number]))]

    def folder_name(self, path: str) -> str:
        """Return the title of the index of a folder, or its name as titles would spell it; "" if it says nothing."""
        if (article := self.folders.index.get(path)) is not None:
            title = self.words.title(article)
            if title.is_sound and len(title.text) <= LONGEST_NAME:
                return title.text
        parts = path.rsplit("/", 1)[-1].lstrip("_").replace("-", " ").replace("_", " ").split()
        if parts and parts[0].isdecimal() and parts[0][0] == "0":
            del parts[0]  # it only gives the order of folders
        if not any(len(part) > 1 and any(map(str.isalpha, part)) for part in parts):
            return ""
        return capitalised(" ".join(self._spelled(part) for part in parts))

    def _spelled(self, word: str) -> str:
        """Return a word of the name of a folder as titles spell it."""
        common = self.words.spelling(fold(word))
        is_name = self.words.likeness_to_name(fold(word), common) == 1
        return common if is_name and common.casefold() == word else word

    def typical_words(self, articles: Ints) -> tuple[str, ...]:
        """Return the words that are typical of the titles of a group, in their commonest spelling."""
        titles = [self.words.title(article) for article in articles.tolist()]
        counts = Counter(word for title in titles for word in self.words.telling(title))
        least = max(2, _LEAST_SHARE * len(titles))
        everywhere = {
            word: max(count, round(self.step * self.words.everywhere[word])) for word, count in counts.items()
        }
        mix = Mix(len(titles), {word: count for word, count in counts.items() if count >= least})
        every = Mix(max(self.structure.first_topic, len(titles)), everywhere)
        rows = typical(mix, every, None)
        most = COMMON * every.articles
        telling = [word for word in rows if everywhere[word] - counts[word] <= most][:_TYPICAL_WORDS]
        return tuple(map(self.words.spelling, telling))


class Group(msgspec.Struct, frozen=True, dict=True):
    """A group of articles, and what can be said about it."""

    corpus: Corpus
    """All articles."""
    members: Ints
    """Its articles, the most central first."""
    titles: Sequence[Title]
    """Their different titles that can be read."""
    phrases: Sequence[Typical]
    """Its typical phrases, the best first."""
    general: Sequence[Phrase]
    """Phrases that many of its titles share, and others as well."""
    beside: Mapping[int, Ints]
    """The articles that each article is tied to."""
    others: Backdrop
    """What it is compared with."""

    @cached_property
    def size(self) -> int:
        """How many articles it has."""
        return len(self.members)

    @cached_property
    def sound(self) -> list[Typical]:
        """Its typical phrases that can stand alone."""
        return [row for row in self.phrases if self._is_sound(row)]

    def _is_sound(self, row: Typical) -> bool:
        few = self.size < FEW
        if row.is_long:
            return not few or row.phrase.name_likeness >= _MOSTLY_NAMES or len(row.phrase.words) > 2  # noqa: PLR2004 - three words are no accident
        if row.is_name:
            return not few or row.share > MOST_MEMBERS
        if self.size < SEVERAL:
            return False
        return row.share >= MOST_MEMBERS or (self.size >= 2 * FEW and row.share >= THIRD and row.lift >= MANY)

    @cached_property
    def leading(self) -> list[Typical]:
        """Those of them that can name it alone: two titles may share one by accident."""
        return [row for row in self.sound if is_no_accident(row.phrase, len(self.titles))]

    @cached_property
    def months(self) -> str:
        """The months of most of its articles."""
        structure = self.corpus.structure
        return months_of(structure.days[self.members], self.corpus.spread, structure.language)

    @cached_property
    def topics(self) -> list[SharedThing]:
        """Its typical topics, the most frequent first."""
        return self.corpus.topics.shared(self.members, self.others.articles) if self.size >= FEW else []

    @cached_property
    def folders(self) -> list[tuple[str, SharedThing]]:
        """The names of its typical folders, the deepest of equals first."""
        return self.corpus.folder_names(self.members, self.others.articles)

    @cached_property
    def uses(self) -> Counter[str]:
        """How many of its titles have each telling word."""
        return Counter(chain.from_iterable(map(self.telling, self.titles)))

    def telling(self, title: Title) -> frozenset[str]:
        """Return the words of a title that mean something in this group."""
        return self.corpus.words.telling(title) - (self.others.common if self.others.articles is not None else _NONE)

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """How much each word says of the group: how many of its titles have it, and how few others."""
        titles = len(self.titles)
        return {
            word: _LEAST_WEIGHT
            if word in self.others.common
            else (count / titles) ** 2
            * min(_MOST_RARITY, math.log((len(self.others.titles) + 1) / max(self.others.counts[word], 1)))
            + _LEAST_WEIGHT
            for word, count in self.uses.items()
        }

    @cached_property
    def likeness(self) -> float:
        """How much of a title the others share: near 1 if all tell one story."""
        shares = [
            (sum(map(self.uses.__getitem__, words)) - len(words)) / len(words) / max(1, len(self.titles) - 1)
            for title in self.titles
            if (words := self.telling(title))
        ]
        return sum(shares) / len(shares) if shares else 0.0

    @cached_property
    def ties(self) -> tuple[Ints, Ints]:
        """How many other members each member is tied to, and how many articles in all."""
        ends = [self.beside[article] for article in self.members.tolist()]
        lengths = np.array([len(some) for some in ends], np.int64)
        owners = np.repeat(np.arange(self.size), lengths)
        known = np.isin(np.concatenate(ends), self.members)
        return np.bincount(owners[known], minlength=self.size), lengths

    @cached_property
    def examples(self) -> list[Title]:
        """The titles of a few rare words, of those members first that have most ties, and few to other articles."""
        inside, every = self.ties
        order = np.lexsort((np.arange(self.size), -(inside**2 / np.maximum(every, 1))))
        indexes = {*self.corpus.folders.index.values()}
        titles = [self.title(article) for article in self.members[order].tolist() if article not in indexes]
        common = self.corpus.backdrop.common
        return [one for one in titles if one.is_sound and one.is_plain_words and common.isdisjoint(one.words)]

    @cached_property
    def hub(self) -> int | None:
        """The member that most others are tied to, while these are hardly tied to each other."""
        if self.size < SEVERAL:
            return None
        degrees = self.ties[0] / (self.size - 1)
        best = int(degrees.argmax())
        is_hub = degrees[best] >= _HUB and degrees[best] >= _TIMES_MIDDLE * np.median(degrees)
        article = int(self.members[best])
        title = self.title(article)
        return article if is_hub and title.is_sound and self.is_of_its_own(title) else None

    def is_of_its_own(self, title: Title) -> bool:
        """Return whether a title says more than numbers and what many titles say, unlike "Release notes 1.2"."""
        if not any(map(str.isdigit, title.text)):
            return bool(title.words)
        common = self.corpus.backdrop.common
        return any(word not in common and not any(map(str.isdigit, word)) for word in self.telling(title))

    def title(self, article: int) -> Title:
        """Return the title of an article."""
        return self.corpus.words.title(article)

    def short(self, title: Title, most: int = LONGEST_NAME) -> str:
        """Return a title in at most so many letters."""
        return shorten_title(title.text, most, self.corpus.words, self.weights)

    def headlines(self, most: int, titles: Sequence[Title] | None = None) -> list[str]:
        """Return the few titles that say most about the group, shortened, the best first."""
        some = self.titles if titles is None else titles
        some = [title for title in some if self.is_of_its_own(title)] or some

        def worth(title: Title) -> float:
            words = self.telling(title)
            # Exact sums do not depend on the order of words in a set, which differs from run to run.
            return math.fsum(self.weights.get(word, 0.0) for word in words) / (len(words) + 2)

        rows: list[tuple[float, int, str]] = []
        # Titles that say hardly more than others are in the order of the articles, the most central first.
        for title in sorted(some, key=lambda title: -round(worth(title), 1))[:_SHORTENED]:
            short = self.short(title, most)
            kept = math.fsum(self.weights.get(fold(word.strip(" ,.;:")), 0.0) for word in short.split())
            whole = math.fsum(self.weights.get(word, 0.0) for word in self.telling(title)) or 1.0
            value = worth(title) * min(1.0, kept / whole) ** 0.5 * (_BROKEN_OFF if short.endswith("…") else 1.0)
            rows.append((-value, len(rows), short))
        return [short for _, _, short in sorted(rows)]
