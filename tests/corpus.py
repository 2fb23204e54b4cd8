"""Where the tests find real content, which is too large to carry along."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpora import ORACLES, corpus_folder, oracle_folder

__all__ = ["corpus", "oracle"]


def corpus(name: str) -> Path:
    """Return the archive `NAME.tar.xz` of a real site, or skip the calling test where this machine has none.

    The folder is `ARTICLE_GRAPH_CORPUS`, by default `../shared/corpus` beside the project.
    """
    folder = corpus_folder()
    archive = folder / f"{name}.tar.xz"
    if not archive.is_file():
        pytest.skip(f"needs {archive.name}, which is not in {folder}: set ARTICLE_GRAPH_CORPUS to its folder")
    return archive


def oracle(name: str) -> Path:
    """Return the file with an independent reading of a real site, or skip the calling test where there is none.

    The folder is `ARTICLE_GRAPH_ORACLES`, by default `../shared/oracles` beside the project.
    """
    folder = oracle_folder()
    file = folder / ORACLES[name]
    if not file.is_file():
        pytest.skip(f"needs {file.name}, which is not in {folder}: set ARTICLE_GRAPH_ORACLES to its folder")
    return file
