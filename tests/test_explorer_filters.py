"""Filters of the explorer page answer: lists, map, insights and table show what is left; in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.audit import audit, load_auditor
from tests.explorers import article, iri, opened, settle, state, written
from tests.worlds import Site

TOWNS = ("Rome", "Oslo", "Lima", "Kyiv")


def _papers(number: int) -> dict[str, str]:
    paper = number % 5
    return {"name": f"Paper {paper}", "domain": f"paper-{paper}.example"}


NEWS: Site = {
    path: fields
    for number in range(200)
    for path, fields in article(
        f"n{number}",
        f"News number {number}",
        topics=[TOWNS[number % 4], *(["Rain"] if number % 10 == 0 else [])],
        provider=_papers(number),
        publishedDateTime=f"{2019 + number // 50}-{1 + number % 12:02}-{1 + number % 28:02}",
        quality=number % 100,
        type="video" if number % 3 == 0 else "article",
        related=[{"webUrl": iri(f"n{other}"), "title": "x"} for other in (number // 2, number // 3) if other != number],
        **({"published": False} if number % 40 == 7 else {}),
    ).items()
}
"""News of four towns: every tenth is about rain, too, and only the first hundred are pointed to."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the news."""
    return written(tmp_path_factory.mktemp("filters"), NEWS)[0]


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    """Return the page, opened on a desktop."""
    with opened(browser, path) as page:
        yield page


def facet(page: Page, name: str) -> Locator:
    """Return one of the lists of the filters, opened."""
    found = page.locator(".facet", has=page.locator("summary", has_text=name))
    if found.get_attribute("open") is None:
        found.locator("summary").click()
        expect(found.locator(".choice").first).to_be_visible()
    return found


def listed(page: Page, name: str) -> list[tuple[str, int]]:
    """Return what a list offers, with its numbers, from above."""
    rows = facet(page, name).locator(".choice label").all()
    return [(str(row.locator("bdi").text_content()), int(str(row.locator(".count").text_content()))) for row in rows]


def tick(page: Page, name: str, value: str) -> None:
    """Tick a value in a list."""
    facet(page, name).locator(".choice", has_text=re.compile(f"^{value}")).locator("input").click()


def bar(page: Page, name: str, value: str) -> None:
    """Leave out a value of a list."""
    facet(page, name).get_by_role("button", name=f"Not {value}", exact=True).click()


def shown(page: Page) -> set[int]:
    """Return the numbers of the articles that are shown."""
    found: list[str] = page.evaluate(
        """() => {
            const { page, atlas } = window.explorer;
            return page.shown().filter((node) => node < atlas.articles).map((node) => atlas.iri(node));
        }"""
    )
    return {int(name.rpartition("/n")[2]) for name in found}


def labels(page: Page) -> list[str]:
    """Return the names on the map."""
    page.wait_for_function("() => !window.explorer.map.isMoving")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found: list[str] = page.evaluate("() => window.explorer.map.stats.labels.map(({ text }) => text)")
    return found


def test_a_topic_tells_its_providers(page: Page) -> None:
    """Whoever chooses a topic reads in the list of providers who writes about it, the most first, and no others."""
    assert len(listed(page, "Providers")) == 5
    tick(page, "Topics", "Rain")
    assert shown(page) == set(range(0, 200, 10))
    assert listed(page, "Providers") == [("Paper 0", 20)]
    assert listed(page, "Type") == [("article", 13), ("video", 7)]
    tick(page, "Type", "video")
    assert listed(page, "Topics") == sorted(listed(page, "Topics"), key=lambda row: -row[1])


def test_a_sentence_of_and_or_and_not(page: Page) -> None:
    """Values of a facet are joined by or, by a click by and, others are left out; address and sentence say the same."""
    tick(page, "Topics", "Rain")
    tick(page, "Topics", "Rome")
    assert shown(page) == {n for n in range(200) if n % 4 == 0 or n % 10 == 0}
    page.locator("#chips").get_by_role("button", name="or: click to show only what has both").click()
    assert shown(page) == set(range(0, 200, 20))
    bar(page, "Type", "video")
    expected = {n for n in range(0, 200, 20) if n % 3}
    assert shown(page) == expected
    expect(page.locator("#chips")).to_have_text(re.compile("Rain.*and.*Rome.*not.*video"))
    expect(facet(page, "Type").get_by_role("button", name="Not video")).to_have_attribute("aria-pressed", "true")
    fragment = page.evaluate("() => location.hash")
    assert fragment == "#topic=~topic/rain,~topic/rome&not-type=video&all=topic"
    page.locator("#chips button", has_text="video").click()
    assert shown(page) == set(range(0, 200, 20))
    page.go_back()
    assert shown(page) == expected


