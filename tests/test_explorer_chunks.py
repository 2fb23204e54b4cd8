"""The explorer's payload in pieces: together they hold exactly what the whole holds."""

from __future__ import annotations

import gzip
import itertools
import json
from typing import Any

import numpy as np
import pytest

import graph
from benchmarks.corpus import Shape, write_folder
from graph.atlas import to_atlas
from graph.errors import FormatError
from graph.explorer import Chunks, Payload, read_payload, to_chunks, to_explorer, to_fed_explorer, to_payload

TYPES = {"f32": "<f4", "i32": "<i4", "u32": "<u4", "u16": "<u2", "u8": "u1"}
RELATIONS = ("related", "part", "mentions")


def unpacked(piece: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return header and columns as the page's own script reads them."""
    content = gzip.decompress(piece)
    start = 4 + int.from_bytes(content[:4], "little")
    header = json.loads(content[4:start])
    columns = {}
    for name, place in header["columns"].items():
        assert (start + place["offset"]) % 8 == 0
        row = np.frombuffer(content, TYPES[place["type"]], place["length"], start + place["offset"])
        columns[name] = np.cumsum(row, dtype=row.dtype) if place.get("delta") else row
    return header, columns


@pytest.fixture(scope="module")
def payload(tmp_path_factory: pytest.TempPathFactory) -> Payload:
    """Return the payload of a generated site of some hundred articles."""
    folder = tmp_path_factory.mktemp("corpus")
    write_folder(Shape(200), folder)
    truth = graph.build(folder).truth
    return to_payload(to_atlas(truth), truth)


@pytest.fixture(scope="module")
def chunks(payload: Payload) -> Chunks:
    """Return it in pieces of at most fifty articles."""
    return to_chunks(payload, most=50)


def test_parts_follow_one_another(payload: Payload, chunks: Chunks) -> None:
    """Parts hold all articles, each once, and none more than was wanted."""
    header, _ = unpacked(payload.map)
    told, _ = unpacked(chunks.overview)
    runs = [tuple(run) for run in told["parts"]]
    assert runs[0][0] == 0
    assert runs[-1][1] == header["kinds"]["article"][1]
    assert all(one[1] == other[0] for one, other in itertools.pairwise(runs))
    assert all(0 < end - first <= 50 for first, end in runs)
    assert len(runs) == len(chunks.parts) == len(chunks.texts) - 1
    assert {chunks.part_of(node) for first, end in runs for node in (first, end - 1)} == set(range(len(runs)))
    assert chunks.part_of(header["kinds"]["person"][1] - 1) == len(runs)


def test_small_islands_stay_whole(payload: Payload) -> None:
    """An island that fits into a part is in one part."""
    header, _ = unpacked(payload.map)
    bounds = set(to_chunks(payload, most=200).bounds)
    for island in header["islands"]:
        if island["end"] - island["first"] <= 200:
            assert not bounds & set(range(island["first"] + 1, island["end"]))


def test_together_they_are_the_whole(payload: Payload, chunks: Chunks) -> None:
    """Overview and parts put together are the columns of the whole, whatever the order in which parts come."""
    header, columns = unpacked(payload.map)
    told, first = unpacked(chunks.overview)
    assert {name: told[name] for name in header if name != "columns"} == {
        name: header[name] for name in header if name != "columns"
    }
    articles = header["kinds"]["article"][1]
    for name in columns.keys() - told["shapes"].keys():
        assert np.array_equal(first[name], columns[name]), name
    pieces = [(articles, first), *((one["first"], part) for one, part in map(unpacked, reversed(chunks.parts)))]
    for name in ("topics_x", "topics_y", "network_x", "network_y", "time_x", "time_y"):
        whole = np.full(told["shapes"][name][1], np.nan, np.float32)
        for start, part in pieces:
            whole[start : start + len(part[name])] = part[name]
        assert np.array_equal(whole, columns[name], equal_nan=True), name
    for relation in RELATIONS:
        starts, targets = columns[f"{relation}_start"], columns[f"{relation}_to"]
        for start, part in pieces:
            rows, ends = part[f"{relation}_start"], part[f"{relation}_to"]
            for row in range(len(rows) - 1):
                node = start + row
                assert np.array_equal(ends[rows[row] : rows[row + 1]], targets[starts[node] : starts[node + 1]])
    edges = [list(zip(part["backbone_from"], part["backbone_to"], strict=True)) for _, part in pieces]
    assert sorted(edge for some in edges for edge in some) == sorted(
        zip(columns["backbone_from"], columns["backbone_to"], strict=True)
    )


def test_texts_together_are_the_whole_text(payload: Payload, chunks: Chunks) -> None:
    """The texts of all pieces put together are the whole text, and every node is found by its IRI."""
    text = json.loads(gzip.decompress(payload.text))
    header, _ = unpacked(payload.map)
    pieces = [json.loads(gzip.decompress(piece)) for piece in chunks.texts]
    for name in ("label", "iri", "url", "excerpt", "image"):
        assert [value for piece in pieces for value in piece.get(name, [])] == text[name]
    for name in ("names", "keywords", "facts"):
        assert {key: value for piece in pieces for key, value in piece[name].items()} == text[name]
    iris = [*text["iri"], *header["iris"]]
    assert [chunks.nodes[iri] for iri in iris] == list(range(len(iris)))


def test_the_overview_is_small(payload: Payload, chunks: Chunks) -> None:
    """The overview is a fraction of the whole."""
    assert len(chunks.overview) < (len(payload.map) + len(payload.text)) / 4


def test_what_cannot_be_read_is_refused(payload: Payload) -> None:
    """A payload that is damaged or of another version is no heap of pieces but an error in words."""
    other = gzip.decompress(payload.map).replace(b'"format":1,', b'"format":9,')
    for broken in (payload.map[:99], gzip.compress(b"\x09"), gzip.compress(other), b""):
        with pytest.raises(FormatError, match="Build again"):
            to_chunks(Payload(broken, payload.text))


def test_nothing_in_pieces(tmp_path: Any) -> None:  # noqa: ANN401
    """An empty graph has an overview and no parts."""
    (tmp_path / "site").mkdir()
    truth = graph.build(tmp_path / "site").truth
    chunks = to_chunks(to_payload(to_atlas(truth), truth))
    assert (chunks.parts, chunks.bounds, len(chunks.texts)) == ((), (0,), 1)
    assert unpacked(chunks.overview)[0]["parts"] == []


def test_a_page_gives_back_what_it_holds(seeds: graph.KnowledgeGraph) -> None:
    """The payload of a written page is read from it, to the byte; other pages hold none."""
    truth = seeds.truth
    page = to_explorer(truth).encode()
    assert read_payload(page) == to_payload(to_atlas(truth), truth)
    for other in (b"", b"<!DOCTYPE html>", page.replace(b'-data">', b'-data">!'), to_fed_explorer().encode()):
        assert read_payload(other) is None


def test_the_fed_page_may_ask_its_server_only(seeds: graph.KnowledgeGraph) -> None:
    """The page that is fed differs from a written one in its policy and in that it is empty."""
    fed, written = to_fed_explorer(), to_explorer(seeds.truth)
    assert "connect-src &#x27;self&#x27;" in fed
    assert "connect-src" not in written.partition("<body>")[0]
    assert 'id="map-data"></script>' in fed
    assert fed.partition('<script type="module">')[2] == written.partition('<script type="module">')[2]
