"""What the truth is made of: frozen records, one per node, that name each other by IRI.

Times are strings in canonical form, either `2023-05-23T06:51:00Z` (UTC, whole seconds) or `2023-05-23` where only a
day is known; text is free of control characters; every IRI is absolute and valid (RFC 3987).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from types import MappingProxyType

from graph.displays import to_html

__all__ = [
    "Article",
    "Collection",
    "Derivation",
    "Evidence",
    "Image",
    "Person",
    "Provider",
    "Record",
    "Scalar",
    "Topic",
    "to_datetime",
]

Scalar = str | int | float | bool
"""The value types that every view can carry."""

_NOTHING: Mapping[str, Scalar] = MappingProxyType({})
_NO_RELATIONS: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_NO_LITERALS: Mapping[str, tuple[Scalar, ...]] = MappingProxyType({})


def to_datetime(time: str | None) -> datetime | None:
    """Return a time of a record as an aware `datetime` in UTC: of a day alone its midnight, of `None` `None`."""
    return None if time is None else datetime.fromisoformat(time.removesuffix("Z")).replace(tzinfo=UTC)


class _Node:
    """What is a node, and how it shows itself: there are too many fields to show all."""

    __slots__ = ()
    label: str
    iri: str

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.label!r}{self._facts()}, <{self.iri}>>"

    def _facts(self) -> str:
        return ""

    def _repr_html_(self) -> str:
        """Return the fields that say something, as a notebook shows them."""
        values = ((field, getattr(self, field.name)) for field in fields(self))  # type: ignore[arg-type]
        return to_html(repr(self), [(field.name, value) for field, value in values if value not in (field.default, {})])


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that a record shows."""

    iri: str
    """The picture's absolute URL, its name everywhere."""
    width: int | None = None
    """Pixels."""
    height: int | None = None
    """Pixels."""
    cached: bool | None = None
    """Whether the site keeps a copy of its own."""
    title: str | None = None
    """What the picture is called."""

    def __repr__(self) -> str:
        size = f", {self.width} × {self.height}" if self.width and self.height else ""
        return f"<Image <{self.iri}>{size}>"


@dataclass(frozen=True, slots=True)
class Derivation:
    """How an article comes from something that it is based on, and what is said of that: no node of the network."""

    iri: str
    """`BASE/derivation/` and a digest of the article and what it is based on."""
    entity: str
    """What the article is based on: the IRI of an article, an address, or a minted name for what has none."""
    scope: str | None = None
    """What is meant, in words, where it has no address."""
    title: str | None = None
    """What it is called."""
    author: str | None = None
    """Who or what made it, as written."""
    usage_count: int | None = None
    """How often it was used."""
    used_from: str | None = None
    """The first day of that use."""
    used_until: str | None = None
    """The last day of that use."""
    modified_at: str | None = None
    """When it was last changed."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder of a bundle whose index lists what it holds: no node of the network."""

    iri: str
    """`BASE/collection/SLUG`, of the folder's path."""
    label: str
    """What its index or its folder is called."""
    description: str | None = None
    """What it holds, in its own words."""
    parts: tuple[str, ...] = ()
    """IRIs of the articles and further collections that its index lists, in order."""
    cites: tuple[str, ...] = ()
    """Addresses outside the graph that its index leads to, in order."""
    sources: tuple[str, ...] = ()
    """Paths of its indexes, sorted."""


