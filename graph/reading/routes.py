"""Where a generator publishes a page: from its file, its fields and the site's configuration to a path of the site.

Each function takes one page and returns its path, which begins with `/`, or `None` for a file that has no page. The
rules are those of the generators' own documentation.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping

from graph.expressions import expression
from graph.reading.located import DATED, Located, without_number
from graph.reading.permalinks import fill_tokens, rewrite_path, to_anchor, to_hugo, to_hyphens, to_jekyll, to_unaccented
from graph.reading.sites import Site

_LANGUAGE = expression(r"[A-Za-z]{2}(?:-[A-Za-z]{2,4})?", re.ASCII)
_BLOG_DATE = expression(r"(?:.*/)?(\d{4})[-/](\d{1,2})[-/](\d{1,2})[-/]?(.*)", re.ASCII)


def route_of(page: Located) -> str | None:
    """Return the path at which a page's generator publishes it; `None` for a file that has no page."""
    return _ROUTES[page.site.generator](page)


# --- Jekyll


def _jekyll(page: Located) -> str | None:
    folders = page.folder.split("/")[:-1]
    site = page.site
    hidden = next((place for place, name in enumerate(folders) if name.startswith("_")), None)
    if hidden is None:
        return _jekyll_page(page)
    kind = folders[hidden][1:]
    slug = page.fields.get("slug")
    names = {
        "title": to_jekyll(slug or page.dateless),
        "slug": to_jekyll(slug or page.dateless, pretty=False, cased=False),
        "name": to_jekyll(page.dateless if kind in {"posts", "drafts"} else page.stem, pretty=False, cased=False),
        "collection": kind,
        "path": "/".join((*folders[hidden + 1 :], page.stem)),
        "output_ext": ".html",
    }
    if kind in {"posts", "drafts"}:
        said = dict.fromkeys((*folders[:hidden], *page.categories))
        names["categories"] = "/".join(category.lower() for category in said)
        names["slugified_categories"] = "/".join(to_jekyll(one, pretty=False, cased=False) for one in said)
        pattern = page.fields.get("permalink") or site.permalinks.get("posts") or site.permalink
        time = page.time(site.zone)
        patterns = (pattern, _JEKYLL_POST, "/:categories/:title:output_ext")
        return next((found for one in patterns if one and (found := fill_tokens(one, names, time)) is not None), None)
    if kind not in site.permalinks:
        return None
    names["categories"] = "/".join(category.lower() for category in page.categories)
    pattern = page.fields.get("permalink") or site.permalinks[kind] or "/:collection/:path" + _jekyll_suffix(site)
    return fill_tokens(pattern, names, page.time(site.zone)) or f"/{kind}/{names['path']}.html"


_JEKYLL_POST = "/:categories/:year/:month/:day/:title:output_ext"


def _jekyll_page(page: Located) -> str:
    if page.stem == "index" or (page.stem.lower() == "readme" and page.inner.lower().endswith(".md")):
        return "/" + page.folder
    suffix = _jekyll_suffix(page.site).replace(":output_ext", ".html")
    if page.inner.lower().endswith(".txt"):
        return "/" + page.inner
    return f"/{page.folder}{page.stem}{suffix}"


def _jekyll_suffix(site: Site) -> str:
    """Return the ending that the pattern for posts gives to other pages."""
    if not site.permalink:
        return ":output_ext"
    return next((end for end in ("/", ":output_ext") if site.permalink.endswith(end)), "")


# --- Hugo, Zola


def _hugo(page: Located) -> str | None:
    root, site = page.root, page.site
    language = root.language if root else ""
    stem, _, code = page.stem.rpartition(".")
    if not stem or code.lower() not in site.languages:
        stem = page.stem
    else:
        language = code.lower()
    language = language or site.language
    prefix = f"/{language}" if site.is_prefixed or language != site.language else ""
    cased = site.slugs == "cased"
    folder = (root.route if root else "/")[1:] + page.folder
    is_section, is_bundle = stem == "_index", stem == "index"
    name = posixpath.basename(folder[:-1]) if is_bundle or is_section else stem
    sections = folder[:-1].rpartition("/")[0] if is_bundle else folder[:-1]
    slug = page.fields.get("slug") if not is_section else None
    if site.dated_names and (found := DATED.match(name)):
        name = name[found.end() :] or name
    section = sections.partition("/")[0]
    kind = ("term" if "/" in sections else "section") if is_section else "page"
    pattern = site.permalinks.get(f"{kind}/{section}" if section else f"{kind}//")
    path = None
    if pattern:
        names = {
            "title": (page.title or name).replace("/", ""),
            "slug": slug or (page.title or name).replace("/", ""),
            "slugorfilename": slug or name,
            "slugorcontentbasename": slug or name,
            "filename": name,
            "contentbasename": name,
            "section": section,
            "sections": sections,
        }
        time = page.time(None)
        path = fill_tokens(pattern, names, time)
    if path is None:
        path = sections + ("/" + (slug or name) if not is_section else "")
    path = to_hugo(path.strip("/"), cased=cased)
    if not path:
        return f"{prefix}/"
    return f"{prefix}/{path}.html" if site.ending and not is_section else f"{prefix}/{path}/"


