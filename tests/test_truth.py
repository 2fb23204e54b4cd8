"""Who is who: statements of the same thing become one record, whatever the order, and nothing is lost silently."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

import graph
from graph.analysis.registry import ANALYSES
from graph.reading import Reading, list_documents, read
from graph.records import Article
from graph.statements import References, StatedArticle, Statement
from graph.truth import Truth, establish
from tests.wholeness import assert_whole
from tests.worlds import BASE, Said, Site, built, sites, unpacked

PAGE = "https://news.example/a"


def reading_of(site: Site) -> Reading:
    """Return what the documents of a site say."""
    with unpacked(site) as folder:
        return read(list_documents([folder]))


def in_order(truth: Truth) -> list[object]:
    """Return all that a truth holds, the order of its records included."""
    return [list(value.items()) if isinstance(value, dict) else value for value in truth_fields(truth)]


def truth_fields(truth: Truth) -> Iterable[object]:
    """Return the values of a truth's fields."""
    return (getattr(truth, field.name) for field in fields(truth))


def copies(references: References) -> References:
    """Return the same references, with each stub an object of its own."""
    return References.of((line, replace(to) if isinstance(to, StatedArticle) else to) for line, to in references)


def stated_articles(reading: Reading) -> list[tuple[Statement, StatedArticle]]:
    """Return what documents state of themselves and, after them, of others."""
    own = [(statement, s) for statement in reading.statements if isinstance(s := statement.subject, StatedArticle)]
    stubs = [
        (statement, target)
        for statement, stated in own
        for _, target in (*stated.related, *stated.parts)
        if isinstance(target, StatedArticle)
    ]
    return own + stubs


@pytest.mark.slow
@settings(max_examples=50)
@given(sites(), st.randoms(use_true_random=False))
def test_the_order_of_reading_does_not_matter(site: Site, chance: random.Random) -> None:
    """Statements in any order give the same truth, in the same order."""
    reading = reading_of(site)
    shuffled = list(reading.statements)
    chance.shuffle(shuffled)
    assert in_order(establish(structs.replace(reading, statements=tuple(shuffled)))) == in_order(establish(reading))


def test_who_has_an_address_does_not_depend_on_the_order_of_reading(tmp_path: Path) -> None:
    """Of two documents with one permalink the same one has it, in whatever order they were read."""
    (tmp_path / "_config.yml").write_text("url: https://site.example\n")
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name}\npermalink: /page/\n---\n")
    reading = read(list_documents([tmp_path]))
    assert in_order(establish(structs.replace(reading, statements=reading.statements[::-1]))) == in_order(
        establish(reading)
    )


@pytest.mark.slow
@settings(max_examples=50)
@given(sites())
def test_sharing_equal_stubs_does_not_matter(site: Site) -> None:
    """Equal stubs say the same whether they are one object or many."""
    reading = reading_of(site)
    apart = []
    for statement in reading.statements:
        stated = statement.subject
        if isinstance(stated, StatedArticle):
            stated = replace(stated, related=copies(stated.related), parts=copies(stated.parts))
        apart.append(structs.replace(statement, subject=stated))
    assert in_order(establish(structs.replace(reading, statements=tuple(apart)))) == in_order(establish(reading))


@pytest.mark.slow
@settings(max_examples=50)
@given(sites(), st.randoms(use_true_random=False))
def test_splitting_a_source_does_not_matter(site: Site, chance: random.Random) -> None:
    """A site in one folder, or in two named in any order, gives the same truth."""
    parts: tuple[dict[str, Said], dict[str, Said]] = ({}, {})
    for path, said in site.items():
        parts[chance.randrange(2)][path] = said
    with unpacked(site) as whole, unpacked(parts[0]) as one, unpacked(parts[1]) as other:
        expected = in_order(graph.build(whole).truth)
        folders = [folder for folder, part in ((one, parts[0]), (other, parts[1])) if part]
        for order in (folders, folders[::-1]):
            assert in_order(graph.build(order).truth) == expected


@pytest.mark.slow
@settings(max_examples=50)
@given(sites())
def test_every_document_and_address_is_kept(site: Site) -> None:
    """Each document that states something backs a record, and each address it states leads to its article."""
    reading = reading_of(site)
    truth = establish(reading)
    records = [
        record for kind in (truth.articles, truth.providers, truth.topics, truth.people) for record in kind.values()
    ]
    assert {path for record in records for path in record.sources} == {
        statement.path for statement in reading.statements
    }
    kept = {
        address for article in truth.articles.values() for address in (article.url, *article.amp_urls, *article.aliases)
    }
    for _, stated in stated_articles(reading):
        assert kept.issuperset(address for address in (stated.url, *stated.amp_urls, *stated.aliases) if address)


