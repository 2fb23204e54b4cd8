"""What a site keeps for itself is no article and no problem, and what is not shown is marked as unpublished."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.explorer import to_explorer, to_fed_explorer
from graph.reading.not_articles import OWN_FILES, OWN_OUTPUT, why_no_article
from graph.reading.visibility import is_shown
from graph.truth import Truth
from tests.folders import write_files
from tests.packing import PACKERS

POST = "---\ntitle: A walk\n---\nUp and down.\n"
PAGE = "<!doctype html><html><head><title>A walk</title></head><body><p>Up and down.</p></body></html>"
TEMPLATE = "<html><head><title>{{ page.title }}</title></head><body>{% include nav.html %}{{ content }}</body></html>"
REFRESH = (
    '<!doctype html><html><head><meta http-equiv="refresh" content="0; url=/new/"></head><body>Moved.</body></html>'
)
FEED = (
    '---\nlayout: null\n---\n<?xml version="1.0"?>\n'
    "<feed>{% for post in site.posts %}{{ post.title }}{% endfor %}</feed>"
)

EMPTY = Truth("https://example.org/", "Site", {}, {}, {}, {}, {}, (), 0)
"""What an explorer page of nothing shows."""

NO_ARTICLES: Mapping[str, Mapping[str, str]] = {
    "for robots or tools": {
        "robots.txt": "User-agent: *",
        "deep/requirements-dev.txt": "numpy",
        "humans.txt": "Jo",
        "llms.txt": "# A site",
        "CMakeLists.txt": "project(x)",
        "LICENSE.txt": "MIT",
        "LICENSE.md": "MIT",
        "google0123456789abcdef.html": "google-site-verification",
        "404.html": PAGE,
        "well-known/security.txt": "Contact: mailto:ann@site.example\nExpires: 2027-01-01T00:00:00Z\n",
        "static/security.txt": "# Our policy\ncontact: https://site.example/report\n",
        "docs/_partial.mdx": "A part.",
    },
    "table of pages in files": {
        "Home 0123456789abcdef0123456789abcdef.csv": "Name,Date\nA,2024-03-04\n",
        "in/Tasks 0123456789abcdef0123456789abcdef_all.csv": "Name,Date\nA,2024-03-04\n",
    },
    "list in an export of Medium": {
        "claps/claps-0001.html": PAGE,
        "medium/users-following/users-following-0012.html": PAGE,
    },
    "table of contents": {
        "mdbook/SUMMARY.md": "# Summary\n\n[Introduction](README.md)\n\n- [A](a.md)\n- [Draft]()\n",
        "book/SUMMARY.md": "# Summary\n\n- [A](a.md)\n  - [B (part 2)](b.md)\n\n---\n\n# Part\n\n1. [C](<c d.md>)\n",
    },
    "part of the site's templates": {
        "_includes/head.html": TEMPLATE,
        "docs/_layouts/default.html": TEMPLATE,
        "_includes/note.md": POST,
    },
    "part of the site's generator": {
        "hugo/themes/x/exampleSite/a.md": POST,
        "hugo/archetypes/default.md": "---\ntitle: '{{ .Name }}'\n---\n",
        "hugo/layouts/index.html": TEMPLATE,
        "hugo/public/a/index.html": PAGE,
        "zola/templates/a.html": TEMPLATE,
        "hexo/scaffolds/post.md": POST,
        "mkdocs/site/index.html": PAGE,
    },
    "template": {
        "a.html": TEMPLATE,
        "b.html": "<body>{% for post in posts %}<li>{{ post.title }}</li>{% endfor %}</body>",
        "docs/index.html": "<!doctype html><title>A</title><div id=app></div><script>window.$docsify = {}</script>",
        "c.md": "---\ntitle: '{{title}}'\n---\n",
        "d.md": "---\ntitle: {{title}}\n---\n",
        "e.md": "---\ncreated: <% tp.date.now() %>: x\n---\n",
        "f.md": "---\ncreated: <% tp.file.creation_date() %>\n---\nText.\n",
        "g.md": "---\ntags: a\n---\n\n# <% tp.file.title %>\n",
    },
    "redirect": {
        "a.html": REFRESH,
        "b.md": "---\nredirect_to: https://a.example/\n---\n",
        "c.md": "---\nlayout: redirect\n---\nGone elsewhere.\n",
        "d.md": "---\nredirect: /new/\n---\n",
    },
    "never rendered": {
        "a.md": "---\ntitle: A\nbuild: {render: never}\n---\nPart.\n",
        "b.md": "---\ntitle: A\n_build:\n  render: false\n---\nPart.\n",
        "c/index.md": "---\ntitle: A\nheadless: true\n---\nPart.\n",
        "d.md": "---\ntitle: A\npermalink: false\n---\nPart.\n",
        "e.md": "+++\ntitle = 'A'\nrender = false\n+++\n",
    },
    "feed or data": {
        "feed.html": FEED,
        "sitemap.html": "---\npermalink: /sitemap.xml\n---\n{% for page in pages %}{% endfor %}",
        "search.md": "---\npermalink: /search.json\n---\n[]",
        "drawing.html": "<svg></svg>",
    },
    "written by article-graph": {
        "explorer.html": to_explorer(EMPTY),
        "shared/map.html": to_fed_explorer(title="A & B"),
    },
    "error page": {
        "404.md": "# Page not found\n\nSorry.",
        "pages/404.markdown": "---\nlayout: error\n---\nSorry.",
    },
}
CONFIGURATIONS = {
    "hugo/hugo.toml": "",
    "zola/config.toml": "",
    "zola/content/a.md": POST,
    "hexo/_config.yml": "",
    "hexo/source/_posts/a.md": POST,
    "mkdocs/mkdocs.yml": "",
    "mkdocs/docs/a.md": POST,
}
ARTICLES = {
    "wiki/a/SUMMARY.md": "# Summary\n\n[Why](why.md)\n\nWe walked.\n",
    "wiki/SUMMARY.md": "# Summary\n\nWhat we did, and [why](a.md).\n",
    "docs/themes/intro.md": POST,
    "templates/letter.md": POST,
    "topics/security.txt": "Security\n========\n\nHow to contact: write to us.\n",
    "claps/claps-0001.md": POST,
    "other/claps-0001.html": PAGE,
    "news/news-2021.html": PAGE,
    "layouts/a.md": POST,
    "public/a.html": PAGE,
    "Templates/daily.md": "# Daily {{date}}\n\nWhat I did today.",
    "robots.md": "# Robots\n\nThey walk.",
    "requirements.md": "# Requirements\n\nShoes.",
    "docs/license.md": "# Licence\n\nEverybody may walk here.",
    "404.md": "# Room 404\n\nOn the fourth floor.",
    "redirects.md": "---\ntitle: Redirects\nredirect: /x\n---\nHow redirects work.\n",
    "templating.html": PAGE.replace("Up", "Write <code>{{ title }}</code> and <pre>{% if a %}</pre> to go up"),
    "mentions.html": PAGE.replace("down.", "down. " + "Many words are said here. " * 20 + "As in {{ title }}."),
    "liquid.md": "---\ntitle: A walk\n---\nThe title is {{ page.title }} {% if x %}.",
    "index.html": "---\nlayout: default\ntitle: Home\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}",
    "xhtml.html": '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><title>A</title><p>Up.</p></html>',
    "refreshed.html": PAGE.replace("<title>", '<meta http-equiv="refresh" content="600"><title>'),
    "generated.html": PAGE.replace("<title>", '<meta name="generator" content="article-graphics 2"><title>'),
    "told.html": PAGE.replace("Up", "Pages say &lt;meta name='generator' content='article-graph'&gt;. Up"),
    "content/_index.md": POST,
    "build.md": "---\ntitle: A\nbuild: 17\n---\nUp.",
    "rendered.md": "---\ntitle: A\nbuild: {render: always}\n---\nUp.",
    "braces.md": "---\ntitle: 'How {{ x }} works'\n---\nUp.",
}


def documents(knowledge: graph.KnowledgeGraph) -> set[str]:
    """Return the paths that articles were read from."""
    return {source for article in knowledge.articles.values() for source in article.sources}


def test_an_earlier_build_is_no_source(tmp_path: Path) -> None:
    """A build that lies among the documents is passed over and counted, its page also where it was copied to."""
    write_files(tmp_path, {"a.md": POST})
    graph.publish(graph.build(tmp_path), tmp_path / "built", formats=["html", "nt"])
    (tmp_path / "copy.html").write_bytes((tmp_path / "built" / "explorer.html").read_bytes())
    knowledge = graph.build(tmp_path)
    assert documents(knowledge) == {"a.md"}
    assert dict(knowledge.info().passed_over) == {OWN_OUTPUT: 7}


def test_all_files_of_a_build_are_known(tmp_path: Path) -> None:
    """Every file that a build can write beside its folder of triples is one that is passed over."""
    write_files(tmp_path, {"a.md": POST})
    knowledge = graph.build(tmp_path)
    graph.publish(knowledge, tmp_path / "built", evidence=True)
    names = {path.name for path in (tmp_path / "built").iterdir() if path.is_file() and path.name[0] != "."}
    assert names | {"explorer.data"} == OWN_FILES


@pytest.mark.parametrize("reason", NO_ARTICLES)
@pytest.mark.parametrize("pack", [None, PACKERS["zip"]], ids=["folder", "zip"])
def test_what_is_no_article(tmp_path: Path, reason: str, pack: object) -> None:
    """The site's own files make no article and no problem; they are counted by the reason, in folders and archives."""
    files = {**NO_ARTICLES[reason], **CONFIGURATIONS, "a-walk.md": POST, "notes/b.md": POST}
    if callable(pack):
        source = pack(tmp_path, [(name, text.encode()) for name, text in files.items()])
    else:
        source = write_files(tmp_path, files)
    knowledge = graph.build(source)
    expected = {name for name in files if name.endswith(".md") and name not in NO_ARTICLES[reason]}
    assert documents(knowledge) == expected
    assert not knowledge.problems
    assert dict(knowledge.info().passed_over) == {reason: len(NO_ARTICLES[reason])}


