"""Ways to read a folder with two cores: `python -m benchmarks.ways one|threads|processes FOLDER`.

Each way reads every document and has all statements in one process at the end, as merging needs them: what other
processes read has to be moved there.
"""

from __future__ import annotations

import copyreg
import multiprocessing
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType

from graph.reading import list_documents
from graph.reading.documents import read_document
from graph.reading.faults import Faults
from graph.reading.settings import Settings
from graph.reading.stating import Stater
from graph.statements import Statement

__all__ = ["WAYS", "read_all"]

WAYS = ("one", "threads", "processes")
"""One after the other; by two threads; by two processes."""

_CORES = 2
_PORTIONS = 8
_Part = tuple[str, Settings, Sequence[str]]


def read_all(way: str, folder: str) -> list[Statement]:
    """Read every document of a folder in a way of `WAYS`; return what they state."""
    listed = list_documents([folder]).sources[0]
    paths = [file.path for file in listed.files or ()]
    if way == "one":
        return _read((folder, listed.settings, paths))
    if way == "threads":
        with ThreadPoolExecutor(_CORES) as threads:
            return [
                said for part in threads.map(_read, _parts(folder, listed.settings, paths, _CORES)) for said in part
            ]
    with ProcessPoolExecutor(_CORES, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare) as pool:
        return [said for part in pool.map(_read, _parts(folder, listed.settings, paths, _PORTIONS)) for said in part]


def _parts(folder: str, settings: Settings, paths: Sequence[str], count: int) -> list[_Part]:
    size = -(-len(paths) // count) or 1
    return [(folder, settings, paths[start : start + size]) for start in range(0, len(paths), size)]


def _read(part: _Part) -> list[Statement]:
    folder, settings, paths = part
    stater = Stater(settings)
    return [
        statement
        for path in paths
        for statement in read_document(path, Path(folder, path).read_bytes(), stater, Faults(path))
    ]


def _prepare() -> None:
    """Teach pickle to move read-only mappings."""
    copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))


def _read_only(mapping: dict[str, object]) -> MappingProxyType[str, object]:
    return MappingProxyType(mapping)


def main() -> None:
    """Read as the command line says."""
    print(len(read_all(sys.argv[1], os.fspath(sys.argv[2]))))


if __name__ == "__main__":
    main()
