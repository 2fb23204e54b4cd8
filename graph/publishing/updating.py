"""Keeps a folder of exports up to date: only what changed is built again."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import GraphError, NoDocumentsError, Problem
from graph.generations import LOCK_FILE, tidy
from graph.knowledge import KnowledgeGraph
from graph.locking import locked
from graph.memory import give_back
from graph.publishing.differences import find_differences
from graph.publishing.exports import (
    EVIDENCE_TURTLE_FILE,
    EXPLORER_DATA_FILE,
    EXPLORER_FILE,
    INFO_FILE,
    PROBLEMS_FILE,
    TELLING_WHERE,
    open_exports,
)
from graph.publishing.fingerprint import frame_of
from graph.publishing.formats import check_formats, write_generation
from graph.publishing.pages import LayoutFile, drawing
from graph.reading import Cache, Listing, Progress, Reading, Sources, list_documents, read, source_paths
from graph.truth import establish
from graph.truth.mention_memory import MentionMemory
from graph.writing import prepare_folder

if TYPE_CHECKING:
    from graph.explorer import PageOptions

CACHE_FILE = ".article-graph.cache"
"""The name of the cache beside the exports; it can be deleted at any time."""

LAYOUT_FILE = ".article-graph.layout"
"""The name of the file beside the exports with the last layout of the map; it can be deleted at any time, too."""

MENTIONS_FILE = ".article-graph.mentions"
"""The name of the file beside the exports with what was found in texts; it can be deleted at any time, too."""

_MOST_REASONS = 5
_PAGES = frozenset({EXPLORER_FILE, EXPLORER_DATA_FILE})


@dataclass(frozen=True, slots=True)
class Update:
    """The result of an update."""

    info: Mapping[str, object]
    """The graph in numbers, as from `Info.to_dict`."""
    problems: Sequence[Problem]
    """Faults of the content, sorted by place."""
    is_new: bool
    """Whether anything was built; `False` if nothing had changed."""


def update(  # noqa: PLR0913 - named, and none needed
    sources: Sources,
    out: str | os.PathLike[str] = "exports",
    *,
    formats: Iterable[str] | str = "all",
    base: str | None = None,
    title: str | None = None,
    published_only: bool = False,
    evidence: bool = False,
    git_dates: bool = False,
    cache: bool = True,
    jobs: int | None = None,
    views: str | os.PathLike[str] | None = None,
    embed: bool = False,
    sparql_in_page: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Update:
    """Build the graph of one or several sources into a folder, like `build` and `publish`, but only what changed.

    A cache beside the exports remembers what earlier updates read: a document that has not changed is not parsed again,
    and if no document and no export has changed, nothing is done. After a change of a few records, exports are made
    from those of the previous build: with the same bytes as if they were written whole, except for the store and the
    search index, which answer identically. With `cache=False` nothing of this is used.
    `jobs` is that of `build`. With `embed` the explorer is made for frames of other pages, and it shows all readers the
    `views` and notes in a file that was saved with Share in the explorer. With `sparql_in_page`, the folder of the
    unpacked npm package `oxigraph`, it answers queries by itself. The folder of exports is never read as a source. If
    no source contains a document, the folder is left as it is.

    Raises:
        NoDocumentsError: No source contains a document.
        SourceError: A source does not exist or cannot be read at all, `views` is not a file of views, or
            `sparql_in_page` holds no engine.
        FormatError: A format does not exist.
        OutputError: The folder cannot be written to.
    """
    chosen = check_formats(formats)
    options = _page_options(embed, views, sparql_in_page)
    folder = Path(out)
    paths = source_paths(sources)
    listing = list_documents(paths, base=base, title=title, without=folder, git_dates=git_dates)
    is_new_folder = not os.path.exists(folder)  # noqa: PTH110 - false, not an error, where it cannot be looked up
    prepare_folder(folder)
    known = Cache.open(folder / CACHE_FILE) if cache else Cache()
    wanted = (*chosen, EVIDENCE_TURTLE_FILE) if evidence else chosen
    made = hashlib.sha256(repr(options and (embed, options.kept, options.engine and options.engine.digest)).encode())
    page = made.hexdigest()
    question = _question(listing, wanted, published_only=published_only) + page
    if known.notes.get("question") == question and _are_there(known.notes, folder) and listing.is_known(known):
        recalled = _recall(folder, known.notes.get("generation"))
        if recalled is not None:
            tidy(folder)
            return recalled
    reading = read(listing, cache=known, jobs=jobs, progress=progress, beside=folder)
    if not reading.statements:
        if is_new_folder:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise no_documents(paths, reading)
    with drawing(jobs, reading.files if "html" in chosen else 0) as page_helper:
        memory = MentionMemory(folder / MENTIONS_FILE, recalls=cache)
        given = [reading]
        del reading
        knowledge = _established(given, folder, memory, published_only=published_only)
        frame, stated = frame_of(knowledge.truth), knowledge.truth.evidence.digest()
        since = None
        if known.notes.get("frame") == frame:
            since = find_differences(folder, known.notes.get("generation"), knowledge.truth)
        unchanged = _unchanged_exports(known.notes, folder) if since is not None and not since.iris else {}
        if known.notes.get("stated") != stated:
            unchanged = {name: stamp for name, stamp in unchanged.items() if name not in TELLING_WHERE}
        if known.notes.get("page") != page:
            unchanged = {name: stamp for name, stamp in unchanged.items() if name not in _PAGES}
        generation, _ = write_generation(
            knowledge,
            folder,
            chosen,
            evidence=evidence,
            unchanged={name.partition("/")[0] for name in unchanged},
            of=str(known.notes.get("generation")),
            since=since,
            layout=LayoutFile(folder / LAYOUT_FILE, frame, recalls=cache),
            options=options,
            drawing=page_helper,
            progress=progress,
        )
    notes: dict[str, object] = {"question": question, "frame": frame, "stated": stated, "page": page}
    notes["generation"] = generation.name
    with locked(folder / LOCK_FILE, wait=True):
        outputs = {name: _stamp(folder / name) for name in generation.files}
        known.save(folder / CACHE_FILE, {**notes, "outputs": outputs})
    memory.save()
    return Update(knowledge.info().to_dict(), knowledge.problems, is_new=True)


def _established(given: list[Reading], folder: Path, memory: MentionMemory, *, published_only: bool) -> KnowledgeGraph:
    """Return the graph of the only reading in a list, which is freed as it is used, because it takes more memory."""
    from graph.publishing.record_file import Shelving

    many = len(given[0].statements)
    give_back(many)
    shelving = Shelving(folder)
    truth = establish(given.pop(), published_only=published_only, mention_memory=memory, keep=shelving.keep)
    knowledge = KnowledgeGraph(replace(truth, evidence=shelving.keep_evidence(truth.evidence)))
    give_back(many)
    return knowledge


def _page_options(
    embed: bool,  # noqa: FBT001 - that of `update`
    views: str | os.PathLike[str] | None,
    sparql_in_page: str | os.PathLike[str] | None,
) -> PageOptions | None:
    """Return the options of a page that is not a plain one."""
    if not embed and views is None and sparql_in_page is None:
        return None
    from graph.explorer import PageOptions  # loads numpy, which a process that draws no page does not need
    from graph.explorer.kept import read_kept
    from graph.explorer.query_engine import read_engine

    return PageOptions(
        embed=embed,
        engine=None if sparql_in_page is None else read_engine(sparql_in_page),
        kept=None if views is None else read_kept(views),
    )


def no_documents(sources: Sequence[str | os.PathLike[str]], reading: Reading) -> NoDocumentsError:
    """Return the error to raise when no document was read."""
    names = ", ".join(map(str, sources))
    counts = ", ".join(f"{count:,} {label}" for label, count in reading.passed_over[:_MOST_REASONS])
    unread = f" (passed over: {counts})" if counts else ""
    error = NoDocumentsError(
        f"{names}: no documents were found{unread}, so nothing was written. "
        "Name a folder that holds .md, .html or .txt files."
    )
    error.problems = [problem for problem in reading.problems if problem.kind != "no-documents"]
    return error


def _question(listing: Listing, formats: Sequence[str], *, published_only: bool) -> str:
    """Return a text that differs when the same documents would give other exports."""
    keys = [(listed.key, listed.history and listed.history.head) for listed in listing.sources]
    passed_over = [sorted(listed.passed_over.items()) for listed in listing.sources]
    return repr((keys, listing.base, listing.title, listing.problems, passed_over, tuple(formats), published_only))


def _are_there(notes: Mapping[str, object], folder: Path) -> bool:
    """Return whether all exports are unchanged since they were written."""
    outputs = notes.get("outputs")
    return isinstance(outputs, dict) and all(_stamp(folder / name) == stamp for name, stamp in outputs.items())


def _unchanged_exports(notes: Mapping[str, object], folder: Path) -> dict[str, list[int]]:
    """Return the exports that are unchanged since they were written, with their stamps; of a folder all files or none.

    The reports are left out, because they depend on more than the graph.
    """
    outputs = notes.get("outputs")
    if not isinstance(outputs, dict):
        return {}
    gone = {name.partition("/")[0] for name, stamp in outputs.items() if _stamp(folder / name) != stamp}
    gone |= {INFO_FILE, PROBLEMS_FILE}
    return {name: stamp for name, stamp in outputs.items() if name.partition("/")[0] not in gone}


def _stamp(path: Path) -> list[int]:
    try:
        status = path.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]


def _recall(folder: Path, generation: object) -> Update | None:
    """Return the numbers and problems of the current build, or `None` if it is damaged or another generation."""
    try:
        exports = open_exports(folder)
        if exports.generation.name != generation:
            return None
        return Update(exports.info().to_dict(), exports.problems, is_new=False)
    except GraphError:
        return None
