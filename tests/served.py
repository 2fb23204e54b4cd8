"""A real server for the tests: `article-graph serve` in a process of its own, asked over HTTP.

The process forks from one that has loaded the package, which is most of the time it takes to start.
"""

from __future__ import annotations

import http.client
import json
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from graph.explorer import to_unframed
from tests.forking import CONTEXT

__all__ = [
    "EVERYTHING",
    "RUNAWAY",
    "Reply",
    "Served",
    "is_page",
    "serving",
    "serving_endlessly",
    "serving_fed",
    "serving_triples",
    "until",
]

EVERYTHING = "SELECT * { ?s ?p ?o }"
"""A query with as many rows as there are triples."""

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
"""A query that no machine finishes."""

_STARTS_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def json(self) -> Any:  # noqa: ANN401 - whatever it is
        """Return the body, read as JSON."""
        return json.loads(self.body)


def is_page(reply: Reply, written: Path) -> bool:
    """Return whether a reply is the explorer page that a build wrote, marked as one that no other page may show.

    Comparing pages in an assertion would show where they differ, which takes minutes.
    """
    return reply.body == to_unframed(written.read_bytes())


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs."""

    address: str
    """Without a slash at the end."""
    process: BaseProcess

    def request(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | str | None = None
    ) -> Reply:
        """Send one request, and return the reply."""
        place = urlsplit(self.address)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Reply(
                response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
            )
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Reply:
        """GET a path; `accept_encoding=...` is a header."""
        return self.request("GET", path, {name.replace("_", "-"): value for name, value in headers.items()})

    def ask(self, sparql: str, accept: str = "application/sparql-results+json", **fields: str) -> Reply:
        """Ask a query by GET."""
        return self.get("/sparql?" + urlencode({"query": sparql, **fields}), accept=accept)

    def load(self) -> tuple[int, int]:
        """Return how many queries run, and how many wait."""
        health = self.get("/health").json()
        return health["running"], health["waiting"]

    @contextmanager
    def runaways(self, number: int, *headers: str) -> Iterator[Callable[[], list[int]]]:
        """Run queries that nobody finishes until the block ends; give what tells the statuses of those answered."""
        place = urlsplit(self.address)
        request = "\r\n".join([f"GET /sparql?{urlencode({'query': RUNAWAY})} HTTP/1.1", "Host: x", *headers, "", ""])
        with ExitStack() as stack:
            clients = []
            for _ in range(number):
                client = socket.create_connection((place.hostname or "", place.port or 0), timeout=60)
                stack.enter_context(client).sendall(request.encode())
                clients.append(client)

            def statuses() -> list[int]:
                answered, _, _ = select.select(clients, [], [], 0)
                return [int(client.recv(100, socket.MSG_PEEK).split()[1]) for client in answered]

            yield statuses
        until(lambda: self.load() == (0, 0))

    def count(self) -> int:
        """Return how many triples a query counts."""
        bindings = self.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()["results"]["bindings"]
        return int(bindings[0]["n"]["value"])

    def zygote(self) -> int:
        """Return the number of the process that holds the data, 0 while there is none (Linux only)."""
        return next((child for child in _children(self.process.pid or 0) if b"zygote" in _words_of(child)), 0)

    def workers(self) -> list[int]:
        """Return the numbers of the processes that answer queries (Linux only)."""
        return _children(self.zygote())


def serving(folder: Path | str, *options: str) -> AbstractContextManager[Served]:
    """Serve a build, or a folder of articles, at a free port of this machine, and stop doing so."""
    return _running(_command, str(folder), "--port", "0", *options)


def serving_fed(folder: Path, whole: int) -> AbstractContextManager[Served]:
    """Serve a build in the same way, and its explorer on demand if it has more than `whole` articles."""
    return _running(_app, str(folder), {"whole": whole})


def serving_endlessly(folder: Path, workers: int, queue: int) -> AbstractContextManager[Served]:
    """Serve a build in the same way, with queries that run and wait for as long as their clients do."""
    return _running(_app, str(folder), {"deadline": 600, "patience": 600, "workers": workers, "queue": queue})


def serving_triples(path: Path) -> AbstractContextManager[Served]:
    """Serve a file of N-Quads in the same way."""
    return _running(_app, path.read_bytes(), {})


@contextmanager
def _running(task: Callable[..., object], *given: object) -> Iterator[Served]:
    """Run a server in a process of its own until it says where, and then until the block ends."""
    reader, writer = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_run, args=(writer, dict(os.environ), task, *given))
    process.start()
    writer.close()
    try:
        with open(reader.fileno(), encoding="utf-8", closefd=False) as output:
            said = ""
            for line in output:
                said += line
                if line.startswith("serving at "):
                    break
            else:
                pytest.fail(f"the server did not start: {said}")
            served = Served(line.removeprefix("serving at ").strip().rstrip("/"), process)
            until(lambda: _is_up(served))
            yield served
    finally:
        if process.is_alive():
            os.kill(process.pid or 0, signal.SIGINT)
            process.join(20)
            process.kill()
        process.join()
        reader.close()


def _run(writer: Connection, environment: Mapping[str, str], task: Callable[..., object], *given: object) -> None:
    """Run a server in this process, and write all it says into a pipe."""
    for number in (1, 2):
        os.dup2(writer.fileno(), number)
    writer.close()
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", buffering=1) for number in (1, 2))
    os.environ.clear()
    os.environ.update(environment)
    task(*given)


def _command(*words: str) -> None:
    from graph.cli import main

    sys.exit(main(["serve", *words]))


def _app(source: str | bytes, given: Mapping[str, int]) -> None:
    from graph.serving.app import create_app
    from graph.serving.limits import Limits
    from graph.serving.server import run

    def tell(address: str) -> None:
        sys.stdout.write(f"serving at {address}\n")

    limits = Limits(**given)
    run(create_app(source, limits), host="127.0.0.1", port=0, limits=limits, on_ready=tell)


def until(holds: Callable[[], object], within: float = _STARTS_WITHIN) -> None:
    """Wait until something holds; fail if it never does."""
    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def _is_up(served: Served) -> bool:
    try:
        return served.get("/health").status == 200
    except OSError:
        return False


def _children(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    return [int(number) for number in path.read_text().split()] if path.exists() else []


def _words_of(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""
