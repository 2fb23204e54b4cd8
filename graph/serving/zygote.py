"""The process that holds the data and forks workers: `python -m graph.serving.zygote SOCKET LIMITS < data`.

It loads triples from standard input once, and then does nothing but fork: what it holds is shared with its workers by
the operating system, so that a worker costs some milliseconds and no memory. It never evaluates a query, so nothing can
keep it from killing a worker. Commands come over a socket, a line each: `fork`, `kill PID`, `slow PID`. When the other
end of the socket is closed, it ends, and all workers with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import hashlib
import json
import os
import resource
import select
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph

from graph.serving.worker import work
from graph.store.embedded import Embedded

__all__ = ["main"]

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_NICENESS = 15
_REAP_EVERY = 1.0


def main(arguments: Sequence[str]) -> None:
    """Load what standard input holds, tell how it went, and obey until the socket is closed."""
    control = socket.socket(fileno=int(arguments[0]))
    limits = json.loads(arguments[1])
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)
    try:
        store, version = _load()
    except (SyntaxError, ValueError, OSError) as error:
        control.sendall(json.dumps({"error": str(error)}).encode() + b"\n")
        return
    _leave_the_network()
    gc.freeze()
    control.sendall(json.dumps({"triples": len(store), "version": version}).encode() + b"\n")
    _Nursery(control, store, limits).run()


class _Nursery:
    """The workers that are alive."""

    def __init__(self, control: socket.socket, store: Embedded, limits: dict[str, float]) -> None:
        self._control = control
        self._store = store
        self._limits = limits
        self._children: set[int] = set()

    def run(self) -> None:
        """Obey commands until there is nobody to give any, or this process has become a worker and ends."""
        held = b""
        while True:
            ready, _, _ = select.select([self._control], [], [], _REAP_EVERY)
            self._reap()
            if not ready:
                continue
            try:
                data = self._control.recv(4096)
            except OSError:
                data = b""
            if not data:
                break
            *lines, held = (held + data).split(b"\n")
            for line in lines:
                self._obey(line.decode())
        for child in self._children:
            os.kill(child, signal.SIGKILL)

    def _obey(self, line: str) -> None:
        command, _, number = line.partition(" ")
        if command == "fork":
            self._fork()
            return
        child = int(number)
        self._reap()
        if child not in self._children:  # its number may be another process's by now
            return
        if command == "kill":
            os.kill(child, signal.SIGKILL)
        elif command == "slow":
            os.setpriority(os.PRIO_PROCESS, child, _NICENESS)

    def _fork(self) -> None:
        ours, theirs = socket.socketpair()
        try:
            child = os.fork()
        except OSError as error:
            self._control.sendall(json.dumps({"error": error.strerror}).encode() + b"\n")
            return
        if child == 0:
            ours.close()
            self._control.close()
            _confine(self._limits)
            work(self._store, theirs, deadline=self._limits["deadline"], most=int(self._limits["answer"]))
            signal.raise_signal(signal.SIGKILL)  # taking the store apart would copy all of it
        theirs.close()
        self._children.add(child)
        socket.send_fds(self._control, [json.dumps({"worker": child}).encode() + b"\n"], [ours.fileno()])
        ours.close()

    def _reap(self) -> None:
        """Let go of the workers that have ended."""
        with contextlib.suppress(ChildProcessError):
            while child := os.waitpid(-1, os.WNOHANG)[0]:
                self._children.discard(child)


def _load() -> tuple[Embedded, str]:
    """Load standard input, N-Triples or N-Quads, and return the store and a name for exactly these bytes."""
    store = pyoxigraph.Store()
    with open(0, "rb") as source:
        version = hashlib.file_digest(source, "sha256").hexdigest()[:16]
        source.seek(0)
        store.bulk_load(input=source, format=pyoxigraph.RdfFormat.N_QUADS)
    return Embedded(store, len(store)), version


def _leave_the_network() -> None:
    """Go where there is no network, if the system lets us; workers cannot open sockets anyway."""
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        if library.unshare(_CLONE_NEWNET) != 0:
            library.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _confine(limits: dict[str, float]) -> None:
    """Take from this process, a worker, whatever a query does not need."""
    with contextlib.suppress(OSError, AttributeError):  # Linux only; elsewhere the zygote kills its workers as it ends
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    with contextlib.suppress(OSError):  # Linux only: where memory runs out, a worker goes first
        Path("/proc/self/oom_score_adj").write_text("1000")
    with contextlib.suppress(OSError, ValueError):  # some systems do not limit memory in this way
        most = _address_space() + int(limits["memory"])
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    os.close(silence)
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        resource.setrlimit(limit, (0, 0))  # no file and no socket can be opened from here on


def _address_space() -> int:
    """Return how many bytes of addresses this process has."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main(sys.argv[1:])
