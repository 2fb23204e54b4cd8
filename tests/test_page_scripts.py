"""The explorer page's scripts are type-checked, linted and tested by themselves; Node.js is needed for that alone."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.page_tools import PAGE, page_tools

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def tools() -> Path:
    """Return the folder of the checkers."""
    return page_tools()


def run(*command: str | Path, folder: Path = ROOT) -> None:
    """Run a checker and show what it said where it found fault."""
    done = subprocess.run(["node", *command], cwd=folder, check=False, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"\n{done.stdout}{done.stderr}"


@pytest.mark.slow
@pytest.mark.parametrize("project", ["tsconfig.json", "tsconfig.tests.json"])
def test_types(tools: Path, project: str) -> None:
    """The types that the scripts state in comments hold, at the strictest setting."""
    run(tools / "typescript/bin/tsc", "--project", project, folder=PAGE)


@pytest.mark.slow
def test_lint(tools: Path) -> None:
    """The scripts keep the rules of the house: none writes markup from content, none shadows, none is too tangled."""
    scripts = ["graph/explorer/page/scripts", "graph/widget/scripts", "tests/page"]
    run(tools / "eslint/bin/eslint.js", "--config", PAGE / "eslint.config.js", "--max-warnings", "0", *scripts)


@pytest.mark.slow
@pytest.mark.usefixtures("tools")
def test_units() -> None:
    """The pure parts of the scripts keep the promises in tests/page/."""
    run("--test", folder=PAGE)


def test_no_two_modules_declare_one_name() -> None:
    """All modules of the page become one script, in which a second constant of a name is an error."""
    declared = re.compile(r"^(?:export )?(?:async )?(?:const|let|class|function) (\w+)", re.MULTILINE)
    scripts = sorted((ROOT / "graph/explorer/page/scripts").rglob("*.js"))
    names = Counter(name for path in scripts for name in set(declared.findall(path.read_text(encoding="utf-8"))))
    assert [name for name, count in names.items() if count > 1] == []
