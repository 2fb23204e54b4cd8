"""Reading: sources (folders, archives) become documents, and documents become statements."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import Problem
from graph.names import DEFAULT_BASE, DEFAULT_TITLE
from graph.reading.cache import Cache
from graph.reading.documents import read_document
from graph.reading.faults import Faults
from graph.reading.files import File, Source
from graph.reading.lists import is_list
from graph.reading.packing import Outcome, digest_of
from graph.reading.settings import Settings, check_base, check_title, read_settings
from graph.reading.sources import open_source
from graph.reading.stating import Stater
from graph.statements import Statement

__all__ = ["Cache", "Listed", "Listing", "Progress", "Reading", "list_documents", "read"]

Progress = Callable[[str, int, int | None], None]
"""Told of every step: the stage, how many are done, and how many there are (`None` while unknown)."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What there is to read, before any document is."""

    sources: tuple[Listed, ...]
    """Each source with its settings and files."""
    base: str
    """What minted IRIs begin with; ends in `/`."""
    title: str
    """What the site is called."""
    problems: tuple[Problem, ...]
    """Faults of configuration files, links and folders, sorted."""

    def is_known(self, cache: Cache) -> bool:
        """Tell whether a cache knows every document as it is now, and no other: reading again would give the same.

        Documents whose time of change cannot be trusted are read to compare their content.
        """
        return all(listed.is_known(cache) for listed in self.sources)


