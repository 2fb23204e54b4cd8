"""One table: what each field of each record means in RDF and in the network. Every writer reads it, none knows more.

Terms are from schema.org, SKOS, Dublin Core Terms and PROV-O; `ag:` holds what no standard term says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any

from graph.names import expand
from graph.records import Article, Collection, Derivation, Image, Person, Provider, Topic

__all__ = [
    "CLASS_OF_TYPE",
    "KINDS",
    "NO_VOCABULARY",
    "POINTING",
    "PREDICATES",
    "RELATIONS",
    "VOCABULARY",
    "Field",
    "Form",
    "OwnLiteral",
    "OwnRelation",
    "Vocabulary",
    "article_classes",
]


class Form(Enum):
    """How a field's value is written."""

    TEXT = "xsd:string"
    INTEGER = "xsd:integer"
    DECIMAL = "xsd:decimal"
    BOOLEAN = "xsd:boolean"
    FLAG = "flag"
    """A boolean whose `False` goes without saying in RDF."""
    TIME = "xsd:dateTime"
    """In UTC; the midnight that begins the day where only a day is known, so that all times compare."""
    DAY = "xsd:date"
    """The day, in UTC, of a time."""
    DURATION = "xsd:duration"
    IRI = "iri"
    """An address that is no node of the graph."""
    RELATION = "relation"
    """The IRI of another node."""
    SOURCE = "source"
    """A document's path, written as an IRI under `BASE/source/`."""
    STATUS = "status"
    """A boolean, written as the words `published` and `unpublished`."""


@dataclass(frozen=True, slots=True)
class Field:
    """One row: a field of a record, and its names elsewhere."""

    name: str
    """The attribute of the record."""
    predicates: tuple[str, ...]
    """Prefixed names in RDF."""
    form: Form
    """How values are written."""
    network: str | None = None
    """The node attribute, or for a relation the edge key; `None` where the network does not carry it."""


_IMAGES = Field("images", ("schema:image",), Form.IRI, "image")
_SOURCES = Field("sources", ("prov:wasDerivedFrom",), Form.SOURCE, "source")
_LINKS = Field("links", ("dcterms:references",), Form.RELATION, "links")
_CITES = Field("cites", ("schema:citation",), Form.IRI)
_SECURED = Field("secured", ("ag:secured",), Form.FLAG, "secured")

