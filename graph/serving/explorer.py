"""The explorer over HTTP: the page, and the data that the page of a large site loads.

The addresses of the data contain its version, so that browsers can cache it for ever and never mix two versions. After
the data was replaced, the old addresses are gone (410).
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from graph.explorer import (
    DEEPEST,
    DEEPEST_FOCUS,
    MOST_IRIS,
    MOST_WAYS,
    VIEWS,
    MapFile,
    to_around,
    to_found,
    to_near,
    to_nodes,
    to_path,
    to_paths,
    to_stated,
    to_tile,
)
from graph.search import RANKING
from graph.serving.data import data_for
from graph.serving.negotiation import accepts_gzip
from graph.serving.protocol import Refusal
from graph.serving.replies import FOREVER, PiecewiseResponse, compressed, to_tag, unchanged, validators
from graph.serving.thread_pool import in_thread

_AGAIN = {"Cache-Control": "no-cache"}
_NUMBERS = "application/octet-stream"
_JSON = "application/json"
_PIECE = 1 << 16
_NUMBER = re.compile(r"[0-9]{1,10}\Z", re.ASCII)
_MOST_NODES = 1_000
_MOST_SHOWN = 50


def explorer_routes() -> list[BaseRoute]:
    """Return the routes of the explorer and its data."""
    return [
        Route("/", _page, name="explorer"),
        Route("/explorer/overview", _overview),
        Route("/explorer/{version}/node", _node),
        Route("/explorer/{version}/named", _named),
        Route("/explorer/{version}/facets", partial(_fixed, name="facets")),
        Route("/explorer/{version}/titles", partial(_fixed, name="titles")),
        Route("/explorer/{version}/tiles/{view}/{z}/{x}/{y}", _tile),
        Route("/explorer/{version}/nodes", _nodes),
        Route("/explorer/{version}/near/{node}", _near),
        Route("/explorer/{version}/stated", _stated),
        Route("/explorer/{version}/around", _around),
        Route("/explorer/{version}/path", partial(_ways, find=to_path)),
        Route("/explorer/{version}/paths", partial(_ways, find=partial(to_paths, most=MOST_WAYS))),
        Route("/explorer/{version}/search", _search),
    ]


async def _page(request: Request) -> Response:
    """Send the explorer; without one in the build, redirect to the query page."""
    site = data_for(request)
    if site.explorer is None:
        return RedirectResponse("/query", 303)
    page = site.explorer.page
    tag = to_tag(page.digest)
    if known := unchanged(request, tag, site.modified):
        return known
    # The page itself has a policy with the hashes of its script and style.
    headers = {**validators(tag, site.modified), "Content-Security-Policy": "frame-ancestors 'none'"}
    return await compressed(request, page.body, headers, "text/html; charset=utf-8", page.squeezed)


async def _overview(request: Request) -> Response:
    """Send what the page draws first; the header `Explorer-Version` is the version in all other addresses."""
    site = data_for(request)
    if site.explorer is None or site.explorer.map_file is None:
        raise Refusal(404, "The explorer of this site is one whole page and loads nothing.")
    tag = to_tag(site.explorer.version, "overview")
    version = {"Explorer-Version": site.explorer.version}
    if known := unchanged(request, tag, site.modified, **version, Vary="Accept-Encoding"):
        return known
    headers = {**validators(tag, site.modified), **version}
    return await _unpacked(request, site.explorer.map_file.fixed("overview"), headers)


async def _node(request: Request) -> Response:
    node = _fed_below(request).find(request.query_params.get("iri", ""))
    if node is None:
        raise Refusal(404, "No node of the map has this IRI.")
    return JSONResponse({"node": node}, headers=FOREVER)


async def _named(request: Request) -> Response:
    """Send the nodes that have some IRIs, in their order; -1 for an IRI that none has."""
    map_file = _fed_below(request)
    iris = request.query_params.getlist("iri")
    if len(iris) > MOST_IRIS:
        raise Refusal(400, f"Ask for at most {MOST_IRIS} IRIs at once, as iri=A&iri=B.")
    return JSONResponse({"nodes": map_file.find_all(iris).tolist()}, headers=FOREVER)


async def _fixed(request: Request, *, name: str) -> Response:
    """Send the values that nodes can be filtered by, or the alphabetical rank of each node."""
    return await _unpacked(request, _fed_below(request).fixed(name), FOREVER)


async def _tile(request: Request) -> Response:
    map_file = _fed_below(request)
    view = request.path_params["view"]
    z, x, y = (_number(request.path_params[name]) for name in "zxy")
    if view not in VIEWS:
        raise Refusal(404, f"There is no such view. Ask for {', '.join(VIEWS)}.")
    if z > DEEPEST or x >= 1 << z or y >= 1 << z:
        raise Refusal(404, f"There is no such tile. Levels run from 0 to {DEEPEST}, and level Z has 2^Z by 2^Z tiles.")
    return await _gathered(request, lambda: to_tile(map_file, view, z, x, y))


async def _nodes(request: Request) -> Response:
    map_file = _fed_below(request)
    nodes = _several(request, map_file)
    return await _gathered(request, lambda: to_nodes(map_file, nodes))


async def _near(request: Request) -> Response:
    map_file, evidence = _fed_below(request), data_for(request).evidence
    node = _known(map_file, _number(request.path_params["node"]))
    return await _gathered(request, lambda: to_near(map_file, node, evidence))


async def _stated(request: Request) -> Response:
    """Send where the relations among some nodes are stated."""
    map_file, evidence = _fed_below(request), data_for(request).evidence
    nodes = _several(request, map_file)
    found = await in_thread(request, "nodes", lambda: to_stated(map_file, nodes, evidence))
    return await compressed(request, found, FOREVER, _JSON)


async def _around(request: Request) -> Response:
    map_file = _fed_below(request)
    node, depth = _known(map_file, _asked(request, "node")), _asked(request, "depth")
    if not 1 <= depth <= DEEPEST_FOCUS:
        raise Refusal(400, f"The depth must be from 1 to {DEEPEST_FOCUS}.")
    found = await in_thread(request, "paths", lambda: to_around(map_file, node, depth))
    return await _unpacked(request, found, FOREVER)


async def _ways(request: Request, *, find: Callable[[MapFile, int, int], bytes]) -> Response:
    """Send the shortest path between two nodes, or several paths."""
    map_file = _fed_below(request)
    start, end = (_known(map_file, _asked(request, name)) for name in ("from", "to"))
    found = await in_thread(request, "paths", lambda: find(map_file, start, end))
    return await compressed(request, found, FOREVER, _JSON)


async def _search(request: Request) -> Response:
    """Send the nodes found by their names and texts: the best with everything about them, or the numbers of all.

    The index may be replaced without the map, so that browsers revalidate the reply.
    """
    map_file = _fed_below(request)
    site = data_for(request)
    index, places = site.search, site.places
    if index is None or places is None:
        raise Refusal(404, "The build wrote no search index. Build with --format search, or all.")
    words = request.query_params.get("q", "")
    limit = _asked(request, "limit", RANKING.shown)
    if not 1 <= limit <= _MOST_SHOWN:
        raise Refusal(400, f"The limit must be from 1 to {_MOST_SHOWN}.")
    wants_all = bool(_asked(request, "all", 0))

    def find() -> bytes:
        meant = index.find_anywhere(words, limit=None if wants_all else limit, among=places >= 0)
        nodes = places[np.asarray(meant.nodes, np.int64) - 1]
        facts = {"total": meant.total, "guessed": meant.guessed, "partial": meant.partial}
        return to_found(nodes, facts) if wants_all else to_nodes(map_file, nodes, {"nodes": nodes.tolist(), **facts})

    return await _unpacked(request, await in_thread(request, "names", find), _AGAIN)


async def _gathered(request: Request, gather: Callable[[], bytes]) -> Response:
    return await _unpacked(request, await in_thread(request, "nodes", gather), FOREVER)


def _fed_below(request: Request) -> MapFile:
    """Return the data of the map, if it has the version in the address."""
    explorer = data_for(request).explorer
    if explorer is None or explorer.map_file is None or request.path_params["version"] != explorer.version:
        raise Refusal(410, "The data was replaced. Load the page again.")
    return explorer.map_file


def _number(text: str) -> int:
    if not _NUMBER.match(text):
        raise Refusal(400, "A number has only digits, such as 42.")
    return int(text)


def _asked(request: Request, name: str, otherwise: int | None = None) -> int:
    text = request.query_params.get(name)
    if text is None and otherwise is not None:
        return otherwise
    if text is None:
        raise Refusal(400, f"The number {name!r} is missing.")
    return _number(text)


def _several(request: Request, map_file: MapFile) -> list[int]:
    words = request.query_params.get("of", "").split(",")
    if len(words) > _MOST_NODES:
        raise Refusal(400, f"Ask for at most {_MOST_NODES:,} nodes at once, as of=1,5,9.")
    nodes = [_known(map_file, _number(word)) for word in words]
    if len(set(nodes)) < len(nodes):
        raise Refusal(400, "A number occurs twice. Give each number once.")
    return nodes


def _known(map_file: MapFile, node: int) -> int:
    if node >= map_file.nodes:
        raise Refusal(404, f"There are {map_file.nodes:,} nodes, numbered from 0.")
    return node


async def _unpacked(request: Request, piece: bytes | memoryview, headers: dict[str, str]) -> Response:
    """Send gzip data unchanged, or unpacked to a client that does not accept gzip."""
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
    """Unpack gzip data piece by piece, so that little is held in memory for many clients."""
    machine = zlib.decompressobj(wbits=31)
    for start in range(0, len(piece), _PIECE):
        rest: bytes | memoryview = piece[start : start + _PIECE]
        while rest:
            yield machine.decompress(rest, _PIECE)
            rest = machine.unconsumed_tail
