"""Content made to crash, hang or fill the memory does none of it; each build runs in a process with limits."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

import graph
from tests.forking import CONTEXT
from tests.health import HEALTHY, assert_healthy, assert_readable

MANY = 100_000
MEGABYTE = 1 << 20
MEMORY = 2048 * MEGABYTE
SECONDS = 60
"""Of processor time, so that other work of the machine does not count; of all time, ten times as many."""


def yaml(text: str) -> str:
    """Return a document with YAML front matter."""
    return f"---\n{text}\n---\nText.\n"


def toml(text: str) -> str:
    """Return a document with TOML front matter."""
    return f"+++\n{text}\n+++\nText.\n"


def json_(text: str) -> str:
    """Return a document with JSON front matter."""
    return f"{{\n{text}\n}}\nText.\n"


def ladder(rung: Callable[[int], str], steps: int = 12) -> str:
    """Return lines each of which stands for nine times the one before it."""
    return "\n".join(rung(step) for step in range(steps))


def alias_rung(step: int) -> str:
    """Return a list of nine aliases of the list before it."""
    items = ", ".join([f"*a{step - 1}"] * 9) if step else "x"
    return f"a{step}: &a{step} [{items}]"


def merge_rung(step: int) -> str:
    """Return a mapping that merges nine times the mapping before it."""
    return f"b{step}: &b{step}\n  <<: [{', '.join([f'*b{step - 1}'] * 9)}]" if step else "b0: &b0 {k: v}"


def stairs(newline: str, steps: int, word: str) -> str:
    """Return lines each of which is indented by one more space."""
    return newline.join(" " * step + word for step in range(steps))


DEEP = {
    "open brackets": yaml("title: " + "[" * MANY),
    "closed brackets": yaml("title: " + "[" * MANY + "]" * MANY),
    "open braces": yaml("title: " + "{" * MANY),
    "mappings": yaml("title: " + "{a: " * MANY),
    "dashes": yaml("- " * MANY),
    "dashes below a key": yaml("title:\n  " + "- " * MANY + "x"),
    "questions": yaml("? " * MANY),
    "questions below a key": yaml("title:\n  " + "? " * MANY),
    "dashes and questions": yaml("- ? " * MANY),
    "stairs": yaml(stairs("\n", 1_000, "a:")),
    "stairs of NEL": yaml(stairs("\x85", 1_000, "-")),
    "stairs of line separators": yaml(stairs("\u2028", 1_000, "-")),
    "JSON brackets": json_('"title": ' + "[" * MANY + "]" * MANY),
    "JSON objects": json_('"title":{' * MANY + "}" * MANY),
    "TOML brackets": toml("title = " + "[" * MANY + "]" * MANY),
    "TOML tables": toml("title = " + "{a=" * MANY + "}" * MANY),
    "TOML dotted key": toml("title" + ".a" * MANY + " = 1"),
    "TOML dotted key with spaces": toml("a . " * MANY + "a = 1"),
    "TOML header": toml("[" + "a." * MANY + "a]\nx = 1"),
}
"""Deep nesting, by which PyYAML's C loader crashes the interpreter."""

BOMBS = {
    "alias bomb": yaml(ladder(alias_rung)),
    "merge-key bomb": yaml(ladder(merge_rung)),
    "wide merge": yaml(
        "a: &a {" + ", ".join(f"k{i}: {i}" for i in range(2_000)) + "}\n" + ladder(lambda i: f"m{i}:\n  <<: *a", 2_000)
    ),
    "a list in itself": yaml("title: &a [*a]"),
    "a mapping in itself": yaml("title: &a {b: *a}"),
    "a merge of itself": yaml("title: &a\n  <<: *a"),
}
"""A few bytes that stand for more values than memory holds, or for endless ones."""

