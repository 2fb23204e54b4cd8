"""What the explorer page looks like where a careless one looks ugly: names, small windows, incomplete sites."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.explorers import DESKTOP, PHONE, SITE, article, iri, opened, point, settle, state, written
from tests.map_labels import circles, covers, faults, labels, overlaps, show, too_close
from tests.worlds import Said, Site

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


SPECIMENS: dict[str, Site] = {"many topics": _many_topics(), "alone": _alone(), "languages": _languages()}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the page of each specimen."""
    folder = tmp_path_factory.mktemp("looks")
    return {name: written(folder, site, name.replace(" ", "-"))[0] for name, site in SPECIMENS.items()}


@pytest.mark.parametrize("name", SPECIMENS)
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
def test_names_stay_in_place(browser: Browser, pages: dict[str, Path], view: str) -> None:
    """Zooming in, no name goes; each stays in its circle, or on one side of it from some zoom on; none overlap."""
    with opened(browser, pages["many topics"]) as page:
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


def test_names_of_lanes_stay_in_sight(browser: Browser, pages: dict[str, Path]) -> None:
    """A lane of which any part is in sight has its name in sight, however near the reader has come."""
    with opened(browser, pages["many topics"]) as page:
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


@pytest.fixture(scope="module")
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


def dated(page: Page) -> list[tuple[float, float]]:
    """Return where the dated articles are in the window."""
    names: list[str] = page.evaluate(
        """() => {
            const { atlas } = window.explorer;
            return [...Array(atlas.articles).keys()].filter((n) => atlas.day(n) !== null).map((n) => atlas.iri(n));
        }"""
    )
    return [point(page, name) for name in names]


def test_many_conditions_leave_what_is_left_in_sight(browser: Browser, garden: Path) -> None:
    """On a phone, a sentence of many conditions is one row, which lies over no name and over no card."""
    with opened(browser, garden, viewport=PHONE) as page:
        page.evaluate(
            """() => {
                const { page, atlas } = window.explorer;
                const [first, second] = [...page.all.counts.topics.keys()].map((topic) => ({ topic }));
                const topics = [first.topic, second.topic];
                page.choose({ topics, from: atlas.day(0) - 9000, to: 30000, low: 0, status: ["full"], every: [] });
            }"""
        )
        settle(page)
        chips = page.locator("#chips > *").all()
        assert len(chips) > 5
        assert len({round((chip.bounding_box() or {"y": 0})["y"] / 9) for chip in chips}) == 1
        row = page.locator("#chips").bounding_box()
        stage = page.locator("#stage").bounding_box()
        assert row
        assert stage
        assert [one["text"] for one in labels(page) if one["top"] + stage["y"] < row["y"] + row["height"] - 4] == []


def test_a_short_timeline_is_whole_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    """On a phone, a timeline of few articles shows all of them, and one button brings them back."""
    days = ["2022-12-10", "2023-05-20", "2023-05-21"]
    site = {path: said for day in days for path, said in article(day, f"Of {day}", publishedDateTime=day).items()}
    with opened(browser, written(tmp_path, site)[0], viewport=PHONE) as page:
        show(page, "timeline")
        assert all(is_in(place, free(page)) for place in dated(page))
        page.evaluate("() => window.explorer.map.zoomBy(6)")
        settle(page)
        assert not all(is_in(place, free(page)) for place in dated(page))
        page.get_by_role("button", name="Show everything").click()
        settle(page)
        assert all(is_in(place, free(page)) for place in dated(page))


