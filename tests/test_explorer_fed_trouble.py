"""The explorer that asks its server where that is slow, gone or wrong, or slower than its reader."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.fed import Between, Open, rested, select

LOST = ("net::ERR_FAILED",)
"""What a browser says of requests that were lost."""


@pytest.fixture
def between() -> Between:
    """Return what stands between the page and its server, and lets everything through to begin with."""
    return Between(way="pass")


@pytest.fixture
def page(fed: Open, between: Between) -> Iterator[Page]:
    """Return the page, with all that it shows."""
    page = rested(fed(prepare=between, expected=(*LOST, "404", "410", "503")))
    page.evaluate("window.explorer.feeding.server.pause = 20")
    yield page
    between.release()


def change(page: Page, **part: object) -> None:
    """Change part of what the page shows, as a reader would."""
    page.evaluate("(part) => window.explorer.page.change(part)", part)


def listen(page: Page) -> None:
    """Begin to note what is said to those who listen to the page."""
    page.evaluate(
        """() => {
            const place = document.getElementById("said");
            window.heard = [];
            const hear = () => { if (place.textContent) window.heard.push(place.textContent); };
            new MutationObserver(hear).observe(place, { childList: true });
        }"""
    )


def heard(page: Page) -> list[str]:
    """Return what was said; first wait until whatever the page was about to say has been said.

    It says it by a timer that is shorter than the one here.
    """
    said: list[str] = page.evaluate("() => new Promise((done) => setTimeout(() => done(window.heard), 100))")
    return said


def refuse(page: Page, pattern: str, status: int, words: str) -> list[str]:
    """Let the server refuse what fits a pattern; return a list that notes what was asked."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=status, body=f"{words}\n", content_type="text/plain")

    page.route(pattern, answer)
    return asked


def choose(page: Page, **part: object) -> None:
    """Choose in the filters."""
    page.evaluate(
        "(part) => { const { page } = window.explorer;"
        " page.change({ choice: { ...page.state.choice, ...part } }, { stay: true }); }",
        part,
    )


def test_what_was_lost_is_asked_for_again(page: Page, between: Between) -> None:
    """Titles that could not be fetched for a while are there when the server answers again, and the note is gone."""
    between.way = "lose"
    change(page, panel="table")
    expect(page.locator("#note")).to_contain_text("does not answer")
    between.release()
    expect(page.locator("#table tbody bdi").first).not_to_have_text("…")
    expect(page.locator("#note")).to_be_hidden()


def test_filters_count_when_the_server_is_back(fed: Open) -> None:
    """Where what filters count by was lost, they count as soon as it can be had."""
    lost = Between("**/facets", way="lose")
    page = fed(prepare=lost, expected=LOST)
    expect(page.locator("#note")).to_contain_text("does not answer")
    expect(page.locator("#filters")).to_contain_text("Counting")
    lost.way = "pass"
    expect(page.locator("#filters")).to_contain_text("Topics")


def test_a_question_that_fails_is_not_answered_wrongly(page: Page, between: Between) -> None:
    """A way, a focus, a search or a file that cannot be had is said to be so, not said to be nothing."""
    select(page, 5)
    between.way = "lose"
    change(page, to=9)
    expect(page.locator("#card")).to_contain_text("search for the path failed")
    change(page, to=-1, depth=1)
    between.wait_for(page, "/around?")
    rested(page)
    expect(page.locator("#card")).not_to_contain_text("0 neighbours")
    change(page, depth=0)
    choose(page, words="market")
    between.wait_for(page, "/search?")
    rested(page)
    expect(page.locator("#empty")).to_be_hidden()
    page.locator("#open-save").click()
    between.asked.clear()
    page.locator("#save-csv").click()
    between.wait_for(page, "/nodes?")
    rested(page)
    expect(page.locator("#note")).not_to_contain_text("too many")
    between.release()
    choose(page, words="market", status=["full"])
    page.wait_for_function("() => window.explorer.page.named !== null")


