"""Comments of MyST, which readers do not see."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.reading.markdown import read_markdown
from graph.reading.myst import has_myst, without_comments
from graph.reading.templates import fenced_code
from tests.folders import write_files

SPHINX = "project = 'S'\nextensions = ['myst_parser']\nhtml_baseurl = 'https://s.example/'\n"
COMMENTED = "% Copyright Ada.\n% See [b](b.md).\n\n# A walk\n\nUp\n% Not [c](gone.md).\nand {}.\n"


@pytest.mark.parametrize(
    ("files", "is_myst"),
    [
        ({"conf.py": SPHINX, "a.md": COMMENTED.format("down")}, True),
        ({"docs/source/conf.py": SPHINX, "docs/source/a.md": COMMENTED.format("down")}, True),
        ({"a.md": COMMENTED.format("down {term}`hill`")}, True),
        ({"a.md": COMMENTED.format("down\n\n```{note}\n% Not [d](gone.md).\nText.\n```")}, True),
        ({"docs/source/conf.py": SPHINX, "a.md": COMMENTED.format("down")}, False),
        ({"a.md": COMMENTED.format("down")}, False),
    ],
)
def test_comments(tmp_path: Path, files: dict[str, str], *, is_myst: bool) -> None:
    """Lines with `%` are neither title nor text nor links in MyST, and are what they were elsewhere."""
    write_files(tmp_path, files)
    knowledge = graph.build(tmp_path)
    (article,) = knowledge.articles.values()
    assert ((article.label, article.excerpt) == ("A walk", "Up")) == is_myst
    assert (not knowledge.problems) == is_myst


def test_lines_stay_where_they_are(tmp_path: Path) -> None:
    """A problem below comments has its own line."""
    files = {"conf.py": SPHINX, "a.md": "% One.\n  % Two.\n# A\n\n% Three.\n[x](gone.md)\n"}
    write_files(tmp_path, files)
    assert [problem.line for problem in graph.build(tmp_path).problems] == [6]


@pytest.mark.parametrize(
    "text",
    ["```\n% a\n```", "~~~ matlab\n% a\n~~~", "a % b", "{%\n%}", "%% a", "```{code-cell}\n%time a\n```"],
)
def test_what_is_no_comment(text: str) -> None:
    """Code, signs within a line, tags of templates and what Obsidian hides stay."""
    assert without_comments(text, fenced_code(text)) == text


@pytest.mark.parametrize("end", ["+++", '+++ {"tags": ["secret"]}', "+++  "])
def test_the_ends_of_cells_are_no_text(end: str) -> None:
    """What ends a cell of a notebook is not read, and is code in code."""
    prose = read_markdown(f"# A\n\nOne.\n\n{end}\n\nTwo.\n")
    assert (prose.text, prose.word_count) == ("A\nOne.\nTwo.", 3)
    assert not has_myst(f"a {end}\n+++ b/file\n")


LINE = st.text(st.sampled_from("% ab`~{}()=+:-#[]\n"), max_size=12)


@given(st.lists(st.tuples(st.booleans(), LINE), max_size=8))
def test_comments_anywhere(lines: list[tuple[bool, str]]) -> None:
    """A text keeps its lines, and outside of code what is left holds no comment."""
    text = "\n".join(("% " if is_comment else "") + line for is_comment, line in lines)
    left = without_comments(text, fenced_code(text))
    assert left.count("\n") == text.count("\n")
    for before, after in zip(text.split("\n"), left.split("\n"), strict=True):
        assert after in {before, ""}
        assert after or before.lstrip()[:1] in {"", "%"}
    if "```" not in text and "~~~" not in text:
        assert not any(line.startswith("% ") for line in left.split("\n"))


@pytest.mark.parametrize(
    "text", [" " * 200_000, "% " * 100_000, " %\n" * 70_000, "\n+++ {" + "} " * 100_000, "```\n%" * 50_000]
)
def test_long_texts(text: str) -> None:
    """Reading takes time in proportion to a text."""
    began = process_time()
    without_comments(text, fenced_code(text))
    has_myst(text)
    assert process_time() - began < 1
