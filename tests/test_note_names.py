"""Notes are called by their files, as Obsidian and Logseq show them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import graph
from graph.analysis import shortest_path
from tests.commands import Run
from tests.folders import write_files

OBSIDIAN, LOGSEQ = ".obsidian/app.json", "logseq/config.edn"
DRAWING = "---\nexcalidraw-plugin: parsed\n---\n# Excalidraw Data\n## Text Elements\nA boat ^a1"


@pytest.mark.parametrize(
    ("marker", "path", "text", "label"),
    [
        (OBSIDIAN, "Boats/Index.md", "Text.", "Index"),
        (OBSIDIAN, "Boats/README.md", "---\ntags: [a]\n---\nText.", "README"),
        (OBSIDIAN, "rope-ends_2.md", "Text.", "rope-ends_2"),
        (OBSIDIAN, "Boats/Index.md", "---\ntitle: All boats\n---\nText.", "All boats"),
        (OBSIDIAN, "Boats/Index.md", "# All boats\n\nText.", "All boats"),
        (LOGSEQ, "pages/Boats___Old ones.md", "- Text.", "Boats/Old ones"),
        (LOGSEQ, "pages/Boats%2FOld ones.md", "- Text.", "Boats/Old ones"),
        (LOGSEQ, "pages/boats.md", "title:: All boats\n\n- Text.", "All boats"),
        (LOGSEQ, "journals/2023_03_19.md", "- Text.", "2023-03-19"),
        ("notes.toml", "Boats/Index.md", "Text.", "Boats"),
        (OBSIDIAN, "A boat.excalidraw.md", DRAWING, "A boat"),
        ("notes.toml", "A boat.excalidraw.md", DRAWING, "A boat"),
    ],
)
def test_a_note_is_called_by_its_file(marker: str, path: str, text: str, label: str, tmp_path: Path) -> None:
    """In a vault the file's name is the title, unless the note states one; elsewhere an index is its folder."""
    write_files(tmp_path, {marker: "{}", path: text})
    assert [article.label for article in graph.build(tmp_path).articles.values()] == [label]


@pytest.mark.parametrize(("value", "count"), [('"[[Other]]"', 0), ("[[Other]]", 0), ('["[[Other]]"]', 0), ("Other", 1)])
def test_one_note_is_a_list_of_one(value: str, count: int, tmp_path: Path) -> None:
    """A property that holds one link to a note is as good as a list, and any other text is reported."""
    (tmp_path / "Note.md").write_text(f"---\nrelated: {value}\n---\nText.")
    (tmp_path / "Other.md").write_text("Text.")
    knowledge = graph.build(tmp_path)
    assert [problem.kind for problem in knowledge.problems] == ["not-a-list"] * count
    assert [len(article.related) for article in knowledge.articles.values()] == [1, 0]


@pytest.mark.parametrize(
    ("head", "body", "label"),
    [("type: person", "She sails.", "Ada Holm"), ("type: person", "# Ada\n\nShe sails.", "Ada"), ("name: A", "", "A")],
)
def test_a_person_s_note_is_called_by_its_file(head: str, body: str, label: str, tmp_path: Path) -> None:
    """A note about a person that states no name is called as any other note is."""
    (tmp_path / "_people").mkdir()
    (tmp_path / "_people" / "Ada Holm.md").write_text(f"---\n{head}\n---\n{body}")
    (tmp_path / "Log.md").write_text("---\nauthor: '[[Ada Holm]]'\n---\nText.")
    knowledge = graph.build(tmp_path)
    assert label in [person.label for person in knowledge.people.values()]
    assert not knowledge.problems


@pytest.mark.parametrize("date", ["date: '[[2021-03-04]]'", 'date: "[[Mar 4th, 2021]]"'])
def test_a_date_may_be_a_link_to_the_note_of_the_day(date: str, tmp_path: Path) -> None:
    """In a vault a day is often written as the name of its note."""
    (tmp_path / "Note.md").write_text(f"---\n{date}\n---\nText.")
    knowledge = graph.build(tmp_path)
    assert [article.published_at for article in knowledge.articles.values()] == ["2021-03-04"]
    assert not knowledge.problems


VAULT = {
    OBSIDIAN: "{}",
    "Qubit.md": "---\naliases:\n- Quantum bit\n- Two-level system\n- Qubit\n---\nText.",
    "Gate.md": "It turns a [[quantum bit]].",
}


@pytest.mark.parametrize("opened", [lambda knowledge, _: knowledge, lambda _, out: graph.open_exports(out)])
def test_an_alias_is_a_name_behind_every_door(
    opened: Callable[[graph.KnowledgeGraph, Path], graph.KnowledgeGraph], run: Run, tmp_path: Path
) -> None:
    """A note is found by its aliases wherever it is found by its title, in a graph and in what was written of it."""
    write_files(tmp_path / "vault", VAULT)
    built = graph.build(tmp_path / "vault")
    graph.publish(built, tmp_path / "out")
    knowledge = opened(built, tmp_path / "out")
    note = knowledge["quantum BIT"]
    assert (note.label, note.names) == ("Qubit", ("Quantum bit", "Two-level system"))
    assert "Two-level system" in knowledge
    assert knowledge.view("Two-level system").nodes == knowledge.view("Qubit").nodes
    assert [found.iri for found in knowledge.search("two-level").matches] == [note.iri]
    assert shortest_path(knowledge, "Gate", "Quantum bit")[-1].iri == note.iri
    named = "SELECT ?note { ?note schema:alternateName 'Quantum bit' }"
    assert list(knowledge.query(named).rows()) == [(note.iri,)]
    done = run("analyze", "path", "--from", "Gate", "--to", "Quantum bit", "--graph", str(tmp_path / "out"))
    assert "Qubit" in done.out


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ({"hugo.toml": "", "content/a.md": "---\ntitle: A\naliases: [old]\n---\nText."}, ()),
        ({OBSIDIAN: "{}", "a.md": "---\naliases: [/old, 'https://x.example/old', old/a, old.html]\n---\nText."}, ()),
        (
            {OBSIDIAN: "{}", "a.md": "---\naliases: [Old one, Old one, 'Boats/Old one', '']\n---\nText."},
            ("Old one", "Boats/Old one"),
        ),
        ({OBSIDIAN: "{}", "a.md": "---\nalias: Old one\n---\nText."}, ("Old one",)),
        ({"logseq/config.edn": "{}", "pages/a.md": "alias:: Old one, Older one\n\n- Text."}, ("Old one", "Older one")),
        ({"conf.py": "project = 'S'\n", "a.rst": ".. _old one:\n\nA\n=\n\nText.\n"}, ()),
    ],
)
def test_an_alias_that_is_an_address_is_no_name(files: dict[str, str], names: tuple[str, ...], tmp_path: Path) -> None:
    """What an alias means depends on the site: a place that leads to the page, a label in it, or a name of it."""
    write_files(tmp_path, files)
    assert [article.names for article in graph.build(tmp_path).articles.values()] == [names]
