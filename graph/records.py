"""The records of the truth: frozen, one per node, naming each other by IRI.

The metadata of each field are its names in RDF, in the network and for readers; `graph.vocabulary` collects them in one
table, which every writer and page uses.

Times are strings in canonical form, either `2023-05-23T06:51:00Z` (UTC, whole seconds) or `2023-05-23` where only a
day is known; text is free of control characters; every IRI is absolute and valid (RFC 3987).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from graph.displays import to_html
from graph.plain_fields import ArticleFields, PersonFields, ProviderFields, TopicFields
from graph.terms import Form, term

Scalar = str | int | float | bool
"""The value types that every view can carry."""

NOTHING: Mapping[str, Any] = MappingProxyType({})
"""An empty mapping, which most records share."""

_CITES = term("schema:citation", form=Form.IRI, network=None)
_IMAGES = term("schema:image", form=Form.IRI, network="image")
_LINKS = term("dcterms:references", form=Form.RELATION)
_SECURED = term("ag:secured", form=Form.FLAG, label="Holds encrypted data")
_SOURCES = term("prov:wasDerivedFrom", form=Form.SOURCE, network="source", label="Read from", is_detail=True)


def to_datetime(time: str | None) -> datetime | None:
    """Return a time of a record as an aware `datetime` in UTC: midnight if only a day is known."""
    return None if time is None else datetime.fromisoformat(time.removesuffix("Z")).replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that a record shows."""

    iri: str
    """The picture's absolute URL, its name everywhere."""
    width: int | None = field(default=None, metadata=term("schema:width", form=Form.INTEGER, network=None))
    """Pixels."""
    height: int | None = field(default=None, metadata=term("schema:height", form=Form.INTEGER, network=None))
    """Pixels."""
    cached: bool | None = field(
        default=None, metadata=term("ag:cached", form=Form.BOOLEAN, network=None, label="Kept by the site")
    )
    """Whether the site keeps a copy of its own."""
    title: str | None = field(default=None, metadata=term("schema:caption", network=None, label="Caption"))
    """The caption of the picture."""

    def __repr__(self) -> str:
        size = f", {self.width} × {self.height}" if self.width and self.height else ""
        return f"<Image <{self.iri}>{size}>"


@dataclass(frozen=True, slots=True)
class Derivation:
    """A source that an article is based on, and what is said about it; not a node of the network."""

    iri: str
    """`BASE/derivation/` and a digest of the article and what it is based on."""
    entity: str = field(metadata=term("prov:entity", form=Form.IRI, network=None))
    """The source: the IRI of an article, an address, or a minted name if it has neither."""
    scope: str | None = field(default=None, metadata=term("ag:scope", network=None))
    """The source in words, if it has no address."""
    title: str | None = field(default=None, metadata=term("schema:name", "rdfs:label", network=None))
    """Its title."""
    author: str | None = field(default=None, metadata=term("ag:author", network=None))
    """Who or what made it, as written."""
    usage_count: int | None = field(default=None, metadata=term("ag:usageCount", form=Form.INTEGER, network=None))
    """How often it was used."""
    used_from: str | None = field(default=None, metadata=term("ag:usedFrom", form=Form.DAY, network=None))
    """The first day of that use."""
    used_until: str | None = field(default=None, metadata=term("ag:usedUntil", form=Form.DAY, network=None))
    """The last day of that use."""
    modified_at: str | None = field(
        default=None, metadata=term("schema:dateModified", form=Form.TIME, network=None, label="Changed")
    )
    """When it was last changed."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder of a bundle with an index of its contents; not a node of the network."""

    iri: str
    """`BASE/collection/SLUG`, of the folder's path."""
    label: str = field(metadata=term("schema:name", "rdfs:label", network=None))
    """The title of its index, or the name of its folder."""
    description: str | None = field(default=None, metadata=term("schema:description", network=None))
    """What it contains, in its own words."""
    parts: tuple[str, ...] = field(default=(), metadata=term("schema:hasPart", form=Form.IRI, network=None))
    """IRIs of the articles and further collections that its index lists, in order."""
    cites: tuple[str, ...] = field(default=(), metadata=_CITES)
    """Addresses outside the graph that its index leads to, in order."""
    sources: tuple[str, ...] = field(
        default=(), metadata=term("prov:wasDerivedFrom", form=Form.SOURCE, network=None, label="Read from")
    )
    """Paths of its indexes, sorted."""


