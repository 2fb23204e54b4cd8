"""Independent readings of real sites, as what is expected of their documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.comparing import Expected

__all__ = ["read_oracle"]


def read_oracle(path: Path) -> list[Expected]:
    """Return what an independent reading finds in the documents of a site."""
    return [_expected(document) for document in json.loads(path.read_bytes())["docs"]]


def _expected(document: Mapping[str, Any]) -> Expected:
    """Return what it finds in one, where links are pairs of a target and how it is written."""
    # A redirect, or a part of another page, has no links of its own.
    has_links = document["kind"] not in {"part", "redirect"}
    return Expected(
        path=document["path"],
        title=document["title"],
        day=document["day"],
        authors=tuple(document["authors"]),
        topics=tuple(document["topics"]),
        provider=document["provider"],
        address=document["address"],
        related=tuple(target for target, _ in document["stated"]) if has_links else (),
        links=tuple(target for target, _ in document["internal"]) if has_links else (),
        outside=tuple(document["external"]),
        broken=None,
        is_article=document["kind"] == "article",
    )
