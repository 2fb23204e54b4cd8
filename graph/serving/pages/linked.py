"""Linked data: the triples of a node in the form that the client asks for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import Response

from graph.serving.data import data_for
from graph.serving.negotiation import TRIPLES, Offer, choose_offer
from graph.serving.pages.facts import describe_query
from graph.serving.protocol import Refusal
from graph.serving.questions import Question
from graph.serving.replies import compressed, to_tag, unchanged, validators
from graph.serving.sharing import client_of
from graph.serving.workers import Workers

PAGE = Offer("text/html", "html")
"""A node as a page."""

_REGISTERED = {offer.format: offer for offer in reversed(TRIPLES)}  # the first of each format
LINKED_FORMS: Mapping[str, Offer] = MappingProxyType(
    {"html": PAGE, **{form: _REGISTERED[form] for form in ("ttl", "jsonld", "nt", "rdfxml")}}
)
"""The forms of a node by their names in `format=`; the page comes first, as it is the default."""


def wanted_form(request: Request) -> Offer:
    """Return the form that a request asks for, with `format=` or its Accept header.

    Raises:
        Refusal: There is no such form.
    """
    named = request.query_params.get("format")
    accepted = request.headers.get("accept")
    found = choose_offer(accepted, tuple(LINKED_FORMS.values())) if named is None else LINKED_FORMS.get(named)
    if found is None:
        listed = ", ".join(f"{name} ({offer.media_type})" for name, offer in LINKED_FORMS.items())
        raise Refusal(406 if named is None else 400, f"A node is available as {listed}.", {"Vary": "Accept"})
    return found


async def send_data(request: Request, iri: str, form: Offer) -> Response:
    """Send all triples whose subject or object is a node.

    Raises:
        Refusal: There are none.
        GraphError: What `Workers.ask` raises.
    """
    workers: Workers = request.app.state.workers
    client = client_of(request)
    site = data_for(request)
    tag = to_tag(site.version, iri, form.media_type)
    if known := unchanged(request, tag, site.modified):
        return known
    # Only N-Triples are empty if there are no triples.
    if not (await workers.ask(Question(f"{describe_query(iri)} LIMIT 1", "nt"), client)).body.strip():
        raise Refusal(404, f"{iri}: not found.")
    reply = await workers.ask(Question(describe_query(iri), form.format), client)
    fresh = validators(tag, site.modified)
    if reply.version != site.version:  # the data was replaced in between
        fresh = validators(to_tag(reply.version, iri, form.media_type), request.app.state.site.modified)
    return await compressed(request, reply.body, fresh, form.content_type)
