"""Where real sites are, and independent readings of some: both are too large for the repository."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

__all__ = ["BASES", "ORACLES", "corpora", "corpus_folder", "oracle_folder"]

_SHARED = Path(__file__).resolve().parent.parent.parent / "shared"

BASES: Mapping[str, str] = {
    "digitalgov": "https://digital.gov/",
    "obsidian-help": "https://help.obsidian.md/",
    "rust-blog": "https://blog.rust-lang.org/",
}
"""The addresses of those sites whose archives have no configuration that would say them."""

ORACLES: Mapping[str, str] = {
    "digitalgov": "digitalgov.json",
    "obsidian-help": "obsidian.json",
    "rust-blog": "rust.json",
}
"""The files with independent readings of a site, by its name."""


def corpus_folder() -> Path:
    """Return the folder of archives `NAME.tar.xz`: `ARTICLE_GRAPH_CORPUS`, by default beside the project."""
    return Path(os.environ.get("ARTICLE_GRAPH_CORPUS") or _SHARED / "corpus")


def oracle_folder() -> Path:
    """Return the folder of `ORACLES`: `ARTICLE_GRAPH_ORACLES`, by default beside the project."""
    return Path(os.environ.get("ARTICLE_GRAPH_ORACLES") or _SHARED / "oracles")


def corpora() -> Mapping[str, Path]:
    """Return the available archives by the names of their sites, sorted."""
    return {path.name.removesuffix(".tar.xz"): path for path in sorted(corpus_folder().glob("*.tar.xz"))}
