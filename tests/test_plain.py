"""Titles and names become plain text: markup goes, and what only looks like it stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.reading.plain import to_plain, without_entities

MARKED = {
    "**Why** not *sail*?": "Why not sail?",
    "__All told__, _really_": "All told, really",
    "A [walk](x.md) by [the sea][1]": "A walk by [the sea][1]",
    "On [[Boats]] and [[Nets|how to mend]]": "On Boats and how to mend",
    "Using `make` in ``the `shed` ``": "Using make in the `shed`",
    "A walk {#walk}": "A walk",
    "<b>Bread</b><br>butter <!-- x -->": "Bread butter",
    '<a href="x">Bread</a>': "Bread",
    "Tips &#8211; Tricks &amp; Co": "Tips – Tricks & Co",
    "The &lt;b&gt; element": "The <b> element",
    "R&amp;D": "R&D",
    "A {{ site.title }} B {% if x %}C{% endif %}": "A B C",
    "A {#- note -#} B": "A B",
    "![a badge](x.svg) Tool": "Tool",
    "1984. *A* novel": "1984. A novel",
    "# *x*": "# x",
    "> *x*": "> x",
    "A\\*B": "A*B",
    "Der **Ober**lehrer": "Der Oberlehrer",
    "海岸の**朝**です": "海岸の朝です",
    "\ud800 *x*": "? x",
}

KEPT = [
    *(
        "snake_case_name",
        "a_b_c",
        "2 * 3 * 4",
        "2*3*4",
        "f*ck and sh*t",
        "C* lang",
        "*.py and *.md",
        "A*B and other stars",
    ),
    *("A < B", "a<b and c>d", "Vec<T>", "List<String>", "Map<String, List<T>>", "std::vector<int>", "<T>"),
    "<table> and <script>",
    *(
        "__init__",
        "the __init__.py file",
        "__all__ and __name__",
        "_private",
        "[Draft] x",
        "[1] a [2]",
        "$HOME",
        "100%",
        "{}",
    ),
    *(
        "{a}",
        "AT&T",
        "&c",
        "&copy",
        "a & b;",
        "?a=1&b=2",
        "x\\y",
        "C:\\temp",
        "~5 or ~6",
        "~~x",
        "http://a_b_c/",
        "#1",
        "- a",
        "`",
    ),
]


@pytest.mark.parametrize("text", MARKED)
def test_markup_goes(text: str) -> None:
    """Emphasis, links, code, names of headings, tags, entities and templates leave what a reader reads."""
    assert to_plain(text) == MARKED[text]


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    """Names of programs, products, types, comparisons and signs stay as they are written."""
    assert to_plain(text) == text


NAMES = st.lists(st.tuples(st.sampled_from(["a", "Z9", "é"]), st.sampled_from("_&$%#.+:-*"))).map(
    lambda parts: "".join(word + sign for word, sign in parts) + "x"
)


@given(st.lists(NAMES, min_size=1, max_size=6).map(" ".join))
def test_names_stay(text: str) -> None:
    """A text of names, with underscores and signs in them, stays."""
    assert to_plain(text) == text


@given(st.lists(NAMES, min_size=1, max_size=5), st.data())
def test_each_mark_around_words_goes(words: list[str], data: st.DataObject) -> None:
    """Marks around whole words go, whichever these are, and nothing else does."""
    marks = ["{}", "**{}**", "*{}*", "[{}](x.md)", "[[x|{}]]", "`{}`", "<b>{}</b>", '<a href="x">{}</a>', "***{}***"]
    marked = [data.draw(st.sampled_from(marks)).format(word) for word in words]
    assert to_plain(" ".join(marked)) == " ".join(words)


@given(st.text("*_`[]()<>&;{}#%|\\!ab \ud800é\x00", max_size=60))
def test_any_text_becomes_a_line(text: str) -> None:
    """Whatever the signs, the result is one clean line."""
    plain = to_plain(text)
    assert isinstance(without_entities(text), str)
    if plain != text:
        assert plain == " ".join(plain.split())
        plain.encode()


@pytest.mark.parametrize(
    "sign",
    ["*", "_", "`", "[", "[[", "<", "&", "{{", "{%", "{#", "\\", "**a", "[](", "<a ", "a*", "__a", "![", "&#", "`` `"],
)
def test_a_hundred_thousand_signs_are_read(sign: str) -> None:
    """A long text of nothing but signs takes no more than its length in time."""
    to_plain(sign * 100_000)


def test_fields_are_plain(tmp_path: Path) -> None:
    """Titles, summaries, names and descriptions lose their markup, and names of topics and people their entities."""
    (tmp_path / "a.md").write_text(
        "---\ntitle: '*A* &amp; B'\ndescription: See `x`\ntags: [R&amp;D]\nauthor: Ann &amp; Co\n"
        "publisher: {name: '**P** &amp; Q'}\n---\n"
    )
    (tmp_path / "b.md").write_text("---\ntitle: C\ntags: [R&D]\n---\n")
    (tmp_path / "_data" / "topics").mkdir(parents=True)
    (tmp_path / "_data" / "topics" / "r.md").write_text("---\nname: R&amp;D\ndescription: '**Re**search'\n---\n")
    knowledge = graph.build(tmp_path)
    assert {article.label for article in knowledge.articles.values()} == {"A & B", "C"}
    assert [article.excerpt for article in knowledge.articles.values()] == ["See x", None]
    assert [(topic.label, topic.description) for topic in knowledge.topics.values()] == [("R&D", "Research")]
    assert [person.label for person in knowledge.people.values()] == ["Ann & Co"]
    assert [provider.label for provider in knowledge.providers.values()] == ["P & Q"]
