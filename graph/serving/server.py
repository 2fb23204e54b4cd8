"""The HTTP server: uvicorn, which disconnects clients that are too slow."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import signal
import socket
from collections.abc import Callable

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from graph.errors import GraphError
from graph.serving.limits import Limits

_KEEP_ALIVE = 10
_FAREWELL = 5
_BACKLOG = 512
_TIMEOUT = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_FULL = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_SPARE_FILES = 200


def run(app: ASGIApp, *, host: str, port: int, limits: Limits, on_ready: Callable[[str], None] | None = None) -> None:
    """Serve an application at an address until interrupted.

    `on_ready` is called with the address; port 0 takes a free one.

    Raises:
        GraphError: The address cannot be listened on.
    """
    listening = _listening(host, port)
    config = uvicorn.Config(
        app,
        http=type("Impatient", (_Impatient,), {"seconds": limits.client, "most": limits.connections}),
        ws="none",
        lifespan="on",
        log_level="error",
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=limits.head,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_FAREWELL,
    )
    _allow_files(limits.connections + _SPARE_FILES)
    shown = f"[{host}]" if ":" in host else host
    with listening:
        if on_ready is not None:
            on_ready(f"http://{shown}:{listening.getsockname()[1]}/")
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            uvicorn.Server(config).run(sockets=[listening])
        finally:
            signal.signal(signal.SIGTERM, before)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sets TCP_NODELAY.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or error
        message = f"{host}:{port}: cannot be listened on ({reason}). Choose another with --host or --port."
        raise GraphError(message) from error
    return listening


def _allow_files(number: int) -> None:
    """Raise the limit of open files and connections, as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < number:
        most = number if hard == resource.RLIM_INFINITY else min(number, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


class _Impatient(H11Protocol):
    """uvicorn's protocol, but it closes connections that do not send a request, or read a reply, in time."""

    seconds = 0.0
    """Seconds for either."""
    most = 0
    """Connections at once."""
    _sending: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.most:
            transport.write(_FULL)
            transport.close()
            return
        self._sending = self.loop.call_later(self.seconds, self._close_unsent)

    def data_received(self, data: bytes) -> None:
        if self._sending is None:
            self._sending = self.loop.call_later(self.seconds, self._close_unsent)
        super().data_received(data)
        if self.conn.their_state is not h11.SEND_BODY and self.cycle is not None and not self.cycle.more_body:
            self._stop("_sending")

    def pause_writing(self) -> None:
        super().pause_writing()
        self._taking = self._taking or self.loop.call_later(self.seconds, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop("_taking")

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop("_sending", "_taking")
        super().connection_lost(exc)

    def _close_unsent(self) -> None:
        if not self.transport.is_closing():
            if self.cycle is None or self.cycle.response_complete:
                self.transport.write(_TIMEOUT)
            self.transport.close()

    def _stop(self, *names: str) -> None:
        for name in names:
            if timer := getattr(self, name):
                timer.cancel()
            setattr(self, name, None)
