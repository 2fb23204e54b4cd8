"""The explorer as it is served: a whole page, or for many articles a page that is fed with what it needs."""

from __future__ import annotations

import gzip
import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.errors import DamagedBuildError
from graph.explorer import MapFile, number_nodes, read_payload, to_fed_explorer
from graph.publishing.exports import EXPLORER_DATA_FILE, EXPLORER_FILE, Exports
from graph.reading.cache import code_version

__all__ = ["Explorer", "Page", "read_explorer"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """A finished HTML document."""

    body: bytes
    """As it is, UTF-8."""
    squeezed: bytes
    """The same, compressed with gzip."""
    digest: str
    """A name for exactly these bytes."""

    @classmethod
    def of(cls, body: bytes) -> Page:
        """Return the page of these bytes."""
        return cls(body, gzip.compress(body, 6, mtime=0), hashlib.sha256(body).hexdigest()[:16])


@dataclass(frozen=True, slots=True)
class Explorer:
    """The explorer of one version of the data."""

    page: Page
    """What a browser opens."""
    nodes: Mapping[str, int] = field(default_factory=dict)
    """The number of each node of a whole page, by its IRI; empty where that is not known."""
    map_file: MapFile | None = None
    """What the page is fed from; `None` where it holds everything."""
    version: str = ""
    """A name for what the page is fed with: the map's contents, the evidence, and the code that makes replies."""

    def find(self, iri: str) -> int | None:
        """Return the number of the node that has an IRI."""
        return self.nodes.get(iri) if self.map_file is None else self.map_file.find(iri)


def read_explorer(exports: Exports, largest: int, stated: str = "") -> Explorer | None:
    """Return the explorer that a build wrote, if it wrote one: as it is up to `largest` articles, else to be fed.

    To be fed it takes the data that the build wrote beside it, which is mapped into memory, whatever its size, at once.
    `stated` is the version of the evidence that is quoted beside it. What an earlier build has left is not taken.
    """
    articles = exports.numbers.get("articles")
    if exports.has(EXPLORER_DATA_FILE) and isinstance(articles, int) and articles > largest:
        try:
            map_file = exports.open_explorer_data()
            version = f"{map_file.version}{code_version().hex()[:8]}{stated}"
            return Explorer(Page.of(to_fed_explorer().encode()), map_file=map_file, version=version)
        except DamagedBuildError as error:
            _log.warning("%s Serving the whole explorer.", error)
    if not exports.has(EXPLORER_FILE):
        return None
    try:
        written = exports.read_explorer()
    except DamagedBuildError as error:
        _log.warning("%s Serving without the explorer.", error)
        return None
    payload = read_payload(written)
    try:
        return Explorer(Page.of(written), {} if payload is None else number_nodes(payload))
    except DamagedBuildError:  # written by another version: it is whole, and opens all the same
        return Explorer(Page.of(written))
