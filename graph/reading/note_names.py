"""What the notes of a vault are called: by their files, as the programs show them."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from urllib.parse import unquote

from graph.statements import StatedArticle

__all__ = ["note_name_of", "with_note_name"]

_MARKDOWN = (".md", ".markdown")


def with_note_name(article: StatedArticle, path: str, generator: str) -> StatedArticle:
    """Return an article without a title with the name that Obsidian or Logseq gives to its note.

    Days in Logseq's journals have none, because each user sets how they are written.
    """
    if article.title is not None or generator not in {"logseq", "obsidian"} or not path.lower().endswith(_MARKDOWN):
        return article
    name = note_name_of(path)
    if generator == "logseq":
        if posixpath.basename(posixpath.dirname(path)) != "pages":
            return article
        name = unquote(name.replace("___", "/"))
    return replace(article, title=name) if name.strip() else article


def note_name_of(path: str) -> str:
    """Return the name of a note's file without its ending."""
    return posixpath.basename(path).rpartition(".")[0]
