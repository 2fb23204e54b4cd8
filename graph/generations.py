"""One build, one generation: the files of a build become current together, or none of them does.

A build writes its files into a folder of its own, `.new-...`, beside the current ones. When all are written, that
folder is renamed to `.generation-NAME`, and a manifest that names the files of the build with their sizes and digests
is renamed into place: from then on the generation is current. Only then are the files moved to their final names. A
reader looks for a file first in the folder of its generation and then under its final name, so it does not matter how
many files have been moved; the next build moves the rest.

A reader that opens a file of a generation after a later build has replaced that file gets an error.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from graph.errors import DamagedBuildError, OutputError, SourceError
from graph.locking import HOLD_FILE, locked, make_held, remove_unheld
from graph.writing import TEMPORARY, prepare_folder, unwritable, write_text

MANIFEST_FILE = "manifest.json"
"""The file that names the files of the current generation."""

_STAGING, _STAGED = ".new-", ".generation-"
LOCK_FILE = ".lock"
"""The empty file that is locked while files are renamed."""
_NAME_SIZE = 16
"""Bytes of a generation's name: enough to keep two builds from sharing one by chance."""

_AT_ONCE = 2
"""Files that are read at the same time."""

_Opened = TypeVar("_Opened")


class Written(msgspec.Struct, frozen=True, rename={"digest": "sha256"}):
    """The size and digest of a file when it was written."""

    size: int
    """In bytes."""
    digest: str
    """SHA-256, in hexadecimal."""

    @classmethod
    def of(cls, path: Path) -> Written:
        """Return the size and the digest of a file. Reads all of it.

        Raises:
            OSError: It cannot be read.
        """
        with path.open("rb") as file:
            return cls(os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest())


class _Manifest(msgspec.Struct, frozen=True):
    """The content of `manifest.json`."""

    generation: str
    files: dict[str, Written]


@dataclass(frozen=True)
class Generation:
    """The files of one build in a folder."""

    folder: Path
    """Where the build was written to."""
    files: Mapping[str, Written]
    """Every file by its path relative to the folder, `/`-separated."""

    @property
    def staged(self) -> Path:
        """The folder of those of its files that have not been moved to their final names yet."""
        return self.folder / f"{_STAGED}{self.name}"

    @functools.cached_property
    def name(self) -> str:
        """A digest of all names, sizes and digests, so that equal generations have equal names."""
        rows = sorted((name, file.size, file.digest) for name, file in self.files.items())
        return hashlib.sha256(repr(rows).encode()).hexdigest()[: 2 * _NAME_SIZE]

    def open(self, name: str, how: Callable[[Path], _Opened], *, is_whole: bool = False) -> _Opened:
        """Open a file of this generation with `how`, which takes its path.

        The size is always checked. With `is_whole`, for callers that read the whole file anyway, the digest is too.

        Raises:
            DamagedBuildError: The file is missing or damaged.
            SourceError: It cannot be read, or a later build has replaced it. Also what `how` raises.
        """
        written = self.files[name]
        for _ in range(2):  # meanwhile a build may move the file from the first place to the second
            for path in (self.staged / name, self.folder / name):
                try:
                    found = path.stat().st_size
                    if found == written.size and (not is_whole or Written.of(path) == written):
                        opened = how(path)
                        self._check_current(name)
                        return opened
                except FileNotFoundError:
                    continue
                except OSError as error:
                    raise SourceError(f"{path}: cannot be read ({error.strerror or error}).") from error
                self._check_current(name)
                raise DamagedBuildError(f"{path}: is damaged: its content is not what the build wrote. Build again.")
        self._check_current(name)
        raise DamagedBuildError(f"{self.folder / name}: is missing. Build again.")

    def _check_current(self, name: str) -> None:
        """Raise SourceError if another build has replaced a file."""
        now = current_generation(self.folder)
        if now is None or now.files.get(name) != self.files[name]:
            raise SourceError(f"{self.folder}: was built again while it was read. Try again.")


def current_generation(folder: Path) -> Generation | None:
    """Return the current generation in a folder, or `None` where no build was written there.

    Raises:
        DamagedBuildError: The manifest is damaged, or of another version of article-graph.
        SourceError: It cannot be read.
    """
    path = folder / MANIFEST_FILE
    try:
        content = b"" if path.is_fifo() else path.read_bytes()  # reading a FIFO would wait for a writer
        manifest = msgspec.json.decode(content, type=_Manifest)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (msgspec.MsgspecError, IsADirectoryError, RecursionError):
        manifest = None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror or error}).") from error
    if manifest is not None and all(map(_is_inside, manifest.files)):
        generation = Generation(folder, manifest.files)
        if generation.name == manifest.generation:
            return generation
    raise DamagedBuildError(f"{path}: is damaged. Build again.")


def _is_inside(name: str) -> bool:
    """Return whether a name in the manifest is the path of a file inside the folder."""
    parts = name.split("/")
    is_plain = name.isprintable() and not {"\\", ":"} & set(name)
    return is_plain and not {"", ".", ".."} & set(parts)


