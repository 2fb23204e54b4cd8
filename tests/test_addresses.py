"""Addresses that documents state: their own, the work's they describe, and those they only point to."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
import yaml

import graph
from graph.reading.faults import Faults
from graph.reading.settings import Settings
from graph.reading.stating import Stater
from graph.statements import StatedArticle
from graph.urls import match_key
from tests.worlds import BASE, built

NAMES = ("webUrl", "originalUrl", "url", "canonical", "canonical_url", "externalUrl", "external_url", "source_url")


def stated(text: str) -> tuple[StatedArticle, Faults]:
    """Return what the front matter of a document states, and its faults."""
    faults = Faults("a.md")
    return Stater(Settings()).article(yaml.safe_load(text), faults), faults


@pytest.mark.parametrize("name", [*NAMES, "canonicalURL", "canonicalUrl", "CanonicalUrl"])
def test_an_address_is_read_under_every_name(name: str) -> None:
    """Whatever a generator calls the address of an article, it is read."""
    article, faults = stated(f"{name}: https://s.example/a")
    assert article.url == "https://s.example/a"
    assert not faults.problems
    assert not article.extra


@pytest.mark.parametrize(("better", "worse"), list(combinations(NAMES, 2)))
def test_of_several_addresses_one_is_shown_and_all_lead_to_the_article(better: str, worse: str) -> None:
    """The address of the work comes before the page's own, and where it was first published comes last."""
    article, _ = stated(f"{worse}: https://s.example/worse\n{better}: https://s.example/better")
    assert article.url == "https://s.example/better"
    assert article.aliases == ("https://s.example/worse",)
    assert article.keys == ("s.example/better", "s.example/worse")


def test_an_address_that_is_none_does_not_hide_another() -> None:
    """What is no address is reported, and the next one counts."""
    article, faults = stated("webUrl: nonsense\ncanonical_url: https://s.example/a")
    assert article.url == "https://s.example/a"
    assert [problem.kind for problem in faults.problems] == ["invalid-url"]


@pytest.mark.parametrize("name", ["link", "website", "resource"])
def test_what_articles_point_to_makes_them_no_one_article(name: str) -> None:
    """Two posts about one page of another site are two articles, and both cite it."""
    outside = "https://out.example/thing"
    knowledge = built({path: {"title": path, name: outside} for path in ("a.md", "b.md")})
    assert [article.cites for article in knowledge.articles.values()] == [(outside,), (outside,)]
    assert all(article.url is None for article in knowledge.articles.values())


@pytest.mark.parametrize("name", ["url", "link", "website", "resource"])
def test_a_stub_is_known_by_what_it_points_to(name: str) -> None:
    """A stub in another document's list has no page of its own, so any address in it is its address."""
    page = "https://s.example/a"
    knowledge = built({"a.md": {"webUrl": page}, "b.md": {"title": "x", "related": [{"title": "A", name: page}]}})
    assert knowledge.articles[BASE + "article/b"].related == (page,)


@pytest.mark.parametrize("path", ["/new/", "/", "posts/new/", "./new/", "new.html", "/2020/a.html"])
def test_a_path_of_the_site_is_no_address_and_no_fault(path: str) -> None:
    """Hugo's `url` says where on the site a page stands; that is no address of another site, and nothing is wrong."""
    article, faults = stated(f"url: {path}\nsource_url: https://s.example/a")
    assert article.keys == ("s.example/a",)
    assert not faults.problems


@pytest.mark.parametrize("text", ["spring", "www.s.example/a", "s.example/a", "mailto:a@s.example", "'a b/c'"])
def test_what_is_neither_address_nor_path_is_a_fault(text: str) -> None:
    """An address without its scheme, another scheme, and a word are reported."""
    article, faults = stated(f"url: {text}")
    assert article.url is None
    assert [problem.kind for problem in faults.problems] == ["invalid-url"]


def test_the_website_of_a_person_is_theirs() -> None:
    """What for an article is only pointed to is the home page of a person."""
    knowledge = built({"_people/ann.md": {"name": "Ann", "website": "https://ann.example/"}})
    assert [person.url for person in knowledge.people.values()] == ["https://ann.example/"]


def test_the_owner_may_name_further_addresses(tmp_path: Path) -> None:
    """A field that the settings call `url` or `original_url` is read as an address."""
    (tmp_path / "article-graph.toml").write_text('[fields]\nurl = ["page"]\noriginal_url = ["seen_at"]\n')
    (tmp_path / "a.md").write_text("---\npage: https://s.example/a\nseen_at: https://s.example/b\n---\nText.\n")
    (article,) = graph.build(tmp_path).articles.values()
    assert (article.url, article.aliases) == ("https://s.example/a", ("https://s.example/b",))


def test_variants_of_an_address_are_one_article() -> None:
    """Documents that state one page under several of its addresses are about one article, which keeps them all."""
    pages = (
        "https://bücher.example/a/",
        "https://xn--bcher-kva.example/a/amp/",
        "https://bücher.example/b/../a/index.html",
    )
    knowledge = built({f"{number}.md": {"title": "A", "webUrl": page} for number, page in enumerate(pages)})
    (article,) = knowledge.articles.values()
    assert {match_key(address) for address in (article.url or "", *article.aliases)} == {"bücher.example/a"}
    assert article.sources == ("0.md", "1.md", "2.md")