@pytest.mark.slow
@settings(max_examples=50)
@given(sites())
def test_every_contradiction_is_told(site: Site) -> None:
    """A title or date of an article that another statement beats is in the problems."""
    reading = reading_of(site)
    truth = establish(reading)
    facts = " ".join(problem.fact for problem in truth.problems)
    for statement, stated in stated_articles(reading):
        if not stated.keys:
            continue
        holders = [a for a in truth.articles.values() if stated.url in (a.url, *a.amp_urls, *a.aliases)]
        assert len(holders) == 1, f"{statement.path}: {stated.url}"
        if stated.title is not None and stated.title != holders[0].label:
            shown = "".join(sign if sign.isprintable() else " " for sign in stated.title)
            assert f'"{shown}" here' in facts
        if stated.published_at not in {None, holders[0].published_at}:
            assert f'"{stated.published_at}" here' in facts


@pytest.mark.slow
@settings(max_examples=50)
@given(sites())
def test_every_link_is_an_edge_or_counted(site: Site) -> None:
    """A reference becomes an edge, a problem, or is counted as repeated or as a link to itself."""
    reading = reading_of(site)
    truth = establish(reading)
    unfound = {(problem.path, problem.fact) for problem in truth.problems if problem.kind == "missing-document"}
    followed = [
        target
        for statement, stated in stated_articles(reading)
        for _, target in (*stated.related, *stated.parts)
        if (statement.path, f'there is no document at "{target}"') not in unfound
    ]
    edges = sum(len(article.related) + len(article.parts) for article in truth.articles.values())
    assert len(followed) == edges + truth.link_counts.to_itself + truth.link_counts.repeated
    for article in truth.articles.values():
        assert article.iri not in (*article.related, *article.parts)
        assert len(set(article.related)) == len(article.related)


@pytest.mark.slow
@settings(max_examples=50)
@given(sites())
def test_all_names_lead_to_records(site: Site) -> None:
    """Every IRI that a record names is a record, under its own IRI, and no label is empty."""
    truth = built(site).truth
    assert_whole(truth)
    for article in truth.articles.values():
        assert truth.articles.keys() >= {*article.related, *article.parts}
        assert truth.topics.keys() >= {*article.topics, *article.mentions}
        assert not set(article.topics) & set(article.mentions)
        assert truth.people.keys() >= set(article.authors)
        assert article.provider is None or article.provider in truth.providers
        assert article.stub == (not article.sources)
    for topic in truth.topics.values():
        assert truth.topics.keys() >= set(topic.broader) - {topic.iri}
    for person in truth.people.values():
        assert truth.topics.keys() >= set(person.topics)
        assert person.affiliation is None or person.affiliation in truth.providers


def page(**said: object) -> dict[str, object]:
    """Return the fields of an article about the same page."""
    return {"webUrl": PAGE, **said}


def the_article(site: Site) -> Article:
    """Return the article of a site about the page."""
    knowledge = built(site)
    found = [article for article in knowledge.articles.values() if article.url == PAGE or PAGE in article.aliases]
    assert len(found) == 1
    return found[0]


FULL = {"excerpt": "x", "type": "article", "quality": 1, "category": "news", "publishedDateTime": "2019-01-01"}


@pytest.mark.parametrize(
    ("why", "site"),
    [
        (
            "a document beats a stub, however full the stub",
            {"b.md": page(title="Best"), "a.md": {"title": "x", "related": [page(title="Other", **FULL)]}},
        ),
        (
            "the fuller document beats the newer one",
            {"b.md": page(title="Best", **FULL), "a.md": page(title="Other", publishedDateTime="2024-01-01")},
        ),
        (
            "of equally full documents the newer one wins",
            {
                "b.md": page(title="Best", publishedDateTime="2024-01-01"),
                "a.md": page(title="Other", publishedDateTime="2023-01-01"),
            },
        ),
        ("of equals the smaller path wins", {"a.md": page(title="Best"), "b.md": page(title="Other")}),
        (
            "of stubs the fuller one wins",
            {
                "a.md": {"title": "x", "related": [page(title="Other")]},
                "b.md": {"title": "y", "related": [page(title="Best", **FULL)]},
            },
        ),
    ],
)
def test_which_statement_wins(why: str, site: Site) -> None:
    """A document beats a stub; then the fuller, the newer, the smaller path; the loser is reported."""
    knowledge = built(site)
    assert knowledge.articles[PAGE].label == "Best", why
    (problem,) = knowledge.problems if why.startswith(("a doc", "of equals", "of stubs")) else knowledge.problems[-1:]
    assert problem.kind == "title-contradiction"
    assert '"Other" here, but "Best" is used' in problem.fact
    assert problem.path in site


