"""Which topics rise and which fall: their shares of articles over time, and whether these change by more than chance.

Sources: M. G. Kendall (1975), Rank Correlation Methods, and H. B. Mann (1945), Nonparametric Tests Against Trend,
Econometrica 13(3), for the test; Y. Benjamini and Y. Hochberg (1995), Controlling the False Discovery Rate, Journal of
the Royal Statistical Society B 57(1), for the correction where many topics are tested.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np

from graph.analysis.relations import Network, date_of, first_rows, label_of, of_network, targets_by_source
from graph.errors import FormatError
from graph.pairs import by_key
from graph.structure.arrays import Floats, Ints
from graph.structure.rounding import rounded
from graph.structure.trends import ENOUGH_PERIODS, FEWEST_IN_PERIOD, FEWEST_PARTS, FEWEST_TOLD, MOST_PARTS
from graph.structure.typicality import CHANCE

PERIODS: Mapping[str, Callable[[date], str]] = MappingProxyType(
    {
        "year": lambda day: f"{day.year:04}",
        "quarter": lambda day: f"{day.year:04}-Q{(day.month + 2) // 3}",
        "month": lambda day: f"{day.year:04}-{day.month:02}",
    }
)
"""The name of the period of a day, by the length of periods, the longest first."""


@dataclass(frozen=True, slots=True)
class PeriodShare:
    """How much a topic has of a period."""

    period: str
    """The period: `2021`, `2021-Q2` or `2021-05`, or the first and the last of several: `2017 to 2019`."""
    articles: int
    """Articles about the topic in it."""
    share: float
    """These as a share of the articles of the period that state any topic, from 0 to 1."""

    def __str__(self) -> str:
        return f"{self.period}: {100 * self.share:.3g} %"


@dataclass(frozen=True, slots=True)
class TopicTrend:
    """A topic and its share of articles over time."""

    iri: str
    """The topic."""
    label: str
    """Its label."""
    trend: str
    """`rising` or `falling` if chance does not explain the change, `steady` if it may, `unknown` with too few dates."""
    articles: int
    """Articles about it whose date is known."""
    share_before: float
    """Its share in the earlier half of all dated articles, from 0 to 1."""
    share_after: float
    """Its share in the later half."""
    tau: float | None
    """Kendall's correlation of its shares with time: 1 if each is higher than those before, -1 if each is lower."""
    p_value: float | None
    """How probable such a correlation is by chance, corrected for the number of topics; `None` if not tested."""
    shares: tuple[PeriodShare, ...]
    """Its share in each period, from the first to the last."""


