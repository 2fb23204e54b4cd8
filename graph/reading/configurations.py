"""The files that configure a site, found and loaded: which generator they are written for, and what they say."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

import msgspec

from graph.expressions import expression
from graph.reading.faults import Faults
from graph.reading.script_text import load_literals, walk
from graph.reading.toml_text import load_toml
from graph.reading.yaml_text import YamlError, load_yaml

_LARGEST = 1024 * 1024
"""Bytes; no site's configuration is larger."""

_SCRIPTS = ("js", "ts", "mjs", "cjs", "mts")
_ROOT_FILES = (
    *("_config.yml", "_config.yaml", "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"),
    *("config.toml", "config.yaml", "config.yml", "config.json"),
    *(f"config/_default/{name}.{end}" for name in ("hugo", "config") for end in ("toml", "yaml", "yml", "json")),
    *(
        f"config/_default/{name}.{end}"
        for name in ("languages", "permalinks", "frontmatter", "module")
        for end in ("toml", "yaml", "yml")
    ),
    *("mkdocs.yml", "mkdocs.yaml"),
    *(
        f"{name}.{end}"
        for name in (
            *("docusaurus.config", "astro.config", "gatsby-config", "quartz.config", "eleventy.config"),
            *("next.config", "nuxt.config"),
        )
        for end in _SCRIPTS
    ),
    *(".eleventy.js", ".eleventy.cjs"),
    *(f"{name}/config.{end}" for name in (".vitepress", ".vuepress") for end in _SCRIPTS),
    *(f".vitepress/config/{name}.{end}" for name in ("index", "shared") for end in _SCRIPTS),
    *(
        "_quarto.yml",
        "_quarto.yaml",
        "_site.yml",
        "_site.yaml",
        "book.toml",
        "bridgetown.config.yml",
        "publishconf.py",
        "pelicanconf.py",
        "conf.py",
    ),
    *("logseq/config.edn", ".obsidian/app.json"),
)
"""Files that say where a site's pages are, the most informative first."""

SITE_FOLDERS = (
    *("docs", "website", "site", "blog", "www", "web", "documentation", "doc", "src"),
    *("docs/source", "doc/source", "source"),
)
"""Folders in which a site is looked for if there is none at the root of a source."""

_DATA_FILES = tuple(f"_data/{name}.{end}" for name in ("metadata", "site", "meta") for end in (*_SCRIPTS, "json"))
"""Where sites of Eleventy usually say what they are called and what their address is."""

_NEXT_FILES = tuple(f"data/siteMetadata.{end}" for end in _SCRIPTS)
"""Where a widely used template of Next says so."""

_VERSIONS = "versions.json"
"""Where Docusaurus lists the versions of its docs, the newest first."""

_IMPORTED_NAMES = frozenset({"config.ts", "constants.ts", "consts.ts", "consts.js", "site.config.ts", "site.ts"})
"""Usual names of scripts that configurations import."""

CONFIGURATION_NAMES: frozenset[str] = _IMPORTED_NAMES | {
    "article-graph.toml",
    *(posixpath.basename(name) for name in (*_ROOT_FILES, *_DATA_FILES, *_NEXT_FILES, _VERSIONS)),
}
"""The names of the files that are read for a site's configuration, without their folders."""

SCRIPT_MARK = ".11tydata."
"""What precedes the ending in the names of Eleventy's data scripts."""

FOLDER_DATA_ENDINGS = (".json", *(f"{SCRIPT_MARK}{end}" for end in ("json", "js", "cjs", "mjs")))
"""What follows a folder's name in the names of Eleventy's data files for all documents of the folder."""

LARGEST_FOLDER_DATA = 100_000
"""Bytes of such a file; larger ones are not read."""

_HEXO_ONLY = frozenset(
    {
        *("source_dir", "public_dir", "new_post_name", "post_asset_folder", "render_drafts", "category_map"),
        *("default_category", "permalink_defaults", "pretty_urls"),
    }
)
_HUGO_ONLY = frozenset(
    {
        *("baseurl", "languagecode", "contentdir", "permalinks", "theme", "params", "module", "taxonomies"),
        *("defaultcontentlanguage", "uglyurls", "markup", "menu", "paginate", "pagination"),
    }
)

