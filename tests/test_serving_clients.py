"""Programs that others wrote talk to the endpoint as they are."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, RDFXML, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

import graph
from tests.served import Served, serving

pytest.importorskip("starlette", reason="needs the extra `serve`")

HERE = Path(__file__).resolve().parent.parent
TITLES = "PREFIX schema: <https://schema.org/> SELECT ?title { ?article schema:headline ?title } ORDER BY ?title"
TRIPLES = "PREFIX schema: <https://schema.org/> CONSTRUCT { ?a schema:headline ?t } WHERE { ?a schema:headline ?t }"
COMUNICA = "COMUNICA"
"""Names the folder in which Comunica was installed: `npm install @comunica/query-sparql`."""


@pytest.fixture(scope="module")
def knowledge() -> graph.KnowledgeGraph:
    """Return the graph of the seeds."""
    return graph.build(HERE / "seeds")


@pytest.fixture(scope="module")
def served(knowledge: graph.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a server of the seeds."""
    folder = tmp_path_factory.mktemp("served") / "exports"
    graph.publish(knowledge, folder, formats="nt")
    with serving(folder) as served:
        yield served


@pytest.fixture(scope="module")
def titles(knowledge: graph.KnowledgeGraph) -> list[str]:
    """Return the titles that the articles have."""
    return sorted(article.label for article in knowledge.articles.values())


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("way", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_reads_tables(served: Served, titles: list[str], method: str, way: str) -> None:
    """SPARQLWrapper reads rows as JSON by each of its ways of asking."""
    client = SPARQLWrapper(served.address + "/sparql", returnFormat=JSON)
    client.setMethod(method)
    client.setRequestMethod(way)
    client.setQuery(TITLES)
    answer: Any = client.queryAndConvert()
    assert [row["title"]["value"] for row in answer["results"]["bindings"]] == titles


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_sparqlwrapper_reads_other_forms(served: Served, titles: list[str]) -> None:
    """SPARQLWrapper gets XML, CSV, Turtle and RDF/XML when it asks for them, and is told of a bad query as such."""
    client = SPARQLWrapper(served.address + "/sparql")

    def answer(query: str, form: str) -> Any:  # noqa: ANN401 - each form has a type of its own
        client.setQuery(query)
        client.setReturnFormat(form)
        return client.queryAndConvert()

    assert len(answer(TITLES, XML).getElementsByTagName("result")) == len(titles)
    assert answer(TITLES, CSV).decode().split("\r\n")[0] == "title"
    assert len(rdflib.Graph().parse(data=answer(TRIPLES, TURTLE), format="turtle")) == len(titles)
    assert len(answer(TRIPLES, RDFXML)) == len(titles)
    with pytest.raises(QueryBadFormed):
        answer("SELECT nonsense", JSON)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_the_endpoint_as_a_graph(served: Served, knowledge: graph.KnowledgeGraph, method: str) -> None:
    """A graph of rdflib on top of the endpoint holds the same triples, and answers the same queries."""
    store = SPARQLStore(served.address + "/sparql", method=method)
    remote = rdflib.Graph(store)
    assert set(remote.triples((None, rdflib.SKOS.prefLabel, None))) == set(
        knowledge.triples.triples((None, rdflib.SKOS.prefLabel, None))
    )
    assert list(remote.query(TITLES)) == list(knowledge.triples.query(TITLES))
    assert len(remote.query(TRIPLES).graph or ()) == len(knowledge.triples.query(TRIPLES).graph or ())


def test_comunica_reads_the_endpoint(served: Served, titles: list[str]) -> None:
    """Comunica finds out by itself that this is an endpoint, and reads rows from it."""
    program = Path(os.environ.get(COMUNICA, "")) / "node_modules" / ".bin" / "comunica-sparql"
    if shutil.which("node") is None or not program.exists():
        pytest.skip(f"needs Comunica: npm install @comunica/query-sparql, and {COMUNICA}=its folder")
    done = subprocess.run(
        [str(program), served.address + "/sparql", TITLES, "-t", "application/sparql-results+json"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    rows = json.loads(done.stdout)["results"]["bindings"]
    assert [row["title"]["value"] for row in rows] == titles
