"""The formats by name, each with its file and its writer, and `publish`, which writes them."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from graph.errors import FormatError, SourceError
from graph.generations import Generation, staging
from graph.knowledge import KnowledgeGraph
from graph.publishing.evidence import write_evidence, write_evidence_turtle
from graph.publishing.exports import (
    EVIDENCE_FILE,
    EVIDENCE_TURTLE_FILE,
    EXPLORER_DATA_FILE,
    EXPLORER_FILE,
    GRAPHML_FILE,
    INFO_FILE,
    JSONLD_FILE,
    NTRIPLES_FILE,
    PROBLEMS_FILE,
    RECORDS_FILE,
    SEARCH_FILE,
    STORE_FOLDER,
    TURTLE_FILE,
)
from graph.publishing.graphml import write_graphml
from graph.publishing.jsonld import write_jsonld
from graph.publishing.ntriples import write_ntriples
from graph.publishing.pages import Drawing, ExplorerWriters, LayoutFile
from graph.publishing.report import write_info, write_problems
from graph.publishing.revising import Revised, content_of, write_pieces, write_serialized
from graph.publishing.serialization import Serialization
from graph.publishing.turtle import write_turtle
from graph.reading import Progress
from graph.sizes import MOST_WHOLE
from graph.writing import remove, write_text, write_with

if TYPE_CHECKING:
    from graph.explorer import PageOptions
    from graph.publishing.differences import Differences
    from graph.publishing.storing import PlacedStore

_LARGE = 4_000_000
"""With at least this many bytes of N-Triples, the store is loaded in a thread while other files are written."""


def _search(knowledge: KnowledgeGraph, since: Differences | None = None) -> Callable[[Path], None]:
    from graph.search import revise_index, write_index

    def write(path: Path) -> None:
        if since is not None and SEARCH_FILE in since.generation.files:
            with contextlib.suppress(SourceError):
                since.generation.open(SEARCH_FILE, functools.partial(shutil.copyfile, dst=path), is_whole=True)
                if revise_index(path, knowledge.truth, since.nodes_before):
                    return
            path.unlink(missing_ok=True)
        write_index(knowledge.truth, path)

    return write


def _graphml(knowledge: KnowledgeGraph, since: Differences | None = None) -> _Writing:
    content = None if since is None else content_of(since.generation, GRAPHML_FILE)
    if since is None or content is None:
        return write_graphml(knowledge)
    from graph.publishing.revising_graphml import revise_graphml

    pieces = revise_graphml(content, knowledge.truth, since)
    return write_graphml(knowledge) if pieces is None else functools.partial(write_pieces, pieces=pieces)


def _records(knowledge: KnowledgeGraph) -> Callable[[Path], None]:
    from graph.publishing.record_file import write_records

    return functools.partial(write_records, knowledge.truth)


_Writing = Iterable[str] | Callable[[Path], None] | None
"""Pieces of text, a function that writes a file at a path, or nothing if the file is there already."""

_Writer = Callable[[KnowledgeGraph], _Writing]

_SERIALIZED: Mapping[str, Callable[[KnowledgeGraph], Serialization]] = MappingProxyType(
    {TURTLE_FILE: write_turtle, NTRIPLES_FILE: write_ntriples, JSONLD_FILE: write_jsonld}
)
"""The files that are written together, because each describes the same subjects."""

FORMATS: Mapping[str, tuple[str, _Writer]] = MappingProxyType(
    {
        "ttl": (TURTLE_FILE, write_turtle),
        "nt": (NTRIPLES_FILE, write_ntriples),
        "graphml": (GRAPHML_FILE, write_graphml),
        "jsonld": (JSONLD_FILE, write_jsonld),
        "html": (EXPLORER_FILE, lambda knowledge: ExplorerWriters().page(knowledge)),
        "search": (SEARCH_FILE, _search),
        "evidence": (EVIDENCE_FILE, lambda knowledge: functools.partial(write_evidence, knowledge)),
        "store": (STORE_FOLDER, write_ntriples),
    }
)
"""For each format the name of its file or folder, and its writer."""


def publish(
    knowledge: KnowledgeGraph,
    out: str | os.PathLike[str] = "exports",
    *,
    formats: Iterable[str] | str = "all",
    evidence: bool = False,
    unchanged: Collection[str] = (),
    options: PageOptions | None = None,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write the graph into a folder, in some formats, and always `records.data`, `problems.json` and `info.json`.

    `formats` are names from `FORMATS`, as an iterable or joined by commas, or `all`. For more than 20,000 articles the
    format `html` also writes `explorer.data`, from which a server sends data to the page. `evidence` also writes where
    each relation is stated as RDF 1.2, `evidence.ttl`. `unchanged` names files, or the folder of the store, that an
    earlier call wrote from the same graph and that are not written again. `options` say how the explorer's page is
    made. Returns the paths of the files written.

    The same graph gives the same bytes, except in the store. All files become current together, when `manifest.json`
    names them; until then, and if anything fails, the files of the previous build are current.

    Raises:
        FormatError: A format does not exist.
        OutputError: The folder cannot be written to.
    """
    folder, chosen = Path(out), check_formats(formats)
    generation, kept = write_generation(
        knowledge, folder, chosen, evidence=evidence, unchanged=unchanged, options=options, progress=progress
    )
    return tuple(folder / name for name in generation.files if name not in kept)


