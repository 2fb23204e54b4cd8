"""The server's pages as a client sees them: search, nodes, linked data, assets."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote, urlencode

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

import graph
from graph.evidence import EvidenceWriter
from graph.publishing.exports import INFO_FILE
from graph.records import Provider

pytest.importorskip("starlette", reason="needs the extra `serve`")
pytest.importorskip("uvicorn", reason="needs the extra `serve`")

from graph.markup import tag
from graph.serving.data import Dataset
from graph.serving.limits import Limits
from graph.serving.pages.plain_words import plain_number
from graph.serving.pages.query import examples
from graph.urls import is_iri, is_web_address
from tests.atlases import BASE as ATLAS
from tests.atlases import articles_of, topic, truth_of
from tests.builds import put
from tests.folders import write_files
from tests.served import Reply, Served, serving, until

BASE = "https://site.example/"
PAGE = "text/html,application/xhtml+xml,*/*;q=0.8"
HOSTILE = "</script><script>window.owned=1</script><img src=x onerror=window.owned=1>"
FIRST = "https://news.example/first"
DOCUMENTS = {
    "first.md": f"""\
---
title: "First <b>things</b> & 'second'"
type: article
webUrl: {FIRST}
excerpt: "{HOSTILE}"
topics: [Robots, Élan]
provider: {{name: The Daily, domain: daily.example}}
authors: [Ada]
publishedDateTime: 2023-05-23T06:51:00Z
duration: "1:02:00"
related:
  - {{title: Elsewhere, webUrl: "https://other.example/a?b=1&c=2"}}
---
""",
    "plain.md": "A text of its own\n\nWithout an address.\n",
    "own.md": f"---\ntitle: The site's own\nwebUrl: {BASE}news/one?page=2\n---\n",
    "_config.yml": f"url: {BASE}\ntitle: The <i>Robots'</i>  Own\n",
    "_data/topics/robots.yaml": "name: Robots\nparent: machines\nkeywords: [machine]\n",
    "_data/topics/machines.yaml": "name: Machines\n",
}
MANY = 30
MANY_LINKS = 9_000


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a server of a small site, one topic of which has many articles."""
    folder = write_files(tmp_path_factory.mktemp("site"), DOCUMENTS)
    for number in range(MANY):
        text = f"---\ntitle: Robot {number:02}\nwebUrl: https://news.example/{number}\ntopics: [Robots]\n---\n"
        (folder / f"many{number}.md").write_text(text, encoding="utf-8")
    out = tmp_path_factory.mktemp("out")
    graph.publish(graph.build(folder), out, formats="nt,search,html")
    with serving(out) as server:
        yield server


def node(served: Served, iri: str, accept: str = PAGE, **fields: str) -> Reply:
    """Return the reply about a node."""
    return served.get("/node?" + urlencode({"iri": iri, **fields}), accept=accept)


def test_the_page_of_an_article_tells_all(served: Served) -> None:
    """An article's page tells its facts in words, and links to everything it is related to."""
    reply = node(served, FIRST)
    assert reply.status == 200
    text = re.sub(r"<[^>]+>", " ", reply.text)
    for told in [
        "First things &amp; &#x27;second&#x27;",
        "23 May 2023",
        "first.md",
        "Article",
    ]:
        assert told in text, told
    assert ">1 h 2 min<" in reply.text
    for iri in [
        f"{BASE}topic/robots",
        f"{BASE}person/ada",
        "https://daily.example/#organization",
        "https://other.example/a?b=1&c=2",
    ]:
        assert f"/node?iri={quote(iri, safe='')}" in reply.text, iri
    assert f'href="{FIRST}"' in reply.text


def test_the_site_has_its_own_title(served: Served) -> None:
    """Pages and the description of the data call the site by the title that its configuration says."""
    assert "· The &lt;i&gt;Robots&#x27;&lt;/i&gt; Own</title>" in node(served, FIRST).text
    assert '"The <i>Robots\'</i> Own"' in served.get("/.well-known/void").text


