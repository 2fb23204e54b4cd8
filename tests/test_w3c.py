"""The W3C's tests of SPARQL 1.1 queries, results and protocol hold at our endpoint, but those listed with a reason."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.served import Served
from tests.w3c import Case, cases_of, failure, serving_data

pytest.importorskip("starlette", reason="needs the extra `serve`")

FOLDER = os.environ.get("W3C_RDF_TESTS", "")
"""Where a copy of the repository w3c/rdf-tests lies."""
CASES = cases_of(Path(FOLDER)) if FOLDER else []
SAMPLE = cases_of(Path(__file__).parent / "conformance")

KNOWN = {
    "aggregates/agg-empty-group": "later editions of the tests say what we say: where no row is, no group is",
    "csv-tsv-res/tsv03": "the engine keeps a negativeInteger as the integer that it is",
    "functions/bnode01": "the engine's BNODE(text) is the same blank node in every row",
    "functions/strdt03": "RDF 1.1: a text and an xsd:string are the same, as a later test says",
    "functions/strlang03": "RDF 1.1: a text and an xsd:string are the same, as a later test says",
    "protocol/query_multiple_dataset": "its address escapes the '&' between two graphs, and so names none that is",
    "protocol/update_": "the endpoint is read-only",
    "service/": "the endpoint asks no other server",
    "syntax-fed/": "the endpoint asks no other server",
    "syntax-query/test_4": "a function that nobody defines is refused, not answered with nothing",
}
"""Tests that we fail, each with the reason; a name that ends in `/` or `_` stands for all that begin so."""


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """Return a server of the W3C's data."""
    with serving_data(CASES) as served:
        yield served


@pytest.fixture(scope="module")
def sampled() -> Iterator[Served]:
    """Return a server of the data of our own few tests."""
    with serving_data(SAMPLE) as served:
        yield served


@pytest.mark.skipif(not FOLDER, reason="needs W3C_RDF_TESTS=PATH, a copy of the repository w3c/rdf-tests")
@pytest.mark.parametrize("case", CASES or [None], ids=lambda case: case.name if case else "none")
def test_the_w3c_agrees(served: Served, case: Case) -> None:
    """A test of the W3C passes; one that is known to fail does fail."""
    group, test = case.name.split("/")
    names = (case.name, f"{group}/", f"{group}/{test.partition('_')[0]}_")
    reason = next((KNOWN[name] for name in names if name in KNOWN), None)
    wrong = failure(served, case)
    if reason is not None:
        assert wrong is not None, "passes now: take it off the list"
        pytest.xfail(reason)
    assert wrong is None


@pytest.mark.parametrize("case", SAMPLE, ids=lambda case: case.name)
def test_the_program_that_runs_them_tells_right_from_wrong(sampled: Served, case: Case) -> None:
    """Of our own few tests in the same shape, those pass that are right."""
    is_wrong = case.name.rpartition("/")[2] in {"wrong-rows", "update"}
    assert (failure(sampled, case) is not None) is is_wrong


def test_all_kinds_of_tests_are_found() -> None:
    """Every entry of a manifest is found, with its data."""
    assert len(SAMPLE) == 9
    assert {case.type for case in SAMPLE} >= {"QueryEvaluationTest", "ProtocolTest", "NegativeSyntaxTest11"}
