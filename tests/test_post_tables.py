"""Exports of Substack: a table of posts, and a page for each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import graph
from graph.publishing import update
from tests.folders import write_files
from tests.packing import PACKERS

BASE = "https://jane.substack.com/"
HEAD = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle\n"
EXPORT = {
    "posts.csv": HEAD
    + '1001.why-graphs,2023-04-05T10:00:00.000Z,true,,newsletter,everyone,Why graphs,"What they are, and why"\n'
    + "1002.how-to-begin,2023-05-05T10:00:00.000Z,true,,newsletter,only_paid,How to begin,\n"
    + "1003.not-yet,,false,,newsletter,everyone,Not yet,\n"
    + "1004.no-page,2023-06-05T10:00:00.000Z,true,,thread,everyone,No page,\n"
    + "1005,2023-06-06T10:00:00.000Z,true,,newsletter,everyone,No name,\n",
    "posts/1001.why-graphs.html": f'<p>See <a href="{BASE}p/how-to-begin">this</a>.</p><h2>More</h2><p>It.</p>',
    "posts/1002.how-to-begin.html": f'<p>Begin <a href="{BASE}p/why-graphs?utm_source=x">here</a>.</p>',
    "posts/1003.not-yet.html": "<p>Soon.</p>",
    "posts/1005.html": "<p>It has a number alone.</p>",
    "posts/1006.no-row.html": "<h1>No row</h1><p>It is not in the table.</p>",
    "posts/1001.opens.csv": "post_id,timestamp,email\n1001,2023-04-05T10:00:00.000Z,a@b.example\n",
}


def test_a_post_and_its_page_are_one_article(tmp_path: Path) -> None:
    """Titles, dates and drafts are those of the table, texts and links those of the page; its address is the post's."""
    knowledge = graph.build(write_files(tmp_path, EXPORT), base=BASE)
    articles = {article.label: article for article in knowledge.articles.values()}
    why, begin = articles["Why graphs"], articles["How to begin"]
    assert (why.iri, why.published_at, why.published) == (f"{BASE}p/why-graphs", "2023-04-05T10:00:00Z", True)
    assert why.excerpt == "What they are, and why"
    assert why.links == (f"{BASE}p/how-to-begin",)
    assert why.sources == ("posts/1001.why-graphs.html",)
    assert (begin.excerpt, begin.links) == ("Begin here.", (why.iri,))
    assert articles["Not yet"].published is False
    assert sorted(articles) == ["How to begin", "No name", "No page", "No row", "Not yet", "Why graphs"]
    assert articles["No page"].sources == ("posts.csv",)
    assert not knowledge.problems


def test_without_a_base_they_are_one_as_well(tmp_path: Path) -> None:
    """Where the address of the site is unknown, posts are named by their pages."""
    knowledge = graph.build(write_files(tmp_path, EXPORT))
    assert knowledge["Why graphs"].iri == "https://example.org/article/posts-1001-why-graphs"
    assert len(knowledge.articles) == 6


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_an_export_in_an_archive(tmp_path: Path, pack: Callable[..., Path]) -> None:
    """An archive of an export, wrapped in a folder or not, says what its folder does."""
    plain = graph.build(write_files(tmp_path / "export", EXPORT), base=BASE)
    for top in ("", "export-1/"):
        packed = graph.build(pack(tmp_path, [(top + name, text.encode()) for name, text in EXPORT.items()]), base=BASE)
        assert packed.articles == plain.articles


def test_a_changed_table_is_noticed(tmp_path: Path) -> None:
    """When only the table changes, the next build knows what it says now of the pages that did not."""
    source = write_files(tmp_path / "export", EXPORT)
    update(source, out=tmp_path / "out", formats="nt")
    table = source / "posts.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Why graphs", "Why not"), encoding="utf-8")
    update(source, out=tmp_path / "out", formats="nt")
    labels = {article.label for article in graph.open_exports(tmp_path / "out").articles.values()}
    assert "Why not" in labels
    assert "Why graphs" not in labels


@pytest.mark.parametrize(
    "table",
    [
        "title,date\nWhy graphs,2023-04-05\n",
        "",
        "\0",
        HEAD.replace(",", ";"),
        HEAD + '1001.why-graphs,"' + "x" * 200_000 + "\n",
        HEAD + "1001.why-graphs\n",
        HEAD + "1001.why-graphs,,,,,,,,,,,,,more\n",
    ],
    ids=["other columns", "empty", "zero", "semicolons", "a long cell", "a short row", "a long row"],
)
def test_other_tables_do_no_harm(tmp_path: Path, table: str) -> None:
    """A table of another form, or a broken one, leaves the pages as they are."""
    knowledge = graph.build(write_files(tmp_path, {**EXPORT, "posts.csv": table}))
    assert any(article.sources == ("posts/1003.not-yet.html",) for article in knowledge.articles.values())