@dataclass(frozen=True, slots=True, repr=False)
class Article(_Node):
    """A work someone published: an article, video, course, collection, event or download."""

    iri: str
    """The shown URL, or a minted name where the article has none."""
    label: str
    """The title; where none is stated, the file's name or the URL."""
    type: str | None = None
    """The site's own type: `article`, `video`, `course`, `collection`, `webinar` ..."""
    category: str | None = None
    """The site's own category, such as `news`."""
    url: str | None = None
    """The canonical URL, an IRI."""
    amp_urls: tuple[str, ...] = ()
    """AMP and AMP-cache addresses, sorted IRIs."""
    aliases: tuple[str, ...] = ()
    """Every other address of the same article, sorted IRIs."""
    excerpt: str | None = None
    """A summary in a sentence or two."""
    published_at: str | None = None
    """When it was published."""
    modified_at: str | None = None
    """When it was last changed."""
    starts_at: str | None = None
    """When an event begins."""
    ends_at: str | None = None
    """When an event ends."""
    quality: int | None = None
    """The curator's measure of the text, the higher the better."""
    heat: int | None = None
    """The curator's measure of attention, from 0; `None` where it is not measured."""
    published: bool | None = None
    """Whether the site shows it; `None` where the file does not say."""
    price: str | None = None
    """As written, such as `Free`."""
    duration: str | None = None
    """How long it takes, an ISO 8601 duration such as `PT14M3S`."""
    levels: tuple[str, ...] = ()
    """For whom a course is meant, as stated: `Beginner`, `Intermediate` ..."""
    rating_average: float | None = None
    """Mean rating by the site's readers."""
    rating_count: int | None = None
    """How many readers rated."""
    language: str | None = None
    """A BCP 47 tag such as `en`."""
    word_count: int | None = None
    """Words in the document's text."""
    sections: tuple[str, ...] = ()
    """The headings of a plain text, in order."""
    images: tuple[str, ...] = ()
    """IRIs of its pictures, the main one first."""
    provider: str | None = None
    """The publisher's IRI."""
    topics: tuple[str, ...] = ()
    """IRIs of the topics the author stated, in order."""
    related: tuple[str, ...] = ()
    """IRIs of related articles, in order."""
    parts: tuple[str, ...] = ()
    """IRIs of a collection's items, in order."""
    links: tuple[str, ...] = ()
    """IRIs of the nodes of any kind that its text and its link fields lead to, in order."""
    cites: tuple[str, ...] = ()
    """Addresses outside the graph that its text and its link fields lead to, in order; no nodes."""
    based_on: tuple[str, ...] = ()
    """IRIs of the articles that it is based on, in order."""
    origins: tuple[str, ...] = ()
    """Addresses outside the graph, and minted names of what has no address, that it is based on, in order."""
    derivations: tuple[str, ...] = ()
    """IRIs of what is said of each of these, in order."""
    describes: str | None = None
    """The address of the thing that it describes, which is not its own."""
    status: str | None = None
    """Where it stands in its life, as stated: `draft`, `stable`, `deprecated`."""
    expires: str | None = None
    """The day from which it is stale."""
    generated_by: str | None = None
    """Who or what wrote it, as stated."""
    verified_by: tuple[str, ...] = ()
    """Who or what confirmed it, as stated, in order."""
    verified_at: str | None = None
    """When it was confirmed last."""
    trust_tier: str | None = None
    """Who confirmed it: `unverified`, `machine-confirmed` or `human-reviewed`."""
    authors: tuple[str, ...] = ()
    """IRIs of its authors, in order."""
    mentions: tuple[str, ...] = ()
    """IRIs of topics found in the title, excerpt or text, never those the author stated."""
    secured: bool = False
    """Whether the file holds an encrypted blob; the blob itself is never kept."""
    stub: bool = False
    """Whether no document backs it: other documents only point to it."""
    sources: tuple[str, ...] = ()
    """Paths of the documents it was read from, sorted; for a stub, none."""
    relations: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NO_RELATIONS)
    """IRIs of the nodes that relations of the site's own lead to, in order, by the name of the relation."""
    literals: Mapping[str, tuple[Scalar, ...]] = field(default_factory=lambda: _NO_LITERALS)
    """Values of the literals of the site's own, in order, by the name of the literal."""
    extra: Mapping[str, Scalar] = field(default_factory=lambda: _NOTHING)
    """Fields no table row knows, scalar values only, sorted by name."""

    @property
    def published_datetime(self) -> datetime | None:
        """When it was published, in UTC; of a day alone its midnight."""
        return to_datetime(self.published_at)

    @property
    def modified_datetime(self) -> datetime | None:
        """When it was last changed, in the same way."""
        return to_datetime(self.modified_at)

    @property
    def starts_datetime(self) -> datetime | None:
        """When an event begins, in the same way."""
        return to_datetime(self.starts_at)

    @property
    def ends_datetime(self) -> datetime | None:
        """When an event ends, in the same way."""
        return to_datetime(self.ends_at)

    def _facts(self) -> str:
        day = f", {self.published_at[:10]}" if self.published_at else ""
        return f"{day}{', stub' if self.stub else ''}{', unpublished' if self.published is False else ''}"


