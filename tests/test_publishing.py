"""What a build writes: files that other programs read, whole or not at all, the same bytes for the same graph."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest
import rdflib
from hypothesis import example, given, settings

import graph
from graph.errors import DamagedBuildError, FormatError, OutputError, SourceError
from graph.explorer import write_map_file
from graph.names import PREFIXES
from graph.publishing import open_exports, publish
from graph.publishing.graphml import write_graphml
from graph.publishing.jsonld import write_jsonld
from graph.publishing.turtle import write_turtle
from graph.writing import write_text, write_with
from tests.builds import put
from tests.worlds import HOSTILE_SITE, built, linked_graphs, sites, unpacked

HERE = Path(__file__).resolve().parent.parent
FILES = "graph.ttl graph.nt graph.graphml graph.jsonld explorer.html records.data problems.json info.json".split()
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(scope="module")
def exports(seeds: graph.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with everything that is written of the seeds."""
    folder = tmp_path_factory.mktemp("exports")
    publish(seeds, folder)
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what is written of a site whose texts attack every format."""
    folder = tmp_path_factory.mktemp("hostile")
    publish(built(HOSTILE_SITE), folder, formats="ttl,nt,graphml,jsonld")
    return folder


def edges_of(network: Any, name: str | None) -> list[tuple[str, str, str]]:  # noqa: ANN401 - of any sort of NetworkX graph
    """Return a network's relations, sorted; `name` is the edge attribute that says which, or `None` for the key."""
    if name is None:
        return sorted(network.edges(keys=True))
    return sorted((source, target, data[name]) for source, target, data in network.edges(data=True))


