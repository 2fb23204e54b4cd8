"""The documents of a folder as they were in a commit, read from Git's objects without checking anything out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from graph.errors import SourceError
from graph.reading.faults import Faults
from graph.reading.files import LARGEST_FILE, File, Source, WantedPaths, printable_path
from graph.reading.git import GitError, run_git

_AT_A_TIME = 500
"""Files in memory."""
_REGULAR = (b"100644", b"100755")


def revision_source(folder: str | os.PathLike[str], revision: str) -> Source:
    """Return the documents of a folder in a revision, such as `HEAD~1`, `v2` or a commit.

    Nothing is checked out, and no filter that the repository names is run.

    Raises:
        SourceError: The folder is not in a Git repository, or there is no such revision.
    """
    place = Path(folder)
    try:
        if not place.is_dir():
            raise GitError("not a folder")  # noqa: TRY301 - told like Git's own errors
        named = b"".join(run_git(place, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}"))
        listed = b"".join(run_git(place, "ls-tree", "-r", "-z", "-l", named.decode("ascii").strip(), "."))
    except GitError as error:
        message = (
            f"{folder}: has no revision {revision!r} that can be read ({error}). Name a commit, a branch or a tag."
        )
        raise SourceError(message) from error
    objects = dict(_objects(listed))

    def files(
        exclude: tuple[str, ...], faults_of: Callable[[str], Faults], passed_over: Counter[str]
    ) -> Iterator[File]:
        wanted = WantedPaths(exclude)
        wanted.enter_all(objects)
        chosen = []
        for path, (_, size) in sorted(objects.items()):
            if not wanted.member(path):
                wanted.pass_over(path)
            elif size > LARGEST_FILE:
                fact = f"the file cannot be read (larger than {LARGEST_FILE >> 20} MiB)"
                faults_of(path).add("unreadable", fact, "Split it; it was left out")
            else:
                chosen.append(path)
        passed_over.update(wanted.passed_over)
        for paths in (chosen[start : start + _AT_A_TIME] for start in range(0, len(chosen), _AT_A_TIME)):
            contents = _contents(place, {path: objects[path][0] for path in paths})
            for path in paths:
                yield File(path, partial(contents.__getitem__, path))

    def root_file(name: str) -> bytes | None:
        known = objects.get(name)
        return _contents(place, {name: known[0]})[name] if known is not None and known[1] <= LARGEST_FILE else None

    return Source(f"{folder}@{revision}", root_file, files, stamp=(len(objects), 0), most=len(objects))


def _objects(listed: bytes) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the path, the object and the size of each regular file that Git lists."""
    for line in listed.split(b"\0"):
        head, _, name = line.partition(b"\t")
        parts = head.split()
        if name and parts[0] in _REGULAR:
            yield printable_path(os.fsdecode(name)), (parts[2].decode("ascii"), int(parts[3]))


def _contents(folder: Path, objects: Mapping[str, str]) -> dict[str, bytes]:
    """Return the bytes of objects, by the paths that they are given for.

    Raises:
        SourceError: The repository is damaged, or lacks some.
    """
    asked = "".join(f"{name}\n" for name in objects.values()).encode("ascii")
    try:
        printed = b"".join(run_git(folder, "cat-file", "--batch", given=asked))
        found, position = {}, 0
        for path in objects:
            end = printed.index(b"\n", position)
            size = int(printed[position:end].split()[2])
            found[path] = printed[end + 1 : end + 1 + size]
            position = end + size + 2
    except (GitError, ValueError, IndexError) as error:
        raise SourceError(f"{folder}: the Git repository is damaged, or lacks objects. Fetch them all.") from error
    return found
