"""The other end of a zygote: start it with data, have it fork workers, talk to them."""

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

__all__ = ["Lost", "Worker", "Zygote"]

_LONGEST_LOAD = 600.0
_LONGEST_FORK = 10.0
_LINE = 1 << 16


class Lost(Exception):  # noqa: N818 - never seen outside this room
    """The zygote is no more."""


class Zygote:
    """A process that holds one version of the data, and the workers it has forked."""

    def __init__(self, data: IO[bytes], limits: Limits) -> None:
        """Start a process with N-Triples or N-Quads, and wait until it has loaded them. About 5 microseconds a triple.

        `data` is a file with a descriptor, or one in memory, read from where it stands.

        Raises:
            SourceError: This system cannot fork, or the data cannot be loaded.
        """
        if not hasattr(os, "fork") or not hasattr(socket, "send_fds"):
            message = f"{sys.platform}: cannot fork processes, which serving needs. Use Linux, macOS or WSL."
            raise SourceError(message)
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
                start_new_session=True,  # an interrupt from the keyboard is the server's to handle
                env={**os.environ, "PYTHONPATH": path.rstrip(os.pathsep), "RUST_BACKTRACE": "0"},
            )
        try:
            told, _ = self._hear(_LONGEST_LOAD)
        except Lost as error:
            self.close()
            message = "The data could not be loaded: the process that loads it died. There may be too little memory."
            raise SourceError(message) from error
        if "error" in told:
            self.close()
            message = f"The triples cannot be loaded ({told['error']}). Build them again."
            raise SourceError(message)
        self.triples: int = told["triples"]
        self.version: str = told["version"]

    @property
    def is_alive(self) -> bool:
        """Whether it can fork."""
        return self._process.poll() is None

    def fork(self) -> tuple[int, socket.socket]:
        """Return a new worker's process number and the socket to it. Blocks for some milliseconds.

        Raises:
            Lost: The zygote has died.
        """
        with self._lock:
            self._tell("fork")
            told, descriptors = self._hear(_LONGEST_FORK)
        if "error" in told or not descriptors:
            raise Lost
        connection = socket.socket(fileno=descriptors[0])
        connection.settimeout(0)  # asyncio waits for it
        return told["worker"], connection

    def end(self, worker: int) -> None:
        """Kill a worker, if it is still alive."""
        self._tell_if_alive(f"kill {worker}")

    def slow_down(self, worker: int) -> None:
        """Let all others go before a worker."""
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
        with contextlib.suppress(Lost):  # then its workers have died with it
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
    """One worker, and the connection to it."""

    zygote: Zygote
    """What forked it."""
    number: int
    """Its process."""
    reader: asyncio.StreamReader
    """What it replies."""
    writer: asyncio.StreamWriter
    """What it is asked."""
    asked: int = 0
    """Questions so far."""

    async def ask(self, question: Question) -> Reply:
        """Ask, and return the whole reply. Only one question at a time, and none after an exception but QueryError.

        Raises:
            QueryError: The query is at fault.
            TooLarge: The answer is larger than allowed.
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
            message = "The query broke its worker: it may need more memory than allowed. Ask for less."
            raise Broken(message) from error
        text = piece.decode("utf-8", "replace")
        if letter == b"K":
            return Reply(text, bytes(body), question.format, version=self.zygote.version)  # type: ignore[arg-type]
        if letter == b"E":
            raise QueryError(text)
        if letter == b"L":
            raise TooLarge(text)
        message = f"The engine could not answer the query ({text[:200]}). Change it and try again."
        raise Broken(message)

    def end(self) -> None:
        """Kill the process and let go of the connection."""
        self.zygote.end(self.number)
        self.writer.close()


def _with_descriptor(data: IO[bytes]) -> IO[bytes]:
    """Return a file with a descriptor that holds what `data` holds from where it stands."""
    try:
        data.fileno()
    except OSError:
        copied = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asked for it closes it
        shutil.copyfileobj(data, copied)
        copied.seek(0)
        return copied
    return data
