"""`article-graph view` as users type it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.cli import main

HERE = Path(__file__).resolve().parent.parent
SEEDS = str(HERE / "seeds")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a folder that holds a build of the seeds."""
    folder = str(tmp_path_factory.mktemp("built") / "exports")
    assert main(["build", SEEDS, "--out", folder, "--format", "nt,graphml,evidence", "--quiet"]) == 0
    return folder


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was printed to standard error, and nothing may have been printed otherwise."""
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


def test_a_node_of_a_build(out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`view NODE` writes a page of the node and its neighbours, and says how much it shows and where."""
    file = tmp_path / "new" / "ai.html"
    assert main(["view", "AI", "--graph", out, "--out", str(file)]) == 0
    assert capsys.readouterr().out == f"8 nodes written to {file}\n"
    assert '<h1 id="title" dir="auto">AI</h1>' in file.read_text(encoding="utf-8")
    assert main(["view", "AI", "--graph", out, "--depth", "2", "--most", "3", "--out", str(file)]) == 0
    assert capsys.readouterr().out == f"3 of 14 nodes written to {file}\n"


def test_a_source_gives_the_same_page(out: str, tmp_path: Path) -> None:
    """A page made of a build and one made straight of its source are the same."""
    pages = [tmp_path / "one.html", tmp_path / "other.html"]
    for place, page in zip((out, SEEDS), pages, strict=True):
        assert main(["view", "--graph", place, "--out", str(page)]) == 0
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_pyvis_draws_it_on_request(out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`view --pyvis` writes a page of pyvis of the same nodes; without NODE, of the best-connected."""
    file = tmp_path / "ai.html"
    assert main(["view", "AI", "--pyvis", "--graph", out, "--out", str(file)]) == 0
    assert capsys.readouterr().out == f"8 nodes written to {file}\n"
    assert "vis.Network" in file.read_text(encoding="utf-8")
    assert main(["view", "--pyvis", "--most", "5", "--graph", out, "--out", str(file)]) == 0
    assert capsys.readouterr().out.startswith("5 of ")


def test_it_goes_by_default_from_exports_to_view(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without options, `view` shows topics and providers of `exports` in `view.html`."""
    monkeypatch.chdir(tmp_path)
    assert main(["build", SEEDS, "--format", "graphml", "--quiet"]) == 0
    assert main(["view"]) == 0
    assert capsys.readouterr().out == "13 nodes written to view.html\n"
    assert "Topics and providers" in Path("view.html").read_text(encoding="utf-8")


def test_a_query_chooses_the_nodes(out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`view --query` shows what the query names."""
    file = str(tmp_path / "view.html")
    assert main(["view", "--query", "SELECT ?t { ?t a ag:Topic }", "--graph", out, "--out", file]) == 2
    assert "nothing to show" in told(capsys)
    assert main(["view", "--query", "SELECT ?t { ?a schema:about ?t }", "--graph", out, "--out", file]) == 0
    assert capsys.readouterr().out == f"2 nodes written to {file}\n"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["Nothing of the kind"], "no node has this name"),
        (["AI", "--query", "SELECT ?a { ?a ?b ?c }"], "either a node or --query"),
        (["--depth", "2"], "--depth needs a node"),
        (["AI", "--depth", "-1"], "--depth"),
        (["AI", "--most", "0"], "--most"),
        (["--query", "SELECT ?a"], "malformed"),
        (["--query", "ASK { ?a ?b ?c }"], "yes or no"),
        (["--out", ""], "name is empty"),
        (["--graph", ""], "name is empty"),
        (["--out", "/proc/no/view.html"], "cannot be written"),
    ],
)
def test_misuse_is_told_in_words(
    out: str,
    words: list[str],
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What cannot be shown ends with status 2 and a reason, writes nothing, and never ends in a traceback."""
    monkeypatch.chdir(tmp_path)
    where = [] if "--graph" in words else ["--graph", out]
    assert main(["view", *words, *where]) == 2
    reasons = told(capsys)
    assert reason in reasons
    assert "Traceback" not in reasons
    assert not list(tmp_path.iterdir())
