"""What is measured on the graph is measured once: every door gives the same answer."""

from __future__ import annotations

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis import bridges, central_articles, communities, community_members, page_rank
from graph.atlas import to_atlas
from graph.atlas.census import take_census
from graph.structure import RELATION_NAMES, structure_of
from graph.structure.arrays import are_in
from graph.structure.ties import backbone_of, components, find_ties
from graph.truth import Truth
from graph.views import to_network
from tests.atlases import truths
from tests.networks import network_lines, network_of


@settings(max_examples=25)
@given(truths())
def test_a_network_and_the_truth_are_the_same_arrays(truth: Truth) -> None:
    """Nodes have the same numbers and relations the same pairs, whichever of both they are taken from."""
    found, nodes = structure_of(to_network(truth))
    census = take_census(truth)
    assert nodes == tuple(record.iri for record in census.records())
    assert found.counts == census.counts
    assert list(found.labels) == list(census.labels)
    assert found.stub.tolist() == census.stub.tolist()
    assert found.days.tolist() == census.days.tolist()
    assert (list(found.sources), found.language) == (list(census.sources), census.language)
    for name in RELATION_NAMES:
        assert sorted(zip(*map(np.ndarray.tolist, found.pairs[name]), strict=True)) == sorted(
            zip(*map(np.ndarray.tolist, census.pairs[name]), strict=True)
        )


@given(st.lists(st.integers(0, 30)), st.lists(st.integers(0, 30)))
def test_numbers_are_found_among_others(known: list[int], wanted: list[int]) -> None:
    """Whether a number is among ascending ones is known for each, also where there are none."""
    found = are_in(np.array(sorted(known), np.int64), np.array(wanted, np.int64))
    assert found.tolist() == [number in known for number in wanted]


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(truths())
def test_analyses_and_the_map_give_the_same_answers(truth: Truth) -> None:
    """Communities, their names and sizes, central articles and bridges are the same in the explorer and analyses."""
    atlas = to_atlas(truth)
    network = to_network(truth)
    rows = communities(network)
    assert [(row.label, row.members) for row in rows] == [
        (cluster.label, cluster.size) for cluster in atlas.clusters[: len(rows)]
    ]
    members = community_members(network)
    iris = [article.iri for article in atlas.census.articles]
    for number, some in enumerate(members):
        assert some == tuple(sorted(iris[node] for node in np.flatnonzero(atlas.community == number).tolist()))
        assert rows[number].central_articles[0].iri == iris[atlas.clusters[number].top[0]]
    central = [row for row in central_articles(network) if row.times_average > 1]
    assert [row.iri for row in central[: len(atlas.insights.central)]] == [
        iris[node] for node, _ in atlas.insights.central
    ]
    crossing = bridges(network)
    found = dict(atlas.insights.bridges)
    assert [row.iri for row in crossing[: len(found)]] == [iris[node] for node in found]
    assert [row.score for row in crossing[: len(found)]] == pytest.approx(list(found.values()), rel=1e-3)
    assert bool(crossing) == bool(atlas.insights.bridges)


@given(network_lines(), st.booleans())
def test_page_rank_is_that_of_networkx(lines: list[str], stubs: bool) -> None:  # noqa: FBT001 - drawn
    """Where all links count in full, ranks are those that NetworkX computes on the same links."""
    network = network_of(lines, stubs=["article/a"])
    articles = [node for node, known in network.nodes(data=True) if known["kind"] == "article"]
    walk: networkx.DiGraph[str] = networkx.DiGraph()
    walk.add_nodes_from(one for one in articles if stubs or one != "article/a")
    walk.add_edges_from(
        (source, target)
        for source, target, relation in network.edges(keys=True)
        if relation in {"related", "links"} and source in walk and target in walk and source != target
    )
    expected = networkx.pagerank(walk, max_iter=1000, tol=1e-12) if walk else {}
    assert page_rank(network, stubs=stubs, weighted=False) == pytest.approx(expected, abs=1e-9)


@given(network_lines())
def test_the_backbone_keeps_what_is_connected(lines: list[str]) -> None:
    """Where there is no hub, the backbone connects what the ties connect, and holds nothing else."""
    ties = find_ties(structure_of(network_of(lines))[0])
    backbone = backbone_of(ties)
    whole, kept = (components(one.articles, one.first, one.second).tolist() for one in (ties, backbone))
    assert whole == kept
    pairs = set(zip(ties.first.tolist(), ties.second.tolist(), strict=True))
    assert pairs.issuperset(zip(backbone.first.tolist(), backbone.second.tolist(), strict=True))
