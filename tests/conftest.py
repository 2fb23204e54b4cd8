"""What several tests share: one browser, and graphs that take long to build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import graph
from tests.browser import started_browser
from tests.corpus import corpus
from tests.fed import fed, fed_exports, fed_served, whole

__all__ = ["azure", "browser", "fed", "fed_exports", "fed_served", "seeds", "whole"]

HERE = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return one Chromium for all tests, or skip those that need it."""
    with started_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def seeds() -> graph.KnowledgeGraph:
    """Return the graph of the three seed documents."""
    return graph.build(HERE / "seeds")


@pytest.fixture(scope="session")
def azure() -> graph.KnowledgeGraph:
    """Return the graph of a real site of thousands of articles, or skip the tests that need it."""
    return graph.build(corpus("everyday-azure"))