@dataclass(frozen=True, slots=True)
class Listed:
    """One source, its settings and its files."""

    source: Source
    """Where it stands."""
    settings: Settings
    """How to read it."""
    files: tuple[File, ...] | None
    """Its documents, sorted by folder and name; `None` for an archive, whose members are listed as they are read."""

    @property
    def key(self) -> str:
        """What the meaning of its files hangs on, beside their content."""
        place = os.fsencode(os.path.realpath(self.source.name)).decode("utf-8", "backslashreplace")
        return f"{place}\0{self.settings.key}"

    def is_known(self, cache: Cache) -> bool:
        """Tell whether a cache knows every document as it is now, and no other."""
        if self.files is None:
            return cache.is_same(self.key, _WHOLE, self.source.stamp)
        if cache.paths(self.key) != {file.path for file in self.files}:
            return False
        for file in self.files:
            if not cache.is_same(self.key, file.path, file.stamp):
                data = _bytes_of(file, Faults(file.path))
                if data is None or not cache.has_content(self.key, file.path, digest_of(data)):
                    return False
        return True


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the sources say."""

    statements: tuple[Statement, ...]
    """Sorted by path."""
    base: str
    """What minted IRIs begin with; ends in `/`."""
    title: str
    """What the site is called."""
    platforms: frozenset[str]
    """Further domains that host many publishers."""
    hosts: frozenset[str]
    """Further hosts at which the sources publish, lower-cased and without `www.`."""
    problems: tuple[Problem, ...]
    """Faults found while reading, sorted."""
    files: int
    """How many files were read."""
    unmapped: tuple[tuple[str, int], ...]
    """Fields that no table row knows, with the number of records that hold them, the commonest first."""


_WHOLE = ""
"""The path under which a cache knows an archive as a whole."""


def list_documents(
    locations: Sequence[str | os.PathLike[str]],
    *,
    base: str | None = None,
    title: str | None = None,
    without: Path | None = None,
) -> Listing:
    """List the documents of several sources, and read their configuration; a source named twice is listed once.

    The base and the title are those given, else what the first source that has one configures. `without` is a folder
    to leave out wherever it lies, such as the one outputs are written to.

    Raises:
        SourceError: A source does not exist or cannot be read at all.
    """
    chosen = check_base(base) if base is not None else None
    called = check_title(title) if title is not None else None
    collected = _Collected()
    listed = []
    sources = [open_source(location, without) for location in locations]
    for source in {os.path.realpath(source.name): source for source in sources}.values():
        settings = read_settings(source.root_file, chosen, collected.at)
        files = None if source.stamp else tuple(source.files(settings.exclude, collected.at))
        listed.append(Listed(source, settings, files))
    configured = [one.settings.base for one in listed if one.settings.base != DEFAULT_BASE]
    titles = [one.settings.title for one in listed if one.settings.title]
    return Listing(
        tuple(listed),
        chosen or next(iter(configured), DEFAULT_BASE),
        called or next(iter(titles), DEFAULT_TITLE),
        tuple(collected.problems()),
    )


def read(listing: Listing, *, cache: Cache | None = None, progress: Progress | None = None) -> Reading:
    """Read every document that is listed, or recall from `cache` what an unchanged one gave.

    Costs one pass over the bytes of new and changed documents.
    """
    cache = cache or Cache(keeps=False)
    total = (
        None
        if any(one.files is None for one in listing.sources)
        else sum(len(one.files or ()) for one in listing.sources)
    )
    outcomes: list[Outcome] = []
    for listed in listing.sources:
        for outcome in _outcomes(listed, cache):
            outcomes.append(outcome)
            if progress is not None:
                progress("reading", len(outcomes), total)
    cache.release()
    statements = [statement for outcome in outcomes for statement in outcome.statements]
    statements.sort(key=lambda statement: (statement.path, statement.line))
    unmapped: dict[str, int] = {}
    for outcome in outcomes:
        for name, count in outcome.unmapped.items():
            unmapped[name] = unmapped.get(name, 0) + count
    problems = [problem for outcome in outcomes for problem in outcome.problems]
    return Reading(
        statements=tuple(statements),
        base=listing.base,
        title=listing.title,
        platforms=frozenset().union(*(listed.settings.platforms for listed in listing.sources)),
        hosts=frozenset(),
        problems=tuple(sorted([*problems, *listing.problems])),
        files=sum(outcome.found for outcome in outcomes),
        unmapped=tuple(sorted(unmapped.items(), key=lambda item: (-item[1], item[0]))),
    )


def _outcomes(listed: Listed, cache: Cache) -> Iterator[Outcome]:
    """Yield what each document of a source gives."""
    key = listed.key
    stater = Stater(listed.settings)
    collected = _Collected()
    has_any = False
    files = listed.source.files(listed.settings.exclude, collected.at) if listed.files is None else listed.files
    for file in files:
        outcome = cache.recall(key, file.path, file.stamp) if cache.is_same(key, file.path, file.stamp) else None
        outcome = outcome or _read_file(key, file, stater, cache)
        has_any = has_any or outcome.found or bool(outcome.problems)
        yield outcome
    if not has_any:
        _report_nothing(listed.source, collected.at(""))
    if listed.files is None:
        cache.keep(key, _WHOLE, listed.source.stamp, b"", Outcome((), (), {}))
    yield Outcome((), tuple(collected.problems()), {}, found=False)


def _read_file(key: str, file: File, stater: Stater, cache: Cache) -> Outcome:
    faults = Faults(file.path)
    data = _bytes_of(file, faults)
    if data is None:
        return Outcome((), tuple(faults.problems), {}, found=False)
    digest = digest_of(data)
    if cache.has_content(key, file.path, digest):
        outcome = cache.recall(key, file.path, file.stamp)
        if outcome is not None:
            return outcome
    statements = tuple(read_document(file.path, data, stater, faults, is_named=file.is_named))
    found = bool(statements or faults.problems) or not is_list(file.path)
    outcome = Outcome(statements, tuple(faults.problems), stater.take_unmapped(), found)
    cache.keep(key, file.path, file.stamp, digest, outcome)
    return outcome


class _Collected:
    """Faults of several files, by path."""

    def __init__(self) -> None:
        self._of: dict[str, Faults] = {}

    def at(self, path: str) -> Faults:
        return self._of.setdefault(path, Faults(path))

    def problems(self) -> Iterator[Problem]:
        for faults in self._of.values():
            yield from faults.problems


def _report_nothing(source: Source, faults: Faults) -> None:
    fact = f"{faults.quote(Path(source.name).name or source.name)} holds no documents"
    faults.add("no-documents", fact, "Name a folder that holds .md, .html or .txt files")


def _bytes_of(file: File, faults: Faults) -> bytes | None:
    try:
        return file.read()
    except OSError as error:
        fact = f"the file cannot be read ({error.strerror or error})"
        faults.add("unreadable", fact, "Check that it still exists and may be read; it was left out")
        return None
