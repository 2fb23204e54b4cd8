"""Values are added to front matter in its own style, and every other byte stays as it is."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from graph.editing import EditError, with_added, with_replaced
from graph.editing.front_matter import front_matter_of
from graph.editing.splices import difference

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
    ('{"title": A}\n', '{"title": A, "topics": ["New"]}\n'),
    ("topics: [ ]\n", "topics: [New]\n"),
    ("topics: [\n  AI, # one\n  ML # two\n]\n", "topics: [\n  AI, # one\n  ML, # two\n  New\n]\n"),
    ("topics: [\n    AI , # one\n\n  ]\n", "topics: [\n    AI, # one\n    New,\n\n  ]\n"),
    ("a:\n  b: &b 1\n  c: 2\nd: *b # d\n", "a:\n  b: &b 1\n  c: 2\nd: *b # d\ntopics:\n  - New\n"),
    ("? title\n: A\n", "? title\n: A\ntopics:\n  - New\n"),
    ("title: |+\n  A\n\n\n", "title: |+\n  A\n\n\ntopics:\n  - New\n"),
    ("tags: &t\n- a\ntitle: A\n", "tags: &t\n- a\ntitle: A\ntopics:\n  - New\n"),
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
    assert front_matter_of(with_added(b"---\nrelated: [{title: B}]\n---\n", ["related"], [STUB]))["related"] == [
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
    assert front_matter_of(added) == {"title": "A", "tags": ["AI", "New"], "extra": {"x": 1}}
    assert [
        line for line in difflib.ndiff(old.decode().splitlines(), added.decode().splitlines()) if line[0] == "-"
    ] == []
    assert front_matter_of(with_added(old, ["topics"], ["T"]))["topics"] == ["T"]
    taxonomies = b'+++\ntitle = "A"\n[taxonomies]\ntags = ["a"]\n[extra]\nx = 1\n+++\n'
    assert with_added(taxonomies, ["taxonomies", "tags"], ["b"]) == taxonomies.replace(b'["a"]', b'["a", "b"]')


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"# A text\n", "it has no front matter in YAML, TOML or JSON"),
        (b"---\ntitle: A\n", "it has no front matter in YAML, TOML or JSON"),
        (b"---\n- a\n---\n", "the front matter is empty, or not a mapping of fields"),
        (b"---\n---\n", "the front matter is empty, or not a mapping of fields"),
        (b"---\ntitle: [\n---\n", "the front matter cannot be read"),
        (b"---\ntitle: \xff\n---\n", "it is not UTF-8"),
        (b"---\ntopics: {a: b}\n---\n", "'topics' is not a list"),
        (b"---\ntopics: AI, ML\n---\n", "'topics' is not a list"),
        (b"---\ntopics: &a [x]\nother: *a\n---\n", "'topics' is shared by an anchor, or has a tag"),
        (b"---\nother: &a [x]\ntopics: *a\n---\n", "'topics' is shared by an anchor, or has a tag"),
        (b"---\ntopics: [a]\ntopics: [b]\n---\n", "'topics' occurs twice"),
        (b'---js\n{"a": 1}\n---\n', "it has no front matter in YAML, TOML or JSON"),
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
        before = front_matter_of(old)
        new = with_added(old, ["topics"], items)
    except EditError:
        return
    after = front_matter_of(new)
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
    assert front_matter_of(new.encode()) == {"title": value, "x": 1}
    assert new.startswith("---\n# top\ntitle:")
    assert new.count("# c") >= line.count("# c")


ITEMS = [
    ("topics:\n- rust # the first\n- 'x'\n", "topics:\n- New # the first\n- 'x'\n"),
    ("topics:\n  -   'rust'\nurl: x\n", "topics:\n  -   'New'\nurl: x\n"),
    ('topics: ["rust",  ML]\n', 'topics: ["New",  ML]\n'),
    ("topics: [rust, # one\n  ML]\n", "topics: [New, # one\n  ML]\n"),
    ("+++\ntopics = ['rust', # one\n  \"b\" ]\n[extra]\nx = 1 # two\n", None),
    (';;;\n{"topics":  ["rust",\n "b"], "x": 1}\n', None),
]
"""Lists in every language and style whose first item is replaced; in TOML and JSON nothing but that word changes."""


@pytest.mark.parametrize(("before", "after"), ITEMS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_item_is_replaced(before: str, after: str | None, end: str) -> None:
    """An item of a list is replaced in its own quotes; comments, spaces and line ends stay."""
    fence = before[:3] if before[:3] in {"+++", ";;;"} else "---"
    start = "" if before.startswith(fence) else f"{fence}\n"
    after = after or before.replace("rust", "New")
    old, new = (f"{start}{text}{fence}\ntopics: rust\n".replace("\n", end).encode() for text in (before, after))
    assert with_replaced(old, ["topics", 0], "New") == new


def test_an_item_within_others_is_replaced() -> None:
    """A path leads through mappings, lists and tables of TOML."""
    yaml_text = b"---\nrelated:\n- title: A # one\n  url: x\n- {title: A, url: y}\n---\n"
    assert with_replaced(yaml_text, ["related", 0, "title"], "B") == yaml_text.replace(b"A #", b"B #")
    assert with_replaced(yaml_text, ["related", 1, "title"], "B, C") == yaml_text.replace(b"A,", b'"B, C",')
    toml_text = b"+++\n[[authors]]\nname = 'A' # one\n[[authors]]\nname = 'A'\n[taxonomies]\ntags = ['A']\n+++\n"
    assert with_replaced(toml_text, ["authors", 0, "name"], "B") == toml_text.replace(b"'A' #", b"'B' #")
    assert with_replaced(toml_text, ["taxonomies", "tags", 0], "it's") == toml_text.replace(b"['A']", b'["it\'s"]')


@pytest.mark.parametrize(
    ("data", "path", "reason"),
    [
        (b"---\ntopics: &a [x]\nother: *a\n---\n", ["topics", 0], "'topics' is shared by an anchor, or has a tag"),
        (b"---\ntopics: *a\nother: &a [x]\n---\n", ["topics", 0], "the front matter cannot be read"),
        (b"---\nother: &a [x]\ntopics: *a\n---\n", ["topics", 0], "'topics' is shared by an anchor, or has a tag"),
        (b"---\nother: &a x\ntopics: [*a]\n---\n", ["topics", 0], "'topics.1' is shared by an anchor, or has a tag"),
        (b"---\ntopics: [!!str x]\n---\n", ["topics", 0], "'topics.1' is shared by an anchor, or has a tag"),
        (b"---\ntopics: [x]\n---\n", ["topics", 1], "there is no 'topics.2'"),
        (b"---\ntopics: [x]\n---\n", ["topics", "x"], "there is no 'topics.x'"),
        (b"---\ntopics: [[x]]\n---\n", ["topics", 0], "'topics.1' is not a text on one line"),
        (b"---\ntopics:\n- |\n  x\n---\n", ["topics", 0], "'topics.1' is not a text on one line"),
        (b"+++\ntopics = ['x']\n+++\n", ["topics", 1], "there is no 'topics.2'"),
        (b"+++\ntopics = ['x']\n+++\n", ["x", 0], "there is no 'x'"),
        (b"+++\ntopics = ['x']\n+++\n", ["topics"], "'topics' is not a text on one line"),
        (b'+++\ntopics = ["""x"""]\n+++\n', ["topics", 0], "'topics.1' is not a text on one line"),
    ],
)
def test_what_cannot_be_replaced(data: bytes, path: list[str | int], reason: str) -> None:
    """A value that is shared, missing, or no text on one line is refused, with the reason."""
    with pytest.raises(EditError) as refused:
        with_replaced(data, path, "New")
    assert str(refused.value) == reason


def paths_in(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the paths of all single values within a value."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths_in(inner, (*path, key))
    else:
        yield path


@given(FIELDS, TEXTS, st.sampled_from([True, False, None]), st.sampled_from(["yaml", "json", "toml"]), st.data())
def test_only_one_value_is_replaced(
    fields: dict[str, object],
    text: str,
    flow: bool | None,  # noqa: FBT001
    language: str,
    data: st.DataObject,
) -> None:
    """Whatever the fields, one value anywhere in them is another text afterwards, and the lines around it stay."""
    if language == "yaml":
        old = f"---\n{yaml.safe_dump(fields, default_flow_style=flow, allow_unicode=True)}---\nText\n"
    elif language == "json":
        old = f";;;\n{json.dumps(fields, indent=1, default=str)}\n;;;\nText\n"
    else:
        tomlkit = pytest.importorskip("tomlkit")
        try:
            old = f"+++\n{tomlkit.dumps(fields)}+++\nText\n"
        except (ValueError, TypeError):  # TOML has no null
            return
    try:
        before = front_matter_of(old.encode())
    except (EditError, UnicodeEncodeError):
        return
    path = data.draw(st.sampled_from(sorted(paths_in(before), key=str) or [()]))
    if not path:
        return
    try:
        new = with_replaced(old.encode(), path, text).decode()
    except EditError:
        return
    holder: Any = before
    for key in path[:-1]:
        holder = holder[key]
    replaced, holder[path[-1]] = holder[path[-1]], text
    assert front_matter_of(new.encode()) == before
    if str(replaced).isprintable():
        changed = difference(old, new)
        assert "\n" not in old[changed.start : changed.end]


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
