"""What a fix of a finding changes, and what it refuses to change."""

from __future__ import annotations

import json
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.checking import Finding, Fix, check_all
from graph.editing import EditError, apply, changes_of, edits_of_fixes
from graph.editing.fixed import with_all_fixed
from graph.editing.front_matter import front_matter_of
from graph.reading import Cache
from tests.commands import Run, assert_misuse
from tests.folders import write_files
from tests.test_checking import dated

SETTINGS = "[check.fields]\nstate = { allowed = ['open', 'closed'] }\n'extra.mood' = { allowed = ['Glad'] }\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tags: [rust, web] # c", "tags: [Rust, web] # c"),
        ("tags:\n- web\n-  'rust' # c", "tags:\n- web\n-  'Rust' # c"),
        ("tags: rust", "tags: Rust"),
        ("tags: ' rust '", "tags: 'Rust'"),
        ("tags: web, rust,go", "tags: web, Rust,go"),
        ("tags: web  rust", "tags: web  Rust"),
        ("tags: [{name: rust, n: 1}]", "tags: [{name: Rust, n: 1}]"),
        ("tags: [[web, rust], rust]", "tags: [[web, Rust], Rust]"),
        ("title: rust\ntags: [rust]", "title: rust\ntags: [Rust]"),
        ("taxonomies:\n  tag: [rust]", "taxonomies:\n  tag: [Rust]"),
        ("params: {tags: [rust]}", "params: {tags: [Rust]}"),
    ],
)
def test_a_topic_is_spelled_as_usual(before: str, after: str) -> None:
    """A topic is replaced wherever its field states it, in the forms that documents have."""
    old, new = (f"---\n{text}\n---\ntags: rust\n".encode() for text in (before, after))
    assert with_all_fixed(old, [Fix("tags", "rust", "Rust")]) == new


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title: A", "its front matter has no 'tags'"),
        ("tags: [web]", "'tags' does not have \"rust\" as a value of its own"),
        ("tags: [rusty]", "'tags' does not have \"rust\" as a value of its own"),
        ("tags: ['#rust']", "'tags' does not have \"rust\" as a value of its own"),
        ("tags: [rust, Rust]", '\'tags\' has "Rust" already: remove "rust"'),
        ("tags: [{name: rust, slug: rust}]", "'tags' does not have \"rust\" as a value of its own"),
        ("tags: &a [rust]\nb: *a", "'tags' is shared by an anchor, or has a tag"),
        ("tags: |\n  rust", "'tags' is not a text on one line"),
    ],
)
def test_what_is_not_certain_is_refused(text: str, reason: str) -> None:
    """A document in which it is not certain what to replace is refused, with the reason."""
    with pytest.raises(EditError) as refused:
        with_all_fixed(f"---\n{text}\n---\n".encode(), [Fix("tags", "rust", "Rust")])
    assert str(refused.value) == reason


LABELS = st.text(st.sampled_from("ab ,#"), min_size=1, max_size=3).filter(lambda text: text == text.strip())


@given(st.lists(LABELS, min_size=1, max_size=4), LABELS, LABELS)
def test_other_values_stay(labels: list[str], old: str, new: str) -> None:
    """Every item that is the old value is the new one afterwards, and every other item is as it was."""
    data = f"---\ntags: {json.dumps(labels)}\n---\n".encode()
    try:
        fixed = with_all_fixed(data, [Fix("tags", old, new)])
    except EditError:
        assert old not in labels or new in labels
        return
    if old in labels:
        assert front_matter_of(fixed)["tags"] == [new if label == old else label for label in labels] or "," in str(
            labels
        )


def site(folder: Path) -> Path:
    """Write a site with three fixes in two documents, and a finding that has none."""
    return write_files(
        folder,
        {
            "article-graph.toml": SETTINGS,
            "a.md": dated("A", more="tags: [Rust]\n"),
            "b.md": dated("B", more="tags: [Rust]\n"),
            "sub/c.md": dated("C", more="tags:\n- rust # c\nstate: Open\n", text="[x](n.md)"),
            "d.md": dated("D", more="extra:\n  Mood: glad # d\n"),
        },
    )


