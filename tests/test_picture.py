"""The small view: which nodes it shows, and that its page is whole, offline, inert, and always the same."""

from __future__ import annotations

import base64
import hashlib
import html
import itertools
import json
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
from graph.errors import FormatError, OutputError, QueryError
from graph.picture import Link, Picture, draw, neighbourhood, overview, selection
from graph.picture.layout import to_positions
from tests.networks import network_lines, network_of
from tests.sites import BASE, HOSTILE, crowded_site, hostile_site, one_article, small_site

HERE = Path(__file__).resolve().parent.parent
FIRST = "https://news.example/first"
TOPIC = f"{BASE}topic/tools"


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


def everything(network: networkx.MultiDiGraph[str]) -> Picture:
    """Return a picture of all nodes of a network."""
    return draw(network, selection(network, sorted(network), most=1000))


def data_of(picture: Picture) -> dict[str, Any]:
    """Return what the page tells its scripts."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', picture.html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_a_neighbourhood_is_what_is_near() -> None:
    """A node is shown with all that is one relation away, whichever way it leads, and all relations among these."""
    network = small_site()
    scene = neighbourhood(network, TOPIC)
    assert scene.nodes == tuple(
        sorted([TOPIC, f"{BASE}topic/things", FIRST, "https://news.example/second", f"{BASE}person/ada"])
    )
    assert Link(FIRST, "author", f"{BASE}person/ada") in scene.links
    assert (scene.found, scene.centres, scene.title) == (5, (TOPIC,), "Tools")


def test_depth_reaches_farther() -> None:
    """Each step of depth adds the neighbours of what is shown; none leaves the node alone."""
    network = network_of(["article/a related article/b", "article/c related article/b", "article/c related article/d"])
    shown = [neighbourhood(network, "article/a", depth=depth).nodes for depth in range(4)]
    assert [len(nodes) for nodes in shown] == [1, 2, 3, 4]


@given(network_lines(), st.integers(0, 3), st.integers(1, 12))
def test_never_more_than_wanted(lines: list[str], depth: int, most: int) -> None:
    """At most so many nodes are shown as are wanted, the nearest of them, and the page knows how many there are."""
    network = network_of(lines)
    near = networkx.Graph(network)
    for node in sorted(network)[:3]:
        distance = networkx.single_source_shortest_path_length(near, node, cutoff=depth)
        scene = neighbourhood(network, node, depth=depth, most=most)
        assert scene.found == len(distance)
        assert len(scene.nodes) == min(most, len(distance))
        assert sorted(distance[shown] for shown in scene.nodes) == sorted(distance.values())[: len(scene.nodes)]
        assert set(scene.links) == {
            Link(start, relation, end)
            for start, end, relation in network.edges(keys=True)
            if {start, end} <= set(scene.nodes)
        }


def test_a_common_topic_brings_nothing_near() -> None:
    """Two steps away, the other article of a story comes before what merely shares a topic with a thousand others."""
    lines = [f"article/x{number} about topic/everything" for number in range(300)]
    lines += ["article/a about topic/everything", "article/a related article/b", "article/c related article/b"]
    scene = neighbourhood(network_of(lines), "article/a", depth=2, most=4)
    assert scene.nodes == ("article/a", "article/b", "article/c", "topic/everything")


def test_a_crowd_does_not_fill_the_picture() -> None:
    """Of articles that all point to each other, only some stand for the rest."""
    network = crowded_site()
    shown = neighbourhood(network, f"{BASE}topic/everything", most=100).nodes
    crowd = {f"https://news.example/{number:05}" for number in range(60)}
    assert 0 < len(crowd.intersection(shown)) <= 10


def test_the_overview_weighs_links_by_articles() -> None:
    """Topics and providers are joined by the number of articles that both have."""
    lines = ["article/a about topic/x", "article/a about topic/y", "article/b about topic/x", "article/b about topic/y"]
    lines += ["article/a publisher provider/p", "article/b publisher provider/p", "topic/y broader topic/x"]
    scene = overview(network_of([*lines, "article/a author person/q"]))
    assert scene.nodes == ("provider/p", "topic/x", "topic/y")
    assert scene.links == (
        Link("provider/p", "covers", "topic/x", 2),
        Link("provider/p", "covers", "topic/y", 2),
        Link("topic/x", "together", "topic/y", 2),
        Link("topic/y", "broader", "topic/x", 1),
    )
    assert scene.degrees == {"provider/p": 2, "topic/x": 2, "topic/y": 2}


def test_the_overview_shows_the_largest() -> None:
    """Of many topics and providers those with most articles are shown, half of each where there are enough."""
    scene = overview(crowded_site(), most=40)
    kinds = [node.split("/")[3][:5] for node in scene.nodes]
    assert len(scene.nodes) == 40
    assert kinds.count("topic") == 20
    assert f"{BASE}topic/everything" in scene.nodes
    assert scene.found == 231
    assert len(overview(crowded_site(), most=100).nodes) == 100


@pytest.mark.parametrize("most", [0, -1])
def test_nothing_is_no_picture(most: int) -> None:
    """Whoever wants fewer nodes than one, or less than no depth, or nodes that are not there, is told so."""
    network = small_site()
    with pytest.raises(FormatError, match="most"):
        neighbourhood(network, FIRST, most=most)
    with pytest.raises(FormatError, match="most"):
        overview(network, most=most)
    with pytest.raises(FormatError, match="depth"):
        neighbourhood(network, FIRST, depth=-1)
    with pytest.raises(FormatError, match="nothing to show"):
        selection(network, ["https://elsewhere.example/"])


def test_nodes_by_any_name(seeds: graph.KnowledgeGraph) -> None:
    """`view` takes an IRI, an address of the same page, a label, a query, or nothing."""
    topic = next(iri for iri, record in seeds.topics.items() if record.label == "AI")
    by_label = seeds.view("AI")
    assert topic in by_label.nodes
    assert seeds.view(topic).html == by_label.html
    article = next(iter(seeds.articles))
    assert article in seeds.view(article.replace("https://", "http://") + "?utm_source=x", depth=0).nodes
    assert set(seeds.view().nodes) == {*seeds.topics, *seeds.providers}
    with pytest.raises(FormatError, match="no node has this name"):
        seeds.view("Nothing of the kind")


def test_what_a_query_names_is_shown(seeds: graph.KnowledgeGraph) -> None:
    """The nodes of a SELECT are shown in its order, those of a CONSTRUCT and DESCRIBE whole; ASK names none."""
    articles = seeds.view("SELECT ?a ?title { ?a schema:headline ?title }")
    assert set(articles.nodes) == set(seeds.articles)
    last = max(seeds.articles)
    ordered = seeds.view("# the last\nSELECT ?a { ?a schema:headline ?title } ORDER BY DESC(STR(?a))", most=1)
    assert (ordered.nodes, ordered.found) == ((last,), len(seeds.articles))
    built = seeds.view("construct { ?a schema:about ?t } where { ?a schema:about ?t }")
    assert set(built.nodes) == {iri for iri, one in seeds.articles.items() if one.topics} | {
        topic for one in seeds.articles.values() for topic in one.topics
    }
    assert last in seeds.view(f"DESCRIBE <{last}>").nodes
    with pytest.raises(FormatError, match="yes or no"):
        seeds.view("ASK { ?a a schema:NewsArticle }")
    with pytest.raises(QueryError):
        seeds.view("SELECT ?a { ?a")


def test_nothing_comes_from_elsewhere() -> None:
    """The page names no script, style, font, picture or frame outside itself."""
    page = Page(everything(small_site()).html)
    outward = {"src", "href", "srcset", "action", "data", "poster", "formaction", "background", "ping"}
    named = [value for _, attributes in page.elements for name, value in attributes.items() if name in outward]
    assert named == ["data:,"]
    styles = "".join(data for tag, data in page.texts if tag == "style")
    assert "url(" not in styles
    assert "sourceMappingURL" not in "".join(data for _, data in page.texts)


def test_the_policy_allows_only_the_page_itself() -> None:
    """The content security policy refuses everything but the very scripts and style that the page holds."""
    text = everything(hostile_site()).html
    page = Page(text)
    policy = next(
        attributes["content"] for tag, attributes in page.elements if "content" in attributes and tag == "meta"
    )
    assert policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    inside = [data for tag, data in page.texts if tag == "style"] + re.findall(
        r"<script>(.*?)</script>", text, re.DOTALL
    )
    allowed = {f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in inside}
    assert len(inside) == 3
    assert set(re.findall(r"'sha256-[^']*'", policy)) == allowed


@settings(max_examples=25)
@given(st.text(), st.text())
def test_no_text_changes_the_page(label: str, excerpt: str) -> None:
    """Whatever content says, the page has the same elements, and can be written as UTF-8."""
    plain, other = (
        neighbourhood(one_article(title, excerpt=text), f"{BASE}article/one")
        for title, text in (("A", "B"), (label, excerpt))
    )
    expected = draw(one_article("A", excerpt="B"), plain).html
    text = draw(one_article(label, excerpt=excerpt), other).html
    text.encode()
    assert Page(text).elements == Page(expected).elements


def test_hostile_content_is_data() -> None:
    """Titles that are scripts stand in the one data element, without a character that HTML could heed."""
    picture = everything(hostile_site())
    start = picture.html.index('id="data">') + len('id="data">')
    inside = picture.html[start : picture.html.index("</script>", start)]
    assert not set("<>&") & set(inside)
    assert picture.html.count("window.owned") == inside.count("window.owned")
    assert {"an href in a title", HOSTILE[0]} <= {node["label"] for node in data_of(picture)["nodes"]}
    assert all("url" not in node["facts"] for node in data_of(picture)["nodes"])


def test_a_title_of_a_centre_is_text() -> None:
    """A picture named after a hostile title holds it as text."""
    network = hostile_site()
    page = Page(draw(network, neighbourhood(network, f"{BASE}0/{HOSTILE[0]}")).html)
    assert ("title", HOSTILE[0]) in page.texts
    assert ("h1", HOSTILE[0]) in page.texts


def test_a_notebook_shows_it_in_a_cage() -> None:
    """In a notebook the page stands in a frame that may run scripts and has no origin to act for."""
    picture = everything(hostile_site())
    elements = Page(picture._repr_html_()).elements
    assert [tag for tag, _ in elements] == ["iframe"]
    attributes = elements[0][1]
    assert attributes["sandbox"] == "allow-scripts allow-popups"
    assert attributes["srcdoc"] == picture.html
    assert html.escape("</script>") not in repr(picture)


def test_it_is_written_whole(tmp_path: Path) -> None:
    """`write` saves the page as UTF-8, and says in one line where that cannot be."""
    picture = everything(small_site())
    picture.write(tmp_path / "view.html")
    assert (tmp_path / "view.html").read_bytes() == picture.html.encode()
    with pytest.raises(OutputError, match="cannot be written"):
        picture.write(tmp_path / "no" / "such" / "folder.html")


@pytest.mark.parametrize("site", [networkx.MultiDiGraph, small_site, crowded_site])
def test_no_marks_overlap(site: Callable[[], networkx.MultiDiGraph[str]]) -> None:
    """No two nodes of a picture cover each other."""
    network = site()
    nodes = data_of(draw(network, overview(network)))["nodes"]
    for one, other in itertools.combinations(nodes, 2):
        assert (one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2 > (one["size"] + other["size"]) ** 2 * 0.9


def test_positions_of_nothing() -> None:
    """An empty picture has no positions, and one node stands in the middle."""
    assert to_positions([], []) == []
    assert to_positions([10.0], []) == [(0, 0)]


def test_the_same_picture_in_every_process() -> None:
    """The same network gives the same page, to the byte, whatever Python's hashes are."""
    program = (
        "import hashlib; from graph.picture import *; from tests.sites import small_site; network = small_site(); "
        "pages = [draw(network, scene).html for scene in (overview(network), neighbourhood(network, "
        f"{FIRST!r}, depth=2, most=6))]; print(hashlib.sha256(''.join(pages).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=HERE,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_pyvis_waits_until_it_is_needed() -> None:
    """Neither importing the package nor building a graph loads pyvis, which loads half of IPython."""
    program = (
        "import sys, graph; graph.build('seeds'); import graph.picture, graph.viewing; print('pyvis' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=HERE, check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"
