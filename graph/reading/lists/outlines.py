"""Checks a feed before it is read: where its items begin, and that reading it takes bounded time.

feedparser reads what people write, but some of its rules take time that grows with the square of a text's length, and
what is not well-formed it hands to a parser that is slower still. So a feed is passed to it well-formed, without
entities and within the limits below; an item that is not well-formed is repaired or left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html.entities import html5
from xml.parsers import expat

import msgspec

from graph.reading.faults import LONGEST_REASON, Faults
from graph.reading.lists.xml_text import RefusedError, new_parser

_DEEPEST = 200
_MOST_LIKE_PARTS = 2_000
_MOST_ATTRIBUTES = 200
_MOST_PREFIXES = 200
_LONGEST_WORD = 200
_COUNTED = frozenset({"category", "subject", "link", "author", "creator", "contributor", "enclosure"})
_PEOPLE = frozenset("author creator contributor name email managingEditor webMaster owner publisher maker".split())
_DATES = frozenset("pubDate date published updated modified issued created lastBuildDate expirationDate".split())
_LONGEST_TEXT = {
    **dict.fromkeys(_PEOPLE, 2_000),
    **dict.fromkeys(_DATES, 200),
    **dict.fromkeys(("keywords", "category", "subject", "duration", "language", "ttl"), 2_000),
}
_ITEM = re.compile(rb"<(item|entry)(?=[\s>])")
_ROOT_TAG = re.compile(rb"<(?![?!])[^<>]{1,20000}>")
_NAME_PREFIX = re.compile(rb"</?([A-Za-z_][\w.-]{0,50}):")
_BARE_AMPERSAND = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,30});)?"
)
_LITERAL = re.compile(rb"<!\[CDATA\[|<!--")
_UNPRINTABLE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_NAMESPACES = {
    b"atom": b"http://www.w3.org/2005/Atom",
    b"content": b"http://purl.org/rss/1.0/modules/content/",
    b"dc": b"http://purl.org/dc/elements/1.1/",
    b"dcterms": b"http://purl.org/dc/terms/",
    b"excerpt": b"http://wordpress.org/export/1.2/excerpt/",
    b"itunes": b"http://www.itunes.com/dtds/podcast-1.0.dtd",
    b"media": b"http://search.yahoo.com/mrss/",
    b"slash": b"http://purl.org/rss/1.0/modules/slash/",
    b"wfw": b"http://wellformedweb.org/CommentAPI/",
    b"wp": b"http://wordpress.org/export/1.2/",
}


class Outline(msgspec.Struct, frozen=True):
    """A feed that is safe to read, and what its parser would not report."""

    document: bytes
    """The well-formed document from its root element on, UTF-8."""
    lines: Sequence[int]
    """The line on which each item begins, from 1."""
    names: Mapping[str, str]
    """The displayed name of each author of a WordPress export by the name they log in with."""


def outline_of(document: bytes, faults: Faults) -> Outline | None:
    """Return the outline of a feed in UTF-8; `None` for one that is not read, with a fault.

    Linear in the bytes.
    """
    try:
        try:
            return _FeedGuard().over(document)
        except (expat.ExpatError, ValueError) as error:
            faults.add(
                "invalid-xml",
                f"the XML is not well-formed ({str(error)[:LONGEST_REASON]})",
                "Correct it; it was read as far as it can be",
                line=getattr(error, "lineno", 0),
            )
        repaired = _repaired(document)
        try:
            return _FeedGuard().over(repaired)
        except (expat.ExpatError, ValueError):
            return _FeedGuard().over(_without_broken_items(repaired, faults))
    except RefusedError as refused:
        faults.add(refused.kind, refused.fact, "Save the feed again; the file was left out", line=refused.line)
    except (expat.ExpatError, ValueError) as error:
        fact = f"the XML cannot be repaired ({str(error)[:LONGEST_REASON]})"
        faults.add("invalid-xml", fact, "Correct it; the file was left out", line=getattr(error, "lineno", 0))
    return None


class _FeedGuard:
    """Follows a document once, and refuses what would take too long."""

    def __init__(self) -> None:
        self._parser = new_parser("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._take_text
        self._parser.StartNamespaceDeclHandler = self._declare
        self._lines: list[int] = []
        self._names: dict[str, str] = {}
        self._root = -1
        self._open: list[str] = []
        self._counts: list[dict[str, int]] = [{}]
        self._longest: int | None = None
        self._text: list[str] = []
        self._length = 0
        self._login = ""
        self._prefixes: set[str | None] = set()

    def over(self, document: bytes) -> Outline:
        self._parser.Parse(document, True)  # noqa: FBT003 - it takes no names
        return Outline(document[self._root :], self._lines, self._names)

    def _declare(self, prefix: str | None, _namespace: str) -> None:
        self._prefixes.add(prefix)
        if len(self._prefixes) > _MOST_PREFIXES:
            self._refuse(f"the file declares more than {_MOST_PREFIXES} prefixes")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        is_wordpress = "wordpress.org" in namespace
        if self._root < 0:
            self._root = self._parser.CurrentByteIndex
        if len(self._open) >= _DEEPEST:
            self._refuse(f"elements are nested deeper than {_DEEPEST} levels")
        if len(attributes) > _MOST_ATTRIBUTES:
            self._refuse(f"one element has more than {_MOST_ATTRIBUTES} attributes")
        if local in _COUNTED and not is_wordpress:
            counts = self._counts[-1]
            counts[local] = counts.get(local, 0) + 1
            if counts[local] > _MOST_LIKE_PARTS:
                self._refuse(f"one element holds more than {_MOST_LIKE_PARTS:,} of '{local}'")
        if local in ("item", "entry") and not is_wordpress:
            self._lines.append(self._parser.CurrentLineNumber)
        self._open.append(local)
        self._counts.append({})
        is_login = is_wordpress and local in ("author_login", "author_display_name")
        self._longest = _LONGEST_WORD if is_login else None if is_wordpress else _LONGEST_TEXT.get(local)
        self._text, self._length = [], 0

    def _take_text(self, text: str) -> None:
        if self._longest is None:
            return
        self._length += len(text)
        if self._length > self._longest:
            self._refuse(f"'{self._open[-1]}' is longer than {self._longest:,} characters")
        self._text.append(text)

    def _end(self, name: str) -> None:
        local = self._open.pop()
        self._counts.pop()
        if self._longest is None or not self._text:
            return
        text = "".join(self._text)
        if local in _PEOPLE and any(len(word) > _LONGEST_WORD for word in text.split()):
            self._refuse(f"'{local}' holds a word of more than {_LONGEST_WORD} characters")
        if "wordpress.org" in name and local == "author_login":
            self._login = text.strip()
        elif "wordpress.org" in name and local == "author_display_name" and text.strip():
            self._names[self._login] = text.strip()
        self._longest = None

    def _refuse(self, fact: str) -> None:
        raise RefusedError("not-a-feed", f"{fact}, which no feed needs", self._parser.CurrentLineNumber)


def _repaired(document: bytes) -> bytes:
    """Remove characters that XML forbids, escape bare ampersands, and declare missing prefixes."""
    document = _UNPRINTABLE.sub(lambda found: b" " * len(found[0]), document)
    pieces = [piece if is_literal else _BARE_AMPERSAND.sub(_escaped, piece) for is_literal, piece in _cut(document)]
    document = b"".join(pieces)
    if (root := _ROOT_TAG.search(document)) is None:
        return document
    tag = root[0]
    used = {found[1] for found in _NAME_PREFIX.finditer(document)} - {b"xml"}
    missing = [prefix for prefix in sorted(used) if b"xmlns:" + prefix + b"=" not in tag][: _MOST_PREFIXES + 1]
    declared = b"".join(
        b' xmlns:%s="%s"' % (prefix, _NAMESPACES.get(prefix, b"urn:undeclared:" + prefix)) for prefix in missing
    )
    name = re.match(rb"<[^\s/>]+", tag)
    at = root.start() + (name.end() if name else 0)
    return document[:at] + declared + document[at:]


def _cut(document: bytes) -> Iterator[tuple[bool, bytes]]:
    """Yield pieces of a document, and whether each is a CDATA section or comment."""
    position = 0
    while found := _LITERAL.search(document, position):
        opening = found.start()
        closing = b"]]>" if found[0] == b"<![CDATA[" else b"-->"
        end = document.find(closing, found.end())
        if end == -1:
            break
        yield False, document[position:opening]
        position = end + len(closing)
        yield True, document[opening:position]
    yield False, document[position:]


def _escaped(found: re.Match[bytes]) -> bytes:
    name = found[1].decode("ascii") + ";" if found[1] else ""
    character = html5.get(name) if name else None
    if character is None:
        return b"&amp;" + found[0][1:]
    return "".join(f"&#{ord(part)};" for part in character).encode("ascii")


def _without_broken_items(document: bytes, faults: Faults) -> bytes:
    """Return a document without the items that are not well-formed, each of which is reported; lines stay the same.

    Raises:
        expat.ExpatError: The text before the first item is not well-formed either.
    """
    if (first := _ITEM.search(document)) is None:
        return document
    head = document[: first.start()]
    names = _open_after(head)
    kept = [head]
    position, line = first.start(), head.count(b"\n") + 1
    root = _ROOT_TAG.search(head)
    opening = root[0] if root else b"<x>"
    closing = b"</%s>" % names[0].encode() if names else b"</x>"
    for item, rest in _items(document, position):
        lines = item.count(b"\n") + rest.count(b"\n")
        parser = new_parser("utf-8")
        try:
            parser.Parse(opening + item + closing, True)  # noqa: FBT003 - it takes no names
            kept.append(item)
        except (expat.ExpatError, ValueError) as error:
            fact = f"an item is not well-formed ({str(error).partition(':')[0][:LONGEST_REASON]})"
            faults.add("invalid-xml", fact, "Correct it; the item was left out", line=line)
            kept.append(b"\n" * item.count(b"\n"))
        parser.EntityDeclHandler = None  # it holds the parser, which takes some kilobytes until cycles are searched for
        kept.append(b"\n" * rest.count(b"\n"))
        line += lines
    kept.extend(b"</%s>" % name.encode() for name in reversed(names))
    return b"".join(kept)


def _items(document: bytes, position: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield each item, and the text up to the next."""
    starts = [found.start() for found in _ITEM.finditer(document, position)]
    for start, following in zip(starts, [*starts[1:], len(document)], strict=True):
        name = b"</item>" if document.startswith(b"<item", start) else b"</entry>"
        end = document.rfind(name, start, following)
        end = following if end == -1 else end + len(name)
        yield document[start:end], document[end:following]


def _open_after(head: bytes) -> list[str]:
    """Return the names, with prefixes, of the elements that are open at the end of a head."""
    names: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda name, _attributes: names.append(name)
    parser.EndElementHandler = lambda _name: names.pop()
    parser.Parse(head, False)  # noqa: FBT003 - it takes no names
    return names
