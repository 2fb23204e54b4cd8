"""A build's folder, opened again: asked, analysed and summed up without the source."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import msgspec

from graph.errors import DamagedBuildError, Problem, SourceError
from graph.evidence import EvidenceTable, EvidenceWriter
from graph.generations import MANIFEST_FILE, Generation, current_generation
from graph.info import Info
from graph.knowledge import KnowledgeGraph
from graph.names import DEFAULT_BASE, DEFAULT_TITLE
from graph.truth import Truth
from graph.truth.links import LinkCounts
from graph.vocabulary import Vocabulary

if TYPE_CHECKING:
    from graph.explorer import MapFile
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

_CHUNK = 1 << 20
_Opened = TypeVar("_Opened")

TELLING_WHERE = frozenset({EVIDENCE_FILE, EVIDENCE_TURTLE_FILE, EXPLORER_FILE, EXPLORER_DATA_FILE, GRAPHML_FILE})
"""Files that change where a relation is stated on another line, though the graph is the same."""


class Exports(KnowledgeGraph):
    """A knowledge graph whose parts are taken from the files of an earlier build, each when it is first asked for.

    What is asked for raises SourceError where the build did not write it, and DamagedBuildError where it is damaged.
    """

    def __init__(self, generation: Generation, numbers: Mapping[str, object]) -> None:
        """Take the files of a build, and what its `info.json` says."""
        self.generation = generation
        """The files of the build, each with its size and digest."""
        self.folder = generation.folder
        """Where they are."""
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
        records = self._open(RECORDS_FILE, RecordFile)
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
            found = json.loads(self._open(PROBLEMS_FILE, Path.read_bytes, is_whole=True))
            return msgspec.convert(found["problems"], tuple[Problem, ...])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise self._damaged(PROBLEMS_FILE) from error

    @cached_property
    def store(self) -> Disk | Store:
        """The triples, ready to be asked: on disk, opened in milliseconds; loaded into memory where there is no store.

        Raises:
            SourceError: The build wrote no triples.
        """
        from graph.store import VERSION_FILE, Disk

        version = next((name for name in self.generation.files if name.endswith(f"/{VERSION_FILE}")), None)
        if version is not None:
            with contextlib.suppress(DamagedBuildError):  # or of another engine: the N-Triples say the same
                return self.generation.open(version, lambda path: Disk(path.parent))
        return self.load()

    def load(self) -> Store:
        """Load the triples into memory: seconds for a million, and then answers to large questions come faster.

        Raises:
            SourceError: The build wrote no N-Triples.
        """
        from graph.store import Store

        return self._open(NTRIPLES_FILE, Store, "nt", is_whole=True)

    def open_ntriples(self) -> IO[bytes]:
        """Open the file of all triples, one a line; a later build does not change what is read of it.

        Raises:
            SourceError: The build wrote none.
            DamagedBuildError: It is damaged or gone.
        """
        return self._open(NTRIPLES_FILE, lambda path: path.open("rb", buffering=_CHUNK), "nt", is_whole=True)

    @property
    def explorer(self) -> Path:
        """The explorer, a page for a browser.

        Raises:
            SourceError: The build wrote none.
            DamagedBuildError: It is damaged or gone.
        """
        return self._open(EXPLORER_FILE, Path, "html", is_whole=True)

    def read_explorer(self) -> bytes:
        """Return the bytes of the explorer's page.

        Raises:
            SourceError: The build wrote none.
            DamagedBuildError: It is damaged or gone.
        """
        return self._open(EXPLORER_FILE, Path.read_bytes, "html", is_whole=True)

    def open_explorer_data(self) -> MapFile:
        """Open what the explorer of many articles is fed from.

        Raises:
            SourceError: The build wrote none.
            DamagedBuildError: It is damaged or gone.
        """
        from graph.explorer import MapFile

        return self._open(EXPLORER_DATA_FILE, MapFile, "html")

    @cached_property
    def search_index(self) -> SearchIndex:
        """The full-text index.

        Raises:
            SourceError: The build wrote none, or this Python's SQLite has no full-text search.
        """
        from graph.search import SearchIndex

        return self._open(SEARCH_FILE, SearchIndex.open, "search")

    @cached_property
    def evidence_table(self) -> EvidenceTable:
        """Where each relation is stated; opened at once, and read by need.

        Raises:
            DamagedBuildError: The file is damaged.
            SourceError: The build wrote none.
        """
        return self._open(EVIDENCE_FILE, EvidenceTable.open, "evidence")

    def has(self, name: str) -> bool:
        """Tell whether this build wrote a file; one of that name may be left from another."""
        return name in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name.partition("/")[0] for name in self.generation.files)

    def _open(
        self, name: str, how: Callable[[Path], _Opened], format_name: str = "", *, is_whole: bool = False
    ) -> _Opened:
        if name not in self.generation.files:
            remedy = f"Build with --format {format_name}, or name the source." if format_name else "Build again."
            raise SourceError(f"{self.folder}: the last build wrote no {name}. {remedy}")
        return self.generation.open(name, how, is_whole=is_whole)

    def _damaged(self, name: str) -> DamagedBuildError:
        return DamagedBuildError(f"{self.folder / name}: is damaged. Build again.")


def open_exports(folder: str | os.PathLike[str]) -> Exports:
    """Open the folder that a build wrote.

    Raises:
        SourceError: There is no build in it.
        DamagedBuildError: The build is damaged, or was written by an earlier version.
    """
    place = Path(folder)
    generation = current_generation(place)
    if generation is None:
        remedy = f"Build first: article-graph build SOURCE --out {folder}"
        if (place / INFO_FILE).exists():
            message = f"{folder}: was built by an earlier version of article-graph. Build again."
            raise DamagedBuildError(message)
        raise SourceError(f"{folder}: {'holds no build' if place.exists() else 'there is no such folder'}. {remedy}")
    try:
        numbers = json.loads(generation.open(INFO_FILE, Path.read_bytes, is_whole=True))
        if isinstance(numbers["articles"], int):
            return Exports(generation, numbers)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = f"{place / INFO_FILE}: is damaged. Build again."
        raise DamagedBuildError(message) from error
    message = f"{place / INFO_FILE}: is damaged. Build again."
    raise DamagedBuildError(message)


def is_build(folder: str | os.PathLike[str]) -> bool:
    """Tell whether a folder holds what a build wrote."""
    return (Path(folder) / MANIFEST_FILE).is_file()
