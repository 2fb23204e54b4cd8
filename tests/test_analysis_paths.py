"""How two nodes are connected, and how they are named."""

from __future__ import annotations

from itertools import pairwise
from string import ascii_lowercase

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import vocabulary
from graph.analysis import find_node, path_in_words, shortest_path, shortest_paths
from graph.errors import FormatError, NoSuchNodeError
from graph.relation_words import RELATION_WORDS
from tests.networks import RELATIONS, network_lines, network_of


def told(lines: list[str], source: str, target: str) -> str:
    """Return the words of the way between two nodes of a network."""
    return path_in_words(shortest_path(network_of(lines), source, target))


def test_two_articles_meet_in_a_topic() -> None:
    """The way between two articles about one topic reads as a sentence."""
    lines = ["article/a about topic/storage", "article/b about topic/storage"]
    assert told(lines, "article/a", "article/b") == "“a” is about “storage”, which “b” is also about."


def test_a_step_tells_where_it_leads_and_how() -> None:
    """Each step holds its node, the relation by which it is reached, and whether that relation leads there or away."""
    lines = ["article/a author person/h", "article/b author person/h"]
    start, middle, end = shortest_path(network_of(lines), "article/a", "article/b")
    assert (start.step, start.iri, start.kind, start.relation, start.direction) == (
        0,
        "article/a",
        "article",
        None,
        None,
    )
    assert (middle.step, middle.label, middle.relation, middle.direction) == (1, "h", "author", "forward")
    assert (end.step, end.iri, end.relation, end.direction) == (2, "article/b", "author", "backward")
    assert [step.words for step in (start, middle, end)] == ["“a”", "was written by “h”,", "who also wrote “b”."]


def test_a_pronoun_never_points_to_the_wrong_node() -> None:
    """After a clause that does not end in its node, the node is named again."""
    lines = ["article/a about topic/x", "article/b about topic/x", "article/b publisher provider/p"]
    assert told(lines, "article/a", "provider/p") == (
        "“a” is about “x”, which “b” is also about; “b” was published by “p”."
    )


@pytest.mark.parametrize("relation", RELATION_WORDS)
def test_every_relation_is_told_from_both_ends(relation: str) -> None:
    """Each relation opens a sentence from either end, and meets itself in a third node, in words of its own."""
    sources, targets = RELATIONS[relation]
    lines = [f"{sources}/one {relation} {targets}/two", f"{sources}/three {relation} {targets}/two"]
    forward = told(lines, f"{sources}/one", f"{targets}/two")
    backward = told(lines, f"{targets}/two", f"{sources}/one")
    meeting = told(lines, f"{sources}/one", f"{sources}/three")
    assert forward.startswith("“one” ")
    assert backward.startswith("“two” ")
    assert " also " in meeting
    assert "{" not in forward + backward + meeting
    back = [f"{sources}/one {relation} {targets}/two", f"{sources}/one {relation} {targets}/three"]
    assert " also " in told(back, f"{targets}/two", f"{targets}/three")


def test_every_relation_of_the_network_has_words() -> None:
    """The words cover exactly the relations that a network has."""
    assert set(RELATION_WORDS) == set(RELATIONS) == set(vocabulary.RELATIONS)


def test_a_provider_above_and_a_link_are_told() -> None:
    """What belongs to one organisation, and what links to another, reads as a sentence."""
    lines = ["provider/learn parent provider/m", "provider/azure parent provider/m", "article/a links provider/azure"]
    assert told(lines, "provider/learn", "provider/azure") == "“learn” is part of “m”, which “azure” is also part of."
    assert told(lines, "provider/m", "article/a") == ("“m” is the organisation above “azure”, which “a” links to.")


def test_a_relation_without_words_is_told_by_its_name() -> None:
    """A relation nobody foresaw still makes a sentence, braces and all."""
    lines = ["article/a cites{} article/b", "article/c cites{} article/b"]
    assert told(lines, "article/a", "article/c") == (
        "“a” leads by “cites{}” to “b”, which is also led to by “cites{}” from “c”."
    )


