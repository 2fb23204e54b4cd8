"""Write docs/recognised.md from the tables of the readers, and from what a build makes of small examples."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import graph
from graph.reading.archives import ARCHIVE_ENDINGS
from graph.reading.fields import ARTICLE, IMAGE, PERSON, PROVIDER, TOPIC, Dialect
from graph.reading.files import LIST_ENDINGS
from graph.reading.kinds import EXTRA_OF_ENDING, LOOK_LIKE_DOCUMENTS, RECORDS, read_endings
from graph.reading.parquet_documents import PARQUET_ENDING

HERE = Path(__file__).resolve().parent
BEGINNING = """\
# Recognised input

What article-graph reads, and what it does not: files, fields, dates, links. This page is written by `make docs` from
the tables that the readers use, its examples are results of real builds, and a test checks that it is up to date.

The [pages of dialects](dialects/README.md) say what is read from Hugo, Jekyll, Obsidian and others, and
[settings](settings.md) how to add to it.
"""
MEANINGS: Mapping[str, str] = {
    "aliases": "further addresses of the page, or further names of it, such as those of notes",
    "affiliation": "the organisation the person belongs to",
    "amp_url": "the address of the AMP page",
    "authors": "who wrote it",
    "cached": "whether the site keeps a copy of the picture",
    "category": "the category; a topic too, unless the document also has `webUrl`, `publishedDateTime` or `topics`",
    "cdn_amp_url": "the address of the page in an AMP cache",
    "description": "what it is",
    "domain": "the domain, such as `example.org`",
    "draft": "`true`: unpublished",
    "duration": "how long it takes",
    "ends_at": "when an event ends",
    "excerpt": "a summary; without one, the first paragraph",
    "hashtags": "hashtags",
    "heat": "a number: how much attention it gets",
    "height": "pixels",
    "id": "a name by which others may refer to it",
    "images": "pictures",
    "keywords": "words that point to the topic",
    "kind": "whether the document describes a topic, an organisation or a person",
    "language": "the language, such as `en`",
    "levels": "who a course is for",
    "links": "links to other documents",
    "location": "where the person lives or works",
    "mail": "dropped: mail addresses are not kept",
    "modified_at": "when it was last changed",
    "name": "the name",
    "names": "other names",
    "original_url": "another address of the same article",
    "outside": "addresses that it is about or points to; never its own address",
    "parent": "the topic above it",
    "parts": "the items of a collection",
    "path": "the address of the page on its site",
    "permalink": "the address of the page on its site",
    "price": "the price, as written",
    "profiles": "profiles elsewhere",
    "provider": "the publisher: a name, a domain, or both",
    "published": "`false`: unpublished",
    "published_at": "when it was published",
    "quality": "a number: how good it is",
    "ratings": "ratings: `average` and `count`",
    "redirects": "further addresses of the page",
    "related": "related articles",
    "secured": "never read: its content never leaves the reader",
    "shortname": "a short name",
    "slug": "the last part of its address",
    "starts_at": "when an event begins",
    "title": "the title; without one, the first heading or the name of the file",
    "topics": "topics",
    "type": "the type, such as `article`, `video`, `course`",
    "url": "the address of the article, by which it is known",
    "width": "pixels",
}
"""What each field means, in words for those who write it."""
RECORDS_BY_TITLE: Mapping[str, tuple[Dialect, Mapping[str, str]]] = {
    "Organisations": (PROVIDER, {"url": "the home page"}),
    "Topics": (TOPIC, {"description": "what it covers"}),
    "People": (PERSON, {"description": "a short biography", "topics": "what they know about", "url": "the home page"}),
    "Pictures": (IMAGE, {"title": "what it is called", "url": "the address of the picture"}),
}
"""The kinds of records beside articles, each with the fields that mean something else there."""
DATES = (
    "2020-11-30",
    "2020-11-30T20:35:00+02:00",
    "2020-11-30 20:35 Europe/Helsinki",
    "2020-11-30 08:35 PM EST",
    "2020/11/30",
    "20201130",
    "30.11.2020",
    "30/11/2020",
    "11/30/2020",
    "Nov 30, 2020",
    "30th of November 2020",
    "Mon, 30 Nov 2020 20:35:00 GMT",
    "1606768500",
    "2020-11-30 20:35",
    "03/04/2020",
    "2020-11",
    "November 2020",
    "yesterday",
)
LINKS = (
    "[words](b.md)",
    "[words](b.md#part)",
    "[words](/b)",
    "[words](b)",
    "[words][1] and, below, [1]: b.md",
    '<a href="b.md">words</a>',
    "[[b]]",
    "[[The other note]]",
    "[[b|words]]",
    "[[b#Part]]",
    "![[b]]",
    "[words](https://other.example/page)",
    "<https://other.example/page>",
    "https://other.example/page",
    "[words](nowhere.md)",
    "[words](LICENSE)",
    "[[nowhere]]",
    "[words](mailto:a@b.example)",
    "[words](#part)",
    "`[words](b.md)`",
    r"\[words](b.md)",
    "![picture](b.png)",
)
STATES = ("draft: true", "published: false", "publish: false", "private: true", "visibility: private", "status: draft")
SHOWN = ("hidden: true", "unlisted: true", "draft: false")


def code(text: str) -> str:
    """Return a text as code in a table."""
    sign = "``" if "`" in text else "`"
    space = " " if "`" in text else ""
    return f"{sign}{space}{text}{space}{sign}".replace("|", "\\|")


def codes(texts: Iterator[str]) -> str:
    """Return texts as code, sorted, with commas."""
    return ", ".join(map(code, sorted(texts)))


def spelled(names: tuple[str, ...]) -> list[str]:
    """Return names as the page shows them: in any case once, and four spellings of two words as `two words`."""
    once = list({name.lower(): name for name in reversed(names)}.values())[::-1]
    lowered = {name.lower() for name in once}
    found = []
    for name in once:
        words = name.lower().replace("_", " ").replace("-", " ")
        if " " in words and {words.replace(" ", sign) for sign in ("", "_", "-", " ")} <= lowered:
            name = words  # noqa: PLW2901
        elif any(" " in one and one.replace(" ", "") == name.lower() for one in lowered):
            continue
        if name not in found:
            found.append(name)
    return found


def table_of(dialect: Dialect, meanings: Mapping[str, str]) -> Iterator[str]:
    """Yield the fields of a kind of record as a table, given what they mean."""
    yield from ("| field | names, in order of preference | meaning |", "| --- | --- | --- |")
    for field, names in dialect.names.items():
        yield f"| `{field}` | {', '.join(map(code, spelled(names)))} | {meanings[field]} |"


def built(files: Mapping[str, str]) -> graph.KnowledgeGraph:
    """Return what a build makes of some files, at https://site.example/."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        return graph.build(folder, base="https://site.example/")


