"""What the commands that answer print: numbers, rows, suggestions and tables."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
import rdflib

from graph.analysis import ANALYSES
from graph.vocabulary import RELATIONS
from tests.commands import (
    SEEDS,
    TITLES,
    Run,
    assert_misuse,
    in_process,
    on_a_terminal,
)

EVERYTHING = "CONSTRUCT WHERE { ?s ?p ?o }"


@pytest.mark.parametrize("where", ["graph", "source", "build as source"])
def test_info_as_json(run: Run, out: str, where: str) -> None:
    """`info --json` prints one object with all counts, of a build and of a source alike."""
    arguments = {"graph": ["--graph", out], "source": [SEEDS], "build as source": [out]}[where]
    done = run("info", *arguments, "--json")
    assert (done.status, done.told) == (0, "")
    told = json.loads(done.out)
    assert {name: told[name] for name in ("articles", "stubs", "providers", "topics", "people")} == {
        "articles": 7,
        "stubs": 4,
        "providers": 5,
        "topics": 2,
        "people": 0,
    }
    assert sorted(told["relations"]) == list(RELATIONS)
    assert told["relations"]["related"] == 4
    assert told["problems"] == {}
    assert told["unmapped"] == []


def test_info_counts_problems_and_unmapped_fields(run: Run, tmp_path: Path, faulty: str) -> None:
    """`info` counts problems by kind, and fields that mean nothing to it."""
    (tmp_path / "site" / "b.md").write_text("---\ntitle: B\ncolour: red\n---\n", encoding="utf-8")
    told = json.loads(run("info", faulty, "--json").out)
    assert told["problems"] == {"invalid-date": 1}
    assert told["unmapped"] == [["colour", 1]]
    assert "colour" in run("info", faulty).out


def test_info_for_a_person(run: Run, out: str) -> None:
    """`info` tells counts, dates, the commonest topics and providers, in lines."""
    done = run("info", "--graph", out)
    assert (done.status, done.told) == (0, "")
    assert done.out.startswith("articles    7  (4 stubs, 1 unpublished)\n")
    for part in ("published   2022-12-19 to 2023-05-26", "top topics", "Machine Learning", "related"):
        assert part in done.out


QUERY_FORMS: dict[str, Callable[[str, str], tuple[list[str], bytes]]] = {
    "text": lambda out, _: (["--graph", out, TITLES], b""),
    "text after a source": lambda _out, _file: ([SEEDS, TITLES], b""),
    "text after a build": lambda out, _: ([out, TITLES], b""),
    "file": lambda out, file: (["--graph", out, "-f", file], b""),
    "file and source": lambda _, file: (["-f", file, SEEDS], b""),
    "standard input": lambda out, _: (["--graph", out, "-"], TITLES.encode()),
    "standard input as file": lambda out, _: (["--graph", out, "-f", "-"], TITLES.encode()),
    "standard input after a source": lambda _out, _file: ([SEEDS, "-"], TITLES.encode()),
    "options last": lambda out, _: ([TITLES, "--format", "csv", "--graph", out], b""),
}


@pytest.mark.slow
@pytest.mark.parametrize("form", QUERY_FORMS)
def test_queries_come_from_everywhere(form: str, out: str, tmp_path: Path) -> None:
    """A query is given as text, as a file or on standard input, and asks a build or a source."""
    file = tmp_path / "titles.rq"
    file.write_bytes(b"\xef\xbb\xbf" + f"# A comment, after a byte order mark: é\n{TITLES}\n".encode())
    arguments, text = QUERY_FORMS[form](out, str(file))
    done = in_process("query", *arguments, "--format", "csv", text=text)
    assert (done.status, done.told) == (0, "")
    rows = list(csv.reader(io.StringIO(done.out)))
    assert rows[0] == ["title"]
    assert ["Digital Twins, Generative AI, And The Metaverse"] in rows
    assert len(rows) == 8


def test_answers_as_a_table(run: Run, out: str) -> None:
    """A table has a header, a line for each row, and the number of rows below; numbers stand to the right."""
    query = "SELECT ?title ?words { ?a schema:headline ?title ; schema:wordCount ?words } ORDER BY ?words"
    done = run("query", "--graph", out, query)
    header, rule, *rows, count = done.out.splitlines()
    assert header.split() == ["title", "words"]
    assert set(rule) == {"─", " "}
    assert rows == ["The Rise of the Metaverse: A Look into the Actual Generative AI Revoluti…    777"]
    assert count == "1 row"


@pytest.mark.parametrize(
    ("query", "form", "printed"),
    [
        ("ASK {}", None, "yes\n"),
        ("ASK { <urn:a> ?p ?o }", "table", "no\n"),
        ("ASK {}", "csv", "true\n"),
        ("SELECT (1 AS ?one) {}", "csv", "one\r\n1\r\n"),
        ("SELECT (1 AS ?one) {}", "tsv", "?one\n1\n"),
        ("SELECT (1 AS ?one) {}", "table", "one\n───\n  1\n1 row\n"),
        ("SELECT ?none { ?none a <urn:none> }", "table", "none\n────\n0 rows\n"),
        (
            "SELECT (1/0 AS ?none) (true AS ?yes) (0.5 AS ?half) {}",
            "table",
            "none  yes  half\n────  ───  ────\n      yes   0.5\n1 row\n",
        ),
        ("CONSTRUCT { <urn:a> <urn:b> 'c' } {}", "nt", '<urn:a> <urn:b> "c" .\n'),
        (
            "CONSTRUCT { <urn:a> <urn:b> 'c' } {}",
            "table",
            "subject  predicate  object\n───────  ─────────  ──────\nurn:a    urn:b      c\n1 row\n",
        ),
    ],
)
def test_answers_in_every_form(run: Run, out: str, query: str, form: str | None, printed: str) -> None:
    """Tables, booleans and triples have the forms of their standards, and one for people."""
    done = run("query", "--graph", out, query, *(["--format", form] if form else []))
    assert (done.status, done.told) == (0, "")
    assert done.out == printed


@pytest.mark.parametrize("query", [TITLES, "ASK {}", "CONSTRUCT WHERE { ?s schema:headline ?o }"])
def test_every_format_that_an_error_names_can_be_chosen(run: Run, out: str, query: str) -> None:
    """The formats that are offered for an answer, instead of one that does not suit it, are formats of the command."""
    unsuitable = "csv" if query.startswith("CONSTRUCT") else "ttl"
    told = run("query", "--graph", out, query, "--format", unsuitable).told
    offered = told.rpartition("Use one of ")[2].strip(" .\n").split(", ")
    assert len(offered) == 4
    for form in offered:
        done = run("query", "--graph", out, query, "--format", form)
        assert (done.status, done.told, done.out[-1:]) == (0, "", "\n")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            "SELECT * { ?a schema:headine ?b }",
            "Nothing in the graph has schema:headine. Did you mean schema:headline?\n",
        ),
        ("SELECT * { ?a a schema:Artcle }", "Nothing in the graph has schema:Artcle. Did you mean schema:Article?\n"),
        ("SELECT * { ?a ag:verifiedBy ?b }", "Nothing in the graph has ag:verifiedBy.\n"),
        (
            "PREFIX schema: <http://schema.org/> SELECT * { ?a schema:headline ?b }",
            "The prefix schema: stands for <https://schema.org/> in the graph, and not for <http://schema.org/>.\n",
        ),
        ('SELECT * { ?a schema:headline "none", ?b FILTER (?b = "1"^^xsd:none) } # skos:none', ""),
        ("PREFIX skos: <urn:skos> SELECT * { ?a skos:none 'schema:none', <schema:none> }", ""),
    ],
)
def test_an_empty_answer_tells_of_names_that_are_not_used(run: Run, out: str, query: str, told: str) -> None:
    """If nothing is found, prefixes and names that the graph does not use are told, with similar ones that it may."""
    done = run("query", "--graph", out, query)
    assert (done.status, done.told) == (0, told)
    assert done.out.endswith("0 rows\n")


def test_answers_as_json_and_turtle(run: Run, out: str) -> None:
    """SPARQL JSON is JSON, and constructed triples are Turtle unless something else is asked for."""
    assert len(json.loads(run("query", "--graph", out, TITLES, "--format", "json").out)["results"]["bindings"]) == 7
    turtle = run("query", "--graph", out, EVERYTHING).out
    lines = run("query", "--graph", out, EVERYTHING, "--format", "nt").out
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == len(lines.splitlines()) > 100


def test_analyses_are_listed(run: Run) -> None:
    """`analyze --list` names every analysis with what it tells, on lines that fit 80 columns."""
    done = run("analyze", "--list")
    assert [line.split()[0] for line in done.out.splitlines()] == list(ANALYSES)
    assert all(len(line.split()) > 3 and len(line) <= 80 for line in done.out.splitlines())


@pytest.mark.parametrize("name", ANALYSES)
def test_every_analysis_runs(run: Run, out: str, name: str) -> None:
    """Each analysis answers as a table, as CSV and as JSON, and --limit limits each."""
    ends = ["--from", "Digital Twins, Generative AI, And The Metaverse", "--to", "Forbes"] if name == "path" else []
    table = run("analyze", name, "--graph", out, *ends)
    lacked = "No relation 'broader' was found, so the answer says little.\n" if name == "topic-tree" else ""
    assert (table.status, table.told) == (0, lacked)
    objects = json.loads(run("analyze", name, "--graph", out, "--format", "json", *ends).out)
    rows = list(csv.DictReader(io.StringIO(run("analyze", name, "--graph", out, "--format", "csv", *ends).out)))
    assert len(rows) == len(objects)
    if name != "path":
        assert table.out.splitlines()[-1] == f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}"
    limited = json.loads(run("analyze", name, "--graph", out, "--format", "json", "--limit", "1", *ends).out)
    assert limited == objects[:1]


def test_a_path_is_printed_whole(run: Run, out: str) -> None:
    """Each step of a path is a line that is never cut off, with the IRI of its node below it if that is wanted."""
    ends = ["--from", "Digital Twins, Generative AI, And The Metaverse", "--to", "AI"]
    steps = json.loads(run("analyze", "path", "--graph", out, "--format", "json", *ends).out)
    assert run("analyze", "path", "--graph", out, *ends).out.splitlines() == [step["words"] for step in steps]
    lines = run("analyze", "path", "--graph", out, "--iri", *ends).out.splitlines()
    assert lines == [line for step in steps for line in (step["words"], f"  {step['iri']}")]


def test_several_paths_past_hubs(run: Run, tmp_path: Path) -> None:
    """A path avoids hubs unless it is told not to, and says so where it cannot; several are parted by a blank line."""
    for number in range(70):
        link = "[x](page-1.md)" if number == 0 else ""
        text = f"---\ntitle: Page {number}\nprovider: All\n---\n{link}\n"
        (tmp_path / f"page-{number}.md").write_text(text, encoding="utf-8")
    ends = ["--from", "Page 2", "--to", "Page 3"]
    done = run("analyze", "path", str(tmp_path), *ends)
    assert done.told == "This leads through All, which very many nodes are connected to.\n"
    assert done.out == "“Page 2”\nwas published by “All”,\nwhich also published “Page 3”.\n"
    done = run("analyze", "path", str(tmp_path), "--from", "Page 0", "--to", "Page 1", "--paths", "2", "--hubs")
    first, second = done.out.split("\n\n")
    assert first == "“Page 0”\nlinks to “Page 1”."
    assert second.startswith("“Page 0”\nwas published by “All”,")
    assert done.told
    assert not run("analyze", "path", str(tmp_path), "--from", "Page 0", "--to", "Page 1", "--paths", "2").told


def test_options_of_analyses(run: Run, out: str) -> None:
    """Measures and kinds are chosen by options; an unknown one, or one that does not belong, is refused in a line."""
    ranked = json.loads(run("analyze", "central-articles", "--graph", out, "--by", "in-degree", "--format", "json").out)
    assert [row["score"] for row in ranked] == sorted((row["score"] for row in ranked), reverse=True)
    assert "label" in run("analyze", "central-groups", "--graph", out, "--of", "topic", "--by", "core").out
    done = run("analyze", "central-articles", "--graph", out, "--by", "fame")
    assert done.status == 2
    assert "there is no measure 'fame'. Choose one of pagerank, in-degree" in done.told
    done = run("analyze", "orphans", "--graph", out, "--period", "year")
    assert (done.status, done.out) == (2, "")
    assert "analysis 'orphans' takes no period. Leave it out." in done.told


def test_suggestions_in_every_form(run: Run, out: str) -> None:
    """`suggest related` gives one article's rows, or everybody's, as a table, CSV, JSON and Markdown."""
    every = json.loads(run("suggest", "related", "--all", "--graph", out, "--min-score", "0", "--format", "json").out)
    assert every
    first = every[0]
    assert first.keys() >= {"article", "article_label", "suggestion", "suggestion_label", "score", "reasons", "is_copy"}
    one = ["suggest", "related", first["article"], "--graph", out, "--min-score", "0"]
    rows = json.loads(run(*one, "--format", "json").out)
    assert rows == [row for row in every if row["article"] == first["article"]]
    assert run(*one).out.splitlines()[-1].startswith(f"{len(rows)} row")
    cells = csv.DictReader(io.StringIO(run(*one, "--format", "csv").out))
    assert [row["suggestion"] for row in cells] == [row["suggestion"] for row in rows]
    assert len(run(*one, "--format", "md").out.splitlines()) == len(rows) + 2
    assert json.loads(run(*one, "--format", "json", "--limit", "1").out) == rows[:1]
    assert json.loads(run(*one[:-1], "99", "--format", "json").out) == []
    none = "There are no suggestions with a score of 99 or more; a lower --min-score may show some.\n"
    assert run(*one[:-1], "99").out.endswith(none)


def test_topics_in_every_form(run: Run, tmp_path: Path) -> None:
    """`suggest topics` has the options and forms of `suggest related`; here it finds a keyword of the taxonomy."""
    (tmp_path / "_data" / "topics").mkdir(parents=True)
    taxonomy = "name: Containers\nshortname: containers\nkeywords: kubernetes, aks\n"
    (tmp_path / "_data" / "topics" / "01-containers.yaml").write_text(taxonomy, encoding="utf-8")
    for title in ("Upgrading AKS", "A recipe for bread"):
        (tmp_path / f"{title[0]}.md").write_text(f"---\ntitle: {title}\n---\n", encoding="utf-8")
    source = str(tmp_path)
    rows = json.loads(run("suggest", "topics", "--all", source, "--format", "json").out)
    assert [(row["article_label"], row["topic_label"]) for row in rows] == [("Upgrading AKS", "Containers")]
    assert rows[0]["reasons"] == ["title says “aks”"]
    one = ("suggest", "topics", "Upgrading AKS", source)
    assert json.loads(run(*one, "--format", "json").out) == rows
    (cells,) = csv.DictReader(io.StringIO(run(*one, "--format", "csv").out))
    assert (cells["topic"], cells["score"]) == (rows[0]["topic"], str(rows[0]["score"]))
    assert run(*one, "--format", "md").out.count("\n") == 3
    assert run(*one).out.splitlines()[-1] == "1 row"
    assert "a lower --min-score may show some" in run("suggest", "topics", "A recipe for bread", source).out
    assert "lower" not in run("suggest", "topics", "A recipe for bread", source, "--min-score", "0").out
    assert_misuse(run("suggest", "topics", "A recipe for brad", source), "Did you mean “A recipe for bread”")


def test_suggestions_of_a_source(run: Run, tmp_path: Path) -> None:
    """The article and a source to read can both be named, and with --all a source alone."""
    for name in ("one", "two"):
        text = f"---\ntitle: Verily on Terra {name}\ndate: 2020-01-01\n---\n"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    rows = json.loads(run("suggest", "related", "Verily on Terra one", str(tmp_path), "--format", "json").out)
    assert [row["suggestion_label"] for row in rows] == ["Verily on Terra two"]
    assert run("suggest", "topics", "--all", str(tmp_path)).out == "0 rows\nThere are no topics to suggest.\n"
    assert len(json.loads(run("suggest", "related", "--all", str(tmp_path), "--format", "json").out)) == 2
    assert_misuse(run("suggest", "related", "Verily on Tera one", str(tmp_path)), "Did you mean “Verily on Terra one”")


@pytest.mark.parametrize(
    "words", [["analyze", "articles-per-topic"], ["search", "AI"], ["query", "SELECT ?s { ?s a skos:Concept } LIMIT 3"]]
)
def test_answers_as_markdown(run: Run, out: str, words: list[str]) -> None:
    """Every answer in rows can be had as a Markdown table, to be pasted elsewhere."""
    lines = run(*words, "--graph", out, "--format", "md").out.splitlines()
    assert len(lines) > 2
    assert set(lines[1]) <= set("| -:")
    assert all(line.startswith("| ") and line.endswith(" |") for line in lines)


def test_nodes_that_are_not_connected(run: Run, tmp_path: Path) -> None:
    """Where there is no path, that is said."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n", encoding="utf-8")
    done = run("analyze", "path", str(tmp_path), "--from", "one", "--to", "two")
    assert (done.status, done.out) == (0, "The two are not connected.\n")


