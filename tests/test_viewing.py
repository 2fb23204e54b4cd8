"""Looking at a part of a graph: which nodes are chosen, and that their page is whole, offline, inert, and the same."""

from __future__ import annotations

import html
import itertools
import math
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
from graph.errors import FormatError, NoSuchNodeError, OutputError, QueryError, SourceError
from graph.generations import Generation
from graph.publishing import Exports, open_exports
from graph.viewing import (
    SmallView,
    best_connected,
    cut,
    neighbourhood,
    overview,
    selection,
    to_pyvis,
    to_pyvis_page,
    to_small_view,
    view,
)
from graph.views import Network, attributes_of, to_network
from tests.networks import network_lines, network_of
from tests.sites import BASE, HOSTILE, crowded_site, hostile_site, one_article, small_site
from tests.test_own_fields import SITE as OWN_SITE
from tests.test_own_fields import site as own_site
from tests.worlds import Site, built, sites

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


def shown(network: Network) -> SmallView:
    """Return a view of all nodes of a network."""
    return to_small_view(network, selection(network, sorted(network), most=1000), base=BASE)


def pyvis_page(network: Network) -> str:
    """Return the pyvis page of all nodes of a network."""
    choice = selection(network, sorted(network), most=1000)
    return to_pyvis_page(to_pyvis(network, choice), choice)


def test_a_neighbourhood_is_what_is_near() -> None:
    """A node is shown with all that is one relation away, whichever way it leads."""
    choice = neighbourhood(small_site(), TOPIC)
    assert choice.nodes == tuple(
        sorted([TOPIC, f"{BASE}topic/things", FIRST, "https://news.example/second", f"{BASE}person/ada"])
    )
    assert (choice.found, choice.centre, choice.title) == (5, TOPIC, "Tools")
    assert choice.summary == "5 nodes within 1 step"


def test_depth_reaches_farther() -> None:
    """Each step of depth adds the neighbours of what is shown; none leaves the node alone."""
    network = network_of(["article/a related article/b", "article/c related article/b", "article/c related article/d"])
    found = [neighbourhood(network, "article/a", depth=depth).nodes for depth in range(4)]
    assert [len(nodes) for nodes in found] == [1, 2, 3, 4]


@given(network_lines(), st.integers(0, 3), st.integers(1, 12))
def test_never_more_than_wanted(lines: list[str], depth: int, most: int) -> None:
    """At most so many nodes are chosen as are wanted, the nearest of them, and it is known how many there are."""
    network = network_of(lines)
    near = networkx.Graph(network)
    for node in sorted(network)[:3]:
        distance = networkx.single_source_shortest_path_length(near, node, cutoff=depth)
        choice = neighbourhood(network, node, depth=depth, most=most)
        assert choice.found == len(distance)
        assert len(choice.nodes) == min(most, len(distance))
        assert sorted(distance[shown] for shown in choice.nodes) == sorted(distance.values())[: len(choice.nodes)]
    for choose in (overview, best_connected):
        choice = choose(network, most=most)
        assert len(choice.nodes) == min(most, choice.found)


def test_a_common_topic_brings_nothing_near() -> None:
    """Two steps away, the other article of a story comes before what merely shares a topic with a thousand others."""
    lines = [f"article/x{number} about topic/everything" for number in range(300)]
    lines += ["article/a about topic/everything", "article/a related article/b", "article/c related article/b"]
    choice = neighbourhood(network_of(lines), "article/a", depth=2, most=4)
    assert choice.nodes == ("article/a", "article/b", "article/c", "topic/everything")


def test_a_crowd_does_not_fill_the_view() -> None:
    """Of articles that all point to each other, only some stand for the rest."""
    found = neighbourhood(crowded_site(), f"{BASE}topic/everything", most=100).nodes
    crowd = {f"https://news.example/{number:05}" for number in range(60)}
    assert 0 < len(crowd.intersection(found)) <= 10


def test_the_overview_shows_the_largest() -> None:
    """The topics and providers with most articles are shown, half of each, and articles that they have."""
    network = crowded_site()
    choice = overview(network, most=100)
    kinds = [network.nodes[node]["kind"] for node in choice.nodes]
    assert {kind: kinds.count(kind) for kind in ("topic", "provider", "article")} == {
        "topic": 25,
        "provider": 25,
        "article": 50,
    }
    assert f"{BASE}topic/everything" in choice.nodes
    assert choice.found == 1431
    shown = network.subgraph(choice.nodes)
    assert all(shown.degree(node) for node in choice.nodes)


