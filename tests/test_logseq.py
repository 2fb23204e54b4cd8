"""What Logseq writes: references to blocks, days of the journal, properties that are notes, and remains of Org."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.reading.logseq_text import is_logseq, without_logseq
from graph.reading.markdown import read_markdown
from graph.reading.note_names import names_of_day
from tests.folders import write_files

_BLOCK = "0123abcd-0123-4567-89ab-0123456789ab"


def build(folder: Path, files: dict[str, str]) -> graph.KnowledgeGraph:
    """Build a graph of these files and Logseq's configuration."""
    return graph.build(write_files(folder, {"logseq/config.edn": "{}", **files}))


def test_references_lead_to_pages(tmp_path: Path) -> None:
    """Blocks are found by their identifiers, days by their dates, and pages by aliases with a slash and spaces."""
    files = {
        "pages/Boats.md": f"alias:: sea/small boats\ntype:: [[Kind]]\n\n- A hull.\n  id:: {_BLOCK}\n",
        "pages/Kind.md": "- What things are.\n",
        "pages/Quotes.md": f"- See (({_BLOCK})).\n",
        "pages/Words.md": f"- See [the hull]((({_BLOCK}))) and `(({_BLOCK}))`.\n",
        "pages/Embeds.md": f"- {{{{embed (({_BLOCK}))}}}}\n",
        "pages/Names.md": "- [[sea/small boats]] on [[Mar 3rd, 2021]]\n",
        "pages/Lost.md": f"- (({_BLOCK.replace('a', 'b')}))\n",
        "journals/2021_03_03.md": "- Sailed.\n",
    }
    knowledge = build(tmp_path, files)
    names = {article.iri: article.sources[0] for article in knowledge.articles.values()}
    links = {names[article.iri]: {names[iri] for iri in article.links} for article in knowledge.articles.values()}
    boats = {"pages/Boats.md"}
    assert links["pages/Quotes.md"] == links["pages/Words.md"] == links["pages/Embeds.md"] == boats
    assert links["pages/Names.md"] == {*boats, "journals/2021_03_03.md"}
    assert links["pages/Boats.md"] == {"pages/Kind.md"}
    assert links["pages/Lost.md"] == set()
    assert not knowledge.problems
    assert {article.type for article in knowledge.articles.values() if article.label == "Boats"} == {"Kind"}


def test_org_is_not_prose() -> None:
    """Drawers and queries are no text, blocks of text are, and a link of Org is a link with its words."""
    text = """## DONE Sail
:PROPERTIES:
:id: 1
:END:
:LOGBOOK:
CLOCK: [2021-03-03 Wed 10:00:00]
:END:
#+BEGIN_TIP
Read [[https://x.example/a][the manual]] first.
#+END_TIP
#+BEGIN_QUERY
{:title [[No]] :view [:a {:href "/no"}]}
#+END_QUERY
"""
    prose = read_markdown(text)
    assert prose.excerpt == "Read the manual first."
    assert [(link.target, link.words, link.line) for link in prose.links] == [("https://x.example/a", "the manual", 9)]


@given(st.text("([:#\n -abEN]", max_size=60) | st.text(max_size=40))
def test_lines_stay_where_they_are(text: str) -> None:
    """No line is added or removed."""
    assert without_logseq(text).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "text", ["#+BEGIN_SRC\n", "#+BEGIN_SRC\n#+END_TIP\n", ":PROPERTIES:\n:a:\n", "((", "[[http://a][", "id:: "]
)
def test_time_is_linear(text: str) -> None:
    """Beginnings without ends take no time that grows faster than the text."""
    many = text * (400_000 // len(text))
    assert is_logseq(many) in {True, False}
    assert without_logseq(many).count("\n") == many.count("\n")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("journals/2021_03_01.md", "Mar 1st, 2021"),
        ("journals/2021_03_02.md", "Mar 2nd, 2021"),
        ("journals/2021_03_12.md", "March 12th, 2021"),
        ("g/journals/2021_03_23.md", "2021-03-23"),
    ],
)
def test_days_have_names(path: str, name: str) -> None:
    """A day is called by its date, and only in a journal of Logseq."""
    assert name in names_of_day(path, "logseq")
    assert names_of_day(path, "obsidian") == names_of_day("journals/2021_13_01.md", "logseq") == ()