def test_the_page_of_a_topic_tells_who_points_to_it(served: Served) -> None:
    """A topic's page lists the first of its articles, counts them all, and offers the query for the rest."""
    reply = node(served, f"{BASE}topic/robots")
    assert "Wider topics" in reply.text
    assert f'Articles about it <span class="count">{MANY + 1}</span>' in reply.text
    assert f"All {MANY + 1}, by a query" in reply.text
    assert len(re.findall(r">Robot \d\d<", reply.text)) == 24


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a server of articles and a topic that link to each other, of two organisations, and of a page of links."""
    first, second, everything = articles_of({"1": "roses", "2": "", "everything": ""})
    outside = ("https://outside.example/?a=1&b=2", "javascript:alert(1)")
    many = tuple(f"https://outside.example/{number:05}" for number in range(MANY_LINKS))
    articles = [
        replace(first, links=(second.iri, f"{ATLAS}topic/roses"), cites=outside, provider="https://m.example/#learn"),
        replace(second, links=(first.iri,)),
        replace(everything, links=(first.iri, second.iri), cites=many),
    ]
    truth = truth_of(articles, [topic("roses", links=(first.iri,))])
    above = Provider("https://m.example/#organization", "M")
    below = Provider("https://m.example/#learn", "M Learn", parent=above.iri)
    out = tmp_path_factory.mktemp("linked")
    knowledge = graph.KnowledgeGraph(replace(truth, providers={below.iri: below, above.iri: above}))
    graph.publish(knowledge, out, formats="nt,search")
    with serving(out) as server:
        yield server


@pytest.fixture(scope="module")
def quoting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a build of two notes, one of which links to the other in a hostile sentence."""
    folder = tmp_path_factory.mktemp("quoting")
    (folder / "site").mkdir()
    said = html.escape(HOSTILE)
    (folder / "site" / "one.md").write_text(f"# One\n\nText {said} and [the {said} words](two.md) too.\n")
    (folder / "site" / "two.md").write_text("# Two\n\nText.\n")
    graph.publish(graph.build(folder / "site"), folder / "out", formats="nt,evidence")
    return folder / "out"


def test_links_are_quoted_in_both_directions(quoting: Path) -> None:
    """Below a link out or in stand line and sentence, its words stressed, and nothing of it is markup."""
    with serving(quoting) as server:
        for name in ("one", "two"):
            reply = node(server, f"https://example.org/article/{name}")
            assert '<span title="one.md:3">line 3</span>: <q dir="auto">' in reply.text
            assert f"<em>the {html.escape(HOSTILE)} words</em>" in reply.text
            assert "<script>window" not in reply.text
            assert "<img" not in reply.text


def test_other_lines_are_another_page(quoting: Path, tmp_path: Path) -> None:
    """Where only the evidence was replaced, the page is sent anew with what it says now."""
    shutil.copytree(quoting, tmp_path / "out")
    iri = "https://example.org/article/one"
    with serving(tmp_path / "out") as server:
        before = node(server, iri)
        table = EvidenceWriter()
        table.add(iri, "links", "moved.md", [(7, "https://example.org/article/two")], [("w", "a w b")])
        table.table().write(tmp_path / "new")
        put(tmp_path / "out", "evidence.data", (tmp_path / "new").read_bytes())
        until(lambda: 'title="moved.md:7"' in node(server, iri).text)
        assert node(server, iri).headers["etag"] != before.headers["etag"]