@of_network
def topic_trends(network: Network, limit: int | None = None, *, period: str | None = None) -> tuple[TopicTrend, ...]:
    """Return topics with their shares over time: the rising ones, then the falling, steady and unknown ones.

    Within these the surest comes first, then the one with more articles; equals by IRI. A share is that of a topic
    among the dated articles that state any topic, stubs and unpublished articles included. `shares` are given by
    `period`, which is `year`, `quarter` or `month`; `None` takes the longest that gives at least 8. Neighbours are
    joined until each has at least 20 articles.

    For the test, the articles are cut in the order of their dates into 5 to 24 parts of equally many, at least 20.
    Mann's and Kendall's test asks whether the shares in later parts tend to be higher, so one busy month does not make
    a trend; it is two-sided. The p-values are corrected by Benjamini and Hochberg: one in twenty of the topics called
    rising or falling may be so by chance. Nothing is tested with fewer than 100 dated articles, or for a topic with
    fewer than 5. Linear in the topics of articles, and in the number of topics.

    Raises:
        FormatError: There is no such period, or `limit` is negative.
    """
    if period is not None and period not in PERIODS:
        raise FormatError(f"period: there is no period '{period}'. Choose one of {', '.join(PERIODS)}.")
    topics = targets_by_source(network, "about")
    days = {article: day for article in topics if (day := date_of(network, article))}
    ordered = sorted(days, key=lambda article: (days[article], article))
    places = by_key((topic, number) for number, article in enumerate(ordered) for topic in topics[article])
    parts = min(len(ordered) // FEWEST_IN_PERIOD, MOST_PARTS)
    known = sorted(places)
    tested = [topic for topic in known if len(places[topic]) >= FEWEST_TOLD] if parts >= FEWEST_PARTS else []
    part = np.arange(len(ordered)) * parts // max(len(ordered), 1)
    found = dict(zip(tested, _tests([_shares(part, places[topic]) for topic in tested]), strict=True))
    names, period_of = _periods([days[article] for article in ordered], period)
    half = len(ordered) // 2
    rows = []
    for topic in known:
        tau, p_value = found.get(topic, (None, None))
        earlier = sum(place < half for place in places[topic])
        counts = np.bincount(period_of[places[topic]], minlength=len(names)).tolist()
        shares = _shares(period_of, places[topic]).tolist()
        rows.append(
            TopicTrend(
                iri=topic,
                label=label_of(network, topic),
                trend=_trend(tau, p_value),
                articles=len(places[topic]),
                share_before=rounded(earlier / half) if half else 0.0,
                share_after=rounded((len(places[topic]) - earlier) / (len(ordered) - half)),
                tau=tau,
                p_value=p_value,
                shares=tuple(map(PeriodShare, names, counts, map(rounded, shares))),
            )
        )
    order = ("rising", "falling", "steady", "unknown")
    rows.sort(key=lambda row: (order.index(row.trend), row.p_value or 0.0, -row.articles, row.iri))
    return first_rows(rows, limit)


def _shares(part: Ints, places: Sequence[int]) -> Floats:
    """Return how much of each part of all articles some of them are, given their places in ascending order."""
    whole = np.bincount(part)
    return np.asarray(np.bincount(part[places], minlength=len(whole)) / whole)


def _periods(days: Sequence[date], period: str | None) -> tuple[list[str], Ints]:
    """Return the names of the periods of some ascending days, and the number of the period of each."""
    found: tuple[list[str], Ints] = [], np.zeros(0, np.int64)
    for name in [period] if period else PERIODS:
        found = _joined([*map(PERIODS[name], days)])
        if len(found[0]) >= ENOUGH_PERIODS:
            break
    return found


def _joined(names: Sequence[str]) -> tuple[list[str], Ints]:
    """Join neighbouring periods until each has enough articles; what is left at the end joins the last."""
    groups: list[list[tuple[str, int]]] = []
    size = FEWEST_IN_PERIOD
    for name, count in Counter(names).items():
        if size >= FEWEST_IN_PERIOD:
            groups.append([])
            size = 0
        groups[-1].append((name, count))
        size += count
    if len(groups) > 1 and size < FEWEST_IN_PERIOD:
        groups[-2:] = [groups[-2] + groups[-1]]
    joined = [group[0][0] if len(group) == 1 else f"{group[0][0]} to {group[-1][0]}" for group in groups]
    sizes = [sum(count for _, count in group) for group in groups]
    return joined, np.repeat(np.arange(len(groups)), sizes)


def _tests(shares: Sequence[Floats]) -> list[tuple[float | None, float | None]]:
    """Return the correlation of each row of shares with time, and its corrected p-value."""
    from scipy import stats  # takes long to import

    if not shares:
        return []
    found = [stats.kendalltau(np.arange(len(row)), row) for row in shares]
    # Shares that are all equal have no correlation.
    p_values = [1.0 if np.isnan(each.pvalue) else float(each.pvalue) for each in found]
    corrected = stats.false_discovery_control(p_values)
    return [
        (0.0 if np.isnan(each.statistic) else rounded(float(each.statistic)), rounded(float(p_value)))
        for each, p_value in zip(found, corrected, strict=True)
    ]


def _trend(tau: float | None, p_value: float | None) -> str:
    if tau is None or p_value is None:
        return "unknown"
    if p_value > CHANCE:
        return "steady"
    return "rising" if tau > 0 else "falling"