def test_a_long_timeline_is_whole_on_a_phone(browser: Browser, pages: dict[str, Path]) -> None:
    """On a phone, lanes show all of time in the whole height; no dot is under a button, and turning keeps the days."""
    with opened(browser, pages["many topics"], viewport=PHONE) as page:
        show(page, "timeline")
        places = dated(page)
        assert all(is_in(place, free(page)) for place in places)
        high = free(page)["bottom"] - free(page)["top"]
        assert max(y for _, y in places) - min(y for _, y in places) > 0.8 * high
        buttons = page.locator("#zoom").bounding_box()
        assert buttons
        assert not any(x > buttons["x"] and y < buttons["y"] + buttons["height"] for x, y in places)
        edges = """() => {
            const { ground: { lanes }, camera: { zoom, y }, height } = explorer.map.scene;
            const edge = ({ y: middle, height: high }, way) => (middle + (way * high) / 2 - y) * zoom + height / 2;
            return [edge(lanes[0], -1), edge(lanes.at(-1), 1)];
        }"""
        page.evaluate("() => window.explorer.page.change({ node: window.explorer.atlas.header.kinds.person[0] })")
        settle(page)
        top, bottom = page.evaluate(edges)
        sheet = page.locator("#card").bounding_box()
        assert sheet
        assert -1 < top < 40
        assert bottom < sheet["y"]
        assert bottom - top > 0.5 * high
        page.evaluate("() => window.explorer.page.change({ node: -1 })")
        page.locator("#open-filters").click()
        page.locator("#look-lanes").select_option("Author")
        settle(page)
        page.locator("#open-filters").click()
        settle(page)
        top, bottom = page.evaluate(edges)
        assert bottom - top > 0.8 * high
        lanes = page.evaluate("() => window.explorer.map.scene.ground.lanes.map(({ label }) => label)")
        assert len(lanes) == 12
        assert set(lanes) <= {one["text"] for one in labels(page)}
        page.evaluate("() => window.explorer.page.changeLook({ lanes: '' })")
        settle(page)
        days = "() => { const { camera, ground } = explorer.map.scene; return camera.x / ground.time.scale; }"
        page.evaluate("() => { window.explorer.map.zoomBy(6); window.explorer.map.panBy(-80, 0); }")
        settle(page)
        day = page.evaluate(days)
        page.set_viewport_size(TURNED)
        settle(page)
        assert page.evaluate(days) == pytest.approx(day, abs=2)


def test_a_card_never_covers_its_node(browser: Browser, pages: dict[str, Path]) -> None:
    """After a click on a dot where the card opens, the dot is beside the card, and so is its name."""
    with opened(browser, pages["many topics"]) as page:
        page.locator("#open-filters").click()
        page.evaluate("() => window.explorer.map.zoomBy(4)")
        settle(page)
        names: list[str] = page.evaluate(
            "() => [...Array(window.explorer.atlas.articles).keys()].map((n) => window.explorer.atlas.iri(n))"
        )
        under = {"left": 1140.0, "right": 1400.0, "top": 120.0, "bottom": 800.0}
        name = next(name for name in names if is_in(point(page, name), under))
        page.mouse.click(*point(page, name))
        settle(page)
        assert state(page)["iri"] == name
        assert is_in(point(page, name), free(page))
        title = page.locator("#card h2").inner_text()
        assert any(title.startswith(one["text"].rstrip("…")) for one in labels(page) if one["text"])
        # Moved out of sight, it has no name at the edge that would seem to be that of something else.
        page.evaluate("() => window.explorer.map.panBy(0, 3000)")
        settle(page)
        assert not is_in(point(page, name), free(page))
        assert [one for one in labels(page) if one["text"] == title] == []


def test_a_click_on_the_name_of_a_community_goes_there(browser: Browser, pages: dict[str, Path]) -> None:
    """A click on or beside the name of a community opens no dot beneath it: it goes to the community."""
    with opened(browser, pages["many topics"]) as page:
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


def test_a_community_is_shown_whole(browser: Browser, pages: dict[str, Path]) -> None:
    """A click on a community in the insights brings its whole circle into sight."""
    with opened(browser, pages["many topics"], "#panel=insights") as page:
        page.locator("#open-insights").click()
        row = page.locator(".insight", has_text="Communities").locator("button.node").first
        label = row.locator("bdi").inner_text()
        row.click()
        settle(page)
        box = page.locator("#map").bounding_box()
        assert box
        circle = next(one for one in circles(page) if one["label"] == label)
        for sign in (-1, 1):
            place = (circle["x"] + sign * circle["r"] + box["x"], circle["y"] + sign * circle["r"] + box["y"])
            assert is_in(place, free(page))


def test_the_card_begins_with_the_node(browser: Browser, garden: Path) -> None:
    """The card begins with what the node is and ends with what few need; nothing is listed twice."""
    with opened(browser, garden) as page:
        selected(page, "roses")
        card = page.locator("#card")
        words = card.inner_text()
        order = ["Article", "Élan of roses", "The Garden", "Open the article", "Related articles", "IRI", "Copy IRI"]
        assert sorted(order, key=words.index) == order
        assert words.index("SPARQL for this") > words.index("Copy IRI")
        assert (
            card.locator(".group", has_text="Related articles")
            .locator("li", has_text="Tulips")
            .inner_text()
            .endswith("both ways")
        )
        titles = card.locator(".group li bdi").all_inner_texts()
        assert len(titles) == len(set(titles))
        selected(page, "rated")
        assert "4.65" in card.inner_text()
        assert "4.645" not in card.inner_text()


