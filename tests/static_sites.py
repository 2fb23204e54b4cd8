"""A static site of a few notes, as a generator would write it, and its server on loopback under a strict policy."""

from __future__ import annotations

import functools
import html
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from graph.knowledge import KnowledgeGraph, build
from tests.folders import write_files
from tests.sites import HOSTILE

__all__ = ["NOTES", "POLICY", "SCRIPT_LINE", "served_folder", "write_notes", "write_pages"]

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
SCRIPT_LINE = '<script src="{root}widget/widget.js" defer></script>'
_CONFIGURATION = 'title: Garden notes\nurl: "https://garden.example"\nbaseurl: "/notes"\n'
_STYLE = """\
html { color-scheme: light dark; }
body { margin: 2rem auto; max-width: 44rem; font: 16px/1.5 serif; color: #222; background: #fff; }
h2 { color: rgb(200, 0, 0); text-transform: uppercase; }
li { border: 5px solid red; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #111; } }
"""


def _note(title: str, body: str, **fields: str) -> str:
    matter = {"title": title, **fields}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in matter.items()) + f"---\n\n{body}\n"


NOTES: Mapping[str, str] = {
    "_config.yml": _CONFIGURATION,
    "roses.md": _note("Roses", "They like sun. The soil matters more: see [soil](soil.md).", tags="[Flowers]"),
    "soil.md": _note("Good soil", "Loam, and time.", tags="[Ground]"),
    "beds/herbs.md": _note("A bed of herbs", "Herbs want [poor soil](../soil.md), unlike [roses](../roses.md)."),
    "beds/dry-herbs.md": _note("Drying a bed of herbs", "Hang them up."),
    "draft.md": _note("A secret plan", "Dig up the [soil](soil.md).", published="false"),
    "straße/größe.md": _note("Die Größe", "Mehr über [Erde](../soil.md)."),
    **{
        f"hostile-{number}.md": _note(repr(title), f"[{html.escape(title)}](soil.md) {title}")
        for number, title in enumerate(HOSTILE)
        if title.isprintable()
    },
}
"""The documents of a site built with Jekyll, by their paths; some titles try to be more than text."""


def write_notes(folder: Path, notes: Mapping[str, str] = NOTES) -> KnowledgeGraph:
    """Write documents into a folder, and return their graph."""
    return build(write_files(folder, notes))


def write_pages(
    knowledge: KnowledgeGraph, folder: Path, *, script: str = SCRIPT_LINE, canonical: bool = True, root: str = "/notes/"
) -> dict[str, str]:
    """Write a page for each article with an address, and return their paths on the site by their titles."""
    paths = {}
    for article in knowledge.articles.values():
        if not (article.sources and article.url):
            continue
        path = root + urlsplit(article.url).path.removeprefix("/notes/")
        paths[article.label] = path
        file = folder / unquote(path).lstrip("/")
        file = file / "index.html" if path.endswith("/") else file
        file.parent.mkdir(parents=True, exist_ok=True)
        own = f'<link rel="canonical" href="{html.escape(article.url)}">' if canonical else ""
        line = script.format(root=root)
        in_head = line if "data-in-head" in line else ""
        page = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(article.label)}</title>'
            f'<meta name="viewport" content="width=device-width">{own}<link rel="stylesheet" href="{root}site.css">'
            f"{in_head}</head><body><main><article><h1>{html.escape(article.label)}</h1><h2>A heading</h2>"
            f"<p>Its text.</p>{'' if in_head else line}</article></main></body></html>"
        )
        file.write_text(page, encoding="utf-8")
    (folder / "favicon.ico").write_bytes(b"")  # which browsers ask for
    (folder / root.lstrip("/") / "site.css").write_text(_STYLE, encoding="utf-8")
    return paths


@contextmanager
def served_folder(folder: Path, policy: str = POLICY) -> Iterator[str]:
    """Serve a folder on loopback under a content security policy; yield the address of the server without a slash."""

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
