"""The file that the explorer is fed from: all it tells, put together, is exactly what a whole page holds."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import graph
from benchmarks.corpus import Shape, write_folder
from graph.analysis import communities
from graph.atlas import to_atlas
from graph.errors import DamagedBuildError
from graph.explorer import (
    MapFile,
    read_payload,
    to_around,
    to_explorer,
    to_fed_explorer,
    to_found,
    to_near,
    to_nodes,
    to_path,
    to_payload,
    to_tile,
    write_map_file,
)
from graph.explorer.map_file import BACKWARD, OF_ARTICLES, OF_OTHERS
from graph.explorer.numbers import PLACES
from graph.explorer.tiles import tile_code
from graph.mapped import HEAD
from graph.structure.arrays import RELATION_NAMES
from graph.truth import Truth
from graph.views import edges_of, to_network
from tests.unpacking import Columns, row, unpacked
from tests.worlds import HOSTILE_SITE, built, with_links

HERE = Path(__file__).resolve().parent.parent
VIEWS = {"topics": "topics_x", "network": "network_x", "timeline": "time_x"}
ARTICLES_ONLY = ("type", "category", "day", "quality", "heat", "words", "story")
NOTHING = -(2**31)


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    """Return the truth of a generated site of some hundred articles, with links of every kind."""
    folder = tmp_path_factory.mktemp("corpus")
    write_folder(Shape(200), folder)
    return with_links(graph.build(folder).truth)


@pytest.fixture(scope="module")
def path(truth: Truth, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of it."""
    path = tmp_path_factory.mktemp("map") / "explorer.data"
    write_map_file(truth, path, title="A site")
    return path


@pytest.fixture(scope="module")
def map_file(path: Path) -> MapFile:
    """Return what answers from the file."""
    return MapFile(path)


@pytest.fixture(scope="module")
def page(truth: Truth) -> tuple[dict[str, Any], Columns, dict[str, Any]]:
    """Return header, columns and texts of the whole page."""
    payload = to_payload(to_atlas(truth), title="A site")
    header, columns = unpacked(payload.map)
    return header, columns, json.loads(gzip.decompress(payload.text))


Page = tuple[dict[str, Any], Columns, dict[str, Any]]


def tiles_of(map_file: MapFile, view: str) -> Iterator[tuple[dict[str, Any], Columns]]:
    """Yield all tiles of a view, found as the page finds them: where one says there is more below."""
    wanted = [(0, 0, 0)]
    for z, x, y in wanted:
        header, columns = unpacked(to_tile(map_file, view, z, x, y))
        if header["deeper"]:
            wanted += [(z + 1, 2 * x + right, 2 * y + down) for down in (0, 1) for right in (0, 1)]
        yield header, columns


def check_patch(patch: Columns, columns: Columns, articles: int) -> None:
    """Check that a patch holds of its nodes what the page holds, and is in their order."""
    nodes = patch["node"].astype(np.int64)
    assert (np.diff(nodes) > 0).all()
    for name in (*PLACES, "size", "flags", "island", "community"):
        assert np.array_equal(patch[name], columns[name][nodes], equal_nan=True), name
    days = [columns["day"][node] if node < articles else NOTHING for node in nodes]
    assert patch["day"].tolist() == days


def test_the_overview_is_the_pages_header(map_file: MapFile, page: Page) -> None:
    """The overview says once what the page says once, where tiles are cut, and all of what is no article."""
    header, columns, _ = page
    told, first = unpacked(map_file.fixed("overview"))
    tiles = told.pop("tiles")
    assert told == {**header, "fed": True}
    assert (tiles["most"], tiles["deepest"], list(tiles["squares"])) == (8192, 14, list(VIEWS))
    articles = header["kinds"]["article"][1]
    for name in (*PLACES, "size", "island", "community", "flags"):
        assert np.array_equal(first[name], columns[name][articles:], equal_nan=True), name
    for name in OF_OTHERS:
        for place in range(map_file.nodes - articles):
            assert row(first, name, place) == row(columns, name, articles + place)


