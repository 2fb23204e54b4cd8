"""The search of the explorer page: what a reader types, and what is suggested."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.explorers import SITE, iri, opened, state, written


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return the page of the small site, the same for all tests."""
    path, _ = written(tmp_path_factory.mktemp("search"), SITE)
    with opened(browser, path) as page:
        yield page


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Élan", "Élan of roses: how they grow"),
        ("elan ROSES", "Élan of roses: how they grow"),
        ("rose el", "Élan of roses: how they grow"),
        ("gardning moon", "Gardening on the moon"),
        ("tulpis", "Tulips"),
        ("plant", "Plants"),
        ("earth", "Earth News"),
        ("gartner", "Ada Gärtner"),
        ("garden.example/moon", "Gardening on the moon"),
        ("sum(a1", "=SUM(A1) of compost"),
    ],
)
def test_what_is_meant_comes_first(page: Page, typed: str, found: str) -> None:
    """Articles, topics, providers and people are found by parts of their names, without accents, and with slips."""
    page.locator("#search").fill(typed)
    expect(page.get_by_role("option").first.locator("bdi")).to_have_text(found)


def test_suggestions_say_what_they_are(page: Page) -> None:
    """Each suggestion says its kind, or for an article its date; what is only near is said to be."""
    page.locator("#search").fill("tulips")
    expect(page.get_by_role("option", name=re.compile("^Tulips Topic"))).to_be_visible()
    expect(page.get_by_role("option", name=re.compile("Tulips in May 1 June 2022"))).to_be_visible()
    page.locator("#search").fill("tulpis")
    expect(page.locator("#searching .found-note")).to_contain_text("No exact match")
    page.locator("#search").fill("qqqqqq")
    expect(page.locator("#searching .found-note")).to_contain_text("Nothing has such a name")
    expect(page.get_by_role("option")).to_have_count(0)


def test_suggestions_are_walked_by_keyboard(page: Page) -> None:
    """Arrows move through the suggestions and say so to a screen reader, Enter takes one, Esc gives up."""
    box = page.get_by_role("combobox", name=re.compile("^Search"))
    box.fill("bed number")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_have_count(1)
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("moon")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    assert state(page)["iri"] == iri("moon")
    expect(box).to_have_value("")


def test_all_that_fit_are_shown_on_the_map(page: Page) -> None:
    """The last suggestion leaves on the map only what bears these words, with its topics and providers."""
    page.locator("#search").fill("bed number")
    page.get_by_role("option", name=re.compile("^Show only these 12")).click()
    expect(page.locator("#filters")).to_contain_text("12 of 19 articles shown")
    assert "words=bed%20number" in page.evaluate("() => location.hash")
    page.locator("#chips button").click()
    expect(page.locator("#filters")).to_contain_text("19 articles")
