"""Notebooks and reStructuredText are read as articles, and what is of no kind that is read is counted."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.cli import main
from graph.publishing import passed_over_line, update
from graph.reading import kinds
from graph.reading.faults import Faults
from graph.reading.notebooks import notebook_text
from tests.folders import write_files
from tests.health import HEALTHY, assert_healthy
from tests.packing import PACKERS

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "cells worksheets metadata cell_type source input level title authors name kernelspec".split()
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)

RST = """
=======
A walk
=======

:Author: Jo Day
:Date: 2020-01-01
:tags: hills, sea

Up *and* down, see :doc:`the hills <../b/hills>` and `outside <https://o.example/>`_.

.. versionadded:: 2.0
   A bridge.

.. raw:: html

   <p>unwanted</p>

.. include:: secret.txt

.. |today| date:: %Y

Now |today|.

The way
-------

.. code-block:: python

   unread = True
"""


def notebook(*cells: tuple[str, str], **metadata: object) -> str:
    """Return a notebook of cells, each with its kind and its text."""
    found = [
        {"cell_type": kind, "source": text.splitlines(keepends=True), "outputs": ["unread"]} for kind, text in cells
    ]
    return json.dumps({"cells": found, "metadata": metadata, "nbformat": 4})


def built(folder: Path, files: Mapping[str, str]) -> graph.KnowledgeGraph:
    """Write files into a folder, beside a healthy one, and build it."""
    knowledge = graph.build(write_files(folder, {**files, "healthy.md": HEALTHY}))
    assert_healthy(knowledge)
    return knowledge


def the_article(knowledge: graph.KnowledgeGraph, path: str) -> graph.Article:
    """Return the article that was read from a path."""
    (article,) = (article for article in knowledge.articles.values() if path in article.sources)
    return article


@pytest.mark.parametrize(
    "name", ["a.qmd", "a.Rmd", "a.mdx", "a.markdown", "a.mdown", "a.mkd", "a.mdwn", "a.svx", "a.Rmarkdown", "a.MD"]
)
def test_endings_of_markdown(tmp_path: Path, name: str) -> None:
    """Markdown is read by whichever of its endings."""
    text = "---\ndate: 2020-01-01\n---\n# A walk\n\n```{r}\n# unread\n```\n"
    article = the_article(built(tmp_path, {name: text}), name)
    assert (article.label, article.published_at, article.sections) == ("A walk", "2020-01-01", ())


def test_a_notebook(tmp_path: Path) -> None:
    """A notebook's texts are read; its code is code, and its outputs are passed over."""
    book = notebook(
        ("markdown", "# A walk\n\nUp and [down](b.md)."),
        ("code", "# unread\nx = '```'"),
        ("markdown", "## The way"),
        kernelspec={"language": "python"},
    )
    knowledge = built(tmp_path, {"a.ipynb": book, "b.md": "# Down\n"})
    article = the_article(knowledge, "a.ipynb")
    assert (article.label, article.excerpt, article.sections) == ("A walk", "Up and down.", ("The way",))
    assert article.links == (the_article(knowledge, "b.md").iri,)
    assert not knowledge.problems


def test_what_a_notebook_states(tmp_path: Path) -> None:
    """Front matter is a first raw cell's, as Quarto has it, else what the metadata state."""
    raw = notebook(("raw", "---\ntitle: A walk\ntags: [hills]\n---"), ("markdown", "Up."), title="Other")
    stated = notebook(("markdown", "# Up"), title="A hike", authors=[{"name": "Jo Day"}, 5, {"name": None}])
    knowledge = built(tmp_path, {"raw.ipynb": raw, "stated.ipynb": stated})
    assert the_article(knowledge, "raw.ipynb").label == "A walk"
    assert the_article(knowledge, "raw.ipynb").topics
    article = the_article(knowledge, "stated.ipynb")
    assert (article.label, [knowledge.people[iri].label for iri in article.authors]) == ("A hike", ["Jo Day"])


def test_a_notebook_of_the_old_format() -> None:
    """Notebooks with worksheets and cells of headings are read too."""
    cells = [{"cell_type": "heading", "level": 1, "source": "A walk"}, {"cell_type": "code", "input": ["x = 1"]}]
    text = json.dumps({"worksheets": [{"cells": cells}], "metadata": {}})
    assert notebook_text(text, Faults("a.ipynb")) == "# A walk\n\n```\nx = 1\n```\n"


