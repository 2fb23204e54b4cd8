"""Which articles belong together."""

from __future__ import annotations

from itertools import combinations

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis import communities, community_members
from graph.structure import structure_of
from graph.structure.communities import find_communities
from tests.networks import network_lines, network_of


def circle(names: str) -> list[str]:
    """Return the lines of articles that all name each other."""
    return [f"article/{first} related article/{second}" for first, second in combinations(names, 2)]


TWO = [*circle("abcd"), *circle("efg"), "article/d related article/e", "article/lonely"]


def test_two_circles_are_two_communities() -> None:
    """Two circles of articles joined by a single link are two communities; an article without links is in none."""
    large, small = community_members(network_of(TWO))
    assert large == ("article/a", "article/b", "article/c", "article/d")
    assert small == ("article/e", "article/f", "article/g")


def test_rows_tell_size_cohesion_and_centre() -> None:
    """A row counts members and stubs, and names the most central members, equals by IRI."""
    network = network_of([*TWO, "article/b related article/a"], stubs=["article/g"])
    large, small = communities(network, top=2)
    assert (large.number, large.members, large.stubs) == (1, 4, 0)
    # Six ties inside and one that leads out, however often each is stated: 12 ends of 13 stay.
    assert large.cohesion == 0.923077
    assert [str(member) for member in large.central_articles] == ["d", "c"]
    assert (small.number, small.members, small.stubs, small.cohesion) == (2, 3, 1, 0.857143)


def test_a_topic_on_every_article_describes_no_community() -> None:
    """Typical topics and words are those of one community, not those of all."""
    lines = [*circle("abcdef"), *circle("ghijkl")]
    lines += [f"article/{name} about topic/everything" for name in "abcdefghijkl"]
    lines += [f"article/{name} about topic/salt" for name in "abcdef"]
    labels = {f"article/{name}": "News on sugar" for name in "abcdef"} | {
        f"article/{name}": "News!" for name in "ghijkl"
    }
    salty, plain = communities(network_of(lines, label=labels))
    assert [str(topic) for topic in salty.typical_topics] == ["salt (6, ×2)"]
    assert salty.typical_words == ("sugar",)
    assert (plain.typical_topics, plain.typical_words) == ((), ())


def test_resolution_sets_the_size() -> None:
    """A higher resolution splits what a lower one keeps together; a story stays whole."""
    network = network_of(TWO)
    assert len(community_members(network, resolution=0.1)) == 1
    assert len(community_members(network, resolution=10)) == 2


def test_every_community_has_members_at_any_resolution() -> None:
    """Members that a high resolution leaves alone are communities; articles without links are none among them."""
    star = [f"article/hub related article/leaf{place}" for place in range(6)]
    network = network_of([*star, *(f"article/alone{place}" for place in range(3)), "article/zebra"])
    found = communities(network, resolution=20)
    assert sum(row.members for row in found) == 7
    assert all(row.members for row in found)
    assert len(found) > 2


@given(network_lines())
def test_communities_part_the_tied_articles(lines: list[str]) -> None:
    """Every article that is tied to another is in exactly one community, and each of these is connected."""
    network = network_of(lines)
    structure, nodes = structure_of(network)
    ties = find_communities(structure).ties
    tied = networkx.Graph(
        (nodes[first], nodes[second]) for first, second in zip(ties.first.tolist(), ties.second.tolist(), strict=True)
    )
    found = community_members(network)
    assert sorted(article for members in found for article in members) == sorted(tied)
    assert all(networkx.is_connected(tied.subgraph(members)) for members in found)
    assert [row.members for row in communities(network)] == [len(members) for members in found]
    assert all(0 < row.cohesion <= 1 for row in communities(network))


def test_links_tie_as_relations_do() -> None:
    """Articles that link to each other are a community as related ones are, and being both counts once."""
    linked = [line.replace(" related ", " links ") for line in TWO]
    assert communities(network_of(linked)) == communities(network_of(TWO)) == communities(network_of([*TWO, *linked]))


def test_equally_good_groups_come_to_an_end() -> None:
    """An article that is as well off in either of two groups stays in one: computed in fractions it never would."""
    ties = "ab ac bc ad de be bf cf bg cg".split()
    network = network_of([f"article/{tie[0]} related article/{tie[1]}" for tie in ties])
    assert sorted(article for members in community_members(network) for article in members) == sorted(network)


@pytest.mark.slow
@given(network_lines(), st.sampled_from([0.3, 1.0, 1.7, 1 / 3]))
def test_any_resolution_comes_to_an_end(lines: list[str], resolution: float) -> None:
    """Whatever the resolution, every tied article is in one community."""
    network = network_of(lines)
    found = community_members(network, resolution=resolution)
    assert sorted(article for members in found for article in members) == sorted(
        article for members in community_members(network) for article in members
    )
