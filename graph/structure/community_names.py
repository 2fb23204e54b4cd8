"""Names of groups of articles, by counting what their members share and others do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from graph.structure.arrays import Ints
from graph.structure.group_facts import Corpus, Group
from graph.structure.naming_rules import MODEST, NAMING_RULES, TITLES, NamingRule
from graph.structure.shortening import capitalised
from graph.structure.title_phrases import count_phrases, distinct_titles, shared_phrases
from graph.structure.titles import fold
from graph.structure.typical_phrases import LONGEST_NAME, SEVERAL, Backdrop, typical_phrases

MOST_NAMED = 1_000
"""The largest groups, which are named by all rules; smaller ones by an article."""


class CommunityName(msgspec.Struct, frozen=True):
    """The name of a community, of a part of one, or of a story."""

    label: str
    """At most 40 letters, different from the other names."""
    rule: str
    """What it is named by, such as `phrase`, `topic` or `months`."""


def name_groups(
    corpus: Corpus,
    groups: Sequence[Ints],
    beside: Mapping[int, Ints],
    *,
    parent: Ints | None = None,
    taken: Iterable[str] = (),
) -> tuple[CommunityName, ...]:
    """Return the name of each group of articles, given the articles of each, the most central first.

    The rules of `graph.structure.naming_rules` are asked in order, and the first name that is free is taken. All names
    differ, also from those that are `taken`. `beside` are the articles that each article is tied to. Groups are
    compared with all articles, or with those of `parent`, if they are parts of one group. The first 1,000 groups are
    named by all rules, further ones by an article. Linear in the words of titles.
    """
    words = corpus.words
    others = corpus.backdrop
    if parent is not None:
        others = Backdrop(distinct_titles(words, parent.tolist()), articles=parent)
    titles = [distinct_titles(words, some.tolist()) for some in groups[:MOST_NAMED]]
    phrases = [shared_phrases(words, some) for some in titles]
    counts = count_phrases(others.titles, others.counts, {phrase.words for some in phrases for phrase in some})
    names = _TakenNames(taken)
    found = []
    for place, some in enumerate(groups):
        if place < MOST_NAMED:
            told = typical_phrases(phrases[place], len(titles[place]), counts, others)
            group = Group(corpus, some, titles[place], *told, beside, others)
            found.append(CommunityName(*names.free(group, NAMING_RULES)))
        else:
            few = distinct_titles(words, some[:SEVERAL].tolist())
            group = Group(corpus, some, few, (), (), beside, others)
            found.append(CommunityName(*names.free(group, MODEST)))
    return tuple(found)


class _TakenNames:
    """The names that are taken."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._used = {name.casefold() for name in taken}
        self._numbers: dict[str, int] = {}
        """The last number given to each name; all up to it are taken."""

    def free(self, group: Group, rules: Iterable[tuple[str, NamingRule]]) -> tuple[str, str]:
        """Take the first name that is free, and return it with its rule.

        A name that is taken is tried with more words first.
        """
        last = ""
        for kind, rule in rules:
            names = (text if kind in TITLES else capitalised(text) for text in rule(group))
            for name, tried in _tries(group, names, are_alike=kind == "months"):
                inner = _QUOTED.search(name)
                if not name or len(name) > LONGEST_NAME or (inner and inner[1].casefold() in self._used):
                    continue
                if len(tried) <= LONGEST_NAME and tried.casefold() not in self._used:
                    self._used.update({tried.casefold(), inner[1].casefold() if inner else ""})
                    return tried, kind
                last = name
        return self._numbered(last or f"{group.size} articles"), "number"

    def _numbered(self, name: str) -> str:
        number = self._numbers.get(name.casefold(), 0) + 1
        while (tried := _with_number(name, number)).casefold() in self._used:
            number += 1
        self._numbers[name.casefold()] = number
        self._used.add(tried.casefold())
        return tried


_QUOTED = re.compile("“(.*)”")


def _tries(group: Group, names: Iterable[str], *, are_alike: bool) -> Iterator[tuple[str, str]]:
    """Yield names with what is tried for each: as it is, then with more words; similar names first all as they are."""
    if are_alike:
        names = tuple(names)
        yield from ((name, name) for name in names)
    for name in names:
        yield name, name
        yield from ((name, longer) for longer in _longer(group, name))


def _longer(group: Group, name: str) -> Iterator[str]:
    """Yield a name with more words, for a group whose name is taken."""
    if group.months and group.months not in name:
        yield f"{name}, {group.months}"
    yield from (f"{name}: {row.text}" for row in group.sound[:4] if row.words_beside(name))
    topics = (group.corpus.topics.labels[row.number] for row in group.topics[:2])
    said = set(map(fold, name.split()))
    yield from (f"{name}: {topic}" for topic in topics if said.isdisjoint(map(fold, topic.split())))


def _with_number(name: str, number: int) -> str:
    if number == 1:
        return name
    end = f" ({number})"
    return name[: LONGEST_NAME - len(end)].rstrip() + end
