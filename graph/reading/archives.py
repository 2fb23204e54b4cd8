"""Archives are read in place: nothing is unpacked to disk, and no member's path leads out of them."""

from __future__ import annotations

import io
import lzma
import posixpath
import stat
import struct
import sys
import tarfile
import zipfile
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import IO

from graph.errors import SourceError
from graph.reading.bundles import INDEX
from graph.reading.configurations import CONFIGURATION_NAMES, LARGEST_FOLDER_DATA, is_called_like_folder
from graph.reading.faults import Faults
from graph.reading.files import (
    LARGEST_FILE,
    File,
    Source,
    WantedPaths,
    folders_above,
    printable_path,
    report_link,
    stamp_of,
)
from graph.reading.meta_files import META_ENDING
from graph.reading.post_tables import POSTS_TABLE

_ZIPPED = (".zip", ".bar")
ARCHIVE_ENDINGS = (
    *(*_ZIPPED, ".tar", ".jex", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2", ".tar.zst", ".tzst"),
)
"""Endings of files that are archives; `.bar` is a blog of micro.blog, and `.jex` what Joplin exports."""

_MOST_MEMBERS = 5_000_000
_LONGEST_LINK = 4_096
_MOST_HOPS = 40
_DEEPEST = 100
_DEEPEST_SETTINGS = 4
MOST_FOLDER_DATA = 20 << 20
"""Bytes of data files of folders that are held for one archive."""
_SITE_FOLDERS = frozenset({"content", "data", "docs", "src"})
_DAMAGE = (
    *(tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, LookupError),
    *(MemoryError, NotImplementedError, OverflowError, RuntimeError, ValueError),
)
"""What the libraries raise for an archive that is truncated, corrupt, encrypted, or compressed in an unknown way."""


def is_archive(path: Path) -> bool:
    """Return whether a path's ending is that of an archive."""
    return path.name.lower().endswith(ARCHIVE_ENDINGS)


def open_archive(path: Path, name: str, stamp: tuple[int, int]) -> Source:
    """Return an archive as a source; `name` is what the user calls it, `stamp` its size and time of change.

    A single folder around everything is removed from the paths. Of several members with one path the last counts; links
    are followed to members only.

    Raises:
        SourceError: It cannot be read at all.
    """
    kind = _Zip if path.name.lower().endswith(_ZIPPED) else _Tar
    if path.name.lower().endswith("zst") and sys.version_info < (3, 14):
        message = f"{name}: Python reads .zst archives from 3.14 on. Use a newer Python, or pack it as .tar.xz."
        raise SourceError(message)
    try:
        archive = kind(path)
    except (OSError, *_DAMAGE) as error:
        raise _damaged(name, error) from error

    def files(
        exclude: tuple[str, ...], faults_of: Callable[[str], Faults], passed_over: Counter[str]
    ) -> Iterator[File]:
        wanted = WantedPaths(exclude)
        try:
            yield from archive.files(wanted, faults_of)
            passed_over.update(wanted.passed_over)
        except (OSError, *_DAMAGE) as error:
            raise _damaged(name, error) from error

    return Source(name, archive.root_file, files, stamp, len(archive.index.places))


class _Members:
    """The members of an archive, by path."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        """The position of each file, the last if several have one path."""
        self.repeated: set[str] = set()
        """Paths that several files have."""
        self.links: dict[str, str | None] = {}
        """What each link leads to; `None` if it leads out of the archive."""
        self.too_deep: set[str] = set()
        """Folders deeper than anybody makes by hand."""

    def add(self, path: str, place: int) -> None:
        if path.count("/") > _DEEPEST:
            self.too_deep.add("/".join(path.split("/", _DEEPEST)[:_DEEPEST]))
            return
        if path in self.places:
            self.repeated.add(path)
        self.places[path] = place

    def link(self, path: str, target: str | None) -> None:
        if path.count("/") <= _DEEPEST:
            self.links[path] = target

    @cached_property
    def top(self) -> str:
        """The one folder above all files that the archive's author wrapped around them, with `/`, or nothing."""
        tops = {path.partition("/")[0] for path in self.places}
        only = next(iter(tops)) if len(tops) == 1 else ""
        of_site = only.startswith(("_", ".")) or only in _SITE_FOLDERS
        return "" if not only or of_site or only in self.places else only + "/"

    def listed(self, wanted: WantedPaths, faults_of: Callable[[str], Faults]) -> dict[str, list[str]]:
        """Return for the path of each file that is wanted, or linked to, the paths it is read under."""
        top = self.top
        shown: dict[str, list[str]] = {}
        wanted.enter_all(path.removeprefix(top) for path in self.places)
        for path in sorted(self.places):
            under = path.removeprefix(top)
            if wanted.member(under):
                shown[path] = [under]
                if path in self.repeated:
                    fact = "the archive contains several files with this path; the last one counts"
                    faults_of(under).add("repeated-member", fact, "Pack it again")
            elif wanted.folders(under):
                wanted.pass_over(under)
        for path in sorted(self.too_deep):
            fact = f"there are files more than {_DEEPEST} folders deep"
            faults_of(path.removeprefix(top)).add("too-deep", fact, "Use fewer folders; the files were left out")
        folders = {above for path in self.places for above in folders_above(path)} - {""} if self.links else set()
        for path in sorted(self.links):
            target = self._follow(path)
            under = path.removeprefix(top)
            if target in self.places and wanted.member(under):
                shown.setdefault(target, []).append(under)
            elif wanted.member(f"{under}/x.md" if target in folders else under):
                report_link(faults_of(under), leads_out=target is None, to_folder=target in folders)
        return shown

    def _follow(self, path: str) -> str | None:
        target: str | None = path
        for _ in range(_MOST_HOPS):
            if target is None or target not in self.links:
                break
            target = self.links[target]
        return target


class _Zip:
    """A `.zip` archive, whose members can be read in any order."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.index = _Members()
        with zipfile.ZipFile(path) as archive:
            self._infos = archive.infolist()
            for place, info in enumerate(self._infos):
                clean = clean_path(info.filename)
                if stat.S_ISLNK(info.external_attr >> 16) and info.file_size <= _LONGEST_LINK:
                    target = _read_zipped(archive, info).decode("utf-8", "replace")
                    self.index.link(clean, _target(clean, target))
                elif not info.is_dir():
                    self.index.add(clean, place)

    def files(self, wanted: WantedPaths, faults_of: Callable[[str], Faults]) -> Iterator[File]:
        listed = self.index.listed(wanted, faults_of)
        with zipfile.ZipFile(self._path) as archive:
            for path, shown in listed.items():
                info = self._infos[self.index.places[path]]
                for under in shown:
                    yield File(under, partial(_read_zipped, archive, info))

    def root_file(self, name: str) -> bytes | None:
        if (place := self.index.places.get(self.index.top + name)) is None:
            return None
        try:
            with zipfile.ZipFile(self._path) as archive:
                return _read_zipped(archive, self._infos[place])
        except OSError:
            return None


class _Tar:
    """A `.tar` archive, compressed or not, whose members are best read in their order."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.index = _Members()
        self._roots: dict[str, bytes] = {}
        site_files = SiteFiles()
        self._parts = array("Q")
        self._stamp: tuple[int, int] | None = stamp_of(path.stat())
        for place, archive, member in _tar_members(path):
            self._parts.extend((member.offset_data, member.size))
            if not isinstance(archive.fileobj, io.BufferedReader) or member.issparse():
                self._stamp = None  # members are found only by going through all of it
            clean = clean_path(member.name)
            if member.issym():
                self.index.link(clean, _target(clean, member.linkname))
            elif member.islnk():
                self.index.link(clean, clean_path(member.linkname))
            elif member.isfile():
                self.index.add(clean, place)
                if site_files.hold(clean, member.size):
                    self._roots[clean] = _read_packed(archive, member)

    def files(self, wanted: WantedPaths, faults_of: Callable[[str], Faults]) -> Iterator[File]:
        listed = self.index.listed(wanted, faults_of)
        shown = {self.index.places[path]: under for path, under in listed.items()}
        del listed
        if self._stamp == stamp_of(self._path.stat()):
            with self._path.open("rb") as stream:
                for place in sorted(shown):
                    for under in shown[place]:
                        yield File(under, partial(_read_part, stream, *self._parts[2 * place : 2 * place + 2]))
            return
        for place, archive, member in _tar_members(self._path):
            for under in shown.get(place, ()):
                yield File(under, partial(_read_packed, archive, member))

    def root_file(self, name: str) -> bytes | None:
        return self._roots.get(self.index.top + name)


def _tar_members(path: Path) -> Iterator[tuple[int, tarfile.TarFile, tarfile.TarInfo]]:
    """Yield the members of a tar archive in their order; read each before you ask for the next."""
    with tarfile.open(path) as archive:
        for place, member in enumerate(iter(archive.next, None)):
            if place > _MOST_MEMBERS:
                raise OSError(None, f"more than {_MOST_MEMBERS:,} files")
            yield place, archive, member
            getattr(archive, "members", []).clear()  # it remembers all members read so far


def _read_part(stream: IO[bytes], start: int, size: int) -> bytes:
    """Return a part of an archive that is not compressed."""
    stream.seek(start)
    data = _read(size, lambda: io.BytesIO(stream.read(size)))
    if len(data) < size:
        raise OSError(None, "damaged in the archive: unexpected end of data")
    return data


def _read_zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    return _read(info.file_size, lambda: archive.open(info))


def _read_packed(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    return _read(member.size, lambda: archive.extractfile(member))


def _read(size: int, opened: Callable[[], IO[bytes] | None]) -> bytes:
    if size > LARGEST_FILE:
        raise OSError(None, f"larger than {LARGEST_FILE >> 20} MiB")
    try:
        with opened() or io.BytesIO() as stream:
            return stream.read(size)
    except _DAMAGE as error:
        raise OSError(None, f"damaged in the archive: {error}") from error


def is_site_file(path: str) -> bool:
    """Return whether a file may say something of the whole site, so that it is read before all documents."""
    name, depth = posixpath.basename(path), path.count("/")
    is_configuration = name in CONFIGURATION_NAMES and depth <= _DEEPEST_SETTINGS
    return is_configuration or _says_of_some(path) or (name in {INDEX, POSTS_TABLE} and depth <= 1)


def _says_of_some(path: str) -> bool:
    """Return whether a file may say something about the documents beside it."""
    return is_called_like_folder(path) or path.endswith(META_ENDING)


class SiteFiles:
    """Which of these are kept in memory: not all, if there are very many about a few documents."""

    def __init__(self) -> None:
        self._room = MOST_FOLDER_DATA

    def hold(self, path: str, size: int) -> bool:
        """Return whether a file with so many bytes is held."""
        if not is_site_file(path):
            return False
        if _says_of_some(path):
            if size > min(self._room, LARGEST_FOLDER_DATA):
                return False
            self._room -= size
        return True


def clean_path(name: str) -> str:
    """Return the path of a member without parts that would lead out of the archive."""
    parts = name.replace("\\", "/").split("/")
    return printable_path("/".join(part for part in parts if part not in ("", ".", "..")))


def _target(link: str, written: str) -> str | None:
    """Return the path that a link leads to, relative to its own folder; `None` if it is outside of the archive."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(link), written.replace("\\", "/")))
    return None if path.startswith(("/", "../")) or path == ".." else clean_path(path)


def _damaged(name: str, error: Exception) -> SourceError:
    reason = str(error).partition("\n")[0].removesuffix(":") or type(error).__name__
    return SourceError(f"{name}: the archive cannot be read ({reason}). Pack it again.")
