"""Everything that is measured, in one command: `python -m benchmarks.run`, or `make bench`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.corpora import corpus_folder
from benchmarks.growth import grow
from benchmarks.measuring import HERE, run_module
from benchmarks.report import to_page
from benchmarks.side_by_side import Comparison, compare

__all__ = ["main"]

_SIZES = (1_000, 10_000, 100_000)
_QUICK_SIZES = (200, 1_000)
_FULL_SIZE = 1_000_000
_COMPARED, _QUICK_COMPARED = 2_000, 300


def main() -> None:
    """Measure as the command line says, print the page, and keep it."""
    given = _arguments()
    rounds = given.rounds or (1 if given.quick else 3)
    sizes = given.sizes or [*(_QUICK_SIZES if given.quick else _SIZES), *([_FULL_SIZE] if given.full else [])]
    with tempfile.TemporaryDirectory(prefix="article-graph-") as folder:
        work = Path(folder)
        comparisons = [] if given.only_growth else _comparisons(work, rounds, quick=given.quick)
        steps = grow(sizes, work, rounds, given.stories, _tell)
    page = to_page(comparisons, steps, given.stories)
    print(page)
    out = given.out or (None if given.quick or given.only_growth else HERE / "benchmarks" / "results.md")
    if out is not None:
        out.write_text(page, encoding="utf-8")
        _tell(f"written to {out}")


def _comparisons(work: Path, rounds: int, *, quick: bool) -> list[Comparison]:
    """Compare on the real corpus, where there is one, and on a generated one."""
    articles = _QUICK_COMPARED if quick else _COMPARED
    generated = work / "generated"
    run_module("benchmarks.corpus", str(articles), generated)
    corpora = [(f"Generated corpus of {articles:,} articles", generated)]
    archive = corpus_folder() / "everyday-azure.tar.xz"
    if quick:
        _tell("--quick leaves the real corpus out")
    elif archive.is_file():
        real = work / "real"
        run_module("tarfile", "-e", archive, real)
        corpora.insert(0, ("Real corpus everyday-azure", real))
    else:
        _tell(
            f"no {archive.name} in {archive.parent}: set ARTICLE_GRAPH_CORPUS to its folder to measure the real corpus"
        )
    found = []
    for number, (name, folder) in enumerate(corpora):
        place = work / f"compared-{number}"
        place.mkdir()
        found.append(compare(name, folder, place, rounds, _tell))
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run", description="Measure, print and keep the results."
    )
    parser.add_argument("--quick", action="store_true", help="small sizes, one round, nothing kept")
    parser.add_argument(
        "--full", action="store_true", help=f"grow to {_FULL_SIZE:,} articles: hours, and 85 GB of disk"
    )
    parser.add_argument("--only-growth", action="store_true", help="leave out the comparison with the script")
    parser.add_argument("--rounds", type=int, help="how often each program runs  [default: 3]")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="ARTICLES", help="other sizes to grow through")
    parser.add_argument("--stories", type=float, default=1.0, help="how large stories are, times the real site's")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where to keep the page  [default: benchmarks/results.md]"
    )
    return parser.parse_args()


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
