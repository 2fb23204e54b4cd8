"""Dates from commits: what they say, when they say nothing, and that no repository makes a program run."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

import graph
from graph.cli import main
from graph.publishing import update
from graph.publishing.updating import CACHE_FILE
from graph.reading import git
from tests.folders import write_files

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs Git")

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ann",
    "GIT_AUTHOR_EMAIL": "ann@example.org",
    "GIT_COMMITTER_NAME": "Ann",
    "GIT_COMMITTER_EMAIL": "ann@example.org",
}


def run(folder: Path, *arguments: str, day: str = "2020-01-01", stdin: bytes = b"") -> str:
    """Run Git in a folder at noon of a day; return what it prints."""
    dates = {"GIT_AUTHOR_DATE": f"{day}T12:00:00+02:00", "GIT_COMMITTER_DATE": "2030-01-01T00:00:00Z"}
    command = ["git", "-C", os.fspath(folder), *arguments]
    done = subprocess.run(command, env=ENVIRONMENT | dates, input=stdin, capture_output=True, check=True)
    return os.fsdecode(done.stdout).strip()


def commit(folder: Path, day: str, texts: Mapping[str, str]) -> None:
    """Write documents and commit them on a day."""
    write_files(folder, texts)
    run(folder, "add", "--all")
    run(folder, "commit", "--quiet", "--message", day, day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make a repository of two documents without dates, one of which was changed later."""
    folder = tmp_path / "source"
    folder.mkdir()
    run(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "2020-01-01", {"a.md": "# A\n\nWords.\n", "below/b.md": "# B\n\nWords.\n"})
    commit(folder, "2021-02-03", {"a.md": "# A\n\nOther words.\n"})
    return folder


def times_of(source: Path) -> dict[str, tuple[str | None, str | None]]:
    """Return the time of publication and of change of each document, by its path."""
    knowledge = graph.build(source, git_dates=True)
    return {article.sources[0]: (article.published_at, article.modified_at) for article in knowledge.articles.values()}


def kinds_of(source: Path) -> list[str]:
    """Return the kinds of the faults, and hold that nothing has a date from anywhere."""
    knowledge = graph.build(source, git_dates=True)
    assert knowledge.articles
    assert not any(article.published_at or article.modified_at for article in knowledge.articles.values())
    return [problem.kind for problem in knowledge.problems]


A, B = ("2020-01-01T10:00:00Z", "2021-02-03T10:00:00Z"), ("2020-01-01T10:00:00Z", "2020-01-01T10:00:00Z")


def test_first_and_last_commit(repository: Path) -> None:
    """The author's times of the first and the last commit are told in UTC, and without being asked for not at all."""
    assert times_of(repository) == {"a.md": A, "below/b.md": B}
    assert not any(article.published_at for article in graph.build(repository).articles.values())


def test_what_is_stated_holds(repository: Path) -> None:
    """Only a date that is missing is taken from the commits; one in the path or of an event is none that is missing."""
    commit(
        repository,
        "2022-01-01",
        {
            "published.md": "---\ntitle: P\ndate: 1999-01-01\n---\n",
            "modified.md": "---\ntitle: M\nupdated: 1999-01-01\n---\n",
            "event.md": "---\ntitle: E\nstart_date: 1999-01-01\n---\n",
            "1999-01-01-post.md": "# Post\n",
        },
    )
    times = times_of(repository)
    new = "2022-01-01T10:00:00Z"
    assert times["published.md"] == ("1999-01-01", new)
    assert times["modified.md"] == (new, "1999-01-01")
    assert times["event.md"] == (None, new)
    assert times["1999-01-01-post.md"] == ("1999-01-01", new)


def test_sources_within_a_repository(repository: Path) -> None:
    """A folder below the repository's, or a single file of it, is dated by the same commits."""
    assert times_of(repository / "below") == {"b.md": B}
    assert times_of(repository / "a.md") == {"a.md": A}


def test_what_was_never_committed(repository: Path) -> None:
    """A document that no commit holds has no date, and that is no fault."""
    (repository / "new.md").write_text("# New\n", encoding="utf-8")
    assert times_of(repository)["new.md"] == (None, None)
    assert graph.build(repository, git_dates=True).problems == ()


