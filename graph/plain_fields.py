"""The plain fields of each kind of record, which are copied unchanged from statements to records.

Statements and records inherit from these classes, which have no slots so that a record can inherit from several. The
metadata of each field are its names in RDF, in the network and for readers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.terms import Form, term

_ALIASES = term("schema:sameAs", form=Form.IRI, network=None, label="Other addresses")
_HEAT = term("ag:heat", form=Form.INTEGER)
_URL = term("schema:url", form=Form.IRI, label="Address")


@dataclass(frozen=True, repr=False)
class ArticleFields:
    """What is said of an article."""

    __slots__ = ()
    names: tuple[str, ...] = field(default=(), metadata=term("schema:alternateName", label="Also called"))
    """Other names: the aliases of a note, in order."""
    excerpt: str | None = field(default=None, metadata=term("schema:abstract"))
    """A summary in a sentence or two."""
    type: str | None = field(default=None, metadata=term("ag:type"))
    """The site's own type: `article`, `video`, `course`, `collection`, `webinar` ..."""
    category: str | None = field(default=None, metadata=term("schema:genre"))
    """The site's own category, such as `news`."""
    url: str | None = field(default=None, metadata=_URL)
    """The canonical URL, an IRI."""
    amp_urls: tuple[str, ...] = field(
        default=(), metadata=term("ag:ampUrl", form=Form.IRI, network=None, label="AMP addresses")
    )
    """AMP and AMP-cache addresses, sorted IRIs."""
    aliases: tuple[str, ...] = field(default=(), metadata=_ALIASES)
    """Every other address of the same article, sorted IRIs."""
    published_at: str | None = field(
        default=None,
        metadata=term("schema:datePublished", form=Form.TIME, label="Published", day="ag:publishedOn", is_detail=True),
    )
    """When it was published."""
    modified_at: str | None = field(
        default=None, metadata=term("schema:dateModified", form=Form.TIME, label="Changed", is_detail=True)
    )
    """When it was last changed."""
    starts_at: str | None = field(default=None, metadata=term("schema:startDate", form=Form.TIME, label="Begins"))
    """When an event begins."""
    ends_at: str | None = field(default=None, metadata=term("schema:endDate", form=Form.TIME, label="Ends"))
    """When an event ends."""
    quality: int | None = field(default=None, metadata=term("ag:quality", form=Form.INTEGER))
    """The curator's measure of the text, the higher the better."""
    heat: int | None = field(default=None, metadata=_HEAT)
    """The curator's measure of attention, from 0; `None` where it is not measured."""
    published: bool | None = field(
        default=None, metadata=term("schema:creativeWorkStatus", form=Form.STATUS, label="Status")
    )
    """Whether the site shows it; `None` where the file does not say."""
    price: str | None = field(default=None, metadata=term("ag:price"))
    """As written, such as `Free`."""
    duration: str | None = field(default=None, metadata=term("schema:timeRequired", form=Form.DURATION, label="Length"))
    """How long it takes, an ISO 8601 duration such as `PT14M3S`."""
    levels: tuple[str, ...] = field(default=(), metadata=term("schema:educationalLevel", label="For"))
    """Who a course is for, as stated: `Beginner`, `Intermediate` ..."""
    rating_average: float | None = field(
        default=None, metadata=term("ag:ratingAverage", form=Form.DECIMAL, label="Rating")
    )
    """Mean rating by the site's readers."""
    rating_count: int | None = field(default=None, metadata=term("ag:ratingCount", form=Form.INTEGER, label="Ratings"))
    """How many readers rated."""
    language: str | None = field(default=None, metadata=term("schema:inLanguage"))
    """A BCP 47 tag such as `en`."""
    word_count: int | None = field(default=None, metadata=term("schema:wordCount", form=Form.INTEGER, label="Words"))
    """Words in the document's text."""
    sections: tuple[str, ...] = field(default=(), metadata=term("ag:section", network=None))
    """The headings of a plain text, in order."""


@dataclass(frozen=True, repr=False)
class ProviderFields:
    """What is said of an organisation."""

    __slots__ = ()
    domain: str | None = field(default=None, metadata=term("ag:domain"))
    """Lower-cased, without `www.`."""
    url: str | None = field(default=None, metadata=_URL)
    """Its home page, an IRI."""
    description: str | None = field(default=None, metadata=term("schema:description"))
    """What it is, in its own words."""


@dataclass(frozen=True, repr=False)
class TopicFields:
    """What is said of a topic."""

    __slots__ = ()
    description: str | None = field(default=None, metadata=term("skos:definition"))
    """What it covers."""
    keywords: tuple[str, ...] = field(default=(), metadata=term("schema:keywords"))
    """Words that point to it, in order."""
    hashtags: tuple[str, ...] = field(default=(), metadata=term("ag:hashtag"))
    """Hashtags with their `#`, in order."""


@dataclass(frozen=True, repr=False)
class PersonFields:
    """What is said of a person."""

    __slots__ = ()
    description: str | None = field(default=None, metadata=term("schema:description"))
    """A short biography."""
    location: str | None = field(default=None, metadata=term("ag:location", label="Place"))
    """Where they live or work, as written."""
    url: str | None = field(default=None, metadata=_URL)
    """Their home page, an IRI."""
    aliases: tuple[str, ...] = field(default=(), metadata=_ALIASES)
    """IRIs of their profiles elsewhere, sorted."""
    heat: int | None = field(default=None, metadata=_HEAT)
    """The curator's measure of attention, from 0; `None` where it is not measured."""
