"""Front matter is read in every form that people write it in, and prose that resembles one is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.reading.faults import Faults
from graph.reading.front_matter import FrontMatter, split_front_matter
from graph.reading.yaml_memory import YamlMemory

FORMS = {
    "YAML": ("---\ntitle: A walk\n---\n\nBody.", {"title": "A walk"}, 5),
    "YAML closed as pandoc does": ("---\ntitle: A walk\n...\n\nBody.", {"title": "A walk"}, 5),
    "dots in the text": ("---\ntitle: A walk\n---\nBody.\n...\n", {"title": "A walk"}, 4),
    "a byte order mark": ("\ufeff---\ntitle: A walk\n---\nBody.", {"title": "A walk"}, 4),
    "blank lines above": ("\n\n---\ntitle: A walk\n---\nBody.", {"title": "A walk"}, 6),
    "a comment above": ("<!-- lint off -->\n---\ntitle: A walk\n---\nBody.", {"title": "A walk"}, 5),
    "comments above": ("<!-- a\nb -->\n\n{/* c */}\n---\ntitle: A\n---\nBody.", {"title": "A"}, 8),
    "TOML": ('+++\ntitle = "A walk"\n+++\nBody.', {"title": "A walk"}, 4),
    "TOML by name": ('---toml\ntitle = "A walk"\n---\nBody.', {"title": "A walk"}, 4),
    "YAML by name": ("--- yaml\ntitle: A walk\n---\nBody.", {"title": "A walk"}, 4),
    "JSON by name": ('---json\n{"title": "A walk"}\n---\nBody.', {"title": "A walk"}, 4),
    "JSON in braces": ('{\n"title": "A walk"\n}\nBody.', {"title": "A walk"}, 4),
    "JSON between semicolons": (';;;\n"title": "A walk"\n;;;\nBody.', {"title": "A walk"}, 4),
    "Pelican": (
        "Title: A walk\nDate: 2010-12-03 10:20\nTags: hills, sea\nAuthors: Jo; Al\nSummary: Up\n  down\n\nBody.",
        {
            "Title": "A walk",
            "Date": "2010-12-03 10:20",
            "Tags": ["hills", "sea"],
            "Authors": ["Jo", "Al"],
            "Summary": "Up down",
        },
        8,
    ),
    "Pelican, with fields of its own": (
        "Title: A walk\nHeight: 300 m\n\nBody.",
        {"Title": "A walk", "Height": "300 m"},
        4,
    ),
    "Pelican, a title alone": ("Title: A walk\n\nBody.", {"Title": "A walk"}, 3),
    "Pelican, a title that ends in a colon": ("Title: Walks: a list\n\nBody.", {"Title": "Walks: a list"}, 3),
    "pandoc": (
        "% A walk\n% Jo Day; Al May\n  Li Fan\n% 2020-01-01\n\nBody.",
        {"title": "A walk", "authors": ["Jo Day", "Al May", "Li Fan"], "date": "2020-01-01"},
        6,
    ),
    "a notice of MyST": (
        "% Copyright (c) Ada Holm.\n% Distributed under the MIT License.\n\n# A walk\n\nBody.",
        {"copyright": "Copyright (c) Ada Holm.", "license": "Distributed under the MIT License."},
        4,
    ),
    "pandoc, without authors": (
        "% A walk\n  uphill\n%\n% 2020\n\nBody.",
        {"title": "A walk uphill", "date": "2020"},
        6,
    ),
    "Nikola in a comment": (
        "<!--\n.. title: A walk\n.. tags: hills, sea\n.. type: text\n.. link:\n-->\n\nBody.",
        {"title": "A walk", "tags": ["hills", "sea"]},
        8,
    ),
    "Nikola": (".. title: A walk\n.. slug: walk\n\nBody.", {"title": "A walk", "slug": "walk"}, 4),
    "Logseq": (
        "title:: A walk\ntags:: [[hills]], [[Rome, Italy]], sea\nvisited:: [[Rome]], [[Ostia]]\n\n- Body.",
        {"title": "A walk", "tags": ["[[hills]]", "[[Rome, Italy]]", "sea"], "visited": ["[[Rome]]", "[[Ostia]]"]},
        5,
    ),
    "Logseq, in a bullet": ("- title:: A walk\n  type:: note\n- Body.", {"title": "A walk", "type": "note"}, 3),
    "Notion": (
        "# A walk\n\nTags: hills, sea\nCreated: March 1, 2024 10:00 AM\nWeather: fine\n\nBody.",
        {"title": "A walk", "Tags": ["hills", "sea"], "Created": "March 1, 2024 10:00 AM", "Weather": "fine"},
        7,
    ),
    "Notion, an address": (
        "# A walk\n\nURL: https://x.example/a\n\nBody.",
        {"title": "A walk", "link": "https://x.example/a"},
        5,
    ),
    "ikiwiki": (
        '[[!meta title="A walk" author=Jo]]\n[[!tag hills sea]]\n[[!tag mud]]\n\nBody.',
        {"title": "A walk", "author": "Jo", "tags": ["hills", "sea", "mud"]},
        5,
    ),
    "Dataview above": ("author:: Jo\n# A walk\n", {"author": "Jo"}, 2),
}
PROSE = {
    "a note": "Note: this is prose.\nAnd goes on.\n\nBody.",
    "a title in a paragraph": "Title: A walk\nwas what he wrote.\n\nBody.",
    "one field of many": "Summary: short.\n\nBody.",
    "speech": "Author: Why?\nEditor: Why not?\n\nBody.",
    "minutes": "Date: Monday\nTime: noon\n\nBody.",
    "a per cent sign": "% of people\nwho walk.\n\nBody.",
    "many comments of a program": "% a\n% b\n% c\n% d\n\nBody.",
    "a name with colons": "std::string is a class.\n\nBody.",
    "an address": "https://a.example\n\nBody.",
    "a comment": "<!-- .. title: A walk\nand more -->\n\nBody.",
    "a comment that never closes": "<!-- a\n---\ntitle: A\n---\n",
    "a line below a comment": "<!-- c -->\n---\n\nBody.\n\n---\n",
    "a line": "---\n\nBody.\n...\n",
    "a line with words": "--- note\ntitle: A\n---\n",
    "minutes below a title": "# Meeting\n\nDate: Monday\nTime: noon\n\nBody.",
    "prose below a title": "# A walk\n\nTags: some\nof many.\n\nBody.",
    "no address below a title": "# A walk\n\nURL: none\n\nBody.",
    "speech below a title": "# Why\n\nAnn: Why?\nBo: Why not?\n",
    "a property below prose": "# A walk\n\nauthor:: Jo\n\nBody.",
    "a directive of another kind": "[[!toc levels=2]]\n\nBody.",
    "a directive that never closes": '[[!meta title="A walk"\n\nBody.',
    "a block of a thousand lines": "Title: A\n" + "Key: value\n" * 1000,
    "one endless line": "Title: " + "a" * 100_000,
}


def split(text: str) -> tuple[FrontMatter | None, Faults]:
    """Take a text apart; return its faults too."""
    faults = Faults("a.md")
    return split_front_matter(text, faults, YamlMemory()), faults


@pytest.mark.parametrize("name", FORMS)
def test_a_form_of_front_matter(name: str) -> None:
    """The fields are read by the names the file gives them, and the text begins on its own line."""
    text, fields, line = FORMS[name]
    taken, faults = split(text)
    assert taken is not None
    assert not faults.problems
    assert dict(taken.fields or {}) == fields
    assert taken.line == line
    assert text.split("\n")[line - 1].startswith(taken.text.split("\n")[0])


@pytest.mark.parametrize("name", PROSE)
def test_prose_that_resembles_front_matter(name: str) -> None:
    """What only begins like front matter is text, whole and without a fault."""
    taken, faults = split(PROSE[name])
    assert taken == FrontMatter(None, PROSE[name], 1)
    assert not faults.problems


@pytest.mark.parametrize(
    ("text", "field", "line"),
    [
        ("\nTitle: A\nDate: x\n\nB", "Date", 3),
        ("<!--\n.. title: A\n.. date: x\n-->\n", "date", 3),
        ("% A\n%\n% x\n", "date", 3),
        ("title:: A\ndate:: x\n", "date", 2),
        ("# A\n\nTags: a\nDate: x\n\nB", "Date", 4),
        ('---toml\ntitle = "A"\ndate = "x"\n---\n', "date", 3),
    ],
)
def test_fields_have_lines(text: str, field: str, line: int) -> None:
    """A fault of a field can be told with the line the field stands on, in every form."""
    _, faults = split(text)
    assert faults.line_of((field,)) == line


def test_a_name_that_stands_twice() -> None:
    """Of two fields of one name the later counts, and that is told."""
    taken, faults = split("Title: A\nTags: a\nTitle: B\n\nBody.")
    assert taken
    assert dict(taken.fields or {})["Title"] == "B"
    assert [(problem.kind, problem.line) for problem in faults.problems] == [("duplicate-key", 3)]


@pytest.mark.parametrize("mark", ["---json", "---toml", ";;;", "+++"])
def test_a_named_fence_that_never_closes(mark: str) -> None:
    """It is told with its line, and the file is left out."""
    taken, faults = split(f"{mark}\ntitle: A\n\nBody.")
    assert taken is None
    assert [(problem.kind, problem.line) for problem in faults.problems] == [("unclosed-front-matter", 1)]


def test_front_matter_that_is_a_program() -> None:
    """A program is not run, which is told where it says nothing by itself, and the text is read all the same."""
    taken, faults = split("---js\nmodule.exports = fieldsOf(1)\n---\n# A walk\n")
    assert taken == FrontMatter({}, "# A walk", 4)
    assert [problem.kind for problem in faults.problems] == ["unknown-front-matter"]


@pytest.mark.parametrize(
    "program",
    [
        "module.exports = {title: 'A', tags: ['b', `c`], draft: true, eleventyNavigation: {key: 'k'}}",
        "{\n  title: 'A', // what\n  tags: ['b', 'c'],\n  draft: true,\n  eleventyNavigation: {key: 'k'},\n}",
        (
            "const title = 'A';\nconst tags = ['b', 'c'];\nlet draft = true;\nconst eleventyNavigation = {key: 'k'};"
            "\nfunction more() { return {title: 'B'} }"
        ),
    ],
)
def test_literals_of_front_matter_in_javascript(program: str) -> None:
    """What a program states as text, truth value or list is a field."""
    taken, faults = split(f"---js\n{program}\n---\nA walk.\n")
    assert taken is not None
    assert taken.text == "A walk."
    assert taken.fields is not None
    fields = {name: value for name, value in taken.fields.items() if name != "more"}
    assert fields == {"title": "A", "tags": ["b", "c"], "draft": True, "eleventyNavigation": {"key": "k"}}
    assert not faults.problems


@pytest.mark.parametrize("field", ["title: {{title}}", "date: {{ date }}", "title: <% tp.file.title %>: x"])
def test_a_template_with_fields_to_fill_in(field: str) -> None:
    """Front matter that is no YAML because it is a template's is no fault."""
    taken, faults = split(f"---\n{field}\n---\nBody.")
    assert taken is None or taken.fields
    assert not faults.problems


