"""An opened build is a knowledge graph as the one that it was written from, whatever it is asked."""

from __future__ import annotations

import contextlib
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings

import graph
from graph.errors import DamagedBuildError, GraphError, SourceError
from graph.generations import Generation
from graph.publishing import Exports, open_exports, publish
from tests.builds import put
from tests.worlds import HOSTILE_SITE, built, linked_graphs, sites

MAPPINGS = ("articles", "providers", "topics", "people", "images", "derivations", "collections")
HERE = Path(__file__).resolve().parent.parent


@pytest.mark.slow
@settings(max_examples=25)
@given(sites().map(built) | linked_graphs())
@example(built(HOSTILE_SITE))
def test_an_opened_build_is_what_was_built(knowledge: graph.KnowledgeGraph) -> None:
    """Records, numbers, problems, network and evidence of an opened build equal those of the graph, in their order."""
    with tempfile.TemporaryDirectory() as folder:
        publish(knowledge, folder, formats="evidence")
        exports = open_exports(folder)
        for name in MAPPINGS:
            assert list(getattr(exports, name).items()) == list(getattr(knowledge, name).items())
        assert exports.truth == knowledge.truth
        assert exports.info() == knowledge.info()
        assert exports.problems == knowledge.problems
        assert list(exports.network.nodes(data=True)) == list(knowledge.network.nodes(data=True))
        assert list(exports.network.edges(data=True)) == list(knowledge.network.edges(data=True))


@settings(max_examples=10)
@given(sites().map(built) | linked_graphs())
@example(built(HOSTILE_SITE))
def test_an_opened_build_is_published_again_to_the_byte(knowledge: graph.KnowledgeGraph) -> None:
    """What is opened and written again has the same bytes, so nothing is lost on the way."""
    formats = "ttl,graphml,html,evidence"
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        publish(knowledge, one, formats=formats)
        publish(open_exports(one), two, formats=formats)
        assert contents(Path(one)) == contents(Path(two))


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.slow
def test_a_real_build_is_opened_as_it_was_built(azure: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """The records of a real site come back equal."""
    publish(azure, tmp_path, formats="evidence")
    assert open_exports(tmp_path).truth == azure.truth


def test_both_answer_the_same_calls(seeds: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """A graph and an opened build answer each question with the same words."""
    publish(seeds, tmp_path)
    exports = open_exports(tmp_path)
    sparql = "SELECT ?a ?t { ?a schema:headline ?t } ORDER BY ?a"
    for knowledge in (seeds, exports):
        assert knowledge["AI"] == seeds["AI"]
        assert "Metaverse" not in knowledge
        assert list(knowledge.query(sparql)) == list(seeds.query(sparql))
        assert knowledge.view("AI").html == seeds.view("AI").html
        assert knowledge.search_index.find("AI").total == seeds.search_index.find("AI").total
        assert len(knowledge.to_pyvis("AI").nodes) == len(seeds.to_pyvis("AI").nodes)
        assert (knowledge.base, knowledge.title) == (seeds.base, seeds.title)
        assert knowledge._repr_html_() == seeds._repr_html_()
        source, target, _ = next(iter(seeds.network.edges(keys=True)))
        assert knowledge.evidence(source, target) == seeds.evidence(source, target) != ()
    assert repr(exports) == repr(seeds).replace("KnowledgeGraph", "Exports")
    with pytest.raises(TypeError):
        exports.articles["a"] = exports.articles  # type: ignore[index]


def test_records_are_written_with_any_format(seeds: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """The records of a build that wrote only Turtle are there, and so is the network."""
    publish(seeds, tmp_path, formats="ttl")
    exports = open_exports(tmp_path)
    assert exports.articles == seeds.articles
    assert set(exports.network.edges(keys=True)) == set(seeds.network.edges(keys=True))
    assert exports.has("records.data")


def test_only_records_that_changed_are_written_again(tmp_path: Path) -> None:
    """An update that changes nothing leaves the records alone, and one that does writes those of a fresh build."""
    source, out = tmp_path / "notes", tmp_path / "out"
    source.mkdir()
    (source / "a.md").write_text("---\ntitle: A\ndate: spring\n---\nOne.\n")
    graph.update([source], out, formats="ttl")
    before = (out / "records.data").stat().st_mtime_ns
    (source / "a.md").write_text("---\ntitle: A\ndate: autumn\n---\nOne.\n")
    assert graph.update([source], out, formats="ttl").is_new
    assert (out / "records.data").stat().st_mtime_ns == before
    (source / "b.md").write_text("# B\n")
    graph.update([source], out, formats="ttl")
    graph.update([source], tmp_path / "fresh", formats="ttl", cache=False)
    assert (out / "records.data").read_bytes() == (tmp_path / "fresh" / "records.data").read_bytes()
    (out / "records.data").unlink()
    graph.update([source], out, formats="ttl")
    assert (out / "records.data").read_bytes() == (tmp_path / "fresh" / "records.data").read_bytes()


@pytest.mark.parametrize("seed", range(60))
def test_damaged_records_are_told_in_words(seeds: graph.KnowledgeGraph, tmp_path: Path, seed: int) -> None:
    """Bytes that somebody changed give other records or one of our errors, never another."""
    publish(seeds, tmp_path, formats="ttl")
    path, chance = tmp_path / "records.data", random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 5, 50])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data[: chance.choice([len(data), len(data) // 2, 10])])
    with contextlib.suppress(GraphError):
        exports = open_exports(tmp_path)
        for name in MAPPINGS:
            assert len(getattr(exports, name)) == len(dict(getattr(exports, name)))


def test_what_another_version_wrote_is_told(seeds: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """A build without records, or whose records have other fields, is to be built again."""
    from graph.mapped import write_mapped

    publish(seeds, tmp_path, formats="ttl")
    write_mapped(tmp_path / "other", [], {"fields": {"articles": ["iri"]}, "counts": {}})
    put(tmp_path, "records.data", (tmp_path / "other").read_bytes())
    with pytest.raises(DamagedBuildError, match=r"another version\. Build again"):
        _ = open_exports(tmp_path).articles
    put(tmp_path, "records.data", None)
    with pytest.raises(SourceError, match=r"wrote no records\.data\. Build again"):
        _ = open_exports(tmp_path).articles


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"problems": [{"path": 1}]}'])
def test_damaged_problems_are_told(seeds: graph.KnowledgeGraph, tmp_path: Path, content: bytes | None) -> None:
    """Problems that cannot be read are one clear error."""
    publish(seeds, tmp_path, formats="ttl")
    (tmp_path / "problems.json").unlink()
    if content is not None:
        (tmp_path / "problems.json").write_bytes(content)
    with pytest.raises(DamagedBuildError, match=r"problems\.json: is (damaged|missing)"):
        _ = open_exports(tmp_path).problems
    if content is not None:
        put(tmp_path, "problems.json", content)
        with pytest.raises(DamagedBuildError, match=r"problems\.json: is damaged"):
            _ = open_exports(tmp_path).problems


def test_numbers_that_are_not_all_there_are_told(tmp_path: Path) -> None:
    """Numbers of an older version, which tell less, are one clear error when they are asked for."""
    with pytest.raises(SourceError, match=r"info\.json: is damaged"):
        Exports(Generation(tmp_path, {}), {"articles": 1, "exports": []}).info()
