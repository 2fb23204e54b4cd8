"""The explorer page's scripts are type-checked, linted and tested by themselves; Node.js is needed for that alone."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from graph.month_names import MONTH_NAMES
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


# The checkers keep in `.cache` what they know of files that have not changed since: the second run takes less than half
# the time of the first.


@pytest.mark.slow
def test_types(tools: Path) -> None:
    """The types that the scripts and their tests state in comments hold, at the strictest setting.

    Both are one project, so that nothing is read twice. That no page uses what only Node.js has, `test_lint` holds.
    """
    kept: list[str | Path] = ["--incremental", "--tsBuildInfoFile", tools / ".cache" / "tsconfig.tsbuildinfo"]
    run(tools / "typescript/bin/tsc", "--project", "tsconfig.json", *kept, folder=PAGE)


@pytest.mark.slow
def test_lint(tools: Path) -> None:
    """The scripts keep the rules of the house: none writes markup from content, none shadows, none is too tangled."""
    scripts = ["graph/explorer/page/scripts", "graph/widget/scripts", "tests/page"]
    kept: list[str | Path] = ["--cache", "--cache-strategy", "content", "--cache-location", tools / ".cache" / "eslint"]
    rules: list[str | Path] = ["--config", PAGE / "eslint.config.js", "--max-warnings", "0"]
    run(tools / "eslint/bin/eslint.js", *rules, *kept, *scripts)


@pytest.mark.slow
@pytest.mark.usefixtures("tools")
def test_units() -> None:
    """The pure parts of the scripts keep the promises in tests/page/; one process runs all of them."""
    files = sorted(path.as_uri() for path in PAGE.glob("*.test.js"))
    assert files
    run("--input-type=module", "--eval", f"for (const file of {json.dumps(files)}) await import(file);")


@pytest.mark.usefixtures("tools")
def test_months_have_the_names_of_the_server() -> None:
    """The page takes the names of months from the browser, and they are those that the server's pages write."""
    formats = (ROOT / "graph/explorer/page/scripts/elements/formats.js").as_uri()
    run(
        "--input-type=module",
        "--eval",
        f"import {{ MONTH_NAMES }} from {json.dumps(formats)}; import assert from 'node:assert';"
        f"assert.deepEqual(MONTH_NAMES, {json.dumps(MONTH_NAMES['en'])});",
    )


def test_no_two_modules_declare_one_name() -> None:
    """All modules of the page become one script, in which a second constant of a name is an error."""
    declared = re.compile(r"^(?:export )?(?:async )?(?:const|let|class|function) (\w+)", re.MULTILINE)
    scripts = sorted((ROOT / "graph/explorer/page/scripts").rglob("*.js"))
    names = Counter(name for path in scripts for name in set(declared.findall(path.read_text(encoding="utf-8"))))
    assert [name for name, count in names.items() if count > 1] == []
