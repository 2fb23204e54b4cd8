"""Reading: sources (folders, archives) become documents, and documents become statements."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.errors import Problem
from graph.reading.documents import read_document
from graph.reading.faults import Faults
from graph.reading.settings import Settings, check_base, read_settings
from graph.reading.sources import File, Source, open_source
from graph.reading.stating import Stater
from graph.statements import Statement

__all__ = ["Progress", "Reading", "read"]

Progress = Callable[[str, int, int | None], None]
"""Told of every step: the stage, how many are done, and how many there are (`None` while unknown)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the sources say."""

    statements: tuple[Statement, ...]
    """Sorted by path."""
    base: str
    """What minted IRIs begin with; ends in `/`."""
    platforms: frozenset[str]
    """Further domains that host many publishers."""
    problems: tuple[Problem, ...]
    """Faults found while reading, sorted."""
    files: int
    """How many files were read."""
    unmapped: tuple[tuple[str, int], ...]
    """Fields that no table row knows, with the number of records that hold them, the commonest first."""


def read(
    locations: Sequence[str | os.PathLike[str]], *, base: str | None = None, progress: Progress | None = None
) -> Reading:
    """Read every document of several sources.

    The base is the one given, else what the first source that has one configures. Costs one pass over all bytes.

    Raises:
        SourceError: A source does not exist or cannot be read at all.
    """
    chosen = check_base(base) if base is not None else None
    sources = [open_source(location) for location in locations]
    problems: list[Problem] = []
    unmapped: dict[str, int] = {}
    statements: list[Statement] = []
    settings_of = []
    for source in sources:
        collected = _Collected()
        settings = read_settings(source.root_file, chosen, collected.at)
        problems.extend(collected.problems())
        settings_of.append(settings)
    stated_bases = [settings.base for settings in settings_of if settings.base != Settings().base]
    used_base = chosen or (stated_bases[0] if stated_bases else Settings().base)
    files = 0
    for source, settings in zip(sources, settings_of, strict=True):
        stater = Stater(settings)
        files += _read_source(source, stater, statements, problems, progress, files)
        for name, count in stater.unmapped.items():
            unmapped[name] = unmapped.get(name, 0) + count
    statements.sort(key=lambda statement: (statement.path, statement.line))
    return Reading(
        statements=tuple(statements),
        base=used_base,
        platforms=frozenset().union(*(settings.platforms for settings in settings_of)),
        problems=tuple(sorted(problems)),
        files=files,
        unmapped=tuple(sorted(unmapped.items(), key=lambda item: (-item[1], item[0]))),
    )


class _Collected:
    """Faults of several files, by path."""

    def __init__(self) -> None:
        self._of: dict[str, Faults] = {}

    def at(self, path: str) -> Faults:
        return self._of.setdefault(path, Faults(path))

    def problems(self) -> Iterator[Problem]:
        for faults in self._of.values():
            yield from faults.problems


def _read_source(
    source: Source,
    stater: Stater,
    statements: list[Statement],
    problems: list[Problem],
    progress: Progress | None,
    before: int,
) -> int:
    elsewhere = _Collected()
    listed = source.files(stater.settings.exclude, elsewhere.at)
    count = 0
    for file in listed:
        faults = Faults(file.path)
        data = _bytes_of(file, faults)
        if data is not None:
            count += 1
            statements.extend(read_document(file.path, data, stater, faults))
        problems.extend(faults.problems)
        if progress is not None:
            progress("reading", before + count, None)
    problems.extend(elsewhere.problems())
    return count


def _bytes_of(file: File, faults: Faults) -> bytes | None:
    try:
        return file.read()
    except OSError as error:
        fact = f"the file cannot be read ({error.strerror or error})"
        faults.add("unreadable", fact, "Check that it still exists and may be read; it was left out")
        return None