def test_what_the_winner_does_not_say_others_do() -> None:
    """Each field is taken from the best statement that says something; lists of others' topics and links are added."""
    article = the_article(
        {
            "a.md": page(title="Best", topics=["AI"], related=[{"webUrl": "https://b.example/1"}]),
            "b.md": {"title": "x", "related": [page(excerpt="Said elsewhere", quality=7)]},
        }
    )
    assert (article.label, article.excerpt, article.quality) == ("Best", "Said elsewhere", 7)
    assert article.sources == ("a.md",)
    assert not article.stub


def test_addresses_that_a_record_declares_are_its_own() -> None:
    """AMP, AMP-cache and original addresses lead to the article that declares them, also where a stub uses only one."""
    amp, original = "https://news.example/a/amp", "https://feeds.example/1"
    cache = "https://news-example.cdn.ampproject.org/c/s/news.example/a/amp"
    site: Site = {
        "a.md": page(title="Best", ampWebUrl=amp, cdnAmpWebUrl=cache, originalUrl=original),
        "b.md": {"title": "x", "related": [{"webUrl": amp}, {"webUrl": cache}, {"webUrl": original + "?utm_source=b"}]},
    }
    knowledge = built(site)
    article = knowledge.articles[PAGE]
    assert article.amp_urls == (cache, amp)
    assert article.aliases == (original,)
    (other,) = (found for found in knowledge.articles.values() if found.iri != PAGE)
    assert other.related == (PAGE,)
    assert knowledge.info().repeated_links == 2
    assert knowledge.info().stubs == 0


def test_links_to_oneself_and_repeated_links_are_dropped_and_counted() -> None:
    """Only links that say something new become relations."""
    links = [
        page(),
        {"webUrl": PAGE + "/#top"},
        {"webUrl": "https://b.example/1"},
        {"webUrl": "http://www.b.example/1/"},
    ]
    knowledge = built({"a.md": page(title="Best", related=links)})
    assert knowledge.articles[PAGE].related == ("https://b.example/1",)
    assert (knowledge.info().self_links, knowledge.info().repeated_links) == (2, 1)


def test_articles_without_an_address_are_named_by_their_path_and_stay_apart() -> None:
    """Two plain texts whose slugs would collide are two articles."""
    knowledge = built({"notes/A b.md": "# First", "notes/a-b.md": "# Second"})
    assert len(knowledge.articles) == 2
    assert BASE + "article/notes-a-b" in knowledge.articles
    assert {article.label for article in knowledge.articles.values()} == {"First", "Second"}


def test_an_article_whose_address_is_a_minted_name_is_not_that_topic() -> None:
    """An address under the base cannot make an article and a topic one node."""
    knowledge = built({"a.md": {"title": "x", "webUrl": BASE + "topic/ai", "topics": ["AI"]}})
    assert not knowledge.articles.keys() & knowledge.topics.keys()


def test_collections_name_their_items_by_path() -> None:
    """An item is the article whose document stands at that path, written with or without ending and underscores."""
    knowledge = built(
        {
            "_learning/courses/intro.md": {"title": "Intro", "webUrl": PAGE},
            "_learning/videos/two.md": {"title": "Two"},
            "_learning/collections/all.md": {
                "title": "All",
                "items": ["/learning/courses/intro", "videos/two.md", "lost"],
            },
        }
    )
    (collection,) = (article for article in knowledge.articles.values() if article.label == "All")
    assert [knowledge.articles[iri].label for iri in collection.parts] == ["Intro", "Two"]
    assert [(problem.kind, problem.path) for problem in knowledge.problems] == [
        ("missing-document", "_learning/collections/all.md")
    ]


def test_a_topic_is_one_whatever_its_spelling() -> None:
    """The commonest spelling is the label, others are kept; `C`, `C#` and `C++` stay three topics."""
    knowledge = built(
        {
            "a.md": {"title": "1", "topics": ["Developer tools", "C#"]},
            "b.md": {"title": "2", "topics": ["Developer Tools", "C++"]},
            "c.md": {"title": "3", "topics": ["Developer Tools", "C"]},
        }
    )
    assert {topic.label: topic.names for topic in knowledge.topics.values()} == {
        "Developer Tools": ("Developer tools",),
        "C#": (),
        "C++": (),
        "C": (),
    }


