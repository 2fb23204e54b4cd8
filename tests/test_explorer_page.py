"""The explorer page in a real browser, opened from disk without a network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from graph.publishing.explorer import to_explorer
from tests.sites import HOSTILE, crowded_site, hostile_site, small_site

FIRST = "https://news.example/first"
STUB = "https://other.example/stub"
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[], networkx.MultiDiGraph[str]]], Path]:
    """Return a writer of each site's page, once."""
    folder = tmp_path_factory.mktemp("pages")

    def write(site: Callable[[], networkx.MultiDiGraph[str]]) -> Path:
        path = folder / f"{getattr(site, '__name__', 'site')}.html"
        if not path.exists():
            path.write_text(to_explorer(site(), title="A small <b>site</b>"), encoding="utf-8")
        return path

    return write


@pytest.fixture
def opened(browser: Browser, pages: Callable[..., Path]) -> Iterator[Open]:
    """Return an opener of pages; at the end no page may have complained or asked for anything but itself."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(site: Any, *, fragment: str = "", viewport: ViewportSize = DESKTOP, **settings: Any) -> Page:  # noqa: ANN401
        context = browser.new_context(offline=True, viewport=viewport, reduced_motion="reduce", **settings)
        contexts.append(context)
        page = context.new_page()
        address = pages(site).as_uri()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.on(
            "request",
            lambda request: None if request.url.startswith((address, "data:")) else complaints.append(request.url),
        )
        page.goto(address + fragment)
        expect(page.locator("#map canvas")).to_be_visible()
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


def colours(page: Page) -> set[str]:
    """Return the colours that the map shows on more than a few pixels, as `r,g,b`."""
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
                const key = `${data[place]},${data[place + 1]},${data[place + 2]}`;
                counts.set(key, (counts.get(key) || 0) + 1);
            }
            return [...counts].filter(([, count]) => count > 20).map(([key]) => key);
        }"""
    )
    return set(found)


def heading(page: Page) -> Any:  # noqa: ANN401
    """Return the details' heading."""
    return page.locator("#details h2")


def test_it_opens_and_says_what_it_holds(opened: Open) -> None:
    """The page opens from disk without a network and tells its title, its counts and its legend."""
    page = opened(small_site)
    expect(page.locator("h1")).to_have_text("A small <b>site</b>")
    expect(page.locator("#summary")).to_have_text("5 articles, 1 provider, 2 topics, 1 person, 10 relations")
    kinds = page.locator("#legend-kinds li")
    expect(kinds).to_have_text(["Article", "Stubknown only from links", "Topic", "Provider", "Person"])
    expect(page.locator("#legend-relations li")).to_have_count(9)
    expect(page.locator("#details")).to_be_hidden()


def test_the_map_is_drawn(opened: Open) -> None:
    """Each kind is drawn in the colour that the legend gives it."""
    page = opened(small_site)
    drawn = colours(page)
    for kind in ("article", "provider", "topic", "person"):
        shown = page.locator(f"#legend-kinds .mark.{kind}").evaluate("(mark) => getComputedStyle(mark).backgroundColor")
        assert ",".join(re.findall(r"\d+", shown)) in drawn, kind


def test_a_click_opens_the_details(opened: Open) -> None:
    """A click on a node tells all about it; a click beside every node closes that again."""
    page = opened(small_site)
    page.mouse.click(*spot(page, FIRST))
    expect(heading(page)).to_have_text("Élan vital: a first article")
    details = page.locator("#details")
    for text in (
        "Article",
        "news",
        "published",
        "23 May 2023",
        "What the first article says.",
        "1,234",
        "The News",
        FIRST,
    ):
        expect(details).to_contain_text(text)
    expect(details.locator("h3")).to_have_text(
        ["Provider 1", "Topics 1", "Authors 1", "Part of 1", "Related articles 1", "Named as related by 1"]
    )
    page.mouse.click(20, 800)
    expect(details).to_be_hidden()


def test_a_near_miss_counts(opened: Open) -> None:
    """A finger that comes down a little beside a node means that node."""
    page = opened(small_site)
    x, y = spot(page, FIRST)
    radius = page.evaluate("(iri) => byIri.get(iri).size * network.getScale()", FIRST)
    page.mouse.click(x - radius - 8, y)
    expect(heading(page)).to_have_text("Élan vital: a first article")


