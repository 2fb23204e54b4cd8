"""The small view and the pyvis page in a real browser, opened from disk and in a frame as notebooks have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import networkx
import pytest
from playwright.sync_api import Browser, Frame, Page, expect

import graph
from graph.analysis.lookup import find_node
from graph.viewing import (
    Choice,
    SmallView,
    neighbourhood,
    overview,
    selection,
    to_pyvis,
    to_pyvis_page,
    to_small_view,
)
from graph.views import Network
from tests.explorers import DESKTOP, PHONE, point
from tests.sites import BASE, HOSTILE, crowded_site, hostile_site, small_site
from tests.tabs import lent, listening

FIRST = "https://news.example/first"
SHOW_ALL = """(nodes) => {
    const { map, atlas } = window.explorer;
    const box = document.getElementById("map").getBoundingClientRect();
    const { x, y, zoom } = map.scene.camera;
    return Array.from({ length: atlas.count }, (_, node) => [
        box.left + box.width / 2 + (map.scene.ground.x[node] - x) * zoom,
        box.top + box.height / 2 + (map.scene.ground.y[node] - y) * zoom,
    ]);
}"""

Open = Callable[..., Page]


def shown(network: Network, choice: Choice | None = None) -> SmallView:
    """Return a view of some nodes of a network, or of all."""
    return to_small_view(network, choice or selection(network, sorted(network)), base=BASE)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Return an opener of pages; at the end none may have complained or asked for anything but itself."""
    complaints: list[str] = []
    path = tmp_path / "view.html"
    own = (path.as_uri(), "data:", "blob:", "about:srcdoc")
    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: complaints.append(f"{message.type}: {message.text}"),
        "pageerror": lambda error: complaints.append(str(error)),
        "dialog": lambda dialog: complaints.append(f"dialog: {dialog.message}"),
        "request": lambda asked: None if asked.url.startswith(own) else complaints.append(asked.url),
    }
    with ExitStack() as stack:

        def open_page(text: str, **settings: Any) -> Page:  # noqa: ANN401
            given = {"viewport": DESKTOP, "reduced_motion": "reduce", "offline": True, "has_touch": False, **settings}
            path.write_text(text, "utf-8")
            page = stack.enter_context(lent(browser, **given))
            stack.enter_context(listening(page, listeners))
            page.goto(path.as_uri())
            return page

        yield open_page
    assert complaints == []


def ready(frame: Page | Frame) -> None:
    """Wait until an explorer page has unpacked all it holds."""
    frame.evaluate("() => window.explorer.ready")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_it_opens_on_the_node_asked_for(opened: Open, size: dict[str, int]) -> None:
    """The page opens with the node selected, and all neighbours in sight: on a desktop around it, else on the map."""
    network = small_site()
    page = opened(shown(network, neighbourhood(network, FIRST)).html, viewport=size, has_touch=size is PHONE)
    ready(page)
    expect(page.locator("h1")).to_have_text("Élan vital: a first article")
    expect(page.locator("#summary")).to_have_text("7 nodes within 1 step")
    card = page.locator("#card")
    expect(card.locator("h2")).to_have_text("Élan vital: a first article")
    expect(card).to_contain_text("What the first article says.")
    expect(card.get_by_role("link", name="Open the article")).to_have_attribute("href", FIRST)
    if size is DESKTOP:
        expect(page.locator(".around-node.centre")).to_have_text("Élan vital: a first article")
        expect(page.locator(".around-node")).to_have_count(7)
        for one in page.locator(".around-node").all():
            expect(one).to_be_in_viewport()
        page.get_by_role("button", name="Topics", exact=True).click()
        expect(page.locator("#around")).to_be_hidden()
    covered, stage = card.bounding_box(), page.locator("#stage").bounding_box()
    assert covered
    assert stage
    for x, y in page.evaluate(SHOW_ALL):
        assert stage["x"] < x < (covered["x"] if size is DESKTOP else stage["x"] + stage["width"])
        assert stage["y"] < y < (covered["y"] if size is PHONE else stage["y"] + stage["height"])
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_it_says_why_its_nodes_are_connected(opened: Open, tmp_path: Path) -> None:
    """The list below what is around a node has the line of every relation, and the sentence of a link."""
    (tmp_path / "a.md").write_text("---\ntitle: A\ntopics: [Roses]\nauthors: [Ada]\n---\nSee [[b]] first.\n", "utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: B\n---\nText.\n", "utf-8")
    network = graph.build(tmp_path).network
    page = opened(shown(network, neighbourhood(network, find_node(network, "A"), depth=2)).html)
    ready(page)
    expect(page.get_by_role("button", name="2 steps", exact=True)).to_have_attribute("aria-pressed", "true")
    page.locator(".around-list summary").click()
    reasons = page.locator(".around-reasons li")
    expect(reasons.filter(has_text="links to")).to_contain_text("line 6: See b first.")
    expect(reasons.filter(has_text="Roses")).to_contain_text("line 3")
    expect(reasons.filter(has_text="Ada")).to_contain_text("line 4")


def test_a_reader_goes_on_from_there(opened: Open) -> None:
    """What was opened first does not come back: closing the card stays, and so do steps back and forward."""
    network = small_site()
    page = opened(shown(network, neighbourhood(network, FIRST)).html)
    ready(page)
    page.locator("#card").get_by_role("button", name="A stub elsewhere").click()
    expect(page.locator("#card h2")).to_have_text("A stub elsewhere")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    page.go_back()
    expect(page.locator("#card h2")).to_have_text("A stub elsewhere")
    page.go_forward()
    expect(page.locator("#card")).to_be_hidden()


