"""Documents in Parquet: one file, or a folder of files as engines write them, with the columns `path` and `content`."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import SourceError
from graph.reading.archives import SiteFiles, clean_path, is_site_file
from graph.reading.faults import Faults
from graph.reading.files import LARGEST_FILE, File, Source, WantedPaths

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

PARQUET_ENDING = ".parquet"
"""The ending of a file, and of a folder of files, in Parquet."""

_PATH, _CONTENT = "path", "content"
_ROWS = 8
"""Documents in memory at a time."""


def is_parquet(path: Path) -> bool:
    """Return whether a path's ending is that of Parquet."""
    return path.name.lower().endswith(PARQUET_ENDING)


def open_parquet(path: Path, name: str) -> Source:
    """Return a file, or a folder of files, as a source; `name` is what the user calls it.

    Each row is a document: its path as text, and its content as bytes or text. Of several rows of a file with the same
    path the last counts. Reads the paths of all documents.

    Raises:
        SourceError: It cannot be read, has other columns, or pyarrow is not installed.
    """
    parts = [_ParquetFile(part, name) for part in _parts(path, name)]

    def root_file(wanted: str) -> bytes | None:
        found = (part.configuration.get(wanted) for part in parts)
        return next((content for content in found if content is not None), None)

    def files(
        exclude: tuple[str, ...], faults_of: Callable[[str], Faults], passed_over: Counter[str]
    ) -> Iterator[File]:
        for part in parts:
            yield from part.files(exclude, faults_of, passed_over)

    stamps = [part.path.stat() for part in parts]
    stamp = sum(one.st_size for one in stamps), max(one.st_mtime_ns for one in stamps)
    most = sum(part.rows for part in parts)
    return Source(name, root_file, files, stamp, most, tuple((part.path.resolve(), part.rows) for part in parts))


def _parts(path: Path, name: str) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = [part for part in sorted(path.rglob(f"*{PARQUET_ENDING}")) if part.is_file()]
    if not found:
        message = f"{name}: the folder contains no {PARQUET_ENDING} file. Name a folder of documents in Parquet."
        raise SourceError(message)
    return found


class _ParquetFile:
    """One file of documents."""

    def __init__(self, path: Path, name: str) -> None:
        self.path, self._name = path, name
        with self._opened() as file:
            missing = [column for column in (_PATH, _CONTENT) if column not in file.schema_arrow.names]
            self.rows: int = file.metadata.num_rows
        if missing:
            message = (
                f"{name}: {path.name} has no column {missing[0]!r}. "
                f"Documents in Parquet have a column {_PATH!r}, and a column {_CONTENT!r} of bytes or text."
            )
            raise SourceError(message)

    @cached_property
    def configuration(self) -> dict[str, bytes]:
        """The contents of what says something of the whole site, by path."""
        last = {path: row for row, (path, _) in enumerate(self._read([_PATH])) if is_site_file(path)}
        found: dict[str, bytes] = {}
        site_files = SiteFiles()
        for path, content in self._documents(last) if last else ():
            with contextlib.suppress(OSError):
                data = _to_bytes(content)
                if site_files.hold(path, len(data)):
                    found[path] = data
        return found

    def files(
        self, exclude: tuple[str, ...], faults_of: Callable[[str], Faults], passed_over: Counter[str]
    ) -> Iterator[File]:
        """Yield the files that may be documents; read each before you ask for the next."""
        wanted = WantedPaths(exclude)
        last: dict[str, int] = {}
        repeated = set[str]()
        for row, (path, _) in enumerate(self._read([_PATH])):
            if path in last:
                repeated.add(path)
            last[path] = row
        wanted.enter_all(last)
        for path in sorted(filter(wanted.member, repeated)):
            fact = "several rows have this path; the last one counts"
            faults_of(path).add("repeated-member", fact, "Write each document once")
        for path, content in self._documents(last):
            if wanted.member(path):
                yield File(path, partial(_to_bytes, content))
            elif wanted.folders(path):
                wanted.pass_over(path)
        passed_over.update(wanted.passed_over)

    def _documents(self, rows: Mapping[str, int]) -> Iterator[tuple[str, Any]]:
        """Yield the path and the content of these rows, given by path."""
        for row, (path, content) in enumerate(self._read([_PATH, _CONTENT])):
            if rows.get(path) == row:
                yield path, content

    def _read(self, columns: list[str]) -> Iterator[tuple[str, Any]]:
        """Yield the path of each row, and its content if it is among the columns."""
        try:
            with self._opened() as file:
                for batch in file.iter_batches(_ROWS if _CONTENT in columns else _ROWS**2, columns=columns):
                    read = [column.to_pylist() for column in batch.select(columns).columns]
                    for path, *content in zip(*read, strict=True):
                        yield clean_path(str(path)), content[0] if content else None
        except (OSError, ValueError, TypeError) as error:
            raise _damaged(self._name, error) from error

    def _opened(self) -> ParquetFile:
        try:
            from pyarrow.parquet import ParquetFile
        except ImportError as error:
            message = f"{self._name}: Parquet is read with pyarrow. Install it: pip install 'article-graph[parquet]'"
            raise SourceError(message) from error
        try:
            return ParquetFile(self.path)
        except (OSError, ValueError) as error:
            raise _damaged(self._name, error) from error


def _to_bytes(content: object) -> bytes:
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    if not isinstance(content, bytes):
        raise OSError(None, f"its {_CONTENT} is neither bytes nor text")
    if len(content) > LARGEST_FILE:
        raise OSError(None, f"larger than {LARGEST_FILE >> 20} MiB")
    return content


def _damaged(name: str, error: Exception) -> SourceError:
    reason = str(error).partition("\n")[0].removesuffix(".") or type(error).__name__
    return SourceError(f"{name}: the Parquet file cannot be read ({reason}). Write it again.")
