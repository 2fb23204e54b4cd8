"""Titles as words: runs of words between marks, as they are spelled and as they are compared, in any script."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import msgspec

from graph.truth.phrases import is_unspaced, split_words

_SEGMENT = re.compile(" [–—·-] | ?[|•] ?|: ")
"""What parts the segments of a title, such as a series and the title of an episode; spaces are single."""

_INSIDE = frozenset("-.'’&/_@+")
"""Signs between two words that make them one: `SD-WAN`, `Node.js`, `R&D`."""

_MARKUP = ("[", "<", "{")
_FILE = re.compile(r"[_/\\]|\.\w{2,4}$")
_FEW_WORDS, _FEW_LETTERS = 3, 18
"""Of the title of a page that is one of several examples, at most."""
_SHORT = 3
"""Letters of a word that is not taken for a plural."""


class Run(NamedTuple):
    """Words of a title without a mark between them."""

    keys: tuple[str, ...]
    """What is compared: each word without case, a plural or a genitive ending."""
    spelled: tuple[str, ...]
    """The words as the title spells them."""


class Title(msgspec.Struct, frozen=True):
    """A title, taken apart."""

    text: str
    """The title, without markup of code."""
    runs: tuple[Run, ...]
    """Its words, in runs between marks such as a comma or a colon."""
    words: frozenset[str]
    """The keys of all its words."""
    segments: tuple[str, ...]
    """The parts between colons, bars and dashes; empty if there is only one."""
    is_sound: bool
    """Whether it reads as a title, and is not an address or the name of a file."""

    @property
    def is_plain_words(self) -> bool:
        """Whether it is a few short words without marks or digits, such as the title of a page of documentation."""
        is_short = len(self.runs) == 1 and len(self.runs[0].keys) <= _FEW_WORDS and len(self.text) <= _FEW_LETTERS
        return is_short and self.text[-1] not in "?!" and not any(map(str.isdigit, self.text))

    @property
    def key(self) -> str:
        """What is equal for titles that differ only in case."""
        return self.text.casefold()


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return a word without case, and without the ending of an English genitive or plural."""
    key = word.casefold().replace("’", "'")
    key = key.removesuffix("'s") if len(key) > _SHORT + 1 else key
    return key[:-1] if len(key) > _SHORT and key[-1] == "s" and key[-2] not in "su'i" else key


def read_title(label: str) -> Title:
    """Return a title as words. Linear in its letters."""
    text = " ".join(html.unescape(label).replace("`", "").split())
    words, gaps = split_words(text)
    words = list(map(sys.intern, words))  # titles have most of their words in common
    runs: list[list[str]] = []
    run: list[str] = []
    for word, gap in zip(words, gaps, strict=False):
        if gap == " " and run:
            run.append(word)
        elif run and len(gap) == 1 and gap in _INSIDE:
            run[-1] += gap + word
        else:
            lead = "." if gap[-1:] == "." and gap[:-1].strip() == "" and (gap != "." or not run) else ""
            if not run or (gap.strip() and not lead):
                runs.append(run := [])
            run.append(lead + word)
    found = tuple([Run(tuple(map(fold, spelled)), tuple(spelled)) for spelled in runs])
    parts = [part for piece in _SEGMENT.split(text) if (part := piece.strip(' .…"“”'))]
    is_file = " " not in text and _FILE.search(text) is not None
    return Title(
        text,
        found,
        frozenset(chain.from_iterable([run.keys for run in found])),
        tuple(parts) if len(parts) > 1 else (),
        not is_file and "://" not in text and not text.startswith(_MARKUP),
    )


def join_words(words: Sequence[str]) -> str:
    """Return words as a phrase: with spaces, except between characters of a script without spaces."""
    found = ""
    for word in words:
        together = found and not word.isascii() and is_unspaced(found[-1]) and is_unspaced(word)
        found += word if not found or together else " " + word
    return found[:-2] if found.endswith(("'s", "’s")) else found