def test_an_inferred_place_is_explained(browser: Browser, tmp_path: Path) -> None:
    """An article with a topic chip is not said to state no topic."""
    site: dict[str, Said] = {}
    for number in range(12):
        topics = ["Everything", "Special"] if number == 1 else ["Everything"]
        site |= article(f"a{number}", f"Report {number}", topics=topics, related=[{"webUrl": iri("a1"), "title": "x"}])
    with opened(browser, written(tmp_path, site)[0]) as page:
        selected(page, "a3")
        assert page.locator("#card .tag").count() == 1
        assert "states no topic" not in page.locator("#card").inner_text()


def test_a_phone_shows_the_map(browser: Browser, garden: Path) -> None:
    """On a phone the map keeps two thirds of its height beside a card, which can be made larger and smaller again."""
    with opened(browser, garden, viewport=PHONE) as page:
        whole = free(page)["bottom"] - free(page)["top"]
        selected(page, "roses")
        assert free(page)["bottom"] - free(page)["top"] >= whole * 0.66
        assert is_in(point(page, iri("roses")), free(page))
        page.get_by_role("button", name="Show more of the details").click()
        settle(page)
        assert free(page)["bottom"] - free(page)["top"] < whole * 0.3
        page.get_by_role("button", name="Show more of the map").click()
        settle(page)
        assert free(page)["bottom"] - free(page)["top"] >= whole * 0.66


def test_a_map_stands_upright_in_a_tall_window(browser: Browser, pages: dict[str, Path]) -> None:
    """A tall window shows the map higher than wide, and one turned on its side, or a link, the same part of it."""
    with opened(browser, pages["many topics"], viewport=PHONE) as page:
        for view in ("topics", "network"):
            show(page, view)
            found = [circle for circle in circles(page) if circle["r"] > 0]
            across, down = (
                max(one[axis] + one["r"] for one in found) - min(one[axis] - one["r"] for one in found)
                for axis in ("x", "y")
            )
            assert down > 1.1 * across, view
        page.evaluate("() => window.explorer.map.camera = { x: 20, y: -50, zoom: 9 }")
        settle(page)
        link = page.url
        for size in (TURNED, PHONE):
            page.set_viewport_size(size)
            settle(page)
            found = page.evaluate("() => { const { x, y, zoom } = window.explorer.map.camera; return [x, y, zoom]; }")
            assert found == pytest.approx([20, -50, 9])
    with opened(browser, pages["many topics"], "#" + link.partition("#")[2]) as page:
        settle(page)
        found = page.evaluate("() => { const { x, y, zoom } = window.explorer.map.scene.camera; return [x, y, zoom]; }")
        assert found == pytest.approx([20, -50, 9])


def test_no_name_lies_under_a_button(browser: Browser, pages: dict[str, Path]) -> None:
    """Names keep clear of the buttons over the map, which would hide them."""
    for size in (DESKTOP, PHONE):
        with opened(browser, pages["many topics"], viewport=size) as page:
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
def test_no_name_lies_under_what_is_said_of_the_choice(
    browser: Browser, pages: dict[str, Path], size: ViewportSize
) -> None:
    """A choice that leaves the map as it is has its words over it, and names stand beside these, near and far."""
    with opened(browser, pages["many topics"], viewport=size) as page:
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


MIDDLE = """() => {
    const { scene: { x, y, shown, camera } } = window.explorer.map;
    const away = (n) => Math.hypot(x[n] - camera.x, y[n] - camera.y);
    const all = [...Array(window.explorer.atlas.articles).keys()].filter((n) => (!shown || shown[n]) && away(n) >= 0);
    const nearest = all.reduce((best, n) => (away(n) < away(best) ? n : best));
    return window.explorer.atlas.iri(nearest);
}"""


