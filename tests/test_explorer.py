"""The explorer page as a text: whole, offline, inert, and always the same."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graph
from graph.publishing.explorer import to_explorer
from graph.publishing.layout import to_positions
from graph.publishing.outline import outline_of, to_outline
from graph.publishing.selection import LARGEST_WHOLE, to_selection
from tests.sites import BASE, HOSTILE, crowded_site, hostile_site, one_article, small_site

HERE = Path(__file__).resolve().parent.parent
STYLE = (HERE / "graph" / "publishing" / "explorer_page" / "page.css").read_text(encoding="utf-8")
KINDS = ("article", "stub", "provider", "topic", "person")


class Page(HTMLParser):
    """What an HTML parser sees in a page: its elements in order, their attributes, the text of each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note text, with the element that began last before it."""
        if self.elements and data.strip():
            self.texts.append((self.elements[-1][0], data))

    @property
    def tags(self) -> list[str]:
        """The elements' names, in order."""
        return [tag for tag, _ in self.elements]


def data_of(text: str) -> dict[str, Any]:
    """Return what the page tells its scripts."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def own_network(attributes: dict[str, Any]) -> networkx.MultiDiGraph[str]:
    """Return one article with any attributes."""
    network = one_article("An article")
    network.nodes[f"{BASE}article/one"].update(attributes)
    return network


@pytest.fixture(scope="module")
def crowded() -> networkx.MultiDiGraph[str]:
    """Return a network too large to draw whole."""
    return crowded_site()


@pytest.fixture(scope="module")
def crowded_page(crowded: networkx.MultiDiGraph[str]) -> str:
    """Return the page of a network too large to draw whole."""
    return to_explorer(crowded)


@pytest.mark.parametrize("site", [networkx.MultiDiGraph, small_site, hostile_site])
def test_nothing_comes_from_elsewhere(site: Callable[[], networkx.MultiDiGraph[str]]) -> None:
    """The page names no script, style, font, picture or frame outside itself."""
    text = to_explorer(site())
    page = Page(text)
    outward = {"src", "href", "srcset", "action", "data", "poster", "formaction", "background", "ping"}
    named = [value for _, attributes in page.elements for name, value in attributes.items() if name in outward]
    assert named == ["data:,"]
    styles = "".join(data for tag, data in page.texts if tag == "style")
    assert "url(" not in styles
    assert "@import" not in styles
    assert "sourceMappingURL" not in text


def test_the_policy_allows_only_the_page_itself() -> None:
    """The content security policy refuses everything but the very scripts and style that the page holds."""
    page = Page(to_explorer(hostile_site()))
    policy = next(
        attributes["content"] for tag, attributes in page.elements if tag == "meta" and "content" in attributes
    )
    assert policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    texts = [data for tag, data in page.texts if tag == "style"]
    plain = re.findall(r"<script>(.*?)</script>", to_explorer(hostile_site()), re.DOTALL)
    assert len(plain) == 2
    allowed = {
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts + plain
    }
    assert set(re.findall(r"'sha256-[^']*'", policy)) == allowed


def test_no_element_carries_a_handler() -> None:
    """No element of the page runs anything by an attribute."""
    page = Page(to_explorer(hostile_site()))
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_the_data_is_inert() -> None:
    """What comes from the content stands in one data element, without a character that HTML or a script could heed."""
    text = to_explorer(hostile_site())
    start = text.index('id="data">') + len('id="data">')
    inside = text[start : text.index("</script>", start)]
    assert not set("<>&\u2028\u2029") & set(inside)
    labels = {node["label"] for node in data_of(text)["nodes"]}
    assert {"an href in a title", "</script><script>window.owned = true</script>", "&lt;b&gt; &amp;amp;"} <= labels
    assert text.count("window.owned") == inside.count("window.owned")


@settings(max_examples=25)
@given(st.text(), st.text(), st.text())
def test_no_text_changes_the_page(label: str, excerpt: str, title: str) -> None:
    """Whatever a title says, the page has the same elements, and can be written as UTF-8."""
    text = to_explorer(one_article(label, excerpt=excerpt, source=label), title=title)
    assert Page(text).tags == Page(to_explorer(one_article("harmless"))).tags
    text.encode("utf-8")


@pytest.mark.parametrize("title", HOSTILE)
def test_the_page_title_is_text(title: str) -> None:
    """The page's own title is escaped as well."""
    assert Page(to_explorer(small_site(), title=title)).tags == Page(to_explorer(small_site())).tags


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a?b=c&d=e", True),
        ("HTTP://example.org/", True),
        ("https://example.org/straße", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("//example.org/", False),
        ("https://[", False),
        ("https:", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_links(address: str, *, kept: bool) -> None:
    """The page offers to open an article only where its address is one of the web."""
    facts = data_of(to_explorer(own_network({"url": address})))["nodes"][0]["facts"]
    assert ("url" in facts) is kept


def test_only_what_is_shown_is_carried_along() -> None:
    """Fields that the details do not show are not in the page: neither unmapped ones nor a trace of sealed ones."""
    text = to_explorer(
        own_network({"secret": "a word of nobody's business", "secured": True, "image": "https://i.example/x.png"})
    )
    assert "nobody" not in text
    assert "secured" not in text
    assert "i.example" not in text


def test_numbers_that_are_none_are_left_out() -> None:
    """A number that JSON cannot say does not reach the page."""
    text = to_explorer(own_network({"rating_average": float("nan"), "heat": float("inf"), "quality": 3}))
    assert data_of(text)["nodes"][0]["facts"] == {"stub": False, "quality": 3}
    assert "NaN" not in text[text.index('id="data">') : text.index('id="options">')]


def test_endless_texts_are_cut() -> None:
    """A title or an excerpt of megabytes does not make a page of megabytes."""
    node = data_of(to_explorer(one_article("long " * 500_000, excerpt="x" * 2_000_000)))["nodes"][0]
    assert len(node["label"]) <= 300
    assert node["label"].endswith("…")
    assert len(node["facts"]["excerpt"]) <= 700


def test_every_node_and_relation_is_there() -> None:
    """A small network is shown whole: every node with its label and kind, every relation with its ends."""
    network = small_site()
    data = data_of(to_explorer(network))
    assert {node["id"]: (node["kind"], node["label"]) for node in data["nodes"]} == {
        iri: (attributes["kind"], attributes["label"]) for iri, attributes in network.nodes(data=True)
    }
    iris = [node["id"] for node in data["nodes"]]
    told = sorted((iris[start], relation, iris[end]) for start, relation, end in data["edges"])
    assert told == sorted((start, relation, end) for start, end, relation in network.edges(keys=True))


def test_kinds_differ_in_shape() -> None:
    """Articles, providers, topics and people have shapes of their own."""
    shapes = {node["kind"]: node["shape"] for node in data_of(to_explorer(small_site()))["nodes"]}
    assert len(shapes) == len(set(shapes.values())) == 4


def test_the_same_network_gives_the_same_page(tmp_path: Path) -> None:
    """The page depends neither on the process's hash seed nor on the order in which nodes and relations were added."""
    script = (
        "import sys, networkx; from tests.sites import small_site; from graph.publishing.explorer import to_explorer\n"
        "site = small_site(); turned = networkx.MultiDiGraph()\n"
        "turned.add_nodes_from(reversed(list(site.nodes(data=True))))\n"
        "turned.add_edges_from((s, e, k) for s, e, k in reversed(list(site.edges(keys=True))))\n"
        "open(sys.argv[1], 'w', encoding='utf-8').write(to_explorer(turned if sys.argv[2] == 'turned' else site))\n"
    )
    pages = []
    for seed, order in [("1", "straight"), ("2", "turned")]:
        path = tmp_path / f"{seed}.html"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE)}
        subprocess.run([sys.executable, "-c", script, str(path), order], cwd=tmp_path, env=environment, check=True)
        pages.append(path.read_bytes())
    assert pages[0] == pages[1]


