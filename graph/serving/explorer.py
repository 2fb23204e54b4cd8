"""The explorer over HTTP: the page, and what a page that is fed asks for.

What is asked for stands below the version of the data that answers, so that a browser may keep it for ever, and never
mixes two versions: where the data was replaced, what stood below the old one is gone.
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from graph.explorer import (
    DEEPEST,
    DEEPEST_FOCUS,
    VIEWS,
    MapFile,
    to_around,
    to_found,
    to_json,
    to_near,
    to_nodes,
    to_path,
    to_tile,
)
from graph.search import RANKING, Meant, SearchIndex
from graph.serving.data import Site
from graph.serving.negotiation import accepts_gzip
from graph.serving.protocol import Refusal
from graph.serving.replies import PiecewiseResponse, compressed, is_known, to_tag, validators
from graph.serving.thread_pool import ThreadPool

__all__ = ["explorer_routes"]

_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_AGAIN = {"Cache-Control": "no-cache"}
_NUMBERS = "application/octet-stream"
_JSON = "application/json"
_PIECE = 1 << 16
_NUMBER = re.compile(r"[0-9]{1,10}\Z", re.ASCII)
_MOST_NODES = 1_000
_MOST_SHOWN = 50


def explorer_routes() -> list[BaseRoute]:
    """Return the routes to the explorer and to what it asks for."""
    return [
        Route("/", _page, name="explorer"),
        Route("/explorer/overview", _overview),
        Route("/explorer/{version}/node", _node),
        Route("/explorer/{version}/facets", _facets),
        Route("/explorer/{version}/titles", _titles),
        Route("/explorer/{version}/tiles/{view}/{z}/{x}/{y}", _tile),
        Route("/explorer/{version}/nodes", _nodes),
        Route("/explorer/{version}/near/{node}", _near),
        Route("/explorer/{version}/around", _around),
        Route("/explorer/{version}/path", _path),
        Route("/explorer/{version}/search", _search),
    ]


async def _page(request: Request) -> Response:
    """Reply the explorer; where the build holds none, send to the page where one can ask."""
    site: Site = request.app.state.site
    if site.explorer is None:
        return RedirectResponse("/query", 303)
    page = site.explorer.page
    tag = to_tag(page.digest)
    if is_known(request, tag, site.modified):
        return Response(status_code=304, headers={**validators(tag, site.modified), "Vary": "Accept, Accept-Encoding"})
    # The page itself says, by their hashes, which scripts and styles it may use.
    headers = {**validators(tag, site.modified), "Content-Security-Policy": "frame-ancestors 'none'"}
    return await compressed(request, page.body, headers, "text/html; charset=utf-8", page.squeezed)


async def _overview(request: Request) -> Response:
    """Reply what the page draws first; the header `Explorer-Version` says below which name all else is."""
    map_file = _fed(request)
    site: Site = request.app.state.site
    assert site.explorer is not None  # noqa: S101 - it is fed
    tag = to_tag(site.explorer.version, "overview")
    headers = {**validators(tag, site.modified), "Explorer-Version": site.explorer.version}
    if is_known(request, tag, site.modified):
        return Response(status_code=304, headers={**headers, "Vary": "Accept-Encoding"})
    return await _unpacked(request, map_file.fixed("overview"), headers)


async def _node(request: Request) -> Response:
    """Reply the number of the node that `iri` names."""
    node = _fed_below(request).find(request.query_params.get("iri", ""))
    if node is None:
        raise Refusal(404, "No node of the map has this IRI.")
    return JSONResponse({"node": node}, headers=_FOREVER)


async def _facets(request: Request) -> Response:
    """Reply what the filters count."""
    return await _unpacked(request, _fed_below(request).fixed("facets"), _FOREVER)


async def _titles(request: Request) -> Response:
    """Reply in which order titles are."""
    return await _unpacked(request, _fed_below(request).fixed("titles"), _FOREVER)


async def _tile(request: Request) -> Response:
    """Reply the articles first seen in a tile."""
    map_file = _fed_below(request)
    view = request.path_params["view"]
    z, x, y = (_number(request.path_params[name]) for name in "zxy")
    if view not in VIEWS:
        raise Refusal(404, f"There is no such view. Ask for {', '.join(VIEWS)}.")
    if z > DEEPEST or x >= 1 << z or y >= 1 << z:
        raise Refusal(404, f"There is no such tile. Levels run from 0 to {DEEPEST}, and level Z has 2^Z by 2^Z tiles.")
    return await _gathered(request, lambda: to_tile(map_file, view, z, x, y))


async def _nodes(request: Request) -> Response:
    """Reply all that is known of some nodes."""
    map_file = _fed_below(request)
    words = request.query_params.get("of", "").split(",")
    if len(words) > _MOST_NODES:
        raise Refusal(400, f"Ask for at most {_MOST_NODES:,} nodes at once, as of=1,5,9.")
    nodes = [_known(map_file, _number(word)) for word in words]
    if len(set(nodes)) < len(nodes):
        raise Refusal(400, "A node is asked for twice. Give each number once.")
    return await _gathered(request, lambda: to_nodes(map_file, nodes))


async def _near(request: Request) -> Response:
    """Reply what a node leads to, and what leads to it."""
    map_file = _fed_below(request)
    site: Site = request.app.state.site
    node = _known(map_file, _number(request.path_params["node"]))
    return await _gathered(request, lambda: to_near(map_file, node, site.evidence))


async def _around(request: Request) -> Response:
    """Reply what lies within some steps of a node."""
    map_file = _fed_below(request)
    node, depth = _known(map_file, _asked(request, "node")), _asked(request, "depth")
    if not 1 <= depth <= DEEPEST_FOCUS:
        raise Refusal(400, f"The depth is from 1 to {DEEPEST_FOCUS}.")
    thread_pool: ThreadPool = request.app.state.thread_pool
    return await _unpacked(request, await thread_pool.do(lambda: to_around(map_file, node, depth)), _FOREVER)


async def _path(request: Request) -> Response:
    """Reply how two nodes are connected."""
    map_file = _fed_below(request)
    start, end = (_known(map_file, _asked(request, name)) for name in ("from", "to"))
    thread_pool: ThreadPool = request.app.state.thread_pool
    found = await thread_pool.do(lambda: to_path(map_file, start, end))
    return await compressed(request, found, _FOREVER, _JSON)


async def _search(request: Request) -> Response:
    """Reply the nodes of the map that a name means: the best as JSON, or all of them as numbers.

    The index may be replaced by itself, so that a browser asks again each time.
    """
    _fed_below(request)
    site: Site = request.app.state.site
    index, places = site.search, site.places
    if index is None or places is None:
        raise Refusal(404, "The build wrote no search index. Build with --format search, or all.")
    words = request.query_params.get("q", "")
    limit = _asked(request, "limit", RANKING.shown)
    if not 1 <= limit <= _MOST_SHOWN:
        raise Refusal(400, f"The limit is from 1 to {_MOST_SHOWN}.")
    naming: ThreadPool = request.app.state.naming
    if _asked(request, "all", 0):
        return await _unpacked(request, await naming.do(lambda: _all_named(index, places, words)), _AGAIN)
    return await compressed(request, await naming.do(lambda: _best_named(index, places, words, limit)), _AGAIN, _JSON)


def _all_named(index: SearchIndex, places: NDArray[np.int64], words: str) -> bytes:
    meant = index.find_numbers(words, limit=None, among=places >= 0)
    return to_found(_placed(meant, places), _facts(meant))


def _best_named(index: SearchIndex, places: NDArray[np.int64], words: str, limit: int) -> bytes:
    meant = index.find_numbers(words, limit=limit, among=places >= 0)
    return to_json({"nodes": _placed(meant, places).tolist(), **_facts(meant)})


def _placed(meant: Meant, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers on the map of what was found in the index."""
    return places[np.asarray(meant.nodes, np.int64) - 1]


