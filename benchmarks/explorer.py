"""The explorer page in motion, beside a pyvis page of the same graph: `python -m benchmarks.explorer`.

A headless Chromium without a graphics card opens each page as a file, drags and zooms it with a mouse, and keeps the
accounts: the processor time of the page's main thread for each frame that was drawn meanwhile, everything included that
this thread did (input, scripts, painting). Both kinds of page get the same movements.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.machine import describe_machine, describe_versions
from benchmarks.measuring import run_module

__all__ = ["Opened", "main"]

MOVEMENTS = ("drag all", "zoom in", "drag near", "zoom out")
"""What is done to each page, in this order."""

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
_WATCH = """() => {
    const told = { frames: 0, first: 0 };
    window.told = told;
    let drawn = false;
    for (const name of ["fill", "drawImage"]) {
        const was = CanvasRenderingContext2D.prototype[name];
        CanvasRenderingContext2D.prototype[name] = function (...given) {
            drawn = drawn || this.canvas.isConnected;
            return was.apply(this, given);
        };
    }
    const look = () => {
        if (drawn) [drawn, told.frames, told.first] = [false, told.frames + 1, told.first || performance.now()];
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""


@dataclass(frozen=True, slots=True)
class Opened:
    """What one page took."""

    name: str
    """What the page shows."""
    nodes: int
    """How many nodes it holds."""
    megabytes: float
    """Size of the file."""
    first: float
    """Seconds from the first byte until something was drawn."""
    milliseconds: dict[str, float]
    """Processor time of the main thread for a frame, by movement."""


def main() -> None:
    """Measure as the command line says, and print a table."""
    given = _arguments()
    print(f"- Machine: {describe_machine()}\n- Versions: {describe_versions()}\n")
    with tempfile.TemporaryDirectory(prefix="article-graph-") as folder:
        found = [
            _middle([_open(name, page, nodes) for _ in range(given.rounds)])
            for name, page, nodes in _pages(given, Path(folder))
        ]
    print(_to_table(found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.explorer", description="Move the explorer page.")
    parser.add_argument("--articles", type=int, nargs="*", default=[1_000], help="sizes of generated corpora")
    parser.add_argument("--source", type=Path, help="a folder of real articles, which is measured first")
    parser.add_argument("--rounds", type=int, default=3, help="how often each page is opened  [default: 3]")
    parser.add_argument("--pyvis", type=int, default=500, help="nodes of the pyvis page, 0 for none  [default: 500]")
    return parser.parse_args()


def _pages(given: argparse.Namespace, work: Path) -> Iterator[tuple[str, Path, int]]:
    """Yield a name, a page and its number of nodes: for each corpus the explorer, for the first one pyvis, too."""
    sources = [(given.source.name, given.source)] if given.source else []
    for articles in given.articles:
        corpus = work / f"corpus-{articles}"
        _tell(f"writing {articles:,} articles")
        run_module("benchmarks.corpus", str(articles), corpus)
        sources.append((f"{articles:,} generated articles", corpus))
    for at, (name, source) in enumerate(sources):
        _tell(f"building {name}")
        page, nodes = work / f"{at}.html", work / f"{at}.txt"
        small = given.pyvis if at == 0 else 0
        run_module("benchmarks.explorer_pages", source, page, nodes, str(small))
        yield name, page, int(nodes.read_text(encoding="ascii"))
        if small:
            yield f"{name}: {small:,} of them with pyvis, places fixed", page.with_suffix(".pyvis.html"), small


def _open(name: str, path: Path, nodes: int) -> Opened:
    """Open one page in a browser of its own, move it, and close it."""
    from playwright.sync_api import sync_playwright

    _tell(f"opening {name}")
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(f"({_WATCH})()")
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(path.as_uri(), wait_until="commit")
        while not page.evaluate("window.told.first"):
            time.sleep(0.05)
        page.evaluate("window.explorer && window.explorer.ready")
        _rest(page)
        first = float(page.evaluate("told.first")) / 1000
        milliseconds = {}
        for movement in MOVEMENTS:
            before = _account(page, session)
            _MOVES[movement](page)
            after = _account(page, session)
            milliseconds[movement] = 1000 * (after[0] - before[0]) / max(1, after[1] - before[1])
            _rest(page)
        browser.close()
    return Opened(name, nodes, path.stat().st_size / 1e6, first, milliseconds)


def _drag(page: Any) -> None:  # noqa: ANN401 - the browser's library is imported only where it is used
    page.mouse.move(640, 380)
    page.mouse.down()
    for step in range(45):
        page.mouse.move(640 + 5 * step, 380 + 3 * step)
    page.mouse.up()


def _turn(page: Any, way: int, times: int) -> None:  # noqa: ANN401
    page.mouse.move(720, 450)
    for _ in range(times):
        page.mouse.wheel(0, 100 * way)
        time.sleep(0.016)


_MOVES: dict[str, Callable[[Any], None]] = {
    "drag all": _drag,
    "zoom in": lambda page: _turn(page, -1, 14),
    "drag near": _drag,
    "zoom out": lambda page: _turn(page, 1, 14),
}


def _account(page: Any, session: Any) -> tuple[float, int]:  # noqa: ANN401
    """Return the seconds of the main thread so far, and the frames drawn so far."""
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]), int(page.evaluate("told.frames"))


def _rest(page: Any) -> None:  # noqa: ANN401
    """Wait until nothing has been drawn for half a second, ten seconds at most: some pages never rest."""
    seen, since = -1, time.monotonic()
    ending = since + 10
    while time.monotonic() < min(since + 0.5, ending):
        frames = page.evaluate("told.frames")
        if frames != seen:
            seen, since = frames, time.monotonic()
        time.sleep(0.1)


def _middle(rounds: Sequence[Opened]) -> Opened:
    first = rounds[0]
    milliseconds = {name: median(one.milliseconds[name] for one in rounds) for name in MOVEMENTS}
    return Opened(first.name, first.nodes, first.megabytes, median(one.first for one in rounds), milliseconds)


def _to_table(found: Sequence[Opened]) -> str:
    lines = ["| page | nodes | MB | first drawing s | " + " | ".join(f"{name} ms" for name in MOVEMENTS) + " |"]
    lines.append("| --- |" + " ---: |" * (3 + len(MOVEMENTS)))
    for one in found:
        cells = [f"{one.nodes:,}", f"{one.megabytes:.1f}", f"{one.first:.2f}"]
        cells += [f"{one.milliseconds[name]:.1f}" for name in MOVEMENTS]
        lines.append(f"| {one.name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
