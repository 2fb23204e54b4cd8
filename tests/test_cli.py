"""The commands as users type them: what they print, how they end, and that they never end in a traceback."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import termios
import time
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
import rdflib

from graph.analysis import ANALYSES
from graph.cli import main
from graph.errors import SourceError
from graph.vocabulary import RELATIONS

HERE = Path(__file__).resolve().parent.parent
SEEDS = str(HERE / "seeds")
TITLES = "SELECT ?title { ?article schema:headline ?title } ORDER BY ?title"
EVERYTHING = "CONSTRUCT WHERE { ?s ?p ?o }"
NO_ADDRESS = (
    "No site address is known, so https://example.org/ is used. "
    "Set it with --base https://your.site/, or as base in article-graph.toml."
)
SUMMARY = re.compile(
    r"[\d,]+ files read: [\d,]+ articles \([\d,]+ stubs\), [\d,]+ providers, [\d,]+ topics, [\d,]+ people, "
    r"[\d,]+ relations, [\d,]+ problems, \d+\.\d seconds"
)


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    status: int
    """Its exit status."""
    out: str
    """What it printed."""
    told: str
    """What it printed to standard error."""


Run = Callable[..., Done]


def in_process(*arguments: str, text: bytes = b"", **variables: str) -> Done:
    """Run `python -m graph` with a standard input and environment variables."""
    done = subprocess.run(
        command(*arguments), input=text, env=environment(**variables), capture_output=True, check=False
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def command(*arguments: str) -> list[str]:
    """Return a command line."""
    return [sys.executable, "-m", "graph", *arguments]


def environment(**variables: str) -> dict[str, str]:
    """Return the environment of a command."""
    return {**os.environ, "PYTHONPATH": str(HERE), "COLUMNS": "100", **variables}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command inside this process."""

    def inside(*arguments: str) -> Done:
        status = main(arguments)
        printed = capsys.readouterr()
        return Done(status, printed.out, printed.err)

    return inside


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a folder that holds a build of the seeds."""
    folder = tmp_path_factory.mktemp("built") / "exports"
    done = in_process("build", SEEDS, "--out", str(folder))
    assert (done.status, done.told) == (0, "")
    return str(folder)


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    """Return a folder of articles with one problem."""
    (tmp_path / "site").mkdir()
    text = "---\ntitle: A\ndate: spring\npublished: false\n---\n"
    (tmp_path / "site" / "a.md").write_text(text, encoding="utf-8")
    return str(tmp_path / "site")


def assert_misuse(done: Done, told: str) -> None:
    """Check that a command ended as one that was misused: status 2, nothing printed, clear words, no traceback."""
    assert done.status == 2
    assert done.out == ""
    assert told in done.told
    assert "Traceback" not in done.told


def test_serve_needs_one_named_folder(run: Run) -> None:
    """A name that is empty, and a source beside a build, are misuse for `serve` as for other commands."""
    assert_misuse(run("serve", ""), "The folder name is empty")
    assert_misuse(run("serve", SEEDS, "--graph", "exports"), "Name either a source or --graph")


def test_a_watched_build_prints_no_control_characters(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error while watching is printed like any other: a name in it cannot control the terminal."""
    monkeypatch.setattr(
        "graph.commands.build.watch", lambda *_, **__: iter([SourceError("a\x1b[2Jb: cannot be read.")])
    )
    assert run("build", SEEDS, "--watch").told == "article-graph: a [2Jb: cannot be read.\n"


