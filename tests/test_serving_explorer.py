"""The explorer over HTTP: a whole page where it is small, and else a page that is fed with what it needs."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

import graph
from benchmarks.corpus import Shape, write_folder
from graph.evidence import EvidenceTable, EvidenceWriter
from graph.explorer import (
    MapFile,
    to_around,
    to_fed_explorer,
    to_near,
    to_nodes,
    to_path,
    to_tile,
    to_unframed,
    write_map_file,
)
from graph.publishing import open_exports
from graph.reading.cache import code_version
from graph.search import SearchIndex
from graph.serving.feeding import read_explorer
from graph.serving.questions import Busy
from graph.serving.thread_pool import ThreadPool
from tests.builds import adopt, copy, put
from tests.search_names import find_names
from tests.served import Served, is_page, serving, serving_fed, until
from tests.unpacking import unpacked
from tests.worlds import built

WHOLE = 100
"""Articles up to which the servers of these tests serve the explorer whole."""

FILES = ("graph.nt", "info.json", "explorer.html", "explorer.data", "search.sqlite")
"""What is served of a build."""


def build(folder: Path, articles: int, seed: int = 0) -> MapFile:
    """Write a build of a generated site into a folder, and return what its explorer is to be fed from."""
    source = folder.parent / f"site-{articles}-{seed}"
    write_folder(Shape(articles, seed), source)
    knowledge = graph.build(source)
    graph.publish(knowledge, folder, formats="nt,html,search")
    write_map_file(knowledge.truth, folder / "explorer.data", title=knowledge.title)
    adopt(folder, "explorer.data")
    return MapFile(folder / "explorer.data")


def name_of(map_file: MapFile) -> str:
    """Return the name below which a server answers from a map."""
    return f"{map_file.version}{code_version().hex()[:8]}"


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a build."""
    return tmp_path_factory.mktemp("fed") / "exports"