def test_what_is_an_article(tmp_path: Path) -> None:
    """Articles that only resemble a site's own files by name or content are articles."""
    knowledge = graph.build(write_files(tmp_path, ARTICLES))
    assert documents(knowledge) == set(ARTICLES)
    assert not knowledge.info().passed_over


HIDDEN = [
    "status: draft",
    "status: Pending",
    "status: private",
    "publish: false",
    "publish: 'no'",
    "dg-publish: false",
    "private: true",
    "visibility: private",
    "draft: true",
    "published: false",
    "draft: false\nstatus: draft",
]
SHOWN = ["status: published", "publish: true", "draft: false", "published: true", "publish: true\nstatus: done"]
SILENT = ["status: done", "hidden: true", "unlisted: true", "private: false", "status: [draft]", "publish: 2020-01-01"]


@pytest.mark.parametrize(
    ("text", "published"),
    [*((text, False) for text in HIDDEN), *((text, True) for text in SHOWN), *((text, None) for text in SILENT)],
)
def test_whether_a_document_is_shown(tmp_path: Path, text: str, published: bool | None) -> None:  # noqa: FBT001 - a value of a field
    """Each way of saying so is understood; what says nothing leaves it open."""
    write_files(tmp_path, {"a.md": f"---\ntitle: A\n{text}\n---\nUp."})
    (article,) = graph.build(tmp_path).articles.values()
    assert article.published is published
    assert bool(graph.build(tmp_path, published_only=True).articles) is (published is not False)


