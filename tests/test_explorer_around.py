"""What is around a node, laid out anew, and the paths between two, compared, in the explorer page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.audit import audit, load_auditor
from tests.explorers import DESKTOP, PHONE, SITE, iri, opened, point, settle, state, written
from tests.worlds import Site

LINKED: Site = {
    **SITE,
    "guide.md": "---\ntitle: A guide\n---\nFirst.\n\nRead [of <b>roses</b>](https://garden.example/roses) first.\n",
}
TWO_WAYS: Site = {
    f"{name}.md": {
        "title": name,
        "webUrl": f"https://ways.example/{name}",
        "related": [{"webUrl": f"https://ways.example/{other}"} for other in others],
    }
    for name, others in {"a": "bc", "b": "d", "c": "e", "e": "d", "d": ""}.items()
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the small site, with an article that links to another."""
    return written(tmp_path_factory.mktemp("around"), LINKED)[0]


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    """Return the page with what is around the roses."""
    with opened(browser, path, f"#iri={iri('roses')}&show=around") as page:
        yield page


def shown(page: Page) -> list[str]:
    """Return the names of what is shown around the node."""
    names: list[str] = page.locator(".around-node bdi").all_inner_texts()
    return sorted(names)


def test_neighbours_are_shown_with_what_joins_them(page: Page) -> None:
    """All neighbours are shown; the list has every connection in words, with the line and the sentence of links."""
    expect(page.locator(".around-node.centre")).to_have_text("Élan of roses: how they grow")
    assert {"A guide", "Tulips in May", "The Garden", "Ada Gärtner", "Roses"} <= set(shown(page))
    page.locator(".around-list summary").click()
    reasons = page.locator(".around-reasons li")
    expect(reasons.filter(has_text="A guide links to")).to_contain_text("line 6: Read of roses first.")
    expect(reasons.filter(has_text="Tulips in May").filter(has_text="The Garden")).to_have_count(1)
    assert reasons.count() == page.locator(".around-field path").count()


def test_a_late_answer_shows_nothing_when_nothing_is_selected(page: Page) -> None:
    """What is around a node is not shown any more if the selection was cleared before its answer came."""
    expect(page.locator(".around-node.centre")).to_be_visible()
    page.evaluate(
        """async (iri) => {
            const { page } = window.explorer;
            page.change({ node: page.nodeOf(iri) });
            page.change({ node: -1 });
            await new Promise((resolve) => setTimeout(resolve));
        }""",
        iri("soil"),
    )
    expect(page.locator(".around-drawing")).to_contain_text("Select a node")


def test_a_connection_says_why_by_keyboard(page: Page) -> None:
    """Whoever goes to a node by keyboard sees why it is joined to the one in the middle."""
    page.locator(".around-node", has_text="A guide").focus()
    expect(page.locator(".around-why")).to_contain_text("links to")
    expect(page.locator(".around-why")).to_contain_text("line 6")
    expect(page.locator(".around-field path.lit")).to_have_count(2)


def test_steps_direction_relations_and_kinds_are_chosen(page: Page) -> None:
    """More steps show more; a direction, a relation switched off, or a kind leave only what they say."""
    near = shown(page)
    page.get_by_role("button", name="2 steps", exact=True).click()
    assert len(shown(page)) > len(near)
    page.get_by_role("button", name="1 step", exact=True).click()
    page.get_by_role("button", name="To it", exact=True).click()
    assert "A guide" in shown(page)
    assert "The Garden" not in shown(page)
    page.get_by_role("button", name="Both ways", exact=True).click()
    page.locator(".around-choices summary").click()
    page.get_by_label("Providers", exact=True).last.uncheck()
    assert "The Garden" not in shown(page)
    assert "Roses" in shown(page)
    kinds = page.get_by_role("group", name="Kinds").get_by_role("checkbox")
    for box in kinds.all():
        box.uncheck()
    assert shown(page) == ["Élan of roses: how they grow"]
    for box in kinds.all():
        expect(box).not_to_be_checked()
        box.check()
    assert "The Garden" in shown(page)


def test_a_node_shown_is_gone_to(page: Page) -> None:
    """A click on a node makes it the middle; back and the key lead back and out."""
    page.locator(".around-node", has_text="Tulips in May").click()
    expect(page.locator(".around-node.centre")).to_have_text("Tulips in May")
    assert state(page)["iri"] == iri("tulips")
    page.go_back()
    expect(page.locator(".around-node.centre")).to_have_text("Élan of roses: how they grow")
    page.get_by_role("button", name="Close Around").click()
    expect(page.locator("#around")).to_be_hidden()


