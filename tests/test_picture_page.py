"""The small view in a real browser: what a person sees and does, opened from disk and in a frame as notebooks have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from graph.picture import Picture, draw, neighbourhood, overview, selection
from tests.sites import BASE, HOSTILE, crowded_site, hostile_site, small_site

FIRST = "https://news.example/first"
STUB = "https://other.example/stub"
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

Open = Callable[..., Page]


def everything(network: networkx.MultiDiGraph[str]) -> Picture:
    """Return a picture of all nodes."""
    return draw(network, selection(network, sorted(network)))


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Return an opener of pictures; at the end none may have complained or asked for anything but itself."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(picture: Picture, *, viewport: ViewportSize = DESKTOP, framed: bool = False, **settings: Any) -> Page:  # noqa: ANN401
        context = browser.new_context(offline=True, viewport=viewport, reduced_motion="reduce", **settings)
        contexts.append(context)
        path = tmp_path / "view.html"
        path.write_text(
            f"<!DOCTYPE html><title>Notebook</title>{picture._repr_html_()}" if framed else picture.html, "utf-8"
        )
        page = context.new_page()
        own = (path.as_uri(), "data:", "about:srcdoc")
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.on("request", lambda asked: None if asked.url.startswith(own) else complaints.append(asked.url))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def spot(page: Page, iri: str) -> tuple[float, float]:
    """Return where a node stands in the window, in pixels."""
    x, y = page.evaluate(
        """(iri) => {
            const at = network.canvasToDOM(network.getPosition(iri));
            const box = document.getElementById("map").getBoundingClientRect();
            return [box.left + at.x, box.top + at.y];
        }""",
        iri,
    )
    return float(x), float(y)


def labels(page: Page) -> set[str]:
    """Return the labels that the map shows."""
    page.wait_for_function("placed.length > 0")
    return set(page.evaluate("placed.map((one) => one.node.label)"))


def colours(page: Page) -> set[str]:
    """Return the colours that the map shows on more than a few pixels, as `rgb(r, g, b)`."""
    found: list[str] = page.evaluate(
        """() => {
            const canvas = document.querySelector("#map canvas");
            const plain = { willReadFrequently: true };
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", plain);
            copy.drawImage(canvas, 0, 0);
            const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
            const counts = new Map();
            for (let place = 0; place < data.length; place += 4) {
                if (data[place + 3] < 255) continue;
                const key = `rgb(${data[place]}, ${data[place + 1]}, ${data[place + 2]})`;
                counts.set(key, (counts.get(key) || 0) + 1);
            }
            return [...counts].filter(([, count]) => count > 20).map(([key]) => key);
        }"""
    )
    return set(found)


def test_it_tells_what_it_shows(opened: Open) -> None:
    """The page tells its title and how much it shows, names every node on the map, and explains its signs."""
    network = small_site()
    page = opened(draw(network, neighbourhood(network, FIRST, depth=3)))
    expect(page.locator("h1")).to_have_text("Élan vital: a first article")
    expect(page.locator("#summary")).to_have_text("9 nodes within 3 steps, 13 links")
    assert {"Tools", "Things", "The News", "Ada", "Élan vital: a first article", "A stub elsewhere"} <= labels(page)
    expect(page.locator("#legend-kinds li")).to_have_text(
        ["Article", "Stub (known only from links)", "Topic", "Provider", "Person"]
    )
    expect(page.locator("#legend-relations li")).to_have_count(11)
    expect(page.locator("#details")).to_be_hidden()


def test_it_says_what_it_leaves_out(opened: Open) -> None:
    """A picture that cannot show all says how much there is, and a node how much of it lies outside."""
    network = crowded_site()
    page = opened(draw(network, neighbourhood(network, f"{BASE}topic/everything", most=100)))
    expect(page.locator("#summary")).to_contain_text("100 of 1,201 nodes within 1 step")
    page.mouse.click(*spot(page, f"{BASE}topic/everything"))
    expect(page.locator("#details")).to_contain_text("1,101 relations lead outside this picture.")


def test_each_kind_has_the_legends_colour(opened: Open) -> None:
    """Each kind is drawn in the colour that the legend gives it, in light and in dark."""
    page = opened(everything(small_site()), color_scheme="light")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(300)
        drawn = colours(page)
        for kind in ("article", "provider", "topic", "person"):
            mark = page.locator(f"#legend-kinds .mark.{kind}")
            assert mark.evaluate("(mark) => getComputedStyle(mark).backgroundColor") in drawn, (scheme, kind)


def test_a_click_tells_about_a_node(opened: Open) -> None:
    """A click on a node tells what is known of it and leads to its neighbours; a click beside all closes that."""
    page = opened(everything(small_site()))
    page.mouse.click(*spot(page, FIRST))
    details = page.locator("#details")
    expect(details.locator("h2")).to_have_text("Élan vital: a first article")
    for text in ("Article", "news", "23 May 2023", "What the first article says.", FIRST):
        expect(details).to_contain_text(text)
    link = page.get_by_role("link", name="Open the article")
    expect(link).to_have_attribute("href", FIRST)
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    page.get_by_role("button", name="A stub elsewhere").click()
    expect(details.locator("h2")).to_have_text("A stub elsewhere")
    expect(details).to_contain_text("stub: only linked to")
    page.keyboard.press("Escape")
    expect(details).to_be_hidden()
    page.mouse.click(*spot(page, FIRST))
    expect(details).to_be_visible()
    page.mouse.click(20, 80)
    expect(details).to_be_hidden()


def test_the_list_is_the_map_in_words(opened: Open) -> None:
    """Whoever cannot see the map has a list of all its nodes, by keyboard, and hears which one is chosen."""
    page = opened(everything(small_site()))
    page.get_by_role("button", name="List").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#details h3")).to_have_text(["Topics 2", "Providers 2", "People 1", "Articles 3", "Stubs 2"])
    page.get_by_role("button", name="The News").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text("The News")
    expect(page.get_by_role("status")).to_have_text("The News")
    page.keyboard.press("Escape")
    expect(page.get_by_role("application")).to_be_focused()
    before = page.evaluate("network.getScale()")
    page.keyboard.press("+")
    assert page.evaluate("network.getScale()") > before
    page.keyboard.press("Home")
    assert page.evaluate("network.getScale()") == pytest.approx(before)


@pytest.mark.parametrize("framed", [False, True])
def test_hostile_content_stays_text(opened: Open, *, framed: bool) -> None:
    """Whatever titles, excerpts, addresses and IRIs say, nothing of it runs, and nothing becomes an element."""
    page = opened(everything(hostile_site()), framed=framed)
    inside = page.frame_locator("iframe") if framed else page
    frame = page.frames[-1]
    expect(inside.locator("#map canvas")).to_be_visible()
    for iri in frame.evaluate("told.nodes.map((node) => node.id)"):
        x, y = frame.evaluate("(iri) => Object.values(network.canvasToDOM(network.getPosition(iri)))", iri)
        box = inside.locator("#map").bounding_box()
        assert box
        page.mouse.move(box["x"] + x - 2, box["y"] + y)
        page.mouse.move(box["x"] + x, box["y"] + y)
        frame.evaluate("(iri) => choose(iri, true)", iri)
    expect(inside.locator("#details")).to_contain_text(" ".join(HOSTILE[0].split()))
    expect(inside.locator("#details, #hint").locator("img, script, svg, a, b, iframe")).to_have_count(0)
    expect(inside.locator(".vis-tooltip")).to_have_count(0)
    assert frame.evaluate("window.owned") is None
    assert page.evaluate("window.owned") is None


def test_a_notebook_shows_the_map(opened: Open) -> None:
    """In a notebook's frame the page works, and cannot reach the notebook around it."""
    page = opened(everything(small_site()), framed=True)
    inside = page.frame_locator("iframe")
    inside.get_by_role("button", name="List").click()
    inside.get_by_role("button", name="Tools").click()
    expect(inside.locator("#details h2")).to_have_text("Tools")
    assert page.frames[-1].evaluate("window.origin") == "null"