@pytest.mark.parametrize(
    "text",
    ["not JSON", "[]", "5", "{}", '{"cells": 5}', '{"cells": ["', "[" * 1_000_000, '{"a":' * 100_000, '{"a": 1e999999'],
    ids=range(9),
)
def test_a_notebook_that_is_none(tmp_path: Path, text: str) -> None:
    """What is no notebook is told, and the rest is read."""
    knowledge = built(tmp_path, {"a.ipynb": text})
    assert [(problem.path, problem.kind) for problem in knowledge.problems] == [("a.ipynb", "invalid-notebook")]


def test_a_large_notebook() -> None:
    """Fifty megabytes of pictures in outputs cost about as long as looking at them."""
    outputs = [{"data": {"image/png": "A" * 1_000_000}}] * 50
    cells = [{"cell_type": "code", "source": "x", "outputs": outputs}, {"cell_type": "markdown", "source": "# A walk"}]
    text = json.dumps({"cells": cells})
    started = time.process_time()
    assert "# A walk" in (notebook_text(text, Faults("a.ipynb")) or "")
    assert time.process_time() - started < 5


@given(VALUES)
def test_any_json_is_a_notebook_or_a_fault(value: object) -> None:
    """Whatever stands where in a notebook, it is read or told."""
    faults = Faults("a.ipynb")
    text = notebook_text(json.dumps(value), faults)
    assert (text is None) == bool(faults.problems)


def test_restructured_text(tmp_path: Path) -> None:
    """Fields, text, sections and links are read; nothing else of the machine is, nor the clock."""
    files = {"a/a.rst": RST, "a/secret.txt": "unwanted", "b/hills.rst": "The hills\n=========\n\nHigh.\n"}
    knowledge = built(tmp_path, files)
    article = the_article(knowledge, "a/a.rst")
    assert (article.label, article.published_at, article.sections) == ("A walk", "2020-01-01", ("The way",))
    assert [knowledge.topics[iri].label for iri in article.topics] == ["hills", "sea"]
    assert [knowledge.people[iri].label for iri in article.authors] == ["Jo Day"]
    assert article.links == (the_article(knowledge, "b/hills.rst").iri,)
    assert not knowledge.problems
    (stated,) = (text for text in [kinds.to_document_text("a.rst", RST, Faults("a.rst"))] if text)
    assert "A bridge." in stated
    assert "unwanted" not in stated
    assert "Now |today|." in stated


def test_text_that_sphinx_takes_for_restructured_text(tmp_path: Path) -> None:
    """`.txt` is reStructuredText where the configuration of Sphinx says so, as Django's does."""
    text = "==\nA\n==\n\nSee :doc:`b` and :doc:`/in/c/`.\n"
    files = {"a.txt": text, "b.txt": "B\n=\n\nB.\n", "in/c/index.txt": "C\n=\n\nC.\n"}
    conf = "project = 'P'\nsource_suffix = {'.txt': '%s'}\n"
    knowledge = built(tmp_path / "one", {**files, "conf.py": conf % "restructuredtext"})
    assert [knowledge.articles[iri].label for iri in the_article(knowledge, "a.txt").links] == ["B", "C"]
    knowledge = built(tmp_path / "two", {**files, "conf.py": conf % "markdown"})
    assert not the_article(knowledge, "a.txt").links


def test_restructured_text_with_fields_of_nikola(tmp_path: Path) -> None:
    """Nikola's lines above reStructuredText are fields."""
    article = the_article(built(tmp_path, {"a.rst": ".. title: A walk\n.. date: 2020-01-01\n\nUp.\n"}), "a.rst")
    assert (article.label, article.published_at) == ("A walk", "2020-01-01")


