"""Finds the node that a person means, by its IRI, its address or its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.analysis.relations import Network, label_of, text_of
from graph.errors import NoSuchNodeError
from graph.search.spelling import Spelling
from graph.search.words import cut_question, folded
from graph.urls import clean_url, match_key

SHOWN = 3
"""How many nodes an error message names."""


def find_node(network: Network, name: str) -> str:
    """Return the IRI of the one node that a name means.

    A name is, in this order: an IRI; an address of the page in any spelling; the exact label; the label without regard
    to case and spaces; one of the other names of a node. The first reading that finds a node is used. Linear in the
    nodes.

    Raises:
        NoSuchNodeError: Several nodes have the name, or none; the message lists these nodes, or similar names.
        TypeError: The name is not a text.
    """
    if not isinstance(name, str):
        raise TypeError(f"The name of a node is a string, not {type(name).__name__}. Give its IRI.")
    if name in network:
        return name
    plain = _plain(name)
    quoted = f"'{' '.join(name.split())}'"
    readings: tuple[Callable[[str], bool], ...] = (
        _same_page(name),
        lambda node: label_of(network, node) == name,
        lambda node: _plain(label_of(network, node)) == plain,
        lambda node: plain in map(_plain, _names_of(network, node)),
    )
    for means in readings:
        found = sorted(node for node in network if means(node))
        if len(found) == 1:
            return found[0]
        if found:
            shown = ", ".join(f"{text_of(network, node, 'kind') or 'node'} <{node}>" for node in found[:SHOWN])
            more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            raise NoSuchNodeError(f"{quoted}: {len(found)} nodes have this name: {shown}{more}. Use an IRI.")
    names = {name for node in network for name in (label_of(network, node), *_names_of(network, node))}
    nearest = _nearest(sorted(names), name)
    hint = f" Did you mean {' or '.join(f'“{label}”' for label in nearest)}?" if nearest else ""
    raise NoSuchNodeError(f"{quoted}: no node has this name.{hint} Give the IRI, address or name of a node.")


def _names_of(network: Network, node: str) -> list[str]:
    """Return the names of a node besides its label."""
    names = text_of(network, node, "names")
    return names.split("; ") if names else []


def _same_page(name: str) -> Callable[[str], bool]:
    """Return a test whether a node is the page at an address; always false if the name is not an address."""
    address = clean_url(name)
    # The IRI of an organisation is the address of its home page with a fragment; they are not the same node.
    key = None if address is None or "/#" in name else match_key(address)
    return lambda node: key is not None and "/#" not in node and match_key(node) == key


def _plain(label: str) -> str:
    """Return a case-folded label with single spaces."""
    return " ".join(label.split()).casefold()


def _nearest(labels: Sequence[str], name: str) -> list[str]:
    """Return names that contain a name, otherwise names that are spelled like it."""
    plain = _plain(name)
    if not plain:
        return []
    if holding := [label for label in labels if plain in _plain(label)]:
        return sorted(holding, key=lambda label: (len(label), label))[:SHOWN]
    spelled = {folded(cut_question(label)): label for label in reversed(labels)}
    nearest = Spelling("\n".join(sorted(spelled)).encode()).nearest(folded(cut_question(name)))
    return [spelled[found] for found in nearest[:SHOWN]]
