"""Tests of the explorer page share a tab, and none finds in it what another left."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.explorers import ODD_SITES, PHONE, opened, written

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
    """Who has settings, or a tab of its own, has a new one; it is closed at the end."""
    path, _ = written(tmp_path, ODD_SITES["one"])
    with opened(browser, path, own_tab=True) as own, opened(browser, path, viewport=PHONE) as phone:
        assert own.context is not phone.context
    assert own.is_closed()
    assert phone.is_closed()
    with opened(browser, path) as page:
        assert page not in (own, phone)
