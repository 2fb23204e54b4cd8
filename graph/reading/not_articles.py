"""Files among a site's articles that are not articles: files for robots, templates, redirects, unrendered pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

import msgspec

from graph.expressions import expression
from graph.reading.html_text import looks_like_html
from graph.reading.values import is_no, is_yes

_SITE_FILE = expression(
    r"(?:robots|humans|ads|app-ads|llms|llms-full|sitemap|cmakelists|top_level|entry_points|dependency_links"
    r"|requirements[\w.-]*|constraints|licen[sc]e[\w.-]*|copying|notice)\.txt"
    r"|_(?:sidebar|footer|header|navbar|coverpage)\.(?:md|markdown)"  # of wikis, and of docsify
    r"|google[0-9a-f]{16}\.html|yandex_[0-9a-f]{8,20}\.html|404\.html?",
    re.IGNORECASE,
)
_CONTACT = expression(r"^Contact:[ \t]", re.IGNORECASE | re.MULTILINE)
"""What every `security.txt` contains, see RFC 9116; documents about security have the same name."""
_LICENCE = expression(r"(?:LICEN[SC]E|COPYING|NOTICE)[A-Z0-9.-]*\.(?:md|markdown)")
_CONTENTS = expression(r"[ \t]*(?:(?:[-*+]|\d+\.)[ \t]+)?\[[^\[\]\n]*\]\([^()\n]*\)[ \t]*|#.*|-{3,}|\s*")
"""A line of a table of contents: a link, perhaps in a list, a heading, a line."""
_TEMPLATER = expression(r"\s{0,100}#[ \t]+<%")
"""A heading that Obsidian's Templater is to fill in."""
_PARTIAL = expression(r"_(?!index\.).*\.(?:mdx|qmd|rmd)", re.IGNORECASE)

_MOST_LINES = 500
_BEGINNING = 500
"""Characters in which the page of an error says what it is."""

OWN_FILES = frozenset(
    "evidence.data evidence.ttl explorer.data explorer.html graph.graphml graph.jsonld graph.nt graph.ttl info.json "
    "manifest.json problems.json records.data search.sqlite".split()
)
"""The files of a build."""

OWN_OUTPUT = "written by article-graph"
"""Why files that an earlier build wrote are not articles."""

ALWAYS_MACHINERY = frozenset({"_includes", "_layouts", "_partials", "_sass", "_templates", "bower_components"})
"""Folders that hold a site's templates wherever they lie."""


class _Generator(msgspec.Struct, frozen=True):
    """How to recognise a generator's folder, and which folders in it are not content."""

    markers: frozenset[str]
    """Entries of which the folder holds at least one."""
    folders: frozenset[str]
    """Templates, themes, and what the generator wrote itself."""
    all_of: frozenset[str] = frozenset()
    """Entries that it must also hold, if other generators have the same markers."""
    any_of: frozenset[str] = frozenset()
    """Entries of which it must also hold one."""

    def works_among(self, names: AbstractSet[str]) -> bool:
        return (
            not self.markers.isdisjoint(names)
            and self.all_of <= names
            and (not self.any_of or not self.any_of.isdisjoint(names))
        )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OF_HUGO = _words("archetypes layouts public resources themes")
_GENERATORS = (
    _Generator(_words("hugo.toml hugo.yaml hugo.yml hugo.json"), _OF_HUGO),
    _Generator(
        _words("config.toml config.yaml config.yml config.json config"),
        _OF_HUGO,
        _words("content"),
        _words("archetypes layouts themes"),
    ),
    _Generator(_words("config.toml"), _words("public sass templates themes"), _words("content templates")),  # Zola
    _Generator(_words("_config.yml"), _words("public scaffolds themes"), _words("source"), _words("scaffolds themes")),
    _Generator(_words("_config.yml _config.yaml _config.toml"), _words("vendor")),  # Jekyll
    _Generator(_words("pelicanconf.py"), _words("output theme themes")),
    _Generator(_words("conf.py"), _words("cache output templates themes"), _words("posts"), _words("themes templates")),
    _Generator(_words("conf.py"), _words("_build _static")),  # Sphinx
    _Generator(_words("mkdocs.yml mkdocs.yaml"), _words("overrides site"), _words("docs")),
    _Generator(
        _words("docusaurus.config.js docusaurus.config.ts docusaurus.config.mjs docusaurus.config.cjs"), _words("build")
    ),
    _Generator(_words("gatsby-config.js gatsby-config.ts gatsby-config.mjs"), _words("public")),
    _Generator(_words("book.toml"), _words("book theme")),  # mdBook
    _Generator(_words("_quarto.yml"), _words("_book _extensions _freeze")),
)

MARKERS = frozenset[str]().union(*(generator.markers for generator in _GENERATORS))
"""Names that may say that a folder is a generator's."""

