"""The web application: its routes, the headers of every reply, and data that is reloaded when it is replaced."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import os
import re
from collections.abc import AsyncIterator, Iterable

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import GraphError
from graph.serving.data import Dataset, Stamp
from graph.serving.endpoint import METHODS, data_routes, to_refusal
from graph.serving.explorer import explorer_routes
from graph.serving.limits import Limits
from graph.serving.negotiation import accepts_gzip
from graph.serving.pages import routes
from graph.serving.protocol import Refusal
from graph.serving.replies import refused
from graph.serving.thread_pool import ThreadPool
from graph.serving.workers import Workers

_log = logging.getLogger(__name__)

_LOOKS_EVERY = 0.5
_GATHERERS = 4
_NOT_MODIFIED = 304
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_EXPOSED = "ETag, Last-Modified, Retry-After, Link"
_ANY = ("GET", "HEAD", "OPTIONS")
_PORT = re.compile(r":[0-9]*\Z")


def create_app(
    source: str | os.PathLike[str] | bytes,
    limits: Limits | None = None,
    *,
    cross_origin: bool = True,
    names: Iterable[str] = (),
) -> Starlette:
    """Load a build, or N-Triples or N-Quads, and return the application that serves it.

    When the build is replaced, the new one is served as soon as it is loaded. `cross_origin` lets the scripts of other
    sites read the data. Without it the server answers only to its own names, which are `localhost`, any IP address and
    `names`, since other names could be used to get around this (DNS rebinding). Blocks until the data is loaded. It is
    released when the server that runs the application ends.

    Raises:
        SourceError: There is no build, or it cannot be loaded.
    """
    chosen = limits or Limits()
    dataset = Dataset(source)
    stamp = dataset.stamp()
    zygote, site = dataset.open(chosen)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.workers = Workers(zygote, chosen)
        sizes = {"paths": chosen.threads, "names": 1, "nodes": _GATHERERS, "search": 1}  # the index takes one at a time
        app.state.pools = {name: ThreadPool(size, chosen.patience) for name, size in sizes.items()}
        keeper = asyncio.create_task(_keep(app, dataset, stamp))
        try:
            yield
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)
            await app.state.workers.close()
            for pool in app.state.pools.values():
                pool.close()

    app = Starlette(
        routes=[*data_routes(), *explorer_routes(), *routes()],
        lifespan=lifespan,
        middleware=[Middleware(_Headers, names=None if cross_origin else frozenset(map(str.lower, names)))],
        exception_handlers=dict.fromkeys((Refusal, GraphError, HTTPException, Exception), _on_error),
    )
    app.state.site = site
    app.state.limits = chosen
    app.state.parts = None
    return app


async def _keep(app: Starlette, dataset: Dataset, stamp: Stamp | None) -> None:
    """Reload the data whenever it has been replaced, or the process that holds it has died.

    If only other files than the triples were replaced, the triples stay loaded.
    """
    seen, held = stamp, stamp and stamp.triples
    while True:
        await asyncio.sleep(_LOOKS_EVERY)
        workers: Workers = app.state.workers
        before, seen = seen, await asyncio.to_thread(dataset.stamp)
        is_replaced = seen is not None and seen != stamp and seen == before  # and not being replaced just now
        if not is_replaced and workers.zygote.is_alive:
            continue
        try:
            if workers.zygote.is_alive and seen is not None and seen.triples == held:
                app.state.site = await asyncio.to_thread(dataset.reopen, app.state.limits, app.state.site)
                stamp = seen
                continue
            zygote, site = await asyncio.to_thread(dataset.open, app.state.limits, after=app.state.site)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with new data, the old data is served on
            if isinstance(error, GraphError):
                _log.warning("%s Still serving the previous data.", error)
            else:
                _log.exception("The new data cannot be read. Still serving the previous data.")
            stamp = seen
            continue
        stamp, held = seen, seen and seen.triples
        workers.replace(zygote)
        app.state.site = site
        _log.info("Serving %s triples.", f"{site.triples:,}")


class _Headers:
    """Adds security headers to every reply, compresses it, answers OPTIONS, and refuses unknown hosts."""

    def __init__(self, app: ASGIApp, *, names: frozenset[str] | None) -> None:
        self._app = app
        self._squeezing = GZipMiddleware(app, minimum_size=1_024, compresslevel=5)
        self._names = names  # None if scripts of any site may read the data

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._head(message["status"], MutableHeaders(scope=message))
            await send(message)

        app: ASGIApp = self._app
        if self._names is not None and not _is_own(Headers(scope=scope).get("host", ""), self._names):
            app = refused(Refusal(421, "Unknown host. Use a name of this server, or add this one with --name."))
        elif scope["method"] == "OPTIONS":
            app = self._options
        elif accepts_gzip(Headers(scope=scope).get("accept-encoding")):
            app = self._squeezing
        await app(scope, receive, send_headed)

    def _head(self, status: int, headers: MutableHeaders) -> None:
        is_page = headers.get("content-type", "").startswith("text/html")
        for name, value in _ALWAYS.items():
            headers.setdefault(name, value)
        if vary := headers.get("Vary"):  # compression adds what may be there already
            headers["Vary"] = ", ".join(dict.fromkeys(vary.split(", ")))
        if status != _NOT_MODIFIED:  # its headers would replace those of the page in the cache
            headers.setdefault("Content-Security-Policy", _PAGE_POLICY if is_page else _DATA_POLICY)
        if self._names is None:
            headers["Access-Control-Allow-Origin"] = "*"
            headers["Access-Control-Expose-Headers"] = _EXPOSED

    async def _options(self, scope: Scope, receive: Receive, send: Send) -> None:
        allowed = _allowed(scope["path"])
        headers = {"Allow": allowed}
        if self._names is None:
            headers |= {
                "Access-Control-Allow-Methods": allowed,
                "Access-Control-Allow-Headers": "Accept, Content-Type, If-Modified-Since, If-None-Match",
                "Access-Control-Max-Age": "86400",
            }
        await Response(status_code=204, headers=headers)(scope, receive, send)


def _is_own(host: str, names: frozenset[str]) -> bool:
    """Return whether a `Host` header names this server, and cannot be the name of another site."""
    name = _PORT.sub("", host.lower()).rstrip(".")
    if not name or name == "localhost" or name.endswith(".localhost") or name in names:
        return True
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _allowed(path: str) -> str:
    return ", ".join(METHODS if path == "/sparql" else _ANY)


def _on_error(request: Request, error: Exception) -> Response:
    if isinstance(error, GraphError):
        error = to_refusal(error)
    elif isinstance(error, HTTPException):
        reasons = {404: "There is no such page.", 405: f"{request.method[:20]} is not allowed here."}
        headers = {**(error.headers or {})}
        if error.status_code == 405:  # noqa: PLR2004 - the framework leaves out OPTIONS
            headers["Allow"] = _allowed(request.url.path)
        error = Refusal(error.status_code, reasons.get(error.status_code, error.detail), headers)
    elif not isinstance(error, Refusal):
        error = Refusal(500, "Internal error. See the server's log.")
    return refused(error)