def test_build_writes_and_sums_up(run: Run, tmp_path: Path) -> None:
    """`build` writes all files, and says what it read, where it wrote, what is worth knowing and what to do next."""
    done = run("build", SEEDS, "--out", str(tmp_path / "out"))
    assert (done.status, done.told) == (0, "")
    summary, written, *rest = done.out.splitlines()
    assert SUMMARY.fullmatch(summary)
    assert summary.startswith(
        "3 files read: 7 articles (4 stubs), 5 providers, 2 topics, 0 people, 19 relations, 0 problems"
    )
    assert written == f"written to {tmp_path / 'out'}"
    assert rest == [
        NO_ADDRESS,
        "1 unpublished article is included. Leave out what is unpublished with --published-only.",
        "",
        f"Open {tmp_path / 'out' / 'explorer.html'} in a browser, or run: article-graph open {tmp_path / 'out'}",
        "Next:",
        f"  article-graph info --graph {tmp_path / 'out'}",
        f"  article-graph search --graph {tmp_path / 'out'} AI",
        f"  article-graph analyze --graph {tmp_path / 'out'} orphans",
    ]
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names >= set("graph.ttl graph.nt graph.graphml graph.jsonld explorer.html problems.json info.json".split())


def test_build_writes_to_exports_by_default(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --out, `build` writes into `exports`, and the other commands read from there."""
    monkeypatch.chdir(tmp_path)
    assert run("build", SEEDS, "--format", "nt,graphml").status == 0
    assert (tmp_path / "exports" / "graph.nt").is_file()
    assert run("query", "ASK { ?a a schema:NewsArticle }").out == "yes\n"
    assert json.loads(run("info", "--json").out)["articles"] == 7
    assert run("analyze", "orphans", "--format", "csv").status == 0


def test_a_build_says_only_what_is_true(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build names what is missing only where it is missing, and only commands that work with what it wrote."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()
    for name in "ab":
        (tmp_path / "site" / f"{name}.md").write_text(f"---\ntitle: {name}\n---\nText.\n", encoding="utf-8")
    (tmp_path / "site" / "c.pdf").write_bytes(b"%PDF")
    done = run("build", "site", "--base", "https://my.site", "--format", "nt,search")
    assert done.out.splitlines()[1:] == [
        "written to exports",
        "No links between articles were found. Links in texts, wiki links and lists of related articles are read.",
        "1 file of kinds that are not read: 1 .pdf",
        "",
        "Next:",
        "  article-graph info",
        "  article-graph search WORD",
        "  article-graph analyze orphans",
    ]


@pytest.mark.slow
def test_the_next_commands_work_as_printed(tmp_path: Path) -> None:
    """What a build tells its reader to run can be pasted into a shell."""
    printed = in_process("build", SEEDS, "--out", str(tmp_path / "a folder")).out
    commands = [shlex.split(line) for line in printed.splitlines() if line.startswith("  article-graph ")]
    assert len(commands) == 3
    for _, *arguments in commands:
        assert in_process(*arguments).status == 0


@pytest.mark.slow
@pytest.mark.parametrize("topic", ["--help", "-x", "$(touch pwned)", "a'b; touch pwned", "`touch pwned`"])
def test_no_topic_makes_a_next_command_do_something_else(tmp_path: Path, topic: str) -> None:
    """A topic that looks like an option or like a program is never read as one."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.json").write_text(
        json.dumps([{"title": "A", "url": "https://a.example/x", "tags": [topic]}])
    )
    printed = in_process("build", str(tmp_path / "site"), "--out", str(tmp_path / "out")).out
    (command,) = [line for line in printed.splitlines() if line.startswith("  article-graph search")]
    assert shlex.split(command)[-1] in {topic, "WORD"}
    assert not shlex.split(command)[-1].startswith("-")


def test_a_folder_without_documents_is_not_built(run: Run, tmp_path: Path, out: str) -> None:
    """A folder without documents is misuse with a remedy, its faults are told, and an earlier build stays."""
    before = (Path(out) / "graph.nt").read_bytes()
    (tmp_path / "empty").mkdir()
    done = run("build", str(tmp_path / "empty"), "--out", out)
    assert_misuse(done, "empty: no documents were found, so nothing was written. Name a folder that holds .md")
    (tmp_path / "empty" / "a.md").touch()
    assert "a.md: the file is empty" in run("build", str(tmp_path / "empty"), "--out", out).told
    assert len(run("build", str(tmp_path / "empty"), "--out", out, "--quiet").told.splitlines()) == 1
    assert (Path(out) / "graph.nt").read_bytes() == before


