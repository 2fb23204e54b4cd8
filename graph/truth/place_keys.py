"""The keys by which places of pages, paths of documents and names are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

from graph.truth.pages import DOCUMENT
from graph.urls import clean_url, match_key

INDEX_FILE = re.compile(r"(?:^|/)(?:index|readme)$")
"""The end of a key of a file that stands for its folder."""

_MOST_REMEMBERED = 50_000
"""Addresses whose clean form is cached, about ten megabytes: menus repeat the same links in every document."""

clean = lru_cache(_MOST_REMEMBERED)(clean_url)
"""`graph.urls.clean_url`, which remembers its answers."""


@lru_cache(_MOST_REMEMBERED)
def place_key(place: str) -> str:
    """Return the key of a place: without scheme, endings, index pages and differences of case."""
    if place.startswith("/"):
        return "/" + INDEX_FILE.sub("", stem_of(unquote(place)))
    host, slash, path = match_key(place).partition("/")
    return host + slash + INDEX_FILE.sub("", stem_of(unquote(path))) if slash else host


def stem_of(path: str) -> str:
    """Return a case-folded path without the ending of the document and the underscores of folders."""
    folded = fold_name(path.strip("/"))
    if "_" in folded:
        folded = "/".join(part.lstrip("_") for part in folded.split("/"))
    return DOCUMENT.sub("", folded)


def fold_name(text: str) -> str:
    """Return a name in NFC and case-folded, with a space for `+`."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text.casefold().replace("+", " ").strip()
