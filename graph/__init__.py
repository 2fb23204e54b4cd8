"""A folder of articles becomes a knowledge graph of articles, topics, providers and people.

knowledge = graph.build("seeds")            # read folders, files or archives
knowledge = graph.build_from(documents)     # or texts and dictionaries
knowledge = graph.open_exports("exports")   # or what an earlier build wrote
graph.publish(knowledge, "exports")         # write all formats, or those asked for
graph.update(["seeds"], "exports")          # build and write only what changed

knowledge["AI"]                             # a node by IRI, address, label or other name
knowledge.articles                          # by IRI; also topics, providers, people, images
knowledge.info()                            # in numbers; knowledge.problems: what to correct
knowledge.search_index.find("cloud")        # full-text search
knowledge.query("SELECT ...")               # SPARQL
knowledge.evidence(source, target)          # where a relation is stated
knowledge.to_pandas("relations")            # data frames, also to_polars
knowledge.network, knowledge.triples        # for NetworkX and rdflib
knowledge.view("AI"), knowledge.to_pyvis()  # pages of a few nodes
"""

from __future__ import annotations

from graph.coverage import Coverage
from graph.errors import (
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
    "GraphError",
    "SourceError",
    "NoDocumentsError",
    "NoSuchNodeError",
    "FormatError",
    "QueryError",
    "OutputError",
    "__version__",
]

__version__ = "0.1.0"
