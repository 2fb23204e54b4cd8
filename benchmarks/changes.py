"""What an update costs after a change to one file: `python -m benchmarks.changes SOURCE [--tree OTHER]`.

Works on a copy of the source. Makes every kind of change in turn and updates the exports after each, with this working
tree and then with the other one, if it is named. Prints the median CPU seconds, and their share of a cold build by the
same tree.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from types import MappingProxyType

from benchmarks.measuring import HERE, run

__all__ = ["main"]

_COLD, _NOTHING = "cold build", "nothing changed"
_LONG_AGO = 1_500_000_000


def _replaced(path: Path, pattern: str, text: str) -> None:
    path.write_text(re.sub(pattern, lambda _: text, path.read_text(), count=1, flags=re.MULTILINE))


def _added(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text()}\n\n{text}\n")


def _new(path: Path, number: int) -> None:
    path.with_name(f"added-{number}.md").write_text(f"---\ntitle: Added {number}\n---\nSee [it]({path.name}).\n")


_CHANGES: Mapping[str, Callable[[Path, int], object]] = MappingProxyType(
    {
        "words in the text": lambda path, number: _added(path, f"A word more, for the {number}th time."),
        "excerpt": lambda path, number: _replaced(path, "^excerpt:.*$", f"excerpt: Changed {number} times."),
        "title": lambda path, number: _replaced(path, "^title:.*$", f"title: Called {number}"),
        "date": lambda path, number: _replaced(
            path, "^publishedDateTime:.*$", f"publishedDateTime: 2020-01-{number:02}"
        ),
        "link": lambda path, number: _added(path, f"See [this](https://a.example/{number})."),
        "new file": _new,
        "file deleted": lambda path, _: path.unlink(),
    }
)


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--tree", type=Path, help="another working tree of article-graph, to measure beside this one")
    parser.add_argument("--format", default="all")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    trees = {"this": HERE} | ({"other": chosen.tree.resolve()} if chosen.tree else {})
    seconds: dict[tuple[str, str], list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        shutil.copytree(chosen.source, site, symlinks=True)
        for path in site.rglob("*"):
            if path.is_file() and not path.is_symlink():
                os.utime(path, (_LONG_AGO, _LONG_AGO))
        documents = [path for path in sorted(site.rglob("*.md")) if "\nexcerpt:" in path.read_text(errors="replace")]
        step = max(1, len(documents) // (chosen.rounds * len(_CHANGES)))

        def take(change: str) -> None:
            for tree, place in trees.items():
                words = ["build", os.fspath(site), "--out", os.fspath(Path(name) / tree), "--quiet"]
                cost, _ = run([sys.executable, "-m", "graph", *words, "--format", chosen.format], tree=place)
                seconds.setdefault((change, tree), []).append(cost.cpu)

        for number in range(1, chosen.rounds + 1):
            for tree in trees:
                shutil.rmtree(Path(name) / tree, ignore_errors=True)
            take(_COLD)
            take(_NOTHING)
            for change, make in _CHANGES.items():
                path = documents.pop(step % len(documents))
                make(path, number)
                take(change)
    print("| change |", " | ".join(f"{tree}, s | of cold" for tree in trees), "|")
    print("| --- |", " | ".join("---: | ---:" for _ in trees), "|")
    for change in (_COLD, _NOTHING, *_CHANGES):
        found = [(median(seconds[change, tree]), median(seconds[_COLD, tree])) for tree in trees]
        print(f"| {change} |", " | ".join(f"{cost:.2f} | {cost / cold:.0%}" for cost, cold in found), "|")


if __name__ == "__main__":
    main()
