"""What Sail builds is what one process builds: the same triples, and the same problems in the same order."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import graph
from graph.cluster import build_on, open_session, sessions
from graph.cluster.frames import Frames
from graph.cluster.rows import PassRow
from graph.commands import engines
from graph.errors import FormatError, OutputError, SourceError
from graph.info import info_of
from graph.views import to_ntriples
from tests.adversaries import ADVERSARIES, many_links, one_provider
from tests.folders import write_files
from tests.parquet import write_parquet
from tests.worlds import HOSTILE_SITE, unpacked

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytest.importorskip("pysail", reason="needs the extra `sail`")
SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def sail() -> Iterator[SparkSession]:
    """Return a session of Sail in this process."""
    with open_session("sail") as session:
        yield session


def assert_same(folder: Path, expected: graph.KnowledgeGraph) -> None:
    """Check that the files of an engine contain a graph, once and whole."""
    written_by_sail = [path.read_bytes() for path in sorted((folder / "triples").iterdir())]
    triples = [line for lines in written_by_sail for line in lines.splitlines()]
    assert sorted(triples) == sorted("".join(to_ntriples(expected.truth)).encode().splitlines())
    opened = graph.open_exports(folder)
    assert opened.problems == expected.problems
    assert opened.info() == info_of(expected.truth)
    for kind in ("articles", "providers", "topics", "people"):
        assert dict(getattr(opened, kind)) == dict(getattr(expected, kind))
    assert len(opened.store) == len(triples)


@pytest.mark.parametrize("partitions", [1, 2, 5])
def test_seeds_are_built_alike(sail: SparkSession, partitions: int, tmp_path: Path) -> None:
    """The seeds, on any number of partitions, give the graph of one process."""
    build_on(sail, SEEDS, tmp_path / "out", partitions=partitions)
    assert_same(tmp_path / "out", graph.build(SEEDS))


@pytest.mark.parametrize("name", ADVERSARIES)
def test_what_is_global_is_found_by_sail(sail: SparkSession, name: str, tmp_path: Path) -> None:
    """What a document means in the light of all others does not depend on the engine."""
    source = write_files(tmp_path / "source", ADVERSARIES[name])
    build_on(sail, source, tmp_path / "out", partitions=3, base="https://s.example/", published_only=True)
    assert_same(tmp_path / "out", graph.build(source, base="https://s.example/", published_only=True))


@pytest.mark.parametrize("make", [one_provider, many_links])
def test_skewed_sources_are_built_alike_by_sail(
    sail: SparkSession, make: Callable[[], Mapping[str, str]], tmp_path: Path
) -> None:
    """One provider with half of all articles, and one article that all link to, give the graph of one process."""
    source = write_files(tmp_path / "source", make())
    build_on(sail, source, tmp_path / "out", partitions=4)
    assert_same(tmp_path / "out", graph.build(source))


def test_hostile_texts_and_equal_paths_are_built_alike_by_sail(sail: SparkSession, tmp_path: Path) -> None:
    """Texts that some format might not survive, in two sources with the same paths, survive rows and Parquet."""
    with unpacked(HOSTILE_SITE) as one, unpacked(HOSTILE_SITE) as two:
        build_on(sail, [one, two], tmp_path / "out", partitions=2)
        assert_same(tmp_path / "out", graph.build([one, two]))


def test_parquet_is_built_alike_by_sail(sail: SparkSession, tmp_path: Path) -> None:
    """A folder of Parquet files, each of which is a task, gives the graph of one process."""
    said = {name: text.encode() for name, text in ADVERSARIES["vault"].items()}
    source = write_parquet(said, tmp_path / "documents.parquet", 3)
    build_on(sail, source, tmp_path / "out", partitions=2)
    assert_same(tmp_path / "out", graph.build(source))


def test_a_build_replaces_another_whole(sail: SparkSession, tmp_path: Path) -> None:
    """A build takes the place of one in one process, and the other way round; nothing of the old one is read."""
    out = tmp_path / "out"
    one, other = (write_files(tmp_path / name, ADVERSARIES[name]) for name in ("vault", "lists"))
    graph.update(one, out)
    build_on(sail, other, out)
    assert_same(out, graph.build(other))
    assert not (out / "graph.nt").exists()
    graph.update(one, out)
    assert dict(graph.open_exports(out).articles) == dict(graph.build(one).articles)


def test_a_build_that_fails_leaves_the_old_one(
    sail: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker with another version, and an interrupt, leave the old build, and nothing beside it."""
    out, source = tmp_path / "out", write_files(tmp_path / "source", ADVERSARIES["vault"])
    build_on(sail, source, out)
    before = sorted(out.rglob("*"))
    with monkeypatch.context() as patched:
        patched.setattr("graph.cluster.frames.code_version", lambda: b"other")
        with pytest.raises(SourceError, match="another version of article-graph"):
            build_on(sail, SEEDS, out)

    def interrupt(stage: str, _done: int, _total: int | None) -> None:
        if stage == "merge":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_on(sail, SEEDS, out, progress=interrupt)
    with pytest.raises(KeyboardInterrupt):
        build_on(sail, SEEDS, tmp_path / "new", progress=interrupt)
    assert sorted(out.rglob("*")) == before
    assert not (tmp_path / "new").exists()
    assert_same(out, graph.build(source))


