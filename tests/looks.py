"""What the tests of the explorer's looks share: two sites, small windows, and what of the map is in sight."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.explorers import PHONE, SITE, article, iri, settle, written
from tests.worlds import Said, Site

__all__ = ["LOW", "SMALL", "TURNED", "VIEWS", "free", "garden", "is_in", "many_topics", "selected"]

VIEWS = ("topics", "network", "timeline")
SMALL: ViewportSize = {"width": 360, "height": 640}
LOW: ViewportSize = {"width": 1280, "height": 640}
TURNED: ViewportSize = {"width": PHONE["height"], "height": PHONE["width"]}
SUBJECTS = "Search Privacy Analytics Mobile Trust Security Usability Multimedia Governance Innovation".split()
KINDS = ("", " and infrastructure", " of application programming interfaces", " في الحدائق", "研究", " (beta)")


def _many_topics() -> Site:
    """Return a site of 58 topics of very different sizes, some with long names or names from right to left."""
    names = [f"{subject}{kind}" for kind, subject in itertools.product(KINDS, SUBJECTS)][:58]
    counts = [1 + (place * 7) % 23 for place in range(len(names))]
    site: dict[str, Said] = {}
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


@pytest.fixture(scope="session")
def many_topics(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a site of 58 topics."""
    return written(tmp_path_factory.mktemp("looks"), _many_topics())[0]


@pytest.fixture(scope="session")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the small site, with a rating and with articles of two months far apart."""
    site = {
        **SITE,
        **article(
            "rated",
            "A rated one",
            topics=["Soil"],
            publishedDateTime="2021-12-01",
            ratings={"enabled": True, "count": 7, "average": 4.645705},
        ),
    }
    return written(tmp_path_factory.mktemp("looks"), site)[0]


def selected(page: Page, name: str) -> None:
    """Select an article as a search does."""
    page.evaluate("(iri) => { const { page } = window.explorer; page.change({ node: page.nodeOf(iri) }); }", iri(name))
    settle(page)


def free(page: Page) -> dict[str, float]:
    """Return the part of the window that nothing covers, in its pixels."""
    found: dict[str, float] = page.evaluate(
        """() => {
            const box = (id) => document.getElementById(id).getBoundingClientRect();
            const stage = box("stage");
            const open = (id) => !document.getElementById(id).hidden;
            const phone = innerWidth <= 720;
            return {
                left: open("filters") && !phone ? box("filters").right : stage.left, top: stage.top,
                right: open("card") && !phone ? box("card").left : stage.right,
                bottom: open("card") && phone ? box("card").top : stage.bottom,
            };
        }"""
    )
    return found


def is_in(place: tuple[float, float], box: dict[str, float]) -> bool:
    """Return whether a place is in a box."""
    return box["left"] <= place[0] <= box["right"] and box["top"] <= place[1] <= box["bottom"]
