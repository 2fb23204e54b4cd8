"""What the explorer's map shows and how it answers to a pointer, in a real browser, without a network."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page

from tests.explorers import ODD_SITES, PHONE, SITE, article, iri, opened, point, settle, written
from tests.worlds import Site

HOSTILE = '</text><script>alert("1")</script> & co'
TOWNS = "Rome Oslo Lima Kyiv Bern Baku Riga Doha Quito".split()
WIDE: Site = {
    path: fields
    for number in range(420)
    for path, fields in article(
        f"a{number}",
        f"A rather long title of the article with the number {number}" if number else HOSTILE,
        topics=[TOWNS[number % len(TOWNS)]],
        provider={"name": f"Paper {number % 23}", "domain": f"paper-{number % 23}.example"},
        publishedDateTime=f"{2015 + number % 8}-{1 + number % 12:02}-{1 + number % 28:02}",
        related=[
            {"webUrl": iri(f"a{other % 420}"), "title": "other"} for other in (number + 1, number + 9, number * 7 + 3)
        ],
    ).items()
}
"""A site large enough that not everything is drawn from afar."""


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the larger site."""
    return written(tmp_path_factory.mktemp("map"), WIDE)[0]


@pytest.fixture
def page(browser: Browser, wide: Path) -> Iterator[Page]:
    """Return the page, opened on a desktop and at rest."""
    with opened(browser, wide) as page:
        settle(page)
        yield page


def run(page: Page, code: str) -> Any:  # noqa: ANN401
    """Run code that knows `map` and `atlas`, wait until the map is at rest, and return what the code returned."""
    found = page.evaluate(f"() => {{ const {{ map, atlas }} = window.explorer; return {code}; }}")
    settle(page)
    return found


def labels(page: Page) -> list[dict[str, Any]]:
    """Return the names on the map with their boxes."""
    found: list[dict[str, Any]] = page.evaluate("() => window.explorer.map.stats.labels")
    return found


def colours(page: Page) -> dict[str, int]:
    """Return how many pixels of the map have each colour."""
    found: dict[str, int] = page.evaluate(
        """() => {
            const { width, height } = document.getElementById("map");
            const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
            copy.drawImage(document.getElementById("map"), 0, 0);
            const { data } = copy.getImageData(0, 0, width, height);
            const counts = {};
            for (let at = 0; at < data.length; at += 4) {
                const name = `${data[at]},${data[at + 1]},${data[at + 2]}`;
                counts[name] = (counts[name] || 0) + 1;
            }
            return counts;
        }"""
    )
    return found


def open_sea(page: Page) -> tuple[float, float]:
    """Return a pixel of the map where there is nothing: the free corner below on the left of its right half."""
    box = page.locator("#map").bounding_box()
    assert box
    return box["x"] + box["width"] * 0.45, box["y"] + box["height"] - 12


def test_it_draws(page: Page) -> None:
    """All islands are there with their names, and dots in several hues on the paper."""
    seen = {label["text"] for label in labels(page)}
    assert set(TOWNS) <= seen
    paper, *rest = sorted(colours(page).values(), reverse=True)
    assert paper > sum(rest) / 4
    assert len(rest) > 30


@pytest.mark.parametrize("view", ["topics", "network", "timeline"])
def test_names_never_overlap(page: Page, view: str) -> None:
    """Near or far, no name lies over another or out of sight, and somewhere there are names."""
    run(page, f"map.setView('{view}', {{ animate: false }})")
    size = page.locator("#map").bounding_box()
    assert size
    for zoom in (1, 3, 9, 40):
        run(page, "map.fit({ animate: false })")
        run(page, f"map.zoomBy({zoom})")
        boxes = labels(page)
        assert boxes or zoom > 9
        for box in boxes:
            assert box["left"] >= 0
            assert box["right"] <= size["width"]
            assert box["top"] >= 0
            assert box["bottom"] <= size["height"]
        for one, other in itertools.combinations(boxes, 2):
            beside = one["right"] <= other["left"] or other["right"] <= one["left"]
            apart = one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
            assert beside or apart, (zoom, one, other)


def test_titles_appear_when_near(page: Page) -> None:
    """From afar only islands are named; near, articles are, too."""
    run(page, "map.zoomBy(0.62)")
    assert not [label for label in labels(page) if label["text"].startswith("A rather")]
    run(page, "map.flyTo([5])")
    run(page, "map.zoomBy(6)")
    assert [label for label in labels(page) if label["text"].startswith("A rather")]


def test_hover_shows_the_neighbourhood(page: Page) -> None:
    """What the pointer rests on is named whole, and everything that is not its neighbour fades."""
    before = colours(page)
    x, y = point(page, iri("a9"))
    page.mouse.move(x, y)
    settle(page)
    named = " ".join(label["text"] for label in labels(page))
    assert "A rather long title of the article with the number 9" in named
    strong = [name for name, count in sorted(before.items(), key=lambda item: -item[1])[1:40]]
    after = colours(page)
    assert sum(after.get(name, 0) for name in strong) < sum(before[name] for name in strong)
    page.mouse.move(*open_sea(page))
    settle(page)
    assert colours(page) == before


