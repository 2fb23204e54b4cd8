"""Files are read by several processes at once: this one, and helpers that it starts and ends."""

from __future__ import annotations

import contextlib
from bisect import bisect_left
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import accumulate, pairwise, repeat
from threading import Condition
from types import TracebackType
from typing import Self, TypeAlias

from msgspec.structs import replace

from graph.child_processes import FEWEST_FILES, Helper, count_helpers
from graph.reading.chunks import Outcome, unpack
from graph.reading.files import File, FileContent
from graph.reading.outcomes import outcome_of
from graph.reading.reader import Done, Task
from graph.reading.settings import Settings
from graph.reading.stating import Stater
from graph.statements import StatedArticle

_TASKS_OF_A_PROCESS = 4
"""With more tasks, processes end closer together; with fewer, more stubs are shared within one, and loaded once."""
_MOST_FILES = 2_000
"""The most files of a task, on average: its whole result is in memory, in two forms."""
_OF_A_FILE = 1_000
"""How many bytes take as long to read as a file takes to open."""
_MOST_FILES_HELD, _MOST_BYTES_HELD = 500, 4_000_000
"""Files of a task, and their bytes, if they are in memory before they are read."""

_PackedOutcome: TypeAlias = tuple[bytes, Outcome]


class Readers:
    """Reads files in up to `jobs` processes, of which this one is the first; leaving its context ends the others."""

    def __init__(self, jobs: int | None, fewest: int = FEWEST_FILES) -> None:
        """Start no process yet, and later as many as `count_helpers` says."""
        self._jobs, self._fewest = jobs, fewest
        self._helpers: list[_HelperProcess] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, files: Sequence[File], stater: Stater) -> Generator[_PackedOutcome, None, None]:
        """Yield a digest and the outcome of each file, in order, as `outcome_of` returns them.

        Files that are not on the disk, and too few for two processes, are read in this process alone. If a helper dies,
        its files are read here.
        """
        count = count_helpers(self._jobs, len(files), self._fewest) if all(file.place for file in files) else 0
        parts = max((count + 1) * _TASKS_OF_A_PROCESS, len(files) // _MOST_FILES)
        tasks = _split(files, parts) if count else [files]
        with contextlib.closing(self.read_tasks(iter(tasks), stater, len(files) if count else 0)) as found:
            for outcomes in found:
                yield from outcomes

    def read_tasks(
        self, tasks: Iterator[Sequence[File]], stater: Stater, most: int
    ) -> Generator[Iterator[_PackedOutcome], None, None]:
        """Yield what the files of each task give, in order, each to be gone through before the next.

        There are at most `most` files; they are on the disk, or hold their contents, unless that is too few for two
        processes. Tasks are made as they are needed, each in any thread, but never two at once.
        """
        helpers = self._started(count_helpers(self._jobs, most, self._fewest))
        if not helpers:
            yield from (map(outcome_of, task, repeat(stater)) for task in tasks)
            return
        shared = _Shared(tasks, (len(helpers) + 1) * _TASKS_OF_A_PROCESS)
        with ThreadPoolExecutor(len(helpers)) as threads:
            try:
                for helper in helpers:
                    threads.submit(_ask, helper, stater.settings, shared)
                while True:
                    while not shared.is_first_done and (taken := shared.take()):
                        task, answer = taken
                        answer.set_result(iter([outcome_of(file, stater) for file in task]))
                    if not shared.waiting:
                        break
                    task, answer = shared.waiting[0]
                    yield answer.result() or map(outcome_of, task, repeat(stater))
                    shared.forget_first()
            except BaseException:
                shared.end()
                self._end()
                raise

    def _started(self, count: int) -> Sequence[_HelperProcess]:
        """Return this many helpers, or fewer if the system can start no more."""
        with contextlib.suppress(OSError):
            while len(self._helpers) < count:
                self._helpers.append(_HelperProcess())
        return self._helpers[:count]

    def _end(self) -> None:
        for helper in self._helpers:
            helper.end()
        self._helpers.clear()


_FutureOutcomes: TypeAlias = Future[Iterator[_PackedOutcome] | None]


class _Shared:
    """Tasks that several threads take, and their answers, in order."""

    def __init__(self, tasks: Iterator[Sequence[File]], most: int) -> None:
        self.waiting: deque[tuple[Sequence[File], _FutureOutcomes]] = deque()
        """Those taken, the first first, until they are forgotten."""
        self._tasks, self._most = tasks, most
        self._has_ended = False
        self._changed = Condition()

    @property
    def is_first_done(self) -> bool:
        return bool(self.waiting) and self.waiting[0][1].done()

    def take(self, *, patiently: bool = False) -> tuple[Sequence[File], _FutureOutcomes] | None:
        """Return the next task, with where its answer is awaited; `None` if there is none.

        While very many wait, there is none; the caller may wait for the next.
        """
        with self._changed:
            if patiently:
                self._changed.wait_for(lambda: self._has_ended or len(self.waiting) < self._most)
            if self._has_ended or len(self.waiting) >= self._most:
                return None
            answer: _FutureOutcomes = Future()
            task: Sequence[File] = ()
            try:
                task = next(self._tasks)
            except StopIteration:
                self._has_ended = True
                return None
            except BaseException as error:  # noqa: BLE001 - raised where the answer is awaited
                self._has_ended = True
                answer.set_exception(error)
            self.waiting.append((task, answer))
            return None if self._has_ended else (task, answer)

    def forget_first(self) -> None:
        with self._changed:
            self.waiting.popleft()
            self._changed.notify_all()

    def end(self) -> None:
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()


def _ask(helper: _HelperProcess, settings: Settings | None, shared: _Shared) -> None:
    """Let a helper read tasks while there are any."""
    while helper.is_alive and (taken := shared.take(patiently=True)):
        task, answer = taken
        try:
            answer.set_result(helper.read(task, settings))
        except Exception as error:  # noqa: BLE001 - raised where the answer is awaited
            answer.set_exception(error)
        settings = None


class _HelperProcess(Helper):
    """A helper that reads files."""

    def __init__(self) -> None:
        super().__init__("graph.reading.reader")
        self._stubs: list[StatedArticle] = []

    def read(self, files: Sequence[File], settings: Settings | None) -> Iterator[_PackedOutcome] | None:
        """Let it read files; return what they say, to be iterated over before that of later files.

        Returns `None` if the process has died.
        """
        done: Done | None = self.ask(Task(settings, tuple(files)))
        return None if done is None else self._found(done, files)

    def _found(self, done: Done, files: Sequence[File]) -> Iterator[_PackedOutcome]:
        if done.begins_anew:
            self._stubs = []
        paths = {number: file.path for number, file in enumerate(files)}
        for digest, outcome in zip(done.digests, unpack(done.chunk, self._stubs, paths, 0), strict=True):
            if outcome is not None:
                yield digest, outcome


def _split(files: Sequence[File], count: int) -> list[Sequence[File]]:
    """Return the files in order in about `count` parts of about the same number of bytes."""
    sizes = list(accumulate(_OF_A_FILE + (file.stamp[0] if file.stamp else 0) for file in files))
    ends = [bisect_left(sizes, sizes[-1] * number / count) + 1 for number in range(1, count)]
    return [files[start:end] for start, end in pairwise([0, *ends, len(files)]) if start < end]


def in_tasks(files: Iterable[File]) -> Iterator[Sequence[File]]:
    """Yield files in order as tasks; they hold their contents, as those of an archive are only there while listed."""
    task: list[File] = []
    size = 0
    for file in files:
        content = FileContent.of(file)
        task.append(replace(file, read=content))
        size += len(content)
        if len(task) >= _MOST_FILES_HELD or size >= _MOST_BYTES_HELD:
            yield task
            task, size = [], 0
    yield task