@pytest.mark.parametrize("damage", ["cut short", "garbage", "another version", "missing"])
def test_damaged_evidence_is_told_and_costs_nothing_else(quoting: Path, tmp_path: Path, damage: str) -> None:
    """Whatever is wrong with the evidence, the page of a node lists what it links to, and no traceback is seen."""
    shutil.copytree(quoting, tmp_path / "out")
    path = tmp_path / "out" / "evidence.data"
    content = bytearray(path.read_bytes())
    if damage == "cut short":
        path.write_bytes(content[:-9])
    elif damage == "another version":
        path.write_bytes(content[:20] + b"\x09" + content[21:])
    elif damage == "garbage":
        end = content.rindex(b'{"facts"')
        path.write_bytes(content[:64] + b"\xff" * (end - 64) + content[end:])
    else:
        path.unlink()
    with serving(tmp_path / "out") as server:
        reply = node(server, "https://example.org/article/one")
        assert reply.status == 200
        assert headings(reply) == {"Links to": 1}
        assert 'class="quote"' not in reply.text
        assert ("Build again" in reply.text) == (damage == "garbage")
        assert server.get("/health").status == 200
    with pytest.raises(graph.GraphError):
        graph.open_exports(tmp_path / "out").evidence(
            "https://example.org/article/one", "https://example.org/article/two"
        )


def headings(reply: Reply) -> dict[str, int]:
    """Return the headings of a page's lists with the numbers beside them."""
    found = re.findall(r'<h2[^>]*>([^<]+) <span class="count">([\d,]+)</span>', reply.text)
    return {html.unescape(name): int(number.replace(",", "")) for name, number in found}


def test_links_are_told_in_both_directions(linked: Served) -> None:
    """A node's page lists what it links to and what links to it, whatever their kinds, and its links to the outside."""
    reply = node(linked, "https://news.example/1")
    assert headings(reply) == {"Links to": 2, "Linked from": 1, "Links outside": 2}
    assert 'href="https://outside.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow"' in reply.text
    assert "javascript:alert(1)" in reply.text
    assert "javascript:" not in " ".join(re.findall(r'href="[^"]*"', reply.text))
    assert "rdfs:label" not in reply.text
    assert headings(node(linked, f"{ATLAS}topic/roses")) == {"Links to": 1, "Articles about it": 1}


def test_what_is_linked_both_ways_is_listed_once(linked: Served) -> None:
    """A node that is linked to and links back stands once on the page, with words that say so."""
    page = node(linked, "https://news.example/1").text
    both = {"https://news.example/2", f"{ATLAS}topic/roses"}
    beside = set()
    for iri, inside in re.findall(r'<a href="/node\?iri=([^"]+)" class="to">(.*?)</a>', page):
        if ">both ways</span>" in inside:
            beside.add(unquote(iri))
    assert beside == both
    assert page.count(quote("https://news.example/2", safe="")) == 1
    assert "both ways" not in node(linked, "https://news.example/everything").text


def test_the_query_for_the_rest_leaves_out_what_is_listed_both_ways(tmp_path: Path) -> None:
    """Where more nodes point here than are listed, their number and their query are without those both ways."""
    hub, *others = articles_of({"hub": "", **{f"{number:02}": "" for number in range(40)}})
    linking = [replace(other, links=(hub.iri,)) for other in others]
    back = tuple(other.iri for other in others[:10])
    graph.publish(graph.KnowledgeGraph(truth_of([replace(hub, links=back), *linking])), tmp_path, formats="nt")
    with serving(tmp_path) as server:
        reply = node(server, hub.iri)
        assert headings(reply) == {"Links to": 10, "Linked from": 30}
        assert reply.text.count(">both ways</span>") == 10
        (query,) = re.findall(r'href="/query\?query=([^"]+)">All 30, by a query', reply.text)
        rows = server.get("/sparql?query=" + query, accept="application/sparql-results+json").json()
        assert len(rows["results"]["bindings"]) == 30
        assert not set(back) & {row["node"]["value"] for row in rows["results"]["bindings"]}


