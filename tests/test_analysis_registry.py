"""All analyses by name, their rows as cells, and what holds for every one of them."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.analysis import (
    ANALYSES,
    RelatedSuggestion,
    Row,
    TopicSuggestion,
    find_analysis,
    path_in_words,
    shortest_path,
    to_objects,
    to_table,
)
from graph.errors import FormatError
from tests.networks import network_lines, network_of

HERE = Path(__file__).resolve().parent.parent

LINES = [
    *(f"article/{first} related article/{second}" for first in "abcd" for second in "abcd" if first != second),
    *(f"article/{name} about topic/x" for name in "abcdef"),
    *(f"article/{name} about topic/y" for name in "abcd"),
    *(f"article/{name} publisher provider/{'p' if name in 'abc' else 'q'}" for name in "abcdef"),
    "article/a related article/s",
    "article/e author person/h",
]

GROUPED = [
    ("central-groups", None, "publisher"),
    ("central-groups", "topic", "about"),
    ("central-groups", "person", "author"),
    ("first-tellers", None, "publisher"),
    ("provider-profiles", None, "publisher"),
    ("provider-topics", None, "publisher"),
    ("provider-topics", None, "about"),
    ("stories", None, "publisher"),
]
"""Analyses that say little without a relation, by the kind of groups."""

MORE = [
    *(f"article/z{first} related article/z{second}" for first in "abcd" for second in "abcd" if first != second),
    "article/za links article/a",
    "article/a links article/end",
    "topic/words broader topic/x",
    "article/a about topic/word",
    "article/b about topic/words",
    *(f"article/{name}{number} mentions topic/words" for name in "pq" for number in range(20)),
    *(f"article/p{number} related article/q{number}" for number in range(3)),
    *(f"article/{name}{number} publisher provider/{name}" for name in "pq" for number in range(3)),
]
"""More lines, so that every question has an answer."""

DATES = {f"article/{name}": "2024-05-06" for name in ("a", "b", "p0", "p1", "p2")} | {
    f"article/q{number}": "2024-05-07" for number in range(3)
}
"""When some of the articles were published."""

EVERYTHING = """
import json, sys
from graph.analysis import ANALYSES, to_objects
from tests.networks import network_of

network = network_of(set(json.loads(sys.argv[1])), stubs=["article/s"])
ends = {"source": "article/a", "target": "article/f"}
for analysis in ANALYSES.values():
    rows = analysis.run(network, None, **{name: ends[name] for name in analysis.arguments})
    print(json.dumps([analysis.name, to_objects(rows)]))
"""
"""Prints every answer about a network whose nodes and edges are added in hash order."""


def answers(network: networkx.MultiDiGraph[str], source: str, target: str) -> dict[str, tuple[Row, ...]]:
    """Return every analysis' rows."""
    ends = {"source": source, "target": target}
    return {
        name: analysis.run(network, None, **{end: ends[end] for end in analysis.arguments})
        for name, analysis in ANALYSES.items()
    }


def test_the_names_are_those_promised() -> None:
    """The analyses are listed under their names, in order, each with a summary of one line."""
    assert list(ANALYSES) == [
        "articles-per-topic",
        "bridges",
        "central-articles",
        "central-groups",
        "communities",
        "cooccurring-topics",
        "dead-ends",
        "duplicate-topics",
        "duplicates",
        "first-tellers",
        "orphans",
        "path",
        "provider-profiles",
        "provider-topics",
        "providers-per-topic",
        "related-providers",
        "stories",
        "thin-topics",
        "topic-tree",
        "topic-trends",
        "wanted-notes",
        "wanted-stubs",
    ]
    for name, analysis in ANALYSES.items():
        assert analysis.name == name
        assert re.fullmatch(r"[A-Z][^\n]*\.", analysis.summary)


@pytest.mark.slow
@given(network_lines(), st.randoms(use_true_random=False), st.integers(0, 5))
def test_the_order_of_adding_changes_nothing(lines: list[str], random: Random, limit: int) -> None:
    """The same nodes and edges in another order give the same rows, and a limit the first of them."""
    lines = [*lines, "article/a", "topic/a"]
    shuffled = random.sample(lines, len(lines))
    network = network_of(lines, stubs=["article/f", "article/g"])
    rows = answers(network, "article/a", "topic/a")
    assert answers(network_of(shuffled, stubs=["article/f", "article/g"]), "article/a", "topic/a") == rows
    for name, analysis in ANALYSES.items():
        ends = {end: f"{'article' if end == 'source' else 'topic'}/a" for end in analysis.arguments}
        assert analysis.run(network, limit, **ends) == rows[name][:limit]


@pytest.mark.slow
def test_every_process_answers_alike() -> None:
    """Processes that hash strings differently give the same bytes."""
    outputs = set()
    for seed in ("0", "1", "2"):
        run = [sys.executable, "-c", EVERYTHING, json.dumps(LINES)]
        outputs.add(subprocess.run(run, cwd=HERE, env={"PYTHONHASHSEED": seed}, check=True, capture_output=True).stdout)
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) == len(ANALYSES)