class Staging:
    """The files of a build that is not current yet."""

    def __init__(self, folder: Path, path: Path, holding: contextlib.ExitStack) -> None:
        """Stage a build of `folder` in the folder at `path`, which is held until `holding` is closed."""
        self.folder = folder
        """Where the files of the build finally go."""
        self.path = path
        """Where its files are written until they become current."""
        self.before = _sound_generation(folder)
        """The generation that was current when the build began to write, if it is not damaged."""
        self._holding = holding
        self._written: dict[str, Written] = {}

    def written(self, name: str) -> Written:
        """Return the size and the digest of a file written here, which must not change afterwards.

        Raises:
            OSError: It cannot be read.
        """
        if name not in self._written:
            self._written[name] = Written.of(self.path / name)
        return self._written[name]

    def commit(
        self, *, kept: Collection[str] = (), placed: Collection[str] = (), then: Callable[[], object] = lambda: None
    ) -> Generation:
        """Make the files written here the current generation, with those `kept` from the previous one.

        A file that is the same as before is left as it is. `placed` are files that have been written under their final
        names, which no other build uses. `then` is called when the generation is current, while no other build can
        commit. Reads the files written here and those placed once.

        Raises:
            OutputError: The folder cannot be written to, or another build has replaced a file to keep. The previous
                generation is then still current.
        """
        try:
            # Digests are computed without Python's lock: on two cores they take half the time.
            with ThreadPoolExecutor(_AT_ONCE) as threads:
                written = _by_name(threads, self.written, _files_below(self.path))
                others = _by_name(threads, lambda name: Written.of(self.folder / name), placed)
            with locked(self.folder / LOCK_FILE, wait=True):
                generation = self._commit(kept, written, others)
                then()
                return generation
        except OSError as error:
            raise unwritable(self.folder, error) from error

    def _commit(self, kept: Collection[str], written: dict[str, Written], placed: dict[str, Written]) -> Generation:
        current = _tidy(self.folder)
        before = {} if current is None else current.files
        if any(self.before is None or before.get(name) != self.before.files[name] for name in kept):
            raise OutputError(f"{self.folder}: another build finished there in the meantime. Build again.")
        generation = Generation(self.folder, {**{name: before[name] for name in kept}, **placed, **written})
        for name, file in written.items():
            if before.get(name) == file and _is_unchanged(self.folder / name, file):
                (self.path / name).unlink()
        self._holding.close()  # Windows does not rename a folder with an open file
        (self.path / HOLD_FILE).unlink()
        if generation.staged.exists():  # the same files as before, some of them not moved yet
            _move(self.path, generation.staged)
        else:
            self.path.rename(generation.staged)
        manifest = msgspec.json.encode(_Manifest(generation.name, dict(sorted(generation.files.items()))))
        try:
            write_text(self.folder / MANIFEST_FILE, [msgspec.json.format(manifest, indent=1).decode(), "\n"])
        except OutputError:
            if current is None or current.name != generation.name:
                shutil.rmtree(generation.staged, ignore_errors=True)  # frees space on a full disk
            raise
        _finish(generation)
        return generation


def _by_name(
    threads: ThreadPoolExecutor, describe: Callable[[str], Written], names: Collection[str]
) -> dict[str, Written]:
    return dict(zip(names, threads.map(describe, names), strict=True))


@contextlib.contextmanager
def staging(folder: Path) -> Iterator[Staging]:
    """Provide a folder for writing a build; it is removed at the end, with all files that were not committed.

    First, it cleans up after interrupted builds.

    Raises:
        OutputError: The folder cannot be written to.
    """
    prepare_folder(folder)
    try:
        with locked(folder / LOCK_FILE, wait=True):
            _tidy(folder)
            path, holding = make_held(folder, _STAGING)
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield Staging(folder, path, holding)
    finally:
        holding.close()
        shutil.rmtree(path, ignore_errors=True)


def _finish(generation: Generation) -> None:
    """Move the files of the current generation to their final names.

    A file that cannot be moved, as on Windows while a program has the old one open, is moved by the next build; readers
    find it where it is.
    """
    _move(generation.staged, generation.folder)
    folders = [path for path in generation.staged.rglob("*") if path.is_dir()]
    for folder in [*sorted(folders, reverse=True), generation.staged]:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _move(source: Path, target: Path) -> None:
    """Move all files of a folder to another where possible."""
    for name in _files_below(source):
        with contextlib.suppress(OSError):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).replace(target / name)


def tidy(folder: Path) -> None:
    """Move the rest of the current files to their final names, and clean up after interrupted builds, if possible."""
    with contextlib.suppress(OSError):
        if any(next(folder.glob(pattern), None) for pattern in (f"{_STAGING}*", f"{_STAGED}*", TEMPORARY)):
            with locked(folder / LOCK_FILE, wait=True):
                _tidy(folder)


def _tidy(folder: Path) -> Generation | None:
    """Do the work of `tidy` under the folder's lock; return the current generation, if it is not damaged."""
    current = _sound_generation(folder)
    if current is not None:
        _finish(current)
    for path in folder.glob(TEMPORARY):
        with contextlib.suppress(OSError):
            path.unlink()
    for path in [*folder.glob(f"{_STAGING}*"), *folder.glob(f"{_STAGED}*")]:
        if current is None or path != current.staged:
            remove_unheld(path)
    return current


def _files_below(folder: Path) -> list[str]:
    """Return the names of all files in a folder, relative to it, sorted."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.name != HOLD_FILE and path.is_file()
    )


def _is_unchanged(path: Path, file: Written) -> bool:
    """Return whether a file is unchanged since it was written."""
    try:
        return path.stat().st_size == file.size and Written.of(path) == file
    except OSError:
        return False


def _sound_generation(folder: Path) -> Generation | None:
    """Return the current generation in a folder, or `None` where there is none or its manifest is damaged."""
    with contextlib.suppress(SourceError):
        return current_generation(folder)
    return None
