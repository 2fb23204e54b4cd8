"""Topics are what documents mean, however they write them, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.knowledge import KnowledgeGraph
from graph.names import slug, topic_slug
from graph.reading.markdown import read_markdown
from graph.reading.prose import tags_in
from graph.reading.topic_labels import flat_topics, note_name
from graph.reading.yaml_text import load_yaml
from tests.folders import write_files


def built(folder: Path, files: dict[str, str]) -> KnowledgeGraph:
    """Build the files of a small source."""
    return graph.build(write_files(folder, files))


def topics_of(knowledge: KnowledgeGraph) -> dict[str, list[str]]:
    """Return the labels of each article's topics, by its title."""
    label = {iri: topic.label for iri, topic in knowledge.topics.items()}
    return {article.label: [label[iri] for iri in article.topics] for article in knowledge.articles.values()}


def broader(knowledge: KnowledgeGraph) -> dict[str, list[str]]:
    """Return the labels above each topic that has one above it."""
    label = {iri: topic.label for iri, topic in knowledge.topics.items()}
    return {topic.label: [label[iri] for iri in topic.broader] for topic in knowledge.topics.values() if topic.broader}


WAYS = {
    "Docusaurus": ("a.md", "tags:\n- label: Deep Sea\n  permalink: /deep\n- plain", ["Deep Sea", "plain"]),
    "TiddlyWiki": ("a.md", "tags: rain [[Deep Sea]] sun", ["rain", "Deep Sea", "sun"]),
    "Grav": ("a.md", "taxonomy:\n  category: [blog]\n  tag: [rain]", ["rain", "blog"]),
    "Hugo": ("a.md", "params:\n  tags: [rain, sea]", ["rain", "sea"]),
    "Jekyll": ("_posts/2020-01-01-a.md", "tags: ruby web css", ["ruby", "web", "css"]),
    "Jekyll with commas": ("_posts/2020-01-01-a.md", "tags: ruby on rails, web", ["ruby on rails", "web"]),
    "elsewhere": ("a.md", "tags: deep sea", ["deep sea"]),
    "with commas": ("a.md", "keywords: hello world, bonjour", ["hello world", "bonjour"]),
    "notes": ("a.md", 'topics: ["[[Books]]", "[[Sea/Deep Sea|sea]]"]', ["Books", "Deep Sea"]),
    "a note without quotes": ("a.md", "tags: [[Books]]", ["Books"]),
    "notes without quotes": ("a.md", "tags:\n- [[Books]]\n- rain", ["Books", "rain"]),
    "hash signs": ("a.md", 'tags: ["#garden", "C#", "#1 hit"]', ["garden", "C#", "#1 hit"]),
    "hash signs in a text": ("a.md", 'tags: "#garden #sea"', ["garden", "sea"]),
    "numbers": ("a.md", "tags: [3.10, 007, 1.0, 1e3, 12:30, no]", ["3.10", "007", "1.0", "1e3", "12:30", "no"]),
    "one tag": ("a.md", "tag: rain", ["rain"]),
    "notes in a text": ("a.md", 'topics: "[[Books]], [[Sea/Deep Sea|sea]]"', ["Books", "Deep Sea"]),
    "with semicolons": ("a.md", "keywords: hello world; bonjour", ["hello world", "bonjour"]),
    "a category": ("a.md", "category: rain", ["rain"]),
    "a category beside tags": ("a.md", "category: rain\ntags: [sea]", ["sea", "rain"]),
    "a category of everyday.cc": ("a.md", "category: news\nwebUrl: https://a.example/a", []),
}


@pytest.mark.parametrize(("path", "fields", "expected"), WAYS.values(), ids=WAYS.keys())
def test_ways_to_state_topics(tmp_path: Path, path: str, fields: str, expected: list[str]) -> None:
    """Each dialect's topics are read as it means them, and none of these ways is a fault."""
    knowledge = built(tmp_path, {path: f"---\ntitle: A\n{fields}\n---\nWords.\n"})
    assert topics_of(knowledge) == {"A": expected}
    assert not [problem for problem in knowledge.problems if problem.kind != "date-without-zone"]


NUMBERED = {"01-rain": "A", "2.sun": "B", "24-hours": "C"}


def test_folders_are_topics_without_the_numbers_that_sort_them(tmp_path: Path) -> None:
    """`01-rain` is about rain, and `24-hours` about 24 hours."""
    files = {f"docs/{folder}/{name}.md": f"# {name}\n\nWords.\n" for folder, name in NUMBERED.items()}
    assert topics_of(built(tmp_path, files)) == {"A": ["rain"], "B": ["sun"], "C": ["24-hours"]}