_GENERATORS: Mapping[str, str] = {
    "hugo.": "hugo",
    "config/": "hugo",
    "mkdocs.": "mkdocs",
    "docusaurus.": "docusaurus",
    "versions.": "docusaurus",
    "astro.": "astro",
    "gatsby-": "gatsby",
    "next.": "next",
    "nuxt.": "nuxt",
    "quartz.": "quartz",
    "eleventy.": "eleventy",
    ".eleventy.": "eleventy",
    ".vitepress/": "vitepress",
    ".vuepress/": "vuepress",
    "_quarto.": "quarto",
    "_site.": "rmarkdown",
    "book.": "mdbook",
    "bridgetown.": "jekyll",
    "publishconf.": "pelican",
    "pelicanconf.": "pelican",
    "logseq/": "logseq",
    ".obsidian/": "obsidian",
}
"""The generator that a file configures, by how its name begins; for other files, the content decides."""

_OF_SPHINX = frozenset({"extensions", "html_baseurl", "html_theme", "project"})
_ASSIGNED = expression(
    r"""^([A-Za-z][A-Za-z_]{0,60})[ \t]{0,20}=[ \t]{0,20}r?(["'])([^"'\\\n]{0,2000})\2""", re.MULTILINE
)
"""A string that Python assigns to a name at the beginning of a line."""


_PYTHON_COMMENT = expression(r"^[ \t]*#[^\n]*$", re.MULTILINE)
_PLACES = expression(
    r"^(?P<name>POSTS|PAGES|STORIES)[ \t]*=[ \t]*(?P<places>[^\n]*(?:\n(?![A-Z]\w* *=)[^\n]*){0,60})", re.MULTILINE
)
_PLACE = expression(r"""[(\[]\s*["']([^"'\n]{1,300})["']\s*,\s*["']([^"'\n]{0,300})["']\s*,""")
"""Where Nikola takes posts or pages from, and where it puts them."""
_RST_TEXT = expression(
    r"""^source_suffix[ \t]*=[^\n]{0,200}?["']\.txt["'](?![ \t]*:[ \t]*["']markdown)""", re.MULTILINE
)
"""That texts ending in `.txt` are reStructuredText, as Sphinx may be told."""
_UGLY = expression(r"^PRETTY_URLS[ \t]*=[ \t]*False\b", re.MULTILINE)


class Configuration(msgspec.Struct, frozen=True):
    """One file of a site's configuration."""

    path: str
    """Relative to the source."""
    folder: str
    """The folder of the site, empty or ending in `/`."""
    values: Mapping[str, object]
    """What it says."""


def read_configurations(read: Callable[[str], bytes | None], faults_of: Callable[[str], Faults]) -> list[Configuration]:
    """Return what a source's configuration files say: those at its root, or those of the first folder with a site.

    `read` returns a file's bytes by its path, or `None`.
    """
    found = list(_read_all("", read, faults_of))
    if any(generator_of(one) for one in found):
        return found
    for folder in SITE_FOLDERS:
        below = list(_read_all(folder + "/", read, faults_of))
        if any(generator_of(one) for one in below):
            return found + below
    return found


def is_called_like_folder(path: str) -> bool:
    """Return whether a file is named like one of Eleventy's that apply to the documents of its folder."""
    folder, _, name = path.rpartition("/")
    above = folder.rpartition("/")[2]
    return bool(above) and name.startswith(above) and name[len(above) :] in FOLDER_DATA_ENDINGS


def _read_all(
    folder: str, read: Callable[[str], bytes | None], faults_of: Callable[[str], Faults]
) -> Iterator[Configuration]:
    names = list(_ROOT_FILES)
    for name in names:
        if (data := read(folder + name)) is None:
            continue
        if len(data) > _LARGEST:
            fact = f"the file is larger than {_LARGEST >> 20} MiB and was passed over"
            faults_of(folder + name).add(
                "invalid-settings", fact, "Move everything that is not configuration elsewhere"
            )
            continue
        if (values := load_configuration(folder + name, data, faults_of(folder + name))) is not None:
            found = Configuration(folder + name, folder, values)
            yield found
            generator = generator_of(found)
            if generator == "docusaurus" and _VERSIONS not in names:
                names.append(_VERSIONS)
            elif generator == "eleventy":
                names += _data_files(values.get("input"))
            elif generator == "next":
                names += _NEXT_FILES
            elif generator == "astro" and not values.get("url") and (address := _imported(data, folder, read)):
                yield Configuration(folder + name, folder, {"url": address, "baseurl": values.get("baseurl")})


