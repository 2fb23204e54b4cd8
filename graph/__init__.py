"""A folder of articles becomes a knowledge graph.

knowledge = graph.build("seeds")           # folders, files or archives
knowledge = graph.build_from(documents)    # texts and dictionaries
knowledge = graph.open_exports("exports")  # what an earlier build wrote
graph.publish(knowledge, "exports")        # write every format
graph.update("seeds", "exports")           # build only what changed
graph.check("seeds")                       # what to correct, by rules

knowledge["AI"]                            # by IRI, address or any name
knowledge.articles                         # and topics, providers, people
knowledge.info()                           # the graph in numbers
knowledge.problems                         # what to correct in the sources
knowledge.search("cloud")                  # full-text search
knowledge.query("SELECT ...")              # SPARQL
knowledge.evidence(source, target)         # where a relation is stated
knowledge.to_pandas("relations")           # data frames, also to_polars
knowledge.network                          # of NetworkX; triples of rdflib
knowledge.view("AI")                       # the explorer; also to_pyvis
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.checking import Finding, Fix, check
    from graph.coverage import Coverage
    from graph.errors import (
        DamagedBuildError,
        FormatError,
        GraphError,
        NoDocumentsError,
        NoSuchNodeError,
        OutputError,
        Problem,
        QueryError,
        SourceError,
    )
    from graph.info import Info
    from graph.knowledge import KnowledgeGraph, build, build_from
    from graph.publishing import Update, open_exports, publish, update, watch
    from graph.reading.field_uses import FieldUse, fields_of
    from graph.records import Article, Evidence, Image, Person, Provider, Topic

__all__ = [  # noqa: RUF022 - by use, the first needed first
    "build",
    "build_from",
    "open_exports",
    "publish",
    "update",
    "watch",
    "check",
    "fields_of",
    "KnowledgeGraph",
    "Article",
    "Topic",
    "Provider",
    "Person",
    "Image",
    "Evidence",
    "Info",
    "Coverage",
    "Problem",
    "Update",
    "FieldUse",
    "Finding",
    "Fix",
    "GraphError",
    "SourceError",
    "DamagedBuildError",
    "NoDocumentsError",
    "NoSuchNodeError",
    "FormatError",
    "QueryError",
    "OutputError",
    "__version__",
]

__version__ = "0.2.0"

_HOMES = {
    "graph.checking": ("Finding", "Fix", "check"),
    "graph.coverage": ("Coverage",),
    "graph.errors": (
        *("DamagedBuildError", "FormatError", "GraphError", "NoDocumentsError", "NoSuchNodeError", "OutputError"),
        *("Problem", "QueryError", "SourceError"),
    ),
    "graph.info": ("Info",),
    "graph.knowledge": ("KnowledgeGraph", "build", "build_from"),
    "graph.publishing": ("Update", "open_exports", "publish", "update", "watch"),
    "graph.reading.field_uses": ("FieldUse", "fields_of"),
    "graph.records": ("Article", "Evidence", "Image", "Person", "Provider", "Topic"),
}
"""The names that each module offers here; it is imported when one of them is first used."""

if not TYPE_CHECKING:  # a type checker would take every name for one that exists

    def __getattr__(name: str) -> object:
        for home, names in _HOMES.items():
            if name in names:
                value = globals()[name] = getattr(importlib.import_module(home), name)
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
