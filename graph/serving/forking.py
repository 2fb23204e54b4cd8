"""The server's side of a zygote: start it with data, let it fork workers, and ask them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import graph as library
from graph.errors import QueryError, SourceError
from graph.serving.limits import Limits
from graph.serving.questions import Broken, Question, Reply, TooLarge
from graph.serving.worker import HEAD

_LONGEST_LOAD = 600.0
_LONGEST_FORK = 10.0
_LINE = 1 << 16


class Lost(Exception):  # noqa: N818 - never leaves this package
    """The zygote has died."""


class Zygote:
    """A process that holds one version of the data, and the workers it has forked."""

    def __init__(self, data: IO[bytes], limits: Limits) -> None:
        """Start a process, and wait until it has loaded N-Triples or N-Quads, in about 5 microseconds per triple.

        `data` is a file with a descriptor or in memory, and is read from its current position.

        Raises:
            SourceError: This system cannot fork, or the data cannot be loaded.
        """
        if not hasattr(os, "fork") or not hasattr(socket, "send_fds"):
            raise SourceError(f"{sys.platform}: cannot fork processes, which serving needs. Use Linux, macOS or WSL.")
        self._control, theirs = socket.socketpair()
        self._lock = threading.Lock()
        self._held = b""
        path = os.pathsep.join([str(Path(library.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
        with theirs, _with_descriptor(data) as source:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-P", "-m", "graph.serving.zygote", str(theirs.fileno()), json.dumps(asdict(limits))],
                stdin=source,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # keyboard interrupts are handled by the server
                env={**os.environ, "PYTHONPATH": path.rstrip(os.pathsep), "RUST_BACKTRACE": "0"},
            )
        try:
            told, _ = self._hear(_LONGEST_LOAD)
        except Lost as error:
            self.close()
            message = "The data could not be loaded: the process that loads it died. Is there enough memory?"
            raise SourceError(message) from error
        if "error" in told:
            self.close()
            raise SourceError(f"The triples cannot be loaded ({told['error']}). Build them again.")
        self.triples: int = told["triples"]
        self.version: str = told["version"]

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def fork(self) -> tuple[int, socket.socket]:
        """Return the process number of a new worker and the socket to it. Blocks for some milliseconds.

        Raises:
            Lost: The zygote has died.
        """
        with self._lock:
            self._tell("fork")
            told, descriptors = self._hear(_LONGEST_FORK)
        if "error" in told or not descriptors:
            raise Lost
        connection = socket.socket(fileno=descriptors[0])
        connection.settimeout(0)  # for asyncio
        return told["worker"], connection

    def end(self, worker: int) -> None:
        """Kill a worker that is alive."""
        self._tell_if_alive(f"kill {worker}")

    def slow_down(self, worker: int) -> None:
        """Lower the priority of a worker."""
        self._tell_if_alive(f"slow {worker}")

    def close(self) -> None:
        """End the process and all its workers."""
        self._control.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _tell_if_alive(self, line: str) -> None:
        with contextlib.suppress(Lost):  # its workers have died with it
            self._tell(line)

    def _tell(self, line: str) -> None:
        try:
            self._control.sendall(line.encode() + b"\n")
        except OSError as error:
            raise Lost from error

    def _hear(self, timeout: float) -> tuple[dict[str, Any], list[int]]:
        descriptors: list[int] = []
        try:
            self._control.settimeout(timeout)
            while b"\n" not in self._held:
                data, received, _, _ = socket.recv_fds(self._control, _LINE, 1)
                descriptors += received
                if not data:
                    raise Lost
                self._held += data
        except OSError as error:
            raise Lost from error
        line, _, self._held = self._held.partition(b"\n")
        return json.loads(line), descriptors


@dataclass(eq=False, slots=True)
class Worker:
    """A worker and the connection to it."""

    zygote: Zygote
    """The process that forked it."""
    number: int
    """Its process number."""
    reader: asyncio.StreamReader
    """Its replies."""
    writer: asyncio.StreamWriter
    """Its questions."""
    asked: int = 0
    """Number of questions so far."""

    async def ask(self, question: Question) -> Reply:
        """Return the reply to a question. One question at a time, and none after an exception other than QueryError.

        Raises:
            QueryError: The query is at fault.
            TooLarge: The answer exceeds its limit.
            Broken: The worker died, or its engine failed.
        """
        self.asked += 1
        data = json.dumps(asdict(question)).encode()
        body = bytearray()
        try:
            self.writer.write(HEAD.pack(b"Q", len(data)) + data)
            await self.writer.drain()
            while True:
                letter, length = HEAD.unpack(await self.reader.readexactly(HEAD.size))
                piece = await self.reader.readexactly(length)
                if letter != b"B":
                    break
                body += piece
        except (OSError, EOFError) as error:
            raise Broken(
                "The process of the query died: it may need more memory than allowed. Ask for less."
            ) from error
        text = piece.decode("utf-8", "replace")
        if letter == b"K":
            return Reply(bytes(body), self.zygote.version)
        if letter == b"E":
            raise QueryError(text)
        if letter == b"L":
            raise TooLarge(text)
        raise Broken(f"The engine failed on the query ({text[:200]}). Change it and try again.")

    def end(self) -> None:
        """Kill the process and close the connection."""
        self.zygote.end(self.number)
        self.writer.close()


def _with_descriptor(data: IO[bytes]) -> IO[bytes]:
    """Return `data` itself, or a temporary copy if it is only in memory."""
    try:
        data.fileno()
    except OSError:
        copied = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the caller
        shutil.copyfileobj(data, copied)
        copied.seek(0)
        return copied
    return data
