"""A page that a helper writes is the page that this process writes, whatever happens to the helper."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graph
from graph.child_processes import Helper, count_helpers
from graph.explorer.kept import Kept, KeptNote, KeptView
from graph.explorer.options import PageOptions
from graph.explorer.query_engine import Engine
from graph.publishing import formats
from graph.publishing.exports import EXPLORER_FILE
from graph.publishing.formats import check_formats, write_generation
from graph.publishing.pages import Drawing, ExplorerWriters
from tests.worlds import HOSTILE_SITE, Site, built, sites

MODULE = "graph.publishing.pages"
OPTIONS = PageOptions(
    engine=Engine("1", "MIT", b"export { a };", b"\0asm"),
    kept=Kept(views=(KeptView("Videos", "type=video"),), notes=(KeptNote("urn:x", "Checked."),)),
)


@pytest.fixture(scope="module")
def helper() -> Iterator[Helper]:
    """Give a helper that all examples share."""
    with Helper(MODULE) as started:
        yield started


def written(
    knowledge: graph.KnowledgeGraph, out: Path, drawing: Drawing | None, names: str = "html"
) -> dict[str, bytes]:
    """Return the files of a generation by name, except the store."""
    write_generation(knowledge, out, check_formats(names), options=OPTIONS, drawing=drawing)
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


@settings(max_examples=8)
@given(site=sites() | st.just(HOSTILE_SITE), names=st.sampled_from(["html", "all", "html,evidence"]))
def test_the_page_of_a_helper(helper: Helper, tmp_path_factory: pytest.TempPathFactory, site: Site, names: str) -> None:
    """All files are the same, to the byte, and no others are left."""
    knowledge = built(site)
    alone = written(knowledge, tmp_path_factory.mktemp("alone"), None, names)
    together = written(knowledge, tmp_path_factory.mktemp("together"), Drawing(helper), names)
    assert together.keys() == alone.keys()
    for name in alone.keys() - {"manifest.json"}:
        assert together[name] == alone[name], name
    assert helper.is_alive


def test_the_data_of_a_helper(helper: Helper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It writes the data of large graphs, too."""
    monkeypatch.setattr(formats, "MOST_WHOLE", 0)
    knowledge = graph.build("seeds")
    alone = written(knowledge, tmp_path / "alone", None)
    assert written(knowledge, tmp_path / "together", Drawing(helper))["explorer.data"] == alone["explorer.data"]


def test_a_helper_that_has_died(tmp_path: Path) -> None:
    """The page is then written by this process."""
    knowledge = graph.build("seeds")
    alone = written(knowledge, tmp_path / "alone", None)
    with Helper(MODULE) as helper:
        helper.end()
        assert written(knowledge, tmp_path / "together", Drawing(helper)) == alone
        assert not helper.is_alive


def test_a_failing_build_ends_its_helper(tmp_path: Path) -> None:
    """Nobody waits for a page that is no longer wanted."""
    knowledge = graph.build("seeds")
    with Helper(MODULE) as helper:
        with (
            pytest.raises(KeyboardInterrupt),
            Drawing(helper).of(knowledge.truth, tmp_path, ExplorerWriters(), [EXPLORER_FILE]),
        ):
            raise KeyboardInterrupt
        assert helper.ask(None) is None


@contextmanager
def no_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Let no process be started."""
    with monkeypatch.context() as patched:
        patched.setattr(sys, "executable", str(tmp_path / "missing"))
        yield


@pytest.mark.slow
def test_no_helper_can_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build of two processes then writes the page itself."""
    site = tmp_path / "site"
    site.mkdir()
    for number in range(1_500):
        (site / f"{number}.md").write_text(f"# Article {number}\n\n[next]({number + 1}.md)\n")
    with no_python(monkeypatch, tmp_path):
        graph.update(site, tmp_path / "alone", formats="html", jobs=2)
    graph.update(site, tmp_path / "together", formats="html", jobs=2)
    alone, together = tmp_path / "alone", tmp_path / "together"
    assert (alone / "explorer.html").read_bytes() == (together / "explorer.html").read_bytes()
    assert (alone / "records.data").read_bytes() == (together / "records.data").read_bytes()


def test_how_many_helpers() -> None:
    """Helpers are started for many files, and never more than asked for."""
    assert [count_helpers(jobs, 3_000) for jobs in (1, 2, 3, 4, 9)] == [0, 1, 2, 3, 3]
    assert count_helpers(8, 749) == count_helpers(8, 1_499) == count_helpers(None, 9_999) == 0
    assert count_helpers(None, 10**9) >= 0
