"""The explorer as it is served: a whole page, or for many articles a page that is fed what comes into view."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import FormatError, GraphError
from graph.explorer import Chunks, number_nodes, read_payload, to_chunks, to_fed_explorer
from graph.publishing.exports import open_exports

__all__ = ["Explorer", "Page", "read_explorer"]

_EXPLORER_FILE = "explorer.html"


@dataclass(frozen=True, slots=True)
class Page:
    """A finished HTML document."""

    body: bytes
    """As it is, UTF-8."""
    squeezed: bytes
    """The same, compressed with gzip."""

    @classmethod
    def of(cls, body: bytes) -> Page:
        """Return the page of these bytes."""
        return cls(body, gzip.compress(body, 6, mtime=0))


@dataclass(frozen=True, slots=True)
class Explorer:
    """The explorer of one version of the data."""

    page: Page
    """What a browser opens."""
    version: str
    """A name for exactly these contents."""
    nodes: Mapping[str, int] = field(default_factory=dict)
    """The number of each node that it shows, by its IRI; empty where that is not known."""
    chunks: Chunks | None = None
    """What the page asks for; `None` where it holds everything."""


def read_explorer(folder: Path, largest: int) -> Explorer | None:
    """Return the explorer that a build wrote, if it wrote one: as it is up to `largest` articles, else to be fed.

    A page of many articles is cut into pieces here, once: seconds for 100,000.
    """
    try:
        written = (folder / _EXPLORER_FILE).read_bytes()
    except OSError:
        return None
    version = hashlib.sha256(written).hexdigest()[:16]
    payload = read_payload(written)
    if payload is None:
        return Explorer(Page.of(written), version)
    try:
        if _articles(folder) <= largest:
            return Explorer(Page.of(written), version, number_nodes(payload))
        chunks = to_chunks(payload)
    except FormatError:  # written by another version: it is whole, and opens all the same
        return Explorer(Page.of(written), version)
    return Explorer(Page.of(to_fed_explorer().encode()), version, chunks.nodes, chunks)


def _articles(folder: Path) -> int:
    """Return how many articles the build has; 0 where it does not say."""
    try:
        number = open_exports(folder).numbers.get("articles")
    except GraphError:
        return 0
    return number if isinstance(number, int) else 0