BEGINNINGS = [
    "---",
    "---json",
    "+++",
    ";;;",
    "{",
    "<!--",
    "-->",
    "% ",
    ".. title: a",
    "Title: a",
    "title:: a",
    "...",
    "}",
]


@given(st.lists(st.sampled_from([*BEGINNINGS, "", " ", "- ", "a", "b: c", "[[a]], [[b]]", "\t", "{{a}}"]), max_size=12))
def test_no_text_is_too_odd(pieces: list[str]) -> None:
    """However pieces of forms are mixed, a text is taken apart or a fault is told, and its end is never lost."""
    text = "\n".join([*pieces, "the end"])
    taken, faults = split(text)
    if taken is None:
        assert faults.problems or faults.passed_over
    else:
        assert taken.text.endswith("the end") or "the end" in str(dict(taken.fields or {}))


@given(st.text(max_size=200))
def test_any_text_is_taken_apart(text: str) -> None:
    """No text raises, and one without front matter comes back as it is."""
    taken, _ = split(text)
    assert taken is None or taken.fields is not None or taken.text == text


@pytest.mark.parametrize(
    "text",
    [
        "<!-- x -->\n" * 100_000,
        "<!--" * 250_000,
        "---\na: b\n" + "...x\n" * 200_000,
        "Title: a\n" + " b\n" * 300_000,
        "% a\n" + " b\n" * 300_000,
        "a:: " + "[[b]], " * 150_000,
        "tags:: " + "[[" * 19_000,
        "tags:: " + ", " * 19_000,
        "- " * 500_000,
        ".. " * 300_000,
        "\ufeff" * 1_000_000,
        "---\n" * 250_000,
        "Title: a\nTags: " + "[[a," * 9_000,
    ],
    ids=range(13),
)
def test_hostile_beginnings_take_no_time(text: str) -> None:
    """A megabyte of what only begins like a form is looked through in well under a second."""
    started = time.process_time()
    split(text)
    assert time.process_time() - started < 1
