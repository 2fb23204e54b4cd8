"""What a reader does with the explorer page, in a real browser, opened from disk without a network."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
import rdflib
from playwright.sync_api import Browser, Locator, Page, expect

import graph
from tests.explorers import PHONE, PICTURE, SITE, TITLE, drawn, iri, opened, point, state, written
from tests.worlds import built, with_links

Made = tuple[Path, graph.KnowledgeGraph]
Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return the page of the small site, written once, and the site's graph."""
    return written(tmp_path_factory.mktemp("explorer"), SITE)


@pytest.fixture
def page(browser: Browser, made: Made) -> Iterator[Page]:
    """Return the page, opened on a desktop."""
    with opened(browser, made[0]) as page:
        yield page


@pytest.fixture
def again(browser: Browser, made: Made) -> Open:
    """Return an opener of the page with a fragment or another window."""
    return lambda fragment="", **settings: opened(browser, made[0], fragment, **settings)


def heading(page: Page) -> Locator:
    """Return the card's title."""
    return page.locator("#card h2")


def choose(page: Page, text: str) -> None:
    """Search for a text and take the first suggestion."""
    page.locator("#search").fill(text)
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("Enter")


def box(page: Page, facet: str, label: str) -> Locator:
    """Return a box to tick in the filters."""
    section = page.locator(".facet", has=page.locator("summary", has_text=facet))
    return section.locator(".choice", has_text=label).first


