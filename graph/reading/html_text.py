"""An HTML page says what it is in its head: title, description, canonical address, author, date.

Pages are cut into tags and text by the rules of the HTML standard, as far as these matter here, in one pass whose time
is linear whatever the page holds; what never closes reaches to the end of the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

__all__ = ["looks_like_html", "read_html"]

_OPENING = re.compile(
    r"(?>\s*(?:<!--(?:(?!-->).)*-->\s*)*)<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_PROBE = 2_000
_LONGEST_PAGE = 2_000_000
_META = {
    "description": "excerpt",
    "og:description": "excerpt",
    "og:title": "title",
    "og:url": "url",
    "article:published_time": "date",
    "article:modified_time": "modified",
    "author": "author",
    "keywords": "keywords",
    "og:site_name": "provider",
    "og:image": "image",
}
_SILENT = frozenset({"script", "style", "template", "noscript"})
_TAG_NAME = re.compile(r"/?[A-Za-z][^\s/>]*+")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?:(?P<end>>)|(?P<name>[^\s/>][^\s/>=]*+)"""
    r"""(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]*+)))?+)"""
)
_ENDLESS_NUMBER = re.compile(r"&#[0-9]{9,}+;?")

_Token = tuple[str, str, dict[str, str]]
"""A tag's name, with `/` before it where the tag closes, and its attributes; or no name, and text."""


def looks_like_html(text: str) -> bool:
    """Tell whether a text is an HTML page and not prose."""
    return _OPENING.match(text[:_PROBE]) is not None


def read_html(text: str) -> tuple[dict[str, object], str]:
    """Return the fields an HTML page states in its head, by the names of front matter, and its visible text.

    Only the first two million characters are read.
    """
    fields: dict[str, object] = {}
    title: list[str] = []
    visible: list[str] = []
    silent = 0
    for name, piece, attributes in _tokens(text[:_LONGEST_PAGE]):
        if name == "title":
            title = title or [piece]
        elif name in _SILENT:
            silent += 1
        elif name.removeprefix("/") in _SILENT:
            silent = max(0, silent - 1)
        elif name:
            _take(name, attributes, fields)
        elif not silent:
            visible.append(piece)
    if stated := " ".join("".join(title).split()):
        fields["title"] = stated
    keywords = fields.pop("keywords", None)
    if isinstance(keywords, str):
        fields["keywords"] = [word.strip() for word in keywords.split(",") if word.strip()]
    return fields, " ".join(" ".join(visible).split())


def _take(name: str, attributes: dict[str, str], fields: dict[str, object]) -> None:
    """Add what a tag states to the fields; of `meta`, what is stated first counts."""
    if name == "html" and attributes.get("lang"):
        fields.setdefault("lang", attributes["lang"])
    elif name == "link" and "canonical" in attributes.get("rel", "").lower().split():
        fields["url"] = attributes.get("href", "")
    elif name == "meta":
        field = _META.get((attributes.get("property") or attributes.get("name", "")).lower())
        if field and attributes.get("content"):
            fields.setdefault(field, attributes["content"])


def _tokens(page: str) -> Iterator[_Token]:
    """Yield the tags and texts of a page; a title's text comes with its tag, scripts and styles are passed over."""
    position = 0
    while position < len(page):
        start = page.find("<", position)
        if start != position:
            yield "", _unescaped(page[position : start if start != -1 else len(page)]), {}
        if start == -1:
            return
        found = _TAG_NAME.match(page, start + 1)
        if found is None:
            position = _after_no_tag(page, start)
            if position == start + 1:
                yield "", "<", {}
            continue
        name = found[0].lower()
        attributes, position = _attributes(page, found.end())
        if name in ("script", "style"):
            position = _end_of(name, page, position)
        if name == "title":
            end = _end_of(name, page, position)
            yield name, _unescaped(page[position:end]), {}
            position = end
        else:
            yield name, "", attributes


def _after_no_tag(page: str, start: int) -> int:
    """Return where a `<` that opens no tag ends: after a comment or declaration, or at once, being text."""
    if page.startswith("<!--", start):
        closing, length = "-->", 3
    elif page[start + 1 : start + 2] in ("!", "?", "/") and start + 2 < len(page):
        closing, length = ">", 1
    else:
        return start + 1
    end = page.find(closing, start + 2)
    return len(page) if end == -1 else end + length


def _attributes(page: str, position: int) -> tuple[dict[str, str], int]:
    """Return a tag's attributes, of equal names the first, and where the tag ends; with the page, if it never does."""
    attributes: dict[str, str] = {}
    while found := _ATTRIBUTE.match(page, position):
        position = found.end()
        if found["end"]:
            return attributes, position
        value = found["double"] or found["single"] or found["bare"] or ""
        attributes.setdefault(found["name"].lower(), _unescaped(value))
    return {}, len(page)


def _end_of(name: str, page: str, position: int) -> int:
    """Return where the closing tag of a title, script or style begins; the end of the page if there is none."""
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, position)
    return found.start() if found else len(page)


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    return html.unescape(_ENDLESS_NUMBER.sub("\ufffd", text))
