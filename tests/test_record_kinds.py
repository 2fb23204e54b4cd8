"""What a document is a record of, by its fields, its folder, its site and the owner's settings."""

from __future__ import annotations

from pathlib import Path

import pytest

import graph
from graph.knowledge import KnowledgeGraph
from graph.reading.record_kinds import kind_of, record_key
from tests.folders import write_files

PLACES = {
    "content/authors/jdoe/_index.md": "person",
    "content/author/jdoe/_index.md": "person",
    "content/en/tags/rain/_index.md": "topic",
    "content/categories/rain/_index.en.md": "topic",
    "content/topics/rain.md": "topic",
    "content/topics/_index.md": None,
    "content/tags/_index.md": None,
    "content/tags/rain.md": None,
    "content/posts/rain/_index.md": None,
    "_data/topics/rain.yaml": "topic",
    "_people/jdoe.md": "person",
}


@pytest.mark.parametrize(("path", "kind"), PLACES.items(), ids=PLACES.keys())
def test_places(path: str, kind: str | None) -> None:
    """A folder of records holds records, but for the page that lists them."""
    assert kind_of(path, {}) == kind


def test_a_dated_post_of_a_type(tmp_path: Path) -> None:
    """A `type` makes a record of a page, but not of a dated post, which may be somebody's profile."""
    assert kind_of("a.md", {"type": "profile"}) == "person"
    assert kind_of("a.md", {"type": "profile", "date": "2020-01-01"}) is None
    assert kind_of("_posts/2020-01-01-a.md", {"type": "profile"}) is None
    del tmp_path


def test_keys() -> None:
    """A record is called by its file's name or by the folder it stands for; a file of many records has no key."""
    assert record_key("content/authors/jdoe/_index.md") == "jdoe"
    assert record_key("content/topics/rain.en.md") == "rain"
    assert record_key("blog/authors.yml") == ""


def built(folder: Path, files: dict[str, str]) -> KnowledgeGraph:
    """Build the files of a small source."""
    return graph.build(write_files(folder, files))


LISTS = {
    "a list": "- name: Design\n  parent: Technology\n- name: Technology\n",
    "a mapping": "design:\n  name: Design\n  parent: Technology\ntech:\n  label: Technology\n",
    "one record": "name: Design\nparent: Technology\n",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS.keys())
def test_topics_in_one_file(text: str, tmp_path: Path) -> None:
    """A file of topics says the same as a file for each of them."""
    knowledge = built(tmp_path, {"_data/topics.yaml": text, "a.md": "---\ntitle: A\ntopics: [Design]\n---\n"})
    parents = {
        topic.label: [knowledge.topics[iri].label for iri in topic.broader] for topic in knowledge.topics.values()
    }
    assert parents == {"Design": ["Technology"], "Technology": []}
    assert not knowledge.problems


def test_providers_in_one_file(tmp_path: Path) -> None:
    """A file of providers holds them in a list or by their keys; what cannot be read is reported where it stands."""
    text = "- name: The Daily\n  domain: daily.example\n- 7\n- url: https://x.example\n- name: X\n  domain: no domain\n"
    knowledge = built(
        tmp_path, {"_data/providers.yml": text, "data/organizations.yaml": "other:\n  domain: y.example\nz: 3\n"}
    )
    domains = {provider.label: provider.domain for provider in knowledge.providers.values()}
    assert domains == {"The Daily": "daily.example", "X": None, "other": "y.example"}
    assert [(problem.path, problem.line, problem.kind) for problem in knowledge.problems] == [
        ("_data/providers.yml", 3, "not-a-mapping"),
        ("_data/providers.yml", 4, "nameless-provider"),
        ("_data/providers.yml", 5, "invalid-domain"),
        ("data/organizations.yaml", 3, "not-a-mapping"),
    ]


def publishers(knowledge: KnowledgeGraph) -> dict[str, str | None]:
    """Return the label of each article's publisher, by its title."""
    label = {iri: provider.label for iri, provider in knowledge.providers.items()}
    return {article.label: label.get(article.provider or "") for article in knowledge.articles.values()}


