"""Where a site's configuration puts its pages: the generator, folders, patterns and defaults."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from graph.reading.configurations import Configuration, generator_of
from graph.reading.docusaurus_roots import docusaurus_roots
from graph.reading.faults import Faults
from graph.reading.languages import languages_in, languages_listed
from graph.reading.permalinks import STYLES, unknown_tokens
from graph.reading.roots import Root, to_folder, to_route, to_word
from graph.reading.script_text import walk

_NOTHING: Mapping[str, str] = {}


class Scope(msgspec.Struct, frozen=True):
    """Values that apply to all documents below a path."""

    path: str
    """Relative to the site's folder, perhaps with `*`; empty for all."""
    type: str
    """`posts`, `drafts`, `pages` or a collection; empty for all."""
    values: Mapping[str, object]
    """What applies unless a document says otherwise."""


class Site(msgspec.Struct, frozen=True):
    """Where the pages of a site are, as far as its configuration says."""

    generator: str = ""
    """`jekyll`, `hugo`, `zola`, `eleventy`, `hexo`, `docusaurus`, `mkdocs`, `astro`, `gatsby`, `next`, `nuxt`,
    `grav`, `quartz`, `vitepress`, `vuepress`, `quarto`, `rmarkdown`, `mdbook`, `sphinx`, `pelican`, `nikola`,
    `logseq` or `obsidian`; empty if unknown."""
    roots: tuple[Root, ...] = ()
    """Its folders of documents, the longest first."""
    permalink: str = ""
    """The pattern of a post's address."""
    permalinks: Mapping[str, str] = _NOTHING
    """Patterns by collection (Jekyll, empty where the collection states none), or by kind and section (Hugo)."""
    folders: tuple[tuple[str, str], ...] = ()
    """Patterns that the owner's settings give for folders of the source, the longest first."""
    defaults: tuple[Scope, ...] = ()
    """Values that apply to many documents, the most general first."""
    ending: str = ""
    """What ends an address: `/`, `.html`, or nothing for what the generator does by itself; `-` for nothing at all."""
    languages: frozenset[str] = frozenset()
    """The languages it is written in."""
    language: str = ""
    """Its own language, which needs no folder."""
    is_prefixed: bool = False
    """Whether its own language has a folder nevertheless."""
    zone: str = ""
    """The time zone that its days are counted in."""
    dated_names: bool = False
    """Whether a date at the beginning of a file's name is left out of the address."""
    slugs: str = ""
    """How a name becomes part of an address: `on`, `safe` or `off` (Zola); `cased` keeps capitals (Hugo)."""
    needs_front_matter: bool = False
    """Whether Markdown without front matter has no page (Jekyll)."""
    redirects: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Addresses that lead to a document, by its path."""
    posts: Mapping[str, Mapping[str, object]] = msgspec.field(default_factory=dict)
    """What files beside pages say of them, by their paths: a table of posts (Substack), a file for each (Nikola), or
    one for each pair of a note and a tag (Joplin)."""
    text_is_rst: bool = False
    """Whether files that end in `.txt` hold reStructuredText (Sphinx)."""
    rewrites: tuple[tuple[str, str], ...] = ()
    """Patterns of paths below the root, and the paths that are published instead (VitePress)."""


def read_site(configurations: list[Configuration], faults_of: Callable[[str], Faults]) -> Site:
    """Return what configuration files say of where pages live, of the first generator they are written for."""
    if (main := next((one for one in configurations if generator_of(one)), None)) is None:
        return Site()
    generator = generator_of(main)
    values = _lowered(main.values)
    if generator in {"docusaurus", "hugo", "pelican", "vitepress"}:
        for one in configurations:
            if generator_of(one) == generator and one.folder == main.folder:
                values = {**_lowered(one.values), **{name: said for name, said in values.items() if said is not None}}
    site = _READERS.get(generator, _read_plain)(values, main.folder)
    roots = sorted(set(site.roots), key=lambda root: (-len(root.folder), root.folder, root.route))
    is_rst = generator == "sphinx" and values.get("text_is_rst") is True
    site = replace(site, generator=generator, roots=tuple(roots), text_is_rst=is_rst)
    literals = values.get("literals")
    if isinstance(literals, dict) and generator != "gatsby":
        own, languages = languages_in(literals)
        site = replace(site, language=own, languages=languages)
    faults = faults_of(main.path)
    for pattern in dict.fromkeys((site.permalink, *site.permalinks.values())):
        for token in unknown_tokens(pattern):
            fact = f"the pattern {faults.quote(pattern)} has {faults.quote(token)}, which is not known"
            faults.add("invalid-settings", fact, "Use the tokens in the generator's documentation of permalinks")
    return site


def _read_plain(values: Mapping[str, object], folder: str) -> Site:
    if "trailingslash" in values:  # Astro
        start = "src/content/docs/"
        roots = [Root(f"{folder}src/content/"), Root(f"{folder}src/pages/"), Root(f"{folder}src/data/")]
        if values.get("starlight"):
            roots.append(Root(folder + start))
        return Site(roots=tuple(roots), ending="-" if values["trailingslash"] == "never" else "")
    below = to_folder(values.get("input")) or to_folder(values.get("srcdir"))
    ending = "-" if values.get("cleanurls") is True else ""
    rewrites = values.get("rewrites")
    moved = [(old, new) for old, new in rewrites.items() if isinstance(new, str)] if isinstance(rewrites, dict) else ()
    return Site(roots=(Root(folder + below),), ending=ending, rewrites=tuple(moved))


def _read_content(_: Mapping[str, object], folder: str) -> Site:
    return Site(roots=(Root(f"{folder}content/"),))


def _read_next(_: Mapping[str, object], folder: str) -> Site:
    places = ("app", "content", "data", "pages")
    return Site(roots=tuple(Root(f"{folder}{src}{place}/") for src in ("", "src/") for place in places))


def _read_gatsby(values: Mapping[str, object], folder: str) -> Site:
    places = ("content/", "src/pages/", "src/content/", "src/")
    literals = values.get("literals")
    objects = [found for _, found in walk(literals)] if isinstance(literals, dict) else []
    language = next(filter(None, (to_word(found.get("langKeyDefault")) for found in objects)), "")
    return Site(roots=(*(Root(folder + place) for place in places), Root(folder)), language=language)


_ADD_FRONT_MATTER = frozenset({"github-pages", "jekyll-optional-front-matter"})
"""Plugins of Jekyll that make pages of Markdown without front matter; GitHub Pages uses them where none are named."""


def _read_jekyll(values: Mapping[str, object], folder: str) -> Site:
    permalinks: dict[str, str] = {}
    collections = values.get("collections")
    named = (
        {name: {} for name in collections if isinstance(name, str)} if isinstance(collections, list) else collections
    )
    for name, said in named.items() if isinstance(named, dict) else ():
        if isinstance(name, str) and isinstance(said, dict) and (said.get("output") is True or name == "posts"):
            permalinks[name] = _style(said.get("permalink"))
    scopes = []
    defaults = values.get("defaults")
    for entry in defaults if isinstance(defaults, list) else ():
        scope = entry.get("scope") if isinstance(entry, dict) else None
        said = entry.get("values") if isinstance(entry, dict) else None
        if isinstance(said, dict):
            scope = scope if isinstance(scope, dict) else {}
            path = to_word(scope.get("path")).strip("/").removeprefix("./")
            known = {key: value for key, value in said.items() if isinstance(key, str)}
            scopes.append(Scope(path, to_word(scope.get("type")), known))
    scopes.sort(key=lambda scope: (len(scope.path), bool(scope.type)))
    below = folder + to_folder(values.get("source"))
    roots = [Root(below)]
    if moved := to_folder(values.get("collections_dir")):
        roots.append(Root(below + moved, kind="collections"))
    plugins = {name for key in ("plugins", "gems") for name, _ in _plugins(values.get(key))}
    return Site(
        roots=tuple(roots),
        permalink=_style(values.get("permalink")),
        permalinks=permalinks,
        defaults=tuple(scopes),
        zone=to_word(values.get("timezone")),
        needs_front_matter=bool(plugins) and plugins.isdisjoint(_ADD_FRONT_MATTER),
    )


def _read_hexo(values: Mapping[str, object], folder: str) -> Site:
    new = to_word(values.get("new_post_name"))
    language = values.get("language")
    return Site(
        roots=(Root(folder + (to_folder(values.get("source_dir")) or "source/")),),
        permalink=to_word(values.get("permalink")) or ":year/:month/:day/:title/",
        dated_names=":year" in new and ":day" in new,
        language=language if isinstance(language, str) else "",
    )


def _read_hugo(values: Mapping[str, object], folder: str) -> Site:
    content = to_folder(values.get("contentdir")) or "content/"
    roots = [Root(folder + content)]
    said = values.get("languages")
    languages = _lowered(said) if isinstance(said, dict) else {}
    default = to_word(values.get("defaultcontentlanguage")).lower() or "en"
    below = values.get("defaultcontentlanguageinsubdir") is True
    for code, about in languages.items():
        place = to_folder(_lowered(about).get("contentdir")) if isinstance(about, dict) else ""
        if place:
            roots.append(Root(folder + place, language=code))
    module = values.get("module")
    mounts = module.get("mounts") if isinstance(module, dict) else None
    for mount in mounts if isinstance(mounts, list) else ():
        target = to_folder(mount.get("target")) if isinstance(mount, dict) else ""
        if target == "content/" or target.startswith("content/"):
            language = mount.get("lang") or mount.get("language")
            source = to_folder(mount.get("source"))
            roots.append(Root(folder + source, "/" + target.removeprefix("content/"), language=to_word(language)))
    patterns: dict[str, str] = {}
    named = values.get("taxonomies")
    terms = {str(name) for name in named.values()} if isinstance(named, dict) else {"tags", "categories"}
    stated = values.get("permalinks")
    for name, pattern in stated.items() if isinstance(stated, dict) else ():
        if isinstance(pattern, str):
            patterns[f"{'term' if name in terms else 'page'}/{name}"] = pattern
        elif isinstance(pattern, dict):
            patterns |= {f"{name}/{section}": one for section, one in pattern.items() if isinstance(one, str)}
    dates = _lowered(values.get("frontmatter")).get("date")
    return Site(
        roots=tuple(roots),
        permalinks=patterns,
        ending=".html" if values.get("uglyurls") is True else "",
        languages=frozenset(languages),
        language=default,
        is_prefixed=below,
        dated_names=isinstance(dates, list) and ":filename" in dates,
        slugs="cased" if values.get("disablepathtolower") is True else "",
    )


def _read_zola(values: Mapping[str, object], folder: str) -> Site:
    slugify = values.get("slugify")
    paths = slugify.get("paths") if isinstance(slugify, dict) else None
    languages = values.get("languages")
    return Site(
        roots=(Root(f"{folder}content/"),),
        languages=frozenset(languages) if isinstance(languages, dict) else frozenset(),
        language=to_word(values.get("default_language")) or "en",
        dated_names=True,
        slugs=to_word(paths) or "on",
    )


def _read_mkdocs(values: Mapping[str, object], folder: str) -> Site:
    docs = to_folder(folder + to_folder(values.get("docs_dir", "docs")))
    roots = [Root(docs)]
    pattern = ""
    redirects: dict[str, tuple[str, ...]] = {}
    own, languages = "", frozenset[str]()
    for name, said in _plugins(values.get("plugins")):
        if name.endswith("blog"):
            blog = to_folder(said.get("blog_dir", "blog"))
            posts = to_word(said.get("post_dir")).replace("{blog}", blog.rstrip("/"))
            roots.append(Root(docs + (to_folder(posts) or f"{blog}posts/"), f"/{blog}", kind="blog"))
            pattern = to_word(said.get("post_url_format")) or "{date}/{slug}"
            form = to_word(said.get("post_url_date_format")) or "yyyy/MM/dd"
            pattern = _braced(pattern.replace("{date}", form))
        elif name == "i18n":
            own, languages = languages_listed(said.get("languages"))
        elif name == "redirects":
            maps = said.get("redirect_maps")
            for old, new in maps.items() if isinstance(maps, dict) else ():
                if isinstance(old, str) and isinstance(new, str) and "://" not in new:
                    target = docs + new.partition("#")[0].lstrip("/")
                    redirects[target] = (*redirects.get(target, ()), docs + old.lstrip("/"))
    ending = ".html" if values.get("use_directory_urls") is False else ""
    found = Site(roots=tuple(roots), permalink=pattern, ending=ending, redirects=redirects)
    return replace(found, language=own, languages=languages)


def _read_pelican(values: Mapping[str, object], folder: str) -> Site:
    patterns = {}
    for kind, name, otherwise in (
        ("articles", "article_url", "{slug}.html"),
        ("pages", "page_url", "pages/{slug}.html"),
    ):
        pattern = to_word(values.get(name)) or otherwise
        for theirs, ours in _PELICAN:
            pattern = pattern.replace(theirs, ours)
        patterns[kind] = pattern
    return Site(roots=(Root(folder + (to_folder(values.get("path")) or "content/")),), permalinks=patterns)


def _read_nikola(values: Mapping[str, object], folder: str) -> Site:
    roots = []
    places = values.get("places")
    for _, pattern, route in places if isinstance(places, list) else ():
        roots.append(Root(folder + to_folder(pattern.partition("*")[0].rpartition("/")[0]), to_route(route)))
    language = to_word(values.get("default_lang")) or "en"
    return Site(roots=tuple(roots), ending="" if values.get("is_pretty") else ".html", language=language)


_PELICAN = (
    *(("{slug}", ":slug"), ("{category}", ":category"), ("{date:%Y}", ":year"), ("{date:%m}", ":month")),
    *(("{date:%d}", ":day"), ("{date:%b}", ":short_month"), ("{date:%B}", ":long_month"), ("{date:%j}", ":y_day")),
    *(("{date:%H}", ":hour"), ("{date:%M}", ":minute"), ("{date:%y}", ":short_year"), ("{date:%S}", ":second")),
)
"""The tokens of Pelican's patterns, and ours."""