def test_stub_and_unpublished_are_marked(opened: Open) -> None:
    """The details say of a stub that it is one, and of an unpublished article that it is unpublished."""
    page = opened(small_site, fragment=f"#{STUB}")
    expect(page.locator("#details .badges")).to_have_text(re.compile("Stub|stub"))
    page = opened(small_site, fragment="#https%3A%2F%2Fnews.example%2Fsecond")
    expect(page.locator("#details .badges")).to_contain_text("unpublished")


def test_the_link_is_safe(opened: Open) -> None:
    """The article opens in a window of its own that learns nothing of this page; a script for an address is no link."""
    page = opened(small_site, fragment=f"#{FIRST}")
    link = page.get_by_role("link", name="Open the article")
    expect(link).to_have_attribute("href", FIRST)
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    page = opened(small_site, fragment="#https://news.example/second")
    expect(heading(page)).to_have_text("A second article")
    expect(page.locator("#details a")).to_have_count(0)


def test_buttons_walk_and_back_walks_back(opened: Open) -> None:
    """Each neighbour is a button that leads to it; the browser's Back button leads back; the address names the node."""
    page = opened(small_site, fragment=f"#{FIRST}")
    page.get_by_role("button", name="A stub elsewhere").click()
    expect(heading(page)).to_have_text("A stub elsewhere")
    assert page.evaluate("decodeURIComponent(location.hash)") == f"#{STUB}"
    page.get_by_role("button", name="Élan vital").click()
    page.get_by_role("button", name="Tools").click()
    expect(heading(page)).to_have_text("Tools")
    page.get_by_role("button", name="Things").click()
    expect(heading(page)).to_have_text("Things")
    page.go_back()
    page.go_back()
    expect(heading(page)).to_have_text("Élan vital: a first article")


def test_the_iri_can_be_copied(opened: Open) -> None:
    """A button copies the node's IRI."""
    page = opened(small_site, fragment=f"#{FIRST}")
    page.get_by_role("button", name="Copy IRI").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    page.locator("#search").focus()
    page.keyboard.press("Control+V")
    expect(page.locator("#search")).to_have_value(FIRST)


@pytest.mark.parametrize("words", ["elan vital", "ÉLAN", "article first", "Élan", "news.example/first"])
def test_search_finds(opened: Open, words: str) -> None:
    """The search finds a node by words of its title or address, whatever their accents, case and order."""
    page = opened(small_site)
    page.keyboard.press("/")
    page.keyboard.type(words)
    expect(page.locator("#found li").first).to_have_text("Élan vital: a first article")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Élan vital: a first article")
    assert page.evaluate("network.getSelectedNodes()") == [FIRST]
    x, y = spot(page, FIRST)
    box = page.locator("#details").bounding_box()
    assert box
    assert 0 < x < box["x"]
    assert 60 < y < 860


def test_search_by_keyboard(opened: Open) -> None:
    """Arrow keys choose among what was found, and the box tells assistive technology so; Esc empties it."""
    page = opened(small_site)
    search = page.get_by_role("combobox")
    search.fill("stub")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(search).to_have_attribute("aria-expanded", "true")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(search).to_have_attribute("aria-activedescendant", "found-1")
    second = options.nth(1).inner_text()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(second)
    search.fill("nothing of the kind")
    expect(page.locator("#found-note")).to_have_text("Nothing found.")
    page.keyboard.press("Escape")
    expect(search).to_have_value("")
    expect(page.locator("#answers")).to_be_hidden()


