"""Many clients of one endpoint: quick queries, alone and beside ten that never end: `python -m benchmarks.serving`.

Other endpoints take part if their programs are named: `--rdflib-endpoint PATH`, `--oxigraph PATH`.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import itertools
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from benchmarks.machine import describe_machine, describe_versions

__all__ = ["main", "started"]

_PREFIXES = """
    PREFIX schema: <https://schema.org/>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_QUICK = (
    "SELECT ?p ?o { ?a a schema:Organization . ?a ?p ?o } LIMIT 20",
    "SELECT ?a ?t { ?a schema:about ?topic ; schema:headline ?t } LIMIT 10",
    "SELECT ?label { ?topic a skos:Concept ; skos:prefLabel ?label } ORDER BY ?label",
    "ASK { ?a schema:author ?b }",
)
_KILLER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_KILLERS = 10
_PATIENCE = 60.0
_LOADS_WITHIN = 900.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What clients saw in one round."""

    per_second: float
    """Quick queries answered, a second."""
    middle: float
    """Milliseconds in which half of them were answered."""
    slowest: float
    """Milliseconds in which 99 of 100 were answered."""
    failed: int
    """Quick queries that were not answered."""
    refused: int
    """Killers that were stopped or refused."""


def main() -> None:
    """Measure as the command line says, and print a table."""
    given = _arguments()
    servers = {"article-graph": [sys.executable, "-m", "graph", "serve", "--graph", given.graph, "--port", "{port}"]}
    with tempfile.TemporaryDirectory(prefix="article-graph-") as folder:
        triples = str(Path(given.graph) / "graph.nt")
        if given.oxigraph:
            subprocess.run([given.oxigraph, "load", "--location", folder, "--file", triples], check=True)
            bind = ["--bind", "127.0.0.1:{port}"]
            servers["oxigraph serve"] = [given.oxigraph, "serve-read-only", "--location", folder, *bind]
        if given.rdflib_endpoint:
            address = ["--host", "127.0.0.1", "--port", "{port}"]
            servers["rdflib-endpoint"] = [given.rdflib_endpoint, "serve", *address, triples]
        print(
            f"{describe_machine()}\n{describe_versions()}\n{given.clients} clients, {given.seconds:g} seconds a round\n"
        )
        print("| server | beside | quick queries/s | p50 ms | p99 ms | failed | killers stopped |")
        print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
        for name, words in servers.items():
            path = "/" if name == "rdflib-endpoint" else ("/query" if name == "oxigraph serve" else "/sparql")
            with started(words) as port:
                for killers in (0, _KILLERS):
                    figures = _measure(port, path, given.clients, given.seconds, killers)
                    beside = f"{killers} killers" if killers else "nothing"
                    print(
                        f"| {name} | {beside} | {figures.per_second:,.0f} | {figures.middle:,.1f} "
                        f"| {figures.slowest:,.1f} | {figures.failed:,} | {figures.refused or ''} |",
                        flush=True,
                    )


@contextlib.contextmanager
def started(words: Sequence[str]) -> Iterator[int]:
    """Run a server at a free port, which stands for `{port}` in its command, until the block ends; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [word.format(port=port) for word in words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + _LOADS_WITHIN
        while time.monotonic() < end and process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.2)
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()


def _measure(port: int, path: str, clients: int, seconds: float, killers: int) -> Figures:
    """Let clients ask quick queries for some seconds, beside the given number of clients that send killers."""
    stop = threading.Event()
    begin = threading.Event()
    times: list[float] = []
    failures = itertools.count()
    refusals = itertools.count()

    def kill() -> None:
        while not stop.is_set():
            if _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=seconds + 15), path, _KILLER) != 200:  # noqa: PLR2004
                next(refusals)

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        begin.wait()
        for query in itertools.islice(itertools.cycle(_QUICK), number, None):
            if stop.is_set():
                return
            started = time.perf_counter()
            if _ask(connection, path, query) == 200:  # noqa: PLR2004
                times.append(time.perf_counter() - started)
            else:
                next(failures)

    with ThreadPoolExecutor(clients + killers) as pool:
        for _ in range(killers):
            pool.submit(kill)
        time.sleep(1)
        for number in range(clients):
            pool.submit(ask, number)
        begin.set()
        time.sleep(seconds)
        stop.set()
    cuts = quantiles(times, n=100) if len(times) > 1 else [float("nan")] * 99
    return Figures(len(times) / seconds, cuts[49] * 1000, cuts[98] * 1000, next(failures), next(refusals))


def _ask(connection: http.client.HTTPConnection, path: str, query: str) -> int:
    """Ask a query, and return the status; 0 where there is no reply."""
    try:
        address = f"{path}?{urlencode({'query': _PREFIXES + query})}"
        connection.request("GET", address, headers={"Accept": "application/sparql-results+json"})
        response = connection.getresponse()
        response.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return 0
    return response.status


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", default="exports", help="the build to serve")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long a round lasts")
    parser.add_argument("--clients", type=int, default=8, help="clients that ask quick queries")
    parser.add_argument("--rdflib-endpoint", metavar="PATH", help="the program of rdflib-endpoint")
    parser.add_argument("--oxigraph", metavar="PATH", help="the program of Oxigraph's server")
    return parser.parse_args()


if __name__ == "__main__":
    main()
