"""Relations and facts of a site's own, as people see them: in the explorer, whole or fed, and on the pages of nodes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

import graph
from graph.explorer import to_explorer
from graph.explorer.gazetteer import Gazetteer, write_gazetteer
from graph.explorer.patches import to_near, to_path
from tests.explorers import opened
from tests.served import serving
from tests.test_own_fields import BOOK, SITE, A, B, site

PAGE = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the specimen's folder."""
    return site(tmp_path_factory.mktemp("own"), documents=SITE)


def test_a_card_shows_them(folder: Path, tmp_path: Path, browser: Browser) -> None:
    """The card of an article lists what own relations lead to and come from, under their labels, and own literals."""
    path = tmp_path / "explorer.html"
    path.write_text(to_explorer(graph.build(folder).truth), encoding="utf-8")
    with opened(browser, path, "#" + quote(A, safe="")) as page:
        groups = page.locator("#card .group h3")
        expect(groups.filter(has_text="Reviews")).to_have_text("Reviews 3")
        expect(groups.filter(has_text="Reviewed by")).to_have_text("Reviewed by 1")
        facts = page.locator("#card dl.facts")
        for name, value in (("Difficulty", "hard; soft"), ("Pages", "12"), ("Checked", "no"), ("Due", "2024-05-06")):
            expect(facts.locator("dt", has_text=name)).to_have_count(1)
            expect(facts.locator("dd", has_text=value).first).to_be_visible()


def test_a_map_that_is_fed_knows_them(folder: Path, tmp_path: Path) -> None:
    """The file that a server answers from holds own relations in both directions, and tells ways by them."""
    truth = graph.build(folder).truth
    write_gazetteer(truth, tmp_path / "map.data")
    gazetteer = Gazetteer(tmp_path / "map.data")
    nodes = {iri: gazetteer.find(iri) for iri in (A, B, BOOK)}
    a, book = nodes[A], nodes[BOOK]
    assert a is not None
    assert book is not None
    assert set(gazetteer.rows("reviews_out").of(a).tolist()) >= {nodes[B], book}
    assert gazetteer.rows("reviews_in").of(a).tolist() == [nodes[B]]
    assert json.loads(to_path(gazetteer, a, book))["steps"] == [{"relation": "reviews", "outgoing": True}]
    assert json.loads(gazetteer.text(a))["facts"]["pages"] == 12
    head = gzip.decompress(to_near(gazetteer, a))
    columns = json.loads(head[4 : 4 + int.from_bytes(head[:4], "little")])["columns"]
    assert {"reviews_out", "reviews_in", "editor_out", "editor_in"} <= columns.keys()


def test_a_page_of_a_node_names_them(folder: Path, tmp_path: Path) -> None:
    """The server's page of a node lists own relations in both directions, and own literals, by their labels."""
    graph.update([folder], tmp_path / "exports")
    with serving(tmp_path / "exports") as served:
        text = served.get(f"/node?iri={quote(A, safe='')}", accept=PAGE).text
        for words in ("Reviews", "Reviewed by", "Editor", "Sponsor", "Pages", "Weight"):
            assert f">{words}" in text, words
        assert "https://books.example/terms#sponsor of" not in text
        assert (
            ">Editor of"
            in served.get(f"/node?iri={quote('https://example.org/person/ann-smith', safe='')}", accept=PAGE).text
        )
