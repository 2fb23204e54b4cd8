"""Named columns in a memory-mapped file, which opens at once whatever its size, and is shared by all its readers.

A header of fixed length says where the directory is; the directory, at the end, says where the columns are. Both are
checked when a file is opened. Columns are not read before they are asked for.
"""

from __future__ import annotations

import errno
import hashlib
import json
import mmap
import os
import struct
import weakref
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import DamagedBuildError

_MAGIC = b"article-graph map"
_FORM = 2
_STEP = 8
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)

HEAD = struct.Struct("<20sIQQ16s8s")
"""The beginning of a file: a mark, the version of the format, where the directory is, how long it is, a digest of it
and of the version of the content, and this version."""

COLUMN_TYPES = {"f32": "<f4", "i32": "<i4", "u8": "u1", "u16": "<u2", "u32": "<u4", "u64": "<u8"}
"""The types of columns, and their names in numpy."""

_ColumnValues = NDArray[np.generic] | Iterable[bytes]


def write_mapped(path: Path, columns: Iterable[tuple[str, str, _ColumnValues]], facts: Mapping[str, object]) -> str:
    """Write columns, each with its name and type, to a new file; return the version, a digest of everything.

    A column of bytes (`u8`) may come in pieces. `facts` are written to the directory as JSON. Columns are taken one by
    one, so that only one needs to be in memory.

    Raises:
        OSError: The file cannot be written.
    """
    digest = hashlib.blake2b(digest_size=8)
    places: dict[str, list[object]] = {}
    path.unlink(missing_ok=True)  # readers that have mapped the old file keep it
    with path.open("xb") as stream:
        stream.write(bytes(HEAD.size))
        end = HEAD.size
        for name, kind, content in columns:
            pieces = [content.astype(COLUMN_TYPES[kind]).data] if isinstance(content, np.ndarray) else content
            start, length = end, 0
            for piece in pieces:
                digest.update(piece)
                stream.write(piece)
                length += piece.nbytes if isinstance(piece, memoryview) else len(piece)
            places[name] = [kind, start, length // np.dtype(COLUMN_TYPES[kind]).itemsize]
            end += length + stream.write(bytes(-length % _STEP))
        directory = _JSON.encode({"facts": facts, "places": places}).encode()
        digest.update(directory)
        stream.write(directory)
        stream.seek(0)
        version = digest.digest()
        stream.write(HEAD.pack(_MAGIC, _FORM, end, len(directory), _check(directory, version), version))
    return digest.hexdigest()


class Mapped:
    """Columns of a file by name."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open a file that `write_mapped` wrote. If it is replaced later, the old file is still read.

        Raises:
            DamagedBuildError: The file cannot be read, is damaged, or is of another version.
        """
        self._path = Path(path)
        try:
            self._file = _opened(self._path)
            weakref.finalize(self, os.close, self._file)
            self._content = mmap.mmap(self._file, 0, access=mmap.ACCESS_READ)
            self.version, directory = _read_directory(self._content)
            self.facts: Mapping[str, Any] = dict(directory["facts"])
            """The `facts` with which it was written."""
            self._columns = {
                name: np.frombuffer(self._content, COLUMN_TYPES[kind], length, start)
                for name, (kind, start, length) in directory["places"].items()
            }
        except (ArithmeticError, AttributeError, KeyError, OSError, RecursionError, TypeError, ValueError) as error:
            raise DamagedBuildError(f"{path}: cannot be read ({error}). Build again.") from error

    def column(self, name: str) -> NDArray[Any]:
        """Return a column, a read-only view of the file.

        Raises:
            DamagedBuildError: There is no such column, or the file was truncated, so that reading would crash.
        """
        if os.fstat(self._file).st_size < len(self._content):
            raise DamagedBuildError(f"{self._path}: was truncated. Replace the file instead of changing it.")
        try:
            return self._columns[name]
        except KeyError:
            raise DamagedBuildError(f"{self._path}: has no column {name!r}. Build again.") from None


def _opened(path: Path) -> int:
    """Return the descriptor of a regular file; opening a pipe could block for ever."""
    if not path.is_file():
        raise OSError(errno.ENOENT, "it is not a file")
    return os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))


def _check(directory: bytes, version: bytes) -> bytes:
    return hashlib.blake2b(directory + version, digest_size=16).digest()


def _read_directory(content: mmap.mmap) -> tuple[str, dict[str, Any]]:
    """Return version and directory."""
    if len(content) < HEAD.size:
        raise ValueError("it is too short")
    magic, form, start, length, check, version = HEAD.unpack_from(content)
    if magic.rstrip(b"\0") != _MAGIC:
        raise ValueError("it is not a file of this program")
    if form != _FORM:
        raise ValueError(f"its format version is {form}, not {_FORM}")
    text = content[start : start + length]
    if start + length != len(content) or _check(text, version) != check:
        raise ValueError("it is damaged")
    found: dict[str, Any] = json.loads(text)
    return version.hex(), found
