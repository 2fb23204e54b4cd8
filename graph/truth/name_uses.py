"""Counts every name that articles and people use, before any record is made."""

from __future__ import annotations

from collections.abc import Iterable

from graph.statements import StatedOwn
from graph.truth.occurrences import Same
from graph.truth.people import People
from graph.truth.providers import NamedProviders, Providers
from graph.truth.topics import Topics


def count_names(articles: Iterable[Same], topics: Topics, people: People, providers: NamedProviders) -> None:
    """Count the topics, authors and publishers that articles name.

    An article counts once for each topic and publisher, however many statements repeat it. Linear in the number of
    statements.
    """
    for same in articles:
        labels: dict[str, None] = {}
        broader: dict[tuple[str, str], None] = {}
        named: set[tuple[str | None, str]] = set()
        for _, place, stated, _ in same.said:
            labels.update(dict.fromkeys(stated.topics))
            if stated.broader:
                broader.update(dict.fromkeys(stated.broader))
            publisher = stated.provider
            if publisher is not None and (publisher.domain, publisher.name) not in named:
                named.add((publisher.domain, publisher.name))
                providers.use(publisher, place[0])
            for author in stated.authors:
                people.use(author, place)
            if stated.own is not None:
                _name_own(stated.own, place, labels, people, providers)
        for label in labels:
            topics.use(label)
        for pair in broader:
            for label in pair:
                if label not in labels:
                    topics.use(label)
            topics.put_below(*pair)


def settle_names(topics: Topics, people: People, providers: NamedProviders, *, nests: bool = False) -> Providers:
    """Return who the providers are, after the names of all articles are counted.

    With `nests` a tag such as `area/health` is always below `area`.
    """
    people.name(topics, providers)
    topics.nest(everywhere=nests)
    return providers.settle()


def _name_own(
    own: StatedOwn, place: tuple[str, int], labels: dict[str, None], people: People, providers: NamedProviders
) -> None:
    """Count what an article names in relations of the site's own; topics are added to `labels`."""
    for stated in own.topics.values():
        labels.update(dict.fromkeys(stated))
    for named in own.people.values():
        for person in named:
            people.use(person, place)
    for publishers in own.providers.values():
        for provider in publishers:
            providers.use(provider, place[0])
