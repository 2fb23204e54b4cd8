"""Names of organisations that differ only in spelling."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from graph.names import slug, to_text

_LEGAL_FORMS = frozenset(
    "ab ag aps as asa bhd bv bvba co company corp corporation ev gmbh inc incorporated kft kg kgaa kk limited llc llp "
    "lp ltd ltda mbh nv ohg ou oy oyj pbc plc pte pty pvt sa sarl sas sasu se sl slu sp spa srl srls sro ug zrt".split()
)
_SMALL_WORDS = frozenset("a an and at d da das de del der des di do du et for in la le of on the to und y".split())
_ENTITY = re.compile(r"&#?\w{1,32};", re.ASCII)
_LONGEST_FORM = 3
"""The most single letters in a legal form, as in `S. p. A.`."""


def decoded(name: str) -> str:
    """Return a name without percent-escapes and HTML entities, `Morningstar%2c Inc.` as `Morningstar, Inc.`."""
    if "%" not in name and "&" not in name:
        return name
    return to_text(_ENTITY.sub(lambda found: html.unescape(found.group()), unquote(name))) or name


def spelling_key(name: str) -> str:
    """Return a key that is equal for names that differ only in spelling; never empty.

    It ignores case, punctuation, spaces, escapes, a legal form at the end (`Inc.`, `Co., Ltd.`, `S.A.`), "The" at the
    beginning, and "and" or "&".
    """
    return "".join(word for word in _words(name) if word != "and") or slug(decoded(name))


def is_initials(name: str) -> bool:
    """Return whether a name could be initials: one word, or single letters as in `I.B.M.`."""
    words = _words(name)
    return len("".join(words)) > 1 and (len(words) == 1 or all(len(word) == 1 for word in words))


def initials_of(name: str) -> frozenset[str]:
    """Return the possible initials of a name as keys: with and without small words and the legal form."""
    found = set()
    for words in (_words(name), _without_article(slug(decoded(name)).split("-"))):
        for kept in (words, [word for word in words if word not in _SMALL_WORDS]):
            if len(kept) > 1:
                found.add("".join(word[0] for word in kept))
    return frozenset(found)


def names_domain(name: str, domain: str) -> bool:
    """Return whether a name is the domain or contains it, as `Example (example.com)` does."""
    return domain in name.lower() and re.search(rf"(?<![\w-]){re.escape(domain)}(?![\w-])", name.lower()) is not None


def _words(name: str) -> list[str]:
    """Return the words of a name without the article and the legal form, unless nothing would be left."""
    words = _without_article(slug(decoded(name)).split("-"))
    while len(words) > 1:
        shorter = _without_form(words)
        if len(shorter) == len(words):
            break
        words = shorter
    return words


def _without_article(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def _without_form(words: list[str]) -> list[str]:
    """Return words without a legal form at the end (one word or single letters), or without an "and" left by one."""
    if words[-1] in _LEGAL_FORMS or words[-1] == "and":
        return words[:-1]
    for length in range(2, min(_LONGEST_FORM, len(words) - 1) + 1):
        letters = words[-length:]
        if all(len(letter) == 1 for letter in letters) and "".join(letters) in _LEGAL_FORMS:
            return words[:-length]
    return words
