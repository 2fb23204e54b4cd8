"""Ways and surroundings: with numpy they are to the node what the page's own script answers."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from benchmarks.corpus import Shape, write_folder
from graph.atlas import to_atlas
from graph.explorer import MapFile, to_around, to_path, to_payload, write_map_file
from graph.explorer.map_file import beside_of
from graph.explorer.rows import Rows
from graph.explorer.walks import MOST_TELLING, find_path, find_steps, nodes_around
from graph.structure.arrays import RELATION_NAMES
from tests.unpacking import unpacked
from tests.worlds import with_links

Relations = dict[str, set[tuple[int, int]]]
"""For each relation the pairs that it holds."""

SCRIPTS = Path(__file__).resolve().parent.parent / "graph" / "explorer" / "page" / "scripts"

ASK_THE_PAGE = """
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
const [scripts, folder] = process.argv.slice(1);
const { createAtlas } = await import(`${scripts}/atlas.js`);
const { decode } = await import(`${scripts}/payload.js`);
const { around, findPath, stepsOf } = await import(`${scripts}/paths.js`);
const atlas = createAtlas(decode(new Uint8Array(gunzipSync(readFileSync(`${folder}/map.gz`)))));
const answers = JSON.parse(readFileSync(`${folder}/questions.json`)).map(([start, end, depth]) => {
    const path = findPath(atlas, start, end);
    const steps = path ? stepsOf(atlas, path).map(({ relation, outgoing }) => ({ relation, outgoing })) : [];
    return [{ path, steps }, [...around(atlas, start, depth)].sort((one, other) => one - other)];
});
console.log(JSON.stringify(answers));
"""


def rows_of(pairs: set[tuple[int, int]], count: int) -> Rows:
    """Return a relation as rows."""
    ordered = sorted(pairs)
    starts = np.searchsorted([source for source, _ in ordered], np.arange(count + 1))
    return Rows(starts.astype(np.uint32), np.array([target for _, target in ordered], np.uint32))


def laid_out(relations: Relations, count: int) -> tuple[Rows, dict[str, Rows]]:
    """Return what the walks go by."""
    outward = {name: rows_of(relations.get(name, set()), count) for name in RELATION_NAMES}
    return beside_of(outward, count), outward


def neighbours(relations: Relations, node: int) -> list[int]:
    """Return what `eachNeighbour` of the script visits, in its order."""
    found = []
    for name in RELATION_NAMES:
        pairs = relations.get(name, set())
        found += sorted(target for source, target in pairs if source == node)
        found += sorted(source for source, target in pairs if target == node)
    return found


def plain_path(relations: Relations, start: int, end: int) -> list[int] | None:
    """Return what `findPath` of the script answers, told again line by line."""
    away = {start: 0}
    layer = [start]
    while layer and end not in away:
        following = []
        for node in layer:
            for other in neighbours(relations, node):
                if other not in away:
                    away[other] = away[node] + 1
                    following.append(other)
        layer = following
    if end not in away:
        return None
    known: dict[int, tuple[int, list[int]]] = {end: (0, [end])}
    for distance in range(away[end] - 1, -1, -1):
        nearer: dict[int, tuple[int, list[int]]] = {}
        for later, (crowd, way) in known.items():
            cost = crowd + (0 if later == end else len(neighbours(relations, later)))
            for node in neighbours(relations, later):
                if away.get(node) == distance and (node not in nearer or cost < nearer[node][0]):
                    nearer[node] = (cost, [node, *way])
        known = nearer
    return next(iter(known.values()))[1]


def plain_around(relations: Relations, count: int, start: int, depth: int) -> set[int]:
    """Return what `around` of the script answers, told again line by line."""
    hub = max(60, count / 50)
    found, layer = {start}, [start]
    for step in range(depth):
        following = []
        for node in layer:
            beside = neighbours(relations, node)
            if step > 0 and len(beside) > hub:
                continue
            for other in beside:
                if other not in found:
                    found.add(other)
                    following.append(other)
        layer = following
    return found


def plain_steps(relations: Relations, path: list[int]) -> list[tuple[str, bool]]:
    """Return what `stepsOf` of the script answers."""
    steps = []
    for one, other in pairwise(path):
        told = [
            (name, (one, other)) for name in MOST_TELLING if relations.get(name, set()) & {(one, other), (other, one)}
        ]
        name = told[0][0]
        steps.append((name, (one, other) in relations[name]))
    return steps


@st.composite
def webs(draw: st.DrawFn) -> tuple[Relations, int]:
    """Invent relations between a few nodes: several between the same two, loops, nodes apart, now and then a hub."""
    count = draw(st.integers(1, 14))
    node = st.integers(0, count - 1)
    pairs = st.sets(st.tuples(node, node), max_size=14)
    relations = draw(st.dictionaries(st.sampled_from(RELATION_NAMES), pairs, max_size=5))
    if draw(st.booleans()):
        relations["publisher"] = {(source, count + 80) for source in range(count)} | {
            (source, count + 80) for source in range(count, count + 80)
        }
        count += 81
    return relations, count


@given(webs(), st.data())
def test_ways_are_those_of_the_page(web: tuple[Relations, int], data: st.DataObject) -> None:
    """Any two nodes are connected as the page says, step by step, and of equal ways the same one is told."""
    relations, count = web
    start, end = data.draw(st.integers(0, count - 1)), data.draw(st.integers(0, count - 1))
    beside, outward = laid_out(relations, count)
    expected = plain_path(relations, start, end)
    assert find_path(beside, start, end) == expected
    if expected is not None:
        assert find_steps(outward, expected) == plain_steps(relations, expected)


@given(webs(), st.data())
def test_surroundings_are_those_of_the_page(web: tuple[Relations, int], data: st.DataObject) -> None:
    """What lies around a node is what the page says, with hubs shown and not gone through."""
    relations, count = web
    start, depth = data.draw(st.integers(0, count - 1)), data.draw(st.integers(1, 3))
    beside, _ = laid_out(relations, count)
    found = nodes_around(beside, start, depth).tolist()
    assert found == sorted(plain_around(relations, count, start, depth))


def test_a_way_leads_past_a_crowd() -> None:
    """Of two ways of the same length the one through the less connected is told."""
    relations: Relations = {"about": {(0, 5), (1, 5), (2, 5), (3, 5)}, "related": {(0, 4), (4, 1)}}
    beside, outward = laid_out(relations, 6)
    assert find_path(beside, 0, 1) == [0, 4, 1]
    assert find_steps(outward, [1, 4, 0]) == [("related", False), ("related", False)]


def test_a_long_chain_is_followed_so_far() -> None:
    """Steps have an end, so that one long chain keeps nobody busy."""
    relations: Relations = {"related": {(node, node + 1) for node in range(60)}}
    beside, _ = laid_out(relations, 61)
    assert find_path(beside, 0, 60) == list(range(61))
    assert find_path(beside, 0, 60, longest=60) == list(range(61))
    assert find_path(beside, 0, 60, longest=59) is None


def test_the_page_itself_gives_the_same_answers(tmp_path: Path) -> None:
    """Asked of the same site, the page's own script and the server find the same ways, steps and surroundings."""
    if not shutil.which("node"):
        pytest.skip("needs node: install Node.js 18.18 or newer")
    write_folder(Shape(150), tmp_path / "site")
    truth = with_links(graph.build(tmp_path / "site").truth)
    atlas = to_atlas(truth)
    (tmp_path / "map.gz").write_bytes(to_payload(atlas).map)
    write_map_file(truth, tmp_path / "data", atlas=atlas)
    map_file = MapFile(tmp_path / "data")
    ends = np.random.default_rng(5).integers(map_file.nodes, size=(300, 2)).tolist()
    questions = [(start, end, 1 + at % 3) for at, (start, end) in enumerate(ends)]
    (tmp_path / "questions.json").write_text(json.dumps(questions), encoding="ascii")
    command = ["node", "--input-type=module", "--eval", ASK_THE_PAGE, SCRIPTS.as_uri(), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    answers = json.loads(done.stdout)
    assert sum(found["path"] is not None for found, _ in answers) > 200
    for (start, end, depth), (way, surroundings) in zip(questions, answers, strict=True):
        assert json.loads(to_path(map_file, start, end)) == way
        _, columns = unpacked(to_around(map_file, start, depth))
        assert columns["all"].tolist() == surroundings
