"""What is published more than once: events that several publishers report, and copies of one text."""

from __future__ import annotations

from graph.analysis import Duplicate, Story, duplicates, stories
from graph.displays import counted
from graph.explorer import to_line
from graph.knowledge import KnowledgeGraph
from graph.reporting.parts import MOST_ROWS, Section, Table, article_link, day_of

_MOST_PUBLISHERS = 3


def told_stories(knowledge: KnowledgeGraph) -> Section:
    """Return the events with the most articles, and who reported them first."""
    name, title = "stories", "Stories"
    found = stories(knowledge)
    if not found:
        return Section(name, title, ["There are no stories, because no two publishers report the same event."])
    told = counted(sum(row.articles for row in found), "article")
    table = Table(
        f"The largest of {counted(len(found), 'event')} that several publishers report, in {told}.",
        ("story", "articles", "publishers", "days", "told first", "then by"),
        [
            (
                to_line(row.label),
                row.articles,
                row.publishers,
                row.days,
                [article_link(knowledge, row.told_first), *_first(row)],
                _others(row),
            )
            for row in found[:MOST_ROWS]
        ],
    )
    return Section(name, title, [table])


def _first(story: Story) -> list[str]:
    """Return who told a story first, and when."""
    day = day_of(story.first)
    told = [to_line(story.told_first_by)] if story.told_first_by else []
    told += [day.isoformat()] if day else []
    return [", ".join(told)] if told else []


def _others(story: Story) -> str:
    """Return the publishers that told a story after the first."""
    others = [to_line(label) for label in story.publisher_labels if label != story.told_first_by]
    more = len(others) - _MOST_PUBLISHERS
    return ", ".join(others[:_MOST_PUBLISHERS]) + (f" and {more:,} more" if more > 0 else "")


def copies(knowledge: KnowledgeGraph) -> Section:
    """Return the articles that are copies of others, some of which can be removed."""
    name, title = "copies", "Copies"
    copied: dict[str, Duplicate] = {}
    for row in sorted(duplicates(knowledge), key=lambda row: (-row.score, row.article, row.other)):
        if row.kind == "copy":
            copied.setdefault(row.other, row)
    if not copied:
        return Section(name, title, ["There are no copies: no text is at two addresses."])
    table = Table(
        f"The most certain of {counted(len(copied), 'article')} with the same text as an earlier one.",
        ("article", "copy", "score", "reasons"),
        [
            (
                article_link(knowledge, row.article),
                article_link(knowledge, row.other, by_address=True),
                row.score,
                to_line("; ".join(row.reasons)),
            )
            for row in list(copied.values())[:MOST_ROWS]
        ],
    )
    return Section(name, title, [table])