def _zola(page: Located) -> str:
    site = page.site
    stem, _, code = page.stem.rpartition(".")
    prefix = ""
    if stem and code in site.languages:
        prefix = "" if code == site.language else f"/{code}"
    else:
        stem = page.stem
    folders = page.folder.split("/")[:-1]
    if stem == "_index":
        name = ""
    elif stem == "index":
        name = folders.pop() if folders else ""
    else:
        name = stem
    if name and (found := DATED.match(name)):
        name = name[found.end() :] or name
    if name:
        name = page.fields.get("slug") or name
        if site.slugs == "on":
            name = to_hyphens(name, ascii_only=True)
    path = "/".join([*(to_hyphens(one, ascii_only=True) if site.slugs == "on" else one for one in folders), name])
    return f"{prefix}/{path.strip('/')}/" if path.strip("/") else f"{prefix}/"


# --- Hexo, Eleventy


def _hexo(page: Located) -> str | None:
    if page.inner.startswith("_posts/"):
        inner = page.folder.removeprefix("_posts/")
        name = page.fields.get("slug") or (page.dateless if page.site.dated_names else page.stem)
        names = {
            "title": inner + name,
            "name": name,
            "post_title": to_hyphens(page.title or name),
            "category": "/".join(page.categories) or "uncategorized",
            "lang": page.site.language,
        }
        time = page.time(None)
        return fill_tokens(page.site.permalink, names, time) or fill_tokens(":year/:month/:day/:title/", names, time)
    if page.inner.startswith("_"):
        return None
    return _as_files(page)


def _eleventy(page: Located) -> str:
    folder = page.folder
    if page.stem == "index" or folder.endswith(f"/{page.stem}/") or folder == f"{page.stem}/":
        return "/" + folder
    return f"/{folder}{page.stem}/"


# --- Docusaurus, MkDocs


def _docusaurus(page: Located) -> str | None:
    root = page.root
    if root is None or page.inner.startswith("_") or "/_" in page.inner:
        return None
    slug = page.fields.get("slug")
    route = root.route
    if root.kind == "blog":
        path = page.inner.rpartition(".")[0]
        if page.stem == "index":
            path = path.removesuffix("index").rstrip("/")
        if slug is not None:
            path = slug.strip("/")
        elif found := _BLOG_DATE.fullmatch(path):
            path = f"{found[1]}/{found[2]}/{found[3]}/{found[4]}"
        return _ended(route + path, page.site)
    if root.kind == "pages":
        return route + page.folder if page.stem == "index" else _ended(f"{route}{page.folder}{page.stem}", page.site)
    folder = "".join(f"{without_number(one)}/" for one in page.folder.split("/")[:-1])
    if slug is not None:
        path = slug[1:] if slug.startswith("/") else posixpath.normpath(folder + slug)
        path = path.lstrip("./")
        return _ended(route + path, page.site) if path else route
    name = page.fields.get("id") or without_number(page.stem)
    above = posixpath.basename(folder[:-1])
    if page.is_index or (above and page.stem.lower() == posixpath.basename(page.folder[:-1]).lower()):
        return route + folder
    return _ended(route + folder + name, page.site)


def _ended(path: str, site: Site) -> str:
    """Return a path with a slash at its end if Docusaurus is configured so."""
    path = path.rstrip("/")
    return f"{path}/" if site.ending == "/" or not path else path


def _mkdocs(page: Located) -> str:
    root, ending = page.root, page.site.ending
    if root is not None and root.kind == "blog" and not page.is_index:
        slug = to_anchor(page.fields.get("slug") or page.title or page.stem)
        names = {"slug": slug, "filename": page.stem, "categories": "/".join(map(to_anchor, page.categories))}
        if (path := fill_tokens(page.site.permalink, names, page.time(None))) is not None:
            return f"{root.route}{path}{ending or '/'}"
    if page.inner.lower().endswith((".html", ".htm")):  # copied as it is
        return "/" + page.folder if page.stem == "index" else "/" + page.inner
    prefix, folder, stem = _in_language(page) if page.site.languages else ("", page.folder, page.stem)
    return f"/{prefix}{folder}" if stem in {"index", "README"} else f"/{prefix}{folder}{stem}{ending or '/'}"


def _in_language(page: Located) -> tuple[str, str, str]:
    """Return the folder of a page's language, and its own folder and name without the language."""
    site, folder = page.site, page.folder
    stem, _, code = page.stem.rpartition(".")
    if not stem or code not in site.languages:
        stem, code = page.stem, ""
        first, _, rest = folder.partition("/")
        if first in site.languages:
            code, folder = first, rest
    return "" if code in {"", site.language} else f"{code}/", folder, stem


# --- the others


