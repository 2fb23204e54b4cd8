"""What a build prints, and how it ends."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from graph.errors import SourceError
from tests.commands import (
    SEEDS,
    Done,
    Run,
    assert_misuse,
    environment,
    in_process,
    interruptible,
)

NO_ADDRESS = (
    "No site address is known, so https://example.org/ is used. "
    "Set it with --base https://your.site/, or as base in article-graph.toml."
)
SUMMARY = re.compile(
    r"[\d,]+ files read: [\d,]+ articles \([\d,]+ stubs\), [\d,]+ providers, [\d,]+ topics, [\d,]+ people, "
    r"[\d,]+ relations, [\d,]+ problems, \d+\.\d seconds"
)


def test_a_watched_build_prints_no_control_characters(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error while watching is printed like any other: a name in it cannot control the terminal."""
    monkeypatch.setattr(
        "graph.commands.build.watch", lambda *_, **__: iter([SourceError("a\x1b[2Jb: cannot be read.")])
    )
    assert run("build", SEEDS, "--watch").told == "article-graph: a [2Jb: cannot be read.\n"


def test_a_watched_build_tells_what_is_new(tmp_path: Path) -> None:
    """While watching, the first build lists all problems and later ones only new ones, and waiting is not counted."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.md").write_text("---\ntitle: A\n---\n[b](b.md)\n")
    words = interruptible("build", str(source), "--out", str(tmp_path / "out"), "--format", "nt", "--watch")
    one = subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        lines = iter(one.stdout or ())
        first = [next(lines) for _ in range(4)]
        assert first[0] == 'a.md:4: there is no document at "b.md". Correct the link, or add the document.\n'
        assert first[2:] == [f"written to {tmp_path / 'out'}\n", "Now waiting for changes; Ctrl+C ends.\n"]
        time.sleep(1)
        written = time.monotonic()
        (source / "c.md").write_text("---\ntitle: C\n---\n[d](d.md)\n")
        second = [next(lines) for _ in range(2)]
        assert second[0] == 'c.md:4: there is no document at "d.md". Correct the link, or add the document.\n'
        assert " 2 problems, " in second[1]
        assert float(second[1].split()[-2]) < time.monotonic() - written + 0.1
        one.send_signal(signal.SIGINT)
        assert one.wait(60) == 0
        assert list(lines) == []
    finally:
        one.kill()
        one.communicate()


def test_documents_where_the_exports_go_are_not_read(run: Run, tmp_path: Path) -> None:
    """If the folder to write to holds all documents of the source, the build says why it found none."""
    (tmp_path / "content").mkdir()
    content = str(tmp_path / "content")
    assert "no documents were found" in run("build", str(tmp_path), "--out", content).told
    (tmp_path / "content" / "a.md").write_text("# A\n")
    done = run("build", str(tmp_path), "--out", content)
    assert_misuse(done, f"{content} is not read as a source, because the exports are written there. Name another")


def test_build_writes_and_sums_up(run: Run, tmp_path: Path) -> None:
    """`build` writes all files, and says what it read, where it wrote, what is worth knowing and what to do next."""
    done = run("build", SEEDS, "--out", str(tmp_path / "out"))
    assert (done.status, done.told) == (0, "")
    summary, written, *rest = done.out.splitlines()
    assert SUMMARY.fullmatch(summary)
    assert summary.startswith(
        "3 files read: 7 articles (4 stubs), 5 providers, 2 topics, 0 people, 19 relations, 0 problems"
    )
    assert written == f"written to {tmp_path / 'out'}"
    assert rest == [
        NO_ADDRESS,
        "1 unpublished article is included. Leave out what is unpublished with --published-only.",
        "",
        f"Open {tmp_path / 'out' / 'explorer.html'} in a browser, or run: article-graph open {tmp_path / 'out'}",
        "Next:",
        f"  article-graph info --graph {tmp_path / 'out'}",
        f"  article-graph search --graph {tmp_path / 'out'} AI",
        f"  article-graph analyze --graph {tmp_path / 'out'} orphans",
    ]
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names >= set("graph.ttl graph.nt graph.graphml graph.jsonld explorer.html problems.json info.json".split())


def test_build_writes_to_exports_by_default(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --out, `build` writes into `exports`, and the other commands read from there."""
    monkeypatch.chdir(tmp_path)
    assert run("build", SEEDS, "--format", "nt,graphml").status == 0
    assert (tmp_path / "exports" / "graph.nt").is_file()
    assert run("query", "ASK { ?a a schema:NewsArticle }").out == "yes\n"
    assert json.loads(run("info", "--json").out)["articles"] == 7
    assert run("analyze", "orphans", "--format", "csv").status == 0


