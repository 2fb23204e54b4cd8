"""Exports of Ghost: posts with their tags and authors, which are in tables of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph.reading.lists.objects import JsonError, decode_json, parts_of
from graph.reading.lists.rows import ArticleRow

_OWN_ADDRESS = "__GHOST_URL__"
"""The placeholder for the address of the site, which an export does not contain."""
_TABLES = ("tags", "posts_tags", "users", "posts_authors", "settings", "posts_meta")


def tables_of_ghost(parts: Mapping[str, bytes]) -> Mapping[str, bytes] | None:
    """Return the tables of an export as they are written; `None` for another text of JSON."""
    try:
        if "db" in parts:
            databases = decode_json(parts["db"], list[dict[str, object]])
            if not databases or "data" not in databases[0]:
                return None
            inside = parts["db"].strip()[1:].lstrip()
            tables = parts_of(parts_of(_first_object(inside))["data"])
        elif "data" in parts and "meta" in parts:
            tables = parts_of(parts["data"])
        else:
            return None
    except (JsonError, KeyError):
        return None
    return tables if tables.get("posts", b"")[:1] == b"[" else None


def read_ghost(tables: Mapping[str, bytes], posts: Iterable[tuple[int, Mapping[str, object]]]) -> Iterator[ArticleRow]:
    """Yield a row for each post and page, published or not; its place is its slug."""
    rows = {name: list(_rows(tables.get(name, b"[]"))) for name in _TABLES}
    labels = {_key(row.get("id")): row.get("name") for row in rows["tags"]}
    people = {_key(row.get("id")): _person(row) for row in rows["users"]}
    tags = _joined(rows["posts_tags"], "tag_id", labels)
    authors = _joined(rows["posts_authors"], "author_id", people)
    more = {_key(row.get("post_id")): row for row in rows["posts_meta"]}
    titles = (row.get("value") for row in rows["settings"] if row.get("key") == "title")
    provider = next((title for title in titles if isinstance(title, str) and title), None)
    for line, post in posts:
        key = _key(post.get("id"))
        slug = post.get("slug") if isinstance(post.get("slug"), str) else ""
        html, plain = post.get("html"), post.get("plaintext")
        is_html = isinstance(html, str) and bool(html)
        body = html if is_html else plain
        writer = people.get(_key(post.get("author_id")))
        fields = {
            "title": post.get("title"),
            "date": post.get("published_at") or post.get("created_at"),
            "updated": post.get("updated_at"),
            "authors": authors.get(key) or ([writer] if writer else None),
            "tags": [tag for tag in tags.get(key, ()) if isinstance(tag, str) and not tag.startswith("#")],
            "excerpt": post.get("custom_excerpt") or more.get(key, {}).get("meta_description"),
            "image": post.get("feature_image"),
            "provider": {"name": provider} if provider else None,
            "lang": post.get("locale"),
            "type": "page" if post.get("type") == "page" or post.get("page") in (1, True) else "article",
            "published": post.get("status") in ("published", "sent"),
            "canonical_url": post.get("canonical_url"),
        }
        stated = {name: _own(value) for name, value in fields.items() if value not in (None, "", [])}
        text = str(_own(body)) if isinstance(body, str) else ""
        yield ArticleRow(line, stated, text, is_html, str(slug or ""), f"/{slug}/" if slug else "")


def _first_object(items: bytes) -> bytes:
    """Return the text of the first object of a list, given what follows the opening bracket."""
    import msgspec

    return bytes(decode_json(b"[" + items, list[msgspec.Raw])[0])


def _rows(table: bytes) -> Iterator[dict[str, object]]:
    try:
        rows = decode_json(table, list[object])
    except JsonError:
        return
    for row in rows:
        if isinstance(row, dict):
            yield row


def _joined(rows: Iterable[Mapping[str, object]], column: str, named: Mapping[str, object]) -> dict[str, list[object]]:
    """Return for each post the rows that a join table lists, in order."""
    found: dict[str, list[object]] = {}
    for row in sorted(rows, key=_order_of):
        if value := named.get(_key(row.get(column))):
            found.setdefault(_key(row.get("post_id")), []).append(value)
    return found


def _key(value: object) -> str:
    """Return an identifier by which tables are joined."""
    return str(value) if isinstance(value, str | int) else ""


def _order_of(row: Mapping[str, object]) -> int:
    order = row.get("sort_order")
    return order if isinstance(order, int) else 0


def _person(row: Mapping[str, object]) -> object:
    person = {
        "name": row.get("name"),
        "website": row.get("website"),
        "bio": row.get("bio"),
        "image": row.get("profile_image"),
    }
    return {name: _own(value) for name, value in person.items() if isinstance(value, str) and value} or None


def _own(value: object) -> object:
    """Replace addresses of the site by their paths."""
    return value.replace(_OWN_ADDRESS, "") if isinstance(value, str) else value
