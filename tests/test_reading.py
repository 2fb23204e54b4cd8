"""What documents say: specimens of every kind and dialect, each with the graph it must give.

A specimen is a folder of `specimens/`: `input/` is read, with the options of `options.toml`; it must give the triples
of `expected.ttl` and, in that order, the problems of `expected-problems.txt`, a line each. What is missing stands for
nothing.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import graph_diff, isomorphic

import graph

SPECIMENS = sorted(path for path in (Path(__file__).parent / "specimens").iterdir() if path.is_dir())


def text_of(path: Path) -> str:
    """Return a file's text, nothing where there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.name)
def test_specimen(specimen: Path, tmp_path: Path) -> None:
    """The documents of a specimen give exactly the triples and the problems written down beside them."""
    knowledge = graph.build(specimen / "input", **tomllib.loads(text_of(specimen / "options.toml")))
    graph.publish(knowledge, tmp_path, formats="ttl")
    found = rdflib.Graph().parse(tmp_path / "graph.ttl")
    expected = rdflib.Graph().parse(specimen / "expected.ttl")
    if not isomorphic(found, expected):
        _, missing, surplus = graph_diff(expected, found)
        pytest.fail(f"missing:\n{missing.serialize(format='nt')}\nsurplus:\n{surplus.serialize(format='nt')}")
    problems = [str(problem) for problem in knowledge.problems]
    assert problems == text_of(specimen / "expected-problems.txt").splitlines()


def test_each_specimen_tells_something() -> None:
    """Every specimen has its input and its expectation, and nothing else lies about."""
    for specimen in SPECIMENS:
        names = {path.name for path in specimen.iterdir()}
        assert names >= {"input", "expected.ttl"}
        assert names <= {"input", "expected.ttl", "expected-problems.txt", "options.toml"}