def test_good_articles_of_a_year_that_nobody_links_to(page: Page) -> None:
    """Date, quality and what no article links to are chosen together."""
    tick(page, "Status", "No article links to it")
    page.evaluate("() => window.explorer.page.choose({ from: 18628, to: 19357, low: 81 })")  # from 2021 to 2022
    assert shown(page) == {n for n in range(100, 200) if n % 100 > 80}
    page.evaluate("() => window.explorer.page.choose({ from: 18262, to: 18627 })")
    assert shown(page) == set()  # those of 2020 are pointed to
    expect(page.locator("#chips")).to_contain_text("quality 81 or more")
    expect(page.locator("#chips")).to_contain_text("linked to by none")


def test_stubs_orphans_and_the_unpublished_are_hidden_with_a_click(page: Page) -> None:
    """A box for each leaves them out, and says how many there are."""
    hide = facet(page, "Status").get_by_role("list", name="Hide")
    expect(hide).to_contain_text("Unpublished")
    hide.locator("input").last.check()
    assert shown(page) == {n for n in range(200) if n % 40 != 7}
    expect(page.locator("#chips")).to_contain_text("unpublished")
    barred = facet(page, "Status").locator(".choice.barred")
    count, button = barred.locator(".count").bounding_box(), barred.locator(".not").bounding_box()
    assert count
    assert button
    assert count["x"] + count["width"] <= button["x"]
    hide.locator("input").last.uncheck()
    assert len(shown(page)) == 200


def test_the_newest_are_one_click_away(page: Page) -> None:
    """A button chooses the last days before the newest article."""
    page.get_by_role("button", name="Newest month").click()
    last = page.evaluate("() => Math.max(...window.explorer.atlas.columns.day.subarray(0, 200))")
    choice = page.evaluate("() => window.explorer.page.state.choice.from")
    assert choice == last - 29
    assert 0 < len(shown(page)) < 20


def test_few_are_readable_and_the_rest_is_gone(page: Page) -> None:
    """Of few articles every title stands on the map, below the name of its island and how many of it are shown."""
    tick(page, "Topics", "Rain")
    names = labels(page)
    assert {f"News number {n}" for n in range(0, 200, 10)} <= set(names)
    assert "Rain · 20" in names
    point = page.evaluate("() => { const { x, y } = window.explorer.map.scene; return [x[0], y[0]]; }")
    page.locator("#view-network").click()
    assert {f"News number {n}" for n in range(0, 200, 10)} <= set(labels(page))
    page.locator("#view-topics").click()
    assert page.evaluate("() => { const { x, y } = window.explorer.map.scene; return [x[0], y[0]]; }") == point
    page.locator("#filters").get_by_role("button", name="Clear all").click()
    assert page.evaluate("() => window.explorer.map.scene.x[0] === window.explorer.atlas.columns.topics_x[0]")
    assert "at=" not in page.evaluate("() => location.hash")


STANDING = """() => {
    const { map, page } = window.explorer;
    const { x, y, ground, turning } = map.scene;
    const arrived = turning === null && x.every((one, n) => Object.is(one, ground.x[n]));
    return [arrived, page.filtered.articles, [...x].join(), [...y].join(), location.hash];
}"""
"""Whether everything is in its place, how many articles are left, where they are, and the address."""


def test_filters_that_follow_each_other_end_where_the_last_leads(browser: Browser, path: Path) -> None:
    """Where articles go is found out after a frame: a filter that comes before it or amid the flight ends right."""
    with opened(browser, path, "#type=video") as page:
        wanted = page.evaluate(STANDING)
    for between in (0, 5, 20, 120):
        with opened(browser, path) as page:
            page.emulate_media(reduced_motion="no-preference")
            page.evaluate(
                """async (between) => {
                    const { page } = window.explorer;
                    const wait = () => between && new Promise((done) => setTimeout(done, between));
                    page.choose({ types: ["article"] });
                    await wait();
                    page.clearChoice();
                    await wait();
                    page.change({ view: "network" });
                    page.choose({ types: ["video"] });
                    page.change({ view: "topics" });
                }""",
                between,
            )
            settle(page)
            assert page.evaluate(STANDING) == wanted


