"""Names on the explorer's map: each has room, stands where it belongs, and is cut between words."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.explorers import DESKTOP, PHONE, article, iri, opened, settle, state, written
from tests.looks import LOW, SMALL, VIEWS, free, is_in
from tests.map_labels import circles, covers, faults, labels, overlaps, show, too_close
from tests.worlds import Said, Site

LANGUAGES = ("Garten", "jardín", "сад", "κήπος", "गार्डन", "정원", "庭園", "สวน", "בגן", "حديقة")


def _alone() -> Site:
    """Return a site without topics, dates or folders, of one provider, of which hardly any articles are linked."""
    provider = {"name": "The only one", "domain": "garden.example"}
    site: dict[str, Said] = {}
    for number in range(240):
        related = [{"webUrl": iri(f"a{number - 1}"), "title": "x"}] if 0 < number % 12 < 4 else []
        site |= article(f"a{number}", f"Article {number} that stands alone", provider=provider, related=related)
    return site


def _languages() -> Site:
    """Return a site of ten languages, two of them from right to left, in folders and without topics."""
    site: dict[str, Said] = {}
    for word in LANGUAGES:
        for number in range(9):
            others = [{"webUrl": iri(f"{word}-{other}"), "title": "x"} for other in range(number)]
            said = article(f"{word}-{number}", f"{word} {number} {word * 4} {word}", related=others)
            site |= {f"{word}/{path}": fields for path, fields in said.items()}
    return site


def _with_parts(*names: str) -> Site:
    """Return a site of a large community for each name, which has parts, and of many pairs."""
    site: dict[str, Said] = {}
    for name, number in itertools.product(names, range(48)):
        others = [{"webUrl": iri(f"{name}{other}"), "title": "x"} for other in range(48) if other != number]
        date = f"{2010 + number // 12}-{1 + number % 12:02}-05"
        site |= article(f"{name}{number}", f"Harbour lights, report {number}", publishedDateTime=date, related=others)
    for number in range(400):
        others = [{"webUrl": iri(f"b{number ^ 1}"), "title": "x"}]
        site |= article(f"b{number}", f"Something else {number}", publishedDateTime="2012-02-02", related=others)
    return site


SPECIMENS: dict[str, Site] = {"alone": _alone(), "languages": _languages()}


@pytest.fixture(scope="module")
def pages(many_topics: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the page of each specimen."""
    folder = tmp_path_factory.mktemp("names")
    return {"many topics": many_topics} | {name: written(folder, site, name)[0] for name, site in SPECIMENS.items()}


@pytest.mark.parametrize("name", ["many topics", *SPECIMENS])
@pytest.mark.parametrize("size", [DESKTOP, PHONE, SMALL], ids=["desktop", "phone", "small"])
def test_names_have_room(browser: Browser, pages: dict[str, Path], name: str, size: ViewportSize) -> None:
    """No name lies over another, another island or a button, none of an island is cut; no island is under a button."""
    with opened(browser, pages[name], viewport=size) as page:
        for view in VIEWS if name == "many topics" else VIEWS[:2]:
            show(page, view)
            assert labels(page)
            assert faults(page) == [], view
            buttons = page.evaluate("() => window.explorer.map.scene.buttons")
            assert [
                one["text"] for one, button in itertools.product(labels(page), buttons) if overlaps(one, button)
            ] == []
            under = [one["label"] for one, button in itertools.product(circles(page), buttons) if covers(button, one)]
            assert under == [], view


@pytest.mark.parametrize("view", ["topics", "network"])
def test_names_stay_in_place(browser: Browser, many_topics: Path, view: str) -> None:
    """Zooming in, no name goes; each stays in its circle, or on one side of it from some zoom on; none overlap."""
    with opened(browser, many_topics) as page:
        show(page, view)
        sides: dict[int, tuple[bool, bool]] = {}
        shown: set[int] = set()
        for _ in range(6):
            found = circles(page)
            names = {name["ground"]: name for name in labels(page) if name["ground"] >= 0}
            width, height = page.evaluate("() => [window.explorer.map.scene.width, window.explorer.map.scene.height]")
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
                if 450 < one["x"] < width - 260 and one["r"] + 140 < one["y"] < height - one["r"] - 140
            }
            assert (shown & central) - set(names) == set()
            shown |= set(names)
            assert faults(page) == []
            page.evaluate("() => window.explorer.map.zoomBy(1.3)")
            settle(page)
        assert len(shown) > 20


