"""Kills builds at random moments, and asks what readers see after each: never a mixture of two builds."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path

import networkx as nx

import graph
from graph import GraphError, atlas, explorer, search, store
from graph.publishing import Exports, evidence, open_exports, record_file, storing

__all__ = ["answers_of", "fill_disk", "kill_builds", "write_sources"]

NEEDED = (atlas, evidence, explorer, nx, record_file, search, store, storing)
"""What a build imports: loaded before a process begins, so that a kill hits the writing and not the imports."""

ARTICLES = {"rivers": 30, "mountains": 40}
"""How many articles each source has."""

_QUERY = "SELECT (COUNT(*) AS ?count) { ?article schema:headline ?title }"
_CONTEXT = multiprocessing.get_context("forkserver")
_MEASURED = 3
"""How many builds first run to their end, to know how long one takes."""
_SLOWEST = 120.0
"""Seconds after which a process that does not end is a failure."""


def write_sources(folder: Path) -> dict[str, Path]:
    """Write two sources of different sizes, and return them by their names."""
    for name, count in ARTICLES.items():
        (folder / name).mkdir(parents=True)
        for number in range(count):
            text = f"---\ntitle: {name} {number}\ntags: [{name}]\n---\nSee [the next]({(number + 1) % count}.md).\n"
            (folder / name / f"{number}.md").write_text(text, encoding="utf-8")
    return {name: folder / name for name in ARTICLES}


def _counted(engine: store.Disk | store.Store) -> object:
    (row,) = engine.query(_QUERY)
    return row["count"] if isinstance(row, dict) else None


def _in_explorer(build: Exports) -> int:
    payload = explorer.read_payload(build.read_explorer())
    return sum("/article/" in iri for iri in explorer.number_nodes(payload)) if payload else 0


INTERFACES: Mapping[str, Callable[[Exports], object]] = {
    "info": lambda build: build.info().articles,
    "records": lambda build: len(build.articles),
    "store": lambda build: _counted(build.store),
    "triples": lambda build: _counted(build.load()),
    "network": lambda build: sum(node["kind"] == "article" for _, node in build.network.nodes(data=True)),
    "search": lambda build: build.search_index.find("rivers mountains", kind="article", limit=1).total,
    "explorer": _in_explorer,
    "evidence": lambda build: sum(one.relation == "links" for one in build.evidence_table),
}
"""Each way to ask a build for the number of its articles."""


def answers_of(folder: Path) -> dict[str, object]:
    """Return the number of articles that every interface of the build in a folder reports, or why it reports none."""
    said: dict[str, object] = {}
    for interface, ask in INTERFACES.items():
        try:
            said[interface] = ask(open_exports(folder))
        except GraphError as error:
            said[interface] = str(error)
    return said


def _answer(folder: Path, into: Connection) -> None:
    into.send(answers_of(folder))


def _asked(folder: Path) -> dict[str, object]:
    """Return the answers of a process of its own: the engine's threads do not live through a fork."""
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_answer, args=(folder, theirs))
    process.start()
    said: dict[str, object] = ours.recv() if ours.poll(_SLOWEST) else {"reader": "did not end"}
    process.join(_SLOWEST)
    return said


def _build(source: Path, folder: Path) -> None:
    graph.update(source, folder, cache=False)  # so that every build writes


def kill_builds(folder: Path, kills: int, *, seed: int = 0) -> Counter[str]:
    """Build from two sources in turn into one folder, kill each build at a random moment, and then ask all interfaces.

    Returns how often all interfaces showed the one source and the other, how often one failed ("damaged"), how often
    two showed different sources ("mixed"), and how many builds ended before they were killed ("ended").
    """
    _CONTEXT.set_forkserver_preload(["benchmarks.generations"])
    sources, out, dice = write_sources(folder / "sources"), folder / "exports", random.Random(seed)
    counts: Counter[str] = Counter()
    lasted: list[float] = []
    for number in range(kills + _MEASURED):
        process = _CONTEXT.Process(target=_build, args=(list(sources.values())[number % 2], out))
        began = time.monotonic()
        process.start()
        process.join(dice.uniform(0, 1.2 * statistics.median(lasted)) if number >= _MEASURED else _SLOWEST)
        if number < _MEASURED:
            lasted.append(time.monotonic() - began)
        if number >= _MEASURED:
            counts["ended"] += not process.is_alive()
            process.kill()
            process.join(_SLOWEST)
            counts[_verdict(_asked(out))] += 1
    _build(sources["rivers"], out)
    if left := [path.name for path in out.iterdir() if path.name.startswith((".new-", ".generation-", ".graph"))]:
        counts["left behind"] += len(left)
    return counts


def _verdict(said: Mapping[str, object]) -> str:
    if any(not isinstance(answer, int) for answer in said.values()):
        return "damaged"
    (count, *others) = {answer for answer in said.values() if isinstance(answer, int)}
    return "mixed" if others else next((name for name, articles in ARTICLES.items() if articles == count), "neither")


def fill_disk(folder: Path, disk: Path, tenths: int = 10) -> Counter[str]:
    """Build onto a disk that is full after each tenth of what a build needs, and ask all interfaces for the old one."""
    sources, counts = write_sources(folder / "sources"), Counter[str]()
    out, ballast = disk / "exports", disk / "ballast"
    _build(sources["rivers"], out)
    begun = shutil.disk_usage(disk).free
    _build(sources["mountains"], disk / "other")
    needed = begun - shutil.disk_usage(disk).free
    shutil.rmtree(disk / "other")
    for tenth in range(tenths):
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(shutil.disk_usage(disk).free - needed * tenth // tenths, 1))
        try:
            _build(sources["mountains"], out)
        except GraphError:
            counts["refused"] += 1
        counts[_verdict(_asked(out))] += 1
        ballast.unlink()
    return counts
