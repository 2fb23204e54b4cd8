"""RSS, Atom and WordPress's exports, read by feedparser: each entry is an article at the address it links to."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from graph.reading.faults import Faults
from graph.reading.lists.outlines import Outline, outline_of
from graph.reading.lists.rows import (
    ArticleRow,
    absolute,
    html_to_line,
    media_type,
    to_clock,
    web_address,
    with_absolute_links,
)
from graph.reading.lists.wordpress import to_paragraphs
from graph.reading.lists.xml_text import to_utf8
from graph.urls import domain_of

_EXTRA = "pip install 'article-graph[feeds]'"
_LONGEST_EXCERPT = 500
_WORDPRESS_KINDS = {"post": "article", "page": "page"}
_WORDPRESS_STATES = {"publish": True, "draft": False, "pending": False, "private": False, "future": False}
_BLOGGER_KIND = "http://schemas.google.com/blogger/2008/kind#"
_BLOGGER_KINDS = frozenset({"post", "page"})
_NAMES = ("tag:", "urn:")
"""How identifiers begin that are never addresses of pages."""
_WORDPRESS_GROUPS = frozenset({"category", "post_tag"})
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_DAY = re.compile(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*")
_NO_TIME = "0000-00-00"

Entry = Mapping[str, Any]
"""What feedparser says of a feed or an entry."""


def read_feed(data: bytes, faults: Faults) -> Iterator[ArticleRow]:
    """Yield a row for each entry of a feed: posts and pages of a WordPress export, whatever else is in it aside.

    Linear in the bytes; the whole feed is held in memory while it is read.
    """
    try:
        import feedparser
    except ImportError:
        fact = "reading feeds needs feedparser, which is not installed"
        faults.add("missing-extra", fact, f"Install it with: {_EXTRA}")
        return
    document = to_utf8(data, faults)
    outline = outline_of(document, faults) if document is not None else None
    if outline is None:
        return
    # Bytes in a stream: a text that looks like an address would be fetched. The HTML goes through our own reader, which
    # keeps no markup at all; feedparser's takes minutes for a megabyte of unclosed comments.
    found = feedparser.parse(
        io.BytesIO(outline.document),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    feed, entries = found["feed"], found["entries"]
    lines = outline.lines if len(outline.lines) == len(entries) else [1] * len(entries)
    site = _FeedFacts(feed, outline, is_rss=found["version"].startswith("rss"))
    for line, entry in zip(lines, entries, strict=True):
        if (row := site.row(line, entry)) is not None:
            yield row


class _FeedFacts:
    """What a feed says of itself."""

    def __init__(self, feed: Entry, outline: Outline, *, is_rss: bool) -> None:
        self._names = outline.names
        self._is_rss = is_rss
        self._link = web_address(feed.get("link"))
        self._language = feed.get("language")
        self._authors = _authors(feed, outline.names) if "itunes_type" not in feed else []
        self._provider = _provider(feed)
        self._providers: dict[tuple[object, object], Mapping[str, object] | None] = {}

    def row(self, line: int, entry: Entry) -> ArticleRow | None:
        """Return the row of an entry; `None` for what WordPress and Blogger export beside posts and pages."""
        fields: dict[str, object] = {}
        if not _blogger_kinds(entry) <= _BLOGGER_KINDS or entry.get("blogger_trashed"):
            return None
        if "yes" in (entry.get("app_draft"), entry.get("draft")) or entry.get("blogger_status") == "DRAFT":
            fields["published"] = False
        kind = entry.get("wp_post_type")
        if kind is not None:
            state = entry.get("wp_status")
            if kind not in _WORDPRESS_KINDS or state not in _WORDPRESS_STATES:
                return None
            fields["published"] = _WORDPRESS_STATES[state]
        body, base, is_html = self._body(entry)
        published, updated = _moment(entry, "published", "created"), _moment(entry, "updated")
        if self._is_rss and published is None and kind is None:
            published, updated = updated, None  # RSS 1.0 knows one date only
        enclosures = [one for one in entry.get("enclosures", ()) if web_address(one.get("href"))]
        fields |= {
            "title": _text(entry, "title"),
            "url": self._address(entry, base),
            "date": published,
            "updated": updated,
            "authors": _authors(entry, self._names) or self._authors,
            "tags": _tags(entry),
            "excerpt": self._excerpt(entry, body),
            "image": _image(entry, enclosures, base),
            "provider": self._source(entry),
            "lang": entry.get("language") or self._language,
            "type": _WORDPRESS_KINDS.get(kind or "") or media_type(one.get("type") for one in enclosures),
            "duration": to_clock(entry.get("itunes_duration")),
            "enclosure": next((one["href"] for one in enclosures if not _is_picture(one)), None),
        }
        if kind is not None:
            fields["source_url"] = web_address(entry.get("id"))  # `/?p=12`, by which posts also link to each other
        stated = {name: value for name, value in fields.items() if value not in (None, "", [])}
        name, place = str(entry.get("wp_post_name") or ""), str(entry.get("blogger_filename") or "")
        place = place if place.startswith("/") else ""
        return ArticleRow(line, stated, with_absolute_links(body, base) if is_html else body, is_html, name, place)

    def _body(self, entry: Entry) -> tuple[str, str, bool]:
        """Return an entry's text, the base of its relative addresses, and whether it is HTML."""
        link = web_address(entry.get("link")) or self._link
        contents = [one for one in entry.get("content", ()) if isinstance(one.get("value"), str)]
        best = max(contents, key=lambda one: len(one["value"]), default=None)
        if best is None or not best["value"].strip():
            best = entry.get("summary_detail") or {}
            if len(best.get("value") or "") <= _LONGEST_EXCERPT and "wp_post_type" not in entry:
                return "", link, False
        value = best.get("value") or ""
        if "wp_post_type" in entry:
            value = to_paragraphs(value)
        is_html = best.get("type") in _HTML_TYPES or "wp_post_type" in entry
        return value, absolute(best.get("base") or "", link) or link, is_html

    def _address(self, entry: Entry, base: str) -> str | None:
        """Return an entry's link, or its identifier if that is an address."""
        link = entry.get("link")
        if link and not link.startswith(_NAMES):  # feedparser takes the identifier where there is no link
            return absolute(link, base)
        return web_address(entry.get("id")) or None

    def _excerpt(self, entry: Entry, body: str) -> str | None:
        written = entry.get("excerpt_encoded")
        if isinstance(written, str) and written.strip():
            return html_to_line(written)
        if "wp_post_type" in entry or entry.get("summary", "") == body:
            return None
        return _text(entry, "summary")

    def _source(self, entry: Entry) -> Mapping[str, object] | None:
        """Return the publisher of an entry: the feed that an aggregator took it from, or this one."""
        source = entry.get("source")
        if not isinstance(source, Mapping) or not source.get("title"):
            return self._provider
        key = (source.get("title"), source.get("href") or source.get("link"))
        if key not in self._providers:
            self._providers[key] = _provider(source)
        return self._providers[key]


