"""A worker: takes questions from a socket one after another, and writes back the answers.

A message is one letter, the length of what follows as four bytes, and what follows. In: `Q`, a question as JSON. Out:
any number of `B`, pieces of the answer, then one of `K`, that was the answer, and of this kind; `E`, the query is at
fault; `L`, the answer is too large; `F`, the engine failed.
"""

from __future__ import annotations

import json
import signal
import socket
import struct

from graph.errors import QueryError
from graph.serving.answering import answer
from graph.serving.questions import Question, TooLarge
from graph.store.embedded import Embedded

__all__ = ["HEAD", "work"]

HEAD = struct.Struct(">cI")
"""What a message begins with: its letter and its length."""
_GRACE = 2.0


def work(store: Embedded, connection: socket.socket, *, deadline: float, most: int) -> None:
    """Answer questions until the other side closes the connection; be killed by the system if one overruns by far."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    while question := _receive(connection):

        def send(piece: bytes) -> None:
            connection.sendall(HEAD.pack(b"B", len(piece)) + piece)

        signal.setitimer(signal.ITIMER_REAL, deadline + _GRACE)
        letter, text = b"K", ""
        try:
            text = answer(store, question, send, most)
        except QueryError as error:
            letter, text = b"E", str(error)
        except TooLarge as error:
            letter, text = b"L", str(error)
        except BaseException as error:  # noqa: BLE001 - the engine's panics are no Exception
            letter, text = b"F", f"{type(error).__name__}: {error}"
        signal.setitimer(signal.ITIMER_REAL, 0)
        data = text.encode("utf-8", "replace")
        connection.sendall(HEAD.pack(letter, len(data)) + data)


def _receive(connection: socket.socket) -> Question | None:
    head = _receive_exactly(connection, HEAD.size)
    if head is None:
        return None
    _, length = HEAD.unpack(head)
    body = _receive_exactly(connection, length)
    if body is None:
        return None
    fields = json.loads(body)
    return Question(**{**fields, **{name: tuple(fields[name]) for name in ("default_graphs", "named_graphs")}})


def _receive_exactly(connection: socket.socket, number: int) -> bytes | None:
    held = bytearray()
    while len(held) < number:
        try:
            data = connection.recv(number - len(held))
        except OSError:
            return None
        if not data:
            return None
        held += data
    return bytes(held)
