"""The SPARQL 1.1 Protocol: the query of a request, from its address, headers and body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request

from graph.guard import query_form
from graph.serving.negotiation import TABLES, TRIPLES, Offer

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_MOST_FIELDS = 200
_READ_ONLY = "This endpoint is read-only and accepts no updates."

_CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)


class Refusal(Exception):  # noqa: N818 - a reply, not a bug
    """The reply to a request that is not carried out."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        """Take an HTTP status, one line of plain text, and further headers."""
        super().__init__(reason)
        self.status, self.reason = status, reason
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """A query to the endpoint."""

    sparql: str
    """The query."""
    default_graphs: tuple[str, ...] = ()
    """The values of `default-graph-uri`."""
    named_graphs: tuple[str, ...] = ()
    """The values of `named-graph-uri`."""


async def read_request(request: Request, most: int) -> SparqlRequest | None:
    """Return the query of a request; `None` if it has none and so asks for the service description.

    `most` limits the bytes of the body.

    Raises:
        Refusal: The request breaks the protocol, is too large, or is an update.
    """
    address = _fields(request.url.query)
    if request.method in {"GET", "HEAD"}:
        return _to_request(address) if address else None
    form = _media_type(request)
    if form not in {_FORM, _DIRECT}:
        if form == "application/sparql-update":
            raise Refusal(415, _READ_ONLY)
        raise Refusal(
            415, f"Send the query with Content-Type: {_FORM}, or {_DIRECT}.", {"Accept-Post": f"{_FORM}, {_DIRECT}"}
        )
    try:
        body = (await _body(request, most)).decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400, "The body is not UTF-8 text.") from None
    if form == _FORM:
        return _to_request({**address, **_fields(body)})
    if "query" in address:
        raise Refusal(400, "There is a query in the address and one in the body. Send one.")
    return _to_request({**address, "query": [body]})


def offers_for(sparql: str) -> tuple[Offer, ...]:
    """Return the media types for the answer to a query, the default first. Linear."""
    return TRIPLES if query_form(sparql) in {"CONSTRUCT", "DESCRIBE"} else TABLES


def is_repeatable(sparql: str) -> bool:
    """Return whether the same data gives the same answer; false if in doubt."""
    return not _CHANGING.search(sparql)


def _to_request(fields: Mapping[str, Sequence[str]]) -> SparqlRequest:
    if "update" in fields:
        raise Refusal(400, _READ_ONLY)
    queries = fields.get("query", ())
    if len(queries) != 1:
        raise Refusal(400, f"A request must have one query; this one has {len(queries)}.")
    return SparqlRequest(
        queries[0], tuple(fields.get("default-graph-uri", ())), tuple(fields.get("named-graph-uri", ()))
    )


def _fields(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise Refusal(400, "The parameters are not percent-encoded UTF-8.") from None
    except ValueError:
        raise Refusal(400, f"There are more than {_MOST_FIELDS} parameters.") from None


def _media_type(request: Request) -> str:
    """Return the media type of a body in lower case, without parameters."""
    form, *parameters = request.headers.get("content-type", "").lower().split(";")
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name.strip() == "charset" and value.strip(" \"'") not in {"utf-8", "utf8", "us-ascii"}:
            raise Refusal(415, "The body must be UTF-8.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refusal(415, "The body must not be compressed.")
    return form.strip()


async def _body(request: Request, most: int) -> bytes:
    stated = request.headers.get("content-length", "0")
    held = bytearray()
    if not stated.isdecimal() or int(stated) <= most:
        try:
            async for piece in request.stream():
                held += piece
                if len(held) > most:
                    break
            else:
                return bytes(held)
        except ClientDisconnect:
            raise Refusal(400, "The client disconnected.") from None
    raise Refusal(413, f"The body is larger than {most:,} bytes. Shorten the query.", {"Connection": "close"})
