"""Each generator publishes a document at a path of its own rules, which its documentation tells."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.placing import (
    DAY,
    DOCUSAURUS,
    HEXO,
    HUGO,
    JEKYLL,
    MKDOCS,
    MOMENT,
    PELICAN,
    QUARTO,
    SPHINX,
    STARLIGHT,
    ZOLA,
    Files,
    places,
    settings_of,
)

NIKOLA = {
    "conf.py": """BLOG_TITLE = "N"
SITE_URL = "https://n.example/"
DEFAULT_LANG = "en"
POSTS = (
    # ("posts/*.md", "old", "post.tmpl"),
    ("posts/*.md", "blog", "post.tmpl"),
    ("posts/*.rst", "blog", "post.tmpl"),
)
PAGES = (("pages/*.md", "", "page.tmpl"),)
# PRETTY_URLS = False
"""
}

MKDOCS_LANGUAGES = {
    "mkdocs.yml": "site_name: M\nplugins:\n- i18n:\n    languages:\n"
    "    - {locale: en, default: true}\n    - {locale: de, name: Deutsch}\n"
}

GATSBY_LANGUAGES = {
    "gatsby-config.js": "x = {plugins: [{resolve: 'gatsby-plugin-i18n', options: {langKeyDefault: 'en'}}]}"
}

VITEPRESS_MOVED = {
    ".vitepress/config.ts": "export default {rewrites: {'en/:rest*': ':rest*', 'parts/:part/src/:page': ':part/:page'}}"
}

JEKYLL_ROWS: list[tuple[str, str, dict[str, Any], str | None]] = [
    ("", "_posts/2020-01-02-a-walk.md", {}, "/2020/01/02/a-walk.html"),
    ("", "_posts/2020-01-02-a-walk.md", DAY, "/2021/03/04/a-walk.html"),
    ("", "_posts/2020-01-02-a-walk.md", {"categories": ["Trips", "uk"]}, "/trips/uk/2020/01/02/a-walk.html"),
    ("", "_posts/2020-01-02-a-walk.md", {"categories": "trips uk"}, "/trips/uk/2020/01/02/a-walk.html"),
    ("", "_posts/2020-01-02-a-walk.md", {"category": "trips"}, "/trips/2020/01/02/a-walk.html"),
    ("", "blog/_posts/2020-01-02-a-walk.md", {}, "/blog/2020/01/02/a-walk.html"),
    ("", "_posts/2020-01-02-A Walk.md", {}, "/2020/01/02/A-Walk.html"),
    ("", "_posts/2020-01-02-a.md", {"slug": "b"}, "/2020/01/02/b.html"),
    ("", "_posts/2020-01-02-a.md", {"permalink": "/x/"}, "/x/"),
    ("", "_posts/2020-01-02-a.md", {"permalink": "x/y.html"}, "/x/y.html"),
    ("", "_posts/2020-01-02-a.md", {"permalink": "/:year/:title/"}, "/2020/a/"),
    ("", "_drafts/a.md", {}, "/a.html"),
    ("", "about.md", {}, "/about.html"),
    ("", "about/index.md", {}, "/about/"),
    ("", "README.md", {}, "/"),
    ("", "_includes/a.html", {}, None),
    ("", "_notes/a.md", {}, None),
    ("permalink: pretty\n", "_posts/2020-01-02-a.md", {}, "/2020/01/02/a/"),
    ("permalink: pretty\n", "about.md", {}, "/about/"),
    ("permalink: ordinal\n", "_posts/2020-02-01-a.md", {}, "/2020/032/a.html"),
    ("permalink: weekdate\n", "_posts/2020-01-02-a.md", {}, "/2020/W01/Thu/a.html"),
    ("permalink: none\n", "_posts/2020-01-02-a.md", {"category": "b"}, "/b/a.html"),
    ("permalink: /blog/:title\n", "_posts/2020-01-02-a.md", {}, "/blog/a"),
    ("permalink: /blog/:title\n", "about.md", {}, "/about"),
    ("permalink: /:short_year/:i_month/:i_day/:slug/\n", "_posts/2020-01-02-A.B.md", {}, "/20/1/2/a-b/"),
    ("permalink: /:year-:month-:day-:title.html\n", "_posts/2020-01-02-a.md", {}, "/2020-01-02-a.html"),
    ("timezone: America/New_York\n", "_posts/2021-03-04-a.md", MOMENT, "/2021/03/03/a.html"),
    ("timezone: Etc/UTC\n", "_posts/2021-03-04-a.md", MOMENT, "/2021/03/04/a.html"),
    ("collections: {notes: {output: true}}\n", "_notes/b/a.md", {}, "/notes/b/a.html"),
    ("collections: {notes: {output: true, permalink: '/:collection/:path/'}}\n", "_notes/b/a.md", {}, "/notes/b/a/"),
    ("collections: {notes: {output: true, permalink: '/n/:name'}}\n", "_notes/A b.md", {}, "/n/a-b"),
    ("collections: {notes: {output: false}}\n", "_notes/a.md", {}, None),
    ("collections: {notes: {output: false}}\n", "_notes/a.md", {"permalink": "/x"}, "/x"),
    ("collections: [notes]\n", "_notes/a.md", {}, None),
    ("collections: {posts: {permalink: '/news/:title/'}}\n", "_posts/2020-01-02-a.md", {}, "/news/a/"),
    ("source: src\n", "src/about.md", {}, "/about.html"),
]
HUGO_ROWS: list[tuple[str, str, dict[str, Any], str | None]] = [
    ("", "content/posts/A Walk.md", {}, "/posts/a-walk/"),
    ("", "content/posts/a/index.md", {}, "/posts/a/"),
    ("", "content/posts/_index.md", {"slug": "ignored"}, "/posts/"),
    ("", "content/_index.md", {}, "/"),
    ("", "content/about.md", {}, "/about/"),
    ("", "content/posts/a.md", {"slug": "b"}, "/posts/b/"),
    ("", "content/posts/a/index.md", {"slug": "b"}, "/posts/b/"),
    ("", "content/posts/a.md", {"url": "/x/y.html"}, "/x/y.html"),
    ("", "content/posts/a.md", {"url": "x/"}, "/x/"),
    ("", "content/authors/jo/_index.md", {}, "/authors/jo/"),
    ("", "content/posts/2020-01-02-a.md", {}, "/posts/2020-01-02-a/"),
    ("[frontmatter]\ndate = [':filename', ':default']\n", "content/posts/2020-01-02-a.md", {}, "/posts/a/"),
    ("[permalinks]\nposts = '/:year/:month/:day/:slug/'\n", "content/posts/a.md", MOMENT, "/2021/03/04/its-a-title/"),
    ("[permalinks]\nposts = '/:year/:slug/'\n", "content/posts/a.md", {"slug": "b", **DAY}, "/2021/b/"),
    ("[permalinks]\nposts = '/:year/:slug/'\n", "content/posts/a.md", {}, "/posts/a/"),
    ("[permalinks]\nposts = '/blog/:title'\n", "content/posts/x/a.md", {}, "/blog/its-a-title/"),
    ("[permalinks]\nposts = '/blog/:slugorfilename/'\n", "content/posts/x/a.md", {}, "/blog/a/"),
    ("[permalinks]\nposts = '/:sections/:contentbasename/'\n", "content/posts/x/a.md", {}, "/posts/x/a/"),
    ("[permalinks]\nposts = '/:sections[1:]/:filename/'\n", "content/posts/x/a.md", {}, "/x/a/"),
    ("[permalinks]\nposts = '/:sections[last]/:filename/'\n", "content/posts/x/y/a.md", {}, "/y/a/"),
    ("[permalinks.page]\nposts = '/p/:slugorcontentbasename/'\n", "content/posts/a/index.md", {}, "/p/a/"),
    ("[permalinks.section]\nposts = '/p/'\n", "content/posts/_index.md", {}, "/p/"),
    ("[permalinks.page]\n'/' = '/top/:filename/'\n", "content/a.md", {}, "/top/a/"),
    ("uglyURLs = true\n", "content/posts/a.md", {}, "/posts/a.html"),
    ("contentDir = 'docs'\n", "docs/a.md", {}, "/a/"),
    ("[languages.en]\n[languages.fr]\n", "content/a.md", {}, "/a/"),
    ("[languages.en]\n[languages.fr]\n", "content/a.fr.md", {}, "/fr/a/"),
    (
        "[languages.en]\ncontentDir='content/en'\n[languages.fr]\ncontentDir='content/fr'\n",
        "content/fr/a.md",
        {},
        "/fr/a/",
    ),
    (
        "[languages.en]\ncontentDir='content/en'\n[languages.fr]\ncontentDir='content/fr'\n",
        "content/en/a.md",
        {},
        "/a/",
    ),
    ("defaultContentLanguage = 'fr'\n[languages.en]\n[languages.fr]\n", "content/a.fr.md", {}, "/a/"),
    ("defaultContentLanguageInSubdir = true\n[languages.en]\n", "content/a.md", {}, "/en/a/"),
    ("disablePathToLower = true\n", "content/Posts/A.md", {}, "/Posts/A/"),
    ("[[module.mounts]]\nsource = 'notes'\ntarget = 'content/n'\n", "notes/a.md", {}, "/n/a/"),
]
ZOLA_ROWS: list[tuple[str, str, dict[str, Any], str | None]] = [
    ("", "content/posts/a.md", {}, "/posts/a/"),
    ("", "content/posts/2020-01-02-a.md", {}, "/posts/a/"),
    ("", "content/posts/2020-01-02_a/index.md", {}, "/posts/a/"),
    ("", "content/posts/_index.md", {}, "/posts/"),
    ("", "content/_index.md", {}, "/"),
    ("", "content/posts/a.md", {"slug": "b"}, "/posts/b/"),
    ("", "content/posts/a.md", {"path": "2020/b"}, "/2020/b/"),
    ("", "content/posts/Été 1.2.md", {}, "/posts/ete-1-2/"),
    ("[slugify]\npaths = 'off'\n", "content/posts/A 1.md", {}, "/posts/A%201/"),
    ("[languages.fr]\n", "content/posts/a.fr.md", {}, "/fr/posts/a/"),
]
MKDOCS_ROWS: list[tuple[str, str, dict[str, Any], str | None]] = [
    ("", "docs/index.md", {}, "/"),
    ("", "docs/README.md", {}, "/"),
    ("", "docs/a/b.md", {}, "/a/b/"),
    ("", "docs/a/index.md", {}, "/a/"),
    ("use_directory_urls: false\n", "docs/a/b.md", {}, "/a/b.html"),
    ("docs_dir: pages\n", "pages/a.md", {}, "/a/"),
    ("x: !!python/name:a.b\ny: !ENV [Z, 1]\n", "docs/a.md", {}, "/a/"),
    ("plugins: [blog]\n", "docs/blog/posts/a.md", DAY, "/blog/2021/03/04/its-a-title/"),
    ("plugins: [blog]\n", "docs/blog/posts/a.md", {"slug": "b", **DAY}, "/blog/2021/03/04/b/"),
    (
        "plugins: [blog]\n",
        "docs/blog/posts/a.md",
        {"date": {"created": dt.date(2020, 1, 2)}},
        "/blog/2020/01/02/its-a-title/",
    ),
    ("plugins: [blog: {post_url_format: '{slug}'}]\n", "docs/blog/posts/a.md", DAY, "/blog/its-a-title/"),
    ("plugins: [blog: {blog_dir: .}]\n", "docs/posts/a.md", {"slug": "b", **DAY}, "/2021/03/04/b/"),
]
HEXO_ROWS: list[tuple[str, str, dict[str, Any], str | None]] = [
    ("", "source/_posts/a.md", DAY, "/2021/03/04/a/"),
    ("", "source/_posts/x/a.md", DAY, "/2021/03/04/x/a/"),
    ("permalink: :year-:i_month/:name.html\n", "source/_posts/x/a.md", DAY, "/2021-3/a.html"),
    ("permalink: :category/:title/\n", "source/_posts/a.md", {"categories": ["b", "c"]}, "/b/c/a/"),
    ("permalink: :category/:title/\n", "source/_posts/a.md", {}, "/uncategorized/a/"),
    ("new_post_name: :year-:month-:day-:title.md\n", "source/_posts/2020-01-02-a.md", {}, "/2020/01/02/a/"),
    ("", "source/_posts/2020-01-02-a.md", {}, "/2020/01/02/2020-01-02-a/"),
    ("", "source/_posts/a.md", {"permalink": "x/y/"}, "/x/y/"),
    ("", "source/about/index.md", {}, "/about/"),
    ("", "source/about.md", {}, "/about.html"),
    ("", "source/_drafts/a.md", {}, None),
]
DOCUSAURUS_ROWS: list[tuple[str, str, dict[str, Any], str | None]] = [
    ("|", "docs/a.md", {}, "/docs/a"),
    ("|", "docs/guides/index.md", {}, "/docs/guides/"),
    ("|", "docs/guides/README.mdx", {}, "/docs/guides/"),
    ("|", "docs/guides/guides.md", {}, "/docs/guides/"),
    ("|", "docs/01-start/02-install.md", {}, "/docs/start/install"),
    ("|", "docs/2020-01-02-a.md", {}, "/docs/2020-01-02-a"),
    ("|", "docs/1.2-notes.md", {}, "/docs/1.2-notes"),
    ("|", "docs/x/a.md", {"id": "b"}, "/docs/x/b"),
    ("|", "docs/x/a.md", {"slug": "/b"}, "/docs/b"),
    ("|", "docs/x/a.md", {"slug": "b"}, "/docs/x/b"),
    ("|", "docs/x/a.md", {"slug": "../b"}, "/docs/b"),
    ("|", "docs/a.md", {"slug": "/"}, "/docs/"),
    ("|", "blog/2020-01-02-a.md", {}, "/blog/2020/01/02/a"),
    ("|", "blog/2020-01-02-a/index.md", {}, "/blog/2020/01/02/a"),
    ("|", "blog/2020/01/02/a.md", {}, "/blog/2020/01/02/a"),
    ("|", "blog/2020-01-02-a.md", {"slug": "b"}, "/blog/b"),
    ("|", "blog/a.md", {}, "/blog/a"),
    ("|", "src/pages/help.md", {}, "/help"),
    ("|", "docs/_part.md", {}, None),
    ("routeBasePath: '/'|", "docs/a.md", {}, "/a"),
    ("path: 'text', routeBasePath: 'manual'|", "text/a.md", {}, "/manual/a"),
    ("|path: 'news', routeBasePath: 'news'", "news/2020-01-02-a.md", {}, "/news/2020/01/02/a"),
]
VERSIONED = {
    "docusaurus.config.js": "export default {url: 'https://s.example', baseUrl: '/', i18n: {defaultLocale: 'en', "
    "locales: ['en', 'fr']}, presets: [['classic', {docs: {routeBasePath: '/', sidebarPath: './s.js'}}]]}",
    "versions.json": '["2.0", "1.0"]',
}
VERSIONED_ROWS: list[tuple[str, dict[str, Any], str | None]] = [
    ("docs/a.md", {}, "/next/a"),
    ("versioned_docs/version-2.0/a.md", {}, "/a"),
    ("versioned_docs/version-1.0/x/a.md", {}, "/1.0/x/a"),
    ("i18n/fr/docusaurus-plugin-content-docs/current/a.md", {}, "/fr/next/a"),
    ("i18n/fr/docusaurus-plugin-content-docs/version-2.0/a.md", {}, "/fr/a"),
    ("i18n/fr/docusaurus-plugin-content-docs/version-1.0/a.md", {"slug": "/b"}, "/fr/1.0/b"),
    ("i18n/fr/docusaurus-plugin-content-blog/2020-01-02-a.md", {}, "/fr/blog/2020/01/02/a"),
    ("i18n/fr/docusaurus-plugin-content-pages/help.md", {}, "/fr/help"),
]
LAST_CURRENT = {
    "site/docusaurus.config.ts": "export default {url: 'https://s.example', baseUrl: '/', presets: [['classic', "
    "{docs: {routeBasePath: 'manual', lastVersion: 'current', versions: {'1.0': {path: 'old'}}}}]]}",
    "site/versions.json": '["2.0", "1.0"]',
}
OTHER_ROWS: list[tuple[Files, str, dict[str, Any], str | None]] = [
    ({"eleventy.config.js": "export default (c) => ({dir: {input: 'src'}});"}, "src/a/b.md", {}, "/a/b/"),
    ({".eleventy.js": ""}, "a/a.md", {}, "/a/"),
    ({".eleventy.js": ""}, "a.md", {"permalink": "/x/index.html"}, "/x/"),
    ({".eleventy.js": ""}, "posts/2020-01-02-a.md", {"permalink": "/p/{{ page.fileSlug }}/"}, "/p/a/"),
    ({".eleventy.js": ""}, "posts/a.md", {"permalink": "/{{ title | slugify }}/"}, "/it-s-a-title/"),
    ({".eleventy.js": ""}, "posts/a.md", {"permalink": "/{{ x.y }}/"}, "/posts/a/"),
    ({".eleventy.js": ""}, "posts/a.md", {"permalink": False}, None),
    (
        {"astro.config.mjs": "export default defineConfig({site: 'https://s.example'});"},
        "src/content/blog/A b.md",
        {},
        "/blog/a-b/",
    ),
    ({"astro.config.mjs": "export default defineConfig({site: 'https://s.example'});"}, "src/pages/a.md", {}, "/a/"),
    (
        {"astro.config.mjs": "import starlight from '@astrojs/starlight'; export default {site: 'https://s.example'};"},
        "src/content/docs/guides/a.md",
        {},
        "/guides/a/",
    ),
    (
        {"gatsby-config.js": "module.exports = {siteMetadata: {siteUrl: 'https://s.example'}}"},
        "content/blog/a/index.md",
        {},
        "/blog/a/",
    ),
    ({"gatsby-config.js": "module.exports = {}"}, "content/blog/a/index.md", {"slug": "/b"}, "/b"),
    ({"gatsby-config.js": "module.exports = {}"}, "content/blog/a.md", {"slug": "b"}, "/blog/b/"),
    ({"astro.config.mjs": "export default {}"}, "src/pages/A b/index.md", {}, "/a-b/"),
    ({".vitepress/config.ts": "export default {}"}, "guide/index.md", {}, "/guide/"),
    ({"logseq/config.edn": "{}"}, "assets/a.md", {}, None),
    ({}, "content/posts/a.md", {"slug": "/b"}, "/b"),
    (
        {"quartz.config.ts": "const config = {configuration: {baseUrl: 's.example'}}"},
        "content/A note.md",
        {},
        "/A-note",
    ),
    (
        {"quartz.config.ts": "const config = {configuration: {baseUrl: 's.example'}}"},
        "content/A note.md",
        {"permalink": "note"},
        "/A-note",
    ),
    ({".vitepress/config.ts": "export default {base: '/x/'}"}, "guide/a.md", {}, "/guide/a.html"),
    ({".vitepress/config.ts": "export default {cleanUrls: true}"}, "guide/a.md", {}, "/guide/a"),
    (NIKOLA, "posts/a.md", {}, "/blog/a/"),
    (NIKOLA, "posts/in/a.rst", {"slug": "b"}, "/blog/in/b/"),
    (NIKOLA, "posts/a.es.md", {}, "/es/blog/a/"),
    (NIKOLA, "pages/index.md", {}, "/"),
    (NIKOLA, "pages/about.md", {}, "/about/"),
    ({"conf.py": NIKOLA["conf.py"] + "PRETTY_URLS = False\n"}, "posts/a.md", {}, "/blog/a.html"),
    (GATSBY_LANGUAGES, "src/pages/a/index.md", {}, "/a/"),
    (GATSBY_LANGUAGES, "src/pages/a/index.en.md", {}, "/a/"),
    (GATSBY_LANGUAGES, "src/pages/a/index.pt-br.md", {}, "/pt-br/a/"),
    (GATSBY_LANGUAGES, "src/pages/b.fr.md", {}, "/fr/b/"),
    (VITEPRESS_MOVED, "en/guide/index.md", {}, "/guide/"),
    (VITEPRESS_MOVED, "en/a.md", {}, "/a.html"),
    (VITEPRESS_MOVED, "de/a.md", {}, "/de/a.html"),
    (VITEPRESS_MOVED, "parts/oar/src/a.md", {}, "/oar/a.html"),
    (VITEPRESS_MOVED, "parts/oar/b/src/a.md", {}, "/parts/oar/b/src/a.html"),
    ({".vitepress/config/index.ts": "", ".vitepress/config/shared.ts": "x = {cleanUrls: true}"}, "a.md", {}, "/a"),
    ({"logseq/config.edn": "{}"}, "pages/a___b.md", {}, "/page/a/b"),
    ({".obsidian/app.json": "{}"}, "Folder/A note.md", {}, "/Folder/A+note"),
    ({".obsidian/app.json": "{}"}, "Folder/A note.md", {"permalink": "notes/a"}, "/notes/a"),
    (MKDOCS_LANGUAGES, "docs/guide/a.md", {}, "/guide/a/"),
    (MKDOCS_LANGUAGES, "docs/guide/a.de.md", {}, "/de/guide/a/"),
    (MKDOCS_LANGUAGES, "docs/guide/index.de.md", {}, "/de/guide/"),
    (MKDOCS_LANGUAGES, "docs/guide/a.en.md", {}, "/guide/a/"),
    (MKDOCS_LANGUAGES, "docs/de/guide/a.md", {}, "/de/guide/a/"),
    (MKDOCS_LANGUAGES, "docs/en/guide/a.md", {}, "/guide/a/"),
    (MKDOCS_LANGUAGES, "docs/guide/a.fr.md", {}, "/guide/a.fr/"),
    ({"book.toml": "[book]\ntitle = 'B'\n"}, "src/README.md", {}, "/"),
    ({"book.toml": "[book]\ntitle = 'B'\n"}, "src/ch01/one.md", {}, "/ch01/one.html"),
    ({"book.toml": "[book]\nsrc = 'text'\n"}, "text/ch01/README.md", {}, "/ch01/"),
    ({"bridgetown.config.yml": "permalink: pretty\n"}, "src/about.md", {}, "/about/"),
    ({"bridgetown.config.yml": "permalink: /:slug/\n"}, "src/_posts/2020-01-02-a.md", {}, "/a/"),
    ({}, "01-app/02-guides/03-forms.md", {}, "/app/guides/forms"),
    ({}, "docs/01-app/index.md", {}, "/app/"),
    ({}, "docs/1.2/01-app.md", {}, "/1.2/01-app/"),
    ({}, "24-hours/3-ways.md", {}, "/24-hours/3-ways"),
    ({}, "01-walks/24-hours/10-a.md", {}, "/walks/hours/a"),
    ({}, "2020-01-02/a.md", {}, "/2020-01-02/a"),
    ({}, "user/pages/02.blog/post-one/item.md", {}, "/blog/post-one"),
    ({}, "src/routes/blog/first/+page.md", {}, "/blog/first"),
    ({}, "src/routes/(site)/about/+page.svx", {}, "/about"),
    ({}, "source/about.html.md", {}, "/about.html"),
    ({}, "a b.md", {}, "/a%20b"),
    ({}, "What is it?.md", {}, "/What%20is%20it%3F"),
    ({}, "notes/index.md", {}, "/notes/"),
    ({}, "README.md", {}, "/"),
    ({}, "content/blog/a.md", {}, "/blog/a/"),
    ({}, "content/en/blog/a.md", {}, "/blog/a/"),
    ({}, "content/authors/jo/_index.md", {"slug": "jo"}, "/authors/jo/"),
    ({}, "content/posts/a/index.md", {"slug": "b"}, "/posts/b/"),
    ({}, "docs/a.md", {}, "/a/"),
    ({}, "src/content/blog/a.md", {}, "/blog/a/"),
    ({}, "src/pages/a.md", {}, "/a/"),
    ({}, "_news/a.md", {}, "/news/a"),
    ({}, "_data/people/a.md", {}, None),
    ({}, "_posts/2020-01-02-a.md", {"category": "b"}, "/b/2020/01/02/a.html"),
    ({}, "source/_posts/a.md", DAY, "/2021/03/04/a/"),
    ({}, "website/docs/01-a.md", {}, "/docs/a"),
    ({}, "website/blog/2020-01-02-a.md", {}, "/blog/2020/01/02/a"),
    ({}, "blog/2020-01-02-a/index.md", {"slug": "b"}, "/blog/b"),
    ({}, "content/a.md", {"path": "2020/b"}, "/2020/b/"),
    ({}, "a.md", {"permalink": "x/y"}, "/x/y"),
    ({}, "a.md", {"slug": 2020}, "/2020"),
    ({"_quarto.yml": QUARTO}, "posts/a.qmd", {}, "/posts/a.html"),
    ({"_site.yml": "name: s\nbase_url: https://s.example\n"}, "_posts/2020-01-02-a/b.Rmd", {}, "/posts/2020-01-02-a/"),
    ({"_site.yml": "name: s\n"}, "about.Rmd", {}, "/about.html"),
    ({"_site.yml": "name: s\n"}, "index.Rmd", {}, "/"),
    ({"_site.yml": "name: s\n"}, "notes/a.md", {}, "/notes/a.html"),
    ({"_quarto.yml": QUARTO}, "posts/a/index.ipynb", {}, "/posts/a/"),
    ({"_quarto.yml": QUARTO}, "about.md", {"slug": "b"}, "/about.html"),
    ({"pelicanconf.py": PELICAN}, "content/x/a.md", {"slug": "b"}, "/b.html"),
    ({"pelicanconf.py": PELICAN}, "content/x/a.md", {}, "/its-a-title.html"),
    ({"pelicanconf.py": PELICAN}, "content/pages/a.md", {"slug": "b"}, "/pages/b.html"),
    ({"pelicanconf.py": PELICAN + "PATH = 'texts'\n"}, "texts/a.md", {"slug": "b"}, "/b.html"),
    (
        {"pelicanconf.py": PELICAN + "ARTICLE_URL = '{date:%Y}/{date:%b}/{category}/{slug}/'\n"},
        "content/Deep Sea/a.md",
        {"slug": "b", **DAY},
        "/2021/Mar/deep-sea/b/",
    ),
    ({"pelicanconf.py": PELICAN + "ARTICLE_URL = '{author}/{slug}/'\n"}, "content/a.md", {"slug": "b"}, None),
    ({"pelicanconf.py": PELICAN}, "content/a.md", {"slug": "b", "save_as": "c.html", "url": "c.html"}, "/c.html"),
    ({"docusaurus.config.js": ""}, "versioned_docs/version-1.2/01-a.md", {}, "/docs/1.2/a"),
    ({}, "website/i18n/fr/docusaurus-plugin-content-docs/current/a/index.md", {}, "/fr/docs/a/"),
    *((VERSIONED, *row) for row in VERSIONED_ROWS),
    (LAST_CURRENT, "site/docs/a.md", {}, "/manual/a"),
    (LAST_CURRENT, "site/versioned_docs/version-2.0/a.md", {}, "/manual/2.0/a"),
    (LAST_CURRENT, "site/versioned_docs/version-1.0/a.md", {}, "/manual/old/a"),
    ({}, "i18n/zh-CN/docusaurus-plugin-content-docs/version-2/a.md", {}, "/zh-CN/docs/2/a"),
    ({}, "i18n/fr/docusaurus-plugin-content-blog/2020-01-02-a.md", {}, "/fr/blog/2020/01/02/a"),
    ({"astro.config.mjs": STARLIGHT}, "src/content/docs/a/b.mdx", {}, "/a/b/"),
    ({"astro.config.mjs": STARLIGHT}, "src/content/docs/a/b.mdx", {"slug": "c/d"}, "/c/d/"),
    ({"next.config.mjs": ""}, "pages/docs/a.mdx", {}, "/docs/a"),
    ({"next.config.mjs": ""}, "pages/index.mdx", {}, "/"),
    ({"next.config.js": ""}, "src/app/(site)/a/page.mdx", {}, "/a"),
    ({"nuxt.config.ts": ""}, "content/1.guide/2.install.md", {}, "/guide/install"),
    ({"nuxt.config.ts": ""}, "content/1.guide/0.index.md", {}, "/guide"),
    ({"conf.py": SPHINX}, "guide/setup.md", {}, "/guide/setup.html"),
    ({"docs/source/conf.py": SPHINX}, "docs/source/guide/index.rst", {}, "/guide/"),
    ({}, "a.html", {}, "/a.html"),
    ({}, "b/a.htm", {"title": "A"}, "/b/a.htm"),
    ({}, "b/a.html", {"slug": "c"}, "/b/c"),
    ({}, "b/index.html", {}, "/b/"),
    ({}, "docs/a.html", {}, "/a.html"),
    ({}, "src/pages/a.html", {}, "/a/"),
    ({"mkdocs.yml": MKDOCS}, "docs/b/a.html", {}, "/b/a.html"),
]


def rows() -> list[tuple[Files, str, dict[str, Any], str | None]]:
    """Return every row of the tables above, with its configuration."""
    found = [({"_config.yml": JEKYLL + more}, *row) for more, *row in JEKYLL_ROWS]
    found += [({"hugo.toml": HUGO + more}, *row) for more, *row in HUGO_ROWS]
    found += [({"config.toml": ZOLA + more}, *row) for more, *row in ZOLA_ROWS]
    found += [({"mkdocs.yml": MKDOCS + more}, *row) for more, *row in MKDOCS_ROWS]
    found += [({"_config.yml": HEXO + more}, *row) for more, *row in HEXO_ROWS]
    found += [({"docusaurus.config.js": DOCUSAURUS % tuple(more.split("|"))}, *row) for more, *row in DOCUSAURUS_ROWS]
    return [*found, *OTHER_ROWS]  # type: ignore[list-item]


@pytest.mark.parametrize(("files", "path", "fields", "place"), rows())
def test_a_document_lives_where_its_generator_puts_it(
    files: Files, path: str, fields: dict[str, Any], place: str | None
) -> None:
    """Each generator's own rules decide, as its documentation has them; without configuration, its conventions."""
    found = places(settings_of(files), path, fields, title="It's a title")
    assert found[:1] == ([] if place is None else [place])
