"""Which articles others lead to."""

from __future__ import annotations

import math

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis import central_articles, central_groups, page_rank
from graph.analysis.centrality import MEASURES
from graph.errors import FormatError
from graph.structure import structure_of
from graph.structure.measures import betweenness
from graph.structure.ties import find_ties
from tests.networks import network_lines, network_of

PAIR = ["article/a related article/b", "article/b related article/a", "article/c related article/a"]


def test_page_rank_is_the_one_computed_by_hand() -> None:
    """Two articles that name each other, and a third that names one of them, rank as the paper's equations say."""
    ranks = page_rank(network_of(PAIR), weighted=False)
    assert list(ranks) == ["article/a", "article/b", "article/c"]
    # c = 0.15/3;  b = c + 0.85 a;  a = c + 0.85 (b + c)
    assert ranks["article/c"] == pytest.approx(0.05, rel=1e-9)
    assert ranks["article/a"] == pytest.approx(0.135 / 0.2775, rel=1e-9)
    assert ranks["article/b"] == pytest.approx(0.05 + 0.85 * 0.135 / 0.2775, rel=1e-9)


def test_links_that_others_repeat_count_less() -> None:
    """Two articles that name each other are one voice, so each is followed half as often, by hand."""
    ranks = page_rank(network_of(PAIR))
    # The links between a and b count 1/2, that from c counts 1.
    # c = s;  b = s + 0.425 a;  a = s + 0.425 b + 0.85 c;  a + b + c = 1
    a = (1 + 0.425 + 0.85) / (1 - 0.425**2)
    b = 1 + 0.425 * a
    assert list(ranks.values()) == pytest.approx([value / (a + b + 1) for value in (a, b, 1)], rel=1e-9)


@given(network_lines(), st.booleans())
def test_a_rank_is_where_a_reader_is(lines: list[str], stubs: bool) -> None:  # noqa: FBT001 - drawn
    """Ranks are the stationary distribution of the walk that is described, solved as linear equations."""
    network = network_of(lines, stubs=["article/a"])
    ranks = page_rank(network, stubs=stubs)
    nodes = list(ranks)
    named = {
        node: {node} | {other for other in nodes if {"related", "links"} & set(network.succ[node].get(other, ()))}
        for node in nodes
    }
    walk = np.zeros((len(nodes), len(nodes)))
    for row, source in enumerate(nodes):
        others = named[source] - {source}
        for column, target in enumerate(nodes):
            if target in others:
                repeating = max(
                    len(named[source] & named[target]), sum(target in named[node] - {node} for node in named[source])
                )
                walk[row, column] = 0.85 / repeating / len(others)
        walk[row] += (1 - walk[row].sum()) / max(len(nodes), 1)
    # The ranks are unchanged by a step, and sum to 1.
    equations = np.vstack([walk.T - np.eye(len(nodes)), np.ones(len(nodes))])
    expected: list[float] | np.typing.NDArray[np.float64] = (
        np.linalg.lstsq(equations, [0] * len(nodes) + [1], rcond=None)[0] if nodes else []
    )
    assert list(ranks.values()) == pytest.approx(list(expected), abs=1e-9)


@pytest.mark.parametrize("size", [2, 3, 30, 70, 150])
def test_the_size_of_a_clique_raises_nobody(size: int) -> None:
    """Articles that all name each other rank below one that two others name, and lower the more they are."""
    clique = [f"article/k{one} related article/k{two}" for one in range(size) for two in range(size) if one != two]
    rows = central_articles(network_of([*clique, "article/x links article/z", "article/y links article/z"]))
    assert rows[0].label == "z"
    highest = max(row.times_average for row in rows if row.label.startswith("k"))
    smaller = [f"article/k{one} related article/k{two}" for one in (0, 1) for two in (0, 1) if one != two]
    pair = central_articles(network_of([*smaller, "article/x links article/z", "article/y links article/z"]))
    ratio = highest / next(row.times_average for row in rows if row.label == "x")
    assert ratio <= pair[1].times_average / pair[-1].times_average + 1e-5


def test_a_group_has_one_vote() -> None:
    """An article that a whole clique names ranks below one that two articles name which are apart."""
    clique = [f"article/k{one} related article/k{two}" for one in range(9) for two in range(9) if one != two]
    votes = [f"article/k{one} related article/advert" for one in range(9)]
    rows = central_articles(network_of([*clique, *votes, "article/x links article/z", "article/y links article/z"]))
    places = {row.label: place for place, row in enumerate(rows)}
    assert places["z"] == 0
    by_links = central_articles(network_of([*clique, *votes, "article/x links article/z"]), by="in-degree")
    assert {row.label: row.score for row in by_links}["advert"] == 1


@given(network_lines())
def test_page_ranks_sum_to_one(lines: list[str]) -> None:
    """The shares of a random reader's time make one whole, whatever the network."""
    network = network_of(lines, stubs=["article/f", "article/g"])
    for ranks in (page_rank(network), page_rank(network, stubs=True)):
        assert not ranks or math.fsum(ranks.values()) == pytest.approx(1, rel=1e-9)