def test_branches_and_merges(repository: Path) -> None:
    """What was written on a branch has its own times, and what only a merge holds has that of the merge."""
    run(repository, "switch", "--quiet", "--create", "branch", "HEAD~1")
    commit(repository, "2020-06-01", {"branch.md": "# Branch\n"})
    run(repository, "switch", "--quiet", "main")
    run(repository, "merge", "--quiet", "--no-commit", "--no-ff", "branch")
    commit(repository, "2022-05-05", {"merge.md": "# Merge\n"})
    times = times_of(repository)
    assert times["branch.md"] == ("2020-06-01T10:00:00Z", "2020-06-01T10:00:00Z")
    assert times["merge.md"] == ("2022-05-05T10:00:00Z", "2022-05-05T10:00:00Z")
    assert (times["a.md"], times["below/b.md"]) == (A, B)


@pytest.mark.skipif(os.name == "nt", reason="Windows allows fewer names")
def test_odd_names(repository: Path) -> None:
    """Any bytes may stand in a name: line ends, digits alone, what is not Unicode, and what means something to Git."""
    names = [b"\nnew.md", b"1577872800.md", b"caf\xc3\xa9.md", b"\xff\xfe.md", b"a\nb\n.md", b'"q\\".md', b":(top)x.md"]
    for name in names:
        Path(os.fsdecode(os.fsencode(repository) + b"/" + name)).write_text("# Odd\n", encoding="utf-8")
    run(repository, "add", "--all")
    run(repository, "commit", "--quiet", "--message", "odd", day="2022-02-02")
    times = times_of(repository)
    odd = [times for path, times in times.items() if path not in {"a.md", "below/b.md"}]
    assert odd == [("2022-02-02T10:00:00Z", "2022-02-02T10:00:00Z")] * len(names)


def test_clocks_set_wrong(repository: Path) -> None:
    """The first of all times counts as first, whatever the order of commits."""
    commit(repository, "1999-12-31", {"a.md": "# A\n\nAgain.\n"})
    assert times_of(repository)["a.md"] == ("1999-12-31T10:00:00Z", A[1])


def test_a_shallow_clone(repository: Path, tmp_path: Path) -> None:
    """A clone without its first commits gives no dates but a fault."""
    shallow = tmp_path / "shallow"
    run(tmp_path, "clone", "--quiet", "--depth=1", repository.as_uri(), os.fspath(shallow))
    assert kinds_of(shallow) == ["shallow-history"]