def test_children_are_named_when_near(browser: Browser, tmp_path: Path) -> None:
    """From afar a community has its name, nearer its parts have theirs, and a story has that of what it nearly is."""
    path, _ = written(tmp_path, _with_parts("a"), "levels")
    with opened(browser, path) as page:
        show(page, "network")
        large = circles(page)[0]
        parts = {one["label"] for one in circles(page) if one["isPart"]}
        assert len(parts) > 1
        names = {name["text"] for name in labels(page)}
        assert large["label"] in names
        page.evaluate("() => window.explorer.map.zoomBy(0.4)")
        settle(page)
        names = {name["text"] for name in labels(page)}
        assert large["label"] in names
        assert not names & parts
        page.evaluate("() => window.explorer.map.flyToGround(0, { animate: false })")
        settle(page)
        assert parts <= {name["text"] for name in labels(page)}
        assert faults(page) == []
        show(page, "topics")
        page.evaluate(
            """() => {
                const { map } = window.explorer;
                const { x, y, r } = map.scene.ground.stories[0];
                map.camera = { x, y, zoom: 120 / r };
            }"""
        )
        settle(page)
        assert large["label"] in {name["text"] for name in labels(page)}
        assert faults(page) == []


def test_parts_move_with_their_community(browser: Browser, tmp_path: Path) -> None:
    """While a filter moves communities together, and back, the circle of a part never leaves that of its community."""
    path, _ = written(tmp_path, _with_parts("a", "c"), "moving")
    with opened(browser, path) as page:
        show(page, "network")
        page.emulate_media(reduced_motion="no-preference")
        for is_filtered in (True, False):
            frames, away = page.evaluate(
                """async (isFiltered) => {
                    const { map, atlas } = window.explorer;
                    const fewer = new Uint8Array(atlas.count).map((_, n) => Number(!/b[2-9]/.test(atlas.iri(n))));
                    const articles = fewer.reduce((sum, one) => sum + one, 0);
                    const chosen = isFiltered ? { shown: fewer, articles } : { shown: null, articles: atlas.articles };
                    map.show({ ...chosen, faded: false, lanes: null, size: "", label: String, total: () => 0 });
                    let [frames, away] = [0, 0];
                    while (map.isMoving) {
                        await new Promise(requestAnimationFrame);
                        frames += 1;
                        const { communities, parts } = map.scene.ground;
                        for (const { x, y, r, parent } of parts) {
                            const around = communities[parent];
                            away = Math.max(away, Math.hypot(x - around.x, y - around.y) + r - around.r);
                        }
                    }
                    return [frames, away];
                }""",
                is_filtered,
            )
            assert frames > 5
            assert away < 0.01


def test_names_of_lanes_stay_in_sight(browser: Browser, many_topics: Path) -> None:
    """A lane of which any part is in sight has its name in sight, however near the reader has come."""
    with opened(browser, many_topics) as page:
        show(page, "timeline")
        for _ in range(5):
            lanes: list[str] = page.evaluate(
                """() => {
                    const { camera, ground, height } = window.explorer.map.scene;
                    const at = (y) => (y - camera.y) * camera.zoom + height / 2;
                    return ground.lanes
                        .filter(({ y, height: tall }) => at(y + tall / 2) > 40 && at(y - tall / 2) < height - 80)
                        .map(({ label }) => label);
                }"""
            )
            names = [name["text"].rstrip("…") for name in labels(page)]
            assert lanes
            assert [lane for lane in lanes if not any(lane.startswith(name) for name in names)] == []
            page.evaluate("() => window.explorer.map.zoomBy(1.5)")
            settle(page)


