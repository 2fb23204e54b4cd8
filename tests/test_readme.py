"""The pages tell the truth: every example in README.md and docs/ is run, every link leads somewhere.

A page is read from top to bottom in one folder that holds what a clone holds for its reader: seeds/ and examples/. A
page about a dialect, such as docs/dialects/okf.md, has the name of a module of benchmarks/dialects: its reader has the
specimen site of that dialect, in the folder that the page builds first. The reader of docs/getting-started.md has a
blog, a vault and an archive.
"""

from __future__ import annotations

import doctest
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benchmarks.dialects import SITES, Site
from tests.preloaded import preloaded

HERE = Path(__file__).resolve().parent.parent
OF_DIALECTS = sorted(path.relative_to(HERE).as_posix() for path in HERE.glob("docs/dialects/*.md"))
INDEX_OF_DIALECTS = "docs/dialects/README.md"
PAGES = [
    "README.md",
    *sorted(path.relative_to(HERE).as_posix() for path in HERE.glob("docs/*.md")),
    *OF_DIALECTS,
]
SPECIMENS = {make.__module__.rpartition(".")[2]: make for make in SITES.values()}
FOLDERS = {"docs/getting-started.md": {"blog": "hugo", "vault": "obsidian", "archive": "everyday"}}
"""Pages whose readers have folders of their own, each with the name of the site that is in it."""
BUILD = re.compile(r"\barticle-graph build (\w+)")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
LINK = re.compile(r"\]\(([^)\s]+)\)")
DEMO = ["article-graph", "build", "seeds", "--out", "exports"]
LENIENT = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True, slots=True)
class Example:
    """One fenced block of a page."""

    place: str
    """The page and the line it begins on."""
    language: str
    """What the fence calls it, such as `sh`."""
    text: str
    """What stands inside."""


def read(page: str) -> str:
    """Return a page's text."""
    return (HERE / page).read_text(encoding="utf-8")


def examples(page: str) -> Iterator[Example]:
    """Yield the fenced blocks of a page, from top to bottom."""
    text = read(page)
    for found in FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Example(f"{page}:{line}", found[1], found[2])


def specimen_of(page: str) -> Site | None:
    """Return the specimen site of the dialect that a page is about; `None` for any other page."""
    make = SPECIMENS.get(Path(page).stem)
    return make() if make else None


