"""The files of a source by their paths, and which of them can be documents."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from graph.expressions import expression
from graph.reading.configurations import CONFIGURATION_NAMES, SCRIPT_MARK
from graph.reading.faults import Faults
from graph.reading.kinds import RECORDS, ending_of, read_endings
from graph.reading.not_articles import ALWAYS_MACHINERY, MARKERS, machinery_beside, outputs_of, reason_in_name
from graph.reading.record_kinds import DATA_FOLDERS, kind_in_file

if TYPE_CHECKING:
    import pathspec

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; larger files are not read."""

LIST_ENDINGS = frozenset({".atom", ".csv", ".json", ".jsonl", ".ndjson", ".rss", ".tsv", ".xml"})
"""Endings of files that may be lists of articles."""

NO_ENDING = "no ending"
"""What files without an ending are counted under."""

_UNSHOWN = expression("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SKIPPED_FOLDERS = frozenset({"node_modules", "_site", "__pycache__"})


class FileContent(msgspec.Struct, frozen=True):
    """The result of reading a file, to be returned or raised again."""

    found: bytes | OSError
    """Its bytes, or why it cannot be read."""

    def __len__(self) -> int:
        return 0 if isinstance(self.found, OSError) else len(self.found)

    def __call__(self) -> bytes:
        """Return its bytes; may raise `OSError`."""
        if isinstance(self.found, OSError):
            raise self.found
        return self.found

    @classmethod
    def of(cls, file: File) -> FileContent:
        """Read a file."""
        try:
            return cls(file.read())
        except OSError as error:
            return cls(error)


class File(msgspec.Struct, frozen=True):
    """One file of a source, not yet read."""

    path: str
    """Relative to its source, `/`-separated."""
    read: Callable[[], bytes]
    """Return its bytes; may raise `OSError`."""
    stamp: tuple[int, int] | None = None
    """Its size in bytes and its time of change in nanoseconds; `None` if changes can only be found in its bytes."""
    is_named: bool = False
    """Whether the user named the file itself, and not a folder or an archive that holds it."""
    place: Path | None = None
    """Its path on the disk; `None` for one in an archive or in memory."""


class Source(msgspec.Struct, frozen=True):
    """A place that holds documents."""

    name: str
    """As the user wrote it."""
    root_file: Callable[[str], bytes | None]
    """Return the bytes of a configuration file at the root, or `None`."""
    files: Callable[[tuple[str, ...], Callable[[str], Faults], Counter[str]], Iterator[File]]
    """List the documents, given patterns to exclude, where faults of a path are kept, and where to count the files
    that are passed over: by ending, or by reason."""
    stamp: tuple[int, int] | None = None
    """For an archive, whose files are to be read while they are listed, its size in bytes and time of change in
    nanoseconds."""
    most: int = 0
    """For an archive, how many documents it has at most."""
    parts: tuple[tuple[Path, int], ...] = ()
    """Files that are sources by themselves and together make this one, by their real paths, and how many documents each
    has at most."""


class WantedPaths:
    """Which paths hold documents."""

    def __init__(self, exclude: tuple[str, ...], root: Path | None = None, without: Path | None = None) -> None:
        """Leave out what matches the patterns, and the folder `without` where it lies below `root`."""
        self.passed_over: Counter[str] = Counter()
        """How many files were passed over, by ending or by reason."""
        self._endings = read_endings()
        self._machinery: tuple[str, ...] = ()
        self._outputs: set[str] = set()
        self._without = None
        if root is not None and without is not None:
            relative = os.path.relpath(os.path.realpath(without), os.path.realpath(root))
            self._without = relative.replace(os.sep, "/")
        self._excluded = _patterns(exclude) if exclude else None

    def folder(self, path: str) -> bool:
        """Return whether a folder may hold documents, those above it aside."""
        name = path.rpartition("/")[2]
        skipped = name.startswith(".") or name in _SKIPPED_FOLDERS or path == self._without
        return not (skipped or self._is_excluded(path + "/"))

    def file(self, path: str) -> bool:
        """Return whether a file may be a document, the folders above it aside."""
        return self._why_not(path) == ""

    def pass_over(self, path: str) -> None:
        """Count a file that may not be a document, unless it is hidden or its owner leaves it out."""
        if reason := self._why_not(path):
            self.passed_over[reason] += 1

    def enter(self, folder: str, names: AbstractSet[str]) -> None:
        """Learn from all names in a folder which of its files belong to a generator or were made from another file."""
        self._outputs.update(outputs_of(f"{folder}/{name}" if folder else name for name in names))
        if not MARKERS.isdisjoint(names):
            beginning = f"{folder}/" if folder else ""
            found = sorted(f"{beginning}{name}/" for name in machinery_beside(names))
            self._machinery = (*self._machinery, *found)

    def enter_all(self, paths: Iterable[str]) -> None:
        """Learn the same from the paths of all files there are. Linear in their length."""
        paths = list(paths)
        self._outputs.update(outputs_of(paths))
        marked = {folder for folder, _, name in (path.rpartition("/") for path in paths) if name in MARKERS}
        names: dict[str, set[str]] = {folder: set() for folder in marked}
        for path in paths if marked else ():
            parts = path.split("/")
            for depth, part in enumerate(parts):
                folder = "/".join(parts[:depth])
                if folder in names:
                    names[folder].add(part)
        for folder in sorted(names):
            self.enter(folder, names[folder])

    def _why_not(self, path: str) -> str | None:
        """Return why a file is passed over: its ending or a reason; empty to read it, `None` to pass over silently."""
        folder, _, name = path.rpartition("/")
        if self._is_excluded(path):
            return None
        if kind_in_file(path):
            return ""
        if name.startswith("."):
            return None
        ending = ending_of(name)
        in_data = not DATA_FOLDERS.isdisjoint(folder.split("/"))
        is_read = ending in self._endings or (ending in RECORDS and in_data) or (ending in LIST_ENDINGS and not in_data)
        if not is_read:
            return None if name in CONFIGURATION_NAMES or SCRIPT_MARK in name else ending or NO_ENDING
        if "_" in folder and not ALWAYS_MACHINERY.isdisjoint(folder.split("/")):
            return "part of the site's templates"
        if self._machinery and path.startswith(self._machinery):
            return "part of the site's generator"
        if path in self._outputs:
            return "made of another document"
        return reason_in_name(path)

    def member(self, path: str) -> bool:
        """Return whether an archive's member is wanted, and every folder above it."""
        return self.folders(path) and self.file(path)

    def folders(self, path: str) -> bool:
        """Return whether every folder above an archive's member may hold documents."""
        folders = path.split("/")[:-1]
        return all(self.folder("/".join(folders[: end + 1])) for end in range(len(folders)))

    def _is_excluded(self, path: str) -> bool:
        return self._excluded is not None and self._excluded.match_file(path)


def report_link(faults: Faults, *, leads_out: bool = False, to_folder: bool = False) -> None:
    """Report a link that is not followed: out of its source, to a folder, or otherwise to nothing."""
    if leads_out:
        fact = "the link leads out of the source and was not followed"
        faults.add("link-not-followed", fact, "Copy the file into the source")
    elif to_folder:
        fact = "the link to a folder was not followed"
        faults.add("link-not-followed", fact, "Name the folder it points to as a source of its own")
    else:
        faults.add("unreadable", "the link leads nowhere", "Correct or remove it; it was passed over")


def folders_above(path: str) -> Iterator[str]:
    """Yield the folders above a path of a source, the innermost first; the last one, the source itself, is empty."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def bytes_if_any(read: Callable[[], bytes]) -> bytes | None:
    """Return what reads a file; `None` if it cannot be read."""
    try:
        return read()
    except OSError:
        return None


def stamp_of(status: os.stat_result) -> tuple[int, int]:
    """Return the size in bytes and the time of change in nanoseconds, by which changes of a file are seen."""
    return status.st_size, status.st_mtime_ns


def is_list(path: str) -> bool:
    """Return whether a file can only be a list of articles, judging by its ending."""
    return ending_of(path) in LIST_ENDINGS


def is_pattern(text: str) -> bool:
    """Return whether a text is a valid pattern of a `.gitignore`."""
    try:
        _patterns([text])
    except (ValueError, re.error):
        return False
    return True


def _patterns(lines: Iterable[str]) -> pathspec.GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # loaded only if there are patterns

    return GitIgnoreSpec.from_lines(lines)


def printable_path(path: str) -> str:
    """Return a path as it is shown, on one line; bytes that are not Unicode, and control characters, become `�`."""
    return path if path.isprintable() else _UNSHOWN.sub("\ufffd", path)
