"""What is served: the folder that a build wrote, or triples; opened, and opened again when it was replaced."""

from __future__ import annotations

import dataclasses
import io
import itertools
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from graph.errors import GraphError, SourceError
from graph.names import DEFAULT_BASE, DEFAULT_TITLE
from graph.publishing.exports import (
    EXPLORER_DATA_FILE,
    EXPLORER_FILE,
    INFO_FILE,
    NTRIPLES_FILE,
    SEARCH_FILE,
    open_exports,
)
from graph.search import SearchIndex
from graph.serving.feeding import Explorer, read_explorer
from graph.serving.forking import Zygote
from graph.serving.limits import Limits

__all__ = ["Dataset", "Site", "Stamp"]

_BESIDE = (EXPLORER_FILE, EXPLORER_DATA_FILE, SEARCH_FILE)
"""What may stand beside the triples and is served."""


@dataclass(frozen=True, slots=True)
class Site:
    """The facts about one version of the data that replies need."""

    base: str
    """What minted IRIs begin with; ends in `/`."""
    title: str
    """What the site is called."""
    version: str
    """A name for exactly these triples: other triples, other name."""
    modified: float
    """When the triples were written, in Unix seconds; never the same for two versions that one server has served."""
    triples: int
    """How many there are."""
    exports: Path | None = None
    """The folder of the build."""
    search: SearchIndex | None = None
    """Full-text search, where the build wrote an index."""
    explorer: Explorer | None = None
    """The explorer, where the build wrote it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What differs when the data was replaced."""

    triples: tuple[int, ...]
    """Of the triples."""
    rest: tuple[int, ...]
    """Of all else that a build writes and that is served."""


class Dataset:
    """What is served, whichever version of it is there at the moment."""

    def __init__(self, source: str | os.PathLike[str] | bytes) -> None:
        """Serve the folder that a build wrote, or N-Triples or N-Quads."""
        self._source = source if isinstance(source, bytes) else Path(source)

    def stamp(self) -> Stamp | None:
        """Return what differs when the data was replaced; `None` while it is not there."""
        if isinstance(self._source, bytes):
            return Stamp((), ())
        triples, info, *rest = (_state(self._source / name) for name in (NTRIPLES_FILE, INFO_FILE, *_BESIDE))
        return Stamp(triples, (*info, *itertools.chain(*rest))) if triples and info else None

    def open(self, limits: Limits, *, after: Site | None = None) -> tuple[Zygote, Site]:
        """Load the data into a process of its own, and return it with the facts about it. Blocks.

        `after` is what was served before.

        Raises:
            SourceError: The data is not there, or cannot be loaded.
        """
        earliest = 0.0 if after is None else after.modified + 1.0  # headers tell whole seconds
        if isinstance(self._source, bytes):
            zygote = Zygote(io.BytesIO(self._source), limits)
            return zygote, Site(DEFAULT_BASE, DEFAULT_TITLE, zygote.version, earliest, zygote.triples)
        with _opened_triples(self._source) as data:
            modified = max(os.fstat(data.fileno()).st_mtime, earliest)
            zygote = Zygote(data, limits)
        try:
            known = Site(DEFAULT_BASE, DEFAULT_TITLE, zygote.version, modified, zygote.triples)
            site = _described(known, self._source, limits)
        except BaseException:
            zygote.close()
            raise
        return zygote, site

    def reopen(self, limits: Limits, site: Site) -> Site:
        """Return the facts about the same triples where what stands beside them was replaced. Blocks.

        Raises:
            SourceError: The data is not there.
        """
        later = dataclasses.replace(site, modified=site.modified + 1.0)
        return later if isinstance(self._source, bytes) else _described(later, self._source, limits)


def _described(site: Site, folder: Path, limits: Limits) -> Site:
    """Return a site with what the folder of its build says."""
    base, title = map(open_exports(folder).numbers.get, ("base", "title"))
    return dataclasses.replace(
        site,
        base=base if isinstance(base, str) else DEFAULT_BASE,
        title=title if isinstance(title, str) else DEFAULT_TITLE,
        exports=folder,
        search=_search(folder),
        explorer=read_explorer(folder, limits.whole),
    )


def _state(path: Path) -> tuple[int, ...]:
    """Return what differs when a file was replaced; nothing where there is none."""
    try:
        state = path.stat()
    except OSError:
        return ()
    return (state.st_ino, state.st_size, state.st_mtime_ns)


def _opened_triples(folder: Path) -> IO[bytes]:
    """Open the triples of a build. What replaces the file meanwhile does not change what is read."""
    exports = open_exports(folder)
    written = exports.numbers.get("exports")
    try:
        return (folder / NTRIPLES_FILE).open("rb")
    except OSError as error:
        reason = "the last build wrote none" if NTRIPLES_FILE not in (written or ()) else error.strerror  # type: ignore[operator]
        message = f"{folder / NTRIPLES_FILE}: cannot be read ({reason}). Build with --format nt, or all."
        raise SourceError(message) from error


def _search(folder: Path) -> SearchIndex | None:
    try:
        return SearchIndex.open(folder / SEARCH_FILE)
    except GraphError:
        return None
