"""What several tests share: one browser, and graphs that take long to build."""

from __future__ import annotations

import functools
import gc
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from types import ModuleType

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

import graph
from tests.browser import NAMES, SHELL, started_browser
from tests.commands import faulty, out, run
from tests.corpus import corpus
from tests.fed import fed, fed_exports, fed_served, whole
from tests.looks import garden, many_topics

__all__ = [
    "azure",
    "browser",
    "faulty",
    "fed",
    "fed_exports",
    "fed_served",
    "garden",
    "many_topics",
    "out",
    "run",
    "seeds",
    "whole",
]

# In all tests: what a page shows at once on a quiet machine may take long on a busy one.
expect.set_options(timeout=30_000)
gc.set_threshold(100_000)  # a fifth of the time in which tests are collected was spent looking for garbage
settings.register_profile("mutants", settings.get_profile("ci"), max_examples=15)

HERE = Path(__file__).resolve().parent.parent
_STARTING = frozenset({"tests.browser", "tests.endpoints", "tests.fed", "tests.served"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they use, and begin with the modules whose tests take longest.

    So no process is left with a long test when the others are done: the tests of modules with many take the least, and
    come last. The tests of a module stay together, because they share what they build.
    """
    for item in items:
        uses = getattr(item, "fixturenames", ())
        if "playwright" in uses:
            item.add_marker(pytest.mark.browser)
        if "azure" in uses:
            item.add_marker(pytest.mark.slow)
        if _starts_servers(getattr(item, "module", None)):
            item.add_marker(pytest.mark.server)
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    largest = {item.path for item in items if "azure" in getattr(item, "fixturenames", ())}
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in largest, item.path not in slow, tests[item.path], item.path))


def pytest_collection_finish() -> None:
    """Keep the collector from looking through all modules and tests again and again."""
    gc.freeze()


@functools.cache
def _starts_servers(module: ModuleType | None) -> bool:
    return any(getattr(name, "__module__", None) in _STARTING for name in vars(module or object).values())


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return what drives browsers."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Return one Chromium for all tests, or skip those that need it."""
    with started_browser(playwright, SHELL, *NAMES) as browser:
        yield browser


@pytest.fixture
def full_browser(playwright: Playwright) -> Iterator[Browser]:
    """Return a Chromium as people use it, or skip the test that needs it."""
    with started_browser(playwright, *NAMES) as browser:
        yield browser


@pytest.fixture(scope="session")
def seeds() -> graph.KnowledgeGraph:
    """Return the graph of the three seed documents."""
    return graph.build(HERE / "seeds")


@pytest.fixture(scope="session")
def azure() -> graph.KnowledgeGraph:
    """Return the graph of a real site of thousands of articles, or skip the tests that need it."""
    return graph.build(corpus("everyday-azure"))


@pytest.fixture
def in_proportion() -> Callable[[Callable[[int], object]], None]:
    """Return what runs a task at two sizes and fails where its time grows with the square."""

    def measured(task: Callable[[int], object], count: int) -> float:
        best = float("inf")
        for _ in range(3):
            start = process_time()
            task(count)
            best = min(best, process_time() - start)
        return best

    def check(task: Callable[[int], object]) -> None:
        small, large = measured(task, 5_000), measured(task, 20_000)
        assert large < max(10 * small, 0.25), f"{small:.3f} s, then {large:.3f} s"

    return check
