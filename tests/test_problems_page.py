"""The page about problems names every kind of problem, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PLACES = {"Problem": 2, "YamlError": 0, "RefusedError": 0}
"""Where calls that make a problem say its kind."""
KIND = re.compile(r"[a-z]+\d?(?:-[a-z0-9]+)+|unreadable")


def kinds_in(tree: ast.AST) -> Iterator[str]:
    """Yield the kinds of problems that some code makes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            place = 0 if name.endswith(".add") and len(node.args) > 2 else PLACES.get(name)
            if place is not None and len(node.args) > place:
                for inner in ast.walk(node.args[place]):
                    if isinstance(inner, ast.Constant) and KIND.fullmatch(str(inner.value)):
                        yield str(inner.value)
        elif isinstance(node, ast.Return | ast.Assign) and node.value is not None:
            yield from (
                str(inner.value)
                for inner in ast.walk(node.value)
                if isinstance(inner, ast.Constant)
                and re.fullmatch(r"(?:\w+-)?yaml(?:-\w+)?", str(inner.value))
                and "-" in str(inner.value)
            )


def kinds_made() -> set[str]:
    """Return every kind of problem that the code can make."""
    made = {"title-contradiction", "date-contradiction"}
    for room in ("reading", "truth"):
        for path in (HERE / "graph" / room).rglob("*.py"):
            made.update(kinds_in(ast.parse(path.read_text(encoding="utf-8"))))
    return made


def test_the_page_names_every_kind() -> None:
    """Every kind of problem that the code can make has a row, and every row is of such a kind."""
    told = re.findall(
        r"^\| `([a-z0-9-]+)` \|", (HERE / "docs" / "problems.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(told) == len(set(told))
    assert set(told) == kinds_made()
