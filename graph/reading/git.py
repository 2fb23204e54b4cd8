"""Runs Git in an untrusted folder.

A repository is content: its configuration can name programs that Git would run. None of them runs here: settings that
could start one are overruled or switched off, nothing is fetched, and time and memory are limited.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

LONGEST_WAIT = 300.0
"""Seconds after which Git is stopped."""
MOST_MEMORY = 2 << 30
"""Bytes that Git may use, on systems that can limit it: a small repository can list endless files."""
_CHUNK = 1 << 16
_LONGEST_MESSAGE = 200

_KEPT = frozenset({"GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM"})
"""Variables with the place of the user's own configuration, which lists trusted repositories."""
_ADDED = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_OVERRULED = {
    "core.alternateRefsCommand": "",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "log.follow": "false",
    "log.mailmap": "false",
    "log.showRoot": "true",
    "log.showSignature": "false",
    "protocol.allow": "never",
    "safe.bareRepository": "explicit",
}
"""Settings that could start a program or change what a log lists; the command line beats a repository's own."""


class GitError(Exception):
    """Git failed; the text is one line with the reason."""


class NoGitError(GitError):
    """Git is not installed."""


def run_git(folder: Path, *arguments: str, given: bytes = b"") -> Iterator[bytes]:
    """Run Git in a folder with a standard input; yield what it prints, in chunks.

    Raises:
        GitError: Git failed, took too long or cannot be run. What it printed before has been yielded.
    """
    command = _command(folder, arguments)
    late = threading.Event()
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as asked:
        asked.write(given)
        asked.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - Git, with arguments of ours
                command, env=_environment(), stdin=asked, stdout=subprocess.PIPE, stderr=errors
            )
        except OSError as error:
            raise GitError(error.strerror or type(error).__name__) from error

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(LONGEST_WAIT, stop)
        timer.daemon = True
        with process:
            timer.start()
            try:
                _limit_memory(process.pid)
                while process.stdout is not None and (chunk := process.stdout.read(_CHUNK)):
                    yield chunk
                failed = process.wait() != 0
            finally:
                timer.cancel()
                process.kill()
        if late.is_set():
            raise GitError(f"it took longer than {LONGEST_WAIT:.0f} seconds")
        if failed:
            errors.seek(0)
            raise GitError(_first_line(errors.read(_CHUNK)))


def _command(folder: Path, arguments: tuple[str, ...]) -> tuple[str, ...]:
    program = shutil.which("git")
    if program is None or Path(os.path.realpath(program)).is_relative_to(os.path.realpath(folder)):
        raise NoGitError("Git is not installed")
    overruled = [part for name, value in _OVERRULED.items() for part in ("-c", f"{name}={value}")]
    return (str(Path(program).absolute()), "--no-pager", "-C", str(folder), *overruled, *arguments)


def _environment() -> dict[str, str]:
    """Return the environment without variables that change what Git does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
    return kept | _ADDED


def _limit_memory(process: int) -> None:
    with contextlib.suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        resource.prlimit(process, resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))


def _first_line(message: bytes) -> str:
    lines = message.decode("utf-8", "replace").splitlines()
    return next((line for line in lines if line.strip()), "it gave no reason")[:_LONGEST_MESSAGE]