VOCABULARY: Mapping[type, tuple[Field, ...]] = MappingProxyType(
    {
        Article: (
            Field("label", ("schema:headline", "schema:name", "rdfs:label"), Form.TEXT, "label"),
            Field("excerpt", ("schema:abstract",), Form.TEXT, "excerpt"),
            Field("type", ("ag:type",), Form.TEXT, "type"),
            Field("category", ("schema:genre",), Form.TEXT, "category"),
            Field("url", ("schema:url",), Form.IRI, "url"),
            Field("amp_urls", ("ag:ampUrl",), Form.IRI),
            Field("aliases", ("schema:sameAs",), Form.IRI),
            Field("published_at", ("schema:datePublished",), Form.TIME, "published_at"),
            Field("published_at", ("ag:publishedOn",), Form.DAY),
            Field("modified_at", ("schema:dateModified",), Form.TIME, "modified_at"),
            Field("starts_at", ("schema:startDate",), Form.TIME, "starts_at"),
            Field("ends_at", ("schema:endDate",), Form.TIME, "ends_at"),
            Field("quality", ("ag:quality",), Form.INTEGER, "quality"),
            Field("heat", ("ag:heat",), Form.INTEGER, "heat"),
            Field("published", ("schema:creativeWorkStatus",), Form.STATUS, "published"),
            Field("price", ("ag:price",), Form.TEXT, "price"),
            Field("duration", ("schema:timeRequired",), Form.DURATION, "duration"),
            Field("levels", ("schema:educationalLevel",), Form.TEXT, "levels"),
            Field("rating_average", ("ag:ratingAverage",), Form.DECIMAL, "rating_average"),
            Field("rating_count", ("ag:ratingCount",), Form.INTEGER, "rating_count"),
            Field("language", ("schema:inLanguage",), Form.TEXT, "language"),
            Field("word_count", ("schema:wordCount",), Form.INTEGER, "word_count"),
            Field("sections", ("ag:section",), Form.TEXT),
            _IMAGES,
            Field("provider", ("schema:publisher",), Form.RELATION, "publisher"),
            Field("topics", ("schema:about",), Form.RELATION, "about"),
            Field("mentions", ("schema:mentions",), Form.RELATION, "mentions"),
            Field("authors", ("schema:author",), Form.RELATION, "author"),
            Field("related", ("dcterms:relation",), Form.RELATION, "related"),
            Field("parts", ("schema:hasPart",), Form.RELATION, "part"),
            Field("based_on", ("schema:isBasedOn",), Form.RELATION, "based_on"),
            Field("origins", ("schema:isBasedOn",), Form.IRI),
            Field("derivations", ("prov:qualifiedDerivation",), Form.IRI),
            Field("describes", ("schema:mainEntity",), Form.IRI, "describes"),
            Field("status", ("ag:status",), Form.TEXT, "status"),
            Field("expires", ("schema:expires",), Form.DAY, "expires"),
            Field("generated_by", ("ag:generatedBy",), Form.TEXT, "generated_by"),
            Field("verified_by", ("ag:verifiedBy",), Form.TEXT, "verified_by"),
            Field("verified_at", ("ag:verifiedAt",), Form.TIME, "verified_at"),
            Field("trust_tier", ("ag:trustTier",), Form.TEXT, "trust_tier"),
            _LINKS,
            _CITES,
            _SECURED,
            Field("stub", ("ag:stub",), Form.FLAG, "stub"),
            _SOURCES,
        ),
        Provider: (
            Field("label", ("schema:name", "rdfs:label"), Form.TEXT, "label"),
            Field("names", ("schema:alternateName",), Form.TEXT, "names"),
            Field("domain", ("ag:domain",), Form.TEXT, "domain"),
            Field("url", ("schema:url",), Form.IRI, "url"),
            Field("description", ("schema:description",), Form.TEXT, "description"),
            Field("images", ("schema:logo",), Form.IRI, "image"),
            Field("parent", ("schema:parentOrganization",), Form.RELATION, "parent"),
            _LINKS,
            _CITES,
            _SOURCES,
        ),
        Topic: (
            Field("label", ("skos:prefLabel", "schema:name", "rdfs:label"), Form.TEXT, "label"),
            Field("names", ("skos:altLabel",), Form.TEXT, "names"),
            Field("description", ("skos:definition",), Form.TEXT, "description"),
            Field("keywords", ("schema:keywords",), Form.TEXT, "keywords"),
            Field("hashtags", ("ag:hashtag",), Form.TEXT, "hashtags"),
            Field("broader", ("skos:broader",), Form.RELATION, "broader"),
            _IMAGES,
            _LINKS,
            _CITES,
            _SOURCES,
        ),
        Person: (
            Field("label", ("schema:name", "rdfs:label"), Form.TEXT, "label"),
            Field("names", ("schema:alternateName",), Form.TEXT, "names"),
            Field("description", ("schema:description",), Form.TEXT, "description"),
            Field("location", ("ag:location",), Form.TEXT, "location"),
            Field("url", ("schema:url",), Form.IRI, "url"),
            Field("aliases", ("schema:sameAs",), Form.IRI),
            Field("heat", ("ag:heat",), Form.INTEGER, "heat"),
            _IMAGES,
            Field("affiliation", ("schema:affiliation",), Form.RELATION, "affiliation"),
            Field("topics", ("schema:knowsAbout",), Form.RELATION, "expertise"),
            _LINKS,
            _CITES,
            _SECURED,
            _SOURCES,
        ),
        Image: (
            Field("width", ("schema:width",), Form.INTEGER),
            Field("height", ("schema:height",), Form.INTEGER),
            Field("cached", ("ag:cached",), Form.BOOLEAN),
            Field("title", ("schema:caption",), Form.TEXT),
        ),
        Derivation: (
            Field("entity", ("prov:entity",), Form.IRI),
            Field("scope", ("ag:scope",), Form.TEXT),
            Field("title", ("schema:name", "rdfs:label"), Form.TEXT),
            Field("author", ("ag:author",), Form.TEXT),
            Field("usage_count", ("ag:usageCount",), Form.INTEGER),
            Field("used_from", ("ag:usedFrom",), Form.DAY),
            Field("used_until", ("ag:usedUntil",), Form.DAY),
            Field("modified_at", ("schema:dateModified",), Form.TIME),
        ),
        Collection: (
            Field("label", ("schema:name", "rdfs:label"), Form.TEXT),
            Field("description", ("schema:description",), Form.TEXT),
            Field("parts", ("schema:hasPart",), Form.IRI),
            Field("cites", ("schema:citation",), Form.IRI),
            Field("sources", ("prov:wasDerivedFrom",), Form.SOURCE),
        ),
    }
)
"""For each kind of record its fields, in the order they are written."""

KINDS: Mapping[type, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        Article: ("article", ("schema:CreativeWork",)),
        Provider: ("provider", ("schema:Organization",)),
        Topic: ("topic", ("skos:Concept", "schema:DefinedTerm")),
        Person: ("person", ("schema:Person",)),
        Image: ("image", ("schema:ImageObject",)),
        Derivation: ("derivation", ("prov:Derivation",)),
        Collection: ("collection", ("schema:Collection",)),
    }
)
"""For each kind of record its name in the network and its classes in RDF."""

RELATIONS: tuple[str, ...] = tuple(
    sorted({row.network for rows in VOCABULARY.values() for row in rows if row.form is Form.RELATION and row.network})
)
"""The names of all relations, sorted."""

PREDICATES: Mapping[str, str] = MappingProxyType(
    {
        row.network: row.predicates[0]
        for rows in VOCABULARY.values()
        for row in rows
        if row.form is Form.RELATION and row.network
    }
)
"""For each relation the term that it is called in RDF, as a prefixed name."""

