"""Follows the steps of docs/adding.md: what it says to add is added to a copy of the package."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path

__all__ = ["apply", "with_steps"]

ROOT = Path(__file__).resolve().parent.parent
STEP = re.compile(r"`(graph/[\w/]+\.py)`|^ *```(diff|python)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def with_steps(chapter: str, folder: Path) -> Path:
    """Copy the package into a folder, follow a chapter's steps there, and return the folder."""
    shutil.copytree(ROOT / "graph", folder / "graph", ignore=shutil.ignore_patterns("*.pyc.*"))  # being written
    text = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
    (steps,) = re.findall(rf"^## {chapter}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    name, followed = "", 0
    for found in STEP.finditer(steps):
        if found[1]:
            name = found[1]
            continue
        code, followed = textwrap.dedent(found[3]), followed + 1
        if found[2] == "python":
            assert not (folder / name).exists(), f"docs/adding.md writes {name}, which is there already"
            (folder / name).write_text(code, encoding="utf-8")
        else:
            apply(code, folder / name)
    assert followed, f"docs/adding.md has no steps in {chapter!r}"
    return folder


def apply(diff: str, path: Path) -> None:
    """Add the lines with `+` to a file, where the lines around them stand; there must be one such place."""
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if not line.startswith("+"))
    after = "".join(line[1:] for line in lines)
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"docs/adding.md adds to {path.name} beside what is not there once:\n{before}"
    path.write_text(text.replace(before, after), encoding="utf-8")