@pytest.mark.parametrize("lanes", ["", "status"])
def test_turning_a_phone_keeps_what_is_in_the_middle(browser: Browser, pages: dict[str, Path], lanes: str) -> None:
    """What was arranged anew is arranged otherwise in a turned window: what is in the middle stays, there and back."""
    with opened(browser, pages["many topics"], viewport=PHONE) as page:
        if lanes:
            page.evaluate("(lanes) => window.explorer.page.changeLook({ lanes })", lanes)
        else:
            page.evaluate("() => window.explorer.page.choose({ from: 16500 })")
        for view in VIEWS[2:] if lanes else VIEWS:
            show(page, view)
            page.evaluate(
                """() => {
                    const { map, atlas } = window.explorer;
                    const { y, shown } = map.scene;
                    const all = [...Array(atlas.articles).keys()].filter((n) => (!shown || shown[n]) && y[n] > -1e9);
                    map.flyTo([all.reduce((lowest, n) => (y[n] > y[lowest] ? n : lowest))]);
                }"""
            )
            settle(page)
            page.evaluate("() => { window.explorer.map.zoomBy(8); window.explorer.map.panBy(-60, 50); }")
            settle(page)
            name = page.evaluate(MIDDLE)
            place = point(page, name)
            assert is_in(place, free(page))
            for size in (TURNED, PHONE):
                page.set_viewport_size(size)
                settle(page)
                assert is_in(point(page, name), free(page)), view
            assert point(page, name) == pytest.approx(place, abs=3), view


def test_what_has_no_date_says_so_on_the_timeline(browser: Browser, garden: Path) -> None:
    """A timeline of articles without dates is not just empty: it says why, and shows no lanes."""
    for size in (DESKTOP, PHONE):
        with opened(browser, garden, viewport=size) as page:
            show(page, "timeline")
            expect(page.locator("#empty")).to_be_hidden()
            page.evaluate(
                "(iri) => { const { page } = window.explorer; page.choose({ picked: [page.nodeOf(iri)] }); }",
                iri("star"),
            )
            settle(page)
            expect(page.locator("#empty")).to_contain_text("has a date")
            assert labels(page) == []
            show(page, "topics")
            expect(page.locator("#empty")).to_be_hidden()


def test_everything_shown_again_holds_nothing(browser: Browser, pages: dict[str, Path]) -> None:
    """Who asks for everything where everything is shown, and then comes nearer, stays there when a panel opens."""
    with opened(browser, pages["many topics"]) as page:
        settle(page)
        page.get_by_role("button", name="Show everything").click()
        settle(page)
        page.evaluate("() => window.explorer.map.zoomBy(4)")
        settle(page)
        zoom = state(page)["camera"]["zoom"]
        assert "at=" in page.url
        page.locator("#open-table").click()
        settle(page)
        assert state(page)["camera"]["zoom"] == pytest.approx(zoom)


def test_help_on_a_phone_lists_gestures(browser: Browser, garden: Path) -> None:
    """Help says on a phone what fingers do, and at a desk what keys do."""
    for size, said, unsaid in ((PHONE, "pinch", "Esc"), (DESKTOP, "Esc", "pinch")):
        with opened(browser, garden, viewport=size) as page:
            page.evaluate("() => document.getElementById('open-help').click()")
            keys = page.locator("#help dl:visible").inner_text()
            assert said in keys
            assert unsaid not in keys


@pytest.mark.parametrize("width", [320, 360, 390])
def test_nothing_is_cut_off_in_a_narrow_window(browser: Browser, garden: Path, width: int) -> None:
    """In narrow windows nothing stands over anything else in the bars, and nothing has to be scrolled sideways."""
    with opened(browser, garden, viewport={"width": width, "height": 568}, has_touch=True) as page:
        selected(page, "roses")
        found = page.evaluate(
            """() => {
                const wide = [...document.querySelectorAll("#bar, #card, #card .head, .actions, #views, #tools")]
                    .filter((one) => one.scrollWidth > one.clientWidth + 1).map(({ id, className }) => id || className);
                const tight = [...document.querySelectorAll("#views button, #tools > button")].filter((one) => {
                    const range = document.createRange();
                    range.selectNodeContents(one);
                    return range.getBoundingClientRect().width > one.clientWidth - 4;
                }).map(({ id }) => id);
                return [...wide, ...tight];
            }"""
        )
        assert found == []


