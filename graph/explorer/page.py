"""The explorer page: its markup, styles and scripts from `page/`, and the data of the corpus, in one file.

The corpus never becomes markup: it is in two inert elements, compressed and in base64, and the scripts insert it as
text. The policy of the page allows its one script and its one style by their hashes, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from functools import lru_cache
from pathlib import Path

from graph.atlas import Atlas, to_atlas
from graph.explorer.header import Part
from graph.explorer.options import PLAIN, PageOptions
from graph.explorer.payload import Payload, to_payload
from graph.explorer.query_engine import engine_elements
from graph.explorer.safe_text import to_line
from graph.explorer.scripts import join_scripts
from graph.truth import Truth

_FOLDER = Path(__file__).parent / "page"
_PLACE = re.compile(r"\{\{([a-z]+)\}\}")
_COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
_DATA = {name: re.compile(rb'id="%b-data">([A-Za-z0-9+/=]*)</script>' % name.encode()) for name in ("map", "text")}
_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data: blob: http: https:; "
    "base-uri 'none'; form-action 'none'"
)
_ASKING_POLICY = _POLICY.replace("'{script}'", "'{script}' 'wasm-unsafe-eval'") + "; worker-src blob:"
"""The policy of a page with an engine, which is WebAssembly in a worker."""
_UNFRAMED = " data-unframed"
"""The attribute of a page that no other page may show, so that it does not offer code to embed."""


def to_explorer(
    truth: Truth,
    *,
    title: str = "article-graph",
    atlas: Atlas | None = None,
    part: Part | None = None,
    options: PageOptions = PLAIN,
) -> str:
    """Return the explorer page of `truth`: a whole HTML document that needs nothing outside itself.

    `title` is plain text. The same truth gives the same text. Most of the time is for the layout, `to_atlas`: some
    seconds for seven thousand articles, unless it is given as `atlas`; the page itself is linear in its data. If
    `truth` is a part of a graph, `part` describes the whole.
    """
    payload = to_payload(atlas or to_atlas(truth), title=title, evidence=truth.evidence, part=part, kept=options.kept)
    if options.engine is None:
        return _filled(title, _POLICY, payload, options)
    return _filled(title, _ASKING_POLICY, payload, options, engine_elements(options.engine, truth))


def to_fed_explorer(*, title: str = "article-graph") -> str:
    """Return the explorer page without data: it loads whatever it shows from its server.

    `graph.explorer.replies` makes the data, which is served below `explorer/`.
    """
    return _filled(title, f"{_POLICY}; connect-src 'self'", Payload(b"", b""), attributes=_UNFRAMED)


def to_unframed(page: bytes) -> bytes:
    """Return an explorer page for a server that forbids other pages to show it: it offers no code to embed."""
    return page.replace(b"<html", b"<html" + _UNFRAMED.encode(), 1)


def read_payload(page: bytes) -> Payload | None:
    """Return the data of a page that `to_explorer` made, or `None` if there is none in this form."""
    found = [_DATA[name].search(page) for name in ("map", "text")]
    try:
        parts = [base64.b64decode(one[1], validate=True) for one in found if one]
    except ValueError:
        return None
    return Payload(*parts) if len(parts) == len(found) and all(parts) else None


def _filled(
    title: str, policy: str, payload: Payload, options: PageOptions = PLAIN, more: str = "", *, attributes: str = ""
) -> str:
    frame, style, script = _parts("main.js" if options.engine is None else "asking_main.js")
    filled = {
        "policy": html.escape(policy.format(script=to_policy_hash(script), style=to_policy_hash(style))),
        "attributes": " data-embed" if options.embed else attributes,
        "more": more,
        "title": html.escape(to_line(title)),
        "style": style,
        "script": script,
        "map": base64.b64encode(payload.map).decode("ascii"),
        "text": base64.b64encode(payload.text).decode("ascii"),
    }
    return _PLACE.sub(lambda found: filled[found.group(1)], frame)


@lru_cache(maxsize=2)
def _parts(first: str) -> tuple[str, str, str]:
    frame = (_FOLDER / "page.html").read_text(encoding="utf-8")
    style = "".join(path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.css"), key=_style_order))
    return frame, style, join_scripts(_FOLDER / "scripts" / first)


def _style_order(path: Path) -> tuple[int, str]:
    """Sort styles: the general ones first; those of small windows, which override all others, last."""
    return ({"page.css": 0, "phone.css": 2}.get(path.name, 1), path.name)


def to_colours() -> dict[str, str]:
    """Return the colours of the page's light style by their names, such as `article`, as `#rrggbb`."""
    return dict(_COLOUR.findall(_parts("main.js")[1].partition("@media")[0]))


def to_policy_hash(text: str) -> str:
    """Return the source expression for this script or style in a content security policy."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