def test_the_most_telling_of_several_relations_is_told() -> None:
    """Where several relations join two nodes, what the author stated goes before what the text mentions."""
    lines = ["article/a mentions topic/x", "article/a about topic/x"]
    assert told(lines, "article/a", "topic/x") == "“a” is about “x”."


def test_a_hub_is_avoided_where_another_way_is_as_short() -> None:
    """Of two ways of the same length, the one past the less crowded node is taken, though its IRI comes later."""
    lines = [f"article/{name} about topic/all" for name in "abcdefgh"]
    lines += ["article/a about topic/rare", "article/b about topic/rare"]
    assert [step.label for step in shortest_path(network_of(lines), "article/a", "article/b")] == ["a", "rare", "b"]


def test_equal_ways_are_chosen_by_iri() -> None:
    """Of ways that are equally short and crowded, the one whose nodes have the smaller IRIs is taken."""
    lines = [f"article/{article} about topic/{topic}" for topic in reversed(ascii_lowercase) for article in "xy"]
    assert [step.label for step in shortest_path(network_of(lines), "article/x", "article/y")] == ["x", "a", "y"]


def test_no_way_is_an_answer() -> None:
    """Two nodes that nothing joins have an empty way, which is told in words too; a node is its own way."""
    network = network_of(["article/a", "article/b"])
    assert shortest_path(network, "article/a", "article/b") == ()
    assert path_in_words(()) == "The two are not connected."
    (step,) = shortest_path(network, "article/a", "article/a")
    assert (step.step, step.words) == (0, "“a”.")


@given(network_lines(), st.data())
def test_a_way_is_real_shortest_and_least_crowded(lines: list[str], data: st.DataObject) -> None:
    """A way follows edges that exist; it is the first by IRI of the least crowded of the shortest."""
    network = network_of([*lines, "article/a", "topic/a"])
    source = data.draw(st.sampled_from(sorted(network)))
    target = data.draw(st.sampled_from(sorted(network)))
    steps = shortest_path(network, source, target)
    for before, after in pairwise(steps):
        ends = (before.iri, after.iri) if after.direction == "forward" else (after.iri, before.iri)
        assert network.has_edge(*ends, key=after.relation)
    joined = networkx.Graph(network.edges())
    joined.add_nodes_from(network)
    joined.remove_edges_from(list(networkx.selfloop_edges(joined)))
    if not networkx.has_path(joined, source, target):
        assert steps == ()
        return
    ways = networkx.all_shortest_paths(joined, source, target)
    assert [step.iri for step in steps] == min(ways, key=lambda way: (sum(network.degree(node) for node in way), way))


def test_a_node_is_found_by_what_it_is_called() -> None:
    """A node answers to its IRI, its address however spelled, its label whatever the capitals, and its other names."""
    network = network_of(
        ["article/a", "topic/x", "topic/y"],
        label={"topic/x": "Developer tools", "topic/y": "Y"},
        names={"topic/x": "Dev tools; Tooling"},
    )
    network.add_node("https://www.example.com/News/a/", kind="article", label="News")
    network.add_node("https://example.com/#organization", kind="provider", label="Example")
    assert find_node(network, "topic/x") == "topic/x"
    assert find_node(network, "Developer tools") == "topic/x"
    assert find_node(network, " developer  TOOLS") == "topic/x"
    assert find_node(network, "tooling") == "topic/x"
    page = "https://www.example.com/News/a/"
    assert find_node(network, "http://example.com/News/a?utm_source=mail#top") == page
    assert find_node(network, "https://example.com/#organization") == "https://example.com/#organization"
    with pytest.raises(NoSuchNodeError):
        find_node(network, "https://example.com/")
    network.add_node("https://other.example/", kind="article", label="Home")
    with pytest.raises(NoSuchNodeError):
        find_node(network, "https://other.example/#organization")