def test_build_reads_several_sources(run: Run, tmp_path: Path, faulty: str) -> None:
    """`build` takes folders, files and archives together."""
    archive = shutil.make_archive(str(tmp_path / "site"), "zip", faulty)
    (tmp_path / "b.md").write_text("Plain text", encoding="utf-8")
    done = run("build", SEEDS, archive, str(tmp_path / "b.md"), "--out", str(tmp_path / "out"), "--format", "nt")
    assert done.out.startswith("5 files read")


def test_build_can_be_quiet(run: Run, tmp_path: Path, faulty: str) -> None:
    """With --quiet nothing is printed, problems included."""
    assert run("build", faulty, "--out", str(tmp_path / "out"), "--quiet") == Done(0, "", "")


def test_problems_are_told(run: Run, tmp_path: Path, faulty: str) -> None:
    """Each problem is a line on standard error with its place, and the build goes on."""
    done = run("build", faulty, "--out", str(tmp_path / "out"))
    assert done.status == 0
    assert done.told.splitlines() == ["a.md:3: 'date' is not a date: \"spring\". Write it as 2023-05-23T06:51:00Z."]
    assert ", 1 problem," in done.out


def test_strict_builds_fail_on_problems(run: Run, tmp_path: Path, faulty: str) -> None:
    """Under --strict any problem makes the exit status 1, after everything is written; without problems it is 0."""
    target = str(tmp_path / "out")
    assert run("build", faulty, "--out", target, "--strict").status == 1
    assert run("build", faulty, "--out", target, "--strict").status == 1, "also where nothing has changed"
    done = run("build", faulty, "--out", target, "--strict", "--quiet")
    assert (done.status, done.out) == (1, "")
    assert done.told == f"1 problem, listed in {Path(target) / 'problems.json'}\n"
    assert (tmp_path / "out" / "graph.nt").is_file()
    assert run("build", SEEDS, "--out", target, "--strict").status == 0


def test_build_options_are_obeyed(run: Run, tmp_path: Path, faulty: str) -> None:
    """--base begins minted names, --published-only leaves out unpublished articles, --format chooses files."""
    target = tmp_path / "out"
    done = run(
        "build",
        faulty,
        SEEDS,
        "--out",
        str(target),
        "--base",
        "https://my.site/x",
        "--format",
        "ttl, jsonld",
        "--quiet",
    )
    assert done.status == 0
    assert {path.name for path in target.iterdir() if not path.name.startswith(".")} == {
        *("graph.ttl", "graph.jsonld", "records.data", "problems.json", "info.json", "manifest.json")
    }
    text = (target / "graph.ttl").read_text(encoding="utf-8")
    assert "<https://my.site/x/topic/ai>" in text
    assert "example.org" not in text
    assert run("build", faulty, "--out", str(target), "--published-only", "--quiet").status == 0
    assert json.loads(run("info", "--graph", str(target), "--json").out)["articles"] == 0


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


def test_answers_as_json_and_turtle(run: Run, out: str) -> None:
    """SPARQL JSON is JSON, and constructed triples are Turtle unless something else is asked for."""
    assert len(json.loads(run("query", "--graph", out, TITLES, "--format", "json").out)["results"]["bindings"]) == 7
    turtle = run("query", "--graph", out, EVERYTHING).out
    lines = run("query", "--graph", out, EVERYTHING, "--format", "nt").out
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == len(lines.splitlines()) > 100


def test_analyses_are_listed(run: Run) -> None:
    """`analyze --list` names every analysis with what it tells."""
    done = run("analyze", "--list")
    assert [line.split()[0] for line in done.out.splitlines()] == list(ANALYSES)
    assert all(len(line.split()) > 3 for line in done.out.splitlines())


@pytest.mark.parametrize("name", ANALYSES)
def test_every_analysis_runs(run: Run, out: str, name: str) -> None:
    """Each analysis answers as a table, as CSV and as JSON, and --limit limits each."""
    ends = ["--from", "Digital Twins, Generative AI, And The Metaverse", "--to", "Forbes"] if name == "path" else []
    table = run("analyze", name, "--graph", out, *ends)
    assert (table.status, table.told) == (0, "")
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
    assert run(*one[:-1], "99").out.endswith("Nothing has a score of 99 or more; --min-score 0 shows all.\n")