def test_the_overview_leaves_out_what_joins_nothing() -> None:
    """An overview has every topic and provider where there are few, the articles that have them, and nothing else."""
    lines = ["article/a about topic/x", "article/a publisher provider/p", "article/b related article/a"]
    choice = overview(network_of([*lines, "topic/alone", "article/a author person/q"]))
    assert choice.nodes == ("article/a", "provider/p", "topic/alone", "topic/x")
    assert choice.found == 4


def test_the_overview_of_notes_without_topics() -> None:
    """Where there is no topic and no provider, as in many vaults, the overview shows the best-connected nodes."""
    network = network_of(["article/a links article/b", "article/a links article/c"])
    assert overview(network, most=1).nodes == ("article/a",)
    assert overview(network) == best_connected(network)


@pytest.mark.parametrize("most", [0, -1])
def test_fewer_than_one_node_are_refused(most: int) -> None:
    """Whoever wants fewer nodes than one, or less than no depth, or nodes that are not there, is told so."""
    network = small_site()
    for choose in (overview, best_connected):
        with pytest.raises(FormatError, match="most"):
            choose(network, most=most)
    with pytest.raises(FormatError, match="most"):
        neighbourhood(network, FIRST, most=most)
    with pytest.raises(FormatError, match="depth"):
        neighbourhood(network, FIRST, depth=-1)
    with pytest.raises(NoSuchNodeError, match="nothing to show"):
        selection(network, ["https://elsewhere.example/"])


@pytest.mark.parametrize(("place", "lines"), [("a.md:7", [7]), ("a.md:99999999999", []), ("a.md:-1", []), (":7", [])])
def test_a_place_that_cannot_be_is_left_out(place: str, lines: list[int]) -> None:
    """A network may come from an edited file: a line that no text has is no evidence, and no error."""
    network = network_of(["article/a links article/b"])
    for _, _, told in network.edges(data=True):
        told["stated_in"] = place
    part = cut(network, network, base="https://e.example/", title="Part")
    assert [one.line for one in part.evidence] == lines


@settings(max_examples=30, deadline=None)
@given(sites())
def test_a_part_says_what_the_whole_says(site: Site) -> None:
    """A part of a network, cut out as a truth, has the same attributes and relations, and none that leads outside."""
    knowledge = built(site)
    whole = to_network(knowledge.truth)
    for nodes in (sorted(whole), sorted(whole)[::2]):
        part = to_network(cut(whole, nodes, base=knowledge.base, title="Part"))
        assert {node: part.nodes[node] for node in part} == {node: whole.nodes[node] for node in nodes}
        assert set(part.edges(keys=True)) == set(whole.subgraph(nodes).edges(keys=True))
        links = [(start, end) for start, end, relation in part.edges(keys=True) if relation == "links"]
        for start, end in links:
            expected = whole.edges[start, end, "links"]
            if ":" in expected.get("stated_in", ""):
                assert part.edges[start, end, "links"] == expected


def test_a_part_keeps_what_a_site_adds(tmp_path: Path) -> None:
    """Relations and facts of a site's own are in a part too, whether it is of the graph or of its build."""
    knowledge = graph.build(own_site(tmp_path, documents=OWN_SITE))
    whole = knowledge.network
    part = to_network(cut(whole, whole, base=knowledge.base, title="", vocabulary=knowledge.vocabulary))
    assert {node: part.nodes[node] for node in part} == {node: whole.nodes[node] for node in whole}
    assert set(part.edges(keys=True)) == set(whole.edges(keys=True))
    graph.publish(knowledge, tmp_path / "exports", formats=["graphml", "evidence"])
    exports = open_exports(tmp_path / "exports")
    assert exports.vocabulary.to_dict() == knowledge.vocabulary.to_dict()
    assert view(exports, "A").html == knowledge.view("A").html


def test_a_damaged_account_of_what_a_site_adds_is_told(tmp_path: Path) -> None:
    """Where `info.json` does not say as it should what a site adds, the error names the file."""
    exports = Exports(Generation(tmp_path, {}), {"vocabulary": {"relations": [{"name": 1}], "literals": 2}})
    with pytest.raises(SourceError, match="damaged"):
        exports.vocabulary  # noqa: B018 - what is asked for


