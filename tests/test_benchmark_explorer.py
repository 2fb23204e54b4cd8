"""The benchmark of the explorer page measures what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.explorer import MOVEMENTS
from tests.browser import NAMES

HERE = Path(__file__).resolve().parent.parent


def test_both_pages_are_opened_and_moved() -> None:
    """A small run opens the explorer and the pyvis page, and finds frames and time in every movement of both."""
    if not any(map(shutil.which, NAMES)):
        pytest.skip(f"needs a browser, and none of {', '.join(NAMES)} is installed: install Chromium")
    command = [sys.executable, "-m", "benchmarks.explorer", "--articles", "30", "--rounds", "1", "--pyvis", "20"]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=True, timeout=300)
    rows = re.findall(
        r"^\| (30 [^|]+) \| ([\d,]+) \| [\d.]+ \| ([\d.]+) \|((?: [\d.]+ \|)+)$", done.stdout, re.MULTILINE
    )
    assert [name.endswith("places fixed") for name, *_ in rows] == [False, True]
    for _, nodes, first, milliseconds in rows:
        assert int(nodes) >= 20
        assert float(first) > 0
        assert len(milliseconds.split("|")) - 1 == len(MOVEMENTS)
        assert all(float(cell) > 0 for cell in milliseconds.split("|")[:-1])
