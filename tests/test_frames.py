"""Rows as data frames: of records, relations, analyses, answers and dictionaries."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import graph
from graph.analysis import articles_per_topic, provider_profiles
from graph.errors import FormatError, GraphError
from graph.frames import to_columns, to_pandas, to_polars
from graph.views import rows_of

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
LIBRARIES = ("pandas", "polars")
Make = Callable[[list[object]], object]


@pytest.fixture(scope="module")
def knowledge() -> graph.KnowledgeGraph:
    """Return the graph of the seeds."""
    return graph.build(SEEDS)


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for both libraries by what keeps the columns it is given."""
    for name in LIBRARIES:
        library: Any = ModuleType(name)
        library.DataFrame = lambda columns, name=name: (name, columns)
        monkeypatch.setitem(sys.modules, name, library)


@pytest.mark.usefixtures("stand_ins")
def test_a_graph_gives_tables(knowledge: graph.KnowledgeGraph) -> None:
    """Articles come by default, with labels beside IRIs; relations and the other records on request."""
    made: Any = knowledge.to_pandas()
    library, columns = made
    assert library == "pandas"
    assert columns["iri"] == list(knowledge.articles)
    assert {len(cells) for cells in columns.values()} == {7}
    place = columns["label"].index("Digital Twins, Generative AI, And The Metaverse")
    assert columns["provider_label"][place] == "Forbes"
    assert columns["topics"][place] == ["https://example.org/topic/ai"]
    assert columns["topic_labels"][place] == ["AI"]
    related: Any = knowledge.to_polars("relations")
    library, columns = related
    assert library == "polars"
    assert list(columns) == ["source", "source_label", "relation", "target", "target_label"]
    assert len(columns["source"]) == sum(knowledge.info().relations.values())
    assert {"publisher", "about", "related"} <= set(columns["relation"])
    for what in ("topics", "providers", "people", "problems"):
        assert knowledge.to_pandas(what) is not None
    with pytest.raises(FormatError, match=r"no table of 'topcs'\. Choose one of articles, relations, topics"):
        knowledge.to_pandas("topcs")


@pytest.mark.usefixtures("stand_ins")
def test_answers_give_tables(knowledge: graph.KnowledgeGraph) -> None:
    """Answers of a table or of triples have their variables as columns; yes or no is not a table."""
    table: Any = knowledge.query("SELECT ?a ?n { ?a schema:wordCount ?n }").to_pandas()
    assert list(table[1]) == ["a", "n"]
    assert table[1]["n"] == [777]
    nothing: Any = knowledge.query("SELECT ?a { ?a a <urn:none> }").to_polars()
    assert nothing[1] == {"a": []}
    triples: Any = knowledge.query("CONSTRUCT WHERE { ?a schema:wordCount ?n }").to_polars()
    assert triples[1]["object"] == [777]
    with pytest.raises(FormatError, match="yes or no"):
        knowledge.query("ASK {}").to_pandas()


@pytest.mark.usefixtures("stand_ins")
def test_times_in_answers_are_times() -> None:
    """A column of times or days is one of aware times, like that of a record; what is not only times stays as it is."""
    knowledge = graph.build_from(["---\ntitle: A\ndate: 2024-05-06T07:08:09+02:00\n---\n"])
    query = """SELECT ?time ?day ?same ?none ?mixed ?far {
        ?a schema:datePublished ?time ; ag:publishedOn ?day ; schema:datePublished|schema:headline ?mixed
        OPTIONAL { ?a schema:dateModified ?none }
        BIND (?time AS ?same) BIND ("12024-01-01T00:00:00Z"^^xsd:dateTime AS ?far)
    } ORDER BY ?mixed"""
    time, day = datetime(2024, 5, 6, 5, 8, 9, tzinfo=UTC), datetime(2024, 5, 6, tzinfo=UTC)
    for made in (knowledge.query(query).to_pandas(), knowledge.query(query).to_polars()):
        columns: Any = made
        assert columns[1] == {
            "time": [time, time],
            "day": [day, day],
            "same": [time, time],
            "none": [None, None],
            "mixed": ["A", "2024-05-06T05:08:09Z"],
            "far": ["12024-01-01T00:00:00Z"] * 2,
        }


def test_rows_of_analyses_become_columns(knowledge: graph.KnowledgeGraph) -> None:
    """A row of an analysis is a row of the table; what has parts of its own is told in words."""
    columns = to_columns(articles_per_topic(knowledge.network))
    assert columns["label"][0] == "AI"
    assert columns["articles"][0] == 2
    assert all(isinstance(topics, list) for topics in to_columns(provider_profiles(knowledge.network))["top_topics"])


def test_columns_have_one_type() -> None:
    """Cells of several types become text, numbers of two types become decimal fractions, what is missing is None."""
    rows = [{"a": 1, "b": 1, "c": (1, "x")}, {"a": 1.5, "b": "x", "d": {"e": True}}]
    assert to_columns(rows) == {
        "a": [1.0, 1.5],
        "b": ["1", "x"],
        "c": [[1, "x"], None],
        "d.e": [None, True],
    }
    assert to_columns([(1, 2)], ("a", "b")) == {"a": [1], "b": [2]}
    for wrong in ([(1, 2)], ["text"], [3]):
        with pytest.raises(TypeError, match="is not a row"):
            to_columns(wrong)


@pytest.mark.parametrize(("library", "make"), [("pandas", to_pandas), ("polars", to_polars)])
def test_a_missing_library_is_told_with_its_extra(monkeypatch: pytest.MonkeyPatch, library: str, make: Make) -> None:
    """Where a library is not installed, the error names the extra that installs it."""
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(GraphError, match=rf"{library} is not installed. Run: pip install 'article-graph\[{library}\]'"):
        make([{"a": 1}])


@pytest.mark.parametrize("name", LIBRARIES)
def test_real_data_frames(knowledge: graph.KnowledgeGraph, name: str) -> None:
    """The libraries take all tables as they are."""
    pytest.importorskip(name)
    for what in ("articles", "relations", "topics", "providers", "people", "problems"):
        frame: Any = getattr(knowledge, f"to_{name}")(what)
        assert frame.shape[0] == len(list(rows_of(knowledge.truth, what)))
    answer: Any = getattr(knowledge.query("SELECT ?a ?n { ?a schema:headline ?n }"), f"to_{name}")()
    assert answer.shape == (7, 2)
