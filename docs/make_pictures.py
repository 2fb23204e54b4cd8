"""Draw the explorer's pictures in docs/pictures/ from a folder of articles: `python docs/make_pictures.py SOURCE`."""

from __future__ import annotations

import base64
import itertools
import shutil
import struct
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

import graph
from graph.explorer import to_explorer

PICTURES = Path(__file__).resolve().parent / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WINDOWS: dict[str, ViewportSize] = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
LARGEST = 250_000  # bytes of a picture
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STATES = {
    "topics": "page.change({ view: 'topics' })",
    "network": "page.change({ view: 'network' })",
    "timeline": "page.change({ view: 'timeline' })",
    "card": "page.change({ node: telling() })",
    "table": "page.change({ choice: { ...page.state.choice, topics: [common()] }, panel: 'table' })",
}
"""What each picture shows, and the script that makes the page show it."""
SHOW = """() => {
    const { page, atlas } = window.explorer;
    // The most central article that has an excerpt, several topics, and some but not very many relations.
    const telling = () => {
        const central = atlas.header.insights.central.map(([node]) => node);
        const every = Array.from({ length: atlas.articles }, (_, node) => node);
        const isTelling = (node) => {
            const count = atlas.neighbours(node).length;
            return atlas.excerpt(node) && atlas.out("about", node).length > 1 && count > 9 && count < 40;
        };
        return [...central, ...every].find(isTelling) ?? 0;
    };
    // The most frequent topic that at most a third of the articles have.
    const common = () => {
        const [first, end] = atlas.header.kinds.topic;
        const topics = Array.from({ length: end - first }, (_, place) => first + place);
        const count = (topic) => page.all.counts.topics.get(topic) ?? 0;
        const some = topics.filter((topic) => count(topic) * 3 < atlas.articles);
        return some.sort((one, other) => count(other) - count(one))[0];
    };
    STEP;
}"""
PIXELS = """async (picture) => {
    const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + picture)).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let text = "";
    for (let start = 0; start < data.length; start += 32768) {
        text += String.fromCharCode(...data.subarray(start, start + 32768));
    }
    return [bitmap.width, bitmap.height, btoa(text)];
}"""


def drawn(browser: Browser, address: str, state: str, window: str, scheme: Literal["light", "dark"]) -> bytes:
    """Return one picture: the page in a state, in a window of a size and with a colour scheme."""
    context = browser.new_context(
        viewport=WINDOWS[window],
        color_scheme=scheme,
        is_mobile=window == "phone",
        reduced_motion="reduce",
        offline=True,
    )
    page = context.new_page()
    page.goto(address)
    page.evaluate("() => window.explorer.ready")
    page.evaluate(SHOW.replace("STEP", STATES[state]))
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    picture = page.screenshot()
    context.close()
    return picture


def pixels(page: Page, picture: bytes) -> npt.NDArray[np.uint8]:
    """Return the red, green and blue of each pixel, by row and column."""
    width, height, text = page.evaluate(PIXELS, base64.b64encode(picture).decode())
    every = np.frombuffer(base64.b64decode(text), dtype=np.uint8)
    return every.reshape(height, width, 4)[:, :, :3]


def to_png(picture: npt.NDArray[np.uint8]) -> bytes:
    """Return a picture as PNG with 256 colours, or fewer if it is too large; others become the nearest of these."""
    tries = (_to_png(picture, colours) for colours in (256, 128, 64))
    return next((png for png in tries if len(png) <= LARGEST), None) or _to_png(picture, 32)


def _to_png(picture: npt.NDArray[np.uint8], most: int) -> bytes:
    height, width, _ = picture.shape
    colours, place, counts = np.unique(picture.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    colours_by_count = colours[np.argsort(-counts, kind="stable")]
    # The most frequent colours keep shades smooth; one of each coarse range keeps the colours of small marks.
    _, first = np.unique(colours_by_count // 20, axis=0, return_index=True)
    common = most * 150 // 256
    chosen = np.unique(np.concatenate([np.arange(min(common, len(colours))), np.sort(first)[: most - common]]))
    palette = colours_by_count[chosen]
    distances = ((colours[:, None, :].astype(np.int32) - palette[None, :, :]) ** 2).sum(axis=2)
    indices = distances.argmin(axis=1)[place].reshape(height, width).astype(np.uint8)
    rows = np.concatenate([np.zeros((height, 1), dtype=np.uint8), indices], axis=1)
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def main(source: str) -> None:
    """Build `source`, and draw the states of its explorer page on a desktop and on a phone, light and dark."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit(f"The pictures need a browser, and none of {', '.join(BROWSERS)} is installed: install Chromium.")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "explorer.html"
        knowledge = graph.build(source)
        path.write_text(to_explorer(knowledge.truth, title=knowledge.title), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        plain = browser.new_page()
        for state, window, scheme in itertools.product(STATES, WINDOWS, SCHEMES):
            picture = pixels(plain, drawn(browser, path.as_uri(), state, window, scheme))
            (PICTURES / f"explorer-{state}-{window}-{scheme}.png").write_bytes(to_png(picture))
        browser.close()


if __name__ == "__main__":
    match sys.argv[1:]:
        case [folder_or_archive]:
            main(folder_or_archive)
        case _:
            sys.exit("Usage: python docs/make_pictures.py SOURCE")
