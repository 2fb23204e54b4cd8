"""The explorer in a frame of another page, and its dark and light switch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from graph.publishing import update
from tests.audit import audit, load_auditor
from tests.explorers import DESKTOP, PHONE, SITE, opened, written
from tests.static_sites import served_folder
from tests.tabs import lent

HOST = """<!doctype html><html lang="en" style="color-scheme: light dark"><title>Host</title>
<body style="margin: 0"><iframe title="Map" src="page.html?embed{more}" width="100%" height="500"
style="border: 0; color-scheme: light dark"></iframe><div style="height: 3000px">Below</div></body></html>"""
DARK = "() => getComputedStyle(document.body).getPropertyValue('--ground') === '#11151a'"
ALPHA = """() => {
    const canvas = document.getElementById("map");
    return canvas.getContext("2d").getImageData(2, 2, 1, 1).data[3];
}"""

SWATCH = "() => document.querySelector('#filters .swatch').style.backgroundColor"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the page of the small site."""
    folder = tmp_path_factory.mktemp("embed")
    written(folder, SITE)
    return folder


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """Serve the folder; yield its address."""
    with served_folder(folder, policy="") as address:
        yield address


@contextmanager
def hosted(browser: Browser, folder: Path, site: str, more: str = "", **options: Any) -> Iterator[tuple[Page, Frame]]:  # noqa: ANN401
    """Open a page with the explorer in a frame; yield the page and the frame when the map is drawn."""
    (folder / "host.html").write_text(HOST.format(more=more), encoding="utf-8")
    with lent(browser, **{"viewport": DESKTOP, "reduced_motion": "reduce", **options}) as page:
        page.goto(f"{site}/host.html")
        frame = page.frames[1]
        frame.wait_for_function("() => window.explorer")
        frame.evaluate("() => window.explorer.ready")
        yield page, frame


def zoom_of(frame: Frame) -> float:
    """Return how far the map is zoomed in."""
    return float(frame.evaluate("() => window.explorer.map.camera.zoom"))


def scroll_of(page: Page) -> float:
    """Return how far the page around is scrolled."""
    return float(page.evaluate("() => window.scrollY"))


def test_the_wheel_scrolls_the_page_until_the_map_is_clicked(browser: Browser, folder: Path, site: str) -> None:
    """A reader who scrolls past is not caught by the map; after a click the wheel zooms, until the pointer leaves."""
    with hosted(browser, folder, site) as (page, frame):
        zoom = zoom_of(frame)
        page.mouse.move(400, 300)
        page.mouse.wheel(0, 120)
        page.wait_for_function("() => window.scrollY > 100")
        assert zoom_of(frame) == zoom
        page.mouse.click(40, 100)
        page.mouse.wheel(0, -120)
        frame.wait_for_function("(zoom) => window.explorer.map.camera.zoom > zoom", arg=zoom)
        assert scroll_of(page) > 100
        page.mouse.move(400, 460)
        page.mouse.move(40, 100)
        page.mouse.wheel(0, -120)
        page.wait_for_function("() => window.scrollY === 0")


def test_a_finger_scrolls_the_page_until_the_map_is_tapped(browser: Browser, folder: Path, site: str) -> None:
    """On a phone the map takes a finger's movement only after a tap."""
    with hosted(browser, folder, site, viewport=PHONE, has_touch=True, is_mobile=True) as (page, frame):
        action = "() => getComputedStyle(document.getElementById('map')).touchAction"
        assert frame.evaluate(action) == "pan-x pan-y"
        page.touchscreen.tap(60, 60)
        frame.wait_for_function(f"() => ({action})() === 'none'")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_only_the_map_is_shown(browser: Browser, folder: Path, site: str, scheme: Literal["light", "dark"]) -> None:
    """In a frame there is no toolbar, what is behind shows through, and a link opens the page by itself."""
    with hosted(browser, folder, site, color_scheme=scheme) as (_, frame):
        expect(frame.locator("#bar")).to_be_hidden()
        expect(frame.locator("#filters")).to_be_hidden()
        assert frame.evaluate(ALPHA) == 0
        assert frame.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)"
        assert frame.evaluate(DARK) == (scheme == "dark")
        whole = frame.locator("#whole")
        frame.evaluate("() => window.explorer.page.change({ view: 'network' })")
        whole.hover()
        assert whole.get_attribute("href") == f"{site}/page.html?embed=0#view=network"


