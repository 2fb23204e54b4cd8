"""The explorer over HTTP: a whole page where it is small, and else a page that is fed with what it needs."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

import graph
from benchmarks.corpus import Shape, write_folder
from graph.explorer import Gazetteer, to_fed_explorer, to_near, to_nodes, to_tile, write_gazetteer
from tests.served import Served, serving, serving_fed, until

WHOLE = 100
"""Articles up to which the servers of these tests serve the explorer whole."""


def build(folder: Path, articles: int, seed: int = 0) -> Gazetteer:
    """Write a build of a generated site into a folder, and return what its explorer is to be fed from."""
    source = folder.parent / f"site-{articles}-{seed}"
    write_folder(Shape(articles, seed), source)
    knowledge = graph.build(source)
    graph.publish(knowledge, folder, formats="nt,html,search")
    write_gazetteer(knowledge.truth, folder / "explorer.data", title=knowledge.title)
    return Gazetteer(folder / "explorer.data")


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a build."""
    return tmp_path_factory.mktemp("fed") / "exports"


@pytest.fixture(scope="module")
def gazetteer(exports: Path) -> Gazetteer:
    """Return what is served."""
    return build(exports, 120)


@pytest.fixture(scope="module")
def served(exports: Path, gazetteer: Gazetteer) -> Iterator[Served]:
    """Return a server that feeds its explorer."""
    assert gazetteer.articles > WHOLE
    with serving_fed(exports, WHOLE) as running:
        yield running


def test_the_page_is_empty_and_may_ask(served: Served) -> None:
    """The page of many articles holds none of them, and may ask its own server for them."""
    reply = served.get("/")
    assert reply.text == to_fed_explorer()
    assert served.get("/", if_none_match=reply.headers["etag"]).status == 304


def test_replies_are_those_of_the_map(served: Served, gazetteer: Gazetteer) -> None:
    """Each reply is what the map says; clients get it packed if they can unpack, and keep it for ever."""
    last = gazetteer.nodes - 1
    for path, expected in {
        "facets": gazetteer.fixed("facets"),
        "titles": gazetteer.fixed("titles"),
        "tiles/topics/0/0/0": to_tile(gazetteer, "topics", 0, 0, 0),
        "tiles/network/2/1/3": to_tile(gazetteer, "network", 2, 1, 3),
        f"nodes?of=0,{last},7": to_nodes(gazetteer, [0, 7, last]),
        f"near/{last}": to_near(gazetteer, last),
    }.items():
        address = f"/explorer/{gazetteer.version}/{path}"
        packed = served.get(address, accept_encoding="gzip")
        assert (packed.status, packed.body) == (200, expected), path
        assert packed.headers["content-encoding"] == "gzip"
        assert "immutable" in packed.headers["cache-control"]
        plain = served.get(address)
        assert "content-encoding" not in plain.headers
        assert plain.body == gzip.decompress(expected)


def test_the_overview_tells_its_version(served: Served, gazetteer: Gazetteer) -> None:
    """The overview is asked for again only if it changed, and names the version below which all else is."""
    overview = served.get("/explorer/overview", accept_encoding="gzip")
    assert overview.body == gazetteer.fixed("overview")
    assert overview.headers["explorer-version"] == gazetteer.version
    again = served.get("/explorer/overview", if_none_match=overview.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["explorer-version"] == gazetteer.version


def test_a_node_is_found_by_its_iri(served: Served, gazetteer: Gazetteer) -> None:
    """The server tells which node an IRI names."""
    for node in (0, 7, gazetteer.nodes - 1):
        iri = gazetteer.iri(node)
        assert served.get(f"/explorer/node?iri={quote(iri, safe='')}").json() == {"node": node}


def test_a_small_site_is_served_whole(exports: Path, gazetteer: Gazetteer) -> None:
    """A page of few articles is served as it was written, and nothing else is to be asked for."""
    assert gazetteer.articles
    with serving(exports) as small:
        assert small.get("/").body == (exports / "explorer.html").read_bytes()
        assert small.get("/explorer/overview").status == 404


def test_replaced_data_has_another_version(tmp_path: Path) -> None:
    """When a build replaces the one served, all comes from under another name, and the old one is gone."""
    folder = tmp_path / "exports"
    before = build(folder, 110)
    with serving_fed(folder, WHOLE) as running:
        after = build(folder, 110, seed=1)
        until(lambda: running.get(f"/explorer/{after.version}/facets").status == 200)
        assert running.get("/explorer/overview", accept_encoding="gzip").body == after.fixed("overview")
        reply = running.get(f"/explorer/{before.version}/facets")
        assert (reply.status, reply.text) == (404, "The data was replaced. Load the page again.\n")
