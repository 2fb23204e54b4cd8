"""The widget on the pages of a static site, served from loopback under a strict policy, as a visitor meets it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import graph
from graph.widget import write_widget
from tests.audit import audit, load_auditor
from tests.static_sites import SCRIPT_LINE, served_folder, write_notes, write_pages
from tests.tabs import lent, listening

GRAPH = "article-graph svg a"


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> graph.KnowledgeGraph:
    """Return the graph of the notes."""
    return write_notes(tmp_path_factory.mktemp("notes"))


@pytest.fixture(scope="module")
def site(notes: graph.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the notes as their generator publishes them, with the widget; yield the address of the server."""
    folder = tmp_path_factory.mktemp("site")
    write_widget(notes, folder / "notes" / "widget")
    write_pages(notes, folder)
    with served_folder(folder) as address:
        yield address


@contextmanager
def visited(browser: Browser, address: str, **options: Any) -> Iterator[Page]:  # noqa: ANN401 - playwright's options
    """Open a page with its widget drawn; nothing may go wrong in it, and nothing leave its server."""
    server = "/".join(address.split("/")[:3])
    faults: list[str] = []
    asked: list[str] = []
    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None,
        "pageerror": lambda error: faults.append(str(error)),
        "request": lambda request: asked.append(request.url),
    }
    with lent(browser, **options) as page, listening(page, listeners):
        page.goto(address)
        expect(page.locator(GRAPH).first).to_be_attached()
        yield page
    assert faults == []
    assert [url for url in asked if not url.startswith(server)] == []


def headings(page: Page) -> list[str]:
    """Return the headings of the widget."""
    return page.locator("article-graph h2").all_inner_texts()


def test_one_line_shows_graph_backlinks_and_related(browser: Browser, site: str) -> None:
    """With one line of script, a page loads two files and shows where it stands among the others."""
    with visited(browser, f"{site}/notes/soil.html") as page:
        assert headings(page) == ["Connected pages", "Linked from"]
        row = page.locator("article-graph .backlinks li").filter(has_text="A bed of herbs")
        assert row.locator("blockquote").inner_text() == "Herbs want poor soil, unlike roses."
        assert row.locator("mark").inner_text() == "poor soil"
        assert page.locator("main > article > article-graph").count() == 1
        loaded = page.evaluate("() => performance.getEntriesByType('resource').map((each) => each.name)")
        assert sorted(name.split("/")[-2] for name in loaded if name.endswith(".json")) == ["index", "pages"]


def test_links_lead_to_the_pages_of_this_server(browser: Browser, site: str) -> None:
    """On a preview of the site, links of list and graph stay on it; the keyboard follows them."""
    with visited(browser, f"{site}/notes/beds/herbs.html") as page:
        link = page.locator(GRAPH).filter(has_text="Good soil")
        assert link.get_attribute("href") == f"{site}/notes/soil.html"
        assert link.get_attribute("aria-label") == "Good soil (Links to)"
        page.locator("body").press("Tab")
        assert page.evaluate("() => document.activeElement.shadowRoot.activeElement.localName") == "a"
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/notes/soil.html")
        expect(page.locator(GRAPH).first).to_be_attached()


def test_a_page_at_an_address_in_other_letters(browser: Browser, site: str) -> None:
    """A page whose path is not ASCII finds its article, and links to it work."""
    with visited(browser, f"{site}/notes/soil.html") as page:
        page.locator("article-graph .backlinks a").filter(has_text="Die Größe").click()
        page.wait_for_url("**/notes/stra%C3%9Fe/gr%C3%B6%C3%9Fe.html")
        expect(page.locator(GRAPH).filter(has_text="Good soil")).to_be_attached()


@pytest.mark.parametrize("root", ["/notes/", "/"])
@pytest.mark.parametrize("where", ["", " data-in-head"])
def test_without_a_canonical_address(
    browser: Browser, notes: graph.KnowledgeGraph, tmp_path: Path, root: str, where: str
) -> None:
    """A page without an address is found by its path, also without the site's folder, and with a script in its head."""
    write_widget(notes, tmp_path / root.lstrip("/") / "widget")
    line = SCRIPT_LINE.replace(" defer", f" defer{where} data-show='related graph' data-headings='Netz,,Ähnlich'")
    write_pages(notes, tmp_path, script=line, canonical=False, root=root)
    with served_folder(tmp_path) as address, visited(browser, f"{address}{root}beds/herbs.html") as page:
        assert headings(page) == ["Ähnlich", "Netz"]
        assert page.locator(GRAPH).filter(has_text="Roses").get_attribute("href") == f"{address}{root}roses.html"
        assert page.locator("main > article > article-graph").count() == 1


