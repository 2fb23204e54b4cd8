"""The report of a graph: its sections in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from graph.displays import counted_nouns
from graph.explorer import to_line
from graph.knowledge import KnowledgeGraph
from graph.reporting.connections import central, degrees, related_communities
from graph.reporting.corpus import at_a_glance
from graph.reporting.drawing import check_drawing
from graph.reporting.gaps import related_suggestions, unconnected, wanted
from graph.reporting.over_time import growth, topics_over_time
from graph.reporting.parts import MakeSection, Report, Section, Table
from graph.reporting.repairs import repairs
from graph.reporting.standing import standing
from graph.reporting.stories_and_copies import copies, told_stories
from graph.reporting.topics_and_providers import provider_by_topic, providers, topics

SECTIONS: Sequence[MakeSection] = (
    at_a_glance,
    growth,
    topics_over_time,
    provider_by_topic,
    degrees,
    related_communities,
    central,
    standing,
    told_stories,
    topics,
    providers,
    unconnected,
    wanted,
    related_suggestions,
    copies,
    repairs,
)
"""The functions that make the sections, in reading order."""


def make_report(knowledge: KnowledgeGraph) -> Report:
    """Return the report of a graph. Most of the time is for suggestions: see `suggest_related`.

    Raises:
        GraphError: matplotlib is not installed.
    """
    check_drawing()
    counts = {"article": len(knowledge.articles), "provider": len(knowledge.providers)}
    counts |= {"topic": len(knowledge.topics), "problem": len(knowledge.problems)}
    return Report(
        title=to_line(knowledge.title),
        summary=counted_nouns(counts),
        sections=[_filled(make_section(knowledge)) for make_section in SECTIONS],
    )


def _filled(section: Section) -> Section:
    """Return a section whose tables have no empty columns."""
    parts = [part.without_empty() if isinstance(part, Table) else part for part in section.parts]
    return Section(section.name, section.title, parts)
