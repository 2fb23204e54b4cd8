"""A worker: reads questions from a socket, one after another, and writes the answers.

A message is a letter, the length of its content as four bytes, and the content. In: `Q`, a question as JSON. Out: any
number of `B`, parts of the answer, and then one of `K`, the answer is complete; `E`, the query is at fault; `L`, the
answer is too large; `F`, the engine failed.
"""

from __future__ import annotations

import contextlib
import io
import json
import signal
import socket
import struct
from collections.abc import Callable
from typing import IO, TYPE_CHECKING

from graph.errors import FormatError, QueryError
from graph.serving.questions import Question, TooLarge
from graph.store.embedded import Embedded

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

HEAD = struct.Struct(">cI")
"""The head of a message: its letter and its length."""
_GRACE = 2.0
_PIECE = 1 << 16


def work(store: Embedded, connection: socket.socket, *, deadline: float, most: int) -> None:
    """Answer questions until the connection is closed. An alarm kills this process if a query runs far too long."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)

    def send(letter: bytes, data: bytes) -> None:
        connection.sendall(HEAD.pack(letter, len(data)) + data)

    with contextlib.suppress(OSError), connection.makefile("rb") as stream:
        while question := _receive(stream):
            signal.setitimer(signal.ITIMER_REAL, deadline + _GRACE)
            letter, text = b"K", ""
            try:
                _answer(store, question, lambda piece: send(b"B", piece), most)
            except QueryError as error:
                letter, text = b"E", str(error)
            except TooLarge as error:
                letter, text = b"L", str(error)
            except BaseException as error:  # noqa: BLE001 - the engine's panics are not an Exception
                letter, text = b"F", f"{type(error).__name__}: {error}"
            signal.setitimer(signal.ITIMER_REAL, 0)
            send(letter, text.encode("utf-8", "replace"))


def _answer(store: Embedded, question: Question, send: Callable[[bytes], object], most: int) -> None:
    found = store.query(
        question.sparql,
        base_iri=question.base_iri,
        default_graphs=question.default_graphs,
        named_graphs=question.named_graphs,
    )
    output = _Output(send, most)
    try:
        found.write(question.format, output)
        output.flush()
    except FormatError as error:
        raise QueryError(str(error)) from error
    except QueryError as error:
        if output.is_full:
            raise TooLarge(f"The answer is larger than {most:,} bytes. Ask for less, or add LIMIT.") from error
        raise


def _receive(stream: IO[bytes]) -> Question | None:
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    length = HEAD.unpack(head)[1]
    body = stream.read(length)
    if len(body) < length:
        return None
    fields = json.loads(body)
    return Question(**{**fields, **{name: tuple(fields[name]) for name in ("default_graphs", "named_graphs")}})


class _Output(io.BytesIO):
    """A file that sends its content in pieces, and fails after `most` bytes."""

    def __init__(self, send: Callable[[bytes], object], most: int) -> None:
        super().__init__()
        self._send, self._left = send, most
        self.is_full = False

    def write(self, data: ReadableBuffer) -> int:
        size = super().write(data)
        self._left -= size
        if self._left < 0:
            self.is_full = True
            raise OSError
        if self.tell() >= _PIECE:
            self.flush()
        return size

    def flush(self) -> None:
        if held := self.getvalue():
            self._send(held)
            self.seek(0)
            self.truncate()
