"""JSON Feed (https://www.jsonfeed.org/version/1.1/): each item is an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph.reading.lists.rows import ArticleRow, absolute, media_type, to_clock, web_address, with_absolute_links
from graph.urls import domain_of


def read_json_feed(
    feed: Mapping[str, object], items: Iterable[tuple[int, Mapping[str, object]]]
) -> Iterator[ArticleRow]:
    """Yield a row for each item of a feed, given what the feed says of itself."""
    home = web_address(feed.get("home_page_url")) or web_address(feed.get("feed_url"))
    provider = {"name": feed.get("title"), "domain": domain_of(home) if home else None}
    provider = {name: value for name, value in provider.items() if isinstance(value, str) and value}
    for line, item in items:
        link = absolute(item.get("url"), home) or web_address(item.get("id"))
        base = link or home
        body = item.get("content_html")
        is_html = isinstance(body, str) and bool(body)
        text = body if is_html else item.get("content_text")
        enclosure = _enclosure(item.get("attachments"))
        fields = {
            "title": item.get("title"),
            "url": link or web_address(item.get("external_url")),
            "date": item.get("date_published"),
            "updated": item.get("date_modified"),
            "authors": _authors(item) or _authors(feed),
            "tags": item.get("tags") if isinstance(item.get("tags"), list) else None,
            "excerpt": item.get("summary"),
            "image": absolute(item.get("image") or item.get("banner_image"), base),
            "provider": provider,
            "lang": item.get("language") or feed.get("language"),
            "type": media_type([enclosure.get("mime_type")]),
            "duration": to_clock(enclosure.get("duration_in_seconds")),
            "enclosure": enclosure.get("url"),
            "externalUrl": item.get("external_url") if link else None,
        }
        stated = {name: value for name, value in fields.items() if value not in (None, "", [], {})}
        written = text if isinstance(text, str) else ""
        yield ArticleRow(line, stated, with_absolute_links(written, base) if is_html else written, is_html)


def _authors(stated: Mapping[str, object]) -> list[object]:
    """Return the authors of an item; version 1 of the format has only one."""
    authors = stated.get("authors")
    found: list[object] = []
    for author in authors if isinstance(authors, list) else [stated.get("author")]:
        if isinstance(author, dict) and isinstance(author.get("name"), str) and author["name"].strip():
            person = {
                "name": author["name"],
                "url": web_address(author.get("url")),
                "image": web_address(author.get("avatar")),
            }
            found.append({name: value for name, value in person.items() if value})
    return found


def _enclosure(attachments: object) -> Mapping[str, object]:
    first = attachments[0] if isinstance(attachments, list) and attachments else None
    return first if isinstance(first, dict) else {}
