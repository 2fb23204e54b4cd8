"""Workers: queries run side by side, each in its own process, which is killed when it exceeds a limit."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter, deque

from graph.errors import QueryError
from graph.serving.forking import Lost, Worker, Zygote
from graph.serving.limits import Limits
from graph.serving.questions import Broken, Busy, Overdue, Question, Reply
from graph.serving.sharing import Shares

_RETIRES_AFTER = 1_000
_BIG = 4 << 20
_STREAM_LIMIT = 1 << 18
_REST = 0.05


class Workers:
    """Answers questions about one version of the data, as many at once as the limits allow. For one event loop.

    A worker that was quick is used again; one that was slow, died or grew is killed, and another is forked on demand.
    """

    def __init__(self, zygote: Zygote, limits: Limits) -> None:
        """Own a zygote from now on."""
        self._zygote, self._limits = zygote, limits
        self._slots = asyncio.Semaphore(limits.workers)
        self._shares = Shares(min(limits.share, max(1, limits.workers - 1)), limits.patience)
        self._idle: deque[Worker] = deque()
        self._taken: Counter[Zygote] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self.running = 0
        """Number of questions being answered."""
        self.waiting = 0
        """Number of questions that wait for a worker."""

    @property
    def zygote(self) -> Zygote:
        """The process that holds the data."""
        return self._zygote

    async def ask(self, question: Question, client: str | None = None) -> Reply:
        """Return the complete answer to a question. If the caller is cancelled, the query is stopped.

        `client` is from `client_of`; the share of `None` is not limited.

        Raises:
            QueryError: The query is malformed or refused.
            Busy: Too many queries are waiting, of this client (`Crowding`) or of all.
            Overdue: The query reached its deadline and was stopped.
            TooLarge: The answer exceeds its limit.
            Broken: The worker died.
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
                    # A worker that was new, or lived a moment longer, died because of this question; others were
                    # already dead.
                    if worker.asked == 1 or asyncio.get_running_loop().time() > began + _REST:
                        raise
        finally:
            self.running -= 1
            self._slots.release()

    def replace(self, zygote: Zygote) -> None:
        """Use another zygote from now on; the old one ends when its last query is answered."""
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
            raise Busy(self._limits.deadline / 2)
        self.waiting += 1
        try:
            async with asyncio.timeout(self._limits.patience):
                await self._slots.acquire()
        except TimeoutError:
            raise Busy(self._limits.deadline / 2) from None
        finally:
            self.waiting -= 1

    async def _worker(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if not worker.reader.at_eof() and not worker.writer.is_closing():
                return worker
            worker.end()
        try:
            async with asyncio.timeout(self._limits.patience):
                while True:
                    with contextlib.suppress(Lost):
                        zygote = self._zygote
                        number, connection = await asyncio.shield(asyncio.to_thread(zygote.fork))
                        worker = Worker(
                            zygote, number, *await asyncio.open_connection(sock=connection, limit=_STREAM_LIMIT)
                        )
                        if zygote is self._zygote:
                            return worker
                        worker.end()
                    await asyncio.sleep(_REST)  # until `replace` is called
        except TimeoutError:
            raise Busy(self._limits.deadline / 2) from None

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
            taken = f"The query took longer than {self._limits.deadline:g} seconds"
            raise Overdue(f"{taken} and was stopped. Ask for less.") from None
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
        """End a zygote that was replaced and has no more queries."""
        if zygote is self._zygote or self._taken[zygote] > 0:
            return
        del self._taken[zygote]
        task = asyncio.get_running_loop().create_task(asyncio.to_thread(zygote.close), name="close zygote")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