def test_slow_frames_end_where_fast_ones_do(browser: Browser, path: Path) -> None:
    """Between two frames of a way the map is not at rest, and the address does not name a place on the way."""
    with opened(browser, path, "#type=video") as page:
        wanted = page.evaluate(STANDING)
    with opened(browser, path) as page:
        page.emulate_media(reduced_motion="no-preference")
        page.evaluate(
            """() => {
                const soon = window.requestAnimationFrame.bind(window);
                window.requestAnimationFrame = (then) => soon(() => setTimeout(() => then(performance.now()), 200));
                window.explorer.page.choose({ types: ["video"] });
            }"""
        )
        settle(page)
        assert page.evaluate(STANDING) == wanted


def test_lists_count_right_after_the_first_frame(browser: Browser, path: Path) -> None:
    """A choice is drawn before the lists are counted; they follow at once, and only those that are open are counted."""
    with opened(browser, path) as page:
        page.emulate_media(reduced_motion="no-preference")
        facet(page, "Providers")
        page.locator("#filters .not[aria-label='Not Rome']").focus()
        told = page.evaluate(
            """async () => {
                const { page, map } = window.explorer;
                const before = map.stats.frames;
                const list = document.querySelector("#filters");
                const counts = () => [...list.querySelectorAll(".facet .choice .count")];
                const read = () => counts().map(({ textContent }) => textContent).join();
                const first = read();
                const followed = new Promise((done) => {
                    new MutationObserver(() => read() === first || done(map.stats.frames - before))
                        .observe(list, { childList: true, characterData: true, subtree: true });
                });
                const counted = [];
                const { apply } = page.filters;
                page.filters.apply = (...given) => {
                    const found = apply.apply(page.filters, given);
                    const get = (of, name) => (name !== "kinds" && counted.push(name), of[name]);
                    return { ...found, counts: new Proxy(found.counts, { get }) };
                };
                document.activeElement.click();
                const atOnce = [
                    document.querySelector("#chips").textContent.includes("Rome"),
                    document.activeElement.getAttribute("aria-pressed"),
                    counted.length,
                ];
                const frames = await followed;
                return [atOnce, frames, [...new Set(counted)], document.activeElement.ariaLabel];
            }"""
        )
        assert told == [[True, "true", 0], 1, ["topics", "providers"], "Not Rome"]
        expect(facet(page, "Topics").locator(".choice", has_text="Rome")).to_contain_text("\N{MINUS SIGN}50")


@pytest.mark.parametrize("after", [5, 40, 150, 350])
def test_whoever_zooms_amid_a_flight_finds_everything_in_its_place(browser: Browser, path: Path, after: int) -> None:
    """A reader who moves the map while articles are on their way lets them arrive, and none stays half way."""
    with opened(browser, path) as page:
        page.emulate_media(reduced_motion="no-preference")
        for changed in ('choose({ types: ["video"] })', 'change({ view: "network", camera: null })'):
            page.mouse.move(800, 400)
            page.evaluate(f"() => window.explorer.page.{changed}")
            page.wait_for_timeout(after)  # the moment in the flight is what this test is about
            page.evaluate("() => { window.turned = new Promise((done) => addEventListener('wheel', done, true)); }")
            page.mouse.wheel(0, -30)
            page.evaluate("() => window.turned.then(() => undefined)")
            page.wait_for_function("() => !window.explorer.map.isMoving")
            assert page.evaluate(STANDING)[0]
            assert page.evaluate("() => Object.values(window.explorer.map.scene.presence).sort().join()") == "0,0,1"


def test_islands_say_how_many_of_them_are_shown(page: Page) -> None:
    """When many articles are left, islands move together, and each says how many of its articles are shown."""
    tick(page, "Type", "article")
    page.wait_for_function("() => !window.explorer.map.isMoving")
    drawing = page.evaluate("() => window.explorer.map.toSvg()")
    found = [(int(some), int(whole)) for some, whole in re.findall(r'(?<!"true")>(\d+) of (\d+)</text>', drawing)]
    assert found
    assert all(some < whole for some, whole in found)
    assert sum(some for some, _ in found) <= len(shown(page))


