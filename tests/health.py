"""What must hold after every build, whatever stood beside the healthy article."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph

import graph

__all__ = ["HEALTHY", "HEALTHY_URL", "assert_healthy", "assert_readable", "front_matter"]

HEALTHY_URL = "https://healthy.example/article"
HEALTHY = f"""---
title: "Healthy"
webUrl: {HEALTHY_URL}
publishedDateTime: 2023-05-23T06:51:00Z
type: article
provider: {{ name: Healthy Times, domain: healthy.example }}
topics: [Health]
related:
  - title: "A neighbour"
    webUrl: https://healthy.example/neighbour
---
"""


def front_matter(text: str, body: str = "") -> bytes:
    """Return a document with YAML front matter; the text's first line is line 2."""
    return f"---\n{text}\n---\n{body}".encode("utf-8", "surrogatepass")


def assert_healthy(knowledge: graph.KnowledgeGraph) -> None:
    """Check that the healthy article is there with all that it says."""
    article = knowledge.articles[HEALTHY_URL]
    assert article.label == "Healthy"
    assert article.published_at == "2023-05-23T06:51:00Z"
    assert article.provider == "https://healthy.example/#organization"
    assert [knowledge.topics[iri].label for iri in article.topics] == ["Health"]
    assert "https://healthy.example/neighbour" in article.related
    assert not [problem for problem in knowledge.problems if problem.path.startswith("healthy")]


def assert_readable(knowledge: graph.KnowledgeGraph, out: Path, *further: str) -> None:
    """Check that what a build writes can be read by others and says the same in every format; write further formats."""
    graph.publish(knowledge, out, formats=["ttl", "nt", "graphml", "jsonld", *further])
    stated = set(pyoxigraph.parse((out / "graph.nt").read_bytes(), pyoxigraph.RdfFormat.N_TRIPLES))
    written = set(pyoxigraph.parse((out / "graph.ttl").read_bytes(), pyoxigraph.RdfFormat.TURTLE))
    assert written == stated
    subjects = [node["@id"] for node in json.loads((out / "graph.jsonld").read_text(encoding="utf-8"))["@graph"]]
    assert set(subjects) == {triple.subject.value for triple in stated}
    assert len(knowledge.triples) == len(stated)
    tags = [element.tag.rpartition("}")[2] for element in ElementTree.parse(out / "graph.graphml").iter()]  # noqa: S314 - our own file
    assert tags.count("node") == knowledge.network.number_of_nodes()
    assert tags.count("edge") == knowledge.network.number_of_edges()
    problems = json.loads((out / "problems.json").read_text(encoding="utf-8"))["problems"]
    assert len(problems) == len(knowledge.problems)
    for problem in knowledge.problems:
        assert problem.fact
        assert problem.remedy
        assert str(problem).isprintable(), "a problem is told in one printable line"
