"""Feeds, exports, sitemaps, JSON and tables are sources: each row is an article, and nothing is fetched."""

from __future__ import annotations

import builtins
import json
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graph
from graph.knowledge import KnowledgeGraph
from graph.publishing.updating import update
from graph.reading.documents import read_document
from graph.reading.faults import Faults
from graph.reading.fields import ARTICLE
from graph.reading.files import is_list
from graph.reading.lists import ArticleRow, read_list
from graph.reading.settings import Settings
from graph.reading.stating import Stater
from graph.records import Article
from tests.folders import write_files
from tests.packing import packed_zip

SPECIMENS = Path(__file__).parent.parent / "examples" / "lists"
ENDINGS = [".atom", ".csv", ".json", ".jsonl", ".ndjson", ".rss", ".tsv", ".xml"]
SITE = "https://orchard.example"


@pytest.fixture(scope="module")
def lists() -> KnowledgeGraph:
    """Return the graph of the folder with a specimen of each form."""
    return graph.build(SPECIMENS)


def rows_of(name: str, text: str | bytes, *, is_named: bool = True) -> tuple[list[ArticleRow] | None, Faults]:
    """Return the rows of a list, and its faults."""
    faults = Faults(name)
    data = text.encode() if isinstance(text, str) else text
    rows = read_list(name, data, ARTICLE, faults, is_named=is_named)
    return (None if rows is None else list(rows)), faults


def kinds(faults: Faults) -> list[str]:
    """Return what kinds of faults there are, in order."""
    return [problem.kind for problem in faults.problems]


def build(folder: Path, name: str, text: str) -> KnowledgeGraph:
    """Return the graph of a folder that holds one file."""
    (folder / name).write_text(text, encoding="utf-8")
    return graph.build(folder)


def labels(knowledge: KnowledgeGraph, iris: tuple[str, ...]) -> list[str]:
    """Return what nodes are called."""
    truth = knowledge.truth
    return [(truth.topics.get(iri) or truth.people[iri]).label for iri in iris]


def test_the_specimens_are_read_without_a_fault(lists: KnowledgeGraph) -> None:
    """Every form is understood when it merely lies in a folder."""
    assert not lists.problems
    assert lists.truth.files == len(list(SPECIMENS.iterdir()))
    assert {article.sources for article in lists.articles.values()} == {(path.name,) for path in SPECIMENS.iterdir()}


def test_an_item_of_rss_is_an_article(lists: KnowledgeGraph) -> None:
    """Its link is the address it is known by; creator, categories, date, language and publisher come with it."""
    article = lists.articles[f"{SITE}/pruning/"]
    assert (article.label, article.published_at) == ("Pruning old apple trees", "2023-02-06T08:30:00Z")
    assert [label.lower() for label in labels(lists, article.topics)] == ["apples", "pruning"]
    assert labels(lists, article.authors) == ["Ann Lee"]
    assert (article.language, article.excerpt) == ("en-gb", "When to cut, and where.")
    assert article.provider == f"{SITE}/#organization"
    assert lists.truth.providers[f"{SITE}/#organization"].label == "The Orchard & Garden Review"
    assert article.word_count == 12


def test_a_guid_that_is_an_address_stands_for_a_missing_link(lists: KnowledgeGraph) -> None:
    """An item without a link is known by its identifier, where that is an address."""
    assert lists.articles[f"{SITE}/grafting/"].excerpt == "Two cuts & a piece of tape."


def test_links_in_a_body_lead_from_the_site_of_the_feed() -> None:
    """A relative link in the text of an item is resolved against the item's own address."""
    rows, _ = rows_of("blog.rss", (SPECIMENS / "blog.rss").read_bytes())
    assert rows is not None
    assert f'href="{SITE}/grafting/"' in rows[0].body
    assert rows[0].is_html


def test_links_in_a_body_are_links_of_their_row_alone(lists: KnowledgeGraph) -> None:
    """What the text of one item leads to, no other item of the file leads to; the line is that of the row."""
    pruning, grafting = (lists.articles[f"{SITE}/{name}/"] for name in ("pruning", "grafting"))
    assert (pruning.links, grafting.links) == ((grafting.iri,), ())
    (stated,) = lists.evidence(pruning.iri, grafting.iri)
    assert (stated.path, stated.line, stated.words) == ("blog.rss", 10, "we did when grafting")


def test_an_episode_has_a_duration_a_picture_and_its_recording(lists: KnowledgeGraph) -> None:
    """Durations are told as a clock shows them or in seconds."""
    one, two = (lists.articles[f"https://podcast.example/{number}"] for number in (1, 2))
    assert (one.type, one.duration, two.duration) == ("podcast", "PT1H2M3S", "PT25M0S")
    assert one.images == ("https://podcast.example/1.jpg",)
    assert one.extra == {"enclosure": "https://podcast.example/1.mp3"}