def test_fixes_are_shown_and_applied(run: Run, tmp_path: Path) -> None:
    """`--diff` prints a patch that Git applies; `--fix` does the same and reports what is left."""
    folder = site(tmp_path / "site")
    assert (
        run("check", str(folder)).out.splitlines()[-1].endswith("3 have a fix: --diff shows it, and --fix applies it.")
    )
    shown = run("check", str(folder), "--diff")
    assert shown.status == 1  # there is an error
    other = site(tmp_path / "other")
    subprocess.run(["git", "apply", "-"], input=shown.out.encode(), cwd=other, check=True)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.md")}
    assert run("check", str(folder), "--diff").out == shown.out
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.md")} == before
    done = run("check", str(folder), "--fix", "--format", "json")
    assert done.told == "2 documents changed\n"
    assert [row["rule"] for row in json.loads(done.out)] == ["broken-link"]
    texts = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.md")}
    assert texts == {path.relative_to(other): path.read_bytes() for path in other.rglob("*.md")}
    assert b"- Rust # c\nstate: open\n" in texts[Path("sub/c.md")]
    assert b"Mood: Glad # d" in texts[Path("d.md")]
    assert run("check", str(folder), "--diff").out == ""
    assert run("check", str(folder), "--fix").told == "0 documents changed\n"


def test_only_what_is_reported_is_fixed(run: Run, tmp_path: Path) -> None:
    """What is not selected, excepted, or known to the baseline is left as it is."""
    folder, known = site(tmp_path / "site"), str(tmp_path / "known.json")
    assert "-state: Open" not in run("check", str(folder), "--diff", "--select", "AG552").out
    run("check", str(folder), "--write-baseline", known, "--select", "AG552")
    patch = run("check", str(folder), "--diff", "--baseline", known).out
    assert "-state: Open" in patch
    assert "-- rust" not in patch
    assert run("check", str(folder), "--fix", "--write-baseline", known).told.endswith(
        "1 finding written to " + known + "\n"
    )


def test_what_cannot_be_changed_is_told(run: Run, tmp_path: Path) -> None:
    """Archives, links and uncommitted changes are refused, and the exit status says so."""
    folder = site(tmp_path / "site")
    with tarfile.open(tmp_path / "site.tar", "w") as archive:
        archive.add(folder, "site")
    packed = run("check", str(tmp_path / "site.tar"), "--fix", "--select", "AG552")
    assert (packed.status, packed.told) == (1, "sub/c.md: not changed: it is in an archive\n0 documents changed\n")
    assert "1 finding in 1 file" in packed.out
    assert "--fix applies it" not in packed.out
    subprocess.run(["git", "init"], cwd=folder, check=True, capture_output=True)
    refused = run("check", str(folder), "--fix", "--select", "AG552")
    assert (refused.status, refused.told) == (
        1,
        "sub/c.md: not changed: it has uncommitted changes\n0 documents changed\n",
    )
    known = str(tmp_path / "known.json")
    assert run("check", str(folder), "--fix", "--select", "AG552", "--write-baseline", known).status == 1
    assert run("check", str(folder), "--fix", "--select", "AG552", "--allow-uncommitted").status == 0


def test_a_document_that_changed_since(tmp_path: Path) -> None:
    """A document that is not as it was when it was checked is left alone."""
    folder, cache = site(tmp_path), Cache()
    checked = check_all(folder, cache=cache)
    (folder / "d.md").write_text("---\nextra: {mood: glad}\n---\n")
    changes, refused = changes_of(edits_of_fixes(checked.findings, checked.listing, cache))
    assert [one.path for one in changes] == ["sub/c.md"]
    assert [(one.path, one.reason) for one in refused] == [("d.md", "it has changed since it was read: build again")]


def test_another_document_with_the_same_path_stays(tmp_path: Path) -> None:
    """Of two documents with the same path in two sources, only one that states the value is changed."""
    one, two = (
        write_files(tmp_path / name, {"b.md": dated(name, more=f"tags: [{name}]\n")}) for name in ("Rust", "rust")
    )
    write_files(one, {f"{number}.md": dated(f"More {number}", more="tags: [Rust]\n") for number in range(2)})
    cache = Cache()
    checked = check_all([one, two], cache=cache, select=["AG552"])
    assert [finding.fix for finding in checked.findings] == [Fix("tags", "rust", "Rust")]
    list(apply(changes_of(edits_of_fixes(checked.findings, checked.listing, cache))[0]))
    assert (one / "b.md").read_text() == dated("Rust", more="tags: [Rust]\n")


def test_a_fix_for_a_document_that_is_gone(tmp_path: Path) -> None:
    """A finding whose document is not in the sources changes nothing."""
    folder, cache = site(tmp_path), Cache()
    checked = check_all(folder, cache=cache)
    gone: list[Finding] = [replace(one, path="gone.md") for one in checked.findings]
    assert edits_of_fixes(gone, checked.listing, cache) == []


def test_misuse(run: Run, tmp_path: Path) -> None:
    """Options that contradict each other are one clear error."""
    folder = str(site(tmp_path))
    assert_misuse(run("check", folder, "--allow-uncommitted"), "Add --diff or --fix")
    assert_misuse(run("check", folder, "--diff", "--fix"), "Leave out --fix")
    assert_misuse(run("check", folder, "--diff", "--format", "sarif"), "Leave out --fix")
    assert graph.check(folder)
