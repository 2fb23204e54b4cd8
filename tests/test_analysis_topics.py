"""What is written about, by whom, and which topics go together."""

from __future__ import annotations

import math

import pytest

from graph.analysis import articles_per_topic, cooccurring_topics, providers_per_topic
from graph.structure.typicality import evidence, lift, mix_of, typical
from tests.networks import network_of


def test_articles_are_counted_per_topic_and_below_it() -> None:
    """A topic's row counts the articles that state it, those of narrower topics too, and those that only mention it."""
    network = network_of(
        [
            "article/a about topic/cloud",
            "article/b about topic/cloud",
            "article/b about topic/storage",
            "article/c about topic/disks",
            "article/d mentions topic/storage",
            "article/b mentions topic/storage",
            "topic/storage broader topic/cloud",
            "topic/disks broader topic/storage",
            "topic/silent",
        ],
        published_at={"article/a": "2023-05-23T06:51:00Z", "article/b": "2022-01-01"},
    )
    rows = {row.label: row for row in articles_per_topic(network)}
    assert list(rows) == ["cloud", "disks", "storage", "silent"]
    cloud = rows["cloud"]
    assert (cloud.articles, cloud.share, cloud.with_narrower, cloud.mentioned_in) == (2, 0.666667, 3, 0)
    assert (cloud.first, cloud.last) == ("2022-01-01", "2023-05-23T06:51:00Z")
    assert (rows["storage"].articles, rows["storage"].with_narrower, rows["storage"].mentioned_in) == (1, 2, 1)
    assert (rows["disks"].first, rows["disks"].last) == (None, None)
    assert (rows["silent"].articles, rows["silent"].share, rows["silent"].with_narrower) == (0, 0.0, 0)


def test_a_circle_of_topics_ends() -> None:
    """Topics that are each other's broader topic share their articles, and the count comes to an end."""
    lines = ["topic/x broader topic/y", "topic/y broader topic/x", "article/a about topic/x", "article/b about topic/y"]
    assert [row.with_narrower for row in articles_per_topic(network_of(lines))] == [2, 2]


def test_no_article_states_a_topic() -> None:
    """Topics without any articles have a share of nothing."""
    assert articles_per_topic(network_of(["topic/x"]))[0].share == 0.0
    assert providers_per_topic(network_of(["topic/x"]))[0].effective_providers is None


def test_providers_are_counted_per_topic() -> None:
    """A topic's row counts its providers, names the busiest, and says how many equal ones would be as varied."""
    lines = []
    for number, provider in enumerate("ppqq"):
        lines += [f"article/{number} about topic/x", f"article/{number} publisher provider/{provider}"]
    lines += ["article/4 about topic/y", "article/4 publisher provider/q", "article/5 about topic/y"]
    even, single = providers_per_topic(network_of(lines))
    assert (even.label, even.providers, even.articles, even.effective_providers) == ("x", 2, 4, 2.0)
    assert [str(provider) for provider in even.top_providers] == ["p (2)", "q (2)"]
    assert (single.label, single.providers, single.articles, single.effective_providers) == ("y", 1, 1, 1.0)
    assert [len(row.top_providers) for row in providers_per_topic(network_of(lines), top=1)] == [1, 1]


def test_uneven_providers_count_for_fewer() -> None:
    """Three articles of one provider and one of another are as varied as the exponential of their entropy."""
    lines = [f"article/{number} publisher provider/{name}" for number, name in enumerate("pppq")]
    lines += [f"article/{number} about topic/x" for number in range(4)]
    (row,) = providers_per_topic(network_of(lines))
    entropy = -(0.75 * math.log(0.75) + 0.25 * math.log(0.25))
    assert row.effective_providers == pytest.approx(math.exp(entropy), rel=1e-5)


def test_topics_that_meet_beyond_chance_come_first() -> None:
    """A topic on every article bonds with none; two that always meet come first, with Jaccard 1."""
    lines = [f"article/{number} about topic/everything" for number in range(8)]
    for number in range(4):
        lines += [f"article/{number} about topic/salt", f"article/{number} about topic/pepper"]
    rows = cooccurring_topics(network_of(lines))
    assert [(row.first_label, row.second_label) for row in rows] == [
        ("pepper", "salt"),
        ("everything", "pepper"),
        ("everything", "salt"),
    ]
    bond, *none = rows
    assert (bond.articles, bond.jaccard, bond.lift) == (4, 1.0, 2.0)
    assert bond.evidence == pytest.approx(16 * math.log(2), rel=1e-5)
    assert [(row.articles, row.jaccard, row.lift, row.evidence) for row in none] == [(4, 0.5, 1.0, 0.0)] * 2


def test_equal_bonds_stand_in_the_order_of_their_iris() -> None:
    """Pairs of topics that are bound alike are listed by IRI, wherever they were met first."""
    lines = [f"article/a about topic/{topic}" for topic in "yz"] + [f"article/b about topic/{topic}" for topic in "wx"]
    assert [row.first_label for row in cooccurring_topics(network_of(lines))] == ["w", "y"]


def test_evidence_is_zero_at_chance_and_signed_otherwise() -> None:
    """The log-likelihood ratio is exactly zero at chance, and negative for things that avoid each other."""
    assert evidence(10, 10, 10, 20) == pytest.approx(40 * math.log(2))
    assert evidence(0, 10, 10, 20) == pytest.approx(-40 * math.log(2))
    assert evidence(3, 9, 7, 21) == 0.0
    assert lift(3, 9, 7, 21) == 1.0
    assert lift(0, 9, 7, 21) == 0.0


def test_typical_is_frequent_here_and_rare_elsewhere() -> None:
    """Typical is neither what everyone has, nor what one article has, nor what is little more frequent here."""
    here = [f"here/{number}" for number in range(100)]
    there = [f"there/{number}" for number in range(100)]
    things: dict[str, list[str]] = {article: ["common"] for article in here + there}
    for article in here[:90] + there[:50]:
        things[article].append("frequent")
    for article in here[:20]:
        things[article].append("special")
    for article in here[:10] + there[:5]:
        things[article].append("unsure")
    things[here[0]].append("single")
    everywhere = mix_of(things, things)
    assert typical(mix_of(here, things), everywhere, None) == ["special"]
    assert typical(mix_of(here[:1], things), everywhere, None) == []
    assert typical(mix_of(here, things), everywhere, 0) == []


def test_the_most_typical_comes_first() -> None:
    """What is typical stands in the order of its evidence, equals by name, and may be limited."""
    things = {f"here/{number}": ["z", "c", "b", "a"][: 4 if number < 5 else 1] for number in range(10)}
    things |= {f"there/{number}": ["other"] for number in range(10)}
    here = [article for article in things if article.startswith("here")]
    assert typical(mix_of(here, things), mix_of(things, things), None) == ["z", "a", "b", "c"]
    assert typical(mix_of(here, things), mix_of(things, things), 2) == ["z", "a"]


def test_mutual_information_is_the_logarithm_of_the_lift() -> None:
    """Two topics that meet twice as often as by chance have one bit."""
    lines = ["article/a about topic/x", "article/a about topic/y", "article/b about topic/z"]
    (row,) = cooccurring_topics(network_of(lines))
    assert (row.lift, row.pmi, row.jaccard) == (2.0, 1.0, 1.0)
