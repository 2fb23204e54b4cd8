"""Titles, summaries and names that are written with markup become plain text.

Only what is certainly markup is removed: `snake_case`, `2 * 3`, `Vec<T>`, `__init__`, `[Draft]`, `$HOME` and `AT&T`
stay.
"""

from __future__ import annotations

import html

import pyromark

from graph.expressions import expression
from graph.names import to_text
from graph.reading.templates import without_braces

_SIGN = expression(r"[*_`\\\[<&{]")
"""What any markup has; quick to look for."""

_MARKUP = expression(r"[*`]|(?<![^\W_])_|\]\(|\[\[|</?[A-Za-z!]|&#?\w+;|\{[{%#]|\\[*_`\[<&{\\]")
_ENTITY = expression(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NAME_OF_PROGRAM = expression(r"(?<!\w)__([a-z][a-z0-9_]{0,60}?)__(?!\w)")
"""A name such as `__init__`, which is not bold."""

_LONE_ASTERISK = expression("(?<=[0-9A-Za-z\u00c0-\u058f])\\*(?=[0-9A-Za-z\u00c0-\u058f])")
"""An asterisk inside a word or a product, which is not italic, in scripts that put spaces between words."""

_HEADING_NAME = expression(r"(?<!\s)\s*+\{[#.:][^{}]*\}\s*$")
_BRACES = ("{{", "{%", "{#")
_BEFORE = "x "
"""What keeps the text from being a heading, a list or a quote."""

_ASTERISK, _UNDERSCORE = "\ufdd0", "\ufdd1"
"""Placeholders for signs that are not markup; no text has these characters."""

_OPTIONS = pyromark.Options.ENABLE_WIKILINKS
_TAG = expression(r"</?([A-Za-z][A-Za-z0-9]*)(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>")
_TAGS = frozenset(
    "a abbr b bdi bdo big br cite code del dfn div em font h1 h2 h3 h4 h5 h6 hr i img ins kbd mark nobr p q rp rt ruby "
    "s samp small span strike strong sub sup time tt u var wbr".split()
)
"""The elements of HTML with which people mark words; others in a title are what it is about."""

_BREAKS = frozenset({"br", "p", "div", "hr"})


def to_plain(text: str) -> str:
    """Return one line of text without Markdown, HTML tags, entities and templates. Linear."""
    if not _SIGN.search(text) or not _MARKUP.search(text):
        return text
    if any(sign in text for sign in _BRACES):
        text = without_braces(text)
        text = _HEADING_NAME.sub("", text)
    text = _NAME_OF_PROGRAM.sub(rf"{_UNDERSCORE * 2}\1{_UNDERSCORE * 2}", text)
    text = _LONE_ASTERISK.sub(_ASTERISK, text)
    parts: list[str] = []
    pictures = 0
    for event in pyromark.events(_BEFORE + text.encode(errors="replace").decode(), options=_OPTIONS):
        if isinstance(event, str):
            parts.append(" " if event in {"SoftBreak", "HardBreak"} else "")
            continue
        ((kind, value),) = event.items()
        if kind in {"Start", "End"} and "Image" in str(value)[:9]:
            pictures += 1 if kind == "Start" else -1
        elif pictures:
            continue
        elif kind in {"Text", "Code"}:
            parts.append(str(value))
        elif kind == "InlineHtml":
            parts.append(_shown(str(value)))
    plain = "".join(parts).removeprefix(_BEFORE.strip()).replace(_ASTERISK, "*").replace(_UNDERSCORE, "_")
    return to_text(plain)


def without_entities(text: str) -> str:
    """Return a text in which `&amp;`, `&#8211;` and other HTML entities are replaced by characters."""
    return to_text(_ENTITY.sub(lambda found: html.unescape(found.group()), text)) if "&" in text else text


def _shown(tag: str) -> str:
    """Return the visible part of a tag: nothing, or all of it if HTML has no such tag."""
    if tag.startswith(("<!--", "<!", "<?")):
        return ""
    found = _TAG.fullmatch(tag)
    name = found[1].lower() if found else ""
    if name not in _TAGS:
        return tag
    return " " if name in _BREAKS else ""