def nodes_of(network: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401 - the same
    """Return nodes with their attributes."""
    return dict(network.nodes(data=True))


def attributes_of(network: Any, *, without_empty: bool = False) -> dict[str, dict[str, str]]:  # noqa: ANN401 - the same
    """Return nodes with their attributes as GraphML writes them: a field of several types is text."""
    return {
        node: {name: _written(value) for name, value in data.items() if value != "" or not without_empty}
        for node, data in nodes_of(network).items()
    }


def _written(value: object) -> str:
    return (
        str(value).lower() if isinstance(value, bool) else str(float(value)) if isinstance(value, int) else str(value)
    )


def texts_of(network: Any) -> dict[str, dict[str, str]]:  # noqa: ANN401 - the same
    """Return nodes with those attributes that have one type everywhere."""
    return {
        node: {name: value for name, value in data.items() if name != "mixed"}
        for node, data in attributes_of(network, without_empty=True).items()
    }


def write(knowledge: graph.KnowledgeGraph, path: Path) -> Path:
    """Write GraphML to a path."""
    write_text(path, write_graphml(knowledge))
    return path


def read(path: Path) -> Any:  # noqa: ANN401 - the same
    """Return the network that NetworkX reads from GraphML."""
    return networkx.read_graphml(path, force_multigraph=True)


@pytest.mark.slow
@settings(max_examples=40)
@given(sites().map(built) | linked_graphs())
@example(built(HOSTILE_SITE))
def test_graphml_is_read_back_as_the_same_network(knowledge: graph.KnowledgeGraph) -> None:
    """What is written as GraphML, NetworkX reads back as the same nodes, attributes and relations."""
    with unpacked({}) as folder:
        network = read(write(knowledge, folder / "graph.graphml"))
    assert edges_of(network, "relation") == edges_of(knowledge.network, None)
    assert texts_of(network) == texts_of(knowledge.network)
    assert list(network) == list(knowledge.network)
    stated = [tuple(sorted(data.items())) for *_, data in knowledge.network.edges(data=True)]
    assert sorted(tuple(sorted(data.items())) for *_, data in network.edges(data=True)) == sorted(stated)


def test_attributes_keep_their_types(exports: Path, seeds: graph.KnowledgeGraph) -> None:
    """Numbers, truth values and texts come back as what they were."""
    assert nodes_of(read(exports / "graph.graphml")) == nodes_of(seeds.network)


def test_numbers_of_two_types_stay_numbers() -> None:
    """A field that is whole in one document and not in another is a number in every program."""
    knowledge = built({"a.md": {"title": "A", "score": 1}, "b.md": {"title": "B", "score": 0.5}})
    with unpacked({}) as folder:
        network = networkx.read_graphml(write(knowledge, folder / "graph.graphml"))
    assert sorted(data["score"] for data in nodes_of(network).values()) == [0.5, 1.0]


@pytest.mark.parametrize("name", ["exports", "hostile"])
def test_igraph_reads_the_same_network(name: str, request: pytest.FixtureRequest) -> None:
    """Igraph finds the same nodes by their IRI, the same labels and the same relations."""
    import igraph  # takes half a second to import

    path = request.getfixturevalue(name) / "graph.graphml"
    network, other = read(path), igraph.Graph.Read_GraphML(str(path))
    assert other.vs["id"] == list(network)
    assert other.vs["label"] == [label for _, label in network.nodes(data="label")]
    assert other.vs["kind"] == [kind for _, kind in network.nodes(data="kind")]
    names = other.vs["id"]
    found = [(names[edge.source], names[edge.target], edge["relation"]) for edge in other.es]
    assert sorted(found) == edges_of(network, "relation")


@pytest.mark.slow
def test_igraph_reads_a_real_network(azure: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """Igraph and NetworkX count what the network of a real site holds."""
    import igraph

    path = write(azure, tmp_path / "graph.graphml")
    other, network = igraph.Graph.Read_GraphML(str(path)), read(path)
    assert (other.vcount(), other.ecount()) == (len(azure.network), azure.network.number_of_edges())
    assert nodes_of(network) == nodes_of(azure.network)
    assert edges_of(network, "relation") == edges_of(azure.network, None)


@pytest.mark.parametrize("name", ["exports", "hostile"])
def test_graphml_keeps_the_conventions(name: str, request: pytest.FixtureRequest) -> None:
    """Keys are declared with a type before they are used, ids are unique, and edges join nodes declared before them."""
    keys: dict[tuple[str, str], str] = {}
    nodes: set[str] = set()
    edges: set[str] = set()
    path = request.getfixturevalue(name) / "graph.graphml"
    for _, element in ElementTree.iterparse(path, events=("start",)):  # noqa: S314 - our own file
        if element.tag == f"{GRAPHML}key":
            assert not nodes
            keys[element.attrib["for"], element.attrib["id"]] = element.attrib["attr.type"]
        elif element.tag == f"{GRAPHML}node":
            assert not edges
            nodes.add(element.attrib["id"])
        elif element.tag == f"{GRAPHML}edge":
            assert element.attrib["id"] not in edges
            edges.add(element.attrib["id"])
            assert nodes >= {element.attrib["source"], element.attrib["target"]}
    tree = ElementTree.parse(path)  # noqa: S314 - our own file
    for kind in ("node", "edge"):
        for element in tree.iter(f"{GRAPHML}{kind}"):
            used = [data.attrib["key"] for data in element]
            assert len(used) == len(set(used))
            assert {(kind, key) for key in used} <= keys.keys()
    assert set(keys.values()) <= {"boolean", "long", "double", "string"}
    names = [(element.attrib["for"], element.attrib["attr.name"]) for element in tree.iter(f"{GRAPHML}key")]
    assert len(names) == len(set(names))
    assert ("node", "id") not in names


@pytest.mark.parametrize("name", ["exports", "hostile"])
def test_independent_readers_accept_the_files(name: str, request: pytest.FixtureRequest) -> None:
    """Raptor counts the same triples in Turtle as in N-Triples, and libxml2 finds the GraphML well-formed."""
    folder = request.getfixturevalue(name)
    assert_raptor_accepts(folder)
    run("xmllint", "libxml2-utils", "--noout", "--nonet", str(folder / "graph.graphml"))


@pytest.mark.slow
def test_independent_readers_accept_a_real_graph(azure: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """Raptor and libxml2 accept the graph of a real site."""
    publish(azure, tmp_path, formats="ttl,nt,graphml")
    assert assert_raptor_accepts(tmp_path) == len(azure.triples)
    run("xmllint", "libxml2-utils", "--noout", "--nonet", str(tmp_path / "graph.graphml"))


def assert_raptor_accepts(folder: Path) -> int:
    """Let Raptor read a folder's Turtle and N-Triples, and return how many triples it found in each."""
    counts = []
    for name, form in (("graph.nt", "ntriples"), ("graph.ttl", "turtle")):
        told = run("rapper", "raptor2-utils", "--count", "--input", form, str(folder / name))
        assert "warning" not in told.lower()
        assert "error" not in told.lower()
        counts.append(int(told.split("returned ")[1].split()[0]))
    assert counts[0] == counts[1] == len((folder / "graph.nt").read_bytes().splitlines())
    return counts[0]


def run(command: str, package: str, *arguments: str) -> str:
    """Run a program that must succeed, and return what it says; skip the test where it is not installed."""
    program = shutil.which(command)
    if program is None:
        pytest.skip(f"needs {command}, of the Debian package {package}")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_turtle_is_for_reading(seeds: graph.KnowledgeGraph) -> None:
    """Prefixes stand first, then each subject once, sorted, with its facts below it."""
    blocks = "".join(write_turtle(seeds)).rstrip("\n").split("\n\n")
    assert blocks[0].splitlines() == [f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items()]
    subjects = [block.splitlines()[0] for block in blocks[1:]]
    assert subjects == sorted(subjects)
    assert len(subjects) == len(set(subjects)) > len(seeds.articles)
    assert all(line.startswith("    ") for block in blocks[1:] for line in block.splitlines()[1:])
    assert all(block.endswith(" .") for block in blocks[1:])


@pytest.mark.parametrize("average", [4.5, 0.000001, -0.000001, 1e-7, 2.220446049250313e-16, 10.0000001])
def test_decimals_are_read_as_written(average: float) -> None:
    """A number that is small or has many digits is the same to rdflib, however it is written."""
    knowledge = built({"a.md": {"title": "A", "ratings": {"average": average}}})
    found = rdflib.Graph().parse(data="".join(write_turtle(knowledge)), format="turtle")
    assert set(found) == set(knowledge.triples)


def test_jsonld_is_json(exports: Path) -> None:
    """The JSON-LD file is a context and a list of objects that plain JSON programs can use."""
    read = json.loads((exports / "graph.jsonld").read_text(encoding="utf-8"))
    assert read["@context"]["schema"] == PREFIXES["schema"]
    objects = {node["@id"]: node for node in read["@graph"]}
    topic = objects["https://example.org/topic/ai"]
    assert topic["skos:prefLabel"] == "AI"
    assert topic["skos:inScheme"] == "https://example.org/topic/"


def test_jsonld_says_types_once() -> None:
    """Times, days and other values that JSON has no type for are plain texts, whose types stand in the context."""
    site = {"a.md": {"title": "A", "date": "2023-05-23", "length": "PT5M", "ratings": {"average": 4.5, "count": 2}}}
    read = json.loads("".join(write_jsonld(built(site))))
    (node,) = read["@graph"]
    expected = {
        "schema:datePublished": ("2023-05-23T00:00:00Z", "xsd:dateTime"),
        "ag:publishedOn": ("2023-05-23", "xsd:date"),
        "schema:timeRequired": ("PT5M", "xsd:duration"),
        "ag:ratingAverage": ("4.5", "xsd:decimal"),
    }
    assert {name: (node[name], read["@context"][name]["@type"]) for name in expected} == expected
    assert node["ag:ratingCount"] == 2
    assert "@value" not in json.dumps(read)


@pytest.mark.slow
def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    """Building twice, in processes with different string hashes, writes the same bytes."""
    outputs = []
    with unpacked(HOSTILE_SITE) as source:
        for seed in ("1", "2"):
            out = tmp_path / seed
            arguments = [sys.executable, "-m", "graph", "build", str(HERE / "seeds"), str(source), "--out", str(out)]
            environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE)}
            subprocess.run(arguments, check=True, env=environment, capture_output=True)
            outputs.append({name: (out / name).read_bytes() for name in FILES})
    assert outputs[0] == outputs[1]


def test_problems_are_listed(tmp_path: Path) -> None:
    """`problems.json` counts the faults of the content and gives each its place, kind, fact and remedy."""
    publish(built({"a.md": {"title": "A", "date": "spring"}}), tmp_path, formats="nt")
    read = json.loads((tmp_path / "problems.json").read_text(encoding="utf-8"))
    assert read["count"] == len(read["problems"]) == 1
    (problem,) = read["problems"]
    assert sorted(problem) == ["fact", "kind", "line", "path", "remedy"]
    assert (problem["path"], problem["kind"]) == ("a.md", "invalid-date")


def test_numbers_are_told(exports: Path, seeds: graph.KnowledgeGraph) -> None:
    """`info.json` holds the graph in numbers, and which files show that graph."""
    read = json.loads((exports / "info.json").read_text(encoding="utf-8"))
    assert set(read.pop("exports")) >= set(FILES) - {"problems.json", "info.json"}
    assert read == json.loads(json.dumps(seeds.info().to_dict()))
    assert read["relations"]["related"] == 4
    assert read["problems"] == {}


def test_only_the_formats_asked_for_are_written(seeds: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """`publish` writes what it is asked for, and always the problems and the numbers."""
    written = publish(seeds, tmp_path, formats=["jsonld", "ttl"])
    assert sorted(path.name for path in written) == [
        "graph.jsonld",
        "graph.ttl",
        "info.json",
        "problems.json",
        "records.data",
    ]
    names = {path.name for path in written} | {"manifest.json"}
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")} == names


def test_many_articles_come_with_data_for_a_server(
    seeds: graph.KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a large explorer its data is written, listed, and found unchanged; with a small one there is none left."""
    publish(seeds, tmp_path)
    assert not (tmp_path / "explorer.data").exists()
    page = (tmp_path / "explorer.html").read_bytes()
    monkeypatch.setattr("graph.publishing.formats.MOST_WHOLE", 2)
    written = publish(seeds, tmp_path, formats="nt,html")
    assert {path.name for path in written} == {
        *("graph.nt", "explorer.html", "explorer.data", "records.data", "problems.json", "info.json")
    }
    assert "explorer.data" in json.loads((tmp_path / "info.json").read_text())["exports"]
    assert (tmp_path / "explorer.html").read_bytes() == page
    content = (tmp_path / "explorer.data").read_bytes()
    write_map_file(seeds.truth, tmp_path / "alone", title=seeds.title)
    assert (tmp_path / "alone").read_bytes() == content
    assert len(publish(seeds, tmp_path, formats="html", unchanged=["explorer.html"])) == 4
    assert (tmp_path / "explorer.data").read_bytes() == content
    publish(seeds, tmp_path, formats="nt")
    assert (tmp_path / "explorer.data").exists()
    monkeypatch.undo()
    publish(seeds, tmp_path, formats="html")
    assert not (tmp_path / "explorer.data").exists()
    assert "explorer.data" not in json.loads((tmp_path / "info.json").read_text())["exports"]


def test_data_that_cannot_be_removed_is_told(seeds: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """What stands in the place of the explorer's data, and is no file, is told in words."""
    (tmp_path / "explorer.data").mkdir()
    with pytest.raises(OutputError, match=r"explorer\.data"):
        publish(seeds, tmp_path, formats="html")


@pytest.mark.parametrize("formats", ["pdf", "ttl,pdf", "", [], ["TTL"]])
def test_a_format_that_does_not_exist_is_misuse(
    seeds: graph.KnowledgeGraph, tmp_path: Path, formats: str | list[str]
) -> None:
    """An unknown format is refused before anything is written, and the message names those that exist."""
    with pytest.raises(FormatError, match="ttl, nt, graphml, jsonld"):
        publish(seeds, tmp_path / "out", formats=formats)
    assert not (tmp_path / "out").exists()


def test_files_of_an_earlier_build_are_not_taken_for_the_last(seeds: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """A file that the last build did not write is not asked: it may show another graph."""
    publish(seeds, tmp_path, formats="nt,search")
    assert open_exports(tmp_path).query("ASK { ?a a schema:CreativeWork }")
    publish(seeds, tmp_path, formats="ttl")
    assert (tmp_path / "graph.nt").exists()
    exports = open_exports(tmp_path)
    with pytest.raises(SourceError, match=r"wrote no search\.sqlite\. Build with --format search"):
        _ = exports.search_index
    with pytest.raises(SourceError, match=r"wrote no graph\.nt\. Build with --format nt"):
        exports.query("ASK {}")


def test_a_folder_that_holds_no_build_is_told(tmp_path: Path) -> None:
    """Opening a folder without a build, or with one of an earlier version, is one clear error."""
    with pytest.raises(SourceError, match=r"holds no build\. Build first"):
        open_exports(tmp_path)
    (tmp_path / "info.json").write_text('{"exports": [], "articles": 1}')
    with pytest.raises(DamagedBuildError, match=r"earlier version of article-graph\. Build again"):
        open_exports(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"exports": "graph.nt"}',
        b'{"exports": [], "articles": "many"}',
    ],
)
@pytest.mark.parametrize("name", ["info.json", "manifest.json"])
def test_a_damaged_build_is_told(seeds: graph.KnowledgeGraph, tmp_path: Path, name: str, content: bytes) -> None:
    """Opening a build whose manifest or numbers are damaged is one clear error, and the next build mends it."""
    publish(seeds, tmp_path, formats="nt")
    if name == "info.json":
        put(tmp_path, name, content)
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DamagedBuildError, match=rf"{name}: is damaged\. Build again") as caught:
        open_exports(tmp_path)
    assert "\n" not in str(caught.value)
    publish(seeds, tmp_path, formats="nt")
    assert open_exports(tmp_path).info() == seeds.info()


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """Opening a folder that does not exist says how to make it."""
    with pytest.raises(SourceError, match=r"no such folder\. Build first"):
        open_exports(tmp_path / "nowhere")


@pytest.mark.parametrize("content", [b"<a> <b> .\n", b"\xff\n", None])
def test_damaged_triples_are_told(seeds: graph.KnowledgeGraph, tmp_path: Path, content: bytes | None) -> None:
    """Reading N-Triples that are damaged or gone is one clear error."""
    publish(seeds, tmp_path, formats="nt")
    (tmp_path / "graph.nt").unlink()
    if content is not None:
        (tmp_path / "graph.nt").write_bytes(content)
    with pytest.raises(DamagedBuildError, match=r"graph\.nt: is (damaged|missing)[^\n]*\. Build again"):
        open_exports(tmp_path).query("ASK {}")


def test_triples_that_no_build_writes_are_told(seeds: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """N-Triples that are as the manifest says and yet not N-Triples are one clear error."""
    publish(seeds, tmp_path, formats="nt")
    put(tmp_path, "graph.nt", "<a> <b> .\n")
    with pytest.raises(graph.GraphError, match=r"[Bb]uild (it|them) again"):
        open_exports(tmp_path).query("ASK {}")


def failing(error: Exception) -> Iterator[str]:
    """Yield a little text, then fail."""
    yield "new"
    raise error


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("a fault of ours")])
def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path, error: Exception) -> None:
    """When writing fails half-way, the file that was there stays, and nothing is left beside it."""
    path = tmp_path / "graph.nt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(OutputError if isinstance(error, OSError) else ValueError, match=r"left|fault"):
        write_text(path, failing(error))
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_replaces_the_whole_file(tmp_path: Path) -> None:
    """A file is replaced by its new content with Unix line ends, and left alone where nothing changes."""
    path = tmp_path / "a"
    assert write_text(path, ["one\n", "é\n"])
    assert path.read_bytes() == "one\né\n".encode()
    assert not write_with(path, functools.partial(shutil.copyfile, path))
    assert write_with(path, Path.touch)
    assert path.read_bytes() == b""


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """A build that runs out of room ends with one line and status 2, and the earlier build stays whole."""
    out = tmp_path / "out"
    build = ["build", str(HERE / "seeds"), "--out", str(out), "--format", "ttl", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-m", "graph", *build], check=True, env=environment, capture_output=True)
    (out / "graph.ttl").write_text("old", encoding="utf-8")
    limited = "import resource, sys; from graph.cli import main; "
    limited += "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); sys.exit(main())"
    arguments = [sys.executable, "-c", limited, *build]
    failed = subprocess.run(arguments, env=environment, capture_output=True, check=False)
    assert failed.returncode == 2
    assert failed.stderr.decode().count("\n") == 1
    assert "graph.ttl: cannot be written (File too large)" in failed.stderr.decode()
    assert (out / "graph.ttl").read_text(encoding="utf-8") == "old"
    assert not [path.name for path in out.iterdir() if path.name.endswith(".tmp")]


def test_an_output_folder_that_cannot_be_made_is_told(seeds: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """Writing below a file is one clear error."""
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        publish(seeds, tmp_path / "file" / "out")
