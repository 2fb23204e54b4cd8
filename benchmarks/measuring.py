"""Measures what a program costs: each run is a process of its own, and the kernel counts."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

__all__ = ["Cost", "median_cost", "run", "run_module"]

HERE = Path(__file__).resolve().parent.parent
_MEBIBYTE = 1 << 20
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    cpu: float
    """Seconds of processor time, user and system, of the process and of those it started."""
    wall: float
    """Seconds that passed."""
    peak: float
    """The largest resident set of any one of these processes, MiB."""


def run(words: Sequence[str], *, tree: Path = HERE) -> tuple[Cost, str]:
    """Run a command to its end, in the working tree `tree`; return what it cost and what it printed.

    The memory of a child is counted from that of the process that starts it, so this one must stay small: it imports
    nothing heavy.

    Raises:
        SystemExit: The command failed; its last words are the message.
    """
    begun = time.monotonic()
    with subprocess.Popen(
        words, cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=_environment()
    ) as child:
        printed = child.stdout.read().decode(errors="replace") if child.stdout else ""
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - begun
    if child.returncode:
        message = f"{' '.join(words)} ended with status {child.returncode}:\n{printed[-2000:]}"
        raise SystemExit(message)
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * _RSS_UNIT / _MEBIBYTE), printed


def run_module(module: str, *words: str | os.PathLike[str]) -> tuple[Cost, str]:
    """Run a Python module with this interpreter, as `run` does."""
    return run([sys.executable, "-m", module, *(os.fspath(word) for word in words)])


def median_cost(costs: Sequence[Cost]) -> Cost:
    """Return the median of each number by itself."""
    return Cost(*(median(getattr(cost, name) for cost in costs) for name in ("cpu", "wall", "peak")))


def _environment() -> dict[str, str]:
    """Return the environment of every run: the same hash seed, and no color."""
    return {**os.environ, "PYTHONHASHSEED": "0", "NO_COLOR": "1"}