def _braced(pattern: str) -> str:
    """Return a pattern of Material for MkDocs with the tokens of the other generators."""
    for theirs, ours in (
        *(("{slug}", ":slug"), ("{categories}", ":categories"), ("{file}", ":filename")),
        *(("yyyy", ":year"), ("MM", ":month"), ("dd", ":day")),
    ):
        pattern = pattern.replace(theirs, ours)
    return pattern


def _plugins(said: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield each plugin and its settings."""
    entries = [said] if isinstance(said, dict) else said
    for entry in entries if isinstance(entries, list) else ():
        for name, settings in entry.items() if isinstance(entry, dict) else ((entry, None),):
            if isinstance(name, str):
                yield name, settings if isinstance(settings, dict) else {}


def _read_docusaurus(values: Mapping[str, object], folder: str) -> Site:
    slash = values.get("trailingslash")
    ending = "/" if slash is True else "-" if slash is False else ""
    return Site(roots=tuple(docusaurus_roots(values, folder)), ending=ending)


_READERS: Mapping[str, Callable[[Mapping[str, object], str], Site]] = {
    "jekyll": _read_jekyll,
    "hexo": _read_hexo,
    "hugo": _read_hugo,
    "zola": _read_zola,
    "mkdocs": _read_mkdocs,
    "docusaurus": _read_docusaurus,
    "pelican": _read_pelican,
    "nikola": _read_nikola,
    "next": _read_next,
    "nuxt": _read_content,
    "quartz": _read_content,
    "gatsby": _read_gatsby,
}


def _lowered(values: object) -> dict[str, object]:
    """Return a mapping with lower-case names; empty if it is not a mapping."""
    if not isinstance(values, Mapping):
        return {}
    return {name.lower(): value for name, value in values.items() if isinstance(name, str)}


def _style(value: object) -> str:
    return STYLES.get(to_word(value), to_word(value))
