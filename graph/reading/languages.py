"""The language of a document that does not state it: what the site's configuration says of its folder or its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.expressions import expression
from graph.reading.script_text import Literals, walk

if TYPE_CHECKING:
    from graph.reading.sites import Site

_TRANSLATED = expression(r"(?:.*/)?i18n/([a-z]{2,3}(?:-[A-Za-z]{2,4})?)/docusaurus-plugin-")
_OF_ALL_ELSE = frozenset({"root", "/", ""})
"""What VitePress and Starlight call the language whose pages need no folder."""


def languages_in(literals: Literals) -> tuple[str, frozenset[str]]:
    """Return a site's own language and all that its configuration lists, as Docusaurus, Astro and VitePress do."""
    own, codes = "", set()
    for key, found in walk(literals):
        default = found.get("defaultLocale")
        if isinstance(default, str) and default not in _OF_ALL_ELSE:
            own = own or default
        if key != "locales":
            continue
        for name, said in found.items():
            code = said if name.isdecimal() and isinstance(said, str) else name.strip("/")
            about = said.get("lang") if isinstance(said, dict) else None
            if code not in _OF_ALL_ELSE and not code.isdecimal():
                codes.add(code)
            elif isinstance(about, str):
                own = own or about
    return own, frozenset(codes)


def languages_listed(said: object) -> tuple[str, frozenset[str]]:
    """Return a site's own language and all that a list of `{locale, default}` holds, as MkDocs' plugin has it."""
    listed = [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    codes = {one["locale"]: one.get("default") is True for one in listed if isinstance(one.get("locale"), str)}
    return next((code for code, is_own in codes.items() if is_own), ""), frozenset(codes)


def language_of(path: str, site: Site) -> str | None:
    """Return the language of a document by its place in a site of several languages; `None` elsewhere."""
    if "i18n/" in path and (found := _TRANSLATED.match(path)):
        return found[1]
    if len(site.languages | {site.language}) <= 1 and not any(root.language for root in site.roots):
        return None
    root = next((root for root in site.roots if path.startswith(root.folder)), None)
    if root is None:
        return None
    if root.language:
        return root.language
    folder, _, name = path[len(root.folder) :].rpartition("/")
    code = next((code for code in (folder.partition("/")[0], *name.split(".")[1:-1]) if code in site.languages), None)
    return code or site.language or None
