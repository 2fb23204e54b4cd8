"""The player of time in the filters of the explorer page; in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from graph.analysis import TopicTrend, topic_trends
from tests.audit import audit, load_auditor
from tests.explorers import DESKTOP, ODD_SITES, PHONE, SITE, article, opened, settle, state, written
from tests.worlds import Said, Site

WORDS = ".player-words"
HEIGHT, EDGE = 18, 1.5
"""The height of the line of a topic, and the space above and below it, in pixels."""


def _changing() -> Site:
    """Return a site of 260 articles over thirteen years, of topics that rise, fall, stay, and come and go."""
    site: dict[str, Said] = {}
    for number in range(260):
        topics = [name for name, told in _TOLD.items() if told(number)] or ["Rest"]
        date = f"{2010 + number // 20}-{1 + number % 12:02}-{1 + number % 7:02}"
        site |= article(f"a{number}", f"Report {number}", topics=topics, publishedDateTime=date)
    return site


_TOLD: dict[str, Callable[[int], bool]] = {
    "Rising": lambda number: number % 20 < number // 20,
    "Falling": lambda number: number % 20 < 13 - number // 20,
    "Steady": lambda number: number % 4 == 0,
    "In the middle": lambda number: 100 < number < 160 and number % 2 == 0,
    "Rare": lambda number: number in {7, 207},
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the small site, with articles from May 2022 to February 2024."""
    return written(tmp_path_factory.mktemp("time"), SITE)[0]


def choice(page: Page) -> dict[str, Any]:
    """Return the dates that are chosen, as the address writes them, and whether the rest stays in its place."""
    found: dict[str, Any] = page.evaluate(
        """() => {
            const parts = new URLSearchParams(window.location.hash.slice(1));
            return Object.fromEntries(["from", "to", "rest"].map((name) => [name, parts.get(name)]));
        }"""
    )
    return found


def test_steps_by_keyboard_keep_the_map_in_place(browser: Browser, path: Path) -> None:
    """Keys go forward and back, the span is shown and said, the camera rests, and Escape brings everything back."""
    with opened(browser, path) as page:
        settle(page)
        camera = state(page)["camera"]
        page.get_by_label("Length of a step").select_option("year")
        page.get_by_role("button", name="Step forward in time").focus()
        page.keyboard.press(".")
        expect(page.locator(WORDS)).to_have_text("2022: 2 articles")
        expect(page.locator("#said")).to_have_text("2022: 2 articles")
        assert choice(page) == {"from": "2022-01-01", "to": "2022-12-31", "rest": "faded"}
        page.keyboard.press("ArrowRight")
        expect(page.locator(WORDS)).to_have_text("2023: 14 articles")
        page.get_by_label("Include all before").check()
        expect(page.locator(WORDS)).to_have_text("Until 31 December 2023: 16 articles")
        page.get_by_label("Include all before").uncheck()
        page.get_by_role("button", name="Step forward in time").click()
        page.keyboard.press(".")
        expect(page.locator("#said")).to_have_text("The last: 2024: 1 article")
        page.keyboard.press(",")
        page.keyboard.press("ArrowLeft")
        page.keyboard.press(",")
        expect(page.locator("#said")).to_have_text("The first: 2022: 2 articles")
        settle(page)
        assert state(page)["camera"] == camera
        page.keyboard.press("Escape")
        expect(page.locator(WORDS)).to_be_hidden()
        assert choice(page) == {"from": None, "to": None, "rest": None}


