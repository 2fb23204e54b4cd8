"""The explorer page for everyone: what axe-core finds wrong by WCAG 2.2 AA, in each state, size and scheme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.audit import audit, load_auditor
from tests.explorers import DESKTOP, PHONE, SITE, opened, settle, written

SELECT = "window.explorer.page.change({ node: window.explorer.page.nodeOf('https://garden.example/roses') })"
STATES: dict[str, Callable[[Page], object]] = {
    "start": lambda page: page.evaluate("() => window.explorer.page.change({ node: -1, panel: '' })"),
    "search": lambda page: page.locator("#search").fill("bed"),
    "card": lambda page: page.evaluate(f"() => {{ document.getElementById('search').value = ''; {SELECT}; }}"),
    "query": lambda page: page.get_by_role("button", name="SPARQL for this").click(),
    "path": lambda page: page.evaluate("() => window.explorer.page.change({ to: 1 })"),
    "table": lambda page: page.evaluate("() => window.explorer.page.change({ panel: 'table' })"),
    "insights": lambda page: page.evaluate("() => window.explorer.page.change({ panel: 'insights' })"),
    "filters": lambda page: page.evaluate(
        """() => {
            if (document.getElementById("filters").hidden) document.getElementById("open-filters").click();
            for (const facet of document.querySelectorAll(".facet")) facet.open = true;
            const { page } = window.explorer;
            page.change({ panel: "", choice: { ...page.state.choice, types: ["video"] } });
        }"""
    ),
    "save": lambda page: page.evaluate("() => document.getElementById('open-save').click()"),
    "help": lambda page: page.evaluate("() => document.getElementById('open-help').click()"),
}
"""Each state of the page, and how it is reached from the one before."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the small site."""
    return written(tmp_path_factory.mktemp("access"), SITE)[0]


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_anyones_way(
    browser: Browser, path: Path, size: str, scheme: Literal["light", "dark"]
) -> None:
    """axe-core finds nothing to say about any state of the page, on a desktop and on a phone, light and dark."""
    auditor = load_auditor()
    window = PHONE if size == "phone" else DESKTOP
    # The check itself is a script that the page's policy rightly refuses: only here it is let in.
    with opened(
        browser, path, viewport=window, color_scheme=scheme, is_mobile=size == "phone", bypass_csp=True
    ) as page:
        faults: dict[str, list[str]] = {}
        for name, reach in STATES.items():
            reach(page)
            found = audit(page, auditor, colours_only=scheme == "dark")
            faults |= {f"{name}: {rule}": places for rule, places in found.items()}
        assert faults == {}


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_large_letters_stand_in_nobodys_way(browser: Browser, path: Path, size: str) -> None:
    """With letters twice as large, axe-core finds nothing to say either, and nothing runs over the edge."""
    auditor = load_auditor()
    window = PHONE if size == "phone" else DESKTOP
    with opened(browser, path, viewport=window, is_mobile=size == "phone", bypass_csp=True) as page:
        page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
        faults: dict[str, list[str]] = {}
        for name, reach in STATES.items():
            reach(page)
            page.evaluate("() => document.querySelector('.panel:not([hidden]) .grow')?.click()")
            faults |= {f"{name}: {rule}": places for rule, places in audit(page, auditor).items()}
            assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), name
            for panel in page.locator(".panel:visible").all():
                heading = panel.locator(".head")
                assert heading.evaluate("(head) => head.scrollWidth <= head.clientWidth + 1"), name
        assert faults == {}


@pytest.mark.parametrize(("size", "larger"), [("desktop", 2.0), ("phone", 1.5)])
def test_names_on_the_map_are_as_large_as_the_reader_wants_letters(
    browser: Browser, path: Path, size: str, larger: float
) -> None:
    """With letters twice as large the names on the map grow, on a phone by half, and none lies over another."""
    names = "() => Object.fromEntries(window.explorer.map.stats.labels.map((one) => [one.text, one]))"
    with opened(browser, path, viewport=PHONE if size == "phone" else DESKTOP) as page:
        for view in ("topics", "network", "timeline"):
            page.evaluate("(view) => window.explorer.page.change({ view, camera: null })", view)
            settle(page)
            before = page.evaluate(names)
            page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
            settle(page)
            after = page.evaluate(names)
            page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
            settle(page)
            heights = [
                [one["bottom"] - one["top"] for one in (before[name], after[name])]
                for name in before.keys() & after.keys()
            ]
            assert heights, view
            assert all(tall >= 0.8 * larger * low for low, tall in heights), view
            boxes = list(after.values())
            for at, one in enumerate(boxes):
                for other in boxes[at + 1 :]:
                    assert (
                        one["left"] >= other["right"]
                        or other["left"] >= one["right"]
                        or one["top"] >= other["bottom"]
                        or other["top"] >= one["bottom"]
                    ), (view, one["text"], other["text"])
