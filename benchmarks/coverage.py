"""How much of what people write is read: `python -m benchmarks.coverage`, with `--write` to keep the figures."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import graph
from benchmarks.comparing import FIELDS, Score, compare, exact, words_of
from benchmarks.corpora import BASES, ORACLES, corpora, oracle_folder
from benchmarks.dialects import SITES
from benchmarks.figures import Table, fallen, read_page, to_page
from benchmarks.measuring import HERE
from benchmarks.oracles import read_oracle
from graph.coverage import FIELDS as HELD
from graph.coverage import LINKS, coverage_of

__all__ = ["PAGE", "main", "measure_corpus", "measure_oracle", "measure_site"]

PAGE = HERE / "benchmarks" / "coverage.md"
"""Where the figures are kept."""


def measure_site(name: str) -> Table:
    """Return how the build of a specimen site agrees with what the site says."""
    site = SITES[name]()
    with tempfile.TemporaryDirectory(prefix="article-graph-") as folder:
        site.write(Path(folder))
        return _rows(compare(graph.build(folder, base=site.base), site.expected, exact))


def measure_corpus(knowledge: graph.KnowledgeGraph) -> Table:
    """Return how many documents of a build have what a reader looks for, and what became of its links."""
    found = coverage_of(knowledge.truth)
    rows = {"documents": (knowledge.truth.files, found.documents)}
    rows |= {name: (found.documents, getattr(found, name)) for name in HELD}
    rows["links"] = (found.links, found.links)
    return rows | {name: (found.links, getattr(found, name)) for name in LINKS}


def measure_oracle(knowledge: graph.KnowledgeGraph, oracle: Path) -> Table:
    """Return how a build of a corpus agrees with an independent reading of it."""
    return _rows(compare(knowledge, read_oracle(oracle), words_of))


def _rows(scores: Mapping[str, Score]) -> Table:
    return {field: (scores[field].stated, scores[field].read, scores[field].agree) for field in FIELDS}


def _measure() -> dict[str, Table]:
    """Measure everything that is available."""
    figures: dict[str, Table] = {}
    for name in SITES:
        _tell(name)
        figures[f"Specimen site: {name}"] = measure_site(name)
    compared: dict[str, Table] = {}
    for name, archive in corpora().items():
        _tell(name)
        knowledge = graph.build(archive, base=BASES.get(name))
        figures[f"Corpus: {name}"] = measure_corpus(knowledge)
        oracle = oracle_folder() / ORACLES.get(name, "none")
        if oracle.is_file():
            compared[f"Oracle: {name}"] = measure_oracle(knowledge, oracle)
    return figures | compared


def main() -> None:
    """Measure, print the page, and say what fell; keep the page where the command line says so."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.coverage", description="Measure how much of what people write is read."
    )
    parser.add_argument("--write", action="store_true", help=f"keep the figures in {PAGE.relative_to(HERE)}")
    given = parser.parse_args()
    kept = read_page(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    found = _measure()
    page = to_page(found | {heading: table for heading, table in kept.items() if heading not in found})
    print(page)
    for heading in found:
        for fact in fallen(kept.get(heading, {}), found[heading]):
            _tell(f"fell: {heading}: {fact}")
    if given.write:
        PAGE.write_text(page, encoding="utf-8")
        _tell(f"written to {PAGE}")


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