def article_of(fields: str, text: str = "") -> tuple[graph.Article, str]:
    """Return the article that a document with some front matter becomes, and the problem that it has."""
    other = "---\ntitle: The other note\n---\nSome text.\n\n## Part\n"
    knowledge = built({"a.md": f"---\ntitle: A note\n{fields}\n---\n{text}\n", "b.md": other})
    problem = next((problem.kind for problem in knowledge.problems), "")
    return next(one for one in knowledge.articles.values() if one.sources == ("a.md",)), problem


def files() -> Iterator[str]:
    """Yield the chapter about files."""
    always = read_endings() - EXTRA_OF_ENDING.keys()
    yield from ("## Files", "", "| files | read as |", "| --- | --- |")
    yield f"| {codes(iter(always))} | documents: Markdown, HTML, text, notebooks; of notebooks the texts only |"
    for ending, (_, extra) in EXTRA_OF_ENDING.items():
        yield f"| {code(ending)} | documents, with `pip install 'article-graph[{extra}]'` |"
    yield f"| {codes(iter(LIST_ENDINGS))} | [lists of articles](sources.md): feeds, exports, sitemaps, tables |"
    yield f"| {codes(iter(RECORDS))} | topics, organisations and people, in folders called `_data` or `data` |"
    yield f"| {codes(iter(ARCHIVE_ENDINGS))} | archives of all these |"
    yield f"| `{PARQUET_ENDING}` | a file, or a folder of files, of documents: in columns `path` and `content` |"
    unread = LOOK_LIKE_DOCUMENTS - read_endings() - EXTRA_OF_ENDING.keys() - LIST_ENDINGS
    yield f"| {codes(iter(unread))} | not read; `build` says how many there are, and `info` lists them |"
    yield ""
    yield "Files of other kinds, such as pictures and programs, are only counted. Some documents are passed over, such"
    yield "as templates and `robots.txt`: [settings](settings.md#what-is-not-an-article) list them. Nothing is fetched"
    yield "from the network, and nothing is run: neither templates nor scripts nor notebooks."