def test_suggestions_of_a_source(run: Run, tmp_path: Path) -> None:
    """The article and a source to read can both be named, and with --all a source alone."""
    for name in ("one", "two"):
        text = f"---\ntitle: Verily on Terra {name}\ndate: 2020-01-01\n---\n"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    rows = json.loads(run("suggest", "related", "Verily on Terra one", str(tmp_path), "--format", "json").out)
    assert [row["suggestion_label"] for row in rows] == ["Verily on Terra two"]
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


@pytest.mark.parametrize("words", [[], ["suggest"]])
def test_lists_of_commands_cut_no_sentence(run: Run, words: list[str]) -> None:
    """The help that lists commands says what each does in a whole sentence."""
    listed = run(*words, "--help").out.partition("Commands:\n")[2].splitlines()
    assert listed
    assert all(line.endswith(".") and not line.endswith("...") for line in listed)


def test_nodes_that_are_not_connected(run: Run, tmp_path: Path) -> None:
    """Where there is no path, that is said."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n", encoding="utf-8")
    done = run("analyze", "path", str(tmp_path), "--from", "one", "--to", "two")
    assert (done.status, done.out) == (0, "The two are not connected.\n")


def test_an_output_folder_inside_the_source_is_pointed_out(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build into the site itself says so, with a folder beside it, since the site's generator may publish it."""
    site = tmp_path / "site"
    shutil.copytree(SEEDS, site)
    monkeypatch.chdir(site)
    assert "exports lies inside the source" in (said := run("build", ".").out)
    assert said.count(" --out ../exports\n") == 1
    beside = tmp_path / "exports"
    assert f" --out {beside}\n" in run("build", str(site), "--out", str(site / "exports")).out
    assert "lies inside" not in run("build", ".", "--out", "../exports").out


@pytest.mark.parametrize("has_browser", [True, False, None])
def test_open_opens_the_explorer(
    run: Run, out: str, monkeypatch: pytest.MonkeyPatch, *, has_browser: bool | None
) -> None:
    """`open` gives the page's address to the browser, and prints its path where there is none."""
    asked: list[str] = []

    def opening(address: str) -> bool:
        asked.append(address)
        if has_browser is None:
            raise webbrowser.Error
        return has_browser

    monkeypatch.setattr(webbrowser, "open", opening)
    page = Path(out).resolve() / "explorer.html"
    done = run("open", out)
    assert (done.status, done.told) == (0, "")
    assert done.out == (f"opened {page}\n" if has_browser else f"No browser was found. Open this page: {page}\n")
    assert asked == [page.as_uri()]
    monkeypatch.chdir(Path(out).parent)
    assert run("open").status == 0
    assert asked == [page.as_uri()] * 2


def test_open_needs_an_explorer(run: Run, tmp_path: Path) -> None:
    """A build without an explorer, and a folder without a build, are told with a remedy."""
    assert_misuse(run("open", str(tmp_path)), "holds no build. Build first")
    assert_misuse(run("open", str(tmp_path / "none")), "there is no such folder. Build first")
    assert_misuse(run("open", ""), "The folder name is empty")
    assert run("build", SEEDS, "--out", str(tmp_path / "out"), "--format", "nt", "--quiet").status == 0
    assert_misuse(run("open", str(tmp_path / "out")), "wrote no explorer.html. Build with --format html")
    assert run("build", SEEDS, "--out", str(tmp_path / "out"), "--format", "html", "--quiet").status == 0
    (tmp_path / "out" / "explorer.html").unlink()
    assert_misuse(run("open", str(tmp_path / "out")), "explorer.html: is missing. Build again")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stats", "info"),
        ("export", "build --format NAMES"),
        ("related", "suggest related"),
        ("neighbours", "view NODE"),
        ("orphans", "analyze orphans"),
        ("orphan", "analyze orphans"),
        ("wanted_stubs", "analyze wanted-stubs"),
        ("wanted", "analyze wanted-stubs"),
        ("biuld", "build"),
        ("qurey", "query"),
        ("Serve", "serve"),
        ("exports", "build --format NAMES"),
    ],
)
def test_unknown_commands_are_answered_with_the_right_one(run: Run, typed: str, meant: str) -> None:
    """A command of another name, or nearly of this one, is answered with the command that does it."""
    assert_misuse(run(typed, "x"), f"No such command '{typed}'. Did you mean: article-graph {meant}\n")


