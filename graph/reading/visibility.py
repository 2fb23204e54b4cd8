"""Whether a document is published, by its fields and folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from graph.expressions import expression
from graph.statements import StatedArticle

_DRAFTS = "_drafts/"
_MEDIUM_DRAFT = expression(r"draft_.{0,200}-[0-9a-f]{8,16}\.html", re.ASCII)
"""How exports of Medium name drafts."""
_STATUS = {
    "hidden": frozenset("auto-draft draft drafts future pending private scheduled skip trash unpublished".split()),
    "shown": frozenset({"publish", "published"}),
}
_VISIBILITY = {"hidden": frozenset({"draft", "private"}), "shown": frozenset({"public"})}
_SHOWN_WHERE: Mapping[str, Mapping[str, frozenset[str]]] = {
    "status": _STATUS,
    "post_status": _STATUS,
    "visibility": _VISIBILITY,
    "publish": {"hidden": frozenset({"false", "no"}), "shown": frozenset({"true", "yes"})},
    "dg-publish": {"hidden": frozenset({"false", "no"}), "shown": frozenset({"true", "yes"})},
    "private": {"hidden": frozenset({"true", "yes"}), "shown": frozenset()},
}
"""By the name of a field the words that hide a document, and those that show it.

`hidden` and `unlisted` are not among them: such pages are left out of lists and published all the same.
"""


def is_shown(fields: Mapping[str, object], path: str) -> bool | None:
    """Return whether a document is published, by its fields and its folder; `None` where neither says."""
    if _DRAFTS in path and f"/{path}".rpartition("/")[0].find("/_drafts") != -1:
        return False
    if path.endswith(".html") and _MEDIUM_DRAFT.fullmatch(path.rpartition("/")[2]):
        return False
    shown = None
    for name, value in fields.items():
        words = _SHOWN_WHERE.get(name.lower())
        if words is not None and isinstance(value, str | bool):
            word = str(value).strip().lower()
            if word in words["hidden"]:
                return False
            if word in words["shown"]:
                shown = True
    return shown


def with_visibility(article: StatedArticle, fields: Mapping[str, object], path: str) -> StatedArticle:
    """Return an article that says whether it is published; one sign that it is hidden is enough."""
    shown = is_shown(fields, path)
    if shown is None or shown == article.published or (shown and article.published is not None):
        return article
    return replace(article, published=shown)