POINTING: tuple[str, ...] = ("related", "links")
"""The relations by which articles point to others: a curator names these as related, or a text links to them."""


@dataclass(frozen=True, slots=True)
class OwnRelation:
    """A relation from articles to other nodes that a site adds to the table."""

    name: str
    """The edge key in the network, and the key in `Article.relations`."""
    term: str
    """The predicate: a prefixed name, or an IRI between `<` and `>`."""
    target: str
    """The kind of node that it leads to: `article`, `topic`, `person` or `provider`."""
    fields: tuple[str, ...]
    """The fields of documents that state it."""
    label: str
    """What the list of those it leads to is called."""
    inverse: str
    """What the list of those it comes from is called."""
    facet: bool = False
    """Whether articles can be filtered by what it leads to."""


@dataclass(frozen=True, slots=True)
class OwnLiteral:
    """A fact about articles that a site adds to the table."""

    name: str
    """The node attribute in the network, and the key in `Article.literals`."""
    term: str
    """The predicate: a prefixed name, or an IRI between `<` and `>`."""
    form: Form
    """How values are written."""
    fields: tuple[str, ...]
    """The fields of documents that state it."""
    label: str
    """What the fact is called."""
    facet: bool
    """Whether articles can be filtered by its values."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a site adds to the table: rows for articles, each sorted by name."""

    relations: tuple[OwnRelation, ...] = ()
    """Relations."""
    literals: tuple[OwnLiteral, ...] = ()
    """Facts."""

    @property
    def relation_names(self) -> tuple[str, ...]:
        """The names of all relations, those of the table and those added, sorted."""
        return tuple(sorted((*RELATIONS, *(row.name for row in self.relations)))) if self.relations else RELATIONS

    @property
    def predicates(self) -> Mapping[str, str]:
        """For each relation, of the table or added, the term that it is called in RDF."""
        return {**PREDICATES, **{row.name: row.term for row in self.relations}} if self.relations else PREDICATES

    def to_dict(self) -> dict[str, list[dict[str, object]]]:
        """Return the rows as plain Python, ready for JSON; terms are whole IRIs."""
        return {
            "relations": [
                {
                    "name": row.name,
                    "term": expand(row.term),
                    "target": row.target,
                    "label": row.label,
                    "inverse": row.inverse,
                    "facet": row.facet,
                }
                for row in self.relations
            ],
            "literals": [
                {
                    "name": row.name,
                    "term": expand(row.term),
                    "form": row.form.value,
                    "label": row.label,
                    "facet": row.facet,
                }
                for row in self.literals
            ],
        }

    @classmethod
    def from_dict(cls, stated: Mapping[str, Iterable[Mapping[str, Any]]]) -> Vocabulary:
        """Return the rows that `to_dict` wrote; which fields of documents state them is not known any more.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: `stated` is nothing that `to_dict` wrote.
        """
        relations = (OwnRelation(**{**row, "term": f"<{row['term']}>", "fields": ()}) for row in stated["relations"])
        literals = (
            OwnLiteral(**{**row, "term": f"<{row['term']}>", "form": Form(row["form"]), "fields": ()})
            for row in stated["literals"]
        )
        return cls(tuple(relations), tuple(literals))

    def merged(self, other: Vocabulary) -> Vocabulary:
        """Return the rows of both; where both have one of a name, this one's."""
        relations = {row.name: row for row in (*other.relations, *self.relations)}
        literals = {row.name: row for row in (*other.literals, *self.literals)}
        return Vocabulary(
            tuple(relations[name] for name in sorted(relations)), tuple(literals[name] for name in sorted(literals))
        )


NO_VOCABULARY = Vocabulary()
"""What a site adds that adds nothing."""

CLASS_OF_TYPE: Mapping[str, str] = MappingProxyType(
    {
        "video": "schema:VideoObject",
        "course": "schema:Course",
        "collection": "schema:Collection",
        "event": "schema:Event",
        "webinar": "schema:Event",
        "download": "schema:SoftwareSourceCode",
        "sample": "schema:SoftwareSourceCode",
        "attested computation": "schema:SoftwareSourceCode",
        "dataset": "schema:Dataset",
        "table": "schema:Dataset",
        "bigquery dataset": "schema:Dataset",
        "bigquery table": "schema:Dataset",
        "playbook": "schema:HowTo",
        "runbook": "schema:HowTo",
        "api endpoint": "schema:APIReference",
    }
)
"""The class of an article by its type, in lower case."""


def article_classes(article: Article) -> tuple[str, ...]:
    """Return an article's RDF classes, the widest first: all that its type and category name, so that none is missed.

    A query for `schema:Article` finds news as well: engines that do not reason do not know that news are articles.
    """
    known = CLASS_OF_TYPE.get((article.type or "article").lower())
    if known is not None:
        return ("schema:CreativeWork", known)
    is_news = (article.category or "").lower() == "news"
    return ("schema:CreativeWork", "schema:Article", *["schema:NewsArticle"] * is_news)