def test_paths_are_compared(browser: Browser, tmp_path: Path) -> None:
    """Other paths are listed on demand, the shortest first; the one chosen is told and brought into sight."""
    path, _ = written(tmp_path, TWO_WAYS)
    with opened(browser, path, "#iri=https://ways.example/a&path=https://ways.example/d") as page:
        expect(page.locator("#card .way li")).to_have_count(3)
        page.get_by_role("button", name="Compare other paths").click()
        rows = page.get_by_role("list", name="Paths to compare").get_by_role("button")
        expect(rows).to_have_text(["2 stepsthrough b", "3 stepsthrough c, e"])
        expect(rows.first).to_have_attribute("aria-pressed", "true")
        assert len({box["y"] for box in (name.bounding_box() for name in rows.nth(1).locator("bdi").all()) if box}) == 1
        page.evaluate("() => { window.explorer.map.zoomBy(8); window.explorer.map.panBy(-400, 0); }")
        rows.nth(1).click()
        expect(page.locator("#card .way li")).to_have_count(4)
        settle(page)
        assert all(0 < point(page, f"https://ways.example/{name}")[0] < DESKTOP["width"] for name in "aced")
        expect(rows.nth(1)).to_have_attribute("aria-pressed", "true")
        assert [one[-1] for one in state(page)["path"]] == ["a", "c", "e", "d"]


def test_what_is_not_compared_is_said(browser: Browser, tmp_path: Path) -> None:
    """Beside a path that has no other of at most 100 steps the page says so, and that longer ones are not compared."""
    chain = {
        f"{number}.md": {
            "title": str(number),
            "webUrl": f"https://ways.example/{number}",
            "related": [{"webUrl": f"https://ways.example/{number + 1}"}],
        }
        for number in range(102)
    }
    path, _ = written(tmp_path, chain)
    for last, words in ((90, "There is no other path of at most 100 steps."), (102, "Paths of more than 100 steps")):
        with opened(browser, path, f"#iri=https://ways.example/0&path=https://ways.example/{last}") as page:
            page.get_by_role("button", name="Compare other paths").click()
            expect(page.locator("#card")).to_contain_text(words)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_nothing_of_it_stands_in_anyones_way(browser: Browser, path: Path, size: str) -> None:
    """axe-core finds nothing to say about what is around a node, on a desktop and on a phone."""
    auditor = load_auditor()
    window = PHONE if size == "phone" else DESKTOP
    with opened(browser, path, viewport=window, is_mobile=size == "phone", bypass_csp=True) as page:
        page.evaluate("(iri) => window.explorer.page.change({ node: window.explorer.page.nodeOf(iri) })", iri("roses"))
        page.locator("#open-around").click()
        expect(page.locator(".around-node.centre")).to_be_visible()
        for summary in page.locator("#around summary").all():
            summary.click()
        assert audit(page, auditor) == {}


def test_a_link_to_what_is_around_a_node_shows_it_on_a_phone(browser: Browser, path: Path) -> None:
    """A phone shows one panel: that which the address names, and what there is to say stands over it."""
    with opened(browser, path, "#show=around&topic=~topic/gone&iri=" + iri("roses"), viewport=PHONE) as page:
        expect(page.locator(".around-node.centre")).to_have_text("Élan of roses: how they grow")
        expect(page.locator("#card")).to_be_hidden()
        expect(page.locator("#note")).to_contain_text("topic/gone")
        box = page.locator("#note").bounding_box()
        assert box
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] - 4]
        assert page.evaluate("(at) => document.elementFromPoint(...at).id", middle) == "note"


def test_on_a_phone_the_drawing_has_two_thirds_of_the_height(browser: Browser, path: Path) -> None:
    """What is around a node takes the place of the map, and as much room as the map has beside a panel."""
    with opened(browser, path, "#show=around&iri=" + iri("roses"), viewport=PHONE, is_mobile=True) as page:
        expect(page.locator(".around-node.centre")).to_be_in_viewport()
        box, stage = page.locator(".around-drawing").bounding_box(), page.locator("#stage").bounding_box()
        assert box
        assert stage
        assert box["height"] >= stage["height"] * 2 / 3
        assert box["y"] + box["height"] <= stage["y"] + stage["height"]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_around_nothing_leaves_the_map_to_choose_from(browser: Browser, path: Path, size: str) -> None:
    """Without a selection the panel offers some nodes and leaves the map in sight; what is chosen is the middle."""
    with opened(browser, path, "#show=around", viewport=PHONE if size == "phone" else DESKTOP) as page:
        expect(page.locator("#around")).to_contain_text("Select a node")
        expect(page.locator("#around").get_by_role("button", name="2 steps")).to_be_hidden()
        box, stage = page.locator("#around").bounding_box(), page.locator("#stage").bounding_box()
        assert box
        assert stage
        assert box["height"] < stage["height"] / 3 + 1
        offered = page.get_by_role("list", name="Most central").get_by_role("button").first
        name = offered.inner_text()
        offered.click()
        expect(page.locator(".around-node.centre")).to_have_text(name)