def test_a_page_begins_with_what_it_is_about(served: Served) -> None:
    """Title, author, day, topics and summary come before what can be done; data and IRI are last."""
    text = node(served, FIRST).text
    order = ["<h1", "The Daily", ">Ada<", "23 May 2023", ">Robots<", "&lt;/script&gt;", "Open the article"]
    order += [">Related articles", ">Facts<", "SPARQL for this", "Copy IRI"]
    places = [text.index(one, text.index("<main")) for one in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("4.645705", "4.65"),
        ("4.0", "4"),
        ("100.0", "100"),
        ("-0.001", "0"),
        ("1.5E1", "15"),
        ("0.5", "0.5"),
        ("1E999999999", "1E999999999"),
        ("1E-999999999", "0"),
        ("NaN", "NaN"),
        ("much", "much"),
    ],
)
def test_numbers_have_at_most_two_decimals(value: str, words: str) -> None:
    """A number is rounded to two decimals without zeros at the end, and what is not a number stays."""
    assert plain_number(value) == words


def test_a_page_rounds_numbers(tmp_path: Path) -> None:
    """A fact with many decimals is shown with two, and all of them are in its tooltip."""
    rated = "---\ntitle: A\nwebUrl: https://news.example/a\nratings: {average: 4.645705, count: 3}\n---\n"
    graph.publish(graph.build_from([rated]), tmp_path, formats="nt")
    with serving(tmp_path) as server:
        assert '<span title="4.645705">4.65</span>' in node(server, "https://news.example/a").text


def test_an_organisation_tells_what_it_is_part_of(linked: Served) -> None:
    """A provider's page leads to the one above it, and that one's to those below."""
    assert headings(node(linked, "https://m.example/#learn")) == {"Part of": 1, "Articles": 1}
    assert headings(node(linked, "https://m.example/#organization")) == {"Organisations below": 1}


def test_thousands_of_links_hide_nothing_else(linked: Served) -> None:
    """A page of links has its title and its own lists, tells how many links there are, and offers a query for all."""
    reply = node(linked, "https://news.example/everything")
    assert ">Article everything</h1>" in reply.text
    assert headings(reply) == {"Links to": 2, "Links outside": MANY_LINKS}
    assert len(reply.text) < 100_000
    (query,) = re.findall(r'href="/query\?query=([^"]+)">All', reply.text)
    rows = linked.ask(unquote(html.unescape(query).replace("+", " "))).json()["results"]["bindings"]
    assert len(rows) == MANY_LINKS


def test_content_cannot_become_markup(served: Served) -> None:
    """Whatever titles and summaries hold is text on every page."""
    for path in (
        "/node?" + urlencode({"iri": FIRST}),
        "/search?q=first",
        "/search?" + urlencode({"q": HOSTILE}),
        "/query?" + urlencode({"query": HOSTILE}),
    ):
        reply = served.get(path, accept=PAGE)
        assert reply.status == 200
        assert "<script>" not in reply.text
        assert "<img" not in reply.text


@pytest.mark.parametrize("path", ["/query", "/search?q=robot", f"/node?iri={FIRST}", "/nowhere", "/node?iri=x"])
def test_pages_allow_nothing_but_our_own(served: Served, path: str) -> None:
    """Each page, errors among them, allows only files of ours by its policy, and holds no script or style itself."""
    reply = served.get(path, accept=PAGE)
    assert reply.headers["content-type"].startswith("text/html")
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<style|<script(?! src=)|<[^>]*\s(?:on\w+|style)=|<[^>]*javascript:", reply.text)
    assert set(re.findall(r'<script src="([^"]+)"', reply.text)) <= set(re.findall(r'"(/assets/[^"]+)"', reply.text))


