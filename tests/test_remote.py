"""Questions and triples sent to endpoints elsewhere: real servers, and one that misbehaves."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import graph
from graph.errors import FormatError, GraphError, OutputError, QueryError, SourceError
from graph.publishing import pushing
from graph.publishing.exports import Exports
from graph.publishing.pushing import PUSH_FILE, push
from graph.publishing.updating import update
from graph.store import Credentials, Remote, Store
from graph.store.connection import PASSWORD_VARIABLE, TOKEN_VARIABLE, USER_VARIABLE
from tests.builds import put
from tests.endpoints import Endpoint, Seen, answering, free_port, oxigraph, virtuoso

SEEDS = Path(__file__).parent.parent / "seeds"
INTO = "https://example.org/pushed"
EVERYTHING = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{INTO}> {{ ?s ?p ?o }} }}"
TITLES = "SELECT ?title WHERE { ?article schema:headline ?title } ORDER BY ?title"
TRUE = b'{"head":{},"boolean":true}'
JSON = {"Content-Type": "application/sparql-results+json"}


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def endpoint(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """Return each of the real servers in turn."""
    run = {"oxigraph": oxigraph, "virtuoso": virtuoso}[request.param]
    with run(tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    """Return a build of the seeds."""
    update([SEEDS], tmp_path / "out", formats="nt")
    return graph.open_exports(tmp_path / "out")


def asked(endpoint: Endpoint) -> Remote:
    """Return what asks an endpoint."""
    return Remote(endpoint.query, credentials=endpoint.credentials)


def comparable(engine: Remote | Store, query: str) -> set[object]:
    """Return a query's triples, times as instants: a server may write them in its own zone or with fractions."""
    return {tuple(str(term.toPython()) for term in row if term is not None) for row in engine.query(query).terms()}  # type: ignore[attr-defined]


@pytest.mark.parametrize("protocol", ["auto", "store", "update"])
def test_what_is_pushed_is_there(endpoint: Endpoint, exports: Exports, protocol: pushing.Protocol) -> None:
    """A build reaches an endpoint whole by either protocol, found out or named, and in several batches."""
    address = endpoint.update if protocol == "update" else endpoint.store
    done = push(
        exports, address, into=INTO, replace=True, protocol=protocol, batch=50, credentials=endpoint.credentials
    )
    memory = exports.load()
    assert (done.triples, done.resumed) == (len(memory), 0)
    assert done.protocol == ("update" if protocol == "update" else "store")
    local = comparable(memory, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert comparable(asked(endpoint), EVERYTHING) == local
    assert not (exports.folder / PUSH_FILE).exists()


def test_updates_are_found_out(endpoint: Endpoint, exports: Exports) -> None:
    """The address of updates is known for what it is."""
    done = push(exports, endpoint.update, into=INTO, credentials=endpoint.credentials)
    assert done.protocol == "update"


def test_replacing_and_adding(endpoint: Endpoint, exports: Exports) -> None:
    """Triples are added to what the graph holds, or take its place if that is asked for."""
    count = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{INTO}> {{ ?s ?p ?o }} }}"
    before = (exports.folder / "graph.nt").read_bytes()
    put(exports.folder, "graph.nt", '<https://example.org/other> <https://schema.org/name> "Other" .\n')
    exports = graph.open_exports(exports.folder)
    push(exports, endpoint.store, into=INTO, replace=True, credentials=endpoint.credentials)
    assert list(asked(endpoint).query(count)) == [{"n": 1}]
    put(exports.folder, "graph.nt", before)
    exports = graph.open_exports(exports.folder)
    for _ in range(2):
        push(exports, endpoint.store, into=INTO, credentials=endpoint.credentials)
        assert list(asked(endpoint).query(count)) == [{"n": before.count(b"\n") + 1}]


def test_an_endpoint_answers_like_the_embedded_engine(endpoint: Endpoint, exports: Exports) -> None:
    """Tables, booleans and triples come back as from our own engine, as values, as terms, and written."""
    push(exports, endpoint.store, into=INTO, replace=True, credentials=endpoint.credentials)
    remote, memory = asked(endpoint), exports.load()
    query = TITLES.replace("WHERE", f"FROM <{INTO}> WHERE")
    assert list(remote.query(query)) == list(memory.query(TITLES))
    assert list(remote.query(query).terms()) == list(memory.query(TITLES).terms())
    written = [io.BytesIO(), io.BytesIO()]
    remote.query(query).write("csv", written[0])
    memory.query(TITLES).write("csv", written[1])
    assert written[0].getvalue() == written[1].getvalue()
    assert bool(remote.query(f"ASK {{ GRAPH <{INTO}> {{ ?s a schema:NewsArticle }} }}"))
    assert not remote.query(f"ASK {{ GRAPH <{INTO}> {{ ?s a schema:Nothing }} }}")


