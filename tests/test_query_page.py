"""The query page, the search page and node pages in a real browser, on a real server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

import graph

pytest.importorskip("starlette", reason="needs the extra `serve`")
pytest.importorskip("uvicorn", reason="needs the extra `serve`")

from tests.audit import audit, load_auditor
from tests.served import Served, serving
from tests.tabs import lent, listening

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
HOSTILE = "<img src=x onerror=window.owned=1></textarea><script>window.owned=1</script>"
FIRST = "https://news.example/first"
COUNTING = (
    "SELECT ?article ?title ?words WHERE { ?article schema:headline ?title ; schema:wordCount ?words } ORDER BY ?title"
)

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a server of a small site with hostile titles."""
    folder = tmp_path_factory.mktemp("site")
    text = "---\ntitle: {title}\nwebUrl: {url}\ntopics: [Robots]\nexcerpt: Of robots.\n---\nSome words.\n"
    (folder / "first.md").write_text(text.format(title="A first article", url=FIRST), encoding="utf-8")
    (folder / "hostile.md").write_text(
        text.format(title=f"'{HOSTILE}'", url="https://news.example/x"), encoding="utf-8"
    )
    out = tmp_path_factory.mktemp("out")
    graph.publish(graph.build(folder), out, formats="nt,search,html")
    with serving(out) as server:
        yield server


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[Open]:
    """Return an opener of the server's pages; none may complain, ask another server, or be taken over."""
    pages: list[Page] = []
    complaints: list[str] = []

    def complain(message: Any) -> None:  # noqa: ANN401
        if "400 (Bad Request)" not in message.text:
            complaints.append(f"{message.type}: {message.text}")

    listeners: dict[Any, Callable[[Any], None]] = {
        "console": complain,
        "pageerror": lambda error: complaints.append(str(error)),
        "dialog": lambda dialog: complaints.append(f"dialog: {dialog.message}"),
        "request": lambda request: (
            None if request.url.startswith((served.address, "data:", "blob:")) else complaints.append(request.url)
        ),
    }
    with ExitStack() as stack:

        def open_page(path: str, viewport: ViewportSize = DESKTOP, **settings: Any) -> Page:  # noqa: ANN401
            page = stack.enter_context(lent(browser, viewport=viewport, reduced_motion="reduce", **settings))
            stack.enter_context(listening(page, listeners))
            pages.append(page)
            page.goto(served.address + path)
            return page

        yield open_page
        owned = [page.url for page in pages if page.evaluate("window.owned")]
    assert complaints == []
    assert owned == []


def asking(sparql: str) -> str:
    """Return the path of the query page with a query in it."""
    return "/query#query=" + quote(sparql, safe="")


def field(page: Page) -> Any:  # noqa: ANN401
    """Return the editor."""
    return page.get_by_label("SPARQL query")


def write(page: Page, sparql: str) -> None:
    """Put a query into the editor."""
    field(page).fill(sparql)


def test_a_query_is_answered_as_a_table(opened: Open) -> None:
    """Ctrl+Enter runs the query; the table has its rows in order, and says how many and how long it took."""
    page = opened("/query")
    write(page, COUNTING)
    field(page).press("Control+Enter")
    expect(page.locator("#answer strong")).to_have_text("2 rows")
    expect(page.locator("#answer .outcome .count")).to_have_text(re.compile(r"^\d+(\.\d)? m?s$"))
    expect(page.locator("#answer th")).to_have_text(["article", "title", "words"])
    expect(page.locator("#answer tbody tr td:nth-child(2)")).to_have_text([HOSTILE, "A first article"])
    expect(page.locator("#answer tbody tr td:nth-child(3)").first).to_have_class("number")


