"""What the explorer page looks like where a careless one looks ugly: names, small windows, incomplete sites."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.explorers import DESKTOP, PHONE, article, iri, opened, settle, written
from tests.worlds import Site

VIEWS = ("topics", "network", "timeline")
SUBJECTS = "Search Privacy Analytics Mobile Trust Security Usability Multimedia Governance Innovation".split()
KINDS = ("", " and infrastructure", " of application programming interfaces", " في الحدائق", "研究", " (beta)")


def _many_topics() -> Site:
    """Return a site of 58 topics of very different sizes, some with long names or names from right to left."""
    names = [f"{subject}{kind}" for kind, subject in itertools.product(KINDS, SUBJECTS)][:58]
    counts = [1 + (place * 7) % 23 for place in range(len(names))]
    site: Site = {}
    for place, (name, count) in enumerate(zip(names, counts, strict=True)):
        for number in range(count):
            site |= article(
                f"a{place}-{number}",
                f"{name}, report {number} on what was found",
                topics=[name],
                publishedDateTime=f"{2012 + number % 9}-{1 + place % 12:02}-11",
                authors=[f"Author {place % 17}"],
                related=[{"webUrl": iri(f"a{place}-0"), "title": name}] if number % 3 else [],
            )
    return site


SPECIMENS: dict[str, Site] = {"many topics": _many_topics()}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the page of each specimen."""
    folder = tmp_path_factory.mktemp("looks")
    return {name: written(folder, site, name.replace(" ", "-"))[0] for name, site in SPECIMENS.items()}


def show(page: Page, view: str) -> None:
    """Show all of a view, and wait until it is drawn."""
    page.locator(f"#view-{view}").click()
    settle(page)


def labels(page: Page) -> list[dict[str, Any]]:
    """Return the names on the map: their boxes, and the number of the island or community, or -1."""
    found: list[dict[str, Any]] = page.evaluate("() => window.explorer.map.stats.labels")
    return found


def circles(page: Page) -> list[dict[str, Any]]:
    """Return the circles of the view in pixels of the map, each with its name and the number of the one around it."""
    found: list[dict[str, Any]] = page.evaluate(
        """() => {
            const { map, atlas } = window.explorer;
            const { camera, width, height } = map.sight;
            const all = { topics: atlas.header.islands, network: atlas.header.communities, timeline: [] }[map.view];
            return all.map(({ x, y, r, label, parent }) => ({
                x: (x - camera.x) * camera.zoom + width / 2, y: (y - camera.y) * camera.zoom + height / 2,
                r: r * camera.zoom, label, parent: parent ?? -1,
            }));
        }"""
    )
    return found


def overlaps(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether two boxes overlap."""
    return bool(
        one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    )


def covers(box: dict[str, Any], circle: dict[str, Any]) -> bool:
    """Return whether a box lies over a circle."""
    across = circle["x"] - min(max(circle["x"], box["left"]), box["right"])
    down = circle["y"] - min(max(circle["y"], box["top"]), box["bottom"])
    return bool((across * across + down * down) ** 0.5 < circle["r"] - 0.01)


def around(found: list[dict[str, Any]], number: int) -> Iterator[int]:
    """Yield the number of a circle, and of those around it."""
    while number >= 0:
        yield number
        number = found[number]["parent"]


def faults(page: Page) -> list[str]:
    """Return what is wrong with the names on the map: over one another, over other circles, or cut."""
    names, found = labels(page), circles(page)
    wrong = [
        f"{one['text']} over {other['text']}" for one, other in itertools.combinations(names, 2) if overlaps(one, other)
    ]
    for name in names:
        if (own := name["ground"]) < 0 or not found:
            continue
        if name["text"] != found[own]["label"]:
            wrong.append(f"{name['text']} is cut")
        mine = set(around(found, own))
        wrong += [
            f"{name['text']} over the circle of {circle['label']}"
            for number, circle in enumerate(found)
            # From afar, the few largest may lie over much smaller ones, as there would be no names otherwise.
            if number not in mine and circle["r"] > 0.6 * found[own]["r"] and covers(name, circle)
        ]
    return wrong


@pytest.mark.parametrize("name", SPECIMENS)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_names_have_room(browser: Browser, pages: dict[str, Path], name: str, size: ViewportSize) -> None:
    """No name on the map lies over another or over another island, and no name of an island is cut, in any view."""
    with opened(browser, pages[name], viewport=size) as page:
        for view in VIEWS:
            show(page, view)
            assert labels(page)
            assert faults(page) == [], view


@pytest.mark.parametrize("view", ["topics", "network"])
def test_names_stay_in_place(browser: Browser, pages: dict[str, Path], view: str) -> None:
    """Zooming in, no name goes; each stays in its circle, or on one side of it from some zoom on; none overlap."""
    with opened(browser, pages["many topics"]) as page:
        show(page, view)
        sides: dict[int, tuple[bool, bool]] = {}
        shown: set[int] = set()
        for _ in range(6):
            found = circles(page)
            names = {name["ground"]: name for name in labels(page) if name["ground"] >= 0}
            width, height = page.evaluate("() => [window.explorer.map.sight.width, window.explorer.map.sight.height]")
            for number, name in names.items():
                own = found[number]
                # What reaches beyond the window stays in sight at its upper edge.
                is_whole = own["y"] - own["r"] > name["bottom"] - name["top"] + 10
                side = (name["bottom"] <= own["y"] - own["r"], name["right"] <= own["x"] - own["r"])
                is_inside = covers(name, own)
                if is_whole and not is_inside:
                    assert sides.setdefault(number, side) == side, name["text"]
                assert number not in sides or not is_whole or not is_inside, name["text"]
            central = {
                number
                for number, one in enumerate(found)
                if 450 < one["x"] < width - 260 and one["r"] + 90 < one["y"] < height - one["r"] - 90
            }
            assert (shown & central) - set(names) == set()
            shown |= set(names)
            assert faults(page) == []
            page.evaluate("() => window.explorer.map.zoomBy(1.3)")
            settle(page)
        assert len(shown) > 20


def test_names_of_lanes_stay_in_sight(browser: Browser, pages: dict[str, Path]) -> None:
    """A lane of which any part is in sight has its name in sight, however near the reader has come."""
    with opened(browser, pages["many topics"]) as page:
        show(page, "timeline")
        for _ in range(5):
            lanes: list[str] = page.evaluate(
                """() => {
                    const { map, atlas } = window.explorer;
                    const { camera, height } = map.sight;
                    const at = (y) => (y - camera.y) * camera.zoom + height / 2;
                    return atlas.header.lanes
                        .filter(({ y, height: tall }) => at(y + tall / 2) > 40 && at(y - tall / 2) < height - 80)
                        .map(({ label }) => label);
                }"""
            )
            names = [name["text"].rstrip("…") for name in labels(page)]
            assert lanes
            assert [lane for lane in lanes if not any(lane.startswith(name) for name in names)] == []
            page.evaluate("() => window.explorer.map.zoomBy(1.5)")
            settle(page)
