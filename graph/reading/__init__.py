"""Reading: sources (folders, archives) become documents, and documents become statements."""

from __future__ import annotations

import functools
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from graph.displays import counted
from graph.errors import Problem
from graph.names import DEFAULT_BASE, DEFAULT_TITLE
from graph.pairs import ranked
from graph.reading.bundles import find_bundles
from graph.reading.cache import Cache
from graph.reading.chunks import Outcome, digest_of
from graph.reading.faults import Faults
from graph.reading.files import File, Source
from graph.reading.folder_data import with_folder_data
from graph.reading.git_dates import History, find_history, with_git_dates
from graph.reading.joplin import with_notebooks
from graph.reading.kinds import EXTRA_OF_ENDING, read_endings
from graph.reading.meta_files import with_meta_files
from graph.reading.outcomes import bytes_of, outcome_of
from graph.reading.post_tables import with_posts
from graph.reading.processes import Readers, in_tasks
from graph.reading.settings import Settings, check_base, check_title, read_settings
from graph.reading.sources import Sources, open_source, source_paths
from graph.reading.spool import Stated, in_order, in_parts
from graph.reading.stating import Stater, Watch
from graph.reading.whole_source import AnyState, Gather, as_whole, learn_source
from graph.statements import Statement
from graph.vocabulary import NO_VOCABULARY, Vocabulary

__all__ = [
    "Cache",
    "Listed",
    "Listing",
    "Progress",
    "Reading",
    "Sources",
    "counted_over",
    "list_documents",
    "outcomes_of",
    "ranked",
    "read",
    "reading_without",
    "source_paths",
]

Progress = Callable[[str, int, int | None], None]
"""Called at every step with the stage, how many are done, and how many there are (`None` while unknown)."""


class Listing(msgspec.Struct, frozen=True):
    """What there is to read, before any document has been read."""

    sources: tuple[Listed, ...]
    """Each source with its settings and files."""
    base: str
    """What minted IRIs begin with; ends in `/`."""
    title: str
    """What the site is called."""
    problems: tuple[Problem, ...]
    """Faults of configuration files, links and folders, sorted."""

    def is_known(self, cache: Cache) -> bool:
        """Return whether a cache knows every document as it is now, and no other: reading again would give the same.

        Documents whose time of change cannot be trusted are read to compare their content.
        """
        return all(listed.is_known(cache) for listed in self.sources)


class Listed(msgspec.Struct, frozen=True):
    """One source, its settings and its files."""

    source: Source
    """The folder, file or archive."""
    settings: Settings
    """How to read it."""
    files: tuple[File, ...] | None
    """Its documents, sorted by folder and name; `None` for an archive, whose members are listed as they are read."""
    passed_over: Mapping[str, int]
    """How many other files it holds, by ending or by reason; empty for an archive until it is read."""
    history: History | None = None
    """The Git history that dates its documents; `None` if not wanted or not available."""

    @property
    def key(self) -> str:
        """A text that changes whenever files with the same content would be read differently."""
        return f"{self.place}\0{self.settings.key}"

    @property
    def place(self) -> str:
        """Its real path, with non-UTF-8 bytes escaped."""
        return os.fsencode(os.path.realpath(self.source.name)).decode("utf-8", "backslashreplace")

    def is_known(self, cache: Cache) -> bool:
        """Return whether a cache knows every document as it is now, and no other."""
        key = self.key
        if self.files is None:
            return cache.is_same(key, _WHOLE, self.source.stamp)
        if cache.paths(key) != {file.path for file in self.files}:
            return False
        return all(_is_known(key, file, cache) for file in self.files)


class Reading(msgspec.Struct, frozen=True):
    """Everything that the sources say."""

    statements: Sequence[Statement]
    """Sorted by path."""
    base: str
    """What minted IRIs begin with; ends in `/`."""
    title: str
    """What the site is called."""
    platforms: frozenset[str]
    """Further domains that host many publishers."""
    hosts: frozenset[str]
    """Further hosts at which the sources publish, lower-cased and without `www.`."""
    bundles: frozenset[str]
    """Folders that are bundles of the Open Knowledge Format, each empty or ending in `/`."""
    problems: tuple[Problem, ...]
    """Faults found while reading, sorted."""
    files: int
    """How many files were read."""
    unmapped: tuple[tuple[str, int], ...]
    """Fields that no table row knows, with the number of records that hold them, the commonest first."""
    passed_over: tuple[tuple[str, int], ...]
    """Files that were passed over, by ending if their kind is not read, otherwise by reason."""
    vocabulary: Vocabulary = NO_VOCABULARY
    """The relations and literals that the sources' owners add."""
    nests: bool = False
    """Whether a source is a vault, in which tags such as `area/health` are always below `area`."""


_WHOLE = ""
"""The path under which a cache knows an archive as a whole."""


