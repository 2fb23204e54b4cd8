"""The explorer page in small, narrow and turned windows, and what its panels leave in sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.explorers import DESKTOP, PHONE, article, iri, opened, point, settle, state, written
from tests.looks import TURNED, VIEWS, free, is_in, selected
from tests.map_labels import circles, labels, show
from tests.worlds import Said


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


def test_a_long_timeline_is_whole_on_a_phone(browser: Browser, many_topics: Path) -> None:
    """On a phone, lanes show all of time in the whole height; no dot is under a button, and turning keeps the days."""
    with opened(browser, many_topics, viewport=PHONE) as page:
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


def test_a_card_never_covers_its_node(browser: Browser, many_topics: Path) -> None:
    """After a click on a dot where the card opens, the dot is beside the card, and so is its name."""
    with opened(browser, many_topics) as page:
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


def test_a_community_is_shown_whole(browser: Browser, many_topics: Path) -> None:
    """A click on a community in the insights brings its whole circle into sight."""
    with opened(browser, many_topics, "#panel=insights") as page:
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


def test_a_map_stands_upright_in_a_tall_window(browser: Browser, many_topics: Path) -> None:
    """A tall window shows the map higher than wide, and one turned on its side, or a link, the same part of it."""
    with opened(browser, many_topics, viewport=PHONE) as page:
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
    with opened(browser, many_topics, "#" + link.partition("#")[2]) as page:
        settle(page)
        found = page.evaluate("() => { const { x, y, zoom } = window.explorer.map.scene.camera; return [x, y, zoom]; }")
        assert found == pytest.approx([20, -50, 9])


MIDDLE = """() => {
    const { scene: { x, y, shown, camera } } = window.explorer.map;
    const away = (n) => Math.hypot(x[n] - camera.x, y[n] - camera.y);
    const all = [...Array(window.explorer.atlas.articles).keys()].filter((n) => (!shown || shown[n]) && away(n) >= 0);
    const nearest = all.reduce((best, n) => (away(n) < away(best) ? n : best));
    return window.explorer.atlas.iri(nearest);
}"""


@pytest.mark.parametrize("lanes", ["", "status"])
def test_turning_a_phone_keeps_what_is_in_the_middle(browser: Browser, many_topics: Path, lanes: str) -> None:
    """What was arranged anew is arranged otherwise in a turned window: what is in the middle stays, there and back."""
    with opened(browser, many_topics, viewport=PHONE) as page:
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


def test_everything_shown_again_holds_nothing(browser: Browser, many_topics: Path) -> None:
    """Who asks for everything where everything is shown, and then comes nearer, stays there when a panel opens."""
    with opened(browser, many_topics) as page:
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


def test_what_is_brought_into_sight_is_under_no_button(browser: Browser, many_topics: Path) -> None:
    """The steps of a path are seen beside the buttons over the map, wherever they stand."""
    for size in (DESKTOP, PHONE):
        with opened(browser, many_topics, viewport=size) as page:
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
