"""One graph, however the work is divided: the passes that engines run, on parts and in orders that chance makes."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.cluster.building import Build
from graph.cluster.engine import run_pass
from graph.cluster.sessions import open_session
from graph.errors import FormatError, Problem, SourceError
from graph.info import Info, info_of
from graph.publishing.record_file import KINDS_OF_RECORDS
from graph.reading import list_documents, read
from graph.truth import Truth, establish
from graph.truth.mentions import Finder
from graph.truth.resolver import Resolver
from graph.views import to_ntriples
from tests.adversaries import ADVERSARIES, many_links, one_provider
from tests.commands import Run
from tests.folders import write_files
from tests.lists import Lists
from tests.worlds import HOSTILE_SITE, Site, sites, unpacked

Built = tuple[dict[tuple[str, str], object], list[str], list[Problem], Info]
"""All records by kind and IRI, triples, problems and numbers."""


def seeded(seed: int) -> Random:
    """Return chance that repeats itself."""
    return Random(seed)  # noqa: S311 - it is to be repeated


def by_parts(
    sources: Sequence[Path], chance: Random, parts: int, *, base: str | None = None, published_only: bool = False
) -> Built:
    """Build with an engine of lists."""
    work = Path(tempfile.mkdtemp())
    try:
        listing = list_documents(sources, base=base)
        found = Build(Lists(chance, parts), listing, work, published_only=published_only).run()
    finally:
        shutil.rmtree(work)
    assert found is not None
    table, truth, tally = found
    records: dict[tuple[str, str], object] = {}
    triples: list[str] = []
    problems = set()
    for row in table:
        if row.tag in KINDS_OF_RECORDS:
            assert (row.tag, row.key) not in records
            records[row.tag, row.key] = msgspec.json.decode(row.payload, type=KINDS_OF_RECORDS[row.tag])
        elif row.tag == "triples":
            triples += row.payload.decode().split("\n")
        elif row.tag == "problem":
            problems.add(msgspec.json.decode(row.payload, type=Problem))
    info = tally.info(truth, Counter(problem.kind for problem in problems))
    return records, sorted(triples), sorted(problems), info


def as_one(sources: Sequence[Path], *, base: str | None = None, published_only: bool = False) -> Built:
    """Build in one process."""
    truth = establish(read(list_documents(sources, base=base)), published_only=published_only)
    return records_of(truth), triples_of(truth), list(truth.problems), info_of(truth)


def triples_of(truth: Truth) -> list[str]:
    """Return the lines of N-Triples, sorted."""
    return sorted(line for lines in to_ntriples(truth) for line in lines.rstrip("\n").split("\n"))


def records_of(truth: Truth) -> dict[tuple[str, str], object]:
    """Return all records by kind and IRI."""
    return {(kind, iri): record for kind in KINDS_OF_RECORDS for iri, record in getattr(truth, kind).items()}


@pytest.mark.slow
@settings(max_examples=40)
@given(sites() | st.just(HOSTILE_SITE), st.integers(1, 10), st.randoms(use_true_random=False))
def test_how_work_is_divided_does_not_matter(site: Site, number: int, chance: Random) -> None:
    """Any site, on any number of parts, in any order, gives all that one process gives."""
    parts, published_only = (number + 1) // 2, number % 2 == 0
    with unpacked(site) as folder:
        expected = as_one([folder], published_only=published_only)
        assert by_parts([folder], chance, parts, published_only=published_only) == expected


@pytest.mark.slow
@settings(max_examples=20)
@given(sites(), sites(), st.integers(1, 4), st.randoms(use_true_random=False))
def test_sources_with_the_same_paths_are_told_apart(site: Site, other: Site, parts: int, chance: Random) -> None:
    """Two sources, whose documents have the same paths, give the graph of one process."""
    with unpacked(site) as one, unpacked(other) as two:
        assert by_parts([one, two], chance, parts) == as_one([one, two])


@pytest.mark.parametrize("name", ADVERSARIES)
@pytest.mark.parametrize("parts", [1, 2, 5])
def test_what_is_global_is_found_on_parts(name: str, parts: int, tmp_path: Path) -> None:
    """Learnt places, vaults, records, aliases, bundles and the like do not depend on how work is divided."""
    source = write_files(tmp_path, ADVERSARIES[name])
    for published_only in (False, True):
        for base in (None, "https://s.example/"):
            expected = as_one([source], base=base, published_only=published_only)
            assert by_parts([source], seeded(parts), parts, base=base, published_only=published_only) == expected


@pytest.mark.parametrize("make", [one_provider, many_links])
def test_skewed_sources_are_built_alike(make: Callable[[], Mapping[str, str]], tmp_path: Path) -> None:
    """One provider with half of all articles, and one article that all link to, give the graph of one process."""
    source = write_files(tmp_path, make())
    assert by_parts([source], seeded(1), 4) == as_one([source])


def test_what_is_made_of_all_pages_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More parts do not mean that the pages of all documents, or the names of all topics, are indexed more often."""
    source = write_files(tmp_path, ADVERSARIES["vault"])
    made: Counter[str] = Counter()
    for index in (Resolver, Finder):

        def counting(self: object, *given: Any, begin: Any = index.__init__, **named: Any) -> None:  # noqa: ANN401
            made[type(self).__name__] += 1
            begin(self, *given, **named)

        monkeypatch.setattr(index, "__init__", counting)
    by_parts([source], seeded(5), 1)
    few = made.copy()
    made.clear()
    by_parts([source], seeded(5), 7)
    assert made == few
    assert set(made) == {"Resolver", "Finder"}