def list_documents(
    locations: Sources | Source,
    *,
    base: str | None = None,
    title: str | None = None,
    without: Path | None = None,
    git_dates: bool = False,
) -> Listing:
    """List the documents of one or several sources, and read their configuration; a source named twice is listed once.

    The base and the title are those given, otherwise those of the first source that configures one. `without` is a
    folder to leave out wherever it is, such as the one outputs are written to. With `git_dates`, documents that state
    no date are dated by their commits.

    Raises:
        SourceError: A source does not exist or cannot be read at all.
    """
    chosen = check_base(base) if base is not None else None
    called = check_title(title) if title is not None else None
    collected = _Collected()
    listed = []
    vocabulary = NO_VOCABULARY
    if isinstance(locations, Source):
        sources = [locations]
    else:
        sources = [open_source(location, without) for location in source_paths(locations)]
    for source in {os.path.realpath(source.name): source for source in sources}.values():
        settings = read_settings(source.root_file, chosen, collected.__getitem__, vocabulary)
        vocabulary = vocabulary.merged(settings.vocabulary)
        passed_over: Counter[str] = Counter()
        files = None if source.stamp else tuple(source.files(settings.exclude, collected.__getitem__, passed_over))
        _report_missing(passed_over, collected[""])
        every = (
            functools.partial(source.files, settings.exclude, Faults, Counter()) if files is None else files.__iter__
        )
        bundles = find_bundles(every(), has_generator=bool(settings.site.generator))
        settings = replace(settings, bundles=frozenset(bundles))
        settings = with_posts(with_folder_data(settings, every, source.root_file), every, source.root_file)
        settings = with_meta_files(settings, every, source.root_file, collected.__getitem__)
        settings = with_notebooks(settings, every)
        history = find_history(source, collected[""]) if git_dates else None
        listed.append(Listed(source, settings, files, passed_over, history))
    configured = [one.settings.base for one in listed if one.settings.base != DEFAULT_BASE]
    titles = [one.settings.title for one in listed if one.settings.title]
    return Listing(
        tuple(listed),
        chosen or next(iter(configured), DEFAULT_BASE),
        called or next(iter(titles), DEFAULT_TITLE),
        tuple(collected.problems()),
    )


def read(
    listing: Listing,
    *,
    cache: Cache | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    watch: Callable[[Listed], Watch] | None = None,
    beside: Path | None = None,
) -> Reading:
    """Read every document that is listed, or recall from `cache` what an unchanged one gave.

    Many documents are read by up to `jobs` processes, as `Readers` starts them. What `watch` returns for a source is
    called with each of its documents that is read rather than recalled; then one process reads them all. Very many
    statements wait in a file in the file system of the folder `beside`, if it is given. Costs one pass over the bytes
    of new and changed documents.

    Raises:
        OutputError: There is no room beside the folder.
    """
    with Readers(jobs if watch is None else 1) as readers:
        return _read(listing, cache or Cache(keeps=False), readers, progress, watch, beside)


def _read(
    listing: Listing,
    cache: Cache,
    readers: Readers,
    progress: Progress | None,
    watch: Callable[[Listed], Watch] | None,
    beside: Path | None,
) -> Reading:
    lists = [one.files for one in listing.sources]
    total = None if None in lists else sum(map(len, filter(None, lists)))
    stated = Stated(beside)
    statements: Sequence[Statement] = ()
    problems = [*listing.problems]
    unmapped: Counter[str] = Counter()
    passed_over = counted_over(listing)
    done = files = 0
    nests = False
    for listed in listing.sources:
        stater = Stater(listed.settings, watch=watch(listed) if watch is not None else None)
        found = outcomes_of(listed, cache, stater, readers)
        own = Stated(beside, within=stated)
        if listed.history is not None:
            found = with_git_dates(listed.history, [file.path for file in listed.files or ()], found)
        for outcome in found:
            own.add(outcome.statements)
            problems += outcome.problems
            unmapped.update(outcome.unmapped)
            passed_over.update(outcome.passed_over)
            files += outcome.found
            done += 1
            if progress is not None:
                progress("reading", done, total)
        statements = own.all()
        whole = learn_source(_gatherer(statements), listed.settings)
        nests = nests or whole.is_vault
        if whole.changes_any or len(listing.sources) > 1:
            for part in in_parts(statements):
                stated.add(as_whole(part, whole))
            statements = stated.all()
    cache.release()
    return replace(
        reading_without(listing),
        nests=nests,
        statements=in_order(statements),
        problems=tuple(sorted(problems)),
        files=files,
        unmapped=ranked(unmapped),
        passed_over=ranked(passed_over),
    )


def _gatherer(statements: Sequence[Statement]) -> Gather:
    """Return a function that gathers states of statements, a part at a time."""

    def gather(state_of: Callable[[Sequence[Statement]], AnyState]) -> AnyState:
        return functools.reduce(lambda one, other: one.merged(other), map(state_of, in_parts(statements)))

    return gather