def test_a_click_on_the_name_of_a_community_goes_there(browser: Browser, many_topics: Path) -> None:
    """A click on or beside the name of a community opens no dot beneath it: it goes to the community."""
    with opened(browser, many_topics) as page:
        show(page, "network")
        name = next(one for one in labels(page) if one["ground"] >= 0)
        box = page.locator("#map").bounding_box()
        assert box
        page.mouse.click(box["x"] + name["left"] - 3, box["y"] + (name["top"] + name["bottom"]) / 2)
        settle(page)
        assert state(page)["iri"] is None
        circle = circles(page)[name["ground"]]
        assert circle["r"] > 200
        assert is_in((circle["x"] - circle["r"] + box["x"], circle["y"] - circle["r"] + box["y"]), free(page))
        assert is_in((circle["x"] + circle["r"] + box["x"], circle["y"] + circle["r"] + box["y"]), free(page))


def test_no_name_lies_under_a_button(browser: Browser, many_topics: Path) -> None:
    """Names keep clear of the buttons over the map, which would hide them."""
    for size in (DESKTOP, PHONE):
        with opened(browser, many_topics, viewport=size) as page:
            settle(page)
            box = page.locator("#zoom").bounding_box()
            stage = page.locator("#stage").bounding_box()
            assert box
            assert stage
            left, top = box["x"] - stage["x"], box["y"] - stage["y"]
            button = {"left": left, "top": top, "right": left + box["width"], "bottom": top + box["height"]}
            assert labels(page)
            assert not [name["text"] for name in labels(page) if overlaps(name, button)]


@pytest.mark.parametrize("size", [DESKTOP, LOW, PHONE], ids=["desktop", "low", "phone"])
def test_no_name_lies_under_what_is_said_of_the_choice(browser: Browser, many_topics: Path, size: ViewportSize) -> None:
    """A choice that leaves the map as it is has its words over it, and names stand beside these, near and far."""
    with opened(browser, many_topics, viewport=size) as page:
        page.evaluate("() => window.explorer.page.choose({ status: ['full'], from: 1, kinds: ['article', 'topic'] })")
        for view in VIEWS:
            show(page, view)
            for _ in range(3):
                assert labels(page)
                assert [
                    one["text"] for one, part in itertools.product(labels(page), said(page)) if overlaps(one, part)
                ] == []
                page.evaluate("() => window.explorer.map.zoomBy(1.4)")
                settle(page)


def said(page: Page) -> list[dict[str, float]]:
    """Return where the parts of what is said of the choice are, in pixels of the map, as far as they are in sight."""
    found: list[dict[str, float]] = page.evaluate(
        """() => {
            const [stage, row] = ["stage", "chips"].map((id) => document.getElementById(id).getBoundingClientRect());
            return [...document.querySelectorAll("#chips > *")].map((one) => one.getBoundingClientRect())
                .filter(({ left }) => left < row.right).map(({ left, top, right, bottom }) => ({
                    left: left - stage.left, top: top - stage.top,
                    right: Math.min(right, row.right) - stage.left, bottom: bottom - stage.top,
                }));
        }"""
    )
    assert found
    return found


def ends_in_a_word(text: str, names: list[str]) -> bool:
    """Return whether a text is one of the names, or is cut between two words of one."""
    begun = text.removesuffix("…")
    return text in names or any(
        name.startswith(begun) and not name[len(begun)].isalnum() for name in names if name != begun
    )


def test_names_of_lanes_are_cut_between_words(browser: Browser, tmp_path: Path) -> None:
    """On a phone, the name of a lane begins with its whole first word, or with parts of that, also in large letters."""
    names = ["Management of volunteers", "Human-centered design", "Search engine optimization"]
    names += [f"Subject {number}" for number in range(8)]
    site: dict[str, Said] = {}
    for place, name in enumerate(names):
        for number in range(5):
            day = f"20{10 + number}-{1 + place:02}-11"
            site |= article(f"a{place}-{number}", f"Report {number}", topics=[name], publishedDateTime=day)
    with opened(browser, written(tmp_path, site)[0], viewport=PHONE) as page:
        show(page, "timeline")
        lanes = page.evaluate("() => window.explorer.map.scene.ground.lanes.map(({ label }) => label)")
        assert set(names) <= set(lanes)
        for size in ("100%", "200%"):
            page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", size)
            page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
            settle(page)
            found = [one["text"] for one in labels(page) if not one["text"].startswith("Report")]
            assert len(found) == len(lanes)
            assert [text for text in found if not ends_in_a_word(text, lanes)] == [], size


