"""Opens what an earlier build wrote, for queries, searches, analyses and numbers without the source."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter
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

INFO_FILE = "info.json"
"""The graph in numbers, and which files show it."""

PROBLEMS_FILE = "problems.json"
"""Faults of the content."""

SEARCH_FILE = "search.sqlite"
"""The index of full-text search."""

TURTLE_FILE = "graph.ttl"
"""The triples as Turtle."""

JSONLD_FILE = "graph.jsonld"
"""The triples as JSON-LD."""

NTRIPLES_FILE = "graph.nt"
"""The triples as N-Triples, one in each line."""

EXPLORER_FILE = "explorer.html"
"""The page of the explorer."""

EXPLORER_DATA_FILE = "explorer.data"
"""The data of the explorer of more than 20,000 articles, which a server sends on demand."""

GRAPHML_FILE = "graph.graphml"
"""The network as GraphML."""

EVIDENCE_FILE = "evidence.data"
"""Where each relation is stated; read on demand."""

RECORDS_FILE = "records.data"
"""The records, from which every other file can be made."""

EVIDENCE_TURTLE_FILE = "evidence.ttl"
"""Where each relation is stated, as RDF 1.2; written on request."""

STORE_FOLDER = "store"
"""The folder of the triples in files of the embedded engine."""

_CHUNK = 1 << 20
_Opened = TypeVar("_Opened")

TELLING_WHERE = frozenset({EVIDENCE_FILE, EVIDENCE_TURTLE_FILE, EXPLORER_FILE, EXPLORER_DATA_FILE, GRAPHML_FILE})
"""Files that change when a relation moves to another line, though the graph stays the same."""


class Exports(KnowledgeGraph):
    """A knowledge graph read from the files of an earlier build, each when it is first needed.

    Members raise SourceError if the build did not write the file they need, and DamagedBuildError if it is damaged.
    """

    def __init__(self, generation: Generation, numbers: Mapping[str, object]) -> None:
        """Read from the files of `generation`, whose `info.json` contains `numbers`."""
        self.generation = generation
        """The files of the build, each with its size and digest."""
        self.folder = generation.folder
        """The folder of the build."""
        self.numbers = numbers
        """The graph in numbers, as from `Info.to_dict`, and `exports`, the files of the same build."""

    @cached_property
    def truth(self) -> Truth:
        """The records everything else is a view of; each kind is read when first needed.

        Raises:
            SourceError: The build is of an older version, which wrote no records.
            DamagedBuildError: The records, the numbers or the problems are damaged.
        """
        info, coverage = self.info(), self.info().coverage
        records = self._records_by_kind()
        return Truth(
            base=self.base,
            title=self.title,
            articles=records("articles"),
            providers=records("providers"),
            topics=records("topics"),
            people=records("people"),
            images=records("images"),
            derivations=records("derivations"),
            collections=records("collections"),
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

    def _records_by_kind(self) -> Callable[[str], Mapping[str, Any]]:
        """Return a function that returns the records of a kind by IRI, sorted."""
        from graph.publishing.record_file import KINDS_OF_RECORDS, RecordFile
        from graph.publishing.table_files import NODES_FOLDER, read_nodes

        if not self.has(NODES_FOLDER):
            return self._open(RECORDS_FILE, RecordFile).all_of
        found: dict[str, list[Any]] = {name: [] for name in KINDS_OF_RECORDS}
        for name in self._files_in(NODES_FOLDER):
            for kind, record in self._open(name, lambda path: list(read_nodes(path)), is_whole=True):
                found[kind].append(record)
        by_iri = attrgetter("iri")
        return lambda kind: {record.iri: record for record in sorted(found[kind], key=by_iri)}

    def _files_in(self, folder: str) -> Sequence[str]:
        return sorted(name for name in self.generation.files if name.startswith(f"{folder}/"))

    @property
    def base(self) -> str:
        """The beginning of minted IRIs; ends in `/`."""
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
            DamagedBuildError: They are damaged in `info.json`.
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
            DamagedBuildError: `problems.json` is damaged or missing.
        """
        from graph.publishing.table_files import NODES_FOLDER, PROBLEMS_FOLDER, read_problems

        try:
            if self.has(NODES_FOLDER):  # and no file of problems if there are none
                files = self._files_in(PROBLEMS_FOLDER)
                read = (self._open(name, lambda path: list(read_problems([path])), is_whole=True) for name in files)
                return tuple(chain.from_iterable(read))
            found = json.loads(self._open(PROBLEMS_FILE, Path.read_bytes, is_whole=True))
            return msgspec.convert(found["problems"], tuple[Problem, ...])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise self._damaged(PROBLEMS_FILE) from error

    @cached_property
    def store(self) -> Disk | Store:
        """The triples on disk, opened in milliseconds, or loaded into memory if the build wrote no store.

        Raises:
            SourceError: The build wrote no triples.
        """
        from graph.store import Disk
        from graph.store_files import VERSION_FILE

        version = next((name for name in self.generation.files if name.endswith(f"/{VERSION_FILE}")), None)
        if version is not None:
            with contextlib.suppress(DamagedBuildError):  # then, or with another engine, the N-Triples are loaded
                return self.generation.open(version, lambda path: Disk(path.parent))
        return self.load()

    def load(self) -> Store:
        """Load the triples into memory; takes seconds for a million, and makes large queries faster.

        Raises:
            SourceError: The build wrote no N-Triples.
        """
        from graph.publishing.table_files import TRIPLES_FOLDER
        from graph.store import Store

        if self.has(TRIPLES_FOLDER):
            files = self._files_in(TRIPLES_FOLDER)
            return Store(b"".join(self._open(name, Path.read_bytes, is_whole=True) for name in files))
        return self._open(NTRIPLES_FILE, Store, "nt", is_whole=True)

    def open_ntriples(self) -> IO[bytes]:
        """Open the N-Triples of the build; later builds do not change what is read from this file.

        Raises:
            SourceError: The build did not write it.
            DamagedBuildError: It is damaged or missing.
        """
        return self._open(NTRIPLES_FILE, lambda path: path.open("rb", buffering=_CHUNK), "nt", is_whole=True)

    @property
    def explorer(self) -> Path:
        """The path of the explorer's page.

        Raises:
            SourceError: The build did not write it.
            DamagedBuildError: It is damaged or missing.
        """
        return self._open(EXPLORER_FILE, Path, "html", is_whole=True)

    def read_explorer(self) -> bytes:
        """Return the bytes of the explorer's page.

        Raises:
            SourceError: The build did not write it.
            DamagedBuildError: It is damaged or missing.
        """
        return self._open(EXPLORER_FILE, Path.read_bytes, "html", is_whole=True)

    def open_explorer_data(self) -> MapFile:
        """Open the data of the explorer of more than 20,000 articles.

        Raises:
            SourceError: The build did not write it.
            DamagedBuildError: It is damaged or missing.
        """
        from graph.explorer import MapFile

        return self._open(EXPLORER_DATA_FILE, MapFile, "html")

    @cached_property
    def search_index(self) -> SearchIndex:
        """The full-text index.

        Raises:
            SourceError: The build did not write it, or this Python's SQLite has no full-text search.
        """
        from graph.search import SearchIndex

        return self._open(SEARCH_FILE, SearchIndex.open, "search")

    @cached_property
    def evidence_table(self) -> EvidenceTable:
        """Where each relation is stated; read on demand.

        Raises:
            DamagedBuildError: The file is damaged.
            SourceError: The build did not write it.
        """
        return self._open(EVIDENCE_FILE, EvidenceTable.open, "evidence")

    def has(self, name: str) -> bool:
        """Return whether this build wrote a file; the folder may contain older ones."""
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
            raise DamagedBuildError(f"{folder}: was built by an earlier version of article-graph. Build again.")
        raise SourceError(f"{folder}: {'holds no build' if place.exists() else 'there is no such folder'}. {remedy}")
    numbers = None
    with contextlib.suppress(ValueError, RecursionError):
        numbers = json.loads(generation.open(INFO_FILE, Path.read_bytes, is_whole=True))
    if isinstance(numbers, dict) and isinstance(numbers.get("articles"), int):
        return Exports(generation, numbers)
    raise DamagedBuildError(f"{place / INFO_FILE}: is damaged. Build again.")


def is_build(folder: str | os.PathLike[str]) -> bool:
    """Return whether a folder contains a build."""
    return os.path.isfile(Path(folder) / MANIFEST_FILE)  # noqa: PTH113 - false, not an error, for a name that is too long