def test_the_bar_has_room_for_the_search_and_every_tool_by_name(browser: Browser, garden: Path) -> None:
    """At any width and size of letters one can search, reach each tool, and read whole parts of what the page holds."""
    names = ["Topics", "Network", "Timeline", "Around", "Filters", "Table", "Insights", "Compare", "Share", "Save"]
    names += ["SPARQL", "Help", "Dark mode"]
    with opened(browser, garden) as page:
        page.evaluate(
            """() => {
                const button = Object.assign(document.createElement("button"), { textContent: "SPARQL" });
                document.getElementById("open-save").before(button);
            }"""
        )
        bar = page.locator("#bar")
        tools = [bar.get_by_role("button", name=name, exact=True, include_hidden=True) for name in names]
        held = [tool.element_handle() for tool in tools]
        widths = (320, 390, 721, 900, 1000, 1239, 1240, 1280, 1366, 1439, 1440, 1920)
        for width, times in [(width, 1) for width in widths] + [(width, 2) for width in (320, 390, 800, 1280, 1920)]:
            page.set_viewport_size({"width": width, "height": 700})
            page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", f"{times}00%")
            page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
            found = page.evaluate(
                """() => ({
                    wide: document.getElementById("bar").scrollWidth - document.getElementById("bar").clientWidth,
                    search: document.getElementById("search").getBoundingClientRect().width,
                    told: [...document.querySelectorAll("#summary span")].map((part) => {
                        const [inner, outer] = [part, part.parentElement].map((one) => one.getBoundingClientRect());
                        const isWhole = inner.right <= outer.right + 1 && inner.bottom <= outer.bottom + 1;
                        const isUnseen = outer.width < 2; // the name is only read aloud
                        return isUnseen ? "whole" : inner.top >= outer.bottom - 1 ? "no" : isWhole ? "whole" : "cut";
                    }),
                })"""
            )
            assert found["wide"] <= 0, (width, times)
            assert found["search"] >= 215, (width, times)
            assert found["told"][0] == "whole" or (width, times) == (320, 2), (width, times)
            assert "cut" not in found["told"], (width, times)
            assert sorted(found["told"], reverse=True) == found["told"], (width, times)
            more = bar.get_by_role("button", name="More", exact=True)
            if more.is_visible():
                more.click()
            # One question for all of them: seventeen times thirteen take seconds.
            out = page.evaluate(
                """(tools) => tools.filter((tool) => {
                    const { left, right, width, height } = tool.getBoundingClientRect();
                    const isSeen = tool.checkVisibility({ visibilityProperty: true }) && width * height > 0;
                    return !isSeen || left < 0 || right > window.innerWidth;
                }).map((tool) => tool.textContent)""",
                held,
            )
            assert out == [], (width, times)
            page.keyboard.press("Escape")


def test_help_gives_the_focus_back_to_the_menu(browser: Browser, garden: Path) -> None:
    """The menu closes when something is chosen in it, and the focus returns to its button when that is closed."""
    with opened(browser, garden, viewport={"width": 1000, "height": 700}) as page:
        more = page.get_by_role("button", name="More", exact=True)
        more.click()
        page.get_by_role("button", name="Help", exact=True).press("Enter")
        expect(page.locator("#help")).to_be_visible()
        page.keyboard.press("Escape")
        expect(more).to_be_focused()
        expect(page.get_by_role("button", name="Help", exact=True)).to_be_hidden()
        more.click()
        page.get_by_role("button", name="Table", exact=True).click()
        expect(page.locator("#table")).to_be_visible()
        assert page.evaluate("() => document.getElementById('table').contains(document.activeElement)")
        page.locator("#table").get_by_role("button", name="Close the table").press("Enter")
        expect(more).to_be_focused()


def test_forced_colours_show_what_is_pressed(browser: Browser, garden: Path) -> None:
    """With the reader's own colours, the view that is shown looks different from the others."""
    with opened(browser, garden, forced_colors="active") as page:
        looks = [
            page.locator(f"#view-{view}").evaluate("(one) => getComputedStyle(one).backgroundColor") for view in VIEWS
        ]
        assert looks[0] != looks[1] == looks[2]