def test_nothing_is_an_answer() -> None:
    """A network without nodes has no rows, whatever is asked."""
    empty: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    assert not any(analysis.run(empty) for analysis in ANALYSES.values() if not analysis.arguments)


def test_nodes_without_attributes_are_called_by_their_iris() -> None:
    """A node that has a kind and nothing else still has a name in every row."""
    network = network_of(LINES)
    for node in network:
        network.nodes[node].pop("label")
        network.nodes[node].pop("stub", None)
    for rows in answers(network, "article/a", "article/f").values():
        for row in to_objects(rows):
            assert "iri" not in row or row["label"] == row["iri"]


@pytest.mark.parametrize("name", ANALYSES)
def test_rows_become_plain_cells(name: str) -> None:
    """A table has the row type's fields as headers and only plain values as cells; objects survive JSON unchanged."""
    found = find_analysis(name)
    ends = {"source": "article/a", "target": "article/f"}
    titles = dict.fromkeys(("article/c", "article/d"), "Genomes in the cloud")
    days = dict.fromkeys((f"article/{name}" for name in "abcd"), "2020-05-01")
    if name in {"duplicates", "stories"}:
        network = network_of(LINES, stubs=["article/s"], label=titles, published_at=days)
    else:
        network = network_of([*LINES, *MORE], stubs=["article/s"], published_at=DATES)
    rows = found.run(network, None, **{end: ends[end] for end in found.arguments})
    headers, cells = to_table(rows, found.row_type)
    assert rows or name == "wanted-notes"  # which only a graph knows
    assert all(type(row) is found.row_type for row in rows)
    assert headers == [field.name for field in dataclasses.fields(found.row_type)]
    assert all(len(line) == len(headers) for line in cells)
    assert all(value is None or isinstance(value, str | int | float | bool) for line in cells for value in line)
    objects = to_objects(rows)
    assert [list(each) for each in objects] == [headers] * len(rows)
    assert json.loads(json.dumps(objects)) == objects


def test_a_table_without_rows_has_headers() -> None:
    """The headers come from the type of the rows, not from the rows."""
    analysis = find_analysis("wanted-stubs")
    assert to_table((), analysis.row_type) == (["iri", "label", "wanted_by", "published_at", "provider"], [])


def test_a_tuple_is_one_cell_and_a_list_in_json() -> None:
    """A row within a row is told in words in a table, and stays an object in JSON."""
    analysis = find_analysis("providers-per-topic")
    rows = analysis.run(network_of(LINES), 1)
    headers, cells = to_table(rows, analysis.row_type)
    assert dict(zip(headers, cells[0], strict=True))["top_providers"] == "p (3); q (3)"
    assert to_objects(rows)[0]["top_providers"] == [
        {"iri": "provider/p", "label": "p", "articles": 3},
        {"iri": "provider/q", "label": "q", "articles": 3},
    ]


def test_misuse_is_one_line() -> None:
    """An unknown analysis, a missing or needless argument and a negative limit are each refused with the remedy."""
    network = network_of(LINES)
    with pytest.raises(FormatError, match=r"There is no analysis 'centre'\. Choose one of articles-per"):
        find_analysis("centre")
    with pytest.raises(FormatError, match=r"analysis 'path' needs a target\. Give the IRI"):
        ANALYSES["path"].run(network, source="article/a", target=None)
    with pytest.raises(FormatError, match=r"analysis 'orphans' takes no source\. Leave it out\."):
        ANALYSES["orphans"].run(network, source="article/a")
    with pytest.raises(FormatError, match=r"limit: -1 is below zero\."):
        ANALYSES["orphans"].run(network, -1)


