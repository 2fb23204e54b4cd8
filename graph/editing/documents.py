"""Documents on the disk are changed only if nothing can be lost: they are as they were read, and committed."""

from __future__ import annotations

import contextlib
import difflib
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.editing.splices import EditError
from graph.errors import OutputError
from graph.reading import Cache, Listed, Listing
from graph.reading.chunks import digest_of
from graph.reading.files import File
from graph.reading.git import GitError, run_git
from graph.writing import write_with

_SHA1_DIGITS = 40
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
"""A line as in patches: other separators, such as U+2028, do not end it."""


@dataclass(frozen=True, slots=True)
class OriginalDocument:
    """A document of a listing, as it was read."""

    file: File
    """The file."""
    listed: Listed
    """Its source."""
    digest: bytes
    """The digest of its bytes when it was read; empty if that is unknown."""

    def edit(self, change: Callable[[bytes], bytes]) -> Edit:
        """Return the edit that makes a change of its bytes."""
        place = Path(self.listed.source.name)
        return Edit(self.file.path, self.file.place, place if place.is_dir() else place.parent, self.digest, change)


def documents_of(listing: Listing, cache: Cache) -> Iterator[OriginalDocument]:
    """Yield the documents of a listing; `cache` knows what they were when they were read."""
    for listed in listing.sources:
        digests = cache.digests(listed.place)
        for file in listed.files if listed.files is not None else (File(path, bytes) for path in digests):
            yield OriginalDocument(file, listed, digests.get(file.path, b""))


@dataclass(frozen=True, slots=True)
class Edit:
    """How one document is to be changed."""

    path: str
    """Relative to the source, as messages name it."""
    place: Path | None
    """Its path on the disk, within `root`; `None` in an archive."""
    root: Path
    """The folder of the source."""
    digest: bytes
    """The digest of its bytes when it was read; empty if that is unknown."""
    change: Callable[[bytes], bytes]
    """Returns its bytes after the change; raises `EditError` if that is impossible."""


@dataclass(frozen=True, slots=True)
class Change:
    """A document before and after an edit."""

    path: str
    """Relative to the source."""
    place: Path
    """Where it is on the disk."""
    before: bytes
    """Its bytes."""
    after: bytes
    """Its bytes after the change."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that is not changed."""

    path: str
    """Relative to the source."""
    reason: str
    """Why, such as `it has uncommitted changes`."""


def changes_of(edits: Iterable[Edit], *, allow_uncommitted: bool = False) -> tuple[list[Change], list[Refused]]:
    """Return how edits change their documents, and the documents that are not changed, with the reasons.

    It refuses documents in an archive, behind a symbolic link, changed since they were read, not UTF-8, without front
    matter, and, unless `allow_uncommitted`, those in a Git repository that differ from its last commit.
    """
    changes, refused = [], []
    committed: dict[Path, Mapping[str, str] | None] = {}
    for edit in edits:
        try:
            place, before = _readable(edit)
            if not allow_uncommitted:
                if edit.root not in committed:
                    committed[edit.root] = _committed(edit.root)
                _check_committed(committed[edit.root], place.relative_to(edit.root).as_posix(), before)
            changes.append(Change(edit.path, place, before, edit.change(before)))
        except EditError as error:
            refused.append(Refused(edit.path, str(error)))
    return changes, refused


def patch_of(change: Change) -> str:
    """Return a change as a unified diff, which `git apply` and `patch -p1` read."""
    before, after = (_LINE.findall(data.decode("utf-8")) for data in (change.before, change.after))
    lines = difflib.unified_diff(before, after, f"a/{change.path}", f"b/{change.path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def apply(changes: Iterable[Change]) -> Iterator[Refused]:
    """Write changed documents, each atomically and with the permissions it has; yield those that changed since.

    Raises:
        OutputError: A document cannot be written; those before it are.
    """
    for change in changes:
        try:
            if change.place.read_bytes() != change.before:
                yield Refused(change.path, "it has changed meanwhile")
                continue
        except OSError as error:
            raise OutputError(f"{change.place}: cannot be read ({error.strerror or error}).") from error

        def write(beside: Path, change: Change = change) -> None:
            beside.write_bytes(change.after)
            shutil.copymode(change.place, beside)

        write_with(change.place, write)


def _readable(edit: Edit) -> tuple[Path, bytes]:
    if edit.place is None:
        raise EditError("it is in an archive")
    place = edit.place
    relative = place.relative_to(edit.root)
    for part in (*relative.parents, relative):
        if (edit.root / part).is_symlink() and part != Path():
            raise EditError("it is behind a symbolic link")
    try:
        data = place.read_bytes()
    except OSError as error:
        raise EditError(f"it cannot be read ({error.strerror or error})") from error
    if not edit.digest or digest_of(data) != edit.digest:
        raise EditError("it has changed since it was read: build again")
    return place, data


def _committed(folder: Path) -> Mapping[str, str] | None:
    """Return the object of each committed file of a folder; `None` outside of a repository.

    Objects are compared instead of asking for the status, which may run programs that the repository names.
    """
    try:
        b"".join(run_git(folder, "rev-parse", "--is-inside-work-tree"))
    except GitError:
        return None
    objects: dict[str, str] = {}
    with contextlib.suppress(GitError):  # nothing has been committed yet
        for line in b"".join(run_git(folder, "ls-tree", "-r", "-z", "HEAD", ".")).split(b"\0"):
            head, _, name = line.partition(b"\t")
            if name:
                objects[os.fsdecode(name)] = head.split()[2].decode("ascii")
    return objects


def _check_committed(objects: Mapping[str, str] | None, path: str, data: bytes) -> None:
    if objects is None:
        return
    known = objects.get(path, "")
    digest = hashlib.sha1 if len(known) == _SHA1_DIGITS else hashlib.sha256
    if digest(b"blob %d\0" % len(data) + data).hexdigest() != known:
        raise EditError("it has uncommitted changes")
