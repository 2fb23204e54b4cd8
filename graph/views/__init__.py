"""Views of the truth as a NetworkX network, as RDF triples and as rows: pure functions."""

from __future__ import annotations

from graph.views.network import (
    Network,
    attributes_of,
    edges_of,
    nodes_of,
    own_attributes,
    relations_of,
    stated_edges_of,
    targets_of,
    to_network,
)
from graph.views.rows import rows_of
from graph.views.triples import Description, Term, describe_in_ntriples, descriptions_of, to_ntriples, to_rdflib

__all__ = [
    "Description",
    "Network",
    "Term",
    "attributes_of",
    "describe_in_ntriples",
    "descriptions_of",
    "edges_of",
    "nodes_of",
    "own_attributes",
    "relations_of",
    "rows_of",
    "stated_edges_of",
    "targets_of",
    "to_network",
    "to_ntriples",
    "to_rdflib",
]
