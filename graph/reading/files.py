"""What a source offers: files by path, to be read one at a time; and which of its paths hold documents at all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pathspec

from graph.reading.faults import Faults

__all__ = ["LARGEST_FILE", "LIST_ENDINGS", "File", "Source", "Wanted", "is_pattern", "printable_path"]

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; what is larger is no article, and is not read."""

_ARTICLES = frozenset({".md", ".markdown", ".mdx", ".html", ".htm", ".txt"})
_RECORDS = frozenset({".yaml", ".yml"})
LIST_ENDINGS = frozenset({".atom", ".csv", ".json", ".jsonl", ".ndjson", ".rss", ".tsv", ".xml"})
"""Endings of files that may be lists of articles."""

_WANTED = _ARTICLES | _RECORDS | LIST_ENDINGS
_DATA_FOLDERS = frozenset({"_data", "data"})
"""Folders in which sites keep records of topics and people, and whatever else their pages are made from."""

_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SKIPPED_FOLDERS = frozenset({"node_modules", "_site", "__pycache__"})


@dataclass(frozen=True, slots=True)
class File:
    """One file of a source, not yet read."""

    path: str
    """Relative to its source, `/`-separated."""
    read: Callable[[], bytes]
    """Return its bytes; may raise `OSError`."""
    stamp: tuple[int, int] | None = None
    """Its size in bytes and its time of change in nanoseconds; `None` where only its bytes can tell a change."""
    is_named: bool = False
    """Whether the user named the file itself, and not a folder or an archive that holds it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place that holds documents."""

    name: str
    """As the user wrote it."""
    root_file: Callable[[str], bytes | None]
    """Return the bytes of a configuration file at the root, or `None`."""
    files: Callable[[tuple[str, ...], Callable[[str], Faults]], Iterator[File]]
    """List the documents, given patterns to exclude and where faults of a path are kept."""
    stamp: tuple[int, int] | None = None
    """For an archive, whose files are to be read while they are listed, its size in bytes and time of change in
    nanoseconds."""


class Wanted:
    """Which paths hold documents."""

    def __init__(self, exclude: tuple[str, ...], root: Path | None = None, without: Path | None = None) -> None:
        """Leave out what matches the patterns, and the folder `without` where it lies below `root`."""
        self._without = None
        if root is not None and without is not None:
            relative = os.path.relpath(os.path.realpath(without), os.path.realpath(root))
            self._without = relative.replace(os.sep, "/")
        self._excluded = pathspec.GitIgnoreSpec.from_lines(exclude) if exclude else None

    def folder(self, path: str) -> bool:
        """Tell whether a folder may hold documents, those above it aside."""
        name = path.rpartition("/")[2]
        skipped = name.startswith(".") or name in _SKIPPED_FOLDERS or path == self._without
        return not (skipped or self._is_excluded(path + "/"))

    def file(self, path: str) -> bool:
        """Tell whether a file may be a document, the folders above it aside."""
        folder, _, name = path.rpartition("/")
        ending = PurePosixPath(name).suffix.lower()
        if name.startswith(".") or ending not in _WANTED or self._is_excluded(path):
            return False
        return ending in _ARTICLES or (ending in _RECORDS) != _DATA_FOLDERS.isdisjoint(folder.split("/"))

    def member(self, path: str) -> bool:
        """Tell whether an archive's member is wanted, and every folder above it."""
        folders = path.split("/")[:-1]
        return all(self.folder("/".join(folders[: end + 1])) for end in range(len(folders))) and self.file(path)

    def _is_excluded(self, path: str) -> bool:
        return self._excluded is not None and self._excluded.match_file(path)


def is_pattern(text: str) -> bool:
    """Tell whether a text is a pattern as in `.gitignore`."""
    try:
        pathspec.GitIgnoreSpec.from_lines([text])
    except (ValueError, re.error):
        return False
    return True


def printable_path(path: str) -> str:
    """Return a path as it is shown, on one line: bytes that are no Unicode, and control characters, become `�`."""
    return path if path.isprintable() else _UNSHOWN.sub("\ufffd", path)