MISUSES: dict[str, tuple[list[str], str]] = {
    "no command": (["frobnicate"], "No such command 'frobnicate'. --help lists the commands."),
    "unknown option": (["build", SEEDS, "--frobnicate"], "No such option"),
    "no source": (["build"], "Missing argument 'SOURCE...'"),
    "source that is not there": (["build", "nowhere"], "article-graph: nowhere: cannot be read (No such file"),
    "empty source": (["build", ""], "name is empty"),
    "empty out": (["build", SEEDS, "--out", ""], "name is empty"),
    "unknown format": (
        ["build", SEEDS, "--out", "{tmp}/x", "--format", "pdf"],
        "There is no format 'pdf'. Use ttl, nt",
    ),
    "base that is none": (["build", SEEDS, "--out", "{tmp}/x", "--base", "here"], "is not an http or https address"),
    "out that is a file": (["build", SEEDS, "--out", f"{SEEDS}/../LICENSE"], "cannot be written"),
    "out below a file": (["build", SEEDS, "--out", f"{SEEDS}/../LICENSE/out"], "cannot be written"),
    "no build": (["info", "--graph", "{tmp}"], "holds no build. Build first: article-graph build SOURCE --out"),
    "no folder": (["info", "--graph", "{tmp}/none"], "there is no such folder. Build first"),
    "no folder to ask": (["query", "--graph", "{tmp}/none", TITLES], "there is no such folder. Build first"),
    "no source to ask": (["query", "{tmp}/none", TITLES], "cannot be read (No such file"),
    "source and graph": (["query", SEEDS, TITLES, "--graph", "{out}"], "Name either a source"),
    "source and graph of info": (["info", SEEDS, "--graph", "{out}"], "Name either a source"),
    "no query": (["query", "--graph", "{out}"], "Give one query"),
    "two queries": (["query", SEEDS, TITLES, TITLES], "Give one query"),
    "text and file": (["query", SEEDS, TITLES, "-f", "a.rq"], "Give one query"),
    "no query file": (["query", "--graph", "{out}", "-f", "{tmp}/none.rq"], "none.rq: cannot be read (No such file"),
    "query file that is a folder": (["query", "--graph", "{out}", "-f", "{tmp}"], "cannot be read (Is a directory)"),
    "bad syntax": (["query", "--graph", "{out}", "SELECT * { ?a"], "malformed at 1:14"),
    "unknown prefix": (["query", "--graph", "{out}", "ASK { ?a foaf:b ?c }"], "prefix 'foaf:', which is not declared"),
    "another server": (
        ["query", "--graph", "{out}", "ASK { SERVICE <urn:a> {} }"],
        "SERVICE, which asks another server",
    ),
    "unfit form": (["query", "--graph", "{out}", TITLES, "--format", "ttl"], "cannot be written as 'ttl'"),
    "unknown form": (["query", "--graph", "{out}", TITLES, "--format", "pdf"], "'pdf' is not one of"),
    "unknown analysis": (
        ["analyze", "nonsense", "--graph", "{out}"],
        "There is no analysis 'nonsense'. Choose one of",
    ),
    "no analysis": (["analyze", "--graph", "{out}"], "Name an analysis; --list names them"),
    "limit of none": (["analyze", "orphans", "--graph", "{out}", "--limit", "0"], "0 is not in the range"),
    "suggestions for nobody": (["suggest", "related", "--graph", "{out}"], "Name one article, or all with --all"),
    "suggestions for all and one": (
        ["suggest", "related", "--all", "a", "b", "--graph", "{out}"],
        "Name one article, or all with --all",
    ),
    "path from nowhere": (["analyze", "path", "--graph", "{out}"], "path"),
    "hostile name": (["build", "a\x1b[31m\nb"], "a [31m b: cannot be read"),
    "hostile option": (["info", "--graph", "\x1b]0;owned\x07"], "owned : there is no such folder"),
}


