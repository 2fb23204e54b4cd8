"""The one truth: statements of the same thing are found, merged and named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.errors import Problem
from graph.reading import Reading
from graph.records import Article, Image, Person, Provider, Topic
from graph.statements import StatedArticle
from graph.truth.articles import gather_articles
from graph.truth.merging import merge_articles
from graph.truth.naming import name_all
from graph.truth.people import People
from graph.truth.pictures import Pictures
from graph.truth.providers import NamedProviders
from graph.truth.topics import Topics

__all__ = ["Truth", "establish"]


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known: every node once, each naming the others by IRI. Nothing writes back to it."""

    base: str
    """What minted IRIs begin with; ends in `/`."""
    title: str
    """What the site is called."""
    articles: Mapping[str, Article]
    """By IRI, sorted; so are all that follow."""
    providers: Mapping[str, Provider]
    """Organisations that publish."""
    topics: Mapping[str, Topic]
    """Concepts that articles are about."""
    people: Mapping[str, Person]
    """Authors and people described."""
    images: Mapping[str, Image]
    """Pictures of all of them."""
    problems: tuple[Problem, ...]
    """Faults of the content, sorted by place."""
    files: int
    """Documents read."""
    self_links: int
    """Links of an article to itself, dropped."""
    repeated_links: int
    """Links that an article states more than once, dropped."""
    unmapped: tuple[tuple[str, int], ...]
    """Fields that no table row knows, with the number of records that hold them."""


def establish(reading: Reading, *, published_only: bool = False) -> Truth:
    """Merge what was read into one truth that does not depend on the order of reading.

    `published_only` leaves out articles that say they are unpublished, and what only they name. Linear in the number of
    statements, but for sorting.
    """
    problems = list(reading.problems)
    topics, people = Topics(reading.base), People(reading.base)
    named = NamedProviders(reading.base, reading.platforms)
    for statement in reading.statements:
        if not isinstance(statement.subject, StatedArticle):
            topics.describe(statement)
            people.describe(statement)
            named.describe(statement)
    topics.settle()
    people.settle()
    gathered = gather_articles(reading.statements, reading.base, published_only=published_only)
    providers = name_all(gathered.articles, topics, people, named)
    pictures = Pictures()
    merged = merge_articles(gathered, topics, people, providers, pictures)
    organisations = providers.records(pictures)
    concepts = topics.records(pictures)
    persons = people.records(topics, providers, pictures)
    return Truth(
        base=reading.base,
        title=reading.title,
        articles=merged.articles,
        providers=organisations,
        topics=concepts,
        people=persons,
        images=pictures.records(),
        problems=tuple(sorted({*problems, *merged.problems, *providers.problems()})),
        files=reading.files,
        self_links=merged.self_links,
        repeated_links=merged.repeated_links,
        unmapped=reading.unmapped,
    )
