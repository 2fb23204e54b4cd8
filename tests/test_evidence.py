"""Where relations are stated: kept as columns, found by node, the same in memory and in a file."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import networkx
import numpy as np
import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.errors import DamagedBuildError
from graph.evidence import EvidenceTable, EvidenceWriter
from graph.mapped import Mapped
from graph.publishing import update
from graph.records import Evidence

NAMES = st.sampled_from(["https://a.example/", "https://b.example/é", "https://b.example/", "x", ""])
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
ROWS = st.lists(
    st.builds(Evidence, NAMES, st.sampled_from(["about", "links"]), NAMES, NAMES, st.integers(0, 9), TEXTS, TEXTS),
    max_size=12,
)


def table_of(rows: list[Evidence]) -> EvidenceTable:
    """Return a table of some evidence, added one by one."""
    writer = EvidenceWriter()
    for row in rows:
        writer.add(row.source, row.relation, row.path, [(row.line, row.target)], [(row.words, row.sentence)])
    return writer.table()


def place(row: Evidence) -> tuple[object, ...]:
    """Return what evidence is sorted by."""
    return row.source, row.target, row.relation, row.path, row.line


@given(ROWS)
def test_all_evidence_is_kept_and_found(rows: list[Evidence]) -> None:
    """What was noted is there once, sorted, and found between two nodes."""
    table = table_of(rows)
    assert len(table) == len(rows)
    assert sorted(table, key=repr) == sorted(rows, key=repr)
    assert [place(row) for row in table] == sorted(place(row) for row in rows)
    for one in {row.source for row in rows} | {"nobody"}:
        for other in {row.target for row in rows} | {"nobody"}:
            wanted = [row for row in rows if (row.source, row.target) == (one, other)]
            assert sorted(table.between(one, other), key=repr) == sorted(wanted, key=repr)


@given(ROWS, st.lists(st.integers(0, 12), max_size=3), ROWS)
def test_what_is_stated_differently_is_found(rows: list[Evidence], without: list[int], more: list[Evidence]) -> None:
    """The nodes that changed are exactly those whose evidence is another, in whatever numbers it is stored."""
    before = table_of(rows)
    now = table_of([*more[:2], *(row for place, row in enumerate(rows) if place not in without)])
    some = {row.source for row in [*rows, *more]}
    changed = {
        iri for iri in some if [row for row in before if row.source == iri] != [r for r in now if r.source == iri]
    }
    assert now.changed_since(before) == changed
    assert before.changed_since(before) == set()


@given(rows=ROWS)
def test_a_file_says_the_same(rows: list[Evidence], tmp_path_factory: pytest.TempPathFactory) -> None:
    """A table written to a file and opened again is equal, and so is its digest."""
    path = tmp_path_factory.mktemp("evidence") / "evidence.data"
    table = table_of(rows)
    table.write(path)
    opened = EvidenceTable.open(path)
    assert opened == table
    assert opened.digest() == table.digest()


@given(rows=ROWS, before=st.binary(max_size=9))
def test_a_table_moved_to_a_file_says_the_same(rows: list[Evidence], before: bytes) -> None:
    """A table whose columns are in an open file, behind other content, is equal, and so is its digest."""
    held = table_of(rows)
    with tempfile.TemporaryFile() as stream:
        stream.write(before)
        moved = held.moved_to(stream)
    assert moved == held
    assert moved.digest() == held.digest()


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    """A file that was cut short is an error in words."""
    path = tmp_path / "evidence.data"
    table_of([Evidence("a", "links", "b", "c.md", 1, "words", "sentence")]).write(path)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(DamagedBuildError, match="Build again"):
        EvidenceTable.open(path)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder of two notes, one of which links to the other in a sentence."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "one.md").write_text(
        "---\ntitle: One\ntags: [garden]\n---\n\nSome words. We see the *customers* [table](two.md) there. More.\n"
    )
    (folder / "two.md").write_text("# Two\n\nText.\n")
    return folder


def test_every_relation_knows_where_it_was_stated(site: Path) -> None:
    """Document and line of a field, and of a link in a text also its words and its sentence."""
    knowledge = graph.build(site)
    one, two = knowledge.articles
    (link,) = knowledge.evidence(one, two)
    assert (link.relation, link.path, link.line) == ("links", "one.md", 6)
    assert (link.words, link.sentence) == ("table", "We see the customers table there.")
    (about,) = knowledge.evidence(one, "https://example.org/topic/garden")
    assert (about.relation, about.path, about.line) == ("about", "one.md", 3)


def test_exports_tell_where_relations_are_stated(site: Path, tmp_path: Path) -> None:
    """An opened build gives the same evidence as the graph it was built from."""
    update([site], tmp_path / "out", formats="nt,evidence")
    knowledge, exports = graph.build(site), graph.open_exports(tmp_path / "out")
    one, two = knowledge.articles
    assert exports.evidence(one, two) == knowledge.evidence(one, two) == exports.evidence("One", "two") != ()
    assert exports.evidence("Two", "One") == exports.evidence("https://none.example/", two) == ()
    with pytest.raises(graph.NoSuchNodeError, match="'Tow': no node has this name"):
        exports.evidence("One", "Tow")
    assert exports.evidence_table == knowledge.truth.evidence


def test_a_moved_line_is_told_though_the_graph_is_the_same(site: Path, tmp_path: Path) -> None:
    """Where only lines changed, what tells lines is written again, and nothing else."""
    update([site], tmp_path / "out", formats="nt,evidence", evidence=True)
    before = (tmp_path / "out" / "graph.nt").stat().st_mtime_ns
    text = (site / "one.md").read_text()
    (site / "one.md").write_text(text.replace("\n\nSome", "\n\n\n\nSome"))
    update([site], tmp_path / "out", formats="nt,evidence", evidence=True)
    one, two = graph.build(site).articles
    assert graph.open_exports(tmp_path / "out").evidence(one, two)[0].line == 8
    assert "ag:line 8" in (tmp_path / "out" / "evidence.ttl").read_text()
    assert (tmp_path / "out" / "graph.nt").stat().st_mtime_ns == before


def test_evidence_as_rdf_is_read_by_the_engine(site: Path, tmp_path: Path) -> None:
    """`evidence.ttl` is Turtle 1.2: each statement of a relation is a named reifier of a triple of the graph."""
    (site / "two.md").write_text('# Two\n\nBack to [o\\"ne \\\\](one.md) <!-- x -->, and [again](one.md).\n')
    update([site], tmp_path / "out", formats="nt", evidence=True)
    store = pyoxigraph.Store()
    store.load(path=tmp_path / "out" / "evidence.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    rows = store.query(
        "PREFIX ag: <https://w3id.org/article-graph/> PREFIX prov: <http://www.w3.org/ns/prov#> "
        "SELECT ?from ?to ?line ?text { ?r rdf:reifies <<( ?from <http://purl.org/dc/terms/references> ?to )>> ; "
        "ag:line ?line ; ag:linkText ?text ; prov:wasDerivedFrom ?doc }".replace(
            "rdf:reifies", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>"
        )
    )
    found = sorted((str(row["line"].value), row["text"].value) for row in rows)  # type: ignore[union-attr]
    assert found == [("3", "again"), ("3", 'o"ne \\'), ("6", "table")]
    nt = (tmp_path / "out" / "graph.nt").read_text()
    relations = [quad for quad in store if "reifies" not in str(quad.predicate) and "#wasDerivedFrom" not in str(quad)]
    for quad in relations:
        if str(quad.predicate) == "<http://purl.org/dc/terms/references>":
            assert f"{quad.subject} {quad.predicate} {quad.object} ." in nt


def test_no_evidence_file_is_left_of_another_build(site: Path, tmp_path: Path) -> None:
    """What this build did not write is not read."""
    update([site], tmp_path / "out", formats="nt,evidence")
    shutil.copy(tmp_path / "out" / "evidence.data", tmp_path / "kept")
    update([site], tmp_path / "out", formats="nt")
    with pytest.raises(graph.GraphError, match=r"wrote no evidence\.data"):
        graph.open_exports(tmp_path / "out").evidence("a", "b")


@given(ROWS)
def test_the_first_place_of_each_relation(rows: list[Evidence]) -> None:
    """Of each relation the first place is told, one by one and in one pass over all nodes."""
    table = table_of(rows)
    places = table.first_places()
    for source in {row.source for row in rows} | {"nobody"}:
        found = {
            (source, relation, target): (*place[:2], *places.said(place))
            for relation, some in places.of(source).items()
            for target, place in some.items()
        }
        expected: dict[tuple[str, str, str], tuple[str, int, str, str]] = {}
        for row in table:
            if row.source == source:
                expected.setdefault(
                    (row.source, row.relation, row.target), (row.path, row.line, row.words, row.sentence)
                )
        assert found == expected
        for (one, relation, other), (path, line, words, sentence) in expected.items():
            assert table.first(one, relation, other) == Evidence(one, relation, other, path, line, words, sentence)
    assert table.first("nobody", "links", "nobody") is None
    iris = ["nobody", *sorted({row.source for row in rows} | {row.target for row in rows})]
    lines = table.first_places().lines({iri: number for number, iri in enumerate(iris)})
    for relation in ("about", "links"):
        stated = {
            one * len(iris) + other: first.line
            for one, source in enumerate(iris)
            for other, target in enumerate(iris)
            if (first := table.first(source, relation, target))
        }
        pairs, firsts = lines.get(relation, (np.array([]), np.array([])))
        assert dict(zip(pairs.tolist(), firsts.tolist(), strict=True)) == stated


@given(rows=ROWS, place=st.floats(0, 1, exclude_max=True), bits=st.integers(1, 255), run=st.integers(1, 64))
def test_whatever_is_damaged_is_told(
    rows: list[Evidence], place: float, bits: int, run: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever bytes of the file are wrong, an answer comes, or an error in words."""
    path = tmp_path_factory.mktemp("damaged") / "evidence.data"
    table_of(rows).write(path)
    content = bytearray(path.read_bytes())
    for at in range(int(place * len(content)), min(len(content), int(place * len(content)) + run)):
        content[at] ^= bits
    path.write_bytes(content)
    try:
        table = EvidenceTable.open(path)
    except DamagedBuildError:
        return
    asks: list[Callable[[], object]] = [
        lambda: list(table),
        lambda: table.between("x", "https://a.example/"),
        lambda: table.first("x", "links", "https://a.example/"),
        lambda: table.first_places().of("x"),
        lambda: table.first_places().lines({"x": 0, "https://a.example/": 1}),
        lambda: table.changed_since(table_of(rows)),
        lambda: table_of(rows).changed_since(table),
    ]
    for ask in asks:
        try:
            ask()
        except DamagedBuildError as error:
            assert "Build again" in str(error)  # noqa: PT017 - most bytes do no harm