def test_facets_are_the_pages_columns(map_file: MapFile, page: Page) -> None:
    """What filters count is what they count on the page."""
    header, columns, _ = page
    _, facets = unpacked(map_file.fixed("facets"))
    articles = header["kinds"]["article"][1]
    for name in ("type", "category", "flags", "day", "quality", "community", "island", "story", "size"):
        assert np.array_equal(facets[name], columns[name][:articles]), name
    for name in OF_ARTICLES:
        for node in range(articles):
            assert row(facets, name, node) == row(columns, name, node)


def test_degrees_count_all_relations(map_file: MapFile, page: Page) -> None:
    """A node's degree is how many relations it has, in and out."""
    _, columns, _ = page
    expected = np.zeros(map_file.nodes, np.int64)
    for name in RELATION_NAMES:
        expected += np.array([len(row(columns, name, node)) for node in range(map_file.nodes)])
        expected += np.bincount(columns[f"{name}_to"], minlength=map_file.nodes)
    told = [unpacked(map_file.fixed(name))[1]["degree"] for name in ("facets", "overview")]
    assert np.concatenate(told).tolist() == expected.tolist()


def test_titles_are_ranked(map_file: MapFile, page: Page) -> None:
    """Every node knows the place of its label among all labels, whatever its case; equals by number."""
    header, _, text = page
    labels = [label.casefold() for label in [*text["label"], *header["labels"]]]
    _, titles = unpacked(map_file.fixed("titles"))
    order = np.argsort(titles["rank"]).tolist()
    assert order == sorted(range(len(labels)), key=lambda node: (labels[node], node))


@pytest.mark.parametrize("view", VIEWS)
def test_tiles_together_are_all_articles(
    map_file: MapFile, page: Page, truth: Truth, tmp_path: Path, view: str
) -> None:
    """Going down from the first tile one finds every article that stands somewhere, once, with its backbone."""
    write_map_file(truth, tmp_path / "small", most=9)
    header, columns, _ = page
    articles = header["kinds"]["article"][1]
    seen: list[int] = []
    edges: list[tuple[int, int]] = []
    for _, patch in tiles_of(MapFile(tmp_path / "small"), view):
        assert len(patch["node"]) <= 9
        check_patch(patch, columns, articles)
        seen += patch["node"].tolist()
        for place, node in enumerate(patch["node"].tolist()):
            run = slice(patch["backbone_start"][place], patch["backbone_start"][place + 1])
            edges += zip([node] * 999, patch["backbone_to"][run], strict=False)
    there = np.flatnonzero(np.isfinite(columns[VIEWS[view]][:articles])).tolist()
    assert sorted(seen) == there
    drawn = zip(*(columns[name].tolist() for name in ("backbone_from", "backbone_to")), strict=True)
    assert sorted(edges) == [edge for edge in drawn if edge[0] in set(there)]
    _, whole = unpacked(to_tile(map_file, view, 0, 0, 0))
    assert whole["node"].tolist() == there
    header, nothing = unpacked(to_tile(map_file, view, 14, 3, 2**14 - 1))
    assert (header, len(nothing["node"]), nothing["backbone_start"].tolist()) == ({"deeper": False}, 0, [0])


def test_nodes_together_are_the_whole_page(map_file: MapFile, page: Page) -> None:
    """Of each node is told what the page knows of it: numbers, relations, texts."""
    header, columns, text = page
    articles, count = header["kinds"]["article"][1], map_file.nodes
    iris, labels = [*text["iri"], *header["iris"]], [*text["label"], *header["labels"]]
    for first in range(0, count, 100):
        some = list(range(first, min(count, first + 100)))
        told, patch = unpacked(to_nodes(map_file, reversed(some)))
        assert patch["node"].tolist() == some
        check_patch(patch, columns, articles)
        for name in ("type", "category", "quality", "heat", "words"):
            nothing = 0 if name in {"type", "category"} else NOTHING
            assert patch[name].tolist() == [columns[name][n] if n < articles else nothing for n in some], name
        for place, node in enumerate(some):
            for name in RELATION_NAMES:
                assert row(patch, name, place) == row(columns, name, node)
            read = {"label": labels[node], "iri": iris[node]}
            read |= {name: text[name][node] for name in ("url", "excerpt", "image")}
            read |= {name: text[name].get(str(node)) for name in ("names", "keywords", "facts")}
            assert told["texts"][place] == {name: value for name, value in read.items() if value is not None}