CHAPTERS = {
    **{name: analysis.row_type for name, analysis in ANALYSES.items()},
    "suggest related": RelatedSuggestion,
    "suggest topics": TopicSuggestion,
}
"""For each chapter of the page on analyses the type of the rows that it explains."""


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_page_explains_every_column(name: str) -> None:
    """The documentation has a chapter for each analysis and suggestion, with exactly its columns in their order."""
    page = (HERE / "docs" / "analysis.md").read_text(encoding="utf-8")
    chapters = dict(re.findall(r"^## `([^`]+)`\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    assert list(chapters) == list(CHAPTERS)
    cells = re.findall(r"^\| (`[^|]+`) \|", chapters[name], re.MULTILINE)
    explained = [column for cell in cells for column in re.findall(r"`([^`]+)`", cell)]
    assert explained == [field.name for field in dataclasses.fields(CHAPTERS[name])]


def test_the_seeds_have_answers() -> None:
    """Every analysis answers about a real build, and a way between its articles is told in words."""
    network = graph.build(HERE / "seeds").network
    first, *_, last = sorted(node for node, known in network.nodes(data=True) if known["kind"] == "article")
    rows = answers(network, first, last)
    assert rows["central-articles"]
    assert rows["provider-profiles"]
    assert rows["wanted-stubs"]
    assert path_in_words(shortest_path(network, first, first)).endswith("”.")


@pytest.mark.parametrize("name", ANALYSES)
def test_an_analysis_says_what_it_lacks(name: str) -> None:
    """Where there is nothing of what an answer rests on, one sentence says so, and otherwise nothing."""
    analysis = ANALYSES[name]
    whole = network_of([*LINES, "topic/x broader topic/y"], published_at={"article/a": "2024-05-06"})
    assert analysis.lacks(whole) is None
    lacked = analysis.lacks(network_of(["article/a", "article/b", "topic/x"]))
    needed = analysis.rests_on or analysis.needs[:1]
    assert (lacked is None) == (not needed)
    assert lacked is None or all(repr(relation) in lacked for relation in needed)
    undated = analysis.lacks(network_of([*LINES, "topic/x broader topic/y"]))
    assert undated == ("No date of publication was found, so the answer says little." if "date" in name else undated)
    assert (undated is not None) == analysis.rests_on_dates


@pytest.mark.parametrize(("name", "of", "relation"), GROUPED)
def test_an_analysis_needs_what_it_groups_by(name: str, of: str | None, relation: str) -> None:
    """Links between articles say nothing of providers, topics or people that no article names."""
    network = network_of([line for line in LINES if f" {relation} " not in line], published_at={"article/a": "2024"})
    assert ANALYSES[name].lacks(network, of) == f"No relation '{relation}' was found, so the answer says little."


def test_an_analysis_says_that_its_order_says_nothing() -> None:
    """Where most rows are equal by what orders them, a sentence says so; where few rows are, it does not."""
    analysis = ANALYSES["central-articles"]
    rows = analysis.run(network_of([f"article/{number}" for number in range(12)]))
    assert analysis.equals(rows) == "12 of these 12 have the same score, 0.0833333, so their order means nothing."
    assert analysis.equals(rows[:5]) is None
    chain = network_of([f"article/{number:02} links article/{number + 1:02}" for number in range(12)])
    assert analysis.equals(analysis.run(chain)) is None
    assert ANALYSES["orphans"].equals(rows) is None


@pytest.mark.parametrize("name", ANALYSES)
def test_a_graph_is_asked_as_its_network_is(name: str) -> None:
    """Every function takes a graph as well as a network, and knows no less."""
    knowledge = graph.build(HERE / "seeds")
    first, *_, last = sorted(knowledge.articles)
    ends = {"source": first, "target": last} if ANALYSES[name].arguments else {}
    rows = ANALYSES[name].run(knowledge, None, **ends)
    assert rows[: len(rows)] == (ANALYSES[name].run(knowledge.network, None, **ends) or rows)


ODD = {
    "one node": network_of(["article/a"]),
    "apart": network_of([*(f"article/{name}" for name in "abc"), "topic/x", "provider/p", "person/h"]),
    "stubs": network_of(
        (f"article/{number} related article/{number + 1}" for number in range(0, 200, 2)),
        stubs=[f"article/{number}" for number in range(201)],
    ),
    "one topic": network_of(f"article/{number} about topic/x" for number in range(50)),
    "broken dates": network_of(
        [f"article/{name} about topic/x" for name in "abc"],
        published_at={"article/a": "never", "article/b": "", "article/c": "2024-13-45"},
    ),
    "circles": network_of(["topic/x broader topic/y", "topic/y broader topic/x", "article/a about topic/x"]),
}
"""Networks of which little can be said."""


@pytest.mark.parametrize("shape", ODD)
@pytest.mark.parametrize("name", ANALYSES)
def test_odd_networks_have_an_answer(name: str, shape: str) -> None:
    """Networks without dates, links or sense give rows or none, and no error."""
    node = next(iter(ODD[shape]))
    ends = dict.fromkeys(ANALYSES[name].arguments, node)
    rows = ANALYSES[name].run(ODD[shape], None, **ends)
    assert json.loads(json.dumps(to_objects(rows), allow_nan=False)) == to_objects(rows)


OPTIONS: dict[str, list[str | int]] = {
    "by": ["pagerank", "in-degree", "betweenness", "authority", "hub", "core", "stories", "links", "similarity"],
    "of": ["provider", "topic", "person"],
    "paths": [1, 4],
    "hubs": [True],
    "period": ["year", "quarter", "month"],
}
"""Values of every option."""


@pytest.mark.parametrize("name", [name for name in ANALYSES if ANALYSES[name].options])
def test_options_are_understood_or_refused(name: str) -> None:
    """Every option gives rows for values that it knows, one error for others, and one where it means nothing."""
    network = network_of(LINES, published_at={"article/a": "2024-05-06"})
    ends: dict[str, str | int] = {"source": "article/a", "target": "article/f"} if ANALYSES[name].arguments else {}
    for option, values in OPTIONS.items():
        if option not in ANALYSES[name].options:
            with pytest.raises(FormatError, match=rf"analysis '{name}' takes no {option}\. Leave it out\."):
                ANALYSES[name].run(network, None, **ends, **{option: values[0]})
            continue
        understood = 0
        for value in values:
            try:
                understood += bool(ANALYSES[name].run(network, None, **ends, **{option: value}))
            except FormatError as error:
                assert "Choose one of" in str(error)  # noqa: PT017 - either is right, as options share a name
        assert understood
