"""A document has an address: where its site publishes it, by the rules of the site's generator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.publishing import update
from graph.reading import list_documents, read
from graph.reading.faults import Faults
from graph.reading.places import places_of, with_defaults
from graph.reading.settings import Settings, read_settings
from tests.placing import DOCUSAURUS, HEXO, HUGO, JEKYLL, MKDOCS, SPHINX, ZOLA, Files, places, settings_of


@pytest.mark.parametrize(
    ("files", "base"),
    [
        ({"_config.yml": "url: https://s.example\nbaseurl: /b"}, "https://s.example/b/"),
        ({"_config.yml": "url: https://s.example\nroot: /b/\nsource_dir: source"}, "https://s.example/b/"),
        ({"_config.yml": "url: https://s.example/b\nroot: /b/\nsource_dir: source"}, "https://s.example/b/"),
        ({"config.toml": "base_url = 'https://s.example/b'"}, "https://s.example/b/"),
        ({"config/_default/hugo.toml": "baseURL = 'https://s.example/'"}, "https://s.example/"),
        ({"config/_default/config.yaml": "baseurl: https://s.example/"}, "https://s.example/"),
        ({"hugo.json": '{"baseURL": "https://s.example/"}'}, "https://s.example/"),
        ({"mkdocs.yml": "site_url: https://s.example/x/\nx: !!python/name:a.b"}, "https://s.example/x/"),
        ({"mkdocs.yml": "site_url: !ENV [URL, 'https://s.example/']"}, "https://s.example/"),
        ({"mkdocs.yml": "site_url: !ENV URL"}, "https://example.org/"),
        (
            {"docusaurus.config.ts": "const u = 'https://s.example'; export default {url: u, baseUrl: '/b/'}"},
            "https://s.example/b/",
        ),
        ({"astro.config.mjs": "export default {site: 'https://s.example', base: 'b'}"}, "https://s.example/b/"),
        ({"quartz.config.ts": "const c = {configuration: {baseUrl: 's.example/q'}}"}, "https://s.example/q/"),
        ({"docs/_config.yml": "url: https://s.example"}, "https://s.example/"),
        ({"_quarto.yml": "book:\n  site-url: https://s.example/\n  site-path: b"}, "https://s.example/b/"),
        ({"_quarto.yml": "website: true"}, "https://example.org/"),
        ({"_site.yml": "name: s\nbase_url: https://s.example/b"}, "https://s.example/b/"),
        ({"pelicanconf.py": "SITEURL = ''\n", "publishconf.py": 'SITEURL = "https://s.example"'}, "https://s.example/"),
        ({"pelicanconf.py": "if True:\n    SITEURL = 'https://s.example'\n"}, "https://example.org/"),
        ({"conf.py": SPHINX}, "https://s.example/"),
        ({"conf.py": "SITE_URL = 'https://s.example/'\nBLOG_TITLE = 'N'\n"}, "https://s.example/"),
        (
            {
                "eleventy.config.js": "",
                "_data/metadata.js": "export default {url: 'https://s.example', author: {url: 'x'}}",
            },
            "https://s.example/",
        ),
        (
            {".eleventy.js": "x = {dir: {input: './in'}}", "in/_data/site.json": '{"url": "https://s.example/b"}'},
            "https://s.example/b/",
        ),
        ({".eleventy.js": "", "_data/site.js": "module.exports = {url: '/'}"}, "https://example.org/"),
        ({"_config.yml": "title: x", "_data/site.json": '{"url": "https://s.example"}'}, "https://example.org/"),
        (
            {
                "astro.config.ts": "import { A, SITE } from './src/config'\nx = {\n  site: SITE.web,\n  base: '/b'}",
                "src/config.ts": "export const SITE = {title: 'x', web: 'https://s.example/'} as const;",
            },
            "https://s.example/b/",
        ),
        (
            {
                "astro.config.mjs": "import { URL } from './src/consts'\nexport default {site: URL}",
                "src/consts.ts": "export const URL = 'https://s.example'",
            },
            "https://s.example/",
        ),
        ({"astro.config.mjs": "import { SITE } from '../x'\nexport default {site: SITE.url}"}, "https://example.org/"),
        (
            {"next.config.js": "", "data/siteMetadata.js": "const m = {title: 'T', siteUrl: 'https://s.example'}"},
            "https://s.example/",
        ),
        ({"next.config.js": "module.exports = {basePath: '/b'}"}, "https://example.org/"),
        (
            {"nuxt.config.ts": "export default defineNuxtConfig({site: {url: 'https://s.example', name: 'N'}})"},
            "https://s.example/",
        ),
        (
            {"website/docusaurus.config.js": "module.exports = {url: 'https://s.example', baseUrl: '/'}"},
            "https://s.example/",
        ),
        ({"_config.yml": "title: x", "docs/_config.yml": "url: https://s.example"}, "https://example.org/"),
        ({"article-graph.toml": "base = 'https://o.example/'", "_config.yml": JEKYLL}, "https://o.example/"),
        ({"_config.yml": "url: https://a.example", "hugo.toml": HUGO}, "https://a.example/"),
    ],
)
def test_a_site_says_where_it_lives(files: Files, base: str) -> None:
    """The address of a site is read from the configuration of any generator, at the root or in the site's folder."""
    assert settings_of(files).base == base