def write_generation(  # noqa: PLR0913 - named, and most are not needed
    knowledge: KnowledgeGraph,
    folder: Path,
    formats: Iterable[str],
    *,
    evidence: bool = False,
    unchanged: Collection[str] = (),
    of: str | None = None,
    since: Differences | None = None,
    layout: LayoutFile | None = None,
    options: PageOptions | None = None,
    drawing: Drawing | None = None,
    progress: Progress | None = None,
) -> tuple[Generation, list[str]]:
    """Write the graph like `publish`, and return the generation with the names of its files that were kept.

    With `of`, files that are `unchanged` are kept only if the generation of this name is still current. `since` are the
    differences to the previous build, from which some files are made faster. `layout` may hold an earlier layout of the
    map. `drawing` may write the page while other files are written.

    Raises:
        OutputError: The folder cannot be written to.
    """
    outputs = dict(FORMATS[name] for name in formats)
    with_data = EXPLORER_FILE in outputs and len(knowledge.truth.articles) > MOST_WHOLE
    pages = ExplorerWriters(layout, options)
    if EXPLORER_FILE in outputs:
        outputs[EXPLORER_FILE] = pages.page
    if SEARCH_FILE in outputs:
        outputs[SEARCH_FILE] = functools.partial(_search, since=since)
    if GRAPHML_FILE in outputs:
        outputs[GRAPHML_FILE] = functools.partial(_graphml, since=since)
    if with_data:
        outputs = _with_data(outputs, pages)
    if evidence:
        outputs[EVIDENCE_TURTLE_FILE] = write_evidence_turtle
    outputs[RECORDS_FILE] = _records
    names = list(outputs)
    tasks: dict[str, _Writer] = {
        **outputs,
        PROBLEMS_FILE: write_problems,
        INFO_FILE: lambda knowledge: write_info(knowledge, names),
    }
    # The store comes last, because it may be loading while other files are written.
    tasks = dict(sorted(tasks.items(), key=lambda task: task[0] == STORE_FOLDER))
    with contextlib.ExitStack() as until_current, staging(folder) as staged:
        before = () if staged.before is None or of not in {None, staged.before.name} else staged.before.files
        kept = [name for name in before if (first := name.partition("/")[0]) in unchanged and first in outputs]
        tasks = {name: write for name, write in tasks.items() if name not in {file.partition("/")[0] for file in kept}}

        def place(lines: Path | Iterable[str], revised: Revised | None) -> PlacedStore:
            from graph.publishing.storing import place_store

            digest = staged.written(NTRIPLES_FILE).digest if isinstance(lines, Path) else None
            placed = place_store(folder / STORE_FOLDER, lines, staged.before, revised, digest=digest)
            until_current.callback(placed.let_go)
            return placed

        with contextlib.ExitStack() as until_drawn:
            if drawing is not None and {EXPLORER_FILE, RECORDS_FILE} <= tasks.keys():
                for name in {RECORDS_FILE, EVIDENCE_FILE} & tasks.keys():
                    _write(staged.path / name, tasks.pop(name)(knowledge))
                # A large page takes less time than a large store, but a small one more than all other files together.
                searched = [SEARCH_FILE] if with_data and since is None else []
                helped = (EXPLORER_FILE, EXPLORER_DATA_FILE, *searched)
                last = {name: tasks.pop(name) for name in helped if name in tasks}
                drawn = until_drawn.enter_context(drawing.of(knowledge.truth, staged.path, pages, last))
                tasks |= {name: _unless(drawn, write) for name, write in last.items()}
            store = _write_all(tasks, knowledge, staged.path, place, since, progress)
        placed = [] if store is None else [path.relative_to(folder).as_posix() for path in store.files()]

        def remove_old() -> None:
            if EXPLORER_FILE in outputs and not with_data:
                remove(folder / EXPLORER_DATA_FILE)
            if store is not None:
                from graph.publishing.storing import remove_stores

                remove_stores(store.folder.parent, but=store.folder.name)

        return staged.commit(kept=kept, placed=placed, then=remove_old), kept