def fields() -> Iterator[str]:
    """Yield the chapter about fields."""
    yield from ("\n## Fields", "")
    yield "Names of fields are read in any case. A name that is shown with spaces may also be written as one word, with"
    yield "`_` or with `-`: `date created` stands for `dateCreated`, `date_created` and `date-created`, too. Where a"
    yield "document has several names of one field, the first in the table that has a value counts."
    yield ""
    yield "A site can add [further names](settings.md) and [fields of its own](settings.md#fields-of-your-own). All"
    yield "other fields are kept as attributes in the network. `article-graph info` counts them, except those that"
    yield "only say how a page is shown, such as `layout` and `weight`."
    yield from ("\n### Articles", "", *table_of(ARTICLE, MEANINGS))
    for title, (dialect, meanings) in RECORDS_BY_TITLE.items():
        yield from (f"\n### {title}", "", *table_of(dialect, {**MEANINGS, **meanings}))


def dates() -> Iterator[str]:
    """Yield the chapter about dates."""
    yield from ("\n## Dates", "", "| written | read as | problem |", "| --- | --- | --- |")
    for written in DATES:
        article, problem = article_of(f"date: {written}")
        found = article.published_at and code(article.published_at)
        yield f"| {code(written)} | {found or 'nothing'} | {problem and code(problem)} |"
    yield "\n[Settings](settings.md#when-an-article-was-published) say where dates are looked for, and"
    yield "[problems](problems.md#dates) what to do about each problem."


def links() -> Iterator[str]:
    """Yield the chapter about links."""
    yield from ("\n## Links", "", "In a text, beside a document `b.md` with the title `The other note`:", "")
    yield from ("| written | read as | problem |", "| --- | --- | --- |")
    for written in LINKS:
        article, problem = article_of("", written.replace(" and, below, ", "\n\n"))
        inside = "a link to `b.md`" if article.links else ""
        outside = f"a citation of {code(article.cites[0])}" if article.cites else ""
        yield f"| {code(written)} | {inside or outside or 'nothing'} | {problem and code(problem)} |"


def states() -> Iterator[str]:
    """Yield the chapter about what is published."""
    hidden = [state for state in (*STATES, *SHOWN) if article_of(state)[0].published is False]
    shown = [state for state in (*STATES, *SHOWN) if state not in hidden]
    yield from ("\n## Published or not", "")
    yield "| a document says | it is |"
    yield "| --- | --- |"
    yield f"| {', '.join(map(code, hidden))}; or it is in `_drafts/` | unpublished |"
    yield f"| {', '.join(map(code, shown))}; or nothing of this kind | published |"
    yield "\nUnpublished articles are in the graph, and are marked. `--published-only` leaves them out."


def page() -> str:
    """Return the whole page."""
    parts = (files, fields, dates, links, states)
    return "\n".join([BEGINNING, *(line for part in parts for line in part())]) + "\n"


if __name__ == "__main__":
    (HERE / "recognised.md").write_text(page(), encoding="utf-8")
