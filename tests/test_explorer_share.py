"""Sharing and keeping what the explorer shows: links, views, notes, files, the lasso, pictures and paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from graph.explorer import to_explorer, to_fed_explorer, to_unframed
from graph.explorer.kept import Kept, KeptNote, KeptView
from graph.explorer.options import PageOptions
from tests.audit import audit, load_auditor
from tests.explorers import DESKTOP, PHONE, SITE, iri, opened, point, state, written
from tests.worlds import built

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the small site, with a view and a note that the site publishes."""
    path = tmp_path_factory.mktemp("share") / "page.html"
    kept = Kept(views=(KeptView("Videos <i>", "type=video"),), notes=(KeptNote(iri("roses"), "Checked by <b>us</b>."),))
    path.write_text(to_explorer(built(SITE).truth, title="Gardens", options=PageOptions(kept=kept)), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    """Return the page, opened on a desktop."""
    with opened(browser, path) as page:
        yield page


def share(page: Page) -> None:
    """Open what shares and keeps."""
    if page.locator("#share").is_hidden():
        page.evaluate("() => document.getElementById('open-share').click()")
    expect(page.locator("#share")).to_be_visible()


def keep_view(page: Page) -> None:
    """Keep what is shown under a name."""
    page.get_by_label("Name of this view").fill("One")
    page.get_by_role("button", name=re.compile("Save this view")).click()


def saved_drawing(page: Page) -> ElementTree.Element:
    """Save what is shown as SVG, and return it."""
    page.locator("#open-save").click()
    with page.expect_download() as saved:
        page.locator("#save-svg").click()
    return ElementTree.fromstring(Path(saved.value.path()).read_text(encoding="utf-8"))  # noqa: S314 - ours


def drop(page: Page, text: str) -> None:
    """Drop a file onto the page."""
    page.evaluate(
        """(text) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], "some.json", { type: "application/json" }));
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_a_link_says_what_it_holds(page: Page) -> None:
    """The panel says in words what the link shows, as it changes, and what it cannot hold."""
    share(page)
    expect(page.locator("#share")).to_contain_text("It shows: Topics: everything.")
    page.evaluate("() => window.explorer.page.choose({ types: ['video'] })")
    expect(page.locator("#share")).to_contain_text("It shows: Topics: video.")
    page.evaluate(
        "() => window.explorer.page.changeLook({ faded: true, colour: 'quality', size: 'heat', off: ['mentions'] })"
    )
    manner = "the rest is faded; colours by quality; sizes by heat; without the relations “Mentions”."
    expect(page.locator("#share")).to_contain_text(f"It shows: Topics: video; {manner}")
    page.evaluate("() => window.explorer.page.changeLook({ faded: false, colour: '', size: '', off: [] })")
    page.evaluate("(iri) => window.explorer.page.change({ node: window.explorer.page.nodeOf(iri) })", iri("soil"))
    share(page)
    expect(page.locator("#share")).to_contain_text("“The soil below” is selected")
    page.evaluate("() => window.explorer.page.change({ node: -1, panel: 'around' })")
    share(page)
    expect(page.locator("#share")).to_contain_text("Around is open")
    page.evaluate("() => window.explorer.page.change({ panel: '' })")
    share(page)
    page.evaluate("() => window.explorer.page.choose({ picked: Array.from({ length: 41 }, (_, n) => n % 19) })")
    expect(page.locator("#share")).to_contain_text("A link cannot hold")
    page.evaluate("() => window.explorer.page.choose({ picked: Array.from({ length: 5001 }, (_, n) => n % 19) })")
    keep_view(page)
    expect(page.locator("#note")).to_contain_text("too much to keep")
    expect(page.get_by_role("list", name="Your views")).to_have_count(0)


def test_views_and_notes_are_kept_and_given_to_others(browser: Browser, path: Path) -> None:
    """A view saved under a name and a note outlast the page; as a file they reach who drops it onto theirs."""
    with opened(browser, path, "#type=video") as page:
        share(page)
        page.get_by_label("Name of this view").fill("My <b>videos</b>")
        page.keyboard.press("Enter")
        page.locator("#search").fill("elan roses")
        page.keyboard.press("Enter")
        card = page.locator("#card")
        expect(card).to_contain_text("Checked by <b>us</b>.")
        card.get_by_role("button", name="Add a note").click()
        page.keyboard.type("To cut in March")
        page.goto("about:blank")
        page.goto(path.as_uri())
        page.evaluate("() => window.explorer.ready")
        share(page)
        page.get_by_role("button", name="My <b>videos</b>", exact=True).click()
        expect(page.locator("#filters")).to_contain_text("2 of 19 articles shown")
        share(page)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save as a file").click()
        text = Path(saved.value.path()).read_text(encoding="utf-8")
    told = json.loads(text)
    assert [view["name"] for view in told["views"]] == ["My <b>videos</b>"]
    assert told["notes"] == [{"iri": iri("roses"), "text": "To cut in March"}]
    with opened(browser, path) as page:
        share(page)
        expect(page.get_by_role("list", name="Views of this site")).to_have_text("Videos <i>")
        page.keyboard.press("Escape")
        expect(page.locator("#share")).to_be_hidden()
        drop(page, text)  # what was added is seen at once
        expect(page.locator("#note")).to_have_text("Added 1 view and 1 note.")
        expect(page.get_by_role("list", name="Your views")).to_contain_text("My <b>videos</b>")
        page.get_by_role("list", name="Your notes").get_by_role("button").click()
        expect(page.locator("#card textarea")).to_have_value("To cut in March")
        drop(page, json.dumps({"notes": [{"iri": iri("roses"), "text": "To cut in May"}]}))
        expect(page.locator("#card textarea")).to_have_value("To cut in May")
        share(page)
        page.get_by_role("button", name="Delete the view My <b>videos</b>").click()
        expect(page.get_by_role("list", name="Your views")).to_have_count(0)
        assert page.evaluate("() => document.querySelectorAll('#share b, #share i, #card b').length") == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>", "not JSON"),
        ('{"views": [{"name": 5}]}', "views[0] has no name"),
        ('{"extra": 1}', "unknown field “extra”"),
        (" " * 2_000_001, "larger than 2 MB"),
    ],
)
def test_other_files_are_refused(page: Page, text: str, words: str) -> None:
    """A file that is not a file of views changes nothing, and the page says what is wrong with it."""
    drop(page, text)
    expect(page.locator("#note")).to_contain_text(words)


def test_a_page_that_may_not_be_framed_offers_no_code_for_it(browser: Browser, path: Path, tmp_path: Path) -> None:
    """The server of `article-graph serve` lets no other page show its explorer, which offers only the link."""
    assert " data-unframed" in to_fed_explorer()
    served = tmp_path / "served.html"
    served.write_bytes(to_unframed(path.read_bytes()))
    with opened(browser, served) as page:
        share(page)
        expect(page.get_by_role("button", name="Copy link")).to_be_visible()
        expect(page.get_by_role("button", name="Copy code to embed")).to_be_hidden()


def test_the_code_to_embed_shows_the_same(browser: Browser, tmp_path: Path) -> None:
    """What is copied to embed the page is a frame that shows the same without the toolbar, whatever its title is."""
    path = tmp_path / "page.html"
    path.write_text(to_explorer(built(SITE).truth, title='A "title" & <b>more</b>'), encoding="utf-8")
    with opened(browser, path, "#view=network&type=video") as page:
        page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }")
        share(page)
        page.get_by_role("button", name="Copy code to embed").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        code = page.evaluate("() => window.copied")
    assert code.startswith('<iframe src="./page.html?embed#view=network&amp;type=video" title=')
    outer = path.with_name("outer.html")
    outer.write_text(f"<!doctype html><html lang=en><title>Outer</title>{code}", encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(outer.as_uri())
    frame = page.frame_locator("iframe")
    expect(frame.locator("#chips")).to_contain_text("video")
    expect(frame.locator("#bar")).to_be_hidden()
    expect(page.locator("iframe")).to_have_attribute("title", 'A "title" & <b>more</b>')
    expect(page.locator("b")).to_have_count(0)
    context.close()


def test_a_browser_that_keeps_nothing_says_so(browser: Browser, path: Path) -> None:
    """Where the browser refuses to store, views last as long as the page, and the page says so."""
    with opened(browser, path) as page:
        page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
        share(page)
        page.get_by_label("Name of this view").fill("Lost")
        page.keyboard.press("Enter")
        expect(page.get_by_role("list", name="Your views")).to_contain_text("Lost")
        expect(page.locator("#share")).to_contain_text("This browser stores nothing for this page")


def test_what_a_line_is_drawn_around_is_selected(page: Page) -> None:
    """A reader selects what is seen inside a line; the selection is a filter, and is in the address."""
    x, y = point(page, iri("roses"))
    page.keyboard.press("l")
    expect(page.locator("#select-area")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#note")).to_contain_text("Draw a line")
    page.keyboard.press("Escape")
    expect(page.locator("#select-area")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#note")).to_be_hidden(timeout=2000)
    page.keyboard.press("l")
    page.mouse.move(x - 8, y - 8)
    page.mouse.down()
    for across, down in ((8, -8), (8, 8), (-8, 8)):
        page.mouse.move(x + across, y + down)
    page.mouse.up()
    expect(page.locator("#chips")).to_contain_text("1 node selected on the map")
    expect(page.locator("#note")).to_be_hidden(timeout=2000)
    expect(page.locator("#filters")).to_contain_text("1 of 19 articles shown")
    assert f"picked={iri('roses')}" in page.url
    page.reload()
    page.evaluate("() => window.explorer.ready")
    expect(page.locator("#filters")).to_contain_text("1 of 19 articles shown")


def test_pictures_have_a_frame_and_no_blank_strip(page: Page) -> None:
    """A drawing has a title, what is chosen and a legend, in groups, and leaves out what panels cover."""
    page.evaluate("() => window.explorer.page.choose({ types: ['article'] })")
    page.locator("#look-colour").select_option("Provider")
    tree = saved_drawing(page)
    texts = [element.text for element in tree.iter(f"{SVG}text")]
    assert texts[0] == "Gardens"
    assert "Topics: article · 14 articles" in texts
    assert "Articles" in texts
    assert texts[texts.index("Colour: provider") + 1] == "The Garden"
    swatches = [each.get("fill") for each in tree.find(f"{SVG}g").findall(f"{SVG}rect")[1:]]  # type: ignore[union-attr]
    assert swatches[0] in {each.get("fill") for each in tree.find(f"{SVG}svg").iter(f"{SVG}circle")}  # type: ignore[union-attr]
    groups = {element.get("id") for element in tree.iter(f"{SVG}g")}
    assert {"frame", "background", "links", "articles", "labels"} <= groups
    width, height = (float(tree.get(name, "0")) for name in ("width", "height"))
    assert width <= DESKTOP["width"] - 292
    circles = [float(element.get("cx", "0")) for element in tree.find(f"{SVG}svg").iter(f"{SVG}circle")]  # type: ignore[union-attr]
    assert 0 < min(circles) <= max(circles) < width
    assert abs(min(circles) + max(circles) - width) < width / 4
    size = page.evaluate("() => window.explorer.map.toPng().then(createImageBitmap).then(({ width }) => width)")
    assert size == 2 * width
    assert height > 0
    long = page.evaluate(
        "() => window.explorer.map.toSvg({ title: 'A long title '.repeat(40), lines: [], legend: [] })"
    )
    frame = ElementTree.fromstring(long).find(f"{SVG}g")  # noqa: S314 - ours
    assert all(len(str(each.text)) < width / 8 for each in frame.iter(f"{SVG}text"))  # type: ignore[union-attr]


def test_a_picture_is_of_all_that_was_seen(browser: Browser, path: Path) -> None:
    """On a phone the panel that saves covers a part of the map, which is in the picture nevertheless."""
    with opened(browser, path, "#type=article", viewport=PHONE) as page:
        whole = ElementTree.fromstring(page.evaluate("() => window.explorer.map.toSvg()"))  # noqa: S314 - ours
        page.locator("#open-more").click()
        saved, shown = (tree.find(f"{SVG}svg") for tree in (saved_drawing(page), whole))
        assert saved is not None
        assert shown is not None
        assert (saved.get("width"), saved.get("height")) == (shown.get("width"), shown.get("height"))


def test_paper_gets_the_picture_and_a_list(page: Page) -> None:
    """Printing shows the picture and the articles that are shown, and nothing of the panels; then all is as before."""
    page.evaluate("() => window.explorer.page.choose({ types: ['video'] })")
    page.emulate_media(media="print")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#paper li")).to_have_count(2)
    expect(page.locator("#paper canvas")).to_be_visible()
    expect(page.locator("#filters")).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 300})  # paper of another shape than the window
    assert page.locator("#paper canvas").evaluate("(canvas) => canvas.getBoundingClientRect().height") <= 300
    page.set_viewport_size(DESKTOP)
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator("#filters")).to_be_visible()


def test_a_selection_outlives_a_link(browser: Browser, tmp_path: Path) -> None:
    """A view of more nodes than an address names keeps them by their IRIs, and says which of them are gone."""
    path, knowledge = written(tmp_path, SITE)
    iris = sorted(knowledge.truth.articles)
    view = {"name": "Many", "address": "", "nodes": [*iris, "https://gone.example/"]}
    with opened(browser, path) as page:
        drop(page, json.dumps({"views": [view]}))
        share(page)
        page.get_by_role("button", name="Many", exact=True).click()
        expect(page.locator("#chips")).to_contain_text(f"{len(iris)} nodes selected")
        expect(page.locator("#note")).to_have_text("1 node of this view is not here.")
        assert state(page)["shown"] >= len(iris)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_nothing_of_it_stands_in_anyones_way(browser: Browser, path: Path, size: str) -> None:
    """axe-core finds nothing to say about the panel, a note and the lasso, on a desktop and on a phone."""
    auditor = load_auditor()
    window = PHONE if size == "phone" else DESKTOP
    states: dict[str, Callable[[Page], object]] = {
        "share": share,
        "kept": keep_view,
        "note": lambda page: page.evaluate(
            "(iri) => window.explorer.page.change({ node: window.explorer.page.nodeOf(iri) })", iri("roses")
        ),
        "writing": lambda page: page.locator("#card").get_by_role("button", name="Add a note").click(),
        "lasso": lambda page: page.evaluate("() => document.getElementById('select-area').click()"),
    }
    with opened(browser, path, viewport=window, is_mobile=size == "phone", bypass_csp=True) as page:
        faults: dict[str, list[str]] = {}
        for name, reach in states.items():
            reach(page)
            faults |= {f"{name}: {rule}": places for rule, places in audit(page, auditor).items()}
        assert faults == {}
        note = page.locator("#note")
        assert ("Esc" in note.inner_text()) == (size == "desktop")
        if size == "phone":  # it is as wide as the buttons beside it allow
            assert window["width"] * 0.6 < note.evaluate("(note) => note.offsetWidth") < window["width"] * 0.75