def _imported(script: bytes, folder: str, read: Callable[[str], bytes | None]) -> str | None:
    """Return the address that a script imports, as in `import { SITE } from "./src/config"` and `site: SITE.url`."""
    text = script.decode("utf-8", "replace")
    used = _SITE_NAME.search(text)
    imported = next((found for found in _IMPORT.finditer(text) if used and used[1] in _NAME.findall(found[1])), None)
    if used is None or imported is None:
        return None
    path = posixpath.normpath(folder + imported[2])
    data = next(filter(None, (read(path + end) for end in ("", ".ts", ".js", ".mjs", "/index.ts", "/index.js"))), b"")
    wanted = used[2] or used[1]
    objects = walk(load_literals(data[:_LARGEST].decode("utf-8", "replace")))
    address = next((said for _, found in objects if isinstance(said := found.get(wanted), str)), "")
    return address if "://" in address else None


_SITE_NAME = expression(r"\bsite[ \t]*:[ \t]*([A-Za-z_$][\w$]*)(?:\.[\w$]+)*?(?:\.([\w$]+))?[ \t]*[,\n}]")
_IMPORT = expression(r"\bimport\s+(\{[^{}]{1,500}\}|[\w$]+)\s+from\s+[\"'](\.{1,2}/[^\"'\n]{1,300})[\"']")
_NAME = expression(r"[\w$]+")


def _data_files(source: object) -> Iterator[str]:
    """Yield the files with global data, at the root of a site of Eleventy and in its folder of documents."""
    inner = source.strip("./") if isinstance(source, str) else ""
    yield from (place + name for place in dict.fromkeys(("", f"{inner or 'src'}/")) for name in _DATA_FILES)