@pytest.fixture(scope="module")
def map_file(exports: Path) -> MapFile:
    """Return what is served."""
    return build(exports, 120)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a build of other articles, which replaces the one that is served."""
    folder = tmp_path_factory.mktemp("others") / "exports"
    build(folder, 110, seed=1)
    return folder


@pytest.fixture(scope="module")
def served(exports: Path, map_file: MapFile) -> Iterator[Served]:
    """Return a server that feeds its explorer."""
    assert map_file.articles > WHOLE
    with serving_fed(exports, WHOLE) as running:
        yield running


def test_the_page_is_empty_and_may_ask(served: Served) -> None:
    """The page of a large explorer contains no articles, and may ask its own server for them."""
    reply = served.get("/")
    assert reply.text == to_fed_explorer()
    assert served.get("/", if_none_match=reply.headers["etag"]).status == 304


def test_replies_are_those_of_the_map(served: Served, map_file: MapFile) -> None:
    """Each reply is what the map says; clients get it packed if they can unpack, and keep it for ever."""
    last = map_file.nodes - 1
    for path, expected in {
        "facets": bytes(map_file.fixed("facets")),
        "titles": bytes(map_file.fixed("titles")),
        "tiles/topics/0/0/0": to_tile(map_file, "topics", 0, 0, 0),
        "tiles/network/2/1/3": to_tile(map_file, "network", 2, 1, 3),
        f"nodes?of=0,{last},7": to_nodes(map_file, [0, 7, last]),
        f"near/{last}": to_near(map_file, last),
        "around?node=3&depth=2": to_around(map_file, 3, 2),
    }.items():
        address = f"/explorer/{name_of(map_file)}/{path}"
        packed = served.get(address, accept_encoding="gzip")
        assert (packed.status, packed.body) == (200, expected), path
        assert packed.headers["content-encoding"] == "gzip"
        assert "immutable" in packed.headers["cache-control"]
        plain = served.get(address)
        assert "content-encoding" not in plain.headers
        assert plain.body == gzip.decompress(expected)


def test_the_overview_tells_its_version(served: Served, map_file: MapFile) -> None:
    """The overview is asked for again only if it changed, and names the version below which all else is."""
    overview = served.get("/explorer/overview", accept_encoding="gzip")
    assert overview.body == map_file.fixed("overview")
    assert overview.headers["explorer-version"] == name_of(map_file)
    again = served.get("/explorer/overview", if_none_match=overview.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["explorer-version"] == name_of(map_file)


def test_a_node_is_found_by_its_iri(served: Served, map_file: MapFile) -> None:
    """The server tells which node an IRI names."""
    for node in (0, 7, map_file.nodes - 1):
        iri = map_file.iri(node)
        found = served.get(f"/explorer/{name_of(map_file)}/node?iri={quote(iri, safe='')}")
        assert found.json() == {"node": node}


def test_several_nodes_are_found_by_their_iris(served: Served, map_file: MapFile) -> None:
    """Nodes come in the order of the IRIs, and -1 for an IRI that none has."""
    asked = urlencode([("iri", map_file.iri(5)), ("iri", "urn:nowhere"), ("iri", map_file.iri(0))])
    assert served.get(f"/explorer/{name_of(map_file)}/named?{asked}").json() == {"nodes": [5, -1, 0]}


def test_a_way_is_told(served: Served, map_file: MapFile) -> None:
    """The server tells how two nodes are connected, as JSON."""
    reply = served.get(f"/explorer/{name_of(map_file)}/path?from=0&to={map_file.nodes - 1}")
    assert reply.headers["content-type"] == "application/json"
    assert "immutable" in reply.headers["cache-control"]
    assert reply.body == to_path(map_file, 0, map_file.nodes - 1)


def test_names_and_texts_are_found(served: Served, map_file: MapFile, exports: Path) -> None:
    """The server finds the nodes whose name or text is meant: the best in order, all of them as numbers."""
    place = f"/explorer/{name_of(map_file)}/search"
    index = SearchIndex.open(exports / "search.sqlite")
    label = json.loads(map_file.text(3))["label"]
    for words in (label, label[:5], label[:6] + "zz", "https://", map_file.iri(3), "", "\x00", "%"):
        named = find_names(index, words, texts=True)
        facts = {"total": named.total, "guessed": named.guessed, "partial": named.partial}
        found, columns = unpacked(served.get(f"{place}?q={quote(words)}", accept_encoding="gzip").body)
        texts = [json.loads(map_file.text(node)) for node in columns["node"].tolist()]
        assert found == {"texts": texts, "nodes": [map_file.find(iri) for iri in named.iris], **facts}
        assert sorted(found["nodes"]) == columns["node"].tolist()
        few = unpacked(served.get(f"{place}?q={quote(words)}&limit=2", accept_encoding="gzip").body)[0]
        assert few["nodes"] == found["nodes"][:2]
        header, columns = unpacked(served.get(f"{place}?q={quote(words)}&all=1", accept_encoding="gzip").body)
        every = find_names(index, words, limit=None, texts=True)
        assert header == {"total": every.total, "guessed": every.guessed, "partial": every.partial}
        assert columns["node"].tolist() == sorted(map_file.find_all(every.iris).tolist())
    best, _ = unpacked(served.get(f"{place}?q={quote(label)}", accept_encoding="gzip").body)
    assert best["nodes"][0] == 3
    index.close()


MALFORMED = (
    "nodes",
    "nodes?of=",
    "nodes?of=1,1",
    "nodes?of=1,,2",
    "nodes?of=-1",
    "nodes?of=1.5",
    "nodes?of=%D9%A1",
    "nodes?of=99999999999",
    "nodes?of=" + ",".join(map(str, range(1001))),
    "stated",
    "stated?of=1,1",
    "named?" + "&".join(["iri=a"] * 101),
    "near/x",
    "near/-1",
    "tiles/topics/a/0/0",
    "tiles/topics/0/-1/0",
    "around",
    "around?node=0",
    "around?node=0&depth=0",
    "around?node=0&depth=4",
    "path?from=1",
    "path?from=1&to=x",
    "search?q=a&limit=0",
    "search?q=a&limit=51",
    "search?q=a&limit=x",
    "search?q=a&all=yes",
)
MISSING = (
    "near/999999",
    "nodes?of=0,999999",
    "around?node=999999&depth=1",
    "path?from=0&to=999999",
    "tiles/globe/0/0/0",
    "tiles/topics/0/0/1",
    "tiles/topics/0/1/0",
    "tiles/topics/15/0/0",
    "tiles/topics/9999999999/0/0",
    "tiles/topics/0/0",
    "node?iri=https://no.example/",
    "node",
    "parts/0",
    "nothing",
)


@pytest.mark.parametrize(("path", "status"), [*((path, 400) for path in MALFORMED), *((path, 404) for path in MISSING)])
def test_what_cannot_be_answered(served: Served, map_file: MapFile, path: str, status: int) -> None:
    """What is malformed or does not exist is refused in one line, which no browser keeps."""
    reply = served.get(f"/explorer/{name_of(map_file)}/{path}")
    assert (reply.status, reply.text.count("\n")) == (status, 1), reply.text
    assert reply.text.endswith(".\n")
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["facets", "node?iri=https://no.example/", "nodes?of=1", "near/1", "tiles/topics/0/0/0"]
)
def test_what_was_replaced_is_gone(served: Served, path: str) -> None:
    """What is asked of a version that is no longer there is gone, which is another thing than never having been."""
    reply = served.get(f"/explorer/0123456789abcdef/{path}")
    assert (reply.status, reply.text) == (410, "The data was replaced. Load the page again.\n")


def test_replies_are_inert(served: Served, map_file: MapFile) -> None:
    """A browser that opens a reply takes it as data, and runs nothing of it."""
    for path in ("overview", f"{name_of(map_file)}/nodes?of=1", f"{name_of(map_file)}/search?q=a"):
        headers = served.get(f"/explorer/{path}").headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in headers["content-security-policy"]


def test_a_nodes_page_leads_to_the_map(served: Served, map_file: MapFile) -> None:
    """The page of a node leads to the map, where the map holds it."""
    iri = map_file.iri(0)
    assert "Show on the map" in served.get(f"/node?iri={quote(iri, safe='')}", accept="text/html").text


def test_without_an_index_no_names(tmp_path: Path, exports: Path, map_file: MapFile) -> None:
    """Where the build wrote no search index, all else is answered, and a search is refused with what to do."""
    copy(exports, tmp_path, "graph.nt", "info.json", "explorer.data")
    with serving_fed(tmp_path, WHOLE) as running:
        assert running.get("/").text == to_fed_explorer()
        assert running.get(f"/explorer/{name_of(map_file)}/near/0").status == 200
        reply = running.get(f"/explorer/{name_of(map_file)}/search?q=a")
        assert (reply.status, "Build with --format search" in reply.text) == (404, True)


@pytest.mark.parametrize("keep", [0, 100, -1])
@pytest.mark.parametrize("is_listed", [True, False])
def test_damaged_data_is_not_read(
    tmp_path: Path, exports: Path, map_file: MapFile, keep: int, *, is_listed: bool
) -> None:
    """Where the data cannot be read, the page is the whole one, whether the build wrote it so or it was cut later."""
    assert map_file.articles > WHOLE
    copy(exports, tmp_path, "info.json", "explorer.html", "explorer.data")
    content = (tmp_path / "explorer.data").read_bytes()
    if is_listed:
        put(tmp_path, "explorer.data", content[:keep])
    else:
        (tmp_path / "explorer.data").write_bytes(content[:keep])
    explorer = read_explorer(open_exports(tmp_path), WHOLE)
    assert explorer is not None
    assert explorer.map_file is None
    assert explorer.page.body == to_unframed((exports / "explorer.html").read_bytes())


def test_damaged_data_is_not_served(tmp_path: Path, exports: Path, map_file: MapFile) -> None:
    """A server of data that cannot be read serves the whole page, which loads nothing."""
    assert map_file.articles > WHOLE
    copy(exports, tmp_path, "graph.nt", "info.json", "explorer.html", "explorer.data")
    put(tmp_path, "explorer.data", b"")
    with serving_fed(tmp_path, WHOLE) as running:
        assert is_page(running.get("/"), exports / "explorer.html")
        assert running.get("/explorer/overview").status == 404


def test_numbers_that_are_damaged_are_told(tmp_path: Path, exports: Path, map_file: MapFile) -> None:
    """Where numbers in the data cannot be, whoever asks for them is told so, and the server goes on."""
    copy(exports, tmp_path, "graph.nt", "info.json")
    content = bytearray((exports / "explorer.data").read_bytes())
    end = content.rindex(b'{"facts"')
    content[64:end] = b"\xff" * (end - 64)
    put(tmp_path, "explorer.data", bytes(content))
    with serving_fed(tmp_path, WHOLE) as running:
        place = f"/explorer/{name_of(map_file)}"
        for path in ("nodes?of=1", "near/0", "around?node=0&depth=3", "path?from=0&to=9", "facets"):
            reply = running.get(f"{place}/{path}")
            assert (reply.status, "Build again" in reply.text, reply.text.count("\n")) == (503, True, 1), path
        assert running.get("/health").status == 200


def test_links_are_quoted_by_the_evidence_of_the_build(tmp_path: Path, exports: Path, map_file: MapFile) -> None:
    """What links are quoted from is read beside the map, and other evidence stands below another name."""
    copy(exports, tmp_path, "graph.nt", "info.json", "explorer.data")

    def state(line: int) -> str:
        evidence = EvidenceWriter()
        evidence.add(map_file.iri(0), "links", "a.md", [(line, map_file.iri(1))], [("w", "a w b")])
        evidence.table().write(tmp_path / "new")
        put(tmp_path, "evidence.data", (tmp_path / "new").read_bytes())
        return name_of(map_file) + EvidenceTable.open(tmp_path / "evidence.data").version

    def answers(server: Served, name: str) -> bool:
        return server.get("/explorer/overview").headers["explorer-version"] == name

    first = state(3)
    with serving_fed(tmp_path, WHOLE) as running:
        assert answers(running, first)
        second = state(4)
        until(lambda: answers(running, second))
        reply = running.get(f"/explorer/{second}/near/0", accept_encoding="gzip")
        assert reply.body == to_near(map_file, 0, EvidenceTable.open(tmp_path / "evidence.data"))
        stated = running.get(f"/explorer/{second}/stated?of=0,1,2").json()["stated"]
        linked = 1 in map_file.rows("links_out").of(0).tolist()
        assert stated == ([["links", 0, 1, 4, "a ", "w", " b"]] if linked else [])
        assert running.get(f"/explorer/{first}/near/0").status == 410


def test_work_waits_its_turn() -> None:
    """So much is done at once and no more, even if who asked went away; who waits too long is told to try again."""

    async def asked() -> None:
        thread_pool = ThreadPool(2, 0.2)
        going, running, most = threading.Event(), [0], [0]

        def work() -> int:
            running[0] += 1
            most[0] = max(most[0], running[0])
            going.wait(20)
            running[0] -= 1
            return 7

        first = [asyncio.create_task(thread_pool.do(work)) for _ in range(2)]
        await asyncio.sleep(0)
        first[0].cancel()
        with pytest.raises(Busy):
            await thread_pool.do(work)
        going.set()
        assert await first[1] == 7
        assert await asyncio.gather(*(thread_pool.do(work) for _ in range(5))) == [7] * 5
        assert most[0] <= 2
        thread_pool.close()

    # A thread of its own: where browsers are tested, this one has a loop that runs already.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(asked())).result()


def test_a_small_site_is_served_whole(exports: Path, map_file: MapFile) -> None:
    """A page of few articles is served as it was written, but for its frame, and nothing else is to be asked for."""
    assert map_file.articles
    with serving(exports) as small:
        assert is_page(small.get("/"), exports / "explorer.html")
        assert small.get("/explorer/overview").status == 404


def test_replaced_data_has_another_version(tmp_path: Path, exports: Path, others: Path, map_file: MapFile) -> None:
    """When a build replaces the one served, all comes from under another name, and the old one is gone."""
    copy(exports, tmp_path, *FILES)
    with serving_fed(tmp_path, WHOLE) as running:
        copy(others, tmp_path, *FILES)
        after = MapFile(others / "explorer.data")
        until(lambda: running.get(f"/explorer/{name_of(after)}/facets").status == 200)
        assert running.get("/explorer/overview", accept_encoding="gzip").body == after.fixed("overview")
        reply = running.get(f"/explorer/{name_of(map_file)}/facets")
        assert (reply.status, reply.text) == (410, "The data was replaced. Load the page again.\n")


def test_the_triples_stay_where_only_the_map_was_replaced(tmp_path: Path) -> None:
    """Data that comes, changes or goes is noticed, and the process that holds the triples stays the same."""
    folder = tmp_path / "exports"
    source = tmp_path / "site"
    write_folder(Shape(110), source)
    knowledge = graph.build(source)
    graph.publish(knowledge, folder, formats="nt,html,search")
    with serving_fed(folder, WHOLE) as running:
        zygote = running.zygote()
        whole = running.get("/")
        assert is_page(whole, folder / "explorer.html")
        for title in ("One", "Two"):
            write_map_file(knowledge.truth, folder / "beside", title=title)
            (folder / "beside").replace(folder / "explorer.data")
            adopt(folder, "explorer.data")
            version = name_of(MapFile(folder / "explorer.data"))
            until(lambda version=version: running.get(f"/explorer/{version}/facets").status == 200)  # type: ignore[misc]
            assert running.get("/").text == to_fed_explorer()
        put(folder, "explorer.data", None)
        until(lambda: running.get("/explorer/overview").status == 404)
        assert running.get("/", if_none_match=whole.headers["etag"]).status == 304
        assert running.zygote() == zygote
        assert running.count() > 0


def test_data_that_cannot_be_read_does_not_end_the_watch(
    tmp_path: Path, exports: Path, others: Path, map_file: MapFile
) -> None:
    """Where a broken file replaces the map, the whole page is served, and the next good one is taken up."""
    assert map_file.articles > WHOLE
    copy(exports, tmp_path, *FILES)
    with serving_fed(tmp_path, WHOLE) as running:
        put(tmp_path, "explorer.data", b"no map")
        until(lambda: running.get("/explorer/overview").status == 404)
        assert is_page(running.get("/"), tmp_path / "explorer.html")
        copy(others, tmp_path, *FILES)
        after = MapFile(others / "explorer.data")
        until(lambda: running.get(f"/explorer/{name_of(after)}/facets").status == 200)


def test_what_an_earlier_build_left_is_not_served(tmp_path: Path, exports: Path, map_file: MapFile) -> None:
    """A build that wrote no explorer and no index has none, even where files of an earlier one still stand there."""
    assert map_file.articles > 1
    copy(exports, tmp_path, *FILES)
    graph.publish(built({"one.md": {"title": "One"}}), tmp_path, formats="nt")
    assert (tmp_path / "explorer.data").exists()
    with serving_fed(tmp_path, 1) as running:
        assert running.get("/explorer/overview").status == 404
        assert running.get("/", accept="text/html").status == 303


def test_only_what_is_on_the_map_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a map that leaves out some providers, the search finds, counts and lists only those that are there."""
    folder = tmp_path / "exports"
    monkeypatch.setattr("graph.atlas.census.MOST_OTHERS", 3)
    map_file = build(folder, 110)
    with serving_fed(folder, WHOLE) as running:
        place = f"/explorer/{name_of(map_file)}/search"
        for letter in "abcdefghijklmnopqrstuvwxyz":
            found, _ = unpacked(running.get(f"{place}?limit=50&q={letter}", accept_encoding="gzip").body)
            assert len(found["nodes"]) == min(50, found["total"])
            _, columns = unpacked(running.get(f"{place}?all=1&q={letter}", accept_encoding="gzip").body)
            assert len(columns["node"]) == found["total"]
            assert set(found["nodes"]) <= set(columns["node"].tolist())


def test_what_the_search_answers_is_asked_for_again(served: Served, map_file: MapFile) -> None:
    """Answers of the search are not kept under the map's version: the index may be replaced by itself."""
    for question in ("q=a", "q=a&all=1"):
        reply = served.get(f"/explorer/{name_of(map_file)}/search?{question}")
        assert reply.headers["cache-control"] == "no-cache"


def test_the_beginning_of_all_addresses_is_no_question(served: Served, map_file: MapFile) -> None:
    """A scheme alone finds nothing: every address begins with it."""
    for words in ("https://", "http://www.", "https://www."):
        place = f"/explorer/{name_of(map_file)}/search?q={quote(words, safe='')}"
        found, _ = unpacked(served.get(place, accept_encoding="gzip").body)
        assert found["total"] == 0