def test_an_iri_leads_to_its_node_and_on(opened: Open, served: Served) -> None:
    """From an answer to the node, from there to its topic, and back to the map."""
    page = opened(asking(COUNTING))
    page.get_by_role("link", name=FIRST).click()
    expect(page.locator("h1")).to_have_text("A first article")
    page.get_by_role("link", name="Robots").click()
    expect(page.locator("h1")).to_have_text("Robots")
    expect(page.locator(".relations li")).to_have_count(2)
    page.get_by_role("link", name="SPARQL for this").click()
    expect(page.locator("#answer pre")).to_contain_text("schema:about")
    page.goto(served.address + "/node?" + urlencode({"iri": FIRST}))
    page.get_by_role("link", name="Show on the map").click()
    expect(page.locator("#card h3, #card h2").filter(has_text="A first article")).to_be_visible()


@pytest.mark.parametrize("path", ["/query", f"/node?iri={quote(FIRST, safe='')}"])
def test_pages_seen_before_work_again(opened: Open, served: Served, path: str) -> None:
    """A page that the browser still holds is as much alive as it was the first time."""
    page = opened(path)
    for again in (served.address + "/", served.address + path, served.address + "/", served.address + path):
        page.goto(again)
    expect(page.locator(".actions .button").last).to_be_visible()
    page.goto(served.address + "/")
    expect(page.locator("canvas#map")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
@pytest.mark.parametrize("path", ["/query", "/search?q=robots", f"/node?iri={quote(FIRST, safe='')}"])
def test_nothing_stands_in_anyones_way(opened: Open, path: str, viewport: ViewportSize) -> None:
    """axe-core finds nothing wrong with the pages, in light and in dark."""
    auditor = load_auditor()
    page = opened(path, viewport, bypass_csp=True)
    faults = audit(page, auditor)
    page.emulate_media(color_scheme="dark")
    assert faults | audit(page, auditor, colours_only=True) == {}


def test_a_link_carries_the_query(opened: Open) -> None:
    """The address holds what was asked, to the letter, and opening it asks again."""
    odd = 'SELECT * WHERE { ?s ?p "a+b & c#d %41 é" }  # 1 + 1'
    page = opened("/query")
    write(page, odd)
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#answer strong")).to_have_text("No rows")
    again = opened(page.url[page.url.index("/query") :])
    expect(field(again)).to_have_value(odd)
    expect(again.locator("#answer strong")).to_have_text("No rows")
    linked = opened("/query?" + urlencode({"query": odd}))
    expect(field(linked)).to_have_value(odd)


def test_a_fault_is_told_beside_its_place(opened: Open) -> None:
    """A malformed query is told inline, with a way to the line at fault."""
    page = opened("/query")
    write(page, "SELECT ?x\nWHERE { ?x a }")
    field(page).press("Control+Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("malformed")
    alert.get_by_role("button", name="Go to line 2").click()
    expect(field(page)).to_be_focused()
    assert field(page).evaluate("(field) => field.selectionStart") > len("SELECT ?x\n")


def test_answers_can_be_downloaded(opened: Open) -> None:
    """A table comes as CSV, a graph as Turtle."""
    page = opened(asking(COUNTING))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    path = download.value.path()
    assert path.read_text(encoding="utf-8").splitlines()[0] == "article,title,words"
    page = opened(asking("CONSTRUCT WHERE { ?a schema:about ?t }"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download Turtle").click()
    assert "schema:about" in download.value.path().read_text(encoding="utf-8")


def test_yes_and_no_are_words(opened: Open) -> None:
    """An ASK is answered in a word."""
    page = opened(asking("ASK { ?a schema:about ?t }"))
    expect(page.locator("#answer .yes")).to_have_text("Yes")


def test_long_answers_come_in_parts(opened: Open) -> None:
    """Of many rows the first are shown, and more when asked for."""
    values = " ".join(map(str, range(450)))
    page = opened(asking(f"SELECT * WHERE {{ VALUES ?n {{ {values} }} }}"))
    expect(page.locator("#answer tbody tr")).to_have_count(200)
    page.get_by_role("button", name="Show more").click()
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("#answer tbody tr")).to_have_count(450)
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


@pytest.mark.parametrize(
    ("sparql", "columns"),
    [("SELECT * { ?s ?p ?o } LIMIT 1", ["s", "p", "o"]), ("SELECT (?p AS ?q) ?p { ?s ?p ?o } LIMIT 1", ["q", "p"])],
)
def test_columns_stand_in_the_order_of_the_query(opened: Open, sparql: str, columns: list[str]) -> None:
    """The columns of `SELECT *` are shown as a reader meets them, and others as they are named."""
    expect(opened(asking(sparql)).locator("#answer th")).to_have_text(columns)


def test_long_queries_are_sent_too(opened: Open) -> None:
    """A query too long for an address is asked all the same."""
    page = opened("/query")
    write(page, "# " + "x" * 20_000 + "\nASK {}")
    field(page).press("Control+Enter")
    expect(page.locator("#answer .yes")).to_have_text("Yes")


def test_colours_lie_exactly_under_the_text(opened: Open) -> None:
    """Whatever is typed, what is painted is the same text, in the same place and size."""
    page = opened("/query")
    same = """() => {
        const [field, paint] = [document.getElementById("query"), document.getElementById("paint")];
        const style = (element, name) => getComputedStyle(element)[name];
        const names = "fontFamily fontSize lineHeight padding letterSpacing whiteSpace width height".split(" ");
        const different = names.filter((name) => style(field, name) !== style(paint, name));
        return [paint.textContent, different, field.scrollHeight - field.clientHeight];
    }"""
    odd = ["SELECT", HOSTILE, '"""', "'", "<a", "# ?x", "\\", "a:b %", "é ?ü 日本", " \n\n ", "{" * 3000]
    for text in odd:
        write(page, text)
        painted, different, hidden = page.evaluate(same)
        assert painted == text + "\n"
        assert different == [], text
        assert hidden <= 0, text


def test_kinds_of_words_have_their_colours(opened: Open) -> None:
    """Keywords, names, variables, texts and comments are told apart."""
    page = opened("/query")
    write(page, 'SELECT ?x WHERE { ?x schema:name "a # b" ; a <http://x.example/#c> } # <end>')
    painted = page.evaluate(
        '() => [...document.querySelectorAll("#paint span")].map((one) => [one.textContent, one.className])'
    )
    assert painted == [
        ["SELECT", "word"], ["?x", "variable"], ["WHERE", "word"], ["?x", "variable"], ["schema:name", "name-of"],
        ['"a # b"', "literal"], ["a", "word"], ["<http://x.example/#c>", "address"], ["# <end>", "comment"],
    ]  # fmt: skip


def test_prefixes_can_be_written_out(opened: Open) -> None:
    """The prefixes that a query uses are written above it when asked for, once."""
    page = opened("/query")
    write(page, "ASK { ?a schema:about ?t . ?t skos:prefLabel 'x' }")
    page.get_by_text("Prefixes").click()
    for _ in range(2):
        page.get_by_role("button", name="Write them out").click()
    told = field(page).input_value().splitlines()
    assert told[:-1] == ["PREFIX schema: <https://schema.org/>", "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"]


def test_searching_leads_to_the_node(opened: Open) -> None:
    """The search box on every page finds nodes, hostile ones too, and they open."""
    page = opened("/query")
    page.get_by_role("searchbox").fill("onerror")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 node found.")
    page.locator(".found a").click()
    expect(page.locator("h1")).to_have_text(HOSTILE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/query", "/search?q=robots", f"/node?iri={quote(FIRST, safe='')}"])
def test_pages_fit_a_phone(opened: Open, path: str, scheme: str) -> None:
    """On a phone nothing sticks out sideways, in the dark and in the light, and the scheme is followed."""
    page = opened(path, PHONE, color_scheme=scheme, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(251, 251, 249)", "dark": "rgb(18, 22, 27)"}[scheme]


def test_pages_work_without_scripts(opened: Open) -> None:
    """Without scripts a query can still be sent, nodes read and searches made."""
    page = opened("/query?" + urlencode({"query": COUNTING}), java_script_enabled=False)
    expect(page.locator("#query")).to_have_value(COUNTING)
    page.get_by_role("searchbox").fill("first")
    page.get_by_role("searchbox").press("Enter")
    page.locator(".found a").first.click()
    expect(page.locator("h1")).to_have_text("A first article")
