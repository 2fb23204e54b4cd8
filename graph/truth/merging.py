"""Merges the statements about one article into one record; contradictions become problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import msgspec

from graph.errors import Problem
from graph.plain_fields import ArticleFields
from graph.reading.faults import LONGEST_PLACE, Faults
from graph.reading.own_fields import own_field
from graph.reading.prose import cut_at_word
from graph.records import NOTHING, Article, Derivation, Scalar
from graph.shelves import by_iri
from graph.statements import StatedArticle
from graph.truth.concepts import with_concept
from graph.truth.labels import name_of_place
from graph.truth.links import Links
from graph.truth.occurrences import Same
from graph.truth.people import People
from graph.truth.pictures import Pictures
from graph.truth.plain_values import PlainValues
from graph.truth.providers import Providers
from graph.truth.topics import Topics

_FACTS = PlainValues(ArticleFields, apart=("url", "amp_urls", "aliases"))
"""The plain fields without the addresses, which are merged below."""

_LONGEST_NAME = 80
"""Characters of the beginning of a text that stands for its title."""


class Merged(msgspec.Struct, frozen=True):
    """The merged articles, and what merging found."""

    articles: Mapping[str, Article]
    """By IRI, sorted."""
    derivations: Mapping[str, Derivation]
    """By IRI, sorted."""
    problems: Sequence[Problem]
    """Contradictions."""
    untitled: int
    """Articles with a document but without a stated title."""


def merge_articles(  # noqa: PLR0913 - what earlier stages found
    articles: Iterable[Same],
    mentions: Mapping[str, tuple[str, ...]],
    links: Links,
    topics: Topics,
    people: People,
    providers: Providers,
    pictures: Pictures,
    *,
    keep: Callable[[Iterator[Article]], Mapping[str, Article]] = by_iri,
) -> Merged:
    """Merge the statements of each article, field by field: the value is that of the best statement that has one.

    `mentions` are the topics that the texts of articles mention, by IRI. Topics, authors and publishers must have been
    named before. `keep` returns the merged articles by IRI. Linear in the number of statements.
    """
    problems: list[Problem] = []
    derivations: dict[str, Derivation] = {}
    untitled = 0

    def merging() -> Iterator[Article]:
        nonlocal untitled
        for same in articles:
            found = mentions.get(same.iri, ())
            article = _merge(same, links, topics_stated_by(same, topics), found, people, providers, pictures)
            if any(one.stated.own for one in same.said):
                article = _with_own(article, same, links, people, providers, topics)
            article, derived = with_concept(article, same, links, links.base)
            derivations.update(derived)
            problems.extend(_contradictions(same))
            untitled += not same.said[0].is_stub and not any(one.stated.title for one in same.said)
            yield article

    merged = keep(merging())
    return Merged(merged, dict(sorted(derivations.items())), problems, untitled)


def topics_stated_by(same: Same, topics: Topics) -> Mapping[str, str]:
    """Return the IRI of each label by which an article states a topic."""
    return {label: topics.iri(label) for one in same.said for label in one.stated.topics}


def prose_of(same: Same) -> str:
    """Return the title, the excerpt and the texts of an article, in which topics are found."""
    title = next((one.stated.title for one in same.said if one.stated.title), None)
    excerpt = next((one.stated.excerpt for one in same.said if one.stated.excerpt is not None), None)
    texts = [one.document.text for one in same.said if not one.is_stub]
    return "\n\n".join(filter(None, (title, excerpt, *texts)))


def _merge(
    same: Same,
    links: Links,
    labels: Mapping[str, str],
    mentions: tuple[str, ...],
    people: People,
    providers: Providers,
    pictures: Pictures,
) -> Article:
    statements = [one.stated for one in same.said]
    best = statements[0]
    only_stub = same.said[0].is_stub
    first_path, _ = same.said[0].place
    provider = None
    named: set[tuple[str, str | None]] = set()
    for stub, (path, line), stated, document in same.said:
        if stated.provider is not None and (stated.provider.name, stated.provider.domain) not in named:
            named.add((stated.provider.name, stated.provider.domain))
            iri = providers.iri(stated.provider)
            provider = provider or iri
            line = line if stub else document.lines.get("publisher", line)  # noqa: PLW2901 - a stub has but one line
            links.note(same.iri, "publisher", path, [(line, iri)])
    written = [[people.iri(author) for author in stated.authors] for stated in statements]
    for (stub, (path, line), stated, document), authors in zip(same.said, written, strict=True):
        if stated.topics:
            about = line if stub else document.lines.get("about", line)
            links.note(same.iri, "about", path, [(about, labels[label]) for label in stated.topics])
        if authors:
            by = line if stub else document.lines.get("author", line)
            links.note(same.iri, "author", path, [(by, author) for author in authors])
    if mentions:
        links.note(same.iri, "mentions", first_path, [(0, topic) for topic in mentions])
    amp_urls, aliases = _addresses(statements, best.url)
    paths = {one.place[0] for one in same.said if not one.is_stub}
    extra = {name: value for stated in reversed(statements) for name, value in stated.extra.items()}
    return Article(
        iri=same.iri,
        label=next((stated.title for stated in statements if stated.title), None)
        or _name_of(best, first_path, by_address=only_stub or bool(same.said[0].document.row)),
        url=best.url,
        amp_urls=amp_urls,
        aliases=aliases,
        images=pictures.add(next((stated.images for stated in statements if stated.images), ())),
        provider=provider,
        topics=tuple(dict.fromkeys(labels.values())),
        related=links.follow(same, "related", lambda stated: stated.related),
        parts=links.follow(same, "part", lambda stated: stated.parts),
        authors=tuple(dict.fromkeys(chain.from_iterable(written))),
        mentions=mentions,
        secured=any(stated.secured for stated in statements),
        stub=only_stub,
        sources=tuple(sorted(paths)),
        extra=dict(sorted(extra.items())) if extra else NOTHING,
        **_FACTS.of(statements),
    )


def _with_own(
    article: Article, same: Same, links: Links, people: People, providers: Providers, topics: Topics
) -> Article:
    """Add the relations and literals of the site's own.

    The values of a literal are those of the best statement; a relation leads to whatever any statement names.
    """
    relations: dict[str, dict[str, None]] = {}
    literals: dict[str, tuple[Scalar, ...]] = {}
    for stub, (path, line), stated, document in same.said:
        if stated.own is None:
            continue
        for name, values in stated.own.literals.items():
            literals.setdefault(name, values)
        found = [
            *((name, [topics.iri(label) for label in labels]) for name, labels in stated.own.topics.items()),
            *((name, [people.iri(person) for person in named]) for name, named in stated.own.people.items()),
            *((name, [providers.iri(one) for one in named]) for name, named in stated.own.providers.items()),
        ]
        for name, iris in found:
            at = line if stub else document.lines.get(own_field(name), line)
            links.note(same.iri, name, path, [(at, iri) for iri in iris])
            if iris:
                relations.setdefault(name, {}).update(dict.fromkeys(iris))
    return replace(
        article,
        relations={name: tuple(iris) for name, iris in sorted(relations.items())},
        literals=dict(sorted(literals.items())),
    )


def _addresses(statements: Sequence[StatedArticle], shown: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if len(statements) == 1:
        return tuple(sorted(statements[0].amp_urls)), tuple(sorted(statements[0].aliases))
    amp = {address for stated in statements for address in stated.amp_urls}
    others = {address for stated in statements for address in (stated.url, *stated.aliases) if address}
    return tuple(sorted(amp - {shown})), tuple(sorted(others - amp - {shown}))


def _name_of(stated: StatedArticle, path: str, *, by_address: bool) -> str:
    # A stub has no file, and a row of a list shares its file with others.
    name = name_of_place((stated.url if by_address else None) or path, is_file=not by_address)
    if by_address and stated.excerpt and not any(map(str.isalpha, name)):
        return cut_at_word(stated.excerpt, _LONGEST_NAME)
    return name


def _contradictions(same: Same) -> list[Problem]:
    """Report each title and date that differs from the one used, once, at the first place that states it."""
    if len(same.said) == 1:
        return []
    problems = []
    for field, kind, word in (
        ("title", "title-contradiction", "title"),
        ("published_at", "date-contradiction", "date of publication"),
    ):
        won: str | None = None
        others: dict[str, tuple[str, int]] = {}
        for _, place, stated, _ in same.said:
            value = getattr(stated, field)
            if value is None:
                continue
            if won is None:
                won = value
            elif not _agree(field, value, won) and (value not in others or place < others[value]):
                others[value] = place
        for value, (path, line) in sorted(others.items()):
            here, there = Faults.quote(value, LONGEST_PLACE), Faults.quote(won, LONGEST_PLACE)
            fact = f"the {word} of {same.iri} is {here} here, but {there} is used"
            problems.append(Problem(path, line, kind, fact, "Make them agree"))
    return problems


def _agree(field: str, one: str, other: str) -> bool:
    return one == other or (field == "published_at" and (one.startswith(other) or other.startswith(one)))
