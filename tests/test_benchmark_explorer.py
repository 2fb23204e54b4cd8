"""The benchmark of the explorer page measures what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import graph
from benchmarks.explorer import ANSWERS, MOVEMENTS
from tests.browser import NAMES, SHELL

HERE = Path(__file__).resolve().parent.parent


@pytest.mark.slow
def test_all_pages_are_opened_and_moved(tmp_path: Path) -> None:
    """A small run opens the explorer, the pyvis page and a served one, and finds time for every movement and answer."""
    program = next(filter(None, map(shutil.which, (SHELL, *NAMES))), None)
    if program is None:
        pytest.skip(f"needs a browser, and none of {', '.join((SHELL, *NAMES))} is installed: install Chromium")
    graph.publish(graph.build(HERE / "seeds"), tmp_path, formats="nt,html")
    command = [sys.executable, "-m", "benchmarks.explorer", "--articles", "30", "--rounds", "1", "--pyvis", "20"]
    command += ["--served", str(tmp_path), "--browser", program]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=True, timeout=300)
    rows = re.findall(
        r"^\| (\d[^|]+) \| ([\d,]+) \| [\d.]+ \| ([\d.]+) \|((?: [\d.]* \|)+)$", done.stdout, re.MULTILINE
    )
    assert [name.rpartition(" ")[2] for name, *_ in rows] == 2 * ["articles", "fixed", "served"]
    for place, (name, nodes, first, milliseconds) in enumerate(rows):
        assert int(nodes) >= 20 or name.endswith("served")
        assert float(first) > 0
        cells = [float(cell) for cell in milliseconds.split("|") if cell.strip()]
        if place < len(rows) / 2:
            assert len(cells) == len(MOVEMENTS) - name.endswith("fixed")
        else:
            assert len(cells) == (1 if name.endswith("fixed") else len(ANSWERS))
        assert all(cell > 0 for cell in cells)
