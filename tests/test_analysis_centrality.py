"""Which articles others lead to."""

from __future__ import annotations

import math

import pytest
from hypothesis import given

from graph.analysis import central_articles, page_rank
from tests.networks import network_lines, network_of

PAIR = ["article/a related article/b", "article/b related article/a", "article/c related article/a"]


def test_page_rank_is_the_one_computed_by_hand() -> None:
    """Two articles that name each other, and a third that names one of them, rank as the paper's equations say."""
    ranks = page_rank(network_of(PAIR))
    assert list(ranks) == ["article/a", "article/b", "article/c"]
    # c = 0.15/3;  b = c + 0.85 a;  a = c + 0.85 (b + c)
    assert ranks["article/c"] == pytest.approx(0.05, rel=1e-9)
    assert ranks["article/a"] == pytest.approx(0.135 / 0.2775, rel=1e-9)
    assert ranks["article/b"] == pytest.approx(0.05 + 0.85 * 0.135 / 0.2775, rel=1e-9)


@given(network_lines())
def test_page_ranks_sum_to_one(lines: list[str]) -> None:
    """The shares of a random reader's time make one whole, whatever the network."""
    network = network_of(lines, stubs=["article/f", "article/g"])
    for ranks in (page_rank(network), page_rank(network, stubs=True)):
        assert not ranks or math.fsum(ranks.values()) == pytest.approx(1, rel=1e-9)


def test_rows_tell_place_and_links() -> None:
    """A row holds the score, how it compares with the average, and links in and out; the most central comes first."""
    first, second, third = central_articles(network_of(PAIR, published_at={"article/a": "2023-05-23"}))
    assert (first.label, first.score, first.times_average) == ("a", 0.486486, 1.45946)
    assert (first.pointed_to_by, first.points_to, first.published_at, first.stub) == (2, 1, "2023-05-23", False)
    assert (second.iri, third.iri, third.published_at) == ("article/b", "article/c", None)


def test_stubs_take_nothing_from_those_who_point_to_them() -> None:
    """A link to a stub changes nobody's rank, unless stubs are asked for; then they are ranked and marked."""
    lines = [*PAIR, "article/a related article/s", "article/c related article/s"]
    network = network_of(lines, stubs=["article/s"])
    assert page_rank(network) == page_rank(network_of(PAIR))
    assert [row.points_to for row in central_articles(network)] == [2, 1, 2]
    marks = {row.iri: row.stub for row in central_articles(network, stubs=True)}
    assert marks == {"article/a": False, "article/b": False, "article/c": False, "article/s": True}


def test_equals_stand_in_the_order_of_their_iris() -> None:
    """Articles of the same rank are listed by IRI, not by chance."""
    network = network_of(["article/d", "article/b", "article/c", "article/a"])
    assert [row.label for row in central_articles(network)] == ["a", "b", "c", "d"]


def test_a_large_ring_settles_exactly() -> None:
    """In a ring everyone has the same share, however many there are, and a star's centre stands out."""
    ring = [f"article/{number} related article/{(number + 1) % 500}" for number in range(500)]
    assert {row.times_average for row in central_articles(network_of(ring))} == {1.0}
    star = [f"article/{number} related article/centre" for number in range(500)]
    assert central_articles(network_of(star), 1)[0].label == "centre"


def test_links_count_as_relations_do() -> None:
    """A link leads on as a related article does; who is named by both is named once, and only articles count."""
    linked = [line.replace(" related ", " links ") for line in PAIR]
    others = ["article/a links topic/x", "topic/x links article/c", "person/p links article/c"]
    assert central_articles(network_of(linked)) == central_articles(network_of(PAIR))
    assert central_articles(network_of([*PAIR, *linked, *others])) == central_articles(network_of(PAIR))