def test_the_overview_counts_articles(opened: Open) -> None:
    """A topic of the overview tells how many articles it has and shares with whom; its links are as wide as these."""
    page = opened(draw(crowded_site(), overview(crowded_site(), most=40)))
    page.mouse.click(*spot(page, f"{BASE}topic/everything"))
    expect(page.locator("#details")).to_contain_text("1,200 articles")
    expect(page.locator("#details .node").first).to_contain_text("40")
    expect(page.locator("#legend-relations li")).to_have_text(["topics of the same articles", "publishes about"])


def test_an_empty_graph_says_so(opened: Open) -> None:
    """The overview of an empty graph says that there is nothing yet."""
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    page = opened(draw(network, overview(network)))
    expect(page.get_by_text("Nothing to show yet")).to_be_visible()
    expect(page.locator("#legend")).to_be_hidden()


def test_a_phone_shows_map_and_details(opened: Open) -> None:
    """On a phone all nodes are in view; the details rise from below and leave the chosen node visible."""
    page = opened(everything(small_site()), viewport=PHONE, has_touch=True, is_mobile=True)
    stage = page.locator("#stage").bounding_box()
    zoom = page.locator("#zoom").bounding_box()
    assert stage
    assert zoom
    for iri in page.evaluate("told.nodes.map((node) => node.id)"):
        x, y = spot(page, iri)
        assert 0 < x < PHONE["width"]
        assert stage["y"] < y < zoom["y"]
    page.touchscreen.tap(*spot(page, FIRST))
    expect(page.locator("#details h2")).to_have_text("Élan vital: a first article")
    page.wait_for_timeout(300)
    details = page.locator("#details").bounding_box()
    assert details
    assert details["height"] <= 0.46 * PHONE["height"]
    assert stage["y"] < spot(page, FIRST)[1] < details["y"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box is None or box["height"] >= 36, button.inner_text()
    page.get_by_role("button", name="Close").tap()
    expect(page.locator("#details")).to_be_hidden()
