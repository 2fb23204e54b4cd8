"""The explorer of a build: one whole page, or for many articles a page that loads its data on demand."""

from __future__ import annotations

import gzip
import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.errors import DamagedBuildError
from graph.explorer import MapFile, number_nodes, read_payload, to_fed_explorer, to_unframed
from graph.publishing.exports import EXPLORER_DATA_FILE, EXPLORER_FILE, Exports
from graph.reading.cache import code_version

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """An HTML document."""

    body: bytes
    """Uncompressed, UTF-8."""
    squeezed: bytes
    """Compressed with gzip."""
    digest: str
    """A digest of the bytes."""

    @classmethod
    def of(cls, body: bytes) -> HtmlPage:
        """Compress a page."""
        return cls(body, gzip.compress(body, 6, mtime=0), hashlib.sha256(body).hexdigest()[:16])


@dataclass(frozen=True, slots=True)
class Explorer:
    """The explorer of one version of the data."""

    page: HtmlPage
    """The page."""
    nodes: Mapping[str, int] = field(default_factory=dict)
    """The number of each node of a whole page by IRI; empty if unknown."""
    map_file: MapFile | None = None
    """The file from which the page loads its data; `None` for a whole page."""
    version: str = ""
    """The version of the data that the page loads: of the map, the evidence, and the code."""

    def find(self, iri: str) -> int | None:
        """Return the number of a node by its IRI."""
        return self.nodes.get(iri) if self.map_file is None else self.map_file.find(iri)


def read_explorer(exports: Exports, largest: int, stated: str = "") -> Explorer | None:
    """Return the explorer of a build, if any: a whole page up to `largest` articles, otherwise one that loads data.

    The data is a file that is mapped into memory, whatever its size. `stated` is the version of the evidence. Files of
    earlier builds are ignored.
    """
    articles = exports.numbers.get("articles")
    if exports.has(EXPLORER_DATA_FILE) and isinstance(articles, int) and articles > largest:
        try:
            map_file = exports.open_explorer_data()
            version = f"{map_file.version}{code_version().hex()[:8]}{stated}"
            return Explorer(HtmlPage.of(to_fed_explorer().encode()), map_file=map_file, version=version)
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
        nodes = {} if payload is None else number_nodes(payload)
    except DamagedBuildError:  # of another version, whose page still works
        nodes = {}
    return Explorer(HtmlPage.of(to_unframed(written)), nodes)
