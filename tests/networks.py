"""Networks small enough to compute by hand, written as lines of text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

import networkx
from hypothesis import strategies as st

from graph.records import Scalar

__all__ = ["network_lines", "network_of"]

RELATIONS = {
    "related": ("article", "article"),
    "links": ("article", "article"),
    "part": ("article", "article"),
    "based_on": ("article", "article"),
    "about": ("article", "topic"),
    "mentions": ("article", "topic"),
    "publisher": ("article", "provider"),
    "author": ("article", "person"),
    "parent": ("provider", "provider"),
    "broader": ("topic", "topic"),
    "affiliation": ("person", "provider"),
    "expertise": ("person", "topic"),
}
"""What each relation joins; `links` joins any other two nodes as well."""


def network_of(
    lines: Iterable[str],
    *,
    stubs: Iterable[str] = (),
    **attributes: Mapping[str, Scalar],
) -> networkx.MultiDiGraph[str]:
    """Return the network that some lines tell, in their order.

    A line is a node or `node relation node`; a node is `kind/name`, where the name is its label: `article/a about
    topic/x`. `stubs` names the articles that are stubs; each further argument gives an attribute to some nodes.
    """
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    hidden = frozenset(stubs)
    for line in lines:
        source, *link = line.split()
        for node in (source, *link[1:]):
            kind, _, label = node.partition("/")
            network.add_node(node, kind=kind, label=label)
            if kind == "article":
                network.nodes[node]["stub"] = node in hidden
        if link:
            network.add_edge(source, link[1], key=link[0], relation=link[0])
    for attribute, values in attributes.items():
        for node, value in values.items():
            network.nodes[node][attribute] = value
    return network


def network_lines() -> st.SearchStrategy[list[str]]:
    """Return a strategy of the lines of a network, all different, sparse or dense, with every kind and relation."""
    names = {kind: [f"{kind}/{name}" for name in "abcdefg"] for kind in ("article", "topic", "provider", "person")}
    nodes = sorted(itertools.chain.from_iterable(names.values()))
    links = {
        relation: [f"{source} {relation} {target}" for source in names[sources] for target in names[targets]]
        for relation, (sources, targets) in RELATIONS.items()
    }
    # Related articles and topics are what most questions are about: more of these make more telling networks.
    often = [links["related"], links["related"], links["related"], links["about"], links["about"]]
    anywhere = [f"{source} links {target}" for source in nodes for target in nodes]
    choices = [st.sampled_from(lines) for lines in (nodes, *often, *links.values(), anywhere)]
    line = st.one_of(choices)
    return st.lists(line, unique=True, max_size=30) | st.lists(line, unique=True, min_size=30, max_size=60)
