"""Commands as tests run them, and what they run on."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.cli import main

__all__ = [
    "HERE",
    "SEEDS",
    "TITLES",
    "Done",
    "Run",
    "assert_misuse",
    "command",
    "environment",
    "faulty",
    "in_process",
    "on_a_terminal",
    "out",
    "run",
]


HERE = Path(__file__).resolve().parent.parent
SEEDS = str(HERE / "seeds")
TITLES = "SELECT ?title { ?article schema:headline ?title } ORDER BY ?title"


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    status: int
    """Its exit status."""
    out: str
    """What it printed."""
    told: str
    """What it printed to standard error."""


Run = Callable[..., Done]


def in_process(*arguments: str, text: bytes = b"", **variables: str) -> Done:
    """Run `python -m graph` with a standard input and environment variables."""
    done = subprocess.run(
        command(*arguments), input=text, env=environment(**variables), capture_output=True, check=False
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def command(*arguments: str) -> list[str]:
    """Return a command line."""
    return [sys.executable, "-m", "graph", *arguments]


def interruptible(*arguments: str) -> list[str]:
    """Return a command line that Ctrl+C ends even where tests run in the background, and so ignore it."""
    program = "import signal, sys; from graph.cli import main; "
    program += "signal.signal(signal.SIGINT, signal.default_int_handler); sys.exit(main())"
    return [sys.executable, "-c", program, *arguments]


def environment(**variables: str) -> dict[str, str]:
    """Return the environment of a command."""
    return {**os.environ, "PYTHONPATH": str(HERE), "COLUMNS": "100", **variables}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command inside this process."""

    def inside(*arguments: str) -> Done:
        status = main(arguments)
        printed = capsys.readouterr()
        return Done(status, printed.out, printed.err)

    return inside


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a folder that holds a build of the seeds, which no test changes."""
    folder = str(tmp_path_factory.mktemp("built") / "exports")
    assert main(["build", SEEDS, "--out", folder, "--quiet"]) == 0
    return folder


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    """Return a folder of articles with one problem."""
    (tmp_path / "site").mkdir()
    text = "---\ntitle: A\ndate: spring\npublished: false\n---\n"
    (tmp_path / "site" / "a.md").write_text(text, encoding="utf-8")
    return str(tmp_path / "site")


def assert_misuse(done: Done, told: str) -> None:
    """Check that a command ended as one that was misused: status 2, nothing printed, clear words, no traceback."""
    assert done.status == 2
    assert done.out == ""
    assert told in done.told
    assert "Traceback" not in done.told


def on_a_terminal(arguments: Sequence[str]) -> tuple[int, bytes]:
    """Run a command on a pseudo-terminal; return its exit status and all that it showed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command(*arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=environment(TERM="xterm-256color")
    )
    os.close(theirs)
    shown = b""
    while True:
        ready, _, _ = select.select([ours], [], [], 60)
        try:
            piece = os.read(ours, 65_536) if ready else b""
        except OSError:  # Linux tells the end of a terminal so
            piece = b""
        if not piece:
            break
        shown += piece
    os.close(ours)
    return process.wait(), shown
