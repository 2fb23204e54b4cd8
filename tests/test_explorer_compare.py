"""Comparing topics, providers and people in the explorer page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.audit import audit, load_auditor
from tests.explorers import DESKTOP, PHONE, SITE, article, opened, written


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the small site."""
    return written(tmp_path_factory.mktemp("compare"), SITE)[0]


def add(page: Page, words: str) -> None:
    """Add what a search finds first to what is compared."""
    page.locator("#compared").fill(words)
    page.locator("#compare [role=option]").first.wait_for()
    page.keyboard.press("Enter")


def test_two_are_seen_side_by_side(browser: Browser, path: Path) -> None:
    """Counts, times, what they share and what is their own are told in words; a topic includes its narrower ones."""
    with opened(browser, path) as page:
        page.keyboard.press("c")
        expect(page.locator("#compare")).to_contain_text("Choose two or more")
        add(page, "The Garden")
        add(page, "kind:topic plants")
        columns = page.locator(".compare-columns > div")
        expect(columns).to_have_count(2)
        expect(columns.nth(0)).to_contain_text("14 articles, May 2022 to December 2023")
        expect(columns.nth(1)).to_contain_text("14 articles, May 2022 to December 2023")
        expect(page.locator("#compare")).to_contain_text("14 articles in common, 100 % of theirs")
        expect(page.locator("#compare")).to_contain_text("They rise and fall together")
        expect(page.locator(".compare-lines path")).to_have_count(2)
        add(page, "Earth News")
        expect(columns.nth(2)).to_have_text(re.compile(r"1 article, January 2023(?! to)"))
        page.get_by_role("button", name="Compare without Earth News").click()
        expect(columns).to_have_count(2)
        page.locator("#compared").fill("garden")
        expect(page.locator("#compared-list [role=option]")).to_contain_text(["The Garden", "Gardens"])
        expect(page.locator("#compared-list")).not_to_contain_text("Gardening on the moon")
        page.locator("#compared").fill("tulips in may")
        expect(page.locator("#compare .found-note")).to_contain_text("Articles cannot be compared")
        expect(page.locator("#compared-list [role=option]")).to_have_count(0)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Close the comparison").click()
        expect(page.locator("#compare")).to_be_hidden()


def test_a_small_share_is_not_none(browser: Browser, tmp_path: Path) -> None:
    """One article of hundreds in common is less than a percent of them, and not 0 %."""
    site = {
        name: fields
        for number in range(300)
        for name, fields in article(
            f"a{number}", f"Report {number}", topics=["Rome", "Oslo"] if number == 0 else [("Rome", "Oslo")[number % 2]]
        ).items()
    }
    with opened(browser, written(tmp_path, site)[0]) as page:
        page.keyboard.press("c")
        add(page, "Rome")
        add(page, "Oslo")
        expect(page.locator("#compare")).to_contain_text("1 article in common, less than 1 % of theirs")


def test_a_link_holds_what_is_compared(browser: Browser, path: Path) -> None:
    """The address names those compared, in their order; the lines have months and numbers beside them."""
    with opened(browser, path) as page:
        page.keyboard.press("c")
        add(page, "Earth News")
        add(page, "The Garden")
        expect(page.locator(".compare-columns > div")).to_have_count(2)
        address = page.url.split("#")[1]
    with opened(browser, path, f"#{address}") as page:
        columns = page.locator(".compare-columns > div")
        expect(columns).to_have_count(2)
        expect(columns.nth(0)).to_contain_text("Earth News")
        expect(columns.nth(1)).to_contain_text("The Garden")
        expect(page.locator(".compare-plot .count")).to_have_text(["0", "1"])
        expect(page.locator(".compare-plot .month").filter(has_text="2023")).to_be_visible()
        page.get_by_role("button", name="Compare without Earth News").click()
        page.go_back()
        expect(columns).to_have_count(2)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_nothing_of_it_stands_in_anyones_way(browser: Browser, path: Path, size: str) -> None:
    """axe-core finds nothing to say about the comparison, on a desktop and on a phone."""
    auditor = load_auditor()
    window = PHONE if size == "phone" else DESKTOP
    with opened(browser, path, viewport=window, is_mobile=size == "phone", bypass_csp=True) as page:
        page.evaluate("() => document.getElementById('open-compare').click()")
        add(page, "The Garden")
        add(page, "kind:topic plants")
        expect(page.locator(".compare-lines")).to_be_visible()
        assert audit(page, auditor) == {}
