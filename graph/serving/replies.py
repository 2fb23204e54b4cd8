"""HTTP replies: written answers with their validators, compressed where the client can read that; reasons why not."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections.abc import Mapping
from email.utils import formatdate, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from graph.serving.negotiation import accepts_gzip
from graph.serving.protocol import Refusal

__all__ = ["PiecewiseResponse", "compressed", "is_known", "refused", "to_tag", "validators"]

_PIECE = 1 << 16
_SMALLEST = 1_024
_LEVEL = 5


class PiecewiseResponse(Response):
    """A reply that is handed over piece by piece, so that a slow client is told from one that takes nothing."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's form
        """Send the reply."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        for start in range(0, len(self.body) or 1, _PIECE):
            piece = self.body[start : start + _PIECE]
            is_last = start + _PIECE >= len(self.body)
            await send({"type": "http.response.body", "body": piece, "more_body": not is_last})


def refused(refusal: Refusal) -> Response:
    """Return the reply that says why a request is not answered: one line of plain text."""
    headers = {"Cache-Control": "no-store", **refusal.headers}
    return Response(refusal.reason + "\n", refusal.status, headers, "text/plain; charset=utf-8")


def to_tag(*parts: str) -> str:
    """Return a weak entity tag for what these parts determine: the same data and question, the same meaning."""
    text = "\0".join(f"{len(part)}:{part}" for part in parts)
    return f'W/"{hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]}"'


def validators(tag: str | None, modified: float) -> dict[str, str]:
    """Return the headers by which a client can ask later whether anything changed; `modified` is in Unix seconds."""
    headers = {"Cache-Control": "no-cache"}
    if tag:
        headers |= {"ETag": tag, "Last-Modified": formatdate(modified, usegmt=True)}
    return headers


def is_known(request: Request, tag: str | None, modified: float) -> bool:
    """Tell whether the client of a GET or HEAD already has what it asks for."""
    if tag is None or request.method not in {"GET", "HEAD"}:
        return False
    known = request.headers.get("if-none-match")
    if known is not None:
        held = {one.strip().removeprefix("W/") for one in known.split(",")}
        return "*" in held or tag.removeprefix("W/") in held
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return parsedate_to_datetime(since).timestamp() >= int(modified)
    except (ValueError, TypeError, OverflowError, OSError):
        return False


async def compressed(
    request: Request, body: bytes, headers: Mapping[str, str], content_type: str, squeezed: bytes | None = None
) -> Response:
    """Return a reply with a body, compressed if it is long and the client can read that.

    `squeezed` is the body compressed already, where it is.
    """
    told = {**headers, "Content-Type": content_type, "Vary": "Accept, Accept-Encoding"}
    if len(body) >= _SMALLEST and accepts_gzip(request.headers.get("accept-encoding")):
        body = squeezed if squeezed is not None else await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)
        told["Content-Encoding"] = "gzip"
    told["Content-Length"] = str(len(body))
    return PiecewiseResponse(body, headers=told)
