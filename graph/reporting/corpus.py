"""The corpus at a glance: how many nodes and relations, and how complete its documents are."""

from __future__ import annotations

from graph.coverage import FIELDS, LINKS, percent
from graph.displays import counted
from graph.knowledge import KnowledgeGraph
from graph.reporting.parts import ReportPart, Section, Table


def at_a_glance(knowledge: KnowledgeGraph) -> Section:
    """Return the most important numbers of a graph."""
    info = knowledge.info()
    parts: list[ReportPart] = []
    if info.first_published:
        parts.append(f"Published from {info.first_published} to {info.last_published}.")
    numbers = [
        ("articles", info.articles),
        ("stubs: articles without a document", info.stubs),
        ("unpublished articles", info.unpublished),
        ("providers", info.providers),
        ("topics", info.topics),
        ("people", info.people),
        *((f"relations: {name}", count) for name, count in info.relations.items()),
    ]
    if rows := [row for row in numbers if row[1]]:
        parts.append(Table("What is in the graph.", ("what", "number"), rows))
    else:
        parts.append("Nothing is in the graph.")
    coverage = info.coverage
    for whole, what, caption, names in (
        (coverage.documents, "document", f"What the {counted(coverage.documents, 'document')} have.", FIELDS),
        (coverage.links, "link", f"Where the {counted(coverage.links, 'link')} in texts and fields lead.", LINKS),
    ):
        if whole:
            counts = [(name, getattr(coverage, name)) for name in names]
            shares = [(name, count, float(percent(count, whole))) for name, count in counts]
            parts.append(Table(caption, (what, "number", "per cent"), shares))
    return Section("glance", "At a glance", parts)
