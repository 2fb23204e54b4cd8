"""Where nothing tells how a site addresses its documents, the links between them do."""

from __future__ import annotations

from pathlib import Path

import pytest

import graph

BASE = "https://s.example/"


def news(folder: Path, links: list[str], *, more: str = "") -> None:
    """Write five dated documents, the first of which links to the others."""
    place = folder / "content" / "news" / "2020"
    place.mkdir(parents=True)
    for number in range(1, 6):
        text = "\n\n".join(f"[x]({link})" for link in links) if number == 1 else "Text."
        head = f"title: T{number}\ndate: 2020-03-0{number}\n{more if number == 5 else ''}"
        (place / f"2020-03-0{number}-story-{number}.md").write_text(f"---\n{head}---\n{text}\n")


def addresses(folder: Path) -> set[str]:
    """Return where the documents are published."""
    return {article.url or "" for article in graph.build(folder, base=BASE).articles.values()}


@pytest.mark.parametrize("host", ["", "https://s.example", "http://www.s.example"])
@pytest.mark.parametrize("pattern", ["/{y}/{m}/{d}/{slug}/", "/blog/{y}/{slug}/", "/{slug}.html", "/x/{slug}/"])
def test_links_tell_the_pattern_of_a_folder(host: str, pattern: str, tmp_path: Path) -> None:
    """If links to three documents follow one pattern, all documents of the folder are addressed by it."""
    every = [pattern.format(y="2020", m="03", d=f"0{number}", slug=f"story-{number}") for number in range(1, 6)]
    news(tmp_path, [host + address for address in every[1:4]])
    assert addresses(tmp_path) == {BASE.rstrip("/") + address for address in every}


def test_two_links_are_not_enough(tmp_path: Path) -> None:
    """A pattern that only two documents are linked by may be chance."""
    news(tmp_path, ["/2020/03/02/story-2/", "/2020/03/03/story-3/"])
    assert "https://s.example/2020/03/02/story-2/" not in addresses(tmp_path)


def test_links_that_disagree_teach_nothing(tmp_path: Path) -> None:
    """Where links follow several patterns, none of them is believed."""
    news(tmp_path, ["/2020/story-2/", "/2020/story-3/", "/2020/story-4/", "/news/2020/story-2/", "/x/story-3/"])
    assert "https://s.example/2020/story-2/" not in addresses(tmp_path)


def test_a_document_keeps_the_address_that_it_states(tmp_path: Path) -> None:
    """A permalink beats what the other documents of the folder do."""
    news(tmp_path, [f"/2020/03/0{number}/story-{number}/" for number in (2, 3, 4)], more="permalink: /five/\n")
    assert "https://s.example/five/" in addresses(tmp_path)
    assert "https://s.example/2020/03/01/story-1/" in addresses(tmp_path)


def test_a_path_that_a_document_states_is_kept(tmp_path: Path) -> None:
    """Zola's `path` beats what the other documents of the folder do, and the path of a file does not."""
    links = [f"/2020/03/0{number}/story-{number}/" for number in (2, 3, 4)]
    for name, path in (("a", "five/x"), ("b", "five/x.md")):
        news(tmp_path / name, links, more=f"path: {path}\n")
    assert "https://s.example/five/x/" in addresses(tmp_path / "a")
    assert "https://s.example/2020/03/05/story-5/" in addresses(tmp_path / "b")


@pytest.mark.parametrize("start", ["/log", "", "https://s.example/log", "http://www.s.example/log"])
def test_a_site_below_a_path_is_not_below_it_twice(start: str, tmp_path: Path) -> None:
    """Where the site's own address has a path, links that name it and links that leave it out teach one pattern."""
    news(tmp_path, [f"{start}/2020/story-{number}/" for number in (2, 3, 4)])
    found = graph.build(tmp_path, base="https://s.example/log/").articles.values()
    assert {article.url for article in found} == {f"https://s.example/log/2020/story-{n}/" for n in range(1, 6)}


def test_days_in_the_zone_of_the_site_are_kept(tmp_path: Path) -> None:
    """Links that show the pattern do not move an article whose day is another one in the site's own time zone."""
    (tmp_path / "_config.yml").write_text("permalink: /news/:year/:month/:day/:title/\ntimezone: America/Los_Angeles\n")
    posts = tmp_path / "_posts"
    posts.mkdir()
    links = " ".join(f"[x](/news/2020/03/0{number}/story-{number}/)" for number in (2, 3, 4))
    for number in range(1, 6):
        hour = "02" if number == 5 else "20"
        head = f"title: T{number}\ndate: 2020-03-0{number} {hour}:00:00 +0000\n"
        (posts / f"2020-03-0{number}-story-{number}.md").write_text(f"---\n{head}---\n{links}\n")
    assert "https://s.example/news/2020/03/04/story-5/" in addresses(tmp_path)
    assert "https://s.example/news/2020/03/04/story-4/" in addresses(tmp_path)
