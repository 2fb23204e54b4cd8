"""The widget's files: what they say, how pages find theirs, and what is written and removed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.cli import main
from graph.errors import OutputError
from graph.urls import clean_url, is_web_address
from graph.widget import page_key, write_widget
from tests.static_sites import NOTES, write_notes

ROOT = Path(__file__).parent.parent
SITE = "https://garden.example/notes/"


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> graph.KnowledgeGraph:
    """Return the graph of the notes."""
    return write_notes(tmp_path_factory.mktemp("notes"))


def contents(folder: Path, title: str) -> dict[str, Any]:
    """Return what the widget in a folder says of the article with a title."""
    said = (json.loads(path.read_bytes()) for path in (folder / "pages").iterdir())
    found: dict[str, Any] = next(each for each in said if each["nodes"][0]["label"] == title)
    return found


def indexed(folder: Path) -> dict[str, str]:
    """Return all indexes of a widget as one."""
    return {key: name for path in (folder / "index").iterdir() for key, name in json.loads(path.read_bytes()).items()}


def test_backlinks_have_their_sentence(notes: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """A note lists the notes that link to it, each with its address on the site and the words of the link."""
    write_widget(notes, tmp_path)
    said = contents(tmp_path, "Good soil")
    assert {
        "label": "A bed of herbs",
        "url": "./beds/herbs.html",
        "quote": ["Herbs want ", "poor soil", ", unlike roses."],
    } in said["backlinks"]
    assert said["nodes"][0] == {"label": "Good soil", "url": "./soil.html", "kind": "article"}
    assert {"label": "Ground", "kind": "topic", "tie": "Topics"} in said["nodes"]


def test_links_of_the_local_graph_are_those_of_the_network(notes: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """Each node is joined to the note in the middle, and the notes around it are joined where one links to another."""
    write_widget(notes, tmp_path)
    said = contents(tmp_path, "Roses")
    labels = [node["label"] for node in said["nodes"]]
    pairs = {frozenset((labels[one], labels[other])) for one, other in map(tuple, said["links"])}
    assert pairs == {
        frozenset({"Roses", "Good soil"}),
        frozenset({"Roses", "A bed of herbs"}),
        frozenset({"Roses", "Flowers"}),
        frozenset({"Good soil", "A bed of herbs"}),
    }


def test_related_articles_are_suggested(notes: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """Articles that say the same are related, though nobody says so."""
    write_widget(notes, tmp_path)
    assert [row["label"] for row in contents(tmp_path, "Drying a bed of herbs")["related"]] == ["A bed of herbs"]


def test_stated_relations_come_first_and_no_article_is_listed_twice(tmp_path: Path) -> None:
    """An article names a related one, which both show; one that links here is not listed as related too."""
    related = "related:\n  - title: Two\n    webUrl: https://a.example/two\n"
    knowledge = graph.build_from(
        {
            "one.md": f"---\ntitle: One\nwebUrl: https://a.example/one\n{related}---\n",
            "two.md": "---\ntitle: Two\nwebUrl: https://a.example/two\n---\n",
            "three.md": "---\ntitle: Three\nwebUrl: https://a.example/three\nrelated:\n  - webUrl: https://a.example/two\n"
            "    title: Two\n---\nSee [two](https://a.example/two).\n",
        }.items()
    )
    write_widget(knowledge, tmp_path)
    said = contents(tmp_path, "Two")
    assert [row["label"] for row in said["related"]] == ["One"]
    assert [row["label"] for row in said["backlinks"]] == ["Three"]


def test_unpublished_articles_stay_secret(notes: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """No file says anything of an article that is unpublished, unless it is asked for."""
    written = write_widget(notes, tmp_path)
    assert written.unpublished == 1
    texts = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.*"))
    assert "secret plan" not in texts
    assert "draft" not in texts
    assert write_widget(notes, tmp_path, unpublished=True).unpublished == 0
    assert "A secret plan" in [row["label"] for row in contents(tmp_path, "Good soil")["backlinks"]]


def test_addresses_are_of_the_web_or_of_the_site(notes: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """Every address in the data is http, https, or relative to the site."""
    write_widget(notes, tmp_path)
    for path in (tmp_path / "pages").iterdir():
        said = json.loads(path.read_bytes())
        for row in (*said["nodes"], *said["backlinks"], *said["related"]):
            assert row.get("url", "./").startswith("./") or is_web_address(row["url"])


def test_an_article_without_an_address_is_found_by_its_document(tmp_path: Path) -> None:
    """Where nobody says what the site's address is, the paths of documents are keys."""
    knowledge = write_notes(tmp_path / "notes", {name: text for name, text in NOTES.items() if name.endswith(".md")})
    written = write_widget(knowledge, tmp_path / "out")
    assert written.placeless == written.articles
    assert "/beds/herbs.md" in indexed(tmp_path / "out")
    assert "url" not in contents(tmp_path / "out", "Roses")["nodes"][0]


