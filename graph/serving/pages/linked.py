"""Linked data: which form of a node is wanted, and the node's triples in that form."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import Response

from graph.serving.data import Site
from graph.serving.negotiation import Offer, choose
from graph.serving.pages.facts import describing
from graph.serving.protocol import Refusal
from graph.serving.replies import compressed, is_known, to_tag, validators
from graph.serving.sharing import client_of
from graph.serving.workers import Question, Workers

__all__ = ["FORMS", "PAGE", "send_data", "wanted_form"]

PAGE = Offer("text/html", "html")
"""A node as a page."""

FORMS: Mapping[str, Offer] = MappingProxyType(
    {
        "html": PAGE,
        "ttl": Offer("text/turtle", "ttl"),
        "jsonld": Offer("application/ld+json", "jsonld"),
        "nt": Offer("application/n-triples", "nt"),
        "rdfxml": Offer("application/rdf+xml", "rdfxml"),
    }
)
"""The forms of a node by the names that `format=` takes, first the page, which is sent to whoever has no wish."""


def wanted_form(request: Request) -> Offer:
    """Return the form that a request asks for: by `format=`, else by its Accept header.

    Raises:
        Refusal: There is no such form.
    """
    named = request.query_params.get("format")
    found = FORMS.get(named) if named is not None else choose(request.headers.get("accept"), tuple(FORMS.values()))
    if found is None:
        listed = ", ".join(f"{name} ({offer.media_type})" for name, offer in FORMS.items())
        raise Refusal(406 if named is None else 400, f"A node can be had as {listed}.", {"Vary": "Accept"})
    return found


async def send_data(request: Request, iri: str, form: Offer) -> Response:
    """Answer with all triples about a node: those it is the subject of, and those it is the object of.

    Raises:
        Refusal: There are none.
        GraphError: What `Workers.ask` raises.
    """
    workers: Workers = request.app.state.workers
    client = client_of(request)
    site: Site = request.app.state.site
    fresh = validators(to_tag(site.version, iri, form.media_type), site.modified)
    if is_known(request, fresh["ETag"], site.modified):
        return Response(status_code=304, headers={**fresh, "Vary": "Accept, Accept-Encoding"})
    # N-Triples are empty where there are none; the other forms have a frame even then.
    if not (await workers.ask(Question(f"{describing(iri)} LIMIT 1", "nt"), client)).body.strip():
        raise Refusal(404, f"{iri}: nothing is known of it.")
    reply = await workers.ask(Question(describing(iri), form.format), client)
    if reply.version != site.version:  # the data was replaced meanwhile
        fresh = validators(to_tag(reply.version, iri, form.media_type), request.app.state.site.modified)
    return await compressed(request, reply.body, fresh, form.content_type)
