"""A knowledge graph in Python: nodes by any of their names, mappings that cannot be changed, and short displays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import graph
from graph.analysis import suggest_related
from graph.errors import GraphError, NoSuchNodeError

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ARTICLE = """---
title: A walk
webUrl: https://walks.example/up/
ampWebUrl: https://walks.example/up/amp-page
date: 2024-05-06T07:08:09Z
topics: [Walking]
provider: {name: Walks, domain: walks.example}
authors: [Jo Doe]
---
See [the other](https://walks.example/down/).
"""


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> graph.KnowledgeGraph:
    """Return a graph of two articles, a topic, a provider and a person."""
    folder = tmp_path_factory.mktemp("walks")
    (folder / "a.md").write_text(ARTICLE)
    (folder / "b.md").write_text("---\ntitle: Down\nwebUrl: https://walks.example/down/\n---\nText.\n")
    return graph.build(folder)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("https://walks.example/up/", "A walk"),
        ("http://www.walks.example/up?utm_source=mail#top", "A walk"),
        ("https://walks.example/up/amp-page", "A walk"),
        ("a WALK", "A walk"),
        ("Walking", "Walking"),
        ("https://example.org/topic/walking", "Walking"),
        ("https://walks.example/#organization", "Walks"),
        ("Jo Doe", "Jo Doe"),
    ],
)
def test_a_node_is_found_by_each_of_its_names(knowledge: graph.KnowledgeGraph, name: str, label: str) -> None:
    """Square brackets find a node by its IRI, any of its addresses, its label or another name."""
    assert knowledge[name].label == label
    assert name in knowledge


def test_a_name_that_nothing_has_is_a_key_error(knowledge: graph.KnowledgeGraph) -> None:
    """What has no such name is told with what comes near, as a KeyError and as one of the package's own errors."""
    for family in (KeyError, GraphError, NoSuchNodeError):
        with pytest.raises(family) as caught:
            knowledge["Wlaking"]
        assert str(caught.value).startswith("'Wlaking': no node has this name. Did you mean “Walking”?")
    assert "Wlaking" not in knowledge
    assert 1 not in knowledge
    wrong: Any = knowledge["Walking"]
    with pytest.raises(TypeError, match=r"is a string, not Topic\. Give its IRI\."):
        suggest_related(knowledge, wrong)
    wrong = 1
    with pytest.raises(TypeError, match="is a string, not int"):
        knowledge[wrong]


@pytest.mark.parametrize("name", ["articles", "providers", "topics", "people", "images"])
def test_records_cannot_be_replaced(knowledge: graph.KnowledgeGraph, name: str) -> None:
    """Mappings of records are read-only, and equal to dictionaries that hold the same."""
    records = getattr(knowledge, name)
    assert records == dict(records)
    assert dict(records) == records
    with pytest.raises(TypeError):
        records["urn:a"] = None
    with pytest.raises(AttributeError):
        records.clear()


def test_displays_are_short(knowledge: graph.KnowledgeGraph) -> None:
    """What a Python prompt shows of a graph, a record, an answer and the numbers fits a line or two."""
    article = knowledge["A walk"]
    assert repr(knowledge) == "<KnowledgeGraph 'article-graph': 2 articles, 1 provider, 1 topic, 1 person>"
    assert repr(article) == "<Article 'A walk', 2024-05-06, <https://walks.example/up/>>"
    assert repr(knowledge["Walking"]) == "<Topic 'Walking', <https://example.org/topic/walking>>"
    assert repr(graph.Image("https://a.example/b.png", 3, 4)) == "<Image <https://a.example/b.png>, 3 × 4>"
    assert repr(graph.Article("urn:a", "A", stub=True, published=False)) == "<Article 'A', stub, unpublished, <urn:a>>"
    assert repr(knowledge.query("SELECT ?a ?b { ?a a ?b }")) == "<Answer: a table of a, b>"
    assert repr(knowledge.query("CONSTRUCT WHERE { ?a a ?b }")) == "<Answer: triples>"
    assert repr(knowledge.query("ASK { ?a a ?b }")) == "<Answer: yes>"
    assert repr(knowledge.info()).startswith("<Info of 'article-graph': 2 articles, 0 stubs, 1 provider, ")