def test_zola(tmp_path: Path) -> None:
    """Zola's taxonomies are topics, and its own table of extra fields says who wrote and who published a page."""
    text = '+++\ntitle="A"\n[taxonomies]\ntags=["rust"]\nseries=["x"]\n[extra]\nauthor="Jo Doe"\n'
    text += 'team="the web team"\n+++\n'
    knowledge = built(tmp_path, {"a.md": text})
    assert topics_of(knowledge) == {"A": ["rust"]}
    assert [person.label for person in knowledge.people.values()] == ["Jo Doe"]
    assert [provider.label for provider in knowledge.providers.values()] == ["the web team"]


def test_categories_within_categories(tmp_path: Path) -> None:
    """Hexo's lists in lists are paths from a category down, and what it lists flatly is one path."""
    nested = built(tmp_path / "a", {"a.md": "---\ntitle: A\ncategories:\n- [c1, sc1]\n- [c2, sc2]\n---\n"})
    assert topics_of(nested) == {"A": ["c1", "sc1", "c2", "sc2"]}
    assert broader(nested) == {"sc1": ["c1"], "sc2": ["c2"]}
    assert not nested.problems
    hexo = {
        "_config.yml": "title: x\npermalink_defaults:\n",
        "source/_posts/a.md": "---\ntitle: A\ncategories: [b, c]\n---\n",
    }
    assert broader(built(tmp_path / "b", hexo)) == {"c": ["b"]}


def test_tags_within_tags(tmp_path: Path) -> None:
    """`area/health` is another topic than `area-health`, and stands below `area` where that is used."""
    knowledge = built(
        tmp_path,
        {
            "a.md": "---\ntitle: A\ntags: [area/health, area-health, CI/CD, TCP/IP, 24/7, A/B testing, web/ops]\n---\n",
            "b.md": "---\ntitle: B\ntags: [area, ci, tcp, web]\n---\n",
            "c.md": "---\ntitle: C\ntags: [work/now/first, work/later]\n---\n",
        },
    )
    assert len(topics_of(knowledge)["A"]) == 7
    assert broader(knowledge) == {
        "area/health": ["area"],
        "web/ops": ["web"],
        "work/now/first": ["work/now"],
        "work/now": ["work"],
        "work/later": ["work"],
    }


def test_a_slash_alone_nests_in_vaults_only(tmp_path: Path) -> None:
    """Where nothing else is in `area`, only a vault of notes says that `area/health` stands below it."""
    note = "---\ntitle: A\ntags: [area/health]\n---\n"
    assert broader(built(tmp_path / "site", {"a.md": note})) == {}
    vault = built(tmp_path / "vault", {"a.md": note, ".obsidian/app.json": "{}"})
    assert broader(vault) == {"area/health": ["area"]}


@given(st.text(max_size=20), st.text(max_size=20))
def test_only_a_slash_changes_the_name_of_a_topic(left: str, right: str) -> None:
    """A label without a slash is named by its slug, in any case, and one with a slash never like one without."""
    plain = left.replace("/", " ")
    assert topic_slug(plain) == slug(plain)
    assert (
        topic_slug(f"{left}/{right}") in {slug(f"{left}/{right}"), f"{slug(left)}--{slug(right)}"}
        or "/" in left + right
    )
    assert topic_slug("Area/Health") == topic_slug("area/health") != topic_slug("area-health")


def test_tags_in_the_text_of_notes(tmp_path: Path) -> None:
    """Tags in a vault's prose are topics; headings, numbers, colours, code, links and addresses hold none."""
    text = (
        "# About #heading\n\nA #garden-tag, (#no) and x#no, #123, #ff0000, `#code`, [#words](b.md), [[#Part]],\n"
        "#area/health. https://a.example/#part\n\n## More #heading\n\n```\n#code\n```\n\n- #listed\n"
    )
    files = {"a.md": f"---\ntitle: A\n---\n{text}", "b.md": "See [[a]].\n"}
    assert topics_of(built(tmp_path / "vault", files))["A"] == ["garden-tag", "area/health", "listed"]
    files["b.md"] = "See a.\n"
    assert (
        topics_of(built(tmp_path / "site", {name: words.replace("[[#Part]]", "") for name, words in files.items()}))[
            "A"
        ]
        == []
    )


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#walks #two words# and #tea#.", ["walks", "two words", "tea"]),
        ("#work/client one# (#no way#)", ["work/client one"]),
        ("#one and #two", ["one", "two"]),
        ("#one is written in C# and F#", ["one"]),
        ("#one, #two and more# here", ["one", "two and more"]),
        ("#one: words and more#", ["one"]),
        ("#one #", ["one"]),
        ("#one " + "x" * 70 + " two#", ["one"]),
        ("#one\ntwo#", ["one"]),
        ("#one two#three", ["one"]),
    ],
)
def test_tags_of_several_words(text: str, tags: list[str]) -> None:
    """A second sign ends a tag of several words on its line, if it can be no other."""
    assert [*tags_in(text)] == tags
    assert [*read_markdown(text).tags] == tags


WORDS = st.lists(st.text(st.sampled_from("xyé"), min_size=2, max_size=5), min_size=1, max_size=4).map(" ".join)


