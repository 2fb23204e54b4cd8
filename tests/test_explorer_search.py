"""The search of the explorer page: what a reader types, and what is suggested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.explorers import DESKTOP, PHONE, SITE, article, iri, opened, state, written


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
    expect(page.locator("[role=option]").first.locator(".hit > bdi").first).to_have_text(found)


def test_suggestions_say_what_they_are(page: Page) -> None:
    """Each suggestion says its kind, or for an article its date; what is only near is said to be."""
    page.locator("#search").fill("tulips")
    expect(page.get_by_role("option", name=re.compile("^Tulips Topic"))).to_be_visible()
    expect(page.get_by_role("option", name=re.compile("Tulips in May 1 June 2022"))).to_be_visible()
    page.locator("#search").fill("tulpis")
    expect(page.locator("#searching .found-note")).to_contain_text("No exact match")
    page.locator("#search").fill("qqqqqq")
    expect(page.locator("#searching .found-note")).to_contain_text("Nothing has such a name or text")
    expect(page.locator("[role=option]")).to_have_count(0)
    page.locator("#search").fill("topic:tulips qqqqqq")
    expect(page.locator("#searching .found-note")).to_have_text(
        "Nothing that fits the conditions has such a name or text."
    )
    page.locator("#search").fill("topic:tulips before:1999")
    expect(page.locator("#searching .found-note")).to_have_text("Nothing fits all of these conditions.")


def test_suggestions_are_walked_by_keyboard(page: Page) -> None:
    """Arrows move through the suggestions and say so to a screen reader, Enter takes one, Esc gives up."""
    box = page.get_by_role("combobox", name=re.compile("^Search"))
    box.fill("bed number")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#searching").get_by_role("option", selected=True)
    expect(chosen).to_have_count(1)
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("moon")
    page.locator("[role=option]").first.wait_for()
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


def test_a_word_of_a_summary_or_heading_is_found_and_shown(browser: Browser, tmp_path: Path) -> None:
    """A word of a summary, of a heading or far into a title is found, and the suggestion shows it, also on a phone."""
    long = article("long", f"{'A long report on what was found in gardens ' * 4}and on hedgehogs in the end")
    site = {
        **SITE,
        **long,
        "plain.md": "---\ntitle: A plain one\n---\nWords.\n\n## Pruning in <b>winter</b>\n\nMore words.\n",
    }
    with opened(browser, written(tmp_path, site)[0]) as page:
        for typed, title, hit in (
            ("grow month need", "Élan of roses: how they grow", "What roses need, month by month."),
            ("pruning", "A plain one", "§ Pruning in winter"),
        ):
            page.locator("#search").fill(typed)
            option = page.locator("[role=option]").first
            expect(option.locator(".hit > bdi").first).to_have_text(title)
            expect(option.locator(".hit-text")).to_have_text(hit)
            expect(option.locator(".hit-text mark").first).to_be_visible()
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            page.locator("#search").fill("hedgehogs")
            name = page.locator("[role=option] .hit > bdi").first
            mark, inside = name.locator("mark").bounding_box(), name.bounding_box()
            assert mark
            assert inside
            assert mark["y"] + mark["height"] <= inside["y"] + inside["height"] + 1
        page.set_viewport_size(DESKTOP)
        page.locator("#search").fill("month")
        page.get_by_role("option", name=re.compile("month by month")).click()
        assert state(page)["iri"] == iri("roses")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("topic:plants before:2022-06", ["Élan of roses: how they grow"]),
        ("provider:earth.example", ["The soil below"]),
        ('author:"ada g" month', ["Élan of roses: how they grow"]),
        ("after:2023-12 -type:course", ["Bed number 11"]),
        ("type:video -is:unpublished", ["=SUM(A1) of compost"]),
        ("date:2022 quality:50", ["Élan of roses: how they grow"]),
        ("type:course is:unlinked is:orphan", ["Gardening on the moon"]),
        ("kind:person ada", ["Ada Gärtner"]),
        ("kind:person -is:published ada", ["Ada Gärtner"]),
    ],
)
def test_conditions_narrow_a_search(page: Page, typed: str, found: list[str]) -> None:
    """Conditions such as topic: and before: leave only what fulfils them, with or without words."""
    page.locator("#search").fill(typed)
    expect(page.locator("[role=option]").locator(".hit > bdi:first-child")).to_have_text(found)


def test_conditions_that_mean_nothing_are_said(page: Page) -> None:
    """A name that nothing bears, and a date that is none, are said and find nothing."""
    for typed, words in (
        ("topic:zebras", "No topic is called “zebras”."),
        ("before:may", "“may” is not a date: write before:2021"),
        ("is:odd", "write is:stub"),
    ):
        page.locator("#search").fill(typed)
        expect(page.locator("#searching .found-note")).to_contain_text(words)
        expect(page.locator("[role=option]")).to_have_count(0)


def test_a_search_with_conditions_becomes_a_filter(page: Page) -> None:
    """What a search with conditions finds can be shown alone, and its address shows the same again."""
    page.locator("#search").fill("topic:tulips before:2023-04 bed")
    page.get_by_role("option", name=re.compile("^Show only these 3")).click()
    expect(page.locator("#filters")).to_contain_text("3 of 19 articles shown")
    address = page.url
    page.get_by_role("button", name=re.compile("^Remove the filter")).click()
    expect(page.locator("#filters")).to_contain_text("19 articles")
    page.goto(address)
    expect(page.locator("#filters")).to_contain_text("3 of 19 articles shown")
    page.get_by_role("button", name=re.compile("^Remove the filter")).click()


def test_a_link_that_names_what_is_gone_says_so(browser: Browser, tmp_path: Path) -> None:
    """Names in an address that nothing here bears are said; the rest of it is shown, communities by their digest."""
    path, _ = written(tmp_path, SITE)
    with opened(
        browser, path, "#iri=https://garden.example/gone&type=video,gone&community=9&colour=gone&from=1"
    ) as page:
        expect(page.locator("#note")).to_have_text(
            "The link names things that are not here: https://garden.example/gone, type gone, community 9 and 2 more."
            " The rest is shown."
        )
        expect(page.locator("#filters")).to_contain_text("2 of 19 articles shown")
        page.evaluate(
            "() => window.explorer.page.choose({ types: [], communities: [0] })",
        )
        key = page.evaluate("() => window.explorer.atlas.header.communities[0].key")
        assert re.fullmatch("[0-9a-f]{10}", key)
        assert f"community={key}" in page.url
