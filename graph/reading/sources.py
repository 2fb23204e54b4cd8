"""Where documents come from: folders, single files, and archives that are read without unpacking them to disk."""

from __future__ import annotations

import os
import stat
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

import pathspec

from graph.errors import SourceError
from graph.reading.faults import Faults

__all__ = ["File", "Source", "open_source"]

_ARTICLES = frozenset({".md", ".markdown", ".mdx", ".html", ".htm", ".txt"})
_RECORDS = frozenset({".yaml", ".yml"})
_SKIPPED_FOLDERS = frozenset({"node_modules", "_site", "__pycache__"})
_TAR_ENDINGS = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tar.zst", ".tzst")
_LARGEST_FILE = 64 * 1024 * 1024
_MOST_MEMBERS = 5_000_000
_DAMAGE = (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class File:
    """One file of a source, not yet read."""

    path: str
    """Relative to its source, `/`-separated."""
    read: Callable[[], bytes]
    """Return its bytes; may raise `OSError`."""
    stamp: tuple[int, int] | None = None
    """Its size in bytes and its time of change in nanoseconds; `None` where only its bytes can tell a change."""


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


def open_source(location: str | os.PathLike[str], without: Path | None = None) -> Source:
    """Return the source at a path: a folder, one file, or an archive.

    Archives are `.zip` and `.tar`, also as `.tar.gz`, `.tar.bz2` and `.tar.xz`; `.tar.zst` from Python 3.14 on.

    `without` is a folder to leave out wherever it lies.

    Raises:
        SourceError: There is nothing at the path, or it cannot be read at all.
    """
    path = Path(location)
    name = str(location)
    try:
        status = path.stat()
        mode = status.st_mode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"{name}: cannot be read ({reason}). Name a folder, a file or an archive that exists."
        raise SourceError(message) from error
    if stat.S_ISDIR(mode):
        if not os.access(path, os.R_OK | os.X_OK):
            message = f"{name}: the folder may not be read. Change its permissions."
            raise SourceError(message)
        return Source(
            name,
            lambda file: _root_file(path, file),
            lambda exclude, faults: _walk(path, _Wanted(exclude, path, without), faults),
        )
    if not stat.S_ISREG(mode):
        message = f"{name}: is neither a file nor a folder. Name a folder, a file or an archive."
        raise SourceError(message)
    lower = path.name.lower()
    if lower.endswith(".zip"):
        return _zip_source(path, name, (status.st_size, status.st_mtime_ns))
    if lower.endswith(_TAR_ENDINGS):
        return _tar_source(path, name, (status.st_size, status.st_mtime_ns))
    return Source(
        name, lambda file: _root_file(path.parent, file), lambda _exclude, _faults: iter([_file(path, path.name)])
    )


def _root_file(folder: Path, name: str) -> bytes | None:
    path = folder / name
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= _LARGEST_FILE else None
    except OSError:
        return None


def _file(path: Path, relative: str) -> File:
    try:
        status = path.stat()
    except OSError:
        return File(relative, lambda: _read_regular(path))
    return File(relative, lambda: _read_regular(path), (status.st_size, status.st_mtime_ns))


def _read_regular(path: Path) -> bytes:
    """Read a file, refusing what is none: a pipe would never end."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(None, "not a regular file")
        if status.st_size > _LARGEST_FILE:
            raise OSError(None, f"larger than {_LARGEST_FILE >> 20} MiB")
        return stream.read()


def _walk(root: Path, wanted: _Wanted, faults_of: Callable[[str], Faults]) -> Iterator[File]:
    real_root = os.path.realpath(root)
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            fact = f"the folder cannot be read ({error.strerror})"
            faults_of(folder).add("unreadable", fact, "Change its permissions; it was passed over")
            continue
        below = []
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            shown = path.encode("utf-8", "replace").decode()
            if entry.is_symlink():
                if not _link_is_usable(root / path, real_root, shown, wanted, faults_of):
                    continue
            elif entry.is_dir(follow_symlinks=False):
                if wanted.folder(shown):
                    below.append(path)
                continue
            if wanted.file(shown):
                yield _file(root / path, shown)
        folders.extend(reversed(below))


def _link_is_usable(
    path: Path, real_root: str, shown: str, wanted: _Wanted, faults_of: Callable[[str], Faults]
) -> bool:
    """Follow a link to a file within the source; report links to folders, which may loop, and links out of it."""
    if path.is_dir():
        if wanted.folder(shown):
            fact = "the link to a folder was not followed"
            faults_of(shown).add("link-not-followed", fact, "Name the folder it points to as a source of its own")
        return False
    if not wanted.file(shown):
        return False
    try:
        target = os.path.realpath(path, strict=True)
    except OSError as error:
        fact = f"the link leads nowhere ({error.strerror})"
        faults_of(shown).add("unreadable", fact, "Mend or remove it; it was passed over")
        return False
    if os.path.commonpath([target, real_root]) != real_root:
        fact = "the link leads out of the source and was not followed"
        faults_of(shown).add("link-not-followed", fact, "Copy the file into the source")
        return False
    return True


class _Wanted:
    """Which paths hold documents."""

    def __init__(self, exclude: tuple[str, ...], root: Path | None = None, without: Path | None = None) -> None:
        self._without = None
        if root is not None and without is not None:
            relative = os.path.relpath(os.path.realpath(without), os.path.realpath(root))
            self._without = relative.replace(os.sep, "/")
        self._excluded = pathspec.GitIgnoreSpec.from_lines(exclude) if exclude else None

    def folder(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        skipped = name.startswith(".") or name in _SKIPPED_FOLDERS or path == self._without
        return not (skipped or self._is_excluded(path + "/"))

    def file(self, path: str) -> bool:
        folder, _, name = path.rpartition("/")
        ending = PurePosixPath(name).suffix.lower()
        if name.startswith(".") or (ending not in _ARTICLES and ending not in _RECORDS) or self._is_excluded(path):
            return False
        return ending in _ARTICLES or not {"_data", "data"}.isdisjoint(folder.split("/"))

    def member(self, path: str) -> bool:
        """Tell whether an archive's member is wanted, and every folder above it."""
        folders = path.split("/")[:-1]
        return all(self.folder("/".join(folders[: end + 1])) for end in range(len(folders))) and self.file(path)

    def _is_excluded(self, path: str) -> bool:
        return self._excluded is not None and self._excluded.match_file(path)


def _member_paths(names: list[str]) -> tuple[list[str], str]:
    """Return members' paths, and the one folder above them all that the archive's author wrapped around them."""
    clean = []
    for name in names:
        parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", ".", "..")]
        clean.append("/".join(parts).encode("utf-8", "replace").decode())
    tops = {path.partition("/")[0] for path in clean}
    wrapped = len(tops) == 1 and all("/" in path for path in clean)
    return clean, tops.pop() + "/" if wrapped else ""


def _zip_source(path: Path, name: str, stamp: tuple[int, int]) -> Source:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (OSError, *_DAMAGE) as error:
        raise _damaged(name, error) from error
    paths, top = _member_paths([info.filename for info in infos])
    members = {member.removeprefix(top): info for member, info in zip(paths, infos, strict=True)}

    def read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        if info.file_size > _LARGEST_FILE:
            raise OSError(None, f"larger than {_LARGEST_FILE >> 20} MiB")
        try:
            with archive.open(info) as stream:
                data = stream.read(_LARGEST_FILE + 1)
        except _DAMAGE as error:
            raise OSError(None, f"damaged in the archive: {error}") from error
        if len(data) > _LARGEST_FILE:
            raise OSError(None, f"larger than {_LARGEST_FILE >> 20} MiB")
        return data

    def files(exclude: tuple[str, ...], _faults: Callable[[str], Faults]) -> Iterator[File]:
        wanted = _Wanted(exclude)
        with zipfile.ZipFile(path) as archive:
            for member in sorted(members):
                if wanted.member(member):
                    yield File(member, lambda info=members[member]: read(archive, info))  # type: ignore[misc]

    def root_file(file: str) -> bytes | None:
        if file not in members:
            return None
        with zipfile.ZipFile(path) as archive:
            try:
                return read(archive, members[file])
            except OSError:
                return None

    return Source(name, root_file, files, stamp)


def _tar_source(path: Path, name: str, stamp: tuple[int, int]) -> Source:
    if path.name.lower().endswith("zst") and sys.version_info < (3, 14):
        message = f"{name}: Python reads .zst archives from 3.14 on. Use a newer Python, or pack it as .tar.xz."
        raise SourceError(message)
    names: list[str] = []
    roots: dict[str, bytes] = {}
    try:
        for archive, member in _tar_members(path):
            names.append(member.name)
            clean = _member_paths([member.name])[0][0]
            if clean.endswith((".toml", ".yml", ".yaml")) and clean.count("/") <= 1:
                roots[clean] = _read_member(archive, member)
    except (OSError, *_DAMAGE) as error:
        raise _damaged(name, error) from error
    _, top = _member_paths(names)

    def files(exclude: tuple[str, ...], _faults: Callable[[str], Faults]) -> Iterator[File]:
        wanted = _Wanted(exclude)
        for archive, member in _tar_members(path):
            clean = _member_paths([member.name])[0][0].removeprefix(top)
            if wanted.member(clean):
                yield File(clean, partial(_read_member, archive, member))

    return Source(name, lambda file: roots.get(top + file), files, stamp)


def _tar_members(path: Path) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """Yield the files of a tar archive in the order they stand, each to be read before the next."""
    with tarfile.open(path) as archive:
        for count, member in enumerate(archive):
            if count > _MOST_MEMBERS:
                raise OSError(None, f"more than {_MOST_MEMBERS:,} files")
            if member.isfile():
                yield archive, member


def _read_member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    if member.size > _LARGEST_FILE:
        raise OSError(None, f"larger than {_LARGEST_FILE >> 20} MiB")
    try:
        stream = archive.extractfile(member)
        return stream.read() if stream else b""
    except _DAMAGE as error:
        raise OSError(None, f"damaged in the archive: {error}") from error


def _damaged(name: str, error: Exception) -> SourceError:
    return SourceError(f"{name}: the archive cannot be read ({error}). Pack it again.")
