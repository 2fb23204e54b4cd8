"""Each measure of the graph is what its source says it is, computed the slow way."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from graph.structure import louvain, structure_of
from graph.structure.arrays import NO_DAY, RELATION_NAMES, Structure
from graph.structure.likeness import find_likeness, is_sparse
from graph.structure.standing import most_central_first
from graph.structure.ties import Ties, backbone_of, components, find_ties
from graph.structure.typicality import SIGNIFICANT, evidence, mix_of, typical
from tests.networks import network_lines, network_of

SIDES = 9_000
"""Articles of a ring that is larger than what is computed in one go."""


def related(pairs: Sequence[tuple[int, int]], articles: int) -> Structure:
    """Return a graph of articles only, of which some name others as related."""
    none = np.zeros(0, np.int64)
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    return Structure(
        counts=(articles, 0, 0, 0),
        labels=[str(number) for number in range(articles)],
        stub=np.zeros(articles, bool),
        days=np.full(articles, NO_DAY),
        sources=[""] * articles,
        language="",
        pairs=dict.fromkeys(RELATION_NAMES, (none, none)) | {"related": (ends[:, 0], ends[:, 1])},
    )


def star(leaves: int, *more: tuple[int, int]) -> Ties:
    """Return the ties of an article that names many, and of others."""
    return find_ties(related([*((0, leaf) for leaf in range(1, leaves + 1)), *more], leaves + 1))


def pairs_of(ties: Ties) -> dict[tuple[int, int], float]:
    """Return the likeness of each pair."""
    return dict(zip(zip(ties.first.tolist(), ties.second.tolist(), strict=True), ties.likeness.tolist(), strict=True))


@given(network_lines())
def test_ties_are_as_strong_as_their_neighbours_are_the_same(lines: list[str]) -> None:
    """The likeness of a tie is Jaccard's measure of the two neighbourhoods, each with the article itself."""
    network = network_of(lines)
    structure, nodes = structure_of(network)
    beside = {node: {node} for node in nodes[: structure.first_topic]}
    for source, target, relation in network.edges(keys=True):
        if relation in {"related", "links", "part"} and source in beside and target in beside:
            beside[source].add(target)
            beside[target].add(source)
    expected = {
        (one, other): len(beside[nodes[one]] & beside[nodes[other]]) / len(beside[nodes[one]] | beside[nodes[other]])
        for one, other in itertools.combinations(range(structure.first_topic), 2)
        if nodes[other] in beside[nodes[one]]
    }
    ties = find_ties(structure)
    assert pairs_of(ties) == pytest.approx(expected)
    assert ties.degrees().tolist() == [len(beside[node]) - 1 for node in nodes[: structure.first_topic]]


def test_a_large_ring_is_tied_evenly() -> None:
    """What is computed piece by piece has the same likeness at the seams: in a ring every tie is a half."""
    ring = [(number, (number + 1) % SIDES) for number in range(SIDES)]
    ties = find_ties(related(ring, SIDES))
    assert pairs_of(ties) == {(min(pair), max(pair)): 0.5 for pair in ring}


def test_an_article_tied_to_very_many_is_not_shared() -> None:
    """Two articles that meet only where more than 400 others do are no more alike for it."""
    for leaves, shared in ((400, 3), (401, 2)):
        found = pairs_of(star(leaves, (1, 2)))
        assert found[1, 2] == pytest.approx(shared / (3 + 3 - shared)), leaves


def test_ties_of_a_hub_are_left_out() -> None:
    """Ties of an article with more than 64, or very many of a large site, are not in the backbone, unless alike."""
    assert len(backbone_of(star(64)).first) == 64
    assert len(backbone_of(star(65)).first) == 0
    among = [(number, number + 1) for number in range(100, 399)]
    for leaves, left in ((80, 80), (81, 0)):  # of 400 articles the limit is four times their square root
        ties = find_ties(related([*((0, leaf) for leaf in range(1, leaves + 1)), *among], 400))
        assert len(backbone_of(ties).first) == left + len(among), leaves
    close = list(itertools.combinations(range(1, 16), 2))
    backbone = backbone_of(star(65, *close))
    assert components(66, backbone.first, backbone.second).tolist() == [0] * 16 + list(range(1, 51))


