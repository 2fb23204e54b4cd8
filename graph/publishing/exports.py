"""A build's folder, opened again: asked, analysed and summed up without the source."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from graph.errors import DamagedBuildError, Problem, SourceError
from graph.evidence import EvidenceTable, EvidenceWriter
from graph.info import Info
from graph.knowledge import KnowledgeGraph
from graph.names import DEFAULT_BASE, DEFAULT_TITLE
from graph.truth import Truth
from graph.truth.links import LinkCounts
from graph.vocabulary import Vocabulary

if TYPE_CHECKING:
    from graph.search import SearchIndex
    from graph.store import Disk, Store

__all__ = [
    "EVIDENCE_FILE",
    "EVIDENCE_TURTLE_FILE",
    "EXPLORER_DATA_FILE",
    "EXPLORER_FILE",
    "GRAPHML_FILE",
    "INFO_FILE",
    "JSONLD_FILE",
    "NTRIPLES_FILE",
    "PROBLEMS_FILE",
    "RECORDS_FILE",
    "SEARCH_FILE",
    "STORE_FOLDER",
    "TELLING_WHERE",
    "TURTLE_FILE",
    "Exports",
    "is_build",
    "open_exports",
]

INFO_FILE = "info.json"
"""The graph in numbers, and which files show it."""

PROBLEMS_FILE = "problems.json"
"""Faults of the content."""

SEARCH_FILE = "search.sqlite"
"""The index of full-text search."""

TURTLE_FILE = "graph.ttl"
"""The file for people who read RDF."""

JSONLD_FILE = "graph.jsonld"
"""The file for programs that know JSON."""

NTRIPLES_FILE = "graph.nt"
"""The triples, one a line."""

EXPLORER_FILE = "explorer.html"
"""The explorer, one page."""

EXPLORER_DATA_FILE = "explorer.data"
"""What a server feeds the explorer of many articles from."""

GRAPHML_FILE = "graph.graphml"
"""The network."""

EVIDENCE_FILE = "evidence.data"
"""Where each relation is stated, read by need."""

RECORDS_FILE = "records.data"
"""The records, from which everything else can be made again."""

EVIDENCE_TURTLE_FILE = "evidence.ttl"
"""The same as RDF 1.2, on request."""

STORE_FOLDER = "store"
"""The triples in the embedded engine's own files."""


TELLING_WHERE = frozenset({EVIDENCE_FILE, EVIDENCE_TURTLE_FILE, EXPLORER_FILE, EXPLORER_DATA_FILE, GRAPHML_FILE})
"""Files that change where a relation is stated on another line, though the graph is the same."""


