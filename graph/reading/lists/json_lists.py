"""Lists of articles in JSON: JSON Feed, exports of Ghost and Write.as, other lists of objects, and single ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from graph.reading.faults import Faults
from graph.reading.fields import Dialect
from graph.reading.lists.ghost import read_ghost, tables_of_ghost
from graph.reading.lists.json_feeds import read_json_feed
from graph.reading.lists.objects import JsonError, decode_json, mappings_of, objects_in, parts_of
from graph.reading.lists.rows import BODIES, ArticleRow, RowMaker
from graph.reading.lists.write_as import read_blogs

_WRAPPERS = ("items", "articles", "posts", "entries", "data")
_SAMPLE = 200
"""Items by which a list is judged, whether they are mappings of fields or not."""


def read_json(data: bytes, dialect: Dialect, faults: Faults, *, is_named: bool) -> Iterator[ArticleRow] | None:
    """Return the rows of a JSON text in UTF-8; `None` if it has none.

    Only what may hold rows is taken apart, each row by itself.

    Raises:
        JsonError: It is not JSON.
    """
    opening = data.lstrip()[:1]
    if opening == b"[":
        return _list(data, data, dialect, faults, is_named=is_named)
    if opening != b"{":
        raise JsonError("it is neither an object nor a list", 0)
    parts = parts_of(data)
    if b"jsonfeed.org/version/" in parts.get("version", b"")[:80]:
        about = {name: decode_json(raw, object) for name, raw in parts.items() if name != "items"}
        items = parts.get("items", b"")
        return read_json_feed(about, mappings_of(objects_in(data, items), faults)) if items[:1] == b"[" else None
    if (tables := tables_of_ghost(parts)) is not None:
        return read_ghost(tables, mappings_of(objects_in(data, tables["posts"]), faults))
    if (blogs := parts.get("collections", b""))[:1] == b"[":
        posts = parts.get("posts", b"[]")
        found = read_blogs(data, blogs, posts if posts[:1] == b"[" else b"[]", RowMaker(dialect, is_named=is_named))
        if found is not None:
            return found
    for name in _WRAPPERS:
        items = parts.get(name, b"")
        found = _list(data, items, dialect, faults, is_named=is_named) if items[:1] == b"[" else None
        if found is not None:
            return found
    return _alone(data, parts, dialect, is_named=is_named)


def _alone(data: bytes, parts: Mapping[str, bytes], dialect: Dialect, *, is_named: bool) -> Iterator[ArticleRow] | None:
    """Return the row of an object that is itself an article; most other objects have no text, and are not decoded."""
    if not is_named and BODIES.isdisjoint(map(str.lower, parts)):
        return None
    maker = RowMaker(dialect, is_named=is_named)
    row = maker.row(data[: data.find(b"{")].count(b"\n") + 1, decode_json(data, dict[str, object]))
    return iter((row,)) if maker.is_whole(row) else None


def read_json_lines(data: bytes, dialect: Dialect, faults: Faults, *, is_named: bool) -> Iterator[ArticleRow] | None:
    """Return the rows of a text in UTF-8 with a JSON object on each line; `None` for other texts."""
    maker = RowMaker(dialect, is_named=is_named)
    if not maker.fits(raw for _, raw in mappings_of(islice(_lines(data), _SAMPLE), Faults(""))):
        return None
    return (maker.row(line, raw) for line, raw in mappings_of(_lines(data), faults))


def _list(
    data: bytes, items: bytes, dialect: Dialect, faults: Faults, *, is_named: bool
) -> Iterator[ArticleRow] | None:
    maker = RowMaker(dialect, is_named=is_named)
    if not maker.fits(raw for _, raw in mappings_of(islice(objects_in(data, items), _SAMPLE), Faults(""))):
        return None
    return (maker.row(line, raw) for line, raw in mappings_of(objects_in(data, items), faults))


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    start, line = 0, 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end == -1 else end
        line += 1
        text = data[start:end].strip()
        start = end + 1
        if text:
            yield line, text
