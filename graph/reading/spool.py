"""Statements of very many documents wait in a file until they are merged, and are decoded one by one."""

from __future__ import annotations

import contextlib
import mmap
import tempfile
import weakref
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

import msgspec

from graph.reading.chunks import CHUNK, Packing, alone_decoder, encode_plain, statement_of
from graph.shelves import Shelved
from graph.sizes import MOST_STATED
from graph.statements import StatedArticle, Statement, Stub
from graph.writing import unwritable


class Spool:
    """A file without a name, which disappears after its last use, with statements and the stubs that they refer to.

    A stub that many documents share is stored once. In memory are only the path and the line of each statement, and the
    keys of each stub.
    """

    def __init__(self, folder: Path) -> None:
        """Begin an empty file in the file system of a folder.

        Raises:
            OutputError: It cannot be written; writing to it raises this, too.
        """
        self._folder = folder
        self._ends = array("Q", [0])
        self._statements = array("I")
        self._paths: list[str] = []
        self._lines = array("i")
        self._stubs: list[Stub] = []
        self._places = array("I")
        self._packing = Packing()
        self._content: mmap.mmap | None = None
        self._mapped = 0
        self._decode_stub = msgspec.msgpack.Decoder(StatedArticle).decode
        self._decode = alone_decoder().decode
        try:
            self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it lives on
        except OSError as error:
            raise unwritable(folder, error) from error
        weakref.finalize(self, _close, self._file)

    def put(self, statements: Iterable[Statement]) -> Spooled:
        """Write statements, and return them in this order."""
        return Spooled(self, array("I", self.places_of(statements)))

    def places_of(self, statements: Iterable[Statement]) -> Iterator[int]:
        """Write statements, and yield the place of each."""
        return map(self._put, statements)

    @property
    def stubs(self) -> int:
        """How many stubs there are."""
        return len(self._stubs)

    def release(self) -> None:
        """Hold no stub as an object any more; equal ones that follow are stored again."""
        self._packing.release()

    def statement(self, place: int) -> Statement:
        """Return the statement at a place; its references lead to the stubs of the spool."""
        said = self._decode(self._piece(self._statements[place]))
        return statement_of(said, self._stubs, self._paths[place])

    def place_of(self, place: int) -> tuple[str, int]:
        """Return the path and the line of the statement at a place."""
        return self._paths[place], self._lines[place]

    def stub(self, number: int) -> StatedArticle:
        """Return what a stub states."""
        return self._decode_stub(self._piece(self._places[number]))

    def keys_of(self, number: int) -> tuple[str, ...]:
        """Return the keys of a stub."""
        return self._stubs[number].keys

    def _put(self, statement: Statement) -> int:
        stubs: list[StatedArticle] = []
        said = self._packing.alone(statement, stubs)
        for stub in stubs:
            self._stubs.append(Stub(len(self._stubs), stub.keys))
            self._places.append(self._write(encode_plain(stub)))
        if self._packing.is_full:
            self._packing.release()
        self._paths.append(statement.path)
        self._lines.append(statement.line)
        self._statements.append(self._write(encode_plain(said)))
        return len(self._paths) - 1

    def _write(self, piece: bytes) -> int:
        try:
            self._file.write(piece)
        except OSError as error:
            raise unwritable(self._folder, error) from error
        self._ends.append(self._ends[-1] + len(piece))
        return len(self._ends) - 2

    def _piece(self, place: int) -> memoryview:
        start, end = self._ends[place], self._ends[place + 1]
        if self._content is None or end > self._mapped:
            try:
                self._file.flush()
                self._content = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
            except OSError as error:
                raise unwritable(self._folder, error) from error
            self._mapped = len(self._content)
        return memoryview(self._content)[start:end]


def _close(file: IO[bytes]) -> None:
    with contextlib.suppress(OSError):  # what there was no room for
        file.close()


class Spooled(Shelved[Statement]):
    """A row of statements in a spool."""

    def __init__(self, spool: Spool, places: array[int]) -> None:
        """Take the statements at some places of a spool."""
        super().__init__(spool.statement, places)
        self.spool = spool
        """Where they are."""

    def place_of(self, number: int) -> tuple[str, int]:
        """Return the path and the line of a statement, which is not decoded."""
        return self.spool.place_of(self._places[number])

    def picked(self, places: Iterable[int]) -> Spooled:
        """Return the statements at some places of this row, in their order."""
        return Spooled(self.spool, array("I", [self._places[place] for place in places]))


class Stated:
    """Statements as they are read: in memory while they are few, and then in a spool."""

    def __init__(self, folder: Path | None, *, within: Stated | None = None) -> None:
        """Keep them in a file in the file system of a folder, or always in memory.

        Once they are in a spool, so are those that they are `within`, and all others within the same.
        """
        self._folder = folder
        self._whole = within or self
        self.spool: Spool | None = None
        """Where those are that are within these; `None` while they are in memory."""
        self._held: list[Statement] = []
        self._places = array("I")

    def add(self, statements: Iterable[Statement]) -> None:
        """Take further statements."""
        self._held += statements
        if self._folder is not None and self._whole.spool is None and len(self._held) > MOST_STATED:
            self._whole.spool = Spool(self._folder)
        if self._whole.spool is not None and len(self._held) >= CHUNK:
            self._put(self._whole.spool)

    def all(self) -> Sequence[Statement]:
        """Return all statements in the order in which they were added."""
        if (spool := self._whole.spool) is None:
            return self._held
        self._put(spool)
        spool.release()
        return Spooled(spool, self._places[:])

    def _put(self, spool: Spool) -> None:
        self._places.extend(spool.places_of(self._held))
        self._held = []


def in_parts(statements: Sequence[Statement]) -> Iterator[Sequence[Statement]]:
    """Yield statements a part at a time, of which only one is in memory unless all are."""
    if not isinstance(statements, Spooled):
        yield statements
        return
    for start in range(0, max(len(statements), 1), CHUNK):  # there is one part even if there are no statements
        yield statements[start : start + CHUNK]


def in_order(statements: Sequence[Statement]) -> Sequence[Statement]:
    """Return statements sorted by path and line."""
    if not isinstance(statements, Spooled):
        return tuple(sorted(statements, key=lambda statement: (statement.path, statement.line)))
    return statements.picked(sorted(range(len(statements)), key=statements.place_of))


def rewritten(before: Sequence[Statement], statements: Iterable[Statement]) -> Sequence[Statement]:
    """Return statements made of those `before`, which are where those are."""
    return before.spool.put(statements) if isinstance(before, Spooled) else list(statements)