def test_the_taxonomy_has_the_last_word_on_topics() -> None:
    """The site's own record names a topic, gives it short names, a place in the hierarchy and keywords."""
    knowledge = built(
        {
            "a.md": {"title": "1", "topics": ["ai", "ML", "ml"]},
            "_data/topics/ai.md": {"name": "Artificial Intelligence", "shortname": "AI", "keywords": ["neural"]},
            "_data/topics/ml.md": {"name": "Machine Learning", "shortname": "ML", "parent": "AI"},
        }
    )
    assert [topic.label for topic in knowledge.topics.values()] == ["Artificial Intelligence", "Machine Learning"]
    ai, ml = knowledge.topics.values()
    assert (ai.names, ai.keywords) == (("AI", "ai"), ("neural",))
    assert (ml.names, ml.broader) == (("ML", "ml"), (ai.iri,))
    (article,) = knowledge.articles.values()
    assert article.topics == (ai.iri, ml.iri)


def test_spellings_of_a_provider_are_told() -> None:
    """The commonest name is the label; a percent-encoded spelling is the same name, and is reported."""
    names = ["Morningstar%2c Inc.", "Morningstar, Inc.", "Morningstar, Inc.", "Morningstar"]
    site: Site = {
        f"{number}.md": {"title": str(number), "provider": {"name": name, "domain": domain}}
        for number, (name, domain) in enumerate(zip(names, ["morningstar.com", "WWW.morningstar.com"] * 2, strict=True))
    }
    knowledge = built(site)
    (provider,) = knowledge.providers.values()
    assert (provider.iri, provider.label) == ("https://morningstar.com/#organization", "Morningstar, Inc.")
    assert provider.names == ("Morningstar", "Morningstar%2c Inc.")
    assert [(problem.kind, problem.path) for problem in knowledge.problems] == [("provider-spelling", "0.md")]


def test_on_a_platform_names_tell_providers_apart() -> None:
    """Two channels of one video site are two providers."""
    knowledge = built(
        {
            "a.md": {"title": "1", "provider": {"name": "Azure", "domain": "youtube.com"}},
            "b.md": {"title": "2", "provider": {"name": "Ann", "domain": "www.youtube.com"}},
        }
    )
    assert list(knowledge.providers) == ["https://youtube.com/#ann", "https://youtube.com/#azure"]
    assert not any(provider.parent for provider in knowledge.providers.values())


def test_a_site_may_name_further_platforms(tmp_path: Path) -> None:
    """On a platform that only the site knows of, the name tells providers apart as well."""
    (tmp_path / "article-graph.toml").write_text('platforms = ["blogs.example"]\n')
    for name in ("Ann", "Bob"):
        (tmp_path / f"{name}.md").write_text(f"---\nprovider: {{name: {name}, domain: blogs.example}}\n---\n")
    assert list(graph.build(tmp_path).providers) == ["https://blogs.example/#ann", "https://blogs.example/#bob"]


def test_authors_beside_a_publisher_are_the_articles() -> None:
    """Authors in the mapping of a publisher come after the article's own, for documents and for stubs."""
    people = [{"name": "Ann", "url": "https://ann.example/"}, "Bob"]
    provider = {"name": "News", "domain": "news.example", "authors": people}
    site: Site = {
        "a.md": {"title": "Own", "author": "Bob", "provider": provider},
        "b.md": {"title": "Beside", "related": [page(title="Stub", provider={**provider, "author": "Cy"})]},
        "c.md": {"title": "None", "provider": {"name": "News", "domain": "news.example"}},
    }
    knowledge = built(site)
    authors = {
        article.label: [knowledge.people[iri].label for iri in article.authors]
        for article in knowledge.articles.values()
    }
    assert authors == {"Own": ["Bob", "Ann"], "Beside": [], "Stub": ["Ann", "Bob", "Cy"], "None": []}
    assert {person.label: person.url for person in knowledge.people.values()}["Ann"] == "https://ann.example/"
    assert not knowledge.problems
    assert not knowledge.info().unmapped
    (provided,) = knowledge.providers.values()
    assert not provided.extra


def test_a_picture_may_be_stated_only_of_an_employer() -> None:
    """The logo of an organisation that only a person's record names is a picture of the graph."""
    logo = "https://news.example/logo.png"
    knowledge = built(
        {"_people/ann.md": {"name": "Ann", "affiliation": {"name": "News", "url": PAGE, "images": [logo]}}}
    )
    (provider,) = knowledge.providers.values()
    assert provider.images == (logo,)
    assert list(knowledge.images) == [logo]
    assert_whole(knowledge.truth)


