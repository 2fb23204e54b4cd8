"""The explorer that answers SPARQL by itself, offline, with the engine of the npm package `oxigraph`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import graph
from graph.cli import main
from graph.errors import SourceError
from graph.explorer import PageOptions, added_bytes, read_engine, to_explorer
from graph.publishing import update
from graph.store import Answer
from tests.audit import audit, load_auditor
from tests.explorers import DESKTOP, PHONE, SITE, iri, opened, point, policy, settle
from tests.page_tools import page_tools
from tests.worlds import built

FORGED = {"package.json": '{"name": "oxigraph", "version": "9", "license": "MIT"}', "web.js": "export class X {}"}

ENDLESS = " ".join(f"VALUES ?x{each} {{ {' '.join(map(str, range(400)))} }}" for each in range(4))
"""A pattern with billions of solutions."""


@pytest.fixture(scope="module")
def package() -> Path:
    """Return the folder of the npm package; skip the calling test, with the reason, where it cannot be had."""
    return page_tools() / "oxigraph"


@pytest.fixture(scope="module")
def knowledge() -> graph.KnowledgeGraph:
    """Return the graph of the small site."""
    return built(SITE)


@pytest.fixture(scope="module")
def path(package: Path, knowledge: graph.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page of the small site with the engine in it."""
    page = tmp_path_factory.mktemp("asking") / "page.html"
    page.write_text(to_explorer(knowledge.truth, options=PageOptions(engine=read_engine(package))), encoding="utf-8")
    return page


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    """Open the page from disk without a network, and its panel."""
    with opened(browser, path) as page:
        page.locator("#open-ask").click()
        yield page


def ask(page: Page, query: str) -> None:
    """Run a query and wait for its answer or its error."""
    page.locator("#query").fill(query)
    page.locator("#query").press("Control+Enter")
    expect(page.locator("#ask-status:text-matches('\\\\bms\\\\.$'), #ask-error p")).to_have_count(1, timeout=60_000)


def rows(page: Page) -> list[list[str]]:
    """Return the cells of the answer."""
    return [row.locator("td").all_inner_texts() for row in page.locator("#answer tbody tr").all()]


QUERIES = [
    "SELECT ?title WHERE { ?a schema:headline ?title } ORDER BY ?title",
    "SELECT ?a ?day WHERE { ?a a schema:VideoObject OPTIONAL { ?a ag:publishedOn ?day } } ORDER BY ?a",
    "SELECT ?label WHERE { ?t skos:broader+ ?wider . ?t skos:prefLabel ?label } ORDER BY ?label",
    "SELECT ?p (COUNT(?a) AS ?n) WHERE { { ?a schema:publisher ?p } UNION { ?p schema:about ?a } } GROUP BY ?p",
    "SELECT ?a WHERE { ?a dcterms:relation|dcterms:references ?b FILTER(STRENDS(STR(?b), 'soil')) } ORDER BY ?a",
    "CONSTRUCT { ?b ag:relatedTo ?a } WHERE { ?a dcterms:relation ?b }",
]


def test_the_page_answers_as_the_library_does(page: Page, knowledge: graph.KnowledgeGraph) -> None:
    """Patterns, OPTIONAL, UNION, FILTER, paths and aggregates have the same answers, as do constructed triples."""
    labels = {node: str(attributes["label"]) for node, attributes in knowledge.network.nodes(data=True)}
    for query in QUERIES:
        ask(page, query)
        answer: Answer = knowledge.query(query)
        expected = [list(row) for row in answer.rows()]
        written = [[labels.get(str(value), "" if value is None else str(value)) for value in row] for row in expected]
        assert sorted(rows(page)) == sorted(written), query
        assert f"{len(written)} row" in page.locator("#ask-status").inner_text()
        page.locator("#ask-clear").click()


def test_yes_and_no(page: Page) -> None:
    """ASK is answered with a word."""
    ask(page, "ASK { ?a schema:headline 'Tulips in May' }")
    assert page.locator("#ask-status").inner_text().startswith("Yes.")
    ask(page, "ASK { ?a schema:headline 'Nothing' }")
    assert page.locator("#ask-status").inner_text().startswith("No.")


def test_nodes_of_the_answer_stand_out_on_the_map(page: Page) -> None:
    """What an answer names is what is lit on the map, until the answer is cleared; its nodes are buttons."""
    everything = page.evaluate("() => window.explorer.page.shown().length")
    ask(page, f"SELECT ?a WHERE {{ ?a dcterms:relation <{iri('tulips')}> }} ORDER BY ?a LIMIT 3")
    lit = "() => [...(window.explorer.page.focus ?? [])].map((node) => window.explorer.atlas.iri(node)).sort()"
    assert page.evaluate(lit) == sorted([iri("bed-0"), iri("bed-1"), iri("bed-10")])
    page.locator("#answer .node").first.click()
    expect(page.locator("#card h2")).to_have_text("Bed number 0")
    assert len(page.evaluate(lit)) == 3
    page.locator("#ask-clear").click()
    assert page.evaluate("() => window.explorer.page.shown().length") == everything


