"""The rules by which groups of articles are named: each yields names, the best first, or none.

The earlier a rule is in `NAMING_RULES`, the stricter it is, so a group without one subject gets a modest name: its
months, or an article that it is like.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias

from graph.structure.group_facts import MOST_MEMBERS, Group
from graph.structure.months import is_month, shortened_months, years_of
from graph.structure.shared_things import SharedThing
from graph.structure.shortening import capitalised
from graph.structure.titles import Title
from graph.structure.typical_phrases import (
    COMMON,
    FEW,
    FIFTH,
    HALF,
    LEAST_LETTERS,
    LONGEST_NAME,
    MANY,
    SEVERAL,
    THIRD,
    TIMES_ELSEWHERE,
    Typical,
    is_no_accident,
)

NamingRule: TypeAlias = Callable[[Group], Iterator[str]]
"""A function that yields names for a group, the best first."""

_TWO_FIFTHS, _QUARTER = 0.4, 0.25
"""Shares of members that show what they have in common: if it is one word or says little, and if it says much."""
_SERIES = 3
"""Members of a series, and of a topic or folder that names a small group."""
_NEARLY_ALL, _ALL = 0.75, 0.9
_MOST_ELSEWHERE, _OFTENER = 0.1, 5
"""The share of other articles in a folder that is not rare elsewhere, and how many times more frequent it is here."""
_SECOND = 0.15
"""The share of the second of two folders, at least."""
_CONSIDERED = 5
"""The most phrases of a group that a rule considers."""
_LIKE_FEW = 0.45
"""How much of the titles of two or three articles is the same if they tell one story."""
_SAME = 0.8
"""How much of the titles is the same if the headline says it better than a phrase of it."""
_TOLD = 3
"""Members that are named as examples."""
_OFTEN = 0.015
"""A phrase that occurs in a larger share of other titles is named together with another one."""

# Longer numbers are not versions, and take long to compare.
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})*")


def _landmark(group: Group) -> Iterator[str]:
    """Yield a collection, most of whose items are members."""
    parts, members = group.corpus.parts, set(group.members.tolist())
    best = max(members, key=lambda article: (len(parts.get(article, frozenset()) & members), -article))
    items = parts.get(best, frozenset())
    if len(items) > 1 and len(items & members) + 1 >= HALF * group.size and group.title(best).is_sound:
        yield group.short(group.title(best))


def _numbers(group: Group) -> Iterator[str]:
    """Yield the same title with different numbers: "Announcing Rust 1.2–1.46.0"."""
    series: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for title in group.titles:
        if len(found := _NUMBER.findall(title.text)) == 1:
            before, number, after = title.text.partition(found[0])
            series[before.rstrip(" #–-"), after].add(number)
    for (before, after), numbers in sorted(series.items(), key=lambda row: (-len(row[1]), row[0]))[:1]:
        ordered = sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])
        if len(numbers) >= _SERIES and len(numbers) >= HALF * len(group.titles) and len(before) >= LEAST_LETTERS:
            yield f"{before} {ordered[0]}–{ordered[-1]}{after}"


def _segment(group: Group) -> Iterator[str]:
    """Yield a segment that titles share, such as the name of a series before a colon."""
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for title in group.titles:
        for part in {part.casefold(): part for part in title.segments}.values():
            spelled[part.casefold()][part] += 1
    for part in sorted(spelled, key=lambda part: (-spelled[part].total(), part))[:3]:
        count, titles = spelled[part].total(), len(group.titles)
        elsewhere = group.others.share(count, group.others.segments[part], titles)
        share = count / titles
        if count < _SERIES or share < _TWO_FIFTHS or share < TIMES_ELSEWHERE * elsewhere:
            continue
        if len(part) > LEAST_LETTERS and any(map(str.isalpha, part)) and not group.corpus.words.is_plain(part):
            name = max(spelled[part], key=lambda text: (spelled[part][text], text))
            yield from _with_more(group, name, elsewhere)


def _one_story(group: Group) -> Iterator[str]:
    """Yield the headline, if all titles say the same."""
    least = MOST_MEMBERS if group.size >= FEW else _LIKE_FEW
    if not group.titles or (len(group.titles) > 1 and group.likeness < least):
        return
    whole = {title.text for title in group.titles}
    if group.likeness >= _SAME or len(group.titles) == 1:
        yield from (text for text in group.headlines(LONGEST_NAME)[:1] if text in whole)
    for row in group.sound[:2]:
        if (row.is_long or row.is_name) and row.share >= _NEARLY_ALL:
            yield from map(capitalised, _with_second(group, row))
    yield from group.headlines(LONGEST_NAME)


def _main_phrase(group: Group) -> Iterator[str]:
    """Yield a phrase of half of the titles, or a name."""
    for row in group.sound[:_CONSIDERED]:
        if row.share < HALF or (group.size < FEW and not (row.is_long and row.is_name)):
            continue
        if row.is_long or row.is_name or row.share >= _ALL:
            if group.size < MANY and not row.is_long and row.share < (MOST_MEMBERS if row.is_marked else _NEARLY_ALL):
                continue
            yield from _with_second(group, row)


def _with_more(group: Group, name: str, elsewhere: float) -> Iterator[str]:
    """Yield a name; before it, if others often have it, too, the name with months, or with one phrase or two."""
    if elsewhere > _OFTEN:
        others = [row for row in group.sound[: 2 * _CONSIDERED] if row.words_beside(name)]
        for row in others[:_CONSIDERED]:
            if row.share >= HALF:
                yield text if len(text := f"{name}: {row.text}") <= LONGEST_NAME else row.text
        yield from _with_months(group, name)
        yield from (f"{name}: {one.text}, {other.text}" for one, other in _together(group, others))
        alone = [row for row in group.leading if row.share >= FIFTH and row.words_beside(name)]
        yield from (f"{name}: {row.text}" for row in sorted(alone, key=lambda row: -row.share))
    yield name


def _with_second(group: Group, row: Typical) -> Iterator[str]:
    """Yield a phrase; if it is one word, first with another that nearly as many titles have."""
    if not row.is_long:
        for other in group.sound[:_CONSIDERED]:
            is_second = other.share >= max(_TWO_FIFTHS, MOST_MEMBERS * row.share) and (other.is_long or other.is_name)
            if is_second and other.words_beside(row.text):
                yield f"{row.text}, {other.text}"
    yield from _with_more(group, row.text, row.elsewhere)


def _with_months(group: Group, name: str) -> Iterator[str]:
    """Yield a name with the months of most members, if these are known and not in it; shortened if it gets too long."""
    if group.months and not any(map(is_month, name.split())):
        whole = f"{name}, {group.months}"
        yield whole if len(whole) <= LONGEST_NAME else f"{name}, {shortened_months(group.months)}"


def _main_topic(group: Group) -> Iterator[str]:
    """Yield a topic of most members, and of few others."""
    for row in group.topics[:2]:
        if row.share >= MOST_MEMBERS:
            yield group.corpus.topics.labels[row.number]


def _main_folder(group: Group) -> Iterator[str]:
    """Yield the folder of most members, if few other articles are in it."""
    for name, row in group.folders[:2]:
        if row.share >= MOST_MEMBERS and _is_rare(row):
            yield name


def _is_rare(row: SharedThing) -> bool:
    """Return whether few articles elsewhere have what members have."""
    return row.elsewhere <= _MOST_ELSEWHERE and row.lift >= (TIMES_ELSEWHERE if row.elsewhere <= COMMON else _OFTENER)


def _main_word(group: Group) -> Iterator[str]:
    """Yield a common word of half of the titles."""
    for row in group.sound[:3]:
        if row.share >= HALF and group.size >= MANY:
            yield from _with_more(group, row.text, row.elsewhere)


def _hub_phrase(group: Group) -> Iterator[str]:
    """Yield a phrase of the page that most members are tied to, or its title if they say the same."""
    if group.hub is None:
        return
    title = group.title(group.hub)
    keys = tuple(chain.from_iterable(run.keys for run in title.runs))
    for row in group.leading:
        length = len(row.phrase.words)
        is_enough = row.share >= (_QUARTER if row.is_long and group.size >= MANY else _TWO_FIFTHS)
        if is_enough and any(keys[at : at + length] == row.phrase.words for at in range(len(keys))):
            yield from map(capitalised, _with_more(group, row.text, row.elsewhere))
            return
    words = group.corpus.words
    rare = (word for word in words.telling(title) if words.counts[word] <= COMMON * len(words.distinct))
    told = max((group.uses[word] for word in rare), default=0) / max(len(group.titles), 1)
    if told >= _QUARTER and len(title.text) <= LONGEST_NAME:
        yield title.text


def _phrase_with_months(group: Group) -> Iterator[str]:
    """Yield a phrase of a third of the titles, with their months."""
    for row in group.leading[:3]:
        if row.share < (THIRD if row.is_marked else HALF) or (not row.is_marked and group.size < SEVERAL):
            continue
        yield from _with_months(group, row.text)
        yield row.text


def _lesser_topic(group: Group) -> Iterator[str]:
    """Yield a topic or folder of less than most members, but of hardly any others."""
    least = _SERIES / group.size
    for name, row in group.folders[:_CONSIDERED]:
        if row.share >= max(THIRD, least) and _is_rare(row):
            yield name
    for row in group.topics[:2]:
        if row.share >= max(_TWO_FIFTHS, least) and row.lift >= TIMES_ELSEWHERE:
            yield group.corpus.topics.labels[row.number]


def _maker(group: Group) -> Iterator[str]:
    """Yield who wrote or published most of them."""
    for word, things in (("By", group.corpus.authors), ("From", group.corpus.providers)):
        for row in things.shared(group.members, group.others.articles)[:1]:
            if row.share >= MOST_MEMBERS and row.lift >= TIMES_ELSEWHERE and group.size >= FEW:
                yield f"{word} {things.labels[row.number]}"


def _two_phrases(group: Group) -> Iterator[str]:
    """Yield two phrases that many titles have."""
    rows = [row for row in group.sound if row.share >= FIFTH] if group.size >= FEW else []
    if rows and rows[0].share >= THIRD:
        pairs = _together(group, rows[: 1 + _CONSIDERED])
        yield from (f"{one.text}, {other.text}" for one, other in pairs if one is rows[0])


def _together(group: Group, rows: Sequence[Typical]) -> Iterator[tuple[Typical, Typical]]:
    """Yield pairs of phrases without a common word, one of which half of the titles have."""
    for place, one in enumerate(rows):
        for other in rows[place + 1 :]:
            both = set(one.phrase.words), set(other.phrase.words)
            having = sum(any(words <= title.words for words in both) for title in group.titles)
            if both[0].isdisjoint(both[1]) and having >= HALF * len(group.titles):
                yield one, other


def _two_topics(group: Group) -> Iterator[str]:
    """Yield two topics that half of the members have."""
    labels = group.corpus.topics.labels
    for one, other in [(one, other) for one in group.topics[:3] for other in group.topics[:5]]:
        if one.share >= other.share and one is not other and one.share + other.share >= HALF:
            yield f"{labels[one.number]}, {labels[other.number]}"


def _months(group: Group) -> Iterator[str]:
    """Yield the months of most members, with what many titles say."""
    if group.months and group.size >= SEVERAL:
        said = [row.text for row in group.leading[:2] if not row.is_marked and row.share >= _TWO_FIFTHS]
        said += [phrase.text for phrase in group.general if phrase.share >= _TWO_FIFTHS]
        for text in said:
            yield from _with_months(group, text)


def _lesser_months(group: Group) -> Iterator[str]:
    """Yield the months of most members, with what some titles say."""
    if not group.months or group.size < SEVERAL:
        return
    said = [row.text for row in group.leading[:2] if row.is_marked and row.share >= FIFTH]
    said += [phrase.text for phrase in group.general[:_CONSIDERED]]
    said += [group.corpus.topics.labels[topic.number] for topic in group.topics[:1] if topic.share >= _QUARTER]
    said += [
        row.text for row in group.phrases[:1] if row.share >= HALF and is_no_accident(row.phrase, len(group.titles))
    ]
    for text in said:
        yield from _with_months(group, text)


def _only_months(group: Group) -> Iterator[str]:
    """Yield the months of most members."""
    if group.size >= SEVERAL:
        yield group.months


def _two_folders(group: Group) -> Iterator[str]:
    """Yield the folders of most members, where no single one holds them."""
    yield from _folder_pairs(group, _QUARTER, MOST_MEMBERS)


def _lesser_folders(group: Group) -> Iterator[str]:
    """Yield a folder of half of the members, or two of a third; groups of pages linked crosswise have no more."""
    if group.size >= SEVERAL:
        yield from (
            name
            for name, row in group.folders
            if row.share >= HALF and row.lift >= TIMES_ELSEWHERE and row.elsewhere <= FIFTH
        )
        yield from _folder_pairs(group, _SECOND, THIRD)


def _folder_pairs(group: Group, least: float, both: float) -> Iterator[str]:
    """Yield two folders apart that each hold a share of the members, and few others, and together a larger share."""
    rows = [(name, row) for name, row in group.folders if row.lift >= TIMES_ELSEWHERE and row.share >= least]
    paths = group.corpus.folders.paths
    for place, (name, row) in enumerate(rows):
        for other, beside in rows[place + 1 :]:
            one, two = paths[row.number] + "/", paths[beside.number] + "/"
            is_apart = not one.startswith(two) and not two.startswith(one)
            if is_apart and row.share + beside.share >= both:
                yield f"{name}, {other}"


def _years(group: Group) -> Iterator[str]:
    """Yield what half of the titles of a group without a subject say, with its years, unless all are of one year."""
    days = group.corpus.structure.days
    years = years_of(days[group.members]) if group.size >= SEVERAL else ""
    if years and ("–" in years or years != years_of(days)):
        for phrase in group.general:
            if phrase.share >= HALF:
                yield f"{phrase.text}, {years}"


def _lesser_phrase(group: Group) -> Iterator[str]:
    """Yield a phrase of a fifth of the titles."""
    if group.size >= SEVERAL:
        for row in group.leading[:1]:
            if row.share >= FIFTH:
                yield row.text


def _examples(group: Group) -> Iterator[str]:
    """Yield the titles of two or three members, where many titles are a few words, as in documentation."""
    if group.size >= FEW and len(group.examples) >= FIFTH * group.size:
        told: list[Title] = []
        for title in group.examples:
            is_apart = all(title.words.isdisjoint(other.words) for other in told)
            if is_apart and sum(len(one.text) + 2 for one in (*told, title)) - 2 <= LONGEST_NAME:
                told.append(title)
        if len(told) > 1:
            yield ", ".join(title.text for title in told[:_TOLD])


def _around(group: Group) -> Iterator[str]:
    """Yield the page that most members are tied to."""
    if group.hub is not None:
        title = group.title(group.hub).text
        if len(title) <= LONGEST_NAME - len("Around “”"):
            yield f"Around “{title}”"


def _like(group: Group) -> Iterator[str]:
    """Yield the title that says most about the group."""
    if not group.titles:
        return
    if group.size < FEW or len(group.titles) == 1:
        yield from group.headlines(LONGEST_NAME)
        return
    most = LONGEST_NAME - len("Like “”")
    whole = [title for title in group.titles if len(title.text) <= most and " " in title.text]
    for text in chain(group.headlines(most, whole) if whole else (), group.headlines(most)):
        yield f"Like “{text}”"


NAMING_RULES: tuple[tuple[str, NamingRule], ...] = (
    ("landmark", _landmark),
    ("series", _numbers),
    ("series", _segment),
    ("story", _one_story),
    ("phrase", _main_phrase),
    ("topic", _main_topic),
    ("folder", _main_folder),
    ("phrase", _main_word),
    ("hub", _hub_phrase),
    ("phrase", _phrase_with_months),
    ("topic", _lesser_topic),
    ("maker", _maker),
    ("phrases", _two_phrases),
    ("topics", _two_topics),
    ("folder", _two_folders),
    ("months", _months),
    ("months", _lesser_months),
    ("months", _only_months),
    ("years", _years),
    ("phrase", _lesser_phrase),
    ("folder", _lesser_folders),
    ("examples", _examples),
    ("around", _around),
    ("like", _like),
)
"""The rules in their order, each with what it names a group by."""

MODEST: tuple[tuple[str, NamingRule], ...] = (("landmark", _landmark), ("like", _like))
"""The rules for groups beyond the largest."""


TITLES = frozenset({"around", "examples", "hub", "landmark", "like", "story"})
"""Rules that name a group by a title, which keeps its spelling."""
