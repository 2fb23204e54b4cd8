"""Which files are lists of articles, and what reads each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from graph.names import slug
from graph.reading.decoding import decode
from graph.reading.faults import Faults
from graph.reading.fields import Dialect
from graph.reading.kinds import ending_of
from graph.reading.lists.feeds import read_feed
from graph.reading.lists.json_lists import read_json, read_json_lines
from graph.reading.lists.objects import JsonError
from graph.reading.lists.rows import ArticleRow
from graph.reading.lists.sitemaps import read_sitemap
from graph.reading.lists.tables import read_table
from graph.reading.lists.xml_text import root_element_of

_XML = frozenset({".xml", ".rss", ".atom"})
_JSON_LINES = frozenset({".jsonl", ".ndjson"})
_EXPECTED = {
    ".json": "a JSON Feed, an export of Ghost or Write.as, an article, or a list of objects with titles or addresses",
    **dict.fromkeys(_JSON_LINES, "a JSON object with a title or an address on each line"),
    **dict.fromkeys((".csv", ".tsv"), "a first row that names the columns, one of them title or url"),
    **dict.fromkeys(_XML, "an RSS or Atom feed, a WordPress export, or a sitemap"),
}
_FEED_NAMESPACES = ("purl.org/rss/1.0", "netscape.com/rdf")
_PROBE = 8_192
_FIRST_ROW = re.compile(rb"<(?:item|entry|url|sitemap)[\s>]")


def read_list(
    path: str, data: bytes, dialect: Dialect, faults: Faults, *, is_named: bool = False
) -> Iterator[ArticleRow] | None:
    """Return the articles of a list, each with a unique name; `None` if the file is not such a list.

    Other files in a folder are passed over silently; a file that the user named is a fault.
    """
    ending = ending_of(path)
    before = len(faults.problems)
    try:
        if ending in _XML:
            rows = _read_xml(data, faults, is_named=is_named)
        else:
            rows = _read_text(ending, data, dialect, faults, is_named=is_named)
    except JsonError as error:
        rows = None
        line = data.count(b"\n", 0, error.place) + 1
        fact = f"the JSON cannot be read ({error.fact})"
        faults.add("invalid-json", fact, f"It must hold {_EXPECTED[ending]}; the file was left out", line=line)
    if rows is not None:
        return _with_names(rows, dialect, faults)
    if not is_named:
        del faults.problems[before:]
    elif len(faults.problems) == before:
        fact = "the file is not recognised as a list of articles"
        faults.add("not-a-list-of-articles", fact, f"It must hold {_EXPECTED[ending]}", line=1)
    return None


def _read_xml(data: bytes, faults: Faults, *, is_named: bool) -> Iterator[ArticleRow] | None:
    root = root_element_of(data)
    if root is None or (not is_named and _is_template(data)):
        return None
    name, attributes = root
    if name in ("urlset", "sitemapindex"):
        return read_sitemap(data, faults)
    is_feed = name == "rss" or (name == "feed" and (is_named or "xmlns" in attributes))
    is_feed = is_feed or (name == "RDF" and any(namespace in attributes for namespace in _FEED_NAMESPACES))
    return read_feed(data, faults) if is_feed else None


def _read_text(
    ending: str, data: bytes, dialect: Dialect, faults: Faults, *, is_named: bool
) -> Iterator[ArticleRow] | None:
    text = decode(data, faults)
    if text is None or not text.strip():
        return None
    if ending in (".csv", ".tsv"):
        return read_table(text.replace("\r\n", "\n").replace("\r", "\n"), dialect, faults, is_named=is_named)
    read = read_json_lines if ending in _JSON_LINES else read_json
    return read(text.encode("utf-8", "replace"), dialect, faults, is_named=is_named)


def _is_template(data: bytes) -> bool:
    """Return whether a file is the template of a feed or sitemap."""
    head = data[:_PROBE]
    first = _FIRST_ROW.search(head)
    head = head[: first.start()] if first else head
    return b"{{" in head or b"{%" in head


def _with_names(rows: Iterator[ArticleRow], dialect: Dialect, faults: Faults) -> Iterator[ArticleRow]:
    """Give each row a unique name, and report rows without any field of an article."""
    taken: set[str] = set()
    for number, row in enumerate(rows, 1):
        titles = dialect.layout_of(row.fields).get("title", ())
        called = row.name or next((row.fields[name] for name in titles if row.fields[name]), None)
        if not called and "url" not in row.fields and not row.body:
            fact = "the row has no title, address or text"
            faults.add("empty-row", fact, "Give it a title or an address; it was left out", line=row.line)
            continue
        name = slug(called) if isinstance(called, str) and called else ""
        if not name or name in taken:
            name = f"{name}.{number}"  # a slug holds no such sign
        else:
            taken.add(name)
        yield replace(row, name=name)