@dataclass(frozen=True, slots=True, repr=False)
class Provider(_Node):
    """An organisation that publishes."""

    iri: str
    """`https://DOMAIN/#organization`, or a minted name."""
    label: str
    """The commonest of its names."""
    names: tuple[str, ...] = ()
    """Its other names, sorted."""
    domain: str | None = None
    """Lower-cased, without `www.`."""
    url: str | None = None
    """Its home page, an IRI."""
    description: str | None = None
    """What it is, in its own words."""
    images: tuple[str, ...] = ()
    """IRIs of its logos, the largest first."""
    parent: str | None = None
    """The IRI of the organisation it belongs to: that of its domain."""
    links: tuple[str, ...] = ()
    """IRIs of the nodes that the text of its page leads to, in order."""
    cites: tuple[str, ...] = ()
    """Addresses outside the graph that the text of its page leads to, in order."""
    sources: tuple[str, ...] = ()
    """Paths of the documents that describe it, sorted."""
    extra: Mapping[str, Scalar] = field(default_factory=lambda: _NOTHING)
    """Fields no table row knows, scalar values only, sorted by name."""


@dataclass(frozen=True, slots=True, repr=False)
class Topic(_Node):
    """What articles are about: a concept of the site's taxonomy."""

    iri: str
    """`BASE/topic/SLUG`."""
    label: str
    """The taxonomy's name for it, otherwise the commonest spelling."""
    names: tuple[str, ...] = ()
    """Other spellings and short names, sorted."""
    description: str | None = None
    """What it covers."""
    keywords: tuple[str, ...] = ()
    """Words that point to it, in order."""
    hashtags: tuple[str, ...] = ()
    """Hashtags with their `#`, in order."""
    broader: tuple[str, ...] = ()
    """IRIs of the topics above it."""
    images: tuple[str, ...] = ()
    """IRIs of its pictures."""
    links: tuple[str, ...] = ()
    """IRIs of the nodes that the text of its page leads to, in order."""
    cites: tuple[str, ...] = ()
    """Addresses outside the graph that the text of its page leads to, in order."""
    sources: tuple[str, ...] = ()
    """Paths of the documents that describe it, sorted."""
    extra: Mapping[str, Scalar] = field(default_factory=lambda: _NOTHING)
    """Fields no table row knows, scalar values only, sorted by name."""


@dataclass(frozen=True, slots=True, repr=False)
class Person(_Node):
    """Someone who writes, or whom the site describes."""

    iri: str
    """`BASE/person/SLUG`."""
    label: str
    """The name."""
    names: tuple[str, ...] = ()
    """Other spellings, sorted."""
    description: str | None = None
    """A short biography."""
    location: str | None = None
    """Where they live or work, as written."""
    url: str | None = None
    """Their home page, an IRI."""
    aliases: tuple[str, ...] = ()
    """IRIs of their profiles elsewhere, sorted."""
    heat: int | None = None
    """The curator's measure of attention, from 0; `None` where it is not measured."""
    images: tuple[str, ...] = ()
    """IRIs of portraits."""
    affiliation: str | None = None
    """The IRI of the organisation they belong to."""
    topics: tuple[str, ...] = ()
    """IRIs of the topics they know about, in order."""
    secured: bool = False
    """Whether the file holds an encrypted blob; the blob itself is never kept."""
    links: tuple[str, ...] = ()
    """IRIs of the nodes that the text of its page leads to, in order."""
    cites: tuple[str, ...] = ()
    """Addresses outside the graph that the text of its page leads to, in order."""
    sources: tuple[str, ...] = ()
    """Paths of the documents that describe them, sorted."""
    extra: Mapping[str, Scalar] = field(default_factory=lambda: _NOTHING)
    """Fields no table row knows, scalar values only, sorted by name."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a relation between two nodes was stated."""

    source: str
    """The IRI of the node that the relation leads from."""
    relation: str
    """The name of the relation, such as `links`."""
    target: str
    """The IRI of the node that it leads to."""
    path: str
    """The document, relative to its source."""
    line: int
    """The line of the document, from 1; 0 where unknown."""
    words: str = ""
    """The words of a link in a text, plain text."""
    sentence: str = ""
    """The sentence around them, plain text."""


Record = Article | Provider | Topic | Person
"""Anything that is a node."""