def _provider(feed: Entry) -> Mapping[str, object] | None:
    address = web_address(feed.get("link")) or web_address(feed.get("href"))
    provider = {"name": _text(feed, "title"), "domain": domain_of(address) if address else None}
    stated = {name: value for name, value in provider.items() if value}
    return stated or None


def _text(entry: Entry, field: str) -> str | None:
    value = entry.get(field)
    if not isinstance(value, str) or not value.strip():
        return None
    detail = entry.get(f"{field}_detail") or {}
    return html_to_line(value) if detail.get("type") in _HTML_TYPES else " ".join(value.split())


def _moment(entry: Entry, *names: str) -> str | None:
    """Return a time in UTC, or as written where feedparser does not understand it."""
    written = entry.get(f"wp_post_{'modified' if 'updated' in names else 'date'}_gmt")
    if isinstance(written, str) and written.strip() and not written.startswith(_NO_TIME):
        return written.strip() + "Z"
    for name in names:
        # `updated` stands for `published` where it is missing, unless it is looked for as in any dictionary.
        value = dict.get(entry, name) if isinstance(entry, dict) else None
        parsed = dict.get(entry, f"{name}_parsed") if isinstance(entry, dict) else None
        if not isinstance(value, str) or not value.strip():
            continue
        if parsed is None or _DAY.fullmatch(value):
            return value
        try:
            return time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed)
        except (ValueError, TypeError):
            return value
    return None


def _authors(entry: Entry, names: Mapping[str, str]) -> list[object]:
    """Return the authors of a feed or an entry; WordPress's by their display names."""
    authors: dict[str, object] = {}
    for author in entry.get("authors", ()):
        name = str(author.get("name") or "").strip()
        if name := names.get(name, name):
            address = web_address(author.get("href"))
            authors.setdefault(name, {"name": name, "url": address} if address else name)
    return list(authors.values())


def _blogger_kinds(entry: Entry) -> AbstractSet[str]:
    """Return what Blogger says that an entry is: a post, a page, a comment, a setting; nothing in other feeds."""
    said = [str(tag.get("term")) for tag in entry.get("tags", ())]
    kinds = {term.removeprefix(_BLOGGER_KIND) for term in said if term.startswith(_BLOGGER_KIND)}
    return kinds or {str(entry["blogger_type"]).lower()} if "blogger_type" in entry else kinds


def _tags(entry: Entry) -> list[str]:
    """Return the categories of an entry by their labels, without WordPress's post formats."""
    tags: dict[str, None] = {}
    for tag in entry.get("tags", ()):
        label = tag.get("label") or tag.get("term")
        if "wp_post_type" in entry and tag.get("scheme") not in _WORDPRESS_GROUPS:
            continue
        if str(label).startswith(_BLOGGER_KIND):
            continue
        if isinstance(label, str) and label.strip():
            tags[html_to_line(label)] = None
    return list(tags)


def _image(entry: Entry, enclosures: list[Entry], base: str) -> str | None:
    pictures = [
        one.get("url") for one in entry.get("media_content", ()) if _is_picture(one) or one.get("medium") == "image"
    ]
    pictures += [one.get("url") for one in entry.get("media_thumbnail", ())]
    pictures += [one.get("href") for one in enclosures if _is_picture(one)]
    picture = entry.get("image")
    pictures.append(picture.get("href") if isinstance(picture, Mapping) else None)
    found = next((one for one in pictures if isinstance(one, str) and one), None)
    return absolute(found, base) if found else None


def _is_picture(one: Entry) -> bool:
    return str(one.get("type") or "").startswith("image/")
