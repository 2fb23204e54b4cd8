"""A public endpoint: what takes too much is stopped, and nobody else notices."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

import graph
from tests.served import EVERYTHING, RUNAWAY, Served, serving, serving_endlessly, until

pytest.importorskip("starlette", reason="needs the extra `serve`")

HERE = Path(__file__).resolve().parent.parent
CHEAP = "SELECT ?t { ?a schema:headline ?t } ORDER BY ?t LIMIT 1"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc, which only Linux has")

KILLERS = {
    "a cross product": (RUNAWAY, 503),
    "a cross product, sorted": ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?c ?f ?i", 503),
    "a cross product, grouped": (
        "SELECT ?c ?f ?i (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } GROUP BY ?c ?f ?i",
        503,
    ),
    "a large answer": ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", 413),
    "a large text": (
        "SELECT (REPLACE(GROUP_CONCAT(STR(?c)), '.', '0123456789') AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        503,
    ),
    "deep groups": ("ASK " + "{" * 5_000 + "}" * 5_000, 400),
    "deep brackets": ("ASK { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }", 400),
    "a long chain": ("ASK { ?s ?p ?o FILTER(" + "||".join(["?o"] * 10_000) + ") }", 400),
    "64 KB of unions": ("ASK { " + " UNION ".join(["{ ?s ?p ?o }"] * 3_500) + " }", 400),
    "a long path": ("ASK { ?s " + "/".join(["schema:name"] * 4_000) + " ?o }", 400),
}


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a build of the seeds."""
    folder = tmp_path_factory.mktemp("served") / "exports"
    graph.publish(graph.build(HERE / "seeds"), folder, formats="nt")
    return folder


@pytest.fixture(scope="module")
def served(exports: Path) -> Iterator[Served]:
    """Return a server with narrow limits."""
    options = "--deadline 2 --memory 64 --answer 1 --workers 6 --queue 4".split()
    with serving(exports, *options) as served:
        yield served


@pytest.fixture(scope="module")
def busy(exports: Path) -> Iterator[Served]:
    """Return a server of six workers whose queries end when their clients leave, and not before."""
    with serving_endlessly(exports, workers=6, queue=4) as served:
        yield served


def post(served: Served, query: str) -> tuple[int, str]:
    """Ask by POST, and return the status and the first line."""
    reply = served.request("POST", "/sparql", {"Content-Type": "application/sparql-query"}, query)
    return reply.status, reply.text.partition("\n")[0] if reply.status != 200 else ""


@pytest.mark.parametrize("name", KILLERS)
def test_a_killer_is_refused_or_stopped(served: Served, name: str) -> None:
    """Whatever takes too much time, memory, answer or stack gets a reason; the next query is answered as ever."""
    query, status = KILLERS[name]
    assert post(served, query)[0] == status
    assert served.ask(CHEAP).status == 200


def test_quick_queries_are_answered_beside_killers(busy: Served) -> None:
    """While as many runaways run as leave one worker, a quick query and the health check are answered at once."""
    with busy.runaways(5) as statuses:
        until(lambda: busy.load() == (5, 0))
        assert all(busy.ask(CHEAP).status == 200 for _ in range(20))
        assert busy.get("/health").status == 200
        assert statuses() == []


def test_when_all_is_taken_it_says_when_to_come_again(busy: Served) -> None:
    """More queries than workers and queue hold are told so with Retry-After; health is told still; then all is well."""
    with busy.runaways(16) as statuses:
        until(lambda: statuses() == [503] * 6)
        until(lambda: busy.load() == (6, 4))
        refused = busy.ask(CHEAP)
        assert refused.status == 503
        assert int(refused.headers["retry-after"]) >= 1
    assert busy.ask(CHEAP).status == 200


