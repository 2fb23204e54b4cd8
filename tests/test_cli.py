"""The commands as users type them: how they are misused and interrupted, and that they never end in a traceback."""

from __future__ import annotations

import fcntl
import json
import re
import signal
import subprocess
import sys
import termios
import time
import webbrowser
from pathlib import Path
from typing import Any

import pytest

from tests.commands import (
    SEEDS,
    TITLES,
    Done,
    Run,
    assert_misuse,
    command,
    environment,
    in_process,
    interruptible,
    on_a_terminal,
)


def test_serve_needs_one_named_folder(run: Run) -> None:
    """A name that is empty, and a source beside a build, are misuse for `serve` as for other commands."""
    assert_misuse(run("serve", ""), "The folder name is empty")
    assert_misuse(run("serve", SEEDS, "--graph", "exports"), "Name either a source or --graph")


@pytest.mark.parametrize("words", [[], ["suggest"]])
def test_lists_of_commands_cut_no_sentence(run: Run, words: list[str]) -> None:
    """The help that lists commands says what each does in a whole sentence."""
    listed = run(*words, "--help").out.partition("Commands:\n")[2].splitlines()
    assert listed
    assert all(line.endswith(".") and not line.endswith("...") for line in listed)


@pytest.mark.parametrize("has_browser", [True, False, None])
def test_open_opens_the_explorer(
    run: Run, out: str, monkeypatch: pytest.MonkeyPatch, *, has_browser: bool | None
) -> None:
    """`open` gives the page's address to the browser, and prints its path where there is none."""
    asked: list[str] = []

    def opening(address: str) -> bool:
        asked.append(address)
        if has_browser is None:
            raise webbrowser.Error
        return has_browser

    monkeypatch.setattr(webbrowser, "open", opening)
    page = Path(out).resolve() / "explorer.html"
    done = run("open", out)
    assert (done.status, done.told) == (0, "")
    assert done.out == (f"opened {page}\n" if has_browser else f"No browser was found. Open this page: {page}\n")
    assert asked == [page.as_uri()]
    monkeypatch.chdir(Path(out).parent)
    assert run("open").status == run("open", "--graph", out).status == 0
    assert asked == [page.as_uri()] * 3


def test_open_needs_an_explorer(run: Run, tmp_path: Path) -> None:
    """A build without an explorer, and a folder without a build, are told with a remedy."""
    assert_misuse(run("open", str(tmp_path)), "holds no build. Build first")
    assert_misuse(run("open", str(tmp_path / "none")), "there is no such folder. Build first")
    assert_misuse(run("open", ""), "The folder name is empty")
    assert_misuse(run("open", str(tmp_path), "--graph", str(tmp_path)), "Name either a source or --graph")
    assert run("build", SEEDS, "--out", str(tmp_path / "out"), "--format", "nt", "--quiet").status == 0
    assert_misuse(run("open", str(tmp_path / "out")), "wrote no explorer.html. Build with --format html")
    assert run("build", SEEDS, "--out", str(tmp_path / "out"), "--format", "html", "--quiet").status == 0
    (tmp_path / "out" / "explorer.html").unlink()
    assert_misuse(run("open", str(tmp_path / "out")), "explorer.html: is missing. Build again")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stats", "info"),
        ("export", "build --format NAMES"),
        ("related", "suggest related"),
        ("neighbours", "view NODE"),
        ("orphans", "analyze orphans"),
        ("orphan", "analyze orphans"),
        ("wanted_stubs", "analyze wanted-stubs"),
        ("wanted", "analyze wanted-stubs"),
        ("biuld", "build"),
        ("broken", "check"),
        ("help", "--help"),
        ("list", "analyze --list"),
        ("qurey", "query"),
        ("Serve", "serve"),
        ("exports", "build --format NAMES"),
    ],
)
def test_unknown_commands_are_answered_with_the_right_one(run: Run, typed: str, meant: str) -> None:
    """A command of another name, or nearly of this one, is answered with the command that does it."""
    assert_misuse(run(typed, "x"), f"No such command '{typed}'. Did you mean: article-graph {meant}\n")


