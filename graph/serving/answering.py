"""What a worker does with a question: ask the engine, and send what it answers, as long as that is within its limit."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from graph.errors import FormatError, QueryError
from graph.serving.questions import Question, TooLarge
from graph.store.embedded import Embedded

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["answer"]

_PIECE = 1 << 16


def answer(
    store: Embedded, question: Question, send: Callable[[bytes], object], most: int
) -> Literal["table", "boolean", "triples"]:
    """Answer a question, hand the written answer to `send` piece by piece, and return what sort of answer it is.

    Raises:
        QueryError: The query is malformed or refused, or its answer cannot be written in the format asked for.
        TooLarge: The answer has more than `most` bytes.
    """
    found = store.query(
        question.sparql,
        base_iri=question.base_iri,
        default_graphs=question.default_graphs,
        named_graphs=question.named_graphs,
    )
    outlet = _Outlet(send, most)
    try:
        found.write(question.format, outlet)
        outlet.flush()
    except FormatError as error:
        raise QueryError(str(error)) from error
    except QueryError as error:
        if outlet.is_full:
            message = f"The answer is larger than {most:,} bytes. Ask for less, or add LIMIT."
            raise TooLarge(message) from error
        raise
    return found.kind


class _Outlet(io.BytesIO):
    """A file to write to, which sends what it is given in pieces until there is too much."""

    def __init__(self, send: Callable[[bytes], object], most: int) -> None:
        super().__init__()
        self._send = send
        self._left = most
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