@pytest.mark.parametrize(
    ("accept", "form", "reader"),
    [
        ("text/turtle", "ttl", RdfFormat.TURTLE),
        ("application/n-triples", "nt", RdfFormat.N_TRIPLES),
        ("application/ld+json", "jsonld", RdfFormat.JSON_LD),
        ("application/rdf+xml", "rdfxml", RdfFormat.RDF_XML),
    ],
)
def test_a_node_is_data_too(served: Served, accept: str, form: str, reader: RdfFormat) -> None:
    """By its Accept header, or by `format`, a client gets all triples about a node, in both directions."""
    for reply in (node(served, f"{BASE}topic/robots", accept), node(served, f"{BASE}topic/robots", format=form)):
        assert reply.status == 200
        assert reply.headers["content-type"].startswith(accept)
        assert "accept" in reply.headers["vary"].lower()
        triples = {(one.subject, one.predicate, one.object) for one in pyoxigraph.parse(reply.body, format=reader)}
        topic = pyoxigraph.NamedNode(f"{BASE}topic/robots")
        assert (pyoxigraph.NamedNode(FIRST), pyoxigraph.NamedNode("https://schema.org/about"), topic) in triples
        assert (topic, pyoxigraph.NamedNode("https://schema.org/name"), pyoxigraph.Literal("Robots")) in triples


def test_an_iri_answers_itself(served: Served) -> None:
    """A path of BASE is the node of that name: a browser is sent to its page, a program to its data."""
    reply = served.get("/topic/robots", accept=PAGE)
    assert reply.status == 303
    assert reply.headers["location"] == f"/node?iri={quote(BASE + 'topic/robots', safe='')}"
    reply = served.get("/topic/robots", accept="text/turtle")
    assert (reply.status, reply.headers["location"]) == (
        303,
        f"/node?iri={quote(BASE + 'topic/robots', safe='')}&format=ttl",
    )
    assert served.get(reply.headers["location"]).status == 200
    reply = served.get("/topic/robots.ttl")
    assert (reply.status, reply.headers["content-type"]) == (200, "text/turtle; charset=utf-8")
    assert served.get("/person/ada.jsonld").headers["content-type"] == "application/ld+json"


def test_any_iri_of_the_host_answers_itself(served: Served) -> None:
    """A server that is called what BASE says answers for all names below it; one called otherwise, for minted names."""
    own = served.get("/news/one?page=2", accept=PAGE, host="site.example")
    assert own.status == 303
    assert served.get(own.headers["location"], accept=PAGE).status == 200
    assert served.get("/news/one", accept=PAGE, host="site.example").status == 404
    assert served.get("/news/one?page=2", accept=PAGE).status == 404


def test_letters_of_any_script_may_be_encoded(served: Served) -> None:
    """A name beyond ASCII answers as browsers send it, percent-encoded."""
    for path in ("/topic/%C3%A9lan", "/topic/%C3%A9lan.nt"):
        assert served.get(path, accept=PAGE).status in {200, 303}


@pytest.mark.parametrize(
    "path",
    [
        "/topic/none",
        "/topic/robots.exe",
        "/topic/%5B",
        "/nothing",
        "/assets/none.css",
        "/assets/..%2f..%2fnode.py",
        "/topic/%FF",
        "/topic/a%00b",
        "/topic/%3E%20.%20%7D",
    ],
)
def test_what_is_not_there_is_not_found(served: Served, path: str) -> None:
    """A path without a node is told, as a page to a browser and as a line to a program."""
    assert served.get(path, accept=PAGE).status == 404
    reply = served.get(path, accept="text/turtle")
    assert reply.status == 404
    assert reply.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "iri",
    [
        "",
        "robots",
        "https://x.example/> } SELECT",
        "https://x.example/\\u003e",
        "https://x.example/ ",
        "a:" + "b" * 9_000,
        "https://x.example/\0",
    ],
)
def test_no_iri_can_leave_its_place_in_a_query(served: Served, iri: str) -> None:
    """What is no IRI is refused before any query is made of it."""
    assert not is_iri(iri)
    assert node(served, iri).status == (404 if is_iri(iri.strip()) else 400)


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "urn:x#y", "mailto:a'b@x.example"])
def test_no_node_has_another_scheme(served: Served, iri: str) -> None:
    """What can be no node is told in words about the IRI, and not about a query."""
    reply = served.get(f"/node?iri={quote(iri, safe='')}", accept="text/turtle")
    assert (reply.status, reply.text.startswith("There is no valid IRI.")) == (400, True)


