"""Suggestions are written into documents only if nothing can be lost."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

import graph
from graph.editing import Accepted, accepted_rows, apply, changes_of, edits_for, patch_of
from graph.editing.documents import Change
from graph.errors import NoSuchNodeError, SourceError
from graph.reading import Cache, list_documents, read
from graph.truth import establish
from tests.commands import Run

DOCUMENTS = {
    "one.md": "---\ntitle: One\ntopics:\n  - AI\n---\nText\n",
    "two.md": "---\ntitle: Two\nwebUrl: https://news.example/two\ntopics: [ML]\n---\nText\n",
    "stubs.md": '---\ntitle: Stubs\nrelated:\n  - title: "Other"\n    webUrl: https://news.example/other\n---\n',
    "bare.md": "# Bare\n",
    "none.md": "---\ntitle: None\n---\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Write a small site."""
    folder = tmp_path / "site"
    folder.mkdir()
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text)
    return folder


def changed(source: Path, *rows: tuple[str, str], **options: bool) -> tuple[list[Change], list[tuple[str, str]]]:
    """Return how suggestions, named by labels, change the documents of a source, and what is refused."""
    listing, cache = list_documents(source), Cache()
    knowledge = graph.KnowledgeGraph(establish(read(listing, cache=cache)))
    accepted = [Accepted(knowledge[one].iri, knowledge[other].iri) for one, other in rows]
    edits, refused = edits_for(accepted, knowledge, listing, cache)
    changes, more = changes_of(edits, **options)
    return changes, [(one.path, one.reason) for one in (*refused, *more)]


def test_topics_and_related_articles_are_added(site: Path) -> None:
    """Topics go where the document has topics; related articles look like those there, or are an address or a path."""
    rows = [("One", "ML"), ("One", "Two"), ("None", "AI"), ("Stubs", "Two"), ("Two", "One")]
    changes, refused = changed(site, *rows)
    assert refused == []
    assert list(apply(changes)) == []
    assert (site / "one.md").read_text() == DOCUMENTS["one.md"].replace(
        "AI\n", "AI\n  - ML\nrelated:\n  - https://news.example/two\n"
    )
    assert (site / "none.md").read_text() == "---\ntitle: None\ntopics:\n  - AI\n---\n"
    other = "webUrl: https://news.example/other\n"
    added = '  - title: "Two"\n    webUrl: https://news.example/two\n'
    assert (site / "stubs.md").read_text() == DOCUMENTS["stubs.md"].replace(other, other + added)
    again = graph.build(site)
    related = {article.label: {again[iri].label for iri in article.related} for article in again.articles.values()}
    assert (related["One"], related["Two"], related["Stubs"]) == ({"Two"}, {"One"}, {"Two", "Other"})
    assert [again.topics[iri].label for iri in again.articles[again["One"].iri].topics] == ["AI", "ML"]


def test_a_patch_can_be_applied(site: Path) -> None:
    """The diff of all changes is a patch that Git applies, with the same result as writing."""
    (site / "crlf.md").write_bytes(b"---\r\ntitle: Crlf\r\ntopics: [AI]\r\n---")
    (site / "a folder").mkdir()
    odd = "---\ntitle: Odd\ntopics: [AI]\n---\nA\u2028b\x0cc\x85d\n"
    (site / "a folder" / "odd name.md").write_text(odd)
    changes, refused = changed(site, ("One", "ML"), ("Crlf", "ML"), ("Odd", "ML"))
    assert refused == []
    patch = "".join(map(patch_of, changes))
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=site, check=True)
    assert all(change.place.read_bytes() == change.after for change in changes)
    assert b"topics: [AI, ML]\r\n---" in (site / "crlf.md").read_bytes()


def test_what_is_stated_is_not_added_again(site: Path) -> None:
    """Accepting the same suggestions twice changes nothing the second time."""
    rows = (("One", "ML"), ("One", "Two"), ("Two", "ML"))
    list(apply(changed(site, *rows)[0]))
    assert changed(site, *rows) == ([], [])


def test_what_is_refused(site: Path) -> None:
    """Stubs, documents without front matter, behind a link, or changed meanwhile are refused, with the reason."""
    (site / "real").mkdir()
    (site / "real" / "linked.md").write_text("---\ntitle: Linked\n---\n")
    (site / "linked.md").symlink_to("real/linked.md")
    _, refused = changed(site, ("Bare", "AI"), ("Other", "AI"))
    assert ("bare.md", "it has no front matter in YAML, TOML or JSON") in refused
    assert ("https://news.example/other", "it has no document of its own") in refused
    listing, cache = list_documents(site), Cache()
    knowledge = graph.KnowledgeGraph(establish(read(listing, cache=cache)))
    both = [article.iri for article in knowledge.articles.values() if article.label == "Linked"]
    rows = [Accepted(iri, knowledge["ML"].iri) for iri in (*both, knowledge["One"].iri)]
    (site / "one.md").write_text("---\ntitle: Changed\n---\n")
    edits, _ = edits_for(rows, knowledge, listing, cache)
    changes, refusals = changes_of(edits)
    assert {one.path: one.reason for one in refusals} == {
        "linked.md": "it is behind a symbolic link",
        "one.md": "it has changed since it was read: build again",
    }
    assert [change.path for change in changes] == ["real/linked.md"]


