"""The explorer over HTTP: the page, and what a page that is fed asks for.

What comes in pieces stands below the version of the data it was cut from, so that a browser may keep it for ever, and
never mixes two versions: where the data was replaced, the pieces of the old one are gone.
"""

from __future__ import annotations

import asyncio
import gzip

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from graph.explorer import Chunks
from graph.serving.data import Site
from graph.serving.feeding import Explorer
from graph.serving.negotiation import accepts_gzip
from graph.serving.protocol import Refusal
from graph.serving.replies import Pieces, compressed, is_known, to_tag, validators

__all__ = ["explorer_routes"]

_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_NUMBERS = "application/octet-stream"
_TEXT = "application/json"


def explorer_routes() -> list[BaseRoute]:
    """Return the routes to the explorer and to its pieces."""
    return [
        Route("/", _page, name="explorer"),
        Route("/explorer/overview", _overview),
        Route("/explorer/node", _node),
        Route("/explorer/{version}/parts/{number:int}", _part),
        Route("/explorer/{version}/texts/{number:int}", _text),
    ]


async def _page(request: Request) -> Response:
    """Reply the explorer; where the build holds none, send to the page where one can ask."""
    site: Site = request.app.state.site
    if site.explorer is None:
        return RedirectResponse("/query", 303)
    tag = to_tag(site.explorer.version)
    if is_known(request, tag, site.modified):
        return Response(status_code=304, headers={**validators(tag, site.modified), "Vary": "Accept, Accept-Encoding"})
    # The page itself says, by their hashes, which scripts and styles it may use.
    headers = {**validators(tag, site.modified), "Content-Security-Policy": "frame-ancestors 'none'"}
    page = site.explorer.page
    return await compressed(request, page.body, headers, "text/html; charset=utf-8", page.squeezed)


async def _overview(request: Request) -> Response:
    """Reply what the page draws first; the header `Explorer-Version` says below which name its pieces are."""
    explorer, chunks = _fed(request)
    site: Site = request.app.state.site
    tag = to_tag(explorer.version, "overview")
    headers = {**validators(tag, site.modified), "Explorer-Version": explorer.version}
    if is_known(request, tag, site.modified):
        return Response(status_code=304, headers={**headers, "Vary": "Accept-Encoding"})
    return await _unpacked(request, chunks.overview, headers, _NUMBERS)


async def _node(request: Request) -> Response:
    """Reply the number of the node that `iri` names, and of the part that holds it."""
    _, chunks = _fed(request)
    node = chunks.nodes.get(request.query_params.get("iri", ""))
    if node is None:
        raise Refusal(404, "No node of the map has this IRI.")
    return JSONResponse({"node": node, "part": chunks.part_of(node)}, headers={"Cache-Control": "no-cache"})


async def _part(request: Request) -> Response:
    """Reply the places and relations of a run of articles."""
    return await _piece(request, _fed(request, request.path_params["version"])[1].parts, _NUMBERS)


async def _text(request: Request) -> Response:
    """Reply the texts of a run of articles, or as the last of all other nodes."""
    return await _piece(request, _fed(request, request.path_params["version"])[1].texts, _TEXT)


async def _piece(request: Request, pieces: tuple[bytes, ...], content_type: str) -> Response:
    number: int = request.path_params["number"]
    if number >= len(pieces):
        raise Refusal(404, f"There are {len(pieces)} pieces, numbered from 0.")
    return await _unpacked(request, pieces[number], _FOREVER, content_type)


def _fed(request: Request, version: str | None = None) -> tuple[Explorer, Chunks]:
    """Return the explorer that is fed, and its pieces."""
    explorer: Explorer | None = request.app.state.site.explorer
    if explorer is None or explorer.chunks is None:
        raise Refusal(404, "The explorer here is one whole page, and is not fed.")
    if version is not None and version != explorer.version:
        raise Refusal(404, "The data was replaced. Load the page again.")
    return explorer, explorer.chunks


async def _unpacked(request: Request, piece: bytes, headers: dict[str, str], content_type: str) -> Response:
    """Reply a piece as it is kept, or unpacked for a client that cannot do that."""
    told = {**headers, "Content-Type": content_type, "Vary": "Accept-Encoding"}
    if accepts_gzip(request.headers.get("accept-encoding")):
        told["Content-Encoding"] = "gzip"
    else:
        piece = await asyncio.to_thread(gzip.decompress, piece)
    return Pieces(piece, headers={**told, "Content-Length": str(len(piece))})
