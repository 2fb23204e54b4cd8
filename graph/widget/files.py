"""Writes the widget: its script, a file for each article, and the indexes by which pages find their articles.

The files of an earlier widget that are no longer needed are removed; a list says which files are ours.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from graph.errors import OutputError
from graph.explorer.scripts import join_scripts
from graph.knowledge import KnowledgeGraph
from graph.urls import is_web_address
from graph.widget.addresses import in_indexes, keys_of, site_of_base
from graph.widget.contents import MOST_NODES, contents_of, shown_articles
from graph.writing import prepare_folder, remove, write_text

SCRIPT_FILE = "widget.js"
"""The script that a page loads."""

_LIST_FILE = "widget-files.json"
_PAGES, _INDEXES = "pages", "index"
_OURS = re.compile(rf"{re.escape(SCRIPT_FILE)}|{_PAGES}/[0-9a-f]{{16}}\.json|{_INDEXES}/[0-9]{{1,6}}\.json")
_LISTED = "files written by article-graph"
_FOLDER = Path(__file__).parent
_PLACE = re.compile(r"\{\{(script|settings)\}\}")
_SCRIPT = '/* article-graph: the widget */\n(() => {\n"use strict";\n{{script}}\nstart({{settings}});\n})();\n'


@dataclass(frozen=True, slots=True)
class Widget:
    """What was written."""

    articles: int
    """Articles with a file of data."""
    placeless: int
    """Those of them whose address is unknown, which pages find by the path of the document."""
    is_sited: bool
    """Whether the address of the site is known."""
    unpublished: int
    """Articles that were left out, because they are unpublished."""
    changed: int
    """Files that are new or changed."""
    removed: int
    """Files of an earlier widget that were removed."""
    script_bytes: int
    """Bytes of the script."""
    sent_bytes: int
    """Bytes of the script when a server compresses it with gzip."""
    data_bytes: int
    """Bytes of all data."""
    page_bytes: int
    """Bytes of the data that a page loads, at most: an index and the file of its article."""


def write_widget(
    knowledge: KnowledgeGraph, folder: str | os.PathLike[str], *, unpublished: bool = False, most: int = MOST_NODES
) -> Widget:
    """Write the widget into a folder that the site publishes, and return what was written.

    `unpublished` also shows articles marked as unpublished. A local graph has at most `most` nodes. The same
    graph gives the same files, and a file that stays the same is not touched. Other files in the folder are left alone.

    Raises:
        FormatError: `most` is below one.
        SourceError: The build did not write the evidence.
        OutputError: A file cannot be written, or one of the names is taken by a file that is not ours.
    """
    place = Path(folder)
    written = _files_of(knowledge, unpublished=unpublished, most=most)
    before = _listed(place)
    for name in sorted(written.keys() - before):
        if os.path.lexists(place / name):
            remedy = "Name another folder with --out, or remove the file."
            raise OutputError(f"{place / name}: exists, and was not written by article-graph. {remedy}")
    for inner in ("", _PAGES, _INDEXES):
        prepare_folder(place / inner)
    # If writing is interrupted, the next widget still knows which files are ours.
    _write_list(place, before | written.keys())
    changed = sum(write_text(place / name, [text]) for name, text in written.items())
    stale = sorted(before - written.keys())
    for name in stale:
        remove(place / name)
    _write_list(place, written.keys())
    script = written[SCRIPT_FILE].encode()
    sizes = {name: len(text.encode()) for name, text in written.items() if name != SCRIPT_FILE}
    shown = shown_articles(knowledge, unpublished=unpublished)
    return Widget(
        articles=len(shown),
        placeless=sum(not is_web_address(article.url) for article in shown),
        is_sited=bool(site_of_base(knowledge.base)),
        unpublished=len(shown_articles(knowledge, unpublished=True)) - len(shown),
        changed=changed,
        removed=len(stale),
        script_bytes=len(script),
        sent_bytes=len(gzip.compress(script, mtime=0)),
        data_bytes=sum(sizes.values()),
        page_bytes=sum(
            max((size for name, size in sizes.items() if name.startswith(f"{part}/")), default=0)
            for part in (_PAGES, _INDEXES)
        ),
    )


def _files_of(knowledge: KnowledgeGraph, *, unpublished: bool, most: int) -> dict[str, str]:
    """Return the text of each file by its name."""
    texts: dict[str, str] = {}
    digests: dict[str, str] = {}
    for iri, contents in contents_of(knowledge, unpublished=unpublished, most=most):
        digests[iri] = hashlib.sha256(iri.encode()).hexdigest()[:16]
        texts[f"{_PAGES}/{digests[iri]}.json"] = _to_json(contents)
    keys = keys_of(shown_articles(knowledge, unpublished=unpublished))
    indexes = in_indexes({key: digests[iri] for key, iri in keys.items()})
    texts |= {f"{_INDEXES}/{number}.json": _to_json(index) for number, index in enumerate(indexes)}
    settings = {
        "site": site_of_base(knowledge.base),
        "indexes": len(indexes),
        "style": (_FOLDER / "widget.css").read_text(encoding="utf-8"),
    }
    filled = {"script": join_scripts(_FOLDER / "scripts" / "main.js"), "settings": _to_json(settings)}
    texts[SCRIPT_FILE] = _PLACE.sub(lambda found: filled[found[1]], _SCRIPT)
    return texts


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _listed(folder: Path) -> set[str]:
    """Return the files in a folder that an earlier widget wrote, as far as their names can be ours."""
    try:
        names = json.loads((folder / _LIST_FILE).read_bytes())[_LISTED]
        return {name for name in names if _OURS.fullmatch(name)}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()


def _write_list(folder: Path, names: Collection[str]) -> None:
    write_text(folder / _LIST_FILE, [json.dumps({_LISTED: sorted(names)}, indent=0), "\n"])
