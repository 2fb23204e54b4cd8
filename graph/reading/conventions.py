"""The likely address of a page: by a pattern in the owner's settings, or by the conventions of common generators."""

from __future__ import annotations

import posixpath
import re

from msgspec.structs import replace

from graph.expressions import expression
from graph.reading.located import Located, is_sorted, without_number
from graph.reading.permalinks import fill_tokens, to_hugo
from graph.reading.roots import Root
from graph.reading.routes import route_of
from graph.reading.sites import Site

_CONTENT_ROOTS = expression(
    r"(?:(?:website|site|www|web|frontend|app)/)?(?:src/content/docs/|src/content/|src/pages/|src/data/|source/"
    r"|content/(?:en(?:[-_][a-zA-Z]{2})?/)?|pages/|docs/|src/)"
)
_NO_PAGES = expression(r"(?:.*/)?_(?:data|includes|layouts|sass|templates)/")
_DATED_BLOG = expression(r"blog/\d{4}[-/]\d{1,2}[-/]\d{1,2}", re.ASCII)
_DOCUSAURUS = Site(
    generator="docusaurus",
    roots=(
        Root("website/docs/", "/docs/", "docs"),
        Root("website/blog/", "/blog/", "blog"),
        Root("blog/", "/blog/", "blog"),
    ),
)
_COPIES = expression(
    r"(?:.*/)?(?:versioned_docs/|i18n/(?P<language>[\w-]{2,20})/docusaurus-plugin-content-(?P<kind>docs|blog)/(?:current/)?)"
    r"(?:version-(?P<version>[^/]{1,40})/)?"
)
"""Folders in which Docusaurus keeps earlier versions and translations."""
_ROUTES = "src/routes/"
"""Where SvelteKit keeps its pages, each in a file `+page` in the folder of its path."""
_GRAV = expression(r"(?:user/)?pages/(?=\d{1,3}\.[^/]+/)", re.ASCII)
_HEXO = ":year/:month/:day/:title/"


def by_pattern(page: Located) -> str | None:
    """Return the path that a pattern of the owner's settings gives; `None` if none does."""
    found = next(((folder, pattern) for folder, pattern in page.site.folders if page.path.startswith(folder)), None)
    if found is None:
        return None
    name = posixpath.basename(posixpath.dirname(page.path)) if page.is_index else page.dateless
    slug = to_hugo(page.fields.get("slug") or name)
    sections = to_hugo(page.folder.strip("/"))
    names = {
        **dict.fromkeys(("slug", "slugorfilename", "slugorcontentbasename", "name"), slug),
        **dict.fromkeys(("filename", "contentbasename", "basename"), to_hugo(page.stem)),
        "title": to_hugo(page.title or name),
        "path": page.path[len(found[0]) :].rpartition(".")[0],
        "section": sections.partition("/")[0],
        "sections": sections,
        "categories": "/".join(map(to_hugo, page.categories)),
        "output_ext": ".html",
    }
    return fill_tokens(found[1], names, page.time(None))


def by_convention(page: Located) -> str | None:
    """Return the path of a page of a site that shows no configuration; `None` for a file that has no page."""
    path = page.path
    if (site := _assumed(path)) is not None:
        ending = page.site.ending if page.site.generator == site.generator else ""
        return route_of(replace(page, site=replace(site, ending=ending)))
    if _NO_PAGES.match(path):
        return None
    found = _CONTENT_ROOTS.match(path)
    folder, _, name = path[found.end() if found else 0 :].rpartition("/")
    folders = [one.removeprefix("_") for one in folder.split("/")]
    stem = name.rpartition(".")[0] or name
    if any(map(is_sorted, folders)):
        folders, stem = [*map(without_number, folders)], without_number(stem)
    folder = "/".join(folders)
    slug = page.fields.get("slug")
    is_bundle, is_section = stem.lower() == "index", stem.lower() in {"_index", "readme"}
    if slug is not None and not is_section and (folder or not is_bundle):
        if slug.startswith("/"):
            return slug
        folder = folder.rpartition("/")[0] if is_bundle else folder
        stem, is_bundle = slug.strip("/"), False
    here = f"/{folder}/" if folder else "/"
    if is_bundle or is_section:
        return here
    if slug is None and name.lower().endswith((".html", ".htm")) and (not found or found[0] == "docs/"):
        return here + name
    if stem.endswith(".html"):  # Middleman names a file after what it becomes: `about.html.md`
        return here + stem
    return f"{here}{stem}/" if found else f"{here}{stem}"


def _assumed(path: str) -> Site | None:
    """Return the site that a path belongs to, by folders that only one generator has; `None` if it has none."""
    if copy := _COPIES.match(path):
        kind = copy["kind"] or "docs"
        route = "/".join(filter(None, (copy["language"], kind, copy["version"])))
        return Site("docusaurus", (Root(copy[0], f"/{route}/", kind),))
    if path.startswith(("website/docs/", "website/blog/")) or _DATED_BLOG.match(path):
        return _DOCUSAURUS
    above, routes, _ = path.partition(_ROUTES)
    if routes and path.rpartition("/")[2].startswith("+page."):
        return Site("next", (Root(above + routes),))
    if found := _GRAV.match(path):
        return Site("grav", (Root(found[0]),))
    before, is_post, _ = f"/{path}".partition("/_posts/")
    if not is_post:
        return None
    if before.endswith("/source"):
        return Site("hexo", (Root(f"{before[1:]}/"),), _HEXO)
    return Site("jekyll", (Root(""),))
