"""Documents in Parquet are read like those in a folder, and whatever is wrong with the file is said in one line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graph
from graph.errors import SourceError
from graph.reading.sources import open_source
from graph.views import to_ntriples
from tests.parquet import write_parquet
from tests.worlds import HOSTILE_SITE, Site, documents, sites, unpacked

pa = pytest.importorskip("pyarrow", reason="needs the extra `parquet`")
parquet = pytest.importorskip("pyarrow.parquet")

CONFIG = {"_config.yml": b"title: Ours\nurl: https://ours.example\n", "a/b.md": b"---\ntitle: B\n---\n[c](c.md)\n"}
CONFIG |= {"a/c.md": b"# C\n", "a/d.bin": b"\0", "node_modules/x.md": b"# No\n", "_site/feed.xml": b"<rss/>"}


def write(path: Path, /, **columns: Any) -> Path:  # noqa: ANN401 - columns of any type
    """Write a table as a file."""
    parquet.write_table(pa.table(columns), path)
    return path


@settings(max_examples=15)
@given(site=sites() | st.just(HOSTILE_SITE), parts=st.integers(0, 3))
def test_parquet_is_read_like_a_folder(tmp_path_factory: pytest.TempPathFactory, site: Site, parts: int) -> None:
    """The graph and its problems are the same, whether documents are files or rows of one or several files."""
    path = write_parquet(documents(site), tmp_path_factory.mktemp("site") / "docs.parquet", parts)
    with unpacked(site) as folder:
        expected = graph.build(folder)
    found = graph.build(path)
    assert list(to_ntriples(found.truth)) == list(to_ntriples(expected.truth))
    assert found.problems == expected.problems


@pytest.mark.parametrize("parts", [0, 1, 3])
def test_settings_and_what_is_passed_over(tmp_path: Path, parts: int) -> None:
    """The configuration is found in any of the files, and machinery is left out."""
    knowledge = graph.build(write_parquet(CONFIG, tmp_path / "site.parquet", parts))
    assert knowledge.title == "Ours"
    assert sorted(knowledge.articles) == ["https://ours.example/a/b.html", "https://ours.example/a/c.html"]
    assert knowledge.articles["https://ours.example/a/b.html"].links == ("https://ours.example/a/c.html",)
    assert dict(knowledge.truth.passed_over) == {".bin": 1}


def test_odd_rows(tmp_path: Path) -> None:
    """Text is read like bytes, paths stay inside, the last of two rows counts, and a row without content is said."""
    paths = ["../../up.md", "twice.md", "twice.md", "none.md"]
    path = write(tmp_path / "d.parquet", path=paths, content=["# Up", "# First", "# Last ü", None], more=[1, 2, 3, 4])
    knowledge = graph.build(path)
    assert sorted(article.label for article in knowledge.articles.values()) == ["Last ü", "Up"]
    assert [(one.path, one.kind) for one in knowledge.problems] == [
        ("none.md", "unreadable"),
        ("twice.md", "repeated-member"),
    ]


def test_the_files_of_a_folder_have_real_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers find them, whatever folder they run in."""
    path = write_parquet(CONFIG, tmp_path / "site.parquet", 2)
    monkeypatch.chdir(tmp_path)
    assert open_source("site.parquet").parts == (
        (path.resolve() / "part-0.parquet", 3),
        (path.resolve() / "part-1.parquet", 3),
    )


def test_a_build_recalls_parquet(tmp_path: Path) -> None:
    """Nothing is built again until a file changes."""
    path = write_parquet(CONFIG, tmp_path / "site.parquet", 2)
    for part in path.iterdir():
        os.utime(part, (1, 1))
    out = tmp_path / "out"
    assert graph.update(path, out, formats="nt").is_new
    assert not graph.update(path, out, formats="nt").is_new
    write(path / "part-1.parquet", path=["new.md"], content=["# New"])
    assert graph.update(path, out, formats="nt").is_new
    assert "https://ours.example/new.html" in graph.open_exports(out).articles


def test_what_is_no_parquet_of_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each fault is one error with a remedy."""
    broken, empty = tmp_path / "broken.parquet", tmp_path / "empty.parquet"
    broken.write_bytes(b"PAR1 and nothing else")
    empty.mkdir()
    other = write(tmp_path / "other.parquet", path=["a.md"], text=["# A"])
    for path, message in (
        (broken, r"cannot be read .* Write it again\."),
        (empty, r"contains no \.parquet file"),
        (other, r"has no column 'content'\. Documents in Parquet have"),
        (tmp_path / "missing.parquet", "cannot be read"),
    ):
        with pytest.raises(SourceError, match=message):
            graph.build(path)
    good = write_parquet(CONFIG, tmp_path / "good.parquet")
    good.write_bytes(good.read_bytes()[:200] + b"x" * 40 + good.read_bytes()[240:])
    try:
        graph.build(good)
    except SourceError as error:
        assert "good.parquet" in str(error)  # noqa: PT017 - damage need not be noticed where it lies in no page
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(SourceError, match=r"pip install 'article-graph\[parquet\]'"):
        graph.build(other)