def test_numbers_come_back_as_numbers(endpoint: Endpoint) -> None:
    """Typed literals are read as Python values, whatever form the server sends them in."""
    (row,) = asked(endpoint).query('SELECT (3 AS ?n) (1.5 AS ?d) ("a"@en AS ?l) (<http://example.org/> AS ?i) {}')
    assert isinstance(row, dict)
    assert (row["n"], float(str(row["d"])), row["l"], row["i"]) == (3, 1.5, "a", "http://example.org/")


def test_a_malformed_query_is_the_querys_fault(endpoint: Endpoint) -> None:
    """What the server says of a malformed query is told in one line."""
    with pytest.raises(QueryError, match=r"^The endpoint refuses the query: .+Correct it\.$"):
        asked(endpoint).query("SELECT nonsense {")


@pytest.mark.parametrize(
    "query",
    [
        "DROP ALL",
        "# SELECT\nINSERT DATA { <a:a> <a:b> <a:c> }",
        "PREFIX a: <http://a#> DELETE WHERE { ?s ?p ?o }",
        "BASE <http://SELECT> LOAD <file:///etc/passwd>",
        "",
    ],
)
def test_only_questions_are_sent(query: str) -> None:
    """What changes data is refused before anything is sent."""
    with pytest.raises(QueryError, match="Only SELECT, ASK, CONSTRUCT and DESCRIBE"):
        Remote("http://127.0.0.1:9/").query(query)


@pytest.mark.parametrize("query", ["select * {}", "# a\n BASE <a:> PREFIX x: <b#> # c\nASK {}", "\ufeffASK{}"[1:]])
def test_every_question_is_sent(query: str) -> None:
    """Comments and declarations before a question do not hide it."""
    with answering(lambda _seen: (200, JSON, TRUE)) as address:
        assert Remote(address).query(query).kind == "boolean"


def test_access_is_refused_in_words(endpoint: Endpoint, exports: Exports) -> None:
    """Who may not write is told which variables to set, and no secret is told."""
    if not endpoint.credentials.user:
        pytest.skip("this server asks nobody who they are")
    with pytest.raises(SourceError, match=f"refuses access.+{USER_VARIABLE}") as caught:
        push(exports, endpoint.store, into=INTO, credentials=Credentials("dba", "not-the-password"))
    assert "not-the-password" not in str(caught.value)


def test_a_default_graph_is_needed_to_load_into_it(endpoint: Endpoint, exports: Exports) -> None:
    """Without a name the default graph is meant; a server that has none makes the push fail, and says so."""
    if endpoint.has_default_graph:
        push(exports, endpoint.store, replace=True, credentials=endpoint.credentials)
        assert list(asked(endpoint).query(TITLES)) == list(exports.load().query(TITLES))
    else:
        with pytest.raises(OutputError, match="name a graph"):
            push(exports, endpoint.store, credentials=endpoint.credentials)


