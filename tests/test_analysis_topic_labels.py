"""Topics below each other, and topics that may be one."""

from __future__ import annotations

import re
from itertools import combinations
from random import Random

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from graph.analysis import articles_per_topic, duplicate_topics, topic_tree
from graph.analysis.like_names import like_names
from tests.networks import network_lines, network_of


def labelled(*labels: str) -> networkx.MultiDiGraph[str]:
    """Return topics with some labels."""
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for number, label in enumerate(labels):
        network.add_node(f"topic/{number}", kind="topic", label=label)
    return network


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("Open source", "opensource", "same letters"),
        ("e-mail", "Email", "same letters"),
        ("Web design", "Design, web", "same words"),
        ("Database", "Databases", "singular and plural"),
        ("Policy", "policies", "singular and plural"),
        ("Public class", "Public classes", "singular and plural"),
        ("AI", "Artificial intelligence", "initials"),
        ("Kubernetes", "Kubernets", "similar spelling"),
        ("Café culture", "Cafe cultures", "singular and plural"),
        ("Программирование", "Програмирование", "similar spelling"),
    ],
)
def test_labels_that_look_alike_are_found(first: str, second: str, reason: str) -> None:
    """Each kind of likeness is found, with its reason."""
    (row,) = duplicate_topics(labelled(first, second))
    assert ({row.first_label, row.second_label}, row.reason) == ({first, second}, reason)
    assert 0.8 <= row.score <= 1


@pytest.mark.parametrize(
    "labels",
    [
        ("Java", "JavaScript"),
        ("C", "C++", "C#"),
        ("Windows 10", "Windows 11"),
        ("Austria", "Australia"),
        ("Release 1.2.3 announcement", "Release 1.2.4 announcement"),
        ("Go", "Google"),
        ("Test", "Rest"),
        ("日本", "中国"),
        ("", " "),
    ],
)
def test_labels_that_differ_are_left_alone(labels: tuple[str, ...]) -> None:
    """Short words, other numbers and signs that tell names apart make two topics."""
    assert [row for row in duplicate_topics(labelled(*labels)) if row.first_label.strip()] == []


def test_topics_that_are_stated_together_differ() -> None:
    """The more articles state both labels the less they look like one; the one with more articles comes first."""
    lines = ["article/a about topic/x", "article/b about topic/x", "article/c about topic/y", "article/d about topic/y"]
    names = {"topic/x": "Database", "topic/y": "Databases"}
    (row,) = duplicate_topics(network_of([*lines, "article/e about topic/y"], label=names))
    assert (row.first_label, row.first_articles, row.second_articles, row.both) == ("Databases", 3, 2, 0)
    (half,) = duplicate_topics(network_of([*lines, "article/a about topic/y"], label=names))
    assert half.score == pytest.approx(row.score / 2)
    assert duplicate_topics(network_of([*lines, *(f"article/{one} about topic/y" for one in "ab")], label=names)) == ()


def test_a_tree_is_walked_from_its_tops() -> None:
    """Each topic stands once, below the one that is broader, and beside others by the articles below it."""
    lines = ["topic/b broader topic/a", "topic/c broader topic/a", "topic/d broader topic/c", "topic/z"]
    lines += [
        "article/1 about topic/d",
        "article/2 about topic/d",
        "article/2 about topic/a",
        "article/3 about topic/b",
    ]
    rows = topic_tree(network_of(lines))
    assert [(row.path, row.level, row.articles, row.with_narrower) for row in rows] == [
        ("a", 0, 1, 3),
        ("a > c", 1, 0, 2),
        ("a > c > d", 2, 2, 2),
        ("a > b", 1, 1, 1),
        ("z", 0, 0, 0),
    ]


@given(network_lines())
def test_every_topic_stands_in_the_tree_once(lines: list[str]) -> None:
    """Whatever is broader than what, in circles too, each topic has one row, and as many articles as elsewhere."""
    network = network_of(lines)
    rows = topic_tree(network)
    counts = {row.iri: row.with_narrower for row in articles_per_topic(network)}
    assert {row.iri: row.with_narrower for row in rows} == counts
    assert len(rows) == len(counts)
    seen = set()
    for row in rows:
        above = row.path.split(" > ")[:-1]
        assert len(above) == row.level
        assert not above or " > ".join(above) in seen
        seen.add(row.path)


@given(st.lists(st.text(max_size=9) | st.sampled_from(["0¨", "a- -b", "Ärzte", "Aerzte", "Data sets", "Dataset"])))
def test_any_labels_are_compared(labels: list[str]) -> None:
    """Whatever the labels are, each pair comes once, with a score and its more common name first."""
    names = {f"topic/{number}": label for number, label in enumerate(labels)}
    uses = {node: set(range(number)) for number, node in enumerate(names)}
    rows = like_names(names, {node: {str(one) for one in some} for node, some in uses.items()})
    assert len({frozenset((row.first, row.second)) for row in rows}) == len(rows)
    assert all(0 < row.score <= 1 and len(uses[row.first]) > len(uses[row.second]) for row in rows)


@given(st.lists(st.text("abc1", min_size=8, max_size=20), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_similar_spellings_are_those_of_the_distance(labels: list[str], random: Random) -> None:
    """Those that differ by few letters are found whatever their lengths and their order."""
    names = {f"topic/{number}": label for number, label in enumerate(labels)}
    found = {frozenset((row.first, row.second)) for row in like_names(names, {})}
    turned = list(names.items())
    random.shuffle(turned)
    assert {frozenset((row.first, row.second)) for row in like_names(dict(turned), {})} == found
    for one, other in combinations(names, 2):
        digits = [re.findall(r"\d+", names[node]) for node in (one, other)]
        if OSA.normalized_similarity(names[one], names[other]) >= 0.88 and digits[0] == digits[1]:
            assert frozenset((one, other)) in found


def test_many_topics_take_little_time() -> None:
    """Thousands of topics are compared by the library, and those that are alike are still found."""
    rows = duplicate_topics(
        labelled(*(f"topic number {number * 7919}" for number in range(3000)), "Zebra xing", "Zebraxing")
    )
    assert [row.reason for row in rows] == ["same letters"]
