"""Sites as the explorer page shows them, and the page in a browser."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize

import graph
from graph.explorer import to_explorer
from tests.tabs import lent, listening
from tests.worlds import Site, built

__all__ = [
    "DESKTOP",
    "ODD_SITES",
    "PHONE",
    "SITE",
    "TITLE",
    "article",
    "drawn",
    "iri",
    "opened",
    "point",
    "settle",
    "state",
    "written",
]

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
TITLE = "A site of <b>gardens</b>"
PICTURE = "https://pictures.example/rose.jpg"


def article(name: str, title: str, **fields: object) -> dict[str, dict[str, object]]:
    """Return a document by its path."""
    return {f"{name}.md": {"title": title, "webUrl": f"https://garden.example/{name}", **fields}}


def iri(name: str) -> str:
    """Return the IRI of one of the site's articles."""
    return f"https://garden.example/{name}"


def _related(*names: str) -> list[dict[str, str]]:
    return [{"webUrl": iri(name), "title": name} for name in names]


_GARDENS = {"name": "The Garden", "domain": "garden.example"}
SITE: Site = {
    **article(
        "roses",
        "Élan of roses: how they grow",
        excerpt="What roses need, month by month.",
        topics=["Roses", "Gardens"],
        provider=_GARDENS,
        publishedDateTime="2022-05-23T06:51:00Z",
        authors=["Ada Gärtner"],
        related=_related("tulips", "soil", "nowhere"),
        images=[{"url": PICTURE}],
        quality=80,
        category="news",
        type="article",
        published=True,
    ),
    **article(
        "tulips",
        "Tulips in May",
        topics=["Tulips"],
        provider=_GARDENS,
        publishedDateTime="2022-06-01",
        quality=40,
        type="article",
        related=_related("roses"),
    ),
    **article(
        "soil",
        "The soil below",
        topics=["Soil"],
        provider={"name": "Earth News", "domain": "earth.example"},
        publishedDateTime="2023-01-10",
        quality=20,
        type="video",
        published=False,
        length="PT1H2M",
    ),
    **article(
        "compost",
        "=SUM(A1) of compost",
        topics=["Soil"],
        publishedDateTime="2023-03-10",
        type="video",
        quality=60,
        related=_related("soil"),
    ),
    **article(
        "moon", "Gardening on the moon", topics=["Space"], publishedDateTime="2024-02-01", type="course", quality=90
    ),
    **article("star", "A star alone"),
    **{
        path: fields
        for number in range(12)
        for path, fields in article(
            f"bed-{number}",
            f"Bed number {number}",
            topics=["Tulips"],
            provider=_GARDENS,
            type="article",
            publishedDateTime=f"2023-{number + 1:02}-15",
            related=_related("tulips"),
            quality=50 + number,
        ).items()
    },
    "_data/topics/roses.md": {"name": "Roses", "parent": "Plants"},
    "_data/topics/tulips.md": {"name": "Tulips", "parent": "Plants"},
    "_data/topics/plants.md": {"name": "Plants", "keywords": ["leaf", "root"]},
}
"""A small site with one of everything: a tree of topics, a stub, an unpublished article, one that nothing joins."""

ODD_SITES: dict[str, Site] = {
    "empty": {},
    "one": {"one.md": {"title": "One article"}},
    "undated": {
        **article("a", "First", topics=["A"], related=_related("b")),
        **article("b", "Second", topics=["B"], related=_related("a")),
    },
    "no topics": {
        **article("a", "First", publishedDateTime="2020-01-01", related=_related("b")),
        **article("b", "Second", publishedDateTime="2021-01-01"),
    },
    "stubs": {"list.md": {"title": "A list", "related": [{"webUrl": f"https://a.example/{n}"} for n in range(5)]}},
    "long": {
        **article("a", "long " * 20_000, topics=["t" * 300], excerpt="x" * 100_000),
        **article("b", "عنوان طويل جدا عن الحدائق " * 12, topics=["حدائق"], related=_related("a")),
        **article("c", "園藝" * 200, related=_related("a")),
    },
    "misdated": {
        path: fields
        for number, day in enumerate(["0001-01-01", "1970-01-01", *["2023-05-05"] * 300, "9999-12-31"])
        for path, fields in article(f"d{number}", f"Day {number}", publishedDateTime=day).items()
    },
}
"""Sites that a careless page would show as empty boxes, or not at all."""


