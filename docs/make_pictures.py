"""Draw the explorer's pictures in docs/pictures/ from a folder of articles: `python docs/make_pictures.py SOURCE`."""

from __future__ import annotations

import base64
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
from graph.publishing.explorer import to_explorer

PICTURES = Path(__file__).resolve().parent / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WINDOWS: dict[str, ViewportSize] = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
CHOOSE = """() => {
    const around = (node, kind) => [...neighbours(node.id)].filter((iri) => look(byIri.get(iri)) === kind).length;
    const worth = (node) =>
        100 * Math.min(3, around(node, "topic")) + 10 * Math.min(1, around(node, "stub"))
        + Math.min(10, around(node, "article"));
    const known = told.nodes.filter((node) => look(node) === "article" && node.facts.excerpt && node.facts.url);
    return known.sort((one, other) => worth(other) - worth(one) || (one.id < other.id ? -1 : 1))[0].id;
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


def drawn(browser: Browser, address: str, window: str, scheme: Literal["light", "dark"]) -> bytes:
    """Return one picture: on a desktop the whole map beside the details, on a phone the details below part of it."""
    context = browser.new_context(
        viewport=WINDOWS[window],
        color_scheme=scheme,
        is_mobile=window == "phone",
        reduced_motion="reduce",
        offline=True,
    )
    page = context.new_page()
    page.goto(address)
    page.evaluate("([iri, centre]) => goTo(iri, centre)", [page.evaluate(CHOOSE), window == "phone"])
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
    """Return a picture as PNG with 256 colours, any other being drawn in the nearest: half the size."""
    height, width, _ = picture.shape
    colours, place, counts = np.unique(picture.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    colours_by_count = colours[np.argsort(-counts, kind="stable")]
    # The commonest colours keep shades smooth; the first of each coarse range keeps small marks in their own colour.
    _, first = np.unique(colours_by_count // 20, axis=0, return_index=True)
    chosen = np.unique(np.concatenate([np.arange(min(150, len(colours))), np.sort(first)[:106]]))
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
    """Build `source`, and draw its explorer page on a desktop and on a phone, light and dark."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit(f"The pictures need a browser, and none of {', '.join(BROWSERS)} is installed: install Chromium.")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "explorer.html"
        path.write_text(to_explorer(graph.build(source).network), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        plain = browser.new_page()
        for window in WINDOWS:
            for scheme in SCHEMES:
                picture = pixels(plain, drawn(browser, path.as_uri(), window, scheme))
                (PICTURES / f"explorer-{window}-{scheme}.png").write_bytes(to_png(picture))
        browser.close()


if __name__ == "__main__":
    match sys.argv[1:]:
        case [folder_or_archive]:
            main(folder_or_archive)
        case _:
            sys.exit("Usage: python docs/make_pictures.py SOURCE")
