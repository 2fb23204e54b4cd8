"""Writes what was measured as a page of Markdown tables that are also readable on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from benchmarks.growth import Step
from benchmarks.machine import describe_machine, describe_versions
from benchmarks.side_by_side import BASELINE, COLD, ONE_FILE, SAME_FILES, WARM, WAYS, Comparison

__all__ = ["to_page", "to_table"]

_HEAD = """\
# Benchmark

Written by `make bench`. CPU is the user and system time of the process and all it started, peak the largest resident
set. Each run is a process of its own, programs take turns, and numbers are medians. Files come from the page cache;
*cold* means without the cache of article-graph.

- Machine: {machine}
- Versions: {versions}
"""


def to_page(comparisons: Sequence[Comparison], steps: Sequence[Step], stories: float) -> str:
    """Return the whole page."""
    parts = [_HEAD.format(machine=describe_machine(), versions=describe_versions())]
    for comparison in comparisons:
        parts += [_comparison(comparison), _stages(comparison), _ways(comparison)]
    if steps:
        parts.append(_growth(steps, stories))
    return "\n".join(parts)


def _comparison(comparison: Comparison) -> str:
    script = comparison.costs[BASELINE]
    rows = [
        (
            program,
            f"{cost.cpu:.2f}",
            f"{cost.wall:.2f}",
            f"{cost.peak:.0f}",
            _times(script.cpu, cost.cpu),
            _times(script.peak, cost.peak),
        )
        for program, cost in comparison.costs.items()
    ]
    costs = comparison.costs
    share = costs[WARM].cpu / costs[COLD].cpu
    return (
        f"## {comparison.name}: {comparison.files:,} files, {comparison.megabytes:.0f} MB\n\n"
        f"Medians of {comparison.rounds}. The script writes Turtle, N-Triples and GraphML; a cold build also writes\n"
        "JSON-LD, the store, the search index, the explorer, the report and the cache.\n\n"
        + to_table(("run", "CPU s", "wall s", "peak MiB", "less CPU", "less memory"), rows)
        + f"\nA cold build takes {_times(script.cpu, costs[COLD].cpu)} less CPU and "
        f"{_times(script.peak, costs[COLD].peak)} less memory than the script, with the same three files\n"
        f"{_times(script.cpu, costs[SAME_FILES].cpu)} and {_times(script.peak, costs[SAME_FILES].peak)}. "
        f"A warm build takes {share:.0%} of a cold one, after one change {costs[ONE_FILE].cpu / costs[COLD].cpu:.0%}.\n"
    )


def _stages(comparison: Comparison) -> str:
    total = sum(comparison.stages.values())
    rows = [(stage, f"{seconds:.2f}", f"{seconds / total:.0%}") for stage, seconds in comparison.stages.items()]
    return f"### {comparison.name}: stages of a cold build\n\n" + to_table(("stage", "CPU s", "share"), rows)


def _ways(comparison: Comparison) -> str:
    rows = [
        (WAYS[way], f"{cost.cpu:.2f}", f"{cost.wall:.2f}", f"{cost.peak:.0f}") for way, cost in comparison.ways.items()
    ]
    return (
        f"### {comparison.name}: reading with two cores\n\n"
        "Until all statements are in one process, which merging needs; peak is that of the largest process.\n\n"
        + to_table(("way", "CPU s", "wall s", "peak MiB"), rows)
    )


def _growth(steps: Sequence[Step], stories: float) -> str:
    rows, skipped = [], ""
    for before, step in pairwise([None, *steps]):
        if step is None:
            continue
        size = (f"{step.articles:,}", f"{step.nodes:,}", f"{step.relations:,}", f"{step.megabytes:,.0f}")
        if step.cost is None:
            rows.append((size[0], *["-"] * 9))
            skipped += f"\n{step.articles:,} articles were skipped: they need {step.needed:.0f} GB of free disk.\n"
            continue
        each = step.cost.cpu / step.articles
        bend = "" if before is None or before.cost is None else f"{each / (before.cost.cpu / before.articles):.2f}"
        peak = step.cost.peak
        kilobytes = peak * 1024 / step.articles
        costs = (f"{step.cost.cpu:,.1f}", f"{step.cost.wall:,.1f}", f"{peak:,.0f}", f"{each * 1000:.2f}")
        rows.append((*size, *costs, f"{kilobytes:.1f}", bend))
    heads = (
        "articles",
        "with stubs",
        "relations",
        "MB",
        "CPU s",
        "wall s",
        "peak MiB",
        "CPU ms each",
        "KiB each",
        "bend",
    )
    return (
        "## Growth\n\n"
        f"Generated archives, stories {stories:g} times as large as the real site's; cold builds with all default\n"
        "exports. *Articles* have a file of their own, and *each* means for each of them; *bend* is the CPU time of\n"
        "an article divided by that in the row above.\n\n" + to_table(heads, rows) + skipped
    )


def _times(more: float, less: float) -> str:
    return f"{more / less:.1f}×"


def to_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table with aligned columns, the first to the left and numbers to the right."""
    lines = [list(heads), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    ruler = [("-" * width) if column == 0 else "-" * (width - 1) + ":" for column, width in enumerate(widths)]
    padded = [
        [
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        for line in [lines[0], ruler, *lines[1:]]
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in padded)