def test_a_part_of_a_strange_network_is_cut_as_well() -> None:
    """What is of no known kind, or has no label, or an attribute named as a relation, does no harm."""
    network = one_article("One", related="a text", names="other")
    network.add_node("https://example.org/strange", kind="strange")
    network.add_node("https://example.org/bare", kind="topic")
    network.add_edge(f"{BASE}article/one", "https://example.org/strange", key="links")
    network.add_edge(f"{BASE}article/one", "https://example.org/bare", key="unheard-of")
    part = cut(network, network, base=BASE, title="")
    assert list(part.articles) == [f"{BASE}article/one"]
    assert part.topics["https://example.org/bare"].label == "https://example.org/bare"
    assert attributes_of(part.articles[f"{BASE}article/one"])["names"] == "other"
    assert to_small_view(network, selection(network, network), base=BASE).html


def test_nodes_by_any_name(seeds: graph.KnowledgeGraph) -> None:
    """`view` takes an IRI, an address of the same page, a label, a query, or nothing."""
    topic = next(iri for iri, record in seeds.topics.items() if record.label == "AI")
    by_label = seeds.view("AI")
    assert topic in by_label.nodes
    assert seeds.view(topic).html == by_label.html
    article = next(iter(seeds.articles))
    assert article in seeds.view(article.replace("https://", "http://") + "?utm_source=x", depth=0).nodes
    assert set(seeds.view().nodes) >= {*seeds.topics, *seeds.providers}
    with pytest.raises(NoSuchNodeError, match="no node has this name"):
        seeds.view("Nothing of the kind")


def test_what_a_query_names_is_shown(seeds: graph.KnowledgeGraph) -> None:
    """The nodes of a SELECT are shown in its order, those of a CONSTRUCT and DESCRIBE whole; ASK names none."""
    articles = seeds.view("SELECT ?a ?title { ?a schema:headline ?title }")
    assert set(articles.nodes) == set(seeds.articles)
    last = max(seeds.articles)
    ordered = seeds.view("# the last\nSELECT ?a { ?a schema:headline ?title } ORDER BY DESC(STR(?a))", most=1)
    assert (ordered.nodes, ordered.found) == ((last,), len(seeds.articles))
    made = seeds.view("construct { ?a schema:about ?t } where { ?a schema:about ?t }")
    assert set(made.nodes) == {iri for iri, one in seeds.articles.items() if one.topics} | {
        topic for one in seeds.articles.values() for topic in one.topics
    }
    assert last in seeds.view(f"DESCRIBE <{last}>").nodes
    with pytest.raises(FormatError, match="yes or no"):
        seeds.view("ASK { ?a a schema:NewsArticle }")
    with pytest.raises(QueryError):
        seeds.view("SELECT ?a { ?a")


@pytest.mark.parametrize("make", [lambda network: shown(network).html, pyvis_page])
def test_nothing_comes_from_elsewhere(make: Callable[[Network], str]) -> None:
    """Neither page names a script, style, font, picture or frame outside itself, and its policy allows none."""
    page = Page(make(small_site()))
    outward = {"src", "href", "srcset", "action", "data", "poster", "formaction", "background", "ping"}
    named = [value for _, attributes in page.elements for name, value in attributes.items() if name in outward]
    assert named == ["data:,"]
    assert "url(http" not in "".join(data for tag, data in page.texts if tag == "style")
    assert "sourceMappingURL" not in "".join(data for _, data in page.texts)
    policy = next(known["content"] for tag, known in page.elements if tag == "meta" and "http-equiv" in known)
    assert policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


@pytest.mark.parametrize("make", [lambda network: shown(network).html, pyvis_page])
def test_hostile_content_is_data(make: Callable[[Network], str]) -> None:
    """Whatever content says, the page has the same elements as with harmless content, and is UTF-8."""
    harmless = Page(make(one_article("A", excerpt="B"))).elements
    for text in HOSTILE:
        page = make(one_article(text, excerpt=text, type=text, source=text))
        page.encode()
        elements = Page(page).elements
        # A policy names the page's own parts, which are the same; no text of content is in an attribute.
        assert elements == harmless, text
    assert "window.owned" not in "".join(data for tag, data in Page(make(hostile_site())).texts if tag != "script")


def test_a_title_of_a_centre_is_text() -> None:
    """A page named after a hostile title holds it as text."""
    network = hostile_site()
    choice = neighbourhood(network, f"{BASE}0/{HOSTILE[0]}")
    for page in (
        to_small_view(network, choice, base=BASE).html,
        to_pyvis_page(to_pyvis(network, choice), choice),
    ):
        texts = Page(page).texts
        assert ("title", HOSTILE[0]) in texts
        assert any(tag == "h1" and text.startswith(HOSTILE[0]) for tag, text in texts)