def test_it_plays_to_the_end_and_can_be_ended(browser: Browser, path: Path) -> None:
    """It stops at the last span; Escape ends it from anywhere; dates taken away elsewhere end it, too."""
    with opened(browser, path, own_tab=True) as page:
        page.emulate_media(reduced_motion="no-preference")
        page.clock.install()  # time stands still unless it is run
        page.clock.pause_at(page.evaluate("() => Date.now() + 1000") / 1000)
        page.get_by_label("Length of a step").select_option("year")
        page.get_by_role("button", name="Play", exact=True).click()
        expect(page.locator(WORDS)).to_have_text("2022: 2 articles")
        page.clock.run_for(1000)
        expect(page.locator(WORDS)).to_have_text("2023: 14 articles")
        page.get_by_role("button", name="Pause").click()
        page.clock.run_for(3000)
        expect(page.locator(WORDS)).to_have_text("2023: 14 articles")
        page.get_by_role("button", name="Play", exact=True).click()
        expect(page.locator(WORDS)).to_have_text("2024: 1 article")
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        page.clock.run_for(100)
        expect(page.locator("#said")).to_have_text("The end: 2024: 1 article")
        page.get_by_role("button", name="Play", exact=True).click()
        expect(page.locator(WORDS)).to_have_text("2022: 2 articles")
        page.locator("#map").focus()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        assert choice(page) == {"from": None, "to": None, "rest": None}
        page.get_by_role("button", name="Play", exact=True).click()
        page.get_by_role("button", name="Remove the filter").click()
        page.clock.run_for(3000)
        assert choice(page) == {"from": None, "to": None, "rest": None}
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_it_stands_still_where_motion_is_unwanted(browser: Browser, path: Path, size: str) -> None:
    """With reduced motion there is no button that plays, steps remain, and axe-core finds nothing to say."""
    auditor = load_auditor()
    window = PHONE if size == "phone" else DESKTOP
    with opened(browser, path, viewport=window, is_mobile=size == "phone", bypass_csp=True) as page:
        if size == "phone":
            page.locator("#open-filters").click()
        player = page.get_by_role("group", name="Play through time")
        expect(player).to_contain_text("Go step by step")
        expect(player.get_by_role("button", name="Play", exact=True)).to_be_hidden()
        player.get_by_role("button", name="Step forward in time").click()
        expect(page.locator(WORDS)).to_be_visible()
        assert audit(page, auditor) == {}


def test_there_is_none_without_dates(browser: Browser, tmp_path: Path) -> None:
    """A site without dates has nothing to play through."""
    with opened(browser, written(tmp_path, ODD_SITES["undated"])[0]) as page:
        expect(page.locator("#filters .facet").first).to_be_visible()
        expect(page.locator(".player")).to_have_count(0)


def test_trends_are_those_of_python(browser: Browser, tmp_path: Path) -> None:
    """Insights tell topics over time as `topic_trends` does, also of what is shown: course, shares and periods."""
    path, knowledge = written(tmp_path, _changing())
    with opened(browser, path, bypass_csp=True) as page:
        for since in ("", "2013-01-01"):
            page.evaluate(
                "(since) => { window.location.hash = since ? `from=${since}&show=insights` : 'show=insights'; }", since
            )
            expect(page.locator("#insights")).to_contain_text("Topics over time")
            shown = page.locator("#insights section", has_text="Topics over time").locator("li").all_inner_texts()
            network = knowledge.network.copy()
            network.remove_nodes_from(
                [
                    node
                    for node, told in knowledge.network.nodes(data=True)
                    if str(told.get("published_at") or "~") < since
                ]
            )
            rows = topic_trends(network)
            told = [
                f"{row.label} {course}{_share(row.share_before)} → {_share(row.share_after)}"
                for row in rows
                for course in ["" if row.trend == "unknown" else f"{row.trend}, "]
            ]
            assert {row.trend for row in rows} == {"rising", "falling", "steady", "unknown"}
            assert sorted(" ".join(text.split()) for text in shown) == sorted(told)
            periods = [share.period for share in rows[0].shares]
            span = f"from {periods[0].split(' to ')[0]} to {periods[-1].split(' to ')[-1]},"
            expect(page.locator("#insights")).to_contain_text(span)
            lines = page.locator("#insights section", has_text="Topics over time").locator("li").all()
            heights = {line.locator("bdi").inner_text(): _heights(line) for line in lines}
            for row in rows:
                assert heights[row.label] == pytest.approx(_heights_of(row), abs=0.01)
        assert audit(page, load_auditor()) == {}


def _heights(line: Locator) -> list[float]:
    """Return how high a line is in each period, as shares of its highest point."""
    points = str(line.locator("path").get_attribute("d")).removeprefix("M").split("L")
    heights = [HEIGHT - EDGE - float(point.split()[1]) for point in points]
    return [height / max(heights) for height in heights]


def _heights_of(row: TopicTrend) -> list[float]:
    """Return the same from the shares that `topic_trends` finds."""
    shares = [share.share for share in row.shares]
    return [share / max(shares) for share in shares]


def _share(portion: float) -> str:
    """Return a share as the page writes it."""
    return "<1 %" if 0 < portion < 0.01 else f"{int(100 * portion + 0.5)} %"
