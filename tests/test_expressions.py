"""Regular expressions are compiled when they are first used."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from graph.expressions import expression

HERE = Path(__file__).resolve().parent.parent
MODULES = sorted(path for path in (HERE / "graph").rglob("*.py") if "= expression(" in path.read_text("utf-8"))


def test_an_expression_is_compiled_at_its_first_use() -> None:
    """It does what a compiled one does, and a wrong one is only noticed when it is used."""
    name = expression(r"(\w)\w+", re.ASCII)
    assert name.sub(r"\1", "Ada Lovelace") == "A L"
    assert name.flags == re.ASCII
    assert expression(rb"\d").findall(b"4 and 2") == [b"4", b"2"]
    wrong = expression("(")
    with pytest.raises(re.error, match="missing"):
        wrong.search("")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HERE).as_posix())
def test_every_expression_can_be_compiled(path: Path) -> None:
    """No module holds an expression that fails only where it is needed."""
    module = import_module(".".join(path.relative_to(HERE).with_suffix("").parts))
    found = [value for value in vars(module).values() if type(value) is type(expression(""))]
    assert found
    for value in found:
        assert value.pattern
