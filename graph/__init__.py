"""article-graph: a folder of articles becomes a knowledge graph of articles, topics and providers.

>>> import graph
>>> knowledge = graph.build("seeds")
>>> len(knowledge.articles)
7
"""

from __future__ import annotations

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
from graph.knowledge import Info, KnowledgeGraph, build
from graph.publishing import Update, open_exports, publish, update, watch
from graph.reading.field_uses import FieldUse, fields_of
from graph.records import Article, Evidence, Image, Person, Provider, Topic

__all__ = [
    "Article",
    "Coverage",
    "DamagedBuildError",
    "Evidence",
    "FieldUse",
    "FormatError",
    "GraphError",
    "Image",
    "Info",
    "KnowledgeGraph",
    "NoDocumentsError",
    "NoSuchNodeError",
    "OutputError",
    "Person",
    "Problem",
    "Provider",
    "QueryError",
    "SourceError",
    "Topic",
    "Update",
    "__version__",
    "build",
    "fields_of",
    "open_exports",
    "publish",
    "update",
    "watch",
]

__version__ = "0.1.0"
