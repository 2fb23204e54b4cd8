"""Fair shares: no client can occupy all workers."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.requests import Request

from graph.serving.questions import Crowding

_NETWORK = 64  # leading bits that the IPv6 addresses of one site share


def client_of(request: Request) -> str | None:
    """Return what identifies a client: its IPv4 address or IPv6 network; `None` for this machine.

    Behind a web server on this machine it is the address from `X-Forwarded-For`.
    """
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host or None
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    if address.is_loopback:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.IPv6Network((int(address), _NETWORK), strict=False))


@dataclass(slots=True)
class _Line:
    """The queries of one client that run or wait."""

    places: asyncio.Semaphore
    under_way: int = 0


class Shares:
    """Limits the queries of each client that run at once, and that wait. For one event loop."""

    def __init__(self, most: int, patience: float) -> None:
        """Allow `most` queries of each client at once; as many more wait up to `patience` seconds."""
        self._most, self._patience = most, patience
        self._lines: dict[str, _Line] = {}

    @asynccontextmanager
    async def place(self, client: str | None) -> AsyncIterator[None]:
        """Hold a place for a query of a client; for `None` there is no limit.

        Raises:
            Crowding: The client has too many queries running or waiting.
        """
        if client is None:
            yield
            return
        line = self._lines.setdefault(client, _Line(asyncio.Semaphore(self._most)))
        if line.under_way >= 2 * self._most:
            raise self._crowding()
        line.under_way += 1
        try:
            try:
                async with asyncio.timeout(self._patience):
                    await line.places.acquire()
            except TimeoutError:
                raise self._crowding() from None
            try:
                yield
            finally:
                line.places.release()
        finally:
            line.under_way -= 1
            if not line.under_way:
                self._lines.pop(client, None)

    def _crowding(self) -> Crowding:
        message = f"You already have {self._most} queries running. Try again when they are answered."
        return Crowding(self._patience, message)