def test_it_says_what_it_leaves_out(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more articles than a page can hold it shows the best-connected, and says how many there are."""
    monkeypatch.setattr("graph.atlas.census.MOST_ARTICLES", 4)
    monkeypatch.setattr("graph.atlas.census.MOST_SHOWN", 3)
    path, knowledge = written(tmp_path, SITE)
    with opened(browser, path) as page:
        expect(page.locator("#summary")).to_contain_text(f"3 of {len(knowledge.articles)} articles")
        expect(page.locator("#summary")).to_contain_text("the best-connected are shown")


def test_it_says_what_it_holds(page: Page) -> None:
    """The page tells its title as text, and how many of each kind there are."""
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page).to_have_title(TITLE)
    expect(page.locator("#summary")).to_contain_text(
        re.compile(r"\d+ articles · \d+ topics · \d+ providers · 1 person")
    )
    expect(page.locator("#filters")).to_be_visible()
    expect(page.locator("#card")).to_be_hidden()
    assert page.evaluate("() => window.explorer.map.stats.frames") > 0


def test_a_click_on_the_map_opens_the_card(page: Page) -> None:
    """A click on a dot tells what is known of it; a click beside every dot lets go of it."""
    page.mouse.click(*point(page, iri("roses")))
    expect(heading(page)).to_have_text("Élan of roses: how they grow")
    card = page.locator("#card")
    said = ["Article", "news", "The Garden", "23 May 2022", "What roses need", "Ada Gärtner", "Roses", iri("roses")]
    for text in said:
        expect(card).to_contain_text(text)
    expect(card.locator("h3")).to_have_text(["Related articles 3"])
    page.mouse.click(700, 880)
    expect(card).to_be_hidden()


def test_what_is_special_is_said(page: Page) -> None:
    """The card says of a stub that it is one, and of an unpublished article that it is unpublished."""
    choose(page, "nowhere")
    expect(page.locator(".badges")).to_contain_text("stub: known only from links")
    expect(page.locator("#card")).to_contain_text("inferred from its links")
    choose(page, "soil below")
    expect(page.locator(".badges")).to_contain_text("unpublished")
    expect(page.locator("#card")).to_contain_text("1 h 2 min")


def test_relations_are_walked_by_buttons(page: Page) -> None:
    """Each related article, topic and provider is a button that leads there; back and forward go as a browser does."""
    choose(page, "elan of roses")
    page.locator("#card").get_by_role("button", name="Tulips in May").first.click()
    expect(heading(page)).to_have_text("Tulips in May")
    expect(page.locator("#card .group li")).to_have_count(1 + 5)
    page.locator("#card").get_by_role("button", name=re.compile("Show .* more")).click()
    expect(page.locator("#card .group li")).to_have_count(1 + 12)
    expect(page.locator("#card .group").nth(1).locator("li button").nth(5)).to_be_focused()
    page.get_by_role("button", name="Back", exact=True).click()
    expect(heading(page)).to_have_text("Élan of roses: how they grow")
    page.get_by_role("button", name="Forward", exact=True).click()
    expect(heading(page)).to_have_text("Tulips in May")
    page.go_back()
    page.locator("#card .tag", has_text="Roses").click()
    expect(heading(page)).to_have_text("Roses")
    expect(page.locator("#card")).to_contain_text("Wider topics 1")


def test_pictures_are_asked_for_only_when_allowed(again: Open) -> None:
    """No picture is requested before the reader allows it, once; then those of other cards come by themselves."""
    asked: list[str] = []
    with again(allowed=lambda url: url == PICTURE) as page:
        page.on("request", lambda request: asked.append(request.url))
        choose(page, "elan of roses")
        expect(page.locator("#card")).to_contain_text("pictures.example")
        assert asked == []
        page.get_by_role("button", name="Show pictures").click()
        expect(page.locator("#card")).to_contain_text("could not be loaded")
        assert asked == [PICTURE]
        choose(page, "tulips in may")
        choose(page, "elan of roses")
        expect(page.get_by_role("button", name="Show pictures")).to_have_count(0)


def test_the_article_is_opened_outside(page: Page) -> None:
    """The link to the article says where it leads, tells the other site nothing, and is missing where there is none."""
    choose(page, "elan of roses")
    link = page.get_by_role("link", name="Open the article")
    assert link.get_attribute("href") == iri("roses")
    assert {"noopener", "noreferrer"} <= set(str(link.get_attribute("rel")).split())
    choose(page, "plants")
    expect(page.get_by_role("link")).to_have_count(0)


def test_the_iri_is_copied(again: Open) -> None:
    """The button copies the name that the node has everywhere else."""
    with again(permissions=["clipboard-read", "clipboard-write"]) as page:
        choose(page, "elan of roses")
        page.get_by_role("button", name="Copy IRI").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("() => navigator.clipboard.readText()") == iri("roses")


@pytest.mark.parametrize(
    ("text", "answer"),
    [("elan of roses", iri("tulips")), ("plants", iri("tulips")), ("the garden", "Tulips"), ("ada", iri("roses"))],
)
def test_the_query_shown_is_answered(page: Page, made: Made, text: str, answer: str) -> None:
    """For each kind the query on the card, put as it stands, gives what one wants to know next."""
    choose(page, text)
    page.get_by_role("button", name="SPARQL for this").click()
    query = str(page.locator("#card pre").text_content())
    rows = [row for row in made[1].query(query) if isinstance(row, dict)]
    assert answer in {str(value) for row in rows for value in row.values()}


def test_a_path_is_drawn_and_told(page: Page) -> None:
    """The path to a node picked by search is drawn on the map and told in words, and can be removed."""
    choose(page, "compost")
    page.get_by_role("button", name="Path from here to…").click()
    expect(page.locator("#target")).to_be_focused()
    page.locator("#target").fill("soil below")
    page.locator("#target-list [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("#card .way li")).to_contain_text(["=SUM(A1) of compost", "points toThe soil below"])
    assert state(page)["path"] == [iri("compost"), iri("soil")]
    page.get_by_role("button", name="Remove the path").click()
    expect(page.locator("#card .way")).to_have_count(0)
    assert state(page)["path"] is None


def test_a_path_leads_to_what_is_clicked(page: Page) -> None:
    """While a path's end is wanted, a click on the map names it, and the card stays that of its beginning."""
    choose(page, "elan of roses")
    page.get_by_role("button", name="Path from here to…").click()
    page.locator("#zoom-fit").click()
    page.mouse.click(*point(page, iri("soil")))
    expect(page.locator("#card")).to_contain_text("They are connected directly")
    expect(heading(page)).to_have_text("Élan of roses: how they grow")
    assert state(page)["iri"] == iri("roses")


def test_where_no_path_is_that_is_said(page: Page) -> None:
    """Of two nodes that nothing joins, the page says so in a sentence."""
    choose(page, "star alone")
    page.get_by_role("button", name="Path from here to…").click()
    page.locator("#target").fill("elan of roses")
    page.locator("#target-list [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("Nothing connects this node with")


def test_focus_shows_what_is_around(page: Page) -> None:
    """Focus keeps the selection and what is so many steps away; the table then holds the same."""
    choose(page, "compost")
    page.get_by_role("button", name="Focus: 1 step around").click()
    near = state(page)["focus"]
    page.get_by_role("button", name="Focus: 2 steps around").click()
    assert near == 3
    assert state(page)["focus"] > near
    page.get_by_role("button", name="Focus: 1 step around").click()
    page.locator("#open-table").click()
    expect(page.locator("tbody tr")).to_have_count(near)
    page.get_by_role("button", name="Focus off").click()
    assert state(page)["focus"] is None


def test_filters_count_and_take_away(page: Page) -> None:
    """A tick leaves only what fits on the map; other facets list what is left of them; a chip takes it back."""
    whole = state(page)["shown"]
    expect(box(page, "Type", "video")).to_be_hidden()
    page.locator("summary", has_text="Type").click()
    expect(box(page, "Type", "video")).to_contain_text("2")
    box(page, "Type", "video").click()
    expect(page.locator("#filters")).to_contain_text("2 of 19 articles shown")
    expect(box(page, "Type", "article")).to_contain_text("14")
    expect(box(page, "Providers", "Earth News")).to_contain_text("1")
    expect(box(page, "Providers", "The Garden")).to_have_count(0)
    assert state(page)["shown"] < whole
    page.locator("#chips button", has_text="video").click()
    assert state(page)["shown"] == whole


def test_topics_are_a_tree(page: Page) -> None:
    """A topic stands for all narrower ones, which open below it."""
    expect(box(page, "Topics", "Plants")).to_contain_text("14")
    page.get_by_role("button", name="Narrower than Plants").click()
    expect(box(page, "Topics", "Tulips")).to_contain_text("13")
    box(page, "Topics", "Plants").locator("input").check()
    expect(page.locator("#filters")).to_contain_text("14 of 19 articles shown")
    box(page, "Topics", "Plants").locator("input").uncheck()
    box(page, "Topics", "Roses").locator("input").check()
    expect(page.locator("#filters")).to_contain_text("1 of 19 articles shown")


def test_dates_are_brushed_by_keyboard_and_pointer(page: Page) -> None:
    """The histogram's two ends move by arrow keys, and a drag over its bars chooses a stretch."""
    ends = page.locator(".histogram .thumb")
    ends.first.focus()
    page.keyboard.press("ArrowRight")
    expect(ends.first).to_have_attribute("aria-valuetext", re.compile("^June 2022, 1 article"))
    expect(page.locator("#chips")).to_contain_text("since June 2022")
    page.keyboard.press("Home")
    expect(page.locator("#chips button")).to_have_count(0)
    bars = page.locator(".histogram svg").first.bounding_box()
    assert bars
    page.mouse.move(bars["x"] + 0.4 * bars["width"], bars["y"] + 20)
    page.mouse.down()
    page.mouse.move(bars["x"] + 0.6 * bars["width"], bars["y"] + 20, steps=3)
    page.mouse.up()
    expect(page.locator("#chips")).to_contain_text("2023")
    expect(page.locator("#filters")).to_contain_text("of 19 articles shown")


def test_quality_status_and_community_filter(page: Page) -> None:
    """Quality is brushed, status and community are ticked, and each tells how many articles it leaves."""
    page.locator("summary", has_text="Status").click()
    box(page, "Status", "Stub, known").locator("input").check()
    expect(page.locator("#filters")).to_contain_text("1 of 19 articles shown")
    page.locator("#filters").get_by_role("button", name="Clear all").click()
    page.locator("summary", has_text="Quality").click()
    page.get_by_role("slider", name="From, Quality").focus()
    page.keyboard.press("PageUp")
    expect(page.locator("#chips")).to_contain_text("quality")
    page.locator("#filters").get_by_role("button", name="Clear all").click()
    section = page.locator(".facet", has=page.locator("summary", has_text="Community"))
    section.locator("summary").click()
    section.locator(".choice input").first.check()
    expect(page.locator("#filters")).to_contain_text("of 19 articles shown")


def test_the_legend_filters(page: Page) -> None:
    """A sign of the legend unticked takes that kind off the map; the last one cannot leave the map empty."""
    legend = page.locator(".legend")
    legend.get_by_label("Articles").uncheck()
    assert state(page)["shown"] == 6 + 2 + 1
    for kind in ("Topics", "Providers", "People"):
        legend.get_by_label(kind).click()
    assert state(page)["shown"] > 19
    expect(legend.get_by_label("Articles")).to_be_checked()


def test_a_table_that_is_opened_by_an_address_has_its_titles(again: Open) -> None:
    """A table that an address opens before the titles have come shows them, in its order."""
    with again("#show=table") as page:
        page.evaluate("() => window.explorer.ready")
        expect(page.locator("#table")).not_to_contain_text("…")
        links = [int(cell) for cell in page.locator("#table td.number").all_inner_texts()]
        assert links == sorted(links, reverse=True)


def test_the_table_holds_what_is_shown(page: Page) -> None:
    """The table lists all that is shown, sorts by each column, says how, and selects."""
    page.keyboard.press("t")
    table = page.get_by_role("table")
    columns = "Title Kind Provider Date Type Topics Links".split()
    expect(table.get_by_role("columnheader")).to_have_text(columns)
    expect(page.locator("#table h2")).to_have_text(f"{state(page)['shown']} rows")
    table.get_by_role("button", name="Title", exact=True).click()
    expect(table.get_by_role("columnheader", name="Title")).to_have_attribute("aria-sort", "ascending")
    titles = page.locator("tbody td:first-child").all_text_contents()
    assert titles == sorted(titles, key=str.lower)
    table.get_by_role("button", name="Title", exact=True).click()
    assert page.locator("tbody td:first-child").all_text_contents() == sorted(titles, key=str.lower, reverse=True)
    table.get_by_role("button", name="Date", exact=True).click()
    expect(page.locator("tbody tr").first).to_contain_text("1 February 2024")
    table.get_by_role("button", name="Gardening on the moon").click()
    expect(heading(page)).to_have_text("Gardening on the moon")
    expect(page.locator("tr[aria-current=true]")).to_have_count(1)


def saved(page: Page, form: str) -> bytes:
    """Save what is shown in a form, and return the file's bytes."""
    page.locator("#open-save").click()
    with page.expect_download() as waiting:
        page.locator(f"#save-{form}").click()
    assert waiting.value.suggested_filename == f"a-site-of-b-gardens-b.{form}"
    return Path(waiting.value.path()).read_bytes()


def test_the_shown_part_is_saved_as_csv(page: Page) -> None:
    """The CSV holds what is shown, a row each, and nothing that a spreadsheet would run."""
    rows = list(csv.DictReader(io.StringIO(saved(page, "csv").decode("utf-8-sig"))))
    assert len(rows) == state(page)["shown"]
    by_iri = {row["iri"]: row for row in rows}
    assert by_iri[iri("compost")]["title"] == "'=SUM(A1) of compost"
    assert by_iri[iri("roses")]["topics"] == "Gardens; Roses"
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+", "-", "@"))]


def test_the_shown_part_is_saved_as_graphml(page: Page, made: Made) -> None:
    """The GraphML is read by NetworkX, and everything in it is in the site's own network."""
    whole = made[1].network
    part = networkx.parse_graphml(saved(page, "graphml").decode(), force_multigraph=True)
    assert set(part) == set(whole)
    for name, attributes in part.nodes(data=True):
        assert attributes.items() <= {**whole.nodes[name]}.items(), name
    links = {(start, end, data["relation"]) for start, end, data in part.edges(data=True)}
    assert links == set(whole.edges(keys=True))


def test_links_and_parents_are_told_and_saved(browser: Browser, tmp_path: Path) -> None:
    """A card lists what any node links to and what links to it, and what it is part of; all of it is saved."""
    outside = {"webUrl": "https://press.example/x", "provider": {"name": "The Press", "domain": "press.example"}}
    site = {**SITE, "press.md": {"title": "Of the press", **outside}}
    path, knowledge = drawn(tmp_path, graph.KnowledgeGraph(with_links(built(site).truth)))
    network = knowledge.network
    edges = list(network.edges(keys=True))
    names = {"links": ("Links to", "Linked from"), "parent": ("Part of", "Organisations below")}
    with opened(browser, path) as page:
        for node in [iri("roses"), *knowledge.providers, *knowledge.topics, *knowledge.people]:
            page.evaluate("(iri) => window.explorer.page.change({ node: window.explorer.page.nodeOf(iri) })", node)
            expect(heading(page)).to_have_text(network.nodes[node]["label"])
            for relation, (outward, inward) in names.items():
                for name, place in ((outward, 0), (inward, 1)):
                    # What is related both ways is listed once.
                    count = sum(
                        edge[2] == relation
                        and edge[place] == node
                        and not (place and (node, edge[0], relation) in edges)
                        for edge in edges
                    )
                    found = page.locator("#card .group h3").filter(has_text=re.compile(rf"^{name} {count}$"))
                    expect(found).to_have_count(int(count > 0))
        page.keyboard.press("Escape")
        part = networkx.parse_graphml(saved(page, "graphml").decode(), force_multigraph=True)
        turtle = rdflib.Graph().parse(data=saved(page, "ttl").decode(), format="turtle")
    assert {(start, end, data["relation"]) for start, end, data in part.edges(data=True)} == set(edges)
    whole = rdflib.Graph().parse(data=knowledge.triples.serialize(format="nt"), format="nt")
    assert {*turtle} <= {*whole}
    for predicate in (rdflib.DCTERMS.references, rdflib.SDO.parentOrganization, rdflib.RDFS.label):
        assert {*turtle.subject_objects(predicate)} == {*whole.subject_objects(predicate)}


def test_the_shown_part_is_saved_as_turtle(page: Page, made: Made) -> None:
    """The Turtle is read by rdflib, and every triple in it is one of the site's own; all relations are in it."""
    whole = rdflib.Graph().parse(data=made[1].triples.serialize(format="nt"), format="nt")
    part = rdflib.Graph().parse(data=saved(page, "ttl").decode(), format="turtle")
    assert {*part} <= {*whole}
    relations = [
        rdflib.DCTERMS.relation, rdflib.SKOS.broader,
        *(rdflib.URIRef(f"https://schema.org/{name}") for name in ("about", "publisher", "author", "headline")),
    ]  # fmt: skip
    for relation in relations:
        assert set(part.subject_objects(relation)) == set(whole.subject_objects(relation)), relation


def test_only_the_shown_part_is_saved(page: Page) -> None:
    """What the filters hide is not saved."""
    box(page, "Topics", "Space").locator("input").check()
    rows = list(csv.DictReader(io.StringIO(saved(page, "csv").decode("utf-8-sig"))))
    assert {row["title"] for row in rows} == {"Gardening on the moon", "Space"}
    part = rdflib.Graph().parse(data=saved(page, "ttl").decode(), format="turtle")
    assert {str(subject) for subject in part.subjects()} == {iri("moon"), "https://example.org/topic/space"}


def test_the_map_is_saved_as_a_picture(page: Page) -> None:
    """The map is saved as PNG, and as SVG that is well-formed and holds no script."""
    assert saved(page, "png").startswith(b"\x89PNG\r\n\x1a\n")
    drawing = ElementTree.fromstring(saved(page, "svg"))  # noqa: S314 - our own page wrote it
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert not [element for element in drawing.iter() if element.tag.endswith("script")]


def test_insights_lead_to_their_nodes(page: Page) -> None:
    """The insights list what stands out; a click leads to an article's card, or to a community's articles."""
    page.locator("#open-insights").click()
    section = page.locator(".insight", has_text="Most central")
    first = section.get_by_role("button").first
    name = str(first.locator("bdi").text_content())
    first.click()
    expect(heading(page)).to_have_text(name)
    page.keyboard.press("Escape")
    expect(page.locator("#insights")).to_be_visible()
    page.locator(".insight", has_text="Communities").get_by_role("button").first.click()
    expect(page.locator("#chips button")).to_have_count(1)
    assert state(page)["view"] == "network"
    page.keyboard.press("Escape")
    expect(page.locator("#insights")).to_be_hidden()


def test_the_address_holds_what_is_seen(page: Page, again: Open) -> None:
    """A copied address shows the same view, selection, filters, focus, panel and place again."""
    page.locator("#view-timeline").click()
    box(page, "Providers", "The Garden").locator("input").check()
    choose(page, "elan of roses")
    page.get_by_role("button", name="Focus: 1 step around").click()
    page.locator("#open-table").click()
    page.locator("#zoom-in").click()
    page.wait_for_function("() => !window.explorer.map.isMoving")
    fragment = page.evaluate("() => location.hash")
    assert re.fullmatch(
        r"#view=timeline&iri=https://garden\.example/roses&focus=1&show=table"
        r"&provider=https://garden\.example/%23organization&seen=[-\d.,]+",
        fragment,
    )
    before = state(page)
    with again(fragment) as reopened:
        after = state(reopened)
        assert after.pop("camera") == pytest.approx(before.pop("camera"), rel=0.01, abs=0.1)
        assert after == before
        expect(reopened.locator("#table")).to_be_visible()
        expect(reopened.locator("#chips")).to_contain_text("The Garden")


def test_back_and_forward_undo_and_redo(page: Page) -> None:
    """The browser's own buttons take back filters and views as well as selections."""
    box(page, "Providers", "The Garden").locator("input").check()
    page.locator("#view-network").click()
    page.go_back()
    expect(page.locator("#view-topics")).to_have_attribute("aria-pressed", "true")
    assert state(page)["view"] == "topics"
    expect(page.locator("#chips button")).to_have_count(1)
    page.go_back()
    expect(page.locator("#chips button")).to_have_count(0)
    page.go_forward()
    expect(page.locator("#chips button")).to_have_count(1)


@pytest.mark.parametrize(
    "fragment",
    [
        "#https://garden.example/roses",
        "#https%3A%2F%2Fgarden.example%2Froses",
        "#iri=https%3A%2F%2Fgarden.example/roses",
    ],
)
def test_links_from_elsewhere_select(again: Open, fragment: str) -> None:
    """An address that ends in an IRI, as other pages link, selects that node."""
    with again(fragment) as page:
        expect(heading(page)).to_have_text("Élan of roses: how they grow")


@pytest.mark.parametrize(
    "fragment", ["#iri=nowhere&focus=9&at=x,y&from=2023-99-99", "#%", "#view=cube&community=0&topic=,"]
)
def test_a_broken_address_shows_everything(again: Open, page: Page, fragment: str) -> None:
    """An address that makes no sense is read as far as it does, and breaks nothing."""
    with again(fragment) as broken:
        assert state(broken)["shown"] == state(page)["shown"]


def test_everything_by_keyboard(page: Page) -> None:
    """`/` searches, arrows walk the neighbours, Enter goes to the card, Esc lets go, `?` helps, digits switch views."""
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("elan of roses")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#map")).to_be_focused()
    near = set(
        page.evaluate(
            """(name) => {
                const { page, atlas } = explorer;
                return atlas.neighbours(page.nodeOf(name), 100).map(({ node }) => atlas.iri(node));
            }""",
            iri("roses"),
        )
    )
    seen = set()
    for arrow in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.evaluate("(name) => explorer.page.change({ node: explorer.page.nodeOf(name) })", iri("roses"))
        page.keyboard.press(arrow)
        seen.add(state(page)["iri"])
    assert len(seen - {iri("roses")}) >= 2
    assert seen - {iri("roses")} <= near
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.getElementById('card').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    page.keyboard.press("3")
    assert state(page)["view"] == "timeline"
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Single keys are shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    assert state(page)["view"] == "timeline"


def test_keys_work_from_the_buttons_of_panels_but_not_where_text_is_typed_or_chosen(page: Page) -> None:
    """A key does the same from any button; in a field or a list it does nothing else than it always does there."""
    page.keyboard.press("s")
    assert page.evaluate("() => document.activeElement.closest('#share') !== null")
    start = state(page)["camera"]["zoom"]
    page.keyboard.press("+")
    assert state(page)["camera"]["zoom"] > start
    page.keyboard.press("c")  # and not below what hangs from the bar
    expect(page.locator("#share")).to_be_hidden()
    expect(page.locator("#compare")).to_be_visible()
    expect(page.locator("#compare [role=combobox]")).to_be_focused()
    page.keyboard.type("t4+")
    expect(page.locator("#compare [role=combobox]")).to_have_value("t4+")
    page.locator("#compare").get_by_role("button", name="Close").focus()
    page.keyboard.press("2")
    assert state(page)["view"] == "network"
    page.get_by_label("Length of a step").focus()
    page.keyboard.press("t")
    expect(page.locator("#table")).to_be_hidden()
    page.get_by_role("button", name="Close the filters").focus()
    page.keyboard.press("s")
    expect(page.locator("#share")).to_be_visible()
    page.keyboard.press("l")
    expect(page.locator("#share")).to_be_hidden()
    expect(page.locator("#lasso")).to_be_visible()


def test_the_focus_goes_to_the_map_from_a_panel_that_a_key_closes(page: Page) -> None:
    """Whoever leaves Around for another view can go on with the arrow keys."""
    page.keyboard.press("4")
    page.locator("#around").get_by_role("button", name="Close").focus()
    page.keyboard.press("1")
    expect(page.locator("#around")).to_be_hidden()
    expect(page.locator("#map")).to_be_focused()


def test_without_a_selection_arrows_move_the_map(page: Page) -> None:
    """On the map, arrows, plus and minus move it; 0 shows everything again."""
    page.locator("#map").focus()
    start = state(page)["camera"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    moved = state(page)["camera"]
    assert moved["zoom"] > start["zoom"]
    page.keyboard.press("0")
    assert state(page)["camera"] == pytest.approx(start)


def test_changes_are_announced(page: Page) -> None:
    """Who hears the page hears what was selected and how much is shown."""
    choose(page, "elan of roses")
    expect(page.locator("#said")).to_have_text("Article: Élan of roses: how they grow")
    box(page, "Providers", "Earth News").locator("input").check()
    expect(page.locator("#said")).to_have_text("1 of 19 articles shown")


def test_sheets_on_a_phone_leave_the_map_in_sight(again: Open) -> None:
    """On a phone each panel is a sheet below, of at most a third of the height, and the selection stands above it."""
    with again(viewport=PHONE, is_mobile=True) as page:
        expect(page.locator("#filters")).to_be_hidden()
        choose(page, "elan of roses")
        expect(heading(page)).to_have_text("Élan of roses: how they grow")
        sheets = ["#card"]
        for opener in ("filters", "table", "insights"):
            sheets.append(f"#{opener}")
            if opener != "filters":
                page.locator("#open-more").tap()
            page.locator(f"#open-{opener}").tap()
            expect(page.locator(f"#{opener}")).to_be_visible()
            for other in sheets[:-1]:
                expect(page.locator(other)).to_be_hidden()
            area = page.locator(f"#{opener}").bounding_box()
            assert area
            assert area["height"] <= page.locator("#stage").evaluate("(stage) => stage.clientHeight") / 3 + 1
            grow = page.locator(f"#{opener}").get_by_role("button", name="Show more of the details")
            grow.tap()
            assert page.locator(f"#{opener}").evaluate("(panel) => panel.clientHeight") > 2 * area["height"]
            page.locator(f"#{opener}").get_by_role("button", name=re.compile("^Close")).tap()
            expect(page.locator("#card")).to_be_visible()
        card = page.locator("#card").bounding_box()
        assert card
        assert point(page, iri("roses"))[1] < card["y"]
        assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_switch_of_views_is_seen_to_happen(page: Page) -> None:
    """A click on another view moves the map there in several steps; panels that stay do not cut it short."""
    page.emulate_media(reduced_motion="no-preference")
    for name in ("Network", "Timeline", "Topics"):
        page.evaluate(
            """() => {
                const { map } = window.explorer;
                window.steps = new Set();
                const note = () => {
                    window.steps.add(map.camera.zoom + " " + map.camera.x);
                    window.watching = requestAnimationFrame(note);
                };
                note();
            }"""
        )
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_function("() => !window.explorer.map.isMoving")
        assert page.evaluate("(cancelAnimationFrame(window.watching), window.steps.size)") > 4, name


def test_what_an_address_opens_is_said(again: Open) -> None:
    """Those who listen to the page hear what a link has opened, even before all texts have been unpacked."""
    with again("#iri=~topic/roses") as page:
        expect(page.locator("#card h2")).to_have_text("Roses")
        expect(page.locator("#said")).to_have_text("Topic: Roses")


def test_a_topic_says_who_writes_about_it(page: Page) -> None:
    """The card of a topic counts who writes about it, and that of a provider what it writes about; a button filters."""
    choose(page, "tulips")
    expect(heading(page)).to_have_text("Tulips")
    expect(page.locator("#card")).to_contain_text("13 articles, June 2022 to December 2023")
    writers = page.locator("#card .group", has_text="Who writes about it").get_by_role("button")
    expect(writers).to_have_text(["The Garden13"])
    words = page.locator("#card").inner_text()
    order = [
        "13 articles",
        "Who writes about it",
        "Show only these 13",
        "Path from here to",
        "Wider topics",
        "Copy IRI",
    ]
    assert sorted(order, key=words.index) == order
    page.get_by_role("button", name="Show only these 13").click()
    expect(page.locator("#filters")).to_contain_text("13 of 19 articles shown")
    writers.first.click()
    expect(heading(page)).to_have_text("The Garden")
    topics = page.locator("#card .group", has_text="Writes about").get_by_role("button")
    expect(topics.first).to_have_text("Tulips13")
