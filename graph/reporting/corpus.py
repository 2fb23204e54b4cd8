"""The corpus at a glance: how many nodes and relations, and how complete its documents are."""

from __future__ import annotations

from graph.coverage import FIELDS, LINKS, percent
from graph.displays import counted
from graph.knowledge import KnowledgeGraph
from graph.reporting.parts import Part, Section, Table

__all__ = ["at_a_glance"]


def at_a_glance(knowledge: KnowledgeGraph) -> Section:
    """Return the most important numbers of a graph."""
    info = knowledge.info()
    parts: list[Part] = []
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
    parts.append(Table("What is in the graph.", ("what", "number"), [row for row in numbers if row[1]]))
    coverage = knowledge.info().coverage
    for whole, what, names in ((coverage.documents, "document", FIELDS), (coverage.links, "link", LINKS)):
        if whole:
            rows = [(name, getattr(coverage, name), f"{percent(getattr(coverage, name), whole)} %") for name in names]
            verb = "have" if what == "document" else "lead"
            caption = (
                f"What the {counted(whole, what)} {verb}."
                if what == "document"
                else (f"Where the {counted(whole, what)} in texts {verb}.")
            )
            parts.append(Table(caption, (what, "number", "share"), rows))
    return Section("glance", "At a glance", parts)
