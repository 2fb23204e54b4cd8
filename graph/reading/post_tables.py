"""Substack's table of posts, `posts.csv`, which states the titles and dates of the pages beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from graph.names import slug
from graph.reading.faults import Faults
from graph.reading.files import LARGEST_FILE, File
from graph.reading.settings import Settings

POSTS_TABLE = "posts.csv"
"""The name of the table, at the root of an export."""

_COLUMNS = frozenset({"post_id", "post_date", "is_published", "title"})
_LONGEST_HEADER = 1_000


def with_posts(
    settings: Settings, files: Callable[[], Iterable[File]], read: Callable[[str], bytes | None]
) -> Settings:
    """Return the settings of a source with what its table of posts says of each page.

    `files` returns its documents, and is called only where there is such a table; `read` returns a file's bytes by its
    path, or `None`. Linear in the table and the documents.
    """
    data = read(POSTS_TABLE)
    if data is None or len(data) > LARGEST_FILE:
        return settings
    header = data[:_LONGEST_HEADER].decode("utf-8-sig", "replace").partition("\n")[0]
    if not _COLUMNS.issubset(header.strip().split(",")):
        return settings
    from graph.reading.lists.tables import read_table  # most sources hold no lists

    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    rows = read_table(text, settings.article, Faults(POSTS_TABLE), is_named=True)
    paths = {file.path for file in files()}
    posts: dict[str, Mapping[str, object]] = {}
    for row in rows or ():
        path = f"posts/{row.name}.html"
        if path in paths and path not in posts:
            called = row.name.partition(".")[2]  # after the number
            posts[path] = {**row.fields, "permalink": f"/p/{called}"} if called else row.fields
    return settings.with_told(posts)


def names_told(path: str, settings: Settings) -> frozenset[str]:
    """Return the names of the rows of a list that are of pages beside it, which are read with these pages."""
    if path != POSTS_TABLE:
        return frozenset()
    return frozenset(slug(page.rpartition("/")[2].removesuffix(".html")) for page in settings.site.posts)
