"""Files are read by several processes at once: this one, and helpers that it starts and ends."""

from __future__ import annotations

import contextlib
from bisect import bisect_left
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import accumulate, pairwise
from types import TracebackType
from typing import Self

from graph.child_processes import FEWEST_FILES, Helper, count_helpers
from graph.reading.chunks import Outcome, unpack
from graph.reading.files import File
from graph.reading.outcomes import outcome_of
from graph.reading.reader import Done, Task
from graph.reading.settings import Settings
from graph.reading.stating import Stater
from graph.statements import StatedArticle

_TASKS_OF_A_PROCESS = 4
"""More tasks would end closer together, and fewer have more stubs in common, each of which a process loads once."""
_MOST_FILES = 2_000
"""Files of a task on average, at most: what it gives is in memory as a whole, in two forms."""
_OF_A_FILE = 1_000
"""Bytes that take as long to read as opening a file."""

_Found = tuple[bytes, Outcome]


class Readers:
    """Reads files in up to `jobs` processes, of which this one is the first; leaving its context ends the others."""

    def __init__(self, jobs: int | None, fewest: int = FEWEST_FILES) -> None:
        """Start no process yet, and later as many as `count_helpers` says."""
        self._jobs, self._fewest = jobs, fewest
        self._helpers: list[_Reader] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, files: Sequence[File], stater: Stater) -> Generator[_Found, None, None]:
        """Yield a digest and the outcome of each file, in order, as `outcome_of` returns them.

        Files in archives, and too few for two processes, are read in this process alone. If a helper dies, its files
        are read here.
        """
        count = count_helpers(self._jobs, len(files), self._fewest)
        helpers = self._started(count if all(file.place for file in files) else 0)
        if not helpers:
            yield from (outcome_of(file, stater) for file in files)
            return
        tasks = _split(files, max((len(helpers) + 1) * _TASKS_OF_A_PROCESS, len(files) // _MOST_FILES))
        waiting = deque(range(len(tasks)))
        answers: list[Future[Iterator[_Found] | None]] = [Future() for _ in tasks]

        def ask(helper: _Reader) -> None:
            settings: Settings | None = stater.settings
            while waiting and helper.is_alive:
                with contextlib.suppress(IndexError):  # another took the last
                    number = waiting.popleft()
                    try:
                        answers[number].set_result(helper.read(tasks[number], settings))
                    except Exception as error:  # noqa: BLE001 - raised where the answer is awaited
                        answers[number].set_exception(error)
                    settings = None

        with ThreadPoolExecutor(len(helpers)) as threads:
            for helper in helpers:
                threads.submit(ask, helper)
            try:
                for number, task in enumerate(tasks):
                    while not answers[number].done() and waiting:
                        with contextlib.suppress(IndexError):
                            mine = waiting.popleft()
                            answers[mine].set_result(iter([outcome_of(file, stater) for file in tasks[mine]]))
                    found = answers[number].result()
                    yield from found or (outcome_of(file, stater) for file in task)
                    answers[number] = Future()  # frees its memory
            except BaseException:
                waiting.clear()
                self._end()
                raise

    def _started(self, count: int) -> Sequence[_Reader]:
        """Return so many helpers, or fewer if the system can start no more."""
        with contextlib.suppress(OSError):
            while len(self._helpers) < count:
                self._helpers.append(_Reader())
        return self._helpers[:count]

    def _end(self) -> None:
        for helper in self._helpers:
            helper.end()
        self._helpers.clear()


class _Reader(Helper):
    """A helper that reads files."""

    def __init__(self) -> None:
        super().__init__("graph.reading.reader")
        self._stubs: list[StatedArticle] = []

    def read(self, files: Sequence[File], settings: Settings | None) -> Iterator[_Found] | None:
        """Let it read files; return what they say, to be iterated over before that of later files.

        Returns `None` if the process has died.
        """
        places = tuple((file.place, file.path, file.is_named) for file in files if file.place is not None)
        done: Done | None = self.ask(Task(settings, places))
        return None if done is None else self._found(done, files)

    def _found(self, done: Done, files: Sequence[File]) -> Iterator[_Found]:
        paths = {number: file.path for number, file in enumerate(files)}
        for digest, outcome in zip(done.digests, unpack(done.chunk, self._stubs, paths, 0), strict=True):
            if outcome is not None:
                yield digest, outcome


def _split(files: Sequence[File], count: int) -> list[Sequence[File]]:
    """Return the files in order in about `count` parts of about the same number of bytes."""
    sizes = list(accumulate(_OF_A_FILE + (file.stamp[0] if file.stamp else 0) for file in files))
    ends = [bisect_left(sizes, sizes[-1] * number / count) + 1 for number in range(1, count)]
    return [files[start:end] for start, end in pairwise([0, *ends, len(files)]) if start < end]