def test_escape_closes_the_details(opened: Open) -> None:
    """Esc closes the details and gives the keyboard back to the map."""
    page = opened(small_site, fragment=f"#{FIRST}")
    expect(page.locator("#details")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#details")).to_be_hidden()
    expect(page.get_by_role("application")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()


def test_the_map_moves_by_keyboard(opened: Open) -> None:
    """Arrow keys move the map, plus and minus zoom, Home shows everything."""
    page = opened(small_site)
    page.get_by_role("application").focus()

    def view() -> list[float]:
        seen: list[float] = page.evaluate("[network.getViewPosition().x, network.getScale()]")
        return seen

    before = view()
    page.keyboard.press("ArrowRight")
    assert view()[0] > before[0]
    page.keyboard.press("+")
    assert view()[1] > before[1]
    page.keyboard.press("Home")
    assert view() == pytest.approx(before)
    page.get_by_role("button", name="Zoom out").click()
    assert view()[1] < before[1]


def test_pointing_tells_the_title_as_text(opened: Open) -> None:
    """Pointing at a node shows its title, as text."""
    page = opened(hostile_site)
    iri = page.evaluate("(label) => told.nodes.find((node) => node.label === label).id", HOSTILE[4])
    x, y = spot(page, iri)
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    expect(page.locator("#hint")).to_have_text(HOSTILE[4])
    expect(page.locator(".vis-tooltip")).to_have_count(0)


@pytest.mark.parametrize("number", [number for number, text in enumerate(HOSTILE) if "\x00" not in text])
def test_hostile_content_stays_text(opened: Open, number: int) -> None:
    """Whatever titles, excerpts, addresses and IRIs say, nothing of them runs and nothing becomes an element."""
    page = opened(hostile_site)
    page.locator("#search").fill(f"example.org/{number}/")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(" ".join(HOSTILE[number].split()))
    expect(page.locator("#details").locator("img, script, svg, a, b, iframe")).to_have_count(0)
    assert page.evaluate("window.owned") is None


def test_a_large_network_says_that_it_is_shown_in_part(opened: Open) -> None:
    """The page of a large network says how much of it is shown, in its head, in its search and in the details."""
    page = opened(crowded_site)
    expect(page.locator("#summary")).to_contain_text("Showing 600 of 1,431 nodes")
    page.locator("#search").fill("Everything")
    page.keyboard.press("Enter")
    expect(page.locator("#details")).to_contain_text("Articles about it 1,200")
    expect(page.locator("#details")).to_contain_text("more outside this picture")
    before = page.locator("#details .node").count()
    page.get_by_role("button", name="Show all").click()
    assert page.locator("#details .node:visible").count() == before
    page.locator("#search").fill("nothing of the kind")
    expect(page.locator("#found-note")).to_have_text("Nothing found among the 600 shown.")


def test_nothing_is_hidden_behind_anything(opened: Open) -> None:
    """At first, every node of a large network stands inside the window."""
    page = opened(crowded_site)
    outside = page.evaluate(
        """() => told.nodes.filter((node) => {
            const at = network.canvasToDOM(node);
            return at.x < 0 || at.y < 0 || at.x > place.clientWidth || at.y > place.clientHeight;
        }).length"""
    )
    assert outside == 0


def test_an_empty_network_says_so(opened: Open) -> None:
    """The page of an empty network says that there is nothing yet, and offers no empty legend."""
    page = opened(networkx.MultiDiGraph)
    expect(page.get_by_text("Nothing to show yet")).to_be_visible()
    expect(page.locator("#legend")).to_be_hidden()


def test_a_phone_shows_map_and_details(opened: Open) -> None:
    """On a phone the details rise from below and leave the map its half; nothing is wider than the screen."""
    page = opened(small_site, viewport=PHONE, has_touch=True, is_mobile=True)
    expect(page.locator("#legend-kinds")).to_be_hidden()
    page.locator("#legend summary").tap()
    expect(page.locator("#legend-kinds")).to_be_visible()
    page.locator("#legend summary").tap()
    expect(page.locator("#legend-kinds")).to_be_hidden()
    page.wait_for_timeout(500)  # the map moves to its new room
    x, y = spot(page, FIRST)
    page.touchscreen.tap(x, y)
    expect(heading(page)).to_have_text("Élan vital: a first article")
    page.wait_for_timeout(1000)  # the details rise, and the map moves out of their way
    details, header = page.locator("#details").bounding_box(), page.locator("header").bounding_box()
    assert details
    assert header
    assert details["y"] - header["height"] > 0.25 * PHONE["height"]
    assert details["y"] + details["height"] == pytest.approx(PHONE["height"], abs=1)
    assert header["height"] < spot(page, FIRST)[1] < details["y"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.get_by_role("button", name="Close details").tap()
    expect(page.locator("#details")).to_be_hidden()


def test_what_a_finger_touches_is_large_enough(opened: Open) -> None:
    """On a phone every button is at least 36 pixels high."""
    page = opened(small_site, fragment=f"#{FIRST}", viewport=PHONE, has_touch=True, is_mobile=True)
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box is None or box["height"] >= 36, button.inner_text()


def test_dark_and_light_follow_the_reader(opened: Open) -> None:
    """The page, its map included, follows the reader's choice of dark or light, also when it changes."""
    page = opened(small_site, color_scheme="light")
    bright = colours(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(300)
    dark = colours(page)
    assert bright
    assert dark
    assert not bright & dark
