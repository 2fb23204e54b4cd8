"""Networks of small invented sites, as a page shows them: real IRIs, every kind, every relation."""

from __future__ import annotations

import networkx

from graph.records import Scalar

__all__ = ["HOSTILE", "crowded_site", "hostile_site", "one_article", "small_site"]

BASE = "https://example.org/"

HOSTILE = [
    "</script><script>window.owned = true</script>",
    "<img src=x onerror='window.owned = true'>",
    '"><svg onload=window.owned=true>',
    "{{ 7 * 7 }}{% raw %}",
    "an href in a title",
    "]]><!-- -->",
    "line\u2028and paragraph\u2029separators",
    "nul \x00, bell \x07 and half a pair \ud83d",
    "&lt;b&gt; &amp;amp;",
    "__proto__",
]
"""Titles that try to be more than text."""


def small_site() -> networkx.MultiDiGraph[str]:
    """Return three articles, two stubs, and around them one of everything else."""
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    _article(
        network,
        "https://news.example/first",
        "Élan vital: a first article",
        url="https://news.example/first",
        excerpt="What the first article says.",
        type="article",
        category="news",
        published=True,
        published_at="2023-05-23T06:51:00Z",
        word_count=1234,
    )
    _article(network, "https://news.example/second", "A second article", url="javascript:alert(1)", published=False)
    _article(network, f"{BASE}article/collection", "A collection", type="collection", duration="PT1H2M")
    _article(network, "https://other.example/stub", "A stub elsewhere", stub=True)
    _article(network, "https://other.example/another", "Another stub", stub=True)
    network.add_node("https://news.example/#organization", kind="provider", label="The News", domain="news.example")
    network.add_node("https://press.example/#organization", kind="provider", label="The Press")
    network.add_node(f"{BASE}topic/tools", kind="topic", label="Tools", keywords="hammer; saw")
    network.add_node(f"{BASE}topic/things", kind="topic", label="Things")
    network.add_node(f"{BASE}person/ada", kind="person", label="Ada", location="London")
    for start, relation, end in [
        ("https://news.example/first", "publisher", "https://news.example/#organization"),
        ("https://news.example/first", "about", f"{BASE}topic/tools"),
        ("https://news.example/first", "author", f"{BASE}person/ada"),
        ("https://news.example/first", "related", "https://other.example/stub"),
        ("https://news.example/second", "related", "https://news.example/first"),
        ("https://news.example/second", "links", f"{BASE}topic/tools"),
        (f"{BASE}person/ada", "links", "https://news.example/second"),
        ("https://news.example/#organization", "parent", "https://press.example/#organization"),
        ("https://news.example/second", "mentions", f"{BASE}topic/tools"),
        (f"{BASE}article/collection", "part", "https://news.example/first"),
        (f"{BASE}topic/tools", "broader", f"{BASE}topic/things"),
        (f"{BASE}person/ada", "affiliation", "https://news.example/#organization"),
        (f"{BASE}person/ada", "expertise", f"{BASE}topic/tools"),
    ]:
        network.add_edge(start, end, key=relation, relation=relation)
    return network


def one_article(label: str, **attributes: Scalar) -> networkx.MultiDiGraph[str]:
    """Return a network of one article with this title."""
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    network.add_node(f"{BASE}article/one", kind="article", label=label, **{"stub": False, **attributes})
    return network


def hostile_site() -> networkx.MultiDiGraph[str]:
    """Return articles whose titles, excerpts, names, addresses and IRIs all attack the page."""
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    network.add_node(f"{BASE}topic/{HOSTILE[0]}", kind="topic", label=HOSTILE[1])
    for number, text in enumerate(HOSTILE):
        iri = f"{BASE}{number}/{text}"
        _article(network, iri, text, excerpt=text, type=text, source=text, url=f"javascript:window.owned=true//{text}")
        network.add_edge(iri, f"{BASE}topic/{HOSTILE[0]}", key="about")
        if number:
            network.add_edge(iri, f"{BASE}{number - 1}/{HOSTILE[number - 1]}", key="related")
    return network


def crowded_site(articles: int = 1200) -> networkx.MultiDiGraph[str]:
    """Return a site too large to draw whole.

    A third of the articles all point to each other's first sixty; each article has one of 30 topics and of 200
    providers, and all are about `Everything`.
    """
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    network.add_node(f"{BASE}topic/everything", kind="topic", label="Everything")
    iris = [f"https://news.example/{number:05}" for number in range(articles)]
    for number, iri in enumerate(iris):
        topic, provider = f"{BASE}topic/{number % 30}", f"https://p{number % 200}.example/#organization"
        _article(network, iri, f"Article {number}")
        network.add_node(topic, kind="topic", label=f"Topic {number % 30}")
        network.add_node(provider, kind="provider", label=f"Provider {number % 200}")
        network.add_edge(iri, f"{BASE}topic/everything", key="about")
        network.add_edge(iri, topic, key="about")
        network.add_edge(iri, provider, key="publisher")
        if number < articles // 3:
            for other in iris[:60]:
                network.add_edge(iri, other, key="related")
        else:
            network.add_edge(iri, iris[number - 1], key="related")
    return network


def _article(
    network: networkx.MultiDiGraph[str], iri: str, label: str, *, stub: bool = False, **attributes: Scalar
) -> None:
    """Add an article to `network`."""
    network.add_node(iri, kind="article", label=label, stub=stub, **attributes)
