"""Which HTML a parser would take too long for: it is quadratic in open elements, in attributes and in open formatting.

The check is coarse on purpose: no page that people write comes near it, and what it refuses is read without a parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DEEPEST = 2_000
"""Elements that may be open at once."""

_MOST_FORMATS = 200
"""Formatting elements that may be open at once; a browser opens each of them again in every paragraph."""

_LONGEST_TAG = 5_000
"""Characters of a tag outside its quotes, and so a bound of its attributes."""

_FEW = 200
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_QUOTED = re.compile(r"\"[^\"<>]*\"|'[^'<>]*'")
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{_LONGEST_TAG}}}")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"})
_CLOSING = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in _RAW}
_NEVER_NESTS = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option".split()
)
_FORMATS = frozenset("a b big code em font i nobr s small strike strong tt u".split())


def is_costly(text: str) -> bool:
    """Return whether parsing a text would take time that grows with its square. Linear."""
    if len(text) > _LONGEST_TAG and _LONG_TAG.search(_QUOTED.sub("", text)):
        return True
    if text.count("<") <= _FEW:
        return False
    stack: list[str] = []
    formats = 0
    for closes, name in _tags(text):
        if not closes:
            stack.append(name)
            formats += name in _FORMATS
            if len(stack) > _DEEPEST or formats > _MOST_FORMATS:
                return True
        elif stack and stack[-1] == name:
            stack.pop()
            formats -= name in _FORMATS
    return False


def _tags(text: str) -> Iterator[tuple[bool, str]]:
    """Yield whether each tag closes, and its name; void elements, comments and raw text are left out."""
    position = 0
    while found := _TAG.search(text, position):
        comment = text.find("<!--", position, found.start())
        if comment != -1:
            end = text.find("-->", comment + len("<!--"))
            if end == -1:
                return
            if end > found.start():
                position = end
                continue
        position = found.end()
        name = found[2].lower()
        if name in _RAW and not found[1]:
            if (closing := _CLOSING[name].search(text, position)) is None:
                return
            position = closing.start()
        elif name not in _NEVER_NESTS:
            yield bool(found[1]), name