def test_configuration_in_a_folder_of_the_source() -> None:
    """Where the site lies in a folder of the source, its pages' paths begin there."""
    settings = settings_of({"docs/_config.yml": JEKYLL})
    assert places(settings, "docs/about.md", {}) == ["/about.html"]
    assert places(settings, "docs/_posts/2020-01-02-a.md", {}) == ["/2020/01/02/a.html"]
    hugo = settings_of(
        {"site/config/_default/hugo.toml": HUGO, "site/config/_default/permalinks.toml": "a = '/b/:filename'"}
    )
    assert places(hugo, "site/content/a/c.md", {}) == ["/b/c/"]


@pytest.mark.parametrize(
    ("files", "path", "fields", "others"),
    [
        (
            {"hugo.toml": HUGO},
            "content/posts/a.md",
            {"aliases": ["/old/", "older", "../x/"]},
            ["/old/", "/posts/older", "/x/"],
        ),
        ({"hugo.toml": HUGO}, "content/posts/a/index.md", {"aliases": "old"}, ["/posts/old"]),
        ({"config.toml": ZOLA}, "content/a.md", {"aliases": ["2020/a.html", "old"]}, ["/2020/a.html", "/old"]),
        ({"_config.yml": JEKYLL}, "a.md", {"redirect_from": ["/old/", "older.html"]}, ["/old/", "/older.html"]),
        ({"_config.yml": JEKYLL}, "a.md", {"redirect_from": "https://s.example/old/"}, ["/old/"]),
        ({"_config.yml": JEKYLL}, "a.md", {"redirect_from": "https://other.example/old/"}, []),
        ({".obsidian/app.json": "{}"}, "a.md", {"aliases": ["qubit", "Node.js", "a b/c"]}, []),
        ({"mkdocs.yml": MKDOCS + "plugins: [redirects: {redirect_maps: {old.md: a.md}}]"}, "docs/a.md", {}, ["/old/"]),
    ],
)
def test_what_redirects_to_a_document_is_a_place_of_it(
    files: Files, path: str, fields: dict[str, Any], others: list[str]
) -> None:
    """Addresses that lead to a page follow its own, as its generator understands them; another site's are none."""
    assert places(settings_of(files), path, fields)[1:] == others


def test_names() -> None:
    """A document's slug, identifier and aliases that are no addresses are names of it."""
    fields = {"slug": "s", "id": "i", "aliases": ["qubit", "Node.js", "/old/", "x.html", "https://a.example", "qubit"]}
    assert places_of("a.md", fields, Settings(), Faults("a.md")).link_names == ("s", "i", "qubit", "Node.js")


def test_further_hosts() -> None:
    """An address at a domain that the owner names, or below the site's base, is the page's own; any other is not."""
    settings = settings_of(
        {"article-graph.toml": "base = 'https://s.example/b/'\nhosts = ['old.example', 'https://www.older.example/']"}
    )
    for url in ("https://old.example/x", "https://older.example/x", "http://www.s.example/b/x"):
        found = places_of("a.md", {"url": url}, settings, Faults("a.md"))
        assert found.addresses == (url,)
    for url in ("https://s.example/x", "https://outside.example/x"):
        found = places_of("a.md", {"webUrl": url}, settings, Faults("a.md"))
        assert found.addresses == ("https://s.example/b/a",)


def test_patterns_of_the_owner() -> None:
    """A pattern that the owner gives for a folder decides for its documents, unless they state an address."""
    settings = settings_of(
        {"article-graph.toml": '[permalinks]\n"content/news" = "/:year/:month/:day/:slug/"\n"content" = "/x/:filename"'}
    )
    assert places(settings, "content/news/2020/2020-01-02-a.md", {"slug": "b"}) == ["/2020/01/02/b/"]
    assert places(settings, "content/news/2020/2020-01-02-a.md", {}) == ["/2020/01/02/a/"]
    assert places(settings, "content/news/a.md", {"permalink": "/p"}) == ["/p"]
    assert places(settings, "content/news/a.md", {}) == ["/news/a/"]
    assert places(settings, "content/other/a.md", {}) == ["/x/a"]


