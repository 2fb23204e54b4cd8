"""An HTML page says what it is in its head: title, description, canonical address, author, date."""

from __future__ import annotations

import re
from html.parser import HTMLParser

__all__ = ["looks_like_html", "read_html"]

_OPENING = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
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
_LONGEST_PAGE = 2_000_000
_SILENT = frozenset({"script", "style", "template", "noscript"})


def looks_like_html(text: str) -> bool:
    """Tell whether a text is an HTML page and not prose."""
    return _OPENING.match(text[:2000]) is not None


def read_html(text: str) -> tuple[dict[str, object], str]:
    """Return the fields an HTML page states in its head, by the names of front matter, and its visible text.

    Only the first two million characters are read.
    """
    page = _Page()
    page.feed(text[:_LONGEST_PAGE])
    page.close()
    fields: dict[str, object] = dict(page.fields)
    title = " ".join("".join(page.title).split())
    if title:
        fields["title"] = title
    keywords = fields.pop("keywords", None)
    if isinstance(keywords, str):
        fields["keywords"] = [word.strip() for word in keywords.split(",") if word.strip()]
    return fields, " ".join(" ".join(page.text).split())


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, str] = {}
        self.title: list[str] = []
        self.text: list[str] = []
        self._silent = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag == "title":
            self._in_title = not self.title
        elif tag == "html" and values.get("lang"):
            self.fields.setdefault("lang", values["lang"])
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self.fields["url"] = values.get("href", "")
        elif tag == "meta":
            name = _META.get((values.get("property") or values.get("name", "")).lower())
            if name and values.get("content"):
                self.fields.setdefault(name, values["content"])

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        elif tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        elif not self._silent:
            self.text.append(data)
