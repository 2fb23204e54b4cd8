"""Some nodes as a pyvis network that can be changed and written, and as a safe page.

The page that pyvis writes loads parts from other servers. This one contains the drawing library of pyvis, vis-network,
and a policy that allows no other script and no request.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from graph.analysis.relations import label_of
from graph.atlas import to_atlas
from graph.displays import counted
from graph.explorer import to_colours, to_line, to_policy_hash
from graph.relation_words import verbs_of
from graph.viewing.choosing import Choice
from graph.viewing.part import cut
from graph.views import Network

if TYPE_CHECKING:
    from pyvis.network import Network as PyvisNetwork

_LIBRARY = "lib/vis-9.1.2/vis-network"
_SHAPES = {"article": "dot", "provider": "square", "topic": "diamond", "person": "triangle"}
_PERSON_COLOUR = "#8c5cc4"
"""For people, who are drawn in a dark grey in the explorer: this stands out from white and from black."""

_EDGE_COLOUR = {"color": "#8a94a0", "opacity": 0.35}
_ARROW = {"to": {"enabled": True, "scaleFactor": 0.4}}
_SCALE, _SIZE = 12.0, 7.0
"""Pixels per world unit of the explorer, for distances and for radii, which leaves room for labels."""

_FONT_SIZES = {"article": 9}
_FONT_SIZE = 14

_LONGEST_LABEL = 32
_STYLE = """
:root { color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif; }
body { margin: 0; height: 100vh; display: flex; flex-direction: column; background: #fbfaf8; color: #1d2129; }
h1 { margin: 0; padding: 12px 16px; font-size: 16px; overflow-wrap: anywhere; }
h1 small { font-weight: normal; }
#network { flex: 1; min-height: 0; }
div.vis-tooltip { max-width: 80vw; overflow: hidden; text-overflow: ellipsis; }
@media (prefers-color-scheme: dark) { body { background: #12151a; color: #eef0f3; } }
"""
_SCRIPT = """
const told = JSON.parse(document.getElementById("data").textContent);
const data = { nodes: new vis.DataSet(told.nodes), edges: new vis.DataSet(told.edges) };
const network = new vis.Network(document.getElementById("network"), data, told.options);
const paint = () => network.setOptions({ nodes: { font: { color: getComputedStyle(document.body).color } } });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
paint();
network.once("afterDrawing", () => network.fit());
"""
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<h1 dir="auto">{title} <small>{summary}</small></h1>
<div id="network" role="img" aria-label="Map of {summary}"></div>
<noscript><p>This page draws its map with its own JavaScript, and loads nothing from elsewhere. Allow scripts to see \
it.</p></noscript>
<script type="application/json" id="data">{data}</script>
<script>{library}</script>
<script>{script}</script>
</body>
</html>
"""


def to_pyvis(network: Network, choice: Choice) -> PyvisNetwork:
    """Return the chosen nodes as a pyvis network with positions, without physics, and with titles that are plain text.

    The same nodes get the same positions. Nodes of unknown kinds are left out.
    """
    from pyvis.network import Network as PyvisNetwork

    style = to_colours()
    colours = {**style, "provider": style["edge"], "person": _PERSON_COLOUR}
    stub_colour = {"background": style["card"], "border": style["article"]}
    drawn = PyvisNetwork(height="700px", width="100%", directed=True, cdn_resources="in_line")
    for node, size, x, y in _places(network, choice.nodes):
        degree = int(network.degree(node))
        known = network.nodes[node]
        kind, label = str(known.get("kind")), label_of(network, node)
        drawn.add_node(
            node,
            label=to_line(label, _LONGEST_LABEL) or kind,
            title=_to_title(label, kind, str(known.get("published_at", ""))[:10], counted(degree, "relation")),
            shape=_SHAPES.get(kind, "dot"),
            color=stub_colour if known.get("stub") else colours.get(kind, style["edge"]),
            size=size,
            borderWidth=4 if node == choice.centre else 1,
            font={"size": _FONT_SIZES.get(kind, _FONT_SIZE)},
            x=x,
            y=y,
        )
    # `add_edge` searches all edges each time, so the list is set directly.
    drawn.edges = [
        {"from": start, "to": end, "title": _to_title(verbs_of(relation)[0]), "arrows": _ARROW, "color": _EDGE_COLOUR}
        for start, end, relation in sorted(network.subgraph(drawn.get_nodes()).edges(keys=True))
    ]
    drawn.toggle_physics(status=False)
    drawn.options.edges.smooth.enabled = False
    drawn.options.interaction.hover = True
    return drawn


def to_pyvis_page(drawn: PyvisNetwork, choice: Choice) -> str:
    """Return a pyvis network as a page that loads nothing, and in which no text is markup."""
    read = drawn.templateEnv.loader.get_source
    library = read(drawn.templateEnv, f"{_LIBRARY}.min.js")[0].partition("//# sourceMappingURL")[0]
    style = read(drawn.templateEnv, f"{_LIBRARY}.css")[0] + _STYLE
    told = {"nodes": drawn.nodes, "edges": drawn.edges, "options": json.loads(drawn.options.to_json())}
    policy = (
        f"default-src 'none'; script-src '{to_policy_hash(library)}' '{to_policy_hash(_SCRIPT)}'; "
        f"style-src '{to_policy_hash(style)}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    return _PAGE.format(
        policy=policy,
        title=html.escape(to_line(choice.title)),
        summary=html.escape(choice.summary),
        style=style,
        data=json.dumps(told).replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026"),
        library=library,
        script=_SCRIPT,
    )


def _places(network: Network, nodes: Sequence[str]) -> Iterator[tuple[str, float, int, int]]:
    """Yield each node with its radius and its position in pixels, as in the network view of the explorer."""
    atlas = to_atlas(cut(network, nodes, base="", title=""))
    for record, size, x, y in zip(atlas.census.records(), atlas.size, atlas.network.x, atlas.network.y, strict=True):
        yield record.iri, round(float(size) * _SIZE, 1), round(float(x) * _SCALE), round(float(y) * _SCALE)


def _to_title(*lines: str) -> str:
    """Return lines as a tooltip of pyvis.

    pyvis reads all titles as markup if one contains `href`; an invisible character between the letters prevents this.
    """
    return "\n".join(filter(None, map(to_line, lines))).replace("href", "h\N{WORD JOINER}ref")
