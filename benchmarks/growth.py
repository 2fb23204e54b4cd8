"""Builds larger and larger corpora, and measures time and memory for each article, to show any bend in the line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Cost, median_cost, run_module

__all__ = ["Step", "grow"]

_REPEATED_UP_TO = 10_000
_BYTES_EACH, _EXPORTED_EACH = 25_000, 60_000


@dataclass(frozen=True, slots=True)
class Step:
    """A build of one size."""

    articles: int
    """Articles with a file of their own."""
    nodes: int
    """Articles of the graph, including those that are only listed as related."""
    relations: int
    """Relations of the graph."""
    megabytes: float
    """Size of the archive, 10**6 bytes."""
    cost: Cost | None
    """What the build took; `None` where the disk is too small to try."""
    needed: float = 0.0
    """The free disk space it wants, 10**9 bytes."""


def grow(sizes: Sequence[int], work: Path, rounds: int, stories: float, tell: Callable[[str], None]) -> list[Step]:
    """Generate an archive of each size, build it with all default exports, and remove both again.

    Beyond 10,000 articles each size is built once.
    """
    return [_step(size, work, rounds if size <= _REPEATED_UP_TO else 1, stories, tell) for size in sizes]


def _step(articles: int, work: Path, rounds: int, stories: float, tell: Callable[[str], None]) -> Step:
    needed = articles * (_BYTES_EACH + _EXPORTED_EACH) * max(stories, 0.1)
    if shutil.disk_usage(work).free < needed:
        tell(f"{articles:,} articles: skipped, needs {needed / 1e9:.0f} GB of disk")
        return Step(articles, 0, 0, 0.0, None, needed / 1e9)
    archive, out = work / "corpus.tar", work / "grown"
    tell(f"{articles:,} articles: generating")
    run_module("benchmarks.corpus", str(articles), archive, "--stories", str(stories))
    costs = []
    for _ in range(rounds):
        shutil.rmtree(out, ignore_errors=True)
        costs.append(run_module("graph", "build", archive, "--out", out, "--quiet")[0])
        tell(f"{articles:,} articles: {costs[-1].cpu:.1f} s of CPU, {costs[-1].peak:.0f} MiB")
    info = json.loads((out / "info.json").read_bytes())
    size = archive.stat().st_size
    shutil.rmtree(out)
    archive.unlink()
    return Step(articles, info["articles"], sum(info["relations"].values()), size / 1e6, median_cost(costs))
