"""What differs between two graphs, two builds, or two revisions of a source."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings

import graph
from graph.analysis import Difference, differences, rdf_patch
from graph.errors import SourceError
from graph.reading import list_documents, read
from graph.reading.revisions import revision_source
from tests.commands import Run
from tests.worlds import Site, documents, sites, unpacked

OLD: list[tuple[str, Mapping[str, object]]] = [
    ("a.md", {"title": "Apples", "topics": ["Fruit"], "date": "2020-01-01"}),
    ("b.md", {"title": "Bread", "topics": ["Food"], "related": ["a.md"]}),
    ("c.md", {"title": "Cheese", "webUrl": "https://news.example/cheese"}),
    ("d.md", {"title": "Dates"}),
]
NEW: list[tuple[str, Mapping[str, object]]] = [
    ("a.md", {"title": "Apples", "topics": ["Food"], "date": "2020-01-02"}),
    ("b.md", {"title": "Good bread", "topics": ["Food"], "related": ["a.md"]}),
    ("c.md", {"title": "Cheese", "webUrl": "https://news.example/cheeses"}),
    ("e.md", {"title": "Eggs"}),
]


def test_what_differs() -> None:
    """Fields are named as readers see them, relations by labels, and an article with a new address is renamed."""
    base = "https://site.example/"
    rows = differences(graph.build_from(OLD, base=base), graph.build_from(NEW, base=base))
    told = {(row.change, row.kind, row.label, row.field, row.before, row.after) for row in rows}
    assert {
        ("changed", "article", "Apples", "Topics", "Fruit", "Food"),
        ("changed", "article", "Good bread", "Label", "Bread", "Good bread"),
        ("renamed", "article", "Cheese", None, "https://news.example/cheese", "https://news.example/cheeses"),
        ("removed", "article", "Dates", None, None, None),
        ("added", "article", "Eggs", None, None, None),
        ("removed", "topic", "Fruit", None, None, None),
    } <= told
    assert not any(row.label == "Good bread" and row.field == "Related" for row in rows)


def test_a_moved_document_is_renamed() -> None:
    """An article whose document has another path is known by its title, day and excerpt, if only one has these."""
    moved = {"title": "Moved", "date": "2024-05-06", "text": "What it says."}
    twin = {"title": "Twin", "text": "Both say this."}
    link = {"title": "Link", "related": ["old/moved.md"]}
    before: list[tuple[str, Mapping[str, object]]] = [("old/moved.md", moved), ("old/twin.md", twin), ("link.md", link)]
    after: list[tuple[str, Mapping[str, object]]] = [
        ("new/moved.md", moved),
        ("new/twin.md", twin),
        ("new/other.md", twin),
        ("link.md", {**link, "related": ["new/moved.md"]}),
    ]
    rows = differences(*(graph.build_from(documents, base="https://site.example/") for documents in (before, after)))
    assert [(row.change, row.label, row.field, row.before) for row in rows] == [
        ("renamed", "Moved", None, "https://site.example/old/moved"),
        ("changed", "Moved", "Read from", "old/moved.md"),
        ("added", "Twin", None, None),
        ("added", "Twin", None, None),
        ("removed", "Twin", None, None),
    ]


@settings(max_examples=40)
@given(sites(), sites())
def test_differences_of_any_graphs(one: Site, other: Site) -> None:
    """Nothing differs from itself; what appears one way goes the other way; a patch leads from one to the other."""
    old, new = graph.build_from(texts(one)), graph.build_from(texts(other))
    assert differences(old, old) == ()
    there, back = differences(old, new), differences(new, old)
    assert changes(there, "added") == changes(back, "removed")
    assert len(changes(there, "renamed")) == len(changes(back, "renamed"))
    lines = lines_of(old)
    for line in rdf_patch(old, new):
        letter, _, triple = line.rstrip("\n").partition(" ")
        if letter == "D":
            lines.remove(triple)
        elif letter == "A":
            lines.add(triple)
    assert lines == lines_of(new)


def lines_of(knowledge: graph.KnowledgeGraph) -> set[str]:
    """Return the triples of a graph as lines."""
    from graph.views import to_ntriples

    return {line for lines in to_ntriples(knowledge.truth) for line in lines.splitlines()}


def texts(site: Site) -> list[tuple[str, str]]:
    """Return the documents of a site as they are given to `build_from`."""
    return [(path, data.decode("utf-8", "surrogatepass")) for path, data in documents(site).items()]


def changes(rows: tuple[Difference, ...], change: str) -> set[tuple[str, str]]:
    """Return the kind and IRI of the records with a change."""
    return {(row.kind, row.iri) for row in rows if row.change == change}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make a repository with two commits, and a filter that must not run."""
    folder = tmp_path / "repository"
    (folder / "posts").mkdir(parents=True)

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)

    git("init")
    (folder / "posts" / "a.md").write_text("---\ntitle: Apples\n---\n")
    (folder / "posts" / "line\nend.md").write_text("---\ntitle: Odd\n---\n")
    (folder / "posts" / "article-graph.toml").write_text('base = "https://site.example/"\n')
    (folder / "other.md").write_text("---\ntitle: Outside\n---\n")
    git("add", ".")
    git("commit", "-m", "one")
    (folder / ".gitattributes").write_text("*.md filter=evil\n")
    (folder / "posts" / "a.md").write_text("---\ntitle: Pears\n---\n")
    git("add", ".")
    git("commit", "-m", "two")
    git("config", "filter.evil.smudge", f"touch {folder}/ran")
    return folder / "posts"


