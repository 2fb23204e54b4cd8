"""Files of a new build made from those of the previous one, if few records differ."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterable, Mapping, Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from graph.errors import SourceError
from graph.generations import Generation
from graph.publishing.serialization import Serialization, changed_descriptions, side_by_side
from graph.views import Description
from graph.writing import write_side_by_side, write_with

if TYPE_CHECKING:
    from graph.publishing.differences import Differences


class Revised(msgspec.Struct, frozen=True):
    """What was replaced in a file, and by what."""

    before: bytes
    """The text of the subjects that were changed or removed, as it was."""
    now: bytes
    """The text of the subjects that were changed or added."""


def content_of(generation: Generation, name: str) -> mmap | None:
    """Return the content of a file of a build, or `None` if it is missing, empty, damaged or replaced."""
    if name in generation.files and generation.files[name].size:
        with contextlib.suppress(SourceError):
            return generation.open(name, _mapped, is_whole=True)
    return None


def _mapped(path: Path) -> mmap:
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def write_pieces(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """Write a file.

    Raises:
        OSError: It cannot be written.
    """
    with path.open("wb") as stream:
        stream.writelines(pieces)


def write_serialized(
    folder: Path, serializations: Mapping[str, Serialization], since: Differences | None
) -> Mapping[str, Revised]:
    """Write serializations of one truth into new files in a folder, by their names.

    If few records differ since the previous build, its files are copied, with other subjects in some places; the bytes
    are the same as if everything were written. Returns what was replaced in the files that could be made like this.

    Raises:
        OutputError: A file cannot be written.
    """
    revised: dict[str, Revised] = {}
    if since is not None and serializations:
        truth = next(iter(serializations.values())).truth
        descriptions = changed_descriptions(truth, since)
        for name, serialization in serializations.items():
            if (one := _revise(folder / name, serialization, since.generation, descriptions)) is not None:
                revised[name] = one
    if rest := [name for name in serializations if name not in revised]:
        write_side_by_side([folder / name for name in rest], side_by_side([serializations[name] for name in rest]))
    return revised


def _revise(
    path: Path, serialization: Serialization, generation: Generation, descriptions: Mapping[str, Sequence[Description]]
) -> Revised | None:
    """Write one of them, unless the build has no such file or another form of it."""
    content = content_of(generation, path.name)
    blocks = None if content is None else serialization.blocks(content)
    if blocks is None or not blocks.are_sound():
        return None
    texts = {
        iri: [serialization.describe(description).encode() for description in some]
        for iri, some in descriptions.items()
    }

    write_with(path, functools.partial(write_pieces, pieces=blocks.replaced(texts)))
    return Revised(b"".join(map(blocks.about, texts)), b"".join(b"".join(some) for some in texts.values()))
