"""How the corpus and its topics grew over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from graph.displays import counted
from graph.explorer import to_line
from graph.knowledge import KnowledgeGraph
from graph.reporting.common_topics import common_topics
from graph.reporting.drawing import ACCENT, INK, count_from_zero, draw
from graph.reporting.parts import Plot, ReportPart, Section
from graph.reporting.periods import Periods, periods_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_BARS = 60
_MOST_POINTS = 30
_MOST_TOPICS = 6
_COLUMNS = 2
_LONGEST_LABEL = 26


def growth(knowledge: KnowledgeGraph) -> Section:
    """Return how many articles were published when."""
    days = _days(knowledge)
    documents = sum(not article.stub for article in knowledge.articles.values())
    return Section("growth", "Growth", [_growth_plot(days, documents) if days else _NO_DATES])


def topics_over_time(knowledge: KnowledgeGraph) -> Section:
    """Return how many articles about each of the most frequent topics were published when."""
    return Section("topics-over-time", "Topics over time", [_topics_plot(knowledge)])


_NO_DATES = "There is no plot over time, because no article with a document has a date of publication."


def _days(knowledge: KnowledgeGraph, topic: str | None = None) -> list[date]:
    """Return the days on which articles with a document, or those of them about a topic, were published, in UTC."""
    return [
        date.fromisoformat(article.published_at[:10])
        for article in knowledge.articles.values()
        if article.published_at and not article.stub and (topic is None or topic in article.topics)
    ]


def _growth_plot(days: Sequence[date], documents: int) -> ReportPart:
    periods = periods_of(days, _MOST_BARS)
    counts = periods.counts(days)
    if len(counts) == 1:
        return f"There is no plot of growth, because all articles with a date are of {periods.labels[0]}."
    totals = list(accumulate(counts, initial=periods.earlier))[1:]
    busiest = max(range(len(counts)), key=counts.__getitem__)

    def paint(figure: Figure) -> None:
        above, below = figure.subplots(2, sharex=True)
        places = range(len(counts))
        above.step(places, totals, where="mid", color=ACCENT, linewidth=2)
        above.fill_between(places, totals, step="mid", color=ACCENT, alpha=0.2, linewidth=0)
        above.set_title("Articles in total")
        below.bar(places, counts, color=ACCENT, width=0.8)
        below.set_title(f"New articles in each {periods.unit}")
        count_from_zero(above, totals[-1])
        count_from_zero(below, counts[busiest])
        _name_periods(below, periods, 5)

    most = f"The busiest {periods.unit} is {_named(periods, busiest)}, with {counted(counts[busiest], 'article')}."
    return Plot(
        name="growth",
        caption=(
            f"Articles with a document, by {periods.unit} of publication. {most}"
            f"{_left_out(periods, documents - len(days))}"
        ),
        alternative=(
            f"Two charts from {periods.labels[0]} to {periods.labels[-1]}: a line of the total, which rises to "
            f"{counted(totals[-1], 'article')}, and bars of new articles in each {periods.unit}. {most}"
        ),
        svg=draw("growth", 330, paint),
    )


def _topics_plot(knowledge: KnowledgeGraph) -> ReportPart:
    days = _days(knowledge)
    if not days:
        return _NO_DATES
    topics, too_common = common_topics(knowledge)
    of_topics = [(topic, found) for topic in topics if (found := _days(knowledge, topic))][:_MOST_TOPICS]
    if not of_topics:
        return "There is no plot of topics over time, because no article with a date states a topic."
    periods = periods_of(days, _MOST_POINTS)
    if len(periods.labels) == 1:
        return f"There is no plot of topics over time, because all articles with a date are of {periods.labels[0]}."
    series = [(to_line(knowledge.topics[topic].label), periods.counts(found)) for topic, found in of_topics]
    most = max(max(counts) for _, counts in series)
    rows = -(-len(series) // _COLUMNS)

    def paint(figure: Figure) -> None:
        grid = figure.subplots(rows, _COLUMNS, sharex=True, sharey=True, squeeze=False).ravel()
        for axes, (label, counts) in zip(grid, series, strict=False):
            axes.step(range(len(counts)), counts, where="mid", color=ACCENT, linewidth=1.5)
            axes.fill_between(range(len(counts)), counts, step="mid", color=ACCENT, alpha=0.2, linewidth=0)
            axes.set_title(to_line(label, _LONGEST_LABEL))
            count_from_zero(axes, most)
            _name_periods(axes, periods, 2)
        for axes in grid[len(series) :]:
            axes.set_axis_off()

    peaks = [
        f"{label} has the most, {max(counts):,}, in {periods.labels[counts.index(max(counts))]}"
        for label, counts in series
    ]
    return Plot(
        name="topics-over-time",
        caption=(
            f"Articles with a document about the most frequent topics, by {periods.unit} of publication, on one scale."
            f"{too_common}{_left_out(periods)}"
        ),
        alternative=(
            f"{counted(len(series), 'line chart')} of articles in each {periods.unit}, from {periods.labels[0]} to "
            f"{periods.labels[-1]}. {'; '.join(peaks)}."
        ),
        svg=draw("topics-over-time", 40 + 100 * rows, paint),
    )


def _name_periods(axes: Axes, periods: Periods, most: int) -> None:
    """Name some periods under an axis, at equal distances."""
    step = -(-len(periods.labels) // most)
    places = range(0, len(periods.labels), step)
    axes.set_xticks(places, [periods.labels[place] for place in places], color=INK)


def _named(periods: Periods, place: int) -> str:
    label = periods.labels[place]
    return f"the one from {label}" if periods.unit == "week" else f"the {label}" if label.endswith("s") else label


def _left_out(periods: Periods, undated: int = 0) -> str:
    found = [
        f"{counted(count, 'article')} {when}"
        for count, when in (
            (periods.earlier, f"before {periods.labels[0]}"),
            (periods.later, f"after {periods.labels[-1]}"),
            (undated, "without a date of publication"),
        )
        if count
    ]
    verb = "is" if periods.earlier + periods.later + undated == 1 else "are"
    return f" Not shown {verb} {' and '.join(found)}." if found else ""