def test_revisions_of_a_source(repository: Path, run: Run) -> None:
    """A revision is read with its own settings, without what is outside of the folder, and without running anything."""
    reading = read(list_documents(revision_source(repository, "HEAD~1")))
    assert {statement.path for statement in reading.statements} == {"a.md", "line\ufffdend.md"}
    assert reading.base == "https://site.example/"
    done = run("diff", "HEAD~1", "HEAD", "--source", str(repository), "--format", "csv")
    assert done.status == 1
    assert done.out.splitlines()[1:] == ["changed,article,https://site.example/a,Pears,Label,Apples,Pears"]
    (repository / "new.md").write_text("---\ntitle: New\n---\n")
    assert (
        "added,article,https://site.example/new,New"
        in run("diff", "HEAD", "--source", str(repository), "--format", "csv").out
    )
    assert run("diff", "HEAD", "HEAD", "--source", str(repository)).out == "Nothing differs.\n"
    assert not (repository.parent / "ran").exists()


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD:posts", ""])
def test_an_unknown_revision(repository: Path, revision: str) -> None:
    """What is not a commit is one clear error."""
    with pytest.raises(SourceError, match="has no revision"):
        revision_source(repository, revision)


def test_a_folder_without_a_repository(tmp_path: Path) -> None:
    """A folder outside of a repository is one clear error."""
    with pytest.raises(SourceError, match="has no revision"):
        revision_source(tmp_path, "HEAD")


def test_two_builds(run: Run, tmp_path: Path) -> None:
    """Two builds are compared in every form; the status tells whether something differs."""
    with unpacked({"a.md": {"title": "Apples"}}) as one, unpacked({"a.md": {"title": "Pears"}}) as two:
        for folder, out in ((one, "one"), (two, "two")):
            run("build", str(folder), "--out", str(tmp_path / out), "--format", "nt")
    arguments = ("diff", str(tmp_path / "one"), str(tmp_path / "two"))
    done = run(*arguments)
    assert done.status == 1
    assert "Apples" in done.out
    assert done.out.splitlines()[-1] == "1 article changed"
    patch = run(*arguments, "--format", "patch")
    assert patch.status == 1
    assert patch.out.splitlines()[0] == "TX ."
    assert run("diff", str(tmp_path / "one"), str(tmp_path / "one"), "--format", "patch").status == 0
    assert run(*arguments, "--format", "json").out.startswith("[")
    assert run("diff", str(tmp_path / "one")).status == 2


def test_very_many_articles_of_one_list(in_proportion: Callable[[Callable[[int], object]], None]) -> None:
    """Articles of one list, with one title and other addresses than before, take time in proportion to their number."""

    def rows(site: str, count: int) -> graph.KnowledgeGraph:
        lines = "".join(f"Same,Same text,https://{site}.example/{number}\n" for number in range(count))
        return graph.build_from([("list.csv", f"title,excerpt,url\n{lines}")])

    pairs = {count: (rows("old", count // 5), rows("new", count // 5)) for count in (5_000, 20_000)}

    def compare(count: int) -> None:
        assert {row.change for row in differences(*pairs[count])} == {"added", "removed"}

    in_proportion(compare)