def test_click_selects(page: Page) -> None:
    """A click on a dot selects its article, one on an island's name its topic, one on open sea nothing."""
    page.mouse.click(*point(page, iri("a9")))
    settle(page)
    assert run(page, "atlas.iri(map.selected)") == iri("a9")
    run(page, "map.fit({ animate: false })")
    page.mouse.click(*open_sea(page))
    assert run(page, "map.selected") == -1
    run(page, "map.fit({ animate: false })")
    box = page.locator("#map").bounding_box()
    label = next(label for label in labels(page) if label["text"] == "Oslo")
    assert box
    name = box["x"] + label["left"] + 3, box["y"] + (label["top"] + label["bottom"]) / 2
    page.mouse.move(*name)
    settle(page)
    assert label in labels(page), "a name stays where it is pointed at"
    page.mouse.click(*name)
    assert run(page, "atlas.kind(map.selected) === 'topic' && atlas.label(map.selected)") == "Oslo"


def test_wheel_zooms_to_the_pointer(page: Page) -> None:
    """What lies under the pointer stays there while the wheel turns."""
    x, y = point(page, iri("a77"))
    at_x, at_y = round(x), round(y)  # a pointer stands on whole pixels
    before = run(page, "map.camera.zoom")
    page.mouse.move(at_x, at_y)
    for _ in range(3):
        page.mouse.wheel(0, -200)
    settle(page)
    factor = run(page, "map.camera.zoom") / before
    assert factor > 1.5
    expected = (at_x + (x - at_x) * factor, at_y + (y - at_y) * factor)
    assert math.dist(point(page, iri("a77")), expected) < 0.5


def test_dragging_moves_the_map_and_selects_nothing(page: Page) -> None:
    """A drag moves everything with the pointer, even when it begins on a dot."""
    run(page, "map.flyTo([9])")
    name = run(page, "atlas.iri(9)")
    x, y = point(page, name)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 70, y + 40, steps=5)
    page.mouse.up()
    settle(page)
    assert math.dist(point(page, name), (x - 70, y + 40)) < 2
    assert run(page, "map.selected") == -1


def test_double_click_goes_nearer(page: Page) -> None:
    """A double click on an island shows it whole, and one on open sea zooms there."""
    before = run(page, "map.camera.zoom")
    circle = run(page, "atlas.header.islands.find(({ label }) => label === 'Lima')")
    camera = run(page, "map.camera")
    box = page.locator("#map").bounding_box()
    assert box
    x = box["x"] + box["width"] / 2 + (circle["x"] - camera["x"]) * camera["zoom"]
    y = box["y"] + box["height"] / 2 + (circle["y"] - circle["r"] * 0.93 - camera["y"]) * camera["zoom"]
    page.mouse.dblclick(x, y)
    settle(page)
    after = run(page, "map.camera")
    assert after["zoom"] > before * 1.5
    assert abs(after["y"] - circle["y"]) < circle["r"]


def test_two_fingers_pinch(browser: Browser, wide: Path) -> None:
    """Two fingers that part zoom in about the middle between them."""
    with opened(browser, wide, viewport=PHONE) as page:
        settle(page)
        before = run(page, "map.camera.zoom")
        session = page.context.new_cdp_session(page)
        for kind, apart in [
            ("touchStart", 40),
            ("touchMove", 60),
            ("touchMove", 90),
            ("touchMove", 120),
            ("touchEnd", 0),
        ]:
            fingers = [{"x": 195 - apart, "y": 380, "id": 0}, {"x": 195 + apart, "y": 380, "id": 1}] if apart else []
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
        settle(page)
        assert 2 < run(page, "map.camera.zoom") / before < 4
        assert run(page, "map.selected") == -1


def test_views_turn_into_one_another(browser: Browser, wide: Path) -> None:
    """With motion allowed, a switch of views takes several frames, and nodes arrive where the other view has them."""
    with opened(browser, wide, own_tab=True) as page:
        page.emulate_media(reduced_motion="no-preference")
        before = run(page, "map.stats.frames")
        page.clock.install()  # a busy machine would draw few frames in the time that it takes
        page.clock.pause_at(page.evaluate("() => Date.now() + 1000") / 1000)
        page.evaluate("() => void window.explorer.map.setView('network')")
        page.clock.run_for(5_000)
        page.clock.resume()
        assert run(page, "map.stats.frames") - before > 5
        assert run(page, "map.view") == "network"
        x, y = point(page, iri("a9"))
        page.mouse.click(x, y)
        assert run(page, "atlas.iri(map.selected)") == iri("a9")


def test_calm_is_respected(page: Page) -> None:
    """Where the system asks for little movement, a switch of views and a flight are one step each."""
    for action in ("map.setView('timeline')", "map.setView('topics')", "map.flyTo([5])", "map.fit()"):
        before = run(page, "map.stats.frames")
        run(page, action)
        assert run(page, "map.stats.frames") - before <= 2, action