def test_an_archive_is_read_as_a_whole(tmp_path: Path) -> None:
    """An archive gives the graph of its unpacked documents in one process."""
    source = write_files(tmp_path / "source", ADVERSARIES["aliases"])
    archive = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", source))
    assert by_parts([archive], seeded(2), 3) == as_one([archive])


def test_a_worker_with_other_code_does_nothing(tmp_path: Path) -> None:
    """A worker refuses work of a driver with another version, and says so in one line."""
    with pytest.raises(SourceError, match="another version of article-graph"):
        list(run_pass("merge", str(tmp_path), b"other", []))


def test_a_source_that_a_worker_does_not_see_is_said(tmp_path: Path) -> None:
    """A worker that does not find a source does not pass it over."""
    source = write_files(tmp_path / "source", ADVERSARIES["aliases"])
    listing = list_documents([source])
    source.rename(tmp_path / "gone")
    with pytest.raises(SourceError, match=r"source: the worker .* cannot see it"):
        Build(Lists(seeded(3), 2), listing, tmp_path).run()


def test_nothing_is_built_of_no_documents(tmp_path: Path) -> None:
    """A source without documents gives no graph, but the problem that says so."""
    (tmp_path / "empty").mkdir()
    build = Build(Lists(seeded(4), 2), list_documents([tmp_path / "empty"]), tmp_path)
    assert build.run() is None
    assert [problem.kind for problem in build.reading.problems] == ["no-documents"]


def test_options_that_engines_do_not_know_are_refused(run: Run, tmp_path: Path) -> None:
    """An option that an engine would ignore is an error, and so is an option of engines without one."""
    for options in (["--jobs", "2"], ["--watch"], ["--git-dates"], ["--format", "nt"], ["--evidence"], ["--no-cache"]):
        done = run("build", str(tmp_path), "--engine", "sail", *options)
        assert done.status == 2
        assert f"{options[0].replace('--no-', '--')} cannot be used with --engine" in done.told
    for option, value in (("--master", "sc://127.0.0.1:1"), ("--partitions", "3")):
        assert f"{option} needs an engine" in run("build", str(tmp_path), option, value).told


@pytest.mark.parametrize("engine", ["spark", "sail"])
def test_a_missing_extra_is_named(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library of an engine is missing, the message names the extra to install."""
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(SourceError, match=rf"Install 'article-graph\[{engine}\]'"), open_session(engine):
        pass


def test_an_engine_or_address_that_does_not_exist_is_refused() -> None:
    """A wrong name is a plain error."""
    with pytest.raises(FormatError, match="no engine 'flink'"), open_session("flink"):
        pass
    with pytest.raises(FormatError, match="not an address of spark"), open_session("spark", "http://127.0.0.1"):
        pass
