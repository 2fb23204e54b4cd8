"""Ten real questions, asked of rdflib and of the embedded engine: `python -m benchmarks.sparql`, small by default.

The questions are those of `examples/queries/`. Each engine has a process of its own, answers every question several
times, and must find as many rows as the others. What rdflib has not answered at the deadline is left out.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import graph
from benchmarks.machine import describe_machine, describe_versions
from benchmarks.measuring import HERE, run_module

__all__ = ["main"]

QUESTIONS = (
    "articles-per-topic providers-per-topic topics-together related-within-two-steps text-contains latest "
    "without-images topic-graph is-anything-unpublished below-a-topic"
).split()
"""Names of the example queries that are asked."""

ENGINES = ("rdflib", "memory", "disk")
"""What answers: rdflib, the embedded engine in memory, the same over a store on disk."""

_QUERIES = HERE / "examples" / "queries"
_LOADING = "(loading)"
_Ask = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Timed:
    """What one engine took."""

    seconds: Mapping[str, float]
    """The median for each question that was answered, and for loading."""
    rows: Mapping[str, int]
    """How many rows, or triples, each answer had."""


def main() -> None:
    """Measure as the command line says, and print a table for each graph."""
    given = _arguments()
    if given.engine:
        print(json.dumps(_time_engine(given.engine, given.exports, given.rounds, given.deadline)))
        return
    print(f"- Machine: {describe_machine()}\n- Versions: {describe_versions()}\n")
    with tempfile.TemporaryDirectory(prefix="article-graph-") as folder:
        for name, exports in _graphs(given, Path(folder)):
            timed = {engine: _run(engine, exports, given) for engine in given.engines}
            print(_to_table(name, exports, timed))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sparql", description="Ask ten questions.")
    parser.add_argument("--articles", type=int, nargs="*", default=[300], help="sizes of generated corpora")
    parser.add_argument("--exports", type=Path, help="ask this build instead")
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is asked  [default: 3]")
    parser.add_argument("--deadline", type=float, default=120, help="seconds for a question  [default: 120]")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    return parser.parse_args()


def _graphs(given: argparse.Namespace, work: Path) -> Iterator[tuple[str, Path]]:
    if given.exports:
        yield given.exports.name, given.exports
        return
    for articles in given.articles:
        corpus, exports = work / f"corpus-{articles}", work / f"exports-{articles}"
        run_module("benchmarks.corpus", str(articles), corpus)
        run_module("graph", "build", corpus, "--out", exports, "--format", "nt,store", "--quiet")
        yield f"{articles:,} generated articles", exports


def _run(engine: str, exports: Path, given: argparse.Namespace) -> Timed:
    command = [sys.executable, "-m", "benchmarks.sparql", "--engine", engine, "--exports", str(exports)]
    command += ["--rounds", str(given.rounds), "--deadline", str(given.deadline)]
    print(f"asking {engine}", file=sys.stderr)
    done = subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.PIPE, text=True, env=os.environ)
    return Timed(**json.loads(done.stdout))


def _time_engine(engine: str, exports: Path, rounds: int, deadline: float) -> dict[str, dict[str, float]]:
    open_engine: Callable[[Path], _Ask] = {"rdflib": _rdflib, "memory": _memory, "disk": _disk}[engine]
    begun = time.perf_counter()
    ask = open_engine(exports)
    seconds, rows = {_LOADING: time.perf_counter() - begun}, {}
    for name in QUESTIONS:
        query = (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")
        took = []
        with contextlib.suppress(TimeoutError), _deadline(deadline):
            for _ in range(rounds):
                begun = time.perf_counter()
                rows[name] = ask(query)
                took.append(time.perf_counter() - begun)
        if took:
            seconds[name] = median(took)
    return {"seconds": seconds, "rows": {name: rows[name] for name in seconds if name in rows}}


@contextlib.contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Interrupt what runs in Python; a compiled engine is interrupted only between two questions."""

    def give_up(*_signal: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _rdflib(exports: Path) -> _Ask:
    import rdflib

    from graph.names import PREFIXES

    triples = rdflib.Graph(bind_namespaces="none")
    triples.parse(exports / "graph.nt", format="nt")
    return lambda query: len(list(triples.query(query, initNs=PREFIXES)))


def _memory(exports: Path) -> _Ask:
    from graph.store import Store

    store = Store(exports / "graph.nt")
    return lambda query: len(list(store.query(query)))


def _disk(exports: Path) -> _Ask:
    disk = graph.open_exports(exports).store
    return lambda query: len(list(disk.query(query)))


def _to_table(name: str, exports: Path, timed: Mapping[str, Timed]) -> str:
    with (exports / "graph.nt").open("rb") as stream:
        triples = sum(1 for _ in stream)
    lines = [f"## {name}: {triples:,} triples\n", "| seconds | rows | " + " | ".join(timed) + " |"]
    lines.append("| --- | ---: |" + " ---: |" * len(timed))
    for question in (_LOADING, *QUESTIONS):
        counts = {told.rows[question] for told in timed.values() if question in told.rows}
        found = " or ".join(f"{count:,}" for count in sorted(counts))  # more than one is a fault of an engine
        cells = [f"{told.seconds[question]:.3f}" if question in told.seconds else "late" for told in timed.values()]
        lines.append(f"| {question} | {found} | " + " | ".join(cells) + " |")
    both = [name for name in QUESTIONS if all(name in told.seconds for told in timed.values())]
    sums = {engine: sum(told.seconds[name] for name in both) for engine, told in timed.items()}
    lines.append(
        f"| sum of the {len(both)} that all answered | | " + " | ".join(f"{s:.2f}" for s in sums.values()) + " |"
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
