"""Relations and facts of a site's own, as people see them: in the explorer, whole or fed, and on the pages of nodes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, expect

import graph
from graph.atlas import to_atlas
from graph.explorer import to_explorer, to_payload
from graph.explorer.map_file import MapFile, write_map_file
from graph.explorer.replies import to_near, to_path
from tests.explorers import opened
from tests.served import serving
from tests.test_own_fields import BOOK, SETTINGS, SITE, A, B, C, site

PAGE = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.fixture(scope="module")
def faceted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a specimen with facets of every kind."""
    toml = SETTINGS
    for name in ("relations.place", "relations.reviews", "literals.pages", "literals.checked"):
        toml = toml.replace(f"[{name}]\n", f"[{name}]\nfacet = true\n")
    more = {"b.md": "---\ntitle: B\nreview_of: A\ndifficulty: hard\npages: 7\nchecked: true\n---\n"}
    return site(tmp_path_factory.mktemp("faceted"), toml, {**SITE, **more})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the specimen's folder."""
    return site(tmp_path_factory.mktemp("own"), documents=SITE)


def test_a_card_shows_them(folder: Path, tmp_path: Path, browser: Browser) -> None:
    """The card of an article lists what own relations lead to, says which hold both ways, and own literals."""
    path = tmp_path / "explorer.html"
    path.write_text(to_explorer(graph.build(folder).truth), encoding="utf-8")
    with opened(browser, path, "#" + quote(A, safe="")) as page:
        groups = page.locator("#card .group h3")
        expect(groups.filter(has_text="Reviews")).to_have_text("Reviews 3")
        expect(page.locator("#card .group", has_text="Reviews").get_by_text("both ways")).to_have_count(1)
        facts = page.locator("#card dl.facts")
        for name, value in (("Difficulty", "hard; soft"), ("Pages", "12"), ("Checked", "no"), ("Due", "2024-05-06")):
            expect(facts.locator("dt", has_text=name)).to_have_count(1)
            expect(facts.locator("dd", has_text=value).first).to_be_visible()


def test_a_map_that_is_fed_knows_them(folder: Path, tmp_path: Path) -> None:
    """The file that a server answers from holds own relations in both directions, and tells ways by them."""
    truth = graph.build(folder).truth
    write_map_file(truth, tmp_path / "map.data")
    map_file = MapFile(tmp_path / "map.data")
    nodes = {iri: map_file.find(iri) for iri in (A, B, BOOK)}
    a, book = nodes[A], nodes[BOOK]
    assert a is not None
    assert book is not None
    assert set(map_file.rows("reviews_out").of(a).tolist()) >= {nodes[B], book}
    assert map_file.rows("reviews_in").of(a).tolist() == [nodes[B]]
    assert json.loads(to_path(map_file, a, book))["steps"] == [{"relation": "reviews", "outgoing": True}]
    assert json.loads(map_file.text(a))["facts"]["pages"] == 12
    _, columns = unpacked(to_near(map_file, a))
    assert {"reviews_out", "reviews_in", "editor_out", "editor_in"} <= columns.keys()