def test_what_a_card_says_ends_in_it(browser: Browser, tmp_path: Path) -> None:
    """Long names above cards are cut between words, and what is said of who published an article and when is inside."""
    topic = "Interoperability of administrations and internationalisation everywhere"
    provider = {"name": "The observatory of administrative reforms", "domain": "garden.example"}
    site: dict[str, Said] = {}
    for number in range(90):
        subject = {"topics": [topic if number % 2 else "Soil"], "provider": provider}
        site |= article(f"a{number}", f"Report {number}", publishedDateTime=f"2020-09-{1 + number % 28:02}", **subject)
    with opened(browser, written(tmp_path, site)[0], viewport=LOW) as page:
        page.evaluate("() => window.explorer.page.choose({ from: 18520 })")
        settle(page)
        boxes = page.evaluate(
            """() => {
                const { camera, width, ground } = window.explorer.map.scene;
                return ground.boxes.map(({ right }) => (right - camera.x) * camera.zoom + width / 2);
            }"""
        )
        assert len(boxes) > 3
        cards = [one for one in labels(page) if one["text"].startswith("Report")]
        assert len(cards) > 30
        assert [
            one["text"] for one in cards if not any(one["left"] < right and one["right"] <= right for right in boxes)
        ] == []
        assert not [one for one in cards if any(one["left"] < right < one["right"] for right in boxes)]
        heads = [one["text"].partition(" · ")[0] for one in labels(page) if one not in cards and one["text"]]
        assert [text for text in heads if not ends_in_a_word(text, [topic, "Soil"])] == []


def test_names_in_a_low_window_lie_over_no_other_circle(browser: Browser, tmp_path: Path) -> None:
    """Where circles stand too close for names beside them, the largest are named in their middle, or not at all."""
    site: dict[str, Said] = {}
    for group, size in enumerate([150] + [90] * 3 + [60] * 8 + [25] * 30 + [8] * 120 + [2] * 200):
        for number in range(size):
            others = {0, number // 2, number * 7 % size} - {number}
            related = [{"webUrl": iri(f"a{group}-{other}"), "title": "x"} for other in sorted(others)]
            site |= article(f"a{group}-{number}", f"Whale watching {group}, report {number}", related=related)
    with opened(browser, written(tmp_path, site)[0], viewport={"width": 844, "height": 390}) as page:
        show(page, "network")
        assert [one["text"] for one in labels(page) if one["ground"] >= 0]
        assert faults(page) == []


def test_no_date_of_the_timeline_is_half_under_a_button(browser: Browser, many_topics: Path) -> None:
    """Dates along the edge are seen whole, or left out where a button lies."""
    with opened(browser, many_topics) as page:
        page.evaluate(
            """() => {
                window.dates = [];
                const { fillText } = CanvasRenderingContext2D.prototype;
                CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
                    const half = this.measureText(text).width / 2;
                    if (this.canvas.id === "map") window.dates.push({ text, x, y, half });
                    return fillText.call(this, text, x, y);
                };
            }"""
        )
        show(page, "timeline")
        seen = 0
        for _ in range(24):
            page.evaluate("() => { window.dates = []; window.explorer.map.panBy(-9, 0); }")
            settle(page)
            dates, buttons, height = page.evaluate(
                "() => { const { buttons, height } = explorer.map.scene; return [dates, buttons, height]; }"
            )
            along = [one for one in dates if one["y"] > height - 24]
            seen += len(along)
            for date, button in itertools.product(along, buttons):
                assert date["x"] + date["half"] <= button["left"] or date["x"] - date["half"] >= button["right"], date
        assert seen > 100


def test_texts_beside_each_other_are_apart(browser: Browser, many_topics: Path) -> None:
    """Between two names on one line is a gap, so that they are not read as one."""
    for size in (DESKTOP, PHONE, SMALL):
        with opened(browser, many_topics, viewport=size) as page:
            for view in ("topics", "network"):
                show(page, view)
                assert too_close(page) == [], view