def test_a_frame_is_as_dark_as_it_is_told(browser: Browser, folder: Path, site: str) -> None:
    """The address says which theme the frame has, and the page around may change it later."""
    with hosted(browser, folder, site, "&theme=dark", color_scheme="light") as (page, frame):
        assert frame.evaluate(DARK)
        assert frame.evaluate("() => document.documentElement.style.colorScheme") == "dark"
        tell = "(theme) => document.querySelector('iframe').contentWindow.postMessage({ theme }, '*')"
        page.evaluate(tell, "light")
        frame.wait_for_function(f"() => !({DARK})()")
        page.evaluate(tell, "dark")
        frame.wait_for_function(DARK)
        for odd in ["purple", None, {"theme": 1}]:
            page.evaluate(tell, odd)
        page.evaluate(tell, "auto")
        frame.wait_for_function(f"() => !({DARK})()")


def test_nothing_in_a_frame_stands_in_anyones_way(browser: Browser, folder: Path) -> None:
    """axe-core finds nothing wrong with a frame, also while a card is open."""
    auditor = load_auditor()
    with opened(browser, folder / "page.html", "?embed", bypass_csp=True) as page:
        faults = audit(page, auditor)
        page.evaluate("() => window.explorer.page.change({ node: 0 })")
        expect(page.locator("#card")).to_be_visible()
        assert faults | audit(page, auditor) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_switch(browser: Browser, site: str, scheme: Literal["light", "dark"]) -> None:
    """The switch makes page and map dark or light, also for the next visit, and back to what the system says."""
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce", color_scheme=scheme)
    page = context.new_page()
    paper = ALPHA.replace("data[3]", "data[0]")
    was_dark = scheme == "dark"
    for visit in range(2):
        page.goto(f"{site}/page.html")
        page.evaluate("() => window.explorer.ready")
        assert page.evaluate(DARK) == (was_dark if visit == 0 else not was_dark)
        button = page.locator("#theme")
        expect(button).to_have_text("Light mode" if page.evaluate(DARK) else "Dark mode")
        button.click()
        page.wait_for_function(f"(dark) => ({DARK})() === dark", arg=not was_dark if visit == 0 else was_dark)
        page.wait_for_function(f"(dark) => (({paper})() < 128) === dark", arg=page.evaluate(DARK))
        page.wait_for_function(f"({SWATCH})() === 'rgb(' + window.explorer.map.scene.colours.hues[1].join(', ') + ')'")
    assert page.evaluate("() => window.localStorage.length") == 0
    context.close()


def test_the_theme_of_the_file_gives_way_to_the_reader(browser: Browser, folder: Path, site: str) -> None:
    """`data-theme` says how a page begins, and what the reader chooses lasts nevertheless."""
    page_text = (folder / "page.html").read_text(encoding="utf-8")
    (folder / "dark.html").write_text(
        page_text.replace('<html lang="en"', '<html lang="en" data-theme="dark"'), "utf-8"
    )
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce", color_scheme="light")
    page = context.new_page()
    for is_dark in (True, False, True):
        page.goto(f"{site}/dark.html")
        page.evaluate("() => window.explorer.ready")
        assert page.evaluate(DARK) == is_dark
        page.locator("#theme").click()
        page.wait_for_function(f"(dark) => ({DARK})() === dark", arg=not is_dark)
    page.locator("#theme").click()
    assert page.evaluate("() => window.localStorage.length") == 0
    context.close()


def test_a_page_that_is_built_for_frames(browser: Browser, tmp_path: Path) -> None:
    """`--embed` makes the page that way without `?embed`; building without it makes the usual page again."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "one.md").write_text("---\ntitle: One\n---\nText.\n", encoding="utf-8")
    page_file = tmp_path / "out" / "explorer.html"
    update(tmp_path / "site", tmp_path / "out", formats="html,nt")
    usual = page_file.read_bytes()
    update(tmp_path / "site", tmp_path / "out", formats="html,nt", embed=True)
    assert b'<html lang="en" data-embed>' in page_file.read_bytes()
    with opened(browser, page_file) as page:
        expect(page.locator("#bar")).to_be_hidden()
    with opened(browser, page_file, "?embed=0") as page:
        expect(page.locator("#bar")).to_be_visible()
    assert not update(tmp_path / "site", tmp_path / "out", formats="html,nt", embed=True).is_new
    update(tmp_path / "site", tmp_path / "out", formats="html,nt")
    assert page_file.read_bytes() == usual