def test_a_document_with_several_articles_is_the_first_of_them(tmp_path: Path) -> None:
    """The path of a document leads to its first article by IRI."""
    (tmp_path / "list.json").write_text(
        '[{"title": "Beta", "date": "2020-01-01"}, {"title": "Alpha"}]', encoding="utf-8"
    )
    knowledge = graph.build(tmp_path)
    assert len(knowledge.articles) == 2
    write_widget(knowledge, tmp_path / "out")
    (name,) = indexed(tmp_path / "out").values()
    said = json.loads((tmp_path / "out" / "pages" / f"{name}.json").read_bytes())
    assert said["nodes"][0]["label"] == "Alpha"


def test_the_same_files_again_are_not_touched(notes: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """Writing the same again changes no file, and so does writing it elsewhere."""
    first = write_widget(notes, tmp_path / "one")
    write_widget(notes, tmp_path / "other")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "one").rglob("*.*")}
    again = write_widget(notes, tmp_path / "one")
    assert (again.changed, again.removed) == (0, 0)
    assert first.changed == len(times) - 1  # all but the list of files
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "one").rglob("*.*")} == times
    for path in times:
        assert (tmp_path / "other" / path.relative_to(tmp_path / "one")).read_bytes() == path.read_bytes()


def test_files_of_articles_that_are_gone_are_removed(tmp_path: Path) -> None:
    """An old file of ours is removed, and anybody else's stays, even where a forged list claims it."""
    out = tmp_path / "out"
    write_widget(write_notes(tmp_path / "notes"), out)
    before = {path.name for path in (out / "pages").iterdir()}
    (out / "pages" / "theirs.json").write_text("{}", encoding="utf-8")
    (tmp_path / "precious.txt").write_text("mine", encoding="utf-8")
    listed = (out / "widget-files.json").read_text(encoding="utf-8")
    forged = listed.replace("[", '["../precious.txt", "pages/theirs.json", "pages/../../precious.txt",')
    (out / "widget-files.json").write_text(forged, encoding="utf-8")
    (tmp_path / "notes" / "roses.md").unlink()
    written = write_widget(write_notes(tmp_path / "notes", {}), out)
    assert written.removed == 1
    assert len({path.name for path in (out / "pages").iterdir()} & before) == len(before) - 1
    assert (out / "pages" / "theirs.json").exists()
    assert (tmp_path / "precious.txt").exists()


def test_a_file_of_others_is_not_overwritten(notes: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """A script of the same name that somebody else wrote is kept, and the error says what to do."""
    (tmp_path / "widget.js").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"widget\.js: exists, and was not written by article-graph\. Name another"):
        write_widget(notes, tmp_path)
    assert (tmp_path / "widget.js").read_text(encoding="utf-8") == "mine"


def test_the_script_is_small(notes: graph.KnowledgeGraph, tmp_path: Path) -> None:
    """A page loads less than 40 kB of script, compressed."""
    written = write_widget(notes, tmp_path)
    assert written.script_bytes == (tmp_path / "widget.js").stat().st_size
    assert written.sent_bytes < 40_000
    sizes = [path.stat().st_size for path in tmp_path.glob("*/*.json")]
    assert written.data_bytes == sum(sizes)


ADDRESSES = [
    "https://garden.example/notes/beds/herbs.html",
    "https://garden.example/notes/beds/herbs",
    "https://www.garden.example/notes/",
    "https://m.garden.example/notes/index.html?b=2&a=1",
    "https://garden.example:8080//notes//index.htm",
    "https://en.m.garden.example/a%7eb/%c3%a4/(c)'d",
    "https://straße.example/größe.html",
    "https://garden.example/notes/[x]|y/…",
]