def test_on_a_phone_the_map_stays_in_sight(browser: Browser, path: Path) -> None:
    """The panel takes a third of the height; the answer comes into sight in it, and its nodes above it."""
    with opened(browser, path, viewport=PHONE, is_mobile=True) as page:
        page.locator("#open-more").tap()
        page.locator("#open-ask").tap()
        panel, stage = page.locator("#ask").bounding_box(), page.locator("#stage").bounding_box()
        assert panel
        assert stage
        assert panel["height"] <= stage["height"] / 3 + 1
        expect(page.locator("#run")).to_be_in_viewport()
        ask(page, f"SELECT ?a WHERE {{ ?a dcterms:relation <{iri('tulips')}> }} ORDER BY ?a LIMIT 3")
        expect(page.locator("#answer tbody tr").first).to_be_in_viewport()
        settle(page)
        assert max(point(page, iri(name))[1] for name in ("bed-0", "bed-1", "bed-10")) < panel["y"]


@pytest.mark.parametrize("window", [DESKTOP, PHONE])
def test_a_card_asks_in_the_panel(browser: Browser, path: Path, window: dict[str, int]) -> None:
    """*SPARQL for this* puts the card's query into the panel and runs it, also while another one runs."""
    with opened(browser, path, viewport=window) as page:
        page.evaluate("(iri) => window.explorer.page.change({ node: window.explorer.page.nodeOf(iri) })", iri("tulips"))
        button = page.get_by_role("button", name="SPARQL for this")
        assert button.get_attribute("aria-expanded") is None
        button.click()
        done = page.locator("#ask-status:text-matches('\\\\bms\\\\.$')")
        expect(done).to_have_count(1, timeout=60_000)
        expect(page.locator("#ask")).to_be_visible()
        assert f"<{iri('tulips')}>" in page.locator("#query").input_value()
        assert "Bed number 0" in {cell for row in rows(page) for cell in row}
        page.locator("#run").click(trial=True)  # nothing lies over the panel
        page.locator("#query").fill(f"SELECT (COUNT(*) AS ?n) WHERE {{ {ENDLESS} }}")
        page.locator("#query").press("Control+Enter")
        expect(page.locator("#stop")).to_be_visible()
        page.evaluate("(iri) => window.explorer.page.change({ node: window.explorer.page.nodeOf(iri) })", iri("tulips"))
        button.evaluate("(button) => button.click()")
        expect(done).to_have_count(1, timeout=60_000)
        expect(page.locator("#ask-error")).to_be_empty()
        expect(page.locator("#stop")).to_be_hidden()


def test_errors_have_their_place(page: Page) -> None:
    """An error names line, column and word, the editor selects that place, and no earlier answer is left beside it."""
    ask(page, "SELECT ?a WHERE { ?a schema:headline ?b } LIMIT 1")
    ask(page, "SELECT ?a WHERE {\n  ?a schema:headline }")
    assert page.locator("#ask-error").inner_text() == "Line 2, column 22: “}” is not expected here."
    expect(page.locator("#answer")).to_be_empty()
    chosen = "() => { const { selectionStart, value } = document.activeElement; return value.slice(selectionStart); }"
    assert page.evaluate(chosen) == "}"
    ask(page, "SELECT ?a WHERE { SERVICE <http://elsewhere.example/> { ?a ?b ?c } }")
    assert "not supported" in page.locator("#ask-error").inner_text()


def test_a_query_can_be_stopped(page: Page) -> None:
    """A query that would take for ever is stopped at once, and the next one is answered."""
    page.locator("#query").fill(f"SELECT (COUNT(*) AS ?n) WHERE {{ {ENDLESS} }}")
    page.locator("#run").click()
    page.locator("#stop").click()
    expect(page.locator("#ask-error")).to_have_text("Stopped.")
    ask(page, "ASK {}")
    assert page.locator("#ask-status").inner_text().startswith("Yes.")


def test_a_query_has_a_time_limit(page: Page) -> None:
    """A query without an answer in time ends with words that say so."""
    page.evaluate("() => (window.explorer.engine.limit = 100)")
    ask(page, f"SELECT (COUNT(*) AS ?n) WHERE {{ {ENDLESS} }}")
    assert page.locator("#ask-error").inner_text() == "There was no answer within 0.1 seconds. Ask for less."