def test_equal_stubs_count_once(tmp_path: Path) -> None:
    """What several documents say of an article in the same words counts once, however it is written down."""
    stub = {"webUrl": PAGE, "title": "Shared", "provider": {"name": "News"}, "authors": ["ann"], "mood": "good"}
    other = {"mood": "good", **stub, "publishedDateTime": None}
    for number, said in enumerate([stub, stub, other]):
        (tmp_path / f"{number}.md").write_text("---\n" + json.dumps({"related": [said]}) + "\n---\n")
    (tmp_path / "own.md").write_text("---\nauthors: [Ann]\n---\n")
    (person,) = graph.build(tmp_path).people.values()
    assert (person.label, person.names) == ("Ann", ("ann",))


def test_thousands_of_different_stubs_of_one_article() -> None:
    """Many statements about one article, all of them different, cost time in proportion to their number."""
    stubs = [page(title="Same", mood=number) for number in range(4_000)]
    began = time.process_time()
    knowledge = built({"a.md": {"title": "x", "related": stubs}})
    assert time.process_time() - began < 20
    assert knowledge.articles[PAGE].extra["mood"] == 0


def test_topics_that_are_above_each_other() -> None:
    """Topics whose parents form a circle are kept as stated, and nothing that follows parents runs in circles."""
    site: Site = {
        "a.md": {"title": "A", "topics": ["One", "Two", "Three"]},
        **{
            f"_data/topics/{name}.md": {"name": name, "parents": [parent]}
            for name, parent in (("One", "Two"), ("Two", "Three"), ("Three", "One"), ("Self", "Self"))
        },
    }
    knowledge = built(site)
    assert_whole(knowledge.truth)
    assert knowledge.topics[BASE + "topic/self"].broader == ()
    assert knowledge.topics[BASE + "topic/one"].broader == (BASE + "topic/two",)
    for analysis in ANALYSES.values():
        given: dict[str, Any] = dict(zip(analysis.arguments, ("One", "Three"), strict=False))
        analysis.run(knowledge.network, **given)
    knowledge.view("One", depth=9)


def test_a_topic_may_have_the_name_of_an_article() -> None:
    """An article and a topic of one name or slug are two nodes, whichever addresses the article has."""
    site: Site = {
        "topic/ai.md": {"title": "AI", "topics": ["AI"]},
        "ai.md": {"title": "AI", "slug": "ai", "webUrl": BASE + "topic/ai"},
        "_data/topics/ai.md": {"name": "AI", "slug": "ai", "parent": "ai"},
    }
    knowledge = built(site)
    assert_whole(knowledge.truth)
    assert list(knowledge.topics) == [BASE + "topic/ai"]
    assert len(knowledge.articles) == 2


def test_records_enrich_whom_articles_name() -> None:
    """An organisation's or a person's own record adds to the provider or author that articles name."""
    knowledge = built(
        {
            "a.md": {"title": "1", "provider": {"name": "News", "domain": "news.example"}, "authors": ["Ann Lee"]},
            "_data/organizations/n.md": {"name": "The News", "domain": "news.example", "description": "All of it."},
            "_people/ann.md": {
                "name": "Ann Lee",
                "bio": "Writes.",
                "affiliation": {"name": "News", "domain": "news.example"},
                "topics": ["AI"],
            },
        }
    )
    (provider,) = knowledge.providers.values()
    (person,) = knowledge.people.values()
    (article,) = knowledge.articles.values()
    assert provider.description == "All of it."
    assert {provider.label, *provider.names} == {"News", "The News"}
    assert (person.description, person.affiliation) == ("Writes.", provider.iri)
    assert [knowledge.topics[iri].label for iri in person.topics] == ["AI"]
    assert (article.authors, article.provider) == ((person.iri,), provider.iri)


def test_unpublished_articles_are_kept_and_marked_or_left_out() -> None:
    """`published_only` leaves out unpublished articles and what only they name, and links to them."""
    site: Site = {
        "hidden.md": {"title": "Hidden", "webUrl": PAGE, "published": False, "topics": ["Only here"]},
        "shown.md": {"title": "Shown", "published": True, "related": [{"webUrl": PAGE}], "items": ["hidden"]},
        "silent.md": {"title": "Silent"},
    }
    assert {article.label: article.published for article in built(site).articles.values()} == {
        "Hidden": False,
        "Shown": True,
        "Silent": None,
    }
    with unpacked(site) as folder:
        shown = graph.build(folder, published_only=True)
    assert {article.label for article in shown.articles.values()} == {"Shown", "Silent"}
    assert not shown.topics
    assert not shown.problems
    assert not any(article.related or article.parts for article in shown.articles.values())