@pytest.mark.parametrize(("name", "published"), [("draft_A-walk-0123456789ab", False), ("draft_A-walk", None)])
def test_drafts_in_an_export_of_medium(tmp_path: Path, name: str, published: bool | None) -> None:  # noqa: FBT001 - a value of a field
    """They are known by the names of their files."""
    write_files(tmp_path, {f"posts/{name}.html": PAGE})
    (article,) = graph.build(tmp_path).articles.values()
    assert article.published is published


@pytest.mark.parametrize("text", [POST, "# A walk\n\nUp.", "---\ntitle: A\npublished: true\n---\nUp."])
@pytest.mark.parametrize("folder", ["_drafts", "source/_drafts/deep"])
def test_a_folder_of_drafts(tmp_path: Path, folder: str, text: str) -> None:
    """Whatever lies in a folder of drafts is a draft."""
    write_files(tmp_path, {f"{folder}/a.md": text})
    assert [article.published for article in graph.build(tmp_path).articles.values()] == [False]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    "title date layout permalink build _build headless render redirect redirect_to sitemap status publish private "
    "visibility".split()
)


@given(
    st.dictionaries(NAMES, VALUES, max_size=5) | st.none(), st.text(max_size=60), st.sampled_from(["a.md", "404.html"])
)
def test_no_field_is_too_odd(fields: dict[str, object] | None, text: str, path: str) -> None:
    """Whatever stands in a field, a document is judged and nothing raised."""
    assert isinstance(why_no_article(path, fields, text), str)
    assert is_shown(fields or {}, path) in {True, False, None}


@pytest.mark.parametrize(
    "text",
    [
        "<html>" + "{{" * 500_000,
        "<html>" + "<pre" * 250_000,
        "<html>" + "{%" * 500_000,
        "<html>{{" + "<" * 1_000_000,
        "<html><meta " + "http-equiv=refresh " * 60_000,
        "<html>{{" + "<!--" * 250_000,
    ],
    ids=range(6),
)
def test_hostile_pages_take_no_time(text: str) -> None:
    """A megabyte of what only begins like a template is judged in well under a second."""
    started = time.process_time()
    why_no_article("a.html", None, text)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("ending", ["Rmd", "qmd"])
def test_what_is_made_of_a_document_is_none(ending: str, tmp_path: Path) -> None:
    """Of an R Markdown or Quarto document and the pages made of it, the document counts; others of its name stay."""
    texts = {f"README.{ending}": POST, "README.md": POST, f"posts/walk.{ending}": POST, "posts/walk.html": PAGE}
    write_files(tmp_path, texts | {"posts/walk.knit.md": POST, "walk.html": PAGE, "notes/README.md": POST})
    knowledge = graph.build(tmp_path)
    sources = sorted(path for article in knowledge.articles.values() for path in article.sources)
    assert sources == sorted([f"README.{ending}", f"posts/walk.{ending}", "walk.html", "notes/README.md"])
    assert dict(knowledge.truth.passed_over) == {"made of another document": 3}


def test_fields_that_hold_nothing_are_no_fault(tmp_path: Path) -> None:
    """Templates of blogdown and distill write `slug: []` and `url: {}` where nothing is meant."""
    write_files(tmp_path, {"a.md": "---\ntitle: A\nslug: []\nurl: {}\nauthor:\n- name: Jo\n  url: {}\n---\nText.\n"})
    assert not graph.build(tmp_path).problems