def test_atom_resolves_addresses_against_its_bases(lists: KnowledgeGraph) -> None:
    """`xml:base` of an entry counts for its link and its text; what an entry leaves open, the feed says."""
    article = lists.articles["https://planet.example/articles/pommiers"]
    assert (article.label, article.language) == ("Les pommiers", "fr")
    assert (article.published_at, article.modified_at) == ("2023-05-01T08:00:00Z", "2023-05-02T08:00:00Z")
    assert labels(lists, article.topics) == ["Pommes"]
    assert labels(lists, article.authors) == ["Claire Petit"]
    rows, _ = rows_of("planet.atom", (SPECIMENS / "planet.atom").read_bytes())
    assert rows is not None
    assert "https://planet.example/poiriers" in rows[0].body


def test_an_aggregator_names_whom_it_took_an_entry_from(lists: KnowledgeGraph) -> None:
    """The publisher of an entry with a source is the source."""
    article = lists.articles["https://elsewhere.example/pears"]
    assert article.provider == "https://elsewhere.example/#organization"
    assert lists.truth.people[article.authors[0]].url == "https://dan.example/"


def test_rss_1_is_read(lists: KnowledgeGraph) -> None:
    """A feed in RDF gives its items with Dublin Core's date and subject."""
    article = lists.articles["https://library.example/1"]
    assert (article.published_at, labels(lists, article.topics)) == ("2023-03-01T00:00:00Z", ["Books"])


def test_a_json_feed_is_read(lists: KnowledgeGraph) -> None:
    """Authors of the feed stand for those of an item, and the recording attached to it is kept."""
    ladders, tools = (lists.articles[f"https://shed.example/{name}"] for name in ("ladders", "tools"))
    assert labels(lists, ladders.authors) == labels(lists, tools.authors) == ["Eve Hall"]
    assert (ladders.published_at, ladders.excerpt) == ("2023-06-01T06:00:00Z", "On ladders with three legs.")
    assert (tools.published_at, tools.duration) == ("2023-06-02", "PT1M30S")


def test_wordpress_gives_posts_and_pages(lists: KnowledgeGraph) -> None:
    """Authors have the names that are displayed; drafts are unpublished; attachments and menus are no articles."""
    found = {iri: article for iri, article in lists.articles.items() if article.sources == ("wordpress.xml",)}
    assert list(found) == ["https://cider.example/?p=9", "https://cider.example/pressing-day/"]
    draft, post = found.values()
    assert (draft.published, draft.published_at) == (False, None)
    assert (post.published, post.published_at) == (True, "2023-09-30T10:00:00Z")
    assert post.modified_at == "2023-10-01T10:00:00Z"
    assert labels(lists, post.topics) == ["Cider", "Autumn"]
    assert labels(lists, post.authors) == ["Flo Green"]
    assert (post.excerpt, post.word_count) == ("How we press.", 2)


def test_ghost_joins_its_tables(lists: KnowledgeGraph) -> None:
    """Tags come in their order and without internal ones; the site's address is not invented."""
    swarm = lists.articles["https://example.org/article/ghost-first-swarm"]
    assert labels(lists, swarm.topics) == ["Bees"]
    assert labels(lists, swarm.authors) == ["Gus Webb"]
    assert (swarm.published, swarm.excerpt, swarm.word_count) == (True, "Bees left.", 3)
    hives = lists.articles["https://example.org/article/ghost-hives"]
    assert (hives.published, hives.type) == (False, "page")
    known = graph.build(SPECIMENS / "ghost.json", base="https://honey.example/")
    assert "https://honey.example/first-swarm/" in known.articles


def test_a_sitemap_gives_addresses_and_dates(lists: KnowledgeGraph) -> None:
    """Nothing but the address and the time of change is read, and the address names the page."""
    jam = lists.articles["https://market.example/stalls/jam?a=1&b=2"]
    assert (jam.label, jam.modified_at, jam.images) == ("jam", "2023-07-01", ())
    assert lists.articles["https://market.example/stalls/cheese-and-chutney"].label == "cheese and chutney"


def test_a_table_is_read_by_its_header(lists: KnowledgeGraph) -> None:
    """Delimiter and quotes are recognised, columns are known by the names of front matter, others are kept."""
    book = lists.articles["https://books.example/wild-apple"]
    assert (book.label, book.published_at) == ('The "wild" apple; a history', "2021-03-04")
    assert labels(lists, book.topics) == ["Apples", "History"]
    assert book.extra == {"rating": "5"}


