"""The explorer's page and its data, written by this process, or by a helper while this one writes other files.

The helper of a large graph then writes the search index, too.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from graph.child_processes import Helper, count_helpers
from graph.evidence import EvidenceTable, EvidenceWriter
from graph.knowledge import KnowledgeGraph
from graph.memory import give_back
from graph.publishing.exports import EVIDENCE_FILE, EXPLORER_DATA_FILE, EXPLORER_FILE, RECORDS_FILE, SEARCH_FILE
from graph.publishing.record_file import KINDS_OF_RECORDS, RecordFile
from graph.sizes import MOST_WHOLE
from graph.truth import Truth
from graph.writing import write_text, write_with

if TYPE_CHECKING:
    from graph.atlas import Atlas
    from graph.explorer import PageOptions


class LayoutFile(msgspec.Struct, frozen=True):
    """Where layouts of the map are remembered, as in `LayoutMemory`."""

    path: Path
    frame: bytes
    recalls: bool


class ExplorerWriters:
    """Writers of the explorer's page and of its data, which share one layout if the page shows all articles.

    What draws the map is loaded when the page is written, as this process need not load it if a helper draws.
    """

    def __init__(self, layout: LayoutFile | None = None, options: PageOptions | None = None) -> None:
        self._atlas: Atlas | None = None
        self.layout = layout
        """The file that may hold an earlier layout of the map."""
        self.options = options
        """How the page is made."""

    def page(self, knowledge: KnowledgeGraph) -> Iterator[str]:
        """Yield the page."""
        from graph.atlas.census import MOST_OTHERS
        from graph.atlas.making import lay_out, to_atlas
        from graph.atlas.remembering import LayoutMemory
        from graph.explorer import PLAIN, to_explorer

        file = self.layout
        layout_of = LayoutMemory(file.path, file.frame, recalls=file.recalls) if file else lay_out
        atlas = to_atlas(knowledge.truth, layout_of=layout_of)
        truth, census = knowledge.truth, atlas.census
        others = max(len(truth.topics), len(truth.providers), len(truth.people))
        if len(census.articles) == len(truth.articles) > MOST_WHOLE and others <= MOST_OTHERS:
            self._atlas = atlas
        yield to_explorer(knowledge.truth, title=knowledge.title, atlas=atlas, options=self.options or PLAIN)

    def data(self, knowledge: KnowledgeGraph) -> Callable[[Path], None]:
        """Return a function that writes the data at a path."""
        from graph.explorer import write_map_file

        def write(path: Path) -> None:
            atlas, self._atlas = self._atlas, None
            write_map_file(
                knowledge.truth,
                path,
                title=knowledge.title,
                atlas=atlas,
                kept=self.options.kept if self.options else None,
            )

        return write


class PageTask(msgspec.Struct, frozen=True):
    """A page to write, and other files that need nothing but the records and the evidence."""

    truth: Truth
    """What it shows, without records and evidence."""
    evidence: Path
    """The file with the evidence."""
    staged: Path
    """The folder that contains `records.data`, and to which the page is written."""
    names: frozenset[str]
    """The files to write: the page, perhaps its data, and perhaps the search index."""
    pages: ExplorerWriters
    """How it is made."""


def answering() -> Callable[[PageTask], bool]:
    """Return a function that writes the files of a task and returns `True`; it may raise anything."""
    import graph.atlas.making
    import graph.explorer  # noqa: F401 - loaded now, while nothing is asked

    def answer(task: PageTask) -> bool:
        records = RecordFile(task.staged / RECORDS_FILE).shelf
        kinds: dict[str, Any] = {name: records(name) for name in KINDS_OF_RECORDS}
        evidence = EvidenceTable.open(task.evidence)
        knowledge = KnowledgeGraph(replace(task.truth, evidence=evidence, **kinds))
        write_text(task.staged / EXPLORER_FILE, task.pages.page(knowledge))
        if EXPLORER_DATA_FILE in task.names:
            give_back(len(kinds["articles"]))
            write_with(task.staged / EXPLORER_DATA_FILE, task.pages.data(knowledge))
        if SEARCH_FILE in task.names:
            from graph.search import write_index

            give_back(len(kinds["articles"]))
            write_with(task.staged / SEARCH_FILE, functools.partial(write_index, knowledge.truth))
        return True

    return answer


class Drawing:
    """A helper that writes the page and more; leaving its context ends it."""

    def __init__(self, helper: Helper) -> None:
        self._helper = helper

    @contextlib.contextmanager
    def of(
        self, truth: Truth, staged: Path, pages: ExplorerWriters, names: Collection[str]
    ) -> Iterator[Future[bool | None]]:
        """Let it write files of a truth whose records are staged; the result is `True` if it did.

        `names` are those of the page, perhaps of its data, and perhaps of the search index.

        The result is awaited at the end. If anything fails in between, the helper is ended.
        """
        empty: dict[str, Any] = {name: {} for name in KINDS_OF_RECORDS}
        bare = replace(truth, evidence=EvidenceWriter().table(), **empty)
        with contextlib.ExitStack() as until_written, ThreadPoolExecutor(1) as beside:
            evidence = staged / EVIDENCE_FILE
            if not evidence.exists():
                until_written.callback(evidence.unlink, missing_ok=True)
                truth.evidence.write(evidence)
            try:
                yield beside.submit(self._helper.ask, PageTask(bare, evidence, staged, frozenset(names), pages))
            except BaseException:
                self._helper.end()
                raise


@contextlib.contextmanager
def drawing(jobs: int | None, files: int) -> Iterator[Drawing | None]:
    """Start a helper for the page, if `count_helpers` says it pays for so many files, and end it."""
    with contextlib.ExitStack() as helping:
        started = None
        if count_helpers(jobs, files):
            with contextlib.suppress(OSError):
                started = Drawing(helping.enter_context(Helper("graph.publishing.pages")))
        yield started