@given(network_lines())
def test_the_backbone_is_the_strongest_forest_and_two_ties_each(lines: list[str]) -> None:
    """Without hubs it holds a maximum spanning forest, each article's two strongest ties, and nothing else."""
    ties = find_ties(structure_of(network_of(lines))[0])
    strength = pairs_of(ties)
    group = list(range(ties.articles))
    expected = set()
    for one, other in sorted(strength, key=lambda pair: (-strength[pair], pair)):
        if group[one] != group[other]:
            expected.add((one, other))
            group = [group[one] if known == group[other] else known for known in group]
    for article in range(ties.articles):
        mine = [pair for pair in strength if article in pair]
        mine.sort(key=lambda pair: (-strength[pair], sum(pair) - article))
        expected.update(mine[:2])
    assert set(pairs_of(backbone_of(ties))) == expected


def test_of_equal_ties_those_to_the_first_articles_are_kept() -> None:
    """Where forty articles all name each other, only the ties of the first two are in the backbone."""
    ties = find_ties(related(list(itertools.combinations(range(40), 2)), 40))
    assert set(pairs_of(backbone_of(ties))) == {(one, other) for one in (0, 1) for other in range(one + 1, 40)}


@given(network_lines())
def test_articles_are_alike_by_what_they_share(lines: list[str]) -> None:
    """Each article is tied to the four most like it: the cosine of what they share, the rarer the more."""
    structure, _ = structure_of(network_of(lines))
    articles, ties = structure.first_topic, find_ties(structure)
    sharing: dict[int, list[int]] = {}
    for name in ("about", "author", "mentions", "publisher"):
        for source, target in zip(*map(np.ndarray.tolist, structure.pairs[name]), strict=True):
            if source < articles:
                sharing.setdefault(target, []).append(source)
    weights = np.zeros((articles, structure.nodes))
    for target, sources in sharing.items():
        if 1 < len(sources) <= max(2, articles // 3):
            for source in sources:
                weights[source, target] += math.log((1 + articles) / len(sources))
    lengths = np.linalg.norm(weights, axis=1)
    expected = {}
    for one in range(articles):
        cosines = {
            other: float(weights[one] @ weights[other] / (lengths[one] * lengths[other]))
            for other in range(articles)
            if other != one and weights[one] @ weights[other]
        }
        for other in sorted(cosines, key=lambda other: (-round(cosines[other], 6), other))[:4]:
            expected[min(one, other), max(one, other)] = cosines[other]
    assert pairs_of(find_likeness(structure, ties)) == pytest.approx(expected | pairs_of(ties), abs=1e-6)


def test_only_articles_are_alike() -> None:
    """A topic that shares something with articles is not compared with them."""
    lines = ["article/a mentions topic/x", "article/b mentions topic/x", "topic/a mentions topic/x", "article/c"]
    structure, _ = structure_of(network_of(lines))
    assert pairs_of(find_likeness(structure, find_ties(structure))) == {(0, 1): pytest.approx(1.0)}


def test_fewer_than_a_tenth_is_sparse() -> None:
    """Where nine of a hundred articles are tied, likeness is needed; where ten are, it is not."""
    for tied, expected in ((9, True), (10, False)):
        assert is_sparse(find_ties(related([(0, other) for other in range(1, tied)], 100))) is expected


@st.composite
def weighted(draw: st.DrawFn) -> NDArray[np.int64]:
    """Return a symmetric matrix of small whole weights."""
    size = draw(st.integers(1, 12))
    weights = np.zeros((size, size), np.int64)
    for one, other in itertools.combinations(range(size), 2):
        weights[one, other] = weights[other, one] = draw(st.sampled_from([0, 0, 1, 2, 5]))
    return weights


def groups_of(weights: NDArray[np.int64], resolution: float = 1.0, *, many: int) -> NDArray[np.int64]:
    """Return the groups of nodes where more than `many` are asked again only beside those that moved."""
    first, second = np.nonzero(np.triu(weights))
    times = weights[first, second]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(louvain, "MANY_NODES", many)
        return louvain.find_groups(
            len(weights), np.repeat(first, times), np.repeat(second, times), resolution=resolution
        )


@given(weighted(), st.sampled_from([0.5, 1.0, 2.0]), st.sampled_from([0, louvain.MANY_NODES]))
def test_no_two_groups_would_be_better_as_one(weights: NDArray[np.int64], resolution: float, many: int) -> None:
    """Modularity does not grow if two groups are joined, and the groups are numbered from 0 in the order of nodes."""
    groups = groups_of(weights, resolution, many=many)
    count = int(groups.max()) + 1
    assert sorted(set(groups.tolist())) == list(range(count))
    member = np.eye(count, dtype=np.int64)[groups]
    between = member.T @ weights @ member
    degrees = between.sum(axis=1)
    for one, other in itertools.combinations(range(count), 2):
        assert between[one, other] * degrees.sum() <= resolution * degrees[one] * degrees[other]


@pytest.mark.parametrize("many", [0, louvain.MANY_NODES])
@pytest.mark.parametrize("seed", range(4))
def test_clear_groups_are_found(many: int, seed: int) -> None:
    """Groups with many ties among themselves and few to others are found, however many nodes are asked again."""
    planted = np.repeat(np.arange(12), 15)
    chance = np.where(planted[:, None] == planted, 0.6, 0.01)
    tied = np.triu(np.random.default_rng(seed).random(chance.shape) < chance, 1)
    groups = groups_of((tied | tied.T).astype(np.int64), many=many)
    assert groups.tolist() == planted.tolist()


def test_equal_ranks_stand_by_number() -> None:
    """Ranks that differ only by the order of summing are equals, and the smaller number comes first."""
    assert most_central_first(np.array([1.0, 2.0, 1.0 + 1e-12, 2.0 + 1e-6])).tolist() == [3, 1, 0, 2]


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40), st.integers(1, 40))
def test_evidence_is_the_log_likelihood_ratio(both: int, first: int, second: int, neither: int) -> None:
    """Evidence is Dunning's ratio as SciPy computes it, with the sign of the surplus."""
    from scipy.stats import chi2_contingency  # takes a second to import

    total = both + first + second + neither
    found = evidence(both, both + first, both + second, total)
    table = [[both, first], [second, neither]]
    ratio = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert abs(found) == pytest.approx(ratio, abs=1e-9)
    assert np.sign(found) == np.sign(both * neither - first * second)


@given(st.lists(st.lists(st.sampled_from("abc"), unique=True, min_size=1), min_size=1, max_size=60), st.data())
def test_what_is_typical_is_frequent_twice_as_often_and_no_chance(things: list[list[str]], data: st.DataObject) -> None:
    """Two articles have it at least, twice as often as the others do, by more than chance once in a hundred."""
    articles = {str(number): some for number, some in enumerate(things)}
    inside = list(articles)[: data.draw(st.integers(1, len(articles)))]
    strengths = {}
    for thing in "abc":
        here = sum(thing in articles[article] for article in inside)
        there = sum(thing in some for some in things) - here
        rest = len(articles) - len(inside)
        if here >= 2 and here * rest >= 2 * there * len(inside):
            strengths[thing] = evidence(here, len(inside), here + there, len(articles))
    found = typical(mix_of(inside, articles), mix_of(articles, articles), None)
    assert set(found) == {thing for thing, strength in strengths.items() if strength >= SIGNIFICANT}
    assert [round(strengths[thing], 4) for thing in found] == sorted(
        (round(strengths[thing], 4) for thing in found), reverse=True
    )