def test_elements_placed_by_hand(browser: Browser, notes: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """A page may place the element itself, more than once, for any article, and say why one of them is empty."""
    write_widget(notes, tmp_path / "notes" / "widget")
    elements = (
        "<article-graph show=graph></article-graph>"
        "<article-graph show=backlinks page='/notes/soil.html'></article-graph>"
        "<article-graph page='nowhere.md' debug></article-graph><article-graph page='nowhere.md'></article-graph>"
    )
    write_pages(notes, tmp_path, script=elements + SCRIPT_LINE)
    with served_folder(tmp_path) as address, visited(browser, f"{address}/notes/roses.html") as page:
        assert headings(page) == ["Connected pages", "Linked from"]
        shown = page.locator("article-graph")
        assert shown.count() == 4
        assert "No article has any of these addresses: " in shown.nth(2).locator("p").inner_text()
        assert "/nowhere.md" in shown.nth(2).locator("p").inner_text()
        assert not shown.nth(3).is_visible()


@pytest.mark.parametrize("changed", ["article", "heading"])
def test_a_site_that_changes_its_pages_without_loading_them(browser: Browser, site: str, changed: str) -> None:
    """The widget follows to the next article, whether its element is replaced with the text or stays."""
    with visited(browser, f"{site}/notes/soil.html") as page:
        page.evaluate(
            """(changed) => {
                history.pushState({}, "", "/notes/beds/herbs.html");
                const [main, heading] = [document.querySelector("main"), document.querySelector("h1")];
                if (changed === "article") main.replaceChildren(document.createElement("article"));
                else heading.textContent = "Herbs";
                document.dispatchEvent(new CustomEvent("nav"));
            }""",
            changed,
        )
        expect(page.locator(GRAPH).filter(has_text="Roses")).to_have_attribute("aria-label", "Roses (Links to)")
        assert page.locator("main > article > article-graph").count() == 1
        page.go_back()
        if changed == "heading":
            expect(page.locator("article-graph .backlinks li").filter(has_text="A bed of herbs")).to_be_attached()


def test_page_and_widget_leave_each_other_alone(browser: Browser, site: str) -> None:
    """The page's styles do not reach into the widget, the widget's not out of it, and no name is added to the page."""
    names = "() => Object.getOwnPropertyNames(window).sort()"
    styles = """() => ["h1", "h2", "p", "article", "body"].map((name) => {
        const style = getComputedStyle(document.querySelector(name));
        const values = [...style].map((property) => style.getPropertyValue(property));
        return values.filter((value) => !/px/.test(value)).join();
    })"""
    with lent(browser) as plain:
        plain.route("**/widget.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        plain.goto(f"{site}/notes/soil.html")
        expected_names, expected_styles = plain.evaluate(names), plain.evaluate(styles)
    with visited(browser, f"{site}/notes/soil.html") as page:
        assert page.evaluate(names) == expected_names
        assert page.evaluate(styles) == expected_styles
        heading = page.locator("article-graph h2").first
        assert heading.evaluate("(element) => getComputedStyle(element).color") == "rgb(34, 34, 34)"
        assert heading.evaluate("(element) => getComputedStyle(element).textTransform") == "none"
        item = page.locator("article-graph li").first
        assert item.evaluate("(element) => getComputedStyle(element).borderTopWidth") == "0px"


def test_titles_and_sentences_stay_text(browser: Browser, site: str) -> None:
    """Titles and sentences that try to be markup are shown as they are."""
    with visited(browser, f"{site}/notes/soil.html") as page:
        assert page.evaluate("() => window.owned") is None
        assert page.locator("article-graph script, article-graph img, article-graph svg svg").count() == 0
        assert "</script><script>window.owned = true</script>" in page.locator("article-graph .backlinks").inner_text()


def test_addresses_that_are_no_web_addresses_are_no_links(browser: Browser, site: str) -> None:
    """Data that was tampered with cannot make a link run a script."""

    def tampered(route: Route) -> None:
        said = json.loads(route.fetch().body())
        for row in (*said["nodes"], *said["backlinks"]):
            row["url"] = "javascript:window.owned = true"
        route.fulfill(body=json.dumps(said), content_type="application/json")

    with lent(browser) as page:
        page.route("**/pages/*.json", tampered)
        page.goto(f"{site}/notes/soil.html")
        expect(page.locator("article-graph .backlinks li").first).to_be_attached()
        assert page.locator("article-graph a").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_stands_in_anyones_way(
    browser: Browser, site: str, scheme: Literal["light", "dark"], width: int
) -> None:
    """axe-core finds nothing wrong with the widget; it takes its colours from the page, and fits on a small phone."""
    auditor = load_auditor()
    with visited(
        browser,
        f"{site}/notes/soil.html",
        color_scheme=scheme,
        viewport={"width": width, "height": 700},
        bypass_csp=True,
        reduced_motion="reduce",
    ) as page:
        assert audit(page, auditor, colours_only=scheme == "dark") == {}
        colour = "(element) => getComputedStyle(element).color"
        link = page.locator("article-graph .backlinks a").first
        assert link.evaluate(colour) == page.locator("body").evaluate(colour)
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
        moving = "(element) => getComputedStyle(element).transitionDuration"
        assert page.locator(GRAPH).first.evaluate(moving) == "0s"
        page.set_viewport_size({"width": 600, "height": 700})
        expect(page.locator("article-graph svg[viewBox^='0 0 5']")).to_be_attached()