def load_configuration(path: str, data: bytes, faults: Faults) -> Mapping[str, object] | None:
    """Return the values of a configuration file; `None`, with a fault, if it cannot be read."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    name = posixpath.basename(path)
    stem, _, ending = name.rpartition(".")
    value: object
    try:
        if ending == "edn":
            value = {}
        elif ending in _SCRIPTS:
            value = _of_script(stem.removesuffix(".config").strip("."), path, text)
        elif ending == "py":
            value = _of_python(text)
        elif ending == "toml":
            value = load_toml(text)
        elif ending == "json":
            value = json.loads(text)
        else:
            value = load_yaml(text, foreign_tags=True).value
    except YamlError as error:
        faults.add("invalid-settings", error.fact, "Correct the file; it was passed over", line=error.line)
        return None
    except (ValueError, RecursionError) as error:
        fact = f"the JSON cannot be read: {faults.quote(str(error))}"
        faults.add("invalid-settings", fact, "Correct the file; it was passed over")
        return None
    if name == _VERSIONS and isinstance(value, list):
        return {"versions": value}
    if not isinstance(value, dict):
        return None
    if stem in _SHAPES:
        return _SHAPES[stem](value)
    if posixpath.dirname(path).endswith("config/_default") and stem not in {"hugo", "config"}:
        return {stem: value}
    return value


def _of_script(name: str, path: str, text: str) -> dict[str, object]:
    """Return the settings in a script, under the names that other generators use."""
    whole = load_literals(text)
    objects = list(walk(whole))
    values: dict[str, object] = {"literals": whole}

    def first(*names: str) -> Mapping[str, object]:
        return next((found for _, found in objects if all(isinstance(found.get(name), str) for name in names)), {})

    def said(name: str) -> object:
        return first(name).get(name)

    if name == "docusaurus":
        values |= {key.lower(): value for key, value in first("url", "baseUrl").items()}
    elif name == "astro":
        top = first("site")
        values |= {"url": top.get("site"), "baseurl": (top or first("base")).get("base")}
        values["trailingslash"] = (top or first("trailingSlash")).get("trailingSlash")
        values["starlight"] = "starlight" in text
        values["title"] = said("title") if values["starlight"] else None
    elif name == "nuxt":
        site = next((found for key, found in objects if key == "site"), {})
        values |= {"url": site.get("url"), "title": site.get("name"), "baseurl": said("baseURL")}
    elif name == "next":
        values["baseurl"] = said("basePath")
    elif name == "gatsby-config":
        values |= {"url": said("siteUrl"), "baseurl": said("pathPrefix"), "title": first("siteUrl").get("title")}
    elif name == "quartz":
        host = said("baseUrl")
        values |= {"base_url": f"https://{host}" if host else None, "title": said("pageTitle")}
    elif ".vitepress/" in path or ".vuepress/" in path:
        values |= {"url": said("hostname"), "baseurl": said("base"), "title": said("title"), "srcdir": said("srcDir")}
        values["rewrites"] = next((found for key, found in objects if key == "rewrites"), None)
        values["cleanurls"] = next((found["cleanUrls"] for _, found in objects if "cleanUrls" in found), None)
    elif name == "siteMetadata" or path.rpartition("/")[0].endswith("_data"):
        key = "siteUrl" if name == "siteMetadata" else "url"
        about = first(key)
        values |= {"title": about.get("title"), "url": about.get(key) if "://" in str(about.get(key)) else None}
    else:
        values["input"] = next((found.get("input") for key, found in objects if key == "dir"), None)
    return values


def _of_python(text: str) -> dict[str, object]:
    """Return the texts that a Python script assigns; it is not run."""
    values: dict[str, object] = {found[1].lower(): found[3] for found in _ASSIGNED.finditer(text)}
    places = [
        (found["name"].lower(), *folders)
        for found in _PLACES.finditer(_PYTHON_COMMENT.sub("", text))
        for folders in _PLACE.findall(found["places"])
    ]
    if places:
        values["places"] = places
        values["is_pretty"] = _UGLY.search(text) is None
    values["text_is_rst"] = _RST_TEXT.search(text) is not None
    names = (("url", ("siteurl", "site_url", "html_baseurl")), ("title", ("sitename", "blog_title", "project")))
    return values | {ours: next(filter(None, map(values.get, theirs)), None) for ours, theirs in names}


def _of_quarto(values: Mapping[str, object]) -> dict[str, object]:
    """Return a project's settings; those of its website or book get the names that other generators use."""
    found: dict[str, object] = dict(values)
    for kind in ("website", "book"):
        about = values.get(kind)
        if isinstance(about, dict):
            found |= {"title": about.get("title"), "url": about.get("site-url"), "baseurl": about.get("site-path")}
    return found


def _of_rmarkdown(values: Mapping[str, object]) -> dict[str, object]:
    """Return the settings of a site of R Markdown, such as distill's, whose title may be only in the navigation bar."""
    bar = values.get("navbar")
    shown = bar.get("title") if isinstance(bar, dict) else None
    return {**values, "title": values.get("title") or shown or values.get("name")}


def _of_mdbook(values: Mapping[str, object]) -> dict[str, object]:
    """Return a book's settings under the names that other generators use."""
    book = values.get("book")
    about = book if isinstance(book, dict) else {}
    return {"title": about.get("title"), "srcdir": about.get("src") or "src"}


_SHAPES: Mapping[str, Callable[[Mapping[str, object]], dict[str, object]]] = {
    "_quarto": _of_quarto,
    "_site": _of_rmarkdown,
    "book": _of_mdbook,
    "bridgetown.config": lambda values: {"source": "src", **values},
}
"""What gives the settings of a file the names that other generators use, by its name."""


def generator_of(one: Configuration) -> str:
    """Return the generator that a configuration file is written for; empty if unknown."""
    name = one.path.removeprefix(one.folder)
    keys = {key.lower() for key in one.values if isinstance(key, str)}
    if name.startswith("_config."):
        return "hexo" if keys & _HEXO_ONLY else "jekyll"
    if name.startswith("config."):
        if name == "config.toml" and "base_url" in keys:
            return "zola"
        return "hugo" if keys & _HUGO_ONLY else ""
    if name == "conf.py":
        return "nikola" if "places" in keys else "sphinx" if keys & _OF_SPHINX else ""
    return next((generator for start, generator in _GENERATORS.items() if name.startswith(start)), "")