SOURCES = {
    f"content/sources/source_{key}.md": f"---\nslug: {key}\nname: {name}\ndomain: https://{key}.example\n---\n"
    for key, name in {"gsa": "General Services", "va": "Veterans Affairs", "tts": "Technology", "usa": "USA"}.items()
}
ARTICLES = {
    f"content/news/{key}.md": f"---\ntitle: {key} says\ndate: 2020-01-01\nsource: {key}\n---\nWords.\n"
    for key in ("gsa", "va", "usa")
}


def test_a_folder_of_records_is_recognised(tmp_path: Path) -> None:
    """Where a field's values are the names of a folder's files, these describe what the field means."""
    files = {**SOURCES, **ARTICLES, "content/sources/_index.md": "---\ntitle: All sources\n---\n"}
    knowledge = built(tmp_path, files)
    assert publishers(knowledge) == {
        "gsa says": "General Services",
        "va says": "Veterans Affairs",
        "usa says": "USA",
        "All sources": None,
    }
    assert sorted(provider.domain or "" for provider in knowledge.providers.values()) == [
        *("gsa.example", "tts.example", "usa.example", "va.example")
    ]


def test_articles_are_not_taken_for_records(tmp_path: Path) -> None:
    """Dated articles whose names happen to be topics of others are articles, and so are those of a mixed folder."""
    tagged = "---\ntitle: T\ndate: 2020-01-01\ntags: [rain, sea, wind]\n---\n"
    dated = {f"posts/{name}.md": f"---\ntitle: {name}\ndate: 2020-01-01\n---\n" for name in ("rain", "sea", "wind")}
    assert len(built(tmp_path / "a", {**dated, "t.md": tagged}).articles) == 4
    mixed = {f"docs/{name}.md": f"---\ntitle: {name}\n---\n" for name in ["rain", "sea", "wind", *map(str, range(20))]}
    assert len(built(tmp_path / "b", {**mixed, "t.md": tagged}).articles) == 24


def test_settings_correct_and_add(tmp_path: Path) -> None:
    """`[kinds]` says what a folder holds, also that it holds articles; what it says amiss is reported."""
    settings = '[kinds]\n"content/sources" = "article"\n"team" = "person"\n"x" = "thing"\n'
    files = {**SOURCES, **ARTICLES, "article-graph.toml": settings, "team/jdoe.md": "---\nname: Jo Doe\n---\n"}
    files["a.md"] = "---\ntitle: A\nauthor: jdoe\n---\n"
    knowledge = built(tmp_path, files)
    assert publishers(knowledge)["gsa says"] == "gsa"
    assert [person.label for person in knowledge.people.values()] == ["Jo Doe"]
    assert [problem.kind for problem in knowledge.problems] == ["invalid-settings"]


def test_recognition_does_not_depend_on_the_cache(tmp_path: Path) -> None:
    """A build that recalls every document recognises the same records as one that reads them."""
    write_files(tmp_path / "in", {**SOURCES, **ARTICLES})
    out = tmp_path / "out"
    graph.update([tmp_path / "in"], out, formats="nt")
    before = (out / "graph.nt").read_bytes()
    (tmp_path / "in" / "new.md").write_text("---\ntitle: New\nsource: gsa\n---\n", encoding="utf-8")
    graph.update([tmp_path / "in"], out, formats="nt")
    after = (out / "graph.nt").read_bytes()
    assert b"General Services" in before
    assert set(before.splitlines()) <= set(after.splitlines())


SAID = {
    "../files/paper.pdf": None,
    "/img/x.pdf": None,
    "files/x.pdf": None,
    "interview": None,
    "me": None,
    "github.com/foo/bar": None,
    "https://github.com/foo/bar": None,
    "https://news.example/2020/x": "news.example",
    "news.example": "news.example",
    "The Daily": "The Daily",
}


@pytest.mark.parametrize(("source", "label"), SAID.items(), ids=SAID.keys())
def test_sources(source: str, label: str | None, tmp_path: Path) -> None:
    """A `source` is a publisher only where it is somebody's name or address, and not a file, a kind or a page."""
    knowledge = built(tmp_path, {"a.md": f"---\ntitle: A\nsource: {source}\n---\n"})
    assert publishers(knowledge) == {"A": label}
    (article,) = knowledge.articles.values()
    assert (article.cites != ()) == (("/" in source and ".com" in source) or "//" in source)