MISUSES: dict[str, tuple[list[str], str]] = {
    "no command": (["frobnicate"], "No such command 'frobnicate'. --help lists the commands."),
    "unknown option": (["build", SEEDS, "--frobnicate"], "No such option"),
    "no source": (["build"], "Missing argument 'SOURCE...'"),
    "source that is not there": (["build", "nowhere"], "article-graph: nowhere: cannot be read (No such file"),
    "empty source": (["build", ""], "name is empty"),
    "empty out": (["build", SEEDS, "--out", ""], "name is empty"),
    "unknown format": (
        ["build", SEEDS, "--out", "{tmp}/x", "--format", "pdf"],
        "There is no format 'pdf'. Use ttl, nt",
    ),
    "base that is none": (["build", SEEDS, "--out", "{tmp}/x", "--base", "here"], "is not an http or https address"),
    "out that is a file": (["build", SEEDS, "--out", f"{SEEDS}/../LICENSE"], "cannot be written"),
    "out below a file": (["build", SEEDS, "--out", f"{SEEDS}/../LICENSE/out"], "cannot be written"),
    "no build": (["info", "--graph", "{tmp}"], "holds no build. Build first: article-graph build SOURCE --out"),
    "no folder": (["info", "--graph", "{tmp}/none"], "there is no such folder. Build first"),
    "no folder to ask": (["query", "--graph", "{tmp}/none", TITLES], "there is no such folder. Build first"),
    "no source to ask": (["query", "{tmp}/none", TITLES], "cannot be read (No such file"),
    "source and graph": (["query", SEEDS, TITLES, "--graph", "{out}"], "Name either a source"),
    "source and graph of info": (["info", SEEDS, "--graph", "{out}"], "Name either a source"),
    "no query": (["query", "--graph", "{out}"], "Give one query"),
    "two queries": (["query", SEEDS, TITLES, TITLES], "Give one query"),
    "text and file": (["query", SEEDS, TITLES, "-f", "a.rq"], "Give one query"),
    "no query file": (["query", "--graph", "{out}", "-f", "{tmp}/none.rq"], "none.rq: cannot be read (No such file"),
    "query file that is a folder": (["query", "--graph", "{out}", "-f", "{tmp}"], "cannot be read (Is a directory)"),
    "bad syntax": (["query", "--graph", "{out}", "SELECT * { ?a"], "malformed at 1:14"),
    "unknown prefix": (["query", "--graph", "{out}", "ASK { ?a foaf:b ?c }"], "prefix 'foaf:', which is not declared"),
    "another server": (
        ["query", "--graph", "{out}", "ASK { SERVICE <urn:a> {} }"],
        "SERVICE, which asks another server",
    ),
    "unfit form": (["query", "--graph", "{out}", TITLES, "--format", "ttl"], "cannot be written as 'ttl'"),
    "unknown form": (["query", "--graph", "{out}", TITLES, "--format", "pdf"], "'pdf' is not one of"),
    "unknown analysis": (
        ["analyze", "nonsense", "--graph", "{out}"],
        "There is no analysis 'nonsense'. Choose one of",
    ),
    "misspelled analysis": (["analyze", "orphan", "--graph", "{out}"], "no analysis 'orphan'. Did you mean orphans?"),
    "no analysis": (["analyze", "--graph", "{out}"], "Name an analysis; --list shows them all"),
    "limit of none": (["analyze", "orphans", "--graph", "{out}", "--limit", "0"], "0 is not in the range"),
    "suggestions for nobody": (["suggest", "related", "--graph", "{out}"], "Name one article, or all with --all"),
    "suggestions for all and one": (
        ["suggest", "related", "--all", "a", "b", "--graph", "{out}"],
        "Name one article, or all with --all",
    ),
    "path from nowhere": (["analyze", "path", "--graph", "{out}"], "`analyze path` needs both"),
    "path to nowhere": (["analyze", "path", "--from", "AI", "--graph", "{out}"], "`analyze path` needs both"),
    "path of orphans": (["analyze", "orphans", "--to", "AI", "--graph", "{out}"], "others need none"),
    "source for an analysis": (
        ["analyze", SEEDS],
        "seeds' is a source, and the analysis is missing. Name one before it",
    ),
    "source for a query": (
        ["query", SEEDS],
        "seeds' is a source, and the query is missing. Write it after the source.",
    ),
    "source for a node": (["view", SEEDS, "--graph", "{out}"], "is a source, and the node is missing. Name the source"),
    "source for an article": (["suggest", "topics", SEEDS], "is a source, and the article is missing. Name one before"),
    "source to add to": (
        ["suggest", "related", SEEDS, "--diff", "--graph", "{out}"],
        "is a source, and the article is missing. Name one before it, or all with --all.",
    ),
    "hostile name": (["build", "a\x1b[31m\nb"], "a [31m b: cannot be read"),
    "hostile option": (["info", "--graph", "\x1b]0;owned\x07"], "owned : there is no such folder"),
}


