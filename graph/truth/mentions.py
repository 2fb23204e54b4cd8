"""Finds topics in texts, only where a name is meant; topics that the author states are never mentions."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import msgspec

from graph.expressions import expression
from graph.truth.mention_memory import FoundTopics, MentionMemory
from graph.truth.phrases import BETWEEN_WORDS, Phrases, split_words

_SMALL = 1
"""A word in lower case."""
_PERHAPS = 2
"""A word with a capital that any word would have there, as at the beginning of a sentence."""
_NAME = 4
"""A word with a capital that only a name has there."""

_SHORT = 3
"""A name of at most this many letters is never found in lower case."""
_LONGEST_TEXT = 200_000
"""Characters searched of one article, about thirty thousand words: the few longer ones are books or data."""
_LONGEST_SENTENCE = 30
"""Words looked at on either side of a word: nearly all sentences are shorter, and texts without stops stay linear."""
_MUCH_LESS = 10
"""A name is rarely in lower case if this many times more articles write it with a capital."""
_SOME = 3
"""This many articles are not a coincidence; two may be by one author on one day."""
_RARE = 50
"""A word is rare if at most one article in this many uses it; ordinary words are in far more."""
_MOST = 0.5
"""More than this share is most."""
_BREAK = expression('[.!?:\n"“”„«»。।॥•|]')
"""What separates sentences, or introduces a quoted one."""
_HASH = expression(r"(?:^|\s)#\Z")
"""What makes a word a hashtag."""


class Name(msgspec.Struct, frozen=True):
    """A name of a topic."""

    text: str
    """As written."""
    is_described: bool = False
    """Whether the record of the topic has this name, and not only articles."""
    is_keyword: bool = False
    """Whether the record of the topic lists it as a keyword."""


class _Meaning(msgspec.Struct):
    """The topics that a phrase can mean."""

    anyhow: set[str] = msgspec.field(default_factory=set)
    """In any spelling."""
    spelled: dict[str, set[str]] = msgspec.field(default_factory=dict)
    """In exactly one spelling."""
    named: set[str] = msgspec.field(default_factory=set)
    """Where it is written as a name."""


class Sighting(msgspec.Struct, frozen=True):
    """What was found in the text of one article."""

    topics: frozenset[str]
    """The topics that it certainly mentions."""
    words: Mapping[str, int]
    """How it writes the words that mean a topic only if they are names."""


class Sightings(msgspec.Struct, frozen=True):
    """What was found in the texts of some articles, in numbers."""

    texts: Counter[bool] = msgspec.field(default_factory=Counter)
    """How many of the texts contain the name of a topic, and how many do not."""
    stating: Counter[str] = msgspec.field(default_factory=Counter)
    """How many state each topic."""
    small: Counter[str] = msgspec.field(default_factory=Counter)
    """How many write each word in lower case."""
    named: Counter[str] = msgspec.field(default_factory=Counter)
    """How many write each word as a name."""
    own: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)
    """How many write each word in lower case and state each topic that it may mean."""

    def merged(self, other: Sightings) -> Sightings:
        """Return the numbers of both."""
        return Sightings(
            self.texts + other.texts,
            self.stating + other.stating,
            self.small + other.small,
            self.named + other.named,
            self.own + other.own,
        )


class Finder:
    """Finds the names of topics in texts, given the names of each topic by IRI.

    A name is found in any case if it has several words, digits or signs, if the record of the topic states it, or if
    its script has no capitals. Any other name may be an ordinary word, such as `go` or `data`. It is found where it has
    a capital that an ordinary word would not have there, or where all texts together show that it is a name.
    """

    def __init__(self, names: Mapping[str, Iterable[Name]]) -> None:
        self._phrases: Phrases[_Meaning] = Phrases()
        self._words: dict[str, _Meaning] = {}
        self._names = [(topic, name) for topic, called in names.items() for name in called]
        for topic, name in self._names:
            self._add(topic, name)

    def find(
        self, articles: Iterable[tuple[str, str, Collection[str]]], memory: MentionMemory | None = None
    ) -> dict[str, tuple[str, ...]]:
        """Return the sorted topics of each article that mentions any, by its IRI.

        Takes the IRI of each article, its text, and the topics that it states, which are not mentions. Only the first
        200,000 characters of a text are searched. `memory` may know what was found in a text before. Linear in the
        texts.
        """
        if not self._phrases:
            return {}
        counts = Sightings()
        seen = []
        search = self._search
        if memory is not None:
            memory.begin(self._digested())
            search = functools.partial(memory.of, search=search)
        for article, text, stated in articles:
            sighting = self._see(search(text[:_LONGEST_TEXT]), stated, counts)
            if sighting is not None:
                seen.append((article, sighting, stated))
        meaning = self.meanings(counts)
        mentions = ((article, self.decide(sighting, stated, meaning)) for article, sighting, stated in seen)
        return {article: topics for article, topics in mentions if topics}

    def see(self, text: str, stated: Collection[str], counts: Sightings) -> Sighting | None:
        """Return what the text of an article holds, if anything, and count it.

        `stated` are the topics that the article states.
        """
        return self._see(self._search(text[:_LONGEST_TEXT]), stated, counts)

    def _see(self, found: FoundTopics, stated: Collection[str], counts: Sightings) -> Sighting | None:
        counts.stating.update(stated)
        topics, words = found
        for word, written in words.items():
            if written & _NAME:
                counts.named[word] += 1
            if written & _SMALL:
                counts.small[word] += 1
                counts.own.update((word, topic) for topic in self._words[word].named.intersection(stated))
        seen = bool(topics or words)
        counts.texts[seen] += 1
        return Sighting(topics, words) if seen else None

    def _digested(self) -> bytes:
        """Return bytes that are equal for equal names, in whatever order."""
        return b"".join(sorted(map(msgspec.msgpack.encode, self._names)))

    def decide(
        self, sighting: Sighting, stated: Collection[str], meanings: Mapping[tuple[str, str], int]
    ) -> tuple[str, ...]:
        """Return the sorted topics that an article mentions, given `meanings` of all articles."""
        topics = set(sighting.topics)
        for word, written in sighting.words.items():
            topics.update(topic for topic in self._words[word].named if written & meanings[word, topic])
        return tuple(sorted(topics.difference(stated)))

    def _add(self, topic: str, name: Name) -> None:
        if name.text.startswith("/") or not (name.is_keyword or any(map(str.isalpha, name.text))):
            return  # the address of a page about the topic, or a number
        meaning = self._phrases.add(name.text, _Meaning())
        if meaning is None:
            return
        words, gaps = split_words(name.text)
        word = words[0]
        is_simple = len(words) == 1 and not gaps[0].endswith(".") and _may_be_ordinary(word)
        if name.is_keyword or not is_simple or (name.is_described and len(word) > _SHORT):
            meaning.anyhow.add(topic)
            return
        meaning.named.add(topic)
        self._words[word.casefold()] = meaning
        if _has_inner_capital(word):
            meaning.spelled.setdefault(word, set()).add(topic)

    def _search(self, text: str) -> FoundTopics:
        """Return the topics that a text certainly mentions, and how it writes the words that may mean one."""
        topics: set[str] = set()
        written: dict[str, int] = {}
        words: list[str] = []
        for position, meaning in self._phrases.find(text):
            topics |= meaning.anyhow
            if meaning.named <= meaning.anyhow:
                continue
            if not words:
                words, gaps = split_words(text)
            word = words[position]
            how = _written(words, gaps, position)
            written[word.casefold()] = written.get(word.casefold(), 0) | how
            if word in meaning.spelled and (how == _NAME or not word.isupper()):
                topics |= meaning.spelled[word]
        return frozenset(topics), written

    def meanings(self, counts: Sightings) -> Mapping[tuple[str, str], int]:
        """Return the ways of writing a word that mean a topic, by the word and the topic.

        If more articles write the word in lower case than as a name, only clear names count: `written in Go`. Any other
        word that is seen as a name counts wherever it has a capital, and in lower case too if that is rare:
        `Kubernetes`. A word that most articles about a topic use, and hardly any others, also counts in lower case:
        `dplyr`.
        """
        stating, small, named, own = counts.stating, counts.small, counts.named, counts.own
        articles = counts.texts.total()
        counting = {}
        for word, meaning in self._words.items():
            is_name = 0 < named[word] >= small[word]
            for topic in meaning.named:
                counting[word, topic] = _NAME | _PERHAPS if is_name else _NAME
                if len(word) <= _SHORT:
                    continue
                known = own[word, topic]
                is_telling = known >= max(_SOME, stating[topic] * _MOST)
                if (is_name and small[word] * _MUCH_LESS <= named[word]) or (
                    is_telling and (small[word] - known) * _RARE <= articles - stating[topic]
                ):
                    counting[word, topic] |= _SMALL
        return counting


def _may_be_ordinary(word: str) -> bool:
    """Return whether a word could be an ordinary one, which a capital would turn into a name."""
    is_georgian = "\u10d0" <= word[0] <= "\u10ff"  # has capitals, but does not begin names with them
    return word.isalpha() and word.lower() != word.upper() and not is_georgian


def _has_inner_capital(word: str) -> bool:
    return word[1:] != word[1:].lower()


def _is_capital(word: str) -> bool:
    return word[:1] != word[:1].lower()


def _written(words: list[str], gaps: list[str], position: int) -> int:
    """Return how a word is written, or 0 for a letter that is part of a word such as `X-ray`.

    A capital means nothing at the beginning of a sentence, beside another word with a capital (a longer name), and
    where most of the sentence has capitals, as in many titles. A capital within a word means a name, unless the whole
    sentence is in capitals.
    """
    word = words[position]
    if len(word) == 1 and not BETWEEN_WORDS.isdisjoint((gaps[position], gaps[position + 1])):
        return 0
    if _HASH.search(gaps[position]):
        return _NAME
    if word == word.lower():
        return _SMALL
    first, end = position, position + 1
    while first and position - first < _LONGEST_SENTENCE and not _BREAK.search(gaps[first]):
        first -= 1
    while end < len(words) and end - position < _LONGEST_SENTENCE and not _BREAK.search(gaps[end]):
        end += 1
    before, after = words[first:position], words[position + 1 : end]
    if _has_inner_capital(word):
        others = before + after
        return _PERHAPS if len(others) > 1 and all(other == other.upper() for other in others) else _NAME
    if (
        not before
        or (len(before) > 1 and gaps[position].isspace() and _is_capital(before[-1]))
        or (after and gaps[position + 1].isspace() and _is_capital(after[0]))
    ):
        return _PERHAPS
    others = before[1:] + after
    capital = sum(len(other) for other in others if _is_capital(other))
    return _NAME if capital < _MOST * sum(map(len, others)) else _PERHAPS
