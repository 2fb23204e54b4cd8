"""How articles are connected: degrees, communities, and the most central articles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph.analysis import ANALYSES, Community, central_articles, communities
from graph.analysis.relations import between_articles
from graph.displays import counted
from graph.explorer import to_line
from graph.knowledge import KnowledgeGraph
from graph.reporting.drawing import ACCENT, INK, draw
from graph.reporting.parts import MOST_ROWS, Plot, ReportPart, Section, Table, article_link, day_of
from graph.vocabulary import POINTING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LONGEST_LABEL = 60


def degrees(knowledge: KnowledgeGraph) -> Section:
    """Return how many other articles the articles are tied to."""
    return Section("degrees", "Ties between articles", [_degrees_plot(knowledge)])


def related_communities(knowledge: KnowledgeGraph) -> Section:
    """Return which articles belong together."""
    title = "Communities"
    found = communities(knowledge.network, top=2)
    if not found:
        return Section("communities", title, ["There are no communities, because no articles are tied to each other."])
    shown = found[:MOST_ROWS]
    table = Table(
        "The largest communities. Cohesion is the share of the ties of the members that lead to other members. Typical "
        "topics are more frequent than among all articles by more than chance: number of articles, and how many times.",
        ("community", "articles", "stubs", "cohesion", "typical topics", "most central"),
        [
            (
                to_line(row.label),
                row.members,
                row.stubs,
                row.cohesion,
                [to_line(topic) for topic in row.typical_topics],
                [article_link(knowledge, member.iri) for member in row.central_articles],
            )
            for row in shown
        ],
    )
    return Section(
        "communities", title, [_communities_plot(shown, len(found), sum(row.members for row in found)), table]
    )


def central(knowledge: KnowledgeGraph) -> Section:
    """Return the most central articles."""
    name, title = "central-articles", "Central articles"
    if not between_articles(knowledge.network, *POINTING):
        return Section(name, title, ["There are no central articles, because no article points to another."])
    rows = central_articles(knowledge.network, MOST_ROWS)
    equals = ANALYSES["central-articles"].equals(rows)
    table = Table(
        "The articles with the highest PageRank, over related articles and links. Stubs are not ranked."
        + (f" {equals}" if equals else ""),
        ("article", "times the average", "pointed to by", "points to", "published"),
        [
            (
                article_link(knowledge, row.iri),
                row.times_average,
                row.pointed_to_by,
                row.points_to,
                day_of(row.published_at),
            )
            for row in rows
        ],
    )
    return Section(name, title, [table])


def _degrees_plot(knowledge: KnowledgeGraph) -> ReportPart:
    ties = {frozenset(pair) for pair in between_articles(knowledge.network, *POINTING, "part")}
    if not ties:
        return "There is no plot of ties, because no article is related to another or links to one."
    degree = Counter(article for tie in ties for article in tie)
    counts = Counter(degree.values())
    total = len(knowledge.articles)
    values = sorted(counts)
    if len(values) == 1:
        tied = f"{counted(len(degree), 'article')} of {total:,}"
        return f"There is no plot of ties, because {tied} have {counted(values[0], 'tie')} each, and the others none."
    remaining = len(degree)
    at_least = []
    for value in values:
        at_least.append(remaining)
        remaining -= counts[value]

    def paint(figure: Figure) -> None:
        axes = figure.subplots()
        axes.step(values, at_least, where="pre", color=ACCENT, linewidth=1.5)
        axes.plot(values, at_least, "o", color=ACCENT, markersize=3)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel("tied to at least so many articles")
        axes.set_ylabel("articles")
        _plain_numbers(axes)

    alone = f"{counted(total - len(degree), 'article')} of {total:,} {'is' if total - len(degree) == 1 else 'are'} tied"
    summary = f"{alone} to no other; the most ties of one article are {values[-1]:,}."
    return Plot(
        name="degrees",
        caption=f"How many articles have at least so many ties, on logarithmic scales. {summary}",
        alternative=(
            f"A falling line from {at_least[0]:,} articles with at least {counted(values[0], 'tie')} to "
            f"{at_least[-1]:,} with at least {values[-1]:,}. {summary}"
        ),
        svg=draw("degrees", 250, paint),
    )


def _plain_numbers(axes: Axes) -> None:
    """Write the powers of ten of two logarithmic axes as plain numbers."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0), numticks=12))
        axis.set_major_formatter(FuncFormatter(lambda number, _: f"{number:,.0f}"))
        axis.set_minor_formatter(NullFormatter())
    axes.minorticks_off()
    axes.grid(visible=True)


def _communities_plot(shown: tuple[Community, ...], total: int, members: int) -> Plot:
    labels = [to_line(row.label, _LONGEST_LABEL) for row in shown]
    sizes = [row.members for row in shown]

    def paint(figure: Figure) -> None:
        axes = figure.subplots()
        axes.barh(range(len(sizes)), sizes, height=0.35, color=ACCENT)
        for place, (label, size) in enumerate(zip(labels, sizes, strict=True)):
            axes.text(0, place - 0.28, label, va="bottom", ha="left", color=INK)
            axes.text(size + sizes[0] * 0.01, place, f"{size:,}", va="center", ha="left", color=INK)
        axes.set_ylim(len(sizes) - 0.7, -0.9)
        axes.set_xlim(0, sizes[0] * 1.1)
        axes.set_axis_off()

    rest = members - sum(sizes)
    others = f" {counted(total - len(shown), 'smaller one')} have {counted(rest, 'article')}." if rest else ""
    return Plot(
        name="communities",
        caption=f"The largest of {counted(total, 'community', 'communities')}, by their numbers of articles.{others}",
        alternative="A bar for each community: "
        + "; ".join(f"“{label}” with {counted(size, 'article')}" for label, size in zip(labels, sizes, strict=True))
        + ".",
        svg=draw("communities", 20 + 34 * len(sizes), paint),
    )