def test_defaults_by_scope() -> None:
    """Values that Jekyll gives to documents by path and type are theirs where they do not say otherwise."""
    config = """
defaults:
- {scope: {path: '', type: posts}, values: {author: Jo, layout: post, permalink: '/p/:title/'}}
- {scope: {path: ''}, values: {author: Site, tags: [all]}}
- {scope: {path: '_posts/news'}, values: {author: Ann}}
- {scope: {path: 'wiki/*/deep'}, values: {author: Deep}}
- {scope: {path: 'any/**/deep'}, values: {author: Deeper}}
- 1
- {scope: [], values: {}}
"""
    settings = settings_of({"docs/_config.yml": JEKYLL + config})

    def author(path: str, **fields: object) -> object:
        return with_defaults(path, fields, settings).get("author")

    assert author("docs/_posts/2020-01-01-a.md") == "Jo"
    assert author("docs/_posts/news/2020-01-01-a.md") == "Ann"
    assert author("docs/a.md") == "Site"
    assert author("docs/wiki/x/deep/a.md") == "Deep"
    assert author("docs/wiki/x/y/a.md") == "Site"
    assert author("docs/any/x/y/deep/a.md") == "Deeper"
    assert author("docs/a.md", authors=["Own"]) is None
    assert author("docs/a.md", author=None) is None
    assert with_defaults("docs/a.md", {"categories": ["b"]}, settings)["tags"] == ["all"]
    assert "layout" not in with_defaults("docs/_posts/2020-01-01-a.md", {}, settings)
    fields = with_defaults("docs/_posts/2020-01-01-a.md", {}, settings)
    assert places(settings, "docs/_posts/2020-01-01-a.md", fields) == ["/p/a/"]


def test_defaults_reach_the_graph(tmp_path: Path) -> None:
    """A scoped default is read like a field of the document, and its places are part of what it states."""
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text(JEKYLL + "defaults: [{scope: {path: ''}, values: {author: Jo}}]\n")
    (tmp_path / "_posts" / "2020-01-02-a.md").write_text("---\ntitle: A\nredirect_from: /old/\nslug: b\n---\nText.\n")
    (statement,) = read(list_documents([tmp_path])).statements
    assert statement.places == ("https://s.example/2020/01/02/b.html", "https://s.example/old/")
    assert statement.names == ("b",)
    knowledge = graph.build(tmp_path)
    assert [person.label for person in knowledge.people.values()] == ["Jo"]
    assert knowledge.truth.unmapped == ()
    assert knowledge.problems == ()


PLUGINS = "plugins: [jekyll-feed]\n"


@pytest.mark.parametrize(
    ("configuration", "path", "has_page"),
    [
        ("", "guide.md", True),
        (PLUGINS, "guide.md", False),
        ("plugins: [jekyll-feed, jekyll-optional-front-matter]\n", "guide.md", True),
        (PLUGINS, "guide.html", True),
        (PLUGINS, "_posts/2020-01-02-a.md", True),
        ("", "README.md", False),
        (PLUGINS, "README.md", False),
    ],
)
def test_jekyll_has_no_page_without_front_matter(
    configuration: str, path: str, *, has_page: bool, tmp_path: Path
) -> None:
    """What Jekyll does not render has no address, so it takes none from a page; it is an article all the same."""
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text(JEKYLL + configuration)
    (tmp_path / "index.markdown").write_text("---\ntitle: Home\n---\nWords.\n")
    (tmp_path / path).write_text("# A\n\nWords.\n")
    knowledge = graph.build(tmp_path)
    assert len(knowledge.articles) == 2
    assert not knowledge.problems
    places = {statement.path: statement.places for statement in read(list_documents([tmp_path])).statements}
    assert bool(places[path]) == has_page
    assert places["index.markdown"] == ("https://s.example/",)


