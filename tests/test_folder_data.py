"""Data files beside documents: Eleventy's for all documents of a folder, Docusaurus's for all tags."""

from __future__ import annotations

from pathlib import Path

import pytest

import graph
from tests.folders import write_files

CONFIGURATION = "export default function (c) { return { dir: { input: 'src' } } }"


def build(folder: Path, files: dict[str, str]) -> graph.KnowledgeGraph:
    """Return the graph of an Eleventy site of these files below `src`."""
    write_files(folder / "src", {"../eleventy.config.js": CONFIGURATION, **files})
    return graph.build(folder, base="https://e.example/")


def test_a_folder_s_data_hold_for_its_documents(tmp_path: Path) -> None:
    """What a folder's data file says holds for all documents below it, unless one or a nearer file says otherwise."""
    files = {
        "posts/posts.json": '{"permalink": "/p/{{ page.fileSlug }}/", "author": "Ada Holm", "tags": "post"}',
        "posts/deep/deep.11tydata.json": '{"author": "Bo Berg"}',
        "notes/notes.11tydata.js": "module.exports = {permalink: '/n/{{ page.fileSlug }}/', tags: ['note'], x: f(1)};",
        "notes/f.md": "---\ntitle: F\n---\nText.",
        "posts/2021-03-04-a.md": "---\ntitle: A\ntags: [Sea]\n---\nText.",
        "posts/b.md": "---\ntitle: B\npermalink: /own/\n---\nText.",
        "posts/deep/c.md": "---\ntitle: C\nauthor: Cid Cay\n---\nText.",
        "posts/deep/d.md": "---\ntitle: D\n---\nText.",
        "e.md": "---\ntitle: E\n---\nText.",
    }
    knowledge = build(tmp_path, files)
    people = {iri: person.label for iri, person in knowledge.people.items()}
    found = {
        article.label: ((article.url or "")[17:], [people[iri] for iri in article.authors])
        for article in knowledge.articles.values()
    }
    assert found == {
        "A": ("/p/a/", ["Ada Holm"]),
        "B": ("/own/", ["Ada Holm"]),
        "C": ("/p/c/", ["Cid Cay"]),
        "D": ("/p/d/", ["Bo Berg"]),
        "E": ("/e/", []),
        "F": ("/n/f/", []),
    }
    assert [topic.label for topic in knowledge.topics.values()] == ["Sea"]
    assert not knowledge.truth.passed_over


@pytest.mark.parametrize("data", ["", "{", "[1]", "null", '{"permalink": [1]}', "[" * 100_000, '{"a": "' + "x" * 10**6])
def test_data_that_cannot_be_understood_say_nothing(data: str, tmp_path: Path) -> None:
    """A data file of any shape takes nothing from the documents beside it."""
    knowledge = build(tmp_path, {"posts/posts.json": data, "posts/a.md": "---\ntitle: A\n---\nText."})
    assert [article.url for article in knowledge.articles.values()] == ["https://e.example/posts/a/"]


def test_tags_of_docusaurus_are_called_by_their_labels(tmp_path: Path) -> None:
    """Whoever states a key of `tags.yml` means the topic of that label, and the file of another shape says nothing."""
    tags = "sea:\n  label: The Sea\n  permalink: /sea\n  description: All of it.\nland: {}\nnone: x\n7: {label: [1]}\n"
    site = {
        "docusaurus.config.js": "module.exports = {url: 'https://d.example', baseUrl: '/'}",
        "blog/tags.yml": tags,
        "docs/tags.yml": "- a\n- b\n",
        "blog/2021-03-04-a.md": "---\ntitle: A\ntags: [sea, land]\n---\nText.",
    }
    knowledge = graph.build(write_files(tmp_path, site))
    assert [(topic.label, topic.description) for topic in knowledge.topics.values()] == [
        ("land", None),
        ("The Sea", "All of it."),
    ]


@pytest.mark.parametrize("date", ["Last Modified", "git Created", "last-modified", "today", "'`r Sys.Date()`'"])
def test_a_date_that_only_a_build_knows_is_none(date: str, tmp_path: Path) -> None:
    """The words of Eleventy and Quarto for the day of a build are no date, and no fault."""
    (tmp_path / "a.md").write_text(f"---\ntitle: A\ndate: {date}\n---\nText.")
    knowledge = graph.build(tmp_path)
    assert [article.published_at for article in knowledge.articles.values()] == [None]
    assert not knowledge.problems


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("_posts/2021-03-04-a-walk.md", "a walk"),
        ("2021-3-4 A walk.md", "A walk"),
        ("posts/2021-03-04-walk/index.md", "walk"),
        ("2021-03-04.md", "2021-03-04"),
        ("2021-03-04-5.md", "5"),
    ],
)
def test_the_day_of_a_file_s_name_is_no_part_of_its_title(path: str, label: str, tmp_path: Path) -> None:
    """A document without a title is called by the name of its file, without the day before it."""
    write_files(tmp_path, {path: "Text."})
    assert [article.label for article in graph.build(tmp_path).articles.values()] == [label]