def test_no_history_at_all(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Archives, folders without a repository, those without a commit, and machines without Git: a fault each."""
    (bare := tmp_path / "bare").mkdir()
    (bare / "a.md").write_text("# A\n", encoding="utf-8")
    assert kinds_of(bare) == ["no-git-history"]
    run(bare, "init", "--quiet")
    assert kinds_of(bare) == ["no-git-history"]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.md", "# A\n")
    assert kinds_of(tmp_path / "a.zip") == ["no-git-history"]
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    assert kinds_of(repository) == ["no-git"]


def test_a_git_of_the_sources_own(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called Git that lies in the source is not run, even where the search path leads there."""
    marker = tmp_path / "marker"
    write_program(repository / "git", marker)
    monkeypatch.setenv("PATH", os.fspath(repository))
    assert kinds_of(repository) == ["no-git"]
    assert not marker.exists()


@pytest.mark.parametrize("damage", ["HEAD", "objects", "config"])
def test_a_damaged_repository(repository: Path, damage: str) -> None:
    """A repository that Git cannot read is a fault, and no date is half known."""
    path = repository / ".git" / damage
    if path.is_dir():
        for item in path.rglob("*"):
            if item.is_file():
                item.chmod(0o600)
                item.write_bytes(b"damaged")
    else:
        path.write_bytes(b"[damaged")
    assert kinds_of(repository)[0] in {"git-failed", "no-git-history"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs the rights to give a folder away")
def test_somebody_elses_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Git does not read because somebody else owns it is a fault that says so."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for path in (repository, repository / ".git"):
        os.chown(path, 12345, 12345)
    assert kinds_of(repository) == ["git-refused"]


def write_program(path: Path, marker: Path) -> Path:
    """Write a program that leaves a mark when it is run."""
    path.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{marker}'\nexit 1\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


HOSTILE = """
[core]
    fsmonitor = {program}
    pager = {program}
    editor = {program}
    sshCommand = {program}
    gitProxy = {program}
    askPass = {program}
    alternateRefsCommand = {program}
    hooksPath = {hooks}
    attributesFile = {attributes}
    untrackedCache = true
[alias]
    log = !{program}
    rev-parse = !{program}
[pager]
    log = {program}
    rev-parse = {program}
[gpg]
    program = {program}
[gpg "ssh"]
    program = {program}
    allowedSignersFile = {attributes}
    defaultKeyCommand = {program}
[log]
    showSignature = true
    showRoot = false
    follow = true
    diffMerges = separate
[format]
    pretty = %GG %G? %GS
[diff]
    external = {program}
    relative = false
    renames = copies
[diff "evil"]
    command = {program}
    textconv = {program}
    cachetextconv = true
[filter "evil"]
    clean = {program}
    smudge = {program}
    process = {program}
    required = true
[merge "evil"]
    driver = {program}
[credential]
    helper = {program}
[interactive]
    diffFilter = {program}
[trailer "evil"]
    command = {program}
[protocol]
    allow = always
[protocol "ext"]
    allow = always
[remote "origin"]
    url = ext::{program}
    promisor = true
    partialclonefilter = tree:0
    uploadpack = {program}
    vcs = ext
[extensions]
    partialClone = origin
[include]
    path = {included}
"""


@pytest.fixture
def hostile(repository: Path, tmp_path: Path) -> tuple[Path, Path, Path]:
    """Make a repository whose every setting names a program; return it, the program, and the mark that it leaves."""
    marker, hooks = tmp_path / "marker", tmp_path / "hooks"
    program = write_program(tmp_path / "evil", marker)
    commit(repository, "2021-03-01", {".gitattributes": "* diff=evil filter=evil merge=evil\n", "c.md": "# C\n"})
    (attributes := tmp_path / "attributes").write_text("* diff=evil filter=evil\n", encoding="utf-8")
    (included := tmp_path / "included").write_text(f"[core]\nfsmonitor = {program}\n", encoding="utf-8")
    signed = run(repository, "cat-file", "commit", "HEAD").replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n\n", 1
    )
    head = run(repository, "hash-object", "-t", "commit", "-w", "--stdin", stdin=signed.encode() + b"\n")
    run(repository, "update-ref", "HEAD", head)
    for folder in (hooks, repository / ".git" / "hooks"):
        folder.mkdir(exist_ok=True)
        for name in "post-index-change post-checkout fsmonitor-watchman reference-transaction pre-auto-gc".split():
            write_program(folder / name, marker)
    settings = HOSTILE.format(program=program, hooks=hooks, attributes=attributes, included=included)
    with (repository / ".git" / "config").open("a", encoding="utf-8") as stream:
        stream.write(settings)
    (repository / "a.md").write_text("# A\n\nChanged since.\n", encoding="utf-8")
    marker.unlink(missing_ok=True)
    return repository, program, marker


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
def test_no_setting_makes_a_program_run(hostile: tuple[Path, Path, Path]) -> None:
    """A repository whose settings, hooks, attributes and signatures name programs is dated, and runs none of them."""
    repository, _, marker = hostile
    times = times_of(repository)
    assert (times["a.md"], times["below/b.md"]) == (A, B)
    assert times["c.md"] == ("2021-03-01T10:00:00Z", "2021-03-01T10:00:00Z")
    assert times_of(repository / "below") == {"b.md": B}
    assert not marker.exists()


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
def test_the_trap_is_a_trap(hostile: tuple[Path, Path, Path]) -> None:
    """The same repository does run programs for a Git that is not held back, so that the test above tests something."""
    repository, _, marker = hostile
    command = ["git", "-C", os.fspath(repository), "log", "--show-signature", "--patch", "--ext-diff"]
    subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False)
    assert marker.exists()


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
def test_nothing_is_fetched(hostile: tuple[Path, Path, Path]) -> None:
    """Objects that a partial clone promises are not fetched: no dates, a fault, and no program run."""
    repository, _, marker = hostile
    names = [line.split()[0] for line in run(repository, "rev-list", "--objects", "HEAD").splitlines()]
    for name in [name for name in names if run(repository, "cat-file", "-t", name) == "tree"]:
        (repository / ".git" / "objects" / name[:2] / name[2:]).unlink()
    marker.unlink(missing_ok=True)
    assert kinds_of(repository) == ["git-failed"]
    assert not marker.exists()


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
def test_no_variable_makes_a_program_run(
    hostile: tuple[Path, Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Variables that lead Git elsewhere or name programs do not reach it."""
    repository, program, marker = hostile
    for name in "EXTERNAL_DIFF PAGER EDITOR SSH SSH_COMMAND ASKPASS PROXY_COMMAND SEQUENCE_EDITOR".split():
        monkeypatch.setenv(f"GIT_{name}", os.fspath(program))
    monkeypatch.setenv("GIT_DIR", os.fspath(tmp_path))
    monkeypatch.setenv("GIT_WORK_TREE", os.fspath(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", os.fspath(program))
    assert times_of(repository)["a.md"] == A
    assert not marker.exists()


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
def test_a_folder_that_is_a_repository(tmp_path: Path) -> None:
    """A folder that holds the parts of a repository among its documents is not taken for one."""
    (source := tmp_path / "source").mkdir()
    run(source, "init", "--quiet", "--bare")
    (source / "a.md").write_text("# A\n", encoding="utf-8")
    assert kinds_of(source)[-1] in {"no-git-history", "git-failed"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_git_that_waits_for_ever(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository that keeps Git waiting costs no more than the time that is set."""
    monkeypatch.setattr(git, "LONGEST_WAIT", 0.5)
    (repository / ".git" / "HEAD").unlink()
    (repository / ".git" / "config").unlink()
    os.mkfifo(repository / ".git" / "config")
    assert kinds_of(repository)[0] in {"git-failed", "no-git-history"}


@pytest.mark.skipif(os.uname().sysname != "Linux" if hasattr(os, "uname") else True, reason="Linux limits memory")
def test_endless_files(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit of ten thousand million files, told in ten trees, takes no more memory than is set."""
    monkeypatch.setattr(git, "MOST_MEMORY", 100 << 20)
    kind, made = "100644 blob", run(repository, "hash-object", "-w", "--stdin", stdin=b"x")
    for _ in range(10):
        listed = "".join(f"{kind} {made}\t{name}\n" for name in "abcdefghij")
        kind, made = "040000 tree", run(repository, "mktree", stdin=listed.encode())
    head = run(repository, "commit-tree", made, "-p", "HEAD", "-m", "bomb")
    run(repository, "update-ref", "HEAD", head)
    assert kinds_of(repository) == ["git-failed"]


def test_a_new_commit_is_seen(repository: Path, tmp_path: Path) -> None:
    """A commit that changes no document is enough to build again, and the cache then gives what a fresh build does."""
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    assert update([repository], out, formats="ttl", git_dates=True).is_new
    assert not update([repository], out, formats="ttl", git_dates=True).is_new
    run(repository, "commit", "--quiet", "--allow-empty", "--message", "nothing", day="2022-01-01")
    run(repository, "rm", "--quiet", "--cached", "a.md")
    run(repository, "commit", "--quiet", "--message", "gone", day="2022-01-02")
    commit(repository, "2022-02-02", {})
    assert update([repository], out, formats="ttl", git_dates=True).is_new
    update([repository], fresh, formats="ttl", git_dates=True, cache=False)
    for path in fresh.iterdir():
        if path.name != CACHE_FILE:
            assert (out / path.name).read_bytes() == path.read_bytes()
    assert b"2022-02-02T10:00:00Z" in (out / "graph.ttl").read_bytes()


def test_the_option_is_asked_anew(repository: Path, tmp_path: Path) -> None:
    """With the option, without it and with it again, each build is what a fresh one is."""
    found = []
    for git_dates in (True, False, True):
        update([repository], tmp_path / "out", formats="ttl", git_dates=git_dates)
        found.append((tmp_path / "out" / "graph.ttl").read_bytes())
    assert found[0] == found[2] != found[1]
    assert b"2021-02-03" not in found[1]


def test_the_command(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`build --git-dates` dates documents by their commits."""
    out = tmp_path / "out"
    assert main(["build", os.fspath(repository), "--out", os.fspath(out), "--format", "ttl", "--git-dates"]) == 0
    assert "2 articles" in capsys.readouterr().out
    assert b"2021-02-03T10:00:00Z" in (out / "graph.ttl").read_bytes()
