"""Blocking work, done in threads beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from starlette.requests import Request

from graph.serving.questions import Busy

_Result = TypeVar("_Result")


async def in_thread(request: Request, pool: str, work: Callable[[], _Result]) -> _Result:
    """Return the result of a task, run in one of the application's pools: `paths`, `names`, `nodes` or `search`.

    Raises:
        Busy: Other tasks take too long.
    """
    pools: dict[str, ThreadPool] = request.app.state.pools
    return await pools[pool].do(work)


class ThreadPool:
    """Runs a limited number of tasks at once, while others wait. For one event loop."""

    def __init__(self, most: int, patience: float) -> None:
        """Run `most` tasks at once; others wait up to `patience` seconds."""
        self._threads = ThreadPoolExecutor(most, "beside")
        self._places = asyncio.Semaphore(most)
        self._patience = patience

    async def do(self, work: Callable[[], _Result]) -> _Result:
        """Return the result of a task. If the caller is cancelled, the task still occupies its place until it is done.

        Raises:
            Busy: Other tasks take too long.
        """
        try:
            async with asyncio.timeout(self._patience):
                await self._places.acquire()
        except TimeoutError:
            raise Busy(self._patience) from None
        done = asyncio.get_running_loop().run_in_executor(self._threads, work)
        done.add_done_callback(self._free)
        return await asyncio.shield(done)

    def close(self) -> None:
        """Start no further tasks."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _free(self, done: asyncio.Future[_Result]) -> None:
        self._places.release()
        if not done.cancelled():
            done.exception()  # the caller may be gone