def reading_without(listing: Listing) -> Reading:
    """Return a reading with the settings of its sources, but without anything that documents say."""
    settings = [listed.settings for listed in listing.sources]
    return Reading(
        statements=(),
        base=listing.base,
        title=listing.title,
        platforms=frozenset().union(*(one.platforms for one in settings)),
        hosts=frozenset().union(*(one.hosts for one in settings)),
        bundles=frozenset().union(*(one.bundles for one in settings)),
        problems=(),
        files=0,
        unmapped=(),
        passed_over=(),
        vocabulary=functools.reduce(Vocabulary.merged, (one.vocabulary for one in settings), NO_VOCABULARY),
    )


def counted_over(listing: Listing) -> Counter[str]:
    """Return how many files were passed over while documents were listed."""
    passed_over: Counter[str] = Counter()
    for listed in listing.sources:
        passed_over.update(listed.passed_over)
    return passed_over


def outcomes_of(listed: Listed, cache: Cache, stater: Stater, readers: Readers) -> Iterator[Outcome]:
    """Yield what each document of a source gives."""
    collected = _Collected()
    passed_over: Counter[str] = Counter()
    has_any = False
    if listed.files is not None:
        outcomes = _outcomes(listed.key, listed.files, cache, stater, readers)
    else:
        files = listed.source.files(listed.settings.exclude, collected.__getitem__, passed_over)
        outcomes = _outcomes_of_archive(listed, files, cache, stater, readers)
    for outcome in outcomes:
        has_any = has_any or outcome.found or bool(outcome.problems)
        yield outcome
    if not has_any:
        _report_nothing(listed.source, collected[""])
    if listed.files is None:
        _report_missing(passed_over, collected[""])
        cache.keep(listed.key, _WHOLE, listed.source.stamp, b"", Outcome((), (), {}))
    yield Outcome((), tuple(collected.problems()), {}, found=False, passed_over=passed_over)


def _outcomes(key: str, files: Sequence[File], cache: Cache, stater: Stater, readers: Readers) -> Iterator[Outcome]:
    known = [_is_known(key, file, cache) for file in files]
    found = readers.read([file for file, is_known in zip(files, known, strict=True) if not is_known], stater)
    return _recalled(key, zip(files, known, strict=True), found, cache, stater)


def _outcomes_of_archive(
    listed: Listed, files: Iterator[File], cache: Cache, stater: Stater, readers: Readers
) -> Iterator[Outcome]:
    """Yield what the files of an archive give, which are read while they are listed."""
    key = listed.key
    taken = deque[list[tuple[File, bool]]]()

    def unknown() -> Iterator[Sequence[File]]:
        for task in in_tasks(files):
            taken.append([(file, _is_known(key, file, cache)) for file in task])
            yield [file for file, is_known in taken[-1] if not is_known]

    for found in readers.read_tasks(unknown(), stater, listed.source.most):
        yield from _recalled(key, taken.popleft(), found, cache, stater)


def _recalled(
    key: str, files: Iterable[tuple[File, bool]], found: Iterator[tuple[bytes, Outcome]], cache: Cache, stater: Stater
) -> Iterator[Outcome]:
    """Yield what each file gives: recalled if it is known, otherwise the next of those `found`."""
    for file, is_known in files:
        recalled = cache.recall(key, file.path, file.stamp) if is_known else None
        if recalled is not None:
            yield recalled
            continue
        digest, outcome = outcome_of(file, stater) if is_known else next(found)
        if digest:
            cache.keep(key, file.path, file.stamp, digest, outcome)
        yield outcome


def _is_known(key: str, file: File, cache: Cache) -> bool:
    """Return whether a cache knows a file as it is now; the content of one that may have changed is compared."""
    if cache.is_same(key, file.path, file.stamp):
        return True
    data = bytes_of(file, Faults(file.path)) if cache.has(key, file.path) else None
    return data is not None and cache.has_content(key, file.path, digest_of(data))


class _Collected(dict[str, Faults]):
    """Faults of several files, by path."""

    def __missing__(self, path: str) -> Faults:
        return self.setdefault(path, Faults(path))

    def problems(self) -> Iterator[Problem]:
        return (problem for faults in self.values() for problem in faults.problems)


def _report_missing(passed_over: Mapping[str, int], faults: Faults) -> None:
    """Report the files that need a library which is not installed."""
    for ending, (library, extra) in EXTRA_OF_ENDING.items():
        count = passed_over.get(ending, 0)
        if count and ending not in read_endings():
            some = counted(count, f"{ending} file was", f"{ending} files were")
            fact = f"{some} passed over: they are read with {library}, which is not installed"
            faults.add("missing-extra", fact, f"Install 'article-graph[{extra}]', or name them in 'exclude'")


def _report_nothing(source: Source, faults: Faults) -> None:
    fact = f"{faults.quote(Path(source.name).name or source.name)} holds no documents"
    faults.add("no-documents", fact, "Name a folder that holds .md, .html or .txt files")