@pytest.mark.parametrize("name", MISUSES)
def test_misuse_is_told_in_a_line(run: Run, out: str, tmp_path: Path, name: str) -> None:
    """What cannot be done is told in clear words on standard error, with status 2 and nothing else."""
    arguments, told = MISUSES[name]
    done = run(*(argument.replace("{tmp}", str(tmp_path)).replace("{out}", out) for argument in arguments))
    assert_misuse(done, told)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", done.told)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", ["source that is not there", "unknown option", "bad syntax", "unknown analysis"])
def test_misuse_in_a_process_of_its_own(out: str, name: str) -> None:
    """`python -m graph` ends with the same words and the same status."""
    arguments, told = MISUSES[name]
    assert_misuse(in_process(*(argument.replace("{out}", out) for argument in arguments)), told)


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["build", "--help"], ["query", "-h"], ["analyze", "--help"]])
def test_help_is_no_failure(run: Run, arguments: list[str]) -> None:
    """Help is printed to standard output, with status 0."""
    done = run(*arguments)
    assert (done.status, done.told) == (0, "")
    assert done.out.startswith("Usage: article-graph")


def test_without_a_command_help_is_given(run: Run) -> None:
    """A command line without a command is misuse that is answered with help."""
    done = run()
    assert done.status == 2
    assert "Commands:" in done.out + done.told


@pytest.mark.slow
def test_a_query_that_is_not_text_is_told(out: str, tmp_path: Path) -> None:
    """A query file, or standard input, that is not UTF-8 is one clear line."""
    (tmp_path / "a.rq").write_bytes(b"\xff\xfe\x00")
    assert_misuse(in_process("query", "--graph", out, "-f", str(tmp_path / "a.rq")), "a.rq: is not UTF-8 text")
    assert_misuse(in_process("query", "--graph", out, "-", text=b"\xff"), "standard input: is not UTF-8 text")
    assert_misuse(in_process("query", "--graph", out, "-"), "malformed at 1:1")


@pytest.mark.slow
def test_output_is_utf8_whatever_the_locale(out: str) -> None:
    """Text that the locale cannot hold is printed, and read from the command line and standard input, as UTF-8."""
    query = "SELECT ('é日👩' AS ?text) {}"
    poor: dict[str, Any] = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for arguments, text in (([query], b""), (["-"], query.encode())):
        done = in_process("query", "--graph", out, *arguments, "--format", "csv", text=text, **poor)
        assert done == Done(0, "text\r\né日👩\r\n", "")
    assert "é日👩" in in_process("query", "--graph", out, query, **poor).out
    assert_misuse(in_process("info", "--graph", "nirgendwö", **poor), "nirgendw")


