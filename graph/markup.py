"""HTML from elements. Everything else is text and escaped, so that no page can forget it."""

from __future__ import annotations

import html
from collections.abc import Iterable

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


class Markup(str):
    """Finished HTML."""

    __slots__ = ()


Content = str | int | None | Iterable["Content"]
"""The content of an element: elements, texts, numbers, and lists of these; `None` is nothing."""


def tag(name: str, /, *content: Content, **attributes: str | int | bool | None) -> Markup:
    """Return an element. In the names of attributes `_` becomes `-`, and a `_` at the end is dropped.

    An attribute that is `True` has no value; one that is `None` or `False` is left out.
    """
    written = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        word = key.rstrip("_").replace("_", "-")
        written.append(f" {word}" if value is True else f' {word}="{html.escape(str(value))}"')
    opening = f"<{name}{''.join(written)}>"
    return Markup(opening if name in _VOID else f"{opening}{_inner(content)}</{name}>")


def _inner(content: Content) -> str:
    if content is None:
        return ""
    if isinstance(content, Markup):
        return content
    if isinstance(content, str | int):
        return html.escape(str(content))
    return "".join(map(_inner, content))
