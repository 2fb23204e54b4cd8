"""Feeds and lists: one article in each file, so that it is known by its file, in nine forms."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from benchmarks.comparing import Expected
from benchmarks.dialects.common import authors_of, topics_of
from benchmarks.dialects.shape import Site
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_ROOT = "https://feeds.example"
_PUBLISHER = "The log"


@dataclass(frozen=True, slots=True)
class _Entry:
    """An article before it is written in any form."""

    slug: str
    title: str
    day: str
    authors: Sequence[str]
    topics: Sequence[str]
    html: str

    @property
    def address(self) -> str:
        return f"{_ROOT}/{self.slug}/"


def site() -> Site:
    """Return a folder of feeds, exports, lists and sitemaps."""
    entries = [_entry(number) for number in range(len(SUBJECTS))]
    files, expected = {}, []
    for number, entry in enumerate(entries):
        form = _FORMS[number % len(_FORMS)]
        path = f"{form.name}/{entry.slug}.{form.ending}"
        files[path] = form.write(entry)
        targets = _targets(number) if form.has_text else ()
        expected.append(
            Expected(
                path,
                entry.title if form.has_text else entry.slug.replace("-", " "),
                entry.day if form.has_text else None,
                tuple(entry.authors) if form.has_text else (),
                tuple(entry.topics) if form.has_text else (),
                _PUBLISHER if form.has_publisher else None,
                entry.address,
                links=tuple(_path(other, entries) for other in targets),
                outside=(f"https://almanac.example/{number}",) if form.has_text else (),
            )
        )
    return Site(f"{_ROOT}/", files, expected)


def _targets(number: int) -> tuple[int, ...]:
    return tuple((number + step) % len(SUBJECTS) for step in (1, 4))


def _path(number: int, entries: Sequence[_Entry]) -> str:
    form = _FORMS[number % len(_FORMS)]
    return f"{form.name}/{entries[number].slug}.{form.ending}"


def _entry(number: int) -> _Entry:
    subject = SUBJECTS[number]
    one, two = (f"{_ROOT}/{SUBJECTS[other].slug}/" for other in _targets(number))
    text = (
        f"<p>{subject.sentence}</p><p>Compare <a href='{one}'>this</a> and <a href='{two}?utm_source=feed'>that</a>, "
        f"or <a href='https://almanac.example/{number}'>the almanac</a>.</p><!-- <a href='/gone'>x</a> -->"
    )
    return _Entry(subject.slug, subject.title, DAYS[number], authors_of(number)[:1], topics_of(number), text)


def _rss(entry: _Entry) -> str:
    day = format_datetime(datetime.fromisoformat(entry.day).replace(hour=9, tzinfo=UTC), usegmt=True)
    topics = "".join(f"<category>{escape(topic)}</category>" for topic in entry.topics)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"<channel><title>{_PUBLISHER}</title><link>{_ROOT}/</link><description>Of the sea.</description>\n"
        f"<item><title>{escape(entry.title)}</title><link>{entry.address}?utm_source=rss</link><pubDate>{day}</pubDate>"
        f"<dc:creator>{entry.authors[0]}</dc:creator>{topics}\n"
        f"<content:encoded><![CDATA[{entry.html}]]></content:encoded></item></channel></rss>\n"
    )


def _atom(entry: _Entry) -> str:
    topics = "".join(f'<category term="{escape(topic)}"/>' for topic in entry.topics)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{_ROOT}/">\n'
        f'<title>{_PUBLISHER}</title><link href="{_ROOT}/"/><id>urn:log</id><updated>{entry.day}T12:00:00Z</updated>\n'
        f'<entry><title>{escape(entry.title)}</title><link href="{entry.slug}/"/><id>urn:{entry.slug}</id>'
        f"<published>{entry.day}T10:00:00+02:00</published><updated>{entry.day}T12:00:00Z</updated>"
        f"<author><name>{entry.authors[0]}</name></author>{topics}\n"
        f'<content type="html">{escape(entry.html)}</content></entry></feed>\n'
    )


def _wordpress(entry: _Entry) -> str:
    topics = "".join(f'<category domain="post_tag"><![CDATA[{topic}]]></category>' for topic in entry.topics)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:wp="http://wordpress.org/export/1.2/">\n'
        f"<channel><title>{_PUBLISHER}</title><link>{_ROOT}</link><wp:wxr_version>1.2</wp:wxr_version>\n"
        "<wp:author><wp:author_login>one</wp:author_login><wp:author_display_name>"
        f"<![CDATA[{entry.authors[0]}]]></wp:author_display_name></wp:author>\n"
        f"<item><title><![CDATA[{entry.title}]]></title><link>{entry.address}</link><dc:creator>one</dc:creator>"
        f"<content:encoded><![CDATA[<!-- wp:paragraph -->{entry.html}]]></content:encoded>"
        f"<wp:post_date_gmt>{entry.day} 10:00:00</wp:post_date_gmt><wp:post_name>{entry.slug}</wp:post_name>"
        f"<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{topics}</item></channel></rss>\n"
    )


def _json_feed(entry: _Entry) -> str:
    item = {
        "id": entry.slug,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": f"{entry.day}T07:00:00+01:00",
        "tags": entry.topics,
        "authors": [{"name": name} for name in entry.authors],
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": _PUBLISHER, "home_page_url": _ROOT, "items": [item]}
    return json.dumps(feed, ensure_ascii=False, indent=1)


def _ghost(entry: _Entry) -> str:
    post = {"id": "p", "title": entry.title, "slug": entry.slug, "html": entry.html, "status": "published"}
    post |= {"type": "post", "published_at": f"{entry.day}T10:00:00.000Z"}
    data = {
        "settings": [{"key": "title", "value": _PUBLISHER}],
        "posts": [post],
        "tags": [{"id": str(number), "name": name} for number, name in enumerate(entry.topics)],
        "posts_tags": [{"post_id": "p", "tag_id": str(number)} for number, _ in enumerate(entry.topics)],
        "users": [{"id": "u", "name": entry.authors[0]}],
        "posts_authors": [{"post_id": "p", "author_id": "u"}],
    }
    return json.dumps({"db": [{"meta": {"version": "5.0.0"}, "data": data}]}, ensure_ascii=False, indent=1)


def _object(entry: _Entry) -> str:
    said = {"title": entry.title, "link": entry.address, "created_at": entry.day, "byline": entry.authors[0]}
    return json.dumps({**said, "tags": entry.topics, "content_html": entry.html}, ensure_ascii=False)


def _table(entry: _Entry) -> str:
    said = (entry.title, entry.address, entry.authors[0], "|".join(entry.topics), entry.day, entry.html)
    cells = ",".join('"' + cell.replace('"', '""') + '"' for cell in said)
    return f"Title,URL,Author,Tags,Published At,HTML\n{cells}\n"


def _sitemap(entry: _Entry) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"<url><loc>{entry.address}</loc><lastmod>{entry.day}</lastmod></url>\n</urlset>\n"
    )


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write an article."""

    name: str
    ending: str
    write: Callable[[_Entry], str]
    has_publisher: bool = False
    has_text: bool = True


_FORMS = (
    _Form("rss", "rss", _rss, has_publisher=True),
    _Form("atom", "atom", _atom, has_publisher=True),
    _Form("wordpress", "xml", _wordpress, has_publisher=True),
    _Form("jsonfeed", "json", _json_feed, has_publisher=True),
    _Form("ghost", "json", _ghost, has_publisher=True),
    _Form("list", "json", lambda entry: f"[{_object(entry)}]\n"),
    _Form("lines", "jsonl", lambda entry: f"{_object(entry)}\n"),
    _Form("table", "csv", _table),
    _Form("sitemap", "xml", _sitemap, has_text=False),
)