def test_it_says_what_it_leaves_out(opened: Open) -> None:
    """A view that cannot show all says how much there is, and a node how many of its relations lead elsewhere."""
    network = crowded_site()
    page = opened(shown(network, neighbourhood(network, f"{BASE}topic/everything", most=100)).html)
    ready(page)
    expect(page.locator("#summary")).to_have_text("100 of 1,201 nodes within 1 step")
    expect(page.locator("#card")).to_contain_text("1,101 relations to other nodes")


def test_the_overview_is_in_sight(opened: Open) -> None:
    """The overview opens with nothing selected, and with topics and providers on the map."""
    network = crowded_site()
    page = opened(shown(network, overview(network, most=40)).html)
    ready(page)
    expect(page.locator("h1")).to_have_text("Topics and providers")
    expect(page.locator("#card")).to_be_hidden()
    page.get_by_role("button", name="Table").click()
    expect(page.locator("#table")).to_contain_text("Article")


def test_an_empty_graph_says_so(opened: Open) -> None:
    """The overview of an empty graph says that there is nothing."""
    network: Network = networkx.MultiDiGraph()
    page = opened(shown(network, overview(network)).html)
    ready(page)
    expect(page.locator("#summary")).to_have_text("0 nodes")
    expect(page.locator("#empty")).to_be_visible()


@pytest.mark.parametrize("framed", [False, True])
def test_hostile_content_stays_text(opened: Open, *, framed: bool) -> None:
    """Whatever titles, excerpts, addresses and IRIs say, nothing of it runs, and nothing becomes an element."""
    view = shown(hostile_site())
    page = opened(f"<!DOCTYPE html><title>Notebook</title>{view._repr_html_()}" if framed else view.html)
    inside = page.frame_locator("iframe") if framed else page
    expect(inside.locator("#map")).to_be_visible()
    frame = page.frames[-1]
    ready(frame)
    for node in range(frame.evaluate("window.explorer.atlas.count")):
        frame.evaluate("(node) => window.explorer.page.change({ node })", node)
        expect(inside.locator("#card h2")).not_to_be_empty()
        expect(inside.locator("#card").locator("img, script, svg, iframe, a[href^='javascript']")).to_have_count(0)
    assert frame.evaluate("window.owned") is None
    assert page.evaluate("window.owned") is None


def test_a_notebook_shows_the_page(opened: Open) -> None:
    """In a notebook's frame the page works, and cannot reach the notebook around it."""
    network = small_site()
    page = opened(shown(network, neighbourhood(network, f"{BASE}topic/tools"))._repr_html_())
    inside = page.frame_locator("iframe")
    expect(inside.locator("#card h2")).to_have_text("Tools")
    inside.locator("#card").get_by_role("button", name="A second article").first.click()
    expect(inside.locator("#card h2")).to_have_text("A second article")
    assert page.frames[-1].evaluate("window.origin") == "null"


def hover(page: Page, x: float, y: float) -> None:
    """Bring the pointer to a node until its title is shown: what is shown first may be that of an edge on the way."""
    for _ in range(10):
        page.mouse.move(x - 1, y)
        page.mouse.move(x, y)
        with suppress(AssertionError):
            expect(page.locator(".vis-tooltip")).to_contain_text("relations", timeout=1_000)
            return
        page.mouse.move(1, 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_of_pyvis_is_drawn_and_harmless(opened: Open, scheme: str) -> None:
    """The pyvis page draws every node where it was placed, shows titles as text, and runs nothing of them."""
    network = hostile_site()
    choice = selection(network, sorted(network))
    page = opened(to_pyvis_page(to_pyvis(network, choice), choice), color_scheme=scheme)
    expect(page.locator("#network canvas")).to_be_visible()
    assert page.evaluate("network.body.nodeIndices.length") == len(HOSTILE) + 1
    places = {node["id"]: (node["x"], node["y"]) for node in to_pyvis(network, choice).nodes}
    for iri, place in places.items():
        at = page.evaluate("(iri) => network.getPosition(iri)", iri)
        assert (at["x"], at["y"]) == place
        x, y = page.evaluate("(iri) => Object.values(network.canvasToDOM(network.getPosition(iri)))", iri)
        box = page.locator("#network").bounding_box()
        assert box
        hover(page, box["x"] + x, box["y"] + y)
        expect(page.locator(".vis-tooltip")).to_contain_text("relations")
        expect(page.locator(".vis-tooltip").locator("img, script, svg, b, a")).to_have_count(0)
        page.mouse.move(box["x"] + 2, box["y"] + 2)
    assert page.evaluate("window.owned") is None


def test_a_page_written_by_pyvis_itself_runs_nothing_of_titles(browser: Browser, tmp_path: Path) -> None:
    """Whoever writes the network with pyvis gets titles as text, too: pyvis's own page takes none as markup."""
    network = hostile_site()
    to_pyvis(network, selection(network, sorted(network))).write_html(str(tmp_path / "own.html"))
    with lent(browser, offline=True) as page:
        page.goto((tmp_path / "own.html").as_uri())
        expect(page.locator("#mynetwork canvas")).to_be_visible()
        assert page.evaluate("network.body.nodeIndices.length") == len(HOSTILE) + 1
        assert page.evaluate("window.owned") is None
        expect(page.locator("img")).to_have_count(0)


def test_the_point_of_a_node_selects_it(opened: Open) -> None:
    """A click on a node of the map tells about it."""
    page = opened(shown(small_site()).html)
    ready(page)
    page.mouse.click(*point(page, FIRST))
    expect(page.locator("#card h2")).to_have_text("Élan vital: a first article")