HUGE = {
    "title": (yaml("title: " + "x" * 10 * MEGABYTE), "too-long"),
    "title in words": (yaml("title: " + "a " * 5 * MEGABYTE), "too-long"),
    "title in quotes": (yaml('title: "' + "x y" * 3 * MEGABYTE + '"'), "too-long"),
    "title in lines": (yaml("title: |\n" + "  xxxx yyyy\n" * MEGABYTE), "too-long"),
    "topic": (yaml('topics: ["' + "x" * 10 * MEGABYTE + '"]'), "too-long"),
    "excerpt in TOML": (toml('summary = "' + "x" * 10 * MEGABYTE + '"'), "too-long"),
    "date": (yaml('date: "' + "1" * 10 * MEGABYTE + '"'), "invalid-date"),
    "address": (yaml("webUrl: https://a.org/" + "x" * 10 * MEGABYTE), "invalid-url"),
    "unknown field": (yaml('other: "' + "x" * 10 * MEGABYTE + '"'), None),
    "key": (yaml('"' + "x" * 10 * MEGABYTE + '": 1'), "invalid-yaml"),
    "a key again and again": (yaml("title: x\n" * 30_000), "too-many-faults"),
    "faults": (yaml("related:\n" + "- 7\n" * MANY), "too-many-faults"),
    "anchors": (yaml(ladder(lambda i: f"k{i}: &k{i} v", 20_000)), None),
    "text": ("x" * 10 * MEGABYTE, None),
    "one-word paragraphs": ("x\n\n" * 3 * MANY, None),
    "hashes": ("#" * 10 * MEGABYTE, None),
    "rules": ("-\n" * MEGABYTE, None),
    "blanks": ("a\n" + " " * 3 * MEGABYTE + "b", None),
    "a line that begins like a fence": ("---" + "\t" * MEGABYTE + "!", None),
    "blanks beside a directive": ("```{other}\n```\n\na" + "\t" * MEGABYTE + "b", None),
    "blanks in a heading with braces": ("# {{a}} b" + " " * MEGABYTE + "c", None),
    "fences": ("```\n~~~\n" * MEGABYTE, None),
    "open tags": ("<!doctype html>" + "<a" * MEGABYTE, None),
    "closing tags": ("<!doctype html>" + "</" * MEGABYTE, None),
    "comments that never close": ("<!doctype html>" + "<!--" * MEGABYTE, None),
    "comments before nothing": ("<!-- -->" * 200 + "x", None),
    "attributes that never close": ("<!doctype html><a " + "b='" * MEGABYTE, None),
    "entities": ("<!doctype html>" + "&#" * MEGABYTE, None),
}
"""Long values, and texts on which a careless pattern takes quadratic time or worse."""


def build(folder: Path) -> None:
    """Build and publish a folder's content under limits, and write down what came of it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    knowledge = graph.build(folder / "content")
    assert_healthy(knowledge)
    assert_readable(knowledge, folder / "out")
    kinds = sorted({problem.kind for problem in knowledge.problems if problem.path == "bad.md"})
    (folder / "kinds.json").write_text(json.dumps(kinds), encoding="utf-8")


def kinds_of(folder: Path, text: str) -> list[str]:
    """Return the kinds of problems that a document has, after a build in a process of its own."""
    (folder / "content").mkdir()
    (folder / "content" / "bad.md").write_text(text, encoding="utf-8")
    (folder / "content" / "healthy.md").write_text(HEALTHY, encoding="utf-8")
    process = CONTEXT.Process(target=build, args=(folder,))
    process.start()
    process.join(10 * SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
        pytest.fail("the build hangs")
    assert process.exitcode == 0, f"the build ended with status {process.exitcode}"
    kinds: list[str] = json.loads((folder / "kinds.json").read_text(encoding="utf-8"))
    return kinds


@pytest.mark.slow
@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in DEEP.items()])
def test_deep_nesting(tmp_path: Path, text: str) -> None:
    """However deep values nest, the file is left out with a problem, and the interpreter lives on."""
    assert kinds_of(tmp_path, text) == ["too-deep"]


@pytest.mark.slow
@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in BOMBS.items()])
def test_bombs(tmp_path: Path, text: str) -> None:
    """What would grow beyond bounds is left out with a problem, in bounded time and memory."""
    assert kinds_of(tmp_path, text) == ["yaml-bomb"]


@pytest.mark.slow
@pytest.mark.parametrize(("text", "kind"), [pytest.param(*huge, id=name) for name, huge in HUGE.items()])
def test_huge_values(tmp_path: Path, text: str, kind: str | None) -> None:
    """A value of ten megabytes, and as much of anything else, takes bounded time and memory."""
    found = kinds_of(tmp_path, text)
    assert kind is None or kind in found
