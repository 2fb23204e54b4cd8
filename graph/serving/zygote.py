"""The process that holds the data and forks workers: `python -m graph.serving.zygote SOCKET LIMITS < data`.

It loads triples from standard input once, and then only forks. Its memory is shared with its workers by the operating
system, so that a worker costs some milliseconds and little memory. It never runs a query, so that it can always kill a
worker. Commands come over a socket, one a line: `fork`, `kill PID`, `slow PID`. When the other end of the socket is
closed, it ends with all its workers.
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

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_NICENESS = 15
_REAP_EVERY = 1.0


def main(arguments: Sequence[str]) -> None:
    """Load standard input, report the result, and execute commands until the socket is closed."""
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
    _Family(control, store, limits).run()


class _Family:
    """The living workers, and the commands about them."""

    def __init__(self, control: socket.socket, store: Embedded, limits: dict[str, float]) -> None:
        self._control, self._store, self._limits = control, store, limits
        self._children: set[int] = set()

    def run(self) -> None:
        """Execute commands until the socket is closed."""
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
                self._execute(line.decode())
        for child in self._children:
            os.kill(child, signal.SIGKILL)

    def _execute(self, line: str) -> None:
        command, _, number = line.partition(" ")
        if command == "fork":
            self._fork()
            return
        child = int(number)
        self._reap()
        if child not in self._children:  # its number may belong to another process by now
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
            signal.raise_signal(signal.SIGKILL)  # freeing the store would first copy it
        theirs.close()
        self._children.add(child)
        socket.send_fds(self._control, [json.dumps({"worker": child}).encode() + b"\n"], [ours.fileno()])
        ours.close()

    def _reap(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while child := os.waitpid(-1, os.WNOHANG)[0]:
                self._children.discard(child)


def _load() -> tuple[Embedded, str]:
    """Load standard input, N-Triples or N-Quads, and return the store and a digest of the input."""
    store = pyoxigraph.Store()
    with open(0, "rb") as source:
        version = hashlib.file_digest(source, "sha256").hexdigest()[:16]
        source.seek(0)
        store.bulk_load(input=source, format=pyoxigraph.RdfFormat.N_QUADS)
    return Embedded(store, len(store)), version


def _leave_the_network() -> None:
    """Enter a network namespace of its own if the system allows it; workers cannot open sockets anyway."""
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        if library.unshare(_CLONE_NEWNET) != 0:
            library.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _confine(limits: dict[str, float]) -> None:
    """Remove the rights of this process, a worker, that a query does not need."""
    with contextlib.suppress(
        OSError, AttributeError
    ):  # Linux only; elsewhere the zygote kills its workers when it ends
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    with contextlib.suppress(OSError):  # Linux only: workers are killed first if memory runs out
        Path("/proc/self/oom_score_adj").write_text("1000")
    with contextlib.suppress(OSError, ValueError):  # not on every system
        most = _address_space() + int(limits["memory"])
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    os.close(silence)
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        resource.setrlimit(limit, (0, 0))  # no files or sockets can be opened from here on


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main(sys.argv[1:])