def test_what_is_near(map_file: MapFile, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """A node comes with its rows in both directions, and with a patch of its largest neighbours."""
    header, columns, _ = page
    articles = header["kinds"]["article"][1]
    back: dict[str, dict[int, list[int]]] = {name: {} for name in RELATION_NAMES}
    for name in RELATION_NAMES:
        for node in range(map_file.nodes):
            for target in row(columns, name, node):
                back[name].setdefault(target, []).append(node)
    monkeypatch.setattr("graph.explorer.replies.MOST_NEAR", 5)
    for node in range(0, map_file.nodes, 7):
        told, near = unpacked(to_near(map_file, node))
        assert told == {"node": node}
        beside = set()
        for name in RELATION_NAMES:
            assert near[f"{name}_out"].tolist() == row(columns, name, node)
            beside |= {*row(columns, name, node), *back[name].get(node, [])}
        for name in BACKWARD:
            assert near[f"{name}_in"].tolist() == back[name].get(node, [])
        check_patch(near, columns, articles)
        foremost = sorted(beside - {node}, key=lambda one: (-columns["size"][one], one))[:5]
        assert near["node"].tolist() == sorted(foremost)


def test_what_is_around(map_file: MapFile, page: Page) -> None:
    """Surroundings grow with the steps, begin with the node itself and its neighbours, and come with a patch."""
    header, columns, _ = page
    _, near = unpacked(to_near(map_file, 3))
    around = [unpacked(to_around(map_file, 3, depth)) for depth in (1, 2, 3)]
    assert around[0][1]["all"].tolist() == sorted({3, *near["node"].tolist()})
    for (_, fewer), (told, more) in pairwise(around):
        assert set(fewer["all"].tolist()) <= set(more["all"].tolist())
        assert told["node"] == 3
        check_patch(more, columns, header["kinds"]["article"][1])


def test_a_path_is_told_step_by_step(map_file: MapFile) -> None:
    """A path begins and ends where it was asked for, and has a word for each step; of nothing there is none."""
    last = map_file.nodes - 1
    found = json.loads(to_path(map_file, 0, last))
    assert (found["path"][0], found["path"][-1]) == (0, last)
    assert len(found["steps"]) == len(found["path"]) - 1
    assert {step["relation"] for step in found["steps"]} <= set(RELATION_NAMES)
    assert json.loads(to_path(map_file, 5, 5)) == {"path": [5], "steps": []}


def test_every_node_is_found_by_its_iri(map_file: MapFile, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """An IRI leads to its node, and no other text does, even where digests are the same."""
    header, _, text = page
    iris = [*text["iri"], *header["iris"]]
    assert [map_file.find(iri) for iri in iris] == list(range(len(iris)))
    unknown = ["", "x", iris[0] + "/", "\ud800", "https://example.org/" + "a" * 9999]
    assert [map_file.find(iri) for iri in unknown] == [None] * len(unknown)
    assert map_file.find_all([iris[9], *unknown, iris[0]]).tolist() == [9, *[-1] * len(unknown), 0]
    told, columns = unpacked(to_found(map_file.find_all([*reversed(iris), iris[3]]), {"total": 7}))
    assert (told, columns["node"].tolist()) == ({"total": 7}, list(range(len(iris))))
    monkeypatch.setattr("graph.explorer.map_file.key_of", lambda _: 0)
    assert map_file.find(iris[0]) is None


def test_equal_digests_are_told_apart(truth: Truth, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two IRIs have one digest, their letters decide."""
    monkeypatch.setattr("graph.explorer.map_file.key_of", lambda iri: len(iri) % 2)
    write_map_file(truth, tmp_path / "few")
    few = MapFile(tmp_path / "few")
    iris = [few.iri(node) for node in range(0, few.nodes, 50)]
    assert [few.find(iri) for iri in iris] == few.find_all(iris).tolist() == list(range(0, few.nodes, 50))
    assert few.find("x") is None


def test_many_communities_are_told_by_size(truth: Truth, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many communities the largest are told, and whoever belongs to one belongs to the same as before."""
    atlas = to_atlas(truth)
    assert len(atlas.clusters) > 4
    monkeypatch.setattr("graph.explorer.map_file.MOST_COMMUNITIES", 4)
    write_map_file(truth, tmp_path / "few", atlas=atlas)
    few = MapFile(tmp_path / "few")
    header, _ = unpacked(few.fixed("overview"))
    sizes = [cluster.size for cluster in atlas.clusters]
    assert [one["size"] for one in header["communities"]] == sorted(sizes, reverse=True)[:4]
    left, top, right, bottom = header["whole_network"]
    for x, y, r in (cluster.circle for cluster in atlas.clusters):
        assert left - 0.01 <= x - r < x + r <= right + 0.01
        assert top - 0.01 <= y - r < y + r <= bottom + 0.01
    community = few.column("community")
    for number, one in enumerate(header["communities"]):
        assert np.count_nonzero(community == number) == one["size"]
        assert all(community[node] == number for node in one["nodes"])
    both = list(zip(community.tolist(), atlas.community.tolist(), strict=True))
    assert len(set(both)) == len({after for after, _ in both}) == len({before for _, before in both})
    assert [header["communities"][n]["size"] for n, _ in header["insights"]["communities"] if n < 4] == [
        size for n, size in header["insights"]["communities"] if n < 4
    ]


def test_every_relation_can_be_followed_back(truth: Truth) -> None:
    """What leads to a node is told of it, or the page holds the whole relation and turns it round."""
    assert sorted([*BACKWARD, *OF_ARTICLES, *OF_OTHERS]) == sorted(RELATION_NAMES)
    kinds = dict.fromkeys(truth.articles, "article")
    for source, target, name in edges_of(truth):
        assert name not in OF_ARTICLES or kinds.get(source) == "article"
        assert name not in OF_OTHERS or not kinds.keys() & {source, target}


def test_the_same_truth_gives_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    """No order of hashes reaches the file."""
    program = (
        "import sys, pathlib, graph; from graph.explorer import write_map_file; "
        "write_map_file(graph.build('seeds').truth, pathlib.Path(sys.argv[1]))"
    )
    digests = set()
    for seed in ("1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE)}
        path = str(tmp_path / seed)
        subprocess.run([sys.executable, "-c", program, path], cwd=HERE, env=environment, check=True)
        digests.add(hashlib.sha256(Path(path).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_other_contents_have_another_version(truth: Truth, path: Path, tmp_path: Path) -> None:
    """The version names exactly these contents."""
    assert MapFile(path).version == write_map_file(truth, tmp_path / "same", title="A site")
    assert MapFile(path).version != write_map_file(truth, tmp_path / "other", title="Another site")
    assert len(MapFile(path).version) == 16


def test_a_file_that_is_replaced_goes_on_being_read(seeds: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """Whoever has opened a file keeps it, though another is written in its place."""
    write_map_file(seeds.truth, tmp_path / "map", title="Before")
    before = MapFile(tmp_path / "map")
    write_map_file(seeds.truth, tmp_path / "map", title="After")
    assert unpacked(before.fixed("overview"))[0]["title"] == "Before"
    assert unpacked(MapFile(tmp_path / "map").fixed("overview"))[0]["title"] == "After"


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "nothing in it": lambda _: b"",
    "something else": lambda _: b"<!DOCTYPE html>" * 99,
    "its end is missing": lambda content: content[:-1],
    "more at its end": lambda content: content + b"\0",
    "only a head": lambda content: content[:64],
    "of another version": lambda content: content[:20] + b"\x09" + content[21:],
    "a directory that was touched": lambda content: content[:-9] + b"9" + content[-8:],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_cannot_be_read_is_refused(path: Path, tmp_path: Path, damage: str) -> None:
    """A file that is damaged, of another version or not there is an error in words."""
    (tmp_path / "map").write_bytes(DAMAGES[damage](path.read_bytes()))
    with pytest.raises(DamagedBuildError, match="Build again"):
        MapFile(tmp_path / "map")
    with pytest.raises(DamagedBuildError, match="Build again"):
        MapFile(tmp_path / "none")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bits=st.integers(1, 255), run=st.integers(1, 64))
def test_damaged_numbers_are_told(path: Path, tmp_path: Path, place: float, bits: int, run: int) -> None:
    """Whatever bytes of the file are wrong, an answer comes, or an error in words."""
    content = bytearray(path.read_bytes())
    for at in range(int(place * len(content)), min(len(content), int(place * len(content)) + run)):
        content[at] ^= bits
    (tmp_path / "map").unlink(missing_ok=True)
    (tmp_path / "map").write_bytes(content)
    try:
        map_file = MapFile(tmp_path / "map")
    except DamagedBuildError:
        return
    last = min(605, map_file.nodes - 1)
    asks: list[Callable[[], object]] = [
        *(lambda view=view: to_tile(map_file, view, 0, 0, 0) for view in VIEWS),
        lambda: to_nodes(map_file, range(last)),
        lambda: to_near(map_file, last),
        lambda: to_around(map_file, 0, 3),
        lambda: to_path(map_file, 0, last),
        lambda: map_file.find("https://example.org/"),
        lambda: to_found(map_file.find_all(["https://example.org/", "x"]), {}),
    ]
    for ask in asks:
        try:
            ask()
        except DamagedBuildError as error:
            assert "Build again" in str(error)  # noqa: PT017 - most bytes do no harm


def signed(content: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return a file with another directory, signed as its writer would."""
    magic, form, start, length, _, version = HEAD.unpack_from(content)
    directory = json.loads(content[start : start + length])
    change(directory)
    text = json.dumps(directory).encode()
    check = hashlib.blake2b(text + version, digest_size=16).digest()
    head = HEAD.pack(magic, form, start, len(text), check, version)
    return head + content[HEAD.size : start] + text


LIES: dict[str, Callable[[dict[str, Any]], object]] = {
    "facts that are none": lambda told: told.update(facts=[]),
    "facts of another kind": lambda told: told.update(facts="articles"),
    "places that are none": lambda told: told.update(places=[1, 2]),
    "fewer articles than none": lambda told: told["facts"].update(articles=-5),
    "more articles than nodes": lambda told: told["facts"].update(articles=10**30),
    "nodes without a size": lambda told: told["facts"].update(nodes=10**6),
    "a yes for a number": lambda told: told["facts"].update(articles=True),
    "a column beyond all numbers": lambda told: told["places"].update(size=["u64", 2**70, 1]),
    "a column without end": lambda told: told["places"].update(size=["u64", 0, 2**70]),
    "a column of another type": lambda told: told["places"].update(size=["f16", 0, 1]),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_directory_that_lies_is_refused(path: Path, tmp_path: Path, lie: str) -> None:
    """A directory that is signed as it should be and says what cannot be is an error in words."""
    (tmp_path / "map").write_bytes(signed(path.read_bytes(), LIES[lie]))
    with pytest.raises(DamagedBuildError, match="Build again"):
        MapFile(tmp_path / "map")


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """A folder or a pipe of the file's name is refused at once."""
    (tmp_path / "map").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("map", "pipe"):
        with pytest.raises(DamagedBuildError, match="not a file"):
            MapFile(tmp_path / name)


def test_a_file_cut_short_while_it_is_read_is_told(path: Path, tmp_path: Path) -> None:
    """Where somebody cuts the file short, an answer is an error in words, and the process lives on."""
    (tmp_path / "map").write_bytes(path.read_bytes())
    map_file = MapFile(tmp_path / "map")
    os.truncate(tmp_path / "map", 100)
    asks: tuple[Callable[[], object], ...] = (
        lambda: map_file.find("x"),
        lambda: map_file.fixed("overview"),
        lambda: to_tile(map_file, "topics", 0, 0, 0),
        lambda: to_nodes(map_file, [1]),
        lambda: to_path(map_file, 0, 9),
    )
    for ask in asks:
        with pytest.raises(DamagedBuildError, match="truncated"):
            ask()


def test_columns_of_nothing_but_ones_are_told(path: Path, tmp_path: Path) -> None:
    """Where all numbers are overwritten, neither a fixed reply nor a tile is handed out as if it were good."""
    content = bytearray(path.read_bytes())
    _, _, start, *_ = HEAD.unpack_from(content)
    content[HEAD.size : start] = b"\xff" * (start - HEAD.size)
    (tmp_path / "map").write_bytes(content)
    map_file = MapFile(tmp_path / "map")
    asks: list[Callable[[], object]] = [
        *(lambda name=name: map_file.fixed(name) for name in ("overview", "facets", "titles")),
        lambda: to_tile(map_file, "topics", 3, 2, 1),
        lambda: to_nodes(map_file, [1]),
    ]
    for ask in asks:
        with pytest.raises(DamagedBuildError, match="Build again"):
            ask()


def test_hostile_texts_do_no_harm(tmp_path: Path) -> None:
    """Every hostile text in every place is told as it is on the page."""
    truth = built(HOSTILE_SITE).truth
    write_map_file(truth, tmp_path / "map")
    map_file = MapFile(tmp_path / "map")
    told, _ = unpacked(to_nodes(map_file, range(map_file.nodes)))
    for text in told["texts"]:
        assert all(not text.get(name) or text[name].startswith(("http://", "https://")) for name in ("url", "image"))
        assert "\n" not in json.dumps(text, ensure_ascii=False)
    assert [map_file.find(text["iri"]) for text in told["texts"]] == list(range(map_file.nodes))


def test_nothing_in_a_file(tmp_path: Path) -> None:
    """An empty graph has a map that answers."""
    write_map_file(built({}).truth, tmp_path / "map")
    map_file = MapFile(tmp_path / "map")
    assert (map_file.articles, map_file.nodes, map_file.find("x")) == (0, 0, None)
    header, _ = unpacked(map_file.fixed("overview"))
    assert (header["grain"], header["tiles"]["squares"]["topics"]) == (1.0, [0, 0, 1])
    assert unpacked(map_file.fixed("facets"))[1]["about_start"].tolist() == [0]
    assert unpacked(to_tile(map_file, "topics", 0, 0, 0))[0] == {"deeper": False}
    assert tile_code(0, 0, 0) == 0


def test_a_page_gives_back_what_it_holds(seeds: graph.KnowledgeGraph) -> None:
    """The payload of a written page is read from it, to the byte; other pages hold none."""
    truth = seeds.truth
    page = to_explorer(truth).encode()
    assert read_payload(page) == to_payload(to_atlas(truth), evidence=truth.evidence)
    for other in (b"", b"<!DOCTYPE html>", page.replace(b'-data">', b'-data">!'), to_fed_explorer().encode()):
        assert read_payload(other) is None


def test_the_fed_page_may_ask_its_server_only(seeds: graph.KnowledgeGraph) -> None:
    """The page that is fed differs from a written one in its policy and in that it is empty."""
    fed, written = to_fed_explorer(), to_explorer(seeds.truth)
    assert "connect-src &#x27;self&#x27;" in fed
    assert "connect-src" not in written.partition("<body>")[0]
    assert 'id="map-data"></script>' in fed
    assert fed.partition('<script type="module">')[2] == written.partition('<script type="module">')[2]


def test_every_door_says_the_same_names(map_file: MapFile, page: Page, truth: Truth) -> None:
    """The page, the server and an analysis call the communities alike; the analysis leaves out what is in none."""
    rows = communities(to_network(truth))
    names = [one["label"] for one in page[0]["communities"]]
    told, _ = unpacked(map_file.fixed("overview"))
    assert [one["label"] for one in told["communities"]] == names
    assert names[: len(rows)] == [row.label for row in rows]
    assert len(names) - len(rows) <= 1
