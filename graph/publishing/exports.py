"""A build's folder, opened again: asked, analysed and summed up without the source."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import SourceError
from graph.publishing.graphml import read_graphml
from graph.views import Network

if TYPE_CHECKING:
    from graph.search import SearchIndex
    from graph.store import Answer, Store

__all__ = ["INFO_FILE", "PROBLEMS_FILE", "SEARCH_FILE", "Exports", "is_build", "open_exports"]

INFO_FILE = "info.json"
"""The graph in numbers, and which files show it."""

PROBLEMS_FILE = "problems.json"
"""Faults of the content."""

SEARCH_FILE = "search.sqlite"
"""The index of full-text search."""


@dataclass(frozen=True)
class Exports:
    """What an earlier build wrote, as far as the same build wrote it."""

    folder: Path
    """Where it stands."""
    numbers: Mapping[str, object]
    """The graph in numbers, as `Info.to_dict`, and `exports`, the files of the same build."""

    @cached_property
    def store(self) -> Store:
        """The triples, ready to be asked.

        Raises:
            SourceError: The build wrote no N-Triples.
        """
        from graph.store import Store

        path = self._file("graph.nt", "nt")
        try:
            return Store(path.read_bytes())
        except OSError as error:
            raise _unreadable(path, error) from error

    @cached_property
    def network(self) -> Network:
        """The network.

        Raises:
            SourceError: The build wrote no GraphML.
        """
        return read_graphml(self._file("graph.graphml", "graphml"))

    @cached_property
    def search_index(self) -> SearchIndex:
        """The full-text index.

        Raises:
            SourceError: The build wrote none, or this Python's SQLite has no full-text search.
        """
        from graph.search import SearchIndex

        return SearchIndex.open(self._file(SEARCH_FILE, "search"))

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL query.

        Raises:
            QueryError: The query cannot be answered.
            SourceError: The build wrote no N-Triples.
        """
        return self.store.query(sparql)

    def _file(self, name: str, format_name: str) -> Path:
        written = self.numbers.get("exports")
        if not isinstance(written, list) or name not in written:
            message = (
                f"{self.folder}: the last build wrote no {name}. Build with --format {format_name}, or name the source."
            )
            raise SourceError(message)
        return self.folder / name


def open_exports(folder: str | os.PathLike[str]) -> Exports:
    """Open the folder that a build wrote.

    Raises:
        SourceError: There is no build in it.
    """
    path = Path(folder) / INFO_FILE
    try:
        numbers = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        if not Path(folder).exists():
            message = f"{folder}: there is no such folder. Build first: article-graph build SOURCE --out {folder}"
            raise SourceError(message) from error
        message = f"{folder}: holds no build. Build first: article-graph build SOURCE --out {folder}"
        raise SourceError(message) from error
    if not isinstance(numbers, dict):
        message = f"{path}: is damaged. Build again."
        raise SourceError(message)
    return Exports(Path(folder), numbers)


def is_build(folder: str | os.PathLike[str]) -> bool:
    """Tell whether a folder holds what a build wrote."""
    return (Path(folder) / INFO_FILE).is_file()


def _unreadable(path: Path, error: OSError) -> SourceError:
    return SourceError(f"{path}: cannot be read ({error.strerror}). Build it again.")