def test_a_notebook_shows_it_in_a_cage() -> None:
    """In a notebook the page stands in a frame that may run scripts and has no origin to act for."""
    small = shown(hostile_site())
    elements = Page(small._repr_html_()).elements
    assert [tag for tag, _ in elements] == ["iframe"]
    attributes = elements[0][1]
    assert attributes["sandbox"] == "allow-scripts allow-popups allow-downloads"
    assert attributes["srcdoc"] == small.html
    assert html.escape("</script>") not in repr(small)


def test_it_is_written_whole(tmp_path: Path) -> None:
    """`write` saves the page as UTF-8, and says in one line where that cannot be."""
    small = shown(small_site())
    small.write(tmp_path / "view.html")
    assert (tmp_path / "view.html").read_bytes() == small.html.encode()
    with pytest.raises(OutputError, match="cannot be written"):
        small.write(tmp_path / "no" / "such" / "folder.html")


@pytest.mark.parametrize("site", [networkx.MultiDiGraph, small_site, crowded_site])
def test_no_marks_of_pyvis_overlap(site: Callable[[], Network]) -> None:
    """No two nodes of a pyvis network cover each other."""
    network = site()
    nodes: list[dict[str, Any]] = to_pyvis(network, best_connected(network)).nodes
    for one, other in itertools.combinations(nodes, 2):
        assert math.hypot(one["x"] - other["x"], one["y"] - other["y"]) > 0.9 * (one["size"] + other["size"])


@settings(max_examples=30, deadline=None)
@given(network_lines())
def test_pyvis_has_a_place_for_every_node(lines: list[str]) -> None:
    """Whatever the network is like, each of its nodes is drawn once, and each relation."""
    network = network_of([*lines, "article/z"])
    network.add_edge("article/z", "strange", key="links")
    drawn = to_pyvis(network, best_connected(network))
    assert set(drawn.get_nodes()) == set(network) - {"strange"}
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in drawn.nodes)
    assert len(drawn.edges) == network.number_of_edges() - 1


def test_pyvis_users_find_what_they_know(seeds: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """`to_pyvis` returns a network of pyvis to change and write; without a name it holds the best-connected nodes."""
    from pyvis.network import Network as PyvisNetwork

    drawn = seeds.to_pyvis(most=4)
    assert isinstance(drawn, PyvisNetwork)
    ranked = sorted(seeds.network, key=lambda node: (-seeds.network.degree(node), node))
    assert set(drawn.get_nodes()) == set(ranked[:4])
    assert len(drawn.edges) == seeds.network.subgraph(ranked[:4]).number_of_edges()
    assert drawn.options.physics.enabled is False
    drawn.add_node("mine", label="Mine", title="A node of mine")
    drawn.add_edge("mine", ranked[0])
    drawn.toggle_physics(status=True)
    drawn.write_html(str(tmp_path / "mine.html"))
    assert "A node of mine" in (tmp_path / "mine.html").read_text(encoding="utf-8")
    assert {node["label"] for node in seeds.to_pyvis("AI").nodes} >= {"AI"}
    assert len(seeds.to_pyvis("SELECT ?a { ?a schema:headline ?title }").nodes) == len(seeds.articles)
    with pytest.raises(NoSuchNodeError, match="no node has this name"):
        seeds.to_pyvis("Nothing of the kind")


def test_titles_of_pyvis_are_text() -> None:
    """A title that pyvis would take as markup, as it does with all where one holds `href`, is not taken so."""
    drawn = to_pyvis(hostile_site(), best_connected(hostile_site()))
    assert len(drawn.nodes) == len(HOSTILE) + 1
    assert not any("href" in node["title"] for node in drawn.nodes)
    page = drawn.generate_html()
    assert "innerHTML = nodeData" not in page
    assert "<img src=x" not in page


@pytest.mark.slow
def test_the_same_pages_in_every_process() -> None:
    """The same network gives the same pages, to the byte, whatever Python's hashes are."""
    program = (
        "import hashlib; from graph.viewing import *; from tests.sites import small_site; network = small_site(); "
        f"choices = [overview(network), neighbourhood(network, {FIRST!r}, depth=2, most=6)]; "
        "pages = [to_small_view(network, one, base='https://example.org/').html for one in choices]; "
        "pages += [to_pyvis_page(to_pyvis(network, one), one) for one in choices]; "
        "print(hashlib.sha256(''.join(pages).encode()).hexdigest())"
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


@pytest.mark.slow
def test_pyvis_waits_until_it_is_needed() -> None:
    """Neither importing the package nor a small view loads pyvis, which loads half of IPython."""
    program = "import sys, graph; graph.build('seeds').view(); import graph.viewing; print('pyvis' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=HERE, check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"
