"""How fast the explorer page is, compared with a pyvis page of the same graph: `python -m benchmarks.explorer`.

A headless Chromium without a graphics card opens each page as a file, or from `article-graph serve`, and drags and
zooms it with a mouse. It measures the processor time of the page's main thread for each frame that was drawn meanwhile,
including everything that this thread did (input, scripts, painting). All pages get the same movements.

Then it asks the page: it types a word letter by letter, chooses the most common topic, changes the view, and selects
the node with the most links. The times are those that a reader waits, from the event to the answer on the screen.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
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
from benchmarks.serving import started

__all__ = ["Opened", "main"]

MOVEMENTS = ("drag all", "zoom in", "drag near", "zoom out", "other view")
"""What is done to each page, in this order; a page of pyvis has one view."""

ANSWERS = ("key to result", "filter to drawn", "filter to flight", "view to drawn", "hub to card")
"""What is asked of each page, in this order; a page of pyvis can only select a hub.

A filter is drawn when the first frame shows only what it leaves, and in flight when the first frame moves that. What
leaves very many articles moves none.
"""

_OTHERS = ("another viewer of 23,000 concepts, as it says of itself", 23_000, 36.0, 27.3, 1_800)
"""What others publish: name, nodes, megabytes, seconds to load, milliseconds from key to result."""

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
_WATCH = """() => {
    const told = { frames: 0, first: 0, ends: [] };
    window.told = told;
    let [drawn, ending] = [false, false];
    for (const name of ["fill", "drawImage"]) {
        const was = CanvasRenderingContext2D.prototype[name];
        CanvasRenderingContext2D.prototype[name] = function (...given) {
            drawn = drawn || this.canvas.isConnected;
            // A timer that a frame's own callback sets runs when the frame is painted, before what it leaves to do.
            if (drawn && !ending) {
                ending = true;
                setTimeout(() => {
                    ending = false;
                    told.ends.push([performance.now(), Boolean(window.explorer?.map?.scene.turning)]);
                });
            }
            return was.apply(this, given);
        };
    }
    const look = () => {
        if (drawn) [drawn, told.frames, told.first] = [false, told.frames + 1, told.first || performance.now()];
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""

_CAME = """() => {
    const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    return entries.reduce((sum, one) => sum + (one.transferSize || one.encodedBodySize), 0);
}"""

_ASK = """async (question) => {
    const drawn = async (frames) => {
        while (told.frames === frames) await new Promise(requestAnimationFrame);
    };
    const changed = (element) => new Promise((resolve) => {
        const watch = new MutationObserver(() => (watch.disconnect(), resolve()));
        watch.observe(element, { childList: true, characterData: true, subtree: true });
    });
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const end = async (isWanted) => {
        const since = performance.now();
        while (!told.ends.some(isWanted)) {
            await new Promise(requestAnimationFrame);
            if (told.ends.length && !page.map.isMoving && performance.now() - since > 20000) return NaN;
        }
        return told.ends.find(isWanted)[0];
    };
    const page = window.explorer?.page;
    const started = () => [performance.now(), told.frames];
    if (question === "key to result" && page) {
        const input = document.querySelector("#search");
        let longest = 0;
        input.focus();
        for (let end = 1; end <= "networks".length; end += 1) {
            const [start] = started();
            const answered = changed(document.querySelector("#searching .found"));
            input.value = "networks".slice(0, end);
            input.dispatchEvent(new InputEvent("input", { bubbles: true }));
            await answered;
            await painted();
            longest = Math.max(longest, performance.now() - start);
        }
        input.value = "";
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
        return longest;
    }
    if (question.startsWith("filter to ") && page) {
        const [topic] = [...page.all.counts.topics].sort((one, other) => other[1] - one[1])[0];
        const [start] = started();
        told.ends = [];
        page.choose({ topics: [topic] });
        const took = (await end(([, moves]) => moves || question === "filter to drawn")) - start;
        while (page.map.isMoving) await new Promise(requestAnimationFrame);
        page.clearChoice();
        return Number.isNaN(took) ? null : took;
    }
    if (question === "view to drawn" && page) {
        const [start] = started();
        told.ends = [];
        page.change({ view: page.state.view === "network" ? "topics" : "network", camera: null });
        return (await end(() => true)) - start;
    }
    if (question === "hub to card") {
        const [start, frames] = started();
        if (page) {
            const { atlas } = page;
            let hub = 0;
            for (let node = 1; node < atlas.count; node += 1) if (atlas.degree(node) > atlas.degree(hub)) hub = node;
            page.change({ node: hub });
            while (document.querySelector("#card").hidden) await new Promise(requestAnimationFrame);
        } else window.network.selectNodes([window.nodes.getIds()[0]]);
        await drawn(frames);
        await painted();
        return performance.now() - start;
    }
    return null;
}"""


@dataclass(frozen=True, slots=True)
class Opened:
    """What one page took."""

    name: str
    """What the page shows."""
    nodes: int
    """How many nodes it has."""
    megabytes: float
    """What has been loaded when it rests: the size of the file, or what came over the network."""
    first: float
    """Seconds from the first byte until something was drawn."""
    milliseconds: dict[str, float]
    """Processor time of the main thread for a frame, by movement, if the page has this movement."""
    waits: dict[str, float]
    """Milliseconds from each question to its answer, if the page can answer it."""


def main() -> None:
    """Measure as the command line says, and print a table."""
    given = _arguments()
    print(f"- Machine: {describe_machine()}\n- Versions: {describe_versions()}\n")
    found = []
    with tempfile.TemporaryDirectory(prefix="article-graph-") as folder, contextlib.ExitStack() as stack:
        for name, address, nodes in itertools.chain(_pages(given, Path(folder)), _served(given, stack)):
            found.append(_middle([_open(given.browser, name, address, nodes) for _ in range(given.rounds)]))
    print(_to_table(found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.explorer", description="Move the explorer page.")
    parser.add_argument("--articles", type=int, nargs="*", default=[1_000], help="sizes of generated corpora")
    parser.add_argument("--source", type=Path, help="a folder of real articles, which is measured first")
    installed = next(filter(None, map(shutil.which, _BROWSERS)), None)
    parser.add_argument(
        "--browser", default=installed, help="the Chromium that opens the pages  [default: %(default)s]"
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often each page is opened  [default: 3]")
    parser.add_argument("--pyvis", type=int, default=500, help="nodes of the pyvis page, 0 for none  [default: 500]")
    parser.add_argument(
        "--served", type=Path, nargs="*", default=[], help="builds to serve, whose page is measured too"
    )
    return parser.parse_args()


def _pages(given: argparse.Namespace, work: Path) -> Iterator[tuple[str, str, int]]:
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
        yield name, page.as_uri(), int(nodes.read_text(encoding="ascii"))
        if small:
            pyvis = page.with_suffix(".pyvis.html").as_uri()
            yield f"{name}: {small:,} of them with pyvis, places fixed", pyvis, small


def _served(given: argparse.Namespace, stack: contextlib.ExitStack) -> Iterator[tuple[str, str, int]]:
    """Yield the same of each build that is to be served, and serve it meanwhile."""
    for folder in given.served:
        _tell(f"serving {folder}")
        numbers = json.loads((folder / "info.json").read_bytes())
        nodes = sum(numbers[kind] for kind in ("articles", "topics", "providers", "people"))
        words = [sys.executable, "-m", "graph", "serve", "--graph", str(folder), "--port", "{port}"]
        port = stack.enter_context(started(words))
        yield f"{numbers['articles']:,} articles, served", f"http://127.0.0.1:{port}/", nodes
        stack.close()


def _open(program: str | None, name: str, address: str, nodes: int) -> Opened:
    """Open one page in a browser of its own, move it, and close it."""
    from playwright.sync_api import sync_playwright

    _tell(f"opening {name}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(f"({_WATCH})()")
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(address, wait_until="commit")
        while not page.evaluate("window.told.first"):
            time.sleep(0.05)
        page.evaluate("window.explorer && window.explorer.ready")
        _rest(page)
        first = float(page.evaluate("told.first")) / 1000
        megabytes = float(page.evaluate(_CAME)) / 1e6
        milliseconds = {}
        for movement in MOVEMENTS:
            before = _account(page, session)
            if _MOVES[movement](page) is False:
                continue
            after = _account(page, session)
            milliseconds[movement] = 1000 * (after[0] - before[0]) / max(1, after[1] - before[1])
            _rest(page)
        waits = {}
        for question in ANSWERS:
            wait = page.evaluate(_ASK, question)
            if wait is not None:
                waits[question] = float(wait)
                _rest(page)
        browser.close()
    return Opened(name, nodes, megabytes, first, milliseconds, waits)


def _drag(page: Any) -> None:  # noqa: ANN401 - the browser's library is imported only where it is used
    page.mouse.move(640, 380)
    page.mouse.down()
    for step in range(45):
        page.mouse.move(640 + 5 * step, 380 + 3 * step)
    page.mouse.up()


def _switch(page: Any) -> bool:  # noqa: ANN401
    button = page.locator("#view-network")
    if button.count():
        button.click()
        time.sleep(0.7)
    return bool(button.count())


def _turn(page: Any, way: int, times: int) -> None:  # noqa: ANN401
    page.mouse.move(720, 450)
    for _ in range(times):
        page.mouse.wheel(0, 100 * way)
        time.sleep(0.016)


_MOVES: dict[str, Callable[[Any], object]] = {
    "drag all": _drag,
    "zoom in": lambda page: _turn(page, -1, 14),
    "drag near": _drag,
    "zoom out": lambda page: _turn(page, 1, 14),
    "other view": _switch,
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
    milliseconds = {name: median(one.milliseconds[name] for one in rounds) for name in first.milliseconds}
    waits = {name: median(one.waits[name] for one in rounds) for name in first.waits}
    return Opened(first.name, first.nodes, first.megabytes, median(one.first for one in rounds), milliseconds, waits)


def _to_table(found: Sequence[Opened]) -> str:
    """Return the tables of movements and of answers in Markdown."""
    moving = [["page", "nodes", "MB", "first drawing s", *(f"{name} ms" for name in MOVEMENTS)]]
    asking = [["page", "nodes", "MB", "first drawing s", *(f"{name} ms" for name in ANSWERS)]]
    for one in found:
        begins = [one.name, f"{one.nodes:,}", f"{one.megabytes:.1f}", f"{one.first:.2f}"]
        moving.append([*begins, *(_number(one.milliseconds.get(name), 1) for name in MOVEMENTS)])
        asking.append([*begins, *(_number(one.waits.get(name), 0) for name in ANSWERS)])
    name, nodes, megabytes, first, wait = _OTHERS
    asking.append([name, f"{nodes:,}", f"{megabytes:.1f}", f"{first:.2f}", f"{wait:,}", *[""] * (len(ANSWERS) - 1)])
    return "\n\n".join(
        "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], ["---", *["---:"] * (len(rows[0]) - 1)], *rows[1:]))
        for rows in (moving, asking)
    )


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