def node(script: str, given_: object) -> object:
    """Return what a module of JavaScript answers to a value; skip the calling test where there is no Node.js."""
    if shutil.which("node") is None:
        pytest.skip("needs node: install Node.js 18.18 or newer")
    module = (ROOT / "graph/widget/scripts/addresses.js").as_uri()
    program = f"import * as addresses from {json.dumps(module)}; const given = {json.dumps(given_)}; "
    done = subprocess.run(
        ["node", "--input-type=module", "-e", f"{program}console.log(JSON.stringify({script}))"],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return json.loads(done.stdout)


def test_the_page_makes_the_same_keys() -> None:
    """The script gives an address the key that Python gives it, as a browser would write it."""
    cleaned = [clean_url(address) or "" for address in ADDRESSES]
    assert node("given.map((each) => addresses.pageKey(new URL(each), true))", cleaned) == list(map(page_key, cleaned))


def test_every_key_is_in_the_index_in_which_the_page_looks(tmp_path: Path) -> None:
    """With several indexes, the script asks the one that lists the key."""
    documents = [
        (f"{number}.md", f"---\ntitle: N{number}\nwebUrl: https://a.example/é/{number}\n---\n") for number in range(300)
    ]
    write_widget(graph.build_from(documents), tmp_path)
    indexes = sorted((tmp_path / "index").iterdir(), key=lambda path: int(path.stem))
    listed = [list(json.loads(path.read_bytes())) for path in indexes]
    assert len(indexes) == 4
    assert sum(map(len, listed)) == 300
    found = node("given.map((keys) => keys.map((key) => addresses.indexOf(key, given.length)))", listed)
    assert found == [[number] * len(keys) for number, keys in enumerate(listed)]


@given(st.sampled_from(ADDRESSES), st.sampled_from(["", "/", "index.html", "#part", "?utm_source=x"]))
def test_keys_ignore_what_does_not_distinguish_pages(address: str, ending: str) -> None:
    """A slash at the end, an index file, a fragment and tracking do not change the key of a page."""
    folder = "https://garden.example/a"
    spelled = clean_url(f"{folder}/{ending}" if ending == "index.html" else folder + ending)
    assert spelled is not None
    assert page_key(spelled) == "garden.example/a"
    assert page_key(clean_url(address) or "") == page_key((clean_url(address) or "").replace("https:", "http:"))


def test_as_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command reads a source or a build, and states sizes and what was left out."""
    write_notes(tmp_path / "notes")
    assert main(["widget", str(tmp_path / "notes"), "--out", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("widget.js: ")
    assert "Data of 13 articles: " in printed[0]
    assert printed[1:] == [
        f"15 files written to {tmp_path / 'out'}",
        "1 unpublished article left out; --unpublished shows them.",
    ]
    assert main(["build", str(tmp_path / "notes"), "--out", str(tmp_path / "built"), "--quiet"]) == 0
    assert main(["widget", "--graph", str(tmp_path / "built"), "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.splitlines()[1] == f"0 files written to {tmp_path / 'out'}"


def test_the_address_can_be_given_for_a_source_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--base` names the site where a source does not; for a build it is an error."""
    write_notes(tmp_path / "notes", {name: text for name, text in NOTES.items() if name.endswith(".md")})
    out = str(tmp_path / "out")
    assert main(["widget", str(tmp_path / "notes"), "--out", out]) == 0
    printed = capsys.readouterr().out
    assert "is unknown: name the site's address with --base, or let the script name the document, data-page" in printed
    assert main(["widget", str(tmp_path / "notes"), "--out", out, "--base", "https://b.example/"]) == 0
    assert main(["widget", "--graph", str(tmp_path / "notes"), "--out", out, "--base", "https://b.example/"]) == 2
    assert "--base is for a SOURCE" in capsys.readouterr().err


def test_a_widget_among_the_articles_is_not_read(tmp_path: Path) -> None:
    """A widget that is written into the source adds no article and no problem to the next build."""
    before = write_notes(tmp_path / "notes")
    write_widget(before, tmp_path / "notes" / "widget")
    after = write_notes(tmp_path / "notes")
    assert after.articles == before.articles
    assert after.problems == before.problems
