"""Where documents come from: folders, single files, and archives that are read without unpacking them to disk."""

from __future__ import annotations

import functools
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from msgspec.structs import replace

from graph.errors import SourceError
from graph.reading.archives import is_archive, open_archive
from graph.reading.faults import Faults
from graph.reading.files import LARGEST_FILE, File, Source, WantedPaths, printable_path, report_link, stamp_of
from graph.reading.not_articles import OWN_FILES, OWN_OUTPUT
from graph.reading.parquet_documents import is_parquet, open_parquet

_SIGNS_OF_A_BUILD = frozenset({"info.json", "problems.json"})

Sources: TypeAlias = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
"""Where documents are: the path of a folder, a file or an archive, or several."""


def source_paths(sources: Sources) -> list[str | os.PathLike[str]]:
    """Return the paths of one source or of several."""
    return [sources] if isinstance(sources, str | os.PathLike) else list(sources)


def open_source(location: str | os.PathLike[str], without: Path | None = None) -> Source:
    """Return the source at a path: a folder, one file, or an archive.

    Archives are `.zip` and `.tar`, also as `.tar.gz`, `.tar.bz2` and `.tar.xz`; `.tar.zst` from Python 3.14 on. Parquet
    is read with pyarrow: a file or a folder that ends in `.parquet`.

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
    if is_parquet(path) and (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        return open_parquet(path, name)
    if stat.S_ISDIR(mode):
        if not os.access(path, os.R_OK | os.X_OK):
            raise SourceError(f"{name}: the folder is not readable. Change its permissions.")
        return Source(
            name,
            _root_files(path),
            lambda exclude, faults, passed_over: _walk(path, WantedPaths(exclude, path, without), faults, passed_over),
        )
    if not stat.S_ISREG(mode):
        raise SourceError(f"{name}: is neither a file nor a folder. Name a folder, a file or an archive.")
    if is_archive(path):
        return open_archive(path, name, stamp_of(status))
    return Source(
        name,
        _root_files(path.parent),
        lambda _exclude, _faults, _passed_over: iter(
            [replace(file_at(path, printable_path(path.name)), is_named=True)]
        ),
    )


def _root_files(folder: Path) -> Callable[[str], bytes | None]:
    """Return what reads files by their paths in a folder; each folder in it is looked for once.

    Hundreds of names are tried, most of them in folders that few sites have.
    """
    root = os.fspath(folder)

    @functools.cache
    def exists(below: str) -> bool:
        return not below or (exists(below.rpartition("/")[0]) and os.path.isdir(f"{root}/{below}"))  # noqa: PTH112

    def read(name: str) -> bytes | None:
        if not exists(name.rpartition("/")[0]):
            return None
        path = f"{root}/{name}"
        try:
            status = os.stat(path)  # noqa: PTH116
            regular = stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST_FILE
            return Path(path).read_bytes() if regular else None
        except OSError:
            return None

    return read


def file_at(path: Path, relative: str) -> File:
    """Return the file at a path of the disk, which is `relative` in its source."""
    read = functools.partial(_read_regular, path)
    try:
        status = path.stat()
    except OSError:
        return File(relative, read, place=path)
    return File(relative, read, stamp_of(status), place=path)


def _read_regular(path: Path) -> bytes:
    """Read a regular file; a pipe would never end."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(None, "not a regular file")
        if status.st_size > LARGEST_FILE:
            raise OSError(None, f"larger than {LARGEST_FILE >> 20} MiB")
        return stream.read()


def _walk(
    root: Path, wanted: WantedPaths, faults_of: Callable[[str], Faults], passed_over: Counter[str]
) -> Iterator[File]:
    real_root = os.path.realpath(root)
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            fact = f"the folder cannot be read ({error.strerror})"
            faults_of(printable_path(folder)).add("unreadable", fact, "Change its permissions; it was passed over")
            continue
        below = []
        names = {entry.name for entry in entries}
        is_build = names >= _SIGNS_OF_A_BUILD and bool(names & {"manifest.json", "explorer.html"})
        wanted.enter(printable_path(folder), names)
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            shown = printable_path(path)
            if entry.is_symlink():
                if not _link_is_usable(root / path, real_root, shown, wanted, faults_of):
                    continue
            elif entry.is_dir(follow_symlinks=False):
                if wanted.folder(shown):
                    below.append(path)
                continue
            if is_build and entry.name in OWN_FILES:
                wanted.passed_over[OWN_OUTPUT] += 1
                continue
            if wanted.file(shown):
                yield file_at(root / path, shown)
            else:
                wanted.pass_over(shown)
        folders.extend(reversed(below))
    passed_over.update(wanted.passed_over)


def _link_is_usable(
    path: Path, real_root: str, shown: str, wanted: WantedPaths, faults_of: Callable[[str], Faults]
) -> bool:
    """Return whether a link leads to a file within the source; report links to folders or out of it."""
    try:
        leads_to_folder = path.is_dir()
    except OSError:
        leads_to_folder = False
    if leads_to_folder:
        if wanted.folder(shown):
            report_link(faults_of(shown), to_folder=True)
        return False
    if not wanted.file(shown):
        return False
    try:
        target = os.path.realpath(path, strict=True)
    except OSError:
        report_link(faults_of(shown))
        return False
    if os.path.commonpath([target, real_root]) != real_root:
        report_link(faults_of(shown), leads_out=True)
        return False
    return True