def test_a_folder_that_cannot_be_written_to_is_said(sail: SparkSession, tmp_path: Path) -> None:
    """An error of the file system in the midst of a build names the folder, and leaves nothing of it."""

    def remove(stage: str, _done: int, _total: int | None) -> None:
        if stage == "see":
            shutil.rmtree(next((tmp_path / "out").glob(".new-*/passes")))

    with pytest.raises(OutputError, match=r"out: cannot be written \(No such file or directory\)"):
        build_on(sail, SEEDS, tmp_path / "out", progress=remove)
    assert not (tmp_path / "out").exists()


def test_a_folder_of_something_else_is_refused(sail: SparkSession, tmp_path: Path) -> None:
    """A folder that contains something but no build is left as it is."""
    (tmp_path / "mine").write_text("x")
    with pytest.raises(OutputError, match="contains something that is not a build"):
        build_on(sail, SEEDS, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("master", ["sc://127.0.0.1:1", "sc://127.0.0.1:99999"])
def test_a_dead_address_is_said_at_once(master: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing listens, the error comes in seconds and not after all that the client tries."""
    for name in ("grpc_proxy", "https_proxy", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SourceError, match="there is no engine that answers"), open_session("sail", master):
        pass


def test_the_command_knows_the_engines() -> None:
    """The command names the engines without loading them."""
    assert engines.ENGINES == sessions.ENGINES


def test_no_documents_leave_no_folder(sail: SparkSession, tmp_path: Path) -> None:
    """Where there is nothing to read, nothing is written."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(graph.NoDocumentsError, match="no documents were found"):
        build_on(sail, tmp_path / "empty", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_source_that_vanishes_is_said(sail: SparkSession, tmp_path: Path) -> None:
    """A source that workers do not see is an error in one line, through all layers of the engine."""
    source = write_files(tmp_path / "source", ADVERSARIES["vault"])

    def move(_stage: str, _done: int, _total: int | None) -> None:
        if source.exists():
            source.rename(tmp_path / "gone")

    with pytest.raises(SourceError, match=r"^\S*source: the worker \S+ cannot see it"):
        build_on(sail, source, tmp_path / "out", progress=move)


@pytest.mark.parametrize("ask", ["collect", "run", "write"])
def test_an_engine_that_fails_is_said(sail: SparkSession, ask: str, tmp_path: Path) -> None:
    """Whatever an engine is asked for, its failure is an error in one line."""
    frames = Frames(sail, tmp_path, 2)
    table = frames.table([PassRow("said", "", "", b"")])
    shutil.rmtree(tmp_path / "pass-0")
    (tmp_path / "pass-0").write_text("no folder of Parquet")
    with pytest.raises(OutputError, match=r"^The engine failed \(.+\)\. Look at its log, and build again\.$"):
        getattr(frames, ask)(*{"collect": (table,), "run": ("learn", table, tmp_path), "write": (table, tmp_path)}[ask])


@pytest.mark.parametrize("master", ["spark://127.0.0.1:1", "nonsense"])
def test_sail_has_connect_addresses_only(master: str) -> None:
    """An address of another kind is refused before anything starts."""
    with pytest.raises(FormatError, match="not an address of sail"), open_session("sail", master):
        pass