@pytest.mark.parametrize("name", MISUSES)
def test_misuse_is_told_in_a_line(run: Run, out: str, tmp_path: Path, name: str) -> None:
    """What cannot be done is told in clear words on standard error, with status 2 and nothing else."""
    arguments, told = MISUSES[name]
    done = run(*(argument.replace("{tmp}", str(tmp_path)).replace("{out}", out) for argument in arguments))
    assert_misuse(done, told)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", done.told)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", ["source that is not there", "unknown option", "bad syntax", "unknown analysis"])
def test_misuse_in_a_process_of_its_own(out: str, name: str) -> None:
    """`python -m graph` ends with the same words and the same status."""
    arguments, told = MISUSES[name]
    assert_misuse(in_process(*(argument.replace("{out}", out) for argument in arguments)), told)


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["build", "--help"], ["query", "-h"], ["analyze", "--help"]])
def test_help_is_no_failure(run: Run, arguments: list[str]) -> None:
    """Help is printed to standard output, with status 0."""
    done = run(*arguments)
    assert (done.status, done.told) == (0, "")
    assert done.out.startswith("Usage: article-graph")


def test_without_a_command_help_is_given(run: Run) -> None:
    """A command line without a command is misuse that is answered with help."""
    done = run()
    assert done.status == 2
    assert "Commands:" in done.out + done.told


@pytest.mark.slow
def test_a_query_that_is_not_text_is_told(out: str, tmp_path: Path) -> None:
    """A query file, or standard input, that is not UTF-8 is one clear line."""
    (tmp_path / "a.rq").write_bytes(b"\xff\xfe\x00")
    assert_misuse(in_process("query", "--graph", out, "-f", str(tmp_path / "a.rq")), "a.rq: is not UTF-8 text")
    assert_misuse(in_process("query", "--graph", out, "-", text=b"\xff"), "standard input: is not UTF-8 text")
    assert_misuse(in_process("query", "--graph", out, "-"), "malformed at 1:1")


@pytest.mark.slow
def test_output_is_utf8_whatever_the_locale(out: str) -> None:
    """Text that the locale cannot hold is printed, and read from the command line and standard input, as UTF-8."""
    query = "SELECT ('é日👩' AS ?text) {}"
    poor: dict[str, Any] = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for arguments, text in (([query], b""), (["-"], query.encode())):
        done = in_process("query", "--graph", out, *arguments, "--format", "csv", text=text, **poor)
        assert done == Done(0, "text\r\né日👩\r\n", "")
    assert "é日👩" in in_process("query", "--graph", out, query, **poor).out
    assert_misuse(in_process("info", "--graph", "nirgendwö", **poor), "nirgendw")


def test_titles_never_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    """Escape sequences in titles, topics, providers, fields and file names reach no terminal."""
    steering = "\x1b]0;owned\x07\x1b[2J\x9b31mred\u202e"
    said = {"title": steering, "topics": [steering], "provider": {"name": steering}, "date": steering, steering: 1}
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a\x1b[31m.md").write_text(json.dumps(said, indent=1), encoding="utf-8")
    out = str(tmp_path / "out")
    printed = [
        run("build", str(tmp_path / "site"), "--out", out),
        run("info", "--graph", out),
        run("query", "--graph", out, "SELECT * { ?s ?p ?o }"),
        run("query", "--graph", out, "SELECT ('\x1b[31m' AS ?x) {}"),
        run("analyze", "articles-per-topic", "--graph", out),
        run("query", "--graph", out, "SELECT * { '\x1b[31m"),
    ]
    for done in printed:
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.out + done.told)


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "--graph", "{out}", "SELECT * { ?s ?p ?o . ?a ?b ?c }", "--format", "csv"],
        ["query", "--graph", "{out}", "SELECT * { ?s ?p ?o . ?a ?b ?c }"],
        ["query", "--graph", "{out}", "CONSTRUCT { ?s ?b ?o } { ?s ?p ?o . ?a ?b ?c }", "--format", "nt"],
        ["info", "--graph", "{out}", "--json"],
        ["analyze", "--list"],
        ["--help"],
    ],
)
def test_a_reader_that_has_seen_enough_is_no_failure(out: str, arguments: list[str]) -> None:
    """When whoever reads the output stops, as `head` does, the command ends without a word."""
    filled = [argument.replace("{out}", out) for argument in arguments]
    process = subprocess.Popen(command(*filled), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1 if "query" in arguments else 0)
    process.stdout.close()
    with process.stderr:
        told = process.stderr.read()
    assert (process.wait(), told) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which is always full")