def test_titles_never_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    """Escape sequences in titles, topics, providers, fields and file names reach no terminal."""
    steering = "\x1b]0;owned\x07\x1b[2J\x9b31mred\u202e"
    said = {"title": steering, "topics": [steering], "provider": {"name": steering}, "date": steering, steering: 1}
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a\x1b[31m.md").write_text(json.dumps(said, indent=1), encoding="utf-8")
    out = str(tmp_path / "out")
    printed = [
        run("build", str(tmp_path / "site"), "--out", out),
        run("info", "--graph", out),
        run("query", "--graph", out, "SELECT * { ?s ?p ?o }"),
        run("query", "--graph", out, "SELECT ('\x1b[31m' AS ?x) {}"),
        run("analyze", "articles-per-topic", "--graph", out),
        run("query", "--graph", out, "SELECT * { '\x1b[31m"),
    ]
    for done in printed:
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.out + done.told)


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "--graph", "{out}", "SELECT * { ?s ?p ?o . ?a ?b ?c }", "--format", "csv"],
        ["query", "--graph", "{out}", "SELECT * { ?s ?p ?o . ?a ?b ?c }"],
        ["query", "--graph", "{out}", "CONSTRUCT { ?s ?b ?o } { ?s ?p ?o . ?a ?b ?c }", "--format", "nt"],
        ["info", "--graph", "{out}", "--json"],
        ["analyze", "--list"],
        ["--help"],
    ],
)
def test_a_reader_that_has_seen_enough_is_no_failure(out: str, arguments: list[str]) -> None:
    """When whoever reads the output stops, as `head` does, the command ends without a word."""
    filled = [argument.replace("{out}", out) for argument in arguments]
    process = subprocess.Popen(command(*filled), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1 if "query" in arguments else 0)
    process.stdout.close()
    with process.stderr:
        told = process.stderr.read()
    assert (process.wait(), told) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which is always full")
@pytest.mark.parametrize("form", ["table", "csv"])
def test_a_full_output_is_told(out: str, form: str) -> None:
    """When standard output cannot take more, that is one line and status 2."""
    with Path("/dev/full").open("wb") as full:
        arguments = command("query", "--graph", out, TITLES, "--format", form)
        done = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, env=environment(), check=False)
    assert done.returncode == 2
    assert done.stderr == b"article-graph: standard output cannot be written (No space left on device).\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("closing", [">&-", "2>&-", "<&-"])
def test_closed_streams_are_no_failure(out: str, closing: str) -> None:
    """A command whose standard input, output or error is closed still does its work."""
    shell = ["sh", "-c", f'"$@" {closing}', "sh", *command("query", "--graph", out, "ASK {}", "--format", "csv")]
    done = subprocess.run(shell, capture_output=True, env=environment(), check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_interrupted_command_says_so(out: str) -> None:
    """Ctrl-C ends a command with one line and status 130."""
    process = subprocess.Popen(
        interruptible("query", "--graph", out, "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin is not None
    process.stdin.write(b"#")
    process.stdin.flush()
    while process.poll() is None and unread(process.stdin.fileno()):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=60)[1]
    assert (process.returncode, told.strip()) == (130, b"article-graph: interrupted")


def unread(pipe: int) -> int:
    """Return how many bytes nobody has read from a pipe yet."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4), sys.byteorder)


def test_a_terminal_shows_progress(tmp_path: Path) -> None:
    """On a terminal a bar shows progress and goes away; with --quiet there is none."""
    status, shown = on_a_terminal(["build", SEEDS, "--out", str(tmp_path / "out"), "--format", "nt"])
    assert status == 0
    assert b"reading" in shown
    assert "━".encode() in shown
    assert b"3 files read" in shown
    assert on_a_terminal(["build", SEEDS, "--out", str(tmp_path / "b"), "--format", "nt", "--quiet"]) == (0, b"")


def test_a_pipe_shows_no_progress(tmp_path: Path) -> None:
    """In a pipe there is no bar and no colour."""
    done = in_process("build", SEEDS, "--out", str(tmp_path / "out"), "--format", "nt", FORCE_COLOR="1")
    assert done.told == ""
    assert "\x1b" not in done.out
