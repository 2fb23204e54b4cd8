"""What the words of all titles are like: common, plain, or names; counted, in any language, without lists of words.

Words that only join others, such as prepositions and articles, hardly ever end a run of words, and have many different
words behind them; the commonest ones are short (G. K. Zipf, 1935, The Psycho-Biology of Language). Names are written
with a capital even where other words are not.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, pairwise

import msgspec

from graph.structure.titles import Title, read_title
from graph.truth.phrases import is_unspaced

MOST_COUNTED = 50_000
"""Of more articles, every second, third or so is counted."""
_MOST_LATELY = 20_000
"""Titles that are not counted, and kept in memory as words, at a time."""

_FEWEST, _FEWEST_LONG = 5, 13
"""The fewest titles with a word, short or long, for its place in them to mean something: few long words join others,
and chance alone keeps one in five words from the end of five titles."""
_ENDS = 0.05
"""The share of its occurrences in which a word that joins others ends a run, at most."""
_DIVERSE = 0.75
"""A word that joins others has at least this power of its occurrences as different words after it."""
_SHORTEST = 3
"""Letters of a word that says little alone if it is written small."""
_COMMON = 0.02
_COMMON_LENGTH = 4
"""A word of at most so many letters, mostly written small, says nothing if a larger share of titles has it."""
_MANY = 200
"""Among fewer titles, no word is so common that it says nothing."""
_SMALL = 0.8
"""The share of its occurrences that must be written with a small letter, or a capital, for this to be its way."""
_TITLE_CASE = 0.7
"""The share of the words of a title that begin with a capital if all of them do so by style."""
_INITIALS = 6
"""The most letters of an abbreviation."""
_SEEN = 3
"""How often a word must have been seen within titles for its capital to mean something."""


class TitleWords(msgspec.Struct, frozen=True):
    """The words of all titles."""

    titles: Sequence[str]
    """All titles."""
    read: dict[int, Title]
    """The titles that are counted, by article."""
    lately: dict[int, Title]
    """Further titles that were read lately, which groups and their parts have in common."""
    distinct: dict[str, Title]
    """The titles that are counted, each once, by their keys."""
    counts: Counter[str]
    """Different titles with each word."""
    everywhere: Counter[str]
    """Articles with each word in their title."""
    counted: int
    """Articles whose titles are counted."""
    plain: frozenset[str]
    """Words that say nothing alone, and neither begin nor end a phrase."""
    loose: frozenset[str]
    """Words that hardly ever end a run of words: no phrase ends with one."""
    spellings: dict[str, dict[str, int]]
    """How often each word is spelled in which way."""
    capitals: dict[str, tuple[int, int]]
    """How often each word occurs within a title that is not all in capitals, and how often with a capital."""

    def title(self, article: int) -> Title:
        """Return the title of an article."""
        known = self.read.get(article) or self.lately.get(article)
        if known is None:
            if len(self.lately) >= _MOST_LATELY:
                self.lately.clear()
            known = self.lately[article] = read_title(self.titles[article])
        return known

    def telling(self, title: Title) -> frozenset[str]:
        """Return the words of a title that are not plain."""
        return title.words - self.plain

    def is_plain(self, word: str) -> bool:
        """Return whether a word, by its key, says nothing alone; unknown short words count as such."""
        return word in self.plain or (word not in self.counts and len(word) <= _SHORTEST and not is_unspaced(word))

    def spelling(self, word: str) -> str:
        """Return the commonest spelling of a word by its key, or the key if no title has it."""
        some = self.spellings.get(word)
        return min(some, key=lambda spelling: (-some[spelling], spelling)) if some else word

    def likeness_to_name(self, word: str, spelled: str) -> float:
        """Return 1 for a word that is written as a name, 0 for a common word, ½ if that is unknown."""
        inner = spelled[1:] != spelled[1:].lower()
        if (inner and not spelled.isupper()) or any(map(str.isdigit, spelled)):
            return 1.0
        if inner and len(spelled) <= _INITIALS and self.spelling(word).isupper():
            return 1.0
        seen, capital = self.capitals.get(word, (0, 0))
        if seen >= _SEEN or spelled[:1].islower():
            return float(seen > 0 and capital >= _SMALL * seen)
        return 0.5


def _is_mixed(word: str) -> bool:
    """Return whether a word has a capital within, as `MongoDB`, other than behind a hyphen."""
    return "-" not in word and word[1:] != word[1:].lower() and not word.isupper()


def count_title_words(titles: Sequence[str]) -> TitleWords:
    """Return the words of the titles of articles. Linear in the titles that are counted, at most 50,000."""
    step = max(1, math.ceil(len(titles) / MOST_COUNTED))
    read = {article: read_title(titles[article]) for article in range(0, len(titles), step)}
    keys = [title.key for title in read.values()]
    distinct = {key: title for key, title in zip(keys, read.values(), strict=True) if title.is_sound}
    counts = Counter(chain.from_iterable(title.words for title in distinct.values()))
    everywhere = Counter(counts)
    everywhere.update(
        word
        for key, count in Counter(keys).items()
        if count > 1 and key in distinct
        for word in [*distinct[key].words] * (count - 1)
    )
    runs = [run for title in distinct.values() for run in title.runs]
    ends = Counter(run.keys[-1] for run in runs)
    behind = Counter(first for first, _ in set(chain.from_iterable(pairwise(run.keys) for run in runs)))
    beginnings = Counter((run.keys[0], run.spelled[0]) for run in runs)
    uses, inside, small = Counter[str](), Counter[str](), Counter[str]()
    spellings: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for pair, count in Counter(chain.from_iterable(zip(run.keys, run.spelled, strict=True) for run in runs)).items():
        key, spelled = pair
        spellings[key][spelled] = count
        uses[key] += count
        inside[key] += count - beginnings[pair]
        if spelled[0].islower():
            small[key] += count - beginnings[pair]

    def is_small(word: str) -> bool:
        return small[word] >= _SMALL * max(inside[word], 1)

    def is_short(word: str) -> bool:
        return len(word) <= _COMMON_LENGTH and not max(spellings[word], key=spellings[word].__getitem__).isupper()

    def is_coined(word: str) -> bool:
        spelled = max(spellings[word], key=spellings[word].__getitem__)
        return _is_mixed(spelled) or any(map(str.isdigit, spelled))

    loose = frozenset(
        word
        for word, count in counts.items()
        if count >= (_FEWEST if len(word) <= _COMMON_LENGTH else _FEWEST_LONG)
        and ends[word] <= _ENDS * uses[word]
        and not is_unspaced(word)
        and not is_coined(word)
    )
    joining = {word for word in loose if behind[word] >= uses[word] ** _DIVERSE}
    many = len(distinct) >= _MANY
    plain = frozenset(
        word
        for word, count in counts.items()
        if not any(map(str.isalpha, word))
        or (
            not is_unspaced(word)
            and (
                len(word) == 1
                or (word in joining and (is_small(word) or is_short(word)))
                or (len(word) <= _SHORTEST and is_small(word) and ends[word] <= 2 * _ENDS * uses[word])
                or (many and count > _COMMON * len(distinct) and len(word) <= _COMMON_LENGTH and is_small(word))
            )
        )
    )
    capitals: dict[str, tuple[int, int]] = {}
    for title in distinct.values():
        within = [
            (key, spelled)
            for run in title.runs
            for key, spelled in zip(run.keys[1:], run.spelled[1:], strict=True)
            if key not in plain
        ]
        raised = sum(spelled[0].isupper() for _, spelled in within)
        if len(within) < 2 or raised < _TITLE_CASE * len(within):  # noqa: PLR2004 - one word is no sign of a style
            for key, spelled in within:
                seen, capital = capitals.get(key, (0, 0))
                capitals[key] = (seen + 1, capital + (spelled != spelled.lower()))
    return TitleWords(
        titles, read, {}, distinct, counts, everywhere, len(read), plain, loose, dict(spellings), capitals
    )
