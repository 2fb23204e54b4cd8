"""Opens what is served, the folder of a build or triples, and opens it again when a later build has replaced it."""

from __future__ import annotations

import dataclasses
import io
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from starlette.requests import Request

from graph.errors import GraphError, SourceError
from graph.evidence import EvidenceTable
from graph.generations import current_generation
from graph.names import DEFAULT_BASE, DEFAULT_TITLE, expand
from graph.publishing.exports import EVIDENCE_FILE, NTRIPLES_FILE, SEARCH_FILE, Exports, open_exports
from graph.search import SearchIndex
from graph.serving.feeding import Explorer, read_explorer
from graph.serving.forking import Zygote
from graph.serving.limits import Limits
from graph.vocabulary import NO_VOCABULARY

_log = logging.getLogger(__name__)
_Known = TypeVar("_Known")


@dataclass(frozen=True, slots=True)
class ServedData:
    """What replies need to know about one version of the data."""

    base: str
    """The beginning of minted IRIs; ends in `/`."""
    title: str
    """What the site is called."""
    version: str
    """A digest of the triples."""
    modified: float
    """When the triples were written, in Unix seconds; different for each version that a server has served."""
    triples: int
    """The number of triples."""
    search: SearchIndex | None = None
    """Full-text search, if the build wrote an index."""
    explorer: Explorer | None = None
    """The explorer, if the build wrote it."""
    relation_names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """For the IRI of each relation that the site defines, the headings of the nodes it leads to and comes from."""
    fact_names: Mapping[str, str] = field(default_factory=dict)
    """For the IRI of each literal that the site defines, its label."""
    places: NDArray[np.int64] | None = None
    """For each node of the search index its number in the explorer's data, -1 if it is missing there."""
    evidence: EvidenceTable | None = None
    """Where each relation is stated, if the build wrote it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes when the data is replaced."""

    triples: str
    """A digest of the triples."""
    rest: str
    """A digest of all files of the build."""


def data_for(request: Request) -> ServedData:
    """Return what is served when a request comes."""
    site: ServedData = request.app.state.site
    return site


class Dataset:
    """What is served, in its current version."""

    def __init__(self, source: str | os.PathLike[str] | bytes) -> None:
        """Serve the folder that a build wrote, or N-Triples or N-Quads."""
        self._source = source if isinstance(source, bytes) else Path(source)

    def stamp(self) -> Stamp | None:
        """Return what changes when the data is replaced; `None` if there is no data at the moment."""
        if isinstance(self._source, bytes):
            return Stamp("", "")
        try:
            generation = current_generation(self._source)
        except SourceError:
            return None
        if generation is None or NTRIPLES_FILE not in generation.files:
            return None
        return Stamp(generation.files[NTRIPLES_FILE].digest, generation.name)

    def open(self, limits: Limits, *, after: ServedData | None = None) -> tuple[Zygote, ServedData]:
        """Load the data into a separate process, and return that process and the facts about the data. Blocks.

        `after` is what was served before.

        Raises:
            SourceError: There is no data, or it cannot be loaded.
        """
        earliest = 0.0 if after is None else after.modified + 1.0  # HTTP dates have whole seconds
        if isinstance(self._source, bytes):
            zygote = Zygote(io.BytesIO(self._source), limits)
            return zygote, ServedData(DEFAULT_BASE, DEFAULT_TITLE, zygote.version, earliest, zygote.triples)
        exports = open_exports(self._source)
        with exports.open_ntriples() as data:
            modified = max(os.fstat(data.fileno()).st_mtime, earliest)
            zygote = Zygote(data, limits)
        try:
            known = ServedData(DEFAULT_BASE, DEFAULT_TITLE, zygote.version, modified, zygote.triples)
            site = _described(known, exports, limits)
        except BaseException:
            zygote.close()
            raise
        return zygote, site

    def reopen(self, limits: Limits, site: ServedData) -> ServedData:
        """Return the facts about the same triples after other files of the build were replaced. Blocks.

        Raises:
            SourceError: There is no data.
        """
        later = dataclasses.replace(site, modified=site.modified + 1.0)
        return later if isinstance(self._source, bytes) else _described(later, open_exports(self._source), limits)


def _described(site: ServedData, exports: Exports, limits: Limits) -> ServedData:
    """Return a site with the facts from its build."""
    search = evidence = None
    if exports.has(SEARCH_FILE):
        search = _known(lambda: exports.search_index, "Serving without search.")
    if exports.has(EVIDENCE_FILE):
        evidence = _known(lambda: exports.evidence_table, "Serving without the places where links are stated.")
    vocabulary = _known(lambda: exports.vocabulary, "Serving without the names of the site's own relations.")
    own = vocabulary or NO_VOCABULARY
    explorer = read_explorer(exports, limits.whole, "" if evidence is None else evidence.version)
    return dataclasses.replace(
        site,
        base=exports.base,
        title=exports.title,
        search=search,
        explorer=explorer,
        relation_names={expand(row.term): (row.label, row.inverse) for row in own.relations},
        fact_names={expand(row.term): row.label for row in own.literals},
        places=_places(search, explorer),
        evidence=evidence,
    )


def _known(read: Callable[[], _Known], without: str) -> _Known | None:
    """Return a part of a build, or `None`, with a warning, if it cannot be read."""
    try:
        return read()
    except GraphError as error:
        _log.warning("%s %s", error, without)
        return None


def _places(search: SearchIndex | None, explorer: Explorer | None) -> NDArray[np.int64] | None:
    """Return for each node of the index its number in the explorer's data, or -1; takes seconds for a million."""
    if search is None or explorer is None or explorer.map_file is None:
        return None
    find = explorer.map_file.find_all
    some = _known(lambda: [find(iris) for iris in search.iris()], "The explorer cannot search.")
    return None if some is None else np.concatenate([np.zeros(0, np.int64), *some])
