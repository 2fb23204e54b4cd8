"""The explorer page's scripts are type-checked, linted and tested by themselves; Node.js is needed for that alone."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = HERE / "page"
TOOLS = PAGE / "node_modules"


@pytest.fixture(scope="module", autouse=True)
def tools() -> None:
    """Install the checkers once for each state of the lock file, or skip where that cannot be done."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("needs node and npm: install Node.js 18.18 or newer")
    stamp = TOOLS / ".installed"
    wanted = hashlib.sha256((PAGE / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    done = subprocess.run(command, cwd=PAGE, check=False, capture_output=True, text=True, timeout=600)
    if done.returncode:
        pytest.skip(f"npm could not install the checkers: {(done.stderr.strip() or 'it did not say why')[-300:]}")
    stamp.write_text(wanted, encoding="utf-8")


def run(*command: str | Path, folder: Path = ROOT) -> None:
    """Run a checker and show what it said where it found fault."""
    done = subprocess.run(["node", *command], cwd=folder, check=False, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("project", ["tsconfig.json", "tsconfig.tests.json"])
def test_types(project: str) -> None:
    """The types that the scripts state in comments hold, at the strictest setting."""
    run(TOOLS / "typescript/bin/tsc", "--project", project, folder=PAGE)


def test_lint() -> None:
    """The scripts keep the rules of the house: none writes markup from content, none shadows, none is too tangled."""
    scripts = ["graph/explorer/page/scripts", "tests/page"]
    run(TOOLS / "eslint/bin/eslint.js", "--config", PAGE / "eslint.config.js", "--max-warnings", "0", *scripts)


def test_units() -> None:
    """The pure parts of the scripts keep the promises in tests/page/."""
    run("--test", folder=PAGE)
