"""Tests of the explorer page share a tab, and none finds in it what another left."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.explorers import DESKTOP, ODD_SITES, PHONE, opened, written
from tests.static_sites import served_folder
from tests.tabs import lent

FOUND = """() => [
    localStorage.length, sessionStorage.length, location.hash, innerWidth, innerHeight,
    ...["print", "(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)", "(prefers-contrast: more)",
        "(forced-colors: active)", "(hover: hover)"].map((words) => matchMedia(words).matches),
    document.querySelector("#map:hover") === null,
]"""


def test_a_tab_forgets(browser: Browser, tmp_path: Path) -> None:
    """What a test stores, chooses or opens in the tab is gone when the next one has it."""
    path, _ = written(tmp_path, ODD_SITES["one"])
    with opened(browser, path, own_tab=True) as page:
        wanted = page.evaluate(FOUND)
    with opened(browser, path, "#view=timeline") as first:
        first.evaluate("() => { localStorage.setItem('a', 'b'); sessionStorage.setItem('a', 'b'); }")
        first.emulate_media(
            media="print", color_scheme="dark", reduced_motion="no-preference", contrast="more", forced_colors="active"
        )
        first.set_viewport_size(PHONE)
        first.mouse.move(200, 400)
        first.context.new_page()
        with opened(browser, path) as other:
            assert other is not first
    with opened(browser, path) as second:
        assert second is first or second is other
        assert second.context.pages == [second]
        assert second.evaluate(FOUND) == wanted


def test_a_tab_of_its_own_is_given_to_nobody(browser: Browser, tmp_path: Path) -> None:
    """Who has a tab of its own has a new one, which is closed at the end."""
    path, _ = written(tmp_path, ODD_SITES["one"])
    with opened(browser, path, own_tab=True) as own, opened(browser, path) as other:
        assert own.context is not other.context
    assert own.is_closed()
    with opened(browser, path) as page:
        assert page is not own


def test_a_tab_keeps_its_settings(browser: Browser, tmp_path: Path) -> None:
    """Who has settings gets the tab that was made with them, as it was made, and not too many wait."""
    path, _ = written(tmp_path, ODD_SITES["one"])
    with opened(browser, path, viewport=PHONE, color_scheme="dark") as first:
        wanted = first.evaluate(FOUND)
        first.emulate_media(color_scheme="light", reduced_motion="no-preference")
        first.set_viewport_size(DESKTOP)
        first.mouse.move(200, 400)
    with opened(browser, path, viewport=PHONE, color_scheme="dark") as second:
        assert second is first
        assert second.evaluate(FOUND) == wanted
    pages = []
    for language in ("de", "el", "en", "es", "fr"):
        with opened(browser, path, locale=language) as page:
            pages.append(page)
    assert first.is_closed()
    assert len({page.context for page in pages}) == len(pages)


def test_a_tab_forgets_a_server(browser: Browser, tmp_path: Path) -> None:
    """What a page of a server has stored, what stood between both, and its cookies are gone."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Served</title>", encoding="utf-8")
    with served_folder(tmp_path) as address:
        with lent(browser, viewport=DESKTOP) as first:
            first.route("**/index.html", lambda route: route.abort())
            first.goto(f"{address}/")
            first.evaluate("() => { localStorage.setItem('a', 'b'); document.cookie = 'a=b'; }")
        with lent(browser, viewport=DESKTOP) as second:
            assert second is first
            second.goto(f"{address}/index.html")
            assert second.title() == "Served"
            assert second.evaluate("() => [localStorage.length, document.cookie]") == [0, ""]
