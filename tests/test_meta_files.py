"""Nikola's posts in two files: what stands in the one is said of the text in the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import graph
from graph.publishing import update
from tests.folders import write_files
from tests.packing import PACKERS

SITE = """BLOG_TITLE = "N"
SITE_URL = "https://n.example/"
POSTS = (("posts/*.rst", "blog", "post.tmpl"), ("posts/*.md", "blog", "post.tmpl"), ("posts/*.html", "blog", "x"))
"""
META = """.. title: {}
.. slug: {}
.. date: 2020-02-03 10:00:00 UTC+01:00
.. tags: hills, sea
.. author: Ada Holm
.. link:
"""
FILES = {
    "conf.py": SITE,
    "posts/one.md": "A text of [another](two.rst).\n",
    "posts/one.meta": META.format("The first", "first") + ".. status: draft\n",
    "posts/two.rst": "A text.\n",
    "posts/two.meta": META.format("The second", "second"),
    "posts/three.html": "<p>A text.</p>\n",
    "posts/three.meta": META.format("The third", "third").replace("\n", "\r\n"),
    "posts/four.md": "A text.\n",
    "posts/four.meta": "---\ntitle: The fourth\nslug: fourth\n"
    "date: 2020-02-03T09:00:00Z\ntags: [hills, sea]\nauthor: Ada Holm\n---\n",
}


def assert_read(knowledge: graph.KnowledgeGraph) -> None:
    """Check that each of the four posts states what the file beside it says."""
    assert not knowledge.problems
    people = {iri: person.label for iri, person in knowledge.people.items()}
    topics = {iri: topic.label for iri, topic in knowledge.topics.items()}
    found = {article.label: article for article in knowledge.articles.values()}
    assert sorted(found) == ["The first", "The fourth", "The second", "The third"]
    for label, article in found.items():
        assert article.url == f"https://n.example/blog/{label.partition(' ')[2]}/"
        assert article.published_at == "2020-02-03T09:00:00Z"
        assert [topics[iri] for iri in article.topics] == ["hills", "sea"]
        assert [people[iri] for iri in article.authors] == ["Ada Holm"]
        assert (article.excerpt or "").startswith("A text")
        assert article.published is (False if label == "The first" else None)
    assert found["The first"].links == (found["The second"].iri,)


def test_a_post_in_two_files(tmp_path: Path) -> None:
    """Its title, address, time, topics and authors are those of the file beside the text."""
    write_files(tmp_path, FILES)
    assert_read(graph.build(tmp_path))


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_in_archives(tmp_path: Path, pack: Callable[..., Path]) -> None:
    """An archive is read like the folder that was packed."""
    assert_read(graph.build(pack(tmp_path, [(name, text.encode()) for name, text in FILES.items()])))


def test_a_changed_file_changes_its_post(tmp_path: Path) -> None:
    """An update sees that only the file beside a text is another."""
    write_files(tmp_path / "site", FILES)
    update(tmp_path / "site", out=tmp_path / "out", formats="nt")
    (tmp_path / "site/posts/two.meta").write_text(META.format("Another", "another"), encoding="utf-8")
    update(tmp_path / "site", out=tmp_path / "out", formats="nt")
    text = (tmp_path / "out/graph.nt").read_text(encoding="utf-8")
    assert "The second" not in text
    assert "https://n.example/blog/another/" in text


@pytest.mark.parametrize(
    ("meta", "kinds"),
    [
        ("", set()),
        ("words", set()),
        ("---\ntitle: A\n", {"unclosed-front-matter"}),
        ("---\ntitle: [\n---\n", {"invalid-yaml"}),
        (".. title: A\n.. date: someday\n", {"invalid-date"}),
        ("\0" * 99, {"binary-file"}),
        (".. title: " + "A" * 200_000, set()),
    ],
)
def test_what_cannot_be_understood(tmp_path: Path, meta: str, kinds: set[str]) -> None:
    """The text beside it is read all the same."""
    write_files(tmp_path, {"conf.py": SITE, "posts/one.md": "A text.\n", "posts/one.meta": meta})
    knowledge = graph.build(tmp_path)
    assert len(knowledge.articles) == 1
    assert {problem.kind for problem in knowledge.problems} == kinds


def test_elsewhere_such_files_say_nothing(tmp_path: Path) -> None:
    """Without a configuration of Nikola, `.meta` may be the file of any program."""
    write_files(tmp_path, {name: text for name, text in FILES.items() if name != "conf.py"})
    assert "The first" not in {article.label for article in graph.build(tmp_path).articles.values()}
