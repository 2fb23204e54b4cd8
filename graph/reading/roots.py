"""The folders of a site's documents, and how configurations write folders and routes."""

from __future__ import annotations

import posixpath

import msgspec


class Root(msgspec.Struct, frozen=True):
    """A folder of documents, and where they are published."""

    folder: str
    """Relative to the source; empty or ending in `/`."""
    route: str = "/"
    """Where its pages are on the site; begins and ends with `/`."""
    kind: str = ""
    """`docs`, `blog` or `pages`, if the generator distinguishes them."""
    language: str = ""
    """The language of its pages, where it is another than the site's."""


def to_word(value: object) -> str:
    """Return a configured text without blanks around it; empty if it is none."""
    return value.strip() if isinstance(value, str) else ""


def to_folder(value: object) -> str:
    """Return a configured folder, ending in `/`; empty for the site's own."""
    path = posixpath.normpath(to_word(value).replace("\\", "/") or ".").strip("/")
    return "" if path in {".", ""} else path + "/"


def to_route(path: str) -> str:
    """Return a configured path of the site, beginning and ending in `/`."""
    inner = path.strip("/")
    return f"/{inner}/" if inner else "/"