def test_no_client_takes_all_workers(busy: Served) -> None:
    """A client has all but one worker at most, and as many queries wait; further ones get 429, and others an answer."""
    greedy, same, other = ({"X-Forwarded-For": f"2001:db8:{name}"} for name in (":1", ":2", "0:1::1"))
    cheap = "/sparql?" + urlencode({"query": CHEAP})
    with busy.runaways(12, "X-Forwarded-For: 2001:db8::1") as statuses:
        until(lambda: busy.load() == (5, 0) and statuses() == [429] * 2)
        refused = busy.request("GET", cheap, same)
        assert (refused.status, int(refused.headers["retry-after"]) >= 1) == (429, True)
        assert all(busy.request("GET", cheap, other).status == 200 for _ in range(10))
    assert busy.request("GET", cheap, greedy).status == 200


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("127.0.0.1", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        ("", None),
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1:2", "2001:db8::/64"),
        ("a name", "a name"),
    ],
)
def test_a_client_is_known_by_its_address(host: str, client: str | None) -> None:
    """Addresses of one machine or one IPv6 network are one client; this machine is none."""
    from starlette.requests import Request

    from graph.serving.sharing import client_of

    assert client_of(Request({"type": "http", "headers": [], "client": (host, 1)})) == client


def test_a_client_that_leaves_takes_its_query_along(exports: Path) -> None:
    """When the client hangs up, its query is stopped then, not at its deadline."""
    with serving(exports, "--deadline", "600") as served, served.runaways(1):
        until(lambda: served.load() == (1, 0))


@LINUX
def test_a_worker_cannot_open_files_or_sockets(served: Served) -> None:
    """A worker has no room for another open file or connection, and none for a core dump."""
    served.ask(CHEAP)
    for worker in served.workers():
        lines = Path(f"/proc/{worker}/limits").read_text().splitlines()
        for name in ("Max open files", "Max file size", "Max core file size"):
            (line,) = (line for line in lines if line.startswith(name))
            assert line.removeprefix(name).split()[:2] == ["0", "0"]


def test_a_client_that_sends_nothing_is_shown_the_door(exports: Path) -> None:
    """Half a request, however slowly it is continued, is cut off; others are served meanwhile."""
    with serving(exports, "--client", "0.7") as served:
        place = urlsplit(served.address)
        for beginning in (
            b"",
            b"GET /health HTTP/1.1\r\nHo",
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nA",
        ):
            with socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as slow:
                slow.sendall(beginning)
                got = slow.recv(1000)
                assert got == b"" or b" 4" in got.split(b"\r\n")[0]
        assert served.get("/health").status == 200


@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
        b"\x16\x03\x01 hello",
        b"GET /sparql?query=%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ],
)
def test_odd_heads_are_refused(served: Served, head: bytes) -> None:
    """Heads that are too large, or none at all, get 4xx or a closed connection, and the server goes on."""
    place = urlsplit(served.address)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as client:
        got = b""
        try:
            client.sendall(head)
            while piece := client.recv(1000):
                got += piece
        except OSError:
            pass
        assert got == b"" or got.startswith(b"HTTP/1.1 4"), got[:100]
    assert served.get("/health").status == 200


def test_a_slow_reader_holds_nobody_up(served: Served) -> None:
    """A client that does not take its answer leaves others served."""
    place = urlsplit(served.address)
    with socket.create_connection((place.hostname or "", place.port or 0)) as slow:
        slow.sendall(f"GET /sparql?{urlencode({'query': EVERYTHING})} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert slow.recv(1), "the answer has begun"
        assert all(served.ask(CHEAP).status == 200 for _ in range(20))


def test_connections_are_counted(exports: Path) -> None:
    """When as many clients hold a connection as may, the next is told to try again, until they are gone."""
    with serving(exports, "--connections", "5") as served:
        place = urlsplit(served.address)
        held = [socket.create_connection((place.hostname or "", place.port or 0)) for _ in range(5)]
        until(lambda: served.get("/health").status == 503)
        for client in held:
            client.close()
        until(lambda: served.ask(CHEAP).status == 200)


def test_limits_are_above_zero() -> None:
    """A limit that would let nothing through is refused."""
    from graph.serving.limits import Limits

    with pytest.raises(ValueError, match="'deadline' must be above zero"):
        Limits(deadline=0)