def test_rows_tell_place_and_links() -> None:
    """A row holds the score, how it compares with the average, and links in and out; the most central comes first."""
    first, second, third = central_articles(network_of(PAIR, published_at={"article/a": "2023-05-23"}))
    assert (first.label, first.score, first.times_average) == ("a", 0.466129, 1.39839)
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


@given(network_lines())
def test_measures_are_those_of_networkx(lines: list[str]) -> None:
    """Betweenness and cores are what NetworkX computes on the ties, as scores by IRI."""
    network = network_of(lines, stubs=["article/f"])
    joined: networkx.Graph[str] = networkx.Graph()
    joined.add_nodes_from(node for node in network if node.startswith("article/"))
    joined.add_edges_from(
        (source, target)
        for source, target, relation in network.edges(keys=True)
        if relation in {"related", "links", "part"} and source in joined and target in joined and source != target
    )
    for by, measure in (("betweenness", networkx.betweenness_centrality), ("core", networkx.core_number)):
        found = {row.iri: row.score for row in central_articles(network, by=by, stubs=True)}
        assert found == pytest.approx(measure(joined), abs=1e-5)
        assert all(row.error is None for row in central_articles(network, by=by))


def test_hubs_and_authorities_are_those_of_the_paper() -> None:
    """Three articles that name the same two are hubs, and these two authorities; the scores are NetworkX's."""
    lines = [f"article/{hub} links article/{target}" for hub in "abc" for target in "xy"] + [
        "article/a links article/z"
    ]
    network = network_of(lines)
    joined: networkx.DiGraph[str] = networkx.DiGraph(
        [(source.removeprefix("article/"), target.removeprefix("article/")) for source, target in network.edges()]
    )
    hubs, authorities = networkx.hits(joined, max_iter=1000, tol=1e-14)
    assert {row.label: row.score for row in central_articles(network, by="hub")} == pytest.approx(hubs, abs=1e-6)
    found = {row.label: row.score for row in central_articles(network, by="authority")}
    assert found == pytest.approx(authorities, abs=1e-6)


def test_a_sample_knows_how_far_off_it_is() -> None:
    """Estimated from a quarter of the articles, nearly all shares are within their error, and twice the same."""
    random = networkx.gnp_random_graph(300, 0.02, seed=7)
    ties = find_ties(structure_of(network_of(f"article/{one} links article/{two}" for one, two in random.edges()))[0])
    exact, sampled = betweenness(ties), betweenness(ties, exact_up_to=0, pivots=75)
    assert (exact.pivots, sampled.pivots) == (ties.articles, 75)
    assert not exact.error.any()
    off = np.abs(exact.share - sampled.share)
    assert off.max() > 0
    leading = np.argsort(-exact.share)[:50]
    assert (off <= sampled.error)[leading].mean() > 0.9
    assert np.median(sampled.error[leading] / exact.share[leading]) < 1
    assert (betweenness(ties, exact_up_to=0, pivots=75).share == sampled.share).all()


def test_groups_add_up_their_articles() -> None:
    """A provider, topic or person has the sum of the scores of its articles, their average and the best of them."""
    told = ["article/a publisher provider/p", "article/b publisher provider/p", "article/c publisher provider/q"]
    told += ["article/s publisher provider/r", "article/a about topic/t", "article/b author person/h"]
    network = network_of([*PAIR, *told], stubs=["article/s"])
    scores = {row.label: row.score for row in central_articles(network)}
    first, second = central_groups(network)
    assert (first.label, first.articles, first.central_article) == ("p", 2, "a")
    assert first.score == pytest.approx(scores["a"] + scores["b"], abs=1e-5)
    assert first.times_average == pytest.approx((scores["a"] + scores["b"]) / 2 * 3, abs=1e-4)
    assert second.label == "q"
    assert [row.label for row in central_groups(network, of="topic")] == ["t"]
    assert [row.label for row in central_groups(network, of="person", by="in-degree")] == ["h"]


@pytest.mark.parametrize("by", MEASURES)
def test_every_measure_bears_what_is_odd(by: str) -> None:
    """Without nodes, with one, without links, and with stubs only, a measure has an answer."""
    assert central_articles(network_of([]), by=by) == ()
    assert [row.times_average for row in central_articles(network_of(["article/a"]), by=by)] in ([0.0], [1.0])
    assert len(central_articles(network_of(["article/a", "article/b"]), by=by)) == 2
    assert central_articles(network_of(["article/a links article/b"], stubs=["article/a", "article/b"]), by=by) == ()
    rows = central_articles(network_of(PAIR), by=by)
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)


def test_unknown_measures_and_kinds_are_refused() -> None:
    """A measure or a kind that there is not is refused in one line that names those that there are."""
    with pytest.raises(FormatError, match=r"by: there is no measure 'fame'\. Choose one of pagerank, in-degree"):
        central_articles(network_of(PAIR), by="fame")
    with pytest.raises(FormatError, match=r"of: there is no kind 'folder'\. Choose one of provider, topic, person\."):
        central_groups(network_of(PAIR), of="folder")
