"""Which topics rise and which fall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import networkx
import pytest

from graph.analysis import topic_trends
from graph.errors import FormatError
from tests.networks import network_of

START = date(2015, 1, 1)


def corpus(
    shares: dict[str, Callable[[float], float]], *, articles: int = 600, seed: int = 1
) -> networkx.MultiDiGraph[str]:
    """Return articles over six years; each states each topic with a chance that depends on time, from 0 to 1."""
    random = Random(seed)  # noqa: S311 - no secret
    lines, dates = [], {}
    for number in range(articles):
        article = f"article/{number:04}"
        dates[article] = (START + timedelta(days=round(number * 2190 / articles))).isoformat()
        lines.append(f"{article} about topic/all")
        lines += [
            f"{article} about topic/{topic}"
            for topic, share in shares.items()
            if random.random() < share(number / articles)
        ]
    return network_of(lines, published_at=dates)


def test_topics_rise_fall_and_stay() -> None:
    """A topic whose share grows is rising, one whose share shrinks falling; one with a single busy month is neither."""
    network = corpus(
        {
            "up": lambda time: 0.02 + 0.3 * time,
            "down": lambda time: 0.4 - 0.35 * time,
            "even": lambda _: 0.2,
            "burst": lambda time: 0.9 if 0.9 < time < 0.92 else 0.02,
        }
    )
    rows = {row.label: row for row in topic_trends(network)}
    assert {label: row.trend for label, row in rows.items()} == {
        "up": "rising",
        "down": "falling",
        "even": "steady",
        "burst": "steady",
        "all": "steady",
    }
    assert [row.trend for row in topic_trends(network)] == ["rising", "falling", "steady", "steady", "steady"]
    up = rows["up"]
    assert up.tau is not None
    assert up.tau > 0.5
    assert up.share_before < 0.15 < up.share_after
    assert sum(share.articles for share in up.shares) == up.articles
    assert [share.period for share in up.shares][:2] == ["2015-Q1", "2015-Q2"]
    assert str(up.shares[0]).startswith("2015-Q1: ")
    assert rows["all"].shares[0].share == 1


def test_the_test_is_that_of_mann_and_kendall() -> None:
    """The correlation and the corrected p-values are those of scipy on shares counted by hand."""
    from scipy import stats  # takes a second to import

    network = corpus({"up": lambda time: 0.1 + 0.1 * time, "even": lambda _: 0.3})
    rows = {row.label: row for row in topic_trends(network)}
    tests = {}
    for topic in ("all", "even", "up"):
        parts = [0] * 24
        for number in range(600):
            parts[number * 24 // 600] += network.has_edge(f"article/{number:04}", f"topic/{topic}")
        tests[topic] = stats.kendalltau(range(24), parts)
    assert rows["up"].tau == pytest.approx(tests["up"].statistic, abs=1e-5)
    # A topic of all articles has no correlation, and counts as a test that found nothing.
    corrected = stats.false_discovery_control([1.0, tests["even"].pvalue, tests["up"].pvalue])
    found = [rows[topic].p_value for topic in ("all", "even", "up")]
    assert found == pytest.approx(corrected.tolist(), rel=1e-5)


def test_chance_makes_few_trends() -> None:
    """Of two hundred topics that are the same at all times, hardly any is called rising or falling."""
    rows = topic_trends(corpus({f"t{number}": lambda _: 0.05 for number in range(200)}))
    assert sum(row.trend in {"rising", "falling"} for row in rows) <= 4
    assert {row.trend for row in rows} <= {"rising", "falling", "steady"}


def test_little_is_unknown() -> None:
    """With few dates, or for a rare topic, nothing is said; without dates there are no rows."""
    few = topic_trends(corpus({"up": lambda time: time}, articles=60))
    assert {(row.trend, row.p_value, row.tau) for row in few} == {("unknown", None, None)}
    rare = topic_trends(corpus({"rare": lambda time: float(0.5 < time < 0.505)}))
    assert {row.label: row.trend for row in rare} == {"all": "steady", "rare": "unknown"}
    assert topic_trends(network_of(["article/a about topic/x"])) == ()


@pytest.mark.parametrize(
    ("period", "first"), [("year", "2015"), ("quarter", "2015-Q1"), ("month", "2015-01 to 2015-03")]
)
def test_periods_are_chosen(period: str, first: str) -> None:
    """Shares are told by year, quarter or month, joined where a month has few articles; the test is the same."""
    network = corpus({"up": lambda time: time}, articles=500)
    rows = topic_trends(network, period=period)
    assert rows[0].shares[0].period == first
    assert [row.p_value for row in rows] == [row.p_value for row in topic_trends(network)]
    with pytest.raises(FormatError, match=r"period: there is no period 'week'\. Choose one of year, quarter, month\."):
        topic_trends(network, period="week")