def test_a_reply_that_breaks_off_is_asked_for_again(fed: Open) -> None:
    """A reply cut in the middle is asked for once more, and the page ends as if nothing had happened."""
    cut: list[str] = []

    def meet(route: Route) -> None:
        if route.request.url in cut:
            route.continue_()
            return
        cut.append(route.request.url)
        whole = route.fetch()
        route.fulfill(status=200, body=whole.body()[: len(whole.body()) // 2], content_type="application/octet-stream")

    page = rested(fed(prepare=lambda page: page.route("**/explorer/*/tiles/**", meet)))
    assert cut
    assert page.evaluate("window.explorer.feeding.partial.standing") > 0
    expect(page.locator("#note")).to_be_hidden()


def test_late_answers_change_the_table(page: Page, between: Between) -> None:
    """The table lists what is in focus, even if that was known only after the table was drawn."""
    change(page, panel="table")
    rested(page)
    between.way = "hold"
    change(page, node=3, depth=1)
    between.wait_for(page, "/around?")
    between.release()
    rested(page)
    page.wait_for_function("() => window.explorer.page.focus !== null")
    expect(page.locator("#table h2")).to_have_text(f"{page.evaluate('window.explorer.page.shown().length')} rows")


def test_an_old_focus_does_not_stand_for_a_new_one(page: Page, between: Between) -> None:
    """While it is not known what lies around a node, nothing recedes for the sake of the node before."""
    select(page, 3, depth=1)
    assert page.evaluate("window.explorer.page.focus.size") > 1
    between.way = "hold"
    change(page, node=40, depth=1)
    assert page.evaluate("window.explorer.page.focus") is None


def test_escape_calls_a_search_off(page: Page, between: Between) -> None:
    """After Escape neither suggestions open nor is anything selected, whatever comes back."""
    for keys in (["Escape"], ["Enter", "Escape"]):
        between.way = "hold"
        between.asked.clear()
        page.locator("#search").fill("market")
        between.wait_for(page, "/search?")
        for key in keys:
            page.keyboard.press(key)
        between.release()
        rested(page)
        expect(page.locator("#search-list")).to_be_hidden()
        assert page.evaluate("window.explorer.map.selected") == -1


def test_who_types_on_is_not_asked_for_every_letter(page: Page, between: Between) -> None:
    """Of a word typed in one go only the first letter may be looked for, at once, and the whole, some moments later."""
    between.asked.clear()
    page.evaluate(
        """() => {
            const input = document.querySelector("#search");
            for (let end = 1; end <= 6; end += 1) {
                input.value = "market".slice(0, end);
                input.dispatchEvent(new InputEvent("input", { bubbles: true }));
            }
        }"""
    )
    page.locator("#searching [role=option] mark", has_text="market").first.wait_for()
    asked = [address.rpartition("q=")[2] for address in between.asked if "/search?" in address]
    assert asked in (["market"], ["m", "market"])


def test_suggestions_come_with_their_texts(page: Page) -> None:
    """What is found is shown as soon as the search is answered, whatever else is on its way."""
    texts = Between("**/explorer/*/nodes?**")
    texts(page)
    page.locator("#search").fill("market")
    expect(page.locator("#searching [role=option] mark", has_text="market").first).to_be_visible()
    texts.release()


def test_late_words_do_not_stand_for_newer_ones(page: Page, between: Between) -> None:
    """Where two questions for names overtake each other, the map shows what was asked last."""
    expected = {}
    for words in ("country", "market"):
        choose(page, words=words)
        page.wait_for_function("(words) => window.explorer.page.named?.words === words", arg=words)
        expected[words] = page.evaluate("window.explorer.page.filtered.articles")
    choose(page, words="")
    page.evaluate("window.explorer.page.named = null")
    between.way = "hold"
    between.asked.clear()
    for words in expected:
        choose(page, words=words)
        between.wait_for(page, f"q={words}")
    between.held.reverse()
    between.release()
    rested(page)
    page.wait_for_function("() => window.explorer.page.named?.words === 'market'")
    rested(page)
    assert page.evaluate("[window.explorer.page.named.words, window.explorer.page.filtered.articles]") == [
        "market",
        expected["market"],
    ]


def test_a_shared_link_outlives_a_lost_reply(fed: Open, whole: Page) -> None:
    """Where it could not be asked what a link leads to, the address stays as it is, and loading again opens it."""
    iri = whole.evaluate("window.explorer.atlas.iri(7)")
    lost = Between("**/node?**", way="lose")
    page = fed(f"#iri={quote(iri, safe='')}", prepare=lost, expected=LOST)
    expect(page.locator("#note")).to_contain_text("does not answer")
    rested(page)
    page.evaluate("window.explorer.map.zoomBy(1.3)")
    rested(page)
    assert quote(iri, safe="") in page.url
    lost.way = "pass"
    page.reload()
    expect(page.locator("#card")).to_contain_text(whole.evaluate("window.explorer.atlas.label(7)"))


def test_when_the_data_is_gone_nothing_more_is_asked(page: Page) -> None:
    """After the server has said that the data was replaced, the page says so, and asks for nothing of it any more."""
    asked = refuse(page, "**/explorer/*/**", 410, "The data was replaced. Load the page again.")
    change(page, view="network")
    expect(page.locator("#note")).to_contain_text("Load the page again")
    rested(page)
    asked.clear()
    change(page, node=30)
    change(page, panel="table")
    rested(page)
    assert asked == []
    expect(page.locator("#note")).to_contain_text("Load the page again")


def test_without_the_order_of_titles_nobody_is_asked_for_all(page: Page, between: Between) -> None:
    """Where the order of titles cannot be had, the table does not fetch every title there is instead."""
    page.route("**/titles", lambda route: route.fulfill(status=503, body="Busy.\n", content_type="text/plain"))
    between.asked.clear()
    change(page, panel="table")
    page.locator("#table th button", has_text="Title").click()
    expect(page.locator("#note")).to_contain_text("does not answer")
    expect(page.locator("#table")).not_to_contain_text("Sorting the titles")
    nodes = sum(address.count(",") + 1 for address in between.asked if "/nodes?" in address)
    assert nodes < 400


def test_what_has_the_focus_keeps_it(page: Page, between: Between) -> None:
    """When texts or surroundings come, the focus stays where it was: in the card, on a path, on a chip, in a field."""
    choose(page, status=["full"])
    select(page, 3)
    select(page, 3, to=20)
    places = ["#card .way button >> nth=1", "#card .group button.node >> nth=2", "#chips button >> nth=0"]
    for place in places:
        page.locator(place).focus()
        before = page.evaluate("document.activeElement.textContent")
        page.evaluate("window.explorer.feeding.surround(60 + Math.floor(60 * Math.random()))")
        page.evaluate("window.explorer.page.retell()")
        rested(page)
        assert page.evaluate("document.activeElement.textContent") == before, place
    between.way = "hold"
    change(page, node=50)
    page.get_by_role("button", name="Path from here").click()
    page.keyboard.type("ma")
    between.release()
    rested(page)
    page.keyboard.type("2")
    assert page.locator("#target").input_value() == "ma2"
    assert page.evaluate("window.explorer.map.view") == "topics"


def test_more_that_was_listed_stays_listed(page: Page) -> None:
    """A group that was unfolded stays so when more of the card comes."""
    node = page.evaluate(
        """() => {
            const { atlas } = window.explorer;
            const others = Array.from({ length: atlas.count - atlas.articles }, (_, at) => atlas.articles + at);
            return others.sort((one, other) => atlas.degree(other) - atlas.degree(one))[0];
        }"""
    )
    select(page, node)
    page.locator("#card .group button.plain:visible").first.click()
    before = page.locator("#card .group li").count()
    page.evaluate("window.explorer.atlas.countable = false; window.explorer.page.retell()")
    page.evaluate("window.explorer.atlas.countable = true; window.explorer.page.retell()")
    assert page.locator("#card .group li").count() == before


def test_the_title_is_said_when_it_has_come(page: Page, between: Between) -> None:
    """Those who listen to the page hear the title of what they selected, and no empty words before."""
    listen(page)
    node = page.evaluate(
        "[...Array(window.explorer.atlas.articles).keys()].reverse().find((n) => !window.explorer.atlas.hasTextOf(n))"
    )
    between.way = "hold"
    change(page, node=node)
    between.wait_for(page, f"/near/{node}")
    assert heard(page) == []
    between.release()
    rested(page)
    title = page.evaluate("(node) => window.explorer.atlas.label(node)", node)
    assert heard(page) == [f"Article: {title}"]


def test_counting_is_not_said_to_be_a_choice(fed: Open) -> None:
    """Nobody hears that everything is shown when filters begin to count: nobody chose anything."""
    between = Between("**/facets")
    page = fed(prepare=between)
    listen(page)
    between.release()
    rested(page)
    assert heard(page) == []


def test_what_is_chosen_is_not_let_go_of(page: Page) -> None:
    """However far one goes, what is selected, its path and what is pointed at stay on the map."""
    select(page, 4)
    select(page, 4, to=120)
    path = page.evaluate("window.explorer.page.path")
    page.evaluate("window.explorer.feeding.most = 45")
    islands = page.evaluate("window.explorer.atlas.header.islands.map(({ x, y }) => [x, y])")
    for x, y in islands[:5]:
        page.evaluate("([x, y]) => { window.explorer.map.camera = { x, y, zoom: 45 }; }", [x, y])
        rested(page)
    assert all(page.evaluate("(path) => path.map((node) => window.explorer.feeding.partial.holds(node))", path))


def test_back_finds_what_was_selected_before_its_name_had_come(page: Page, between: Between) -> None:
    """Back leads to an article that was left before its address was known; no entry of the history names nothing."""
    first, second = page.evaluate(
        "[...Array(window.explorer.atlas.articles).keys()].reverse()"
        ".filter((n) => !window.explorer.atlas.hasTextOf(n)).slice(0, 2)"
    )
    between.way = "hold"
    change(page, node=first)
    assert "iri=" not in page.url
    change(page, node=second)
    between.release()
    rested(page)
    page.go_back()
    page.wait_for_function("(node) => window.explorer.map.selected === node", arg=first)
    rested(page)
    assert "iri=" in page.url
    page.reload()
    page.wait_for_function("(node) => window.explorer.map?.selected === node", arg=first)


def test_what_comes_meanwhile_does_not_overwrite_the_way_back(page: Page, between: Between) -> None:
    """While the page asks where the way back leads, nothing else is written into the address."""
    iris = []
    for node in (3, 8):
        select(page, node)
        iris.append(page.evaluate("window.explorer.atlas.iri(window.explorer.map.selected)"))
    page.evaluate("history.replaceState({ step: history.state.step }, '')")  # as if another version had written it
    between.way = "hold"
    page.evaluate("(iri) => { location.hash = 'iri=' + encodeURIComponent(iri); }", "https://nobody.example/at-all")
    between.wait_for(page, "/node?")
    page.evaluate("window.explorer.page.retell(); window.explorer.map.zoomBy(1.2)")
    between.release()
    rested(page)
    page.go_back()
    page.wait_for_function("() => window.explorer.map.selected === 8")


def test_who_chooses_first_is_not_overruled_by_the_address(fed: Open, whole: Page) -> None:
    """Where a reader has selected something before it was known what the address names, that stays selected."""
    between = Between("**/node?**")
    page = fed(f"#iri={quote(whole.evaluate('window.explorer.atlas.iri(9)'), safe='')}", prepare=between)
    page.wait_for_function("() => window.explorer.feeding?.partial.standing > 0")
    between.wait_for(page, "/node?")
    change(page, node=30)
    between.release()
    rested(page)
    assert page.evaluate("window.explorer.map.selected") == 30


def test_the_camera_stays_where_the_reader_has_gone(page: Page, between: Between) -> None:
    """Where a selection was waited for and the reader has moved the map meanwhile, the map stays there."""
    node = page.evaluate(
        "[...Array(window.explorer.atlas.articles).keys()].reverse()"
        ".find((n) => !window.explorer.feeding.partial.holds(n))"
    )
    between.way = "hold"
    change(page, node=node)
    between.wait_for(page, f"/near/{node}")
    page.evaluate("window.explorer.map.camera = { x: 1, y: 2, zoom: 3 }")
    before = page.evaluate("window.explorer.map.camera")
    between.release()
    rested(page)
    assert page.evaluate("window.explorer.map.camera") == before


def test_what_has_no_name_yet_is_not_handed_out(page: Page, between: Between) -> None:
    """As long as a node's IRI has not come, it can be neither copied nor asked about."""
    node = page.evaluate(
        "[...Array(window.explorer.atlas.articles).keys()].reverse().find((n) => !window.explorer.atlas.hasTextOf(n))"
    )
    between.way = "hold"
    change(page, node=node)
    expect(page.get_by_role("button", name="Copy IRI")).to_be_disabled()
    expect(page.get_by_role("button", name="SPARQL for this")).to_be_disabled()
    between.release()
    rested(page)
    page.get_by_role("button", name="SPARQL for this").click()
    expect(page.locator("#card pre")).to_contain_text(page.evaluate("(node) => window.explorer.atlas.iri(node)", node))


def test_a_page_of_somebody_else_is_not_shown_as_words(fed: Open) -> None:
    """What a server in between answers, such as a page in HTML, is not taken for what ours says."""

    def refuse(route: Route) -> None:
        route.fulfill(status=403, body="<h1>Forbidden</h1>" * 90, content_type="text/html")

    page = fed(prepare=lambda page: page.route("**/explorer/*/tiles/**", refuse), expected=("403",))
    expect(page.locator("#note")).to_have_text("The server refused the request (status 403).")


def test_words_that_cannot_be_looked_for_are_asked_about_once(page: Page) -> None:
    """Where the server has no search index, the page says so once, and does not ask on and on."""
    asked = refuse(page, "**/search?**", 404, "The build wrote no search index.")
    choose(page, words="market")
    expect(page.locator("#note")).to_contain_text("no search index")
    page.evaluate("window.explorer.page.retell()")
    rested(page)
    assert len(asked) == 1


def test_none_of_many_wishes_is_forgotten(page: Page) -> None:
    """Where texts are wished for by the hundred and some come in another way meanwhile, all the others come, too."""
    page.evaluate(
        """() => {
            const { atlas, feeding } = window.explorer;
            feeding.textsAtOnce = 20;
            const lacking = [...Array(atlas.articles).keys()].filter((n) => !atlas.hasTextOf(n)).slice(0, 60);
            window.wished = lacking;
            for (const node of lacking) atlas.label(node);
            feeding.learn(lacking.slice(0, 20));
        }"""
    )
    page.wait_for_function("() => window.wished.every((node) => window.explorer.atlas.hasTextOf(node))")
    assert page.evaluate("window.wished.length") == 60
