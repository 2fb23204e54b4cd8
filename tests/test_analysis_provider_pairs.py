"""Which providers tell the same stories, point to each other and are alike; and who is first."""

from __future__ import annotations

import pytest

from graph.analysis import first_tellers, provider_topics, related_providers
from graph.errors import FormatError
from tests.networks import network_of


def story(number: int, *providers: str) -> list[str]:
    """Return the lines of a story: articles that all name each other, each of another provider."""
    names = [f"article/{number}{provider}" for provider in providers]
    lines = [f"{one} related {two}" for one in names for two in names if one != two]
    return lines + [f"article/{number}{provider} publisher provider/{provider}" for provider in providers]


def told(stories: dict[str, str]) -> dict[str, str]:
    """Return the dates of articles."""
    return {f"article/{name}": time for name, time in stories.items()}


def test_who_leads_in_a_story() -> None:
    """Of two that tell the same stories it is known who was first, and by how long; days are compared as days."""
    lines = [*story(1, "p", "q"), *story(2, "p", "q"), *story(3, "p", "q"), *story(4, "p", "q"), *story(5, "p", "q")]
    network = network_of(
        lines,
        published_at=told(
            {
                "1p": "2024-01-01T08:00:00Z",
                "1q": "2024-01-01T10:00:00Z",
                "2p": "2024-02-01T08:00:00Z",
                "2q": "2024-02-01T12:00:00Z",
                "3p": "2024-03-02T08:00:00Z",
                "3q": "2024-03-01",
                "4p": "2024-04-01T08:00:00Z",
                "4q": "2024-04-01",
                "5p": "2024-05-01",  # months before: not one event
                "5q": "2024-08-01",
            }
        ),
    )
    (row,) = related_providers(network)
    assert (row.first_label, row.second_label) == ("p", "q")
    assert (row.stories, row.first_leads, row.second_leads, row.hours_apart) == (4, 2, 1, 4.0)
    assert row.links == 5  # two links in each story, of half a weight
    assert row.similarity is None


def test_an_early_provider_is_told_from_a_lucky_one() -> None:
    """Who is first in thirty of thirty stories is early, and the others are late; of two, half of them is neither."""
    times: dict[str, str] = {}
    lines = []
    for number in range(30):
        lines += story(number, "p", "q", "r")
        times |= {f"{number}p": f"2024-01-{1 + number % 28:02}T01:00:00Z"}
        times |= {
            f"{number}{late}": f"2024-01-{1 + number % 28:02}T{hour:02}:00:00Z" for late, hour in (("q", 5), ("r", 9))
        }
    rows = first_tellers(network_of(lines, published_at=told(times)))
    assert [(row.label, row.stories, row.first, row.expected, row.verdict) for row in rows] == [
        ("p", 30, 30, 10.0, "early"),
        ("q", 30, 0, 10.0, "late"),
        ("r", 30, 0, 10.0, "late"),
    ]
    assert [row.hours_behind for row in rows] == [None, 4.0, 8.0]
    lines, times = [], {}
    for number in range(10):
        lines += story(number, "p", "q")
        first, last = "pq" if number % 2 else "qp"
        times |= {f"{number}{first}": "2024-01-01T01:00:00Z", f"{number}{last}": "2024-01-01T02:00:00Z"}
    rows = first_tellers(network_of(lines, published_at=told(times)))
    assert [(row.label, row.first, row.verdict, row.p_value) for row in rows] == [
        ("p", 5, "as expected", 1.0),
        ("q", 5, "as expected", 1.0),
    ]
    # Told at the same time, nobody is first.
    same = first_tellers(network_of(lines, published_at=dict.fromkeys(told(times), "2024-01-01T01:00:00Z")))
    assert [row.first for row in same] == [0, 0]


def test_providers_are_alike_by_their_telling_topics() -> None:
    """Who writes about the same topics is alike; what everybody writes about makes nobody alike."""
    lines = []
    for number in range(30):
        for provider, topic in (("p", "x"), ("q", "x"), ("r", "y"), ("s", "w")):
            article = f"article/{number}{provider}"
            lines += [f"{article} publisher provider/{provider}", f"{article} about topic/all"]
            lines += [f"{article} about topic/{topic if number else 'z'}"]
    network = network_of(lines)
    rows = related_providers(network, by="similarity")
    assert (rows[0].first_label, rows[0].second_label) == ("p", "q")
    assert rows[0].similarity == pytest.approx(1)
    assert rows[0].shared_topics == ("x", "z")
    assert all((row.similarity or 0) < 0.05 for row in rows[1:])
    with pytest.raises(FormatError, match=r"by: there is no order 'fame'\. Choose one of stories, links, similarity\."):
        related_providers(network, by="fame")


def test_location_quotients_are_those_computed_by_hand() -> None:
    """A provider with two of three articles on a topic that three of six articles have writes 1.33 times as much."""
    lines = [f"article/{name} publisher provider/{'p' if name in 'abc' else 'q'}" for name in "abcdef"]
    lines += [f"article/{name} about topic/{'x' if name in 'abd' else 'y'}" for name in "abcdef"]
    rows = {(row.provider_label, row.topic_label): row for row in provider_topics(network_of(lines))}
    row = rows["p", "x"]
    assert (row.articles, row.share, row.location_quotient) == (2, 0.666667, 1.33333)
    assert rows["q", "x"].location_quotient == pytest.approx(2 / 3, abs=1e-5)
    assert rows["q", "x"].evidence < 0 < row.evidence


def test_a_topic_of_one_article_proves_little() -> None:
    """A provider's only article on a rare topic is no speciality: such rows come after all others."""
    lines = [f"article/{name} publisher provider/{'p' if name in 'abcd' else 'q'}" for name in "abcdefghi"]
    lines += [f"article/{name} about topic/{'x' if name in 'abe' else 'y'}" for name in "abcdefghi"]
    lines += ["article/z publisher provider/once", "article/z about topic/rare"]
    rows = provider_topics(network_of(lines))
    assert [row.articles > 1 for row in rows] == sorted((row.articles > 1 for row in rows), reverse=True)
    assert max(rows, key=lambda row: row.evidence).topic_label == "rare"
