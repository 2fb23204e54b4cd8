"""A scene as a page: pyvis holds it and brings the drawing library, vis-network; the page around it is ours.

pyvis scans all edges for each edge that it adds, so nodes and edges are handed to it ready-made. The page that pyvis
itself would write asks other servers for parts of it and takes some titles as markup; ours, in `page/`, does neither.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import unicodedata
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.picture.layout import to_positions, to_spacing
from graph.picture.picture import Picture
from graph.picture.scene import Network, Scene, label_of
from graph.urls import is_web_address

__all__ = ["draw"]

_Fields = dict[str, Any]

_SHAPES = {"article": "dot", "provider": "square", "topic": "diamond", "person": "triangle"}
_SIZES = {"article": (6.0, 11.0), "provider": (8.0, 19.0), "topic": (10.0, 24.0), "person": (8.0, 14.0)}
_MARGINS = {"topic": 14.0, "provider": 6.0, "person": 8.0}  # room for a label
_PULLS = {"about": 2.0, "publisher": 0.7, "mentions": 0.4, "broader": 2.0}
_MANY_RELATIONS = 25

_FACTS = "type category published stub url excerpt description published_at domain location source".split()
_LONGEST = {"excerpt": 500, "description": 500, "url": 4000}
_LONGEST_TEXT = 300

_LIBRARY = "lib/vis-9.1.2/vis-network.min.js"
_FOLDER = Path(__file__).parent / "page"
_SCRIPTS = ("map.js", "labels.js", "details.js", "page.js")
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 0},
    "nodes": {"font": {"size": 0}, "labelHighlightBold": False},
    "edges": {"smooth": False, "arrows": {"to": {"enabled": False}}, "selectionWidth": 0, "hoverWidth": 0},
    "interaction": {
        "hover": True,
        "dragNodes": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "zoomSpeed": 0.6,
    },
}


def draw(network: Network, scene: Scene) -> Picture:
    """Return a scene of a network as a picture.

    The same scene gives the same page. Time grows with the square of the number of nodes: a tenth of a second for 150,
    some three seconds for a thousand.
    """
    from pyvis.network import Network as Holder

    holder = Holder(directed=True, cdn_resources="in_line")
    holder.nodes = _to_nodes(network, scene)
    holder.edges = [{"from": link.start, "to": link.end} for link in scene.links]
    holder.options = _OPTIONS
    library, _, _ = holder.templateEnv.loader.get_source(holder.templateEnv, _LIBRARY)
    holder.set_template_dir(str(_FOLDER), "page.html")
    holder.templateEnv.autoescape = True
    holder.templateEnv.filters.update(parsed=json.loads)
    holder.templateEnv.globals.update(_to_parts(library))
    number = {node["id"]: place for place, node in enumerate(holder.nodes)}
    told = {
        "links": [[number[link.start], link.relation, number[link.end], link.weight] for link in scene.links],
        "summary": _to_summary(scene),
        "spacing": round(to_spacing(len(scene.nodes))),
        "centres": [number[centre] for centre in scene.centres],
    }
    holder.templateEnv.globals.update(title=_to_text(scene.title), told=told)
    return Picture(html=str(holder.generate_html()), nodes=scene.nodes, found=scene.found)


def _to_nodes(network: Network, scene: Scene) -> list[_Fields]:
    """Return the nodes as vis-network draws them, the largest last and so on top."""
    number = {iri: place for place, iri in enumerate(scene.nodes)}
    kinds = [str(network.nodes[iri].get("kind")) for iri in scene.nodes]
    sizes = _to_sizes(kinds, [scene.degrees[iri] for iri in scene.nodes])
    room = [size + _MARGINS.get(kind, 4.0) for kind, size in zip(kinds, sizes, strict=True)]
    most = max((link.weight for link in scene.links), default=1)
    pulls = [
        (number[link.start], number[link.end], _PULLS.get(link.relation, 1.0) * math.sqrt(link.weight / most))
        for link in scene.links
    ]
    shown: Counter[str] = Counter()
    for link in scene.links:
        shown.update((link.start, link.end))
    nodes = [
        {
            "id": iri,
            "label": _to_text(label_of(network, iri)),
            "kind": kind,
            "shape": _SHAPES.get(kind, "dot"),
            "size": size,
            "x": x,
            "y": y,
            "facts": _to_facts(network.nodes[iri]),
            "articles": scene.degrees[iri] if scene.is_overview else None,
            "beyond": 0 if scene.is_overview else scene.degrees[iri] - shown[iri],
        }
        for iri, kind, size, (x, y) in zip(scene.nodes, kinds, sizes, to_positions(room, pulls), strict=True)
    ]
    return sorted(nodes, key=lambda node: (node["size"], node["id"]))


def _to_sizes(kinds: list[str], degrees: list[int]) -> list[float]:
    """Return radii in pixels: areas grow with relations, and each kind has its own range."""
    most: Counter[str] = Counter()
    for kind, degree in zip(kinds, degrees, strict=True):
        most[kind] = max(most[kind], degree, _MANY_RELATIONS)
    sizes = []
    for kind, degree in zip(kinds, degrees, strict=True):
        least, largest = _SIZES.get(kind, _SIZES["article"])
        sizes.append(round(least + (largest - least) * math.sqrt(degree / most[kind]), 1))
    return sizes


def _to_facts(attributes: Mapping[str, Any]) -> _Fields:
    """Return the attributes that the details show, made harmless: short text, finite numbers, web addresses only."""
    facts: _Fields = {}
    for name in _FACTS:
        value = attributes.get(name)
        if isinstance(value, str):
            value = _to_text(value, _LONGEST.get(name, _LONGEST_TEXT))
        if name == "url" and not is_web_address(value):
            continue
        if value in (None, "") or (isinstance(value, float) and not math.isfinite(value)):
            continue
        facts[name] = value
    return facts


def _to_summary(scene: Scene) -> str:
    """Return the line below the title: how much is shown, of what."""
    shown, found, lines = len(scene.nodes), scene.found, len(scene.links)
    what = "topics and providers" if scene.is_overview else "node" if found == 1 else f"nodes {scene.within}"
    count = f"{shown:,} of {found:,}" if shown < found else f"{shown:,}"
    return f"{count} {what}, {lines:,} {'link' if lines == 1 else 'links'}"


def _to_text(value: object, longest: int = _LONGEST_TEXT) -> str:
    """Return `value` as one line of at most `longest` characters, without control characters or half characters."""
    unfit = {"Cc", "Cs", "Zl", "Zp"}
    start = str(value)[: 4 * longest]
    text = " ".join("".join(" " if unicodedata.category(mark) in unfit else mark for mark in start).split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _to_parts(library: str) -> dict[str, str]:
    """Return the page's style, scripts, and the security policy that allows exactly these and nothing from outside."""
    library = library.partition("//# sourceMappingURL")[0]
    style = (_FOLDER / "page.css").read_text("utf-8")
    script = "\n".join((_FOLDER / name).read_text("utf-8") for name in _SCRIPTS)
    policy = (
        f"default-src 'none'; img-src data:; style-src {_to_source(style)}; "
        f"script-src {_to_source(library)} {_to_source(script)}; base-uri 'none'; form-action 'none'"
    )
    return {"library": library, "style": style, "script": script, "policy": policy}


def _to_source(text: str) -> str:
    """Return the name by which a content security policy allows an inline text: its hash."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