def test_drawing_is_asked_for_only_when_needed() -> None:
    """Importing the explorer does not import pyvis, which takes a second to come."""
    script = "import sys, graph.publishing.explorer; sys.exit('pyvis' in sys.modules)"
    subprocess.run([sys.executable, "-c", script], cwd=HERE, check=True)


def test_a_thousand_nodes_are_shown_whole() -> None:
    """Up to a thousand nodes, none is left out."""
    network = crowded_site()
    whole = network.subgraph(sorted(network)[:LARGEST_WHOLE])
    assert to_selection(to_outline(whole)) == sorted(whole)


def test_a_large_network_is_shown_in_part(crowded: networkx.MultiDiGraph[str], crowded_page: str) -> None:
    """Above a thousand nodes the page shows about 600, of every kind, and tells the true numbers."""
    data = data_of(crowded_page)
    kinds = [node["kind"] for node in data["nodes"]]
    assert 500 <= len(kinds) <= 600
    assert kinds.count("topic") == 31
    assert kinds.count("provider") > 100
    assert kinds.count("article") > 400
    assert data["summary"]["nodes"] == len(crowded)
    assert data["summary"]["shown"] == len(kinds)
    assert data["summary"]["relations"] == crowded.number_of_edges()


def test_the_best_connected_are_shown_but_not_only_one_crowd(crowded: networkx.MultiDiGraph[str]) -> None:
    """The best-connected article is shown; articles that all point to each other do not take all the room."""
    shown = set(to_selection(to_outline(crowded)))
    articles = sorted(
        (iri for iri in crowded if crowded.nodes[iri]["kind"] == "article"),
        key=lambda iri: (-crowded.degree(iri), iri),
    )
    assert articles[0] in shown
    crowd = {iri for iri in articles if int(iri[-5:]) < 60}
    assert len(crowd & shown) < 10