@dataclass(frozen=True, repr=False)
class _Named:
    """What every node has. Its `repr` is short, because a notebook shows many at a time."""

    __slots__ = ()
    iri: str
    label: str
    names: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.label!r}{self._facts()}, <{self.iri}>>"

    def _facts(self) -> str:
        return ""

    def _repr_html_(self) -> str:
        """Return the fields that are not empty, as a notebook shows them."""
        values = ((field, getattr(self, field.name)) for field in fields(self))
        return to_html(repr(self), [(field.name, value) for field, value in values if value not in (field.default, {})])


@dataclass(frozen=True, slots=True, repr=False)
class Article(ArticleFields, _Named):
    """A work someone published: an article, video, course, collection, event or download."""

    iri: str
    """The shown URL, or a minted name if the article has none."""
    label: str = field(metadata=term("schema:headline", "schema:name", "rdfs:label"))
    """The title; if none is stated, the name of the file or the URL."""
    images: tuple[str, ...] = field(default=(), metadata=_IMAGES)
    """IRIs of its pictures, the main one first."""
    provider: str | None = field(
        default=None, metadata=term("schema:publisher", form=Form.RELATION, network="publisher")
    )
    """The publisher's IRI."""
    topics: tuple[str, ...] = field(default=(), metadata=term("schema:about", form=Form.RELATION, network="about"))
    """IRIs of the topics the author stated, in order."""
    mentions: tuple[str, ...] = field(default=(), metadata=term("schema:mentions", form=Form.RELATION))
    """IRIs of topics found in the title, excerpt or text, never those the author stated."""
    authors: tuple[str, ...] = field(default=(), metadata=term("schema:author", form=Form.RELATION, network="author"))
    """IRIs of its authors, in order."""
    related: tuple[str, ...] = field(default=(), metadata=term("dcterms:relation", form=Form.RELATION))
    """IRIs of related articles, in order."""
    parts: tuple[str, ...] = field(default=(), metadata=term("schema:hasPart", form=Form.RELATION, network="part"))
    """IRIs of a collection's items, in order."""
    based_on: tuple[str, ...] = field(default=(), metadata=term("schema:isBasedOn", form=Form.RELATION))
    """IRIs of the articles that it is based on, in order."""
    origins: tuple[str, ...] = field(default=(), metadata=term("schema:isBasedOn", form=Form.IRI, network=None))
    """The other sources that it is based on: addresses outside the graph or minted names, in order."""
    derivations: tuple[str, ...] = field(
        default=(), metadata=term("prov:qualifiedDerivation", form=Form.IRI, network=None)
    )
    """IRIs of the derivations of all its sources, in order."""
    describes: str | None = field(default=None, metadata=term("schema:mainEntity", form=Form.IRI, is_detail=True))
    """The address of the thing that it describes, which is not its own."""
    status: str | None = field(default=None, metadata=term("ag:status", label="Lifecycle"))
    """Its lifecycle stage, as stated: `draft`, `stable`, `deprecated`."""
    expires: str | None = field(default=None, metadata=term("schema:expires", form=Form.DAY, label="Stale from"))
    """The day from which it is stale."""
    generated_by: str | None = field(default=None, metadata=term("ag:generatedBy", label="Written by"))
    """Who or what wrote it, as stated."""
    verified_by: tuple[str, ...] = field(default=(), metadata=term("ag:verifiedBy", label="Confirmed by"))
    """Who or what confirmed it, as stated, in order."""
    verified_at: str | None = field(default=None, metadata=term("ag:verifiedAt", form=Form.TIME, label="Confirmed"))
    """When it was last confirmed."""
    trust_tier: str | None = field(default=None, metadata=term("ag:trustTier", label="Trust"))
    """Who confirmed it: `unverified`, `machine-confirmed` or `human-reviewed`."""
    links: tuple[str, ...] = field(default=(), metadata=_LINKS)
    """IRIs of the nodes of any kind that its text and its link fields lead to, in order."""
    cites: tuple[str, ...] = field(default=(), metadata=_CITES)
    """Addresses outside the graph that its text and its link fields lead to, in order; they are not nodes."""
    secured: bool = field(default=False, metadata=_SECURED)
    """Whether the file holds an encrypted blob; the blob itself is never kept."""
    stub: bool = field(default=False, metadata=term("ag:stub", form=Form.FLAG))
    """Whether it has no document, and others only point to it."""
    sources: tuple[str, ...] = field(default=(), metadata=_SOURCES)
    """Paths of the documents it was read from, sorted; for a stub, none."""
    relations: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    """IRIs of the nodes that relations of the site's own lead to, in order, by the name of the relation."""
    literals: Mapping[str, tuple[Scalar, ...]] = field(default_factory=lambda: NOTHING)
    """Values of the literals of the site's own, in order, by the name of the literal."""
    extra: Mapping[str, Scalar] = field(default_factory=lambda: NOTHING)
    """Fields no table row knows, scalar values only, sorted by name."""

    @property
    def published_datetime(self) -> datetime | None:
        """When it was published, in UTC; midnight if only a day is known."""
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
class Provider(ProviderFields, _Named):
    """An organisation that publishes."""

    iri: str
    """`https://DOMAIN/#organization`, or a minted name."""
    label: str = field(metadata=term("schema:name", "rdfs:label"))
    """The commonest of its names."""
    names: tuple[str, ...] = field(default=(), metadata=term("schema:alternateName", label="Also called"))
    """Its other names, sorted."""
    images: tuple[str, ...] = field(default=(), metadata=term("schema:logo", form=Form.IRI, network="image"))
    """IRIs of its logos, the largest first."""
    parent: str | None = field(default=None, metadata=term("schema:parentOrganization", form=Form.RELATION))
    """The IRI of the organisation it belongs to: that of its domain."""
    links: tuple[str, ...] = field(default=(), metadata=_LINKS)
    """IRIs of the nodes that the text of its page leads to, in order."""
    cites: tuple[str, ...] = field(default=(), metadata=_CITES)
    """Addresses outside the graph that the text of its page leads to, in order."""
    sources: tuple[str, ...] = field(default=(), metadata=_SOURCES)
    """Paths of the documents that describe it, sorted."""
    extra: Mapping[str, Scalar] = field(default_factory=lambda: NOTHING)
    """Fields no table row knows, scalar values only, sorted by name."""