_TEMPLATE_TAG = expression(r"\{\{(?:(?!\}\})[^\n]){0,200}\}\}|\{%(?:(?!%\})[^\n]){0,200}%\}")
_PLACEHOLDER = expression(r"\s*(?:\{\{[^{}]*\}\}|<%[^%]*%>)\s*")
_QUOTED = expression(
    r"<(pre|code|textarea|script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_TAG = expression(r"<[^<>]*>")
_REFRESH = expression(r"""<meta\b[^<>]{0,200}http-equiv\s?=\s?["']?refresh[^<>]{0,200}\burl\s?=""", re.IGNORECASE)
_OWN_PAGE = expression(r"""<meta\s+name=["']?generator["']?\s+content=["']?article-graph["'\s>]""", re.IGNORECASE)
_HEAD = 5_000
_DATA = expression(r"<(?:\?xml|rss|feed|urlset|sitemapindex|opml|svg)\b", re.IGNORECASE)
_GENERATED = (".json", ".xml", ".txt", ".js", ".css", ".rss", ".atom", ".ics", ".csv", ".webmanifest", ".svg")
_KNITTED = (".rmd", ".rmarkdown", ".qmd")
_OUTPUTS = (".html", ".md", ".markdown", ".knit.md", ".utf8.md")
_NOTION_TABLE = expression(r".{0,200} [0-9a-f]{32}(?:_all)?\.csv", re.ASCII)
_MEDIUM_LIST = expression(r"(?:.*/)?([a-z-]{2,40})/\1-0\d{3}\.html", re.ASCII)
_MOST_WORDS = 60
_WORDS_FOR_A_TAG = 25
_PROBE = 50_000


def reason_in_name(path: str) -> str:
    """Return why the name in a path is not that of a document; empty if it may be.

    Some files are for robots, packagers or the site's own generator. A database in an export of Notion has a file for
    each of its rows. What an account at Medium has clapped for, bookmarked and the like is in `claps/claps-0001.html`.
    """
    folder, _, name = path.rpartition("/")
    if _SITE_FILE.fullmatch(name) or _PARTIAL.fullmatch(name) or (not folder and _LICENCE.fullmatch(name)):
        return "for robots or tools"
    if name.endswith(".html") and _MEDIUM_LIST.fullmatch(path):
        return "list in an export of Medium"
    return "table of pages in files" if name.endswith(".csv") and _NOTION_TABLE.fullmatch(name) else ""


def outputs_of(paths: Iterable[str]) -> Iterator[str]:
    """Yield the paths of what R Markdown and Quarto make beside those of the paths that are theirs."""
    for path in paths:
        if path.lower().endswith(_KNITTED):
            stem = path.rpartition(".")[0]
            yield from (stem + ending for ending in _OUTPUTS)


def machinery_beside(names: AbstractSet[str]) -> frozenset[str]:
    """Return which entries of a folder, given their names, are a generator's own: its templates, themes and outputs."""
    working = (generator.folders for generator in _GENERATORS if generator.works_among(names))
    return frozenset[str]().union(*working) & names


def why_no_article(path: str, fields: Mapping[str, object] | None, text: str) -> str:
    """Return why a document is not an article, in the same few words for all of its kind; empty for an article.

    `text` is what follows the front matter, which is `None` where there is none. Linear in the first 50,000
    characters.
    """
    said = fields or {}
    if fields and (reason := _by_fields(path, fields, text)):
        return reason
    start = text[:_PROBE].lstrip("\ufeff \t\r\n")
    is_summary = path.endswith("SUMMARY.md")  # of GitBook and mdBook
    if not start or (is_summary and all(map(_CONTENTS.fullmatch, start.split("\n")[:_MOST_LINES]))):
        return "table of contents" if start else ""
    if start[0] == "<" and _DATA.match(start) and "<html" not in start[:1_000].lower():
        return "feed or data"
    if reason := _by_name(path, said, start):
        return reason
    if path.lower().endswith((".html", ".htm")) or (start[0] == "<" and looks_like_html(start)):
        if _OWN_PAGE.search(start[:_HEAD]):
            return OWN_OUTPUT
        if _REFRESH.search(start) and len(_TAG.sub(" ", _QUOTED.sub(" ", start)).split()) <= _MOST_WORDS:
            return "redirect"
        if fields is None and (_is_template(start) or "$docsify" in start):  # docsify's page shows the others
            return "template"
    return ""


def _by_fields(path: str, fields: Mapping[str, object], text: str) -> str:
    layout = fields.get("layout")
    if any(fields.get(name) for name in ("redirect_to", "redirectTo", "redirect-to")):
        return "redirect"
    if isinstance(layout, str) and layout.lower() in {"redirect", "redirected", "redirects"}:
        return "redirect"
    build = fields.get("build", fields.get("_build"))
    if isinstance(build, dict) and (build.get("render") == "never" or is_no(build.get("render"))):
        return "never rendered"
    if is_yes(fields.get("headless")) or is_no(fields.get("permalink")) or is_no(fields.get("render")):
        return "never rendered"
    place = fields.get("permalink")
    if isinstance(place, str) and place.lower().endswith(_GENERATED):
        return "feed or data"
    said = (fields.get(name) for name in ("title", "date", "created"))
    open_fields = (one for one in said if isinstance(one, str) and one.lstrip().startswith(("{{", "<%")))
    if any(map(_PLACEHOLDER.fullmatch, open_fields)) or _TEMPLATER.match(text):
        return "template"
    has_target = any(isinstance(fields.get(name), str) for name in ("redirect", "redirect_url"))
    if has_target and not text.strip() and not path.lower().endswith(".yml"):
        return "redirect"
    return ""


def _by_name(path: str, fields: Mapping[str, object], start: str) -> str:
    name = path.rpartition("/")[2].lower()
    if name == "security.txt" and (_CONTACT.search(start) or "contact" in map(str.lower, fields)):
        return "for robots or tools"
    if name.partition(".")[0] != "404":
        return ""
    stated = any(name in fields for name in ("permalink", "layout", "sitemap", "template"))
    is_not_found = stated or "page not found" in f"{fields.get('title', '')} {start[:_BEGINNING]}".lower()
    return "error page" if is_not_found else ""


def _is_template(page: str) -> bool:
    """Return whether a page has more template tags than words, outside of code."""
    if "{{" not in page and "{%" not in page:
        return False
    shown = _QUOTED.sub(" ", page)
    tags = sum(1 for _ in _TEMPLATE_TAG.finditer(shown))
    if not tags:
        return False
    words = len(_TAG.sub(" ", _TEMPLATE_TAG.sub(" ", shown)).split())
    return words <= tags * _WORDS_FOR_A_TAG