def test_what_is_filtered_out_is_gone_from_names_and_pointer(page: Page) -> None:
    """A hidden article is not named, not selected by a click and not a step of the arrow keys."""
    run(page, "map.flyTo([5], { animate: false })")
    run(page, "map.zoomBy(4)")
    run(
        page,
        "map.show({ shown: new Uint8Array(atlas.count), articles: 0, faded: false, lanes: null, "
        "label: String, total: () => 0 })",
    )
    assert not [label for label in labels(page) if label["text"].startswith("A rather")]
    box = page.locator("#map").bounding_box()
    assert box
    name = run(page, "atlas.iri(5)")
    page.mouse.click(*point(page, name))
    assert run(page, "map.selected") == -1
    assert run(page, "['left', 'right', 'up', 'down'].map((way) => map.nearest(5, way))") == [-1] * 4


def test_arrows_find_neighbours(page: Page) -> None:
    """In each direction where there is a neighbour, the nearest that way is found, and it lies that way."""
    found = run(
        page,
        """["left", "right", "up", "down"].flatMap((way) => {
            const other = map.nearest(7, way);
            if (other < 0) return [];
            const { topics_x: x, topics_y: y } = atlas.columns;
            const ahead = { left: x[7] - x[other], right: x[other] - x[7], up: y[7] - y[other], down: y[other] - y[7] };
            return [[ahead[way] > 0, atlas.neighbours(7).some(({ node }) => node === other)]];
        })""",
    )
    assert found
    assert all(itertools.chain(*found))


def test_a_path_is_drawn_with_its_steps(page: Page) -> None:
    """A path's nodes are numbered in order, and the drawing says so."""
    run(page, "map.showPath([3, 40, 77])")
    drawn = run(page, "map.toSvg()")
    assert [number for number in "1234" if f">{number}</text>" in drawn] == ["1", "2", "3"]
    run(page, "map.showPath(null)")
    assert ">1</text>" not in run(page, "map.toSvg()")


@pytest.mark.parametrize("view", ["topics", "network", "timeline"])
def test_svg_is_well_formed_and_inert(page: Page, view: str) -> None:
    """The SVG of any view is XML of shapes and text only, and hostile titles in it are text."""
    run(page, f"map.setView('{view}', {{ animate: false }})")
    number = run(
        page, f"Array.from({{ length: atlas.articles }}, (_, n) => n).find((n) => atlas.iri(n) === '{iri('a0')}')"
    )
    run(page, f"map.select({number})")
    drawn = run(page, "map.toSvg()")
    tree = ElementTree.fromstring(drawn)  # noqa: S314 - it is what we wrote
    names = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in tree.iter()}
    assert names <= {"svg", "title", "desc", "g", "rect", "circle", "path", "text"}
    assert {name.split("}")[-1] for element in tree.iter() for name in element.attrib}.isdisjoint({"href", "onload"})
    assert HOSTILE in {element.text for element in tree.iter()}
    assert len(tree.findall(".//{*}circle")) > 100


def test_png_is_twice_as_fine(page: Page) -> None:
    """The picture has twice as many pixels each way as the drawing, which is as large as on the screen."""
    size = run(
        page,
        """map.toPng().then((blob) => createImageBitmap(blob)).then(({ width, height }) => {
            const svg = new DOMParser().parseFromString(map.toSvg(), "image/svg+xml").documentElement;
            return [width / svg.getAttribute("width"), height / svg.getAttribute("height")];
        })""",
    )
    assert size == [2, 2]


def test_dark_and_light_follow_the_system(page: Page) -> None:
    """When the system turns dark the paper does, at once."""

    def brightness() -> float:
        paper = max(colours(page).items(), key=lambda item: item[1])[0]
        return sum(map(int, paper.split(","))) / 3

    assert brightness() > 200
    page.emulate_media(color_scheme="dark")
    settle(page)
    assert brightness() < 60


def test_another_size_is_drawn_sharply(page: Page) -> None:
    """When the window changes, the canvas has as many pixels as it covers."""
    page.set_viewport_size({"width": 900, "height": 600})
    settle(page)
    sizes = run(
        page,
        """(({ width, height }, box) => [width - box.width, height - box.height])(
            document.getElementById("map"), document.getElementById("map").getBoundingClientRect())""",
    )
    assert max(map(abs, sizes)) <= 1


@pytest.mark.parametrize("name", ODD_SITES)
def test_odd_sites_are_drawn(browser: Browser, tmp_path: Path, name: str) -> None:
    """A site that is empty, tiny, undated, of stubs, or full of very long titles is drawn in every view."""
    path, _ = written(tmp_path, ODD_SITES[name])
    with opened(browser, path) as page:
        for view in ("network", "timeline", "topics"):
            run(page, f"map.setView('{view}', {{ animate: false }})")
            assert run(page, "Object.values(map.camera).every(Number.isFinite)"), view
            ElementTree.fromstring(run(page, "map.toSvg()"))  # noqa: S314 - it is what we wrote


def test_the_small_site_is_named_in_full(browser: Browser, tmp_path: Path) -> None:
    """On a small site the first sight already names articles, and their links are drawn."""
    path, _ = written(tmp_path, SITE)
    with opened(browser, path) as page:
        settle(page)
        assert len(labels(page)) >= 12
        assert "Tulips in May" in {label["text"] for label in labels(page)}
