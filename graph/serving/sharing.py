"""Fair shares: no client, however many queries it sends, leaves no worker to the others."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.requests import Request

from graph.serving.questions import Crowding

__all__ = ["Shares", "client_of"]

_NETWORK = 64  # bits by which one site's IPv6 addresses begin


def client_of(request: Request) -> str | None:
    """Return by what a client is known: its address, of IPv6 the network; `None` for this machine itself.

    Behind a web server on this machine it is the address that the server passes on in `X-Forwarded-For`.
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
    """The queries of one client."""

    places: asyncio.Semaphore
    under_way: int = 0


class Shares:
    """Lets each client have so many queries answered at once, and as many more wait. For one event loop."""

    def __init__(self, most: int, patience: float) -> None:
        """Share out: `most` queries for each client at once; others wait for `patience` seconds."""
        self._most = most
        self._patience = patience
        self._lines: dict[str, _Line] = {}

    @asynccontextmanager
    async def place(self, client: str | None) -> AsyncIterator[None]:
        """Hold a place for a query of a client; `None` always has one.

        Raises:
            Crowding: The client has too many queries under way.
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
        message = f"You have {self._most} queries under way already. Try again when they are answered."
        return Crowding(message, max(1, round(self._patience)))
