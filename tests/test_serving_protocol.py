"""The SPARQL 1.1 Protocol over real HTTP: what is asked, in what form it is answered, and why not."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import rdflib

import graph
from tests.served import EVERYTHING, Served, is_page, serving

pytest.importorskip("starlette", reason="needs the extra `serve`")

HERE = Path(__file__).resolve().parent.parent
SELECT = "SELECT ?title { ?article schema:headline ?title } ORDER BY ?title LIMIT 2"
CONSTRUCT = "CONSTRUCT { ?a schema:headline ?t } WHERE { ?a schema:headline ?t }"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
READS_JSON_LD = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
"""rdflib's reader of JSON-LD uses what rdflib itself advises against."""
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a build of the seeds."""
    folder = tmp_path_factory.mktemp("served") / "exports"
    graph.publish(graph.build(HERE / "seeds"), folder, formats="nt,html")
    return folder


@pytest.fixture(scope="module")
def served(exports: Path) -> Iterator[Served]:
    """Return a server of the seeds."""
    with serving(exports) as served:
        yield served


def titles(served: Served, query: str = SELECT) -> list[str]:
    """Return the titles that a query finds."""
    return [row["title"]["value"] for row in served.ask(query).json()["results"]["bindings"]]


def test_get_post_and_direct_post_answer_alike(served: Served) -> None:
    """The three ways of asking give the same bytes."""
    by_get = served.ask(SELECT)
    by_form = served.request("POST", "/sparql", {"Content-Type": FORM}, urlencode({"query": SELECT}))
    direct = served.request("POST", "/sparql", {"Content-Type": f"{DIRECT}; charset=UTF-8"}, SELECT)
    assert by_get.status == by_form.status == direct.status == 200
    assert by_get.body == by_form.body == direct.body
    assert len(titles(served)) == 2


@pytest.mark.parametrize(
    ("query", "accept", "content_type", "beginning"),
    [
        (SELECT, "", "application/sparql-results+json", b'{"head"'),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        (SELECT, "application/xml", "application/xml", b"<?xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8", b"title\r\n"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?title\n"),
        ("ASK { ?s ?p ?o }", "", "application/sparql-results+json", b'{"head"'),
        ("ASK { ?s ?p ?o }", "application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("ASK { ?s ?p ?o }", "text/csv", "text/csv; charset=utf-8", b"true"),
        (CONSTRUCT, "", "text/turtle; charset=utf-8", b"@prefix"),
        (CONSTRUCT, "application/n-triples", "application/n-triples", b"<http"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml", b"<?xml"),
        (CONSTRUCT, "application/ld+json", "application/ld+json", b"["),
        (f"# a comment\nPREFIX x: <urn:x>\nbase <urn:b>\n{CONSTRUCT}", "", "text/turtle; charset=utf-8", b"@prefix"),
        ("DESCRIBE ?a { ?a a schema:Organization }", "", "text/turtle; charset=utf-8", b"@prefix"),
    ],
)
def test_answers_come_as_wanted(served: Served, query: str, accept: str, content_type: str, beginning: bytes) -> None:
    """Each kind of answer comes in each of its forms, and says in which."""
    reply = served.ask(query, accept)
    assert (reply.status, reply.headers["content-type"]) == (200, content_type)
    assert reply.body.startswith(beginning)
    assert reply.headers["vary"] == "Accept, Accept-Encoding"


@READS_JSON_LD
@pytest.mark.parametrize("form", ["turtle", "nt", "xml", "json-ld"])
def test_other_programs_read_the_triples(served: Served, form: str) -> None:
    """Another program reads every form of triples, and finds the same ones."""
    media = {"turtle": "text/turtle", "nt": "application/n-triples", "xml": "application/rdf+xml"}
    reply = served.ask(CONSTRUCT, media.get(form, "application/ld+json"))
    triples = rdflib.Graph().parse(data=reply.body, format=form)
    assert set(triples) == set(
        rdflib.Graph().parse(data=served.ask(CONSTRUCT, "application/n-triples").body, format="nt")
    )
    assert len(triples) > 3


REFUSED: dict[str, tuple[str, str, dict[str, str], str | bytes, int]] = {
    "no query": ("GET", "/sparql?default-graph-uri=urn:x", {}, "", 400),
    "two queries": ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, "", 400),
    "an empty query": ("GET", "/sparql?query=", {}, "", 400),
    "bad syntax": ("GET", "/sparql?query=SELEKT", {}, "", 400),
    "no UTF-8 in the address": ("GET", "/sparql?query=ASK%7B%3Fs%20%3Fp%20%22%FF%22%7D", {}, "", 400),
    "an update by GET": ("GET", "/sparql?update=CLEAR%20ALL", {}, "", 400),
    "an update by form": ("POST", "/sparql", {"Content-Type": FORM}, "update=CLEAR+ALL", 400),
    "an update in person": ("POST", "/sparql", {"Content-Type": "application/sparql-update"}, "CLEAR ALL", 415),
    "an update as a query": ("GET", "/sparql?query=" + quote("INSERT DATA { <urn:a> <urn:b> 1 }"), {}, "", 400),
    "LOAD": ("GET", "/sparql?query=" + quote("LOAD <file:///etc/passwd>"), {}, "", 400),
    "SERVICE": ("GET", "/sparql?query=" + quote("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"), {}, "", 400),
    "a bad address of a graph": ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=not%20one", {}, "", 400),
    "a form of no type": ("POST", "/sparql", {"Content-Type": ""}, "query=ASK%7B%7D", 415),
    "a form of a wrong type": ("POST", "/sparql", {"Content-Type": "text/plain"}, "ASK {}", 415),
    "another alphabet": (
        "POST",
        "/sparql",
        {"Content-Type": f"{DIRECT}; charset=UTF-16"},
        "ASK {}".encode("utf-16"),
        415,
    ),
    "a body that is no text": ("POST", "/sparql", {"Content-Type": DIRECT}, b"ASK { ?s ?p '\xff' }", 400),
    "a compressed body": ("POST", "/sparql", {"Content-Type": DIRECT, "Content-Encoding": "gzip"}, b"x", 415),
    "a query here and there": ("POST", "/sparql?query=ASK%7B%7D", {"Content-Type": DIRECT}, "ASK {}", 400),
    "a large body": ("POST", "/sparql", {"Content-Type": DIRECT}, "#" * 300_000, 413),
    "a large query": ("POST", "/sparql", {"Content-Type": DIRECT}, "#" * 70_000 + "\nASK {}", 400),
    "many parameters": ("GET", "/sparql?" + "&".join(["a=b"] * 300), {}, "", 400),
    "no form we have": ("GET", "/sparql?query=ASK%7B%7D", {"Accept": "image/png"}, "", 406),
    "no description we have": ("GET", "/sparql", {"Accept": "image/png"}, "", 406),
    "PUT": ("PUT", "/sparql", {}, "", 405),
    "DELETE": ("DELETE", "/sparql?query=ASK%7B%7D", {}, "", 405),
    "POST to the explorer": ("POST", "/", {}, "", 405),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_answered_has_a_reason(served: Served, case: str) -> None:
    """A request that cannot be answered gets its status and one line of plain text, without a path of ours."""
    method, path, headers, body, status = REFUSED[case]
    reply = served.request(method, path, headers, body or None)
    assert reply.status == status, reply.text
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert len(reply.text.splitlines()) == 1
    assert "/home" not in reply.text
    assert str(HERE) not in reply.text
    if status == 405:
        assert {"GET", "HEAD", "OPTIONS"} <= set(reply.headers["allow"].split(", "))


def test_the_data_set_can_be_chosen(served: Served) -> None:
    """A request that names graphs asks these and no others: those we have not are empty."""
    assert served.ask("ASK { ?s ?p ?o }").json()["boolean"] is True
    for name in ("default-graph-uri", "named-graph-uri"):
        reply = served.ask("ASK { ?s ?p ?o }", **{name: "https://example.org/elsewhere"})
        assert reply.json()["boolean"] is False


def test_no_query_reads_a_file(served: Served, exports: Path) -> None:
    """FROM a file is FROM an empty graph."""
    reply = served.ask("SELECT * FROM <FILE> { ?s ?p ?o }".replace("FILE", (exports / "graph.nt").as_uri()))
    assert reply.json()["results"]["bindings"] == []


def test_head_says_what_get_says(served: Served) -> None:
    """HEAD has the headers of GET and no body."""
    path = "/sparql?" + urlencode({"query": SELECT})
    head, get = served.request("HEAD", path), served.request("GET", path)
    assert head.status == get.status == 200
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


@pytest.mark.parametrize("path", ["/sparql", "/", "/health", "/.well-known/void"])
def test_options_tell_the_methods(served: Served, path: str) -> None:
    """OPTIONS tells what is allowed, and lets scripts of other sites read."""
    headers = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    reply = served.request("OPTIONS", path, headers)
    assert reply.status == 204
    assert {"GET", "HEAD", "OPTIONS"} <= set(reply.headers["allow"].split(", "))
    assert reply.headers["access-control-allow-origin"] == "*"
    assert ("POST" in reply.headers["access-control-allow-methods"]) is (path == "/sparql")


def test_an_answer_already_known_is_not_sent_again(served: Served) -> None:
    """With its ETag or its date, an unchanged answer is 304; another query, form or a date before is not."""
    path = "/sparql?" + urlencode({"query": SELECT})
    first = served.get(path)
    for headers in ({"if_none_match": first.headers["etag"]}, {"if_modified_since": first.headers["last-modified"]}):
        again = served.get(path, **headers)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    assert served.get(path, if_none_match=first.headers["etag"], accept="text/csv").status == 200
    assert served.get(path, if_none_match='W/"other"').status == 200
    assert served.get(path, if_modified_since="Mon, 01 Jan 1990 00:00:00 GMT").status == 200
    assert served.get(path, if_modified_since="the other day").status == 200
    other = "/sparql?" + urlencode({"query": SELECT + " #"})
    assert served.get(other, if_none_match=first.headers["etag"]).status == 200


def test_what_changes_with_every_asking_has_no_tag(served: Served) -> None:
    """The answer to a query about now or chance is never taken for known."""
    reply = served.ask("SELECT (RAND() AS ?n) {}")
    assert "etag" not in reply.headers
    assert "last-modified" not in reply.headers


def test_long_answers_are_compressed_for_those_who_can_read_it(served: Served) -> None:
    """Compression comes when it is accepted, holds the same, and only then."""
    path = "/sparql?" + urlencode({"query": EVERYTHING})
    plain, packed = served.get(path), served.get(path, accept_encoding="gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body)
    assert "content-encoding" not in served.get(path, accept_encoding="gzip;q=0").headers


@READS_JSON_LD
@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json", ""])
def test_the_bare_endpoint_describes_itself(served: Served, accept: str) -> None:
    """The service description names the endpoint, the language, the forms and the size of the data."""
    reply = served.get("/sparql", accept=accept)
    form = {"application/rdf+xml": "xml", "application/ld+json": "json-ld"}.get(accept, "turtle")
    triples = rdflib.Graph().parse(data=reply.body, format=form)
    endpoint = rdflib.URIRef(served.address + "/sparql")
    assert (endpoint, rdflib.RDF.type, SD.Service) in triples
    assert (endpoint, SD.supportedLanguage, SD.SPARQL11Query) in triples
    assert len(set(triples.objects(endpoint, SD.resultFormat))) == 8
    assert [int(str(number)) for number in triples.objects(None, VOID.triples)] == [served.count()]


def test_the_data_is_described(served: Served) -> None:
    """The VoID page counts triples, classes and properties as queries do, and names the endpoint."""
    triples = rdflib.Graph().parse(data=served.get("/.well-known/void").body, format="turtle")
    data = rdflib.URIRef(served.address + "/.well-known/void#data")
    assert (data, VOID.sparqlEndpoint, rdflib.URIRef(served.address + "/sparql")) in triples
    assert triples.value(data, VOID.triples) == rdflib.Literal(served.count())
    parts = [triples.value(part, VOID.triples) for part in triples.objects(data, VOID.propertyPartition)]
    assert sum(int(str(number)) for number in parts) == served.count()


def test_a_browser_is_sent_to_the_page(served: Served) -> None:
    """Who opens the endpoint in a browser is sent to where one can ask."""
    reply = served.get("/sparql", accept="text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert (reply.status, reply.headers["location"]) == (303, "/query")


@pytest.mark.parametrize("host", ["", "a b", "<script>", "x" * 300 + "\u00e9", "[::1", 'a"b'])
def test_a_host_that_is_none_is_not_repeated(served: Served, host: str) -> None:
    """Whatever a client calls us, descriptions are valid RDF."""
    reply = served.request("GET", "/sparql", {"Host": host.encode("latin-1", "replace").decode("latin-1")})
    assert reply.status in {200, 400}
    if reply.status == 200:
        rdflib.Graph().parse(data=reply.body, format="turtle")


def test_the_explorer_is_at_the_root(served: Served, exports: Path) -> None:
    """The explorer page is what the build wrote, marked as one that no other page may show."""
    reply = served.get("/")
    assert is_page(reply, exports / "explorer.html")
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
    assert served.get("/", if_none_match=reply.headers["etag"]).status == 304
    assert gzip.decompress(served.get("/", accept_encoding="gzip").body) == reply.body


@pytest.mark.parametrize("path", ["/sparql", "/", "/health", "/sparql?query=nonsense", "/no/such/page"])
def test_every_reply_says_what_a_browser_may_do(served: Served, path: str) -> None:
    """Security headers stand on all replies, refusals included, and the server does not say what it is made of."""
    headers = served.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["access-control-allow-origin"] == "*"
    assert "server" not in headers


@pytest.mark.parametrize("path", ["/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/graph.nt"])
def test_no_path_leads_out(served: Served, path: str) -> None:
    """No path reaches a file."""
    assert served.get(path).status == 404


def test_health_tells_the_version(served: Served) -> None:
    """The health check says how much is served, without a query."""
    health = served.get("/health").json()
    assert health["status"] == "ok"
    assert health["triples"] == served.count()


def test_other_sites_can_be_kept_out(exports: Path) -> None:
    """With --no-cors no reply lets the scripts of other sites read, and no other site's name leads here."""
    with serving(exports, "--no-cors", "--name", "Own.example") as served:
        for host in ("localhost", "LOCALHOST:80", "a.localhost", "127.0.0.1:1", "[::1]", "[::1]:80", "own.example:443"):
            assert served.get("/health", host=host).status == 200, host
        for host in (
            "rebound.example",
            "localhost.example",
            "127.0.0.1.example:80",
            "[own.example]",
            "own.example.org",
        ):
            reply = served.get("/sparql?query=ASK%7B%7D", host=host)
            assert (reply.status, "Unknown host" in reply.text) == (421, True), host
        assert "access-control-allow-origin" not in served.ask(SELECT).headers
        assert "access-control-allow-origin" not in served.request("OPTIONS", "/sparql").headers