def test_a_build_says_only_what_is_true(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build names what is missing only where it is missing, and only commands that work with what it wrote."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()
    for name in "ab":
        (tmp_path / "site" / f"{name}.md").write_text(f"---\ntitle: {name}\n---\nText.\n", encoding="utf-8")
    (tmp_path / "site" / "c.pdf").write_bytes(b"%PDF")
    done = run("build", "site", "--base", "https://my.site", "--format", "nt,search")
    assert done.out.splitlines()[1:] == [
        "written to exports",
        "No links between articles were found. Links in texts, wiki links and lists of related articles are read.",
        "1 file of kinds that are not read: 1 .pdf",
        "",
        "Next:",
        "  article-graph info",
        "  article-graph search WORD",
        "  article-graph analyze orphans",
    ]


@pytest.mark.slow
def test_the_next_commands_work_as_printed(tmp_path: Path) -> None:
    """What a build tells its reader to run can be pasted into a shell."""
    printed = in_process("build", SEEDS, "--out", str(tmp_path / "a folder")).out
    commands = [shlex.split(line) for line in printed.splitlines() if line.startswith("  article-graph ")]
    assert len(commands) == 3
    for _, *arguments in commands:
        assert in_process(*arguments).status == 0


@pytest.mark.slow
@pytest.mark.parametrize("topic", ["--help", "-x", "$(touch pwned)", "a'b; touch pwned", "`touch pwned`"])
def test_no_topic_makes_a_next_command_do_something_else(tmp_path: Path, topic: str) -> None:
    """A topic that looks like an option or like a program is never read as one."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.json").write_text(
        json.dumps([{"title": "A", "url": "https://a.example/x", "tags": [topic]}])
    )
    printed = in_process("build", str(tmp_path / "site"), "--out", str(tmp_path / "out")).out
    (command,) = [line for line in printed.splitlines() if line.startswith("  article-graph search")]
    assert shlex.split(command)[-1] in {topic, "WORD"}
    assert not shlex.split(command)[-1].startswith("-")


def test_a_folder_without_documents_is_not_built(run: Run, tmp_path: Path, out: str) -> None:
    """A folder without documents is misuse with a remedy, its faults are told, and an earlier build stays."""
    before = (Path(out) / "graph.nt").read_bytes()
    (tmp_path / "empty").mkdir()
    done = run("build", str(tmp_path / "empty"), "--out", out)
    assert_misuse(done, "empty: no documents were found, so nothing was written. Name a folder that holds .md")
    (tmp_path / "empty" / "a.md").touch()
    assert "a.md: the file is empty" in run("build", str(tmp_path / "empty"), "--out", out).told
    assert len(run("build", str(tmp_path / "empty"), "--out", out, "--quiet").told.splitlines()) == 1
    assert (Path(out) / "graph.nt").read_bytes() == before


def test_build_reads_several_sources(run: Run, tmp_path: Path, faulty: str) -> None:
    """`build` takes folders, files and archives together."""
    archive = shutil.make_archive(str(tmp_path / "site"), "zip", faulty)
    (tmp_path / "b.md").write_text("Plain text", encoding="utf-8")
    done = run("build", SEEDS, archive, str(tmp_path / "b.md"), "--out", str(tmp_path / "out"), "--format", "nt")
    assert done.out.startswith("5 files read")


def test_build_can_be_quiet(run: Run, tmp_path: Path, faulty: str) -> None:
    """With --quiet nothing is printed, problems included."""
    assert run("build", faulty, "--out", str(tmp_path / "out"), "--quiet") == Done(0, "", "")


def test_problems_are_told(run: Run, tmp_path: Path, faulty: str) -> None:
    """Each problem is a line on standard error with its place, and the build goes on."""
    done = run("build", faulty, "--out", str(tmp_path / "out"))
    assert done.status == 0
    assert done.told.splitlines() == ["a.md:3: 'date' is not a date: \"spring\". Write it as 2023-05-23T06:51:00Z."]
    assert ", 1 problem," in done.out


def test_strict_builds_fail_on_problems(run: Run, tmp_path: Path, faulty: str) -> None:
    """Under --strict any problem makes the exit status 1, after everything is written; without problems it is 0."""
    target = str(tmp_path / "out")
    assert run("build", faulty, "--out", target, "--strict").status == 1
    assert run("build", faulty, "--out", target, "--strict").status == 1, "also where nothing has changed"
    done = run("build", faulty, "--out", target, "--strict", "--quiet")
    assert (done.status, done.out) == (1, "")
    assert done.told == f"1 problem, listed in {Path(target) / 'problems.json'}\n"
    assert (tmp_path / "out" / "graph.nt").is_file()
    assert run("build", SEEDS, "--out", target, "--strict").status == 0


def test_build_options_are_obeyed(run: Run, tmp_path: Path, faulty: str) -> None:
    """--base begins minted names, --published-only leaves out unpublished articles, --format chooses files."""
    target = tmp_path / "out"
    done = run(
        "build",
        faulty,
        SEEDS,
        "--out",
        str(target),
        "--base",
        "https://my.site/x",
        "--format",
        "ttl, jsonld",
        "--quiet",
    )
    assert done.status == 0
    assert {path.name for path in target.iterdir() if not path.name.startswith(".")} == {
        *("graph.ttl", "graph.jsonld", "records.data", "problems.json", "info.json", "manifest.json")
    }
    text = (target / "graph.ttl").read_text(encoding="utf-8")
    assert "<https://my.site/x/topic/ai>" in text
    assert "example.org" not in text
    assert run("build", faulty, "--out", str(target), "--published-only", "--quiet").status == 0
    assert json.loads(run("info", "--graph", str(target), "--json").out)["articles"] == 0


def test_an_output_folder_inside_the_source_is_pointed_out(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build into the site itself says so, with a folder beside it, since the site's generator may publish it."""
    site = tmp_path / "site"
    shutil.copytree(SEEDS, site)
    monkeypatch.chdir(site)
    assert "exports is inside the source" in (said := run("build", ".").out)
    assert said.count(" --out ../exports\n") == 1
    beside = tmp_path / "exports"
    assert f" --out {beside}\n" in run("build", str(site), "--out", str(site / "exports")).out
    assert "lies inside" not in run("build", ".", "--out", "../exports").out