def test_a_query_that_breaks_the_engine_breaks_nothing_else(full_browser: Browser, path: Path) -> None:
    """A query that is nested too deep is an error, and the next one is answered; without windows, Chromium crashes."""
    with opened(full_browser, path) as page:
        page.locator("#open-ask").click()
        ask(page, f"SELECT * WHERE {{ {'{' * 5000} ?a ?b ?c {'}' * 5000} }}")
        assert page.locator("#ask-error").inner_text() == "The query crashed the engine. Ask for less, or simplify it."
        ask(page, "ASK {}")
        assert page.locator("#ask-status").inner_text().startswith("Yes.")


def test_hostile_titles_stay_text(browser: Browser, package: Path, tmp_path: Path) -> None:
    """Values of an answer are text, and only web addresses are links."""
    title = "<img src=x onerror='window.owned = true'>"
    page_path = tmp_path / "page.html"
    truth = built({"one.md": {"title": title, "webUrl": "https://a.example/one"}}).truth
    page_path.write_text(to_explorer(truth, options=PageOptions(engine=read_engine(package))), encoding="utf-8")
    with opened(browser, page_path) as page:
        page.locator("#open-ask").click()
        found = "BIND(<javascript:alert(1)> AS ?bad) BIND(<http://b.example/> AS ?web)"
        ask(page, f"SELECT ?title ?bad ?web {{ ?a schema:headline ?title {found} }}")
        assert rows(page)[0][1:] == ["javascript:alert(1)", "http://b.example/"]
        assert page.locator("#answer a").evaluate_all("(links) => links.map(({ href }) => href)") == [
            "http://b.example/"
        ]
        assert page.evaluate("() => window.owned") is None


@pytest.mark.parametrize("window", [DESKTOP, PHONE])
def test_nothing_stands_in_anyones_way(browser: Browser, path: Path, window: dict[str, int]) -> None:
    """axe-core finds nothing wrong with the panel, with an answer and with an error; Escape closes it."""
    auditor = load_auditor()
    with opened(browser, path, viewport=window, bypass_csp=True) as page:
        page.evaluate("() => document.getElementById('open-ask').click()")
        ask(page, QUERIES[1])
        faults = audit(page, auditor)
        ask(page, "SELECT")
        assert faults | audit(page, auditor) == {}
        page.locator("#query").press("Escape")
        expect(page.locator("#ask")).to_be_hidden()


def test_only_such_a_page_may_run_an_engine(path: Path, knowledge: graph.KnowledgeGraph) -> None:
    """The policy of a page with an engine allows WebAssembly and a worker, and that of any other page does not."""
    asking, usual = path.read_text(encoding="utf-8"), to_explorer(knowledge.truth)
    added = ["'wasm-unsafe-eval'", "; worker-src blob:"]
    text = policy(asking)
    for part in added:
        assert text.count(part) == 1
        assert part not in policy(usual)
    assert "unsafe-inline" not in text
    assert "createAsk" not in usual
    assert added_bytes(usual.encode()) == {}
    sizes = added_bytes(asking.encode())
    scripts = len(asking.encode()) - len(usual.encode()) - sum(sizes.values())
    assert 0 < scripts < 40_000
    assert sizes["engine"] > 1_000_000 > sizes["triples"] > 0


def test_building_such_a_page(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The build says how much larger the page is; another build without the option writes the usual page."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "one.md").write_text("---\ntitle: One\n---\nText.\n", encoding="utf-8")
    out, site = str(tmp_path / "out"), str(tmp_path / "site")
    update(site, out, formats="html")
    usual = (tmp_path / "out" / "explorer.html").read_bytes()
    for _ in range(2):
        assert main(["build", site, "--out", out, "--format", "html", "--sparql-in-page", str(package)]) == 0
        printed = capsys.readouterr().out
        assert re.search(
            r"answers SPARQL, which makes it [\d,]+ bytes larger: the engine [\d,]+, the triples [\d,]+\n", printed
        )
    assert "nothing has changed" in printed
    update(site, out, formats="html")
    assert (tmp_path / "out" / "explorer.html").read_bytes() == usual


@pytest.mark.parametrize(
    ("files", "fact"),
    [
        ({}, "package.json cannot be read"),
        ({"package.json": "[]"}, "does not describe a package"),
        ({**FORGED, "web_bg.wasm": "no"}, "is not the package oxigraph"),
        (
            {**FORGED, "package.json": json.dumps({"name": "other", "version": "1", "license": "MIT"})},
            "web_bg.wasm cannot",
        ),
        ({**FORGED, "web_bg.wasm": "\0asm"}, "is of a version that is not known"),
    ],
)
def test_a_folder_that_is_no_engine(tmp_path: Path, files: dict[str, str], fact: str) -> None:
    """The error says what is wrong with the folder, and how to get the package."""
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=re.escape(fact)):
        read_engine(tmp_path)
