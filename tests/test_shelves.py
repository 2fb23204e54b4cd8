"""Records of large graphs stay in files; whatever is made of them is the same as from memory."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graph
from graph.atlas import to_atlas
from graph.atlas.census import take_census
from graph.publishing import record_file
from graph.publishing.record_file import RecordFile, Shelving, write_records
from graph.reading import Sources, list_documents, read, spool
from graph.shelves import Shelf, in_row, picked
from graph.statements import NO_REFERENCES, StatedArticle, Stub
from tests.test_reading import SPECIMENS
from tests.worlds import HOSTILE_SITE, Site, built, sites, unpacked

SEEDS = Path(__file__).parent.parent / "seeds"


def exported(source: Sources, out: Path, **options: Any) -> Mapping[str, bytes]:  # noqa: ANN401 - those of `update`
    """Return the files of a build by name, except those that may differ."""
    graph.update(source, out, **options)
    differing = {"search.sqlite", "manifest.json", ".article-graph.cache"}
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file() and path.name not in differing}


@pytest.fixture
def shelving(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let every statement and every record stay in a file."""
    shelve(monkeypatch)
    return monkeypatch


def shelve(patched: pytest.MonkeyPatch) -> None:
    """Let statements and records stay in files."""
    patched.setattr(record_file, "MOST_HELD", 0)
    patched.setattr(spool, "MOST_STATED", 0)
    patched.setattr(spool, "CHUNK", 2)


@pytest.mark.parametrize("specimen", [*SPECIMENS, SEEDS], ids=lambda path: path.name)
def test_exports_of_shelved_records(specimen: Path, tmp_path: Path, shelving: pytest.MonkeyPatch) -> None:
    """A build has the same exports, to the byte, if its records stay in files."""
    told = specimen / "options.toml"
    options = tomllib.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    source = specimen / "input" if specimen.parent.name == "specimens" else specimen
    shelved = exported(source, tmp_path / "shelved", **options)
    shelving.undo()
    assert shelved == exported(source, tmp_path / "held", **options)


@settings(max_examples=20)
@given(site=sites() | st.just(HOSTILE_SITE), other=st.none() | sites(), published_only=st.booleans())
def test_exports_of_invented_sites(
    tmp_path_factory: pytest.TempPathFactory, *, site: Site, other: Site | None, published_only: bool
) -> None:
    """The same holds for any site, and for several sources."""
    folder = tmp_path_factory.mktemp("site")
    with unpacked(site) as first, unpacked(other or {}) as second, pytest.MonkeyPatch.context() as patched:
        sources = [first] if other is None else [first, second]
        held = exported(sources, folder / "held", published_only=published_only)
        shelve(patched)
        assert exported(sources, folder / "shelved", published_only=published_only) == held


@settings(max_examples=15)
@given(site=sites() | st.just(HOSTILE_SITE))
def test_statements_in_a_spool(tmp_path_factory: pytest.TempPathFactory, site: Site) -> None:
    """It has the statements that were put there, with stubs of the same keys, which it knows."""
    with unpacked(site) as source:
        statements = read(list_documents(source)).statements
    kept = spool.Spool(tmp_path_factory.mktemp("spool"))
    row = kept.put(statements)
    again = kept.put(row)
    assert len(row) == len(again) == len(statements)
    for before, *others in zip(statements, row, again, strict=True):
        for now in others:
            assert (now.path, now.line, now.text, now.links) == (before.path, before.line, before.text, before.links)
            if not isinstance(before.subject, StatedArticle):
                assert now.subject == before.subject
                continue
            assert isinstance(now.subject, StatedArticle)
            for old, new in zip(before.subject.related, now.subject.related, strict=True):
                known = (new[0], kept.stub(new[1].number)) if isinstance(new[1], Stub) else new
                assert known == old
            assert replace(now.subject, related=NO_REFERENCES, parts=NO_REFERENCES) == replace(
                before.subject, related=NO_REFERENCES, parts=NO_REFERENCES
            )