def test_an_unknown_iri_and_form_are_told(served: Served) -> None:
    """A node nobody knows is 404, a form we have not 406, a format that does not exist 400."""
    assert node(served, "https://x.example/none").status == 404
    assert node(served, "https://x.example/none", "text/turtle").status == 404
    assert node(served, FIRST, "image/png").status == 406
    assert node(served, FIRST, format="exe").status == 400


def test_search_is_a_page_and_json(served: Served) -> None:
    """The same answers, ranked, as a page and as JSON."""
    page = served.get("/search?q=robo", accept=PAGE)
    assert f"{MANY + 2} nodes found." in page.text
    assert "<mark>Robots</mark>" in page.text
    for reply in (
        served.get("/search?q=robo", accept="application/json"),
        served.get("/search?q=robo&format=json", accept=PAGE),
    ):
        said = reply.json()
        assert (said["total"], len(said["results"])) == (MANY + 2, 20)
        assert said["results"][0]["iri"] == f"{BASE}topic/robots"
        assert reply.headers["vary"] == "Accept, Accept-Encoding"
    for form in ("html", "json"):
        packed = served.get(f"/search?q=robo&format={form}", accept_encoding="gzip")
        assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept, Accept-Encoding")
    second = served.get("/search?q=robo&page=2&format=json").json()
    assert len(second["results"]) == MANY + 2 - 20
    assert served.get("/search?q=robo&kind=topic&format=json").json()["total"] == 1


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ("kind=topics", "There is no kind 'topics'. Choose one of article, provider, topic, person."),
        ("page=0", "A page is a number from 1 to 500."),
        ("page=two", "A page is a number from 1 to 500."),
        ("page=501", "A page is a number from 1 to 500."),
        ("format=xml", "Results are available as html and json."),
    ],
)
def test_a_search_with_a_slip_is_refused(served: Served, odd: str, told: str) -> None:
    """A program that asks for a kind, page or format that there is not is told so, and gets no other answer."""
    reply = served.get(f"/search?q=robo&{odd}", accept="application/json")
    assert (reply.status, reply.text.strip()) == (400, told)
    assert served.get("/search?q=robo&kind=&page=&format=html", accept="application/json").text.startswith("<!DOCTYPE")


def test_search_says_what_it_guessed(served: Served) -> None:
    """Words spelled like nothing find what they come near, and the page and its JSON say so."""
    line = "No exact match; these names are similar."
    assert line in served.get("/search?q=robtos", accept=PAGE).text
    assert line not in served.get("/search?q=robots", accept=PAGE).text
    said = served.get("/search?q=robtos&format=json").json()
    assert said["guessed"]
    assert said["results"] == served.get("/search?q=robots&format=json").json()["results"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"q": ""},
        {"q": '"*()'},
        {"q": "a" * 5000},
        {"q": "robo", "page": "-1"},
        {"q": "robo", "page": "9" * 30},
        {"q": "robo", "page": "²"},
        {"q": "robo", "kind": "nothing"},
    ],
)
def test_no_search_is_an_error(served: Served, fields: dict[str, str]) -> None:
    """Any words, page and kind get an answer."""
    assert served.get("/search?" + urlencode(fields), accept=PAGE).status == 200


def test_assets_are_kept_for_good(served: Served) -> None:
    """Styles and scripts have names that change with their content, so that browsers may keep them."""
    places = re.findall(r'"(/assets/[^"]+)"', served.get("/query", accept=PAGE).text)
    assert len(places) == 4
    for place in places:
        reply = served.get(place)
        assert reply.status == 200
        assert "immutable" in reply.headers["cache-control"]
        assert served.get(place, if_none_match=reply.headers["etag"]).status == 304


