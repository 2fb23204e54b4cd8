"""Negotiation: clients get what they like best of what we have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="needs the extra `serve`")

from graph.serving.negotiation import TABLES, TRIPLES, accepts_gzip, choose_offer

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("text/*", "csv"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/csv;charset=utf-8", "csv"),
        ("text/csv;q=0.5, text/tab-separated-values", "tsv"),
        ("text/csv;q=0.5, */*;q=0.4", "csv"),
        ("text/csv, */*", "csv"),
        ("*/*, application/sparql-results+xml;q=0.1", "json"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "xml"),
        ("*/*, application/json;q=0, application/sparql-results+json;q=0", "xml"),
        ("application/json", "json"),
        ("application/sparql-results+xml;q=0.9, application/sparql-results+json;q=0.8", "xml"),
        ("text/csv ; q = 1", "csv"),
        (BROWSER, "xml"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("text/csv;q=nonsense", None),
        ("*/*;q=0", None),
        (",,;;,", "json"),
        ("text", None),
    ],
)
def test_the_best_liked_table_is_chosen(accept: str | None, expected: str | None) -> None:
    """A table comes in the form that the Accept header likes best, closest range first; JSON where it has no wish."""
    chosen = choose_offer(accept, TABLES)
    assert (chosen.format if chosen else None) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "ttl"),
        ("*/*", "ttl"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdfxml"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml;q=0.5,text/turtle;q=0.9", "ttl"),
        ("text/csv", None),
        ("application/sparql-results+json, text/turtle;q=0.1", "ttl"),
    ],
)
def test_the_best_liked_form_of_triples_is_chosen(accept: str | None, expected: str | None) -> None:
    """Triples come in the form that the Accept header likes best; Turtle where it has no wish."""
    chosen = choose_offer(accept, TRIPLES)
    assert (chosen.format if chosen else None) == expected


@given(st.text(max_size=200))
def test_any_header_can_be_read(accept: str) -> None:
    """Whatever a client sends as Accept, it gets something that is offered, or is told that there is nothing."""
    assert choose_offer(accept, TABLES) in {*TABLES, None}
    assert accepts_gzip(accept) in {True, False}


@given(st.sampled_from(TRIPLES), st.floats(0.01, 1).map(lambda q: f"{q:.3f}"))
def test_what_alone_is_named_is_chosen(offer: object, quality: str) -> None:
    """A client that names one type, however little it likes it, gets that."""
    assert choose_offer(f"{offer.media_type};q={quality}", TRIPLES) == offer  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("header", "expected"),
    [(None, False), ("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("*", True), ("*;q=0", False)],
)
def test_gzip_is_sent_to_those_who_read_it(header: str | None, expected: bool) -> None:  # noqa: FBT001 - a table's column
    """Compression follows Accept-Encoding, its refusals included."""
    assert accepts_gzip(header) is expected