def test_a_document_that_changes_at_the_last_moment(site: Path) -> None:
    """What is written between the diff and the writing is kept."""
    changes, _ = changed(site, ("One", "ML"))
    (site / "one.md").write_text("new")
    assert [one.reason for one in apply(changes)] == ["it has changed meanwhile"]
    assert (site / "one.md").read_text() == "new"


def test_archives_are_not_changed(site: Path) -> None:
    """A document in an archive is refused."""
    packed = site.parent / "site.tar"
    with tarfile.open(packed, "w") as archive:
        archive.add(site, "site")
    assert changed(packed, ("One", "ML"))[1][0][1] == "it is in an archive"


@pytest.mark.skipif(sys.platform == "win32", reason="needs permissions of POSIX")
def test_permissions_are_kept(site: Path) -> None:
    """A changed document has the permissions that it had, and nothing lies beside it."""
    (site / "one.md").chmod(0o640)
    changes, _ = changed(site, ("One", "ML"))
    before = set(site.iterdir())
    list(apply(changes))
    assert stat.S_IMODE((site / "one.md").stat().st_mode) == 0o640
    assert set(site.iterdir()) == before


def test_uncommitted_changes_are_kept(site: Path) -> None:
    """In a Git repository only documents that are as committed are changed, unless told otherwise; no filter runs."""

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=site.parent, check=True, capture_output=True)

    git("init")
    (site.parent / ".gitattributes").write_text("*.md filter=evil\n")
    git("add", ".")
    rows = (("One", "ML"), ("Two", "AI"))
    assert [reason for _, reason in changed(site, *rows)[1]] == ["it has uncommitted changes"] * 2
    git("commit", "-m", "all")
    git("config", "filter.evil.clean", f"touch {site.parent}/ran")
    os.utime(site / "one.md", (1, 1))
    (site / "two.md").write_text(DOCUMENTS["two.md"] + "More\n")
    changes, refused = changed(site, *rows)
    assert [change.path for change in changes] == ["one.md"]
    assert refused == [("two.md", "it has uncommitted changes")]
    assert len(changed(site, *rows, allow_uncommitted=True)[0]) == 2
    assert not (site.parent / "ran").exists()


@pytest.mark.parametrize(
    "text",
    [
        '[{"article": "a", "suggestion": "b", "score": 1}]',
        "article,topic,score\na,b,1\n",
        "\ufeffarticle,suggestion\na,b\n",
    ],
)
def test_accepted_rows_are_read(tmp_path: Path, text: str) -> None:
    """Rows of JSON and CSV are read, whichever other columns they have."""
    (tmp_path / "rows").write_text(text)
    assert accepted_rows(tmp_path / "rows") == [Accepted("a", "b")]


@pytest.mark.parametrize("text", ["", "[1]", "[", "x,y\n1,2\n", "article\na\n", '[{"article": 1, "topic": "a"}]'])
def test_other_files_are_no_suggestions(tmp_path: Path, text: str) -> None:
    """A file of anything else is one clear error, or no row at all."""
    (tmp_path / "rows").write_text(text)
    if not text:
        assert accepted_rows(tmp_path / "rows") == []
        return
    with pytest.raises(SourceError, match=r"rows: (cannot be read|has no columns)"):
        accepted_rows(tmp_path / "rows")


def test_suggestions_of_another_graph(site: Path) -> None:
    """A row that names what is not in the graph is one clear error."""
    listing, cache = list_documents(site), Cache()
    knowledge = graph.KnowledgeGraph(establish(read(listing, cache=cache)))
    with pytest.raises(NoSuchNodeError, match="not in the graph"):
        edits_for([Accepted("https://a.example/", "https://b.example/")], knowledge, listing, cache)


def test_suggestions_are_written_by_the_command(site: Path, run: Run, tmp_path: Path) -> None:
    """`--diff` shows what `--write` does; rows of a file can be accepted; a build knows where its documents are."""
    (site / "copy.md").write_text(DOCUMENTS["one.md"].replace("[AI]", "").replace("One", "One more"))
    for number in range(4):
        (site / f"b{number}.md").write_text(f"---\ntitle: Kites over Berlin {number}\nexcerpt: Kites fly high.\n---\n")
    (site / "b9.md").write_text(
        "---\ntitle: Kites\nrelated:\n- title: Kites over Berlin\n  webUrl: https://kites.example/\n---\n"
    )
    shown = run("suggest", "related", "--all", str(site), "--diff")
    assert "+++ b/b0.md" in shown.out
    assert "kites.example" not in shown.told  # a stub has no document
    rows = run("suggest", "related", "--all", str(site), "--format", "csv").out
    (tmp_path / "rows.csv").write_text("\n".join(line for line in rows.splitlines() if "b2" not in line.split(",")[0]))
    run("build", str(site), "--out", str(tmp_path / "out"), "--format", "nt")
    done = run(
        "suggest", "related", "--accept", str(tmp_path / "rows.csv"), "--graph", str(tmp_path / "out"), "--write"
    )
    assert done.out.strip().endswith("documents changed")
    assert "related:" in (site / "b0.md").read_text()
    assert "related:" not in (site / "b2.md").read_text()
    again = run(
        "suggest", "related", "--accept", str(tmp_path / "rows.csv"), "--graph", str(tmp_path / "out"), "--write"
    )
    assert again.status == 1
    assert "it has changed since it was read: build again" in again.told
