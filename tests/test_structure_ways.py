"""Ways and surroundings: an analysis, a server and the page's own script give the same answers."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from benchmarks.corpus import Shape, write_folder
from graph.analysis import shortest_path
from graph.atlas import to_atlas
from graph.explorer import MapFile, to_around, to_path, to_payload, write_map_file
from graph.relation_words import RELATION_WORDS
from graph.structure.arrays import RELATION_NAMES
from graph.structure.rows import Rows, beside_of
from graph.structure.ways import find_path, find_paths, find_steps, nodes_around
from graph.views import to_network
from tests.unpacking import unpacked
from tests.worlds import with_links

Relations = dict[str, set[tuple[int, int]]]
"""For each relation the pairs that it holds."""

SCRIPTS = Path(__file__).resolve().parent.parent / "graph" / "explorer" / "page" / "scripts"

ASK_THE_PAGE = """
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
const [scripts, folder] = process.argv.slice(1);
const { Atlas } = await import(`${scripts}/data/atlas.js`);
const { decode } = await import(`${scripts}/data/payload.js`);
const { around, findPath, stepsOf } = await import(`${scripts}/data/paths.js`);
const atlas = new Atlas(decode(new Uint8Array(gunzipSync(readFileSync(`${folder}/map.gz`)))));
atlas.addText(JSON.parse(gunzipSync(readFileSync(`${folder}/text.gz`)).toString()));
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
    """Return all neighbours, and each relation outward."""
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


def plain_paths(relations: Relations, count: int, start: int, end: int, *, hubs: bool = False) -> list[list[int]]:
    """Return all ways, the best first, by looking at every one of them; past hubs, where that is possible."""
    degree = [len(neighbours(relations, node)) for node in range(count)]
    web: networkx.Graph[int] = networkx.Graph()
    web.add_nodes_from(range(count))
    web.add_edges_from(pair for pairs in relations.values() for pair in pairs)
    hub = max(60, count / 50)
    past = web.subgraph([node for node in web if degree[node] <= hub or node in {start, end}])
    if not hubs and networkx.has_path(past, start, end):
        web = past
    ways = [[start]] if start == end else list(networkx.all_simple_paths(web, start, end))
    return sorted(ways, key=lambda way: (len(way), sum(degree[node] for node in way), [named(node) for node in way]))


def named(node: int) -> str:
    """Return a name for a number, in another order than the numbers."""
    return f"{node * 37 % 101:03}"


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
            (name, (one, other)) for name in RELATION_WORDS if relations.get(name, set()) & {(one, other), (other, one)}
        ]
        name = told[0][0]
        steps.append((name, (one, other) in relations[name]))
    return steps


@st.composite
def webs(draw: st.DrawFn) -> tuple[Relations, int]:
    """Invent relations between a few nodes: several between the same two, loops, nodes apart, now and then a hub."""
    count = draw(st.integers(1, 8))
    node = st.integers(0, count - 1)
    pairs = st.sets(st.tuples(node, node), max_size=14)
    relations = draw(st.dictionaries(st.sampled_from(RELATION_NAMES), pairs, max_size=5))
    if draw(st.booleans()):  # some of the nodes are linked with a hub
        relations["publisher"] = {(source, count + 80) for source in range(count)} | {
            (source, count + 80) for source in range(count, count + 80)
        }
        count += 81
    return relations, count


@pytest.mark.slow
@given(webs(), st.data())
def test_a_way_is_the_first_of_the_least_connected_of_the_shortest(
    web: tuple[Relations, int], data: st.DataObject
) -> None:
    """A way is a shortest one, past the fewest relations, and of equals the first by name; its steps are told."""
    relations, count = web
    start, end = data.draw(st.integers(0, count - 1)), data.draw(st.integers(0, count - 1))
    beside, outward = laid_out(relations, count)
    for hubs in (False, True):
        expected = plain_paths(relations, count, start, end, hubs=hubs)
        assert find_path(beside, start, end, named, hubs=hubs) == (expected[0] if expected else None)
        for wanted in (1, 3, 20):
            assert find_paths(beside, start, end, named, wanted, hubs=hubs) == expected[:wanted]
        for longest in (0, 1, 2, 3):
            among = (expected, plain_paths(relations, count, start, end, hubs=True))
            few = next(filter(None, ([way for way in ways if len(way) <= longest + 1] for ways in among)), [])
            assert find_paths(beside, start, end, named, 3, longest=longest, hubs=hubs) == few[:3]
        for way in expected[:1]:
            assert find_steps(outward, way) == plain_steps(relations, way)


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
    assert find_path(beside, 0, 1, named) == [0, 4, 1]
    assert find_steps(outward, [1, 4, 0]) == [("related", False), ("related", False)]


def test_a_long_chain_is_followed_so_far() -> None:
    """Steps have an end, so that one long chain keeps nobody busy."""
    relations: Relations = {"related": {(node, node + 1) for node in range(60)}}
    beside, _ = laid_out(relations, 61)
    assert find_path(beside, 0, 60, named) == list(range(61))
    assert find_path(beside, 0, 60, named, longest=60) == list(range(61))
    assert find_path(beside, 0, 60, named, longest=59) is None


@pytest.mark.slow
def test_every_door_gives_the_same_answers(tmp_path: Path) -> None:
    """Asked of the same site, an analysis, the server and the page find the same ways, steps and surroundings."""
    if not shutil.which("node"):
        pytest.skip("needs node: install Node.js 18.18 or newer")
    write_folder(Shape(150), tmp_path / "site")
    truth = with_links(graph.build(tmp_path / "site").truth)
    atlas = to_atlas(truth)
    payload = to_payload(atlas)
    (tmp_path / "map.gz").write_bytes(payload.map)
    (tmp_path / "text.gz").write_bytes(payload.text)
    write_map_file(truth, tmp_path / "data", atlas=atlas)
    map_file = MapFile(tmp_path / "data")
    ends = np.random.default_rng(5).integers(map_file.nodes, size=(300, 2)).tolist()
    questions = [(start, end, 1 + at % 3) for at, (start, end) in enumerate(ends)]
    (tmp_path / "questions.json").write_text(json.dumps(questions), encoding="ascii")
    command = ["node", "--input-type=module", "--eval", ASK_THE_PAGE, SCRIPTS.as_uri(), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    answers = json.loads(done.stdout)
    assert sum(found["path"] is not None for found, _ in answers) > 200
    network = to_network(truth)
    straight = [
        shortest_path(network, map_file.iri(start), map_file.iri(end), hubs=True) for start, end, _ in questions
    ]
    detours = sum(len(way["path"] or ()) > len(path) for (way, _), path in zip(answers, straight, strict=True))
    assert detours > 20, "there must be hubs to lead past"
    for (start, end, depth), (way, surroundings) in zip(questions, answers, strict=True):
        assert json.loads(to_path(map_file, start, end)) == way
        told = shortest_path(network, map_file.iri(start), map_file.iri(end))
        assert [step.iri for step in told] == [map_file.iri(node) for node in way["path"] or ()]
        steps = [{"relation": step.relation, "outgoing": step.direction == "forward"} for step in told[1:]]
        assert steps == way["steps"]
        _, columns = unpacked(to_around(map_file, start, depth))
        assert columns["all"].tolist() == surroundings
