"""Joplin's own export: notes with their notebooks and tags, and nothing of what else it holds."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.publishing import update
from graph.reading.joplin import item_of
from tests.folders import write_files
from tests.packing import packed_tar

TIMES = "created_time: 2024-01-02T03:04:05.678Z\nupdated_time: 2024-02-02T03:04:05.678Z\n"


def identifier(number: int) -> str:
    """Return the identifier of an item."""
    return f"{number:032x}"


def item(number: int, kind: int, *parts: str, said: str = "") -> dict[str, str]:
    """Return the file of an item: its title, its text and its fields."""
    fields = f"id: {identifier(number)}\n{said}{TIMES}encryption_cipher_text: \nis_shared: 0\ntype_: {kind}"
    return {f"{identifier(number)}.md": "\n\n".join((*parts, fields))}


WALK = f"We went up.\n\nSee [the list](:/{identifier(4)}#top), [a map](:/{identifier(9)}) and ![it](:/{identifier(9)})."
EXPORT = {
    **item(1, 2, "Trips", said="parent_id: \n"),
    **item(2, 2, "Alps", said=f"parent_id: {identifier(1)}\n"),
    **item(3, 1, "A walk", WALK, said=f"parent_id: {identifier(2)}\nauthor: Ada Holm\ndeleted_time: 0\n"),
    **item(4, 1, "The list", said=f"parent_id: {identifier(1)}\nuser_created_time: 2023-01-02T03:04:05.678Z\n"),
    **item(5, 1, "Gone", "Old.", said=f"parent_id: {identifier(2)}\ndeleted_time: 1746393600000\n"),
    **item(6, 5, "hills", said="parent_id: \n"),
    **item(7, 6, said=f"note_id: {identifier(3)}\ntag_id: {identifier(6)}\n"),
    **item(8, 6, said=f"note_id: {identifier(99)}\ntag_id: {identifier(6)}\n"),
    **item(9, 4, "map.pdf", said="mime: application/pdf\n"),
    **item(10, 1, "Secret", said="encryption_applied: 1\n"),
}


def assert_read(knowledge: graph.KnowledgeGraph) -> None:
    """Check that a graph holds what the export says."""
    assert not knowledge.problems
    topics = {iri: topic.label for iri, topic in knowledge.topics.items()}
    above = {topic.label: topics[iri] for topic in knowledge.topics.values() for iri in topic.broader}
    assert (sorted(topics.values()), above) == (["Alps", "Trips", "hills"], {"Alps": "Trips"})
    found = {article.label: article for article in knowledge.articles.values()}
    assert sorted(found) == ["A walk", "The list"]
    walk, other = found["A walk"], found["The list"]
    assert ([topics[iri] for iri in walk.topics], walk.links) == (["Alps", "hills"], (other.iri,))
    assert [person.label for person in knowledge.people.values()] == ["Ada Holm"]
    assert (walk.published_at, walk.modified_at) == ("2024-01-02T03:04:05Z", "2024-02-02T03:04:05Z")
    assert (walk.excerpt, other.published_at) == ("We went up.", "2023-01-02T03:04:05Z")


def test_an_export(tmp_path: Path) -> None:
    """Notes are articles, notebooks and tags their topics; attachments and what was thrown away are passed over."""
    write_files(tmp_path, EXPORT)
    assert_read(graph.build(tmp_path))


def test_an_export_in_one_file(tmp_path: Path) -> None:
    """A `.jex` is an archive with the same files."""
    packed = packed_tar(tmp_path / "notes.jex", [(name, text.encode()) for name, text in EXPORT.items()])
    assert_read(graph.build(packed))


def test_a_tag_that_comes_later(tmp_path: Path) -> None:
    """An update sees that a note has a tag, although its file is the same."""
    folder = write_files(tmp_path / "notes", {name: text for name, text in EXPORT.items() if name[31] != "7"})
    update(folder, out=tmp_path / "out", formats="nt")
    write_files(folder, EXPORT)
    update(folder, out=tmp_path / "out", formats="nt")
    assert_read(graph.open_exports(tmp_path / "out"))


def test_a_problem_has_its_line(tmp_path: Path) -> None:
    """A text keeps the lines that it has in its file."""
    write_files(tmp_path, item(1, 1, "A", "Up.\n[x](gone.md)"))
    assert [problem.line for problem in graph.build(tmp_path).problems] == [4]


LINES = st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs", "Cc"]), max_size=20)


@given(
    title=LINES.map(str.strip),
    lines=st.lists(LINES, max_size=5),
    more=st.sampled_from(["", "author: \n", "source_url: https://a.example/x: y\n"]),
)
def test_whatever_is_written_is_read(title: str, lines: list[str], more: str) -> None:
    """Title and text come back from any item."""
    text = "\n".join(lines).strip()
    (written,) = item(1, 1, title, *([text] if text else []), said=more).values()
    found = item_of(written)
    assert found is not None
    assert (found.title, found.text.strip(), found.said["type_"]) == (title, text, "1")
    assert not text or written.split("\n")[found.line - 1].strip() == text.split("\n")[0].strip()


@pytest.mark.parametrize(
    "text",
    [
        "type_: 1",
        "A\n\ntype_: 1",
        "A\n\nid: 1\ntype_: 1",
        f"A\n\nid: {identifier(1)}\nSome words\ntype_: 1",
        f"A\n\nid: {identifier(1)}\ntype_: 1\n\nWords.",
        f"A\n\nid: {identifier(1)}\ntype_: note",
        f"---\nid: {identifier(1)}\ntype_: 1\n---\n",
    ],
)
def test_what_is_no_item(text: str) -> None:
    """Other texts that speak of types stay what they are."""
    assert item_of(text) is None


@pytest.mark.parametrize(
    "text", ["\n\ntype_: 1" * 50_000, "a: b\n" * 100_000 + "type_: 1", " " * 500_000 + "\ntype_: 1"]
)
def test_long_texts(text: str) -> None:
    """A text is told apart at once, however long it is."""
    began = process_time()
    assert item_of(text) is None
    assert process_time() - began < 1