def test_a_push_goes_on_where_the_server_went_away(
    tmp_path: Path, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that dies in the middle costs one clear error, and the next push sends only what is missing."""
    monkeypatch.setattr(pushing, "ATTEMPTS", 1)
    port = free_port()
    running = oxigraph(tmp_path, port)
    endpoint = running.__enter__()

    def kill(_stage: str, done: int, _total: int | None) -> None:
        if done == 60:
            running.__exit__(None, None, None)

    with pytest.raises(SourceError, match="does not answer"):
        push(exports, endpoint.store, into=INTO, batch=20, progress=kill)
    with oxigraph(tmp_path, port) as endpoint:
        done = push(exports, endpoint.store, into=INTO, batch=20)
        assert (done.resumed, done.triples) == (60, len(exports.load()))
        assert len(list(asked(endpoint).query(EVERYTHING))) == done.triples


def test_another_build_is_not_resumed(exports: Exports) -> None:
    """How far a push came counts only for the same triples and the same target."""
    taken: list[int] = []

    def answer(seen: Seen) -> tuple[int, dict[str, str], bytes]:
        taken.append(seen.body.count(b"\n"))
        return (500 if len(taken) == 2 else 204), {}, b""

    with answering(answer) as address:
        with pytest.raises(OutputError):
            push(exports, address, protocol="store", batch=100)
        assert push(exports, address, into=INTO, protocol="store", batch=100).resumed == 0
        taken.append(0)
        more = b'<https://example.org/new> <https://schema.org/name> "New" .\n'
        put(exports.folder, "graph.nt", (exports.folder / "graph.nt").read_bytes() + more)
        exports = graph.open_exports(exports.folder)
        assert push(exports, address, protocol="store", batch=100).resumed == 0


def test_batches_shrink_to_what_the_endpoint_takes(exports: Exports) -> None:
    """An endpoint that finds a request too large gets smaller ones, each triple once, and replaces only once."""
    taken: list[tuple[str, int]] = []

    def answer(seen: Seen) -> tuple[int, dict[str, str], bytes]:
        count = seen.body.count(b"\n")
        if count > 30:
            return 413, {}, b""
        taken.append((seen.method, count))
        return 204, {}, b""

    with answering(answer) as address:
        push(exports, address, protocol="store", replace=True)
    methods, counts = zip(*taken, strict=True)
    assert sum(counts) == len(exports.load())
    assert methods == ("PUT", *["POST"] * (len(taken) - 1))


def test_a_busy_endpoint_is_asked_again() -> None:
    """An endpoint that is busy is asked again after the time it names."""
    replies = [(503, {"Retry-After": "0"}, b""), (429, {"Retry-After": "0"}, b""), (200, JSON, TRUE)]
    with answering(lambda _seen: replies.pop(0)) as address:
        assert bool(Remote(address).query("ASK {}"))
    assert not replies


def test_a_redirect_is_told_and_not_followed() -> None:
    """Nothing is sent to another address than the one named, and least of all credentials."""
    seen: list[Seen] = []

    def elsewhere(request: Seen) -> tuple[int, dict[str, str], bytes]:
        seen.append(request)
        return 200, JSON, TRUE

    with (
        answering(elsewhere) as other,
        answering(lambda _seen: (307, {"Location": other}, b"")) as address,
        pytest.raises(SourceError, match=f"has moved. Use {other}"),
    ):
        Remote(address, credentials=Credentials(token="secret-token")).query("ASK {}")  # noqa: S106 - an invented one
    assert not seen


@pytest.mark.parametrize("location", ["http://[x", "//[", "http://x/\x9b31m"])
def test_a_redirect_to_no_address_is_told(location: str) -> None:
    """An endpoint that redirects to something malformed is at fault, not the credentials."""
    with (
        answering(lambda _seen: (302, {"Location": location}, b"gone")) as address,
        pytest.raises(SourceError, match=r"answers 302: gone\.|has moved\."),
    ):
        Remote(address).query("ASK {}")


@pytest.mark.parametrize(
    ("query", "kind", "body"),
    [
        ("SELECT * {}", "application/sparql-results+json", b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":'),
        ("SELECT * {}", "text/tab-separated-values", b'?a\n"1"\n'),
        ("CONSTRUCT {} {}", "application/n-triples", b"<http://a> <http://b> <http://c> .\n"),
    ],
)
def test_an_answer_that_breaks_off_is_no_answer(query: str, kind: str, body: bytes) -> None:
    """Rows that arrived before the connection broke off are not taken for all of them."""
    headers = {"Content-Type": kind, "Content-Length": str(len(body) + 10)}
    with (
        answering(lambda _seen: (200, headers, body)) as address,
        pytest.raises(QueryError, match=r"broke off|failed"),
    ):
        list(Remote(address).query(query))


@pytest.mark.parametrize(
    ("status", "kind", "message"),
    [
        (200, "text/html", "Name the address"),
        (404, "text/html", "404"),
        (500, "text/plain", "500"),
        (403, "", "access"),
    ],
)
def test_what_is_no_endpoint_is_said(status: int, kind: str, message: str) -> None:
    """A page, a missing page, a failure and a refusal are each one clear line."""
    with (
        answering(lambda _seen: (status, {"Content-Type": kind} if kind else {}, b"<p>Hello\n\x1b[31m")) as address,
        pytest.raises(SourceError, match=message) as caught,
    ):
        Remote(address).query("ASK {}")
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("scheme", ["Basic", "Bearer", "Digest"])
def test_credentials_come_from_the_environment(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """User and password are told to an endpoint that asks for them, in the way it asks; a token at once."""
    seen: list[str] = []

    def answer(request: Seen) -> tuple[int, dict[str, str], bytes]:
        told = request.headers.get("authorization", "")
        seen.append(told.split(" ")[0])
        if told.startswith(scheme):
            return 200, JSON, TRUE
        return 401, {"WWW-Authenticate": f'{scheme} realm="r", nonce="n", qop="auth", algorithm="MD5"'}, b""

    if scheme == "Bearer":
        monkeypatch.setenv(TOKEN_VARIABLE, "secret")
    else:
        monkeypatch.setenv(USER_VARIABLE, "me")
        monkeypatch.setenv(PASSWORD_VARIABLE, "secret")
    with answering(answer) as address:
        remote = Remote(address)
        assert bool(remote.query("ASK {}"))
        assert bool(remote.query("ASK {}"))
    assert seen == (["Bearer", "Bearer"] if scheme == "Bearer" else ["", scheme, scheme])


def test_basic_credentials_are_sent_as_utf_8() -> None:
    """A user and a password in any letters reach an endpoint that asks for HTTP Basic."""
    sent: list[str] = []

    def answer(request: Seen) -> tuple[int, dict[str, str], bytes]:
        sent.append(request.headers.get("authorization", ""))
        return (200, JSON, TRUE) if sent[-1] else (401, {"WWW-Authenticate": 'Basic realm="r"'}, b"")

    with answering(answer) as address:
        assert bool(Remote(address, credentials=Credentials("Яна", "пароль")).query("ASK {}"))
    assert base64.b64decode(sent[-1].removeprefix("Basic ")).decode() == "Яна:пароль"


@pytest.mark.parametrize(
    ("user", "challenge"),
    [
        ("me", 'Digest realm="r", nonce="n", algorithm="unknown"'),
        ("me", "Digest"),
        ("Яна", 'Digest realm="r", nonce="n"'),
    ],
)
def test_credentials_that_cannot_be_sent(user: str, challenge: str) -> None:
    """A challenge that cannot be met is one clear line."""
    with (
        answering(lambda _seen: (401, {"WWW-Authenticate": challenge}, b"")) as address,
        pytest.raises(SourceError, match=TOKEN_VARIABLE),
    ):
        Remote(address, credentials=Credentials(user, "secret")).query("ASK {}")


def test_the_passwords_of_other_programs_are_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the variables of this program count, not a `.netrc`."""
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    seen: list[Seen] = []

    def answer(request: Seen) -> tuple[int, dict[str, str], bytes]:
        seen.append(request)
        return 200, JSON, TRUE

    with answering(answer) as address:
        Remote(address).query("ASK {}")
    assert "authorization" not in seen[0].headers


def test_a_compressed_answer_is_unpacked() -> None:
    """An endpoint may compress its answer; one that is damaged is an error."""
    body = gzip.compress(TRUE)
    for sent, fails in ((body, False), (body[:12] + b"damaged", True)):
        with answering(lambda _seen, sent=sent: (200, {**JSON, "Content-Encoding": "gzip"}, sent)) as address:  # type: ignore[misc]
            if fails:
                with pytest.raises(QueryError):
                    Remote(address).query("ASK {}")
            else:
                assert bool(Remote(address).query("ASK {}"))


def test_the_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without requests, one line says what to install."""
    monkeypatch.setitem(sys.modules, "requests", None)
    with pytest.raises(GraphError, match=r"pip install 'article-graph\[remote\]'"):
        Remote("http://127.0.0.1:9/")


def test_credentials_are_never_shown() -> None:
    """Neither a record of credentials nor an address that holds them is ever printed whole."""
    assert "secret" not in repr(Credentials("me", "secret", "secret"))
    with pytest.raises(SourceError) as caught:
        Remote("https://me:secret@example.org/sparql")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "example.org", "http://", "http://a b/", "ftp://a/"])
def test_an_endpoint_has_an_address(address: str) -> None:
    """What is no HTTP address is refused."""
    with pytest.raises(SourceError, match="not the address"):
        Remote(address)


def test_a_graph_has_an_iri(exports: Exports) -> None:
    """What is no IRI, or would end one and go on with an update, is refused."""
    for name in ("here", "https://example.org/> } ; DROP ALL #"):
        with pytest.raises(FormatError, match="is not an IRI"):
            push(exports, "http://127.0.0.1:9/", into=name)


def test_the_commands(exports: Exports, tmp_path: Path) -> None:
    """`push` loads a build into a server and `query --endpoint` asks it, as one would type it."""
    with oxigraph(tmp_path) as endpoint:
        command = [sys.executable, "-m", "graph"]
        pushed = subprocess.run(
            [*command, "push", str(exports.folder), "--endpoint", endpoint.store, "--replace"],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
            env=dict(os.environ),
        )
        assert pushed.stdout == f"{len(exports.load())} triples sent\n"
        done = subprocess.run(
            [*command, "query", "--endpoint", endpoint.query, "--format", "json", TITLES],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    assert len(json.loads(done.stdout)["results"]["bindings"]) == len(list(exports.load().query(TITLES)))
