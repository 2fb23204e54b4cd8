"""Topics, providers, and which provider publishes about which topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.analysis import articles_per_topic, provider_profiles, providers_per_topic
from graph.displays import counted
from graph.explorer import to_line
from graph.knowledge import KnowledgeGraph
from graph.pairs import ranked_names
from graph.reporting.common_topics import common_topics
from graph.reporting.drawing import ACCENT, INK, draw
from graph.reporting.parts import MOST_ROWS, Plot, ReportPart, Section, Table, day_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MOST_TOPICS = 10
_MOST_PROVIDERS = 8
_FEWEST_COLUMNS = 5
"""Columns for which there is room, so that a few are not wide."""
_LONGEST_LABEL = 20
_DARKEST = 0.6
"""The opacity of the cell with the highest number, on which the number can still be read."""


def provider_by_topic(knowledge: KnowledgeGraph) -> Section:
    """Return how many articles about frequent topics each of the busiest providers published."""
    return Section("provider-by-topic", "Providers by topic", [_provider_by_topic(knowledge)])


def topics(knowledge: KnowledgeGraph) -> Section:
    """Return the topics with most articles, and who publishes about them."""
    rows = articles_per_topic(knowledge.network, MOST_ROWS)
    if not any(row.articles for row in rows):
        return Section("topics", "Topics", ["There is no table of topics, because no article states a topic."])
    of_topic = {row.iri: row for row in providers_per_topic(knowledge.network, top=3)}
    table = Table(
        f"The topics with most articles, of {counted(len(knowledge.topics), 'topic')}.",
        ("topic", "articles", "with narrower topics", "also mentioned in", "from", "to", "providers", "busiest"),
        [
            (
                to_line(row.label),
                row.articles,
                row.with_narrower,
                row.mentioned_in,
                day_of(row.first),
                day_of(row.last),
                of_topic[row.iri].providers,
                [to_line(provider) for provider in of_topic[row.iri].top_providers],
            )
            for row in rows
            if row.articles
        ],
    )
    return Section("topics", "Topics", [table])


def providers(knowledge: KnowledgeGraph) -> Section:
    """Return the providers with most articles, and what is typical of them."""
    rows = [row for row in provider_profiles(knowledge.network, MOST_ROWS) if row.articles]
    if not rows:
        return Section("providers", "Providers", ["There is no table of providers, because no article names one."])
    table = Table(
        f"The providers with most articles, of {counted(len(knowledge.providers), 'provider')}. Typical topics are "
        "more frequent than among all articles by more than chance: number of articles, and how many times. "
        "Specialisation is 0 for the topics of all articles, and higher for a narrower choice.",
        ("provider", "articles", "stubs", "from", "to", "topics", "typical topics", "specialisation"),
        [
            (
                to_line(row.label),
                row.articles,
                row.stubs,
                day_of(row.first),
                day_of(row.last),
                row.topics,
                [to_line(topic) for topic in row.typical_topics],
                row.specialisation,
            )
            for row in rows
        ],
    )
    return Section("providers", "Providers", [table])


def _provider_by_topic(knowledge: KnowledgeGraph) -> ReportPart:
    if not knowledge.providers:
        return "There is no plot of providers by topic, because no article names a provider."
    shown_topics, left_out = common_topics(knowledge)
    pairs = Counter(
        (article.provider, topic)
        for article in knowledge.articles.values()
        if article.provider
        for topic in set(article.topics)
    )
    told = set(shown_topics)
    busy: Counter[str] = Counter()
    for (provider, topic), count in pairs.items():
        if topic in told:
            busy[provider] += count
    columns = ranked_names(busy)[:_MOST_PROVIDERS]
    rows = [topic for topic in shown_topics if any(pairs[provider, topic] for provider in columns)][:_MOST_TOPICS]
    if not rows:
        return "There is no plot of providers by topic, because no article has both."
    table = [[pairs[provider, topic] for provider in columns] for topic in rows]
    topic_labels = [to_line(knowledge.topics[topic].label) for topic in rows]
    provider_labels = [to_line(knowledge.providers[provider].label) for provider in columns]
    most, place, column = max(
        (count, -place, -column) for place, counts in enumerate(table) for column, count in enumerate(counts)
    )
    best = f"The highest number is {most:,}: {provider_labels[-column]} about {topic_labels[-place]}."
    return Plot(
        name="provider-by-topic",
        caption=(f"Articles about the most frequent topics by the providers with most of them. {best}{left_out}"),
        alternative=(
            f"A table of numbers, darker where they are higher. Topics: {', '.join(topic_labels)}. "
            f"Providers: {', '.join(provider_labels)}. {best}"
        ),
        svg=draw(
            "provider-by-topic",
            150 + 24 * len(rows),
            lambda figure: _paint_table(figure, table, topic_labels, provider_labels),
        ),
    )


def _paint_table(figure: Figure, table: Sequence[Sequence[int]], rows: Sequence[str], columns: Sequence[str]) -> None:
    from matplotlib.patches import Rectangle

    axes = figure.subplots()
    most = max(map(max, table))
    for row, counts in enumerate(table):
        for column, count in enumerate(counts):
            if count:
                opacity = 0.06 + (_DARKEST - 0.06) * count / most
                axes.add_patch(Rectangle((column, row), 0.94, 0.92, facecolor=ACCENT, alpha=opacity, linewidth=0))
                axes.text(column + 0.47, row + 0.48, f"{count:,}", ha="center", va="center", color=INK)
    axes.set_xlim(0, max(len(columns), _FEWEST_COLUMNS))
    axes.set_ylim(len(rows), 0)
    axes.set_yticks([row + 0.46 for row in range(len(rows))], [to_line(label, _LONGEST_LABEL) for label in rows])
    names = [to_line(label, _LONGEST_LABEL) for label in columns]
    axes.set_xticks([column + 0.47 for column in range(len(columns))], names, rotation=40, ha="left")
    axes.xaxis.set_ticks_position("top")
    axes.tick_params(length=0, colors=INK)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
