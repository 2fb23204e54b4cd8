"""Authors as documents write them in one text: `Jo Doe <mail>`, `Jo Doe and Al Roe`, `Doe, Jo`, `@handle`, `[[Jo]]`.

Mail addresses are dropped. A text is split only if every part looks like a person,
so that organisations such as `Johnson & Johnson` and `Smith and Sons Ltd` stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from graph.expressions import expression
from graph.names import to_text
from graph.reading.topic_labels import note_name

_SPECIAL = expression(r"[,;&<(@\[\uff0c\uff1b\u3001]|\b(?:and|und|et|y|och|og|by)\b", re.IGNORECASE)
_LONGEST = 2_000
_MAIL = expression(
    r"[ ]?<[^<>]{0,200}(?:@|://)[^<>]{0,200}>|[ ]?\([^()]{0,200}@[^()]{0,200}\)"
    r"|(?:mailto:)?[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
)
_HANDLE = expression(r"(?<!\S)@(?=\w)")
_BYLINE = expression(r"by[ ](?=[A-Z])", re.IGNORECASE)
_ALWAYS = expression(r"[;\uff1b\u3001\uff0c\n]")
_AND = expression(r"[ ](?:and|und|et|y|och|og|&)[ ]", re.IGNORECASE)
_LAST = expression(r"(?:and|und|et|y|och|og|&)[ ]", re.IGNORECASE)
_KEY = expression(r"[a-z0-9](?:[\w.-]*[a-z0-9_])?", re.ASCII)
_WORD = expression(r"[^\W\d_](?:[^\W\d_]|['’.\-])*")
_INITIALS = expression(r"(?:[^\W\d_](?:\.[ -]?|[ -]|$)){1,3}")
_PARTICLES = frozenset(
    "af al av bin da das de del della den der di do dos du el ibn la las le los ten ter van von und y zu".split()
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_DEGREES = frozenset("phd md dphil msc mba ma ba esq cpa rn jd llm frs obe".split())
_COMPANY_WORDS = frozenset(
    "ab administration ag agency alliance associates association bank board brothers bros bureau center centre co "
    "college commission committee community company consortium corp corporation council department division editors "
    "federation firm foundation fund gmbh group hospital inc industries institute international lab laboratories labs "
    "library limited llc llp ltd media ministry museum network news office organisation organization partners plc "
    "press project sa school services society sons staff studio studios systems team technologies times trust union "
    "university writers".split()
)
_NOBODY = frozenset({"false", "n/a", "no", "nobody", "none", "null", "off", "on", "true", "yes"})
_MOST_WORDS = 5


def names_in(text: str, *, is_list: bool = False, is_item: bool = False) -> tuple[str, ...]:
    """Return the people that a text names, in order; none if it is only a mail address.

    `is_list` says that the text stands for a list of people, as one under `authors` does, so that `Jo, Al` are two;
    elsewhere one word, a comma and one or two words are a family name and given names. `is_item` says that it is an
    item of a list, which already separates its people.
    """
    if text.lower() in _NOBODY:
        return ()
    if len(text) > _LONGEST or not _SPECIAL.search(text):
        return (text,)
    text = note_name(text)
    bare = _HANDLE.sub("", _MAIL.sub("", text)) if "@" in text or "<" in text else text
    bare = _BYLINE.sub("", bare, count=1) if _BYLINE.match(bare) else bare
    if is_item:
        parts = _without_degrees(to_text(bare).split(","))
        name = f"{parts[1]} {parts[0]}" if _is_turned(parts) else ", ".join(parts)
        return (name,) if name.strip("()<> ") else ()
    names: dict[str, None] = {}
    for piece in _ALWAYS.split(bare):
        for name in _people(to_text(piece).strip(" ,"), is_list=is_list):
            if name.strip("()<> "):
                names[note_name(name)] = None
    return tuple(names)


def _people(text: str, *, is_list: bool) -> list[str]:
    parts = _without_degrees(text.split(","))
    if len(parts) < 2:  # noqa: PLR2004 - nothing to separate
        return _joined(parts[0], _is_person) if parts else []
    last = _LAST.match(parts[-1])
    if last:
        parts[-1] = parts[-1][last.end() :]
    elif _is_turned(parts) and (not is_list or " " in parts[0] + parts[1]):
        return [f"{parts[1]} {parts[0]}"]
    if _is_inverted(parts):
        return [f"{given} {family}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    single = is_list or len(parts) > 2 or last is not None or _AND.search(parts[-1]) is not None  # noqa: PLR2004 - two might be one person's names
    people = [name for part in parts for name in _joined(part, _is_anybody if single else _is_person)]
    if all(_KEY.fullmatch(name) or (_is_anybody if single else _is_person)(name) for name in people):
        return people
    return [text]


def _without_degrees(parts: list[str]) -> list[str]:
    """Leave out academic degrees after a name; `Jr.` stays part of it."""
    kept: list[str] = []
    for part in map(str.strip, parts):
        word = part.lower().replace(".", "").strip()
        if kept and word in _SUFFIXES:
            kept[-1] = f"{kept[-1]} {part}"
        elif part and not (kept and word in _DEGREES):
            kept.append(part)
    return kept


def _joined(text: str, is_one: Callable[[str], bool]) -> list[str]:
    """Split a text at "and" if each part is one person."""
    parts = [part.strip() for part in _AND.split(text)]
    return parts if len(parts) > 1 and all(map(is_one, parts)) else [text]


def _is_anybody(text: str) -> bool:
    return _is_person(text) or _is_name(text)


def _is_person(text: str) -> bool:
    """Return whether a text looks like a name: two to four capitalised words, perhaps with particles."""
    words = text.split()
    if not words or len(words) > _MOST_WORDS or not all(map(_WORD.fullmatch, words)):
        return False
    if {word.lower().strip(".") for word in words} & _COMPANY_WORDS:
        return False
    if len(words) == 1:
        return _is_uncased(text)
    named = [word for word in words if word.lower() not in _PARTICLES or word[0].isupper()]
    return len(named) > 1 and all(word[0].isupper() or _is_uncased(word) or word[:2] in {"d'", "d’"} for word in named)


def _is_name(text: str) -> bool:
    return _WORD.fullmatch(text) is not None and text[0].isupper() and text.lower().strip(".") not in _COMPANY_WORDS


def _is_uncased(text: str) -> bool:
    return text.upper() == text.lower()


def _is_family_name(text: str) -> bool:
    *before, last = text.split() or [""]
    return _is_name(last) and all(word.lower() in _PARTICLES for word in before)


def _is_given_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= 2 and all(map(_is_name, words))  # noqa: PLR2004 - such as Donald Ervin


def _is_turned(parts: list[str]) -> bool:
    """Return whether the parts are `Doe` and `Jo`."""
    return len(parts) == 2 and _is_family_name(parts[0]) and _is_given_name(parts[1])  # noqa: PLR2004 - these two


def _is_inverted(parts: list[str]) -> bool:
    """Return whether the parts are family names, each followed by initials."""
    if len(parts) % 2:
        return False
    return all(map(_is_family_name, parts[::2])) and all(_INITIALS.fullmatch(part) for part in parts[1::2])