def _facts(meant: Meant) -> dict[str, object]:
    return {"total": meant.total, "guessed": meant.guessed, "partial": meant.partial}


async def _gathered(request: Request, gather: Callable[[], bytes]) -> Response:
    """Reply what is gathered about some nodes, some replies at once."""
    gathering: ThreadPool = request.app.state.gathering
    return await _unpacked(request, await gathering.do(gather), _FOREVER)


def _fed(request: Request) -> MapFile:
    """Return what the explorer is fed from."""
    site: Site = request.app.state.site
    if site.explorer is None or site.explorer.map_file is None:
        raise Refusal(404, "The explorer here is one whole page, and is not fed.")
    return site.explorer.map_file


def _fed_below(request: Request) -> MapFile:
    """Return what the explorer is fed from, if it is the version asked for."""
    site: Site = request.app.state.site
    explorer = site.explorer
    if explorer is None or explorer.map_file is None or request.path_params["version"] != explorer.version:
        raise Refusal(410, "The data was replaced. Load the page again.")
    return explorer.map_file


def _number(text: str) -> int:
    if not _NUMBER.match(text):
        raise Refusal(400, "A number is digits only, such as 42.")
    return int(text)


def _asked(request: Request, name: str, otherwise: int | None = None) -> int:
    """Return the number that a parameter gives."""
    text = request.query_params.get(name)
    if text is None and otherwise is not None:
        return otherwise
    if text is None:
        raise Refusal(400, f"The number {name!r} is missing.")
    return _number(text)


def _known(map_file: MapFile, node: int) -> int:
    if node >= map_file.nodes:
        raise Refusal(404, f"There are {map_file.nodes:,} nodes, numbered from 0.")
    return node


async def _unpacked(request: Request, piece: bytes | memoryview, headers: dict[str, str]) -> Response:
    """Reply what is compressed as it is, or unpacked on the way for a client that cannot do that."""
    told = {**headers, "Content-Type": _NUMBERS, "Vary": "Accept-Encoding"}
    if accepts_gzip(request.headers.get("accept-encoding")):
        return PiecewiseResponse(piece, headers={**told, "Content-Encoding": "gzip", "Content-Length": str(len(piece))})
    try:
        pieces = _unpacking(piece)
        first = next(pieces, b"")
    except zlib.error:
        raise Refusal(503, "The explorer's data is damaged. Build again.") from None
    return StreamingResponse(itertools.chain([first], pieces), headers=told)


def _unpacking(piece: bytes | memoryview) -> Iterator[bytes]:
    """Yield what is compressed, unpacked some at a time, so that many clients never hold the whole of it at once."""
    machine = zlib.decompressobj(wbits=31)
    for start in range(0, len(piece), _PIECE):
        rest: bytes | memoryview = piece[start : start + _PIECE]
        while rest:
            yield machine.decompress(rest, _PIECE)
            rest = machine.unconsumed_tail
