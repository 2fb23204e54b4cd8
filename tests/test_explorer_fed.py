"""The explorer that is fed by its server, in a real browser: what it asks for, when, and what it ends up with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

import graph
from benchmarks.corpus import Shape, write_folder
from tests.served import Served, serving_fed

KNOWN = """async () => {
    const { atlas } = window.explorer;
    const nodes = [...Array(atlas.count).keys()];
    const columns = Object.entries(atlas.columns).filter(([name]) => !/_start$|_end$|_to$|^backbone/.test(name));
    const edges = [...atlas.columns.backbone_from].map((from, at) => `${from} ${atlas.columns.backbone_to[at]}`);
    return {
        columns: Object.fromEntries(columns.map(([name, values]) => [name, [...values].join()])),
        links: nodes.map((node) => atlas.neighbours(node).map(({ node, relation }) => relation + node).join()),
        texts: nodes.map((n) => ["label", "iri", "url", "excerpt", "image"].map((name) => atlas[name](n)).join("|")),
        facts: nodes.map((node) => JSON.stringify([atlas.facts(node), atlas.names(node), atlas.keywords(node)])),
        edges: edges.sort(),
    };
}"""
"""All that a page knows, in words."""

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a build of some hundred articles."""
    folder = tmp_path_factory.mktemp("fed")
    write_folder(Shape(150), folder / "site")
    knowledge = graph.build(folder / "site")
    graph.publish(knowledge, folder / "exports", formats="nt,html")
    return folder / "exports"


@pytest.fixture(scope="module")
def served(exports: Path) -> Iterator[Served]:
    """Return a server that feeds its explorer."""
    with serving_fed(exports, 100) as running:
        yield running


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[Open]:
    """Return an opener of the served page; at the end it may not have complained, nor asked anyone else."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    allowed: list[str] = []

    def open_page(
        fragment: str = "", *, expected: tuple[str, ...] = (), prepare: Callable[[Page], object] = lambda _: None
    ) -> Page:
        context = browser.new_context(reduced_motion="reduce", viewport={"width": 1440, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda asked: (
                None if asked.url.startswith((served.address, "data:", "blob:")) else complaints.append(asked.url)
            ),
        )
        prepare(page)
        allowed.extend(expected)
        page.goto(f"{served.address}/{fragment}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [one for one in complaints if not any(words in one for words in allowed)] == []


def ready(page: Page) -> Page:
    """Return a page when all of it has come."""
    page.evaluate("() => window.explorer.ready")
    return page


def test_it_ends_up_with_the_whole(opened: Open, exports: Path, browser: Browser) -> None:
    """When all pieces have come, the page knows exactly what the page in one file knows."""
    fed = ready(opened()).evaluate(KNOWN)
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((exports / "explorer.html").as_uri())
    whole = ready(page).evaluate(KNOWN)
    context.close()
    for name in whole["columns"]:
        assert fed["columns"][name] == whole["columns"][name], name
    assert {name: fed[name] for name in ("links", "texts", "facts", "edges")} == {
        name: whole[name] for name in ("links", "texts", "facts", "edges")
    }


def test_the_overview_is_enough_for_filters(opened: Open) -> None:
    """Before any piece has come, islands are drawn and named, and every filter counts all articles."""
    held: list[Any] = []

    def hold(page: Page) -> None:
        page.route("**/explorer/*/*/*", lambda route: held.append(route))  # noqa: PLW0108 - it must be a function

    page = opened(prepare=hold)
    expect(page.locator("#filters")).to_contain_text("Topics")
    page.wait_for_timeout(500)
    assert held
    assert page.evaluate("window.explorer.map.stats.labels.length") > 0
    total = page.evaluate("window.explorer.atlas.articles")
    assert page.evaluate("window.explorer.page.filtered.articles") == total
    for route in held:
        route.continue_()
    page.unroute("**/explorer/*/*/*")
    ready(page)
    assert page.evaluate("window.explorer.atlas.hasText") is True


def test_what_the_address_names_comes_first(opened: Open, served: Served) -> None:
    """A link to an article opens its card at once: its piece is asked for before all others."""
    iri = ready(opened()).evaluate("window.explorer.atlas.iri(window.explorer.atlas.articles - 1)")
    asked: list[str] = []

    def listen(page: Page) -> None:
        page.on("request", lambda request: asked.append(request.url.removeprefix(served.address)))

    page = opened(f"#iri={quote(iri, safe='')}", prepare=listen)
    expect(page.locator("#card")).to_be_visible()
    title = ready(page).evaluate("window.explorer.atlas.label(window.explorer.map.selected)")
    expect(page.locator("#card")).to_contain_text(title)
    pieces = [path for path in asked if "/parts/" in path or "/texts/" in path]
    number = served.get(f"/explorer/node?iri={quote(iri, safe='')}").json()["part"]
    assert {path.rpartition("/")[2] for path in pieces[:2]} == {str(number)}
    assert quote(iri, safe="") in page.url or "iri=" in page.url


def test_search_finds_when_all_has_come(opened: Open) -> None:
    """When all texts have come, the search finds what the page in one file would find."""
    page = ready(opened())
    title = page.evaluate("window.explorer.atlas.label(3)")
    page.keyboard.press("/")
    page.keyboard.type(title)
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text(title)


def test_a_server_that_is_gone_is_told(opened: Open) -> None:
    """Where the pieces asked for are gone because the data was replaced, the page says what to do."""

    def refuse(route: Route) -> None:
        route.fulfill(status=404, body="The data was replaced. Load the page again.\n")

    page = opened(
        expected=("404", "The data was replaced"), prepare=lambda page: page.route("**/explorer/*/parts/*", refuse)
    )
    expect(page.locator("#empty")).to_contain_text("Load the page again")
