"""The explorer that asks its server, in a real browser: what it asks for, and that it says what the whole says."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.audit import audit, load_auditor
from tests.explorers import PHONE, opened
from tests.fed import LINKING, Between, Open, rested, select
from tests.served import Served


def note_paths(page: Page, fed_served: Served, asked: list[str]) -> None:
    """Note in `asked` what a page asks its server for."""
    page.on("request", lambda request: asked.append(request.url.removeprefix(fed_served.address)))


def card(page: Page) -> str:
    """Return what the card says."""
    return page.locator("#card").inner_text()


def test_only_what_is_seen_is_asked_for(fed: Open, fed_served: Served) -> None:
    """To open, the page asks for the overview, tiles in sight, what filters count by, and titles there is room for."""
    asked: list[str] = []
    page = rested(fed(prepare=lambda page: note_paths(page, fed_served, asked)))
    kinds = {path.split("/")[3].partition("?")[0] if path.count("/") > 2 else path for path in asked}
    assert kinds - {"nodes"} == {"/", "/explorer/overview", "tiles", "facets"}
    assert all(path.split("/")[4] == "topics" for path in asked if "/tiles/" in path)
    standing, articles = page.evaluate("[window.explorer.feeding.partial.standing, window.explorer.atlas.articles]")
    assert 0 < standing < articles
    assert sum(path.count(",") + 1 for path in asked if "/nodes?" in path) <= standing


def test_who_comes_near_sees_every_article(fed: Open, whole: Page) -> None:
    """Where one has zoomed in on an island, all its articles stand exactly where the page in one file has them."""
    page = rested(fed())
    for view, place in (("topics", "topics"), ("network", "network"), ("timeline", "time")):
        page.evaluate("(view) => window.explorer.page.change({ view, node: -1 })", view)
        rested(page)
        middle = whole.evaluate(
            """(place) => {
                const { columns, articles } = window.explorer.atlas;
                const node = [...Array(articles).keys()].find((n) => !Number.isNaN(columns[`${place}_x`][n]));
                return [columns[`${place}_x`][node], columns[`${place}_y`][node]];
            }""",
            place,
        )
        page.evaluate("([x, y]) => { window.explorer.map.camera = { x, y, zoom: 60 }; }", middle)
        rested(page)
        script = """([place, x, y]) => {
            const { columns, articles } = window.explorer.atlas;
            const [across, down] = [columns[`${place}_x`], columns[`${place}_y`]];
            return [...Array(articles).keys()].filter((n) => Math.abs(across[n] - x) < 11 && Math.abs(down[n] - y) < 7)
                .map((n) => [n, across[n], down[n], columns.size[n], columns.flags[n], columns.island[n]]);
        }"""
        expected = whole.evaluate(script, [place, *middle])
        assert len(expected) > 0
        assert page.evaluate(script, [place, *middle]) == expected


def test_before_anything_has_come_islands_are_named(fed: Open) -> None:
    """As long as only the overview has come, islands are drawn and named, and the filters say that they count."""
    between = Between()
    page = fed(prepare=between)
    expect(page.locator("#filters")).to_contain_text("Counting articles")
    between.wait_for(page, "/tiles/")
    page.wait_for_function("() => window.explorer.map.stats.labels.length > 0")
    assert between.held
    between.release()
    rested(page)
    expect(page.locator("#filters")).to_contain_text("Topics")


def test_while_it_waits_nothing_stands_in_anyones_way(fed: Open) -> None:
    """axe-core finds nothing to say about the page while filters, a card and the table wait for what they show."""
    auditor = load_auditor()
    between = Between()
    page = fed(prepare=between, bypass_csp=True)
    expect(page.locator("#filters")).to_contain_text("Counting articles")
    faults = audit(page, auditor)
    page.evaluate("window.explorer.page.change({ node: 3, panel: 'table' })")
    page.get_by_role("button", name="Title", exact=True).click()
    expect(page.locator("#table")).to_contain_text("Sorting the titles")
    expect(page.locator("#card h2")).to_have_text("…")
    faults |= audit(page, auditor)
    between.release()
    rested(page)
    assert faults | audit(page, auditor) == {}


def test_filters_count_what_the_whole_counts(fed: Open, whole: Page) -> None:
    """Every count beside every choice is that of the page in one file, before and after something was chosen."""
    page = rested(fed())
    script = """(choice) => {
        const { page, atlas } = window.explorer;
        page.change({ choice: { ...page.state.choice, ...choice(atlas) } });
        const { counts, articles, shown } = page.filtered;
        const told = Object.entries(counts).map(([name, map]) => [name, [...map].sort()]);
        page.change({ choice: { ...page.state.choice, topics: [], status: [], from: null } });
        return [articles, shown, told];
    }"""
    for choice in ("() => ({})", "(atlas) => ({ topics: [atlas.articles + 2] })", "() => ({ status: ['full'] })"):
        chosen = script.replace("choice(atlas)", f"({choice})(atlas)").replace("(choice) =>", "() =>")
        assert page.evaluate(chosen) == whole.evaluate(chosen)


def test_cards_say_what_the_whole_says(fed: Open, whole: Page) -> None:
    """The card of an article, a stub, a topic, a provider says word for word what that of the page in one file does."""
    page = rested(fed())
    kinds = whole.evaluate("window.explorer.atlas.header.kinds")
    stub = whole.evaluate("[...Array(999).keys()].find((n) => window.explorer.atlas.isStub(n))")
    for node in (0, stub, kinds["topic"][0] + 1, kinds["provider"][0]):
        select(page, node)
        whole.evaluate("(node) => window.explorer.page.change({ node })", node)
        assert card(page) == card(whole)


def test_links_are_quoted_as_the_whole_quotes_them(fed: Open, whole: Page) -> None:
    """Below what an article links to, and what links to it, stand the lines and sentences that the whole page shows."""
    page = rested(fed())
    script = (
        "(title) => [...Array(window.explorer.atlas.articles).keys()]"
        ".find((n) => window.explorer.atlas.label(n) === title)"
    )
    for number in (0, 1, LINKING - 1):
        node = whole.evaluate(script, f"Linking {number}")
        select(page, node)
        whole.evaluate("(node) => window.explorer.page.change({ node })", node)
        quotes = whole.locator("#card .quote").all_inner_texts()
        assert len(quotes) > 6
        assert all(quote.startswith("line ") for quote in quotes)
        assert page.locator("#card .quote").all_inner_texts() == quotes
        assert card(page) == card(whole)


def test_a_selected_node_is_shown_with_all_its_neighbours(fed: Open, whole: Page) -> None:
    """When a node is selected, all that is tied to it stands on the map, to be walked to by the arrow keys."""
    page = rested(fed())
    node = whole.evaluate("window.explorer.atlas.header.insights.central[0][0]")
    select(page, node)
    script = """(node) => {
        const { atlas } = window.explorer;
        return atlas.neighbours(node).map(({ node, relation, outgoing }) =>
            [node, relation, outgoing, atlas.columns.topics_x[node]]);
    }"""
    assert page.evaluate(script, node) == whole.evaluate(script, node)
    page.locator("#map").focus()
    before = page.evaluate("window.explorer.map.selected")
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        rested(page)
    assert page.evaluate("window.explorer.feeding.partial.holds(window.explorer.map.selected)") is True
    assert before == node


def test_pointing_shows_what_is_tied(fed: Open) -> None:
    """A moment after a dot is pointed at, what it is tied to has come and is lit."""
    page = rested(fed())
    node = page.evaluate(
        """() => {
            const { header, columns } = window.explorer.atlas;
            return header.insights.central.map(([one]) => one).find((one) => !Number.isNaN(columns.topics_x[one]));
        }"""
    )
    page.evaluate(
        "(node) => { const { map, atlas } = window.explorer;"
        " map.camera = { x: atlas.columns.topics_x[node], y: atlas.columns.topics_y[node], zoom: 12 }; }",
        node,
    )
    rested(page)
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("(node) => window.explorer.atlas.isSurrounded(node)", arg=node)
    script = "(node) => ['related', 'links'].map((name) => window.explorer.atlas.into(name, node).length)"
    assert sum(page.evaluate(script, node)) > 0


def test_a_way_is_found_by_the_server(fed: Open, whole: Page) -> None:
    """The path is that of the page in one file, in the same words, with the lines that state it."""
    page = rested(fed())
    last = whole.evaluate("window.explorer.atlas.articles - 1")
    for start, end in ((0, last), (5, last // 2)):
        select(page, start)
        select(page, start, to=end)
        whole.evaluate("([node, to]) => window.explorer.page.change({ node, to })", [start, end])
        assert page.evaluate("window.explorer.page.path") == whole.evaluate("window.explorer.page.path")
        told = ["\n".join(one.locator("#card .way").all_inner_texts()) for one in (page, whole)]
        assert told[0] == told[1]


def test_focus_leaves_what_the_whole_leaves(fed: Open, whole: Page) -> None:
    """Focus on one, two and three steps around a node leaves the same nodes as in the page in one file."""
    page = rested(fed())
    script = "[...(window.explorer.page.focus ?? [])].sort((one, other) => one - other)"
    for depth in (1, 2, 3, 0):
        select(page, 7, depth=depth)
        whole.evaluate("(depth) => window.explorer.page.change({ node: 7, depth })", depth)
        assert page.evaluate(script) == whole.evaluate(script)


def test_search_suggests_and_narrows(fed: Open, whole: Page) -> None:
    """Typing finds titles that have not come yet, Enter opens the first, and the map can be narrowed to them."""
    page = rested(fed())
    title = whole.evaluate("window.explorer.atlas.label(3)")
    page.keyboard.press("/")
    page.keyboard.type(title)
    expect(page.locator("#searching [role=option]").first).to_contain_text(title)
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text(title)
    word = title.split()[0].lower()
    page.keyboard.press("/")
    page.keyboard.type(word)
    page.get_by_role("option", name="Show only these").click()
    expect(page.locator("#chips")).to_contain_text(word)
    page.wait_for_function("() => window.explorer.page.filtered.active && window.explorer.page.named !== null")
    rested(page)
    labels = page.evaluate(
        "(async () => { const { page, atlas, feeding } = window.explorer; const nodes = page.shown();"
        " await feeding.learn(nodes); return nodes.filter((n) => n < atlas.articles).map((n) => atlas.label(n)); })()"
    )
    assert labels
    texts = " ".join(page.evaluate("window.explorer.page.shown().map((n) => window.explorer.atlas.excerpt(n))"))
    assert all(word in label.lower() for label in labels if word not in texts.lower())


def test_search_finds_what_the_whole_finds(fed: Open, whole: Page) -> None:
    """Names, texts, headings and conditions find the same nodes in the same order as in the page in one file."""
    page = rested(fed())
    excerpt, topic, provider = whole.evaluate(
        """() => {
            const { atlas } = window.explorer;
            const node = [...Array(atlas.articles).keys()].find((n) => atlas.excerpt(n).split(" ").length > 6);
            const { topic, provider } = atlas.header.kinds;
            return [atlas.excerpt(node), atlas.label(topic[0]), atlas.label(provider[0])];
        }"""
    )
    words = excerpt.split()
    queries = [
        words[2],
        f"{words[1]} {words[4][:3]}",
        "linking part",
        f'topic:"{topic}"',
        f'provider:"{provider}" {words[2]}',
    ]
    script = """async (typed) => {
        const box = document.getElementById("search");
        box.value = "";
        box.dispatchEvent(new Event("input"));
        box.value = typed;
        box.dispatchEvent(new Event("input"));
        await new Promise((resolve) => {
            const found = () => document.querySelector(".found:not([hidden]) [role=option]");
            const watch = () => (found() ? resolve() : setTimeout(watch, 20));
            watch();
        });
        return [...document.querySelectorAll(".found [role=option]")].map((option) => option.textContent);
    }"""
    for typed in queries:
        expected = whole.evaluate(script, typed)
        assert expected
        assert page.evaluate(script, typed) == expected


def test_around_and_paths_are_those_of_the_whole(fed: Open, whole: Page) -> None:
    """What is around a node, and the paths that are compared, are the same as in the page in one file."""
    page = rested(fed())
    around = """async (node) => {
        window.explorer.page.change({ node, panel: "around" });
        const names = () => [...document.querySelectorAll(".around-node bdi")].map((one) => one.textContent);
        const isThere = () => document.querySelector(".around-node.centre") && !names().includes("…");
        while (!isThere()) await new Promise(requestAnimationFrame);
        return names();
    }"""
    for node in (7, 30):
        assert page.evaluate(around, node) == whole.evaluate(around, node)
        for one in (page, whole):
            one.evaluate("() => { document.querySelector('.around-list').open = true; }")
        expect(page.locator(".around-reasons li")).to_have_text(whole.locator(".around-reasons li").all_text_contents())
    ways = "([from, to]) => window.explorer.page.answers.ways(from, to).then((ways) => ways.map(({ path }) => path))"
    for ends in ([3, 90], [0, 140], [12, 13]):
        assert page.evaluate(ways, ends) == whole.evaluate(ways, ends)


def test_views_of_many_nodes_are_restored(fed: Open, whole: Page) -> None:
    """A kept view selects all of its nodes, though the page has to ask for their numbers."""
    iris = whole.evaluate("() => Array.from({ length: 450 }, (_, n) => window.explorer.atlas.iri(n))")
    page = rested(fed())
    found = page.evaluate(
        "(iris) => window.explorer.page.answers.nodesOf(iris, window.explorer.page.names())", [*iris, "urn:nowhere"]
    )
    assert found == list(range(450))


def test_enter_before_the_answer_takes_the_first(fed: Open, whole: Page) -> None:
    """Who types quickly and presses Enter before suggestions have come gets the first of them."""
    page = rested(fed())
    title = whole.evaluate("window.explorer.atlas.label(11)")
    page.keyboard.press("/")
    page.locator("#search").fill(title)
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text(title)


def test_the_table_is_sorted_as_the_whole(fed: Open, whole: Page) -> None:
    """Whatever the table is sorted by, its first rows are those of the page in one file."""
    page = rested(fed())
    for one in (page, whole):
        one.evaluate("window.explorer.page.change({ panel: 'table', node: -1, depth: 0, to: -1 })")
    for name in ("Title", "Date", "Type", "Kind", "Provider", "Links"):
        rows = []
        for one in (page, whole):
            one.locator("#table th button", has_text=name).click()
            rested(one)
            rows.append(
                one.locator("#table tbody tr").evaluate_all("(rows) => rows.slice(0, 30).map((row) => row.innerText)")
            )
        assert rows[0] == rows[1], name
    whole.evaluate("window.explorer.page.change({ panel: '' })")


@pytest.mark.parametrize("ending", ["csv", "graphml", "ttl"])
def test_what_is_saved_is_what_the_whole_saves(fed: Open, whole: Page, ending: str) -> None:
    """A file saved of what is shown is, to the byte, the one that the page in one file saves."""
    page = rested(fed())
    files = []
    for one in (page, whole):
        one.evaluate(
            "(() => { const { page, atlas } = window.explorer;"
            " page.change({ node: -1, choice: { ...page.state.choice, topics: [atlas.articles + 1] } }); })()"
        )
        one.locator("#open-save").click()
        with one.expect_download() as download:
            one.locator(f"#save-{ending}").click()
        files.append(Path(download.value.path()).read_text(encoding="utf-8"))
        one.evaluate("window.explorer.page.change({ choice: { ...window.explorer.page.state.choice, topics: [] } })")
    assert len(files[0]) > 1000
    assert files[0] == files[1]


def test_an_address_opens_what_it_names(fed: Open, fed_served: Served, whole: Page) -> None:
    """A link to an article opens its card and flies to it, and the address stays; what nobody knows is left out."""
    iri = whole.evaluate("window.explorer.atlas.iri(window.explorer.atlas.articles - 1)")
    title = whole.evaluate("window.explorer.atlas.label(window.explorer.atlas.articles - 1)")
    page = fed(f"#iri={quote(iri, safe='')}")
    expect(page.locator("#card")).to_contain_text(title)
    rested(page)
    assert "iri=" in page.url
    version = fed_served.get("/explorer/overview").headers["explorer-version"]
    number = fed_served.get(f"/explorer/{version}/node?iri={quote(iri, safe='')}").json()["node"]
    assert page.evaluate("window.explorer.map.selected") == number
    other = rested(fed("#iri=https://nobody.example/&view=network", expected=("404",)))
    assert other.evaluate("[window.explorer.map.selected, window.explorer.map.view]") == [-1, "network"]


def test_back_and_forward_return(fed: Open) -> None:
    """Back and forward lead through what was selected, as in the page in one file."""
    page = rested(fed())
    for node in (3, 9):
        select(page, node)
    page.go_back()
    page.wait_for_function("() => window.explorer.map.selected === 3")
    page.go_forward()
    page.wait_for_function("() => window.explorer.map.selected === 9")


def test_what_is_not_seen_is_let_go_of(fed: Open) -> None:
    """Where more would stand on the map than it may, what was seen longest ago goes, and comes back when seen again."""
    page = rested(fed())
    page.evaluate("window.explorer.feeding.most = 60")
    islands = page.evaluate("window.explorer.atlas.header.islands.map(({ x, y }) => [x, y])")
    for x, y in [*islands[:6], islands[0]]:
        page.evaluate("([x, y]) => { window.explorer.map.camera = { x, y, zoom: 40 }; }", [x, y])
        rested(page)
        near = page.evaluate(
            """([x, y]) => {
                const { columns, articles } = window.explorer.atlas;
                const isNear = (n) => Math.hypot(columns.topics_x[n] - x, columns.topics_y[n] - y) < 9;
                return [...Array(articles).keys()].filter(isNear).length;
            }""",
            [x, y],
        )
        assert near > 0
    standing, articles = page.evaluate("[window.explorer.feeding.partial.standing, window.explorer.atlas.articles]")
    assert standing < articles


def test_data_that_was_replaced_is_told(fed: Open) -> None:
    """Where what is asked for is gone because the data was replaced, the page says what to do."""

    def refuse(route: Route) -> None:
        route.fulfill(status=410, body="The data was replaced. Load the page again.\n", content_type="text/plain")

    page = fed(expected=("410",), prepare=lambda page: page.route("**/explorer/*/tiles/**", refuse))
    expect(page.locator("#note")).to_contain_text("Load the page again")


def test_on_a_phone(fed: Open, whole: Page) -> None:
    """On a phone the page asks for what it shows there, and a link opens its card, too."""
    iri, title = whole.evaluate("[window.explorer.atlas.iri(2), window.explorer.atlas.label(2)]")
    page = fed(f"#iri={quote(iri, safe='')}", viewport={"width": 390, "height": 844}, has_touch=True)
    expect(page.locator("#card")).to_contain_text(title)
    rested(page)
    assert page.evaluate("window.explorer.feeding.partial.standing") > 0


def test_time_is_played_as_in_the_whole(fed: Open, whole: Page) -> None:
    """The player of time steps, says and shows what it does in the page in one file, and Escape brings all back."""
    page = rested(fed())
    heard: list[list[str]] = []
    for one in (page, whole):
        one.get_by_role("button", name="Step forward in time").focus()
        said = []
        for key in (".", ".", "ArrowRight", ","):
            one.keyboard.press(key)
            one.evaluate("() => window.explorer.feeding?.rest()")
            said.append(one.locator(".player-words").inner_text())
            said.append(str(one.evaluate("() => window.explorer.page.filtered.visible.reduce((sum, n) => sum + n, 0)")))
        one.keyboard.press("Escape")
        expect(one.locator(".player-words")).to_be_hidden()
        heard.append(said)
    assert heard[0] == heard[1]
    assert len(set(heard[0])) > 3


def test_names_and_trends_are_those_of_the_whole(fed: Open, whole: Page) -> None:
    """A served page has the names of parts and stories, and tells topics over time but not which of them rise."""
    page = rested(fed())
    told = "({ atlas: { header } }) => [header.stories, header.communities.map(({ parts }) => parts ?? [])]"
    script = f"() => ({told})(window.explorer)"
    assert page.evaluate(script) == whole.evaluate(script)
    lines = []
    for one in (page, whole):
        one.evaluate("() => window.explorer.page.change({ panel: 'insights' })")
        section = one.locator("#insights section", has_text="Topics over time")
        expect(section).to_be_visible()
        rows = section.locator("li").all()
        lines.append({row.locator("bdi").inner_text(): row.locator("path").get_attribute("d") for row in rows})
    both = lines[0].keys() & lines[1].keys()
    assert both
    assert all(lines[0][name] == lines[1][name] for name in both)
    expect(page.locator("#insights")).to_contain_text("A served page does not say which of them rise or fall.")


def test_an_upright_map_has_every_article_in_sight(fed: Open, whole: Page) -> None:
    """On a phone the map stands upright, and all that is in the window comes from the server."""
    page = rested(fed(viewport=PHONE))
    for view in ("topics", "network"):
        page.evaluate("(view) => window.explorer.page.change({ view })", view)
        rested(page)
        middle = whole.evaluate(
            """(view) => {
                const { columns } = window.explorer.atlas;
                const node = [...Array(99).keys()].find((n) => !Number.isNaN(columns[`${view}_x`][n]));
                return { x: columns[`${view}_x`][node], y: columns[`${view}_y`][node], zoom: 40 };
            }""",
            view,
        )
        page.evaluate("(camera) => { window.explorer.map.camera = camera; }", middle)
        rested(page)
        camera = page.evaluate("() => window.explorer.map.camera")
        # The window, 390 wide and 694 high, lies on its side over the map.
        script = """([view, { x, y, zoom }]) => {
            const { columns, articles } = window.explorer.atlas;
            const [across, down] = [columns[`${view}_x`], columns[`${view}_y`]];
            const isSeen = (n) => Math.abs(across[n] - x) < 330 / zoom && Math.abs(down[n] - y) < 180 / zoom;
            return [...Array(articles).keys()].filter(isSeen);
        }"""
        expected = whole.evaluate(script, [view, camera])
        assert expected
        assert page.evaluate(script, [view, camera]) == expected, view


def test_a_timeline_on_a_phone_stands_as_in_one_file(fed: Open, fed_exports: Path, browser: Browser) -> None:
    """On a phone a served timeline shows all of time in lanes as high as the window, as the page in one file does."""
    seen = []
    served = fed(viewport=PHONE)
    with opened(browser, fed_exports / "explorer.html", viewport=PHONE, has_touch=False) as filed:
        for page in (filed, served):
            rested(page)
            page.evaluate("() => window.explorer.page.change({ view: 'timeline' })")
            rested(page)
            found = page.evaluate(
                """() => {
                    const { ground, camera } = window.explorer.map.scene;
                    const places = ground.x.subarray(0, window.explorer.atlas.articles);
                    return {
                        lanes: ground.lanes.map(({ label, count }) => [label, count]),
                        time: [ground.time.first, ground.time.last],
                        places: [...places].map((x) => Number.isNaN(x) ? null : Math.round(x)),
                        share: (ground.bounds[3] * camera.zoom) / document.querySelector("#stage").clientHeight,
                    };
                }"""
            )
            assert found.pop("share") > 0.75
            seen.append(found)
    assert seen[0] == seen[1]
    asked = served.evaluate("() => performance.getEntriesByType('resource').map((one) => one.name)")
    assert not [address for address in asked if "/tiles/timeline/" in address]