@pytest.mark.parametrize("dated", [True, False])
def test_equal_dots_are_a_calendar_or_a_list(browser: Browser, tmp_path: Path, *, dated: bool) -> None:
    """Where the map would be one island of equal dots, the page begins with the timeline, or with the table."""
    site: dict[str, Said] = {}
    for number in range(150):
        when = {"publishedDateTime": f"{2015 + number % 8}-{1 + number % 12:02}-03"} if dated else {}
        site |= article(f"a{number}", f"Article {number}", **when)
    path = written(tmp_path, site)[0]
    with opened(browser, path) as page:
        settle(page)
        assert state(page)["view"] == ("timeline" if dated else "topics")
        assert page.locator("#table").is_visible() is not dated
        show(page, "topics")
        assert state(page)["view"] == "topics"
    with opened(browser, path, "#view=network") as page:
        assert state(page)["view"] == "network"
        assert not page.locator("#table").is_visible()


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


def test_what_is_brought_into_sight_is_under_no_button(browser: Browser, pages: dict[str, Path]) -> None:
    """The steps of a path are seen beside the buttons over the map, wherever they stand."""
    for size in (DESKTOP, PHONE):
        with opened(browser, pages["many topics"], viewport=size) as page:
            settle(page)
            found = page.evaluate(
                """() => {
                    const { map, atlas } = window.explorer;
                    const under = [];
                    for (let n = 0; n + 41 < atlas.articles; n += 3) {
                        for (const pair of [[n, n + 41], [n, (7 * n) % atlas.articles]]) {
                            map.flyTo(pair, { animate: false });
                            const { x, y, camera, width, height, buttons } = map.scene;
                            for (const one of pair) {
                                const across = (x[one] - camera.x) * camera.zoom + width / 2;
                                const down = (y[one] - camera.y) * camera.zoom + height / 2;
                                const isUnder = ({ left, top, right, bottom }) =>
                                    across > left && across < right && down > top && down < bottom;
                                if (buttons.some(isUnder)) under.push(pair);
                            }
                        }
                    }
                    return [map.scene.buttons.length > 0, under];
                }"""
            )
            assert found == [True, []]


def test_no_date_of_the_timeline_is_half_under_a_button(browser: Browser, pages: dict[str, Path]) -> None:
    """Dates along the edge are seen whole, or left out where a button lies."""
    with opened(browser, pages["many topics"]) as page:
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


def test_menus_of_the_map_show_what_is_chosen(browser: Browser, garden: Path) -> None:
    """The menus of colour, size and lanes are wide enough for what is chosen at first, also side by side."""
    with opened(browser, garden) as page:
        show(page, "timeline")
        cut = page.evaluate(
            """() => [...document.querySelectorAll(".look select")].filter((select) => {
                const copy = document.createElement("span");
                copy.style.font = getComputedStyle(select).font;
                copy.textContent = select.selectedOptions[0].textContent;
                document.body.append(copy);
                const { width } = copy.getBoundingClientRect();
                copy.remove();
                return width + 28 > select.clientWidth;
            }).map(({ id }) => id)"""
        )
        assert page.locator(".look select:visible").count() == 3
        assert cut == []


def test_the_search_for_the_end_of_a_path_stays_in_its_card(browser: Browser, garden: Path) -> None:
    """What is found for the end of a path is as wide as its box, and nothing of it is cut off."""
    with opened(browser, garden) as page:
        selected(page, "roses")
        page.get_by_role("button", name="Path from here to").click()
        page.keyboard.type("tulips")
        found = page.locator("#card .found")
        expect(found.locator("[role=option]").first).to_be_visible()
        inner, outer = found.bounding_box(), page.locator("#card .box").first.bounding_box()
        assert inner
        assert outer
        assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]


def test_what_a_card_is_about_stays_off_its_title(browser: Browser, garden: Path) -> None:
    """On a narrow phone the kind, the type and the state of an article need two rows, and touch no title."""
    with opened(browser, garden, viewport={"width": 320, "height": 568}, has_touch=True) as page:
        selected(page, "soil")
        rows = page.locator("#card .badges > *").all()
        boxes = [row.bounding_box() for row in rows]
        title = page.locator("#card h2").bounding_box()
        assert title
        assert len({box["y"] for box in boxes if box}) > 1
        assert max(box["y"] + box["height"] for box in boxes if box) + 4 <= title["y"]


def test_texts_beside_each_other_are_apart(browser: Browser, pages: dict[str, Path]) -> None:
    """Between two names on one line is a gap, so that they are not read as one."""
    for size in (DESKTOP, PHONE, SMALL):
        with opened(browser, pages["many topics"], viewport=size) as page:
            for view in ("topics", "network"):
                show(page, view)
                assert too_close(page) == [], view
