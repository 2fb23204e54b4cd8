"""Styles and scripts of the pages, under names that change with their content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from graph.serving.replies import FOREVER

_FOLDER = Path(__file__).parent / "files"
_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@cache
def asset_address(name: str) -> str:
    """Return the path of a style or script such as `page.css`, below the root of the server."""
    path = _FOLDER / name
    return f"/assets/{path.stem}.{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}{path.suffix}"


async def send_asset(request: Request) -> Response:
    """Send a style or script. Files are looked up in a table, so that no path of a client reaches the disk."""
    name = request.path_params["name"]
    if (found := _assets().get(f"/assets/{name}")) is None:
        return PlainTextResponse("There is no such file.\n", 404)
    headers = {**FOREVER, "ETag": f'"{name}"', "X-Content-Type-Options": "nosniff"}
    if f'"{name}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    content, kind = found
    return Response(content, media_type=kind, headers=headers)


@cache
def _assets() -> Mapping[str, tuple[bytes, str]]:
    paths = [path for path in _FOLDER.iterdir() if path.suffix in _KINDS]
    return MappingProxyType({asset_address(path.name): (path.read_bytes(), _KINDS[path.suffix]) for path in paths})
