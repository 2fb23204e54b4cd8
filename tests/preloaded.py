"""`article-graph` for tests that run it hundreds of times: a process that has loaded it once forks for each command.

A command runs in a process of its own, with its own arguments, folder, environment and streams, as if it had been
started; only importing the package and what it imports on demand, most of the time of a short command, is done before.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import graph
from graph.cli import main

HERE = Path(__file__).resolve().parent.parent

_BY_NEED = (
    "matplotlib.figure",
    "networkx",
    "pyarrow.parquet",
    "rapidfuzz.process",
    "rdflib",
    "rich.console",
    "scipy.sparse",
    "scipy.stats",
)
"""What functions of the package import when they are called."""

_CLIENT = """
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect(sys.argv[1])
    socket.send_fds(server, [b"+"], [0, 1, 2])
    server.sendall(json.dumps([sys.argv[2:], os.getcwd(), dict(os.environ)]).encode())
    server.shutdown(socket.SHUT_WR)
    ended = server.recv(1)
os._exit(ended[0] if ended else 70)
"""


@contextmanager
def preloaded(folder: Path) -> Iterator[Path]:
    """Write a program `article-graph` into an empty folder, and start what answers it; end that with the block."""
    program, address = folder / "article-graph", folder / "socket"
    client = shlex.join([sys.executable, "-I", "-S", "-c", _CLIENT, str(address)])
    program.write_text(f'#!/bin/sh\nexec {client} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    run = [sys.executable, "-m", "tests.preloaded", str(address)]
    with subprocess.Popen(run, cwd=HERE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "ready\n"
            yield program
        finally:
            process.kill()


def _serve(address: str) -> None:
    modules = pkgutil.walk_packages(graph.__path__, "graph.")
    for name in (*(module.name for module in modules if module.name != "graph.__main__"), *_BY_NEED):
        importlib.import_module(name)
    gc.freeze()  # so that no process copies all of this only to look for garbage
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # so that the processes that have ended are gone
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            connection, _ = server.accept()
            if not os.fork():
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                server.close()
                _run(connection)
            connection.close()


def _run(connection: socket.socket) -> None:
    """Run the command that a client asks for, in this process, and end it."""
    _, streams, _, _ = socket.recv_fds(connection, 1, 3)
    with connection.makefile("rb") as asked:
        arguments, folder, environment = json.load(asked)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout = os.fdopen(0, encoding="utf-8"), os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["article-graph", *arguments]
    status = 1  # as Python does after a traceback
    try:
        status = main()
    except BaseException:  # noqa: BLE001 - the process that forked must not go on here
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        connection.send(bytes([status]))
        os._exit(status)


if __name__ == "__main__":
    _serve(sys.argv[1])