def test_where_nothing_fits_the_map_is_empty(page: Page) -> None:
    """No island, community, story or name is left, and the page says why."""
    for words in ("news", "nowhere"):
        page.evaluate("(words) => window.explorer.page.choose({ words })", words)
        for view in ("network", "topics"):
            page.locator(f"#view-{view}").click()
            settle(page)
            drawing = page.evaluate("() => window.explorer.map.toSvg()").partition('id="map"')[2]
            drawn = {shape for shape in ("<circle", "<path", "<text") if shape in drawing}
            assert bool(drawn) == (words == "news"), drawn
    expect(page.locator("#empty")).to_have_text("Nothing matches these filters.")


def test_the_rest_may_stay_in_sight(page: Page) -> None:
    """On request what does not fit stays where it is, faded, and an address says so."""
    tick(page, "Topics", "Rain")
    page.get_by_label("Show the rest faded").check()
    assert page.evaluate("() => window.explorer.map.scene.x[1] === window.explorer.atlas.columns.topics_x[1]")
    assert "rest=faded" in page.evaluate("() => location.hash")
    page.get_by_label("Show the rest faded").uncheck()
    assert page.evaluate("() => Number.isNaN(window.explorer.map.scene.x[1])")


def test_insights_and_table_follow(page: Page) -> None:
    """Both tell of what is shown: who is pointed to by whom of these, and relations among these only."""
    page.locator("#open-insights").click()
    whole = page.locator("#insights").inner_text()
    tick(page, "Topics", "Rome")
    expect(page.locator("#insights")).to_contain_text("Of the articles shown, those that most others shown point to.")
    assert page.locator("#insights").inner_text() != whole
    expect(page.locator("#insights")).to_contain_text(re.compile(r"\d+ of \d+"))
    page.locator("#open-table").click()
    rows: dict[str, int] = {}
    for row in page.locator("#table tbody tr").all():
        cells = row.locator("td").all_inner_texts()
        rows[cells[0].strip()] = int(cells[-1])
    numbers = shown(page)
    for paper in range(5):
        assert rows[f"Paper {paper}"] == sum(n % 5 == paper for n in numbers)
    pairs = {(n, other) for n in numbers for other in (n // 2, n // 3) if other in numbers and other != n}
    assert rows["News number 0"] == 1 + 1 + 1 + sum(0 in pair for pair in pairs)  # a provider and two topics


def test_relations_are_switched_off(page: Page) -> None:
    """A relation that is switched off draws no lines and is not counted; the address says so."""
    page.evaluate("() => window.explorer.page.change({ node: 0 })")
    page.wait_for_function("() => !window.explorer.map.isMoving")
    before = page.evaluate("() => window.explorer.map.toSvg().match(/<path/g).length")
    section = facet(page, "Relations")
    section.get_by_label(re.compile("^Related articles")).uncheck()
    assert page.evaluate("() => window.explorer.map.toSvg().match(/<path/g)?.length ?? 0") < before
    assert "off=related" in page.evaluate("() => location.hash")
    page.locator("#open-table").click()
    expect(page.locator("#table tbody tr", has_text="News number 0").locator("td").last).to_have_text("3")


def test_the_legend_names_folders(browser: Browser, tmp_path: Path) -> None:
    """Where some islands are folders, the legend names them, and neither it nor a saved picture calls them topics."""
    folders = {"guides": 6, "recipes": 4, "letters": 5}
    texts: Site = {
        "docs/a.md": {"title": "Alone"},
        **{f"docs/told/a{number}.md": {"title": f"Told {number}", "tags": ["Tools"]} for number in range(7)},
        **{
            f"docs/{folder}/a{number}.md": {"title": f"Some {folder} {number}"}
            for folder, count in folders.items()
            for number in range(count)
        },
    }
    with opened(browser, written(tmp_path, texts)[0]) as page:
        page.locator(".meaning-of summary").click()
        rows = page.get_by_role("list", name="Colours").get_by_role("listitem")
        expect(rows).to_have_text(["Tools7", "Guides6", "Letters5", "Recipes4", "Without topic1"])
        expect(page.locator("#look-colour option").first).to_have_text("Island")
        page.locator("#open-save").click()
        with page.expect_download() as saved:
            page.locator("#save-svg").click()
        picture = Path(saved.value.path()).read_text(encoding="utf-8")
        assert "Colour: the topic, folder or community of its island" in picture


def test_colours_mean_what_the_reader_wants(page: Page) -> None:
    """Coloured by provider, the legend lists providers with their numbers, and a click on one shows only that one."""
    hues = "() => [...window.explorer.map.scene.nodeHue.subarray(0, 200)]"
    islands = page.evaluate(hues)
    page.locator("#look-colour").select_option("Provider")
    legend = page.get_by_role("list", name="Colours")
    expect(legend.get_by_role("button")).to_have_count(5)
    expect(legend.get_by_role("button", name="Paper 3")).to_have_text("Paper 340")
    painted = page.evaluate(hues)
    assert painted != islands
    numbers = page.evaluate("() => [...Array(200).keys()].map((n) => window.explorer.atlas.iri(n))")
    paper = [int(name.rpartition("/n")[2]) % 5 for name in numbers]
    assert len(set(zip(paper, painted, strict=True))) == 5
    legend.get_by_role("button", name="Paper 3").click()
    assert shown(page) == set(range(3, 200, 5))
    expect(legend.get_by_role("button", name="Paper 3")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("() => location.hash") == "#provider=https://paper-3.example/%23organization&colour=providers"
    legend.get_by_role("button", name="Paper 3").click()
    assert len(shown(page)) == 200


def test_numbers_are_coloured_in_steps_and_give_sizes(page: Page) -> None:
    """Coloured by quality, higher articles are further along the scale; sized by it, they are larger."""
    page.locator("#look-colour").select_option("Quality")
    page.locator("#look-size").select_option("Quality")
    assert page.evaluate("() => location.hash") == "#colour=quality&size=quality"
    rows = page.evaluate(
        """() => {
            const { map: { scene }, atlas: { columns: { quality } } } = window.explorer;
            return [...Array(200).keys()].map((n) => [quality[n], scene.nodeHue[n], scene.size[n]]);
        }"""
    )
    rows.sort()
    assert [row[1:] for row in rows] == sorted(row[1:] for row in rows)
    assert len({row[1] for row in rows}) == 7
    legend = page.get_by_role("list", name="Colours")
    expect(legend.get_by_role("button").last).to_have_text(re.compile("^8[56] – 99"))
    legend.get_by_role("button").last.click()
    expect(page.locator("#chips")).to_contain_text(re.compile("quality 8[56] to 99"))


def test_lanes_are_of_any_facet(page: Page, browser: Browser, path: Path) -> None:
    """The timeline has a lane for each provider where that is chosen, with the articles of each in it."""
    page.locator("#view-timeline").click()
    page.locator("#look-lanes").select_option("Provider")
    assert {f"Paper {n}" for n in range(5)} <= set(labels(page))
    fragment = page.evaluate("() => location.hash")
    assert fragment == "#view=timeline&lanes=providers"
    with opened(browser, path, fragment) as again:
        lanes = again.evaluate("() => window.explorer.map.scene.ground.lanes.map(({ label, count }) => [label, count])")
        assert sorted(lanes) == [[f"Paper {n}", 40] for n in range(5)]


def test_old_links_show_what_they_meant(browser: Browser, path: Path) -> None:
    """A link with filters and a place, from when the map stood still, shows all that fits."""
    with opened(browser, path, "#topic=~topic/rain&at=4000,4000,30") as page:
        assert shown(page) == set(range(0, 200, 10))
        assert len([name for name in labels(page) if name.startswith("News number")]) == 20
        assert state(page)["camera"]["x"] < 1000


def test_every_new_state_is_for_everyone(browser: Browser, path: Path) -> None:
    """axe-core finds nothing to say about filters with a sentence of several parts, with all lists open."""
    auditor = load_auditor()
    with opened(
        browser,
        path,
        "#view=timeline&lanes=types&colour=day&topic=~topic/rain,~topic/rome&not-type=video&all=topic&off=related",
        bypass_csp=True,
    ) as page:
        page.evaluate("() => { for (const one of document.querySelectorAll('.facet')) one.open = true; }")
        expect(facet(page, "Relations").locator("input").first).to_be_visible()
        found: Any = audit(page, auditor)
        assert found == {}