@dataclass(frozen=True, slots=True, repr=False)
class Topic(TopicFields, _Named):
    """What articles are about: a concept of the site's taxonomy."""

    iri: str
    """`BASE/topic/SLUG`."""
    label: str = field(metadata=term("skos:prefLabel", "schema:name", "rdfs:label"))
    """The taxonomy's name for it, otherwise the commonest spelling."""
    names: tuple[str, ...] = field(default=(), metadata=term("skos:altLabel", label="Also called"))
    """Other spellings and short names, sorted."""
    broader: tuple[str, ...] = field(default=(), metadata=term("skos:broader", form=Form.RELATION))
    """IRIs of the topics above it."""
    images: tuple[str, ...] = field(default=(), metadata=_IMAGES)
    """IRIs of its pictures."""
    links: tuple[str, ...] = field(default=(), metadata=_LINKS)
    """IRIs of the nodes that the text of its page leads to, in order."""
    cites: tuple[str, ...] = field(default=(), metadata=_CITES)
    """Addresses outside the graph that the text of its page leads to, in order."""
    sources: tuple[str, ...] = field(default=(), metadata=_SOURCES)
    """Paths of the documents that describe it, sorted."""
    extra: Mapping[str, Scalar] = field(default_factory=lambda: NOTHING)
    """Fields no table row knows, scalar values only, sorted by name."""


@dataclass(frozen=True, slots=True, repr=False)
class Person(PersonFields, _Named):
    """Someone who writes, or whom the site describes."""

    iri: str
    """`BASE/person/SLUG`."""
    label: str = field(metadata=term("schema:name", "rdfs:label"))
    """The name."""
    names: tuple[str, ...] = field(default=(), metadata=term("schema:alternateName", label="Also called"))
    """Other spellings, sorted."""
    images: tuple[str, ...] = field(default=(), metadata=_IMAGES)
    """IRIs of portraits."""
    affiliation: str | None = field(default=None, metadata=term("schema:affiliation", form=Form.RELATION))
    """The IRI of the organisation they belong to."""
    topics: tuple[str, ...] = field(
        default=(), metadata=term("schema:knowsAbout", form=Form.RELATION, network="expertise")
    )
    """IRIs of the topics they know about, in order."""
    links: tuple[str, ...] = field(default=(), metadata=_LINKS)
    """IRIs of the nodes that the text of its page leads to, in order."""
    cites: tuple[str, ...] = field(default=(), metadata=_CITES)
    """Addresses outside the graph that the text of its page leads to, in order."""
    secured: bool = field(default=False, metadata=_SECURED)
    """Whether the file holds an encrypted blob; the blob itself is never kept."""
    sources: tuple[str, ...] = field(default=(), metadata=_SOURCES)
    """Paths of the documents that describe them, sorted."""
    extra: Mapping[str, Scalar] = field(default_factory=lambda: NOTHING)
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