@pytest.mark.parametrize("kind", ["topic", "provider", "person", "article", "gadget"])
def test_a_large_network_of_one_kind(kind: str) -> None:
    """A large network of a single kind, even of one that nobody knows, is shown as far as its room goes."""
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    network.add_nodes_from((f"{BASE}{number}", {"kind": kind, "label": str(number)}) for number in range(1500))
    assert 0 < len(to_selection(to_outline(network))) <= 600


def test_what_is_left_out_is_counted(crowded: networkx.MultiDiGraph[str], crowded_page: str) -> None:
    """A node that has relations to nodes left out says how many, by relation and direction."""
    nodes = {node["id"]: node for node in data_of(crowded_page)["nodes"]}
    everything = nodes[f"{BASE}topic/everything"]
    shown = sum(1 for start in crowded.predecessors(everything["id"]) if start in nodes)
    assert everything["beyond"]["counts"]["about from"] == 1200 - shown


radii = st.lists(st.floats(4, 30, width=32), min_size=1, max_size=40)


@settings(max_examples=40)
@given(radii, st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39), st.floats(0.1, 3)), max_size=80))
def test_nodes_do_not_touch(sizes: list[float], links: list[tuple[int, int, float]]) -> None:
    """However nodes are linked, all get a place of their own, and the same numbers give the same places."""
    known = [link for link in links if max(link[0], link[1]) < len(sizes)]
    positions = to_positions(sizes, known)
    assert positions == to_positions(sizes, known)
    for (one, near), (other, far) in itertools.combinations(zip(sizes, positions, strict=True), 2):
        assert (near[0] - far[0]) ** 2 + (near[1] - far[1]) ** 2 > (one + other) ** 2


def test_linked_nodes_stand_together() -> None:
    """Two circles of friends with a hub in common are drawn as two groups, not as one knot around the hub."""
    groups = [list(range(1, 16)), list(range(16, 31))]
    links = [(one, other, 1.0) for group in groups for one, other in itertools.combinations(group, 2)]
    links += [(0, node, 1.0) for group in groups for node in group]
    places = to_positions([6.0] * 31, links)

    def apart(one: int, other: int) -> float:
        return float(((places[one][0] - places[other][0]) ** 2 + (places[one][1] - places[other][1]) ** 2) ** 0.5)

    inside = [apart(one, other) for group in groups for one, other in itertools.combinations(group, 2)]
    between = [apart(one, other) for one, other in itertools.product(*groups)]
    assert sum(between) / len(between) > 1.5 * sum(inside) / len(inside)


def test_no_nodes_no_places() -> None:
    """An empty picture has no positions."""
    assert to_positions([], []) == []


# How three forms of colour blindness see linear RGB, from Machado, Oliveira and Fernandes, "A Physiologically-based
# Model for Simulation of Color Vision Deficiency" (2009), at full severity.
EYES = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def palettes() -> list[dict[str, str]]:
    """Return the page's colours by name: those of the light page, those of the dark one."""
    return [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    ]


def light(colour: str) -> list[float]:
    """Return linear red, green and blue, from 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21."""
    dark, bright = sorted(
        sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), light(colour), strict=True))
        for colour in (one, other)
    )
    return (bright + 0.05) / (dark + 0.05)


def seen(colour: str, eye: str) -> tuple[float, float, float]:
    """Return how an eye sees a colour, in CIE L*a*b*, where distances are differences seen."""
    red, green, blue = (
        min(1.0, max(0.0, sum(share * part for share, part in zip(row, light(colour), strict=True))))
        for row in EYES[eye]
    )
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_kinds_differ_in_colour_for_every_eye(palette: dict[str, str], eye: str) -> None:
    """The colours of any two kinds are told apart, by colour-blind eyes too, on the light page and on the dark one."""
    for one, other in itertools.combinations(KINDS, 2):
        distance = (
            sum((a - b) ** 2 for a, b in zip(seen(palette[one], eye), seen(palette[other], eye), strict=True)) ** 0.5
        )
        assert distance > 20, f"{one} and {other}"


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_text_and_marks_stand_out(palette: dict[str, str]) -> None:
    """Text has the contrast of WCAG AA on whatever it stands on, and marks that of graphics."""
    for text, ground in itertools.product(("ink", "faint"), ("ground", "card", "press")):
        assert contrast(palette[text], palette[ground]) >= 4.5, f"{text} on {ground}"
    assert contrast(palette["topic"], palette["ground"]) >= 4.5
    assert contrast(palette["main-ink"], palette["main"]) >= 4.5
    assert contrast(palette["loud"], palette["card"]) >= 4.5
    for mark, ground in itertools.product((*KINDS, "edge", "focus"), ("ground", "card")):
        assert contrast(palette[mark], palette[ground]) >= 3, f"{mark} on {ground}"


def test_the_outline_of_a_truth_gives_the_same_page() -> None:
    """A page drawn from the truth without building its network is the page of the network."""
    knowledge = graph.build(Path(__file__).parent.parent / "seeds")
    assert to_explorer(outline_of(knowledge.truth)) == to_explorer(knowledge.network)
