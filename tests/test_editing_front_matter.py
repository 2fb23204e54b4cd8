"""Values are added to front matter in its own style, and every other byte stays as it is."""

from __future__ import annotations

import difflib
import json
import tomllib

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from graph.editing import EditError, with_added, with_replaced
from graph.editing.front_matter import fields_of

STUB = {"title": "A: b", "webUrl": "https://news.example/?a=1#b"}
TEXTS = st.text(max_size=12) | st.sampled_from(
    [
        "yes",
        "null",
        "1",
        "2020-01-01",
        "C#",
        "a: b",
        "- a",
        "it's",
        '"quoted"',
        "a, b",
        "[x]",
        "#tag",
        "  ",
        "é",
        "\u2028",
    ]
)
"""Texts that mean something else without quotes, among others."""

SPECIMENS = [
    ("topics:\n  - AI\n", "topics:\n  - AI\n  - New\n"),
    ("topics:\n- AI # the first\n# end\n", "topics:\n- AI # the first\n- New\n# end\n"),
    ("topics:\n  -   'AI'\nurl: x\n", "topics:\n  -   'AI'\n  -   'New'\nurl: x\n"),
    ('topics: ["AI",  "ML"]\n', 'topics: ["AI",  "ML",  "New"]\n'),
    ("topics: [AI, # one\n  ML]\n", "topics: [AI, # one\n  ML, New]\n"),
    ("topics: []\n", "topics: [New]\n"),
    ("topics:\ntitle: A\n", "topics:\n  - New\ntitle: A\n"),
    ("topics: ~\n", "topics: [New]\n"),
    ("topics: AI\n", "topics: [AI, New]\n"),
    ("title: A\n", "title: A\ntopics:\n  - New\n"),
    ("tags:\n- a\ntitle: A # last\n", "tags:\n- a\ntitle: A # last\ntopics:\n- New\n"),
    ("title: |\n  A\n  b\n\n", "title: |\n  A\n  b\ntopics:\n  - New\n\n"),
    ("title: 'A\n  b'\n", "title: 'A\n  b'\ntopics:\n  - New\n"),
    ("{title: A}\n", "{title: A, topics: [New]}\n"),
]


@pytest.mark.parametrize(("before", "after"), SPECIMENS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_topic_is_added(before: str, after: str, end: str) -> None:
    """A list keeps its style, its comments and its line ends."""
    body = "\n# Text\n\ntopics:\n  - no front matter\n"
    old, new = (f"---\n{text}---\n{body}".replace("\n", end).encode() for text in (before, after))
    assert with_added(old, ["topics"], ["New"]) == new


def test_related_articles_look_like_those_there() -> None:
    """A stub is added with the keys, quotes and indentation of its siblings; after several lines of the last one."""
    old = b'---\nrelated:\n  - title: "One"\n    webUrl: https://a.example/\n    topics: [x,\n      y]\n'
    old += b"# next\ntitle: A\n---\n"
    new = old.replace(b"y]\n", b'y]\n  - title: "A: b"\n    webUrl: https://news.example/?a=1#b\n')
    assert with_added(old, ["related"], [STUB]) == new
    assert fields_of(with_added(b"---\nrelated: [{title: B}]\n---\n", ["related"], [STUB]))["related"] == [
        {"title": "B"},
        STUB,
    ]


def test_json_stays_json() -> None:
    """JSON front matter, with braces as its fences or within others, gets quoted texts."""
    old = b'{\n  "title": "A",\n  "topics": ["AI"]\n}\n\ntext\n'
    assert with_added(old, ["topics"], ["New"]) == old.replace(b'["AI"]', b'["AI", "New"]')
    new = b'{\n  "title": "A",\n  "topics": ["AI"],\n  "related": ["/x"]\n}\n\ntext\n'
    assert with_added(old, ["related"], ["/x"]) == new
    assert with_added(b';;;\n{"a": 1}\n;;;\n', ["topics"], ["B"]) == b';;;\n{"a": 1, "topics": ["B"]}\n;;;\n'


def test_toml_stays_toml() -> None:
    """TOML keeps comments and the order of its tables; a new key stands before the first table."""
    old = b'+++\ntitle = "A" # name\ntags = [\n  "AI", # one\n]\n\n[extra]\nx = 1\n+++\ntext\n'
    added = with_added(old, ["tags"], ["New"])
    assert fields_of(added) == {"title": "A", "tags": ["AI", "New"], "extra": {"x": 1}}
    assert [
        line for line in difflib.ndiff(old.decode().splitlines(), added.decode().splitlines()) if line[0] == "-"
    ] == []
    assert fields_of(with_added(old, ["topics"], ["T"]))["topics"] == ["T"]
    taxonomies = b'+++\ntitle = "A"\n[taxonomies]\ntags = ["a"]\n[extra]\nx = 1\n+++\n'
    assert with_added(taxonomies, ["taxonomies", "tags"], ["b"]) == taxonomies.replace(b'["a"]', b'["a", "b"]')


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"# A text\n", "it has no front matter"),
        (b"---\ntitle: A\n", "it has no front matter"),
        (b"---\n- a\n---\n", "the front matter is empty, or not a mapping of fields"),
        (b"---\n---\n", "the front matter is empty, or not a mapping of fields"),
        (b"---\ntitle: [\n---\n", "the front matter cannot be read"),
        (b"---\ntitle: \xff\n---\n", "it is not UTF-8"),
        (b"---\ntopics: {a: b}\n---\n", "'topics' is not a list"),
        (b"---\ntopics: AI, ML\n---\n", "'topics' is not a list"),
        (b"---\ntopics: &a [x]\nother: *a\n---\n", "'topics' is shared by an anchor, or has a tag"),
        (b"---\nother: &a [x]\ntopics: *a\n---\n", "'topics' is shared by an anchor, or has a tag"),
        (b"---\ntopics: [a]\ntopics: [b]\n---\n", "'topics' occurs twice"),
        (b'---js\n{"a": 1}\n---\n', "it has no front matter"),
        (b'+++\ntopics = "a"\n+++\n', "'topics' is not a list"),
    ],
)
def test_what_cannot_be_changed(data: bytes, reason: str) -> None:
    """A file that cannot be changed safely is refused, with the reason."""
    with pytest.raises(EditError) as refused:
        with_added(data, ["topics"], ["New"])
    assert str(refused.value) == reason


