"""GraphML: the network for Gephi, yEd, igraph and NetworkX.

Follows the GraphML primer (Brandes, Eiglsperger, Lerner): typed keys first, then nodes, then edges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from graph.knowledge import KnowledgeGraph
from graph.records import Scalar
from graph.truth import Truth
from graph.views import nodes_of, stated_edges_of

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES: dict[type, str] = {bool: "boolean", int: "long", float: "double", str: "string"}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OF_EDGES = ("relation", "stated_in", "text")
EDGE = '    <edge id="e'
"""How the line of an edge begins, up to its number."""
TAIL = "  </graph>\n</graphml>\n"
"""What follows the edges."""
_MARKUP = re.compile(r"[&<>\"\r\n\t]")
_UNFIT = re.compile(f"{_ILLEGAL.pattern}|{_MARKUP.pattern}")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}

_MOST_SHOWN = 100_000
"""Nodes and documents whose text is kept, because edges repeat them."""

Keys: TypeAlias = Mapping[str, tuple[str, str]]
"""For each attribute its key and type."""


def write_graphml(knowledge: KnowledgeGraph) -> Iterator[str]:
    """Yield the network of `graph.views.to_network` as GraphML, one node or edge at a time."""
    keys = attribute_keys(knowledge.truth)
    yield head_of(keys)
    for iri, attributes in nodes_of(knowledge.truth):
        yield node_line(iri, attributes, keys)
    yield from edge_lines(knowledge.truth)
    yield TAIL


def head_of(keys: Keys) -> str:
    """Return what precedes the nodes."""
    lines = [
        f'  <key id="{key}" for="node" attr.name="{_escape(name)}" attr.type="{type_name}"/>\n'
        for name, (key, type_name) in keys.items()
    ]
    lines += [f'  <key id="{name}" for="edge" attr.name="{name}" attr.type="string"/>\n' for name in _OF_EDGES]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<graphml xmlns="{_NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{_NAMESPACE} {_NAMESPACE}/1.0/graphml.xsd">\n'
        f"{''.join(lines)}"
        '  <graph id="G" edgedefault="directed">\n'
    )


def node_line(iri: str, attributes: Mapping[str, Scalar], keys: Keys) -> str:
    """Return the line of a node."""
    data = "".join(
        f'<data key="{keys[name][0]}">{_escape(_to_text(value))}</data>' for name, value in attributes.items()
    )
    return f'    <node id="{_escape(iri)}">{data}</node>\n'


def edge_lines(truth: Truth) -> Iterator[str]:
    """Yield the line of each edge, in the order of `edges_of`; they are numbered from 0."""
    shown: dict[str, str] = {}
    places: dict[str, str] = {}
    for number, (source, target, relation, stated, text) in enumerate(stated_edges_of(truth)):
        if len(shown) > _MOST_SHOWN or len(places) > _MOST_SHOWN:
            shown.clear()
            places.clear()
        start = shown.get(source) or shown.setdefault(source, _escape(source))
        end = shown.get(target) or shown.setdefault(target, _escape(target))
        place = ""
        if stated:
            path, line, _ = stated
            place = places.get(path) or places.setdefault(path, f'<data key="stated_in">{_escape(path)}')
            place = f"{place}:{line}</data>" if line else f"{place}</data>"
        if text:
            place += f'<data key="text">{_escape(text)}</data>'
        yield (
            f'{EDGE}{number}" source="{start}" target="{end}"><data key="relation">{relation}</data>{place}</edge>\n'
        )


def attribute_keys(truth: Truth) -> Keys:
    """Return for every attribute in use its key and type.

    An attribute with values of several types is a string; one with integers and floats is a `double`.
    """
    used: set[tuple[str, type]] = set()
    for _, attributes in nodes_of(truth):
        used.update(zip(attributes, map(type, attributes.values()), strict=True))
    types: dict[str, str] = {}
    for name, kind in used:
        type_name = _TYPES[kind]
        known = types.setdefault(name, type_name)
        if known != type_name:
            types[name] = "double" if {known, type_name} == {"long", "double"} else "string"
    return {name: (f"d{number}", types[name]) for number, name in enumerate(sorted(types))}


def _to_text(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)


def _escape(text: str) -> str:
    if not _UNFIT.search(text):
        return text
    return _MARKUP.sub(lambda found: _ENTITIES[found.group()], _ILLEGAL.sub("", text))
