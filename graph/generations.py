"""One build, one generation: the files of a build become current together, or none of them does.

A build writes its files into a folder of its own, `.new-...`, beside the current ones. When all are written, that
folder is renamed to `.generation-NAME`, and a manifest that names the files of the build with their sizes and digests
is renamed into place: from then on the generation is current. Only then do the files move to the names that people
know. A reader looks for a file first in the folder of its generation and then under its name, so it does not matter how
far the moves have come; the next build finishes them.

A reader that holds a generation and opens another of its files later is told when that generation was replaced, unless
the file is the same in both.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from graph.errors import DamagedBuildError, OutputError, SourceError
from graph.locking import HOLD_FILE, locked, make_held, remove_unheld
from graph.writing import TEMPORARY, prepare_folder, write_text

__all__ = ["LOCK_FILE", "MANIFEST_FILE", "Generation", "Staging", "Written", "current_generation", "staging", "tidy"]

MANIFEST_FILE = "manifest.json"
"""The file that names the files of the current generation."""

_STAGING, _STAGED = ".new-", ".generation-"
LOCK_FILE = ".lock"
"""The empty file by which a folder is locked while its files change their names."""
_NAME_SIZE = 16
"""Bytes of a generation's name: enough that two builds never share one by chance."""

_Opened = TypeVar("_Opened")


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a build, as it was written."""

    size: int
    """In bytes."""
    digest: str
    """SHA-256, in hexadecimal."""

    @classmethod
    def of(cls, path: Path) -> Written:
        """Return the size and the digest of a file; reads it once.

        Raises:
            OSError: It cannot be read.
        """
        with path.open("rb") as file:
            return cls(os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest())


@dataclass(frozen=True)
class Generation:
    """The files of one build in a folder."""

    folder: Path
    """Where the build was written to."""
    files: Mapping[str, Written]
    """Every file by its name, which is relative to the folder and `/`-separated."""

    @property
    def staged(self) -> Path:
        """Where its files stand that have not been moved to their names yet."""
        return self.folder / f"{_STAGED}{self.name}"

    @functools.cached_property
    def name(self) -> str:
        """A digest of all names, sizes and digests: the same files have the same name."""
        rows = sorted((name, file.size, file.digest) for name, file in self.files.items())
        return hashlib.sha256(repr(rows).encode()).hexdigest()[: 2 * _NAME_SIZE]

    def open(self, name: str, how: Callable[[Path], _Opened], *, is_whole: bool = False) -> _Opened:
        """Open a file of this generation with `how`, which takes its path.

        The size is checked always, the digest where the file `is_whole`, that is, read from beginning to end anyway.

        Raises:
            DamagedBuildError: The file is gone or damaged.
            SourceError: It cannot be read, or a later build has replaced it. Also what `how` raises.
        """
        written = self.files[name]
        for _ in range(2):  # a build may move the file from the one place to the other meanwhile
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
                    message = f"{path}: cannot be read ({error.strerror or error})."
                    raise SourceError(message) from error
                self._check_current(name)
                message = f"{path}: is damaged: it is not the file that the build wrote. Build again."
                raise DamagedBuildError(message)
        self._check_current(name)
        message = f"{self.folder / name}: is gone. Build again."
        raise DamagedBuildError(message)

    def _check_current(self, name: str) -> None:
        """Make sure that no other build has replaced a file."""
        now = current_generation(self.folder)
        if now is None or now.files.get(name) != self.files[name]:
            message = f"{self.folder}: was built again while it was read. Try again."
            raise SourceError(message)


def current_generation(folder: Path) -> Generation | None:
    """Return the current generation in a folder, or `None` where no build was written there.

    Raises:
        DamagedBuildError: The manifest is damaged, or of another version of article-graph.
    """
    path = folder / MANIFEST_FILE
    try:
        told = json.loads(path.read_bytes())
        files = {str(name): Written(int(file["size"]), str(file["sha256"])) for name, file in told["files"].items()}
        generation = Generation(folder, files)
        is_sound = all(map(_is_inside, files)) and told["generation"] == generation.name
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        is_sound = False
    if not is_sound:
        message = f"{path}: is damaged. Build again."
        raise DamagedBuildError(message)
    return generation


def _is_inside(name: str) -> bool:
    """Tell whether a name of the manifest leads to a file inside the folder."""
    parts = name.split("/")
    is_plain = name.isprintable() and not {"\\", ":"} & set(name)
    return is_plain and not {"", ".", ".."} & set(parts)


class Staging:
    """The files of a build that is not current yet."""

    def __init__(self, folder: Path, path: Path) -> None:
        """Stage a build of `folder` in the folder at `path`."""
        self.folder = folder
        """Where the build is written to."""
        self.path = path
        """Where its files are written until they become current."""
        self.before = _sound_generation(folder)
        """The generation that was current when the build began to write, if it is not damaged."""

    def commit(self, *, kept: Collection[str] = (), placed: Collection[str] = ()) -> Generation:
        """Make the files written here the current generation, with those `kept` of the generation before.

        A file that is the same as before stays untouched. Files that are `placed` stand already where they belong,
        under names that no other build uses. Costs one reading of the files written here and of those placed.

        Raises:
            OutputError: The folder cannot be written to, or another build has replaced a file to keep. The generation
                before is then still current.
        """
        try:
            written = {name: Written.of(self.path / name) for name in _files_below(self.path)}
            others = {name: Written.of(self.folder / name) for name in placed}
            with locked(self.folder / LOCK_FILE, wait=True):
                return self._commit(kept, written, others)
        except OSError as error:
            raise _failed(self.folder, error) from error

    def _commit(self, kept: Collection[str], written: dict[str, Written], placed: dict[str, Written]) -> Generation:
        current = _sound_generation(self.folder)
        before = {} if current is None else current.files
        if current is not None:
            _finish(current)
        if any(self.before is None or before.get(name) != self.before.files[name] for name in kept):
            message = f"{self.folder}: another build was written there meanwhile. Build again."
            raise OutputError(message)
        generation = Generation(self.folder, {**{name: before[name] for name in kept}, **placed, **written})
        for name, file in written.items():
            if before.get(name) == file and _stands(self.folder / name, file):
                (self.path / name).unlink()
        _remove_left_behind(self.folder, {generation.staged, None if current is None else current.staged})
        (self.path / HOLD_FILE).unlink()
        self.path.rename(generation.staged)
        write_text(self.folder / MANIFEST_FILE, _manifest(generation))
        _finish(generation)
        return generation


@contextlib.contextmanager
def staging(folder: Path) -> Iterator[Staging]:
    """Offer a place to write a build of a folder; what is not committed there is removed at the end.

    What earlier builds left behind when they were interrupted is removed first.

    Raises:
        OutputError: The folder cannot be written to.
    """
    prepare_folder(folder)
    try:
        with locked(folder / LOCK_FILE, wait=True):
            _tidy(folder)
            path, held = make_held(folder, _STAGING)
    except OSError as error:
        raise _failed(folder, error) from error
    try:
        yield Staging(folder, path)
    finally:
        os.close(held)
        shutil.rmtree(path, ignore_errors=True)


def tidy(folder: Path) -> None:
    """Finish the moves of the current generation, and remove what interrupted builds left, if there is anything.

    Raises:
        OSError: The folder cannot be written to.
    """
    if any(next(folder.glob(pattern), None) for pattern in (f"{_STAGING}*", f"{_STAGED}*", TEMPORARY)):
        with locked(folder / LOCK_FILE, wait=True):
            _tidy(folder)


def _tidy(folder: Path) -> None:
    current = _sound_generation(folder)
    if current is not None:
        _finish(current)
    _remove_left_behind(folder, {None if current is None else current.staged})


def _finish(generation: Generation) -> None:
    """Move the files of the current generation to the names that people know.

    A file that cannot be moved, because a program has the old one open on Windows, is found where it is, and moved by
    the next build.
    """
    for name in _files_below(generation.staged):
        with contextlib.suppress(OSError):
            target = generation.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (generation.staged / name).replace(target)
    with contextlib.suppress(OSError):
        generation.staged.rmdir()


def _remove_left_behind(folder: Path, kept: Collection[Path | None]) -> None:
    """Remove what interrupted builds left, but nothing that a build at work holds. Called under the folder's lock."""
    for path in folder.glob(TEMPORARY):
        path.unlink(missing_ok=True)
    for path in [*folder.glob(f"{_STAGING}*"), *folder.glob(f"{_STAGED}*")]:
        if path not in kept:
            remove_unheld(path)


def _files_below(folder: Path) -> list[str]:
    """Return the names of all files in a folder, relative to it, sorted."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.name != HOLD_FILE and path.is_file()
    )


def _stands(path: Path, file: Written) -> bool:
    """Tell whether a file is as it was written."""
    try:
        return path.stat().st_size == file.size and Written.of(path) == file
    except OSError:
        return False


def _sound_generation(folder: Path) -> Generation | None:
    """Return the current generation in a folder, or `None` where there is none or its manifest is damaged."""
    with contextlib.suppress(SourceError):
        return current_generation(folder)
    return None


def _manifest(generation: Generation) -> Iterator[str]:
    files = {name: {"size": file.size, "sha256": file.digest} for name, file in sorted(generation.files.items())}
    yield json.dumps({"generation": generation.name, "files": files}, indent=1) + "\n"


def _failed(folder: Path, error: OSError) -> OutputError:
    return OutputError(f"{folder}: cannot be written ({error.strerror or error}). Name another folder with --out.")
