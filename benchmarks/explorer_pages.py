"""The pages that `benchmarks.explorer` opens: `python -m benchmarks.explorer_pages SOURCE PAGE NODES PYVIS`.

Writes the explorer page of SOURCE to PAGE, its number of nodes to NODES, and, where PYVIS is not 0, a pyvis page of the
PYVIS best-linked nodes beside it: with the places that the explorer gives them, and without physics.
"""

from __future__ import annotations

import sys
from pathlib import Path

import networkx as nx

import graph
from graph.atlas import Atlas, to_atlas
from graph.explorer import to_explorer

__all__ = ["main"]


def main() -> None:
    """Write what the command line says."""
    source, page, counted, small = sys.argv[1:]
    knowledge = graph.build(source)
    Path(page).write_text(to_explorer(knowledge.truth), encoding="utf-8")
    truth = knowledge.truth
    nodes = sum(map(len, (truth.articles, truth.topics, truth.providers, truth.people)))
    Path(counted).write_text(str(nodes), encoding="ascii")
    if int(small):
        text = _to_pyvis(knowledge.network, to_atlas(truth), int(small))
        Path(page).with_suffix(".pyvis.html").write_text(text, encoding="utf-8")


def _to_pyvis(network: nx.MultiDiGraph[str], atlas: Atlas, size: int) -> str:
    """Return the page of the best-linked nodes, filled in directly: `add_edge` looks at all edges each time."""
    from pyvis.network import Network

    numbers = {record.iri: number for number, record in enumerate(atlas.census.records())}
    best = sorted(numbers, key=lambda iri: (-network.degree(iri), iri))[:size]
    kept = network.subgraph(best)
    page = Network(height="880px", width="100%", directed=True, cdn_resources="in_line")
    page.toggle_physics(status=False)
    for iri in best:
        x, y = (4 * float(places[numbers[iri]]) for places in (atlas.topics.x, atlas.topics.y))
        page.add_node(iri, label=str(network.nodes[iri]["label"])[:40], x=x, y=y, physics=False)
    page.edges = [{"from": start, "to": end, "arrows": "to"} for start, end in nx.DiGraph(kept).edges]
    html: str = page.generate_html(notebook=False)
    return html


if __name__ == "__main__":
    main()
