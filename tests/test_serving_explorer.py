"""The explorer over HTTP: a whole page where it is small, and else a page that is fed from pieces."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

import graph
from benchmarks.corpus import Shape, write_folder
from graph.atlas import to_atlas
from graph.explorer import Chunks, to_chunks, to_fed_explorer, to_payload
from tests.served import Served, serving, serving_fed, until

WHOLE = 100
"""Articles up to which the servers of these tests serve the explorer whole."""


def build(folder: Path, articles: int, seed: int = 0) -> Chunks:
    """Write a build of a generated site into a folder, and return the pieces its explorer is to be fed."""
    source = folder.parent / f"site-{articles}-{seed}"
    write_folder(Shape(articles, seed), source)
    knowledge = graph.build(source)
    graph.publish(knowledge, folder, formats="nt,html,search")
    return to_chunks(to_payload(to_atlas(knowledge.truth), knowledge.truth, title=knowledge.title))


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a build."""
    return tmp_path_factory.mktemp("fed") / "exports"


@pytest.fixture(scope="module")
def chunks(exports: Path) -> Chunks:
    """Return the pieces that are served."""
    return build(exports, 120)


@pytest.fixture(scope="module")
def served(exports: Path, chunks: Chunks) -> Iterator[Served]:
    """Return a server that feeds its explorer."""
    assert chunks.parts
    with serving_fed(exports, WHOLE) as running:
        yield running


def version(served: Served) -> str:
    """Return the name below which the pieces are."""
    return served.get("/explorer/overview").headers["explorer-version"]


def test_the_page_is_empty_and_may_ask(served: Served) -> None:
    """The page of many articles holds none of them, and may ask its own server for them."""
    reply = served.get("/")
    assert reply.text == to_fed_explorer()
    assert served.get("/", if_none_match=reply.headers["etag"]).status == 304


def test_the_pieces_are_those_of_the_map(served: Served, chunks: Chunks) -> None:
    """Overview, parts and texts are what the map was cut into; clients get them packed if they can unpack."""
    assert served.get("/explorer/overview").body == gzip.decompress(chunks.overview)
    packed = served.get("/explorer/overview", accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.body == chunks.overview
    place = f"/explorer/{version(served)}"
    for number, part in enumerate(chunks.parts):
        assert served.get(f"{place}/parts/{number}", accept_encoding="gzip").body == part
    for number, text in enumerate(chunks.texts):
        assert served.get(f"{place}/texts/{number}").json() == json.loads(gzip.decompress(text))


def test_a_piece_is_asked_for_once(served: Served) -> None:
    """The overview is asked for again only if it changed; a part, whose address names its version, never."""
    overview = served.get("/explorer/overview")
    again = served.get("/explorer/overview", if_none_match=overview.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["explorer-version"] == overview.headers["explorer-version"]
    assert "immutable" in served.get(f"/explorer/{version(served)}/parts/0").headers["cache-control"]


def test_a_node_is_found_by_its_iri(served: Served, chunks: Chunks) -> None:
    """The server tells which node an IRI names, and which piece holds it."""
    for iri in list(chunks.nodes)[:: max(1, len(chunks.nodes) // 7)]:
        found = served.get(f"/explorer/node?iri={quote(iri, safe='')}").json()
        assert found == {"node": chunks.nodes[iri], "part": chunks.part_of(chunks.nodes[iri])}


@pytest.mark.parametrize("path", ["node?iri=https://no.example/", "node", "old/parts/0", "old/texts/0", "nothing"])
def test_what_is_not_there(served: Served, path: str) -> None:
    """What does not exist is refused in words."""
    reply = served.get(f"/explorer/{path}")
    assert reply.status == 404
    assert reply.text.endswith(".\n")
    assert served.get(f"/explorer/{version(served)}/parts/999").status == 404


def test_pieces_are_inert(served: Served) -> None:
    """A browser that opens a piece takes it as data, and runs nothing of it."""
    for path in ("overview", f"{version(served)}/parts/0", f"{version(served)}/texts/0"):
        headers = served.get(f"/explorer/{path}").headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in headers["content-security-policy"]


def test_a_small_site_is_served_whole(exports: Path, chunks: Chunks) -> None:
    """A page of few articles is served as it was written, and nothing else is to be asked for."""
    assert chunks.parts
    with serving(exports) as small:
        assert small.get("/").body == (exports / "explorer.html").read_bytes()
        assert small.get("/explorer/overview").status == 404


def test_replaced_data_has_other_pieces(tmp_path: Path) -> None:
    """When a build replaces the one served, its pieces come from under another name, and the old ones are gone."""
    folder = tmp_path / "exports"
    build(folder, 110)
    with serving_fed(folder, WHOLE) as running:
        before = version(running)
        chunks = build(folder, 110, seed=1)
        until(lambda: version(running) != before)
        assert running.get("/explorer/overview", accept_encoding="gzip").body == chunks.overview
        assert running.get(f"/explorer/{before}/parts/0").status == 404