@pytest.mark.parametrize("form", ["table", "csv"])
def test_a_full_output_is_told(out: str, form: str) -> None:
    """When standard output cannot take more, that is one line and status 2."""
    with Path("/dev/full").open("wb") as full:
        arguments = command("query", "--graph", out, TITLES, "--format", form)
        done = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, env=environment(), check=False)
    assert done.returncode == 2
    assert done.stderr == b"article-graph: standard output cannot be written (No space left on device).\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("closing", [">&-", "2>&-", "<&-"])
def test_closed_streams_are_no_failure(out: str, closing: str) -> None:
    """A command whose standard input, output or error is closed still does its work."""
    shell = ["sh", "-c", f'"$@" {closing}', "sh", *command("query", "--graph", out, "ASK {}", "--format", "csv")]
    done = subprocess.run(shell, capture_output=True, env=environment(), check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_interrupted_command_says_so(out: str) -> None:
    """Ctrl-C ends a command with one line and status 130."""
    program = "import signal, sys; from graph.cli import main; "
    program += "signal.signal(signal.SIGINT, signal.default_int_handler); sys.exit(main())"
    process = subprocess.Popen(
        [sys.executable, "-c", program, "query", "--graph", out, "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin is not None
    process.stdin.write(b"#")
    process.stdin.flush()
    while process.poll() is None and unread(process.stdin.fileno()):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=60)[1]
    assert (process.returncode, told.strip()) == (130, b"article-graph: interrupted")


def unread(pipe: int) -> int:
    """Return how many bytes nobody has read from a pipe yet."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4), sys.byteorder)


def on_a_terminal(arguments: Sequence[str]) -> tuple[int, bytes]:
    """Run a command on a pseudo-terminal; return its exit status and all that it showed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command(*arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=environment(TERM="xterm-256color")
    )
    os.close(theirs)
    shown = b""
    while True:
        ready, _, _ = select.select([ours], [], [], 60)
        try:
            piece = os.read(ours, 65_536) if ready else b""
        except OSError:  # Linux tells the end of a terminal so
            piece = b""
        if not piece:
            break
        shown += piece
    os.close(ours)
    return process.wait(), shown


def test_a_terminal_shows_progress(tmp_path: Path) -> None:
    """On a terminal a bar shows progress and goes away; with --quiet there is none."""
    status, shown = on_a_terminal(["build", SEEDS, "--out", str(tmp_path / "out"), "--format", "nt"])
    assert status == 0
    assert b"reading" in shown
    assert "━".encode() in shown
    assert b"3 files read" in shown
    assert on_a_terminal(["build", SEEDS, "--out", str(tmp_path / "b"), "--format", "nt", "--quiet"]) == (0, b"")


def test_a_pipe_shows_no_progress(tmp_path: Path) -> None:
    """In a pipe there is no bar and no colour."""
    done = in_process("build", SEEDS, "--out", str(tmp_path / "out"), "--format", "nt", FORCE_COLOR="1")
    assert done.told == ""
    assert "\x1b" not in done.out


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
    has_iri = {field.name for field in fields(ANALYSES[name].row_type)} & {"iri", "first_label"}
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
