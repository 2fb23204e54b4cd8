"""Helpers: processes that this one starts, asks, and ends."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

FEWEST_FILES = 750
"""The fewest files for one process, which takes about as long to start as to read half of them."""
_MANY_FILES = 5_000
"""The same by default: with so many, the time saved is noticeable, and worth the cost of moving the results."""


def count_helpers(jobs: int | None, files: int, fewest: int = FEWEST_FILES) -> int:
    """Return how many helpers to start for a number of files, given `jobs` processes with at least `fewest` files each.

    Without a number of `jobs`, there is a process for each processor core, if each has at least 5,000 files.
    """
    most, each = (_cores(), _MANY_FILES) if jobs is None else (jobs, fewest)
    return max(min(most, files // each) - 1, 0)


class Helper:
    """A process that answers questions; leaving its context ends it."""

    def __init__(self, module: str) -> None:
        """Start a process that answers with the function that `answering` of the named module returns.

        Raises:
            OSError: The system can start no more processes.
        """
        path = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", "-c", f"from graph.child_processes import serve; serve({module!r})"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # keyboard interrupts are handled in this process
            env={**os.environ, "PYTHONPATH": path.rstrip(os.pathsep)},
        )
        self.is_alive = True
        """Whether it has answered so far."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def ask(self, question: object) -> Any:  # noqa: ANN401 - whatever the module answers
        """Wait for the answer and return it, or `None` if the process has died."""
        questions, answers = self._process.stdin, self._process.stdout
        assert questions is not None and answers is not None  # noqa: S101, PT018 - both are pipes
        try:
            pickle.dump(question, questions)
            questions.flush()
            return pickle.load(answers)  # noqa: S301 - from a process that this one started
        except (OSError, EOFError, pickle.UnpicklingError, ValueError):
            self.is_alive = False
            return None

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.communicate()


def serve(module: str) -> None:
    """Answer each pickled question on standard input with a pickled answer on standard output, until the input ends.

    Only the process that started this one may write to its input: pickles can run code.
    """
    import importlib

    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # so that nothing a library prints is taken for an answer
    answer: Callable[[Any], object] = importlib.import_module(module).answering()
    while True:
        try:
            question = pickle.load(questions)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        pickle.dump(answer(question), answers)
        answers.flush()


def _cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