VALUES = st.recursive(
    TEXTS | st.integers() | st.booleans() | st.none() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.dictionaries(st.sampled_from(["title", "topics", "related", "x", "y"]), VALUES, min_size=1)
LISTS = st.lists(TEXTS, min_size=1, max_size=3) | st.just([STUB])


@given(FIELDS, LISTS, st.sampled_from([True, False, None]), st.sampled_from(["\n", "\r\n"]))
@example({"topics": ["a"]}, ["\ud800"], None, "\n")
def test_nothing_else_changes(fields: dict[str, object], items: list[object], flow: bool | None, end: str) -> None:  # noqa: FBT001
    """Whatever the fields, only one list differs afterwards, all old lines but one are there, and so is the text."""
    text = yaml.safe_dump(fields, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    old = f"\ufeff---\n{text}---\nText\n".replace("\n", end).encode()
    try:
        before = fields_of(old)
        new = with_added(old, ["topics"], items)
    except EditError:
        return
    after = fields_of(new)
    stated = before.pop("topics", None)
    found = after.pop("topics")
    assert before == after
    assert found == [*(stated if isinstance(stated, list) else [] if stated is None else [stated]), *items]
    changed = [line for line in difflib.ndiff(old.decode().split(end), new.decode().split(end)) if line[0] == "-"]
    assert len(changed) <= 1
    assert new.endswith(f"---{end}Text{end}".encode())


@given(TEXTS, st.sampled_from(["title: A", "title: 'A' # c", 'title: "A"', "title:   A   # c", "title: 12"]))
def test_a_value_is_replaced(value: str, line: str) -> None:
    """A text takes the place of another, in its quotes where they fit, and comments stay."""
    old = f"---\n# top\n{line}\nx: 1\n---\n"
    try:
        new = with_replaced(old.encode(), ["title"], value).decode()
    except EditError:
        assert not value.isprintable()
        return
    assert yaml.safe_load(new.split("---")[1]) is not None
    assert fields_of(new.encode()) == {"title": value, "x": 1}
    assert new.startswith("---\n# top\ntitle:")
    assert new.count("# c") >= line.count("# c")


@given(st.dictionaries(st.sampled_from(["title", "topics", "x"]), TEXTS | st.lists(TEXTS, max_size=2)), LISTS)
def test_json_and_toml_mean_the_same(fields: dict[str, object], items: list[object]) -> None:
    """JSON stays readable by a strict parser, whatever is added."""
    old = f";;;\n{json.dumps(fields)}\n;;;\n"
    try:
        new = with_added(old.encode(), ["topics"], items).decode()
    except EditError:
        return
    assert json.loads(new.split(";;;")[1])["topics"][-len(items) :] == items


@given(st.lists(TEXTS, max_size=2), st.lists(TEXTS, min_size=1, max_size=2))
def test_toml_is_read_back(stated: list[str], items: list[str]) -> None:
    """TOML stays readable by a strict parser, whatever is added."""
    old = f"+++\ntopics = {json.dumps(stated)}\nx = 1\n+++\n"
    try:
        new = with_added(old.encode(), ["topics"], items).decode()
    except EditError:
        return
    assert tomllib.loads(new.split("+++")[1]) == {"topics": [*stated, *items], "x": 1}