def test_an_exact_label_beats_a_similar_one() -> None:
    """A label with the same capitals decides between nodes that differ in nothing else."""
    network = network_of(["topic/x", "topic/y"], label={"topic/x": "Go", "topic/y": "GO"})
    assert find_node(network, "GO") == "topic/y"
    with pytest.raises(NoSuchNodeError, match="2 nodes"):
        find_node(network, "go")


def test_an_ambiguous_name_is_refused_with_the_choice() -> None:
    """A name of several nodes is refused in one line that lists them, shortened, and says what to do."""
    network = network_of([f"article/{number}" for number in range(5)])
    networkx.set_node_attributes(network, dict.fromkeys(network, "Same title"), "label")
    with pytest.raises(NoSuchNodeError) as caught:
        find_node(network, "Same\ntitle")
    assert str(caught.value) == (
        "'Same title': 5 nodes have this name: article <article/0>, article <article/1>, article <article/2> "
        "and 2 more. Use an IRI."
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [("storage", "“Cold storage” or “Object storage”"), ("Cold storrage", "“Cold storage”"), ("zzz", None), ("", None)],
)
def test_an_unknown_name_is_refused_with_its_likes(name: str, hint: str | None) -> None:
    """A name of no node is refused in one line with the labels that hold it, or else those spelled most like it."""
    network = network_of(["topic/x", "topic/y"], label={"topic/x": "Object storage", "topic/y": "Cold storage"})
    with pytest.raises(NoSuchNodeError) as caught:
        find_node(network, name)
    meant = f" Did you mean {hint}?" if hint else ""
    assert str(caught.value) == (f"'{name}': no node has this name.{meant} Give the IRI, address or name of a node.")


HUB = [f"article/{number} publisher provider/all" for number in range(100)]
"""A hundred articles of one provider, which is a hub."""


def test_a_path_leads_past_hubs() -> None:
    """Two articles of one provider are connected by what says more, though it is longer, unless hubs are allowed."""
    lines = [*HUB, "article/1 links article/x", "article/x about topic/t", "article/2 about topic/t"]
    network = network_of(lines)
    assert [step.label for step in shortest_path(network, "article/1", "article/2")] == ["1", "x", "t", "2"]
    through = shortest_path(network, "article/1", "article/2", hubs=True)
    assert [step.label for step in through] == ["1", "all", "2"]
    assert [step.hub for step in through] == [False, True, False]
    # A hub at an end is what was asked for, and where nothing else connects two nodes, the hub does.
    assert [step.label for step in shortest_path(network, "article/3", "provider/all")] == ["3", "all"]
    assert [step.label for step in shortest_path(network, "article/3", "article/4")] == ["3", "all", "4"]


def test_several_paths_are_told_one_after_the_other() -> None:
    """The first path is the shortest, and no other is told before a shorter one, or twice."""
    lines = ["article/a links article/b", "article/a about topic/t", "article/b about topic/t"]
    lines += ["article/a links article/c", "article/c links article/d", "article/d links article/b"]
    steps = shortest_paths(network_of(lines), "article/a", "article/b", 5)
    told = [path_in_words(step for step in steps if step.path == number) for number in (1, 2, 3)]
    assert told == [
        "“a” links to “b”.",
        "“a” is about “t”, which “b” is also about.",
        "“a” links to “c”, which links to “d”, which links to “b”.",
    ]
    assert {step.path for step in steps} == {1, 2, 3}
    assert shortest_paths(network_of(HUB), "article/1", "article/2", 5)[1].label == "all"
    assert shortest_paths(network_of(["article/a", "article/b"]), "article/a", "article/b") == ()
    with pytest.raises(FormatError, match=r"paths: 0 is below 1\."):
        shortest_paths(network_of(lines), "article/a", "article/b", 0)
