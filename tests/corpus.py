"""Where the tests find real content, which is too large to carry along."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

__all__ = ["corpus"]

_HERE = Path(__file__).resolve().parent.parent
_DEFAULT = _HERE.parent / "shared" / "corpus"


def corpus(name: str) -> Path:
    """Return the archive `NAME.tar.xz` of a real site, or skip the calling test where this machine has none.

    The folder is `ARTICLE_GRAPH_CORPUS`, by default `../shared/corpus` beside the project.
    """
    folder = Path(os.environ.get("ARTICLE_GRAPH_CORPUS") or _DEFAULT)
    archive = folder / f"{name}.tar.xz"
    if not archive.is_file():
        pytest.skip(f"needs {archive.name}, which is not in {folder}: set ARTICLE_GRAPH_CORPUS to its folder")
    return archive