@pytest.mark.parametrize("harmed", ["target", "relation", "path", "text"])
def test_numbers_that_lead_nowhere_are_told(tmp_path: Path, harmed: str) -> None:
    """A number that the file has no text for is an error in words, also where all nodes are gone through."""
    table_of([Evidence("x", "links", "y", "a.md", 3, "words", "A sentence.")]).write(tmp_path / "evidence.data")
    whole = Mapped(tmp_path / "evidence.data").column
    table = EvidenceTable(lambda name: whole(name) + 99 if name == harmed else whole(name))
    with pytest.raises(DamagedBuildError, match="Build again"):
        list(table)
    places = table.first_places()
    with pytest.raises(DamagedBuildError, match="Build again"):
        places.said(places.of("x")["links"]["y"])


def test_a_file_cut_short_while_it_is_read_is_told(tmp_path: Path) -> None:
    """A file that somebody cuts short after it was opened is an error in words, and no crash."""
    path = tmp_path / "evidence.data"
    table_of([Evidence("a", "links", "b", "c.md", 1, "words", "sentence")]).write(path)
    table = EvidenceTable.open(path)
    os.truncate(path, 100)
    for ask in (lambda: table.between("a", "b"), lambda: table.first("a", "links", "b"), lambda: list(table)):
        with pytest.raises(DamagedBuildError, match="truncated"):
            ask()