def test_rows_without_an_address_have_names_and_can_be_linked(lists: KnowledgeGraph) -> None:
    """Such a row is named by its file and its slug or title, and other rows find it by either."""
    cordons = lists.articles["https://example.org/article/bookmarks-cordons"]
    assert cordons.related == ("https://links.example/espalier", "https://example.org/article/reading-a-pomology")
    (stated,) = lists.evidence(cordons.iri, cordons.related[1])
    assert (stated.path, stated.line) == ("bookmarks.jsonl", 2)


def test_a_table_may_call_the_title_otherwise(tmp_path: Path) -> None:
    """What front matter takes for a title is the title of a row, too."""
    (tmp_path / "walks.csv").write_text("Name,Date\nUp,2024-03-04\nDown,2024-03-05\n")
    knowledge = graph.build(tmp_path)
    assert [article.label for article in knowledge.articles.values()] == ["Down", "Up"]
    assert not knowledge.problems


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tables_have_any_usual_delimiter(delimiter: str) -> None:
    """The delimiter is the commonest in the header, wherever else it stands in quotes."""
    text = delimiter.join(["title", "url", "note"]) + "\n" + delimiter.join(['"a,b;c"', "https://x.example/1", "n"])
    rows, faults = rows_of("a.csv", "\ufeff" + text)
    assert rows is not None
    assert [row.fields["title"] for row in rows] == ["a,b;c"]
    assert not faults.problems


def test_a_quote_that_never_closes_costs_one_row() -> None:
    """The rows after it are read, and the fault names its line."""
    rows, faults = rows_of("a.csv", 'title,url\n"a,https://x.example/1\nb,https://x.example/2\nc,https://x.example/3\n')
    assert rows is not None
    assert [row.fields["title"] for row in rows] == ['"a', "b", "c"]
    assert [(problem.line, problem.kind) for problem in faults.problems] == [(2, "unclosed-quote")]


def test_a_cell_may_be_long_and_hold_lines() -> None:
    """Text of several lines, longer than the limit of Python's reader, is one cell; rows tell where they begin."""
    rows, faults = rows_of("a.csv", 'title,url,content\nA,https://x.example/1,"' + "word\n" * 50_000 + '"\nB,,\n')
    assert rows is not None
    assert [(row.line, len(row.body)) for row in rows] == [(2, len("word\n" * 50_000) - 1), (50_003, 0)]
    assert not faults.problems


def test_lines_of_json_that_cannot_be_read_are_problems() -> None:
    """Each has its line, and the others are read."""
    rows, faults = rows_of("a.jsonl", '{"title": "A"}\n{oops\n\n[1]\n{"title": "B"}\n')
    assert rows is not None
    assert [(row.line, row.fields["title"]) for row in rows] == [(1, "A"), (5, "B")]
    assert [(problem.line, problem.kind) for problem in faults.problems] == [(2, "invalid-json"), (4, "not-a-mapping")]


def test_objects_below_a_name_are_rows_with_lines() -> None:
    """A list may stand in an object, as answers of web services do; WordPress wraps its HTML."""
    post = {
        "id": 7,
        "date": "2023-01-01T00:00:00",
        "link": "https://x.example/7",
        "slug": "seven",
        "title": {"rendered": "Seven &amp; <em>more</em>"},
        "content": {"rendered": "<p>Text.</p>"},
        "author": 3,
        "tags": [4, 5],
    }
    rows, _ = rows_of("a.json", json.dumps({"count": 1, "posts": [post]}, indent=1), is_named=False)
    assert rows is not None
    (row,) = rows
    assert row.fields == {"date": post["date"], "url": "https://x.example/7", "title": "Seven & more"} | {"id": 7}
    assert (row.line, row.body, row.is_html, row.name) == (4, "<p>Text.</p>", True, "seven")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("package.json", '{"name": "x", "version": "1.0.0", "dependencies": {"a": "1"}}'),
        ("manifest.json", '{"title": "A", "url": "https://a.example/", "date": "2020-01-01"}'),
        ("theme.json", '{"title": "A", "date": "2020-01-01", "content": ["./a.html"], "text": "#fff"}'),
        ("tsconfig.json", '{// comment\n"compilerOptions": {}}'),
        ("menu.json", '[{"title": "Docs", "url": "/docs/"}, {"title": "Blog", "url": "/blog/"}]'),
        ("numbers.json", "[1, 2, 3]"),
        ("versions.json", '["1.0", "2.0"]'),
        ("events.jsonl", '{"level": "info"}\n{"level": "debug"}'),
        ("measures.csv", "time,value\n1,2\n"),
        ("names.csv", "name,url\nA,/a\n"),
        ("pom.xml", "<project><name>x</name></project>"),
        ("ontology.xml", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>'),
        ("feed.xml", '---\nlayout: null\n---\n<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>'),
        ("rss.xml", '<rss version="2.0"><channel><title>{{ .Site.Title }}</title></channel></rss>'),
        ("empty.json", ""),
        ("binary.csv", "\0\1\2" * 40),
    ],
)
def test_data_that_merely_lies_in_a_folder_is_passed_over(tmp_path: Path, name: str, text: str) -> None:
    """It is no article and no fault, and does not count as a document; named as a source, it is a fault."""
    (tmp_path / "note.md").write_text("# A note\n")
    knowledge = build(tmp_path, name, text)
    assert (knowledge.truth.files, len(knowledge.articles), knowledge.problems) == (1, 1, ())
    (tmp_path / "note.md").unlink()
    assert [problem.kind for problem in graph.build(tmp_path).problems] == ["no-documents"]
    if "{{" not in text and name not in {"names.csv", "menu.json", "manifest.json"}:
        (problem,) = graph.build(tmp_path / name).problems
        assert problem.path == name


