"""Exports of Write.as, whose software is WriteFreely: blogs, each with its posts, and posts of no blog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from msgspec.structs import replace

from graph.reading.faults import Faults
from graph.reading.lists.objects import JsonError, decode_json, mappings_of, objects_in, parts_of
from graph.reading.lists.rows import ArticleRow, RowMaker

_BLOG = ("alias", "title", "url")


def read_blogs(data: bytes, blogs: bytes, posts: bytes, maker: RowMaker) -> Iterator[ArticleRow] | None:
    """Return the posts of all blogs, and those of none; `None` if no blog has posts with texts.

    `blogs` and `posts` are the texts of two lists, parts of `data`. A post of a blog lies below the blog's name.

    Raises:
        JsonError: It is not a list of JSON.
    """
    found = list(_posts_of(data, blogs))
    if not any("body" in post for _, _, post in found):
        return None
    alone = mappings_of(objects_in(data, posts), Faults(""))
    rows = (_row(line, blog, post, maker) for line, blog, post in found)
    return chain(rows, (maker.row(line, post) for line, post in alone))


def _row(line: int, blog: Mapping[str, object], post: Mapping[str, object], maker: RowMaker) -> ArticleRow:
    row = maker.row(line, post)
    alias, title, slug = blog.get("alias"), blog.get("title"), post.get("slug")
    if isinstance(title, str) and title and "provider" not in row.fields:
        row = replace(row, fields={**row.fields, "provider": title})
    has_place = isinstance(alias, str) and isinstance(slug, str) and alias and slug
    return replace(row, place=f"/{alias}/{slug}") if has_place else row


def _posts_of(data: bytes, blogs: bytes) -> Iterator[tuple[int, Mapping[str, object], Mapping[str, object]]]:
    """Yield the line of each post of a blog, what is said of the blog, and the post."""
    for first, raw in objects_in(data, blogs):
        try:
            parts = parts_of(raw)
            about = {name: decode_json(parts[name], object) for name in _BLOG if name in parts}
            posts = parts.get("posts", b"")
            items = list(mappings_of(objects_in(raw, posts), Faults(""))) if posts[:1] == b"[" else []
        except JsonError:
            continue
        for line, post in items:
            yield first + line - 1, about, post