def test_a_document_leaves_no_trace_in_the_next() -> None:
    """A role that one document defines is unknown to the others."""
    text = "A\n=\n\n:mine:`x`\n"
    alone = kinds.to_document_text("b.rst", text, Faults("b.rst"))
    kinds.to_document_text("a.rst", f".. role:: mine\n\n{text}", Faults("a.rst"))
    assert kinds.to_document_text("b.rst", text, Faults("b.rst")) == alone


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(" " * depth + "- x" for depth in range(600)),
        "".join(f".. |a{number}| replace:: |a{number + 1}| |a{number + 1}|\n" for number in range(40)) + "\n|a0|\n",
        "x" * 20_000,
        "x\n" * 200_000,
    ],
    ids=range(4),
)
def test_hostile_restructured_text(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """What docutils cannot bear is told, in bounded time and without a word of its own; the rest is read."""
    knowledge = built(tmp_path, {"a.rst": text})
    assert {problem.kind for problem in knowledge.problems} <= {"invalid-rst", "too-long"}
    assert knowledge.problems or the_article(knowledge, "a.rst")
    assert capsys.readouterr() == ("", "")


@given(st.text(st.sampled_from("*`|_:.-=\n \\<>[]#ab+"), max_size=120))
def test_any_restructured_text_is_read_or_told(text: str) -> None:
    """No text gives a traceback."""
    faults = Faults("a.rst")
    assert (kinds.to_document_text("a.rst", text, faults) is None) == bool(faults.problems)


def test_without_docutils(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where docutils is not installed, such files are counted, and one problem tells which extra to install."""
    monkeypatch.setitem(kinds.EXTRA_OF_ENDING, ".rst", ("no_such_library", "rst"))
    kinds.read_endings.cache_clear()
    try:
        knowledge = built(tmp_path, {"a.rst": RST, "b.rst": RST})
    finally:
        kinds.read_endings.cache_clear()
    (problem,) = knowledge.problems
    assert problem.kind == "missing-extra"
    assert problem.fact.startswith("2 .rst files were passed over")
    assert "article-graph[rst]" in problem.remedy
    assert dict(knowledge.info().passed_over) == {".rst": 2}


PASSED_OVER = {
    "a.org": "x",
    "b.adoc": "x",
    "c.adoc": "x",
    "pictures/d.PNG": "x",
    "Makefile": "x",
    ".hidden/e.org": "x",
    "node_modules/f.org": "x",
    "_config.yml": "title: A\n",
    "robots.txt": "x",
}
COUNTS = {".adoc": 2, ".org": 1, ".png": 1, "for robots or tools": 1, "no ending": 1}


def test_what_is_passed_over_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A build says how many files look like documents and were not read, `info` tells of all, by ending."""
    built(tmp_path / "site", PASSED_OVER)
    assert main(["build", str(tmp_path / "site"), "--out", str(tmp_path / "out"), "--format", "nt"]) == 0
    assert "3 files of kinds that are not read: 2 .adoc, 1 .org\n" in capsys.readouterr().out
    told = json.loads((tmp_path / "out" / "info.json").read_text(encoding="utf-8"))
    assert told["passed_over"] == COUNTS
    assert main(["info", "--graph", str(tmp_path / "out")]) == 0
    assert "passed over\n  2  .adoc\n" in capsys.readouterr().out


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_what_an_archive_holds_besides(tmp_path: Path, pack: object) -> None:
    """An archive's files are counted as a folder's are."""
    assert callable(pack)
    members = [(name, text.encode()) for name, text in {**PASSED_OVER, "healthy.md": HEALTHY}.items()]
    assert dict(graph.build(pack(tmp_path, members)).info().passed_over) == COUNTS


def test_counts_follow_the_folder(tmp_path: Path) -> None:
    """A file that comes or goes changes what is told, though no document has changed."""
    site, out = tmp_path / "site", tmp_path / "out"
    built(site, {"a.org": "x", "old.html": '<!doctype html><meta http-equiv="refresh" content="0; url=/new">'})
    assert update([site], out, formats="nt").info["passed_over"] == {".org": 1, "redirect": 1}
    assert not update([site], out, formats="nt").is_new
    (site / "b.org").write_text("x", encoding="utf-8")
    assert update([site], out, formats="nt").info["passed_over"] == {".org": 2, "redirect": 1}


def test_nothing_is_said_of_pictures() -> None:
    """Pictures and styles are no documents that somebody could miss."""
    assert passed_over_line({"passed_over": {".png": 9, "redirect": 1}}) is None
    assert passed_over_line({"passed_over": {".pdf": 1}}) == "1 file of kinds that are not read: 1 .pdf"