@given(st.lists(WORDS, max_size=4))
def test_any_tags_of_several_words(names: list[str]) -> None:
    """Whatever words are written as tags are found."""
    assert [*tags_in(" ".join(f"#{name}#" for name in names))] == names


def test_notes_that_only_have_tags(tmp_path: Path) -> None:
    """Notes of Bear are a vault although they link to nothing; a line of tags is no summary."""
    files = {f"{name}.md": f"# {name}\n#walks #two words#\n\nText of {name}.\n" for name in ("A", "B", "C")}
    knowledge = built(tmp_path / "notes", files)
    assert topics_of(knowledge) == {title: ["walks", "two words"] for title in ("A", "B", "C")}
    assert {article.excerpt for article in knowledge.articles.values()} == {"Text of A.", "Text of B.", "Text of C."}
    others = {f"{name}.md": f"# {name}\n\nText.\n" for name in ("D", "E", "F")}
    assert topics_of(built(tmp_path / "mixed", {**files, **others}))["A"] == []
    assert topics_of(built(tmp_path / "site", {**files, "mkdocs.yml": "site_name: S\n"}))["A"] == []


FOLDERS = {
    "travel/a.md": "---\ntitle: A\n---\n",
    "content/posts/food/soup/b.md": "---\ntitle: B\n---\n",
    "blog/2020/05/c.md": "---\ntitle: C\n---\n",
    "travel/d/index.md": "---\ntitle: D\n---\n",
    "e.md": "---\ntitle: E\n---\n",
}


def test_folders_are_topics_where_no_document_states_one(tmp_path: Path) -> None:
    """Folders are topics, below one another, unless a document states one; those of a site's machinery never are."""
    knowledge = built(tmp_path / "a", FOLDERS)
    assert topics_of(knowledge) == {"A": ["travel"], "B": ["soup"], "C": [], "D": ["travel"], "E": []}
    assert broader(knowledge) == {"soup": ["food"]}
    stated = built(tmp_path / "b", {**FOLDERS, "f.md": "---\ntitle: F\ntags: [rain]\n---\n"})
    assert topics_of(stated) == {**{title: [] for title in "ABCDE"}, "F": ["rain"]}


def test_a_setting_decides_about_folders(tmp_path: Path) -> None:
    """`folder_topics` makes folders topics beside those stated, or forbids it."""
    forced = {"article-graph.toml": "folder_topics = true\n", "x/f.md": "---\ntitle: F\ntags: [rain]\n---\n"}
    assert topics_of(built(tmp_path / "a", forced)) == {"F": ["rain", "x"]}
    forbidden = built(tmp_path / "b", {**FOLDERS, "article-graph.toml": "folder_topics = false\n"})
    assert not forbidden.topics
    wrong = built(tmp_path / "c", {**FOLDERS, "article-graph.toml": "folder_topics = 'maybe'\n"})
    assert [problem.kind for problem in wrong.problems] == ["invalid-settings"]


def test_one_folder_is_a_section(tmp_path: Path) -> None:
    """Where all documents that lie in a folder lie in the same one, it is no topic."""
    files = {"garden/a.md": "---\ntitle: A\n---\n", "b.md": "---\ntitle: B\n---\n"}
    assert not built(tmp_path, files).topics


_words = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=8)
_values = st.recursive(
    _words | st.none() | st.booleans() | st.integers() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["label", "name", "x"]), inner, max_size=2)
    ),
    max_leaves=8,
)


@given(_values, st.sampled_from(["tags", "categories", "topics", "category"]), st.booleans(), st.booleans())
def test_any_value(value: object, name: str, spaced: bool, nested: bool) -> None:  # noqa: FBT001 - hypothesis gives them
    """Whatever a field holds, it is flattened without an error, and nothing stands below what is not listed."""
    flat, pairs = flat_topics(value, name, spaced=spaced, nested=nested)
    assert not pairs or isinstance(flat, list)
    assert isinstance(note_name(str(value)), str)


@given(st.lists(st.from_regex(r"[a-z]{1,6}( [a-z]{1,6})?", fullmatch=True), max_size=6))
def test_plain_lists_stay(labels: list[str]) -> None:
    """A list of plain texts means itself, under any name but that of Hexo's categories."""
    assert flat_topics(labels, "tags", spaced=True, nested=True) == (labels, [])


@given(st.from_regex(r"[A-Za-z0-9.:_+-]{1,12}", fullmatch=True))
def test_labels_are_as_written(text: str) -> None:
    """What an unquoted scalar is written like is the label, unless it is nothing or a truth value."""
    value = load_yaml(f"tags: [x, {text}]\n").value if not text.endswith(":") and text[0] not in "-:" else {}
    assert isinstance(value, dict)
    for item in value.get("tags", ["x"])[1:]:
        if item is not None and not isinstance(item, bool) and not isinstance(item, dict):
            flat, _ = flat_topics([item], "tags", spaced=False, nested=False)
            assert flat == [text]
