"""Backups of Blogger: posts and pages are articles, comments and settings are not."""

from __future__ import annotations

from pathlib import Path

import graph
from tests.folders import write_files

ATOM = "xmlns='http://www.w3.org/2005/Atom'"
KIND = (
    "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{}'/>"
)


def entry(number: int, title: str, inside: str) -> str:
    """Return an entry of a feed."""
    return (
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><title type='text'>{title}</title>"
        f"<published>2023-05-0{number}T08:00:00Z</published><author><name>Ada Berg</name></author>{inside}</entry>"
    )


def link(path: str) -> str:
    """Return the link of an entry to its page."""
    return f"<link rel='alternate' type='text/html' href='http://walks.example/{path}'/>"


BACKUP = (
    f"<?xml version='1.0'?><feed {ATOM} xmlns:app='http://purl.org/atom/app#'><title>Walks</title>"
    + entry(1, "Template: Walks", KIND.format("template"))
    + entry(2, "The name of the blog", KIND.format("settings"))
    + entry(3, "A walk", KIND.format("post") + "<category term='sea'/>" + link("2023/05/a-walk.html"))
    + entry(4, "Nice!", KIND.format("comment") + link("2023/05/a-walk.html?showComment=1"))
    + entry(5, "About", KIND.format("page") + link("p/about.html"))
    + entry(6, "A draft", KIND.format("post") + "<app:control><app:draft>yes</app:draft></app:control>")
    + "</feed>"
)


def of_today(kind: str, status: str, path: str, more: str = "") -> str:
    """Return what says of an entry of a backup of today what it is."""
    return (
        f"<blogger:type>{kind}</blogger:type><blogger:status>{status}</blogger:status><category term='sea'/>"
        f"<blogger:filename>{path}</blogger:filename><link/>{more}"
    )


TODAY = (
    f"<?xml version='1.0'?><feed {ATOM} xmlns:blogger='http://schemas.google.com/blogger/2018'><title>Walks</title>"
    + entry(3, "A walk", of_today("POST", "LIVE", "/2023/05/a-walk.html"))
    + entry(4, "Nice!", of_today("COMMENT", "LIVE", ""))
    + entry(5, "About", of_today("PAGE", "LIVE", "/p/about.html"))
    + entry(6, "A draft", of_today("POST", "DRAFT", ""))
    + entry(7, "Gone", of_today("POST", "LIVE", "/x.html", "<blogger:trashed>2023-06-01T08:00:00Z</blogger:trashed>"))
    + "</feed>"
)


def test_a_backup_is_its_posts_and_pages(tmp_path: Path) -> None:
    """Comments, templates and settings are left out; a draft has no address; what a post is is no topic."""
    write_files(tmp_path, {"blog.xml": BACKUP})
    knowledge = graph.build(tmp_path)
    assert sorted(knowledge.articles) == [
        "http://walks.example/2023/05/a-walk.html",
        "http://walks.example/p/about.html",
        "https://example.org/article/blog-a-draft",
    ]
    assert [topic.label for topic in knowledge.topics.values()] == ["sea"]
    assert not knowledge.problems
    assert len(graph.build(tmp_path, published_only=True).articles) == 2


def test_a_backup_of_today_states_paths(tmp_path: Path) -> None:
    """Posts lie at their paths below the base; comments and what was thrown away are left out."""
    write_files(tmp_path, {"feed.atom": TODAY})
    knowledge = graph.build(tmp_path, base="https://walks.example/")
    assert sorted(knowledge.articles) == [
        "https://walks.example/2023/05/a-walk.html",
        "https://walks.example/article/feed-a-draft",
        "https://walks.example/p/about.html",
    ]
    assert not knowledge.problems
    assert len(graph.build(tmp_path, published_only=True).articles) == 2
