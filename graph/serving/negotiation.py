"""Content negotiation: media types, formats and encodings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_MOST_RANGES = 100
_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\Z")


@dataclass(frozen=True, slots=True)
class Offer:
    """A media type that we can write."""

    media_type: str
    """In lower case and without parameters."""
    format: str
    """The short name of the format, as in `Question.format`."""

    @property
    def content_type(self) -> str:
        """The value of `Content-Type`, for texts with the charset."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


TABLES = (
    Offer("application/sparql-results+json", "json"),
    Offer("application/sparql-results+xml", "xml"),
    Offer("text/csv", "csv"),
    Offer("text/tab-separated-values", "tsv"),
    Offer("application/json", "json"),
    Offer("application/xml", "xml"),
    Offer("text/xml", "xml"),
)
"""For answers to SELECT and ASK, the default first."""

TRIPLES = (
    Offer("text/turtle", "ttl"),
    Offer("application/n-triples", "nt"),
    Offer("application/rdf+xml", "rdfxml"),
    Offer("application/ld+json", "jsonld"),
    Offer("application/x-turtle", "ttl"),
    Offer("application/json", "jsonld"),
    Offer("text/plain", "nt"),
)
"""For answers to CONSTRUCT and DESCRIBE, and for descriptions, the default first."""


def choose_offer(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that an `Accept` header prefers; the first one if there is no header.

    Of offers with equal quality, one that is named beats one that matches a wildcard, and then the earlier one wins.
    `None` if none is acceptable.
    """
    wishes = list(_wishes(accept or ""))
    if not wishes:
        return offers[0]

    def rank(offer: Offer) -> tuple[float, int]:
        family = offer.media_type.partition("/")[0]
        for precision, name in ((2, offer.media_type), (1, f"{family}/*"), (0, "*/*")):
            if qualities := [quality for wished, quality in wishes if wished == name]:
                return max(qualities), precision
        return 0.0, 0

    best = max(offers, key=rank)
    return best if rank(best)[0] > 0 else None


def accepts_gzip(accept_encoding: str | None) -> bool:
    """Return whether an `Accept-Encoding` header allows gzip."""
    wishes = dict(_wishes(accept_encoding or ""))
    return wishes.get("gzip", wishes.get("*", 0.0)) > 0


def _wishes(header: str) -> Iterator[tuple[str, float]]:
    """Yield the items of a header in lower case, each with its quality from 0 to 1."""
    for item in header.split(",", _MOST_RANGES)[:_MOST_RANGES]:
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                quality = float(value) if _QUALITY.match(value.strip()) else 0.0
        if name:
            yield name, quality
