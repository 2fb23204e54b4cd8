"""Workers: queries answered side by side, each in a process of its own that is killed when it takes too much."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter, deque

from graph.errors import QueryError
from graph.serving.forking import Lost, Worker, Zygote
from graph.serving.limits import Limits
from graph.serving.questions import Broken, Busy, Overdue, Question, Reply, TooLarge
from graph.serving.sharing import Shares

__all__ = ["Broken", "Busy", "Overdue", "Question", "Reply", "TooLarge", "Workers"]

_RETIRES_AFTER = 1_000
_BIG = 4 << 20
_STREAM_LIMIT = 1 << 18
_REST = 0.05


class Workers:
    """Answers questions about one version of the data at a time, as many at once as the limits say.

    A worker that was quick answers the next question too; one that overran, died or grew is killed, and another is
    forked when it is needed. To be used from one event loop.
    """

    def __init__(self, zygote: Zygote, limits: Limits) -> None:
        """Take over a zygote."""
        self._zygote = zygote
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.workers)
        self._shares = Shares(min(limits.share, max(1, limits.workers - 1)), limits.patience)
        self._idle: deque[Worker] = deque()
        self._taken: Counter[Zygote] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self.running = 0
        """Questions being answered."""
        self.waiting = 0
        """Questions that wait for a worker."""

    @property
    def zygote(self) -> Zygote:
        """What holds the data that questions are answered from."""
        return self._zygote

    async def ask(self, question: Question, client: str | None = None) -> Reply:
        """Return the whole answer to a question. If the caller is cancelled, the query is stopped.

        `client` is who asks, as `client_of` tells; `None` is never asked to wait for others of its own.

        Raises:
            QueryError: The query is malformed or refused.
            Busy: There are too many queries already, of this client (`Crowding`) or of all.
            Overdue: The query took longer than the deadline, and was stopped.
            TooLarge: The answer is larger than allowed.
            Broken: The query broke its worker.
        """
        async with self._shares.place(client):
            return await self._answer(question)

    async def _answer(self, question: Question) -> Reply:
        await self._take_slot()
        self.running += 1
        try:
            while True:
                worker = await self._worker()
                began = asyncio.get_running_loop().time()
                try:
                    return await self._ask(worker, question)
                except Broken:
                    # One that is new, or lived on with the question, died of it; others were dead when they were asked.
                    if worker.asked == 1 or asyncio.get_running_loop().time() > began + _REST:
                        raise
        finally:
            self.running -= 1
            self._slots.release()

    def replace(self, zygote: Zygote) -> None:
        """Answer from another zygote from now on; the old one ends when its last query is answered."""
        old, self._zygote = self._zygote, zygote
        while self._idle:
            self._idle.pop().end()
        self._release(old)

    async def close(self) -> None:
        """End all workers and the zygote."""
        while self._idle:
            self._idle.pop().end()
        await asyncio.to_thread(self._zygote.close)

    async def _take_slot(self) -> None:
        if self._slots.locked() and self.waiting >= self._limits.queue:
            raise _busy(self._limits)
        self.waiting += 1
        try:
            async with asyncio.timeout(self._limits.patience):
                await self._slots.acquire()
        except TimeoutError:
            raise _busy(self._limits) from None
        finally:
            self.waiting -= 1

    async def _worker(self) -> Worker:
        """Return an idle worker, or a new one."""
        while self._idle:
            worker = self._idle.pop()
            if not worker.reader.at_eof() and not worker.writer.is_closing():
                return worker
            worker.end()
        try:
            async with asyncio.timeout(self._limits.patience):
                while True:
                    with contextlib.suppress(Lost):
                        worker = await self._forked(self._zygote)
                        if worker.zygote is self._zygote:
                            return worker
                        worker.end()
                    await asyncio.sleep(_REST)  # until the zygote is replaced
        except TimeoutError:
            raise _busy(self._limits) from None

    async def _forked(self, zygote: Zygote) -> Worker:
        number, connection = await asyncio.shield(asyncio.to_thread(zygote.fork))
        reader, writer = await asyncio.open_connection(sock=connection, limit=_STREAM_LIMIT)
        return Worker(zygote, number, reader, writer)

    async def _ask(self, worker: Worker, question: Question) -> Reply:
        self._taken[worker.zygote] += 1
        timer = asyncio.get_running_loop().call_later(self._limits.slow, worker.zygote.slow_down, worker.number)
        is_fit = False
        started = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(self._limits.deadline):
                reply = await worker.ask(question)
            is_fit = len(reply.body) < _BIG
        except QueryError:
            is_fit = True
            raise
        except TimeoutError:
            message = f"The query took longer than {self._limits.deadline:g} seconds and was stopped. Ask for less."
            raise Overdue(message) from None
        else:
            return reply
        finally:
            timer.cancel()
            quick = asyncio.get_running_loop().time() - started < self._limits.slow
            self._put_back(worker, is_fit=is_fit and quick)

    def _put_back(self, worker: Worker, *, is_fit: bool) -> None:
        if is_fit and worker.asked < _RETIRES_AFTER and worker.zygote is self._zygote:
            self._idle.append(worker)
        else:
            worker.end()
        self._taken[worker.zygote] -= 1
        self._release(worker.zygote)

    def _release(self, zygote: Zygote) -> None:
        """End a zygote that is no longer asked anything."""
        if zygote is self._zygote or self._taken[zygote] > 0:
            return
        del self._taken[zygote]
        task = asyncio.get_running_loop().create_task(asyncio.to_thread(zygote.close), name="close zygote")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _busy(limits: Limits) -> Busy:
    return Busy("The server is busy. Try again in a few seconds.", max(1, round(limits.deadline / 2)))