CONFIGURATIONS: list[tuple[Files, Files]] = [
    ({"_config.yml": JEKYLL}, {"_config.yml": JEKYLL + PLUGINS}),
    ({"_config.yml": JEKYLL}, {"_config.yml": JEKYLL + "permalink: pretty\n"}),
    ({"_config.yml": JEKYLL}, {"_config.yml": JEKYLL + "defaults: [{scope: {path: ''}, values: {author: Jo}}]\n"}),
    ({"_config.yml": JEKYLL}, {"_config.yml": JEKYLL + "timezone: Asia/Tokyo\n"}),
    ({"_config.yml": JEKYLL}, {"_config.yml": JEKYLL + "collections: {notes: {output: true}}\n"}),
    ({"_config.yml": JEKYLL}, {"_config.yml": JEKYLL + "source: src\n"}),
    ({}, {"article-graph.toml": "hosts = ['old.example']"}),
    ({}, {"article-graph.toml": "[permalinks]\n'_posts' = '/:slug/'"}),
    ({}, {"article-graph.toml": "[fields]\npermalink = ['address']"}),
    ({"hugo.toml": HUGO}, {"hugo.toml": HUGO + "[languages.fr]\n"}),
    ({"mkdocs.yml": MKDOCS}, {"mkdocs.yml": MKDOCS + "plugins: [redirects: {redirect_maps: {old.md: a.md}}]"}),
]


@pytest.mark.parametrize(("before", "after"), CONFIGURATIONS)
def test_configuration_is_part_of_what_is_remembered(tmp_path: Path, before: Files, after: Files) -> None:
    """What was read under another configuration is not recalled: an update gives the bytes of a fresh build."""
    source = tmp_path / "source"
    (source / "_posts").mkdir(parents=True)
    post = "---\ntitle: A\nurl: https://old.example/a\naddress: /x\ndate: 2021-03-04T20:00:00Z\n---\nText.\n"
    (source / "_posts" / "2020-01-02-a.md").write_text(post)
    keys = []
    for files in (before, after):
        for name, text in files.items():
            (source / name).write_text(text)
        keys.append(settings_of(files).key)
        update([source], tmp_path / "out", formats="nt")
    update([source], tmp_path / "fresh", formats="nt", cache=False)
    assert (tmp_path / "out" / "graph.nt").read_bytes() == (tmp_path / "fresh" / "graph.nt").read_bytes()
    assert keys[0] != keys[1]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("_config.yml", "permalink: /:yeer/:title/", '":yeer", which is not known'),
        ("hugo.toml", "[permalinks]\nposts = '/:nothing/'", '":nothing", which is not known'),
        ("hugo.json", "{", "the JSON cannot be read"),
        ("hugo.json", "[" * 100_000, "the JSON cannot be read"),
        ("_config.yml", "a: b\n" * 300_000, "larger than 1 MiB"),
        ("article-graph.toml", "hosts = ['x y']", "which is not a domain"),
        ("article-graph.toml", "hosts = [1]", "which is not a text"),
        ("article-graph.toml", "permalinks = 1", "'permalinks' is"),
        ("article-graph.toml", "[permalinks]\na = 1", 'has "1", which is not known'),
        ("article-graph.toml", "[permalinks]\na = '/:b'", 'has ":b", which is not known'),
    ],
)
def test_configuration_that_cannot_be_meant(tmp_path: Path, name: str, text: str, words: str) -> None:
    """Whatever is wrong with a configuration is told, and the documents are read all the same."""
    (tmp_path / name).write_text(text)
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\nText.\n")
    knowledge = graph.build(tmp_path)
    assert [article.label for article in knowledge.articles.values()] == ["A"]
    (problem,) = knowledge.problems
    assert (problem.path, problem.kind) == (name, "invalid-settings")
    assert words in problem.fact


def test_fields_that_cannot_be_meant() -> None:
    """A field of the wrong type is told with its name, and the document's address follows from its file."""
    faults = Faults("a.md")
    fields: dict[str, object] = {"slug": [1], "permalink": {"a": 1}, "aliases": [{"b": 1}, None], "redirect_from": True}
    found = places_of("x/a.md", fields, Settings(), faults)
    assert (found.addresses, found.link_names) == (("/x/a",), ())
    assert [problem.kind for problem in faults.problems] == ["not-a-text"] * 4


def test_places_never_lead_above_the_root() -> None:
    """Dots in an address are resolved, and stop at the root of the site."""
    settings = settings_of({"_config.yml": JEKYLL})
    for permalink, place in (
        ("/../../etc", "/etc"),
        ("a/./b/../c/", "/a/c/"),
        ("//x//y", "/x/y"),
        ("..", "/"),
        ("\\x", "/x"),
    ):
        assert places(settings, "a.md", {"permalink": permalink}) == [place]


def test_many_aliases() -> None:
    """Ten thousand aliases are ten thousand places."""
    found = places_of("a.md", {"aliases": [f"/{n}" for n in range(10_000)] * 2}, Settings(), Faults("a.md"))
    assert len(found.addresses) == 10_001


