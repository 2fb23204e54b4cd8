"""SPARQL endpoints for the tests: two servers that others wrote, and one that misbehaves on purpose."""

from __future__ import annotations

import http.server
import shutil
import socket
import subprocess
import sysconfig
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.store import Credentials

__all__ = ["Endpoint", "Seen", "answering", "free_port", "oxigraph", "virtuoso"]

_PATIENCE = 90
_VIRTUOSO = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{other_port}
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 100000
"""


@dataclass(frozen=True)
class Endpoint:
    """A server that runs."""

    query: str
    """The address of its queries."""
    store: str
    """The address of its graph store."""
    update: str
    """The address of its updates."""
    credentials: Credentials
    """Who may write."""
    has_default_graph: bool
    """Whether triples can be loaded without naming a graph."""


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], address: str, folder: Path) -> Iterator[None]:
    """Run a server, once it answers, and end it."""
    with (folder / "server.out").open("ab") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            deadline = time.monotonic() + _PATIENCE
            while not _answers(address):
                assert process.poll() is None, (folder / "server.out").read_text()
                assert time.monotonic() < deadline, f"{command[0]} does not answer"
                time.sleep(0.1)
            yield
        finally:
            process.kill()
            process.wait(_PATIENCE)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own server's address
    except urllib.error.HTTPError as refused:
        refused.close()
    except OSError:
        return False
    return True


@contextmanager
def oxigraph(folder: Path, port: int | None = None) -> Iterator[Endpoint]:
    """Run the Oxigraph server over a folder of its own, or skip the test."""
    program = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("needs the Oxigraph server: pip install oxigraph")
    place = f"127.0.0.1:{port or free_port()}"
    root = f"http://{place}"
    with _running([program, "serve", "--location", str(folder / "data"), "--bind", place], root + "/query", folder):
        yield Endpoint(root + "/query", root + "/store", root + "/update", Credentials(), has_default_graph=True)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Endpoint]:
    """Run Virtuoso over a folder of its own, or skip the test."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("needs Virtuoso: apt-get install virtuoso-opensource-7-bin")
    port = free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(_VIRTUOSO.format(folder=folder, port=port, other_port=free_port()))
    root = f"http://127.0.0.1:{port}"
    # User and password are those of every new, empty Virtuoso.
    with _running([program, "-f", "-c", str(settings)], root + "/sparql", folder):
        yield Endpoint(
            root + "/sparql",
            root + "/sparql-graph-crud-auth",
            root + "/sparql-auth",
            Credentials("dba", "dba"),
            has_default_graph=False,
        )


@dataclass(frozen=True)
class Seen:
    """A request that reached the server."""

    method: str
    """GET, POST, PUT."""
    path: str
    """With what follows the question mark."""
    headers: dict[str, str]
    """By lower-case name."""
    body: bytes
    """As sent."""


Answering = Callable[[Seen], tuple[int, dict[str, str], bytes]]
"""What to answer to a request: status, headers and body. A `Content-Length` it names is sent as it is."""


@contextmanager
def answering(answer: Answering) -> Iterator[str]:
    """Run a server that answers what it is told to, and give its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, told, content = answer(Seen(self.command, self.path, headers, body))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **told}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = _answer  # noqa: N815 - the names that the library calls

        def log_message(self, *_rest: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/sparql"
        finally:
            server.shutdown()
            thread.join()
