"""The benchmark of questions compares like with like."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.sparql import ENGINES, QUESTIONS

HERE = Path(__file__).resolve().parent.parent


@pytest.mark.slow
def test_every_engine_finds_the_same_rows() -> None:
    """The embedded engine, in memory and on disk, and rdflib answer all ten questions with as many rows."""
    command = [sys.executable, "-m", "benchmarks.sparql", "--articles", "30", "--rounds", "1"]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=True, timeout=300)
    rows = re.findall(r"^\| ([\w-]+) \| ([^|]+) \|((?: \d+\.\d+ \|)+)$", done.stdout, re.MULTILINE)
    assert [name for name, _, _ in rows] == QUESTIONS
    for name, found, seconds in rows:
        assert found.strip().replace(",", "").isdecimal(), f"{name}: {found} rows"
        assert seconds.count("|") == len(ENGINES)
