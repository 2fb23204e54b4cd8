"""Everyone whom articles and people name is told to the collections, so that these are complete before any record."""

from __future__ import annotations

from collections.abc import Iterable

from graph.truth.articles import Same
from graph.truth.people import People
from graph.truth.providers import NamedProviders, Providers
from graph.truth.topics import Topics

__all__ = ["name_all"]


def name_all(
    articles: Iterable[Same], topics: Topics, people: People, providers: NamedProviders, *, nests: bool = False
) -> Providers:
    """Name the topics, authors and publishers of all articles, and whom people name; return who the providers are.

    `nests` says that a tag such as `area/health` always stands below `area`. An article counts
    once for each name, however many statements repeat it. Linear in the number of statements.
    """
    for same in articles:
        labels: dict[str, None] = {}
        broader: dict[tuple[str, str], None] = {}
        named: set[tuple[str | None, str]] = set()
        for _, (path, _), stated, _ in same.said:
            labels.update(dict.fromkeys(stated.topics))
            if stated.broader:
                broader.update(dict.fromkeys(stated.broader))
            publisher = stated.provider
            if publisher is not None and (publisher.domain, publisher.name) not in named:
                named.add((publisher.domain, publisher.name))
                providers.use(publisher, path)
            for author in stated.authors:
                people.use(author, path)
        for label in labels:
            topics.use(label)
        for pair in broader:
            for label in pair:
                if label not in labels:
                    topics.use(label)
            topics.put_below(*pair)
    people.name(topics, providers)
    topics.nest(everywhere=nests)
    return providers.settle()