FOREM = {
    "type_of": "article",
    "id": 12,
    "title": "Up the hill",
    "description": "A walk.",
    "slug": "up-the-hill-1a",
    "url": "https://forem.example/ada/up-the-hill-1a",
    "canonical_url": "https://ada.example/up-the-hill",
    "published_at": "2024-02-03T04:05:06Z",
    "tag_list": ["walks", "hills"],
    "tags": "walks, hills",
    "body_html": "<p>See <a href='https://b.example/down'>down</a>.</p>",
    "user": {"name": "Ada Holm", "username": "ada", "user_id": 7},
    "organization": {"name": "The Walkers", "slug": "walkers"},
}
"""An article as the API of Forem gives it."""


@pytest.mark.parametrize("text", [json.dumps([FOREM]), json.dumps(FOREM), json.dumps({"articles": [FOREM, FOREM]})])
def test_articles_of_forem(tmp_path: Path, text: str) -> None:
    """They have authors and publishers who are described in them, whether they stand alone or in a list."""
    knowledge = build(tmp_path, "12.json", text)
    (article,) = (one for one in knowledge.articles.values() if one.sources)
    assert (article.url, article.aliases) == (FOREM["url"], (FOREM["canonical_url"],))
    assert [knowledge.people[iri].label for iri in article.authors] == ["Ada Holm"]
    assert article.provider is not None
    assert knowledge.providers[article.provider].label == "The Walkers"
    assert [knowledge.topics[iri].label for iri in article.topics] == ["walks", "hills"]
    assert article.published_at == "2024-02-03T04:05:06Z"
    assert article.cites == ("https://b.example/down",)


@pytest.mark.parametrize(
    ("row", "authors"),
    [
        ({"user": "ada"}, 0),
        ({"user": 7}, 0),
        ({"user": {"id": 7}}, 0),
        ({"user": {"name": "Ada Holm"}, "author": "Bo Lind"}, 1),
        ({"user": {"name": "Ada Holm"}, "authors": ["Bo Lind"]}, 1),
    ],
)
def test_a_user_may_be_anybody(tmp_path: Path, row: dict[str, Any], authors: int) -> None:
    """A mere name of a user is no author, and a user is none where an author is stated."""
    knowledge = build(tmp_path, "a.json", json.dumps([{"title": "A", "url": "https://a.example/a", **row}]))
    assert [person.label for person in knowledge.people.values()] == ["Bo Lind"] * authors


def test_records_and_data_of_a_site_are_no_articles(tmp_path: Path) -> None:
    """Lists in the data folders of Jekyll and Hugo are what their pages are made from."""
    for folder in ("_data", "data", "src/data"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "links.json").write_text('[{"title": "A", "url": "https://x.example/a"}]')
    assert not graph.build(tmp_path).articles


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.json", "JSON Feed"), ("a.jsonl", "JSON object"), ("a.csv", "first row"), ("a.xml", "RSS")],
)
def test_a_named_file_that_is_not_understood_says_what_is_expected(tmp_path: Path, name: str, expected: str) -> None:
    """The remedy names what the file may hold."""
    (tmp_path / name).write_text('{"a": 1}' if "json" in name else "<a/>" if name == "a.xml" else "x,y\n1,2\n")
    (problem,) = graph.build(tmp_path / name).problems
    assert problem.kind == "not-a-list-of-articles"
    assert expected in problem.remedy