def test_a_table_is_as_wide_as_the_terminal(out: str) -> None:
    """On a terminal a table has its width, and a line for each row."""
    status, shown = on_a_terminal(["query", "--graph", out, "SELECT ?text { ?article schema:abstract ?text }"])
    lines = shown.decode().splitlines()
    assert status == 0
    assert max(map(len, lines)) == 100
    assert len(lines) == int(lines[-1].removesuffix(" rows")) + 3


@pytest.mark.parametrize("name", [name for name in ANALYSES if name != "path"])
def test_tables_fit_eighty_columns(run: Run, out: str, name: str) -> None:
    """Tables of analyses begin with labels, show days and no IRIs, and fit 80 columns."""
    lines = run("analyze", name, "--graph", out).out.splitlines()
    assert max(map(len, lines)) <= 80
    assert not re.search(r"https?:|\dT\d", "".join(lines))
    with_iris = run("analyze", name, "--graph", out, "--iri").out
    has_iri = {field.name for field in fields(ANALYSES[name].row_type)} & {"iri", "first_label", "provider_label"}
    assert not lines[3:] or ("http" in with_iris) == bool(has_iri)


def test_found_nodes_fit_eighty_columns(run: Run, out: str) -> None:
    """`search` shows labels and days; IRIs only on request, and then whole."""
    plain, with_iris = (run("search", "metaverse", "--graph", out, *more).out for more in ([], ["--iri"]))
    assert plain.splitlines()[1].startswith("label")
    assert max(map(len, plain.splitlines())) <= 80
    assert "http" not in plain
    rows = csv.DictReader(io.StringIO(run("search", "metaverse", "--graph", out, "--format", "csv").out))
    iris = [row["iri"] for row in rows]
    assert iris
    assert [line.rpartition(" ")[2] for line in with_iris.splitlines()[-1 - len(iris) : -1]] == iris


def test_a_table_of_many_rows_is_cut(run: Run, out: str) -> None:
    """A table shows the first 100 rows of an answer and says how many there are; other formats give all."""
    for query, form in ((EVERYTHING, "nt"), ("SELECT * { ?s ?p ?o }", "csv")):
        *rows, last = run("query", "--graph", out, query, "--format", "table").out.splitlines()
        total = len(run("query", "--graph", out, query, "--format", form).out.splitlines()) - (form == "csv")
        assert len(rows) == 102
        assert last == f"the first 100 of {total} rows; --format {form} gives all"


def test_a_table_that_is_cut_says_so(run: Run, tmp_path: Path) -> None:
    """A table of more than 20 rows of an analysis says that there are more."""
    for number in range(21):
        (tmp_path / f"{number}.md").write_text(f"# Title {number}\n\nText.\n", encoding="utf-8")
    assert run("analyze", "orphans", str(tmp_path)).out.endswith("the first 20 rows; --limit shows more\n")
    assert run("analyze", "orphans", str(tmp_path), "--limit", "21").out.endswith("21 rows\n")
    assert len(json.loads(run("analyze", "orphans", str(tmp_path), "--format", "json").out)) == 21