ANY_CONFIGURATION: list[Files] = [
    *({"_config.yml": JEKYLL + f"permalink: {style}\n"} for style in ("pretty", "/:categories/:title", "/:nothing")),
    {"_config.yml": HEXO},
    {"hugo.toml": HUGO + "[permalinks]\na = '/:year/:sections[1:]/:title/'\n[languages.fr]\n"},
    {"config.toml": ZOLA},
    {"mkdocs.yml": MKDOCS + "plugins: [blog, redirects: {redirect_maps: {'../x.md': 'a.md'}}]"},
    {"docusaurus.config.js": DOCUSAURUS % ("routeBasePath: '/'", "")},
    *({name: "{}"} for name in (".eleventy.js", ".obsidian/app.json", "logseq/config.edn", ".vitepress/config.js")),
    {"astro.config.mjs": "export default {site: 'https://s.example'}"},
    {},
]
SETTINGS: list[Settings] = []
for files_ in ANY_CONFIGURATION:
    encoded_ = {path_: text_.encode() for path_, text_ in files_.items()}
    SETTINGS.append(read_settings(encoded_.get, None, Faults))

SEGMENTS = st.one_of(
    st.sampled_from(["_posts", "content", "docs", "blog", "a", "index", "_index", "2020-01-02-a", "a.fr", "..", ""]),
    st.text(max_size=8),
)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=30),
        st.dates(),
        st.datetimes(),
        st.sampled_from(
            ["/../x", "{{ title }}", "{% x", ":year/:title", "https://s.example/x", "#", "?", "%", "pretty"]
        ),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
NAMES = [
    "slug",
    "permalink",
    "path",
    "id",
    "url",
    "webUrl",
    "aliases",
    "alias",
    "redirect_from",
    "date",
    "categories",
    "category",
]


@pytest.mark.slow
@given(
    settings=st.sampled_from(SETTINGS),
    folders=st.lists(SEGMENTS, max_size=4),
    stem=SEGMENTS,
    fields=st.dictionaries(st.sampled_from(NAMES), VALUES),
    title=st.none() | st.text(max_size=20),
)
def test_places_are_always_addresses(
    settings: Settings, folders: list[str], stem: str, fields: dict[str, object], title: str | None
) -> None:
    """Whatever a document states, each place is an address below the base or a path of the site, and stays as it is."""
    path = "/".join([*folders, stem + ".md"])
    found = places_of(path, fields, settings, Faults(path), title=title)
    start = "/" if settings.base == "https://example.org/" else settings.base
    for place in found.addresses:
        assert place.startswith((start, "https://s.example/"))
        assert "/../" not in place
        if ":" not in place.removeprefix("https:"):  # else it may be a pattern
            assert places_of("x.md", {"permalink": place}, settings, Faults("x.md")).addresses[:1] in ((place,), ())
    assert all(found.link_names)


@given(st.sampled_from(["_config.yml", "hugo.json", "config.json", "mkdocs.yml"]), VALUES, st.data())
def test_configuration_of_any_type(name: str, value: object, data: st.DataObject) -> None:
    """A configuration whose values have any type gives settings, and a place for every document."""
    keys = ["url", "permalink", "permalinks", "collections", "defaults", "source", "plugins", "languages", "module"]
    keys += [
        "docs_dir",
        "baseURL",
        "contentDir",
        "frontmatter",
        "timezone",
        "taxonomies",
        "use_directory_urls",
        "slugify",
    ]
    stated = data.draw(st.dictionaries(st.sampled_from(keys), VALUES)) | {"base_url": value, "theme": value}
    text = json.dumps(stated, default=str)
    settings = read_settings({name: text.encode("utf-8", "replace")}.get, None, Faults)
    fields = with_defaults("_posts/2020-01-02-a.md", {}, settings)
    places_of("_posts/2020-01-02-a.md", fields, settings, Faults("a.md"))
    assert settings.key


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("name: s\ntitle: The title\nnavbar: {title: Bar}\n", "The title"),
        ("name: s\nnavbar: {title: Bar}\n", "Bar"),
        ("name: s\nnavbar: [x]\n", "s"),
    ],
)
def test_a_site_of_r_markdown_is_called_as_its_pages_say(tmp_path: Path, said: str, title: str) -> None:
    """Its title is stated, or stands above its pages; its name is that of its folder otherwise."""
    (tmp_path / "_site.yml").write_text(said, encoding="utf-8")
    (tmp_path / "index.Rmd").write_text("---\ntitle: Home\n---\nWords.\n", encoding="utf-8")
    assert graph.build(tmp_path).title == title