def written(folder: Path, site: Site, name: str = "page") -> tuple[Path, graph.KnowledgeGraph]:
    """Write a site's page into a folder; return it and the site's graph."""
    return drawn(folder, built(site), name)


def drawn(folder: Path, knowledge: graph.KnowledgeGraph, name: str = "page") -> tuple[Path, graph.KnowledgeGraph]:
    """Write a graph's page into a folder; return both."""
    path = folder / f"{name}.html"
    path.write_text(to_explorer(knowledge.truth, title=TITLE), encoding="utf-8")
    return path, knowledge


@contextmanager
def opened(browser: Browser, path: Path, fragment: str = "", **settings: Any) -> Iterator[Page]:  # noqa: ANN401
    """Open a page from disk without a network; at the end it may not have complained or asked for anything.

    It opens in a tab that is `lent`, with these settings.
    """
    complaints: list[str] = []
    allowed: Callable[[str], bool] = settings.pop("allowed", lambda _: False)
    own = path.as_uri()
    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: complaints.append(f"{message.type}: {message.text}"),
        "pageerror": lambda error: complaints.append(str(error)),
        "dialog": lambda dialog: complaints.append(f"dialog: {dialog.message}"),
        "request": lambda request: (
            None
            if request.url.startswith((own, "data:", "blob:")) or allowed(request.url)
            else complaints.append(f"asked for {request.url}")
        ),
    }
    size = settings.get("viewport", DESKTOP)
    usual = {"viewport": size, "reduced_motion": "reduce", "offline": True, "has_touch": size == PHONE}
    with lent(browser, **{**usual, **settings}) as page, listening(page, listeners):
        page.goto(own + fragment)
        page.evaluate("() => window.explorer.ready")
        yield page
    assert [one for one in complaints if not (allowed(PICTURE) and "Failed to load resource" in one)] == []


def settle(page: Page) -> None:
    """Wait until the map neither moves nor draws any more: for four frames in a row."""
    page.evaluate(
        """() => new Promise((done) => {
            const { map } = window.explorer;
            let [seen, quiet] = [-1, 0];
            const look = () => {
                quiet = map.isMoving || map.stats.frames !== seen ? 0 : quiet + 1;
                seen = map.stats.frames;
                if (quiet === 4) done();
                else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
        })"""
    )


def state(page: Page) -> dict[str, Any]:
    """Return what the page shows: the selected IRI, the view, the camera, and how many nodes are shown."""
    found: dict[str, Any] = page.evaluate(
        """() => {
            const { page, map, atlas } = window.explorer;
            const selected = map.selected;
            return {
                iri: selected < 0 ? null : atlas.iri(selected), view: map.view, camera: map.camera,
                shown: page.shown().length, path: page.path?.map((node) => atlas.iri(node)) ?? null,
                focus: page.focus?.size ?? null,
            };
        }"""
    )
    return found


def point(page: Page, name: str) -> tuple[float, float]:
    """Return where a node stands in the window, in pixels."""
    x, y = page.evaluate(
        """(iri) => {
            const { page, map } = window.explorer;
            const node = page.nodeOf(iri);
            const { ground, camera: { x, y, zoom } } = map.scene;
            const box = document.getElementById("map").getBoundingClientRect();
            return [
                box.left + box.width / 2 + (ground.x[node] - x) * zoom,
                box.top + box.height / 2 + (ground.y[node] - y) * zoom,
            ];
        }""",
        name,
    )
    return float(x), float(y)


def policy(text: str) -> str:
    """Return the content security policy that a page gives itself."""
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert found
    return html.unescape(found[1])
