"""A row of a list is an article: its fields under the names of front matter, and its text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache, partial
from itertools import islice
from urllib.parse import urljoin

import msgspec

from graph.reading.fields import Dialect
from graph.reading.html_text import read_fragment

_SAMPLE = 100
"""Rows by which a list is judged."""
_LONGEST_NAME = 200
_MOST_PLANS, _MOST_NAMES = 1_000, 100


class ArticleRow(msgspec.Struct, frozen=True):
    """One article of a list."""

    line: int
    """Where it begins in the file, from 1."""
    fields: Mapping[str, object]
    """What it says of itself, under the names of front matter."""
    body: str = ""
    """Its text."""
    is_html: bool = False
    """Whether the text is a piece of HTML, and not plain text or Markdown."""
    name: str = ""
    """Its slug or identifier in the list; may be empty."""
    place: str = ""
    """The path of its page on its site, beginning with `/`, where only that is known."""


_MEANINGS = {
    "url": "link href uri permalink web_url article_url page_url post_url external_url resolved_url given_url",
    "title": "post_title article_title page_title resolved_title given_title",
    "date": "created created_at date_published published_date publication_date publish_date published_on pub_date "
    "date_created datepublished posted posted_at timestamp time_added date_added added_at",
    "updated": "updated_at modified_at date_modified last_modified datemodified",
    "author": "creator writer byline author_name by",
    "tags": "tag tag_list topic keyword subjects",
    "published": "is_published",
    "excerpt": "subtitle lead teaser blurb snippet standfirst meta_description custom_excerpt",
    "image": "thumbnail thumbnail_url image_url cover cover_image featured_image feature_image banner_image picture",
    "provider": "site_name publication outlet newspaper source_name blog blog_name",
}
"""What lists call the fields of articles, beyond the names that front matter uses for them."""
_MEANING_OF = {name: field for field, names in _MEANINGS.items() for name in names.split()}
_DESCRIBED = {"user": ("author", "authors"), "organization": ("provider", "provider")}
"""Names of objects that describe an author or publisher, as in Forem, with the name that front matter uses and the
field. A text or number with such a name may mean anybody."""

_BODIES = ("content_html", "html", "body_html", "content", "body", "text", "markdown", "body_markdown", "content_text")
BODIES = frozenset(_BODIES)
"""What lists call the text of an article."""

_HTML_BODIES = frozenset({"content_html", "html", "body_html"})
_NAMES = ("slug", "id", "_id", "post_id", "uuid", "guid", "key")
_OTHERWISE_IN_LISTS = frozenset({"link"})
"""Names that mean the address in lists, but something else in front matter."""
_TELLING = frozenset({"published_at", "topics", "authors"})
_TIMES = frozenset({"published_at", "modified_at", "starts_at", "ends_at"})
_SEPARATORS = re.compile(r"[,;|]")
_OTHERS = re.compile(r"[;|]")
_NOT_NAME = re.compile(r"[\s-]+")
_EPOCH = re.compile(r"[0-9]{9,14}(?:\.[0-9]{1,9})?")
_DATED = re.compile(r"[0-9]{4}-")
_MILLISECONDS = 10**11
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|<!--")
_LINK = re.compile(r"""\b(href|src)\s{0,9}=\s{0,9}(["'])(?![a-zA-Z][a-zA-Z0-9+.-]{0,20}:|#|//)([^"'<>]{1,2000})\2""")


class RowMaker:
    """Makes rows of mappings with any names: of a JSON list, a line of JSON, a table.

    Rows of one list state the same fields in the same order, so what each means is remembered.
    """

    def __init__(self, dialect: Dialect, *, is_named: bool) -> None:
        """Take the names of an article's fields, and whether the user named the file itself."""
        self._dialect, self._is_named = dialect, is_named
        self._plan_of = lru_cache(_MOST_PLANS)(partial(_plan, dialect=dialect))

    def row(self, line: int, raw: Mapping[str, object]) -> ArticleRow:
        """Return the row that a mapping states."""
        keys = tuple(raw)
        plan = self._plan_of(keys) if len(keys) <= _MOST_NAMES else _plan(keys, self._dialect)
        fields: dict[str, object] = {}
        for key, field, tidy in plan.fields:
            value = _rendered(raw[key])
            if field == "published" and isinstance(value, str) and _DATED.match(value):
                field = "date"  # noqa: PLW2901 - Atom's word, where front matter has a truth value
            if value is None or value in ("", []) or field in fields:
                continue
            kept = value if tidy is None else tidy(value)
            if kept is not None:
                fields[field] = kept
        for key, (name, meaning) in _DESCRIBED.items():
            is_described = isinstance(described := fields.get(key), dict) and described.get("name")
            if is_described and meaning not in self._dialect.layout_of(fields):
                fields[name] = fields.pop(key)
        body = next((key for key in plan.bodies if isinstance(_rendered(raw[key]), str) and raw[key]), None)
        text = str(_rendered(raw[body])) if body is not None else ""
        is_html = body is not None and (body.lower() in _HTML_BODIES or _is_rendered(raw[body]))
        names = (raw[key] for key in plan.names)
        name = next((str(one)[:_LONGEST_NAME] for one in names if isinstance(one, str | int) and one != ""), "")
        return ArticleRow(line, fields, text, is_html or _TAG.match(text.lstrip()) is not None, name)

    def fits(self, rows: Iterable[Mapping[str, object]]) -> bool:
        """Return whether most of the first hundred rows are articles: with a title, and with what menus and data lack.

        That is an absolute address, a date, an author, topics or a text; in a file that the user named, a title or an
        address will do.
        """
        verdicts = [self._fits(self.row(0, raw)) for raw in islice(rows, _SAMPLE)]
        return bool(verdicts) and sum(verdicts) * 2 >= len(verdicts)

    def is_whole(self, row: ArticleRow) -> bool:
        """Return whether a single row is an article: with a title, a time, an absolute address and a text.

        In a file that the user named, a title and an address are enough.
        """
        stated = self._dialect.layout_of(row.fields)
        is_told = self._is_named or ("published_at" in stated and bool(row.body))
        return is_told and "title" in stated and _has_address(row, stated)

    def _fits(self, row: ArticleRow) -> bool:
        stated = self._dialect.layout_of(row.fields)
        if self._is_named:
            return "title" in stated or "url" in stated
        tells_more = not _TELLING.isdisjoint(stated) or bool(row.body)
        return "title" in stated and (tells_more or _has_address(row, stated))


def _has_address(row: ArticleRow, stated: Mapping[str, Sequence[str]]) -> bool:
    return any(web_address(row.fields[name]) for name in stated.get("url", ()))


class _Plan(msgspec.Struct, frozen=True):
    fields: Sequence[tuple[str, str, Callable[[object], object] | None]]
    """Each name, the one that front matter has for it, and what tidies the value; the preferred names first."""
    bodies: Sequence[str]
    """Names of what may be the text, the preferred one first."""
    names: Sequence[str]
    """Names of what may be the slug or identifier, the preferred one first."""


def _plan(keys: Sequence[str], dialect: Dialect) -> _Plan:
    plain = {key: _plain_name(key) for key in keys}
    bodies = sorted((key for key in keys if plain[key] in _BODIES), key=lambda key: _BODIES.index(plain[key]))
    names = sorted((key for key in keys if plain[key] in _NAMES), key=lambda key: _NAMES.index(plain[key]))
    used = {*bodies[:1], *names[:1]}
    fields = []
    for key in keys:
        if key not in used:
            field = _field_of(plain[key], dialect)
            meanings = {meaning for meaning, _ in dialect.meanings.get(field.lower(), ())}
            fields.append((key, field, _tidier(meanings)))
    fields.sort(key=lambda one: plain[one[0]] != one[1])
    return _Plan(fields, bodies, names)


def html_to_line(text: str) -> str:
    """Return a piece of HTML as plain text on one line."""
    return " ".join((read_fragment(text).text if "<" in text or "&" in text else text).split())


def to_clock(duration: object) -> object:
    """Return a duration in seconds as a clock shows it, `1:02:03` or `25:00`; whatever else it is, as it is."""
    text = str(duration).strip() if isinstance(duration, str | int | float) else ""
    if not text.replace(".", "", 1).isdecimal() or len(text) > len("1000000.0"):
        return duration
    minutes, seconds = divmod(int(float(text)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def absolute(address: object, base: str) -> str:
    """Return an address, resolved against a base; as it is where it cannot be."""
    if not isinstance(address, str):
        return ""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address


def media_type(kinds: Iterable[object]) -> str:
    """Return the type of an article by the media types of what is enclosed: a podcast, a video or an article."""
    families = {str(kind or "").partition("/")[0] for kind in kinds}
    return "podcast" if "audio" in families else "video" if "video" in families else "article"


def web_address(value: object) -> str:
    """Return an http or https address; empty for anything else."""
    return value.strip() if isinstance(value, str) and value.strip().lower().startswith(("http://", "https://")) else ""


def with_absolute_links(html: str, base: str) -> str:
    """Return a piece of HTML whose relative links and pictures are resolved against a base."""
    if not base:
        return html
    return _LINK.sub(lambda found: f"{found[1]}={found[2]}{absolute(found[3], base)}{found[2]}", html)


def _field_of(key: str, dialect: Dialect) -> str:
    """Return the name that front matter has for a field."""
    is_known = key.lower() in dialect.meanings and key not in _OTHERWISE_IN_LISTS
    return key if is_known else _MEANING_OF.get(key.lower(), key)


def _tidier(meanings: AbstractSet[str]) -> Callable[[object], object] | None:
    """Return what writes a value as front matter would, or `None` for what may stay as it is.

    It returns `None` for values that say nothing, such as the number of an author.
    """
    if "topics" in meanings:
        return _to_topics
    if "authors" in meanings:
        return _to_authors
    if meanings & {"related", "parts"}:
        return _to_others
    if meanings & _TIMES:
        return _to_moment
    if "duration" in meanings:
        return to_clock
    return _to_unmarked if meanings & {"title", "excerpt"} else None


def _to_unmarked(value: object) -> object:
    return html_to_line(value) if isinstance(value, str) and _TAG.search(value) else value


def _to_topics(value: object) -> object:
    if isinstance(value, str):
        value = [part.strip() for part in _SEPARATORS.split(value)]
    return list(_without_numbers(value if isinstance(value, list) else [value])) or None


def _to_authors(value: object) -> object:
    return list(_without_numbers(value if isinstance(value, list) else [value])) or None


def _to_others(value: object) -> object:
    return [one.strip() for one in _OTHERS.split(value) if one.strip()] if isinstance(value, str) else value


def _without_numbers(values: list[object]) -> Iterator[object]:
    """Leave out numbers, which are keys of a table that is not here."""
    for value in values:
        if value not in (None, "") and not isinstance(value, int | float):
            yield value


def _to_moment(value: object) -> object:
    """Convert seconds or milliseconds since 1970 to a time, and leave anything else as it is."""
    if isinstance(value, bool) or not _EPOCH.fullmatch(str(value) if isinstance(value, int | float | str) else ""):
        return value
    number = float(str(value))
    try:
        return dt.datetime.fromtimestamp(number / 1000 if number > _MILLISECONDS else number, dt.UTC)
    except (ValueError, OverflowError, OSError):
        return value


def _plain_name(key: str) -> str:
    """Return a column's name in the style of front matter: `Publication Date` becomes `publication_date`."""
    key = key.strip()
    return _NOT_NAME.sub("_", key.lower()) if " " in key or "-" in key or key.isupper() else key[:1].lower() + key[1:]


def _is_rendered(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("rendered"), str)


def _rendered(value: object) -> object:
    """Unwrap WordPress's `{"rendered": ...}`."""
    return value["rendered"] if isinstance(value, dict) and _is_rendered(value) else value
