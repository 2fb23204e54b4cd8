"""Sitemaps: the addresses of a site's pages, and when they changed last (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from graph.reading.faults import LONGEST_REASON, Faults
from graph.reading.lists.rows import ArticleRow
from graph.reading.lists.xml_text import RefusedError, new_parser

_CHUNK = 1 << 16
_LONGEST = 5_000
_PAGE, _PART = 2, 3
"""The depth of the elements of a page, and of its properties."""

_FIELD_OF = {"loc": "url", "lastmod": "updated"}


def read_sitemap(data: bytes, faults: Faults) -> Iterator[ArticleRow]:
    """Yield a row for each page of a sitemap; an index of other sitemaps, which are not fetched, is reported.

    Linear in the bytes, and holds no more than the rows of 64 KiB at a time.
    """
    pages = _Pages()
    for start in range(0, len(data), _CHUNK):
        try:
            pages.parser.Parse(data[start : start + _CHUNK], start + _CHUNK >= len(data))
        except RefusedError as refused:
            faults.add(refused.kind, refused.fact, "Remove them; the file was left out", line=refused.line)
            return
        except (expat.ExpatError, ValueError) as error:
            yield from pages.take()
            line = getattr(error, "lineno", 0)
            fact = f"the XML is not well-formed ({str(error)[:LONGEST_REASON]})"
            faults.add("invalid-xml", fact, "Correct it; what follows was left out", line=line)
            break
        yield from pages.take()
    if pages.others:
        some = "another sitemap, which is" if pages.others == 1 else f"{pages.others:,} other sitemaps, which are"
        fact = f"the file only names {some} not fetched"
        faults.add("sitemap-index", fact, "Save them as files, and give these as sources", line=1)


class _Pages:
    def __init__(self) -> None:
        self.parser = new_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.others = 0
        self._rows: list[ArticleRow] = []
        self._depth = 0
        self._line = 0
        self._fields: dict[str, object] = {}
        self._text: list[str] = []

    def take(self) -> list[ArticleRow]:
        taken, self._rows = self._rows, []
        return taken

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == _PAGE:
            self._line = self.parser.CurrentLineNumber
            self._fields = {}
        elif self._depth == _PART and name.rpartition(" ")[2] in _FIELD_OF:
            self._text = []
            self.parser.CharacterDataHandler = self._take_text

    def _take_text(self, text: str) -> None:
        if sum(map(len, self._text)) < _LONGEST:
            self._text.append(text)

    def _end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if self._depth == _PART and local in _FIELD_OF:
            self.parser.CharacterDataHandler = None
            if value := "".join(self._text).strip():
                self._fields[_FIELD_OF[local]] = value
        elif self._depth == _PAGE and local == "url" and "url" in self._fields:
            self._rows.append(ArticleRow(self._line, self._fields))
        elif self._depth == _PAGE and local == "sitemap":
            self.others += 1
        self._depth -= 1