class Exports(KnowledgeGraph):
    """A knowledge graph whose parts are taken from the files of an earlier build, each when it is first asked for.

    What is asked for raises SourceError where the build did not write it, and DamagedBuildError where it is damaged.
    """

    def __init__(self, folder: Path, numbers: Mapping[str, object]) -> None:
        """Take the folder of a build, and what its `info.json` says."""
        self.folder = folder
        """Where it stands."""
        self.numbers = numbers
        """The graph in numbers, as `Info.to_dict`, and `exports`, the files of the same build."""

    @cached_property
    def truth(self) -> Truth:
        """The records everything else is a view of; of each kind they are read when first asked for.

        Raises:
            SourceError: The build is of an older version, which wrote none.
            DamagedBuildError: The records, the numbers or the problems are damaged.
        """
        from graph.publishing.record_file import RecordFile

        info, coverage = self.info(), self.info().coverage
        records = RecordFile(self._file(RECORDS_FILE))
        return Truth(
            base=self.base,
            title=self.title,
            articles=records.all_of("articles"),
            providers=records.all_of("providers"),
            topics=records.all_of("topics"),
            people=records.all_of("people"),
            images=records.all_of("images"),
            derivations=records.all_of("derivations"),
            collections=records.all_of("collections"),
            problems=self.problems,
            files=info.files,
            unmapped=info.unmapped,
            passed_over=tuple(info.passed_over.items()),
            untitled=coverage.documents - coverage.title,
            link_counts=LinkCounts(
                stated=coverage.links,
                resolved=coverage.resolved,
                outside=coverage.outside,
                broken=coverage.broken,
                to_itself=info.self_links,
                repeated=info.repeated_links,
            ),
            evidence=self.evidence_table if self.has(EVIDENCE_FILE) else EvidenceWriter().table(),
            vocabulary=self.vocabulary,
        )

    @property
    def base(self) -> str:
        """What minted IRIs begin with; ends in `/`."""
        base = self.numbers.get("base")
        return base if isinstance(base, str) and base else DEFAULT_BASE

    @property
    def title(self) -> str:
        """What the site is called."""
        title = self.numbers.get("title")
        return title if isinstance(title, str) else DEFAULT_TITLE

    @property
    def vocabulary(self) -> Vocabulary:
        """The relations and literals that the sources' owners add.

        Raises:
            DamagedBuildError: The build's account of them is damaged.
        """
        stated: Any = self.numbers.get("vocabulary", {"relations": [], "literals": []})
        try:
            return Vocabulary.from_dict(stated)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise self._damaged(INFO_FILE) from error

    @cached_property
    def _info(self) -> Info:
        try:
            return msgspec.convert(self.numbers, Info)
        except ValueError as error:
            raise self._damaged(INFO_FILE) from error

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Faults of the content, sorted by place.

        Raises:
            DamagedBuildError: The report is damaged or gone.
        """
        try:
            found = json.loads((self.folder / PROBLEMS_FILE).read_bytes())
            return msgspec.convert(found["problems"], tuple[Problem, ...])
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise self._damaged(PROBLEMS_FILE) from error

    @cached_property
    def store(self) -> Disk | Store:
        """The triples, ready to be asked: on disk, opened in milliseconds; loaded into memory where there is no store.

        Raises:
            SourceError: The build wrote no triples.
        """
        from graph.store import Disk

        if STORE_FOLDER in self._written:
            with contextlib.suppress(SourceError):  # damaged, or of another engine: the N-Triples say the same
                return Disk(self.folder / STORE_FOLDER)
        return self.load()

    def load(self) -> Store:
        """Load the triples into memory: seconds for a million, and then answers to large questions come faster.

        Raises:
            SourceError: The build wrote no N-Triples.
        """
        from graph.store import Store

        return Store(self.ntriples)

    @property
    def ntriples(self) -> Path:
        """The file of all triples, one a line.

        Raises:
            SourceError: The build wrote none.
        """
        return self._file(NTRIPLES_FILE, "nt")

    @property
    def explorer(self) -> Path:
        """The explorer, a page for a browser.

        Raises:
            SourceError: The build wrote none.
            DamagedBuildError: It is gone.
        """
        page = self._file(EXPLORER_FILE, "html")
        if not page.is_file():
            message = f"{page}: is gone. Build again."
            raise DamagedBuildError(message)
        return page

    @cached_property
    def search_index(self) -> SearchIndex:
        """The full-text index.

        Raises:
            SourceError: The build wrote none, or this Python's SQLite has no full-text search.
        """
        from graph.search import SearchIndex

        return SearchIndex.open(self._file(SEARCH_FILE, "search"))

    @cached_property
    def evidence_table(self) -> EvidenceTable:
        """Where each relation is stated; opened at once, and read by need.

        Raises:
            DamagedBuildError: The file is damaged.
            SourceError: The build wrote none.
        """
        return EvidenceTable.open(self._file(EVIDENCE_FILE, "evidence"))

    def has(self, name: str) -> bool:
        """Tell whether this build wrote a file; one of that name may be left from another."""
        return name in self._written

    @property
    def _written(self) -> list[object]:
        written = self.numbers.get("exports")
        return written if isinstance(written, list) else []

    def _file(self, name: str, format_name: str = "") -> Path:
        if name not in self._written:
            remedy = f"Build with --format {format_name}, or name the source." if format_name else "Build again."
            raise SourceError(f"{self.folder}: the last build wrote no {name}. {remedy}")
        return self.folder / name

    def _damaged(self, name: str) -> DamagedBuildError:
        return DamagedBuildError(f"{self.folder / name}: is damaged. Build again.")


def open_exports(folder: str | os.PathLike[str]) -> Exports:
    """Open the folder that a build wrote.

    Raises:
        SourceError: There is no build in it.
    """
    path = Path(folder) / INFO_FILE
    try:
        numbers = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        if not Path(folder).exists():
            message = f"{folder}: there is no such folder. Build first: article-graph build SOURCE --out {folder}"
            raise SourceError(message) from error
        message = f"{folder}: holds no build. Build first: article-graph build SOURCE --out {folder}"
        raise SourceError(message) from error
    known = isinstance(numbers, dict) and isinstance(numbers.get("articles"), int)
    if not known or not isinstance(numbers.get("exports"), list):
        message = f"{path}: is damaged. Build again."
        raise DamagedBuildError(message)
    return Exports(Path(folder), numbers)


def is_build(folder: str | os.PathLike[str]) -> bool:
    """Tell whether a folder holds what a build wrote."""
    return (Path(folder) / INFO_FILE).is_file()