@settings(max_examples=15)
@given(site=sites())
def test_a_shelf_is_a_mapping(tmp_path_factory: pytest.TempPathFactory, site: Site) -> None:
    """It has the records of the truth by IRI, in order, one by one, in parts, and in another order."""
    truth = built(site).truth
    path = tmp_path_factory.mktemp("records") / "records"
    write_records(truth, path)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(record_file, "MOST_HELD", 0)
        for name in ("articles", "topics", "images"):
            held = getattr(truth, name)
            for shelf in (
                RecordFile(path).shelf(name),
                Shelving(path.parent).keep(name, held.values(), len(held)),
            ):
                if not held:
                    assert not shelf
                    continue
                assert isinstance(shelf, Shelf)
                assert list(shelf.items()) == list(held.items())
                assert list(shelf) == list(held)
                assert list(shelf.values()) == list(held.values())
                assert {iri: shelf[iri] for iri in held} == dict(held)
                assert "urn:x" not in shelf
                assert shelf.get("") is None
                row, order = in_row(shelf), list(reversed(range(len(held))))
                assert row[1:3] == list(held.values())[1:3]
                assert list(picked(picked(row, order), order[:2])) == list(held.values())[:2]


def test_a_source_without_documents(tmp_path: Path, shelving: pytest.MonkeyPatch) -> None:
    """A source that says nothing changes nothing beside one whose statements wait in a file; nor do no sources fail."""
    (tmp_path / "nothing").mkdir()
    for sources in ([SEEDS, tmp_path / "nothing"], [tmp_path / "nothing", SEEDS]):
        exported(sources, tmp_path / "out", formats="nt")
        assert graph.open_exports(tmp_path / "out").articles.keys() == graph.build(SEEDS).articles.keys()
    assert shelving is not None
    assert not graph.build([]).articles


def test_the_map_of_a_shelf(tmp_path: Path, shelving: pytest.MonkeyPatch) -> None:
    """The atlas is that of records in memory, whether it shows all articles or some."""
    knowledge = built(HOSTILE_SITE)
    articles = Shelving(tmp_path).keep("articles", knowledge.truth.articles.values(), len(knowledge.articles))
    shelved = replace(knowledge.truth, articles=articles)
    for whole in (True, False):
        assert list(to_atlas(shelved, whole=whole).census.records()) == list(
            to_atlas(knowledge.truth, whole=whole).census.records()
        )
    shelving.setattr("graph.atlas.census.MOST_ARTICLES", 3)
    shelving.setattr("graph.atlas.census.MOST_SHOWN", 3)
    few = take_census(shelved)
    assert len(few.articles) == 3
    assert few.digest() == take_census(knowledge.truth).digest()


def test_nothing_is_left(tmp_path: Path, shelving: pytest.MonkeyPatch) -> None:
    """The files have no names, so that they are gone whatever ends a build."""
    assert shelving is not None
    shelf = Shelving(tmp_path).keep("articles", built(HOSTILE_SITE).articles.values(), 1)
    assert list(tmp_path.iterdir()) == []
    assert all(shelf.values())


@pytest.mark.parametrize("what", ["graph.publishing.record_file.MOST_HELD", "graph.reading.spool.MOST_STATED"])
def test_a_disk_that_is_full(tmp_path: Path, what: str) -> None:
    """No room for records or statements is one clear line and exit status 2, and leaves nothing behind."""
    code = f"""
import resource, sys
from graph.cli import main
import graph.publishing.record_file, graph.reading.spool
graph.reading.spool.CHUNK = 2
{what} = 0
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
sys.exit(main(["build", {str(SEEDS)!r}, "--out", {str(tmp_path / "out")!r}, "--quiet"]))
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=SEEDS.parent)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "cannot be written" in done.stderr
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file() and not path.name.startswith(".")]