def targets() -> set[str]:
    """Return what `make` can make."""
    return set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Return an environment in which `article-graph` and `python` are those under test."""
    folder = tmp_path_factory.mktemp("bin")
    python = folder / "python"
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    with preloaded(folder):
        yield {**os.environ, "PATH": path, "PYTHONPATH": str(HERE), "COLUMNS": "80", "NO_COLOR": "1"}


class Reader:
    """Someone who reads a page and does what it says."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        self.names: dict[str, Any] = {"__name__": "__main__"}

    def run(self, script: str, place: str, given: str = "") -> str:
        """Run a shell script and return what it prints; fail where it fails."""
        done = subprocess.run(
            ["sh", "-eu", "-c", script],
            cwd=self.folder,
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{place}: exit status {done.returncode}\n{script}\n{done.stdout}{done.stderr}"
        return done.stdout

    def sets_up(self, command: str, place: str) -> bool:
        """Say whether a command is one that a test does not run, after having checked what can be checked of it."""
        words = shlex.split(command, comments=True)
        match words:
            case ["make", target]:
                assert target in targets(), f"{place}: the Makefile has no {target!r}"
                if target == "demo":
                    self.run(shlex.join(DEMO), place)
            case ["pip" | "python", *_, package] if {"pip", "install"} <= set(words):
                name, _, extra = package.rstrip("]").partition("[")
                assert name in {".", "article-graph"}, f"{place}: installs {name!r}"
                assert not extra or f"{extra} = [" in read("pyproject.toml"), f"{place}: there is no extra {extra!r}"
            case ["article-graph", command, *_] if (command == "serve" or {"--watch", "--endpoint"} & set(words)) and (
                "--help" not in words
            ):
                # It would run until stopped, or needs a server that runs elsewhere; its options are checked.
                self.run(f"{shlex.join(words)} --help", place)
            case ["curl", *_, address]:
                assert re.match(r"http://(localhost|127\.0\.0\.1)[:/]", address), f"{place}: asks {address!r}"
            case ["git", "clone", *_] | [".", ".venv/bin/activate"] | ["python3", "-m", "venv", *_]:
                pass
            case ["cd", "article-graph"]:
                pass
            case _:
                return False
        return True

    def sh(self, example: Example) -> None:
        """Run a script, all of it as one."""
        lines = [line for line in example.text.splitlines() if not self.sets_up(line, example.place)]
        self.run("\n".join(lines), example.place)

    def console(self, example: Example) -> None:
        """Run each `$ command` and compare what it prints with what the page shows; `...` stands for anything."""
        for session in re.split(r"^\$ ", example.text, flags=re.MULTILINE)[1:]:
            command, _, shown = session.partition("\n")
            if not self.sets_up(command, example.place):
                printed = self.run(command, example.place)
                same = doctest.OutputChecker().check_output(shown, printed, LENIENT)
                assert same, f"{example.place}: `{command}` prints\n{printed}"

    def python(self, example: Example) -> None:
        """Run Python in the one namespace of the page; a block with `>>>` also shows what comes out."""
        if ">>>" in example.text:
            test = doctest.DocTestParser().get_doctest(example.text, self.names, example.place, example.place, 0)
            report: list[str] = []
            doctest.DocTestRunner(optionflags=LENIENT).run(test, out=report.append, clear_globs=False)
            self.names.update(test.globs)
            assert not report, "".join(report)
        else:
            exec(compile(example.text, example.place, "exec"), self.names)  # noqa: S102  the page's own code

    def sparql(self, example: Example) -> None:
        """Ask a query of what the page has built."""
        self.run("article-graph query -", example.place, given=example.text)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_every_example_of_a_page_runs(
    page: str, tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every example of a page does what the page says, read from top to bottom."""
    for name in ("seeds", "examples"):
        if (HERE / name).exists():
            shutil.copytree(HERE / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    reader = Reader(tmp_path, environment)
    site = specimen_of(page)
    if site is not None:
        found = BUILD.search(read(page))
        assert found, f"{page}: tells no `article-graph build`"
        site.write(tmp_path / found[1])
    elif page in FOLDERS:
        for folder, name in FOLDERS[page].items():
            SITES[name]().write(tmp_path / folder)
    ways = {"sh": reader.sh, "console": reader.console, "python": reader.python, "sparql": reader.sparql}
    shown = [example for example in examples(page) if example.language in ways]
    if shown and site is None and page not in {*FOLDERS, "README.md"}:
        reader.run(shlex.join(DEMO), page)  # the other pages are for those who did what README.md says
    for example in shown:
        ways[example.language](example)


@pytest.mark.parametrize("page", [page for page in OF_DIALECTS if page != INDEX_OF_DIALECTS])
def test_a_page_of_a_dialect_shows_what_comes_out_of_its_specimen(page: str) -> None:
    """A page about a dialect has a specimen site, builds it first, and shows what the command prints."""
    assert specimen_of(page) is not None, f"{page}: benchmarks/dialects has no module of that name"
    first = next(examples(page))
    assert first.language == "console", f"{first.place}: begins with another example than a build"
    assert re.match(r"\$ article-graph build \w+ (?:--base \S+ )?--out exports\n.", first.text), (
        f"{first.place}: shows no build"
    )


def test_every_dialect_has_a_page() -> None:
    """Each specimen site has a page that is called as its module, and the index names all of them."""
    assert {f"docs/dialects/{name}.md" for name in SPECIMENS} == {*OF_DIALECTS} - {INDEX_OF_DIALECTS}
    listed = {
        target for target in LINK.findall(read(INDEX_OF_DIALECTS)) if target.endswith(".md") and "/" not in target
    }
    assert listed == {f"{name}.md" for name in SPECIMENS}


def anchors(page: str) -> set[str]:
    """Return the names of the places in a page that links may lead to, as GitHub makes them of headings."""
    text = FENCE.sub("", read(page))
    titles = [re.sub(r"[^\w\- ]", "", title.lower()) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)]
    return {title.strip().replace(" ", "-") for title in titles} | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize("page", [*PAGES, "CONTRIBUTING.md"])
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    """A link or a picture within the project points to a file, and to a place in it, that is there."""
    for target in LINK.findall(CODE.sub("", FENCE.sub("", read(page)))):
        if not re.match(r"https?:", target):
            path, _, anchor = target.partition("#")
            file = ((HERE / page).parent / path).resolve() if path else HERE / page
            assert file.exists(), f"{page}: {target} is not there"
            assert not anchor or anchor in anchors(file.relative_to(HERE).as_posix()), f"{page}: {target} is not there"


def test_the_index_lists_every_page() -> None:
    """The index of the documentation leads to each of its pages."""
    listed = set(LINK.findall(read("docs/README.md")))
    pages = {path.name for path in HERE.glob("docs/*.md")} - {"README.md"}
    assert pages | {"dialects/README.md", "../README.md", "../CONTRIBUTING.md"} <= listed


def test_the_glossary_has_each_word_once() -> None:
    """Each word of the glossary stands there once, in alphabetical order, with a link to where it matters."""
    chapters = read("docs/glossary.md").split("\n## ")[1:]
    rows = [re.findall(r'^\| <a id="[\w-]+"></a>(.+?) \| (.+) \|$', chapter, re.MULTILINE) for chapter in chapters]
    words = [word for chapter in rows for word, _ in chapter]
    assert len(words) == len(set(words)) > 40
    for chapter in rows:
        assert [word for word, _ in chapter] == sorted((word for word, _ in chapter), key=str.lower)
        assert all(LINK.search(meaning) for _, meaning in chapter)


def test_the_demo_is_the_build_that_the_pages_assume() -> None:
    """`make demo` runs the command that stands for it in these tests."""
    assert "-m graph build seeds --out exports" in read("Makefile")
    assert "make demo" in read("README.md")
    assert "make test" in read("README.md")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.stem.removeprefix("make_") for path in HERE.glob("docs/make_*.py")))
def test_generated_pages_are_up_to_date(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page that a script writes is, word for word, what the code says now; `make docs` runs each script."""
    if name == "pictures":
        pytest.skip("pictures are drawn from a corpus, by a browser")
    assert f"docs/make_{name}.py" in read("Makefile")
    monkeypatch.syspath_prepend(str(HERE / "docs"))
    written = runpy.run_path(str(HERE / "docs" / f"make_{name}.py"))["page"]()
    assert read(f"docs/{name}.md") == written, f"docs/{name}.md is out of date: run `make docs`"