def test_an_unchanged_page_is_not_sent_again(served: Served) -> None:
    """A client that holds a node's page or data asks whether it still is the same."""
    for accept in (PAGE, "text/turtle"):
        reply = node(served, FIRST, accept)
        held = served.get(f"/node?iri={quote(FIRST, safe='')}", accept=accept, if_none_match=reply.headers["etag"])
        assert (held.status, held.body) == (304, b"")
        other = served.get(f"/node?iri={quote(FIRST, safe='')}", accept="text/csv, text/html;q=0.1", if_none_match="x")
        assert other.status == 200


def test_the_examples_are_offered_and_answered(served: Served) -> None:
    """Every example query of the project stands on the query page by its title, and the server answers it."""
    page = served.get("/query", accept=PAGE).text
    for example in examples():
        assert html.escape(example.title) in page
        assert served.ask(example.sparql, "application/sparql-results+json, text/turtle").status == 200, example.title


def test_elements_escape_what_they_hold() -> None:
    """Text and attributes are escaped, elements are not escaped twice, and nothing is written for nothing."""
    inner = tag("b", "<&>")
    assert tag("p", inner, None, ["a", 1], class_="x", data_y='"', hidden=True, title=None) == (
        '<p class="x" data-y="&quot;" hidden><b>&lt;&amp;&gt;</b>a1</p>'
    )
    assert tag("br") == "<br>"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/b", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https:///x", False),
        ("//a.example", False),
        ("", False),
        (None, False),
        ("http://[", False),
    ],
)
def test_only_web_addresses_are_links(address: str | None, expected: bool) -> None:  # noqa: FBT001 - a row of a table
    """A page links out to http and https only."""
    assert is_web_address(address) is expected


def test_a_graph_without_index_says_so(tmp_path: Path) -> None:
    """Where the build wrote no search index, the search page says how to get one."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "one.md").write_text("# One\n", encoding="utf-8")
    graph.publish(graph.build(tmp_path / "site"), tmp_path / "out", formats="nt")
    with serving(tmp_path / "out") as server:
        reply = server.get("/search?q=one", accept=PAGE)
        assert reply.status == 404
        assert "--format search" in reply.text
        assert server.get("/search?q=one&format=json").status == 404


def test_a_page_names_what_the_site_adds(tmp_path: Path) -> None:
    """The relations and literals of a site's settings have their own headings, from both ends."""
    settings = (
        '[relations.reviews]\nlabel = "Reviews <b>"\ninverse = "Reviewed by"\n[literals.level]\nlabel = "Grade"\n'
    )
    one = "---\ntitle: One\nwebUrl: https://news.example/one\nreviews: https://news.example/two\nlevel: hard\n---\n"
    two = "---\ntitle: Two\nwebUrl: https://news.example/two\n---\n"
    site = tmp_path / "site"
    site.mkdir()
    for name, text in {"article-graph.toml": settings, "one.md": one, "two.md": two}.items():
        (site / name).write_text(text, encoding="utf-8")
    graph.publish(graph.build(site), tmp_path / "out", formats="nt")
    with serving(tmp_path / "out") as server:
        reviewing, reviewed = (node(server, f"https://news.example/{name}").text for name in ("one", "two"))
    assert "Reviews &lt;b&gt;" in reviewing
    assert ">Grade</dt>" in reviewing
    assert "Reviewed by" in reviewed


def test_damaged_names_do_not_stop_a_server(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """If what the site adds cannot be read, the rest is served, and the log says so."""
    graph.publish(graph.build_from(["# A\n"]), tmp_path, formats="nt")
    numbers = json.loads((tmp_path / INFO_FILE).read_text(encoding="utf-8"))
    put(tmp_path, INFO_FILE, json.dumps({**numbers, "vocabulary": {"relations": [{}]}}))
    zygote, site = Dataset(tmp_path).open(Limits())
    zygote.close()
    assert not site.relation_names
    assert not site.fact_names
    assert site.triples
    assert "Serving without the names" in caplog.text