def test_edges_tell_where_they_are_stated(site: Path, tmp_path: Path) -> None:
    """An edge has the first place that states it, and of a link in a text its sentence; so have GraphML and a build."""
    knowledge = graph.build(site)
    update([site], tmp_path / "out", formats="graphml,evidence")
    one, two = knowledge.articles
    for network in (knowledge.network, graph.open_exports(tmp_path / "out").network):
        assert network.edges[one, two, "links"] == {
            "relation": "links",
            "stated_in": "one.md:6",
            "text": "We see the customers table there.",
        }
        topic = "https://example.org/topic/garden"
        assert network.edges[one, topic, "about"] == {"relation": "about", "stated_in": "one.md:3"}
    generic = networkx.read_graphml(tmp_path / "out" / "graph.graphml", force_multigraph=True)
    assert {data.get("stated_in") for _, _, data in generic.edges(data=True)} == {"one.md:6", "one.md:3"}


def test_the_documented_question_is_answered(site: Path, tmp_path: Path) -> None:
    """The query on the page about SPARQL, asked over the graph and its evidence together, names line and sentence."""
    page = (Path(__file__).parents[1] / "docs" / "sparql.md").read_text(encoding="utf-8")
    blocks = [block.partition("```")[0] for block in page.split("```python\n")[1:]]
    (program,) = (block for block in blocks if "evidence.ttl" in block)
    update([site], tmp_path / "exports", formats="nt", evidence=True)
    said: dict[str, object] = {}
    with contextlib.chdir(tmp_path):
        exec(program, {"print": lambda *told: said.setdefault("told", told)})  # noqa: S102 - ours
    assert said["told"] == ("source/one.md", "6", "We see the customers table there.")