def test_an_index_of_sitemaps_is_told_once() -> None:
    """The sitemaps it names are not fetched, and one problem says so."""
    index = "<sitemapindex><sitemap><loc>https://x.example/1.xml</loc></sitemap><sitemap/></sitemapindex>"
    rows, faults = rows_of("a.xml", index)
    assert rows == []
    assert [(problem.kind, problem.fact) for problem in faults.problems] == [
        ("sitemap-index", "the file only names 2 other sitemaps, which are not fetched")
    ]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">',
        '<!ENTITY c SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;',
    ],
)
@pytest.mark.parametrize("root", ["rss", "urlset"])
def test_entities_are_refused(declaration: str, root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that declares entities is left out with a problem; nothing is expanded, opened or fetched."""
    _forbid_network_and_files(monkeypatch)
    inner = "<channel><item><title>&c;</title></item></channel>" if root == "rss" else "<url><loc>&c;</loc></url>"
    rows, faults = rows_of("a.xml", f"<!DOCTYPE {root} [{declaration}]><{root}>{inner}</{root}>")
    assert (rows, kinds(faults)) == ([], ["xml-entities"])


def test_an_address_as_a_feed_is_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that look like an address or a path are a text like any other."""
    _forbid_network_and_files(monkeypatch)
    for text in ("http://127.0.0.1:9/feed.xml", "/etc/passwd", '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/"><rss/>'):
        rows, _ = rows_of("a.rss", text)
        assert not rows


def _forbid_network_and_files(monkeypatch: pytest.MonkeyPatch) -> None:
    import feedparser  # noqa: F401 - it is loaded before nothing may be opened any more

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("something was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(builtins, "open", refuse)


def test_without_the_extra_each_feed_is_one_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names what to install; sitemaps, JSON and tables are read without it."""
    monkeypatch.setitem(sys.modules, "feedparser", None)
    knowledge = graph.build(SPECIMENS)
    assert {(problem.path, problem.kind) for problem in knowledge.problems} == {
        (name, "missing-extra") for name in ("blog.rss", "library.xml", "planet.atom", "podcast.xml", "wordpress.xml")
    }
    assert all("article-graph[feeds]" in problem.remedy for problem in knowledge.problems)
    assert "https://market.example/stalls/cheese-and-chutney" in knowledge.articles


ITEM = "<item><title>{0}</title><link>https://x.example/{0}</link></item>"


@pytest.mark.parametrize(
    ("broken", "kept"),
    [
        ("<item><title>Q & A</title><link>https://x.example/q?a=1&b=2</link></item>", "Q & A"),
        ("<item><title>Caf&eacute;&nbsp;1</title><link>https://x.example/c</link></item>", "Café 1"),
        ("<item><title>bell \x07 rings</title><link>https://x.example/b</link></item>", "bell rings"),
        ("<item><title>prefix</title><link>https://x.example/p</link><dc:date>2023-01-01</dc:date></item>", "prefix"),
        ("<item><title>never closed<link>https://x.example/n</link></item>", None),
        ("<item><title>cut off", None),
    ],
)
def test_a_feed_that_is_not_well_formed_is_mended(broken: str, kept: str | None) -> None:
    """What people often get wrong is read as it was meant; an item beyond that is left out, and all others stay."""
    text = f'<rss version="2.0">\n<channel>\n{ITEM.format(1)}\n{broken}\n{ITEM.format(2)}\n</channel>\n</rss>'
    rows, faults = rows_of("a.rss", text)
    assert rows is not None
    titles = [str(row.fields["title"]) for row in rows]
    assert titles == ["1", kept, "2"] if kept else ["1", "2"]
    assert [row.line for row in rows] == [3, 4, 5] if kept else [3, 5]
    assert set(kinds(faults)) == {"invalid-xml"}


def test_a_feed_in_another_encoding_is_read_as_it_declares() -> None:
    """An encoding that XML declares is no fault."""
    text = '<?xml version="1.0" encoding="windows-1251"?><rss><channel>' + ITEM.format("Яблоня") + "</channel></rss>"
    rows, faults = rows_of("a.rss", text.encode("cp1251"))
    assert rows is not None
    assert [row.fields["title"] for row in rows] == ["Яблоня"]
    assert not faults.problems


def _deep(count: int) -> str:
    return "<rss><channel><item>" + "<a>" * count + "</a>" * count + "</item></channel></rss>"


def _items(count: int, inner: str) -> str:
    return f'<rss version="2.0"><channel>{f"<item>{inner}</item>" * count}</channel></rss>'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.rss", _deep),
        ("a.rss", lambda count: _items(1, "<author>" + "a.a" * count + "</author>")),
        ("a.rss", lambda count: _items(1, "<category>a</category>" * count)),
        ("a.rss", lambda count: _items(1, "<description>" + "&lt;!--" * count + "</description>")),
        ("a.rss", lambda count: "\n" * count + _items(1, "")),
        ("a.rss", lambda count: _items(1, "<a " + " ".join(f"b{number}=''" for number in range(count)) + "/>")),
        ("a.rss", lambda count: _items(1, "".join(f"<p{number}:a/>" for number in range(count)))),
        ("a.rss", lambda count: "<rss><channel>" + "<item><b></item>" * count),
        ("a.rss", lambda count: "<rss><channel><item>" + "<![CDATA[" * count),
        ("a.xml", lambda count: "<urlset>" + "<url>" * count),
        ("a.xml", lambda count: "<urlset><url><loc>https://x.example/" + "a" * count + "</loc></url></urlset>"),
        ("a.json", lambda count: "[" * count),
        ("a.json", lambda count: '{"items":' * count),
        ("a.jsonl", lambda count: "{\n" * count),
        ("a.csv", lambda count: 'title,url\n"' + "a\n" * count),
        ("a.csv", lambda count: 'title,url\n"a\n' + 'b,"c\n' * count),
        ("a.csv", lambda count: "title" + "," * count),
        ("a.csv", lambda count: "title,url\n" + "," * count * 10),
        ("a.csv", lambda count: '"' * count + "title"),
    ],
)
def test_hostile_lists_take_time_in_proportion(
    name: str, make: Callable[[int], str], in_proportion: Callable[[Callable[[int], object]], None]
) -> None:
    """Four times the bytes take about four times as long, whatever they are."""
    in_proportion(lambda count: rows_of(name, make(count)))


def test_broken_items_hold_no_parser() -> None:
    """What parsed a broken item is freed at once, and does not wait until cycles are searched for."""
    import gc
    from xml.parsers import expat

    def parsers() -> int:
        return sum(type(one) is expat.XMLParserType for one in gc.get_objects())  # a proxy of what is gone has no class

    gc.disable()
    try:
        before = parsers()
        rows_of("a.rss", "<rss><channel>" + "<item><b></item>" * 50)
        assert parsers() < before + 5
    finally:
        gc.enable()


def test_wide_and_long_tables_are_bounded() -> None:
    """A line with a million cells is left out with a problem, and the next row is read."""
    rows, faults = rows_of("a.csv", "title,url\n" + "," * 1_000_000 + "\nA,https://x.example/1\n")
    assert rows is not None
    assert [(row.line, row.fields["title"]) for row in rows] == [(3, "A")]
    assert kinds(faults) == ["too-long"]


def test_blanks_in_a_cell_take_no_time(in_proportion: Callable[[Callable[[int], object]], None]) -> None:
    """A list in a cell is parted in linear time, whatever stands between its items."""
    rows, _ = rows_of("a.csv", "title,related\nA,x ;  y| z\n")
    assert rows is not None
    assert rows[0].fields["related"] == ["x", "y", "z"]
    in_proportion(lambda count: rows_of("a.csv", f"title,related\nA,x{' ' * count}y\n"))


def test_short_posts_are_called_by_their_first_words(tmp_path: Path) -> None:
    """A post without a title is called by its text if its address is a number, and by the address otherwise."""
    words = "The tide came in over the sand and took the last of the boats with it, far out to the island."
    text = "".join(
        f"<item><link>https://sea.example/{place}</link><description>{words}</description></item>"
        for place in ("112233", "the-tide")
    )
    knowledge = build(tmp_path, "feed.rss", f"<rss version='2.0'><channel><title>Sea</title>{text}</channel></rss>")
    assert {iri.rpartition("/")[2]: article.label for iri, article in knowledge.articles.items()} == {
        "112233": "The tide came in over the sand and took the last of the boats with it, far out…",
        "the-tide": "the tide",
    }


def test_articles_of_one_file_keep_apart(tmp_path: Path) -> None:
    """Equal titles are two articles; what one of them says is not said of another; leaving one out keeps the rest."""
    text = "title,tags,published,related\nSame,a,true,\nSame,b,true,\nOther,c,false,\nLast,d,true,Other|last|Same\n"
    knowledge = build(tmp_path, "list.csv", text)
    base = "https://example.org/article/list-"
    assert {iri: labels(knowledge, article.topics) for iri, article in knowledge.articles.items()} == {
        f"{base}last": ["d"],
        f"{base}other": ["c"],
        f"{base}same": ["a"],
        f"{base}same-2": ["b"],
    }
    assert knowledge.articles[f"{base}last"].related == (f"{base}other", f"{base}same")
    public = graph.build(tmp_path, published_only=True)
    assert list(public.articles) == [f"{base}last", f"{base}same", f"{base}same-2"]
    assert public.articles[f"{base}last"].related == (f"{base}same",)
    assert not public.problems


def test_lists_come_back_from_the_cache(tmp_path: Path) -> None:
    """A second build gives the same graph without reading anything; what is no list is remembered as none."""
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for path in SPECIMENS.iterdir():
        (source / path.name).write_bytes(path.read_bytes())
    (source / "package.json").write_text('{"name": "x"}')
    update([source], out, formats="nt")
    first = (out / "graph.nt").read_bytes()
    (source / "more.csv").write_text("title,url\nMore,https://x.example/more\n")
    update([source], out, formats="nt")
    assert b"https://x.example/more" in (out / "graph.nt").read_bytes()
    (source / "more.csv").unlink()
    update([source], out, formats="nt")
    assert (out / "graph.nt").read_bytes() == first
    assert json.loads((out / "info.json").read_text())["files"] == len(list(SPECIMENS.iterdir()))


@given(data=st.binary(max_size=300), ending=st.sampled_from(ENDINGS), is_named=st.booleans())
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused(data: bytes, ending: str, *, is_named: bool) -> None:
    """No bytes raise, whatever the file is called."""
    _read("a" + ending, data, is_named=is_named)


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=300)
def test_damaged_specimens_are_read_or_refused(data: st.DataObject) -> None:
    """No damage to a list raises: bytes that are lost, doubled or changed."""
    path = data.draw(st.sampled_from(sorted(SPECIMENS.iterdir())))
    whole = path.read_bytes()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(whole)))
        length = data.draw(st.integers(0, 40))
        put = data.draw(
            st.sampled_from([b"", b"<", b"&", b'"', b"]", b"{", b"\0", b"\xff", b"</item>", b"null", b"[]"])
        )
        whole = whole[:at] + put + whole[at + length :]
    _read(path.name, whole, is_named=data.draw(st.booleans()))


def _read(name: str, data: bytes, *, is_named: bool) -> None:
    faults = Faults(name)
    documents = [
        statement.document for statement in read_document(name, data, Stater(Settings()), faults, is_named=is_named)
    ]
    assert len(set(documents)) == len(documents)


JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    "title url date tags authors content slug id published image related duration db data posts items version".split()
)


@pytest.mark.slow
@given(rows=st.lists(st.dictionaries(NAMES, JSON_VALUES, max_size=6), max_size=6), wrapped=st.booleans())
@settings(max_examples=200)
def test_objects_of_any_shape_are_read_or_refused(rows: list[dict[str, Any]], *, wrapped: bool) -> None:
    """No value of a field raises, whatever its type."""
    _read("a.json", json.dumps({"items": rows} if wrapped else rows).encode(), is_named=True)


TITLES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


@pytest.mark.slow
@given(titles=st.lists(TITLES, min_size=1, max_size=20))
@settings(max_examples=100)
def test_as_many_articles_as_rows(titles: list[str]) -> None:
    """Each valid row of each form is one article with its title, in order."""
    pairs = [(title, f"https://x.example/{number}") for number, title in enumerate(titles)]
    objects = [{"title": title, "url": url} for title, url in pairs]
    forms = {
        "a.json": json.dumps(objects),
        "a.jsonl": "\n".join(map(json.dumps, objects)),
        "a.csv": "title,url\n" + "".join(f"{title},{url}\n" for title, url in pairs),
        "a.rss": _items_of(pairs),
    }
    for name, text in forms.items():
        rows, faults = rows_of(name, text)
        assert rows is not None
        assert [(row.fields["title"], row.fields["url"]) for row in rows] == pairs
        assert not faults.problems
    sitemap = "<urlset>" + "".join(f"<url><loc>{url}</loc></url>" for _, url in pairs) + "</urlset>"
    rows, _ = rows_of("a.xml", sitemap)
    assert [row.fields["url"] for row in rows or ()] == [url for _, url in pairs]


def _items_of(pairs: list[tuple[str, str]]) -> str:
    items = "".join(f"<item><title>{title}</title><link>{url}</link></item>" for title, url in pairs)
    return f'<rss version="2.0"><channel>{items}</channel></rss>'


def test_endings_tell_lists() -> None:
    """Every ending of a list is known in any case, and no other."""
    assert all(is_list("a/b" + ending.upper()) for ending in ENDINGS)
    assert not any(is_list(name) for name in ("a.md", "json", ".json/a.html", "a.yaml"))


def test_an_article_of_a_list_is_that_of_a_document(tmp_path: Path) -> None:
    """A feed beside the documents it was made from adds no article."""
    (tmp_path / "pruning.md").write_text(f"---\ntitle: Pruning old apple trees\nurl: {SITE}/pruning\n---\n\nText.\n")
    knowledge = build(tmp_path, "blog.rss", (SPECIMENS / "blog.rss").read_text())
    merged: Article = (
        knowledge.articles[f"{SITE}/pruning"]
        if f"{SITE}/pruning" in knowledge.articles
        else (knowledge.articles[f"{SITE}/pruning/"])
    )
    assert merged.sources == ("blog.rss", "pruning.md")
    assert len(knowledge.articles) == 2


WRITE_AS = {
    "username": "ada",
    "collections": [
        {
            "alias": "walks",
            "title": "Walks of Ada",
            "posts": [
                {"id": "a1", "slug": "up", "created": "2021-02-03T04:05:06Z", "title": "Up", "tags": ["hills"]}
                | {"updated": "2021-03-03T04:05:06Z", "language": "en", "body": "We went [down](/walks/down)."},
                {"id": "a2", "slug": "down", "title": "", "body": "# Down again\n\nText.", "tags": []},
            ],
        },
        {"alias": "empty", "title": "Nothing yet", "posts": None},
        7,
    ],
    "posts": [{"id": "a3", "slug": None, "title": "A draft", "body": "Words.", "created": "2022-02-03T04:05:06Z"}],
}


def test_an_export_of_write_as(tmp_path: Path) -> None:
    """Posts of all blogs and of none are articles, those of a blog below its name, and the blog is their publisher."""
    (tmp_path / "ada.json").write_text(json.dumps(WRITE_AS, indent=1))
    knowledge = graph.build(tmp_path, base="https://w.example/")
    found = {article.label: article for article in knowledge.articles.values()}
    assert sorted(found) == ["A draft", "Down again", "Up"]
    up, down = found["Up"], found["Down again"]
    assert (up.url, down.url, found["A draft"].url) == (
        "https://w.example/walks/up",
        "https://w.example/walks/down",
        None,
    )
    assert up.links == (down.iri,)
    assert [knowledge.providers[iri].label for iri in (up.provider, down.provider) if iri] == ["Walks of Ada"] * 2
    assert (up.published_at, up.modified_at, up.language) == ("2021-02-03T04:05:06Z", "2021-03-03T04:05:06Z", "en")
    assert [topic.label for topic in knowledge.topics.values()] == ["hills"]


def test_rows_of_a_blog_have_lines() -> None:
    """A post of a blog begins on the line of its object."""
    text = '{"collections": [\n{"posts": [\n{"id": "a", "body": "A"},\n\n{"id": "b", "body": "B"}]},\n'
    rows, _ = rows_of(
        "a.json", text + '{"posts": [\n{"id": "c", "title": "C"}]}],\n"posts": [\n{"id": "d", "title": "D"}]}'
    )
    assert [(row.name, row.line) for row in rows or ()] == [("a", 3), ("b", 5), ("c", 7), ("d", 9)]


@pytest.mark.parametrize(
    "blogs", ["[]", "7", "[7]", '[{"posts": 7}]', '[{"posts": [7]}]', '[{"posts": [{"title": "A"}]}]']
)
def test_other_collections_are_no_blogs(tmp_path: Path, blogs: str) -> None:
    """Data that merely call something collections are passed over."""
    assert not build(tmp_path, "a.json", f'{{"collections": {blogs}}}').articles


def test_line_ends_that_are_written_out(tmp_path: Path) -> None:
    """The table of Write.as names the blog of each post, and writes line ends as backslashes with an `n`."""
    table = "id,slug,blog,url,created,title,body\n"
    table += 'a1,up,walks,https://w.example/up,2021-02-03T04:05:06Z,Up,"One\\ntwo.\\n\\n## Later\\n\\nC:\\new"\n'
    (article,) = build(tmp_path, "posts.csv", table).articles.values()
    assert (article.excerpt, article.sections) == ("One two.", ("Later",))
    table = table.replace("\\n\\n", " ")
    (article,) = build(tmp_path, "posts.csv", table).articles.values()
    assert article.excerpt == "One\\ntwo. ## Later C:\\new"


def test_the_archive_of_a_blog_is_read(tmp_path: Path) -> None:
    """The `.bar` of micro.blog is an archive with a feed."""
    packed = packed_zip(tmp_path / "blog.bar", [("feed.json", (SPECIMENS / "feed.json").read_bytes())])
    assert graph.build(packed).articles == graph.build(SPECIMENS / "feed.json").articles


def test_the_table_of_a_newsletter_is_read(tmp_path: Path) -> None:
    """Substack's `posts.csv` says which posts are published, and calls their summaries subtitles."""
    table = (
        "post_id,post_date,is_published,type,title,subtitle\n12.up,2021-01-02T03:04:05.000Z,true,newsletter,Up,A walk\n"
    )
    table += "13.down,,false,newsletter,Down,\n"
    up, down = sorted(build(tmp_path, "posts.csv", table).articles.values(), key=lambda one: one.label, reverse=True)
    assert (up.label, up.published, up.excerpt, up.published_at) == ("Up", True, "A walk", "2021-01-02T03:04:05Z")
    assert (down.label, down.published) == ("Down", False)


def test_a_quote_that_never_closes_before_a_long_cell(tmp_path: Path) -> None:
    """A row whose quote never closes is read without quotes, however long its cells are."""
    write_files(tmp_path, {"a.csv": 'title,date,text\nA walk,2024-03-04,"' + "x" * 200_000 + "\nA rest,2024-03-05,Y\n"})
    knowledge = graph.build(tmp_path)
    assert {article.label for article in knowledge.articles.values()} == {"A walk", "A rest"}
    assert [problem.kind for problem in knowledge.problems] == ["unclosed-quote"]
