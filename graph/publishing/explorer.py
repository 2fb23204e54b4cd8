"""The explorer: one offline HTML page that shows a network as a map to walk on.

pyvis holds the picture and brings the drawing library, vis-network; the page around it is ours, in `explorer_page/`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graph.publishing.layout import to_positions, to_spacing
from graph.publishing.outline import Outline, to_outline
from graph.publishing.selection import to_selection
from graph.views import Network

__all__ = ["to_explorer"]

_Fields = dict[str, Any]

_SHAPES = {"article": "dot", "provider": "square", "topic": "diamond", "person": "triangle"}
_SIZES = {"article": (4.5, 10.0), "provider": (6.0, 18.0), "topic": (9.0, 24.0), "person": (7.0, 14.0)}
_MARGINS = {"topic": 13.0, "provider": 3.0, "person": 8.0}  # room for a label
_PULLS = {"about": 3.0, "publisher": 0.5, "mentions": 0.3, "broader": 0.3}
_MANY_RELATIONS = 25

_FACTS = """
    type category published stub url excerpt description published_at modified_at starts_at ends_at price duration
    levels rating_average rating_count language word_count quality heat domain location names keywords hashtags source
""".split()
_LONGEST = {"excerpt": 700, "description": 700, "url": 4000}
_LONGEST_TEXT = 300

_LIBRARY = "lib/vis-9.1.2/vis-network.min.js"
_FOLDER = Path(__file__).parent / "explorer_page"
_SCRIPTS = ("map.js", "marks.js", "details.js", "search.js", "page.js")
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


def to_explorer(network: Network | Outline, *, title: str = "article-graph") -> str:
    """Return the explorer page of `network`: a whole HTML document that needs nothing outside itself.

    `network` is a knowledge graph's network, or the outline of one, and `title` plain text. Above 1,000 nodes the page
    shows about 600 of them and says so. The same network gives the same text. Time grows with the square of the number
    of nodes shown: some three seconds for a thousand.
    """
    from pyvis.network import Network as Picture

    outline = network if isinstance(network, Outline) else to_outline(network)
    shown = to_selection(outline)
    view = Picture(directed=True, cdn_resources="in_line")
    view.edges = _to_edges(outline.network, frozenset(shown))
    view.nodes = _to_nodes(outline, shown, view.edges)
    view.options = _OPTIONS
    library, _, _ = view.templateEnv.loader.get_source(view.templateEnv, _LIBRARY)
    # pyvis's own page links to a CDN even where it says `in_line`, and turns titles into markup; ours does neither.
    view.set_template_dir(str(_FOLDER), "page.html")
    view.templateEnv.autoescape = True
    view.templateEnv.filters.update(parsed=json.loads, numbered=_to_numbered)
    view.templateEnv.globals.update(_to_parts(library))
    view.templateEnv.globals.update(title=_to_text(title), summary=_to_summary(outline, shown))
    return str(view.generate_html())


def _to_edges(network: Network, shown: Collection[str]) -> list[_Fields]:
    """Return the relations among the nodes shown, sorted; none carries an `id`, on which vis-network would stop."""
    edges = network.out_edges(shown, keys=True)
    triples = sorted((start, str(relation), end) for start, end, relation in edges if end in shown)
    return [{"from": start, "to": end, "relation": relation} for start, relation, end in triples]


def _to_nodes(outline: Outline, shown: list[str], links: list[_Fields]) -> list[_Fields]:
    """Return the nodes as vis-network draws them, the largest last and so on top."""
    network = outline.network
    number = {iri: place for place, iri in enumerate(shown)}
    kinds = [str(network.nodes[iri].get("kind")) for iri in shown]
    sizes = _to_sizes(kinds, [outline.degrees[iri] for iri in shown])
    room = [size + _MARGINS.get(kind, 0.0) for kind, size in zip(kinds, sizes, strict=True)]
    pulls = [(number[link["from"]], number[link["to"]], _PULLS.get(link["relation"], 1.0)) for link in links]
    nodes = [
        {
            "id": iri,
            "label": _to_text(network.nodes[iri].get("label", iri)),
            "kind": kind,
            "shape": _SHAPES.get(kind, "dot"),
            "size": size,
            "x": x,
            "y": y,
            "facts": _to_facts(network.nodes[iri]),
            "beyond": _to_beyond(outline, iri, number),
        }
        for iri, kind, size, (x, y) in zip(shown, kinds, sizes, to_positions(room, pulls), strict=True)
    ]
    return sorted(nodes, key=lambda node: (node["size"], node["id"]))


def _to_sizes(kinds: list[str], degrees: list[int]) -> list[float]:
    """Return radii in pixels: areas grow with relations, and each kind has its own range."""
    most: Counter[str] = Counter()
    for kind, degree in zip(kinds, degrees, strict=True):
        most[kind] = max(most[kind], degree, _MANY_RELATIONS)
    generosity = min(1.4, max(1.0, to_spacing(len(kinds)) / 60.0))
    sizes = []
    for kind, degree in zip(kinds, degrees, strict=True):
        least, largest = _SIZES.get(kind, _SIZES["article"])
        sizes.append(round(generosity * (least + (largest - least) * math.sqrt(degree / most[kind])), 1))
    return sizes


def _to_facts(attributes: Mapping[str, Any]) -> _Fields:
    """Return the attributes that the details show, made harmless: short text, finite numbers, web addresses only."""
    facts: _Fields = {}
    for name in _FACTS:
        value = attributes.get(name)
        if isinstance(value, str):
            value = _to_text(value, _LONGEST.get(name, _LONGEST_TEXT))
        if name == "url" and not _is_web_address(value):
            continue
        if value in (None, "") or (isinstance(value, float) and not math.isfinite(value)):
            continue
        facts[name] = value
    return facts


def _to_beyond(outline: Outline, iri: str, shown: Collection[str]) -> _Fields:
    """Return what a node is related to outside the picture: counts by relation and direction, and names where few."""
    counts = Counter(outline.counts[iri])
    counts.subtract(f"{relation} to" for _, end, relation in outline.network.out_edges(iri, keys=True) if end in shown)
    counts.subtract(f"{name} from" for start, _, name in outline.network.in_edges(iri, keys=True) if start in shown)
    names: dict[str, list[str]] = {}
    for relation, end, label in outline.named.get(iri, ()):
        if end not in shown:
            names.setdefault(relation, []).append(_to_text(label))
    left = {name: counts[name] for name in sorted(counts) if counts[name] > 0}
    return {"counts": left, "names": {key: sorted(names[key]) for key in sorted(names)}} if left else {}


def _to_summary(outline: Outline, shown: list[str]) -> _Fields:
    """Return the counts that the page tells, of the whole network and of what it shows."""
    return {
        "nodes": outline.nodes,
        "shown": len(shown),
        "relations": outline.relations,
        "kinds": {kind: outline.kinds.get(kind, 0) for kind in _SHAPES},
        "spacing": round(to_spacing(len(shown))),
    }


def _is_web_address(value: object) -> bool:
    """Whether a browser may open `value` as a web page; `javascript:` and its like may not."""
    if not isinstance(value, str):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _to_text(value: object, longest: int = _LONGEST_TEXT) -> str:
    """Return `value` as one line of at most `longest` characters, without control characters or half characters."""
    unfit = {"Cc", "Cs", "Zl", "Zp"}
    start = str(value)[: 4 * longest]
    text = " ".join("".join(" " if unicodedata.category(mark) in unfit else mark for mark in start).split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _to_numbered(links: list[_Fields], nodes: list[_Fields]) -> list[tuple[int, str, int]]:
    """Return links with their ends' places among `nodes`: far shorter than links that spell out IRIs."""
    number = {node["id"]: place for place, node in enumerate(nodes)}
    return [(number[link["from"]], link["relation"], number[link["to"]]) for link in links]


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
