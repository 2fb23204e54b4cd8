"""The SPARQL endpoint, the description of the data and the health check."""

from __future__ import annotations

import asyncio
import re

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from graph.errors import FormatError, GraphError, QueryError
from graph.serving.data import ServedData, data_for
from graph.serving.description import count_parts, describe_data, describe_service, written
from graph.serving.negotiation import TRIPLES, Offer, choose_offer
from graph.serving.protocol import Refusal, SparqlRequest, is_repeatable, offers_for, read_request
from graph.serving.questions import Busy, Crowding, Question, Reply, TooLarge
from graph.serving.replies import compressed, to_tag, unchanged, validators
from graph.serving.sharing import client_of
from graph.serving.workers import Workers

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
"""Methods of the endpoint."""

_HOST = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?\Z")
_PAGE = "text/html"


def data_routes() -> list[BaseRoute]:
    """Return the routes of the endpoint, the description of the data and the health check."""
    return [
        Route("/sparql", _sparql, methods=list(METHODS), name="sparql"),
        Route("/.well-known/void", _void, name="void"),
        Route("/health", _health, name="health"),
    ]


def to_refusal(error: GraphError) -> Refusal:
    """Return the refusal for an error of a query."""
    if isinstance(error, QueryError | FormatError):
        return Refusal(400, str(error))
    if isinstance(error, TooLarge):
        return Refusal(413, str(error))
    if isinstance(error, Busy):
        return Refusal(429 if isinstance(error, Crowding) else 503, str(error), {"Retry-After": str(error.retry_after)})
    return Refusal(503, str(error))


async def _sparql(request: Request) -> Response:
    asked = await read_request(request, request.app.state.limits.request)
    if asked is None:
        return await _described(request)
    offers = offers_for(asked.sparql)
    offer = choose_offer(request.headers.get("accept"), offers)
    if offer is None:
        raise _unacceptable(offers)
    site = data_for(request)
    modified = site.modified
    tag = _tag(asked, offer, site.version)
    if known := unchanged(request, tag, modified):
        return known
    question = Question(asked.sparql, offer.format, asked.default_graphs, asked.named_graphs, _address(request))
    reply = await _answered(request, question)
    if reply.version != site.version:  # the data was replaced in between
        modified, tag = request.app.state.site.modified, _tag(asked, offer, reply.version)
    return await compressed(request, reply.body, validators(tag, modified), offer.content_type)


async def _answered(request: Request, question: Question) -> Reply:
    """Return the reply to a question; stop the query if the client disconnects."""
    workers: Workers = request.app.state.workers
    asking = asyncio.ensure_future(workers.ask(question, client_of(request)))
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            raise Refusal(400, "The client disconnected.")
        return asking.result()
    finally:
        asking.cancel()
        leaving.cancel()
        await asyncio.gather(asking, leaving, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _described(request: Request) -> Response:
    """Describe the endpoint; a browser is sent to the query page."""
    offer = choose_offer(request.headers.get("accept"), (*TRIPLES, Offer(_PAGE, "html")))
    if offer is None:
        raise _unacceptable(TRIPLES)
    if offer.format == "html":
        return RedirectResponse("/query", 303, {"Vary": "Accept"})
    site = data_for(request)
    endpoint = _address(request)
    tag = to_tag(site.version, endpoint, offer.media_type)
    if known := unchanged(request, tag, site.modified):
        return known
    body = written(describe_service(endpoint, site), offer.format)
    return await compressed(request, body, validators(tag, site.modified), offer.content_type)


async def _void(request: Request) -> Response:
    offer = choose_offer(request.headers.get("accept"), TRIPLES) or TRIPLES[0]
    state = request.app.state
    site: ServedData = state.site
    page = _address(request)
    tag = to_tag(site.version, page, offer.media_type)
    if known := unchanged(request, tag, site.modified):
        return known
    if state.parts is None or state.parts[0] != site.version:
        state.parts = (site.version, await count_parts(state.workers))
    endpoint = page.removesuffix("/.well-known/void") + "/sparql"
    body = written(describe_data(page, endpoint, site, state.parts[1]), offer.format)
    return await compressed(request, body, validators(tag, site.modified), offer.content_type)


async def _health(request: Request) -> Response:
    """Reply whether queries can be answered, without running one."""
    workers: Workers = request.app.state.workers
    site = data_for(request)
    is_well = workers.zygote.is_alive
    return JSONResponse(
        {
            "status": "ok" if is_well else "restarting",
            "version": site.version,
            "triples": site.triples,
            "running": workers.running,
            "waiting": workers.waiting,
        },
        200 if is_well else 503,
        {"Cache-Control": "no-store"},
    )


def _tag(asked: SparqlRequest, offer: Offer, version: str) -> str | None:
    """Return the tag of an answer; `None` if the same query may have another answer next time."""
    if not is_repeatable(asked.sparql):
        return None
    return to_tag(
        version, asked.sparql, "\n".join(asked.default_graphs), "\n".join(asked.named_graphs), offer.media_type
    )


def _address(request: Request) -> str:
    """Return the address of a request without its query; with `localhost` if the client names no valid host."""
    if not _HOST.match(request.headers.get("host", "")):
        return f"http://localhost{request.url.path}"
    return str(request.url.replace(query="", fragment=""))


def _unacceptable(offers: tuple[Offer, ...]) -> Refusal:
    listed = ", ".join(offer.media_type for offer in offers)
    return Refusal(406, f"The answer is available as {listed}.", {"Vary": "Accept"})
