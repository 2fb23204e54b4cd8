"""The explorer that asks its server, in a real browser: a small build whose map is cut into many tiles."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, Route

import graph
from benchmarks.corpus import Shape, write_folder
from graph.explorer import write_map_file
from tests.builds import adopt
from tests.explorers import DESKTOP, opened
from tests.served import Served, serving_fed
from tests.tabs import lent, listening

__all__ = ["LINKING", "TILE", "Between", "Open", "fed", "fed_exports", "fed_served", "rested", "select", "whole"]

TILE = 40
"""Articles of a tile here: few, so that a small site is cut into many."""

PATIENCE = 30
"""Seconds in which a page must have asked for what a test waits for."""

LINKING = 12
"""Articles of the site whose texts link to others."""

Open = Callable[..., Page]


def linking(number: int) -> str:
    """Return an article that links to all that stand near it, one of them in a long sentence."""
    far = "words that go on and on " * 12
    near = " ".join(f"Then [part {other}](linking-{other}.md) of it." for other in range(LINKING) if other % 3)
    return f"# Linking {number}\n\n{far}and <b>the [*first* one](linking-0.md) &lt;i&gt;, {far}.\n\n{near}\n"


@pytest.fixture(scope="session")
def fed_exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a build of some hundred articles, with what a server feeds from."""
    folder = tmp_path_factory.mktemp("fed")
    write_folder(Shape(150), folder / "site")
    for number in range(LINKING):
        (folder / "site" / f"linking-{number}.md").write_text(linking(number), encoding="utf-8")
    knowledge = graph.build(folder / "site")
    graph.publish(knowledge, folder / "exports", formats="nt,html,search,evidence")
    write_map_file(knowledge.truth, folder / "exports/explorer.data", title=knowledge.title, most=TILE)
    adopt(folder / "exports", "explorer.data")
    return folder / "exports"


@pytest.fixture(scope="session")
def fed_served(fed_exports: Path) -> Iterator[Served]:
    """Return a server that feeds its explorer."""
    with serving_fed(fed_exports, 100) as running:
        yield running


@pytest.fixture
def whole(fed_exports: Path, browser: Browser) -> Iterator[Page]:
    """Return the page in one file, which knows everything."""
    with opened(browser, fed_exports / "explorer.html") as page:
        yield page


class Between:
    """Stands between a page and its server: lets replies through, holds them back, or loses them."""

    def __init__(self, pattern: str = "**/explorer/*/**", *, way: Literal["hold", "lose", "pass"] = "hold") -> None:
        """Stand where addresses fit a pattern."""
        self._pattern = pattern
        self.way = way
        self.held: list[Route] = []
        self.asked: list[str] = []

    def __call__(self, page: Page) -> None:
        """Begin with a page."""
        page.route(self._pattern, self._meet)

    def _meet(self, route: Route) -> None:
        self.asked.append(route.request.url)
        if self.way == "hold":
            self.held.append(route)
        elif self.way == "lose":
            route.abort()
        else:
            route.continue_()

    def wait_for(self, page: Page, words: str) -> None:
        """Wait until an address with these words has been asked for."""
        end = time.monotonic() + PATIENCE
        while not any(words in address for address in self.asked):
            assert time.monotonic() < end, f"nothing with {words} was asked for"
            page.evaluate("() => new Promise(requestAnimationFrame)")

    def release(self) -> None:
        """Let everything through, now and from now on."""
        self.way = "pass"
        for route in self.held:
            route.continue_()
        self.held.clear()


@pytest.fixture
def fed(browser: Browser, fed_served: Served) -> Iterator[Open]:
    """Return an opener of the served page; at the end it may not have complained, nor asked anyone else."""
    complaints: list[str] = []
    allowed: list[str] = []
    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: complaints.append(f"{message.type}: {message.text}"),
        "pageerror": lambda error: complaints.append(str(error)),
        "request": lambda asked: (
            None if asked.url.startswith((fed_served.address, "data:", "blob:")) else complaints.append(asked.url)
        ),
    }
    with ExitStack() as stack:

        def open_page(
            fragment: str = "",
            *,
            expected: tuple[str, ...] = (),
            prepare: Callable[[Page], object] = lambda _: None,
            **settings: Any,  # noqa: ANN401 - whatever a browser can be set to
        ) -> Page:
            page = stack.enter_context(lent(browser, **{"viewport": DESKTOP, "reduced_motion": "reduce", **settings}))
            stack.enter_context(listening(page, listeners))
            prepare(page)
            allowed.extend(expected)
            page.goto(f"{fed_served.address}/{fragment}")
            return page

        yield open_page
    assert [one for one in complaints if not any(words in one for words in allowed)] == []


def rested(page: Page) -> Page:
    """Return a page when nothing is on its way to it any more, nothing moves, and what came is drawn."""
    page.evaluate("() => window.explorer.ready")
    page.evaluate("() => window.explorer.feeding?.rest()")
    return page


def select(page: Page, node: int, **state: int) -> None:
    """Select a node as a click would, with what else is given, and wait until everything about it has come."""
    page.evaluate("(part) => window.explorer.page.change(part)", {"node": node, **state})
    rested(page)
