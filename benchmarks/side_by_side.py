"""Runs the straightforward script and article-graph on one folder in turn, so that a busy machine slows both."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.measuring import Cost, median_cost, run, run_module

__all__ = ["BASELINE", "COLD", "ONE_FILE", "SAME_FILES", "WARM", "WAYS", "Changed", "Comparison", "compare"]

BASELINE = "straightforward script"
COLD = "cold build, all exports"
SAME_FILES = "cold build, the script's three files"
WARM = "warm build, nothing changed"
ONE_FILE = "rebuild, one file changed"
WAYS = {"1": "one process", "2": "two processes"}
"""How many processes read all documents, and what that is called."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the rounds on one corpus gave."""

    name: str
    """The corpus."""
    files: int
    """Files in it."""
    megabytes: float
    """Their size, 10**6 bytes."""
    rounds: int
    """How often each program ran."""
    costs: dict[str, Cost]
    """The median cost of each program, by its name."""
    stages: dict[str, float]
    """The median CPU seconds of each stage of a cold build."""
    ways: dict[str, Cost]
    """The median cost of each way to read all documents, by its name in `WAYS`."""


def compare(name: str, folder: Path, work: Path, rounds: int, tell: Callable[[str], None]) -> Comparison:
    """Run every program on a folder, one after the other, in as many rounds; `work` is an empty folder to work in.

    A document of the folder is changed for a while and then put back, with its time of change.
    """
    json_folder, built, other = work / "json", work / "built", work / "other"
    tell(f"{name}: preparing")
    run_module("benchmarks.floors", "prepare", folder, json_folder)
    measured: dict[str, list[Cost]] = {}
    stages: list[dict[str, float]] = []
    ways: dict[str, list[Cost]] = {way: [] for way in WAYS}

    def take(program: str, cost: Cost) -> None:
        measured.setdefault(program, []).append(cost)
        tell(f"{name}: {program}: {cost.cpu:.2f} s of CPU, {cost.peak:.0f} MiB")

    for number in range(rounds):
        take(BASELINE, run_module("benchmarks.baseline", folder, _emptied(other))[0])
        take(COLD, run_module("graph", "build", folder, "--out", _emptied(built), "--quiet")[0])
        take(WARM, run_module("graph", "build", folder, "--out", built, "--quiet")[0])
        with Changed(folder, number):
            take(ONE_FILE, run_module("graph", "build", folder, "--out", built, "--quiet")[0])
        formats = ("--format", "ttl,nt,graphml", "--no-cache")
        take(SAME_FILES, run_module("graph", "build", folder, "--out", _emptied(other), "--quiet", *formats)[0])
        take("floor: starting Python with the libraries", run([sys.executable, "-c", "import graph.cli"])[0])
        take("floor: reading all bytes", run_module("benchmarks.floors", "bytes", folder)[0])
        take("floor: orjson, the same data as JSON", run_module("benchmarks.floors", "json", json_folder)[0])
        stages.append(json.loads(run_module("benchmarks.stages", folder, _emptied(built))[1].splitlines()[-1]))
        for way, costs in ways.items():
            costs.append(run_module("benchmarks.ways", way, folder)[0])
            tell(f"{name}: reading, {WAYS[way]}: {costs[-1].cpu:.2f} s of CPU in {costs[-1].wall:.2f} s")
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return Comparison(
        name,
        len(sizes),
        sum(sizes) / 1e6,
        rounds,
        {program: median_cost(costs) for program, costs in measured.items()},
        {stage: median(one.get(stage, 0.0) for one in stages) for stage in stages[0]},
        {way: median_cost(costs) for way, costs in ways.items()},
    )


class Changed:
    """A folder with one changed document, as long as the context lasts."""

    def __init__(self, folder: Path, number: int) -> None:
        """Take the first document below `folder` that has an excerpt; each `number` makes another change."""
        candidates = (path for path in sorted(folder.rglob("*.md")) if b'\nexcerpt: "' in path.read_bytes())
        self._path = next(candidates)
        self._number = number

    def __enter__(self) -> None:
        self._bytes, self._status = self._path.read_bytes(), self._path.stat()
        changed = b'\nexcerpt: "Changed %d times. ' % (self._number + 1)
        self._path.write_bytes(self._bytes.replace(b'\nexcerpt: "', changed, 1))

    def __exit__(self, *_: object) -> None:
        self._path.write_bytes(self._bytes)
        os.utime(self._path, ns=(self._status.st_atime_ns, self._status.st_mtime_ns))


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder
