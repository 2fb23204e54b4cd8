"""HTTP replies: bodies with their validators, compressed if the client allows it; and refusals."""

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

_PIECE = 1 << 16
_SMALLEST = 1_024
_LEVEL = 5

FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
"""The headers of a reply whose address names its content."""


class PiecewiseResponse(Response):
    """A reply sent in pieces, so that a slow client can be distinguished from one that reads nothing."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the signature of ASGI
        """Send the reply."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        for start in range(0, len(self.body) or 1, _PIECE):
            piece = self.body[start : start + _PIECE]
            is_last = start + _PIECE >= len(self.body)
            await send({"type": "http.response.body", "body": piece, "more_body": not is_last})


def refused(refusal: Refusal) -> Response:
    """Return a refusal as a reply: one line of plain text."""
    headers = {"Cache-Control": "no-store", **refusal.headers}
    return Response(refusal.reason + "\n", refusal.status, headers, "text/plain; charset=utf-8")


def to_tag(*parts: str) -> str:
    """Return a weak entity tag that is the same for the same parts."""
    text = "\0".join(f"{len(part)}:{part}" for part in parts)
    return f'W/"{hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]}"'


def validators(tag: str | None, modified: float) -> dict[str, str]:
    """Return the headers for conditional requests; `modified` is in Unix seconds."""
    headers = {"Cache-Control": "no-cache"}
    if tag:
        headers |= {"ETag": tag, "Last-Modified": formatdate(modified, usegmt=True)}
    return headers


def unchanged(request: Request, tag: str | None, modified: float, **headers: str) -> Response | None:
    """Return the 304 reply to a GET or HEAD of a client that has this version already, or `None`."""
    if tag is None or request.method not in {"GET", "HEAD"}:
        return None
    if (known := request.headers.get("if-none-match")) is not None:
        held = {one.strip().removeprefix("W/") for one in known.split(",")}
        is_known = "*" in held or tag.removeprefix("W/") in held
    else:
        try:
            since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
            is_known = since.timestamp() >= int(modified)
        except (ValueError, TypeError, OverflowError, OSError):
            is_known = False
    told = {**validators(tag, modified), "Vary": "Accept, Accept-Encoding", **headers}
    return Response(status_code=304, headers=told) if is_known else None


async def compressed(
    request: Request, body: bytes, headers: Mapping[str, str], content_type: str, squeezed: bytes | None = None
) -> Response:
    """Return a reply with a body, compressed if it is long and the client allows it.

    `squeezed` is the body with gzip, if it was compressed before.
    """
    told = {**headers, "Content-Type": content_type, "Vary": "Accept, Accept-Encoding"}
    if len(body) >= _SMALLEST and accepts_gzip(request.headers.get("accept-encoding")):
        body = squeezed if squeezed is not None else await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)
        told["Content-Encoding"] = "gzip"
    told["Content-Length"] = str(len(body))
    return PiecewiseResponse(body, headers=told)