def unpacked(content: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return the header and the columns of what the page reads."""
    whole = gzip.decompress(content)
    start = 4 + int.from_bytes(whole[:4], "little")
    header = json.loads(whole[4:start])
    columns = {}
    for name, place in header["columns"].items():
        kind = {"f32": "<f4", "i32": "<i4", "u32": "<u4", "u16": "<u2", "u8": "u1"}[place["type"]]
        values = np.frombuffer(whole, kind, place["length"], start + place["offset"])
        columns[name] = np.cumsum(values) if place.get("delta") else values
    return header, columns


def chosen_by(header: Mapping[str, Any], columns: Mapping[str, NDArray[Any]], iris: list[str]) -> dict[str, Any]:
    """Return for each facet of the site's own which articles have which of its values."""
    found: dict[str, Any] = {}
    for facet in header["facets"]:
        start, to = (columns[f"facet.{facet['name']}_{part}"] for part in ("start", "to"))
        assert len(start) == header["kinds"]["article"][1] + 1
        keys = facet.get("keys", facet["values"])
        for node in range(len(start) - 1):
            if some := {keys[place] for place in to[start[node] : start[node + 1]].tolist()}:
                found.setdefault(facet["name"], {})[iris[node]] = some
    return found


FACETS: Mapping[str, Any] = {
    "checked": {A: {"no"}, B: {"yes"}},
    "difficulty": {A: {"hard", "soft"}, B: {"hard"}},
    "pages": {A: {"12"}, B: {"7"}},
    "place": {A: {"https://example.org/topic/berlin", "https://example.org/topic/rome"}},
    "reviews": {A: {B, C, BOOK}, B: {A}},
}


def test_facets_are_what_articles_state(faceted: Path, tmp_path: Path) -> None:
    """The page and the file that a server answers from hold for each facet which articles have which values."""
    truth = graph.build(faceted).truth
    payload = to_payload(to_atlas(truth))
    header, columns = unpacked(payload.map)
    facets = {facet["name"]: facet for facet in header["facets"]}
    assert list(facets) == ["place", "reviews", "checked", "difficulty", "pages"]
    assert facets["difficulty"] == {"name": "difficulty", "label": "Difficulty", "values": ["hard", "soft"]}
    assert (facets["place"]["label"], facets["place"]["values"]) == ("Place", ["Berlin", "Rome"])
    iris = json.loads(gzip.decompress(payload.text))["iri"]
    assert chosen_by(header, columns, iris) == FACETS
    write_map_file(truth, tmp_path / "map.data")
    map_file = MapFile(tmp_path / "map.data")
    fed, _ = unpacked(bytes(map_file.fixed("overview")))
    assert fed["facets"] == header["facets"]
    named = [map_file.iri(node) for node in range(map_file.articles)]
    assert chosen_by(fed, unpacked(bytes(map_file.fixed("facets")))[1], named) == FACETS


def test_a_facet_of_very_many_values_keeps_the_commonest(tmp_path: Path) -> None:
    """Of more values than anybody picks from, the commonest are offered, and the others are left out."""
    values = [*range(1_500), *range(200)]
    documents = {f"{n}.md": f"---\ntitle: T\nmood: [x{value}, common]\n---\n" for n, value in enumerate(values)}
    truth = graph.build(site(tmp_path, "[literals.mood]\nfacet = true\n", documents)).truth
    header, columns = unpacked(to_payload(to_atlas(truth)).map)
    (facet,) = header["facets"]
    assert (len(facet["values"]), facet["values"][0]) == (1_000, "common")
    assert set(facet["values"][1:201]) == {f"x{value}" for value in range(200)}
    assert columns["facet.mood_to"].max() == 999


@pytest.mark.parametrize("setting", ["", "facet = true"])
def test_what_nobody_states_is_no_facet(tmp_path: Path, setting: str) -> None:
    """Without the setting, or without a value, there is nothing to filter by."""
    toml = f"[literals.mood]\n{setting}\n[relations.place]\ntarget = 'topic'\n{setting}\n"
    stated = "" if setting else "mood: calm\nplace: Berlin\n"
    knowledge = graph.build(site(tmp_path, toml, {"a.md": f"---\ntitle: A\n{stated}---\n"}))
    assert knowledge.problems == ()
    truth = knowledge.truth
    header, columns = unpacked(to_payload(to_atlas(truth)).map)
    assert header["facets"] == []
    assert not [name for name in columns if name.startswith("facet")]


def test_articles_are_filtered_by_them(faceted: Path, tmp_path: Path, browser: Browser) -> None:
    """A tick in an own facet leaves what states it; the address keeps it, and a chip takes it back."""
    path = tmp_path / "explorer.html"
    path.write_text(to_explorer(graph.build(faceted).truth), encoding="utf-8")
    with opened(browser, path) as page:
        panel = page.locator("#filters")
        page.locator("summary", has_text="Difficulty").click()
        page.locator("summary", has_text="Place").click()
        choice = panel.locator(".facet", has=page.locator("summary", has_text="Difficulty")).locator(".choice label")
        place = panel.locator(".facet", has=page.locator("summary", has_text="Place")).locator(".choice label")
        expect(choice).to_have_text(["hard2", "soft1"])
        choice.filter(has_text="hard").click()
        expect(panel).to_contain_text("2 of 4 articles shown")
        expect(place).to_have_text(["Berlin1", "Rome1"])
        place.filter(has_text="Rome").click()
        expect(panel).to_contain_text("1 of 4 articles shown")
        expect(page.locator("#chips .chip")).to_have_text(["Difficulty: hard✕", "Place: Rome✕", "Clear all"])
        fragment = page.evaluate("location.hash")
        own = "own.difficulty=hard&own.place=https://example.org/topic/rome"
        assert fragment == f"#{own}&all=own.difficulty,own.place"
        page.locator("#chips button", has_text="Place").click()
        expect(panel).to_contain_text("2 of 4 articles shown")
    with opened(browser, path, fragment) as page:
        expect(page.locator("#filters")).to_contain_text("1 of 4 articles shown")
        expect(page.locator("#chips .chip").first).to_have_text("Difficulty: hard✕")


def test_a_page_of_a_node_names_them(folder: Path, tmp_path: Path) -> None:
    """The server's page of a node lists own relations, says which hold both ways, and own literals, by their labels."""
    graph.update([folder], tmp_path / "exports")
    with serving(tmp_path / "exports") as served:
        text = served.get(f"/node?iri={quote(A, safe='')}", accept=PAGE).text
        for words in ("Reviews", "both ways", "Editor", "Sponsor", "Pages", "Weight"):
            assert f">{words}" in text, words
        assert "https://books.example/terms#sponsor of" not in text
        assert (
            ">Editor of"
            in served.get(f"/node?iri={quote('https://example.org/person/ann-smith', safe='')}", accept=PAGE).text
        )