def _astro(page: Located) -> str:
    root = page.path.removesuffix(page.inner)
    starlight = root.endswith("src/content/docs/") or (page.inner.startswith("docs/") and root.endswith("src/content/"))
    inner = page.folder.removeprefix("docs/") if starlight else page.folder
    folders = "/".join(to_anchor(one) for one in inner.split("/"))
    if (slug := page.fields.get("slug")) is not None:
        section = folders.partition("/")[0] if not starlight and "/" in folders else ""
        return f"/{section}/{slug.strip('/')}" + ("" if page.site.ending else "/")
    if page.is_index:
        return "/" + folders
    return f"/{folders}{to_anchor(page.stem)}" + ("" if page.site.ending else "/")


def _gatsby(page: Located) -> str:
    stem, _, code = page.stem.rpartition(".")
    if page.site.language and stem and _LANGUAGE.fullmatch(code):  # of gatsby-plugin-i18n
        path = f"/{page.folder}" if stem == "index" else f"/{page.folder}{stem}/"
        return path if code.lower() == page.site.language.lower() else f"/{code}{path}"
    if (slug := page.fields.get("slug")) is not None:
        return slug if slug.startswith("/") else f"/{page.folder}{slug}/"
    return f"/{page.folder}" if page.is_index else f"/{page.folder}{page.stem}/"


def _quartz(page: Located) -> str:
    path = page.folder if page.stem == "index" else page.folder + page.stem
    path = re.sub(r"\s", "-", path).replace("&", "-and-").replace("%", "-percent").replace("?", "").replace("#", "")
    return "/" + path


def _press(page: Located) -> str:
    path = page.inner.rpartition(".")[0]
    if page.site.rewrites:
        path = rewrite_path(page.inner, page.site.rewrites).rpartition(".")[0]
    folder, _, stem = path.rpartition("/")
    folder = folder and folder + "/"
    if stem == "index" or (page.is_index and page.site.generator == "vuepress"):
        return "/" + folder
    return f"/{path}" + ("" if page.site.ending else ".html")


def _next(page: Located) -> str:
    folders = [one for one in page.folder.split("/")[:-1] if not (one.startswith("(") and one.endswith(")"))]
    name = [] if page.stem in {"index", "page", "+page"} else [page.fields.get("slug") or page.stem]
    return "/" + "/".join((*folders, *name))


def _nuxt(page: Located) -> str:
    folders = map(without_number, page.folder.split("/")[:-1])
    name = without_number(page.stem)
    return "/" + "/".join((*folders, *([] if name == "index" else [name])))


def _as_files(page: Located) -> str:
    return "/" + page.folder if page.stem == "index" else f"/{page.folder}{page.stem}.html"


def _pelican(page: Located) -> str | None:
    slug = page.fields.get("slug") or to_unaccented(page.title or page.stem)
    above = posixpath.basename(page.folder[:-1])
    names = {"slug": slug, "category": to_unaccented(next(iter(page.categories), above or "misc"))}
    if not all(names.values()):  # transliterated by tables that are not ours
        return None
    kind = "pages" if page.inner.startswith("pages/") else "articles"
    found = fill_tokens("/" + page.site.permalinks[kind].lstrip("/"), names, page.time(page.site.zone))
    return None if found is None or "{" in found else found


def _nikola(page: Located) -> str | None:
    if page.root is None:
        return None
    stem, _, code = page.stem.rpartition(".")
    is_translated = bool(stem) and _LANGUAGE.fullmatch(code) is not None
    slug = page.fields.get("slug") or (stem if is_translated else page.stem)
    prefix = f"/{code}" if is_translated and code != page.site.language else ""
    path = f"{prefix}{page.root.route}{page.folder}"
    return path if slug == "index" else f"{path}{slug}{page.site.ending or '/'}"


def _logseq(page: Located) -> str | None:
    kind = page.inner.partition("/")[0]
    if kind not in {"pages", "journals"}:
        return None
    return "/page/" + page.stem.replace("___", "/").replace("%2F", "/")


_ROUTES: Mapping[str, Callable[[Located], str | None]] = {
    "jekyll": _jekyll,
    "hugo": _hugo,
    "zola": _zola,
    "hexo": _hexo,
    "eleventy": _eleventy,
    "docusaurus": _docusaurus,
    "mkdocs": _mkdocs,
    "astro": _astro,
    "gatsby": _gatsby,
    "quartz": _quartz,
    "vitepress": _press,
    "vuepress": _press,
    "next": _next,
    "nuxt": _nuxt,
    "grav": lambda page: "/" + "/".join(map(without_number, page.folder.split("/")[:-1])),
    "quarto": _as_files,
    # A document of a collection is the index of its folder, as in distill.
    "rmarkdown": lambda page: "/" + page.folder[1:] if page.folder.startswith("_") else _as_files(page),
    "mdbook": lambda page: (
        "/" + page.folder if page.stem.lower() in {"index", "readme"} else f"/{page.folder}{page.stem}.html"
    ),
    "sphinx": _as_files,
    "pelican": _pelican,
    "nikola": _nikola,
    "logseq": _logseq,
    "obsidian": lambda page: f"/{page.folder}{page.stem}".replace(" ", "+"),
}