def _write_all(
    tasks: Mapping[str, _Writer],
    knowledge: KnowledgeGraph,
    staged: Path,
    place: Callable[[Path | Iterable[str], Revised | None], PlacedStore],
    since: Differences | None,
    progress: Progress | None,
) -> PlacedStore | None:
    """Write files into the folder where they are staged, and the store, if any, with `place`; return the store."""
    lines = staged / NTRIPLES_FILE
    placed: PlacedStore | None = None
    loading: Future[PlacedStore] | None = None
    serialized = {name: _SERIALIZED[name](knowledge) for name in tasks if name in _SERIALIZED}
    revised: Mapping[str, Revised] = {}
    with ThreadPoolExecutor(1) as beside:
        for done, (name, write) in enumerate(tasks.items()):
            if progress is not None:
                progress(f"writing {name}", done, len(tasks))
            if name in serialized:
                if name == next(iter(serialized)):
                    revised = write_serialized(staged, serialized, since)
            elif name != STORE_FOLDER:
                _write(staged / name, write(knowledge))
            elif loading is not None:
                placed = loading.result()
            else:
                placed = place(
                    lines if NTRIPLES_FILE in tasks else write_ntriples(knowledge), revised.get(NTRIPLES_FILE)
                )
            if name == NTRIPLES_FILE and STORE_FOLDER in tasks and lines.stat().st_size >= _LARGE:
                loading = beside.submit(place, lines, revised.get(NTRIPLES_FILE))
    return placed


def _write(path: Path, content: _Writing) -> None:
    if callable(content):
        write_with(path, content)
    elif content is not None:
        write_text(path, content)


def _unless(is_written: Future[bool | None], write: _Writer) -> _Writer:
    """Return a writer that writes nothing if a helper has written the file."""

    def written(knowledge: KnowledgeGraph) -> _Writing:
        return None if is_written.result() else write(knowledge)

    return written


def _with_data(outputs: Mapping[str, _Writer], pages: ExplorerWriters) -> dict[str, _Writer]:
    """Return the outputs with the explorer's data after its page."""
    found = dict[str, _Writer]()
    for name, write in outputs.items():
        found[name] = write
        if name == EXPLORER_FILE:
            found[EXPLORER_DATA_FILE] = pages.data
    return found


def check_formats(formats: Iterable[str] | str) -> tuple[str, ...]:
    """Return the names of formats, in the order of `FORMATS`.

    Raises:
        FormatError: A format does not exist, or none is named.
    """
    names = [part.strip() for part in formats.split(",")] if isinstance(formats, str) else list(formats)
    if "all" in names:
        return tuple(FORMATS)
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        message = f"There is no format {', '.join(map(repr, unknown)) or 'named'}. Use {', '.join(FORMATS)} or all."
        raise FormatError(message)
    return tuple(name for name in FORMATS if name in names)
