"""Where a finding is: its file as seen from outside, and the column of the value in the document's own text."""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.checking.findings import RawFinding
from graph.reading import Listed, Listing
from graph.reading.decoding import decode
from graph.reading.faults import Faults
from graph.reading.files import FileContent, bytes_if_any, printable_path

_QUOTED = re.compile(r'"([^"]+)"')
_FIELD = re.compile(r"'([\w.-]+)'")
_MOST_LINES = 200
"""Lines after that of a field in which its value is looked for."""

_MOST_CHARACTERS = 100_000
"""Characters in which it is looked for: a hostile document may have a thousand findings on one long line."""

_HOLDS_MORE = re.compile(r"\s*(?:- |[\"']?[\w.-]+[\"']?\s*[:=])")
"""How the line of a field or an item begins, to which further lines may belong."""


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document of a source, and its text."""

    listed: Listed
    """The source."""
    name: str
    """The file as seen from where the sources are named, with `/`."""
    lines: Sequence[str]
    """Its text, at least one line."""


class FoundDocuments:
    """Finds the documents that findings are about. The texts of others are not read again."""

    def __init__(self, listing: Listing, wanted: Iterable[str]) -> None:
        """Prepare to find the documents at some paths, each relative to its source."""
        self._sources = sorted(listing.sources, key=lambda listed: listed.source.name)
        self._files: dict[str, list[tuple[Listed, Callable[[], bytes]]]] = {}
        paths = frozenset(wanted)
        for listed in self._sources:
            for path, read in _files_in(listed, paths):
                self._files.setdefault(path, []).append((listed, read))

    def of(self, path: str, least_lines: int = 0) -> FoundDocument:
        """Return the document at a path: if several sources have the path, the first by name with that many lines."""
        found = None
        for listed, read in self._files.get(path, ()):
            place = FoundDocument(listed, file_name(listed, path), _lines_of(path, bytes_if_any(read)))
            if len(place.lines) >= least_lines:
                return place
            found = found or place
        return found or FoundDocument(self._sources[0], file_name(self._sources[0], path), [""])


def file_name(listed: Listed, path: str) -> str:
    """Return the name of a source's file as seen from where the source is named; empty for an empty path."""
    source = printable_path(os.fsencode(listed.source.name).decode("utf-8", "replace")).replace(os.sep, "/")
    if not path:
        return ""
    files = listed.files or ()
    if len(files) == 1 and files[0].is_named:
        folder = source.rpartition("/")[0]
        return source if files[0].path == path else posixpath.normpath(posixpath.join(folder, path))
    return posixpath.normpath(posixpath.join(source, path))


def _files_in(listed: Listed, paths: frozenset[str]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield some files of a source; those of an archive, which can only be read in order, are read here."""
    seen = set()
    files = listed.files
    if files is None:
        for file in listed.source.files(listed.settings.exclude, Faults, Counter()):
            if file.path in paths:
                seen.add(file.path)
                yield file.path, FileContent.of(file)
    for file in files or ():
        if file.path in paths:
            seen.add(file.path)
            yield file.path, file.read
    for path in paths - seen:
        if path and (data := listed.source.root_file(path)) is not None:
            yield path, FileContent(data)


def _lines_of(path: str, data: bytes | None) -> Sequence[str]:
    text = decode(data, Faults(path)) if data else None
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def position_of(found: RawFinding, lines: Sequence[str]) -> tuple[int, int]:
    """Return the line and the column, from 1, of what a finding is about; column 1 if it is not found there."""
    line = min(max(found.line, 1), len(lines))
    if not found.line and not found.value:
        return 1, 1
    block = list(_block(lines, line)) if found.line else list(_beginning(lines))
    for pattern in _patterns(found):
        for number, text in block:
            if match := pattern.search(text):
                return number, match.end() + 1 if match.lastgroup == "name" else match.start() + 1
    return line, 1


def _patterns(found: RawFinding) -> Iterator[re.Pattern[str]]:
    """Yield what to look for: the value, as a word and anywhere, then the name of the field that it follows."""
    if isinstance(found.value, re.Pattern):
        yield found.value
        return
    quoted = _QUOTED.search(found.message)
    value = found.value or (quoted[1].removesuffix("…") if quoted else "")
    if value.strip():
        escaped = r"\s+".join(map(re.escape, value.split()))
        yield re.compile(rf"(?<!\w){escaped}(?!\w)")
        yield re.compile(escaped)
    if named := _FIELD.search(found.message):
        field = re.escape(named[1].rpartition(".")[2])
        yield re.compile(rf"(?P<name>^\W*{field}[\"']?\s*[:=]\s*)(?=\S)")


def _beginning(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the first lines of a document, in which most front matter ends."""
    left = _MOST_CHARACTERS
    for number, text in enumerate(lines[:_MOST_LINES], 1):
        yield number, text[:left]
        left = max(left - len(text), 0)


def _block(lines: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
    """Yield a line and those that belong to it: indented deeper, or the items of its list."""
    text = lines[first - 1][:_MOST_CHARACTERS]
    yield first, text
    left = _MOST_CHARACTERS - len(text)
    if not _HOLDS_MORE.match(text):
        return
    indent = len(text) - len(text.lstrip(" -\t"))
    is_item = text.lstrip().startswith("- ")
    for number in range(first + 1, min(first + _MOST_LINES, len(lines)) + 1):
        text = lines[number - 1]
        bare = text.lstrip()
        if bare and len(text) - len(bare) < indent + (not is_item) and (is_item or not bare.startswith(("- ", "]"))):
            return
        left -= len(text)
        if left < 0 or text.rstrip() in {"---", "+++", "..."}:
            return
        yield number, text
