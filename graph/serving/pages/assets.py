"""Styles and scripts of the pages: files of ours, each under a name that changes with its content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

__all__ = ["asset_address", "send_asset"]

_FOLDER = Path(__file__).parent / "files"
_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_FOREVER = "public, max-age=31536000, immutable"


def asset_address(name: str) -> str:
    """Return the path of a style or script such as `page.css`, below the server's root."""
    return f"/assets/{_names()[name]}"


async def send_asset(request: Request) -> Response:
    """Answer with a style or script. Only those that are there when the server starts: no path reaches the disk."""
    found = _assets().get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("There is no such file.\n", 404)
    content, kind = found
    tag = f'"{request.path_params["name"]}"'
    headers = {"Cache-Control": _FOREVER, "ETag": tag, "X-Content-Type-Options": "nosniff"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=kind, headers=headers)


@cache
def _names() -> Mapping[str, str]:
    """Return for each file the name it is served under."""
    names = {}
    for path in sorted(_FOLDER.iterdir()):
        if path.suffix in _KINDS:
            names[path.name] = f"{path.stem}.{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}{path.suffix}"
    return MappingProxyType(names)


@cache
def _assets() -> Mapping[str, tuple[bytes, str]]:
    return MappingProxyType(
        {served: ((_FOLDER / name).read_bytes(), _KINDS[Path(name).suffix]) for name, served in _names().items()}
    )
